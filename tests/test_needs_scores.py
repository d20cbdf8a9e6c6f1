"""Scores of need: against numpy from the counts, by hand, and exact to the printed hundredth."""

from __future__ import annotations

from decimal import Decimal
from math import fsum
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from loaders import needs as loaded
from loaders import releases
from model import needs, needs_method, needs_words, ranking, standardised
from model.needs import Setting
from model.ranking import Ranking

SETTING = Setting(
    (("kinderarmut_u3", 7), ("betreuung_u3", 4), ("hze", 3), ("wahlbeteiligung_bund", 2)), 4
)
"""Shares of people, one of them with a low value as need, a rate, and a share of elections."""


@pytest.fixture
def found(release: releases.Release) -> Ranking:
    return loaded.ranking(release, SETTING)


def counted(folder: Path, name: str, catalog: releases.Release) -> pl.DataFrame:
    """Numerator and denominator of an indicator by area, straight from the release's counts."""
    indicator = catalog.catalog.indicators[name]
    part = loaded.component(catalog, name)
    assert part
    stand = part.view.selection.period
    sums = []
    for half in ("numerator", "denominator"):
        terms = []
        for term in getattr(indicator, half):
            counts = pl.read_parquet(folder / "counts" / f"{term.measure}.parquet")
            terms.append(
                counts.filter(
                    pl.col("period").str.slice(0, 4) == stand[:4],
                    pl.col("age").is_in(term.age),
                    pl.col("sex").is_in(term.sex),
                    pl.col("nationality").is_in(term.nationality),
                    pl.col("value").is_not_null(),
                )
                .group_by("level", "area")
                .agg(pl.col("value").sum() * term.factor, cells=pl.len())
                .filter(pl.col("cells") == term.cells)
            )
        both = pl.concat(terms).group_by("level", "area").agg(pl.col("value").sum(), n=pl.len())
        sums.append(both.filter(pl.col("n") == len(terms)).rename({"value": half}).drop("n"))
    return sums[0].join(sums[1], on=["level", "area"])


def test_scores_and_ranks_are_those_of_a_second_computation(
    release: releases.Release, found: Ranking, minden: Path
) -> None:
    areas = sorted(place.area.id for place in found.places)
    table = np.full((len(areas), len(SETTING.weights)), np.nan)
    for column, (name, _weight) in enumerate(SETTING.weights):
        indicator = release.catalog.indicators[name]
        counts = counted(minden, name, release)
        city = counts.filter(pl.col("level") == "stadt")
        reference = indicator.per * city["numerator"][0] / city["denominator"][0]
        own = {
            row["area"]: indicator.per * row["numerator"] / row["denominator"]
            for row in counts.filter(pl.col("level") == "stadtbezirk").iter_rows(named=True)
        }
        shown = {place.area.id: place.figures[column].value for place in found.places}
        values = np.array([own.get(a, np.nan) if shown[a] is not None else np.nan for a in areas])
        assert np.isfinite(values).sum() >= 10
        z = (values - reference) / np.nanstd(values)
        table[:, column] = z if indicator.direction == "more" else -z
    weights = np.array([weight for _name, weight in SETTING.weights], dtype=float)
    there = np.isfinite(table)
    covered = there @ weights
    totals = np.where(
        covered >= 2 / 3 * weights.sum() - 1e-12,
        np.nansum(table * weights, axis=1) / covered,
        np.nan,
    )
    for place in found.places:
        row = areas.index(place.area.id)
        expected = totals[row]
        if place.score.total is None:
            assert np.isnan(expected)
            continue
        assert place.score.total == pytest.approx(expected)
        parts = [np.nan if share is None else share for share in place.score.contributions]
        np.testing.assert_allclose(parts, table[row] * weights / covered[row])
        assert place.score.complete == bool(there[row].all())
    placed = [place for place in found.places if place.rank is not None]
    order = stats.rankdata([-round(p.score.total or 0, 2) for p in placed], method="min")
    assert [place.rank for place in placed] == order.tolist()
    assert 0 < len(found.unplaced) < len(found.places), "both kinds occur"
    assert [p.area.name for p in found.unplaced] == sorted(p.area.name for p in found.unplaced)


def test_the_reference_is_the_mean_weighted_by_the_base(release: releases.Release) -> None:
    part = loaded.component(release, "wahlbeteiligung_bund")
    assert part
    figures = [f for f in part.view.figures if f.value is not None and f.denominator]
    assert len(figures) == len(part.view.figures), "nothing of an election is hidden"
    bases = [figure.denominator or 0.0 for figure in figures]
    mean = np.average([figure.value for figure in figures], weights=bases)
    assert part.city == pytest.approx(mean)


def test_contributions_add_up_exactly(found: Ranking) -> None:
    for place in found.places:
        if place.score.total is None:
            assert set(place.score.contributions) == {None}
            continue
        known = [share for share in place.score.contributions if share is not None]
        assert place.score.total == fsum(known)
        told = sum(d for d in standardised.printed(place.score.contributions) if d is not None)
        assert needs_words.number(float(told)) == needs_words.number(place.score.total)


@given(st.lists(st.floats(-9, 9), min_size=1, max_size=8))
def test_printed_contributions_add_up_and_are_never_a_hundredth_off(shares: list[float]) -> None:
    told = [share for share in standardised.printed(shares) if share is not None]
    step = Decimal("0.01")
    total = Decimal(repr(fsum(shares)))
    assert abs(sum(told) - total) <= step / 2
    assert all(abs(one - Decimal(repr(s))) < step for one, s in zip(told, shares, strict=True))


