"""Long text files that need not fit into memory: read in a stream, added up to counts."""

from __future__ import annotations

import csv
import itertools
from pathlib import Path

import polars as pl

from prepare import long, origins, tables, textfiles, values
from prepare.areas import Areas
from prepare.findings import Finding, PreparationError
from prepare.reading import Reading, Unreadable, reading
from prepare.recipe_places import Column
from prepare.recipes import Recipe
from prepare.sheets import Sheet, grid
from prepare.values import Notation

_SHOWN = 50
"""So many unreadable rows are named, the others counted."""


def head(path: Path, name: str, recipe: Recipe) -> Sheet:
    """The lines up to the head row as a sheet. Raises PreparationError."""
    [table] = recipe.tables
    last = max(table.head_rows)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(itertools.islice(csv.reader(file, delimiter=recipe.delimiter), last))
    except UnicodeDecodeError as error:
        raise PreparationError([_not_utf8(name)]) from error
    except csv.Error as error:
        raise PreparationError([textfiles.no_table(name, recipe.delimiter, error)]) from error
    width = max(map(len, rows), default=0)
    cells = pl.DataFrame(
        [[number, *row, *[""] * (width - len(row))] for number, row in enumerate(rows, start=1)],
        schema={"row": pl.Int64, **{str(c): pl.String for c in range(1, width + 1)}},
        orient="row",
    )
    return grid(name, "", cells)


def rows(
    path: Path, sheet: Sheet, recipe: Recipe, areas: Areas, notation: Notation
) -> tuple[pl.DataFrame, list[Finding]]:
    """One row per count (tables.SCHEMA, value, status) and everything the recipe does not explain.

    `sheet` is the file's head. The stream only groups rows of the same texts; what the texts mean
    is found out from the groups. So memory grows with the number of counts, not of rows.
    """
    [table] = recipe.tables
    assert table.value is not None, "the recipe model demands a long table"
    read = reading(sheet, table, areas)
    try:
        groups = _groups(_scan(path, sheet, recipe), read, table.value, notation)
        _note_ragged(read, groups)
        if groups.is_empty():
            read.note("table_empty", "Die Tabelle hat keine Zeilen.", "head_rows prüfen.")
        body = origins.with_origins(read, groups.lazy())
        found = long.rows(read, body, table.value).collect().drop_nulls(long.CELL)
        return _counts(read, values.with_values(found, notation), notation), read.findings
    except Unreadable:
        pass
    except (pl.exceptions.ComputeError, pl.exceptions.SchemaError) as error:
        if "utf-8" in str(error).lower():
            return _none(), [*read.findings, _not_utf8(sheet.file)]
        message = f"Die Datei ist keine durchgehende Tabelle ({str(error).splitlines()[0]})."
        read.note("text_unreadable", message, "Trennzeichen und Anführungszeichen prüfen.")
    return _none(), read.findings


def _scan(path: Path, sheet: Sheet, recipe: Recipe) -> pl.LazyFrame:
    """The rows below the head as texts, with their line numbers.

    One column more than the head has holds what rows that are too long have there.
    """
    [table] = recipe.tables
    last = max(table.head_rows)
    return pl.scan_csv(
        path,
        separator=recipe.delimiter,
        has_header=False,
        skip_lines=last,
        schema={str(column): pl.String for column in (*sheet.columns, len(sheet.columns) + 1)},
        missing_columns="insert",
        row_index_name="row",
        row_index_offset=last + 1,
    )


def _groups(scan: pl.LazyFrame, read: Reading, value: Column, notation: Notation) -> pl.DataFrame:
    """Rows that share all texts the recipe reads, as one: `row` (the first), `parts`, `sum`.

    Plain whole numbers are added up here, and `sum` holds what they make; any other value, and
    one that is a sign or has a mark, is one of the shared texts. Blank rows are left out.
    """
    column = str(read.column(value))
    used = sorted({str(number) for number in _used(read)} - {column}, key=int)
    plain = pl.col(column).str.contains(r"^[0-9]{1,15}$").fill_null(False)
    if numbers := [sign for sign in notation.signs if sign.isdecimal()]:
        plain &= ~pl.col(column).is_in(numbers)
    if read.table.mark is not None:
        mark = pl.col(str(read.column(read.table.mark)))
        plain &= mark.fill_null("").str.strip_chars() == ""
    beyond = pl.col(str(len(read.sheet.columns) + 1)).is_not_null()
    scan = scan.with_columns(ragged=pl.when(beyond).then("row"))
    size = (pl.col("row", "ragged").min().cast(pl.Int64), pl.len().alias("parts"))
    total = pl.col(column).cast(pl.Float64).sum().alias("sum")
    summed = scan.filter(plain).group_by(used).agg(*size, total)
    others = scan.filter(~plain).group_by(*used, column).agg(*size)
    found = pl.concat(
        pl.collect_all([summed, others], engine="streaming"), how="diagonal_relaxed"
    ).sort("row")
    told = pl.col(*used, column)
    return (
        found.with_columns(told.str.replace_all(r"\s+", " ").str.strip_chars())
        .with_columns(pl.when(told.str.len_chars() > 0).then(told).name.keep())
        .filter(pl.any_horizontal(told.is_not_null()) | pl.col("sum").is_not_null())
    )


