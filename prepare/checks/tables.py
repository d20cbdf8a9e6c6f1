"""Checks of a sheet and its table: separators, heads, lengths of rows, characters, Stand."""

from __future__ import annotations

import polars as pl

from prepare import periods
from prepare import reading as readings
from prepare.areas import Areas
from prepare.checks import ages, labels, rates
from prepare.findings import Finding
from prepare.reading import Reading
from prepare.recipes import Recipe, Table
from prepare.sheets import Sheet

_DELIMITERS = ";,\t|"
_DAMAGE = r"\x{FFFD}|Ã[\x{80}-\x{BF}¼¤¶Ÿ„–œ]|â€|\pL[„”]\pL"
_STAND = r"\bStand:? ?(\d{1,2}\.\d{1,2}\.\d{4})"


def unfit(sheet: Sheet, recipe: Recipe, table: Table, alone: bool) -> list[Finding]:
    """Why a sheet is not worth reading; [] if it is. `alone`: the file has no other like it."""
    if sheet.cells.is_empty():
        message = "Das Blatt ist leer und wurde übergangen."
        remedy = "Leeres Blatt löschen, oder nachliefern, was darauf stehen sollte."
        place = sheet.place()
        found = Finding("sheet_empty", sheet.file, place, message, remedy, sheet.name)
        return [] if alone else [found]
    head = max(table.head_rows, default=1)
    texts = [text for text in sheet.texts(head).values() if text]
    others = [d for d in _DELIMITERS if d != recipe.delimiter and len(texts) == 1 and d in texts[0]]
    if sheet.name or not others:
        return []
    message = f"Mit {recipe.delimiter!r} getrennt ist die Kopfzeile eine einzige Zelle."
    remedy = (
        f"Mit {recipe.delimiter!r} exportieren oder im Rezept delimiter = {others[0]!r} setzen."
    )
    found = Finding("delimiter_wrong", sheet.file, sheet.place(head), message, remedy, "", head)
    return [found]


def findings(
    sheet: Sheet, recipe: Recipe, table: Table, rows: pl.DataFrame, areas: Areas
) -> list[Finding]:
    """All findings on a table of a sheet; `rows` is what tables.rows made of it."""
    read = readings.reading(sheet, table, areas)
    texts = (
        sheet.cells.unpivot(index="row", variable_name="column", value_name="text")
        .drop_nulls()
        .with_columns(pl.col("column").cast(pl.Int64))
    )
    _damaged(read, texts)
    _ragged(read)
    ages.impossible(read)
    if rows.height:
        _heads_declared(read)
        # A future column of a table that is filled month by month holds signs, not numbers.
        counted = rows.filter(pl.col("text").str.contains(r"\d"))["period"].max()
        _stand(read, texts, str(counted or ""))
        labels.differing(read, texts, rows)
        rates.disagreeing(read, rows, recipe.decimal)
    return read.findings


def _damaged(read: Reading, texts: pl.DataFrame) -> None:
    """Characters that come of reading a text in the wrong encoding; the first of each column."""
    wrong = texts.filter(pl.col("text").str.contains(_DAMAGE))
    for row, column, text in wrong.unique("column", keep="first", maintain_order=True).iter_rows():
        count = wrong.filter(pl.col("column") == column).height
        read.note(
            "encoding_damage",
            f'"{text}" enthält beschädigte Zeichen ({count} Zellen dieser Spalte).',
            "Datei als UTF-8 neu exportieren, oder encoding im Rezept berichtigen.",
            row,
            column,
        )


def _heads_declared(read: Reading) -> None:
    """A table without a head row of its own, whose columns only the recipe names."""
    table = read.table
    if table.heads and not table.head_rows:
        read.note(
            "heads_declared",
            f"Die Tabelle hat keine Kopfzeile; laut Rezept sind die Spalten: "
            f"{', '.join(table.heads)}.",
            "Die liefernde Stelle um eine Kopfzeile bitten; bis dahin die Reihenfolge prüfen.",
            read.sheet.cells[0, "row"],
        )


def _ragged(read: Reading) -> None:
    """Rows of a text file with more cells than there are heads: an unquoted separator."""
    heads = [column for head in read.heads for column, text in head.items() if text]
    beyond = [str(c) for c in read.sheet.columns if heads and c > max(heads)]
    if read.sheet.name or not beyond:
        return
    longer = read.body().filter(pl.any_horizontal(pl.col(beyond).is_not_null()))
    if longer.height:
        read.note(
            "row_ragged",
            "Die Zeile hat mehr Zellen als die Kopfzeile"
            + (f" ({longer.height} solche Zeilen)." if longer.height > 1 else "."),
            "Trennzeichen innerhalb eines Textes in Anführungszeichen setzen.",
            longer[0, "row"],
            max(heads) + 1,
        )


def _stand(read: Reading, texts: pl.DataFrame, newest: str) -> None:
    """A file's last "Stand: 12.03.2024" before the reference date it counts."""
    told = []
    for row, column, _, stand in (
        texts.with_columns(stand=pl.col("text").str.extract(_STAND)).drop_nulls("stand").iter_rows()
    ):
        try:
            told.append((periods.iso(stand), row, column, stand))
        except periods.UnknownPeriod:
            continue
    if told and max(told)[0][: len(newest)] < newest:
        _, row, column, stand = max(told)
        read.note(
            "stand_too_early",
            f"Der Stand {stand} liegt vor dem jüngsten Zeitpunkt der Tabelle ({newest}).",
            "Prüfen, ob Stand und Stichtag stimmen und die Datei die neue ist.",
            row,
            column,
        )
