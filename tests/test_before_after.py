"""Before and after an event against the rest of the city: periods, numbers, chance, sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from scipy.stats import beta

from loaders import indicators, releases, views
from model import before_after, contrasts, events
from model.events import Event
from model.selection import Selection
from model.view import View
from test_changes import PERIODS, SHARE
from test_typology import held

THEN, BETWEEN, NOW = PERIODS
PROJECT = Event("A", "2020-05-01", "", "Projekt", "projekt", "")


def four(moved: float, event: Event = PROJECT) -> View:
    """A with 100 of 400 before and `moved` now; three others with 300 of 1,200 at all times."""
    cells = {"A": (100.0, moved), **{other: (100.0, 100.0) for other in "BCD"}}
    found = held(SHARE, cells, dict.fromkeys(cells, 400))
    chosen = replace(found.selection, areas=("A",))
    return replace(found, events=(event,), selection=chosen)


@pytest.mark.parametrize(
    ("start", "end", "span"),
    [
        ("2020-05-01", "", (THEN, NOW)),
        ("2020-05-01", "2021-06-30", (THEN, BETWEEN)),
        ("2020-05-01", "2030-12-31", (THEN, NOW)),
        ("2023-01-01", "2023-01-01", (BETWEEN, NOW)),
        ("2020-05-01", "ereignis", (THEN, BETWEEN)),
        ("2019-12-31", "", None),
        ("2025-02-01", "", None),
    ],
)
def test_the_last_period_before_and_the_first_after(
    start: str, end: str, span: tuple[str, str] | None
) -> None:
    once = end == "ereignis"
    event = replace(PROJECT, start=start, end="" if once else end)
    event = replace(event, kind="ereignis") if once else event
    assert before_after.span(four(100, event), event) == span


@pytest.mark.parametrize(
    ("reference", "period", "days"),
    [
        ("date", "2023-12-31", ("2023-12-31", "2023-12-31")),
        ("year", "2023", ("2023-01-01", "2023-12-31")),
        ("school_year", "2023", ("2023-08-01", "2024-07-31")),
    ],
)
def test_the_days_a_period_speaks_of(reference: str, period: str, days: tuple[str, str]) -> None:
    assert events.days(period, reference) == days


@pytest.mark.parametrize(
    ("start", "end", "span"),
    [
        # Of a year in which something begins, one part lies before and one after.
        ("2023-08-01", "", ("2022", "2024")),
        ("2022-01-01", "2022-12-31", ("2021", "2023")),
        ("2022-03-01", "2023-05-01", ("2021", "2024")),
        ("2024-08-01", "", None),
    ],
)
def test_a_year_is_before_or_after_only_as_a_whole(
    start: str, end: str, span: tuple[str, str] | None
) -> None:
    found = yearly(four(100), ("2021", "2022", "2023", "2024"))
    assert before_after.span(found, replace(PROJECT, start=start, end=end)) == span


def yearly(view: View, years: Sequence[str]) -> View:
    """The same view with these calendar years for its periods."""
    first = view.series.filter(pl.col("period") == NOW)
    series = pl.concat([first.with_columns(period=pl.lit(year)) for year in years])
    kind = view.indicator.model_copy(update={"reference": "year"})
    return replace(view, indicator=kind, series=series)


def test_how_much_more_an_area_changed_by_a_second_method() -> None:
    """25 to 35 % where the rest stays at 25 %: exact limits of four shares, put together twice."""
    [found] = before_after.judged([(four(140), PROJECT)])
    assert found.rest and found.apart and found.apart.interval

    def exact(count: float, base: float) -> tuple[float, float]:
        return (
            float(beta.ppf(0.025, count, base - count + 1)),
            float(beta.ppf(0.975, count + 1, base - count)),
        )

    def change(now: tuple[float, float], then: tuple[float, float]) -> tuple[float, float, float]:
        (low, high), (old_low, old_high) = exact(*now), exact(*then)
        p, q = now[0] / now[1], then[0] / then[1]
        down = np.hypot(p - low, old_high - q)
        up = np.hypot(high - p, q - old_low)
        return p - q, p - q - down, p - q + up

    own, low, high = change((140, 400), (100, 400))
    rest, rest_low, rest_high = change((300, 1200), (300, 1200))
    difference = own - rest
    assert found.apart.difference == pytest.approx(10.0)
    assert found.apart.interval.low == pytest.approx(
        100 * (difference - np.hypot(own - low, rest_high - rest))
    )
    assert found.apart.interval.high == pytest.approx(
        100 * (difference + np.hypot(high - own, rest - rest_low))
    )
    assert found.apart.state == "risen"
    assert (found.rest.before.numerator, found.rest.before.denominator) == (300, 1200)


@pytest.mark.parametrize(("moved", "state"), [(60, "fallen"), (110, "chance"), (140, "risen")])
def test_only_more_than_chance_is_called_apart(moved: float, state: str) -> None:
    [found] = before_after.judged([(four(moved), PROJECT)])
    assert found.apart and found.apart.state == state


def test_what_is_said() -> None:
    assert before_after.sentences(four(140)) == [
        "Projekt (Ort A): ab 01.05.2020. Vorher (31.12.2019): Ort A 25,0\u00a0%; übrige Stadt "
        "25,0\u00a0%. Bisher (31.12.2024): Ort A 35,0\u00a0%; übrige Stadt 25,0\u00a0%. Das ist "
        "anders als in der übrigen Stadt, mehr, als der Zufall erklärt (Unterschied der "
        "Veränderungen: +10,0\u00a0Prozentpunkte, Spanne: +2,6 bis +17,3).",
        "Das zeigt keinen ursächlichen Zusammenhang.",
    ]
    [said, _cause] = before_after.sentences(four(110))
    assert "lässt sich vom Zufall nicht unterscheiden (Unterschied der Veränderungen: +2,5" in said
    late = replace(PROJECT, start="2025-02-01")
    [said, _cause] = before_after.sentences(four(140, late))
    assert said.endswith("ab 01.02.2025. Vorher oder nachher gibt es dazu keine Zahl.")
    assert before_after.sentences(replace(four(140), events=())) == []


def test_without_the_city_a_break_or_a_hidden_number_there_is_no_verdict() -> None:
    alone = replace(four(140), yardsticks=())
    [found] = before_after.judged([(alone, PROJECT)])
    assert (found.rest, found.apart) == (None, None)
    assert before_after.judgement(found) == (
        "Ob es in der übrigen Stadt anders lief, ist für diese Zahl nicht geprüft."
    )
    whole = four(140)
    series = whole.series.with_columns(part=(whole.series["period"] == NOW).cast(int))
    [found] = before_after.judged([(replace(whole, series=series), PROJECT)])
    assert before_after.judgement(found) == (
        "Das lässt sich nicht vergleichen (Umbruch in der Reihe)."
    )


def test_many_are_judged_together() -> None:
    """A shift that is more than chance alone is not among 20 others where nothing happened."""
    found = before_after.judged([(four(132), PROJECT)])
    assert found[0].apart and found[0].apart.state == "risen"
    quiet = [(four(100), PROJECT)] * 20
    together = before_after.judged([(four(132), PROJECT), *quiet])
    assert [one.apart.state for one in together if one.apart] == ["chance"] * 21


def test_where_nothing_happened_at_most_one_in_twenty_is_called_apart() -> None:
    random = np.random.default_rng(20261125)
    wrong, runs = 0, 1500
    for _run in range(runs):
        share = random.uniform(0.02, 0.6)
        own, rest = int(random.integers(40, 600)), 4000
        then, now = random.binomial(own, share, 2).tolist()
        other_then, other_now = random.binomial(rest, share, 2).tolist()
        moves = (now - then) / own, (other_now - other_then) / rest
        more = contrasts.more(
            contrasts.share_difference(now, own, then, own),
            moves[0],
            contrasts.share_difference(other_now, rest, other_then, rest),
            moves[1],
        )
        wrong += more.sign() != 0
    assert 0 < wrong <= 0.05 * runs


def test_events_between_two_periods_are_listed_for_a_change() -> None:
    found = four(140)
    assert before_after.between(found, THEN, NOW) == [
        "Projekt (Ort A): ab 01.05.2020.",
        "Das zeigt keinen ursächlichen Zusammenhang.",
    ]
    assert before_after.between(found, BETWEEN, NOW) == []


def test_sentences_of_all_indicators_can_be_read(
    minden_releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Numbers, hidden and missing ones: no holes, no words of the program, whole sentences."""
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(minden_releases))
    release = releases.current()
    said: list[str] = []
    for indicator in release.catalog.indicators.values():
        scope = indicators.scope(release, indicator)
        if not scope.periods.get("stadtbezirk"):
            continue
        theme, last = release.catalog.theme_of(indicator.id).id, scope.periods["stadtbezirk"][-1]
        areas = ("01", "09", "15", "16")
        seen = views.view_of(release, Selection(theme, indicator.id, "stadtbezirk", last, areas))
        happened = tuple(Event(area, "2017-05-01", "", "Fest", "ereignis", "") for area in areas)
        said += before_after.sentences(replace(seen, events=happened))
    assert len(said) > 250
    for line in said:
        assert not re.search(r"[{}]|None|nan|  |\.\.|\( |risen|chance|suppressed", line), line
        assert line.endswith("."), line
    for word in (
        "geheim gehalten",
        "lässt sich vom Zufall",
        "nicht geprüft",
        "nicht vergleichen",
    ):
        assert any(word in line for line in said), word
