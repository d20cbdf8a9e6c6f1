"""Areas side by side: bars, positions to the city, and why there are none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from loaders import comparisons, releases
from model import lineup
from model.comparison import Comparison
from model.lineup import Row
from test_model import indicator

SHARE = Comparison(("001", "002", "003", "004"), "", ("anteil_u6",))


@pytest.fixture
def release(revised_releases: Path, monkeypatch: pytest.MonkeyPatch) -> releases.Release:
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(revised_releases))
    return releases.current()


@pytest.fixture
def row(release: releases.Release) -> Row:
    """Au, Berg, Tal and Wall: 22 of 794, 3 of 1.036, 0 of 110 and 20 of 374 are under 6."""
    [found], missing = comparisons.rows(release, SHARE)
    assert missing == []
    return found


def test_rows_are_newest_and_in_the_order_of_the_choice(release: releases.Release) -> None:
    rows, _missing = comparisons.rows(release, Comparison(("003", "001"), "leben"))
    assert [row.view.indicator.id for row in rows] == ["einwohner", "anteil_u6"]
    assert [line.figure.area.name for line in rows[0].lines] == ["Tal", "Au"]
    assert {row.view.selection.period for row in rows} == {"2024-12-31"}


def test_words_and_yardsticks(row: Row) -> None:
    assert [line.word for line in row.lines] == ["chance", "lower", "chance", "higher"]
    assert [figure.area.id for figure in row.beside] == ["000"]


def test_bars_reach_to_the_largest_number(row: Row) -> None:
    *lines, wall = (line.figure for line in row.lines)
    assert row.bar(wall) == (0, 100)
    start, length = row.bar(lines[0]) or (-1, -1)
    assert start == 0
    assert length == pytest.approx(100 * (22 / 794) / (20 / 374))
    assert row.bar(lines[2]) == (0, 0)


def test_bars_of_a_balance_start_at_zero_in_the_middle(row: Row) -> None:
    values = (-1.0, 3.0, 0.0, None)
    lines = tuple(
        replace(line, figure=replace(line.figure, value=value))
        for line, value in zip(row.lines, values, strict=True)
    )
    bars = [Row(row.view, lines).bar(line.figure) for line in lines]
    assert bars == [(0, 25), (25, 75), (25, 0), None]


def test_a_head_count_has_bars_for_areas_only(release: releases.Release) -> None:
    chosen = Comparison(("001", "002"), "", ("einwohner",))
    [row], _missing = comparisons.rows(release, chosen)
    assert row.bar(row.lines[1].figure) == (0, 100)
    assert row.bar(row.beside[0]) is None
    assert lineup.places(row) == ()
    assert lineup.unplaced(row).startswith("Eine Anzahl hat keine Lage zur Stadt")


def test_places_are_per_cent_of_the_city(row: Row) -> None:
    city = 45 / 2314
    shares = (22 / 794, 3 / 1036, 0.0, 20 / 374)
    found = lineup.places(row)
    assert [place.at for place in found] == pytest.approx([100 * s / city for s in shares])
    around = found[2].around
    assert around and around.low == 0
    # Wilson's upper limit of 0 in 110: z² / (110 + z²).
    assert around.high == pytest.approx(100 * 3.8414588 / 113.8414588 / city)


def test_what_has_no_number_has_no_place_but_a_word(row: Row) -> None:
    hidden = replace(row.lines[0].figure, value=None, status="suppressed")
    line = replace(row.lines[0], figure=hidden)
    found = lineup.places(Row(row.view, (line, *row.lines[1:])))
    assert [place.line.figure.area.id for place in found] == ["002", "003", "004"]
    assert lineup.absence(line) == "geheim gehalten"


def test_a_balance_has_no_place(row: Row) -> None:
    terms = [{"measure": "in"}, {"measure": "out", "factor": -1}]
    view = replace(row.view, indicator=indicator(numerator=terms))
    assert lineup.places(Row(view, row.lines)) == ()
    assert lineup.unplaced(Row(view, row.lines)).startswith("Werte um null")


def test_the_scale_ends_at_a_round_number_and_not_too_far(row: Row) -> None:
    found = lineup.places(row)
    assert lineup.end((), False) == 200
    assert lineup.end(found[:2], False) == 200
    assert lineup.end(found, False) == 300  # Wall has 275
    assert lineup.end(found, True) == 400


def test_lanes_keep_what_touches_apart() -> None:
    assert lineup.lanes([(0, 6), (10, 16), (5, 11), (6.5, 9)]) == [0, 0, 1, 0]
    assert lineup.lanes([(0, 1), (1, 2), (2, 3)]) == [0, 1, 0]
    assert lineup.lanes([]) == []


def test_series_share_one_scale(row: Row) -> None:
    assert row.span is not None
    assert row.span[:3] == (2022, 2024, 0)
    assert row.span[3] == pytest.approx(100 * 20 / 374)
    assert lineup.direction(row.lines[0]) == "few"


def test_no_peers_where_the_city_names_no_indicators(release: releases.Release) -> None:
    assert comparisons.alike(release, "001").views == {}
