"""Excel workbooks (and what calamine reads like them) as sheets of texts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import fastexcel
import polars as pl

from prepare import odserrors
from prepare.findings import Finding, PreparationError
from prepare.sheets import Sheet, grid

SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})
ERRORS = {
    "Div0": "#DIV/0!",
    "NA": "#NV",
    "Name": "#NAME?",
    "Null": "#NULL!",
    "Num": "#ZAHL!",
    "Ref": "#BEZUG!",
    "Value": "#WERT!",
    "GettingData": "#DATEN",
}
"""What the failed formula of a cell shows in a German Excel, by calamine's name."""

_DECIMAL = r"^-?\d*\.\d+$"
_MIDNIGHT = r"^(\d{4}-\d\d-\d\d) 00:00:00$"


def sheets(path: Path, name: str, pattern: str, decimal: str = ",") -> list[Sheet]:
    """All sheets whose name matches `pattern` fully, cells as texts.

    Numbers come without '.0' and with the decimal sign that `values.number` will read in this
    delivery, dates as ISO, percentages as fractions of 1, formula errors as a German Excel shows
    them. Raises PreparationError if the file cannot be read or no sheet matches.
    """
    try:
        reader = fastexcel.read_excel(path)
        names = [sheet for sheet in reader.sheet_names if re.fullmatch(pattern, sheet)]
        ods = path.suffix.lower() == ".ods"
        found = [
            grid(
                name,
                sheet,
                _cells(reader, sheet, decimal, odserrors.places(path, sheet) if ods else {}),
            )
            for sheet in names
        ]
    except fastexcel.FastExcelError as error:
        raise PreparationError(
            [
                Finding(
                    "workbook_unreadable",
                    name,
                    "",
                    "Die Arbeitsmappe lässt sich nicht lesen; sie ist beschädigt oder geschützt.",
                    "Datei in Excel öffnen und ohne Kennwort als .xlsx speichern.",
                )
            ]
        ) from error
    if not found:
        raise PreparationError([missing(name, pattern, reader.sheet_names)])
    return found


def missing(name: str, pattern: str, there: Sequence[str]) -> Finding:
    """That no sheet of a workbook is called as the recipe demands."""
    listed = ", ".join(f'"{sheet}"' for sheet in there)
    return Finding(
        "sheet_missing",
        name,
        "",
        f'Kein Blatt heißt wie im Rezept verlangt ("{pattern}").',
        f"Blatt umbenennen oder das Rezept anpassen; die Datei hat {listed}.",
    )


def _cells(
    reader: fastexcel.ExcelReader, sheet: str, decimal: str, failed: Mapping[odserrors.Place, str]
) -> pl.DataFrame:
    """Texts of a sheet with Excel's own row and column numbers, which fastexcel cuts off.

    `failed` are formula errors calamine does not tell.
    """
    loaded = reader.load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string")
    numbers = [str(column.absolute_index + 1) for column in loaded.available_columns()]
    if not numbers:
        return pl.DataFrame({"row": [], "1": []}, schema={"row": pl.Int64, "1": pl.String})
    batch, told_failed = loaded.to_arrow_with_errors()
    frame = pl.from_arrow(batch)
    assert isinstance(frame, pl.DataFrame), "a batch is a table"
    texts = frame.rename(dict(zip(frame.columns, numbers, strict=True))).cast(pl.String)
    # Native numbers are written with a point already; only a text with points needs to stay apart.
    told = _german_decimals(texts, reader, sheet) if decimal == "," else texts
    errors = (
        {e.offset_position: _shown(e.detail) for e in told_failed.errors} if told_failed else {}
    )
    first = int(numbers[0]) - 1
    errors |= {(row, column - first): text for (row, column), text in failed.items()}
    return _with_errors(told, errors).select(
        pl.int_range(1, pl.len() + 1).alias("row"),
        pl.all().str.replace(_MIDNIGHT, "$1"),
    )


def _shown(detail: str) -> str:
    """What a cell shows of fastexcel's "Expected string but got 'Error(Div0)'"."""
    kind = re.search(r"Error\((\w+)\)", detail)
    return ERRORS.get(kind[1], "#FEHLER") if kind else "#FEHLER"


def _with_errors(texts: pl.DataFrame, errors: Mapping[odserrors.Place, str]) -> pl.DataFrame:
    """The texts with formula errors, which otherwise would look like blanks."""
    by_column: dict[str, dict[int, str]] = {}
    for (row, column), text in errors.items():
        if column < texts.width:
            by_column.setdefault(texts.columns[column], {})[row] = text
    index = pl.int_range(0, pl.len())
    return texts.with_columns(
        pl.coalesce(index.replace_strict(rows, default=None, return_dtype=pl.String), column).alias(
            column
        )
        for column, rows in by_column.items()
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
