"""What must be said about a series: where it breaks, what was corrected, which edition is shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import polars as pl

from model import formats, status
from model.catalog import Indicator
from model.events import Event
from model.history import Break
from model.language import _
from model.view import Figure, View

NO_CAUSE = _("Das zeigt keinen ursächlichen Zusammenhang.")
_TOLD = 8
"""How many corrected values a sentence lists."""


def corrected(indicator: Indicator, figure: Figure) -> str:
    """That a value was corrected, and what was published first if it reads differently."""
    if figure.first is None:
        return status.words("revised")
    first = formats.number(figure.first, indicator.decimals)
    return _("berichtigt; zuerst veröffentlicht: {first}").format(first=first)


def in_front(view: View) -> set[str]:
    """The areas a trend draws in front: the chosen ones and the city, or what stands for it."""
    return {figure.area.id for figure in (*view.chosen, *view.in_front)}


def label(view: View, found: Break) -> str:
    """A break in a few words, as it stands in a chart: 'Umbruch 2022: Zensus'."""
    text = _("Umbruch {year}: {word}") if found.interrupts else _("Ab {year}: {word}")
    return text.format(year=_break_year(view, found), word=found.word)


def sentences(view: View, areas: Collection[str] | None = None) -> list[str]:
    """What interrupts the series, in sentences, and which values were corrected.

    `areas` limits it to what a trend draws in front, where corrected values are hollow points.
    """
    return [_break(view, b) for b in _concerning(view, areas)] + _corrections(view, areas)


def short(view: View, areas: Collection[str]) -> str:
    """The breaks that concern some areas in one line; empty without any."""
    told = [label(view, b) for b in _concerning(view, areas) if b.interrupts]
    if not told:
        return ""
    return _("{breaks}; mehr unter „Entwicklung“").format(breaks="; ".join(told))


def modelled(views: Iterable[View]) -> list[str]:
    """That verdicts on model values are only a demonstration; nothing without such values."""
    if not any(view.origin.modelled for view in views):
        return []
    return [_("Bei Modellwerten führen die Urteile das Verfahren vor, sie sagen nichts aus.")]


def happened(view: View) -> list[str]:
    """What a trend marks of events, and that it proves nothing."""
    return listed(view, view.events)


def listed(view: View, found: Iterable[Event]) -> list[str]:
    """Events of a view's areas, and that they prove nothing."""
    told = [event(view, one) for one in found]
    return [*told, NO_CAUSE] if told else []


def event(view: View, found: Event) -> str:
    """An event with its area and days."""
    names = {figure.area.id: figure.area.name for figure in view.own}
    place = names.get(found.area, _("ganze Stadt"))
    return f"{found.title} ({place}): {found.when}."


def absent(view: View, areas: Collection[str]) -> str:
    """In which years some areas have no value, and why, in one line; empty without any.

    'Geheim: 2010, 2013' for one area, 'Hahlen: geheim 2010; Meißen: geheim 2013' for several.
    """
    rows = view.series.filter(pl.col("area").is_in(list(areas)), pl.col("value").is_null())
    several = rows["area"].n_unique() > 1
    told: dict[str, list[str]] = {}
    for row in rows.sort("area", "period").iter_rows(named=True):
        word = status.label(row["status"])
        key = f"{row['name']}: {word} " if several else f"{word[:1].upper()}{word[1:]}: "
        told.setdefault(key, []).append(row["period"][:4])
    return "; ".join(f"{key}{formats.years(years)}" for key, years in told.items())


def between(view: View, before: str, after: str) -> list[str]:
    """The breaks between two periods, in sentences: those of the view's areas and of its city."""
    years = range(int(before[:4]) + 1, int(after[:4]) + 1)
    areas = {figure.area.id for figure in (*view.own, *view.in_front)}
    here = [b for b in _concerning(view, areas) if b.interrupts and b.year in years]
    return [_break(view, b) for b in here]


def edition(view: View) -> str:
    """What must be said where values are shown as they were published first; else nothing."""
    if not view.selection.first:
        return ""
    return _(
        "Gezeigt sind die Werte, wie sie zuerst veröffentlicht wurden, ohne spätere Berichtigungen."
    )


def _concerning(view: View, areas: Collection[str] | None) -> list[Break]:
    return [b for b in view.breaks if areas is None or not b.area or b.area in areas]


def _break_year(view: View, found: Break) -> str:
    year = str(found.year)
    school = view.indicator.reference == "school_year"
    return formats.period(year, "school_year") if school else year


def _break(view: View, found: Break) -> str:
    names = {figure.area.id: figure.area.name for figure in (*view.own, *view.yardsticks)}
    place = f" ({names[found.area]})" if found.area else ""
    text = f"{label(view, found)}{place}."
    # The label may already be the beginning of the note.
    if note := found.note.removeprefix(f"{found.word}:").strip():
        text += f" {note[:1].upper()}{note[1:]}" + ("" if note[-1] in ".!?" else ".")
    if found.interrupts:
        text += " " + _("Werte davor und danach sind nur eingeschränkt vergleichbar.")
    return text


def _corrections(view: View, areas: Collection[str] | None) -> list[str]:
    """How corrected values are marked, and what was published first, as far as there is room."""
    rows = view.series.filter(pl.col("status").eq("revised") | pl.col("first").is_not_null())
    if areas is not None:
        rows = rows.filter(pl.col("area").is_in(list(areas)))
    if rows.is_empty():
        return []
    mark = "r" if areas is None else _("Hohler Punkt")
    first = rows.filter(pl.col("first").is_not_null()).sort("period", descending=True)
    if first.is_empty():
        return [_("{mark} = berichtigt.").format(mark=mark)]
    told = [
        f"{row['name']} {formats.period(row['period'], view.indicator.reference)}: "
        f"{row['first_text']}"
        for row in first.head(_TOLD).iter_rows(named=True)
    ]
    more = first.height - len(told)
    text = _("{mark} = berichtigt; zuerst veröffentlicht: {values}").format(
        mark=mark, values="; ".join(told)
    )
    rest = _("; {more} weitere stehen in der Tabelle zum Herunterladen").format(more=more)
    return [text + (rest if more else "") + "."]
