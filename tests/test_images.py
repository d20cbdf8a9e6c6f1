"""Drawings at addresses of their own: the right one, readable on a phone, in the own type."""

from __future__ import annotations

import re
import shutil
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components import describing, images, map_names, pictures, sketches
from components.described import Described, Picture
from components.map_names import Name
from documents import drawings
from loaders import audience, releases
from model import collection

POVERTY = "kinderarmut_u15"
VIEWS = {
    "map": ("existenzsicherung", {"indikator": POVERTY, "gebiet": "08"}),
    "trend": ("existenzsicherung", {"indikator": POVERTY, "ansicht": "entwicklung"}),
    "ranking": ("existenzsicherung", {"indikator": POVERTY, "ansicht": "rangfolge"}),
    "change": ("existenzsicherung", {"indikator": POVERTY, "ansicht": "veraenderung"}),
    "slopes": (
        "bevoelkerung",
        {"indikator": "anteil_80plus", "ansicht": "veraenderung", "bild": "steigung"},
    ),
    "maps": ("karten", {}),
    "needs": ("bedarfe", {}),
    "supply": ("angebot", {}),
    "scatter": ("zusammenhaenge", {}),
}


@pytest.fixture
def client(release: releases.Release) -> TestClient:
    assert release.id
    return TestClient(Starlette(routes=images.routes()))


@pytest.mark.parametrize("name", VIEWS)
def test_a_drawing_for_a_phone_is_narrow_and_its_letters_are_large_enough(
    name: str, release: releases.Release, client: TestClient
) -> None:
    page, query = VIEWS[name]
    entry = collection.entry(page, query)
    told = describing.of(release, entry)
    assert told is not None
    shown = images.figures(told, release, entry)
    # Of several drawings each has a column, on any screen: there is no wide one.
    several = len(told.pictures) > 1
    [slim, *_more] = [unescape(found) for found in re.findall(r'src(?:set)?="\./([^"]*)"', shown)]
    assert ("-breit" in shown, "<source" in shown) == (not several, not several)
    answer = client.get(slim)
    assert answer.status_code == 200 and answer.headers["content-type"] == "image/svg+xml"
    assert answer.headers["cache-control"] == "public, max-age=300"
    width, height = drawings.extent(answer.text)
    assert 340 <= width <= 400 and 300 <= height <= 700
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)(?:px)?"', answer.text)]
    assert sizes and min(sizes) >= 11
    assert f"@font-face{{font-family:'{drawings.DRAWN}'" in answer.text
    if several:
        assert f'width="{width:.0f}" height="{height:.0f}"' in shown
        return
    wide = unescape(re.findall(r'<img src="\./([^"]*)"', shown)[0])
    assert client.get(wide).text == drawings.complete(told.pictures[0].svg)


def test_the_way_to_a_drawing_names_release_place_width_and_zones(
    release: releases.Release,
) -> None:
    made = describing.known(release, {"zonen": "01~08:Süd"})
    told = Described(
        "T",
        pictures=(
            Picture('<svg width="200" height="1240"></svg>', '"', "<c>"),
            Picture('<svg width="300" height="100"></svg>', "b", slim=lambda: "<svg/>"),
        ),
    )
    entry = collection.entry("karten", {"zeit": "2024"})
    shown = images.figures(told, made, entry, up="../")
    first, second, _end = shown.split("</figure>")
    assert "<source" not in first and 'width="100" height="620" alt="&quot;">' in first
    assert first.startswith("<figure><figcaption>&lt;c&gt;</figcaption><picture><img src=")
    # The first has no narrow drawing; the second is one, as wide as the map of the release is.
    way = urlsplit(unescape(re.findall(r'<img src="([^"]*)"', second)[0]))
    assert way.path == f"../bilder/{release.id}/karten/1-schmal.svg"
    assert parse_qs(way.query) == {"zeit": ["2024"], "zonen": ["01~08:Süd"]}
    assert "<source" not in second and f'width="{pictures.PHONE + 12}" height="' in second


