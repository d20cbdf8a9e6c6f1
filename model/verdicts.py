"""A number against the city's, or against its own past, in words that obey chance.

The words name a direction, never whether it is good or bad.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from model import contrasts, formats
from model.catalog import Indicator
from model.chance import ALPHA, Interval
from model.contrasts import Contrast
from model.language import _
from model.view import Figure

NOTABLE = Decimal("0.1")
"""The part of the city's value (of a share above half, of what it lacks to all) by which a district
must differ, as shown, to be called different.

In a district of thousands chance explains little, and 22,4 % against 21,9 % would be "deutlich".
"""
Against = Literal["higher", "similar", "chance", "lower", "incomparable"]
Move = Literal["risen", "chance", "fallen", "incomparable"]


@dataclass(frozen=True)
class Change:
    """What became of a number: in a word, as a difference, and between which limits it lies.

    `difference` and `interval` are in the indicator's unit (percentage points, or per 1,000), `p`
    is the p-value of no change; all three are None where there is nothing to compare.
    """

    move: Move
    difference: float | None = None
    interval: Interval | None = None
    p: float | None = None


def against(word: Against) -> str:
    """How a district stands to its city, as it is said."""
    return {
        "higher": _("deutlich höher"),
        "similar": _("ähnlich wie die Stadt"),
        "chance": _("im Rahmen des Zufalls"),
        "lower": _("deutlich niedriger"),
        "incomparable": _("nicht vergleichbar"),
    }[word]


def move(word: Move) -> str:
    """What became of a number, as it is said."""
    return {
        "risen": _("gestiegen"),
        "chance": _("im Rahmen des Zufalls"),
        "fallen": _("gesunken"),
        "incomparable": _("nicht vergleichbar"),
    }[word]


def alike(indicator: Indicator, value: float, other: float) -> bool:
    """Whether a value, as shown, differs from the other by nothing or by less than NOTABLE."""
    own, whole = (formats.exact(number, indicator.decimals) for number in (value, other))
    return own == whole or abs(own - whole) < NOTABLE * _size(indicator, whole)


def verdict(indicator: Indicator, figure: Figure, city: Figure | None) -> Against:
    """How a district of the city stands to it.

    The district is a part of the city, so it is tested against the rest of it, which is
    independent: shares by their difference, rates by their ratio. "Deutlich" takes both, an
    interval of 95 % that leaves out equality, and values that differ by NOTABLE; where they
    differ so but chance explains it, nothing is known, not even that they are similar.
    """
    return _verdict(indicator, figure, city, _against_rest(indicator, figure, city), ALPHA)


def verdicts(
    indicator: Indicator, figures: Sequence[Figure], city: Figure | None
) -> tuple[Against, ...]:
    """How all districts of a level stand to the city, at a false discovery rate of 5 %."""
    found = [_against_rest(indicator, figure, city) for figure in figures]
    alpha = contrasts.threshold([contrast.p for contrast in found if contrast])
    return tuple(
        _verdict(indicator, figure, city, contrast, alpha)
        for figure, contrast in zip(figures, found, strict=True)
    )


def signs(indicator: Indicator, figures: Sequence[Figure], city: Figure | None) -> tuple[int, ...]:
    """1 or -1 where a district of a level is above or below the rest of its city, else 0.

    At a false discovery rate of 5 %, however small the difference.
    """
    found = [_against_rest(indicator, figure, city) for figure in figures]
    alpha = contrasts.threshold([contrast.p for contrast in found if contrast])
    return tuple(contrast.sign(alpha) if contrast else 0 for contrast in found)


def change(indicator: Indicator, before: Figure, after: Figure) -> Change:
    """What became of one area's number between two periods of the same part of its series.

    Both periods are treated as independent samples. Mostly the same people are counted in both,
    which makes the true swing smaller and this test cautious.
    """
    return _change(indicator, _between(indicator, before, after), before, after, ALPHA)


def changes(indicator: Indicator, pairs: Sequence[tuple[Figure, Figure]]) -> tuple[Change, ...]:
    """What became of all areas of a level, each before and after, at a false discovery rate of 5 %.

    The intervals belong to that rate: they are wider than 95 %, and leave out "no change" for
    those that are called risen or fallen and for no others.
    """
    return family([(indicator, *pair) for pair in pairs])


def family(steps: Sequence[tuple[Indicator, Figure, Figure]]) -> tuple[Change, ...]:
    """The same of steps of several indicators, all judged together at one false discovery rate."""
    found = [_between(*step) for step in steps]
    alpha = contrasts.threshold([contrast.p for contrast in found if contrast])
    return tuple(
        _change(indicator, contrast, before, after, alpha)
        for contrast, (indicator, before, after) in zip(found, steps, strict=True)
    )


def apart(
    indicator: Indicator, own: tuple[Figure, Figure], rest: tuple[Figure, Figure]
) -> Contrast | None:
    """How much more an area changed than the rest of its city, each before and after.

    In counts per one of the base; None where chance cannot be told.
    """
    both = _between(indicator, *own), _between(indicator, *rest)
    if both[0] is None or both[1] is None:
        return None
    moved = [_rate(after) - _rate(before) for before, after in (own, rest)]
    return contrasts.more(both[0], moved[0], both[1], moved[1])


def _rate(figure: Figure) -> float:
    return (figure.numerator or 0.0) / (figure.denominator or 1.0)


def _verdict(
    indicator: Indicator,
    figure: Figure,
    city: Figure | None,
    contrast: Contrast | None,
    alpha: float,
) -> Against:
    if contrast is None or figure.value is None or city is None or city.value is None:
        return "incomparable"
    sign = contrast.sign(alpha)
    if alike(indicator, figure.value, city.value):
        return "similar"
    if sign == 0:
        return "chance"
    return "higher" if sign > 0 else "lower"


def _size(indicator: Indicator, whole: Decimal) -> Decimal:
    """What a difference is held against: of a share the smaller part.

    So 61 % employed and 39 % who are not are judged alike.
    """
    return min(whole, 100 - whole) if indicator.unit == "%" and whole >= 0 else abs(whole)


def _against_rest(indicator: Indicator, figure: Figure, city: Figure | None) -> Contrast | None:
    """A district against the city without it; None where they cannot be compared."""
    own, whole = _counts(figure), _counts(city) if city else None
    if own is None or whole is None or city is None or figure.area.id == city.area.id:
        return None
    (count, base), (all_counted, all_based) = own, whole
    rest = all_counted - count, all_based - base
    if not (_possible(indicator, *own) and _possible(indicator, *rest)):
        return None
    compare = contrasts.share_difference if indicator.chance == "share" else contrasts.rate_ratio
    return compare(*own, *rest)


def _change(
    indicator: Indicator, contrast: Contrast | None, before: Figure, after: Figure, alpha: float
) -> Change:
    if contrast is None or before.value is None or after.value is None:
        return Change("incomparable")
    words: dict[int, Move] = {1: "risen", 0: "chance", -1: "fallen"}
    return Change(
        words[contrast.sign(alpha)],
        after.value - before.value,
        contrast.at(alpha).times(indicator.per),
        contrast.p,
    )


def _between(indicator: Indicator, before: Figure, after: Figure) -> Contrast | None:
    """The later period against the earlier; None where they cannot be compared."""
    then, now = _counts(before), _counts(after)
    if then is None or now is None or not all(_possible(indicator, *each) for each in (then, now)):
        return None
    compare = (
        contrasts.share_difference if indicator.chance == "share" else contrasts.rate_difference
    )
    return compare(*now, *then)


def _counts(figure: Figure) -> tuple[float, float] | None:
    """Numerator and denominator of a figure that is shown and has both."""
    if figure.value is None or figure.numerator is None or figure.denominator is None:
        return None
    return figure.numerator, figure.denominator


def _possible(indicator: Indicator, count: float, base: float) -> bool:
    """Whether chance can move it; estimates and roundings may not fit each other."""
    if indicator.chance == "none" or base <= 0 or count < 0:
        return False
    return indicator.chance == "rate" or count <= base
