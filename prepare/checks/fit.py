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

    A file is wrong if it has less than half of the heads and labels its recipes explain. Files
    that are streamed are too large to be tried with other recipes.
    """
    strange = {finding.file for finding in findings if finding.rule in _STRANGE}
    claims: dict[Path, list[Recipe]] = {}
    whole = [recipe for recipe in recipes if not recipe.streamed]
    for recipe in whole:
        for path in files.paths(folder, recipe.files):
            if path.relative_to(folder).as_posix() in strange:
                claims.setdefault(path, []).append(recipe)
    wrong = {}
    for path, own in claims.items():
        name = path.relative_to(folder).as_posix()
        fits = _fits(whole, path, name)
        if max(fits[recipe.id] for recipe in own) < _POOR:
            wrong[name] = _finding(name, own, whole, fits)
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


def _fits(recipes: Sequence[Recipe], path: Path, name: str) -> dict[str, float]:
    """By recipe the share of the texts it explains that occur in the file; 1 if it explains none.

    The file is read once for all recipes that read it alike.
    """
    told: dict[tuple[str | None, ...], set[str] | None] = {}
    shares = {}
    for recipe in recipes:
        way = (recipe.decimal, recipe.delimiter, recipe.encoding, recipe.columns)
        if way not in told:
            told[way] = _texts(recipe, path, name)
        expected = {text for table in recipe.tables for text in _explained(table) if text}
        there = told[way]
        if there is None:
            shares[recipe.id] = 0.0
        else:
            shares[recipe.id] = len(expected & there) / len(expected) if expected else 1.0
    return shares


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


def _texts(recipe: Recipe, path: Path, name: str) -> set[str] | None:
    """All texts of the file as a recipe reads it; None if it cannot."""
    try:
        found = _sheets(recipe, path, name)
    except PreparationError:
        return None
    columns = (sheet.cells[c] for sheet in found for c in sheet.cells.columns if c != "row")
    return {text for column in columns if column.dtype == pl.String for text in column.unique()}
