"""Failed formulas in OpenDocument sheets, which calamine reads as blanks."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_KIND = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"

Place = tuple[int, int]
"""Row and column, counted from 0."""


def places(path: Path, sheet: str) -> dict[Place, str]:
    """What failed formulas of a sheet show, by place. Raises OSError, BadZipFile, ParseError."""
    with zipfile.ZipFile(path) as book:
        content = book.read("content.xml")
    if b'"error"' not in content:
        return {}
    for table in ElementTree.fromstring(content).iter(f"{_TABLE}table"):
        if table.get(f"{_TABLE}name") == sheet:
            return dict(_errors(table))
    return {}


def _errors(table: ElementTree.Element) -> Iterator[tuple[Place, str]]:
    row = 0
    for line in table.iter(f"{_TABLE}table-row"):
        column = 0
        for cell in line:
            if cell.get(_KIND) == "error":
                text = "".join("".join(p.itertext()) for p in cell.iter(f"{_TEXT}p"))
                yield (row, column), text or "#FEHLER"
            column += int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        row += int(line.get(f"{_TABLE}number-rows-repeated", "1"))
