"""What is new, on a page: each area's news with kind, sentence and the way to the view of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from urllib.parse import urlencode

import streamlit as st

from components import layout, profiles, web
from documents.document import Table
from loaders import releases
from model import news
from model.areas import Area
from model.catalog import Catalog
from model.language import _
from model.news import News

PAGE = "neues"


def areas(
    shown: Sequence[Area], told: Mapping[str, Sequence[News]], release: releases.Release
) -> None:
    """The news of some areas, each below its name; the first across the whole page."""
    first, *others = (
        f'<section class="qp-news"><h2 class="qp-section">{escape(own.name)}</h2>'
        f"{listed(own, told[own.id], release.catalog)}</section>"
        for own in shown
    )
    st.html(f'{first}<div class="qp-bulletins">{"".join(others)}</div>')


def of_district(own: Area, told: Sequence[News], release: releases.Release) -> None:
    """The news of a district on its own page, and the way to all others."""
    more = escape(_("Was ist in der ganzen Stadt neu?"))
    st.html(
        f'<section class="qp-news">{listed(own, told, release.catalog)}</section>'
        f'<p class="qp-more"><a href="./{PAGE}" target="_self">{more}</a></p>'
    )


def invitation() -> None:
    """The way to what is new in each area."""
    text = escape(_("Was sich in der Stadt und in jedem Gebiet verändert hat"))
    st.html(f'<p class="qp-more"><a href="./{PAGE}" target="_self">{text}</a></p>')


def quiet(known: Sequence[Area]) -> None:
    """The areas that have nothing to tell, in one list."""
    if known:
        layout.section(_("Nichts Auffälliges in diesen Gebieten"))
        st.html(layout.area_links(profiles.PAGE, known))


def further(only: Area | None) -> None:
    """From one area to all, the feed, and how the news are found."""
    feed = escape(_("Als Feed abonnieren"))
    ways = [f'<a href="./{web.FEED}" type="application/atom+xml">{feed}</a>']
    if only:
        every = escape(_("Alle Gebiete"))
        ways.insert(0, f'<a href="./{PAGE}" target="_self">{every}</a>')
    st.html(
        f'<p class="qp-more">{" · ".join(ways)}</p>'
        f'<p class="qp-missing qp-rule">{escape(news.rule())}</p>'
    )


def sheets(known: Iterable[Area]) -> None:
    """The way to the sheet of each area."""
    title = escape(_("Ein Blatt je Gebiet, zum Drucken"))
    links = layout.area_links(PAGE, known)
    st.html(f"<details class='qp-others'><summary>{title}</summary>{links}</details>")


def listed(own: Area, told: Sequence[News], catalog: Catalog) -> str:
    """The news of an area as a list, or that there are none, as HTML."""
    if not told:
        return f"<p>{escape(news.nothing())}</p>"
    return f"<ul>{''.join(_item(own, one, catalog) for one in told)}</ul>"


def on_paper(own: Area, told: Sequence[News], catalog: Catalog) -> tuple[Table, ...]:
    """The same as a table; none where there is nothing to tell."""
    if not told:
        return ()
    rows = []
    for one in told:
        indicator, said = news.told(one, catalog, own.level)
        rows.append((indicator.title, indicator.unit, news.tag(one), said))
    heads = (_("Indikator"), _("Einheit"), _("Was ist neu?"), _("Im Einzelnen"))
    return (Table(own.name, heads, tuple(rows), prose=frozenset(range(len(heads)))),)


def _item(own: Area, one: News, catalog: Catalog) -> str:
    indicator, said = news.told(one, catalog, own.level)
    return (
        f'<li><span class="tag {one.kind}">{escape(news.tag(one))}</span> '
        f'<a href="{escape(address(own, one, catalog))}" target="_self">'
        f"{escape(indicator.title)}</a><p>{escape(said)}</p></li>"
    )


def address(own: Area, one: News, catalog: Catalog) -> str:
    """The view in which the news can be looked at: the change, or the series of corrected ones."""
    whole = own.level == catalog.city.city_level
    query = {
        "indikator": one.indicator,
        "ebene": own.level,
        **({} if whole else {"gebiet": own.id}),
        "ansicht": "veraenderung" if one.kind == "real" else "entwicklung",
    }
    if one.kind == "real":
        query |= {"zeit": one.period, "seit": one.period_before}
    return f"./{catalog.theme_of(one.indicator).id}?{urlencode(query)}"
