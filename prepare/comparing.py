"""The command that says what deliveries, or a built release, change in what is published."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from model.catalog import Audience
from prepare import (
    commands,
    difference,
    inspection,
    machine,
    publishing,
    release_folders,
    report,
    states,
    terminal,
)
from prepare.commands import (
    ERRORS,
    OK,
    RELEASES,
    Deliveries,
    Details,
    Every,
    For,
    Html,
    Json,
    Releases,
    Watched,
)
from prepare.difference import Difference, Order
from prepare.excerpts import Originals
from prepare.failures import ImpossibleError
from prepare.findings import nearest
from prepare.overview import Overview, sentence

if TYPE_CHECKING:
    from prepare.runs import Run

_BUILT = "Nichts neu: Verglichen wurden zwei fertige Datenstände."


def diff(
    city: Annotated[
        Path | None,
        typer.Argument(
            help="Stadtordner; sonst data/ mit der Stadt, die gilt", metavar="[STADTORDNER]"
        ),
    ] = None,
    deliveries: Deliveries = None,
    releases: Releases = RELEASES,
    audience: For = "public",
    release: Annotated[
        str | None,
        typer.Option(help="Statt der Lieferungen diesen Datenstand vergleichen", metavar="ID"),
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(help="Womit; sonst mit dem veröffentlichten Datenstand", metavar="ID"),
    ] = None,
    theme: Annotated[
        str | None, typer.Option(help="Nur ein Thema: Kennung oder Titel", metavar="THEMA")
    ] = None,
    area: Annotated[
        str | None, typer.Option(help="Nur ein Gebiet: Schlüssel oder Name", metavar="GEBIET")
    ] = None,
    order: Annotated[Order, typer.Option(help="Die größten zuerst: absolut, relativ")] = "absolute",
    as_json: Json = False,
    details: Details = False,
    html: Html = None,
    every: Every = False,
    watched: Watched = None,
) -> int:
    """Was Lieferungen am veröffentlichten Datenstand ändern: neu, weg, geändert, warum."""
    releases = release_folders.folder(releases, audience)
    with terminal.watched(watched):
        if release is not None:
            run, found = None, _between(releases, release, against)
        else:
            release_folders.refuse_others(releases, audience, str(releases))
            run = _read(city or _city(releases), deliveries, audience)
            found = None if run.wrong else run.difference(releases, against)
    if run is not None and run.wrong:
        if as_json:
            commands.print_json(machine.refused(run.findings))
        terminal.show_findings(run.findings, every, stderr=True)
        terminal.complain(f"{sentence(run.findings, run.read)}; ohne Berichtigung kein Vergleich.")
        return ERRORS
    if found is None:
        if as_json:
            commands.print_json(machine.nothing_before())
        else:
            print(commands.FIRST)
        return OK
    found = _narrowed(found, theme, area)
    if html:
        option = release_folders.option(releases, audience)
        report.write(_report(run, found, releases, option), html)
    if as_json:
        told = machine.described(found) if details else machine.differing(found, order)
        commands.print_json(told)
    else:
        terminal.show_difference(found, order, every)
        if html:
            print(f"Bericht: {html}")
    return OK


def _city(releases: Path) -> Path:
    """The folder of the city that is shown."""
    shown = inspection.pointer(releases)
    if shown is None:
        raise ImpossibleError("Es ist noch nichts veröffentlicht. Bitte STADTORDNER angeben.")
    name = str(inspection.whole(releases, shown).manifest["city"])
    return release_folders.city(releases, name)


def _read(city: Path, deliveries: Path | None, audience: Audience) -> Run:
    from prepare import runs  # geopandas takes seconds to import; help need not wait

    return runs.run(city, deliveries, audience)


def _between(releases: Path, release: str, against: str | None) -> Difference | None:
    after = inspection.whole(releases, release)
    name = against or publishing.shown(releases, str(after.manifest["city"]))
    if name is None:
        return None
    before = states.released(inspection.whole(releases, name))
    return difference.difference(before, states.released(after))


def _narrowed(found: Difference, theme: str | None, area: str | None) -> Difference:
    both = (found.before, found.after)
    themes = {one.id: one.title for state in both for one in state.catalog.themes}
    areas = {name: title for state in both for name, title in state.areas.items()}
    return difference.narrowed(found, _known(theme, themes, "Thema"), _known(area, areas, "Gebiet"))


def _known(word: str | None, titles: dict[str, str], kind: str) -> str | None:
    """The id meant by an id or a title. Raises ImpossibleError if there is none."""
    if word is None or word in titles:
        return word
    named = [name for name, title in titles.items() if title == word]
    if len(named) != 1:
        several = f"Mehrere: {', '.join(named)}." if named else nearest(word, titles.values())
        raise ImpossibleError(f'{kind} "{word}" gibt es nicht eindeutig. {several}')
    return named[0]


def _report(run: Run | None, found: Difference, releases: Path, option: str) -> report.Report:
    if run is None:
        city = found.after.catalog.city.name
        steps = report.after_diff(found.after.name, option)
        nothing = Originals(releases)
        return report.Report((), Overview(city), nothing, commands.NOTHING, steps, found, _BUILT)
    steps = report.after_check(run.city, run.wrong, option)
    return report.Report(run.findings, run.read, run.originals, commands.NOTHING, steps, found)
