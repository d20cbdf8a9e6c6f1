"""Signatures of the statistics unit: Ed25519 over a file's bytes, as one line of text.

RFC 8032. Such a line holds the method, a short id of the key for people, the public key and the
signature, in base64; a line of trusted keys is the same without the signature.
"""

from __future__ import annotations

import base64
import hashlib
import re

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_METHOD = "ed25519"
_KEY = rf"{_METHOD} ([0-9a-f]{{16}}) ([A-Za-z0-9+/]{{43}}=)"
_SIGNATURE = rf"{_KEY} ([A-Za-z0-9+/]{{86}}==)\n"


class SignatureError(ValueError):
    """A signature, or a list of keys, is none, or does not belong to what it stands beside."""


def key_id(key: bytes) -> str:
    """What people call a public key: the first 16 digits of its SHA-256."""
    return hashlib.sha256(key).hexdigest()[:16]


def key_line(key: bytes) -> str:
    """A public key as a line of the trusted keys."""
    return f"{_METHOD} {key_id(key)} {base64.b64encode(key).decode()}\n"


def signature_line(key: bytes, signature: bytes) -> str:
    """A signature and the public key it is to be verified with."""
    return f"{key_line(key).strip()} {base64.b64encode(signature).decode()}\n"


def signer(data: bytes, line: str) -> bytes:
    """The public key whose owner has signed the data; who that is, trusted keys have to say.

    Raises SignatureError if the line is no signature or not of these data.
    """
    found = re.fullmatch(_SIGNATURE, line)
    if found is None:
        raise SignatureError("no signature")
    key, signature = _key(found[1], found[2]), base64.b64decode(found[3])
    if signature_line(key, signature) != line:  # base64 has several texts for the same bytes
        raise SignatureError("not as it was written")
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, data)
    except (InvalidSignature, ValueError):
        raise SignatureError("not of these data") from None
    return key


def keys(text: str) -> tuple[bytes, ...]:
    """The public keys of a list of trusted ones; lines that begin with # are remarks.

    Raises SignatureError if another line is no key, or there is no key.
    """
    lines = [line.strip() for line in text.splitlines()]
    found = [re.fullmatch(_KEY, line) for line in lines if line and not line.startswith("#")]
    if not found or None in found:
        raise SignatureError("no list of keys")
    return tuple(_key(one[1], one[2]) for one in found if one)


def _key(name: str, text: str) -> bytes:
    key = base64.b64decode(text)
    if key_id(key) != name:
        raise SignatureError("another key than its id says")
    return key
