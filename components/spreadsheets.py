"""Tables as CSV and XLSX, each saying what it is and where it comes from."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format

from model.language import _

Decimals = int | Sequence[int | None]
"""Those of a whole column, or of each of its cells; None for cells with as many as they need."""
_PLAIN = {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}


@dataclass(frozen=True)
class Sheet:
    """A table under a name; `fixed` are the decimals of its number columns."""

    name: str
    frame: pl.DataFrame
    fixed: Mapping[str, Decimals] = field(default_factory=dict)


@dataclass(frozen=True)
class Data:
    """The numbers of a view for spreadsheets.

    `notes` are pairs of name and text about them. `lines` stand in every row of a CSV; without
    them the notes do. `name` is that of the files, where it differs from that of a picture.
    """

    sheets: tuple[Sheet, ...]
    notes: tuple[tuple[str, str], ...]
    lines: tuple[str, ...] = ()
    name: str = ""

    def linked(self, link: str) -> Data:
        """The same with the address that leads back to the view."""
        lines = self.lines or tuple(f"{name}: {text}" for name, text in self.notes)
        return replace(self, notes=(*self.notes, (_("Link"), link)), lines=(*lines, link))


def csv(data: Data, place: int = 0) -> bytes:
    """One of the tables: semicolons, decimal commas, a byte order mark, as German Excel wants it.

    What is said of it stands in the last column of the first row.

    A text that a spreadsheet would take for a formula gets an apostrophe in front; the sign of an
    exact zero, a hyphen alone, is none.
    """
    sheet = data.sheets[place]
    told = data.lines or tuple(f"{name}: {text}" for name, text in data.notes)
    first = pl.int_range(pl.len()) == 0
    notes = pl.when(first).then(pl.lit(" | ".join(told))).otherwise(pl.lit(""))
    frame = sheet.frame.with_columns(notes.alias(_("Hinweise")))
    frame = frame.with_columns(pl.col(pl.String).str.replace(r"^([=+@\t\r]|-.)", "'${1}"))
    numbers = [name for name, kind in frame.schema.items() if kind == pl.Float64]
    texts = [
        pl.Series(
            name,
            [
                _comma(value, fixed)
                for value, fixed in zip(frame[name], _each(sheet, name), strict=True)
            ],
            dtype=pl.String,
        )
        for name in numbers
    ]
    text = frame.with_columns(texts).write_csv(
        separator=";", include_bom=True, quote_style="non_numeric"
    )
    return text.encode("utf-8")


def xlsx(data: Data) -> bytes:
    """A workbook with the tables on its first sheets and everything about them on the last."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _PLAIN) as book:
        for sheet in data.sheets:
            _write(book, sheet)
        page = book.add_worksheet(_("Angaben"))
        bold = book.add_format({"bold": True, "valign": "top"})
        wrap = book.add_format({"text_wrap": True})
        page.set_column(0, 0, 24)
        page.set_column(1, 1, 110)
        for line, (name, text) in enumerate(data.notes):
            page.write_string(line, 0, name, bold)
            page.write_string(line, 1, text, wrap)
    return buffer.getvalue()


def _write(book: xlsxwriter.Workbook, sheet: Sheet) -> None:
    whole = {name: places for name, places in sheet.fixed.items() if isinstance(places, int)}
    sheet.frame.write_excel(
        book,
        worksheet=sheet.name,
        column_formats={
            name: _pattern(places) for name, places in whole.items() if name in sheet.frame.columns
        },
        autofit=True,
        freeze_panes=(1, 0),
        table_style="Table Style Light 1",
    )
    page = book.get_worksheet_by_name(sheet.name)
    formats: dict[int, Format] = {}
    for name in sheet.fixed.keys() - whole.keys():
        column = sheet.frame.get_column_index(name)
        cells = zip(sheet.frame[name], _each(sheet, name), strict=True)
        for row, (value, places) in enumerate(cells, start=1):
            if value is not None and places is not None:
                if places not in formats:
                    formats[places] = book.add_format({"num_format": _pattern(places)})
                page.write_number(row, column, value, formats[places])


def _each(sheet: Sheet, name: str) -> Sequence[int | None]:
    """The decimals of each cell of a column."""
    fixed = sheet.fixed.get(name)
    return [fixed] * sheet.frame.height if fixed is None or isinstance(fixed, int) else fixed


def _pattern(places: int) -> str:
    return "#,##0" + (f".{'0' * places}" if places else "")


def _comma(value: float | None, decimals: int | None) -> str | None:
    """A number for a German spreadsheet: no thousands dot, a comma, fixed or just its decimals."""
    if value is None:
        return None
    text = f"{value:.3f}".rstrip("0").rstrip(".") if decimals is None else f"{value:.{decimals}f}"
    return text.replace(".", ",")
