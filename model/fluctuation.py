"""German sentences about how far chance alone moves a number ("Zufallsschwankung")."""

from __future__ import annotations

from model import chance, formats, status, wording
from model.catalog import City, Indicator
from model.chance import Interval
from model.language import _, plural
from model.view import Figure

_FEW = {"share": 1000, "rate": 100}
"""Below so many (of the base of a share, of the cases of a rate) numbers are called small."""
_WIDE = 10
"""Limits so far apart are told without decimals, which would feign precision."""


def sentence(indicator: Indicator, figure: Figure, unit: str, rounded: bool = False) -> str:
    """What was counted, and between which values it swings by chance; or why that is not told.

    `unit` is what the base counts, in the nominative plural ("Kinder"); see `unit_of`. `rounded`
    says that counts are rounded for protection.
    """
    place = wording.initial(figure.area.locative)
    if figure.value is None:
        return _("{place} gibt es keine Zahl ({word}), also auch keine Zufallsschwankung.").format(
            place=place, word=status.words(figure.status)
        )
    if indicator.chance == "none":
        return _("Für diesen Indikator lässt sich keine Zufallsschwankung angeben.")
    swing = interval(indicator, figure)
    if swing is None or figure.numerator is None or figure.denominator is None:
        return _(
            "{place} waren es {value}. Wie stark das durch Zufall schwankt, lässt sich nicht sagen."
        ).format(place=place, value=formats.quantity(figure.value, indicator))
    count, base = figure.numerator, figure.denominator
    told = _counted(indicator, count).format(
        place=place,
        count=_number(count, rounded),
        base=_base(indicator, base, unit, rounded),
        value=formats.quantity(figure.value, indicator),
    )
    return f"{told} {_swing(indicator, count, base, swing)}"


def interval(indicator: Indicator, figure: Figure) -> Interval | None:
    """Between which values chance moves a figure, in the indicator's unit; None if untold.

    Wilson's of a share, Garwood's of a rate: 95 %.
    """
    return around(indicator, figure.value, figure.numerator, figure.denominator)


def around(
    indicator: Indicator, value: float | None, count: float | None, base: float | None
) -> Interval | None:
    """The same for a value that is no figure of a view, as those of a series."""
    if value is None or count is None or base is None or indicator.chance == "none":
        return None
    limits = chance.wilson if indicator.chance == "share" else chance.garwood
    try:
        return limits(count, base).times(indicator.per)
    except ValueError:  # estimates may exceed their base, and there chance tells nothing
        return None


CLUSTERED = _(
    "Menschen eines Haushalts zählen dabei wie Einzelne. Weil sie vieles gemeinsam haben, kann der "
    "Zufall auch größer sein."
)


def unit_of(city: City, indicator: Indicator) -> str:
    """What the base of an indicator counts: 'Personen', 'Haushalte'."""
    units = {measure.id: measure.unit for measure in city.measures}
    return units[indicator.denominator[0].measure]


def dative(nouns: str) -> str:
    """A noun in the plural, as it stands after 'von': 'Kinder' is 'Kindern', 'Personen' stays."""
    return nouns if nouns.endswith(("n", "s")) else f"{nouns}n"


def _counted(indicator: Indicator, count: float) -> str:
    if indicator.chance == "share":
        return plural(
            "{place} war es {count} von {base}: {value}.",
            "{place} waren es {count} von {base}: {value}.",
            1 if count == 1 else 2,
        )
    return plural(
        "{place} kam {count} auf {base}: {value}.",
        "{place} kamen {count} auf {base}: {value}.",
        1 if count == 1 else 2,
    )


def _base(indicator: Indicator, base: float, unit: str, rounded: bool) -> str:
    """The base with its noun, which has no singular here: 'von 1' stands alone."""
    number = _number(base, rounded)
    if base == 1:
        return number
    return f"{number} {dative(unit) if indicator.chance == 'share' else unit}"


def _number(value: float, rounded: bool) -> str:
    number = formats.number(value)
    exactly = value == round(value) and not rounded
    return number if exactly else _("rund {number}").format(number=number)


def _swing(indicator: Indicator, count: float, base: float, around: Interval) -> str:
    wide = around.high - around.low >= _WIDE and not 0 < around.low < 1
    decimals = 0 if wide else indicator.decimals
    low, high = (formats.number(limit, decimals) for limit in (around.low, around.high))
    unit = f"{formats.NBSP}{indicator.unit}"
    if low == high:
        return _("Bei so großen Zahlen spielt der Zufall fast keine Rolle.")
    if count == 0:
        return _("Allein durch Zufall könnten es auch bis zu etwa {high} sein.").format(
            high=high + unit
        )
    if indicator.chance == "share" and count == base:
        return _("Allein durch Zufall könnten es auch nur etwa {low} sein.").format(low=low + unit)
    few = (base if indicator.chance == "share" else count) < _FEW[indicator.chance]
    return _words(indicator, few).format(low=low, high=high + unit)


def _words(indicator: Indicator, few: bool) -> str:
    if indicator.chance == "share":
        return (
            _(
                "Bei so kleinen Zahlen schwankt der Anteil schon durch Zufall etwa zwischen {low} "
                "und {high}."
            )
            if few
            else _("Durch Zufall schwankt der Anteil etwa zwischen {low} und {high}.")
        )
    return (
        _(
            "Bei so kleinen Zahlen schwankt der Wert schon durch Zufall etwa zwischen {low} und "
            "{high}."
        )
        if few
        else _("Durch Zufall schwankt der Wert etwa zwischen {low} und {high}.")
    )
