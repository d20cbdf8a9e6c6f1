"""Commands on releases: publish with a second person's approval, roll back, read the log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from prepare import (
    commands,
    inspection,
    journal,
    machine,
    publishing,
    release_folders,
    terminal,
    vault,
)
from prepare.commands import OK, RELEASES, For, Json, Releases, Vault
from prepare.excerpts import printable
from prepare.failures import ImpossibleError
from prepare.findings import PreparationError
from prepare.journal import Entry
from prepare.overview import plural


def publish(
    release: Annotated[str, typer.Argument(help="Kennung des Datenstands", metavar="DATENSTAND")],
    approved_by: Annotated[
        str, typer.Option(help="Die zweite Person, die geprüft hat", metavar="NAME")
    ],
    note: Annotated[str, typer.Option(help="Bemerkung für das Protokoll", metavar="TEXT")] = "",
    releases: Releases = RELEASES,
    audience: For = "public",
    as_json: Json = False,
) -> int:
    """Einen gebauten Datenstand gelten lassen, freigegeben von einer zweiten Person."""
    releases = release_folders.folder(releases, audience)
    remark = _remark(inspection.whole(releases, release).manifest, releases)
    if remark:
        terminal.complain(remark)
    entry = publishing.publish(releases, release, approved_by, note)
    if as_json:
        commands.print_json(machine.published(entry, release, remark))
        return OK
    print(f"Datenstand {release} gilt {'schon' if entry is None else 'jetzt'}.")
    if entry is not None:
        print(f"  gebaut von {entry.by}, freigegeben von {entry.approved_by}")
        if entry.previous:
            back = f"python -m prepare rollback{release_folders.option(releases, audience)}"
            print(f"  davor galt {entry.previous}; zurück führt {back}")
        print("  Die Anwendung zeigt ihn beim nächsten Aufruf einer Seite.")
    return OK


def _remark(manifest: Mapping[str, Any], releases: Path) -> str:
    """What to know before a release is published: it replaces another city, or it missed one."""
    city = str(manifest["city"])
    try:
        now = inspection.pointer(releases)
        shown = publishing.shown(releases, city)
        other = "" if now is None else str(inspection.whole(releases, now).manifest["city"])
    except (ImpossibleError, PreparationError):
        return ""  # Publishing is what mends a pointer or a release that cannot be read.
    if other not in ("", city):
        return f"Hinweis: Bisher galt hier {now}, ein Datenstand einer anderen Stadt."
    built_on = manifest.get("built", {}).get("previous")
    if shown in (built_on, manifest["id"]):
        return ""
    return (
        f"Hinweis: {manifest['id']} wurde gebaut, als {built_on or 'noch nichts'} galt; bisher "
        f"gilt {shown or 'nichts'}. Was seitdem veröffentlicht wurde, fehlt in seinen früheren "
        "Werten; neu bauen holt es nach."
    )


def rollback(
    by: Annotated[str, typer.Option(help="Wer zurücknimmt", metavar="NAME")],
    reason: Annotated[str, typer.Option(help="Warum, für das Protokoll", metavar="TEXT")],
    to: Annotated[
        str | None,
        typer.Option(help="Auf diesen; sonst auf den davor veröffentlichten", metavar="DATENSTAND"),
    ] = None,
    releases: Releases = RELEASES,
    audience: For = "public",
    as_json: Json = False,
) -> int:
    """Einen früher veröffentlichten Datenstand wieder gelten lassen."""
    entry = publishing.rollback(release_folders.folder(releases, audience), by, reason, to)
    if as_json:
        commands.print_json(machine.published(entry, entry.release))
        return OK
    print(f"Datenstand {entry.release} gilt wieder, statt {entry.previous or 'keinem'}.")
    return OK


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
        return _log_deliveries(originals or releases.parent / "vault", as_json)
    told, shown = journal.journal(releases), _shown(releases)
    waiting = [name for name in inspection.ids(releases) if name not in told.published]
    waiting = [name for name in waiting if name != shown]
    if as_json:
        commands.print_json(machine.logged(told, shown, waiting))
        return OK
    for entry in told.entries:
        print(printable(_sentence(entry)))
    if not told.entries:
        print("Es wurde noch nichts veröffentlicht.")
    print(f"Es gilt: {shown or 'nichts'}")
    for name in waiting:
        print(f"Gebaut, nicht veröffentlicht: {name}")
    for number in told.unreadable:
        terminal.complain(f"Warnung: {journal.FILE}, Zeile {number} ist unlesbar und zählt nicht.")
    if told.shown and told.shown[-1] != shown:
        terminal.complain(
            f"Warnung: Nach dem Protokoll gilt {told.shown[-1]}. Ein Aufruf wurde unterbrochen "
            "oder der Zeiger von Hand geändert; den letzten Aufruf wiederholen."
        )
    return OK


def _shown(releases: Path) -> str | None:
    try:
        return inspection.pointer(releases)
    except ImpossibleError as error:
        terminal.complain(f"Warnung: {error}")
        return None


def _sentence(entry: Entry) -> str:
    when = f"{datetime.fromisoformat(entry.time):%d.%m.%Y %H:%M} UTC"
    note = f"; {entry.note}" if entry.note else ""
    before = f", davor {entry.previous}" if entry.previous else ""
    if entry.action == "publish":
        who = f"gebaut von {entry.by}, freigegeben von {entry.approved_by}"
        return f"{when}  veröffentlicht  {entry.release}  {who}{before}{note}"
    return f"{when}  zurückgenommen auf  {entry.release}  von {entry.by}{before}{note}"


def _log_deliveries(folder: Path, as_json: bool) -> int:
    cities = sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    kept = {city.name: vault.index(city) for city in cities}
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
