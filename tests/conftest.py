"""What tests share: the cities' releases, the app on each of them, and a watched browser page."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import polars as pl
import pytest
from hypothesis import settings
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)

import browser
import recounted
import revised_city
import server
from loaders import releases
from prepare import locking
from prepare.disclosure.patterns import ELSEWHERE

KOELN = server.ROOT.parent / "shared" / "data" / "koeln"
FLENSBURG = server.ROOT.parent / "shared" / "data" / "flensburg"
HOME = ("localhost", "127.0.0.1")
LONG = 600.0
"""Seconds one worker waits for what another one builds."""

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
expect.set_options(timeout=30_000)


BUILT = ("minden_releases", "internal_releases", "koeln_releases", "flensburg_releases")
"""What takes longest to build, and all workers need."""
SERVED = ("guarded", "inside", "koeln_app", "flensburg_app", "revised_app", "app")
"""Servers of the tests; the one of most of them is the last, for all workers share those."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: quick ones first, and Playwright occupies the event loop.

    Of those the longest comes first, so that no worker waits for another at the end; tests of one
    server follow each other, so that not every worker has to start each. The very first tests are
    those that build a city, so that none waits for another at the beginning.
    """
    used = {item: set(getattr(item, "fixturenames", ())) for item in items}
    quick = [item for item in items if "chromium" not in used[item]]
    builders = {next((item for item in quick if name in used[item]), None) for name in BUILT}
    items.sort(
        key=lambda item: (
            "chromium" in used[item],
            item not in builders,
            "test_browser_workbench" not in item.nodeid,
            next((place for place, name in enumerate(SERVED) if name in used[item]), 0),
        )
    )


@pytest.fixture(scope="session")
def common(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that the workers of a run have in common."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session", autouse=True)
def patterns(common: Path) -> None:
    """All tests find a city's pattern of protection once, also in programs they start."""
    os.environ[ELSEWHERE] = str(common / "patterns")


Once = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session")
def once(common: Path) -> Once:
    """`once(name, fill)`: a folder filled by the worker that needs it first; only to be read."""

    def filled(name: str, fill: Callable[[Path], object]) -> Path:
        place = common / name
        place.mkdir(exist_ok=True)
        with locking.locked(place, LONG):
            if not (place / "done").exists():
                fill(place / "releases")
                (place / "done").touch()
        return place / "releases"

    return filled


@pytest.fixture(scope="session")
def minden_releases(once: Once) -> Path:
    """A folder of releases with Minden's, built from the deliveries."""
    return once("minden", lambda folder: server.built("minden", folder))


@pytest.fixture(scope="session")
def minden(minden_releases: Path) -> Path:
    """The folder of Minden's release."""
    return minden_releases / (minden_releases / "current").read_text(encoding="utf-8").strip()


@pytest.fixture
def release(minden_releases: Path, monkeypatch: pytest.MonkeyPatch) -> releases.Release:
    """Minden's release, as the app reads it."""
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(minden_releases))
    return releases.current()


@pytest.fixture(scope="session")
def counts(minden: Path) -> pl.DataFrame:
    """All counts of Minden's release, with their measure."""
    return pl.concat(
        pl.read_parquet(path).with_columns(measure=pl.lit(path.stem))
        for path in sorted((minden / "counts").glob("*.parquet"))
    )


@pytest.fixture(scope="session")
def book(minden_releases: Path, minden: Path, once: Once) -> Path:
    """A folder with the Sozialatlas of Minden's release in all formats, made by one command."""

    def fill(folder: Path) -> None:
        place = ("--releases", minden_releases, "--out", folder)
        made = server.prepare("report", minden.name, *place)
        assert made.returncode == 0, made.stderr

    return once("atlas", fill)


@pytest.fixture(scope="session")
def numbers(minden: Path, counts: pl.DataFrame) -> recounted.Recounted:
    """The figures of Minden's release, counted a second way."""
    return recounted.Recounted(releases.opened(minden), counts)


@pytest.fixture(scope="session")
def internal_releases(once: Once) -> Path:
    """A folder of releases with Minden's internal one."""
    return once("inside", lambda folder: server.built("minden", folder, "--audience", "internal"))


@pytest.fixture(scope="session")
def koeln_releases(once: Once) -> Path:
    """A folder of releases with Köln's; its data are real and not part of this project."""
    if not KOELN.is_dir():
        pytest.skip("../shared/data/koeln is not there")
    return once("koeln", lambda folder: server.built("koeln", folder, "--deliveries", str(KOELN)))


