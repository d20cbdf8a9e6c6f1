"""Two audiences: no public release names what is internal, no process shows the other's."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

import canaries
import closed_city
from components import access, exports, framing, gate, spreadsheets, view_described
from loaders import audience, releases, verification, views
from model.catalog import Catalog
from model.selection import VIEWS, Selection
from prepare import build, release_folders, runs
from prepare import catalog as catalogs
from prepare.findings import PreparationError
from prepare.release import Content
from server import ROOT, prepare
from small_city import change

INTERNAL = "Intern – nur für den Dienstgebrauch"
WANTED = canaries.words(closed_city.WORD)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return closed_city.write(tmp_path)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The releases of the small city for both audiences, in public/ and internal/."""
    root = tmp_path_factory.mktemp("both")
    folder = closed_city.write(root)
    for name in ("public", "internal"):
        place = ("--releases", root / name / "releases")
        made = prepare("build", folder, "--audience", name, *place, "--by", "Anna", "--json")
        assert made.returncode == 0, made.stderr
        told = json.loads(made.stdout)["release"]
        done = prepare("publish", told, *place, "--approved-by", "Bert")
        assert done.returncode == 0, done.stderr
    return root


def shown(root: Path, name: str) -> Path:
    """The folder of the release that is shown to an audience."""
    place = root / name / "releases"
    return place / (place / "current").read_text("utf-8").strip()


def content(folder: Path, name: Any) -> Content:
    return build.build(folder, folder / "deliveries", name, [])


def test_an_internal_release_holds_everything(folder: Path) -> None:
    made = content(folder, "internal")
    found = Catalog.model_validate_json(made.texts["catalog.json"])
    assert (made.audience, [theme.id for theme in found.themes]) == (
        "internal",
        ["leben", "wendehals"],
    )
    assert {m.audiences for m in found.city.measures} == {("internal",)}
    cases = made.frames["counts/wendehals_cases.parquet"].filter(pl.col("area") == "000")
    assert cases["value"].to_list() == [118]
    assert made.deliveries["wendehals"]["measures"] == ["wendehals_costs"]
    assert made.frames["facility_values.parquet"]["measure"].to_list() == [
        "places",
        "wendehals_cases",
    ]
    assert made.frames["published.parquet"].height == 3


def test_a_public_release_holds_the_rest(folder: Path) -> None:
    made = content(folder, "public")
    found = Catalog.model_validate_json(made.texts["catalog.json"])
    assert [theme.id for theme in found.themes] == ["leben"]
    assert list(found.indicators) == ["einwohner", "anteil_u6", "geburten"]
    assert list(found.measures) == ["residents", "births", "area_km2", "places"]
    assert {m.audiences for m in found.city.measures} == {("public",)}
    assert "wendehals" not in found.sources and "wendehals" not in found.protection.sources
    assert [rule.id for rule in found.protection.rules] == ["offen"]
    births = made.frames["counts/births.parquet"].filter(pl.col("level") == "viertel")
    assert births["value"].to_list() == [10, 20, 30, 40]
    assert made.deliveries["mischung"]["measures"] == ["births"]
    assert made.frames["facility_values.parquet"]["measure"].to_list() == ["places"]
    assert made.frames["published.parquet"]["measure"].to_list() == ["births"]
    assert made.frames["breaks.parquet"]["measure"].to_list() == ["births"]


def test_no_byte_of_a_public_release_names_what_is_internal(both: Path) -> None:
    public = [p for p in (both / "public" / "releases").rglob("*") if p.is_file()]
    assert len(public) > 10
    assert canaries.found_in(public, WANTED) == []
    hits = canaries.found_in((both / "internal" / "releases").rglob("*"), WANTED)
    files = ("manifest.json", "catalog.json", "published.parquet", "wendehals_costs.parquet")
    assert [name for name in files if not any(name in hit for hit in hits)] == []


