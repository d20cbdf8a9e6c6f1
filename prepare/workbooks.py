"""Excel workbooks (and what calamine reads like them) as sheets of texts."""

from __future__ import annotations

import re
from pathlib import Path

import fastexcel
import polars as pl

from prepare.findings import Finding, PreparationError
from prepare.sheets import Sheet, grid

SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})
_DECIMAL = r"^-?\d*\.\d+$"
_MIDNIGHT = r"^(\d{4}-\d\d-\d\d) 00:00:00$"


def sheets(path: Path, name: str, pattern: str, decimal: str = ",") -> list[Sheet]:
    """All sheets whose name matches `pattern` fully, cells as texts.

    Numbers come without '.0' and with the decimal sign that `values.number` will read in this
    delivery, dates as ISO. Raises PreparationError if the file cannot be read or no sheet matches.
    """
    try:
        reader = fastexcel.read_excel(path)
        names = [sheet for sheet in reader.sheet_names if re.fullmatch(pattern, sheet)]
        found = [grid(name, sheet, _cells(reader, sheet, decimal)) for sheet in names]
    except fastexcel.FastExcelError as error:
        raise PreparationError(
            [
                Finding(
                    "workbook_unreadable",
                    name,
                    "",
                    f"Die Arbeitsmappe lässt sich nicht lesen ({str(error).splitlines()[0]}).",
                    "Datei in Excel öffnen und ohne Kennwort als .xlsx speichern.",
                )
            ]
        ) from error
    if not found:
        listed = ", ".join(f'"{sheet}"' for sheet in reader.sheet_names)
        raise PreparationError(
            [
                Finding(
                    "sheet_missing",
                    name,
                    "",
                    f'Kein Blatt heißt wie im Rezept verlangt ("{pattern}").',
                    f"Blatt umbenennen oder das Rezept anpassen; die Datei hat {listed}.",
                )
            ]
        )
    return found


def _cells(reader: fastexcel.ExcelReader, sheet: str, decimal: str) -> pl.DataFrame:
    """Texts of a sheet with Excel's own row and column numbers, which fastexcel cuts off."""
    loaded = reader.load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string")
    texts = loaded.to_polars()
    numbers = [str(column.absolute_index + 1) for column in loaded.available_columns()]
    if not texts.width:
        return pl.DataFrame({"row": [], "1": []}, schema={"row": pl.Int64, "1": pl.String})
    texts.columns = numbers
    # Native numbers are written with a point already; only a text with points needs to stay apart.
    told = _german_decimals(texts, reader, sheet) if decimal == "," else texts
    return told.with_columns(pl.all().str.replace(_MIDNIGHT, "$1")).select(
        pl.int_range(1, pl.len() + 1).alias("row"), pl.all()
    )


def _german_decimals(
    texts: pl.DataFrame, reader: fastexcel.ExcelReader, sheet: str
) -> pl.DataFrame:
    """Give native numbers a decimal comma, so that a text '1.234' (1234) stays apart from them.

    As text both look alike. Read as integers, a native 1.234 is 1 and the text '1.234' is null.
    """
    if not texts.select(pl.any_horizontal(pl.all().str.contains(_DECIMAL).any())).item():
        return texts
    native = reader.load_sheet(sheet, header_row=None, skip_rows=0, dtypes="int").to_polars()
    native.columns = [f"native_{name}" for name in texts.columns]
    return texts.hstack(native).select(
        pl.when(pl.col(name).str.contains(_DECIMAL) & pl.col(f"native_{name}").is_not_null())
        .then(pl.col(name).str.replace(".", ",", literal=True))
        .otherwise(pl.col(name))
        .alias(name)
        for name in texts.columns
    )
