"""How what is not for everybody may be started: what a login needs, and what is too unsafe.

That is the internal application, and the workbench, which builds and publishes. Only the internal
application asks for a login. The public one never opens the file of secrets:
`.streamlit/config.toml` names none, and what is read here is read for internal use alone.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from streamlit import config

from loaders import audience, releases
from model.language import _

SECRETS = Path(__file__).parent.parent / ".streamlit" / "secrets.toml"
LOCAL = ("localhost", "127.0.0.1", "::1")
CALLBACK = "/oauth2callback"
SECRET_LENGTH = 32
_PLACEHOLDER = re.compile(
    r"(?i)(?<![^\W_])(x{3,}|your|change|changeme|replace|placeholder|platzhalter|example|beispiel"
    r"|geheim|secret)(?![^\W_])|^x{3}|…|\.{3}|^<.*>$"
)
"""Whole words only: 'change-me', but not 'exchange'."""
_FEW = 10  # different characters; a random secret of 32 has about 20
_UNSAFE = {
    "server.trustedUserHeaders": (True, _("Wer sich anmeldet, sagte sonst die Anfrage selbst.")),
    "server.enableCORS": (False, _("Fremde Seiten könnten sonst lesen, was nicht für alle ist.")),
    "server.enableXsrfProtection": (
        False,
        _("Fremde Seiten könnten sonst in fremdem Namen handeln."),
    ),
}
"""Settings that are refused: what they are then, and why not."""


class StartError(Exception):
    """The application must not start like this; the text is a German sentence."""


@lru_cache(maxsize=1)
def login() -> Mapping[str, Any]:
    """What `[auth]` of secrets.toml says of the login; empty if there is none to be.

    The file is QUARTIERSPULS_SECRETS, else .streamlit/secrets.toml. Always empty for the public.
    Raises StartError if it cannot be read.
    """
    path = Path(os.environ.get("QUARTIERSPULS_SECRETS", SECRETS))
    if not audience.internal() or not path.exists():
        return {}
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8")).get("auth", {})
    except (OSError, ValueError) as error:
        raise StartError(_("{path} ist nicht zu lesen.").format(path=path)) from error
    if not isinstance(told, Mapping):
        raise StartError(_("[auth] in {path} ist keine Tabelle.").format(path=path))
    return told


def secrets() -> dict[str, Any] | None:
    """What Streamlit is handed as secrets: the login, and nothing where there is none."""
    return {"auth": dict(login())} if login() else None


def bench() -> str:
    """The city folder this process is the workbench of; empty for every other process."""
    return os.environ.get("QUARTIERSPULS_WORKBENCH", "")


def is_closed() -> bool:
    """Whether this process is not for everybody."""
    return audience.internal() or bool(bench())


def check() -> None:
    """Raise StartError if this process must not serve what it was started with.

    That is: a release for others, an internal application that is open to people who did not
    log in, or a workbench that other computers reach. A release that is missing or damaged is
    told on the page.
    """
    try:
        closed = is_closed()
        releases.current()
    except (audience.AudienceError, releases.AudienceMismatch) as error:
        raise StartError(str(error)) from error
    except releases.ReleaseError:
        pass
    if closed:
        for why in _unsafe():
            raise StartError(why)


def _unsafe() -> Iterator[str]:
    """Why a process that is not for everybody would be unsafe."""
    for option, (bad, why) in _UNSAFE.items():
        if bool(config.get_option(option)) is bad:
            yield _("Die Einstellung {option} ist hier nicht erlaubt. {why}").format(
                option=option, why=why
            )
    alone = config.get_option("server.address") in LOCAL
    if bench() and not alone:
        yield _(
            "Die Werkbank läuft nur auf dem eigenen Rechner: mit --server.address localhost "
            "starten (make workbench)."
        )
    if login():
        yield from _weak(login())
    elif not alone:
        yield _(
            "Ohne Anmeldung läuft die interne Anwendung nur auf dem eigenen Rechner: mit "
            "--server.address localhost starten (make internal) oder eine Anmeldung in "
            ".streamlit/secrets.toml einrichten, siehe docs/intern.md."
        )


def _weak(told: Mapping[str, Any]) -> Iterator[str]:
    """What of a login is missing, a placeholder, or sent in the clear."""
    secret = str(told.get("cookie_secret", ""))
    if len(secret) < SECRET_LENGTH or len(set(secret)) < _FEW or _PLACEHOLDER.search(secret):
        yield _(
            "cookie_secret in [auth] muss ein Zufallswert von mindestens {length} Zeichen sein; "
            "einen neuen macht: python -c 'import secrets; print(secrets.token_hex(32))'"
        ).format(length=SECRET_LENGTH)
    address = str(told.get("redirect_uri", ""))
    if not address.endswith(CALLBACK) or not _is_encrypted(address):
        yield _(
            "redirect_uri in [auth] muss mit https:// beginnen (http:// nur für localhost) und "
            "mit {end} enden."
        ).format(end=CALLBACK)
    providers = [one for one in told.values() if isinstance(one, Mapping) and "client_id" in one]
    for provider in providers or [told]:
        words = [str(provider.get(key, "")) for key in ("client_id", "client_secret")]
        if not all(words) or any(_PLACEHOLDER.search(word) for word in words):
            yield _("client_id und client_secret in [auth] fehlen oder sind Platzhalter.")
        if not _is_encrypted(str(provider.get("server_metadata_url", ""))):
            yield _("server_metadata_url in [auth] muss mit https:// beginnen.")


def _is_encrypted(address: str) -> bool:
    """Whether nobody on the way can read what is sent to an address."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    local = parts.scheme == "http" and parts.hostname in LOCAL
    return bool(parts.hostname) and (parts.scheme == "https" or local)
