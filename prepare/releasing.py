"""Commands that switch what is shown: publish with a second person's approval, back, withdraw."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from prepare import (
    commands,
    inspection,
    machine,
    publishing,
    release_folders,
    terminal,
    vault,
    withdrawing,
)
from prepare.commands import OK, RELEASES, For, Json, Releases, Vault
from prepare.failures import ImpossibleError
from prepare.findings import PreparationError


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


def withdraw(
    release: Annotated[str, typer.Argument(help="Kennung des Datenstands", metavar="DATENSTAND")],
    by: Annotated[str, typer.Option(help="Wer zurückzieht", metavar="NAME")],
    reason: Annotated[
        str, typer.Option(help="Warum; steht in Protokoll und Anwendung", metavar="TEXT")
    ],
    releases: Releases = RELEASES,
    audience: For = "public",
    originals: Vault = None,
    as_json: Json = False,
) -> int:
    """Einen veröffentlichten Datenstand für immer zurückziehen, mit seinen Dateien."""
    releases = release_folders.folder(releases, audience)
    kept = originals or vault.beside(releases)
    entry = withdrawing.withdraw(releases, kept, release, by, reason)
    if as_json:
        commands.print_json(machine.published(entry, release))
        return OK
    print(f"Datenstand {release} ist zurückgezogen; seine Dateien werden nicht mehr ausgeliefert.")
    print(f"  Aufbewahrt für spätere Prüfungen: {kept / withdrawing.KEPT / release}")
    if entry.instead:
        print(f"  Es gilt: {entry.instead}")
    else:
        print("  Es gilt nichts; die Anwendung sagt, dass und warum zurückgezogen wurde.")
    return OK
