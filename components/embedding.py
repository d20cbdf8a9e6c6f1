"""A view inside other web pages: one light page without scripts, for everybody only.

`/einbetten/PAGE?QUERY` tells the same view as `/PAGE?QUERY`. It is the only address that others may
frame; the application itself cannot be framed by strangers.
"""

from __future__ import annotations

from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from components import described, describing, images, web
from components.described import Described
from loaders import audience, releases
from model import collection
from model.language import LANGUAGE, _

_NO_NUMBERS = _("Zurzeit gibt es keine Zahlen.")
HEADERS = {
    "content-security-policy": "default-src 'none'; img-src 'self' data:; style-src 'self'; "
    "style-src-attr 'unsafe-inline'; base-uri 'self'; form-action 'none'; frame-ancestors *",
    "cache-control": web.SHORT,
}
HEIGHT = 760
"""Pixels that show most views without scrolling on a page of usual width."""


def routes() -> list[Route]:
    """The address of embedded views; none where figures are not for everybody."""
    if audience.internal():
        return []
    return [Route(f"{web.base_path()}/{web.EMBEDDED}/{{page}}", _page)]


def snippet(address: str, title: str) -> str:
    """What somebody puts into their own page to show the view at `address`."""
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="100%" height="{HEIGHT}" '
        'style="border:0" loading="lazy"></iframe>'
    )


def _page(request: Request) -> Response:
    # Drawing takes a moment; Starlette runs plain functions beside its loop.
    path, query = request.path_params["page"], dict(request.query_params)
    try:
        release = releases.current()
    except releases.ReleaseError:
        return _refused(_NO_NUMBERS, 503)
    if release.internal or path not in describing.pages(release):
        return _refused(_("Diese Ansicht gibt es nicht."), 404)
    entry = collection.entry(path, query)
    try:
        told = describing.of(release, entry)
    except releases.ReleaseError:
        return _refused(_NO_NUMBERS, 503)
    if told is None:
        return _refused(describing.GONE, 404)
    drawn = images.figures(told, release, entry, up="../")
    return HTMLResponse(_markup(told, drawn, f"../{entry.address}"), headers=HEADERS)


def _refused(text: str, code: int) -> Response:
    kept = {**HEADERS, "cache-control": "no-store"}
    return PlainTextResponse(text, code, headers=kept)


def _markup(told: Described, drawn: str, back: str) -> str:
    """The whole page. Its links open beside the page that frames it."""
    link = f'<p class="qp-more"><a href="{escape(back)}">{escape(_("Ansicht öffnen"))}</a></p>'
    sheet = (
        f'<main class="qp-sheet"><h1>{escape(told.title)}</h1>'
        f'<p class="about">{escape(told.about)}</p>{described.notices(told)}'
        f"{described.body(told, drawn)}"
        f'<div class="qp-origin">{"<br>".join(map(escape, told.origin))}{told.sources}</div>'
        f"{link}</main>"
    )
    style = web.static_url("app.css").removeprefix("./")
    return (
        f'<!doctype html><html lang="{LANGUAGE}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(told.title)}</title><link rel="stylesheet" href="../{style}">'
        f'<base target="_blank"></head><body class="qp-embedded">'
        f"{sheet.replace(_SAME_TAB, '').replace(_HERE, _UP)}</body></html>"
    )


_SAME_TAB = ' target="_self"'
_HERE, _UP = 'href="./', 'href="../'
"""Addresses within a view begin beside it; an embedded one lies a step below."""
