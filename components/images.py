"""Drawings of views as images of a page, each at its own address, as wide as the screen needs.

A narrow drawing is made when the first phone asks for it, or when several stand beside each other;
then it is kept, as the view is.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from components import describing, web
from components.described import Described, Picture
from documents import drawings
from loaders import releases
from model import collection, zones
from model.collection import Entry

_PHONE = "(max-width: 640px)"
"""Screens that get the narrow drawing."""
_WIDE, _SLIM = "breit", "schmal"
_HIGHEST = 620
"""Pixels a drawing is high at most, so that it is seen with what stands around it."""


def routes() -> list[Route]:
    """The address of all drawings of views."""
    return [Route(f"{web.base_path()}/{web.DRAWN}/{{release}}/{{page}}/{{name}}.svg", _answer)]


def figures(told: Described, release: releases.Release, entry: Entry, up: str = "./") -> str:
    """The drawings of an entry as HTML; `up` leads from the page to the application."""
    query = dict(entry.query) | ({zones.KEY: zones.text(release.zones)} if release.zones else {})
    folder = f"{up}{web.DRAWN}/{release.id}/{entry.page}"
    said = f"?{urlencode(query)}" if query else ""
    asked = collection.entry(entry.page, query)
    several = len(told.pictures) > 1
    made = ""
    for place, picture in enumerate(told.pictures):
        wide, slim = (f"{folder}/{place}-{width}.svg{said}" for width in (_WIDE, _SLIM))
        # One of several has only a column, on any screen.
        column = _drawn(release, asked, place, _SLIM) if several and picture.slim else None
        if column:
            made += _figure(picture, column, slim)
        else:
            made += _figure(picture, picture.svg, wide, slim if picture.slim else "")
    return made


def _figure(picture: Picture, svg: str, address: str, slim: str = "") -> str:
    """A drawing with its caption, as large as `svg` is; phones get it from `slim`, if that is."""
    caption = f"<figcaption>{escape(picture.caption)}</figcaption>" if picture.caption else ""
    width, height = drawings.extent(svg)
    part = min(1.0, _HIGHEST / height)
    narrow = f'<source media="{_PHONE}" srcset="{escape(slim)}">' if slim else ""
    # The room is kept free, so that what stands below does not move when the image comes.
    return (
        f'<figure>{caption}<picture>{narrow}<img src="{escape(address)}" '
        f'width="{width * part:.0f}" height="{height * part:.0f}" '
        f'alt="{escape(picture.alternative)}"></picture></figure>'
    )


def _answer(request: Request) -> Response:
    # Drawing takes a moment; Starlette runs plain functions beside its loop.
    asked, page, name = (request.path_params[key] for key in ("release", "page", "name"))
    place, _dash, width = name.partition("-")
    try:
        found = [own for own in releases.recent() if own.id == asked]
    except releases.ReleaseError:
        found = []
    for release in found:
        known = page in describing.pages(release) and place.isdecimal() and len(place) < 4
        entry = collection.entry(page, request.query_params)
        try:
            drawn = _drawn(release, entry, int(place), width) if known else None
        except releases.ReleaseError:
            drawn = None  # the files of the release before may be gone
        if drawn is not None:
            # The same release may be drawn otherwise after an update.
            kept = {"cache-control": "no-store" if release.internal else web.SHORT}
            return Response(drawn, headers=kept, media_type="image/svg+xml")
    return PlainTextResponse("", status_code=404, headers={"cache-control": "no-store"})


@lru_cache(maxsize=256)
def _drawn(release: releases.Release, entry: Entry, place: int, width: str) -> str | None:
    """A drawing with its type; None where the entry has none in this place and width."""
    told = describing.of(release, entry)
    if told is None or place >= len(told.pictures):
        return None
    picture = told.pictures[place]
    own = {_WIDE: lambda: picture.svg, _SLIM: picture.slim}.get(width)
    return drawings.complete(own()) if own else None
