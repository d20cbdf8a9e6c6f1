"""Projects, facilities and events: what and when, and the numbers before and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

import streamlit as st

from documents.document import Table
from model import before_after, caveats, change_words, formats, remarks, wording
from model.before_after import BeforeAfter
from model.changes import Shift
from model.events import Event
from model.language import _
from model.profile import Line

_ALONE = (_("Vorher"), _("Nachher oder bisher"), _("Veränderung"))
_HEADS = (
    *_ALONE[:2],
    _("Übrige Stadt vorher"),
    _("Übrige Stadt danach"),
    _("Gegen die übrige Stadt"),
)

HOW = _(
    "Vorher ist der letzte Zeitpunkt vor dem Beginn, nachher der erste nach dem Ende; läuft "
    "etwas noch, steht „bisher“ mit dem neuesten. Alle Zeilen sind zusammen geprüft: Von dem, "
    "was anders lief, sind im Mittel höchstens 5 % Zufall."
)
"""Which periods are compared, and how sure the words are."""


def show(known: Iterable[Event], names: Mapping[str, str]) -> None:
    """What happened or was begun; `names` are those of the areas that have to be told apart."""
    st.html(f'<ul class="qp-list">{"".join(_event(one, names) for one in known)}</ul>')


def caution() -> None:
    """That events and numbers beside each other prove nothing."""
    mark = _("Ein Pfeil über einer Linie zeigt den Beginn im eigenen Gebiet.")
    st.html(f'<p class="qp-missing">{escape(mark)} {escape(caveats.NO_CAUSE)}</p>')


def numbers(known: Iterable[Event], lines: Sequence[Line]) -> None:
    """Each event's numbers before and after, against the rest of the city; folded."""
    own = [event for event in known if event.area]
    found = before_after.judged((line.view, event) for event in own for line in lines)
    if not found:
        return
    tables = "".join(
        f"<h3>{escape(event.title)}, {escape(event.when)}</h3>"
        + table(event.title, _("Indikator"), [(f.view.indicator.short, f) for f in rows])
        for event in own
        if (rows := [f for f in found if f.event == event])
    )
    head = escape(_("Vorher und nachher"))
    st.html(
        f"<details class='qp-others qp-events'><summary>{head}"
        f"</summary>{tables}<p>{escape(HOW)} {escape(caveats.NO_CAUSE)}</p></details>"
    )


def table(title: str, head: str, rows: Sequence[tuple[str, BeforeAfter]]) -> str:
    """Numbers before and after, a row each with its name under `head`, as HTML."""
    return _table(title, head, _HEADS, [(name, _against(found)) for name, found in rows])


def alone(title: str, head: str, rows: Sequence[tuple[str, BeforeAfter]]) -> str:
    """The same of what has nothing to be held against: each judged by itself, as HTML."""
    return _table(title, head, _ALONE, [(name, _by_itself(found)) for name, found in rows])


def on_paper(
    head: str, rows: Sequence[tuple[str, BeforeAfter]], by_itself: bool = False
) -> tuple[Table, ...]:
    """The same for paper and spreadsheets: rows of the same periods share a table that names them.

    Those that are judged `by_itself` are not held against the rest of the city.
    """
    periods = dict.fromkeys((found.before, found.after) for _name, found in rows)
    return tuple(
        _on_paper(
            head,
            [(name, found) for name, found in rows if (found.before, found.after) == both],
            by_itself,
        )
        for both in periods
    )


def _on_paper(head: str, rows: Sequence[tuple[str, BeforeAfter]], by_itself: bool) -> Table:
    first = rows[0][1]
    indicator = first.view.indicator
    before, after = (
        formats.period(period, indicator.reference) for period in (first.before, first.after)
    )
    dated = [(_("Vorher"), before), (before_after.later(first), after)]
    heads = [_("{word} ({period})").format(word=word, period=when) for word, when in dated]
    held = any(found.rest for _name, found in rows) and not by_itself
    if held:
        beside = _("Übrige Stadt: {head}")
        heads += [beside.format(head=head) for head in heads]
    cells = []
    for name, found in rows:
        shifts = (found.own, found.rest) if held else (found.own,)
        values = [_told(found, shift, late) for shift in shifts for late in (False, True)]
        word = change_words.brief(found.view, found.own) if by_itself else _word(found)
        cells.append((name, *values, word))
    last = len(heads) + 1
    return Table(
        _("{title} ({unit}): vorher und nachher").format(
            title=indicator.title, unit=indicator.unit
        ),
        (head, *heads, _ALONE[-1] if by_itself else _HEADS[-1]),
        tuple(cells),
        numbers=frozenset(range(1, last)),
        prose=frozenset() if by_itself else frozenset({last}),
    )


def _told(found: BeforeAfter, shift: Shift | None, late: bool) -> str:
    """The number before or after with its signs; empty where the rest of the city has none."""
    if shift is None:
        return ""
    return remarks.signed(found.view, shift.after if late else shift.before)


def _table(
    title: str, head: str, heads: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]
) -> str:
    """Rows of cells as HTML, each with its name."""
    told = "".join(f"<th scope='col'>{escape(text)}</th>" for text in (head, *heads))
    body = "".join(
        f"<tr><th scope='row'>{escape(name)}</th>"
        + "".join(
            f"<td data-head='{escape(head)}'>{cell}</td>"
            for head, cell in zip(heads, cells, strict=True)
        )
        + "</tr>"
        for name, cells in rows
    )
    return (
        f"<div class='qp-wide' tabindex='0' role='region' aria-label='{escape(title)}'>"
        f"<table><thead><tr>{told}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _event(one: Event, names: Mapping[str, str]) -> str:
    title = escape(one.title)
    if one.link:
        opens = escape(_("(neues Fenster)"))
        title = f'<a href="{escape(one.link)}" target="_blank" rel="noopener">{title} {opens}</a>'
    place = names.get(one.area, "") if one.area else _("ganze Stadt")
    kind = f"{one.word}, {place}" if place else one.word
    return f"<li>{escape(one.when)}: {title} · {escape(kind)}</li>"


def _against(found: BeforeAfter) -> list[str]:
    """Cells of an area, of the rest of the city, and the word about both."""
    shifts = (found.own, found.rest)
    cells = [_cell(found, shift, after) for shift in shifts for after in (0, 1)]
    return [*cells, escape(_word(found))]


def _by_itself(found: BeforeAfter) -> list[str]:
    """Cells of an area and the word about its change."""
    word = change_words.brief(found.view, found.own)
    return [_cell(found, found.own, 0), _cell(found, found.own, 1), escape(word)]


def _cell(found: BeforeAfter, shift: Shift | None, after: int) -> str:
    if shift is None:
        return ""
    figure, period = (shift.after, found.after) if after else (shift.before, found.before)
    value = wording.value(found.view.indicator, figure)
    when = formats.period(period, found.view.indicator.reference)
    if after and before_after.goes_on(found):
        when = _("bisher, {when}").format(when=when)
    return f"{escape(value)} <span>{escape(when)}</span>"


def _word(found: BeforeAfter) -> str:
    """In a few words whether the area went another way."""
    if found.own.difference is None:
        return change_words.state(found.own.state)
    if found.apart is None:
        return _("nicht geprüft")
    if not found.apart.moved:
        return change_words.state("chance")
    return _("anders um {amount}").format(
        amount=change_words.amount(found.apart, found.view.indicator)
    )
