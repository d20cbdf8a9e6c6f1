"""The data behind the pages: deliveries with source and licence, published single figures."""

from __future__ import annotations

import streamlit as st

from components import guide, layout, tables
from loaders import indicators, releases
from model.language import _


def page(release: releases.Release) -> None:
    """The data catalogue of the release."""
    layout.title(
        _("Daten"),
        _("Woher die Zahlen kommen, was sie zählen und unter welcher Lizenz sie stehen."),
    )
    tables.plain("lieferungen", tables.deliveries(release))
    layout.section(_("Indikatoren"))
    tables.plain("indikatoren", tables.indicators(release))
    layout.section(_("Veröffentlichte Einzelangaben"))
    st.write(
        _(
            "Diese Zahlen stehen so in den genannten Quellen und sind unverändert übernommen. "
            "Wo sie für ein Gebiet vorliegen, gehen sie jedem Modellwert vor."
        )
    )
    tables.plain("veroeffentlicht", tables.published(release, indicators.published(release)))


def about(release: releases.Release) -> None:
    """What the application is and how to read it."""
    layout.title(_("Über diese Anwendung"), release.catalog.city.title)
    guide.reading()
