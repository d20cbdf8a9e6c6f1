"""Commands on deliveries: check them, say what they change, build a release from them."""

from __future__ import annotations

import getpass
import json
import time
from pathlib import Path
from typing import Annotated, Any

import typer

from model.catalog import Audience
from prepare import (
    inspection,
    machine,
    publishing,
    release,
    release_folders,
    report,
    schema,
    signing,
    terminal,
    vault,
)
from prepare.failures import ImpossibleError
from prepare.overview import counted, plural, sentence

OK, ERRORS = 0, 1
RELEASES = release_folders.FOLDERS["public"]
NOTHING = "nichts veröffentlicht"

City = Annotated[Path, typer.Argument(help="Stadtordner mit city.toml", metavar="STADTORDNER")]
Deliveries = Annotated[
    Path | None, typer.Option(help="Ordner der Lieferungen; sonst STADTORDNER/deliveries")
]
Releases = Annotated[
    Path,
    typer.Option(
        help="Ordner der Datenstände; sonst QUARTIERSPULS_RELEASES oder data/releases, für "
        "internal data/internal/releases",
        envvar="QUARTIERSPULS_RELEASES",
        show_envvar=False,
    ),
]
For = Annotated[
    Audience,
    typer.Option("--audience", help="Für wen: public, alle; internal, nur die eigenen Ämter"),
]
Vault = Annotated[
    Path | None,
    typer.Option("--vault", help="Ordner der Originale; sonst vault neben dem der Datenstände"),
]
Key = Annotated[
    Path | None,
    typer.Option(
        "--key",
        help="Datei des Schlüssels; sonst QUARTIERSPULS_KEY oder signing.key im Ordner der "
        "Originale",
        envvar="QUARTIERSPULS_KEY",
        show_envvar=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Ausgabe für Programme")]
Html = Annotated[
    Path | None, typer.Option("--report", help="Bericht als HTML-Datei schreiben", metavar="DATEI")
]
Every = Annotated[bool, typer.Option("--all", help="Alles zeigen, nicht nur das Wichtigste")]
Watched = Annotated[
    bool | None,
    typer.Option("--progress/--no-progress", help="Fortschritt zeigen; sonst nur im Terminal"),
]
Details = Annotated[
    bool,
    typer.Option(
        "--details", help="Zu --json: Zeilen um die Befunde, die größten Änderungen in Worten"
    ),
]
FIRST = "Von dieser Stadt ist noch kein Datenstand veröffentlicht: Alle Werte sind neu."
_LATER = "Verglichen wird erst ohne Fehler, denn fehlerhafte Werte fehlen noch."


def check(
    city: City,
    deliveries: Deliveries = None,
    releases: Releases = RELEASES,
    audience: For = "public",
    as_json: Json = False,
    details: Details = False,
    html: Html = None,
    every: Every = False,
    watched: Watched = None,
) -> int:
    """Lieferungen lesen und prüfen, ohne einen Datenstand zu schreiben."""
    from prepare import runs  # geopandas takes seconds to import; help need not wait

    releases = release_folders.folder(releases, audience)
    release_folders.refuse_others(releases, audience, str(city))
    with terminal.watched(watched):
        run = runs.run(city, deliveries, audience)
        compared = bool(html or details) and not run.wrong
        found = run.difference(releases) if compared else None
        if html:
            steps = report.after_check(city, run.wrong, release_folders.option(releases, audience))
            why = _LATER if run.wrong else FIRST
            told = report.Report(run.findings, run.read, run.originals, NOTHING, steps, found, why)
            report.write(told, html)
    if as_json:
        told_values = machine.checked(run.findings, run.read)
        if details:
            told_values["excerpts"] = machine.excerpts(run.findings, run.originals)
            told_values["difference"] = machine.described(found) if found else None
        print_json(told_values)
    else:
        terminal.show_findings(run.findings, every)
        print(f"{sentence(run.findings, run.read)}; {NOTHING}.")
        if html:
            print(f"Bericht: {html}")
    return ERRORS if run.wrong else OK


def build(
    city: City,
    deliveries: Deliveries = None,
    releases: Releases = RELEASES,
    audience: For = "public",
    originals: Vault = None,
    by: Annotated[
        str | None, typer.Option(help="Wer baut; sonst der angemeldete Benutzer", metavar="NAME")
    ] = None,
    key: Key = None,
    as_json: Json = False,
    watched: Watched = None,
) -> int:
    """Einen Datenstand bauen, ohne ihn zu veröffentlichen: Das tut erst publish."""
    from prepare import runs

    start = time.perf_counter()
    builder = publishing.person(_user() if by is None else by, "build")
    releases = release_folders.folder(releases, audience)
    release_folders.refuse_others(releases, audience, str(city))
    with terminal.watched(watched):
        run = runs.run(city, deliveries, audience)
        if run.wrong:
            if as_json:
                print_json(machine.refused(run.findings))
            terminal.show_findings(run.findings, stderr=True)
            terminal.complain(f"{sentence(run.findings, run.read)}; {NOTHING}.")
            return ERRORS
        content = run.content(releases)
        kept = (originals or vault.beside(releases)) / content.city
        files = vault.originals(content.deliveries, (run.deliveries, city))
        dates = vault.store(files, kept)
        shown = publishing.shown(releases, content.city)
        made = release.Made(builder, counted(run.findings), dates, shown)
        signer = key or (originals or vault.beside(releases)) / signing.KEY
        written = release.write(content, releases, made, signer)
        vault.enter(files, dates, written.path.name, kept)
    terminal.show_findings(run.findings, stderr=True)
    if as_json:
        print_json(machine.built(written, content, made, inspection.pointer(releases)))
        return OK
    _say_built(content, written, releases, time.perf_counter() - start)
    return OK


def schemas(
    folder: Annotated[Path, typer.Option(help="Ordner für die Schemadateien")] = Path(
        "data/schema"
    ),
) -> None:
    """JSON-Schemata für den Editor schreiben (Stadt, Messgrößen, Thema, Rezept)."""
    for path in schema.write(folder):
        print(path.as_posix())


def print_json(told: dict[str, Any]) -> None:
    """Print plain values for a program to read, one JSON document."""
    print(json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False))


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        raise ImpossibleError("Es steht nicht fest, wer baut. Bitte --by NAME angeben.") from None


def _say_built(
    content: release.Content,
    written: release.Written,
    releases: Path,
    seconds: float,
) -> None:
    heights = [f.height for path, f in content.frames.items() if path.startswith("counts/")]
    first, last = content.periods
    name, place = written.path.name, release_folders.option(releases, content.audience)
    measures = plural(len(heights), "Messgröße", "Messgrößen")
    modelled = ", enthält Modellwerte" if content.modelled else ""
    print(f"Datenstand {name} ({'neu' if written.new else 'unverändert, war schon da'})")
    print(f"  {measures}, {plural(sum(heights), 'Wert', 'Werte')}, {first} bis {last}{modelled}")
    deliveries = plural(len(content.deliveries), "Lieferung", "Lieferungen")
    print(f"  {deliveries}, {plural(written.size // 1024, 'kB', 'kB')}")
    print(f"  {seconds:.1f} Sekunden".replace(".", ","))
    if inspection.pointer(releases) == name:
        print("  gilt schon")
        return
    print("  noch nicht veröffentlicht; eine zweite Person sieht nach, was sich ändert:")
    print(f"    python -m prepare diff --release {name}{place}")
    print("  und gibt ihn frei:")
    print(f"    python -m prepare publish {name} --approved-by NAME{place}")
