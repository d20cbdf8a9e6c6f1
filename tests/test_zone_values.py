"""What zones say: sums of published cells, and why there is none; worked out by hand.

The city of signs has every status, see status_city.py: each quarter has its poor of its residents.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

import status_city
from components import change_figures, charts, exports, maps, spreadsheets, tables, trend_rows
from loaders import areas, finder, indicators, profiles, releases, trails, views
from loaders.releases import Release
from model import caveats, changes, profile, remarks, safeguards, search, wording, zones
from model.catalog import ZONE
from model.selection import Selection
from model.view import Figure, View
from model.zones import Zone

DAY = "2024-12-31"
ID = {name: f"{number:03}" for number, name in enumerate(status_city.NAMES, 1)}


def zone(*names: str, name: str = "") -> Zone:
    return Zone("viertel", tuple(ID[each] for each in names), name)


def share(*areas: str) -> Selection:
    return Selection("armut", "quote", "viertel", DAY, areas)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return status_city.write(tmp_path_factory.mktemp("zeichen"))


@pytest.fixture
def release(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Release]:
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(folder))
    yield releases.current()


def figure(release: Release, made: Zone) -> Figure:
    view = views.view_of(releases.extended(release, (made,)), share(made.id))
    return view.chosen[0]


@pytest.mark.parametrize(
    ("parts", "poor", "residents", "status"),
    [
        # The gravest status is that of the sum.
        (("Aue", "Jagen"), 345 + 222, 2000, "revised"),
        (("Aue", "Insel"), 345 + 111, 2000, "preliminary"),
        (("Insel", "Kamp"), 111 + 333, 2000, "estimated"),
        (("Kamp", "Lohe"), 333 + 4357, 10137, "modelled"),
        # Zeros are numbers; a quarter without residents adds nothing to either.
        (("Aue", "Berg"), 345, 2500, "ok"),
        (("Berg", "Garten"), 0, 1500, "ok"),
        # One part hidden, uncollected or unreliable, and so is the zone, for the gravest reason.
        (("Aue", "Damm"), None, 1800, "suppressed"),
        (("Aue", "Eck"), None, 1700, "unreliable"),
        (("Aue", "Feld"), None, 1600, "not_collected"),
        (("Damm", "Eck", "Feld"), None, 2100, "suppressed"),
    ],
)
def test_a_zone_is_the_sum_of_its_parts(
    release: Release,
    parts: tuple[str, ...],
    poor: float | None,
    residents: float,
    status: str,
) -> None:
    found = figure(release, zone(*parts))
    assert (found.numerator, found.denominator, found.status) == (poor, residents, status)
    assert found.value == (None if poor is None else 100 * poor / residents)


def test_a_change_that_cannot_be_told_says_because_of_whom_and_what_is_near(
    release: Release,
) -> None:
    made = (zone("Aue", "Damm", "Insel"), zone("Aue", "Insel"))
    view = views.view_of(releases.extended(release, made), share(*(one.id for one in made)))
    without, whole = (change_figures.lacking(view, figure) for figure in view.chosen)
    assert "geheim, weil sie es für Damm ist" in without
    assert f"gebiet={made[1].id}" in without and "Aue + Insel</a>" in without
    assert whole == ""


def test_a_named_zone_tells_its_parts_wherever_a_source_is_told(release: Release) -> None:
    """Without a name it is called by its parts, up to three."""
    told = []
    for made in (zone("Aue", "Berg", name="Oben"), zone("Aue", "Berg")):
        view = views.view_of(releases.extended(release, (made,)), share(made.id))
        told.append([line for line in wording.footer(view) if "zusammen" in line])
    assert told == [["„Oben“ sind zusammen: Aue und Berg."], []]


@pytest.mark.parametrize(
    ("parts", "without", "instead"),
    [
        # Only the gravest reason is told of; the rest that is complete is offered.
        (("Aue", "Damm", "Feld", "Insel"), ("Damm",), ("Aue", "Insel")),
        (("Aue", "Feld", "Insel", "Kamp"), ("Feld",), ("Aue", "Insel", "Kamp")),
        (("Aue", "Damm"), ("Damm",), "000"),
        # Each part is told, but they are nobody together.
        (("Garten", "Damm"), ("Damm",), "000"),
        (("Aue", "Insel"), (), None),
    ],
)
def test_why_a_zone_has_no_value_and_what_is_near(
    release: Release,
    parts: tuple[str, ...],
    without: tuple[str, ...],
    instead: tuple[str, ...] | str | None,
) -> None:
    found = figure(release, zone(*parts))
    assert tuple(part.name for part in found.without) == without
    wanted = zone(*instead).id if isinstance(instead, tuple) else instead
    assert (found.instead.id if found.instead else None) == wanted
    if isinstance(instead, tuple):
        assert figure(release, zone(*instead)).value is not None


def test_a_known_zone_with_a_value_comes_before_the_city(release: Release) -> None:
    made = (zone("Aue", "Damm"), zone("Insel", "Kamp"), zone("Aue", "Lohe", name="Ufer"))
    view = views.view_of(releases.extended(release, made), share(made[0].id))
    near = view.chosen[0].instead
    assert near and (near.id, near.name) == (made[2].id, "Ufer")


def test_sentences_name_the_zone_and_the_part(release: Release) -> None:
    made = zone("Aue", "Damm", "Insel", name="Rechte Weserseite")
    extended = releases.extended(release, (made, zone("Aue", "Insel")))
    view = views.view_of(extended, share(made.id, zone("Aue", "Insel").id))
    hidden, shown = view.chosen
    assert wording.sentence(view.indicator, hidden, DAY) == (
        "Im Gebiet „Rechte Weserseite“ ist die Zahl am 31.12.2024 geheim, weil sie es für Damm ist."
    )
    assert remarks.told(view, hidden) == "geheim gehalten, wegen Damm"
    assert wording.sentence(view.indicator, shown, DAY) == (
        "Im Zusammenschluss „Aue + Insel“ waren am 31.12.2024 22,8 % arm. Die Zahl ist vorläufig."
    )
    missing = figure(release, zone("Aue", "Feld"))
    assert wording.sentence(view.indicator, missing, DAY) == (
        "Im Zusammenschluss „Aue + Feld“ gibt es am 31.12.2024 keine Zahl (nicht erhoben). Sie "
        "fehlt für Feld."
    )
    # A mean as delivered is not made of counts.
    ready = view.indicator.model_copy(update={"as_delivered": True})
    nothing = replace(missing, without=())
    assert "lässt sich nicht zusammenzählen" in wording.sentence(ready, nothing, DAY)


@pytest.fixture
def both(release: Release) -> tuple[View, View]:
    """The view of all quarters with one and a zone chosen, and without any choice."""
    made = zone("Aue", "Insel", name="Ufer")
    chosen = share(made.id, ID["Kamp"])
    return views.view_of(releases.extended(release, (made,)), chosen), views.view_of(
        release, share()
    )


def test_a_zone_is_none_of_the_areas_of_the_level(both: tuple[View, View]) -> None:
    """It changes neither classes nor places, spread, counts or what is judged together."""
    view, plain = both
    assert view.figures == plain.figures
    assert (view.limits, view.counts()) == (plain.limits, plain.counts())
    places = [view.place(figure) for figure in view.figures]
    assert places == [plain.place(figure) for figure in plain.figures]
    assert view.place(view.chosen[0]) is None
    assert wording.spread(view.indicator, view.figures, "Viertel") == wording.spread(
        plain.indicator, plain.figures, "Viertel"
    )
    found, before = (changes.between(each, "2023-12-31") for each in both)
    assert (found.shifts, found.beside) == (before.shifts, before.beside)
    assert found.joined == (
        changes.judged_alone(view.indicator, *(found.joined[0].before, found.joined[0].after)),
    )
    # 345 + 111 and 340 + 110 of 2000.
    assert found.joined[0].difference == pytest.approx(100 * 6 / 2000)


def test_a_zone_has_its_row_line_and_outline(both: tuple[View, View], release: Release) -> None:
    view, _plain = both
    ufer = view.chosen[0].area.id
    assert [row["cells"][0] for row in tables.current(view)["rows"]][-2:] == ["Ufer", "Zeichen"]
    assert tables.current(view)["rows"][-2]["cells"][1] == "22,8"
    ranked = charts.ranking(view).data["areas"]
    assert ranked.filter(pl.col("area") == ufer).select("name", "colour", "place").rows() == [
        ("Ufer", "#b3126a", "")
    ]
    line = trend_rows.rows(view).filter(pl.col("area") == ufer)
    assert line["value"].to_list() == [100 * 450 / 2000, 100 * 456 / 2000]
    assert line["front"].all() and line["dash"].to_list() == [0, 0]
    chosen = maps.svg_data(view, release)["chosen"]
    assert list(chosen) == [ID["Aue"], ID["Insel"], ID["Kamp"]]
    assert chosen[ID["Aue"]] == chosen[ID["Insel"]] != chosen[ID["Kamp"]]


def test_a_zone_goes_into_files(both: tuple[View, View]) -> None:
    view, _plain = both
    text = spreadsheets.csv(exports.data(view)).decode("utf-8-sig")
    rows = [
        row for row in csv.DictReader(io.StringIO(text), delimiter=";") if row["Gebiet"] == "Ufer"
    ]
    told = [(row["Zeitpunkt"], row["Wert"], row["Zähler"], row["Nenner"]) for row in rows]
    assert told == [("2023-12-31", "22,5", "450", "2000"), ("2024-12-31", "22,8", "456", "2000")]


def test_the_way_back_leads_to_the_parts(release: Release) -> None:
    made = zone("Aue", "Damm")
    extended = releases.extended(release, (made,))
    indicator = release.catalog.indicators["quote"]
    trail = trails.trail_of(extended, indicator, ZONE, made.id, DAY)
    cells = [(cell.area, cell.value) for cell in trail.cells]
    assert cells == [(made.id, None), (made.id, 1800.0)]
    poor, residents = (trails.parts(extended, cell) for cell in trail.cells)
    assert [(cell.area, cell.value, cell.file) for cell in poor] == [
        (ID["Aue"], 345.0, "zahlen.csv"), (ID["Damm"], None, "zahlen.csv"),
    ]  # fmt: skip
    assert [cell.value for cell in residents] == [1000.0, 800.0]


def test_a_profile_of_a_zone_has_the_neighbours_of_all_parts(release: Release) -> None:
    """Squares in three rows of four: beside Aue and Berg lie Chaussee, Eck and Feld."""
    made = zone("Aue", "Berg")
    own = profiles.of(releases.extended(release, (made,)), made.id)
    assert [area.name for area in own.neighbours] == ["Chaussee", "Eck", "Feld"]
    assert [area.name for area in own.children] == ["Aue", "Berg"]
    assert own.lines[0].figure.value == 100 * 345 / 2500
    assert profile.lead(own)


def test_the_zones_of_one_reader_are_no_others(release: Release) -> None:
    made = (zone("Aue", "Berg"),)
    extended = releases.extended(release, made)
    assert (
        releases.extended(release, made) is extended and releases.extended(release, ()) is release
    )
    assert extended.base is release and not areas.by_level(release)[ZONE]
    rows = indicators.values(extended, release.catalog.indicators["quote"])
    plain = indicators.values(release, release.catalog.indicators["quote"])
    assert rows.filter(pl.col("level") != ZONE).equals(plain)
    assert areas.outlines(extended, "viertel") is areas.outlines(release, "viertel")


def test_zones_of_rounded_areas_are_said_to_be_rounded(release: Release) -> None:
    catalog = release.catalog
    guard = safeguards.safeguard(catalog, catalog.indicators["quote"])
    assert not guard.rounds(ZONE)
    rounded = replace(guard, bases={**guard.bases, ZONE: 5})
    assert safeguards.rounding(rounded, ZONE).startswith(
        "Summe von Anzahlen, die zum Schutz Einzelner auf Vielfache von 5 gerundet sind."
    )


def test_corrections_and_breaks_of_parts_are_those_of_the_zone(
    revised_releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Au had 10 boys under 6 in 2023 before it had 15; the border of Tal changed in 2023."""
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(revised_releases))
    release = releases.current()
    children = release.catalog.indicators["anteil_u6"]
    made = Zone("viertel", ("001", "003"), "Ufer")
    extended = releases.extended(release, (made,))
    day = pl.col("area").is_in(["001", "003", made.id]) & (pl.col("period") == "2023-12-31")
    for first in (False, True):
        rows = indicators.values(extended, children, first).filter(day)
        counts = dict(rows.select("area", "numerator").iter_rows())
        assert counts[made.id] == counts["001"] + counts["003"]
        assert counts["001"] == (22 if first else 27)
    now = indicators.values(extended, children).filter(pl.col("area") == made.id)
    assert now.filter(pl.col("period") == "2023-12-31")["first"].is_not_null().all()
    view = views.view_of(
        extended, Selection("leben", "anteil_u6", "viertel", "2024-12-31", (made.id,))
    )
    assert any("Ufer" in line and "Wall" in line for line in caveats.sentences(view, {made.id}))
    part = view.series.filter(pl.col("area") == made.id).sort("period")["part"].to_list()
    assert part == [0, 1, 2]


