"""The frame around every page: release, navigation, title, footer."""

from functools import partial

import streamlit as st

from components import layout
from loaders import releases
from model.language import _
from pages import data, start, theme

try:
    release = releases.current()
except releases.ReleaseError as error:
    st.error(str(error))
    st.stop()

datasets = st.Page(partial(data.page, release), title=_("Daten"), url_path="daten")
themes = {
    found.id: st.Page(
        partial(theme.page, release, found, datasets), title=found.title, url_path=found.id
    )
    for found in release.catalog.themes
}
home = st.Page(partial(start.page, release, themes), title=_("Start"), default=True)
about = st.Page(partial(data.about, release), title=_("Über"), url_path="ueber")

page = st.navigation(
    {"": [home], _("Themen"): list(themes.values()), _("Daten und Hinweise"): [datasets, about]},
    position="top",
)
st.set_page_config(
    page_title=f"{page.title} · Quartierspuls {release.catalog.city.name}",
    page_icon=str(layout.ICON),
    layout="wide",
)
layout.brand(release)
layout.banner(release)
page.run()
layout.footer(release)
