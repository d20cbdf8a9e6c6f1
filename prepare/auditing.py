"""Commands on confidentiality: audit a release as an attacker would, try out protection."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from model import manifest
from model.manifest import MANIFEST, TOMBSTONE
from prepare import commands, inspection, machine, release_folders, telling, terminal, vault
from prepare import release as releasing
from prepare.commands import (
    ERRORS,
    OK,
    RELEASES,
    City,
    Deliveries,
    Every,
    For,
    Json,
    Releases,
    Watched,
)
from prepare.disclosure import audit as auditor
from prepare.disclosure import earlier, gate, publications
from prepare.disclosure.earlier import Earlier, Gone
from prepare.disclosure.verdict import Report
from prepare.findings import Finding, PreparationError, refuse
from prepare.inspection import Whole

DAMAGED = 2
_STAYING = ("format", "rules", "methods", "hidden", "coarser", "unrelated")


def audit(
    release: Annotated[
        str,
        typer.Argument(
            help="Kennung eines Datenstands, oder der Pfad seines Ordners", metavar="DATENSTAND"
        ),
    ],
    releases: Releases = RELEASES,
    as_json: Json = False,
    every: Every = False,
    watched: Watched = None,
) -> int:
    """Mit allem Veröffentlichten angreifen: 0 sicher, 1 etwas errechenbar, 2 beschädigt."""
    folder = (Path(release) if Path(release).is_dir() else releases / release).resolve()
    try:
        with terminal.watched(watched):
            refuse(_misplaced(folder))
            found = inspection.whole(folder.parent, folder.name)
            stored = _stored(found)
            report = _report(found, stored)
            differing = _differing(found, stored, report)
    except PreparationError as error:
        return _damaged(error.findings, as_json)
    if differing:
        return _damaged(differing, as_json)
    if as_json:
        commands.print_json(machine.audited(report, gate.findings(report, report.name)))
    else:
        terminal.show_findings(gate.findings(report, report.name), every)
        telling.say(telling.audited(report))
    return OK if report.safe else ERRORS


def protect(
    city: City,
    deliveries: Deliveries = None,
    releases: Releases = RELEASES,
    audience: For = "public",
    minimum: Annotated[
        list[str] | None,
        typer.Option(help="Andere Mindestzahl einer Quelle", metavar="QUELLE=ZAHL"),
    ] = None,
    method: Annotated[
        list[str] | None,
        typer.Option(help="Anderes Verfahren einer Ebene", metavar="EBENE=VERFAHREN"),
    ] = None,
    year: Annotated[
        str | None,
        typer.Option(help="Nur dieses Jahr: eine Antwort nach Sekunden", metavar="JAHR"),
    ] = None,
    as_json: Json = False,
    every: Every = False,
    watched: Watched = None,
) -> int:
    """Probe: was die Geheimhaltung ausblendet, und was gröbere Gliederungen ersparen."""
    from prepare import runs, trials  # geopandas takes seconds to import; help need not wait

    releases = release_folders.folder(releases, audience)
    with terminal.watched(watched):
        run = runs.run(city, deliveries, audience)
        if run.wrong or run.seen is None:
            terminal.show_findings(run.findings, every, stderr=True)
            return ERRORS
        found = trials.of(run.seen, releases, minimum or (), method or (), year)
    if as_json:
        commands.print_json(machine.tried(found))
    else:
        telling.say(telling.tried(found, every))
    return OK


def _misplaced(folder: Path) -> list[Finding]:
    """Why a folder cannot be a release, as far as its name and what lies in it show."""
    if not folder.is_dir() or (folder / TOMBSTONE).exists():
        return []
    try:
        name = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["id"]
    except FileNotFoundError:
        if manifest.is_id(folder.name):
            return []
        message = f"In diesem Ordner liegt kein Datenstand, denn {MANIFEST} fehlt."
        remedy = "Die Kennung eines Datenstands angeben, oder den Pfad seines Ordners."
    except (OSError, ValueError, KeyError, TypeError):
        return []
    else:
        if name == folder.name or not manifest.is_id(str(name)):
            return []
        message = f"Der Ordner heißt anders als der Datenstand, der darin liegt: „{name}“."
        remedy = f"Den Ordner in {name} umbenennen."
    return [Finding("release_unknown", str(folder), "", message, remedy)]


def _report(found: Whole, stored: Mapping[str, Any]) -> Report:
    """The audit repeated; earlier releases that the release names and nobody finds are told."""
    if found.manifest["format"] != releasing.FORMAT:
        message = "Der Datenstand stammt von einer anderen Version dieses Programms."
        raise PreparationError(
            [Finding("release_format", found.folder.name, "", message, "Neu bauen.")]
        )
    own = publications.released(found)
    audience = str(found.manifest["audience"])
    releases = found.folder.parent
    before = earlier.earlier(releases, vault.beside(releases), own.catalog, audience, own.name)
    known = {one.name for one in before.there} | {one.name for one in before.gone}
    named = [str(one["name"]) for one in stored["considered"] if one["name"] not in known]
    gone = tuple(Gone(name, "Der Ordner fehlt.") for name in named)
    return auditor.audit(own, Earlier(before.there, before.gone + gone))


def _stored(found: Whole) -> dict[str, Any]:
    """What the release says of its own audit. Raises PreparationError if that is unreadable."""
    try:
        told = dict(json.loads((found.folder / gate.FILE).read_text(encoding="utf-8")))
        if all(isinstance(one["name"], str) for one in told["considered"]):
            return told
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise PreparationError([_differs(found, "fehlt oder ist unlesbar")])


def _differing(found: Whole, stored: Mapping[str, Any], report: Report) -> list[Finding]:
    """Where the stored report says otherwise than the files: rules, shares, earlier releases.

    How far attackers get may differ: other releases may have been published or removed since.
    """
    own = json.loads(gate.text(report))
    apart = [key for key in _STAYING if stored.get(key) != own[key]]
    if stored.get("safe") is not True:
        apart.append("safe")
    now = {one.name: one.digest for one in report.considered if one.digest}
    then = {one["name"]: one.get("digest") for one in stored["considered"]}
    apart += [name for name in then if then[name] and now.get(name, then[name]) != then[name]]
    return [_differs(found, f"sagt anderes als die Dateien: {', '.join(apart)}")] if apart else []


def _differs(found: Whole, how: str) -> Finding:
    place = f"{found.folder.name}/{gate.FILE}"
    return Finding("audit_differs", place, "", f"Der Prüfbericht {how}.", "Neu bauen.")


def _damaged(findings: Sequence[Finding], as_json: bool) -> int:
    if as_json:
        commands.print_json(machine.refused(findings))
    terminal.show_findings(findings, stderr=True)
    return DAMAGED