def test_what_both_know_is_the_same_in_both(both: Path) -> None:
    one, other = shown(both, "public"), shown(both, "internal")
    names = sorted(path.name for path in (one / "counts").iterdir())
    assert names == ["area_km2.parquet", "births.parquet", "residents.parquet"]
    for name in names:
        assert (one / "counts" / name).read_bytes() == (other / "counts" / name).read_bytes()


def test_reports_and_differences_for_the_public_do_not_name_it_either(
    both: Path, folder: Path, tmp_path: Path
) -> None:
    change(folder / "deliveries/mischung.csv", "001;2024;10", "001;2024;12")
    change(folder / "deliveries/mischung.csv", "Klein;2024;100", "Klein;2024;102")
    change(folder / "published.csv", "births,100", "births,102")
    place = ("--releases", both / "public" / "releases")
    for command in ("check", "diff"):
        html = tmp_path / f"{command}.html"
        done = prepare(command, folder, *place, "--report", html, "--json", "--details")
        assert done.returncode == 0, done.stderr
        said = (done.stdout + done.stderr + html.read_text("utf-8")).encode()
        assert b"Geburten" in said
        assert canaries.found(said, WANTED) == []
    inside = tmp_path / "inside.html"
    place = ("--releases", both / "internal" / "releases")
    prepare("check", folder, *place, "--audience", "internal", "--report", inside)
    assert canaries.found(inside.read_bytes(), WANTED)
    assert f"build {folder} --audience internal --releases" in inside.read_text("utf-8")


def test_a_fault_in_what_is_internal_stops_the_internal_release_alone(folder: Path) -> None:
    change(folder / "deliveries/mischung.csv", "10;11", "10;elf")
    change(folder / "deliveries/wendehals.csv", "1001,11", "viel")
    inside = runs.run(folder, audience="internal")
    assert [f.rule for f in inside.findings if f.grade == "error"] == ["cell_no_number"] * 2
    outside = runs.run(folder, audience="public")
    assert [f for f in outside.findings if f.grade == "error"] == []
    assert closed_city.WORD.lower() not in "\n".join(map(str, outside.findings)).lower()


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            "measures.toml",
            'id = "births"',
            'id = "births"\nunallocated = "wendehals_cases"',
            'klein/measures.toml, [[measures]] id = "births", Schlüssel "unallocated"',
        ),
        (
            "measures.toml",
            'id = "births"',
            'id = "births"\npart_of = [{ measure = "wendehals_cases" }]',
            'klein/measures.toml, [[measures]] id = "births", Schlüssel "part_of"',
        ),
        (
            "measures.toml",
            'id = "births"',
            'id = "births"\nholds = [{ measure = "wendehals_cases" }]',
            'klein/measures.toml, [[measures]] id = "births", Schlüssel "holds"',
        ),
        (
            "measures.toml",
            'id = "births"',
            'id = "births"\nadditive = false\nrate = { numerator = [{ measure = "places" }], '
            'denominator = [{ measure = "wendehals_cases" }] }',
            'klein/measures.toml, [[measures]] id = "births", Schlüssel "rate"',
        ),
        (
            "catalog/leben.toml",
            'headline = "einwohner"',
            'headline = "wendehals_faelle"',
            'klein/catalog/leben.toml, Schlüssel "headline"',
        ),
    ],
    ids=["unallocated", "part_of", "holds", "rate", "headline"],
)
def test_what_is_public_must_not_need_what_is_internal(
    folder: Path, file: str, old: str, new: str, told: str
) -> None:
    change(folder / file, old, new)
    for name in ("public", "internal"):
        with pytest.raises(PreparationError) as error:
            catalogs.catalog(folder, name)
        found = [f for f in error.value.findings if f.rule == "audience_mixed"]
        assert [str(f).partition(": ")[0] for f in found] == [told]
        assert "ist für public nicht bestimmt" in found[0].message


