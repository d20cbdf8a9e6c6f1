"""Areas side by side as HTML: a table with small bars; and the same table for paper."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from components import colours, lineup_notes, zoning
from components.profiles import PAGE
from documents.document import Table
from model import fluctuation, formats, remarks, status, verdicts
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
        f'<p class="qp-missing">{escape(lineup_notes.bars())}</p>'
    )


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


def _link(area: Area) -> str:
    return f'<a href="./{PAGE}?gebiet={escape(area.id)}" target="_self">{escape(area.name)}</a>'
