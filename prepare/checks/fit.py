"""Whether a file that cannot be read by its recipe is simply another office's file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from model.catalog import BREAKDOWNS
from prepare import textfiles, workbooks
from prepare.checks import files
from prepare.findings import Finding, PreparationError
from prepare.recipe_places import Labels, Origin
from prepare.recipes import Recipe, Table
from prepare.sheets import Sheet

_STRANGE = frozenset(
    {"sheet_missing", "column_missing", "head_unknown", "label_unknown", "row_unknown"}
)
_FOLLOWING = _STRANGE | {"area_unknown", "period_unknown", "cell_no_number", "cell_blank"}
_FOLLOWING |= {"table_empty", "delimiter_wrong", "row_ragged", "cell_doubled"}
_POOR, _GOOD = 0.5, 0.8


def explained(
    findings: Sequence[Finding], recipes: Sequence[Recipe], folder: Path
) -> list[Finding]:
    """The findings, with all that follow from a wrong file replaced by that one.

    A file is wrong if it has less than half of the heads and labels its recipes explain.
    """
    strange = {finding.file for finding in findings if finding.rule in _STRANGE}
    claims: dict[Path, list[Recipe]] = {}
    for recipe in recipes:
        for path in files.paths(folder, recipe):
            if path.relative_to(folder).as_posix() in strange:
                claims.setdefault(path, []).append(recipe)
    wrong = {}
    for path, own in claims.items():
        name = path.relative_to(folder).as_posix()
        fits = {recipe.id: _fit(recipe, path, name) for recipe in recipes}
        if max(fits[recipe.id] for recipe in own) < _POOR:
            wrong[name] = _finding(name, own, recipes, fits)
    kept = [f for f in findings if f.file not in wrong or f.rule not in _FOLLOWING]
    return [*wrong.values(), *kept]


def _finding(
    name: str, own: Sequence[Recipe], recipes: Sequence[Recipe], fits: dict[str, float]
) -> Finding:
    told = ", ".join(f'"{recipe.id}"' for recipe in own)
    best = max(recipes, key=lambda recipe: fits[recipe.id])
    remedy = "Prüfen, ob die richtige Datei unter diesem Namen liegt."
    if fits[best.id] >= _GOOD:
        remedy = f'Die Datei passt zum Rezept "{best.id}" ({best.files}): dort ablegen.'
    share = round(100 * max(fits[recipe.id] for recipe in own))
    message = f"Von dem, was Rezept {told} an Köpfen erwartet, enthält die Datei {share} %."
    return Finding("file_wrong_recipe", name, "", message, remedy)


def _fit(recipe: Recipe, path: Path, name: str) -> float:
    """Share of the texts a recipe explains that occur in the file; 1 if it explains none."""
    expected = {text for table in recipe.tables for text in _explained(table) if text}
    try:
        there = {text for sheet in _sheets(recipe, path, name) for text in _texts(sheet)}
    except PreparationError:
        return 0.0
    return len(expected & there) / len(expected) if expected else 1.0


def _explained(table: Table) -> list[str]:
    """Heads and labels a table explains, without those that may be ignored."""
    places = (table.area, table.period)
    told = [place.column for place in places if isinstance(place, Origin)]
    texts = [column for column in [*told, table.value] if isinstance(column, str)]
    texts += [text for rule in table.rows for pair in rule.where.items() for text in pair]
    if table.cells is not None:
        for name in ("measure", *BREAKDOWNS):
            label = getattr(table.cells, name)
            texts += list(label.values) if isinstance(label, Labels) else []
    return texts


def _sheets(recipe: Recipe, path: Path, name: str) -> list[Sheet]:
    if path.suffix.lower() in workbooks.SUFFIXES:
        return workbooks.sheets(path, name, ".*", recipe.decimal)
    return [textfiles.sheet(path, name, recipe.delimiter, recipe.encoding, recipe.columns)]


def _texts(sheet: Sheet) -> set[str]:
    columns = (sheet.cells[name] for name in sheet.cells.columns if name != "row")
    return {text for column in columns if column.dtype == pl.String for text in column.unique()}
