"""How much an order depends on the weights, and on chance: many draws of both.

Weightings are drawn from the flat Dirichlet distribution: every mixture of the indicators is as
likely as any other. Values are drawn from what their counts leave open, Jeffreys' posterior of a
share (beta) or a rate (gamma), as in Marshall and Spiegelhalter (1998), BMJ 316:1701-1704, on
league tables; reference and deviation stay. Draws begin with a seed made of names, so that the same
setting always tells the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import crc32

from model.catalog import Indicator
from model.view import Figure

if TYPE_CHECKING:
    from numpy import float64, int64
    from numpy.typing import NDArray

DRAWS = 4000
"""How many weightings, and how many values of each figure, are drawn."""
INSIDE = 0.9
"""The share of draws that a range of ranks covers."""
CLEAR = 0.975
"""The share of draws from which a score is above the city's, as a two-sided test at 5 % asks."""
_SAME = 9
"""Decimals beyond which two scores are the same."""


@dataclass(frozen=True)
class Standing:
    """In which share of draws an area is among the first, by what is drawn; its range of ranks.

    `low` and `high` cover at least INSIDE of the draws of both. `above` is the share of draws of
    values in which the score, by the setting's own weights, is above the city's.
    """

    weights: float
    chance: float
    both: float
    low: int
    high: int
    above: float


def weightings(names: Sequence[str], draws: int = DRAWS) -> NDArray[float64]:
    """Random weights (draws x indicators) that add up to 1, for these indicators."""
    import numpy as np

    generator = np.random.default_rng(_seed("weights", *names))
    return generator.dirichlet(np.ones(len(names)), size=draws)


def values(
    indicator: Indicator, period: str, figures: Sequence[Figure], draws: int = DRAWS
) -> NDArray[float64]:
    """Values (draws x figures) as chance might have had them; NaN without a number.

    What is no share or rate, or has counts that cannot be one, keeps its value.
    """
    import numpy as np

    generator = np.random.default_rng(_seed("values", indicator.id, period))
    found = np.full((draws, len(figures)), np.nan)
    for place, figure in enumerate(figures):
        if figure.value is None:
            continue
        count, base = figure.numerator, figure.denominator
        if indicator.chance == "none" or count is None or not base or base < 0 or count < 0:
            found[:, place] = figure.value
        elif indicator.chance == "rate":
            found[:, place] = generator.gamma(count + 0.5, indicator.per / base, draws)
        elif count <= base:
            drawn = generator.beta(count + 0.5, base - count + 0.5, draws)
            found[:, place] = indicator.per * drawn
        else:  # an estimate may exceed its base
            found[:, place] = figure.value
    return found


def totals(standards: NDArray[float64], weights: NDArray[float64]) -> NDArray[float64]:
    """Weighted means (draws x areas) of standardised values over what has a number.

    `standards` are areas x indicators or draws x areas x indicators, NaN where a number is missing
    (the same in all draws); `weights` indicators or draws x indicators.
    """
    import numpy as np

    there = ~np.isnan(standards)
    drawn, sheets = np.atleast_2d(weights), standards if standards.ndim == 3 else standards[None]
    filled = np.where(there, standards, 0.0)
    sums = (
        drawn @ filled.T
        if standards.ndim == 2
        else np.einsum("dai,di->da", filled, np.broadcast_to(drawn, (len(sheets), drawn.shape[1])))
    )
    covered = drawn @ (there if standards.ndim == 2 else there[0]).T.astype(float)
    return np.asarray(sums / covered)


def ranks(scores: NDArray[float64]) -> NDArray[int64]:
    """The rank of each area in each draw, 1 for the highest; equal scores share the better one."""
    import numpy as np

    rounded = np.round(scores, _SAME)
    order = np.argsort(-rounded, axis=1, kind="stable")
    ordered = np.take_along_axis(rounded, order, axis=1)
    places = np.tile(np.arange(1, scores.shape[1] + 1), (len(scores), 1))
    places[:, 1:][ordered[:, 1:] == ordered[:, :-1]] = 0
    found = np.empty_like(places)
    np.put_along_axis(found, order, np.maximum.accumulate(places, axis=1), axis=1)
    return found


def standings(
    weights: NDArray[float64], chance: NDArray[float64], both: NDArray[float64], first: int
) -> tuple[Standing, ...]:
    """What the scores (draws x areas) in all draws say about each area."""
    import numpy as np

    above = (np.round(chance, _SAME) > 0).mean(axis=0)
    weighted, drawn, together = (ranks(scores) for scores in (weights, chance, both))
    edges = ((1 - INSIDE) / 2, (1 + INSIDE) / 2)
    low, high = np.quantile(together, edges, axis=0, method="inverted_cdf")
    return tuple(
        Standing(
            weights=float((weighted[:, i] <= first).mean()),
            chance=float((drawn[:, i] <= first).mean()),
            both=float((together[:, i] <= first).mean()),
            low=int(low[i]),
            high=int(high[i]),
            above=float(above[i]),
        )
        for i in range(together.shape[1])
    )


def _seed(*names: str) -> int:
    return crc32("|".join(names).encode())