def test_the_residents_of_the_rules_are_known_to_the_audience(folder: Path) -> None:
    change(folder / "protection.toml", "[public]", '[public]\nresidents = "wendehals_cases"')
    # Where no area is too small nobody needs them.
    assert catalogs.catalog(folder, "public").protection.residents == "wendehals_cases"
    assert "wendehals_cases" not in content(folder, "public").texts["catalog.json"]
    change(folder / "protection.toml", "minimum_area = 0", "minimum_area = 300")
    with pytest.raises(PreparationError) as error:
        catalogs.catalog(folder, "public")
    assert [str(found) for found in error.value.findings] == [
        'klein/protection.toml, [public], Schlüssel "residents": "wendehals_cases" ist für public '
        "nicht bestimmt, wird aber dort gebraucht. Abhilfe: audiences in measures.toml angleichen "
        "oder etwas anderes nennen. [audience_mixed]"
    ]
    catalogs.catalog(folder, "internal")


def left_out(whole: Catalog, part: Catalog) -> set[str]:
    """Ids as JSON writes them, and titles, of what a part of a catalog does not declare."""

    def declared(catalog: Catalog) -> set[str]:
        city, rules = catalog.city, catalog.protection.rules
        told: list[Any] = [*city.measures, *city.sources, *rules, *catalog.themes]
        told += catalog.indicators.values()
        return {word for each in told for word in (json.dumps(each.id), each.title)}

    return declared(whole) - declared(part)


def test_the_public_catalog_names_nothing_that_was_left_out_of_it(folder: Path) -> None:
    """Not even sources without a recipe and rules without a source, which nobody removes."""
    source = '[[sources]]\nid = "verein"\ntitle = "Beratung XY"\nlicence = "nur intern"\n'
    closed_city.add(folder / "city.toml", source)
    rule = '[[public.rules]]\nid = "vertrag"\ntitle = "Vertrag"\npreset = "register"\n'
    closed_city.add(folder / "protection.toml", rule)
    protection = folder / "protection.toml"
    text = protection.read_text("utf-8")
    protection.write_text(text.replace("sources = { ", 'sources = { verein = "vogel", '), "utf-8")
    whole = catalogs.catalog(folder, "public")
    text = content(folder, "public").texts["catalog.json"]
    gone = left_out(whole, Catalog.model_validate_json(text))
    assert {"Beratung XY", '"verein"', "Vertrag", '"vertrag"', '"wendehals_cases"'} <= gone
    assert len(gone) == 14
    assert sorted(word for word in gone if word in text) == []


def test_the_public_catalog_of_minden_names_nothing_that_was_left_out(minden: Path) -> None:
    text = (minden / "catalog.json").read_text("utf-8")
    gone = left_out(catalogs.catalog(ROOT / "data" / "minden"), Catalog.model_validate_json(text))
    assert '"zaunammer_costs"' in gone
    assert sorted(word for word in gone if word in text) == []


def test_a_city_without_anything_public_has_no_public_release(folder: Path) -> None:
    path = folder / "measures.toml"
    text = path.read_text("utf-8").replace('audiences = ["internal"]\n', "")
    text = text.replace('unit = "', 'audiences = ["internal"]\nunit = "')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PreparationError) as error:
        content(folder, "public")
    assert [f.rule for f in error.value.findings] == ["theme_missing"]


def test_an_audience_nobody_knows_is_an_error(folder: Path) -> None:
    change(folder / "measures.toml", 'audiences = ["internal"]', 'audiences = ["intern"]')
    with pytest.raises(PreparationError) as error:
        catalogs.catalog(folder)
    assert "public" in str(error.value)
    done = prepare("build", folder, "--audience", "intern")
    assert done.returncode == 2 and "Diesen Aufruf gibt es nicht" in done.stderr


# Folders


