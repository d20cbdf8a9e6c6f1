"""What every page shares: brand, notes, headings, notices, the last line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape
from urllib.parse import quote

import streamlit as st
import vl_convert as vlc

from components import colours
from loaders import audience, releases
from model import formats, wording
from model.areas import Area
from model.language import _

_SIGN = (
    f'<rect width="34" height="34" y="3" rx="7" fill="{colours.ACCENT}"/>'
    '<path d="M4 22h6l3-9 5 15 4-9 2 3h6" fill="none" stroke="#fff" stroke-width="2.6"/>'
)
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox='
ICON = "data:image/svg+xml," + quote(f'{_SVG}"0 3 34 34">{_SIGN}</svg>', safe=" =/:'\"<>")
"""The sign of the brand as an address of its own: a file of Streamlit's can be gone at times."""


def brand(release: releases.Release | None) -> None:
    """Name of the application and the city, if one is shown, left of the navigation."""
    city = f" · {release.catalog.city.name}" if release else ""
    st.logo(_logo(f"Quartierspuls{city}"), size="large")


@lru_cache(maxsize=2)
def _logo(name: str) -> bytes:
    """The brand as PNG: a picture goes out as an address, a drawing as text with every answer."""
    width = 46 + 10 * len(name)
    return vlc.svg_to_png(
        f'{_SVG}"0 0 {width} 40" width="{width}" height="40">{_SIGN}'
        f'<text x="44" y="27" font-family="Arial, Liberation Sans, sans-serif" font-size="20"'
        f' font-weight="700" fill="{colours.INK}">{escape(name)}</text></svg>',
        scale=3,
    )


def closed() -> None:
    """Say on every page of the internal application that it is not for everybody."""
    if audience.internal():
        st.html(f'<p class="qp-internal" role="note">{escape(wording.INTERNAL)}</p>')


def banner(release: releases.Release) -> None:
    """Say on every page when figures come from a model."""
    if release.modelled:
        note = wording.modelled_note(release.catalog.city, published_too=True)
        st.html(f'<p class="qp-banner" role="note">{escape(note)}.</p>')


def title(text: str, lead: str = "") -> None:
    """Heading and lead of a page without a view."""
    said = f'<p class="lead">{escape(lead)}</p>' if lead else ""
    st.html(f'<header class="qp-head"><h1>{escape(text)}</h1>{said}</header>')


def section(text: str) -> None:
    """The heading of a part of a page."""
    st.html(f'<h2 class="qp-section">{escape(text)}</h2>')


def area_links(page: str, areas: Iterable[Area], look: str = "qp-areas") -> str:
    """Areas as a list of links to their view of a page, as HTML."""
    links = "".join(
        f'<li><a href="./{page}?gebiet={escape(area.id)}" target="_self">'
        f"{escape(area.name)}</a></li>"
        for area in areas
    )
    return f'<ul class="{look}">{links}</ul>'


def literal(text: str) -> str:
    """Text for places where Streamlit reads Markdown, with nothing in it meaning anything."""
    return re.sub(r"([\\`*_\[\]:$~<>#|])", r"\\\1", text)


def notices(texts: Sequence[str]) -> None:
    """What of a link could not be followed."""
    if texts:
        st.info(" ".join(texts))


def failure() -> None:
    """What a reader sees instead of a traceback."""
    st.error(
        _(
            "Diese Ansicht konnte nicht berechnet werden. Bitte laden Sie die Seite neu oder "
            "gehen Sie zur Startseite."
        )
    )


def footer(release: releases.Release) -> None:
    """The last line of every page."""
    city = release.catalog.city
    text = _("Quartierspuls {city} · Datenstand {month} · Veröffentlichung {release}").format(
        city=city.name, month=formats.month(city.edition), release=release.id
    )
    st.html(f'<footer class="qp-foot">{escape(text)}</footer>')
