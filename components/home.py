"""The parts of the start page: welcome, theme cards, and what else there is to find out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

import streamlit as st

from components import (
    arranging,
    atlas_page,
    facility_lists,
    gathering,
    layout,
    panel,
    presenting,
    registering,
    relating,
    storytelling,
    supplying,
    weighing,
    zoning,
)
from loaders import areas, releases, views
from model import safeguards, wording
from model.catalog import Theme
from model.language import _

_COLUMNS = 3
_QUESTIONS = {
    storytelling.LIST: _("Was erzählen die Zahlen, Abschnitt für Abschnitt?"),
    arranging.PAGE: _("Wie sieht die Karte in anderen Jahren oder mit anderen Zahlen aus?"),
    weighing.PAGE: _("Wo kommt mehreres zusammen, und wie sicher ist diese Reihenfolge?"),
    supplying.PAGE: _("Folgt das Angebot dem Bedarf?"),
    facility_lists.PAGE: _("Welche Kitas, Schulen und Treffs gibt es wo?"),
    relating.PAGE: _("Welche Zahlen gehen miteinander einher?"),
    zoning.PAGE: _("Welche Zahlen hat unser Quartier, das über Grenzen geht?"),
    registering.PAGE: _("Was tut die Stadt wo, und nach welchen Zahlen?"),
    gathering.PAGE: _("Ansichten für Vortrag, Bericht oder Vorlage sammeln."),
    presenting.PAGE: _("Ansichten im Rat und in der Versammlung als Folien zeigen."),
    atlas_page.PAGE: _("Die ganze Stadt und jeder Stadtbezirk als Heft zum Drucken."),
}
"""What each page answers that evaluates or tells."""


def welcome(release: releases.Release) -> None:
    """What this is, in three sentences."""
    city = release.catalog.city
    level = city.level(city.default_level)
    lead = _(
        "Quartierspuls zeigt, wie die Menschen {in_city} leben: für die ganze Stadt und für jeden "
        "ihrer {count} {plural}. Wählen Sie ein Thema oder suchen Sie ein Wort; jede Zahl gibt es "
        "als Karte, Rangfolge, Verlauf und Tabelle, mit Definition und Quelle. Jede Ansicht lässt "
        "sich als Link, Bild oder Tabelle mitnehmen."
    )
    layout.title(
        city.title,
        lead.format(
            in_city=city.in_city,
            count=len(areas.by_level(release)[level.id]),
            plural=level.plural,
        ),
    )


def themes(release: releases.Release, pages: Mapping[str, st.Page]) -> None:
    """All themes as cards with one telling figure each."""
    found = release.catalog.themes
    with st.container(gap="small"):
        for first in range(0, len(found), _COLUMNS):
            for column, theme in zip(
                st.columns(_COLUMNS, gap="small"), found[first : first + _COLUMNS], strict=False
            ):
                with column:
                    _card(release, theme, pages[theme.id])


def tools(pages: Iterable[st.Page]) -> None:
    """The stories and the evaluating pages, each with the question it answers."""
    with st.container(key="auswerten", horizontal=True, gap="small"):
        for page in pages:
            with st.container(width=310, gap="xsmall"):
                st.page_link(page, label=f"**{layout.literal(page.title)}**")
                st.html(f'<p class="qp-lead">{escape(_QUESTIONS[page.url_path])}</p>')


def _card(release: releases.Release, theme: Theme, page: st.Page) -> None:
    indicator = release.catalog.indicators[theme.headline]
    figure, period = views.city_figure(release, indicator)
    with st.container(border=True, height="stretch"):
        st.page_link(
            page,
            label=f"**{layout.literal(theme.title)}**",
            query_params={"indikator": indicator.id},
        )
        st.html(f'<p class="qp-lead">{escape(theme.lead)}</p>')
        if figure and period:
            rounded = safeguards.safeguard(release.catalog, indicator).rounds(figure.area.level)
            text = escape(wording.sentence(indicator, figure, period, rounded))
            number = panel.number(indicator, figure, rounded)
            st.html(f'<div class="qp-card">{number}<p>{text}</p></div>')
