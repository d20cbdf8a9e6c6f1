"""Uploaded files: whether their names and sizes are taken, and where they belong.

Nothing here opens a file to read what it says: it is named and measured.
"""

from __future__ import annotations

import difflib
import fnmatch
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Literal

from loaders.workbench import Bench, Expected
from model.language import _

TYPES = ("csv", "txt", "tsv", "xlsx", "xls", "xlsm", "xlsb", "ods", "geojson", "zip", "gpkg")
"""What may be uploaded. Macros of .xlsm and .xls are data here: only cells are read."""
MOST_FILES = 40
MOST_BYTES = 50 * 2**20
INFLATED_BYTES = 2**30
"""What an archive or a workbook may hold once unpacked, as its directory declares."""
_GLOB = re.compile(r"[*?\[]")
_UNNAMED = re.compile(r'[<>:"|?*]')


class UploadError(Exception):
    """A file is not taken; the text is a German sentence."""


@dataclass(frozen=True)
class Upload:
    """One uploaded file: the name the browser gave it (untrusted) and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Placed:
    """Where an upload goes, below the deliveries.

    `there` says what is at its place: nothing, another file that it replaces, or the same.
    """

    upload: Upload
    path: str
    titles: tuple[str, ...]
    there: Literal["nothing", "other", "same"]


@dataclass(frozen=True)
class Unplaced:
    """Why an upload is not taken: a German sentence; `nearest` are patterns it may be meant for."""

    name: str
    why: str
    nearest: tuple[str, ...] = ()


def file_name(name: str) -> str:
    """The bare name of an upload. Raises UploadError where it could mean another place."""
    bare = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1]).strip()
    if not bare or bare.startswith((".", "~")) or bare.endswith("."):
        raise UploadError(_("Der Dateiname beginnt oder endet mit einem Punkt oder ist leer."))
    if len(bare) > 120 or not bare.isprintable() or _UNNAMED.search(bare):
        raise UploadError(_("Der Dateiname ist zu lang oder enthält nicht erlaubte Zeichen."))
    stem, _dot, ending = bare.rpartition(".")
    if not stem or ending.lower() not in TYPES:
        raise UploadError(
            _("Diese Art von Datei wird nicht angenommen. Erlaubt sind: {types}.").format(
                types=", ".join(TYPES)
            )
        )
    return bare


def placed(uploads: Sequence[Upload], bench: Bench) -> tuple[list[Placed], list[Unplaced]]:
    """Where each upload goes by the recipes' patterns, and why others go nowhere."""
    found: dict[str, Placed] = {}
    left: list[Unplaced] = []
    for number, upload in enumerate(uploads):
        try:
            if number >= MOST_FILES:
                raise UploadError(_("Höchstens {n} Dateien auf einmal.").format(n=MOST_FILES))
            one = _placed(upload, bench)
            if one.path in found:
                raise UploadError(_("Eine Datei dieses Namens ist schon dabei."))
            found[one.path] = one
        except UploadError as error:
            shown = "".join(
                c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in upload.name
            )
            left.append(Unplaced(shown, str(error), _nearest(upload.name, bench.expected)))
    return list(found.values()), left


def _placed(upload: Upload, bench: Bench) -> Placed:
    name = file_name(upload.name)
    _check_size(upload)
    own = [one for one in bench.expected if fnmatch.fnmatchcase(name, _last(one.pattern))]
    folders = {folder: None for one in own for folder in _folders(one, name, bench.deliveries)}
    if not own or not folders:
        raise UploadError(_("Kein Rezept erwartet eine Datei dieses Namens."))
    if len(folders) > 1:
        raise UploadError(
            _("Mehrere Ordner kommen in Frage: {folders}. Bitte von Hand ablegen.").format(
                folders=", ".join(folders)
            )
        )
    [folder] = folders
    path = (PurePosixPath(folder) / name).as_posix()
    titles = tuple(dict.fromkeys(one.title for one in own))
    return Placed(upload, path, titles, _there(bench.deliveries / path, upload.data))


def _there(place: Path, data: bytes) -> Literal["nothing", "other", "same"]:
    if not place.is_file():
        return "nothing"
    same = place.stat().st_size == len(data) and place.read_bytes() == data
    return "same" if same else "other"


def _check_size(upload: Upload) -> None:
    if not upload.data:
        raise UploadError(_("Die Datei ist leer."))
    too_large = len(upload.data) > MOST_BYTES
    if not too_large and upload.data.startswith(b"PK"):
        try:
            with zipfile.ZipFile(BytesIO(upload.data)) as archive:
                too_large = sum(part.file_size for part in archive.infolist()) > INFLATED_BYTES
        except (zipfile.BadZipFile, ValueError, OSError):
            too_large = False  # whatever it is, the check says so
    if too_large:
        raise UploadError(_("Die Datei ist zu groß, oder sie wäre es entpackt."))


def _last(pattern: str) -> str:
    return PurePosixPath(pattern).name


def _folders(one: Expected, name: str, deliveries: Path) -> list[str]:
    """The folders below the deliveries where a pattern looks for a name."""
    parent = PurePosixPath(one.pattern).parent.as_posix()
    if not _GLOB.search(parent):
        return [parent]
    there = [PurePosixPath(file) for file in one.files]
    same = [file.parent.as_posix() for file in there if file.name == name]
    found = (path for path in deliveries.glob(parent) if path.is_dir())
    return same or sorted(path.relative_to(deliveries).as_posix() for path in found)


def _nearest(name: str, expected: Iterable[Expected]) -> tuple[str, ...]:
    known = {_last(one.pattern).casefold(): one.pattern for one in expected}
    bare = re.split(r"[/\\]", name)[-1].casefold()
    return tuple(known[word] for word in difflib.get_close_matches(bare, known, 3, 0.5))
