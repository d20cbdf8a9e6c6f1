"""Withdrawing a release: its files leave the folder that is served, a tombstone says why."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from model import manifest
from model.manifest import CURRENT, MANIFEST, TOMBSTONE
from prepare import durable, inspection, journal, locking, publishing, release, switching
from prepare.failures import ImpossibleError
from prepare.findings import Finding, PreparationError, nearest
from prepare.inspection import Whole
from prepare.journal import Entry, Journal

KEPT = "withdrawn"
"""The folder of the vault that withdrawn releases are kept in."""


def withdraw(releases: Path, vault: Path, name: str, by: str, reason: str) -> Entry:
    """Take a published release back for good; the log's entry.

    If it is shown, what was published before it is shown from the same step on, or nothing. Its
    files go to the vault: whoever saw them still knows them, so later audits need them. A crash
    at any time leaves the release or the tombstone; repeating the command does the rest. Raises
    PreparationError if the release is unknown, was never published or is withdrawn already, or if
    nobody or no reason is named; ImpossibleError or OSError if nothing can be written.
    """
    who = publishing.person(by, name)
    why = publishing.reason_given(reason, name)
    if not releases.is_dir():
        raise ImpossibleError(f"Ordner der Datenstände nicht gefunden: {releases}")
    with locking.locked(releases):
        log = journal.journal(releases)
        folder = _folder(releases, name, log)
        _keep(folder, vault / KEPT / name)
        entry = log.withdrawn.get(name) or _entry(releases, folder, who, why, log)
        if entry.instead is not None and _pointed(releases) == name:
            switching.switch(releases, entry, entry.instead)
        elif name not in log.withdrawn:
            journal.append(releases, entry)
        _bury(folder, entry, vault / KEPT / name)
    return entry


def withdrawn(releases: Path, vault: Path) -> tuple[Whole, ...]:
    """The withdrawn releases of a folder as they were, from the vault, the earliest first.

    One that the vault does not hold is left out. Raises PreparationError if one is damaged.
    """
    there = [name for name in journal.journal(releases).withdrawn if (vault / KEPT / name).is_dir()]
    return tuple(inspection.verified(vault / KEPT / name, name) for name in there)


def unfinished(releases: Path) -> list[str]:
    """Releases that are withdrawn by the log and still have files, as after a crash."""
    return [name for name in journal.journal(releases).withdrawn if _left(releases / name)]


def _left(folder: Path) -> list[Path]:
    there = folder.iterdir() if folder.is_dir() else ()
    return [path for path in there if path.name != TOMBSTONE]


def _folder(releases: Path, name: str, log: Journal) -> Path:
    """The folder of a release that can be withdrawn."""
    folder = releases / name
    if not manifest.is_id(name) or not folder.is_dir():
        message, known = "Diesen Datenstand gibt es nicht.", inspection.ids(releases)
        raise PreparationError(
            [Finding("release_unknown", name, "", message, nearest(name, known))]
        )
    if name not in log.published:
        message = "Dieser Datenstand wurde nie veröffentlicht; niemand hat ihn gesehen."
        remedy = "Den Ordner dieses Datenstands löschen, wenn er nicht gebraucht wird."
        raise PreparationError([Finding("release_unpublished", name, "", message, remedy)])
    if name in log.withdrawn and not _left(folder):
        inspection.whole(releases, name)  # says who withdrew it, and why
    return folder


def _entry(releases: Path, folder: Path, by: str, reason: str, log: Journal) -> Entry:
    shown = switching.previous(releases)
    instead = _before(releases, folder, log) if shown == folder.name else shown
    return Entry(switching.now(), "withdraw", folder.name, by, None, shown, reason, instead=instead)


def _before(releases: Path, folder: Path, log: Journal) -> str | None:
    """What was published before and can be shown: whole, of the same city and audience."""
    own = _manifest(folder)
    for name in reversed(log.shown):
        if name == folder.name:
            continue
        try:
            found = inspection.whole(releases, name).manifest
        except PreparationError:
            continue
        same = all(found[key] == own.get(key) for key in ("city", "audience"))
        if same and found["format"] == release.FORMAT:
            return name
    return None


def _pointed(releases: Path) -> str:
    """What stands in the pointer, readable or not."""
    try:
        return (releases / CURRENT).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        return ""


def _keep(folder: Path, target: Path) -> None:
    """Copy the release into the vault: aside, flushed, and put in place in one step."""
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=durable.ASIDE, dir=target.parent))
    try:
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                copy = aside / path.relative_to(folder)
                copy.parent.mkdir(parents=True, exist_ok=True)
                durable.write(copy, path.read_bytes())
        durable.flush_folders(aside)
        aside.rename(target)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    durable.flush(target.parent)


def _bury(folder: Path, entry: Entry, kept: Path) -> None:
    """Write the tombstone, from which on the release is withdrawn, and remove the files."""
    own = _manifest(kept)
    told = {
        "id": folder.name,
        "time": entry.time,
        "by": entry.by,
        "reason": entry.note,
        "content_hash": own.get("content_hash"),
        "files": sorted(own.get("files", ())),
    }
    # Aside in the folder itself, it would make a foreign file of a release that is still shown.
    text = manifest.encoded(told).encode()
    durable.put(folder / TOMBSTONE, text, aside_in=folder.parent)
    for path in _left(folder):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    durable.flush(folder)


def _manifest(folder: Path) -> Mapping[str, Any]:
    """What the manifest says; nothing if it is damaged, for that must not keep the data public."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
