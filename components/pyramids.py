"""The age pyramid of an area as SVG, in words and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from components import colours, sketches
from model import formats, pyramid, status
from model.language import _
from model.pyramid import SEXES, Bar

_GENERATIONS = ((0, 18), (18, 65), (65, 200))
"""First ages of three groups, and the ones they end before."""


def figure(name: str, city_name: str, own: Sequence[Bar], city: Sequence[Bar]) -> str:
    """The pyramid of an area as bars, the city's as an outline, and the same as a table."""
    words = note(name, city_name, own)
    return (
        f'<figure class="qp-pyramid">{sketches.image(layered(name, city_name, own, city))}'
        f"<figcaption>{escape(words)}</figcaption>{_table(own, city, name, city_name)}</figure>"
    )


def note(name: str, city_name: str, own: Sequence[Bar]) -> str:
    """What is said under a pyramid."""
    note = _("Flächen: {name}. Linie: {city}.").format(name=name, city=city_name)
    if any(bar.per_year is None for bar in own):
        note += " " + _("Grau mit gestricheltem Rand: keine Zahl; die Breite sagt nichts.")
    return note


def layered(name: str, city_name: str, own: Sequence[Bar], city: Sequence[Bar]) -> sketches.Sketch:
    """The pyramid of an area as bars, the city's as an outline."""
    most = max((bar.per_year or 0.0 for bar in (*own, *city)), default=0.0) or 1.0
    oldest = max(bar.end for bar in own)
    wide, high, gap = 460, 340, 52
    half = (wide - gap) / 2
    x = sketches.scale(0, most, 0, half - 4)
    y = sketches.scale(0, oldest, high - 18, 4)
    drawn = "".join(_bar(bar, x, y, half, gap, outline=False) for bar in own)
    drawn += "".join(_bar(bar, x, y, half, gap, outline=True) for bar in city)
    ages = "".join(
        f'<text x="{wide / 2}" y="{(y(bar.first) + y(bar.end)) / 2 + 4:.1f}" '
        f'text-anchor="middle">{escape(_age(bar))}</text>'
        for bar in own
        if bar.sex == SEXES[0] and bar.end - bar.first > 3
    )
    heads = (
        f'<text x="{half - 4}" y="{high - 3}" text-anchor="end">{escape(_("männlich"))}</text>'
        f'<text x="{half + gap + 4}" y="{high - 3}">{escape(_("weiblich"))}</text>'
    )
    said = _said(name, city_name, own, city)
    return sketches.sketch(wide, high, said, drawn + ages + heads)


def _said(name: str, city_name: str, own: Sequence[Bar], city: Sequence[Bar]) -> str:
    """The pyramid in a sentence and three shares, for who cannot see it."""
    drawn = _("Alterspyramide von {name}").format(name=name)
    if city:
        compared = _("Alterspyramide von {name}, verglichen mit {city}")
        drawn = compared.format(name=name, city=city_name)
    parts = []
    for words, (first, end) in zip(
        (_("unter 18 Jahre"), _("18 bis 64 Jahre"), _("ab 65 Jahre")), _GENERATIONS, strict=True
    ):
        part = f"{words} {_percent(pyramid.share(own, first, end))}"
        if city:
            part += f" ({city_name} {_percent(pyramid.share(city, first, end))})"
        parts.append(part)
    return f"{drawn}: {'; '.join(parts)}."


def _percent(share: float | None) -> str:
    if share is None:
        return _("keine Zahl")
    return f"{formats.number(100 * share, 1)}{formats.NBSP}%"


def _bar(
    bar: Bar, x: sketches.Scale, y: sketches.Scale, half: float, gap: float, outline: bool
) -> str:
    top, bottom = y(bar.end), y(bar.first)
    left_side = bar.sex == SEXES[0]
    if bar.per_year is None:
        if outline:
            return ""
        start = half - 30 if left_side else half + gap
        return (
            f'<rect x="{start}" y="{top + 0.5:.1f}" width="30" height="{bottom - top - 1:.1f}" '
            f'fill="{colours.ABSENT["suppressed"]}" stroke="#7a868c" stroke-dasharray="3 2"/>'
        )
    length = x(bar.per_year)
    start = half - length if left_side else half + gap
    paint = (
        f'fill="none" stroke="{colours.INK}" stroke-width="1.4"'
        if outline
        else f'fill="{colours.CHOSEN[0]}" fill-opacity="0.55"'
    )
    return (
        f'<rect x="{start:.1f}" y="{top + 0.5:.1f}" width="{length:.1f}" '
        f'height="{bottom - top - 1:.1f}" {paint}/>'
    )


def _age(bar: Bar) -> str:
    return bar.age.replace("-", "–")


def _table(own: Sequence[Bar], city: Sequence[Bar], name: str, city_name: str) -> str:
    """The pyramid in numbers, folded."""
    there = {(bar.age, bar.sex): bar for bar in city}
    words = dict(zip(SEXES, (_("männlich"), _("weiblich")), strict=True))
    rows = "".join(
        f"<tr><th scope='row'>{escape(_age(bar))}, {escape(words[bar.sex])}</th>"
        f"<td>{escape(_share(bar))}</td>"
        f"<td>{escape(_share(there.get((bar.age, bar.sex))))}</td></tr>"
        for bar in own
    )
    head, who = escape(_("Als Tabelle")), escape(_("Alter und Geschlecht"))
    return (
        f"<details><summary>{head}</summary><table><thead><tr>"
        f"<th>{who}</th><th>{escape(name)}</th>"
        f"<th>{escape(city_name)}</th></tr></thead><tbody>{rows}</tbody></table></details>"
    )


def _share(bar: Bar | None) -> str:
    if bar is None:
        return status.words("not_collected")
    if bar.share is None:
        return status.words(bar.status)
    return _percent(bar.share)
