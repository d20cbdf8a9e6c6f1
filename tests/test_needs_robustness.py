"""Robustness against closed forms: what random weights and chance do to an order."""

from __future__ import annotations

from math import sqrt
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from loaders import needs as loaded
from loaders import releases
from model import needs_words, robustness
from model.areas import Area
from model.needs import Setting
from model.robustness import DRAWS, Standing
from model.view import Figure
from test_model import indicator

AREA = Area("1", "viertel", "Au", "Au", "in der Au", None, None, None)
NAMES = ("a", "b", "c")


def near(share: float, expected: float) -> bool:
    """Whether a share of DRAWS is within four standard errors of a probability."""
    return abs(share - expected) < 4 * sqrt(expected * (1 - expected) / DRAWS)


def first(standards: list[list[float]], weights: NDArray[np.float64], n: int = 1) -> list[float]:
    ranks = robustness.ranks(robustness.totals(np.array(standards), weights))
    return [float(share) for share in (ranks <= n).mean(axis=0)]


def figure(value: float, count: float | None, base: float | None) -> Figure:
    return Figure(AREA, value, "ok", count, base)


def test_at_least_two_thousand_weightings_that_add_up() -> None:
    weights = robustness.weightings(NAMES)
    assert weights.shape == (DRAWS, 3)
    assert DRAWS >= 2000
    np.testing.assert_allclose(weights.sum(axis=1), 1)
    # Of the flat Dirichlet distribution each weight is Beta(1, 2).
    assert stats.kstest(weights[:, 0], stats.beta(1, 2).cdf).pvalue > 0.001


def test_random_weights_against_the_closed_form() -> None:
    """w1 against w2 / 2: w1 / (w1 + w2) is uniform, and wins above a third."""
    weights = robustness.weightings(NAMES)
    shares = first([[1.0, 0.0, 0.0], [0.0, 0.5, 0.0]], weights)
    assert near(shares[0], 2 / 3)
    assert sum(shares) == 1
    # One of three equal corners of the triangle.
    assert all(near(share, 1 / 3) for share in first(np.eye(3).tolist(), weights))
    # The largest weight above one half: three times the tail (1/2)^2 of Beta(1, 2).
    shares = first([[1.0, 0, 0], [0, 1.0, 0], [0, 0, 1.0], [0.5, 0.5, 0.5]], weights)
    assert near(shares[3], 1 - 3 / 4)


def test_what_is_ahead_everywhere_is_always_first() -> None:
    weights = robustness.weightings(NAMES)
    assert first([[1.0, 2.0, 3.0], [0.9, 1.9, 2.9], [0.0, 0.0, 0.0]], weights, 2) == [1, 1, 0]


def test_chance_against_the_closed_form() -> None:
    """A share of 6 in 40 against a fixed 20 %, and a rate of 9 on 500 against a fixed 20."""
    share = indicator(random="share")
    drawn = robustness.values(share, "2024", [figure(15.0, 6, 40)])[:, 0]
    assert near(float((drawn > 20).mean()), stats.beta(6.5, 34.5).sf(0.2))
    rate = indicator(unit="je 1.000 Kinder", per=1000, random="rate")
    drawn = robustness.values(rate, "2024", [figure(18.0, 9, 500)])[:, 0]
    assert near(float((drawn > 20).mean()), stats.gamma(9.5, scale=1000 / 500).sf(20))


def test_what_chance_does_not_move_stays() -> None:
    fixed = indicator(random="none")
    share = indicator(random="share")
    assert set(robustness.values(fixed, "2024", [figure(15.0, 6, 40)])[:, 0]) == {15.0}
    assert set(robustness.values(share, "2024", [figure(15.0, None, 40)])[:, 0]) == {15.0}
    assert set(robustness.values(share, "2024", [figure(110.0, 44, 40)])[:, 0]) == {110.0}
    hidden = Figure(AREA, None, "suppressed", None, 40)
    assert np.isnan(robustness.values(share, "2024", [hidden])).all()


def test_missing_values_leave_their_weight_to_the_others_in_every_draw() -> None:
    weights = np.array([[0.5, 0.25, 0.25], [0.2, 0.2, 0.6]])
    standards = np.array([[1.0, np.nan, 3.0], [1.0, 1.0, 1.0]])
    expected = [[(0.5 + 0.75) / 0.75, 1.0], [(0.2 + 1.8) / 0.8, 1.0]]
    np.testing.assert_allclose(robustness.totals(standards, weights), expected)
    sheets = np.stack([standards, standards])
    np.testing.assert_allclose(robustness.totals(sheets, weights), expected)
    np.testing.assert_allclose(robustness.totals(sheets, weights[0])[1], expected[0])


def test_ranks_are_those_of_scipy_with_ties() -> None:
    scores = np.random.default_rng(1).integers(0, 6, size=(50, 9)).astype(float)
    expected = stats.rankdata(-scores, method="min", axis=1)
    np.testing.assert_array_equal(robustness.ranks(scores), expected)


def test_a_range_of_ranks_holds_nine_draws_in_ten() -> None:
    scores = np.array([[1.0, 0.0]] * 96 + [[-2.0, 0.5]] * 4)
    a, b = robustness.standings(scores, scores, scores, 1)
    assert a == Standing(0.96, 0.96, 0.96, 1, 1, above=0.96)
    assert b == Standing(0.04, 0.04, 0.04, 2, 2, above=0.04)
    scores = np.array([[2.0, 1.0]] * 90 + [[1.0, 2.0]] * 10)
    assert [(s.low, s.high) for s in robustness.standings(scores, scores, scores, 1)] == [
        (1, 2),
        (1, 2),
    ]


def test_the_same_link_tells_the_same_and_another_seed_does_not() -> None:
    np.testing.assert_array_equal(robustness.weightings(NAMES), robustness.weightings(NAMES))
    assert not np.array_equal(robustness.weightings(NAMES), robustness.weightings(("a", "b", "d")))


def test_shares_are_never_rounded_to_always_or_never() -> None:
    said = [needs_words.often(share) for share in (0, 0.0004, 0.5, 0.9996, 1)]
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in said] == [
        "0 %",
        "unter 1 %",
        "50 %",
        "über 99 %",
        "100 %",
    ]


def test_a_release_is_told_as_a_loop_over_weightings_would(
    minden_releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(minden_releases))
    names = ("kinderarmut_u18", "jugendarbeitslose", "ohne_abschluss")
    setting = Setting((*((name, 4) for name in names), ("hze", 0)), 5)
    found = loaded.ranking(releases.current(), setting)
    placed = [place for place in found.places if place.rank is not None]
    hits = dict.fromkeys((place.area.id for place in placed), 0)
    for weights in robustness.weightings(names):
        scores = {}
        for place in placed:
            pairs = [
                (w, z) for w, z in zip(weights, place.standards, strict=False) if z is not None
            ]
            scores[place.area.id] = sum(w * z for w, z in pairs) / sum(w for w, _z in pairs)
        for area in sorted(scores, key=lambda area: -scores[area])[:5]:
            hits[area] += 1
    for place in placed:
        assert place.standing
        assert place.standing.weights == hits[place.area.id] / DRAWS
        assert 1 <= place.standing.low <= place.standing.high <= len(placed)
    assert any(0 < p.standing.weights < 1 for p in placed if p.standing), "weights matter here"
    assert all(place.standing is None for place in found.unplaced)
