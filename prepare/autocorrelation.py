"""Do like values lie side by side? Moran's I, of the whole map and of each area, and chance.

Moran (1950), Biometrika 37:17-23; Anselin (1995), Geographical Analysis 27:93-115. Neighbours
share a border or a corner ("queen"), and those of one area weigh the same and together 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import shapely
from scipy.sparse import csr_array

from model.contrasts import discoveries
from prepare.shapes import Polygons

PERMUTATIONS, FEWER = 9_999, 999
MANY = 200
"""From so many areas on FEWER permutations are drawn: each area takes as many sums as there are."""
SEED = 19_500_615
_SAME = 1e-9
"""Sums of the same values in another order differ by less, in standard deviations."""

Floats = npt.NDArray[np.float64]
Neighbours = Sequence[Sequence[int]]
"""For each area the places of its neighbours, itself never among them."""


@dataclass(frozen=True)
class Autocorrelation:
    """Moran's I with its p-value, and for each area its own, its kind, and if it is a discovery.

    The areas' mean is the I of the whole. P-values are two-sided pseudo p-values of permutations;
    discoveries are those at a false discovery rate of 5 % among all areas.
    """

    permutations: int
    moran: float
    p: float
    local: Floats
    kinds: tuple[str, ...]
    local_p: Floats
    found: tuple[bool, ...]

    @property
    def expected(self) -> float:
        """What Moran's I would be by chance."""
        return -1 / (len(self.local) - 1)


def neighbours(polygons: Polygons) -> list[list[int]]:
    """The polygons that share a border or a corner with each one."""
    found: list[list[int]] = [[] for _polygon in polygons]
    pairs = shapely.STRtree(polygons).query(polygons, predicate="intersects")
    for one, other in pairs.T.tolist():
        if one != other:
            found[one].append(other)
    return [sorted(own) for own in found]


def among(near: Neighbours, kept: Sequence[int]) -> tuple[list[int], list[list[int]]]:
    """Of the kept areas those with a neighbour among them, and these neighbours by new places."""
    there = set(kept)
    linked = [one for one in kept if there.intersection(near[one])]
    place = {one: number for number, one in enumerate(linked)}
    return linked, [[place[other] for other in near[one] if other in place] for one in linked]


def autocorrelation(values: Sequence[float], near: Neighbours) -> Autocorrelation:
    """The autocorrelation of values that are not all the same; every area has a neighbour.

    An area is held against all ways to fill its neighbours with the values of the other areas,
    of which some are drawn; the whole against as many maps of mixed values.
    """
    z = np.asarray(values, dtype=float)
    z = (z - z.mean()) / z.std()
    lags = np.array([z[own].mean() for own in map(list, near)])
    local = z * lags
    p = np.array([_local_p(z, place, len(own), lags[place]) for place, own in enumerate(near)])
    kinds = tuple(
        f"{'high' if own > 0 else 'low'}_{'high' if lag > 0 else 'low'}"
        for own, lag in zip(z, lags, strict=True)
    )
    found = tuple(discoveries(p.tolist()))
    drawn = len(_draws(len(z)))
    return Autocorrelation(drawn, float(local.mean()), _global_p(z, near), local, kinds, p, found)


def _local_p(z: Floats, place: int, count: int, lag: float) -> float:
    """How often other values around an area lie as far out as those that are there."""
    others = np.delete(z, place)
    return _pseudo(others[_draws(len(others))[:, :count]].mean(axis=1), lag)


def _global_p(z: Floats, near: Neighbours) -> float:
    ends = np.cumsum([0, *map(len, near)])
    places = np.concatenate([np.asarray(own) for own in near])
    shares = np.repeat([1 / len(own) for own in near], np.diff(ends))
    weights = csr_array((shares, places, ends), shape=(len(z), len(z)))
    mixed = z[_draws(len(z))].T
    found = np.einsum("ip,ip->p", mixed, weights @ mixed) / len(z)
    return _pseudo(found, float(z @ (weights @ z)) / len(z))


def _pseudo(drawn: Floats, seen: float) -> float:
    """Twice the smaller tail, what was seen among it: Davison and Hinkley (1997), section 4.2."""
    above = int((drawn >= seen - _SAME).sum())
    below = int((drawn <= seen + _SAME).sum())
    return min(1.0, 2 * (1 + min(above, below)) / (1 + len(drawn)))


@lru_cache(maxsize=4)
def _draws(count: int) -> npt.NDArray[np.int32]:
    """Orders of so many places, the same ones in every build."""
    often = PERMUTATIONS if count < MANY else FEWER
    orders = np.tile(np.arange(count, dtype=np.int32), (often, 1))
    return np.random.default_rng(SEED).permuted(orders, axis=1)
