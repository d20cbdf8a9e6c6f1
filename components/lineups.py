"""Areas side by side as HTML: a table with small bars, and what is said under it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from components import colours, zoning
from components.profiles import PAGE
from documents.document import Table
from model import (
    caveats,
    fluctuation,
    formats,
    remarks,
    signs,
    status,
    verdicts,
)
from model.areas import Area
from model.language import _
from model.lineup import Row
from model.view import Figure

PAINT = (*colours.CHOSEN, "#b23c00")
"""One colour for each area of a comparison; its number tells it apart as well."""


def table(rows: Sequence[Row], areas: Sequence[Area], intervals: bool) -> None:
    """Show the table of a comparison."""
    st.html(markup(rows, areas, intervals))


def markup(rows: Sequence[Row], areas: Sequence[Area], intervals: bool) -> str:
    """A row for each indicator, a column for each area; on a phone each row is a block."""
    others = beside(rows)
    heads = "".join(
        f'<th role="columnheader" scope="col">{disc(place)} {_link(area)}</th>'
        for place, area in enumerate(areas)
    ) + "".join(f'<th role="columnheader" scope="col">{escape(area.name)}</th>' for area in others)
    body = "".join(_row(row, others, intervals) for row in rows)
    return (
        '<table class="qp-lineup" role="table"><thead role="rowgroup"><tr role="row">'
        f'<th role="columnheader" scope="col">{escape(_("Indikator"))}</th>{heads}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>'
        f'<p class="qp-missing">{escape(bars())}</p>'
    )


def bars() -> str:
    """What the bars of a comparison can be held against."""
    return _("Balken gelten nur innerhalb einer Zeile.")


def notes(rows: Sequence[Row]) -> list[str]:
    """What words and signs of the table mean."""
    said = [
        _(
            "„Deutlich“ heißt: Der Unterschied zur übrigen Stadt ist größer, als der Zufall "
            "erklärt (95 %), und zur ganzen Stadt beträgt er mindestens ein Zehntel "
            "(bei Anteilen über 50 %: ein Zehntel dessen, was auf 100 % fehlt). Wo nichts "
            "anders ist, steht trotzdem in etwa einem von zwanzig Fällen „deutlich“. „Im Rahmen "
            "des Zufalls“: Der Wert ist anders, aber der Zufall kann es erklären. „Nicht "
            "vergleichbar“: Eine Zahl fehlt, oder der Zufall lässt sich nicht beziffern."
        ),
        fluctuation.CLUSTERED,
        *caveats.modelled([row.view for row in rows]),
    ]
    listed = "; ".join(f"{sign} = {word}" for sign, word, _why in _reasons(rows))
    return [*said, *([_("Zeichen: {signs}").format(signs=listed)] if listed else [])]


def key(rows: Sequence[Row]) -> None:
    """The same below the table; why values are missing is folded."""
    folded = "".join(
        f"<dt>{escape(f'{sign} = {word}')}</dt><dd>{_paragraphs(why)}</dd>"
        for sign, word, why in _reasons(rows)
    )
    title = escape(_("Was die Zeichen bedeuten und warum Zahlen fehlen"))
    fold = f"<details><summary>{title}</summary><dl>{folded}</dl></details>" if folded else ""
    st.html(f'<div class="qp-missing qp-notes">{_paragraphs(notes(rows))}{fold}</div>')


def _reasons(rows: Sequence[Row]) -> list[tuple[str, str, list[str]]]:
    """Sign, words and reasons of each mark in the rows, in the order of the signs."""
    found: dict[str, dict[str, None]] = {}
    for row in rows:
        for figure in _shown(row):
            for kind in row.view.kinds(figure):
                guard = row.view.safeguard
                why = remarks.why(guard, [kind], figure.area.level, figure.denominator)
                found.setdefault(kind, {})[why] = None
    known = signs.SETS[rows[0].view.selection.signs] if rows else {}
    return [(known[kind], signs.words(kind), list(found[kind])) for kind in known if kind in found]


def on_paper(rows: Sequence[Row], areas: Sequence[Area]) -> Table:
    """The same for paper: a value with its sign, and how it stands against the city."""
    others = beside(rows)
    told = []
    for row in rows:
        there = {figure.area.id: figure for figure in row.beside}
        stand = formats.stand(row.view.selection.period, row.view.indicator.reference)
        told.append(
            (
                f"{row.view.indicator.short} ({formats.base(row.view.indicator)}, {stand})",
                *(_told(row, line.figure, verdicts.against(line.word)) for line in row.lines),
                *(
                    _told(row, there[area.id]) if area.id in there else uncollected(row)
                    for area in others
                ),
            )
        )
    names = [area.name for area in (*areas, *others)]
    return Table(_("Werte der Gebiete"), (_("Indikator"), *names), tuple(told))


def _told(row: Row, figure: Figure, word: str = "") -> str:
    said = f"{remarks.signed(row.view, figure)}{remarks.because(figure)}"
    return f"{said}, {word}" if word and figure.value is not None else said


def disc(place: int) -> str:
    """The number of an area in its colour."""
    return f'<b class="qp-disc" style="background:{PAINT[place]}">{place + 1}</b>'


def _row(row: Row, others: Sequence[Area], intervals: bool) -> str:
    indicator, view = row.view.indicator, row.view
    stand = formats.stand(view.selection.period, indicator.reference)
    address = f"./{view.theme.id}?indikator={indicator.id}"
    there = {figure.area.id: figure for figure in row.beside}
    cells = "".join(
        _cell(row, line.figure, PAINT[place], disc(place), verdicts.against(line.word), intervals)
        for place, line in enumerate(row.lines)
    ) + "".join(
        _cell(row, there[area.id], colours.LINE, "", "", intervals)
        if area.id in there
        else f'<td role="cell"><span class="who">{escape(area.name)}</span>'
        f'<span class="none">{escape(uncollected(row))}</span></td>'
        for area in others
    )
    return (
        f'<tr role="row"><th role="rowheader" scope="row">'
        f'<a href="{escape(address)}" target="_self">{escape(indicator.short)}</a>'
        f'<span class="base">{escape(formats.base(indicator))} · {escape(stand)}</span></th>'
        f"{cells}</tr>"
    )


def _cell(row: Row, figure: Figure, paint: str, mark: str, word: str, intervals: bool) -> str:
    who = f'<span class="who">{mark} {escape(figure.area.name)}</span>'
    if figure.value is None:
        text = escape(f"{remarks.signed(row.view, figure)}{remarks.because(figure)}")
        near = zoning.offer(
            figure,
            row.view.theme.id,
            {"indikator": row.view.indicator.id},
            row.view.city.city_level,
        )
        return f'<td role="cell">{who}<span class="none">{text}</span>{near}</td>'
    number = escape(formats.number(figure.value, row.view.indicator.decimals))
    if sign := row.view.sign(row.view.kinds(figure)):
        number += f' <span class="sign">{escape(sign)}</span>'
    found = row.bar(figure)
    bar = (
        f'<i style="margin-left:{found[0]:.1f}%;width:{found[1]:.1f}%;background:{paint}"></i>'
        if found
        else ""
    )
    around = fluctuation.interval(row.view.indicator, figure) if intervals else None
    said = (
        _("{low} bis {high}").format(
            low=formats.number(around.low, row.view.indicator.decimals),
            high=formats.number(around.high, row.view.indicator.decimals),
        )
        if around
        else ""
    )
    return (
        f'<td role="cell">{who}<span class="value">{number}</span>'
        f'<span class="bar">{bar}</span>'
        + (f'<span class="around">{escape(said)}</span>' if said else "")
        + (f'<span class="word">{escape(word)}</span>' if word else "")
        + "</td>"
    )


def uncollected(row: Row) -> str:
    """What stands where an area has no such indicator."""
    return f"{row.view.sign(['not_collected'])} {status.words('not_collected')}"


def beside(rows: Sequence[Row]) -> list[Area]:
    """The yardsticks of all rows, from near to far."""
    most = sorted(rows, key=lambda row: -len(row.beside))
    return list({figure.area.id: figure.area for row in most for figure in row.beside}.values())


def _shown(row: Row) -> tuple[Figure, ...]:
    return (*(line.figure for line in row.lines), *row.beside)


def _link(area: Area) -> str:
    return f'<a href="./{PAGE}?gebiet={escape(area.id)}" target="_self">{escape(area.name)}</a>'


def _paragraphs(texts: Sequence[str]) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in texts)