@pytest.mark.parametrize(
    "path",
    [
        "x/existenzsicherung/0-breit",
        "{id}/daten/0-breit",
        "{id}/existenzsicherung/1-breit",
        "{id}/existenzsicherung/0-x",
        "{id}/existenzsicherung/0",
        "{id}/existenzsicherung/-1-breit",
        "{id}/existenzsicherung/99999999-breit",
        "{id}/existenzsicherung/²-breit",
        "{id}/stadtbezirk/0-breit",
    ],
)
def test_what_does_not_exist_is_no_drawing(
    path: str, release: releases.Release, client: TestClient
) -> None:
    found = client.get(f"bilder/{path.format(id=release.id)}.svg")
    assert (found.status_code, found.text) == (404, "")
    assert found.headers["cache-control"] == "no-store"


def test_internal_drawings_stay_in_no_cache(
    internal_releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(audience.VARIABLE, "internal")
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(internal_releases))
    release = releases.current()
    theme = release.catalog.themes[0].id
    client = TestClient(Starlette(routes=images.routes()))
    found = client.get(f"bilder/{release.id}/{theme}/0-breit.svg")
    assert found.status_code == 200 and found.headers["cache-control"] == "no-store"


def test_a_drawing_whose_release_lost_its_files_is_none(
    minden: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(minden.parent, tmp_path / "releases")
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(tmp_path / "releases"))
    release = releases.current()
    shutil.rmtree(release.folder / "counts")
    found = TestClient(Starlette(routes=images.routes())).get(
        f"bilder/{release.id}/existenzsicherung/0-breit.svg"
    )
    assert (found.status_code, found.headers["cache-control"]) == (404, "no-store")


def test_only_drawings_with_letters_get_the_type_and_only_the_cuts_they_need() -> None:
    assert drawings.complete('<svg width="1"><path/></svg>') == '<svg width="1"><path/></svg>'
    plain = drawings.complete('<svg width="1"><text>A</text></svg>')
    assert plain.startswith('<svg width="1"><style>@font-face') and plain.count("@font-face") == 1
    bold = drawings.complete('<svg><text font-weight="700">A</text></svg>')
    assert bold.count("@font-face") == 2 and "font-weight:600 700" in bold
    small = sketches.drawing(10, 10, "s", "<text>A</text>")
    assert len(small) > len(plain)


def test_names_on_a_small_map_keep_apart_and_stay_inside() -> None:
    # Two units across and one up, in a square: half a unit is free above and below.
    within = map_names.picture([(0, 0), (2, 1)], 200, 200)
    assert (within.scale, within.left, within.top) == (100, 0, 1.5)
    left, right = Name(("Au",), 0.5, 0.5), Name(("Tal",), 1.5, 0.5)
    assert map_names.fitting([left, right], within) == [left, right]
    # In the same place the chosen one stays, the other is told by its sign beside it or not at all.
    chosen = Name(("Langer Name",), 1, 0.5, first=True)
    assert map_names.fitting([Name(("Berg",), 1, 0.5), chosen], within) == [chosen]
    # A name at the edge moves inwards, and one that a step brings clear of another moves down.
    [moved] = map_names.fitting([Name(("Au",), 0, 0.5)], within)
    assert 0 < moved.x < 0.15 and moved.y == 0.5
    near = Name(("Berg",), 1, 0.45)
    _first, lower = map_names.fitting([near, chosen], within)
    assert lower.y == pytest.approx(0.45 - 0.09) and lower.x == 1
    # Where only the sign has room, it stands for the name.
    signed = Name(("Ein sehr langer Name", "(geheim)"), 1.6, 0.5, sign="[.]")
    [_kept, sign] = map_names.fitting([signed, chosen], within)
    assert sign.lines == ("[.]",)
