"""Recipes applied to the offices' files: counts with status, and what was read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from model.catalog import BREAKDOWNS, Catalog
from prepare import (
    cell_checks,
    counts,
    filesheets,
    imprint,
    long,
    revisions,
    streaming,
    tables,
    values,
)
from prepare.areas import Areas
from prepare.findings import Finding, PreparationError
from prepare.imprint import File
from prepare.recipes import Recipe, Table
from prepare.sheets import Sheet
from prepare.wide import DIMENSIONS


@dataclass(frozen=True)
class Delivery:
    """What one recipe brought: its files and the counts (counts.SCHEMA).

    `earlier` are values that a later file of the same recipe replaced, oldest first.
    """

    recipe: Recipe
    files: tuple[File, ...]
    counts: pl.DataFrame
    earlier: pl.DataFrame


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
    files: list[File] = []
    every: list[Sheet] = []
    frames = [_no_cells()]
    for path in _paths(recipe, folder, findings):
        name = path.relative_to(folder).as_posix()
        sheets = _sheets(path, name, recipe, findings)
        files.append(imprint.file(path, name, recipe, sheets, findings))
        if recipe.streamed and sheets:
            frames.append(_streamed(path, sheets[0], recipe, areas, findings))
        else:
            frames += _cells(sheets, recipe, areas, findings)
        every += sheets
    findings += filesheets.unused(recipe.corrections, every, recipe.files)
    cells = pl.concat(frames)
    findings += cell_checks.findings(cells, catalog)
    # What has been reported is left out, so that the checks of sums and series go on.
    sound = cells.filter(pl.col("status").is_not_null()).unique(
        ["file", "sheet", "table", "area", "period", *DIMENSIONS], keep="first", maintain_order=True
    )
    found, earlier = _once(_counts(sound, areas, recipe), recipe, files, findings)
    for table in recipe.tables:
        for measure in table.absent_is_zero:
            found = _with_zeros(found, measure, areas, recipe)
    return Delivery(recipe, tuple(files), found, earlier)


def _paths(recipe: Recipe, folder: Path, findings: list[Finding]) -> list[Path]:
    paths = sorted(p for p in folder.glob(recipe.files) if p.is_file() and p.name[:2] != "~$")
    if not paths and not recipe.optional:
        findings.append(
            Finding(
                "file_missing",
                recipe.files,
                f'Rezept "{recipe.id}"',
                "Keine Datei der Lieferung heißt so.",
                "Datei ablegen oder files im Rezept anpassen.",
            )
        )
    return paths


def _no_cells() -> pl.DataFrame:
    places = {"file": pl.String, "sheet": pl.String, "table": pl.Int32}
    return pl.DataFrame(
        schema={**tables.SCHEMA, "value": pl.Float64, "status": pl.String, **places}
    )


def _sheets(path: Path, name: str, recipe: Recipe, findings: list[Finding]) -> list[Sheet]:
    """The corrected sheets of a file; none, with a finding, if it cannot be read."""
    try:
        found = filesheets.sheets(path, name, recipe)
    except PreparationError as error:
        findings += [finding for finding in error.findings if finding not in findings]
        return []
    return filesheets.corrected(found, recipe.corrections, findings)


def _cells(
    sheets: Sequence[Sheet], recipe: Recipe, areas: Areas, findings: list[Finding]
) -> list[pl.DataFrame]:
    """Cells of all tables of a file, with value and status and the place of each."""
    frames = []
    for number, table in enumerate(recipe.tables if sheets else ()):
        for sheet in filesheets.of_table(sheets, table, findings):
            rows, wrong = tables.rows(sheet, table, areas)
            findings += wrong
            cells = values.with_values(rows, _notation(recipe, table))
            frames.append(
                (_added(cells) if table.add_rows else cells).with_columns(
                    file=pl.lit(sheet.file),
                    sheet=pl.lit(sheet.name),
                    table=pl.lit(number, pl.Int32),
                )
            )
            findings += cell_checks.mixed_suffix(frames[-1], table.suffix)
    return frames


def _added(cells: pl.DataFrame) -> pl.DataFrame:
    """Rows of the same count added up; rows without a status stay, to be reported."""
    sound = cells.filter(pl.col("status").is_not_null())
    sums = (
        long.added(sound.lazy().with_columns(parts=1)).collect().select(cells.columns).sort("row")
    )
    return pl.concat([sums.select(cells.columns), cells.filter(pl.col("status").is_null())])


def _streamed(
    path: Path, head: Sheet, recipe: Recipe, areas: Areas, findings: list[Finding]
) -> pl.DataFrame:
    """The counts of a file too large for memory, with the place of the first row of each."""
    [table] = recipe.tables
    rows, wrong = streaming.rows(path, head, recipe, areas, _notation(recipe, table))
    findings += wrong
    return rows.with_columns(file=pl.lit(head.file), sheet=pl.lit(""), table=pl.lit(0, pl.Int32))


def _notation(recipe: Recipe, table: Table) -> values.Notation:
    return values.Notation(
        signs={**values.SIGN_SETS[recipe.sign_set], **recipe.signs},
        marks=recipe.marks,
        plain=recipe.status,
        decimal=recipe.decimal,
        brackets=recipe.brackets,
        suffix=table.suffix,
        factor=table.factor,
    )


def _once(
    found: pl.DataFrame, recipe: Recipe, files: Sequence[File], findings: list[Finding]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Each count once, and the earlier values of revised ones; contradictions are noted."""
    together = found.partition_by("file") if recipe.revisions else [found]
    for frame in together:
        findings += counts.contradictions(frame)
    # Within a file the first of two contradicting values stays, until the contradiction is solved.
    first = found.unique(
        [*counts.KEYS, *(["file"] if recipe.revisions else [])], keep="first", maintain_order=True
    )
    return revisions.latest(first, files) if recipe.revisions else (first, first.clear())


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
