"""The same sheets written as .xlsx, .xls, .ods and .xlsb, by four independent writers."""

from __future__ import annotations

import datetime
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter
import xlwt
from odf import number, opendocument, style, table, text


@dataclass(frozen=True)
class Percent:
    """A fraction of 1 that the sheet shows as a percentage."""

    value: float


@dataclass(frozen=True)
class Failed:
    """A cell whose formula divides by zero."""


Cell = str | int | float | datetime.date | Percent | Failed | None
Sheets = Mapping[str, Sequence[Sequence[Cell]]]


def xlsx(path: Path, sheets: Sheets) -> None:
    book = xlsxwriter.Workbook(str(path))
    date = book.add_format({"num_format": "dd.mm.yyyy"})
    percent = book.add_format({"num_format": "0.0%"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                match cell:
                    case str():
                        sheet.write_string(row, column, cell)
                    case datetime.date():
                        sheet.write_datetime(row, column, cell, date)
                    case Percent():
                        sheet.write_number(row, column, cell.value, percent)
                    case Failed():
                        sheet.write_formula(row, column, "=1/0", None, "#DIV/0!")
                    case int() | float():
                        sheet.write_number(row, column, cell)
    book.close()


def xls(path: Path, sheets: Sheets) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    date = xlwt.easyxf(num_format_str="DD.MM.YYYY")
    percent = xlwt.easyxf(num_format_str="0.0%")
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                match cell:
                    case datetime.date():
                        sheet.write(row, column, cell, date)
                    case Percent():
                        sheet.write(row, column, cell.value, percent)
                    case Failed():
                        sheet.row(row).set_cell_error(column, "#DIV/0!")
                    case str() | int() | float():
                        sheet.write(row, column, cell)
    book.save(str(path))


def ods(path: Path, sheets: Sheets) -> None:
    book = opendocument.OpenDocumentSpreadsheet()
    day = number.DateStyle(name="day")
    for part in (number.Day(style="long"), number.Text(text="."), number.Month(style="long")):
        day.addElement(part)
    book.automaticstyles.addElement(day)
    book.automaticstyles.addElement(
        style.Style(name="date", family="table-cell", datastylename="day")
    )
    for name, rows in sheets.items():
        sheet = table.Table(name=name)
        for cells in rows:
            row = table.TableRow()
            for cell in cells:
                row.addElement(_ods(cell))
            sheet.addElement(row)
        book.spreadsheet.addElement(sheet)
    book.save(str(path))
    _with_errors_as_libreoffice_writes_them(path)


def _ods(cell: Cell) -> table.TableCell:
    shown = ""
    match cell:
        case str():
            made, shown = table.TableCell(valuetype="string"), cell
        case datetime.date():
            value = cell.isoformat()
            made = table.TableCell(valuetype="date", datevalue=value, stylename="date")
            shown = f"{cell:%d.%m.}"
        case Percent():
            made, shown = table.TableCell(valuetype="percentage", value=str(cell.value)), "%"
        case Failed():
            made = table.TableCell(valuetype="string", stringvalue="", formula="of:=1/0")
            shown = "#DIV/0!"
        case int() | float():
            made, shown = table.TableCell(valuetype="float", value=str(cell)), "n"
        case _:
            return table.TableCell()
    made.addElement(text.P(text=shown))
    return made


def _with_errors_as_libreoffice_writes_them(path: Path) -> None:
    """odfpy does not know calcext:value-type="error", by which LibreOffice marks them."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    content = parts["content.xml"].decode()
    space = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
    content = content.replace(
        "<office:document-content ", f'<office:document-content xmlns:calcext="{space}" ', 1
    ).replace('office:string-value=""', 'office:string-value="" calcext:value-type="error"')
    parts["content.xml"] = content.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in parts.items():
            book.writestr(name, data)


def xlsb(path: Path, sheets: Sheets) -> None:
    """The few records of [MS-XLSB] that a reader of values needs."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    ids = range(1, len(sheets) + 1)
    bundles = b"".join(
        _record(0x9C, struct.pack("<II", 0, i) + _wide(f"rId{i}") + _wide(name))
        for i, name in zip(ids, sheets, strict=True)
    )
    targets = "".join(
        f'<Relationship Id="rId{i}" Type="{kind}/worksheet" Target="worksheets/sheet{i}.bin"/>'
        for i in ids
    )
    styles = f'<Relationship Id="rId0" Type="{kind}/styles" Target="styles.bin"/>'
    formats = b"".join(_record(0x2F, struct.pack("<HH12x", 0, code)) for code in (0, 14, 10))
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{types}"><Default Extension="bin" '
        'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="rId1" '
        f'Type="{kind}/officeDocument" Target="xl/workbook.bin"/></Relationships>',
        "xl/workbook.bin": _record(0x83) + _record(0x8F) + bundles + _record(0x90) + _record(0x84),
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{relations}">{targets}{styles}'
        "</Relationships>",
        "xl/styles.bin": _record(0x269, struct.pack("<I", 3)) + formats + _record(0x26A),
    }
    for i, rows in zip(ids, sheets.values(), strict=True):
        parts[f"xl/worksheets/sheet{i}.bin"] = _sheet(rows)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in parts.items():
            book.writestr(name, data)


def _sheet(rows: Sequence[Sequence[Cell]]) -> bytes:
    width = max(map(len, rows), default=1)
    data = [
        _record(0x81),
        _record(0x94, struct.pack("<IIII", 0, max(len(rows) - 1, 0), 0, width - 1)),
        _record(0x91),
    ]
    for number_, cells in enumerate(rows):
        data.append(_record(0x00, struct.pack("<II17x", number_, 0)))
        data += [_xlsb(column, cell) for column, cell in enumerate(cells) if cell is not None]
    return b"".join([*data, _record(0x92), _record(0x82)])


def _xlsb(column: int, cell: Cell) -> bytes:
    def record(kind: int, value: bytes, form: int = 0) -> bytes:
        return _record(kind, struct.pack("<II", column, form) + value)

    match cell:
        case str():
            return record(6, _wide(cell))
        case datetime.date():
            days = (cell - datetime.date(1899, 12, 30)).days
            return record(5, struct.pack("<d", days), form=1)
        case Percent():
            return record(5, struct.pack("<d", cell.value), form=2)
        case Failed():
            return record(3, b"\x07")
        case int() | float():
            return record(5, struct.pack("<d", cell))
    return b""


def _record(kind: int, data: bytes = b"") -> bytes:
    return _sevens(kind) + _sevens(len(data)) + data


def _sevens(value: int) -> bytes:
    """A number in groups of seven bits, the lowest first."""
    groups = bytearray()
    while value > 0x7F:
        groups.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*groups, value])


def _wide(words: str) -> bytes:
    return struct.pack("<I", len(words)) + words.encode("utf-16-le")


WRITERS: Mapping[str, Callable[[Path, Sheets], None]] = {
    ".xlsx": xlsx,
    ".xls": xls,
    ".ods": ods,
    ".xlsb": xlsb,
}
