"""The template of a city's Sozialatlas (atlas/atlas.toml), checked, as an audience may know it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import polars as pl

from model.atlas import CHAPTERS, FOREWORD, Chosen, Template, ThemeChapter
from model.catalog import Catalog
from prepare import prose, tomlfiles, validation
from prepare.cited import Cells
from prepare.findings import Finding, nearest, refuse

FOLDER = "atlas"
FILE = f"{FOLDER}/atlas.toml"
Told = tuple[str, str, str, str]
"""Rule, place, message and remedy."""


def declared(folder: Path, catalog: Catalog) -> Template:
    """The template of a city folder, the usual one if there is none.

    `catalog` is the whole one. Raises PreparationError with all findings.
    """
    path = folder / FILE
    if not path.exists():
        return Template()
    name = named(folder)
    if not path.read_bytes().strip():
        message, remedy = "Die Vorlage ist leer.", "Ausfüllen oder die Datei löschen."
        refuse([Finding("file_empty", name, "", message, remedy)])
    found = validation.checked(Template, tomlfiles.data(path, name), name)
    refuse(
        [
            Finding(rule, name, place, message, remedy)
            for rule, place, message, remedy in (*_wrong(found), *_wrong_themes(found, catalog))
        ]
    )
    return found


def named(folder: Path) -> str:
    """What findings call the template."""
    return f"{folder.name}/{FILE}"


def told(template: Template, catalog: Catalog) -> Template:
    """What of it an audience may know: themes and indicators of its catalog."""
    chapters = (
        chapter.model_copy(
            update={
                "indicators": tuple(
                    one for one in chapter.indicators if one.id in catalog.indicators
                )
            }
        )
        for chapter in template.themes
    )
    return template.model_copy(
        update={"themes": tuple(chapter for chapter in chapters if chapter.indicators)}
    )


def unshown(
    template: Template, cells: Cells, geometry: Mapping[str, object], name: str
) -> list[Finding]:
    """Views of a template that would show nothing of the release; `geometry` is that of levels."""
    level = cells.catalog.city.default_level
    findings = []
    for chapter in template.themes:
        for one in chapter.indicators:
            rows = cells.values(cells.catalog.indicators[one.id]).filter(pl.col("level") == level)
            for message, remedy in _unshown(one, rows["period"].n_unique(), level in geometry):
                place = _place(chapter, f'Indikator "{one.id}"')
                findings.append(Finding("atlas_view", name, place, message, remedy))
    return findings


def _unshown(one: Chosen, periods: int, mapped: bool) -> Iterator[tuple[str, str]]:
    if not periods:
        message = "Für die Ebene, die die Anwendung zuerst zeigt, gibt es keine Zahl."
        yield message, "Einen anderen Indikator nehmen."
        return
    if "karte" in one.views and not mapped:
        yield "Zu dieser Ebene gibt es keine Grenzen.", '"rangfolge" statt "karte" schreiben.'
    if "entwicklung" in one.views and periods == 1:
        yield "Es gibt nur einen Zeitpunkt, keine Entwicklung.", '"entwicklung" streichen.'


def _wrong(template: Template) -> Iterator[Told]:
    """What is wrong with the chapters and the words of the cover."""
    place = 'Schlüssel "chapters"'
    yield from _doubled(template.chapters, place)
    for one in CHAPTERS:
        if one not in template.chapters and one != FOREWORD:
            message = f'Das Kapitel "{one}" fehlt; jeder Atlas hat es.'
            yield "atlas_chapter", place, message, f'"{one}" an seiner Stelle ergänzen.'
    for key in ("title", "subtitle", "author"):
        for _line, figure in prose.typed_figures(getattr(template, key)):
            message = f"Die Zahl {figure} ist getippt."
            yield "text_figure_typed", f'Schlüssel "{key}"', message, "Ohne die Zahl schreiben."


def _wrong_themes(template: Template, catalog: Catalog) -> Iterator[Told]:
    """Themes and indicators nobody knows, that stand twice, or with another theme."""
    yield from _doubled([chapter.id for chapter in template.themes], "[[themes]]")
    themes = {theme.id: theme for theme in catalog.themes}
    for chapter in template.themes:
        place = _place(chapter)
        if chapter.id not in themes:
            message = f'Das Thema "{chapter.id}" gibt es nicht.'
            yield "theme_unknown", place, message, nearest(chapter.id, themes)
            continue
        known = {indicator.id for indicator in themes[chapter.id].indicators}
        yield from _doubled([one.id for one in chapter.indicators], place)
        for one in chapter.indicators:
            if one.id not in known:
                message = f'Den Indikator "{one.id}" hat dieses Thema nicht.'
                yield "indicator_unknown", place, message, nearest(one.id, known)
            yield from _doubled(one.views, _place(chapter, f'Indikator "{one.id}"'))


def _place(chapter: ThemeChapter, more: str = "") -> str:
    head = f'[[themes]] id = "{chapter.id}"'
    return f"{head}, {more}" if more else head


def _doubled(words: tuple[str, ...] | list[str], place: str) -> Iterator[Told]:
    for word in dict.fromkeys(word for word in words if words.count(word) > 1):
        yield "id_repeated", place, f'"{word}" steht mehrmals.', "Einmal nennen."
