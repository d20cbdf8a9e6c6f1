"""What a release tells of like values lying side by side: one pattern a level and indicator."""

from __future__ import annotations

from dataclasses import dataclass

FILE = "clusters.parquet"
"""Where a release keeps them, made by prepare."""
FEWEST = 10
"""Areas with a value and a neighbour below which nothing is tested."""
KINDS = ("high_high", "low_low", "high_low", "low_high")
"""An area and those around it, each against the mean of all areas."""


@dataclass(frozen=True)
class Pattern:
    """How like values lie together at one level, of `areas` areas at `period`.

    `moran` is Moran's I, `expected` what it would be by chance, `p` of its permutation test;
    `alone` areas with a value but no neighbour with one are left out. `clusters` are the ids of
    the areas by kind (KINDS) that are more than chance at a false discovery rate of 5 %.
    """

    period: str
    areas: int
    alone: int
    moran: float
    expected: float
    p: float
    permutations: int
    clusters: dict[str, tuple[str, ...]]