def test_printed_contributions_by_hand() -> None:
    third = Decimal("0.33")
    assert standardised.printed([1 / 3, 1 / 3, 1 / 3]) == (Decimal("0.34"), third, third)
    assert standardised.printed([0.125, None, -0.005]) == (
        Decimal("0.13"),
        None,
        Decimal("-0.01"),
    )


def test_a_missing_value_leaves_its_weight_to_the_others() -> None:
    score = standardised.score([1.0, None, -2.0], [3, 3, 3])
    assert score == standardised.Score((0.5, None, -1.0), -0.5, False)


def test_two_thirds_of_the_weight_are_enough_and_less_is_not() -> None:
    assert standardised.score([1.0, None], [2, 1]).total == 1.0
    assert standardised.score([1.0, None], [199, 100]).total is None
    assert standardised.score([None, None], [1, 1]).total is None
    complete = standardised.score([1.0, None], [2, 0])
    assert (complete.total, complete.complete) == (1.0, True), "what has no weight is not missed"


def test_scores_that_read_the_same_share_a_rank() -> None:
    assert standardised.ranks([0.104, 0.5, None, 0.101, -1.0]) == (2, 1, None, 2, 4)


def test_what_cannot_be_weighed_is_not_offered(release: releases.Release) -> None:
    offered = loaded.offer(release).indicators
    assert "einwohner" not in offered, "a count"
    assert "auslaender" not in offered, "neutral: neither side means need"
    assert "mindestsicherung_amtlich" not in offered, "not told of districts"
    assert {name for name, _w in SETTING.weights} <= set(offered)
    for name in offered:
        part = loaded.component(release, name)
        assert part and part.deviation > 0


def test_correlations_are_those_of_scipy(found: Ranking) -> None:
    pairs = ranking.pairs(found)
    assert len(pairs) == 6
    for pair in pairs:
        both = [
            (a.value, b.value)
            for a, b in zip(pair.one.view.figures, pair.other.view.figures, strict=True)
            if a.value is not None and b.value is not None
        ]
        expected = stats.pearsonr(*zip(*both, strict=True)).statistic
        assert pair.r == pytest.approx(expected * pair.one.sign * pair.other.sign)
        assert pair.areas == len(both)
    assert [abs(p.r) for p in pairs] == sorted((abs(p.r) for p in pairs), reverse=True)
    assert list(ranking.alike(found)) == [pair for pair in pairs if abs(pair.r) > 0.9]


def test_no_correlation_of_what_never_differs() -> None:
    assert ranking.correlation([(1, 2), (1, 3), (1, 4)]) is None
    assert ranking.correlation([(1, 2), (2, 4), (3, 6)]) == pytest.approx(1)


def test_the_same_thing_twice_is_warned_of(release: releases.Release) -> None:
    twice = Setting((("kinderarmut_u15", 5), ("kinderarmut_u18", 5), ("wohndauer", 5)))
    warnings = needs_words.overlaps(loaded.ranking(release, twice))
    assert warnings == [
        "Fast dasselbe sagen: Kinder unter 15 mit Bürgergeld; Unter 18-Jährige mit Bürgergeld "
        "(zusammen 67 %). So zählt dieselbe Sache mehrmals; oft genügt einer davon."
    ]


def test_leaving_an_indicator_out_is_the_ranking_without_it(
    release: releases.Release, found: Ranking
) -> None:
    for one in ranking.without(found):
        name = one.component.view.indicator.id
        others = tuple(pair for pair in SETTING.weights if pair[0] != name)
        again = loaded.ranking(release, Setting(others, SETTING.first))
        assert one.ranks == {place.area.id: place.rank for place in again.places}
        before = {place.area.id for place in found.leading}
        after = {place.area.id for place in again.leading}
        assert {area.id for area in one.joining} == after - before
        assert {area.id for area in one.leaving} == before - after


def test_only_areas_above_the_city_have_higher_need(release: releases.Release) -> None:
    every = loaded.ranking(release, Setting(SETTING.weights, 10))
    assert len(every.leading) == 10
    assert 0 < len(every.higher) < 10
    assert all((place.score.total or 0) > 0 for place in every.higher)
    said = needs_words.leading(every)
    assert said.startswith("Höherer Bedarf nach diesen Indikatoren: ")
    assert all(place.standing and place.standing.above >= 0.975 for place in every.higher)
    assert "Dort ist der Bedarf nicht deutlich höher als in der ganzen Stadt." in said


def test_words_never_judge_an_area(found: Ranking) -> None:
    said = " ".join(
        [
            needs_words.leading(found),
            needs_words.left_out(found),
            *needs_words.overlaps(found),
            *needs_method.paragraphs(found),
            *(needs_words.placed(found, place) for place in found.places),
            *(needs_words.without(one, found.first) for one in ranking.without(found)),
        ]
    ).lower()
    for word in ("schlecht", "schlimm", "brennpunkt", "problem", "verlierer", "worst"):
        assert word not in said
    assert "zahlen allein begründen keinen bedarf" in said


def test_weights_and_areas_change_by_controls() -> None:
    assert needs.weighed(SETTING, "hze", 0).weights[2] == ("hze", 0)
    fewer = needs.picked(SETTING, ("hze", "sgb2_quote", "kinderarmut_u3"))
    assert fewer.weights == (("hze", 3), ("sgb2_quote", 5), ("kinderarmut_u3", 7))
    assert needs.picked(SETTING, ("hze", "sgb2_quote")) == SETTING, "two are too few"
    assert needs.toggled(SETTING, "01").areas == ("01",)
    assert needs.toggled(needs.toggled(SETTING, "01"), "01") == SETTING
