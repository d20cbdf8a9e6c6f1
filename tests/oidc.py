"""A small OpenID Connect provider on localhost: everybody who asks is logged in as one person.

Authorization code flow with PKCE (OpenID Connect Core 1.0, RFC 7636); tokens are signed with
RS256. It checks what a client must send, so that a login that works is a real one.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, PASSWORD = "quartierspuls", "k9Q2-vT7x"
PERSON = {"sub": "4711", "name": "Erika Mustermann", "email": "erika@stadt.test"}


@dataclass
class Provider:
    """`lifetime` is how many seconds the next token is valid, `key` what signs it."""

    address: str = ""
    lifetime: float = 3600
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    published: RSAKey | None = None
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def discovery(self) -> str:
        return f"{self.address}/.well-known/openid-configuration"

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def keys(self) -> dict[str, Any]:
        key = self.published or self.key
        return {"keys": [key.as_dict(private=False)]}

    def authorized(self, asked: dict[str, str]) -> str:
        """Where the browser goes back to, with a code that works once."""
        assert asked["client_id"] == CLIENT and asked["response_type"] == "code"
        assert "openid" in asked["scope"].split() and asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, asked: dict[str, str], password: str) -> dict[str, Any]:
        """Tokens for a code."""
        told = self.codes.pop(asked["code"])
        digest = hashlib.sha256(asked["code_verifier"].encode()).digest()
        assert base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == told["code_challenge"]
        assert asked["redirect_uri"] == told["redirect_uri"] and password == PASSWORD
        now = time.time()
        claims = {
            **PERSON,
            "iss": self.address,
            "aud": CLIENT,
            "iat": int(now),
            "exp": int(now + self.lifetime),
            "nonce": told["nonce"],
        }
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)
        return {"access_token": "x", "token_type": "Bearer", "id_token": signed}


@contextmanager
def running() -> Iterator[Provider]:
    """A provider on a free port."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked = {key: found[0] for key, found in parse_qs(parts.query).items()}
            if parts.path == "/authorize":
                self.send_response(302)
                self.send_header("location", provider.authorized(asked))
                self.end_headers()
            else:
                answers = {"/jwks": provider.keys, "/.well-known/openid-configuration": None}
                assert parts.path in answers
                self.tell(provider.keys() if parts.path == "/jwks" else provider.metadata())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            asked = {key: found[0] for key, found in parse_qs(body).items()}
            basic = self.headers.get("authorization", "").removeprefix("Basic ")
            name, _, password = base64.b64decode(basic).decode().partition(":")
            assert self.path == "/token" and name == CLIENT
            self.tell(provider.token(asked, password))

        def tell(self, values: dict[str, Any]) -> None:
            data = json.dumps(values).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("localhost", 0), Handler)
    provider.address = f"http://localhost:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
