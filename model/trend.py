"""Whether a series rises or falls: named only where a test says so, and from five points on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np
import polars as pl
from scipy.special import ndtr

from model import chance
from model.catalog import Indicator
from model.language import _

FEWEST = 5
"""Points a trend needs, as Public Health England's Fingertips has it."""
Direction = Literal["rising", "falling", "none", "few", "untested"]
_KEPT = np.arange(0.0, 1.0, 0.05)
"""How much of what makes a year special may be left a year later."""


@dataclass(frozen=True)
class Point:
    """Count and base of a year."""

    year: int
    count: float
    base: float


def words(direction: Direction) -> str:
    """A direction as it is said; whether it is good or bad is not."""
    return {
        "rising": _("steigt"),
        "falling": _("fällt"),
        "none": _("keine klare Richtung"),
        "few": _("zu wenige Werte für einen Trend"),
        "untested": _("kein Trend geprüft"),
    }[direction]


def points(rows: pl.DataFrame) -> tuple[Point, ...]:
    """The points a trend may use, from the rows of one area in View.series.

    Those after the last break that have a number.
    """
    known = rows.filter(
        pl.col("part") == pl.col("part").max(),
        pl.col("value").is_not_null(),
        pl.col("numerator").is_not_null(),
        pl.col("denominator") > 0,
    )
    found = known.sort("period").select("period", "numerator", "denominator")
    return tuple(Point(int(period[:4]), count, base) for period, count, base in found.rows())


def direction(indicator: Indicator, series: Sequence[Point]) -> Direction:
    """Where the series goes, at 5 %.

    Who is counted on a reference date is mostly counted again a year later; births or a class of
    school beginners are new every year.
    """
    if indicator.chance == "none":
        return "untested"
    if len(series) < FEWEST:
        return "few"
    errors = score(series, share=indicator.chance == "share")
    if indicator.reference == "date":
        errors /= sqrt(carried(series))
    if 2 * ndtr(-abs(errors)) >= chance.ALPHA:
        return "none"
    return "rising" if errors > 0 else "falling"


def score(series: Sequence[Point], share: bool) -> float:
    """The trend in standard errors, if every year is a sample of its own.

    Of shares the test for linear trend of Cochran (1954), Biometrics 10, and Armitage (1955),
    Biometrics 11; of rates the score test of the log-linear Poisson model, which differs only in
    the variance of a count: Breslow and Day (1987), Statistical Methods in Cancer Research II, 3.
    Raises ValueError for counts that are no shares or rates.
    """
    for point in series:
        (chance.check_share if share else chance.check_rate)(point.count, point.base)
    year, count, base = np.array([(p.year, p.count, p.base) for p in series], dtype=float).T
    mean = count.sum() / base.sum()
    from_middle = year - (base * year).sum() / base.sum()
    variance = mean * (1 - mean if share else 1) * (base * from_middle**2).sum()
    return float((from_middle * count).sum() / sqrt(variance)) if variance > 0 else 0.0


def carried(series: Sequence[Point]) -> float:
    """How many times the variance of a trend can be where the same people are counted again.

    If a year keeps the part r of what made the year before special, years that lie k apart
    correlate by r**k (a first-order autoregression). How large r is five to fifteen points do not
    tell, so this is the factor for the r that moves a trend most: 1.2 of five years, 3 of fifteen.
    """
    year, base = np.array([(p.year, p.base) for p in series], dtype=float).T
    weights = (year - (base * year).sum() / base.sum()) * np.sqrt(base)
    apart = np.abs(np.subtract.outer(year, year))
    most = max(float(weights @ kept**apart @ weights) for kept in _KEPT)
    return most / float(weights @ weights)