@pytest.mark.parametrize(("name", "other"), [("public", "internal"), ("internal", "public")])
def test_releases_for_two_audiences_never_lie_together(
    both: Path, folder: Path, tmp_path: Path, name: str, other: str
) -> None:
    """Built there, built inside, built through a link, or carried there by hand."""
    place = shutil.copytree(both / other / "releases", tmp_path / "place")
    link = tmp_path / "link"
    link.symlink_to(place)
    before = sorted(path.name for path in place.iterdir())
    for told in (place, place / "inside", link):
        done = prepare("build", folder, "--audience", name, "--releases", told, "--by", "Anna")
        assert done.returncode == 1 and "[release_audience]" in done.stderr
    assert sorted(path.name for path in place.iterdir()) == before
    carried = shown(both, name)
    shutil.copytree(carried, place / carried.name)
    with (place / "trusted.pub").open("a") as keys:  # else the signature alone would do
        keys.write((carried.parent / "trusted.pub").read_text())
    done = prepare("publish", carried.name, "--releases", place, "--approved-by", "Bert")
    assert done.returncode == 1 and "[release_audience]" in done.stderr
    assert (place / "current").read_bytes() == (both / other / "releases/current").read_bytes()


def test_the_usual_folder_of_one_audience_is_refused_to_the_other_even_empty(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    public, internal = (release_folders.FOLDERS[name] for name in ("public", "internal"))
    for name, told in (("public", internal), ("internal", public.resolve())):
        with pytest.raises(PreparationError) as error:
            release_folders.refuse_others(told, name, "x")
        assert [f.rule for f in error.value.findings] == ["release_audience"]
    release_folders.refuse_others(public, "public", "x")
    release_folders.refuse_others(internal, "internal", "x")
    # Nothing told means the audience's own folder.
    assert release_folders.folder(public, "internal") == internal
    assert release_folders.option(internal, "internal") == " --audience internal"
    assert release_folders.option(public, "public") == ""


def test_vault_and_key_of_the_two_are_two(both: Path) -> None:
    keys = {
        (both / name / "releases" / "trusted.pub").read_text() for name in ("public", "internal")
    }
    assert len(keys) == 2
    assert canaries.found_in((both / "public").rglob("*"), canaries.words("Kosten Wendehals")) == []


# What a process shows


@pytest.fixture
def serve(tmp_path: Path, both: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Be the process of an audience on a copy of a folder of releases."""
    access.login.cache_clear()

    def be(name: str, served: str) -> Path:
        place = shutil.copytree(both / served / "releases", tmp_path / f"{name} {served}")
        monkeypatch.setenv(audience.VARIABLE, name)
        monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(place))
        return place

    yield be
    access.login.cache_clear()


@pytest.mark.parametrize(
    ("name", "served", "words"),
    [
        ("public", "internal", "nicht für die Öffentlichkeit"),
        ("internal", "public", "keine interne"),
    ],
)
def test_no_process_shows_a_release_for_others(
    serve: Any, name: str, served: str, words: str
) -> None:
    serve(name, served)
    with pytest.raises(releases.AudienceMismatch, match=words):
        releases.current()
    with pytest.raises(access.StartError, match=words):
        access.check()


@pytest.mark.parametrize(
    ("name", "served", "told"),
    [
        (
            "public",
            "internal",
            "Die Veröffentlichung, auf die der Zeiger weist, ist nicht für die Öffentlichkeit "
            "bestimmt und wird hier nicht gezeigt.",
        ),
        (
            "internal",
            "public",
            "Die Veröffentlichung „{id}“ ist keine interne. Die interne Anwendung zeigt nur "
            "interne; ihr Ordner steht in QUARTIERSPULS_RELEASES.",
        ),
    ],
)
def test_whom_a_release_is_for_is_what_was_signed(
    serve: Any, both: Path, monkeypatch: pytest.MonkeyPatch, name: str, served: str, told: str
) -> None:
    """Even where the first look at the manifest fails, and only the second one succeeds."""
    serve(name, served)
    monkeypatch.setattr(verification, "audience", lambda _folder: None)
    with pytest.raises(releases.AudienceMismatch) as error:
        releases.current()
    assert str(error.value) == told.format(id=shown(both, served).name)


def test_a_release_for_others_does_not_take_the_place_of_the_one_shown(
    serve: Any, both: Path
) -> None:
    place = serve("public", "public")
    before = releases.current()
    foreign = shown(both, "internal")
    shutil.copytree(foreign, place / foreign.name)
    (place / "current").write_text(foreign.name)
    assert releases.current() is before
    assert releases.current().catalog.themes == before.catalog.themes


@pytest.mark.parametrize("trick", ["parent", "absolute", "link", "pointer", "edited"])
def test_no_trick_leads_the_public_process_to_what_is_internal(
    serve: Any, both: Path, trick: str
) -> None:
    place, foreign = serve("public", "public"), shown(both, "internal")
    pointer = place / "current"
    if trick == "parent":
        pointer.write_text(os.path.relpath(foreign, place))
    elif trick == "absolute":
        pointer.write_text(str(foreign))
    elif trick == "link":
        (place / foreign.name).symlink_to(foreign)
        pointer.write_text(foreign.name)
    elif trick == "pointer":
        pointer.unlink()
        pointer.symlink_to(foreign.parent / "current")
    else:
        shutil.copytree(foreign, place / foreign.name)
        path = place / foreign.name / "manifest.json"
        path.write_text(
            path.read_text("utf-8").replace('"audience": "internal"', '"audience": "public"')
        )
        pointer.write_text(foreign.name)
    with pytest.raises(releases.ReleaseError):
        releases.current()


def test_a_slip_of_the_pen_opens_nothing(serve: Any) -> None:
    serve("Internal", "internal")
    with pytest.raises(access.StartError, match="möglich sind public, internal"):
        access.check()


def started(**settings: str) -> subprocess.CompletedProcess[str]:
    """The app started as `make run` and `make internal` do; it is expected to end at once."""
    return subprocess.run(
        [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", "--server.port=0"],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1", **settings},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )


@pytest.mark.parametrize(
    ("name", "served", "address", "words"),
    [
        ("public", "internal", "localhost", "nicht für die Öffentlichkeit bestimmt"),
        ("internal", "public", "localhost", "keine interne"),
        ("internal", "internal", "0.0.0.0", "nur auf dem eigenen Rechner"),
    ],
)
def test_the_app_ends_at_its_start_where_it_would_show_what_it_must_not(
    both: Path, name: str, served: str, address: str, words: str
) -> None:
    done = started(
        QUARTIERSPULS_RELEASES=str(both / served / "releases"),
        QUARTIERSPULS_AUDIENCE=name,
        STREAMLIT_SERVER_ADDRESS=address,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("Quartierspuls startet nicht: ")
    assert words in done.stderr and "Traceback" not in done.stderr


# Login


GOOD = {
    "redirect_uri": "https://intern.example.org/oauth2callback",
    "cookie_secret": "b7c1f0a95d3e4826b7c1f0a95d3e4826",
    "client_id": "quartierspuls",
    "client_secret": "k9Q2-vT7x",
    "server_metadata_url": "https://login.minden.de/.well-known/openid-configuration",
}


def toml(told: dict[str, Any]) -> str:
    return "[auth]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in told.items())


@pytest.fixture
def login(serve: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Be the internal process with these words in its file of secrets."""

    def be(text: str, name: str = "internal") -> None:
        path = tmp_path / "secrets.toml"
        path.write_text(text, encoding="utf-8")
        monkeypatch.setenv("QUARTIERSPULS_SECRETS", str(path))
        serve(name, name)

    return be


def test_a_sound_login_lets_the_internal_application_start_anywhere(login: Any) -> None:
    login(toml(GOOD))
    access.check()
    assert access.secrets() == {"auth": GOOD}


@pytest.mark.parametrize(
    ("key", "value", "word"),
    [
        ("cookie_secret", "", "cookie_secret"),
        ("cookie_secret", "b7c1f0a95d3e4826b7c1f0a95d3e482", "cookie_secret"),
        ("cookie_secret", "a" * 64, "cookie_secret"),
        ("cookie_secret", "please-change-me-0123456789abcdef", "cookie_secret"),
        ("cookie_secret", "xxx0f0a95d3e4826b7c1f0a95d3e4826", "cookie_secret"),
        ("cookie_secret", "…b7c1f0a95d3e4826b7c1f0a95d3e4826", "cookie_secret"),
        ("client_id", "…", "client_id"),
        ("client_id", "your_client_id", "client_id"),
        ("redirect_uri", "http://intern.example.org/oauth2callback", "redirect_uri"),
        ("redirect_uri", "https://intern.example.org/", "redirect_uri"),
        ("redirect_uri", "http://localhost.example.org/oauth2callback", "redirect_uri"),
        ("client_id", "", "client_id"),
        ("client_secret", "xxx", "client_secret"),
        ("server_metadata_url", "http://login.minden.de/.well-known", "server_metadata_url"),
    ],
)
def test_an_unsafe_login_is_refused(login: Any, key: str, value: str, word: str) -> None:
    login(toml(GOOD | {key: value}))
    with pytest.raises(access.StartError, match=word):
        access.check()


@pytest.mark.parametrize("name", ["quartierspuls-exchange", "secretariat-app", "austauschxxxl"])
def test_words_within_words_are_no_placeholders(login: Any, name: str) -> None:
    login(toml(GOOD | {"client_id": name}))
    access.check()


def test_the_login_of_the_manual_is_refused_until_it_is_filled_in(login: Any) -> None:
    manual = (ROOT / "docs" / "intern.md").read_text("utf-8")
    login("[auth]" + manual.partition("```toml\n[auth]")[2].partition("```")[0])
    assert [why.partition(" in [auth]")[0] for why in access._weak(access.login())] == [
        "cookie_secret",
        "client_id und client_secret",
    ]


def test_a_login_that_cannot_be_read_is_not_no_login(login: Any) -> None:
    login("[auth\n")
    with pytest.raises(access.StartError, match="nicht zu lesen"):
        access.check()


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("server.trustedUserHeaders", {"X-User": "name"}),
        ("server.enableCORS", False),
        ("server.enableXsrfProtection", False),
    ],
)
def test_settings_that_let_others_in_are_refused(login: Any, option: str, value: object) -> None:
    from streamlit import config

    login(toml(GOOD))
    before = config.get_option(option)
    config._set_option(option, value, "test")
    try:
        with pytest.raises(access.StartError, match=option):
            access.check()
    finally:
        config._set_option(option, before, "test")


