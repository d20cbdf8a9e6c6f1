"""Why a command cannot run at all: one German sentence, whatever the system calls it."""

from __future__ import annotations

import errno

_WORDS = {
    errno.EACCES: "Der Zugriff wird verweigert",
    errno.EPERM: "Der Zugriff wird verweigert",
    errno.EROFS: "Der Datenträger lässt sich nur lesen",
    errno.ENOSPC: "Auf dem Datenträger ist kein Platz mehr",
    errno.EDQUOT: "Auf dem Datenträger ist kein Platz mehr",
    errno.EFBIG: "Auf dem Datenträger ist kein Platz mehr",
    errno.ENOENT: "Datei oder Ordner fehlt",
    errno.ENOTDIR: "Hier steht eine Datei, wo ein Ordner sein muss",
    errno.EEXIST: "Hier steht eine Datei, wo ein Ordner sein muss",
    errno.EISDIR: "Hier steht ein Ordner, wo eine Datei sein muss",
    errno.EIO: "Der Datenträger meldet einen Fehler",
}


class ImpossibleError(Exception):
    """The command cannot run; the text is a German sentence that says what to do."""


def words(error: OSError) -> str:
    """What the system refuses, in German, with the file it is about."""
    said = _WORDS.get(error.errno or 0, "Das System meldet einen Fehler")
    detail = "" if error.errno in _WORDS else f" ({error.strerror or error})"
    return f"{said}{detail}" + (f": {error.filename}" if error.filename else "") + "."
