"""Both applications in the browser: what the public one sends, and who gets into the other."""

from __future__ import annotations

import hashlib
import http.client
import json
import re
import socket
import sys
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from joserfc.jwk import RSAKey
from playwright.sync_api import Browser, Error, Page, Response, WebSocket, expect

import canaries
import closed_city
import oidc
import server
from looks import DESKTOP, assert_well_made, opened
from model.catalog import ADDRESSES
from visitor import visit

INTERNAL = "Intern – nur für den Dienstgebrauch"
THEMES = sorted(path.stem for path in Path("data/minden/catalog").glob("*.toml"))
PUBLIC_THEMES = [theme for theme in THEMES if theme != "zaunammer"][::3]  # all are one page
PROBES = (
    "_stcore/health",
    "_stcore/metrics",
    "_stcore/host-config",
    "_stcore/agent/openapi.json",
    "_stcore/script-health-check",
    "media/0",
    "neues.xml",
    "karten/0/stadtbezirk.json",
    "bilder/0/existenzsicherung/0-breit.svg",
    "karten/..%2f..%2f/manifest.json",
    "teile/../../data/internal/releases/current",
    "app/static/../data/internal",
    "..%2fdata%2finternal%2freleases%2fcurrent",
    "gibt/es/nicht",
)
SLOW = 60_000


@dataclass
class Wire:
    """Everything a browser got, searched as it comes; what it got twice is searched once."""

    wanted: dict[bytes, str]
    hits: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    seen: set[bytes] = field(default_factory=set)
    later: list[Response] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("websocket", self._socket)
        page.on("response", lambda response: self.later.append(response))

    def take(self, kind: str, name: str, data: bytes) -> None:
        digest = hashlib.sha256(data).digest()
        self.kinds[kind] += 1
        if digest not in self.seen:
            self.seen.add(digest)
            self.hits += canaries.found(data, self.wanted, f"{kind} {name}")

    def settle(self) -> None:
        """Read the bodies of all answers; one that the browser has dropped is asked for again."""
        for response in self.later:
            if not response.url.startswith("http"):
                continue
            self.take("headers", response.url, json.dumps(response.headers).encode())
            if "/static/" in response.url:
                continue  # a file of Streamlit's package
            try:
                body = response.body()
            except Error:
                body = answer(*response.url.split("/", 3)[2:])
            self.take("body", response.url, body)
        self.later.clear()

    def _socket(self, opened: WebSocket) -> None:
        def keep(frame: str | bytes) -> None:
            self.take("frame", "", frame.encode() if isinstance(frame, str) else frame)

        opened.on("framereceived", keep)


@pytest.fixture(scope="module")
def wanted(internal_releases: Path) -> dict[bytes, str]:
    return canaries.needles(internal_releases)


def settings(**more: str) -> dict[str, str]:
    return {"QUARTIERSPULS_AUDIENCE": "internal", "STREAMLIT_SERVER_ADDRESS": "localhost", **more}