def test_the_public_application_does_not_even_open_the_secrets(login: Any) -> None:
    """The file here is none at all, and nobody notices."""
    login("[auth\n", name="public")
    access.check()
    assert access.login() == {} and access.secrets() is None


@pytest.mark.parametrize(
    ("address", "cookie"),
    [
        (GOOD["redirect_uri"], "a=b; Path=/; secure"),
        ("http://localhost/oauth2callback", "a=b; path=/"),
    ],
)
def test_cookies_of_an_encrypted_login_never_travel_in_the_clear(
    login: Any, address: str, cookie: str
) -> None:
    async def told(_request: Any) -> PlainTextResponse:
        answer = PlainTextResponse("")
        answer.set_cookie("a", "b", samesite=None)
        return answer

    login(toml(GOOD | {"redirect_uri": address}))
    app = gate.Gate(Starlette(routes=[Route("/", told)]))
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": b""}
    asyncio.run(app(scope, None, send))
    [found] = [value for name, value in sent[0]["headers"] if name == b"set-cookie"]
    assert found.decode().lower() == cookie.lower()


def answered(path: str = "/", client: str = "127.0.0.1", **headers: str) -> int:
    """The status with which the door answers a request for an application behind it."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def told(_request: Any) -> PlainTextResponse:
        return PlainTextResponse("")

    named = {"host": "localhost:8502", **headers}.items()
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": b"",
        "client": (client, 50000),
        "headers": [(name.replace("_", "-").encode(), text.encode()) for name, text in named],
    }
    app = gate.Gate(Starlette(routes=[Route("/", told), Route("/media/a.csv", told)]))
    asyncio.run(app(scope, None, send))
    return int(sent[0]["status"])


@pytest.mark.parametrize("name", ["public", "internal"])
@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ({}, 200),
        ({"host": "[::1]:8502", "client": "::1"}, 200),
        ({"host": "rebound.example:8502"}, 403),
        ({"client": "192.0.2.7"}, 403),
        ({"via": "1.1 proxy"}, 403),
        ({"forwarded": "for=192.0.2.7"}, 403),
        ({"x_real_ip": "192.0.2.7"}, 403),
        ({"x_forwarded_proto": "https"}, 403),
        ({"x_forwarded_server": "intern"}, 403),
    ],
)
def test_the_workbench_answers_this_computer_alone(
    serve: Any, monkeypatch: pytest.MonkeyPatch, name: str, request_: dict[str, str], status: int
) -> None:
    serve(name, name)
    assert len(gate.middleware()) == (name == "internal")
    monkeypatch.setenv("QUARTIERSPULS_WORKBENCH", "data/minden")
    assert len(gate.middleware()) == 1
    assert answered(**request_) == status


def test_a_workbench_with_a_login_still_answers_this_computer_alone(
    login: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    login(toml(GOOD))
    assert answered(client="192.0.2.7") == 200
    monkeypatch.setenv("QUARTIERSPULS_WORKBENCH", "data/minden")
    assert answered(client="192.0.2.7") == 403
    assert [answered(), answered("/media/a.csv")] == [200, 403]


@pytest.mark.parametrize("address", [None, "0.0.0.0", "192.0.2.1"])
def test_a_workbench_others_could_reach_does_not_start(
    login: Any, monkeypatch: pytest.MonkeyPatch, address: str | None
) -> None:
    from streamlit import config

    before = config.get_option("server.address")
    monkeypatch.setenv("QUARTIERSPULS_WORKBENCH", "data/minden")
    try:
        for name in ("public", "internal"):
            login(toml(GOOD), name)
            config._set_option("server.address", address, "test")
            with pytest.raises(access.StartError, match="Die Werkbank läuft nur auf dem eigenen"):
                access.check()
            config._set_option("server.address", "localhost", "test")
            access.check()
            access.login.cache_clear()
    finally:
        config._set_option("server.address", before, "test")


def test_only_an_unexpired_token_is_valid(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: 1000.0)
    assert gate.is_valid({"is_logged_in": True, "exp": 1001})
    for user in (
        {"is_logged_in": True, "exp": 1000},
        {"is_logged_in": True, "exp": 999.9},
        {"is_logged_in": True},
        {"is_logged_in": True, "exp": "1001"},
        {"is_logged_in": True, "exp": True},
        {"is_logged_in": "true", "exp": 1001},
        {"is_logged_in": False, "exp": 1001},
        {"exp": 1001},
        {},
    ):
        assert not gate.is_valid(user)


# What is taken along


def test_every_export_says_that_it_is_internal(serve: Any) -> None:
    serve("internal", "internal")
    release = releases.current()
    wanted = Selection("leben", "wendehals_faelle", "viertel", "2024")
    view = views.view_of(release, wanted)
    assert exports.file_name(view).startswith("intern_wendehals_faelle_viertel_")
    assert INTERNAL in spreadsheets.csv(exports.data(view)).decode("utf-8-sig")
    inside = dict(canaries.unpacked(spreadsheets.xlsx(exports.data(view).linked("https://x"))))
    assert any(INTERNAL.encode() in part for part in inside.values())
    for tab in VIEWS:
        drawn = views.view_of(release, replace(wanted, view=tab))
        assert INTERNAL in framing.svg(view_described.of_view(drawn, release))


def test_no_public_export_says_so(serve: Any) -> None:
    serve("public", "public")
    release = releases.current()
    view = views.view_of(release, Selection("leben", "geburten", "viertel", "2024"))
    files = [
        spreadsheets.csv(exports.data(view)),
        spreadsheets.xlsx(exports.data(view).linked("https://x")),
        framing.svg(view_described.of_view(view, release)).encode(),
        exports.file_name(view).encode(),
    ]
    assert canaries.found(b"".join(files), canaries.words("Intern")) == []
    assert [hit for data in files for hit in canaries.found(data, WANTED)] == []