def _note_ragged(read: Reading, groups: pl.DataFrame) -> None:
    """The first row with a cell more than there are heads: an unquoted separator moved others."""
    row = groups["ragged"].min()
    if isinstance(row, int):
        read.note(
            "row_ragged",
            "Die Zeile hat mehr Zellen als die Kopfzeile.",
            "Trennzeichen innerhalb eines Textes in Anführungszeichen setzen.",
            row,
            len(read.sheet.columns) + 1,
        )


def _used(read: Reading) -> set[int]:
    """Numbers of the columns whose texts the recipe reads, beside the value."""
    table = read.table
    columns: set[Column] = {o.column for o in table.origins() if o.column is not None}
    columns |= set() if table.mark is None else {table.mark}
    keys = {key for rule in table.rows for key in (*rule.where, *rule.matches)} | set(table.only)
    return {read.column(column) for column in columns} | {read.named(key) for key in keys}


def _counts(read: Reading, cells: pl.DataFrame, notation: Notation) -> pl.DataFrame:
    """Groups with value and status as counts; what is no value, or stands twice, is noted."""
    summed = pl.col("sum").is_not_null()
    cells = cells.with_columns(
        value=pl.when(summed)
        .then(values.multiplied(pl.col("sum"), notation.factor))
        .otherwise(pl.col("value") * pl.col("parts")),
        status=pl.when(summed).then(pl.lit(notation.plain)).otherwise("status"),
    )
    unreadable = cells.filter(pl.col("status").is_null()).sort("row")
    for row in unreadable.head(_SHOWN).iter_rows(named=True):
        read.note(*_why(row["text"], row["parts"]), row["row"], row["column"], row["text"])
    sums = long.added(cells.filter(pl.col("status").is_not_null()).lazy()).collect()
    if not read.table.add_rows:
        _note_doubled(read, sums)
    return sums.select(*tables.SCHEMA, "value", "status").sort(long.CELL)


def _why(text: str | None, count: int) -> tuple[str, str, str]:
    """Rule, message and remedy for a text that is no value."""
    if text is None:
        remedy = 'Wert oder Zeichen eintragen, oder im Rezept unter [signs] "" erklären.'
        return "cell_blank", f"Die Zelle ist leer ({count} Zeilen so).", remedy
    message = f'"{text}" ist weder eine Zahl noch ein vereinbartes Zeichen ({count} Zeilen so).'
    return "cell_no_number", message, "Datei berichtigen oder das Zeichen im Rezept erklären."


def _note_doubled(read: Reading, sums: pl.DataFrame) -> None:
    doubled = sums.filter(pl.col("parts") > 1).sort("row")
    for row in doubled.head(_SHOWN).iter_rows(named=True):
        read.note(
            "cell_doubled",
            f"Gebiet {row['area']}, {row['period']}, {row['measure']} steht {row['parts']}-mal, "
            f"zuerst hier ({doubled.height} Zahlen so).",
            "Doppelte Zeilen löschen, oder im Rezept add_rows = true, wenn sie Teile sind.",
            row["row"],
            row["column"],
        )


def _none() -> pl.DataFrame:
    return pl.DataFrame(schema={**tables.SCHEMA, "value": pl.Float64, "status": pl.String})


def _not_utf8(name: str) -> Finding:
    return Finding(
        "encoding_wrong",
        name,
        "",
        "Eine Datei mit streamed = true muss UTF-8 sein, diese ist es nicht.",
        "Als UTF-8 speichern.",
    )
