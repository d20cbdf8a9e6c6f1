"""Where the figures of several indicators come from, and which of them have none here."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from loaders import releases
from model import formats, remarks, wording
from model.catalog import Indicator, Level
from model.language import _
from model.view import View


def left_out(missing: Sequence[Indicator], level: Level) -> None:
    """The indicators that are told of no area of the level."""
    for text in absent(missing, level):
        st.html(f'<p class="qp-missing">{escape(text)}</p>')


def absent(missing: Sequence[Indicator], level: Level) -> list[str]:
    """The sentence about indicators that are told of no area of the level, if there are any."""
    if not missing:
        return []
    titles = "; ".join(indicator.short for indicator in missing)
    text = _("Für {plural} nicht erhoben: {titles}.")
    return [text.format(plural=level.plural, titles=titles)]


def show(
    views: Sequence[View], release: releases.Release, on_map: bool = False, whole: bool = False
) -> None:
    """All sources in one line, each indicator's footer folded, and that some are of a model.

    `on_map` tells also of the map, `whole` speaks of all periods.
    """
    told = "<br>".join(escape(line) for line in lines(views, release, whole))
    st.html(f'<div class="qp-origin">{told}{each(views, on_map, whole)}</div>')


def lines(views: Sequence[View], release: releases.Release, whole: bool = False) -> list[str]:
    """All sources in one line, and that some figures are of a model."""
    return [*_sources(views, whole), *_modelled(release)]


def on_paper(views: Sequence[View], release: releases.Release) -> tuple[str, ...]:
    """All sources with the release, and that it is internal, for where no footer stands below."""
    return enclosed(lines(views, release), release)


def whole(
    views: Sequence[View], release: releases.Release, on_map: bool = False
) -> tuple[str, ...]:
    """All that has to be told of indicators in one place: also basis, Stand, licence, protection.

    `on_map` tells also of the maps. Each thing is told once, however many indicators share it.
    """
    stands = dict.fromkeys(
        formats.stand(view.selection.period, view.indicator.reference) for view in views
    )
    bases = dict.fromkeys(base for view in views for base in view.origin.bases)
    licences = dict.fromkeys(source.licence for view in views for source in view.origin.sources)
    drawn = dict.fromkeys(
        ". ".join(part for part in (view.level.map_note, view.level.geometry_licence) if part)
        for view in (views if on_map else ())
    )
    told = [
        *_sources(views),
        *([_("Basis: {bases}").format(bases="; ".join(bases))] if bases else []),
        *([" · ".join(stands)] if stands else []),
        *(_("Karte: {about}").format(about=about) for about in drawn if about),
        *([_("Lizenz: {licences}").format(licences="; ".join(licences))] if licences else []),
        *dict.fromkeys(line for view in views for line in remarks.protection(view)),
        *_modelled(release),
    ]
    return enclosed(told, release)


def _sources(views: Sequence[View], whole: bool = False) -> list[str]:
    origins = [view.whole if whole else view.origin for view in views]
    sources = dict.fromkeys(source.title for origin in origins for source in origin.sources)
    return [_("Quellen: {sources}").format(sources="; ".join(sources))] if sources else []


def _modelled(release: releases.Release) -> list[str]:
    note = wording.modelled_note(release.catalog.city, published_too=True)
    return [f"{note}."] if release.modelled else []


def enclosed(told: Sequence[str], release: releases.Release) -> tuple[str, ...]:
    """Lines between the notice that a release is internal, and which release it is."""
    stand = _("Datenstand: {month} ({release})").format(
        month=formats.month(release.catalog.city.edition), release=release.id
    )
    closed = [wording.INTERNAL] if release.internal else []
    return (*closed, *told, stand)


def each(views: Sequence[View], on_map: bool = False, whole: bool = False) -> str:
    """Each indicator's footer, folded, as HTML; nothing without indicators."""
    told = "".join(
        f"<dt>{escape(view.indicator.title)}</dt>"
        f"<dd>{'<br>'.join(escape(line) for line in wording.footer(view, on_map, whole))}</dd>"
        for view in views
    )
    title = escape(_("Quelle, Basis und Stand jedes Indikators"))
    return f"<details><summary>{title}</summary><dl>{told}</dl></details>" if told else ""
