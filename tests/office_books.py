"""Word files and slides read from their XML alone: headings, texts, tables, workbooks of charts."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl

_MAIN = "http://schemas.openxmlformats.org"
_W = f"{{{_MAIN}/wordprocessingml/2006/main}}"
_A = f"{{{_MAIN}/drawingml/2006/main}}"
_P = f"{{{_MAIN}/presentationml/2006/main}}"
_C = f"{{{_MAIN}/drawingml/2006/chart}}"
_R = f"{{{_MAIN}/officeDocument/2006/relationships}}"
_WORDS = f"{{{_MAIN}/drawingml/2006/wordprocessingDrawing}}"

Rows = list[list[str]]


@dataclass(frozen=True)
class Chart:
    """What a chart is said to show, and the rows of the workbook behind it."""

    said: str
    rows: list[tuple[Any, ...]]


@dataclass
class Section:
    """What stands under a heading, or on a slide with this title."""

    heading: str
    texts: list[str] = field(default_factory=list)
    tables: list[Rows] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    """What each picture is said to show, charts and tables among them."""


def read(file: Path) -> list[Section]:
    """The sections of a DOCX, the slides of a PPTX."""
    with zipfile.ZipFile(file) as package:
        return list(_paper(package) if file.suffix == ".docx" else _deck(package))


def _paper(package: zipfile.ZipFile) -> Iterator[Section]:
    name = "word/document.xml"
    body = _xml(package, name)[0]
    section = Section("")
    for block in body:
        if block.tag == f"{_W}tbl":
            section.tables.append(_rows(block, _W))
            continue
        style = block.find(f"{_W}pPr/{_W}pStyle")
        if style is not None and style.get(f"{_W}val", "").startswith("Heading"):
            yield section
            section = Section(_text(block, _W))
            continue
        section.texts.append(_text(block, _W))
        for drawing in block.iter(f"{_W}drawing"):
            said = drawing.find(f".//{_WORDS}docPr").get("descr", "")
            _add_picture(section, package, name, drawing, said)
    yield section


def _deck(package: zipfile.ZipFile) -> Iterator[Section]:
    name = "ppt/presentation.xml"
    links = _links(package, name)
    for slide in _xml(package, name).iter(f"{_P}sldId"):
        yield _slide(package, links[slide.get(f"{_R}id")])


def _slide(package: zipfile.ZipFile, name: str) -> Section:
    section = Section("")
    for shape in _xml(package, name).iter():
        if shape.tag not in (f"{_P}sp", f"{_P}graphicFrame", f"{_P}pic"):
            continue
        held = shape.find(f".//{_P}ph")
        if held is not None and held.get("type") in ("title", "ctrTitle"):
            section.heading = re.sub(r" \(\d+ von \d+\)$", "", _text(shape, _A))
        elif shape.tag == f"{_P}sp":
            section.texts += [_text(paragraph, _A) for paragraph in shape.iter(f"{_A}p")]
        else:
            section.tables += [_rows(table, _A) for table in shape.iter(f"{_A}tbl")]
            said = shape.find(f".//{_P}cNvPr").get("descr", "")
            _add_picture(section, package, name, shape, said)
    return section


def _add_picture(
    section: Section, package: zipfile.ZipFile, name: str, shape: Any, said: str
) -> None:
    section.pictures.append(said)
    for chart in shape.iter(f"{_C}chart"):
        drawn = _links(package, name)[chart.get(f"{_R}id")]
        [book] = (part for part in _links(package, drawn).values() if part.endswith(".xlsx"))
        sheets = openpyxl.load_workbook(io.BytesIO(package.read(book))).worksheets
        section.charts.append(Chart(said, list(sheets[0].values)))


def _xml(package: zipfile.ZipFile, name: str) -> Any:
    return ElementTree.fromstring(package.read(name))


def _links(package: zipfile.ZipFile, name: str) -> dict[str, str]:
    """The parts a part refers to, by the ids of the references."""
    folder, base = posixpath.split(name)
    held = _xml(package, f"{folder}/_rels/{base}.rels")
    return {
        link.get("Id"): posixpath.normpath(posixpath.join("/", folder, link.get("Target")))[1:]
        for link in held
    }


def _rows(table: Any, space: str) -> Rows:
    return [
        [_text(cell, space) for cell in row.iter(f"{space}tc")] for row in table.iter(f"{space}tr")
    ]


def _text(element: Any, space: str) -> str:
    return "".join(found.text or "" for found in element.iter(f"{space}t"))
