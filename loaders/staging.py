"""Uploaded files beside the delivered ones, in a folder of their own until they are published."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from loaders import releases
from loaders.uploads import Placed
from loaders.workbench import Bench
from model.language import _

_DAY = 86_400
_IDLE, _BUILT = 2 * _DAY, 60 * _DAY
_NOTE = "uploads.json"


class StagingError(Exception):
    """Files could not be put down or moved; the text is a German sentence."""


@dataclass(frozen=True)
class Stage:
    """A folder with all deliveries as they would be with the uploads in place."""

    folder: Path

    @property
    def deliveries(self) -> Path:
        """What prepare reads."""
        return self.folder / "deliveries"

    @property
    def report(self) -> Path:
        """The HTML report of the check."""
        return self.folder / "report.html"


def root(city: str) -> Path:
    """The folder of all stages of a city, beside that of the releases."""
    return releases.root().absolute().parent / "workbench" / city


def stage(placed: Iterable[Placed], bench: Bench) -> Stage:
    """A new stage: the deliveries (hard links where possible) with the uploads on top.

    Raises StagingError if the disk refuses.
    """
    made = Stage(root(bench.city) / secrets.token_hex(12))
    try:
        made.deliveries.mkdir(parents=True)
        for source in _files(bench.deliveries):
            target = made.deliveries / source.relative_to(bench.deliveries)
            target.parent.mkdir(parents=True, exist_ok=True)
            _link(source, target)
        digests = {}
        for one in placed:
            target = made.deliveries / one.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)  # else the link's other end would be overwritten
            with target.open("xb") as file:
                file.write(one.upload.data)
            target.chmod(0o644)
            digests[one.path] = hashlib.sha256(one.upload.data).hexdigest()
        _note(made, {"release": None, "uploads": digests})
    except OSError as error:
        raise _refused(error) from error
    return made


def built(made: Stage, release: str) -> None:
    """Remember which release the stage became, until it is published. Raises StagingError."""
    try:
        _note(made, {**_noted(made), "release": release})
    except OSError as error:
        raise _refused(error) from error


def file_away(release: str, bench: Bench) -> list[str]:
    """Move the uploads of a release that was just published to the deliveries; their paths.

    Earlier files of the same names are in the vault. Raises StagingError if the disk refuses or a
    file is no longer what was uploaded.
    """
    moved = []
    try:
        for made in stages(bench.city):
            noted = _noted(made)
            if noted.get("release") != release:
                continue
            for path, digest in noted["uploads"].items():
                _move(made.deliveries / path, bench.deliveries / path, digest)
                moved.append(path)
            shutil.rmtree(made.folder)
    except OSError as error:
        raise _refused(error) from error
    return moved


def stages(city: str) -> list[Stage]:
    """All stages of a city, the newest first."""
    if not root(city).is_dir():
        return []
    folders = [path for path in root(city).iterdir() if path.is_dir()]
    return [Stage(path) for path in sorted(folders, key=_changed, reverse=True)]


def remove(made: Stage) -> None:
    """Remove a stage of which no release came."""
    shutil.rmtree(made.folder, ignore_errors=True)


def sweep(city: str, waiting: Iterable[str], now: float | None = None) -> None:
    """Remove stages nobody has touched for two days, 60 days where a candidate came of them."""
    moment = time.time() if now is None else now
    candidates = set(waiting)
    for made in stages(city):
        kept = _BUILT if _noted(made).get("release") in candidates else _IDLE
        if moment - _changed(made.folder) > kept:
            shutil.rmtree(made.folder, ignore_errors=True)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _link(source: Path, target: Path) -> None:
    """The same file under a second name; a copy where the disk cannot."""
    try:
        os.link(source.resolve(), target)
    except OSError:
        shutil.copy2(source, target)


def _move(source: Path, target: Path, digest: str) -> None:
    data = source.read_bytes()
    if hashlib.sha256(data).hexdigest() != digest:
        raise StagingError(
            _("Die Datei {name} wurde inzwischen geändert.").format(name=source.name)
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        aside.write_bytes(data)
        os.replace(aside, target)
    finally:
        aside.unlink(missing_ok=True)


def _note(made: Stage, told: Mapping[str, Any]) -> None:
    (made.folder / _NOTE).write_text(json.dumps(told), encoding="utf-8")


def _noted(made: Stage) -> dict[str, Any]:
    try:
        found = json.loads((made.folder / _NOTE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _changed(folder: Path) -> float:
    try:
        return folder.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _refused(error: OSError) -> StagingError:
    return StagingError(
        _(
            "Die Dateien konnten nicht abgelegt werden. Bitte freien Platz und Zugriffsrechte "
            "prüfen: {name}"
        ).format(name=error.filename or root(""))
    )
