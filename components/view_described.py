"""A theme's view, or maps beside each other, told on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from components import (
    change_tables,
    described,
    exports,
    native,
    origins,
    pictures,
    plate_tables,
    plates,
    tables,
)
from components.described import Described, Picture
from documents.document import Table
from loaders import indicators, mapsets, releases, views
from model import change_sentences, changes, formats, mapset_links, remarks, wording
from model import selection as selections
from model.catalog import Theme
from model.language import _
from model.view import View

_NAMES = {"karte": _("Karte"), "entwicklung": _("Entwicklung")}


def of_theme(release: releases.Release, theme: Theme, query: Mapping[str, str]) -> Described | None:
    """The view of a theme an address means; None where it names an indicator that is none."""
    found = asked(release, theme, query)
    if found is None:
        return None
    view, notices = found
    return of_view(view, release, notices)


def of_view(
    view: View,
    release: releases.Release,
    notices: Sequence[str] = (),
    own: pictures.Still | None = None,
) -> Described:
    """The open view of a theme told on paper; `own` is its picture, where that is another size."""
    own = own or pictures.still(view, release)
    about, when = own.head
    alone = view.selection.view == "tabelle"
    drawn = Picture(
        described.drawing(pictures.bare(own)),
        alternative(view),
        chart=native.chart(view),
        slim=partial(_sized, view, release, pictures.PHONE),
        paper=partial(_sized, view, release, pictures.PAPER),
    )
    return Described(
        title=view.indicator.title,
        about=f"{about} · {view.city.name}, {view.areas} · {when}",
        sentences=sentences(view),
        pictures=() if alone else (drawn,),
        drawn=(drawn,),
        name=exports.file_name(view, _part(view)),
        data=partial(exports.data, view),
        tables=(_written(view),),
        alone=alone,
        origin=own.lines,
        brief=tuple(wording.brief(view, whole=view.selection.view == "entwicklung")),
        notices=tuple(notices),
    )


def _sized(view: View, release: releases.Release, width: int) -> str:
    """The picture of a view drawn as wide as a phone or a page."""
    own = pictures.still(view, release, width)
    return described.drawing((pictures.slim if width == pictures.PHONE else pictures.bare)(own))


def _written(view: View) -> Table:
    """The view in numbers, for paper."""
    if view.selection.view == "entwicklung":
        return _forward(described.table(tables.series(view)))
    return described.table(_pictured(view))


def _forward(table: Table) -> Table:
    """The table of all periods from old to new, as the chart beside it runs.

    On the screen the newest comes first, because a phone shows the first columns. Days that
    differ by nothing but their year are said once.
    """
    days = {head[:-4] for head in table.columns[1:]}
    # Of a year or a school year nothing is left out.
    [day] = days if len(days) == 1 and max(days).endswith(".") else [""]
    heads = [head.removeprefix(day) for head in reversed(table.columns[1:])]
    caption = _("{caption}, jeweils am {day}").format(caption=table.caption, day=day)
    return replace(
        table,
        caption=caption if day else table.caption,
        columns=(table.columns[0], *heads),
        rows=tuple((row[0], *reversed(row[1:])) for row in table.rows),
    )


def _part(view: View) -> str:
    """What a picture's file is called for: its view, of changes also how they are drawn."""
    chosen = view.selection
    return f"veraenderung-{chosen.picture}" if chosen.view == "veraenderung" else chosen.view


def asked(
    release: releases.Release, theme: Theme, query: Mapping[str, str]
) -> tuple[View, list[str]] | None:
    """The view a query means, with notices; None where it names an indicator that is none."""
    if query.get("indikator") not in {None, *(own.id for own in theme.indicators)}:
        return None
    indicator, _notices = selections.indicator_of(theme, query)
    scope = indicators.scope(release, indicator)
    selection, notices = selections.parse(theme, indicator, scope, query)
    return views.view_of(release, selection), notices


def of_maps(release: releases.Release, query: Mapping[str, str]) -> Described | None:
    """The maps an address puts beside each other; None where the release has none."""
    offer = mapsets.offer(release)
    if offer is None:
        return None
    chosen, notices = mapset_links.parse(release.catalog, offer, query)
    sheet = mapsets.sheet(release, chosen)
    drawn = tuple(
        Picture(
            described.drawing(pictures.bare(pictures.still(view, release))),
            wording.alternative(_("Karte"), view),
            caption=plates.title(view, chosen),
            slim=partial(_sized, view, release, pictures.PHONE),
            paper=partial(_sized, view, release, pictures.PAPER),
        )
        for view in sheet.views
    )
    lines = [
        *remarks.used(*sheet.views),
        *(line for v in sheet.distinct for line in wording.footer(v, on_map=True, whole=True)),
    ]
    level = release.catalog.city.level(chosen.level)
    return Described(
        title=" · ".join(view.indicator.title for view in sheet.distinct),
        about=f"{_('Karten nebeneinander')} · {release.catalog.city.name}, {level.plural}",
        sentences=tuple(plate_tables.said(sheet, chosen) or map(_spread, sheet.views)),
        pictures=drawn,
        tables=(described.table(plate_tables.table(sheet, chosen)),),
        origin=tuple(dict.fromkeys(lines)),
        brief=origins.on_paper(sheet.distinct, release),
        notices=tuple(notices),
    )


def _spread(view: View) -> str:
    spread = wording.spread(view.indicator, view.figures, view.level.plural)
    when = formats.period(view.selection.period, view.indicator.reference)
    return f"{view.indicator.short}, {when}: {spread}"


def sentences(view: View) -> tuple[str, ...]:
    """The chosen areas, or the city and the spread; of changes the change."""
    shown = view.chosen or view.in_front
    before = changes.base(view) if view.selection.view == "veraenderung" else None
    if before:
        comparison = changes.between(view, before)
        return tuple(
            change_sentences.sentence(view, comparison.of(figure.area.id), comparison)
            for figure in shown
        )
    said = [
        wording.sentence(
            view.indicator,
            figure,
            view.selection.period,
            view.safeguard.rounds(figure.area.level),
        )
        for figure in shown
    ]
    if len(view.figures) > 1:
        said.append(wording.spread(view.indicator, view.figures, view.level.plural))
    return tuple(said)


def alternative(view: View) -> str:
    """The words for who cannot see the picture of a view."""
    before = changes.base(view) if view.selection.view == "veraenderung" else None
    if before:
        return change_sentences.alternative(view, changes.between(view, before))
    over_time = view.selection.view == "entwicklung"
    name = _NAMES.get(view.selection.view, _("Rangfolge"))
    return wording.alternative(name, view, over_time=over_time)


def _pictured(view: View) -> dict[str, Any]:
    """The picture of a view in numbers, as a table of components/tables.py."""
    if view.selection.view == "veraenderung" and (before := changes.base(view)):
        return change_tables.current(view, changes.between(view, before))
    return tables.current(view)
