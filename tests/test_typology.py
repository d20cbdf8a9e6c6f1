"""Level and direction in twelve groups: by hand, by a second method, and where there are none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from components import canvas, change_rows, change_tables, typology_painting
from model import changes, typology
from model.areas import Area
from model.catalog import Indicator
from model.view import Figure, View
from test_changes import COUNT, PERIODS, SHARE, Cell, view

BEFORE, NOW = PERIODS[1], PERIODS[2]
FIVE = {"A": (200, 300), "B": (275, 275), "C": (200, 200), "D": (200, 200), "E": (200, 100)}
"""Of 1,000 each: the city has 21,5 %, and one standard deviation around it is 7 points."""


def held(kind: Indicator, cells: Mapping[str, tuple[float, float]], bases: dict[str, int]) -> View:
    """A view of areas with counts before and now, and their sum as the city."""
    rows: dict[str, list[Cell]] = {
        area: [(before, bases[area], "ok"), (before, bases[area], "ok"), (now, bases[area], "ok")]
        for area, (before, now) in cells.items()
    }
    found = view(kind, rows)
    whole = found.series.group_by("period", maintain_order=True).agg(
        pl.col("numerator", "denominator").sum(), pl.col("part").first()
    )
    level = found.city.city_level
    area = Area("0", level, "Stadt", "Stadt", "in der Stadt", None, None, None)
    city = whole.with_columns(
        level=pl.lit(level),
        area=pl.lit("0"),
        name=pl.lit("Stadt"),
        value=100 * pl.col("numerator") / pl.col("denominator"),
        status=pl.lit("ok"),
        first=pl.lit(None),
    ).select(found.series.columns)
    last = city.filter(pl.col("period") == NOW).row(0, named=True)
    own = Figure(area, last["value"], "ok", last["numerator"], last["denominator"])
    series = pl.concat([found.series, city], how="vertical_relaxed")
    return replace(found, yardsticks=(own,), series=series)


def test_groups_by_hand() -> None:
    found = held(SHARE, FIVE, dict.fromkeys(FIVE, 1000))
    groups = typology.typology(found, changes.between(found, BEFORE))
    assert groups is not None
    assert groups.city.value == pytest.approx(21.5)
    assert groups.deviation == pytest.approx(7.0)
    assert [(one.area.id, one.group) for one in groups.standings] == [
        ("A", ("high", "risen")),
        ("B", ("middle", "chance")),
        ("C", ("middle", "chance")),
        ("D", ("middle", "chance")),
        ("E", ("low", "fallen")),
    ]
    assert [one.score for one in groups.standings] == pytest.approx(
        [8.5 / 7, 6 / 7, -1.5 / 7, -1.5 / 7, -11.5 / 7]
    )
    assert typology.named(groups) == [
        "hoch, gestiegen: Ort A",
        "mittel, im Rahmen des Zufalls: Ort B, Ort C, Ort D",
        "niedrig, gesunken: Ort E",
    ]
    rule = typology.rule(found, groups, changes.between(found, BEFORE))
    assert "der ganzen Stadt (21,5\u00a0%)" in rule
    assert "(hier je 7,0\u00a0Prozentpunkte)" in rule
    assert "seit 31.12.2022" in rule


def test_large_areas_weigh_more_and_a_tiny_one_stays_in_the_middle() -> None:
    """5 of 10 are 50 %, four deviations above the city; chance explains that."""
    cells = {**FIVE, "F": (5, 5)}
    bases = {**dict.fromkeys(FIVE, 1000), "F": 10}
    found = held(SHARE, cells, bases)
    groups = typology.typology(found, changes.between(found, BEFORE))
    assert groups is not None
    values = np.array([100 * now / bases[a] for a, (_before, now) in cells.items()])
    weights = np.array([bases[a] for a in cells])
    centre = np.average(values, weights=weights)
    spread = np.sqrt(np.average((values - centre) ** 2, weights=weights))
    assert groups.deviation == pytest.approx(spread)
    score = groups.of("F").score
    assert score and score > 3
    assert score == pytest.approx((50 - centre) / spread)
    assert groups.of("F").group == ("middle", "chance")


@pytest.mark.parametrize(
    ("score", "sign", "level"),
    [
        (1.0, 1, "middle"),
        (1.001, 1, "high"),
        (1.5, 1, "high"),
        (1.501, 1, "very_high"),
        (1.6, 0, "middle"),
        (-1.0, -1, "middle"),
        (-1.001, -1, "low"),
        (-3.0, 0, "middle"),
    ],
)
def test_where_levels_part(score: float, sign: int, level: str) -> None:
    assert typology.level(score, sign) == level


def test_who_has_no_number_is_in_no_group_and_the_map_says_why() -> None:
    found = held(SHARE, FIVE, dict.fromkeys(FIVE, 1000))
    gone = pl.when(pl.col("area") == "B").then(None)
    series = found.series.with_columns(
        gone.otherwise(pl.col(name)).alias(name) for name in ("value", "numerator", "denominator")
    ).with_columns(
        status=pl.when(pl.col("area") == "B").then(pl.lit("suppressed")).otherwise("status")
    )
    figures = tuple(
        replace(f, value=None, numerator=None, denominator=None, status="suppressed")
        if f.area.id == "B"
        else f
        for f in found.figures
    )
    found = replace(found, series=series, figures=figures)
    shown = replace(found.selection, view="veraenderung", picture="lage")
    groups = typology.typology(found, changes.between(found, BEFORE))
    assert groups is not None
    assert groups.of("B").group == ("suppressed", "")
    painted = canvas.painted(replace(found, selection=shown))
    assert typology_painting.KEYS[painted.codes["B"]] == ("suppressed", "")
    assert painted.tags["B"] == "(geheim)"
    assert painted.tags["A"] == "▲"
    assert painted.patterns[painted.codes["B"]] == "url(#suppressed)"
    assert "Geheim gehalten: Ort B." in painted.alternative
    assert painted.told["A"].startswith("hoch, gestiegen (+10,0\u00a0Prozentpunkte, gestiegen")


def test_without_chance_or_a_yardstick_there_are_no_groups_and_it_is_said() -> None:
    counted = view(COUNT, {a: [(n, None, "ok")] * 3 for a, n in (("A", 5), ("B", 9))})
    assert typology.typology(counted, changes.between(counted, BEFORE)) is None
    said = typology.why_not(counted, changes.between(counted, BEFORE))
    assert "nur, wo der Zufall geprüft ist" in said
    alone = view(SHARE, {"A": [(100, 400, "ok")] * 3, "B": [(200, 400, "ok")] * 3})
    assert typology.typology(alone, changes.between(alone, BEFORE)) is None
    said = typology.why_not(alone, changes.between(alone, BEFORE))
    assert "nur, wo sich Gebiete an der ganzen Stadt messen lassen" in said


def test_all_alike_have_no_groups() -> None:
    found = held(SHARE, dict.fromkeys("ABC", (200, 200)), dict.fromkeys("ABC", 1000))
    assert typology.typology(found, changes.between(found, BEFORE)) is None


def test_table_and_files_name_the_groups_only_where_they_are_shown() -> None:
    plain = held(SHARE, FIVE, dict.fromkeys(FIVE, 1000))
    chosen = replace(plain.selection, view="veraenderung", picture="lage")
    grouped = replace(plain, selection=chosen)
    comparison = changes.between(plain, BEFORE)
    named = {"0": "", "B": "mittel, im Rahmen des Zufalls", "E": "niedrig, gesunken"}
    file = change_rows.rows(grouped, comparison)
    cells = dict(file.select("Schlüssel", "Lage und Verlauf").iter_rows())
    assert named.items() <= cells.items()
    table = change_tables.current(grouped, comparison)
    place = [column["title"] for column in table["columns"]].index("Lage und Verlauf")
    told = {row["id"]: row["cells"][place] for row in table["rows"]}
    assert told["E"] == "niedrig, gesunken"
    assert "Lage und Verlauf" not in change_rows.rows(plain, comparison).columns
