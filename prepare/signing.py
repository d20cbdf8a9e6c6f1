"""The key of the statistics unit: made once, kept in the vault, trusted from the first release on.

The private key never lies beside the releases. The public one does, as soon as the first release
is published; it is never replaced by a program, for whoever could do that could sign anything.
"""

from __future__ import annotations

from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from model import signatures
from model.manifest import TRUSTED
from model.signatures import SignatureError
from prepare import durable, journal, locking, vault
from prepare.failures import ImpossibleError
from prepare.findings import Finding, PreparationError

KEY = "signing.key"
_PUBLIC = ".pub"
_SECRET = 0o600


def beside(releases: Path) -> Path:
    """Where the key lies if nothing else is said: in the vault beside the folder of releases."""
    return vault.beside(releases) / KEY


def key(path: Path) -> Ed25519PrivateKey:
    """The private key in that file (PKCS #8, PEM), made if there is none.

    The public one is written beside it, with the ending .pub. Raises ImpossibleError if the file
    is no such key, OSError if the disk refuses.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with locking.locked(path.parent):
        if not path.exists():
            _make(path)
    try:
        found = serialization.load_pem_private_key(path.read_bytes(), None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        found = None
    if not isinstance(found, Ed25519PrivateKey):
        raise ImpossibleError(
            f"Der Schlüssel {path} ist unlesbar. Bitte aus der Sicherung zurückholen."
        )
    return found


def _make(path: Path) -> None:
    made = Ed25519PrivateKey.generate()
    text = made.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    durable.put(path.with_suffix(_PUBLIC), signatures.key_line(public(made)).encode())
    durable.put(path, text, _SECRET)


def public(key: Ed25519PrivateKey) -> bytes:
    """The public half of a key, 32 bytes."""
    return key.public_key().public_bytes_raw()


def signature(key: Ed25519PrivateKey, data: bytes) -> str:
    """The signature of the data as a line of text."""
    return signatures.signature_line(public(key), key.sign(data))


def check_trusted(key: bytes, releases: Path, about: str) -> None:
    """Refuse a public key that is not the one of the first publication, or was added by hand.

    `about` is what it has signed, or is to sign. Before the first publication any key will do.
    Raises PreparationError, ImpossibleError if the list of trusted keys is unreadable.
    """
    trusted = _trusted(releases)
    if trusted is None or key in trusted:
        return
    known = ", ".join(map(signatures.key_id, trusted))
    raise PreparationError(
        [
            Finding(
                "release_untrusted",
                about,
                "",
                f"Der Schlüssel {signatures.key_id(key)} ist keiner, dem hier vertraut wird "
                f"({known}).",
                "Den bisherigen Schlüssel aus der Sicherung zurückholen. Wurde er gewechselt: die "
                f"Zeile aus signing.pub von Hand an {releases / TRUSTED} anhängen.",
            )
        ]
    )


def trust(key: bytes, releases: Path) -> None:
    """Trust the key of the first publication from now on. Raises OSError.

    Where keys are trusted already, nothing changes. The caller holds the lock.
    """
    if _trusted(releases) is None:
        durable.put(releases / TRUSTED, signatures.key_line(key).encode())


def _trusted(releases: Path) -> tuple[bytes, ...] | None:
    """The trusted keys; None before the first publication."""
    path = releases / TRUSTED
    try:
        return signatures.keys(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if not journal.journal(releases).keys:
            return None
        raise ImpossibleError(
            f"Die Liste der Schlüssel {path} fehlt, obwohl schon Datenstände veröffentlicht sind. "
            "Bitte aus der Sicherung zurückholen."
        ) from None
    except (SignatureError, UnicodeDecodeError):
        raise ImpossibleError(
            f"Die Liste der Schlüssel {path} ist unlesbar. Bitte aus der Sicherung zurückholen."
        ) from None
