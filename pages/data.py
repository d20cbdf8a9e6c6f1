"""The data behind the pages: datasets with their files, and the way back from every number."""

from __future__ import annotations

import streamlit as st

from components import catalogue, guide, layout, secrecy, tables, trace
from loaders import indicators, releases
from model.language import _


def page(release: releases.Release) -> None:
    """The data catalogue of the release; a number asked for in the address comes first."""
    layout.title(
        _("Daten"),
        _("Woher die Zahlen kommen, was sie zählen und unter welcher Lizenz sie stehen."),
    )
    on_top = trace.asked_for()
    if on_top:
        _trail(release, on_top)
    layout.section(_("Datensätze"))
    catalogue.show(release, st.query_params.get("datensatz", ""))
    if not on_top:
        _trail(release, on_top)
    layout.section(_("Indikatoren"))
    tables.plain("indikatoren", catalogue.indicators(release))
    figures = indicators.published(release)
    if figures.is_empty():
        return
    layout.section(_("Veröffentlichte Einzelangaben"))
    st.write(
        _(
            "Diese Zahlen stehen so in den genannten Quellen und sind unverändert übernommen. "
            "Wo sie für ein Gebiet vorliegen, gehen sie jedem Modellwert vor."
        )
    )
    tables.plain("veroeffentlicht", catalogue.published(release, figures))


def about(release: releases.Release) -> None:
    """What the application is, how to read it, and how it protects people."""
    layout.title(_("Über diese Anwendung"), release.catalog.city.title)
    guide.reading(release.catalog.city.signs)
    secrecy.show(release)
    guide.withdrawn(releases.withdrawn())


def _trail(release: releases.Release, on_top: bool) -> None:
    layout.section(_("Woher kommt diese Zahl?"))
    trace.show(release, on_top)