@pytest.fixture(scope="module")
def permanent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release in which the city itself defines a zone and protects it."""
    return status_city.write(tmp_path_factory.mktemp("fest"), zone=("Aue", "Damm"))


def test_zones_of_the_city_are_told_as_published(
    permanent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own counts are used: 400 poor, although those of Damm are secret."""
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(permanent))
    release = releases.current()
    [fixed] = areas.by_level(release)[ZONE].values()
    assert (fixed.id, fixed.name, fixed.parts) == ("ufer", "Ufer", (ID["Aue"], ID["Damm"]))
    found = views.view_of(release, share("ufer")).chosen[0]
    assert (found.numerator, found.denominator) == (400, 1800)
    assert (
        indicators.scope(release, release.catalog.indicators["quote"]).offered("viertel")["ufer"]
        == "Ufer"
    )
    assert search.find("ufer", finder.entries(release))[0].context == "Zusammenschluss"
    # A reader's zone may be put together besides, and is offered the city's where it lacks.
    made = zones.joined(areas.levels(release), f"{ID['Damm']}~{ID['Eck']}")
    assert made
    extended = releases.extended(release, (made,))
    near = views.view_of(extended, share(made.id)).chosen[0].instead
    assert near and near.id == "ufer"
    assert list(areas.by_level(extended)[ZONE]) == ["ufer", made.id]
    # It is found by its name as long as the visit has it.
    own = releases.extended(release, (replace(made, name="Hinterland"),))
    assert [found.id for found in search.find("hinterland", finder.entries(own))] == [made.id]
    assert not search.find("hinterland", finder.entries(release))


def test_a_zone_names_the_sources_of_all_its_parts(
    minden_releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For one district of Minden the number of 2016 is a published one, for others a modelled."""
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(minden_releases))
    release = releases.current()
    made = Zone("stadtbezirk", ("01", "07"))
    rows = indicators.values(
        releases.extended(release, (made,)), release.catalog.indicators["auslaender"]
    ).filter(pl.col("period") == "2016-12-31", pl.col("area").is_in([*made.parts, made.id]))
    told = {area: list(names) for area, names in rows.select("area", "deliveries").iter_rows()}
    assert told["01"] == ["buergerbuero_bestand"]
    assert told["07"] == told[made.id] == ["buergerbuero_bestand", "published"]
