"""The command that makes the Sozialatlas of a release: the whole book, or single districts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from model.catalog import Audience
from model.filetypes import Format
from prepare import commands, inspection, progress, release_folders, terminal
from prepare.commands import OK, RELEASES, For, Json, Releases, Watched
from prepare.failures import ImpossibleError
from prepare.findings import Finding, PreparationError
from prepare.overview import plural

_VARIABLE = "QUARTIERSPULS_AUDIENCE"


def report(
    name: Annotated[str, typer.Argument(metavar="DATENSTAND", help="Kennung des Datenstands")],
    out: Annotated[Path, typer.Option("--out", help="Ordner für die Dateien", metavar="ORDNER")],
    formats: Annotated[
        list[Format] | None, typer.Option("--format", help="Art der Datei; sonst alle")
    ] = None,
    areas: Annotated[
        list[str] | None,
        typer.Option(
            "--area",
            help="Nur der Steckbrief dieses Gebiets; mehrfach möglich",
            metavar="SCHLÜSSEL",
        ),
    ] = None,
    releases: Releases = RELEASES,
    audience: For = "public",
    as_json: Json = False,
    watched: Watched = None,
) -> int:
    """Den Sozialatlas eines Datenstands als Dateien schreiben."""
    releases = release_folders.folder(releases, audience)
    found = inspection.whole(releases, name)
    if found.manifest["audience"] != audience:
        raise PreparationError([_for_others(name, str(found.manifest["audience"]))])
    with terminal.watched(watched), _serving(audience):
        kinds = dict.fromkeys(formats or list(Format))
        written = list(_written(found.folder, out, [kind.value for kind in kinds], areas or []))
    if as_json:
        commands.print_json({"release": name, "files": [path.as_posix() for path in written]})
        return OK
    print(f"Sozialatlas {name}: {plural(len(written), 'Datei', 'Dateien')}")
    for path in written:
        print(f"  {path} ({plural(path.stat().st_size // 1024, 'kB', 'kB')})")
    return OK


def _written(folder: Path, out: Path, kinds: list[str], areas: list[str]) -> Iterator[Path]:
    """The paths of the files, written one after the other."""
    progress.tell("Programm laden")
    # Of all commands only this one needs the application.
    from components import atlas_files

    try:
        for file in atlas_files.made(folder, kinds, areas, _tell):
            out.mkdir(parents=True, exist_ok=True)
            (out / file.name).write_bytes(file.data)
            yield out / file.name
    except atlas_files.AtlasError as error:
        raise ImpossibleError(str(error)) from error


def _tell(kind: str, chapter: str) -> None:
    """Say which chapter is put together, or written as a file of a kind."""
    progress.tell(f"Sozialatlas ({kind.upper()})" if kind else "Sozialatlas", chapter)


@contextmanager
def _serving(audience: Audience) -> Iterator[None]:
    """Let the application know whom it serves, as long as it works for this command."""
    before = os.environ.get(_VARIABLE)
    os.environ[_VARIABLE] = audience
    try:
        yield
    finally:
        del os.environ[_VARIABLE]
        if before is not None:
            os.environ[_VARIABLE] = before


def _for_others(name: str, audience: str) -> Finding:
    return Finding(
        "release_audience",
        name,
        "",
        f'Der Datenstand ist für "{audience}" bestimmt.',
        f"Mit --audience {audience} aufrufen.",
    )
