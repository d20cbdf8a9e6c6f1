"""Withdrawing a release: its files leave the folder that is served, a tombstone says why."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Withdrawal:
    """What a withdrawal did: its line of the log, and what is shown `instead` now.

    `repeated` if the line stood there before, with the person and the reason that count; `whole`
    if the kept copy is what was published.
    """

    entry: Entry
    instead: str | None
    repeated: bool
    whole: bool


def withdraw(releases: Path, vault: Path, name: str, by: str, reason: str) -> Withdrawal:
    """Take a published release back for good.

    If it is shown, what was published before it is shown from the same step on, or nothing. Its
    files go to the vault: whoever saw them still knows them, so later audits need them. A crash
    at any time leaves the release or the tombstone; repeating the command does the rest, and
    decides anew what is shown instead, for that may be withdrawn or damaged meanwhile. Raises
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
        kept = vault / KEPT / name
        _keep(folder, kept)
        instead = _instead(releases, kept, log)
        shown = switching.previous(releases)
        own = Entry(switching.now(), "withdraw", name, who, None, shown, why, instead=instead)
        _switch(releases, own, log)
        entry = log.withdrawn.get(name, own)
        _bury(folder, entry, kept)
    return Withdrawal(entry, instead, name in log.withdrawn, _is_whole(kept))


def withdrawn(releases: Path, vault: Path) -> tuple[Whole, ...]:
    """The withdrawn releases of a folder as they were, from the vault, the earliest first.

    One that the vault does not hold is left out. Raises PreparationError if one is damaged.
    """
    there = [name for name in journal.journal(releases).withdrawn if (vault / KEPT / name).is_dir()]
    return tuple(inspection.verified(vault / KEPT / name, name) for name in there)


def unfinished(releases: Path) -> list[str]:
    """Releases that are withdrawn by the log and still have files, as after a crash."""
    return [name for name in journal.journal(releases).withdrawn if _left(releases / name)]


def untold(releases: Path) -> list[str]:
    """Releases with a tombstone whose withdrawal the log does not tell, as after a forgery."""
    known = journal.journal(releases).withdrawn
    there = sorted(path.parent.name for path in releases.glob(f"*/{TOMBSTONE}"))
    return [name for name in there if manifest.is_id(name) and name not in known]


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


def _instead(releases: Path, kept: Path, log: Journal) -> str | None:
    """What is to be shown: as so far, or what came before if pointer or log show this release.

    Where the pointer still names another one that is withdrawn, that is what the log says.
    """
    if kept.name in (_pointed(releases), *log.shown[-1:]):
        return _before(releases, kept, log)
    return switching.previous(releases) or next(reversed(log.shown), None)


def _switch(releases: Path, entry: Entry, log: Journal) -> None:
    """Log the withdrawal and show what is shown instead; only what is not done yet.

    If the release is withdrawn in the log already, a line is added only where something else is
    to be shown than the log says.
    """
    instead = entry.instead
    told = entry.release in log.withdrawn and log.shown[-1:] == ((instead,) if instead else ())
    if instead is None or instead == _pointed(releases):
        if not told:
            journal.append(releases, entry)
    elif told:
        switching.point(releases, instead)
    else:
        switching.switch(releases, entry, instead)


def _before(releases: Path, kept: Path, log: Journal) -> str | None:
    """What was published before and can be shown: whole, of the same city and audience."""
    own, shown = _manifest(kept), log.shown
    for name in reversed(shown[: shown.index(kept.name)] if kept.name in shown else shown):
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
    durable.sweep(target.parent)
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


def _is_whole(kept: Path) -> bool:
    try:
        inspection.verified(kept, kept.name)
    except PreparationError:
        return False
    return True


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
