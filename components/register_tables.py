"""Tables of an intervention: which area met which criterion, and how the indicators moved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

import streamlit as st

from components import happenings, reasons
from components.profiles import PAGE
from documents.document import Table
from model import caveats, register_words, remarks
from model.before_after import BeforeAfter
from model.catalog import Indicator, Level
from model.interventions import Criterion
from model.language import _
from model.register import GROUPS, Check, Group, Line, Trail
from model.view import View

NONE_SINCE = _("Vorher oder nachher gibt es dazu keine Zahl.")
COMPARED = _(
    "Verglichen werden die Werte, wie sie hier stehen: gerundet, und so, wie sie heute "
    "veröffentlicht sind. Wurde einer seitdem berichtigt, steht der zuerst veröffentlichte "
    "dabei. „Nicht prüfbar“ heißt: Die Zahl ist geheim, unsicher oder nicht erhoben."
)
"""Which values are held against the criteria."""


def said(trail: Trail, level: Level) -> str:
    """The criteria, and how many areas meet them, as HTML."""
    texts = (
        register_words.criteria(trail, _linked(trail)),
        escape(register_words.summary(trail, level)),
    )
    return "".join(f'<p class="qp-register-said">{text}</p>' for text in texts if text)


def choice(trail: Trail, level: Level) -> None:
    """The criteria, how many meet them, and a table of all areas by group with their values."""
    st.html(f"{said(trail, level)}{table(trail, level) if trail.lines else ''}")
    if not trail.lines:
        return
    st.html(f'<p class="qp-missing">{escape(COMPARED)}</p>')
    if not _whole(trail):
        reasons.together(trail.distinct, _("Zeichen in dieser Tabelle"))


def movement(trail: Trail, since: Sequence[BeforeAfter], level: Level) -> None:
    """How each indicator moved in the chosen areas, against the rest of the city; no cause."""
    if not since:
        st.html(f'<p class="qp-missing">{escape(NONE_SINCE)}</p>')
        return
    told = register_words.movement(since)
    st.html(
        (f'<p class="qp-register-said">{escape(told)}</p>' if told else "")
        + moved(trail, since, level)
        + "".join(f'<p class="qp-missing">{escape(note)}</p>' for note in notes(trail))
    )


def moved(trail: Trail, since: Sequence[BeforeAfter], level: Level) -> str:
    """Numbers before and after, a table for each indicator, as HTML."""
    drawn = happenings.alone if _whole(trail) else happenings.table
    tables = "".join(
        f"<h3>{_indicator(view)}</h3>{drawn(view.indicator.title, _head(trail, level), rows)}"
        for view in trail.distinct
        if (rows := _rows(since, view))
    )
    return f'<div class="qp-events">{tables}</div>'


def moved_on_paper(trail: Trail, since: Sequence[BeforeAfter], level: Level) -> tuple[Table, ...]:
    """The same as tables, with the periods in their heads."""
    return tuple(
        table
        for view in trail.distinct
        if (rows := _rows(since, view))
        for table in happenings.on_paper(_head(trail, level), rows, by_itself=_whole(trail))
    )


def notes(trail: Trail) -> list[str]:
    """How the tables are made, and what they do not show."""
    how = [] if _whole(trail) else [happenings.HOW, register_words.NOT_ALONE]
    return [*how, caveats.NO_CAUSE, *caveats.modelled(trail.distinct)]


def _whole(trail: Trail) -> bool:
    return trail.intervention.areas is None


def _head(trail: Trail, level: Level) -> str:
    return _("Gebiet") if _whole(trail) else level.title


def _rows(since: Sequence[BeforeAfter], view: View) -> list[tuple[str, BeforeAfter]]:
    return [
        (found.own.area.name, found)
        for found in since
        if found.view.indicator.id == view.indicator.id
    ]


def _indicator(view: View) -> str:
    address = f"./{view.theme.id}?indikator={view.indicator.id}&ansicht=entwicklung"
    return f'<a href="{escape(address)}" target="_self">{escape(view.indicator.title)}</a>'


def _linked(trail: Trail) -> Callable[[Indicator, Criterion], str]:
    """A criterion as HTML that leads to the order of all areas at its period."""
    themes = {view.indicator.id: view.theme.id for view in trail.views}

    def line(indicator: Indicator, one: Criterion) -> str:
        query = f"indikator={indicator.id}&zeit={one.period}&ansicht=rangfolge"
        address = escape(f"./{themes[indicator.id]}?{query}")
        text = escape(register_words.criterion(indicator, one))
        return f'<a href="{address}" target="_self">{text}</a>'

    return line


def table(trail: Trail, level: Level) -> str:
    """All areas by group, with their values and what is said of the choice, as HTML."""
    heads = [_heading(_head(trail, level))]
    heads += [
        _heading(register_words.criterion(view.indicator, one, short=True))
        for view, one in zip(trail.views, trail.intervention.criteria, strict=True)
    ]
    told = any(line.reason for line in trail.lines)
    heads += [_heading(_("Begründung"))] if told else []
    bodies = "".join(
        _group(name, found, told, trail) for name in GROUPS if (found := trail.of(name))
    )
    label = escape(_("Gebiete und Kriterien"))
    return (
        f'<div class="qp-wide" tabindex="0" role="region" aria-label="{label}">'
        f'<table class="qp-register-table" role="table"><thead role="rowgroup"><tr role="row">'
        f"{''.join(heads)}</tr></thead>{bodies}</table></div>"
    )


def on_paper(trail: Trail, level: Level) -> tuple[Table, ...]:
    """The same as a table: values and verdicts in columns of their own; none without criteria."""
    if not trail.lines:
        return ()
    criteria = [
        register_words.criterion(view.indicator, one, short=True)
        for view, one in zip(trail.views, trail.intervention.criteria, strict=True)
    ]
    heads = (
        *(_head(trail, level), _("Auswahl")),
        *(text for each in criteria for text in (each, _("Erfüllt?"))),
        _("Begründung"),
    )
    rows = tuple(
        (
            *(line.area.name, register_words.group(name, trail)),
            *(text for check in line.checks for text in (_value(check), _met(check))),
            line.reason or "",
        )
        for name in GROUPS
        for line in trail.of(name)
    )
    # Between the area and the reason stand values, each with its verdict behind it.
    values = range(2, len(heads) - 1, 2)
    prose = frozenset(range(len(heads))) - set(values)
    return (Table(_("Gebiete und Kriterien"), heads, rows, prose=prose),)


def _value(check: Check) -> str:
    """The value of an area with its signs; that of a larger area it lies in is told as such."""
    view, figure = check.view, check.figure
    own = figure.area.level == view.level.id
    return remarks.signed(view, figure, unit=True) if own else remarks.told(view, figure)


def _met(check: Check) -> str:
    """Whether the criterion is met, and what was published first."""
    earlier = register_words.earlier(check)
    return "; ".join([register_words.verdict(check.met), *([earlier] if earlier else [])])


def _heading(text: str) -> str:
    return f'<th role="columnheader" scope="col">{escape(text)}</th>'


def _group(name: Group, found: Sequence[Line], told: bool, trail: Trail) -> str:
    columns = 1 + len(trail.views) + told
    title = f"{register_words.group(name, trail)} ({len(found)})"
    rows = "".join(_line(line, told) for line in found)
    return (
        f'<tbody role="rowgroup" class="{name}"><tr role="row">'
        f'<th role="rowheader" scope="rowgroup" colspan="{columns}">{escape(title)}</th></tr>'
        f"{rows}</tbody>"
    )


def _line(line: Line, told: bool) -> str:
    cells = "".join(_cell(check) for check in line.checks)
    reason = f'<td role="cell" class="reason">{escape(line.reason)}</td>' if told else ""
    return f'<tr role="row"><th role="rowheader" scope="row">{_area(line)}</th>{cells}{reason}</tr>'


def _area(line: Line) -> str:
    name = escape(line.area.name)
    if line.area.level != line.checks[0].view.level.id:
        return name
    return f'<a href="./{PAGE}?gebiet={escape(line.area.id)}" target="_self">{name}</a>'


def _cell(check: Check) -> str:
    return (
        f'<td role="cell"><span class="who">{escape(check.view.indicator.short)}</span> '
        f"<b>{escape(_value(check))}</b> "
        f'<span class="met">{escape(_met(check))}</span></td>'
    )
