"""What surrounds the Streamlit app on the wire: language, security headers, own files, geometry.

Streamlit writes `lang="en"` and English built-in words, has no content security policy and does
not let its static files be cached for long. The `Shell` middleware mends the first three; the
routes serve our scripts and a release's geometry under names that change with their content.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route
from streamlit import config

from loaders import areas, releases
from model.language import LANGUAGE

STATIC = Path(__file__).parent / "static"
FOREVER = "public, max-age=31536000, immutable"
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob:",
        "worker-src 'self' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws: wss: data: blob:",
        "frame-ancestors 'self'",
        "base-uri 'self'",
    )
)
HEADERS = {
    b"content-security-policy": POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
}


@lru_cache
def static_url(name: str) -> str:
    """The address of one of our scripts, relative to any page, changing with its content."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
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
    path = STATIC / Path(request.path_params["name"]).name
    if not path.is_file():
        return PlainTextResponse("", status_code=404)
    return FileResponse(path, headers={"cache-control": FOREVER})


async def _geometry(request: Request) -> Response:
    release = releases.current()
    name = areas.geometry_path(release, Path(request.path_params["level"]).stem)
    if name is None:
        return PlainTextResponse("", status_code=404)
    return FileResponse(
        release.folder / name, headers={"cache-control": FOREVER}, media_type="application/geo+json"
    )


def routes() -> list[Route]:
    """Our own addresses, below the base path the server is told to use."""
    base = "/" + config.get_option("server.baseUrlPath").strip("/")
    base = base.rstrip("/")
    return [
        Route(f"{base}/teile/{{digest}}/{{name}}", _static),
        Route(f"{base}/karten/{{digest}}/{{level}}", _geometry),
    ]


class Shell:
    """ASGI middleware: German page shell and security headers for every answer."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass the request on; rewrite HTML pages, add headers to everything."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        # A compressed page could not be rewritten, and it is small.
        if "." not in scope["path"].rsplit("/", 1)[-1]:
            scope["headers"] = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
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
                    body = german(page.decode()).encode()
                    kept = [pair for pair in start["headers"] if pair[0] != b"content-length"]
                    length = (b"content-length", str(len(body)).encode())
                    await send({**start, "headers": [*kept, length]})
                    await send({"type": "http.response.body", "body": body})
                return
            await send(message)

        await self.app(scope, receive, answer)


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
    )
    return page.replace("</head>", f"{own}\n  </head>", 1)
