"""The vault: every delivered file as it came, kept by what is in it, never in a release."""

from __future__ import annotations

import glob
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from prepare import durable, jsonlines, locking
from prepare.findings import Finding, PreparationError, refuse

INDEX = "index.jsonl"
_MODE = 0o444


@dataclass(frozen=True)
class Original:
    """A delivered file: its name below the deliveries, where it lies now, its SHA-256."""

    name: str
    path: Path
    sha256: str


@dataclass(frozen=True)
class Kept:
    """A line of the index; `received` is an ISO date (UTC), `release` the first that used it."""

    sha256: str
    name: str
    bytes: int
    received: str
    release: str


def beside(releases: Path) -> Path:
    """Where the vault lies if nothing else is said: beside the folder of releases."""
    return releases.parent / "vault"


def cities(folder: Path) -> list[Path]:
    """The cities' folders of a vault, sorted."""
    return sorted(path.parent for path in folder.glob(f"*/{INDEX}"))


def originals(
    deliveries: Mapping[str, Mapping[str, Any]], folders: Iterable[Path]
) -> list[Original]:
    """Where the files lie that a release's deliveries name: below one of the folders.

    Raises PreparationError if a file is no longer what was read.
    """
    places = list(folders)
    named: dict[tuple[str, str], None] = {
        (file["name"], file["sha256"]): None
        for told in deliveries.values()
        for file in told["files"]
    }
    found = [Original(name, path, sha) for name, sha in named if (path := _path(name, sha, places))]
    missing = sorted(set(named) - {(one.name, one.sha256) for one in found})
    refuse(
        [
            Finding(
                "original_changed",
                name,
                "",
                "Die Datei wurde geändert oder verschoben, während der Datenstand entstand.",
                "Warten, bis niemand mehr daran arbeitet, und neu bauen.",
            )
            for name, _ in missing
        ]
    )
    return found


def store(files: Iterable[Original], city: Path) -> dict[str, str]:
    """Keep files in the city's folder of the vault; the date each was received, by SHA-256.

    A file that is kept already is compared with its hash. Raises OSError if the disk refuses,
    PreparationError if a kept file is damaged.
    """
    city.mkdir(parents=True, exist_ok=True)
    known = {kept.sha256: kept.received for kept in index(city)}
    today = datetime.now(UTC).date().isoformat()
    dates = {}
    for file in files:
        target = place(city, file)
        if target.exists():
            _check(target, file)
        else:
            _copy(file, target)
        dates[file.sha256] = known.get(file.sha256, today)
    return dates


def enter(files: Iterable[Original], dates: Mapping[str, str], name: str, city: Path) -> None:
    """Enter into the index what it does not hold yet, with the release `name`. Raises OSError."""
    with locking.locked(city):
        known = {(kept.sha256, kept.name) for kept in index(city)}
        new = [
            Kept(f.sha256, f.name, place(city, f).stat().st_size, dates[f.sha256], name)
            for f in files
            if (f.sha256, f.name) not in known
        ]
        if new:
            jsonlines.append(city / INDEX, map(asdict, new))


def index(city: Path) -> list[Kept]:
    """All kept files of a city, in the order they came; unreadable lines are left out."""
    names = {field.name for field in fields(Kept)}
    found = jsonlines.lines(city / INDEX).found.values()
    return [Kept(**line) for line in found if set(line) == names]


def place(city: Path, file: Original) -> Path:
    """Where a file is kept: <city>/<first two digits>/<SHA-256><suffix>."""
    suffix = "".join(c for c in file.path.suffix.lower() if c == "." or c.isalnum())
    return city / file.sha256[:2] / f"{file.sha256}{suffix}"


def _path(name: str, sha256: str, folders: Iterable[Path]) -> Path | None:
    """The file of that name and content; a name without folder may lie anywhere below."""
    for folder in folders:
        nested: Iterable[Path] = folder.rglob(glob.escape(name)) if "/" not in name else ()
        for path in [folder / name, *nested]:
            if path.is_file() and _sha256(path) == sha256:
                return path
    return None


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check(kept: Path, file: Original) -> None:
    if _sha256(kept) != file.sha256:
        message = "Die aufbewahrte Datei ist nicht mehr, was geliefert wurde."
        remedy = f"{kept} prüfen und durch die unveränderte Lieferung ersetzen."
        raise PreparationError([Finding("original_damaged", file.name, "", message, remedy)])


def _copy(file: Original, target: Path) -> None:
    """Copy aside, flush, compare, and put in place in one step, read-only."""
    target.parent.mkdir(exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=durable.ASIDE, dir=target.parent)
    aside = Path(name)
    try:
        with file.path.open("rb") as source, os.fdopen(handle, "wb") as copy:
            shutil.copyfileobj(source, copy)
            copy.flush()
            os.fsync(copy.fileno())
        _check(aside, file)
        aside.chmod(_MODE)
        os.replace(aside, target)
    finally:
        aside.unlink(missing_ok=True)
    durable.flush(target.parent)
