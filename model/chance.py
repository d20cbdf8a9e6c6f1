"""How far chance alone moves a count: intervals for one share or one rate.

Whoever counts everybody has no sampling error. The intervals answer another question: how far the
number would swing if nothing changed but who happens to live there, each person on their own.
People of one household are not on their own, so the true swing is rather larger. Counts need not
be whole, for some are modelled or weighted.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from scipy.special import betainccinv, betaincinv, gammainccinv, gammaincinv, ndtri

ALPHA = 0.05
"""Chance is given 5 %: intervals hold 95 %, and as many verdicts on nothing may be false."""


@dataclass(frozen=True)
class Interval:
    """From `low` to `high`, both included."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether the value lies inside."""
        return self.low <= value <= self.high

    def times(self, factor: float) -> Interval:
        """The interval in another unit, for example per 1,000."""
        return Interval(self.low * factor, self.high * factor)


def wilson(count: float, base: float, alpha: float = ALPHA) -> Interval:
    """The score interval of the share count / base.

    Wilson (1927), J. Am. Stat. Assoc. 22. Right on average over all shares; what is shown.
    Raises ValueError unless 0 <= count <= base and base > 0.
    """
    check_share(count, base)
    z = -float(ndtri(alpha / 2))
    middle = (count + z**2 / 2) / (base + z**2)
    half = z / (base + z**2) * sqrt(count * (base - count) / base + z**2 / 4)
    return Interval(
        middle - half if count > 0 else 0.0,
        middle + half if count < base else 1.0,
    )


def clopper_pearson(count: float, base: float, alpha: float = ALPHA) -> Interval:
    """The exact interval of the share count / base, too wide rather than too narrow.

    Clopper and Pearson (1934), Biometrika 26. Raises ValueError as `wilson` does.
    """
    check_share(count, base)
    return Interval(
        float(betaincinv(count, base - count + 1, alpha / 2)) if count > 0 else 0.0,
        float(betainccinv(count + 1, base - count, alpha / 2)) if count < base else 1.0,
    )


def garwood(count: float, base: float, alpha: float = ALPHA) -> Interval:
    """The exact Poisson interval of the rate count / base.

    Garwood (1936), Biometrika 28. Raises ValueError unless count >= 0 and base > 0.
    """
    check_rate(count, base)
    return Interval(
        float(gammaincinv(count, alpha / 2)) / base if count > 0 else 0.0,
        float(gammainccinv(count + 1, alpha / 2)) / base,
    )


def check_share(count: float, base: float) -> None:
    """Raise ValueError unless 0 <= count <= base and base > 0."""
    if base <= 0 or not 0 <= count <= base:
        raise ValueError(f"no share: {count} of {base}")


def check_rate(count: float, base: float) -> None:
    """Raise ValueError unless count >= 0 and base > 0."""
    if base <= 0 or count < 0:
        raise ValueError(f"no rate: {count} of {base}")
