"""Counts that are a part of another count: shares by district that add up to the city's total."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

import rounding
from seeds import generator, wandering
from timeline import YEARS, index

# Standard deviation of the yearly share as a part of the binomial one. Most people in a stock are
# the same as a year ago, so that the full binomial noise would be too restless.
RESTLESSNESS = 0.55


def logit(share: NDArray | float) -> NDArray:
    """Log odds; shares are kept off 0 and 1."""
    bounded = np.clip(share, 1e-4, 1 - 1e-4)
    return np.log(bounded / (1 - bounded))


def inverse_logit(value: NDArray) -> NDArray:
    """The share that has these log odds."""
    return 1 / (1 + np.exp(-value))


def part(
    name: str,
    whole: NDArray,
    level: NDArray,
    totals: NDArray,
    *,
    fixed: Mapping[tuple[int, int], int] | None = None,
    upper: NDArray | None = None,
    restless: float = RESTLESSNESS,
) -> NDArray:
    """Whole numbers of a part of `whole`, districts x years, at most `whole` (and `upper`).

    `level` are the districts' usual shares, `totals` the city's whole numbers by year; every year
    all districts move by the same log odds until the total fits. `fixed` cells (district, year on
    the axis) keep their value. Noise is autoregressive, its size that of a binomial count times
    `restless`.
    """
    limit = whole if upper is None else np.minimum(whole, upper)
    usual = np.broadcast_to(level[:, None] if level.ndim == 1 else level, whole.shape)
    score = logit(usual) + _noise(name, whole, usual, restless)
    result = np.zeros(whole.shape, dtype=np.int64)
    for t in range(whole.shape[1]):
        expected = _fitted(score[:, t], whole[:, t], float(totals[t]))
        lower, high = np.zeros(len(expected), dtype=np.int64), limit[:, t].astype(np.int64)
        for (district, year), value in (fixed or {}).items():
            if year == t:
                lower[district] = high[district] = value
        result[:, t] = rounding.largest_remainder(expected, int(totals[t]), lower, high)
    return result


def totals(whole: NDArray, share: NDArray, known: Mapping[int, int] | None = None) -> NDArray:
    """City totals by year: a share of the city's `whole`, or the published value."""
    result = np.rint(whole.sum(axis=0) * share).astype(np.int64)
    for year, value in (known or {}).items():
        if year in YEARS:
            result[index(year)] = value
    return result


def scaled(name: str, whole: NDArray, level: NDArray, share: NDArray, **options: object) -> NDArray:
    """Like `part`, the city's totals being a share of its `whole`."""
    return part(name, whole, level, totals(whole, share), **options)  # type: ignore[arg-type]


def spread(name: str, weights: NDArray, totals: NDArray, restless: float = 1.0) -> NDArray:
    """Events (births, moves) drawn from the city's totals: one multinomial draw a year.

    With `restless` below 1 the draw is pulled towards its expectation.
    """
    rng = generator(name)
    result = np.zeros(weights.shape, dtype=np.int64)
    for t in range(weights.shape[1]):
        chance = weights[:, t] / weights[:, t].sum()
        total = int(totals[t])
        drawn = restless * rng.multinomial(total, chance) + (1 - restless) * chance * total
        result[:, t] = rounding.largest_remainder(drawn, total)
    return result


def _noise(name: str, whole: NDArray, usual: NDArray, restless: float) -> NDArray:
    information = whole.mean(axis=1) * (usual * (1 - usual)).mean(axis=1)
    scale = np.minimum(restless / np.sqrt(np.maximum(information, 0.5)), 0.45)
    return wandering(generator(name), scale)


def _fitted(score: NDArray, whole: NDArray, total: float) -> NDArray:
    """Expected counts whose sum is `total`, by bisection on a common shift of the log odds."""
    low, high = -25.0, 25.0
    for _ in range(80):
        middle = (low + high) / 2
        if (whole * inverse_logit(score + middle)).sum() < total:
            low = middle
        else:
            high = middle
    return whole * inverse_logit(score + high)
