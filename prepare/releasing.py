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
from prepare.journal import Entry
from prepare.withdrawing import Withdrawal


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
        other = _other_city(city, now, releases)
    except (ImpossibleError, PreparationError):
        return ""  # Publishing is what mends a pointer or a release that cannot be read.
    if other:
        return other
    built_on = manifest.get("built", {}).get("previous")
    if shown in (built_on, manifest["id"]):
        return ""
    return (
        f"Hinweis: {manifest['id']} wurde gebaut, als {built_on or 'noch nichts'} galt; bisher "
        f"gilt {shown or 'nichts'}. Was seitdem veröffentlicht wurde, fehlt in seinen früheren "
        "Werten; neu bauen holt es nach."
    )


def _other_city(city: str, before: str | None, releases: Path) -> str:
    """That what is, or was, shown before is another city's; empty if it is not.

    Raises PreparationError if it cannot be read.
    """
    if before is None or inspection.whole(releases, before).manifest["city"] == city:
        return ""
    return f"Hinweis: Bisher galt hier {before}, ein Datenstand einer anderen Stadt."


def _replaced(entry: Entry, releases: Path) -> str:
    """What to know after a rollback: it shows another city now."""
    city = str(inspection.whole(releases, entry.release).manifest["city"])
    try:
        return _other_city(city, entry.previous, releases)
    except PreparationError:
        return ""  # A damaged release is what rollbacks are for.


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
    releases = release_folders.folder(releases, audience)
    entry = publishing.rollback(releases, by, reason, to)
    remark = _replaced(entry, releases)
    if remark:
        terminal.complain(remark)
    if as_json:
        commands.print_json(machine.published(entry, entry.release, remark))
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
    done = withdrawing.withdraw(releases, kept, release, by, reason)
    remark = _completed(done)
    if remark:
        terminal.complain(remark)
    if as_json:
        commands.print_json(machine.published(done.entry, release, remark))
        return OK
    print(f"Datenstand {release} ist zurückgezogen; seine Dateien werden nicht mehr ausgeliefert.")
    print(f"  Aufbewahrt für spätere Prüfungen: {kept / withdrawing.KEPT / release}")
    if done.instead:
        print(f"  Es gilt: {done.instead}")
    else:
        print("  Es gilt nichts; die Anwendung sagt, dass und warum zurückgezogen wurde.")
    return OK


def _completed(done: Withdrawal) -> str:
    """What to know after a withdrawal: it was begun before, or the kept copy is not whole."""
    said = []
    if done.repeated:
        said.append(
            f"Hinweis: Im Protokoll steht die Zurückziehung schon, von {done.entry.by}: "
            f'"{done.entry.note}". Das bleibt so; nachgeholt wurde, was noch fehlte.'
        )
    if not done.whole:
        said.append(
            "Hinweis: Der Datenstand war beschädigt, die aufbewahrte Kopie ist deshalb "
            "unvollständig; spätere Prüfungen können ihn nicht mitrechnen."
        )
    return " ".join(said)
