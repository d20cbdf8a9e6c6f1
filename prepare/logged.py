"""The command that reads the log: what was shown when, whether anybody has changed the log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from prepare import (
    commands,
    inspection,
    journal,
    machine,
    release_folders,
    switching,
    terminal,
    vault,
    withdrawing,
)
from prepare.commands import ERRORS, OK, RELEASES, For, Json, Releases, Vault
from prepare.excerpts import printable
from prepare.failures import ImpossibleError
from prepare.journal import Entry, Journal
from prepare.overview import plural


def log(
    releases: Releases = RELEASES,
    audience: For = "public",
    deliveries: Annotated[
        bool, typer.Option("--deliveries", help="Die aufbewahrten Dateien der Lieferungen")
    ] = False,
    originals: Vault = None,
    as_json: Json = False,
) -> int:
    """Was wann galt, wer es gebaut und wer es freigegeben hat."""
    releases = release_folders.folder(releases, audience)
    if not releases.is_dir():
        raise ImpossibleError(f"Ordner der Datenstände nicht gefunden: {releases}")
    if deliveries:
        return _log_deliveries(originals or vault.beside(releases), as_json)
    told, shown = journal.journal(releases), _shown(releases)
    warnings = _warnings(told, shown, releases)
    code = ERRORS if warnings else OK
    waiting = [name for name in inspection.ids(releases) if name not in told.published]
    waiting = [name for name in waiting if name != shown]
    if as_json:
        commands.print_json(machine.logged(told, shown, waiting, warnings))
        return code
    for entry in told.entries:
        print(printable(_sentence(entry)))
    if not told.entries:
        print("Es wurde noch nichts veröffentlicht.")
    print(f"Es gilt: {shown or 'nichts'}")
    for name in waiting:
        print(f"Gebaut, nicht veröffentlicht: {name}")
    for warning in warnings:
        terminal.complain(f"Warnung: {warning}")
    return code


def _shown(releases: Path) -> str | None:
    """What the pointer says; None if that is unreadable or withdrawn."""
    try:
        inspection.pointer(releases)
    except ImpossibleError:
        return None
    return switching.previous(releases)


def _warnings(told: Journal, shown: str | None, releases: Path) -> list[str]:
    """What does not fit together: lines, the chain, the pointer, the files."""
    found = [
        f"{journal.FILE}, Zeile {number} ist unlesbar und zählt nicht."
        for number in told.unreadable
    ]
    found += [
        f"{journal.FILE}, Zeile {number} schließt nicht an die davor an: Dort wurde eine Zeile "
        "geändert, entfernt oder eingefügt. Mit der Sicherung vergleichen."
        for number in told.broken
    ]
    found += _pointing(told, shown, releases)
    found += [
        f"{name} ist zurückgezogen, hat aber noch Dateien; withdraw wiederholen."
        for name in withdrawing.unfinished(releases)
    ]
    found += [
        f"{name} trägt einen Grabstein, aber im Protokoll fehlt die Zurückziehung. Mit der "
        "Sicherung vergleichen."
        for name in withdrawing.untold(releases)
    ]
    return found


def _pointing(told: Journal, shown: str | None, releases: Path) -> Iterator[str]:
    """What is wrong with the pointer."""
    try:
        inspection.pointer(releases)
    except ImpossibleError as error:
        yield str(error)
        return
    if told.shown[-1:] != ((shown,) if shown else ()):
        yield (
            f"Nach dem Protokoll gilt {told.shown[-1] if told.shown else 'nichts'}. Ein Aufruf "
            "wurde unterbrochen oder der Zeiger von Hand geändert; den letzten Aufruf wiederholen."
        )


def _sentence(entry: Entry) -> str:
    when = f"{datetime.fromisoformat(entry.time):%d.%m.%Y %H:%M} UTC"
    note = f"; {entry.note}" if entry.note else ""
    before = f", davor {entry.previous}" if entry.previous else ""
    if entry.action == "publish":
        who = f"gebaut von {entry.by}, freigegeben von {entry.approved_by}"
        return f"{when}  veröffentlicht  {entry.release}  {who}{before}{note}"
    if entry.action == "withdraw":
        instead = f", es gilt {entry.instead or 'nichts'}"
        return f"{when}  zurückgezogen  {entry.release}  von {entry.by}{instead}{note}"
    return f"{when}  zurückgenommen auf  {entry.release}  von {entry.by}{before}{note}"


def _log_deliveries(folder: Path, as_json: bool) -> int:
    kept = {city.name: vault.index(city) for city in vault.cities(folder)}
    if as_json:
        commands.print_json(machine.kept(kept))
        return OK
    for city, files in kept.items():
        print(f"{city}: {plural(len(files), 'Datei', 'Dateien')}")
        for file in files:
            size = plural(file.bytes, "Byte", "Bytes")
            told = (file.received, file.sha256[:12], file.name, size, file.release)
            print(printable(f"  {'  '.join(told)}"))
    if not kept:
        print("Es ist noch keine Datei aufbewahrt.")
    return OK
