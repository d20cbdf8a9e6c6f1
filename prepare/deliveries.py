"""Recipes applied to the offices' files: counts with status, and what was read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from model.catalog import Catalog
from prepare import (
    absent,
    audiences,
    counts,
    filesheets,
    imprint,
    long,
    progress,
    revisions,
    streaming,
    tables,
    values,
)
from prepare.areas import Areas
from prepare.checks import cells as cell_checks
from prepare.checks import files as filechecks
from prepare.checks import tables as table_checks
from prepare.findings import Finding, PreparationError
from prepare.imprint import File
from prepare.recipes import Recipe
from prepare.sheets import Sheet
from prepare.wide import DIMENSIONS

_TABLE = ("file", "sheet", "table")


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
    """Every recipe applied to the files below `folder`; of measures no catalog names, nothing.

    Everything no recipe explains, in all files, is appended to `findings` and left out.
    """
    return [_delivery(recipe, folder, catalog, areas, findings) for recipe in recipes]


def _delivery(
    recipe: Recipe, folder: Path, catalog: Catalog, areas: Areas, findings: list[Finding]
) -> Delivery:
    files: list[File] = []
    every: list[Sheet] = []
    frames, streamed = [_no_cells()], []
    for path in _paths(recipe, folder, findings):
        name = path.relative_to(folder).as_posix()
        progress.tell("Lieferungen lesen", name)
        sheets = _sheets(path, name, recipe, findings)
        files.append(imprint.file(path, name, recipe, sheets, findings))
        if recipe.streamed and sheets:
            rows = _streamed(path, sheets[0], recipe, areas, findings)
            streamed.append(audiences.rows(rows, catalog))
        else:
            told = _cells(sheets, recipe, areas, findings)
            frames += [audiences.rows(frame, catalog) for frame in told]
        every += sheets
    findings += filesheets.unused(recipe, every)
    valued = _valued(pl.concat(frames), recipe, findings)
    cells = pl.concat([valued, *(frame.select(valued.columns) for frame in streamed)])
    findings += cell_checks.findings(cells, catalog, _adding(recipe))
    # What has been reported is left out, so that the checks of sums and series go on.
    sound = cells.filter(pl.col("status").is_not_null()).unique(
        ["file", "sheet", "table", "area", "period", *DIMENSIONS], keep="first", maintain_order=True
    )
    counted = _counts(sound, areas, recipe)
    if recipe.revisions:
        counted = pl.concat([counted, *absent.withdrawn(counted, areas, recipe)])
    found, earlier = _once(counted, recipe, files, findings)
    found = pl.concat([absent.placed(found), absent.zeros(found, counted, areas, recipe)])
    return Delivery(recipe, tuple(files), found, earlier)


def _paths(recipe: Recipe, folder: Path, findings: list[Finding]) -> list[Path]:
    paths = filechecks.paths(folder, recipe.files)
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
    return pl.DataFrame(schema={**tables.SCHEMA, **places})


def _sheets(path: Path, name: str, recipe: Recipe, findings: list[Finding]) -> list[Sheet]:
    """The corrected sheets of a file; none, with a finding, if it cannot be read."""
    if closed := filechecks.unreadable(path, name):
        _note(closed, findings)
        return []
    try:
        found = filesheets.sheets(path, name, recipe)
    except PreparationError as error:
        _note(error.findings, findings)
        return []
    return filesheets.corrected(found, recipe, findings)


def _cells(
    sheets: Sequence[Sheet], recipe: Recipe, areas: Areas, findings: list[Finding]
) -> list[pl.DataFrame]:
    """Cells of all tables of a file, with the place of each."""
    frames = []
    for number, table in enumerate(recipe.tables if sheets else ()):
        own = filesheets.of_table(sheets, table, findings)
        for sheet in own:
            if unfit := table_checks.unfit(sheet, recipe, table, alone=len(own) == 1):
                _note(unfit, findings)
                continue
            rows, wrong = tables.rows(sheet, table, areas)
            if rows.height or not wrong:  # an unreadable table has been told why
                wrong += table_checks.findings(sheet, recipe, table, rows, areas)
            _note(wrong, findings)
            frames.append(
                rows.with_columns(
                    file=pl.lit(sheet.file),
                    sheet=pl.lit(sheet.name),
                    table=pl.lit(number, pl.Int32),
                )
            )
    return frames


def _valued(cells: pl.DataFrame, recipe: Recipe, findings: list[Finding]) -> pl.DataFrame:
    """The cells with value and status, tables written alike at once, parts of counts added up."""
    alike: dict[tuple[str | None, float | None], list[int]] = {}
    for number, table in enumerate(recipe.tables):
        alike.setdefault((table.suffix, table.factor), []).append(number)
    numbered = cells.with_row_index("at")
    parts = [
        values.with_values(
            numbered.filter(pl.col("table").is_in(numbers)), _notation(recipe, *written)
        )
        for written, numbers in alike.items()
    ]
    found = pl.concat(parts).sort("at").drop("at")
    for number, table in enumerate(recipe.tables):
        if table.suffix is not None:
            own = found.filter(pl.col("table") == number)
            for frame in own.partition_by("file", "sheet", maintain_order=True):
                findings += cell_checks.mixed_suffix(frame, table.suffix)
                findings += cell_checks.mixed_decimals(frame, recipe.decimal)
    return _added(found, _adding(recipe))


def _adding(recipe: Recipe) -> list[int]:
    """Numbers of the tables whose rows may be parts of one count."""
    return [number for number, table in enumerate(recipe.tables) if table.add_rows]


def _added(cells: pl.DataFrame, numbers: Sequence[int]) -> pl.DataFrame:
    """The cells, with rows of the same count added up in the tables of these numbers.

    Rows without a status stay, to be reported.
    """
    parts = pl.col("table").is_in(numbers) & pl.col("status").is_not_null()
    if not numbers:
        return cells
    added = long.added(cells.filter(parts).lazy().with_columns(parts=1), _TABLE).collect()
    return pl.concat([cells.filter(~parts), added.select(cells.columns).sort(*_TABLE, "row")])


def _streamed(
    path: Path, head: Sheet, recipe: Recipe, areas: Areas, findings: list[Finding]
) -> pl.DataFrame:
    """The counts of a file too large for memory, with the place of the first row of each."""
    [table] = recipe.tables
    notation = _notation(recipe, table.suffix, table.factor)
    rows, wrong = streaming.rows(path, head, recipe, areas, notation)
    findings += wrong
    return rows.with_columns(file=pl.lit(head.file), sheet=pl.lit(""), table=pl.lit(0, pl.Int32))


def _notation(recipe: Recipe, suffix: str | None, factor: float | None) -> values.Notation:
    return values.Notation(
        signs={**values.SIGN_SETS[recipe.sign_set], **recipe.signs},
        marks=recipe.marks,
        plain=recipe.status,
        decimal=recipe.decimal,
        brackets=recipe.brackets,
        suffix=suffix,
        factor=factor,
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


def _note(new: Iterable[Finding], findings: list[Finding]) -> None:
    """Append what is new: several recipes and tables may read the same file and sheet."""
    findings += [finding for finding in dict.fromkeys(new) if finding not in findings]


def _counts(cells: pl.DataFrame, areas: Areas, recipe: Recipe) -> pl.DataFrame:
    return (
        cells.join(areas.levels, on="area", how="left", maintain_order="left")
        .with_columns(delivery=pl.lit(recipe.id))
        .select(counts.SCHEMA.keys())
    )


def combined(read: Iterable[Delivery], findings: list[Finding]) -> pl.DataFrame:
    """Counts of all deliveries, each once. Where they contradict is appended to `findings`."""
    everything = pl.concat([pl.DataFrame(schema=counts.SCHEMA), *(d.counts for d in read)])
    findings += counts.contradictions(everything)
    real_first = everything.sort(pl.col("status") == "modelled", maintain_order=True)
    return real_first.unique(counts.KEYS, keep="first", maintain_order=True).sort(counts.KEYS)