@pytest.fixture(scope="module")
def inside(internal_releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the internal application, without a login."""
    log = tmp_path_factory.mktemp("log") / "inside.log"
    with server.running(internal_releases, log, settings()) as address:
        yield address


def walked(page: Page, wire: Wire, address: str, names: Collection[str], themes: list[str]) -> None:
    """Open pages and every tab, some of them in a browser; take every kind of file along."""
    tabs = ("rangfolge", "entwicklung", "veraenderung", "tabelle")
    with visit(urlsplit(address).port or 0, lambda frame: wire.take("frame", "", frame)) as visitor:
        for name in (*sorted(names), *themes):
            path, _mark, query = name.partition("?")
            assert not visitor.look(path, query).failed, name
        for tab in tabs:
            assert not visitor.look(path, f"{query}&ansicht={tab}").failed, tab
    wire.watch(page)
    for name in ("", "daten", themes[-1]):
        opened(page, f"{address}/{name}")
        wire.settle()  # a browser forgets the bodies with the page
    page.get_by_role("button", name="Herunterladen").or_(
        page.locator("summary", has_text="Herunterladen")
    ).first.click()
    for label in ("Tabelle (XLSX)", "Tabelle (CSV)", "Bild (PNG)", "Bild (SVG)"):
        with page.expect_download(timeout=SLOW) as caught:
            page.get_by_role("button", name=label).click()
        name = caught.value.suggested_filename
        wire.take("name", name, name.encode())
        wire.take("file", name, caught.value.path().read_bytes())
    wire.settle()


def test_nothing_internal_reaches_the_public(
    page: Page, minden_releases: Path, wanted: dict[bytes, str], app: str
) -> None:
    """In no file, no frame, no answer, no export, no log, nor in the memory of the process."""
    wire, few = Wire(wanted), canaries.few(wanted)
    process, log = server.serving(app)
    assert canaries.found_in(minden_releases.rglob("*"), wanted) == []
    walked(page, wire, app, ADDRESSES, PUBLIC_THEMES)
    for probe in PROBES:
        wire.take("probe", probe, answer(urlsplit(app).netloc, probe))
    assert canaries.found_in_memory(process, few) == []
    assert wire.hits == []
    assert canaries.found(log.read_bytes(), wanted) == []
    assert wire.kinds["file"] == 4 and wire.kinds["probe"] == len(PROBES)
    assert wire.kinds["frame"] > 1000 and min(wire.kinds["body"], wire.kinds["headers"]) > 40


def test_the_search_finds_it_where_it_is(
    page: Page, inside: str, internal_releases: Path, wanted: dict[bytes, str]
) -> None:
    """A walk through a few pages of the internal application: the test above can fail."""
    wire, few = Wire(wanted), canaries.few(wanted)
    walked(page, wire, inside, (), ["zaunammer", "zaunammer?indikator=zaunammer_ausgaben"])
    for place in ("frame : Zaunammer (utf-8)", ".csv: ", ".xlsx!xl/", ".svg: "):
        assert any(place in hit for hit in wire.hits), place
    assert canaries.found_in(internal_releases.rglob("*"), wanted)
    in_memory = canaries.found_in_memory(server.serving(inside)[0], few)
    assert not sys.platform.startswith("linux") or any("(float)" in hit for hit in in_memory)


def test_a_guess_learns_nothing(page: Page, app: str) -> None:
    """A name that is internal is answered like one that means nothing."""
    for asked in (
        "{}",
        "daten?datensatz=jugendamt_{}",
        "daten?indikator={}_ausgaben&ebene=stadtbezirk&gebiet=01&zeit=2024",
        "?release={}&thema={}",
    ):
        said = []
        for word in ("zaunammer", "wanderratte"):
            opened(page, f"{app}/{asked.replace('{}', word)}")
            said.append(settled(page).lower().replace(word, "_"))
        assert said[0] == said[1]
    opened(page, app)
    page.get_by_label("Indikator oder Gebiet suchen").fill("Zaunammer")
    expect(page.get_by_role("link", name=re.compile("Zaunammer"))).to_have_count(0)


def settled(page: Page) -> str:
    """The text of a page once it does not change any more."""
    before, now = "", page.locator("body").inner_text()
    while now != before:
        page.wait_for_timeout(250)
        before, now = now, page.locator("body").inner_text()
    return now


@pytest.mark.parametrize("name", ["", "zaunammer", "daten", "ueber"])
def test_every_internal_page_says_so(page: Page, inside: str, name: str) -> None:
    opened(page, f"{inside}/{name}")
    expect(page.get_by_text(INTERNAL).first).to_be_visible()
    assert_well_made(page, DESKTOP)


def test_no_public_page_says_so(page: Page, app: str) -> None:
    opened(page, app)
    assert "Intern" not in page.locator("body").inner_text()


def test_without_a_login_only_this_computer_is_answered(inside: str) -> None:
    """Not under another name (DNS rebinding), and not through a proxy that serves others."""
    assert status(inside, "_stcore/health", {}) == 200
    for headers in (
        {"Host": "quartierspuls.example.org"},
        {"X-Forwarded-For": "203.0.113.7"},
        {"Forwarded": "for=203.0.113.7"},
        {"X-Real-IP": "203.0.113.7"},
    ):
        assert status(inside, "_stcore/health", headers) == 403
        assert upgraded(inside, headers) == 403


# Login


@pytest.fixture(scope="module")
def provider() -> Iterator[oidc.Provider]:
    with oidc.running() as found:
        yield found


@dataclass(frozen=True)
class Guarded:
    """The internal application behind a login, and what it wrote."""

    address: str
    log: Path


@pytest.fixture(scope="module")
def guarded(provider: oidc.Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    root = tmp_path_factory.mktemp("guarded")
    folder, place = closed_city.write(root), root / "releases"
    made = server.prepare(
        "build", folder, "--audience", "internal", "--releases", place, "--by", "A", "--json"
    )
    name = json.loads(made.stdout)["release"]
    server.prepare("publish", name, "--releases", place, "--approved-by", "B")
    path = root / "secrets.toml"
    path.write_text(
        f'[auth]\nredirect_uri = "http://localhost:{{port}}/oauth2callback"\n'
        f'cookie_secret = "b7c1f0a95d3e4826b7c1f0a95d3e4826"\nclient_id = "{oidc.CLIENT}"\n'
        f'client_secret = "{oidc.PASSWORD}"\nserver_metadata_url = "{provider.discovery}"\n',
        encoding="utf-8",
    )
    log = root / "guarded.log"
    # Streamlit logs a token it refuses with a traceback, and Authlib has a warning of its own.
    own = settings(QUARTIERSPULS_SECRETS=str(path))
    with server.running(place, log, own, complaints=()) as address:
        yield Guarded(address, log)


def asked_to_log_in(page: Page) -> None:
    """The page shows the login and nothing of the release."""
    expect(page.get_by_role("button", name="Anmelden")).to_be_visible(timeout=SLOW)
    expect(page.get_by_text(INTERNAL).first).to_be_visible()
    assert not re.search("Wendehals|Klein|Datenstand", page.locator("body").inner_text())


def logged_in(page: Page, address: str) -> None:
    page.goto(address)
    asked_to_log_in(page)
    page.get_by_role("button", name="Anmelden").click()
    expect(page.get_by_text("Angemeldet: Erika Mustermann")).to_be_visible(timeout=SLOW)


def test_the_internal_feed_says_so_and_is_kept_nowhere(inside: str) -> None:
    got = answer(urlsplit(inside).netloc, "neues.xml").decode()
    assert f"<title>{INTERNAL}: Was ist neu?" in got
    assert "cache-control: no-store" in got.lower()


@pytest.mark.parametrize(
    "name", ["", "wendehals", "leben?indikator=wendehals_faelle", "daten", "neues"]
)
def test_nobody_sees_a_page_without_a_login(page: Page, guarded: Guarded, name: str) -> None:
    # What the reader typed into the address comes back to him; nothing else does.
    wire = Wire(canaries.words("Kosten Wendehals") | canaries.words("Fälle Wendehals"))
    wire.watch(page)
    page.goto(f"{guarded.address}/{name}")
    asked_to_log_in(page)
    wire.settle()
    assert wire.hits == []


def test_who_logs_in_sees_it_and_who_logs_out_does_not(page: Page, guarded: Guarded) -> None:
    logged_in(page, guarded.address)
    page.get_by_role("link", name="Wendehals", exact=True).first.click()
    expect(page.locator(".qp-figures")).to_contain_text("10.011,10", timeout=SLOW)
    expect(page.locator("path[data-id='001']")).to_be_visible(timeout=SLOW)  # or it comes too late
    page.get_by_role("button", name="Abmelden").click()
    asked_to_log_in(page)
    page.goto(f"{guarded.address}/wendehals")
    asked_to_log_in(page)


def test_an_expired_token_ends_the_login(
    page: Page, guarded: Guarded, provider: oidc.Provider
) -> None:
    """While the page stands open, and nobody touches it; afterwards it is gone for good."""
    provider.lifetime = 10
    try:
        logged_in(page, guarded.address)
    finally:
        provider.lifetime = 3600
    expect(page.get_by_role("button", name="Anmelden")).to_be_visible(timeout=SLOW)
    asked_to_log_in(page)
    page.goto(f"{guarded.address}/wendehals")
    asked_to_log_in(page)


def test_a_tampered_cookie_is_no_login(page: Page, guarded: Guarded) -> None:
    logged_in(page, guarded.address)
    [cookie] = [c for c in page.context.cookies() if c["name"] == "_streamlit_user"]
    value = cookie["value"]
    for place in (5, len(value) // 2, len(value) - 5):
        other = "A" if value[place] != "A" else "B"
        changed = {**cookie, "value": value[:place] + other + value[place + 1 :]}
        page.context.add_cookies([changed])  # type: ignore[list-item]
        page.goto(guarded.address)
        asked_to_log_in(page)
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    page.goto(guarded.address)
    expect(page.get_by_text("Angemeldet: Erika Mustermann")).to_be_visible(timeout=SLOW)


def test_a_header_that_names_somebody_is_no_login(chromium: Browser, guarded: Guarded) -> None:
    names = ("X-Streamlit-User", "X-Forwarded-User", "X-Forwarded-Email", "X-Auth-Request-Email")
    told = {name: "erika@stadt.test" for name in names} | {"Authorization": "Bearer x"}
    context = chromium.new_context(extra_http_headers=told)
    page = context.new_page()
    page.goto(guarded.address)
    asked_to_log_in(page)
    context.close()


def test_a_token_of_another_signer_is_no_login(
    page: Page, guarded: Guarded, provider: oidc.Provider
) -> None:
    provider.published = RSAKey.generate_key(2048, {"kid": "one"})
    try:
        page.goto(guarded.address)
        asked_to_log_in(page)
        page.get_by_role("button", name="Anmelden").click()
        page.wait_for_url(f"{guarded.address}/", timeout=SLOW)
        asked_to_log_in(page)
    finally:
        provider.published = None


def test_files_beside_the_pages_are_closed_as_well(page: Page, guarded: Guarded) -> None:
    """Geometry and files to take along have addresses that could be passed on."""
    closed: set[str] = set()

    def keep(response: Response) -> None:
        path = urlsplit(response.url).path.strip("/")
        if path.split("/")[0] in ("karten", "media"):
            closed.add(path)

    page.on("response", keep)
    logged_in(page, guarded.address)
    page.get_by_role("link", name="Leben", exact=True).first.click()
    expect(page.locator("path[data-id='001']")).to_be_visible(timeout=SLOW)
    assert any(path.startswith("karten/") for path in closed)
    cookies = "; ".join(f"{c['name']}={c['value']}" for c in page.context.cookies())
    for path in (*closed, "neues.xml"):
        assert status(guarded.address, path, {"Cookie": cookies}) == 200
        assert status(guarded.address, path, {}) == 403
        assert status(guarded.address, path, {"Cookie": cookies.replace("=", "=x")}) == 403
    drawing = "bilder/x/leben/0-breit.svg"
    assert status(guarded.address, drawing, {"Cookie": cookies}) == 404
    assert status(guarded.address, drawing, {}) == 403


def answer(host: str, path: str) -> bytes:
    """The headers and the body of an answer, whatever it is."""
    try:
        with urllib.request.urlopen(f"http://{host}/{path}", timeout=20) as got:
            return str(got.headers).encode() + bytes(got.read())
    except urllib.error.HTTPError as error:
        return str(error.headers).encode() + error.read()


def status(address: str, path: str, headers: dict[str, str]) -> int:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
    connection.request("GET", f"/{path}", headers=headers)
    found = connection.getresponse().status
    connection.close()
    return found


def upgraded(address: str, headers: dict[str, str]) -> int:
    """The status of an attempt to open the websocket."""
    place = urlsplit(address)
    asked = {
        "Host": place.netloc,
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        **headers,
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in asked.items())
    with socket.create_connection((place.hostname or "", place.port or 80), 20) as connection:
        connection.sendall(f"GET /_stcore/stream HTTP/1.1\r\n{lines}\r\n".encode())
        return int(connection.recv(64).split()[1])
