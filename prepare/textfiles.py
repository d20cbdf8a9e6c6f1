"""Text files with separators as one sheet of texts. The encoding follows a rule, never a guess."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import polars as pl

from prepare.findings import Finding, PreparationError
from prepare.sheets import Sheet, grid

SUFFIXES = frozenset({".csv", ".txt", ".tsv"})
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def decoded(data: bytes, encoding: str | None = None) -> str:
    """The text of a file: as declared, else by byte order mark, strict UTF-8, or cp1252.

    Raises UnicodeDecodeError if the bytes do not fit.
    """
    if encoding:
        return data.decode(encoding).removeprefix("\ufeff")
    for mark, name in _MARKS.items():
        if data.startswith(mark):
            return data.decode(name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def written(path: Path, name: str) -> str:
    """A text of the city folder, in UTF-8. Raises PreparationError if it is missing or is not."""
    try:
        return path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    except FileNotFoundError as error:
        finding = Finding("file_missing", name, "", "Die Datei fehlt.", "Datei anlegen.")
        raise PreparationError([finding]) from error
    except UnicodeDecodeError as error:
        message, remedy = "Die Datei ist nicht UTF-8.", "Als UTF-8 speichern."
        raise PreparationError([Finding("encoding_wrong", name, "", message, remedy)]) from error


def sheet(
    path: Path,
    name: str,
    delimiter: str = ";",
    encoding: str | None = None,
    columns: str | None = None,
) -> Sheet:
    """The file as a sheet; rows keep the numbers an editor shows. Raises PreparationError.

    `columns` is a regex whose groups are the cells of a line, for files without a delimiter.
    """
    try:
        text = decoded(path.read_bytes(), encoding)
    except (UnicodeDecodeError, LookupError) as error:
        message = f"Die Zeichen der Datei passen nicht zur Kodierung ({error})."
        remedy = "Im Rezept encoding berichtigen oder die Datei als UTF-8 speichern."
        raise PreparationError([Finding("encoding_wrong", name, "", message, remedy)]) from error
    if columns is not None:
        return grid(name, "", _matched(text, columns, name))
    try:
        return grid(name, "", _cells(text, delimiter))
    except csv.Error as error:
        raise PreparationError([no_table(name, delimiter, error)]) from error


def no_table(name: str, delimiter: str, error: csv.Error) -> Finding:
    """That a file cannot be taken apart at its delimiter."""
    message = f"Die Datei ist keine Tabelle mit dem Trennzeichen {delimiter!r} ({error})."
    remedy = "delimiter im Rezept und Anführungszeichen in der Datei prüfen."
    return Finding("text_unreadable", name, "", message, remedy)


def repeated(heads: Iterable[str], name: str) -> list[Finding]:
    """Column heads that stand twice in a table whose columns are known by their heads."""
    return [
        Finding(
            "column_repeated",
            name,
            "Zeile 1",
            f'Die Spalte "{head}" gibt es {count}-mal.',
            "Eine behalten, die andere löschen oder umbenennen.",
        )
        for head, count in Counter(heads).items()
        if head and count > 1
    ]


def _cells(text: str, delimiter: str) -> pl.DataFrame:
    """Cells by row (the line a record starts on) and column; short records padded."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    starts, rows, last = [], [], 0
    for row in reader:
        starts.append(last + 1)
        rows.append(row)
        last = reader.line_num
    return _numbered(starts, rows)


def _matched(text: str, columns: str, name: str) -> pl.DataFrame:
    """Cells by row and column from lines a regex takes apart. PreparationError where it does not.

    An optional group that takes no part in the match is an empty cell.
    """
    lines = [(n, line) for n, line in enumerate(text.splitlines(), start=1) if line.strip()]
    found = [(n, line, re.search(columns, line)) for n, line in lines]
    wrong = [
        Finding(
            "line_unmatched",
            name,
            f"Zeile {n}",
            f'"{line}" ist nicht so aufgebaut, wie das Rezept es verlangt.',
            "columns im Rezept prüfen oder die Zeile berichtigen.",
            row=n,
            value=line,
        )
        for n, line, match in found
        if match is None
    ]
    if wrong:
        raise PreparationError(wrong)
    matched = [(n, match) for n, _, match in found if match is not None]
    return _numbered([n for n, _ in matched], [[*match.groups("")] for _, match in matched])


def _numbered(starts: Sequence[int], rows: Sequence[list[str]]) -> pl.DataFrame:
    width = max(map(len, rows), default=0)
    schema = {str(column): pl.String for column in range(1, width + 1)}
    padded = [row + [""] * (width - len(row)) for row in rows]
    cells = pl.DataFrame(padded, schema=schema, orient="row")
    return cells.insert_column(0, pl.Series("row", starts, dtype=pl.Int64))