@pytest.fixture(scope="session")
def revised_releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of releases of the small city, whose current one has corrections and breaks."""
    return revised_city.write(tmp_path_factory.mktemp("revised"))


@pytest.fixture(scope="session")
def revised_app(revised_releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app on the small city with corrections and breaks."""
    with server.running(revised_releases, tmp_path_factory.mktemp("log") / "small.log") as address:
        yield address


@pytest.fixture(scope="session")
def flensburg_releases(once: Once) -> Path:
    """A folder of releases with Flensburg's; its data are real and not part of this project."""
    if not FLENSBURG.is_dir():
        pytest.skip("../shared/data/flensburg is not there")
    source = ("--deliveries", str(FLENSBURG))
    return once("flensburg", lambda folder: server.built("flensburg", folder, *source))


@pytest.fixture(scope="session")
def app(minden_releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app on Minden's release."""
    with server.running(minden_releases, tmp_path_factory.mktemp("log") / "minden.log") as address:
        yield address


@pytest.fixture(scope="session")
def koeln_app(koeln_releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app on Köln's release."""
    with server.running(koeln_releases, tmp_path_factory.mktemp("log") / "koeln.log") as address:
        yield address


@pytest.fixture(scope="session")
def flensburg_app(
    flensburg_releases: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of the app on Flensburg's release."""
    log = tmp_path_factory.mktemp("log") / "flensburg.log"
    with server.running(flensburg_releases, log) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests."""
    path = browser.executable()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=browser.flags())
        yield started
        started.close()


@dataclass(frozen=True)
class Visit:
    """A context of the browser, and what was wrong with its pages so far."""

    context: BrowserContext
    complaints: list[str]


# The browser speaks English, so that German cannot come from it.
LOCALE, SCREEN = "en-US", ViewportSize(width=1440, height=900)


@pytest.fixture(scope="session")
def usual(chromium: Browser) -> Visit:
    """The context of most tests: what they have in common the browser loads once."""
    context = chromium.new_context(locale=LOCALE)
    return Visit(context, _watched(context))


@pytest.fixture
def page(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a new visitor; a request to a foreign host or a console error fails the test.

    Another screen, or a context of its own with other options:
    `@pytest.mark.context(locale="de-DE", viewport={"width": 390, "height": 844})`.
    """
    marker = request.node.get_closest_marker("context")
    options: dict[str, Any] = {"viewport": SCREEN, **(marker.kwargs if marker else {})}
    screen = options.pop("viewport")
    if options:
        context = chromium.new_context(**{"locale": LOCALE, **options})
        visit = Visit(context, _watched(context))
    else:
        visit = request.getfixturevalue("usual")
        visit.complaints.clear()
    shown = visit.context.new_page()
    shown.set_viewport_size(screen)
    yield shown
    if options:
        visit.context.close()
    else:
        _forget(visit.context)
    if visit.complaints:
        pytest.fail("\n".join(visit.complaints), pytrace=False)


def _forget(context: BrowserContext) -> None:
    """Close a context's pages, and leave nothing of them to the next visitor but what is cached."""
    for page in context.pages:
        if page.url.startswith("http"):
            page.evaluate("localStorage.clear()")
        page.close()
    context.clear_cookies()
    context.clear_permissions()


def _watched(context: BrowserContext) -> list[str]:
    """What is wrong with a context's pages, growing while they are used."""
    complaints: list[str] = []

    def address(kind: str, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob", "about") and parts.hostname not in HOME:
            complaints.append(f"{kind} to a foreign host: {url}")

    context.on("request", lambda sent: address("request", sent.url))
    context.on(
        "page",
        lambda page: page.on("websocket", lambda socket: address("websocket", socket.url)),
    )

    def console(message: ConsoleMessage) -> None:
        # Streamlit asks below a page's address whether the app lives there, and is told no; an
        # unknown address it also reports to the console, besides telling the reader.
        where = message.location.get("url", "")
        expected = "/_stcore/" in where or message.text.startswith(
            "The page that you have requested"
        )
        if message.type == "error" and not expected:
            complaints.append(f"console: {message.text} ({where})")

    context.on("console", console)
    context.on("weberror", lambda error: complaints.append(f"script error: {error.error}"))
    return complaints
