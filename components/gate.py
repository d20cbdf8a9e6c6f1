"""The door of what is not for everybody, on the wire, before any page is asked for.

A page demands the login itself (components/login.py). What has an address of its own beside the
pages, such as geometry and files to take along, is demanded here.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any

from starlette.middleware import Middleware
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from components import access, web

_GUARDED = ("karten", "media", web.DRAWN, web.FEED)
_PASSED_ON = ("forwarded", "x-forwarded-", "x-real-ip", "via")
"""How headers start that a proxy adds."""


class Gate:
    """ASGI middleware: with a login, whoever did not log in gets no file of the release.

    Without one, and at the workbench, only this computer is answered at all: not others, and not
    through a proxy that says it is one.
    """

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] not in ("http", "websocket") or _admitted(HTTPConnection(scope)):
            https = str(access.login().get("redirect_uri", "")).startswith("https:")
            await self.app(scope, receive, _sealed(send) if https else send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            closed = PlainTextResponse("", status_code=403, headers={"cache-control": "no-store"})
            await closed(scope, receive, send)


def middleware() -> list[Middleware]:
    """The door, where there is one: the public application has none."""
    return [Middleware(Gate)] if access.is_closed() else []


def is_valid(user: Mapping[str, Any]) -> bool:
    """Whether claims of an identity token are those of somebody logged in, and not expired."""
    expires = user.get("exp")
    if isinstance(expires, bool) or not isinstance(expires, int | float):
        return False
    return user.get("is_logged_in") is True and time.time() < expires


def _sealed(send: Any) -> Any:
    """Send what is sent, but cookies only ever by HTTPS: Streamlit leaves that mark out."""

    async def answer(message: Any) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [
                (name, value + b"; Secure")
                if name.lower() == b"set-cookie" and b"; secure" not in value.lower()
                else (name, value)
                for name, value in message["headers"]
            ]
        await send(message)

    return answer


def _admitted(request: HTTPConnection) -> bool:
    if (access.bench() or not access.login()) and not _is_here(request):
        return False
    if not access.login():
        return True
    first = request.scope["path"].removeprefix(web.base_path()).strip("/").partition("/")[0]
    return first not in _GUARDED or is_valid(_user(request.cookies))


def _is_here(request: HTTPConnection) -> bool:
    """Whether a request comes from this computer and is meant for it, by no detour."""
    client = request.client.host if request.client else ""
    host = request.url.hostname or ""
    detour = any(name.startswith(_PASSED_ON) for name in request.headers)
    return client in access.LOCAL and host in access.LOCAL and not detour


def _user(cookies: Mapping[str, str]) -> Mapping[str, Any]:
    """The claims in the signed cookie; empty if there is none or it was tampered with."""
    secret = str(access.login()["cookie_secret"])

    def signed(name: str) -> bytes | None:
        value = cookies.get(name)
        return (value and decode_signed_value(secret, name, value.encode("latin-1"))) or None

    try:
        found = json.loads(get_cookie_with_chunks(signed, USER_COOKIE_NAME) or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, Mapping) else {}
