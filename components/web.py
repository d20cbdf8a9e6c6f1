"""What surrounds the Streamlit app on the wire: language, security headers, own files, geometry.

Streamlit writes `lang="en"` and English built-in words, has no content security policy and does
not let its static files be cached for long. The `Shell` middleware mends the first three; the
routes serve our scripts and a release's geometry under names that change with their content.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from streamlit import config

from loaders import news, releases
from model.language import LANGUAGE

STATIC = Path(__file__).parent / "static"
FOREVER = "public, max-age=31536000, immutable"
SHORT = "public, max-age=300"
EMBEDDED = "einbetten"
"""The address of views that other web pages may frame, below the base path."""
DRAWN = "bilder"
"""The address of drawings of views, below the base path."""
FEED = "neues.xml"
"""The address of the news as a feed, below the base path."""
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob:",
        "worker-src 'self' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data: blob:",
        "object-src 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
        "base-uri 'self'",
    )
)
HEADERS = {
    b"content-security-policy": POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
}


_UNWANTED = (b"accept-encoding", b"if-none-match", b"if-modified-since")
_OUTDATED = (
    b"content-length",
    b"content-encoding",
    b"etag",
    b"last-modified",
    b"cache-control",
)
_OWN = (
    *("teile", "karten", DRAWN, EMBEDDED),
    *("_stcore", "static", "media", "component", "oauth2callback", "auth"),
)


@lru_cache
def static_url(name: str) -> str:
    """The address of one of our files, relative to any page, changing with its content.

    Files of a kind have one digest, so that a script finds those beside it that it imports.
    """
    kind = sorted(STATIC.glob(f"*{Path(name).suffix}"))
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in kind)).hexdigest()[:12]
    return f"./teile/{digest}/{name}"


def loader(name: str) -> str:
    """A component's script: two lines that fetch the real one, so that it is sent only once."""
    address = json.dumps(static_url(name))
    return (
        f"const script = import(new URL({address}, document.baseURI));\n"
        "export default (component) => script.then((found) => found.default(component));\n"
    )


def stylesheet(name: str) -> str:
    """A component's style: a reference to the real one, in two lines as Streamlit wants it."""
    return f"@import url('{static_url(name)}');\n:host {{ display: block; }}\n"


def geometry_url(release: releases.Release, level: str) -> str:
    """The address of a level's polygons, relative to any page, changing with their content.

    'surroundings' are the municipalities around the city.
    """
    digest = release.manifest["files"][f"geometry/{level}.json"]["sha256"][:12]
    return f"./karten/{digest}/{level}.json"


async def _static(request: Request) -> Response:
    name = Path(request.path_params["name"]).name
    path = STATIC / name
    if not path.is_file() or static_url(name).split("/")[2] != request.path_params["digest"]:
        return _absent()
    return FileResponse(path, headers={"cache-control": FOREVER})


async def _geometry(request: Request) -> Response:
    name = f"geometry/{Path(request.path_params['level']).name}"
    try:
        for release in releases.recent():
            digest = str(release.manifest["files"].get(name, {}).get("sha256", ""))[:12]
            # Under another digest a browser would keep the wrong polygons for a year.
            if digest == request.path_params["digest"]:
                data = release.read(name)
                kept = {"cache-control": FOREVER}
                return Response(data, headers=kept, media_type="application/geo+json")
    except releases.ReleaseError:
        pass
    return _absent()


async def _feed(_request: Request) -> Response:
    """The current release's news; what is not for everybody stays in no cache."""
    try:
        release = releases.current()
        data = release.read(news.FEED)
    except releases.ReleaseError:
        return _absent()
    kept = {"cache-control": "no-store" if release.internal else SHORT}
    return Response(data, headers=kept, media_type="application/atom+xml")


def _absent() -> Response:
    return PlainTextResponse("", status_code=404, headers={"cache-control": "no-store"})


def routes() -> list[Route]:
    """Our own addresses, below the base path the server is told to use."""
    base = base_path()
    return [
        Route(f"{base}/teile/{{digest}}/{{name}}", _static),
        Route(f"{base}/karten/{{digest}}/{{level}}", _geometry),
        Route(f"{base}/{FEED}", _feed),
    ]


def base_path() -> str:
    """The path below which the server is told to serve, without a slash at its end."""
    path = str(config.get_option("server.baseUrlPath"))
    return ("/" + path.strip("/")).rstrip("/")


class Shell:
    """ASGI middleware: German page shell and security headers for every answer."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass the request on; rewrite HTML pages, add headers to everything."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        # A compressed page could not be rewritten, and one a browser kept from before an update
        # would name scripts that are no more.
        if "." not in scope["path"].rsplit("/", 1)[-1]:
            scope["headers"] = [pair for pair in scope["headers"] if pair[0] not in _UNWANTED]
        if elsewhere := _elsewhere(scope["path"]):
            await elsewhere(scope, receive, send)
            return
        if scope["path"].startswith(f"{base_path()}/{EMBEDDED}/"):
            # It is complete, and brings what others may do with it.
            await self.app(scope, receive, send)
            return
        start: dict[str, Any] = {}
        page = bytearray()

        async def answer(message: Any) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *(pair for pair in message["headers"] if pair[0] not in HEADERS),
                    *HEADERS.items(),
                ]
                if dict(message["headers"]).get(b"content-type", b"").startswith(b"text/html"):
                    start.update(message)
                    return
            elif start:
                page.extend(message.get("body", b""))
                if not message.get("more_body"):
                    packed = dict(start["headers"]).get(b"content-encoding") == b"gzip"
                    body = german((gzip.decompress(page) if packed else page).decode()).encode()
                    kept = [pair for pair in start["headers"] if pair[0] not in _OUTDATED]
                    length = (b"content-length", str(len(body)).encode())
                    fresh = (b"cache-control", b"no-cache")
                    await send({**start, "headers": [*kept, length, fresh]})
                    await send({"type": "http.response.body", "body": body})
                return
            await send(message)

        await self.app(scope, receive, answer)


def _elsewhere(path: str) -> Response | None:
    """Where an address below a page leads: to the page; to nothing, if it asks for a file there.

    Streamlit would answer with a page whose scripts are not found.
    """
    base = base_path()
    first, _slash, rest = path.removeprefix(base).strip("/").partition("/")
    if not rest or first in _OWN:
        return None
    if rest.split("/")[0] in _OWN:
        return _absent()
    return RedirectResponse(f"{base}/{quote(first)}")


def german(page: str) -> str:
    """Streamlit's page with our language, title, head script and styles."""
    page = page.replace('<html lang="en">', f'<html lang="{LANGUAGE}">')
    page = page.replace("<title>Streamlit</title>", "<title>Quartierspuls</title>")
    page = page.replace(
        "You need to enable JavaScript to run this app.",
        "Diese Anwendung braucht JavaScript. Bitte schalten Sie es im Browser ein.",
    )
    page = re.sub(r"\s*<link rel=\"service-desc\"[^>]*>", "", page)
    own = (
        f'<script src="{static_url("shell.js")}"></script>'
        f'<link rel="stylesheet" href="{static_url("app.css")}">'
        f'<link rel="alternate" type="application/atom+xml" href="./{FEED}">'
    )
    return page.replace("</head>", f"{own}\n  </head>", 1)
