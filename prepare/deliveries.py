"""Recipes applied to the offices' files: counts with status, and what was read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from model.catalog import BREAKDOWNS, Catalog
from prepare import counts, tables, textfiles, values, workbooks
from prepare.areas import Areas
from prepare.checks import cells as cell_checks
from prepare.checks import files
from prepare.checks import tables as table_checks
from prepare.findings import Finding, PreparationError
from prepare.recipes import Recipe, Table
from prepare.sheets import Sheet
from prepare.wide import DIMENSIONS


@dataclass(frozen=True)
class Delivery:
    """What one recipe brought: its files as (name, SHA-256), and the counts (counts.SCHEMA)."""

    recipe: Recipe
    files: tuple[tuple[str, str], ...]
    counts: pl.DataFrame


def deliveries(
    recipes: Iterable[Recipe],
    folder: Path,
    catalog: Catalog,
    areas: Areas,
    findings: list[Finding],
) -> list[Delivery]:
    """Every recipe applied to the files below `folder`.

    Everything no recipe explains, in all files, is appended to `findings` and left out.
    """
    return [_delivery(recipe, folder, catalog, areas, findings) for recipe in recipes]


def _delivery(
    recipe: Recipe, folder: Path, catalog: Catalog, areas: Areas, findings: list[Finding]
) -> Delivery:
    paths = files.paths(folder, recipe)
    if not paths:
        findings.append(
            Finding(
                "file_missing",
                recipe.files,
                f'Rezept "{recipe.id}"',
                "Keine Datei der Lieferung heißt so.",
                "Datei ablegen oder files im Rezept anpassen.",
            )
        )
    frames = [_no_cells()]
    for path in paths:
        frames += _cells(path, path.relative_to(folder).as_posix(), recipe, areas, findings)
    signs = {**values.SIGNS, **recipe.signs}
    cells = values.with_values(pl.concat(frames), signs, recipe.status, recipe.decimal)
    findings += cell_checks.findings(cells, catalog)
    # What has been reported is left out, so that the checks of sums and series go on.
    sound = cells.filter(pl.col("status").is_not_null()).unique(
        ["area", "period", *DIMENSIONS], keep="first", maintain_order=True
    )
    found = _counts(sound, areas, recipe)
    for table in recipe.tables:
        for measure in table.absent_is_zero:
            found = _with_zeros(found, measure, areas, recipe)
    return Delivery(recipe, tuple(_file(path, folder) for path in paths), found)


def _file(path: Path, folder: Path) -> tuple[str, str]:
    return path.relative_to(folder).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()


def _no_cells() -> pl.DataFrame:
    places = {"file": pl.String, "sheet": pl.String, "table": pl.Int32}
    return pl.DataFrame(schema={**tables.SCHEMA, **places})


def _cells(
    path: Path, name: str, recipe: Recipe, areas: Areas, findings: list[Finding]
) -> list[pl.DataFrame]:
    """Cells of all tables of a file, with the place of each."""
    if closed := files.unreadable(path, name):
        _note(closed, findings)
        return []
    frames = []
    for number, table in enumerate(recipe.tables):
        try:
            sheets = _sheets(path, name, recipe, table)
        except PreparationError as error:
            _note(error.findings, findings)
            continue
        for sheet in sheets:
            if unfit := table_checks.unfit(sheet, recipe, table, alone=len(sheets) == 1):
                _note(unfit, findings)
                continue
            rows, wrong = tables.rows(sheet, table, areas)
            wrong += table_checks.findings(sheet, recipe, table, rows, areas)
            _note(wrong, findings)
            frames.append(
                rows.with_columns(
                    file=pl.lit(name),
                    sheet=pl.lit(sheet.name),
                    table=pl.lit(number, pl.Int32),
                )
            )
    return frames


def _note(new: Iterable[Finding], findings: list[Finding]) -> None:
    """Append what is new: several recipes and tables may read the same file and sheet."""
    findings += [finding for finding in dict.fromkeys(new) if finding not in findings]


def _sheets(path: Path, name: str, recipe: Recipe, table: Table) -> list[Sheet]:
    suffix = path.suffix.lower()
    if suffix in workbooks.SUFFIXES:
        return workbooks.sheets(path, name, table.sheet, recipe.decimal)
    if suffix in textfiles.SUFFIXES:
        return [textfiles.sheet(path, name, recipe.delimiter, recipe.encoding)]
    message = f'Dateien mit der Endung "{suffix}" werden nicht gelesen.'
    remedy = "Als .xlsx oder .csv liefern."
    raise PreparationError([Finding("format_unknown", name, "", message, remedy)])


def _counts(cells: pl.DataFrame, areas: Areas, recipe: Recipe) -> pl.DataFrame:
    levels = areas.table.select("area", "level")
    return (
        cells.join(levels, on="area", how="left", maintain_order="left")
        .with_columns(delivery=pl.lit(recipe.id))
        .select(counts.SCHEMA.keys())
    )


def _with_zeros(found: pl.DataFrame, measure: str, areas: Areas, recipe: Recipe) -> pl.DataFrame:
    """Add zeros for the absent rows of one measure.

    Expected are all areas of the delivered levels, all delivered periods, and the categories the
    measure was delivered with.
    """
    own = found.filter(pl.col("measure") == measure)
    zeros = (
        areas.table.select("level", "area")
        .join(found.select("level").unique(), on="level")
        .join(found.select("period").unique(), how="cross")
        .join(own.select("measure", *BREAKDOWNS).unique(), how="cross")
        .join(own, on=counts.KEYS, how="anti")
        .with_columns(
            *counts.nowhere(),
            value=pl.lit(0.0),
            status=pl.lit(recipe.status),
            delivery=pl.lit(recipe.id),
        )
        .select(counts.SCHEMA.keys())
    )
    return pl.concat([found, zeros])


def combined(read: Iterable[Delivery], findings: list[Finding]) -> pl.DataFrame:
    """Counts of all deliveries, each once. Where they contradict is appended to `findings`."""
    everything = pl.concat([pl.DataFrame(schema=counts.SCHEMA), *(d.counts for d in read)])
    findings += counts.contradictions(everything)
    real_first = everything.sort(pl.col("status") == "modelled", maintain_order=True)
    return real_first.unique(counts.KEYS, keep="first", maintain_order=True).sort(counts.KEYS)
