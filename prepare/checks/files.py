"""Checks of files on disk before anything is read: size, kind, lock, repetition, recipe."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from prepare import textfiles, workbooks
from prepare.findings import Finding
from prepare.recipes import Recipe

WORKBOOK_BYTES = 100 * 2**20
"""A workbook above this size is not opened; a text file is streamed and may be larger."""
TEXT_BYTES = 16 * 2**30
INFLATED_BYTES = 2**30
"""What the parts of a workbook may hold together once unpacked."""

_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_ZIPPED = frozenset({".xlsx", ".xlsm", ".xlsb", ".ods"})
_FILEPASS = re.compile(rb"\x09\x08\x10\x00\x00\x06.{14}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
_PAPERS = re.compile(r"(?i)(readme|liesmich|source|quelle|licen[sc]e|lizenz)")
_KINDS = (
    (b"%PDF", "ein PDF"),
    (_ZIP, "ein ZIP-Archiv oder eine Arbeitsmappe"),
    (_OLE, "eine Arbeitsmappe im alten Excel-Format"),
    (b"\x89PNG", "ein Bild"),
    (b"\xff\xd8\xff", "ein Bild"),
)


def unreadable(path: Path, name: str) -> list[Finding]:
    """Why a file cannot be read at all; [] if nothing speaks against trying."""
    suffix = path.suffix.lower()
    size = path.stat().st_size
    with path.open("rb") as file:
        start = file.read(4096)
    if not start.strip():
        message = "Die Datei ist leer." if not size else "Die Datei enthält nur Leerzeichen."
        return [Finding("file_empty", name, "", message, "Datei neu anfordern oder exportieren.")]
    if suffix in workbooks.SUFFIXES:
        return _unreadable_workbook(path, name, suffix, size, start)
    if suffix in textfiles.SUFFIXES:
        return _unreadable_text(name, size, start)
    return []


def _too_large(name: str, size: int, limit: int) -> Finding:
    message = f"Die Datei hat {size // 2**20} MB; gelesen werden höchstens {limit // 2**20} MB."
    remedy = "Leere Zeilen, Bilder und ungenutzte Blätter entfernen oder als CSV liefern."
    return Finding("file_too_large", name, "", message, remedy)


def _unreadable_workbook(
    path: Path, name: str, suffix: str, size: int, start: bytes
) -> list[Finding]:
    if size > WORKBOOK_BYTES:
        return [_too_large(name, size, WORKBOOK_BYTES)]
    if _is_encrypted(path, suffix, start):
        message = "Die Arbeitsmappe ist mit einem Kennwort geschützt."
        remedy = "In Excel öffnen und unter Datei, Informationen ohne Kennwort speichern."
        return [Finding("file_encrypted", name, "", message, remedy)]
    if not start.startswith((_ZIP, _OLE)):
        message = f"Die Datei heißt {suffix}, ist aber {_kind(start)}."
        remedy = "In Excel öffnen und als .xlsx speichern, oder mit der richtigen Endung liefern."
        return [Finding("file_no_workbook", name, "", message, remedy)]
    if start.startswith(_ZIP) and (inflated := _inflated(path)) > INFLATED_BYTES:
        message = f"Entpackt hätte die Arbeitsmappe {inflated // 2**20} MB."
        remedy = "Die Datei nicht öffnen; klären, woher sie kommt, und neu anfordern."
        return [Finding("file_inflates", name, "", message, remedy)]
    return []


def _is_encrypted(path: Path, suffix: str, start: bytes) -> bool:
    """Whether Excel asks for a password: an OLE container around the package, or FILEPASS."""
    if not start.startswith(_OLE):
        return False
    data = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in data:
        return True
    return suffix not in _ZIPPED and _FILEPASS.search(data) is not None


def _inflated(path: Path) -> int:
    """Bytes of all parts of a ZIP archive as its directory declares them; 0 if it has none."""
    try:
        with zipfile.ZipFile(path) as archive:
            return sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, OSError):
        return 0


def _unreadable_text(name: str, size: int, start: bytes) -> list[Finding]:
    if size > TEXT_BYTES:
        return [_too_large(name, size, TEXT_BYTES)]
    wide = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    if start.startswith(tuple(mark for mark, _ in _KINDS)) or (b"\0" in start and not wide):
        message = f"Die Datei ist kein Text, sondern {_kind(start)}."
        remedy = "Als Text mit Trennzeichen exportieren, oder mit der richtigen Endung liefern."
        return [Finding("file_no_text", name, "", message, remedy)]
    return []


def _kind(start: bytes) -> str:
    """German words for what the first bytes of a file tell."""
    for mark, words in _KINDS:
        if start.startswith(mark):
            return words
    if re.match(rb"(?i)\s*(?:\xef\xbb\xbf)?<(?:!doctype|html|table|\?xml)", start):
        return "eine Webseite (HTML)"
    return "eine Datei mit Binärdaten" if b"\0" in start else "eine Textdatei"


def paths(folder: Path, pattern: str) -> list[Path]:
    """The files of a recipe's glob in the order of their names; Excel's lock files are none."""
    return sorted(p for p in folder.glob(pattern) if p.is_file() and p.name[:2] != "~$")


def findings(folder: Path, recipes: Sequence[Recipe], known: Iterable[Path]) -> list[Finding]:
    """Tables no recipe claims, and files that lie there twice; `known` are files in other use."""
    claimed = {path for recipe in recipes for path in paths(folder, recipe.files)}
    return list(_unclaimed(folder, claimed | set(known))) + list(_repeated(folder, claimed))


def _unclaimed(folder: Path, claimed: set[Path]) -> Iterator[Finding]:
    for path in sorted(folder.rglob("*")):
        table = path.suffix.lower() in workbooks.SUFFIXES | textfiles.SUFFIXES
        hidden = path.name[:1] in "~." or _PAPERS.match(path.name)
        if table and not hidden and path not in claimed and path.is_file():
            yield Finding(
                "file_unclaimed",
                path.relative_to(folder).as_posix(),
                "",
                "Kein Rezept liest diese Datei; was in ihr steht, fehlt.",
                "Wie in files eines Rezepts benennen, ein Rezept anlegen oder die Datei entfernen.",
            )


def _repeated(folder: Path, claimed: set[Path]) -> Iterator[Finding]:
    """Files with the same content under two names; files of other sizes are not read."""
    sizes: dict[int, list[Path]] = {}
    for path in sorted(claimed):
        sizes.setdefault(path.stat().st_size, []).append(path)
    seen: dict[tuple[int, str], Path] = {}
    for size, same in sizes.items():
        for path in same if len(same) > 1 and size else []:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            first = seen.setdefault((size, digest), path)
            if first != path:
                yield Finding(
                    "file_repeated",
                    path.relative_to(folder).as_posix(),
                    "",
                    f'Die Datei hat denselben Inhalt wie "{first.relative_to(folder).as_posix()}".',
                    "Prüfen, ob statt der neuen die alte Datei abgelegt wurde; eine entfernen.",
                )
