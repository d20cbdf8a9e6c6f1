"""What changed between two periods: by hand, over breaks, and where a number is missing."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from typing import Any

import polars as pl
import pytest

import small_city
from components import change_charts
from model import change_sentences, change_words, changes, contrasts, selection
from model.areas import Area
from model.catalog import City, Indicator
from model.history import Break
from model.safeguards import Safeguard
from model.selection import Selection
from model.view import Figure, Origin, View
from test_model import indicator
from test_model_selection import THEME

SHARE = indicator()
RATE = indicator(unit="je 100 Kinder")
COUNT = indicator(unit="Personen", per=1, denominator=[], decimals=0)
MEAN = indicator(unit="Jahre", per=1)
CITY = City.model_validate(tomllib.loads(small_city.CITY))
ORIGIN = Origin((), (), (), False, False, ())
PERIODS = ("2019-12-31", "2022-12-31", "2024-12-31")
Cell = tuple[float | None, float | None, str]


def view(
    kind: Indicator, cells: dict[str, list[Cell]], since: str = "schritt", broken: int = 0
) -> View:
    """A view of areas with count, base and status at each period; from `broken` on a new part."""
    areas = [Area(a, "bezirk", f"Ort {a}", a, f"in Ort {a}", None, None, None) for a in cells]
    rows = [
        {
            "level": "bezirk",
            "area": area,
            "name": f"Ort {area}",
            "period": period,
            "value": _value(kind, count, base),
            "numerator": count,
            "denominator": base,
            "status": status,
            "first": None,
            "part": int(bool(broken) and int(period[:4]) >= broken),
        }
        for area, found in cells.items()
        for period, (count, base, status) in zip(PERIODS, found, strict=True)
    ]
    series = pl.DataFrame(rows, infer_schema_length=None)
    now: dict[str, dict[str, Any]] = {
        str(row["area"]): row for row in rows if row["period"] == PERIODS[-1]
    }
    figures = tuple(
        Figure(a, r["value"], r["status"], r["numerator"], r["denominator"])
        for a in areas
        for r in [now[a.id]]
    )
    return View(
        city=CITY,
        release="r",
        theme=THEME,
        indicator=kind,
        selection=Selection("t", kind.id, "bezirk", PERIODS[-1], since=since),
        level=CITY.level("bezirk"),
        figures=figures,
        yardsticks=(),
        series=series,
        limits=(),
        origin=ORIGIN,
        whole=ORIGIN,
        citations=(),
        breaks=(Break("", f"{broken}-12-31", "basis", "Zensus: neue Basis"),) if broken else (),
        safeguard=Safeguard((), {}, False, (), {}, 0, (), 0, "", {}),
    )


def _value(kind: Indicator, count: float | None, base: float | None) -> float | None:
    if count is None or base is None:
        return None
    return kind.per * count / base if kind.denominator else count


def row(*counts: float | None, base: float | None = 400, status: str = "ok") -> list[Cell]:
    return [(count, base, status if count is None else "ok") for count in counts]


def only(found: View, before: str = PERIODS[1]) -> changes.Shift:
    return changes.between(found, before).shifts[0]


@pytest.mark.parametrize(
    ("kind", "cells", "difference", "text"),
    [
        # 80 of 400 are 20 %, 120 of 400 are 30 %.
        (SHARE, row(80, 80, 120), 10.0, "+10,0 Prozentpunkte"),
        (RATE, row(80, 80, 60), -5.0, "−5,0 je 100 Kinder"),
        # 1,000 to 1,025 people are 2.5 % more.
        (COUNT, row(1000, 1000, 1025), 2.5, "+2,5 %"),
        # 17,000 years of 400 people are 42.5 on average, 17,160 are 42.9.
        (MEAN, row(17000, 17000, 17160), 0.4, "+0,4 Jahre"),
        (COUNT, row(1000, 1000, 1000), 0.0, "0,0 %"),
    ],
)
def test_a_change_is_told_in_points_per_cent_or_the_unit(
    kind: Indicator, cells: list[Cell], difference: float, text: str
) -> None:
    shift = only(view(kind, {"a": cells}))
    assert shift.difference == pytest.approx(difference)
    assert change_words.amount(shift, kind).replace("\N{NO-BREAK SPACE}", " ") == text


def test_one_point_is_one_prozentpunkt() -> None:
    whole = indicator(decimals=0)
    shift = only(view(whole, {"a": row(80, 80, 84)}))
    assert change_words.amount(shift, whole) == "+1\N{NO-BREAK SPACE}Prozentpunkt"


def test_a_verdict_needs_more_than_chance_among_all_areas_of_the_level() -> None:
    """20 to 35 of 100 is p = 0.03: alone it has risen, among 19 it may be chance."""
    some, still = row(20, 20, 35, base=100), row(20, 20, 20, base=100)
    assert only(view(SHARE, {"a": some})).state == "risen"
    found = changes.between(
        view(SHARE, {"a": some, **{str(i): still for i in range(18)}}), PERIODS[1]
    )
    assert found.count("chance") == len(found.tested) == 19
    p = [contrasts.share_difference(n, 100, 20, 100).p for n in (35, *[20] * 18)]
    limits = contrasts.share_difference(35, 100, 20, 100).at(contrasts.threshold(p)).times(100)
    assert found.of("a").interval == limits
    said = change_sentences.together(view(SHARE, {"a": some}), found)
    assert said.startswith("Von 19 Vergleichen geht keiner über den Zufall hinaus.")


def test_findings_are_counted_by_direction() -> None:
    cells = {
        "up": row(40, 40, 120),
        "down": row(120, 120, 40),
        "still": row(80, 80, 80),
        "hidden": row(80, None, 80, status="suppressed"),
    }
    shown = view(SHARE, cells)
    found = changes.between(shown, PERIODS[1])
    assert [s.state for s in found.shifts] == ["risen", "fallen", "chance", "suppressed"]
    said = change_sentences.together(shown, found)
    assert said.startswith(
        "Von 3 Vergleichen gehen 2 über den Zufall hinaus (1 gestiegen, 1 gesunken)."
    )
    assert [s.area.id for s in change_charts.largest_first(found.shifts)] == [
        "up",
        "still",
        "down",
        "hidden",
    ]


@pytest.mark.parametrize("kind", [COUNT, MEAN])
def test_what_chance_does_not_move_changes_without_a_verdict(kind: Indicator) -> None:
    shown = view(kind, {"a": row(100, 100, 900)})
    found = changes.between(shown, PERIODS[1])
    assert (found.shifts[0].state, found.shifts[0].interval) == ("untested", None)
    assert found.shifts[0].difference
    assert not found.tested
    assert "deshalb steht kein Urteil dabei" in change_sentences.together(shown, found)


@pytest.mark.parametrize("place", [1, 2])
@pytest.mark.parametrize("status", ["suppressed", "unreliable", "not_collected", "not_meaningful"])
@pytest.mark.parametrize("kind", [SHARE, COUNT])
def test_where_a_number_is_missing_there_is_no_change(
    kind: Indicator, status: str, place: int
) -> None:
    cells = row(80, 80, 80)
    cells[place] = (None, 400, status)
    shift = only(view(kind, {"a": cells}))
    assert (shift.state, shift.difference, shift.interval) == (status, None, None)
    assert change_words.verdict(shift) == "nicht vergleichbar"


def test_a_number_whose_counts_are_hidden_changes_without_limits() -> None:
    """Limits would tell the base; the two published values tell the change."""
    shown = view(SHARE, {"a": row(80, 80, 120)})
    hidden = shown.series.with_columns(numerator=pl.lit(None, pl.Float64))
    shift = only(replace(shown, series=hidden))
    assert (shift.state, shift.interval) == ("untested", None)
    assert shift.difference == pytest.approx(10)


def test_the_graver_of_two_reasons_is_told_and_both_are_named() -> None:
    cells: list[Cell] = [(8, 40, "ok"), (None, 40, "not_collected"), (None, 40, "suppressed")]
    shown = view(SHARE, {"a": cells})
    shift = only(shown)
    assert shift.state == "suppressed"
    assert (
        change_words.reason(shown, shift)
        == "31.12.2022: nicht erhoben; 31.12.2024: geheim gehalten"
    )


def test_zero_is_a_number_but_nothing_to_count_per_cent_of() -> None:
    assert only(view(SHARE, {"a": row(0, 0, 80)})).state == "risen"
    assert only(view(COUNT, {"a": row(0, 0, 80)})).state == "from_zero"
    assert only(view(COUNT, {"a": row(80, 80, 0)})).difference == -100


def test_a_break_between_the_periods_blocks_the_comparison() -> None:
    shown = view(SHARE, {"a": row(40, 120, 120)}, broken=2022)
    blocked = changes.between(shown, "2019-12-31")
    assert blocked.blocked
    assert (blocked.shifts[0].state, blocked.shifts[0].difference) == ("broken", None)
    assert change_sentences.breaks(shown, blocked) == [
        "Umbruch 2022: Zensus. Neue Basis. Werte davor und danach sind nur eingeschränkt "
        "vergleichbar.",
        "Deshalb wird hier nicht verglichen.",
        "Vergleichbar sind die Werte ab 31.12.2022.",
    ]
    after = changes.between(shown, "2022-12-31")
    assert after.shifts[0].state == "chance"
    assert change_sentences.breaks(shown, after) == []


@pytest.mark.parametrize(
    ("since", "before"),
    [("schritt", "2022-12-31"), ("beginn", "2019-12-31"), ("2019-12-31", "2019-12-31")],
)
def test_a_change_is_counted_from_the_last_period_the_first_or_any(since: str, before: str) -> None:
    assert changes.base(view(SHARE, {"a": row(1, 2, 3)}, since)) == before


def test_the_first_period_has_nothing_before_it() -> None:
    assert selection.earlier(PERIODS, PERIODS[0]) == ()
    shown = view(SHARE, {"a": row(1, 2, 3)})
    first = replace(shown.selection, period=PERIODS[0])
    assert changes.base(replace(shown, selection=first)) is None


@pytest.mark.parametrize(("moved", "limit"), [(160, 10.0), (128, 5.0), (80, 0.0)])
def test_colours_part_at_half_of_the_largest_change(moved: float, limit: float) -> None:
    """80 of 400 to 160 are 20 points, to 128 are 12: half of it, as 1, 2, 3 or 5."""
    shown = view(SHARE, {"a": row(80, 80, moved), "b": row(80, 80, 82)})
    assert changes.limit(SHARE, changes.between(shown, PERIODS[1])) == limit


def test_limits_that_only_round_to_zero_keep_their_sign() -> None:
    """A change that is called risen never shows limits that seem to hold zero."""
    shown = view(SHARE, {"a": [(3000, 10000, "ok"), (3000, 10000, "ok"), (3130, 10000, "ok")]})
    shift = only(shown)
    assert shift.state == "risen"
    assert change_words.limits(shift, SHARE).startswith("+0,0 bis +2,")
