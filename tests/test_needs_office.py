"""The chart of needs in Word and PowerPoint can be edited, and its workbook holds the table."""

from __future__ import annotations

import io
import math
import zipfile
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

import office_books
from components import describing, native, needs_bars, taken
from documents import files
from loaders import indicators, needs, releases
from model import collection, needs_links
from model.needs import Setting
from model.ranking import Ranking
from test_taking import plain

QUERY = {"vorlage": "fruehe-hilfen", "gebiet": "08"}
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
MINUS = "\N{MINUS SIGN}"


@cache
def made(release: releases.Release, ending: str) -> bytes:
    told = describing.of(release, collection.entry("bedarfe", QUERY))
    assert told is not None
    sheet = taken.sheet(told, release, "https://sozialdaten.example/bedarfe")
    return files.written(ending, sheet)


def book(release: releases.Release, ending: str, folder: Path) -> list[tuple[Any, ...]]:
    file = folder / f"bedarfe.{ending}"
    file.write_bytes(made(release, ending))
    [chart] = [chart for section in office_books.read(file) for chart in section.charts]
    assert chart.said.startswith("Balken der Beiträge zum Wert. Bärenkämpen: Platz 1")
    return chart.rows


def order(release: releases.Release) -> Ranking:
    offer = needs.offer(release)
    assert offer
    return needs.ranking(release, needs_links.parse(offer, QUERY)[0])


@pytest.mark.parametrize("ending", ["docx", "pptx"])
def test_the_workbook_of_needs_holds_the_numbers_of_the_table(
    ending: str, release: releases.Release, tmp_path: Path
) -> None:
    told = describing.of(release, collection.entry("bedarfe", QUERY))
    assert told is not None
    shares = told.tables[0]
    head, *rows = book(release, ending, tmp_path)
    assert head[0] is None and head[-1] == "Wert"
    titles = [title.partition(" (")[0] for title in shares.columns[1:]]
    assert list(head[1:]) == titles
    assert len(rows) == len(shares.rows) == 19
    for (name, *values), (area, *cells) in zip(rows, shares.rows, strict=True):
        assert name.startswith(f"{area}  ")
        for value, cell in zip(values, cells, strict=True):
            text = "" if value is None else f"{value:+.2f}".replace("-", MINUS).replace(".", ",")
            assert cell == ("0,00" if value == 0 else text) or value is None
            # What has a sign or a dash in the table is an empty cell, and no zero.
            assert (value is None) == (not any(letter.isdigit() for letter in cell)), cell


def test_the_workbook_of_needs_is_what_the_release_makes(
    release: releases.Release, tmp_path: Path
) -> None:
    found = order(release)
    columns, weights = [], [part.weight for part in found.components]
    for part in found.components:
        indicator = part.view.indicator
        frame = indicators.values(release, indicator).filter(period=part.view.selection.period)
        areas = frame.filter(level="stadtbezirk").drop_nulls("value")
        values = dict(areas.select("area", "value").iter_rows())
        [city] = frame.filter(level=release.catalog.city.city_level)["value"]
        sign = 1 if indicator.direction == "more" else -1
        spread = np.std(list(values.values()))
        columns.append({area: sign * (value - city) / spread for area, value in values.items()})
    _head, *rows = book(release, "pptx", tmp_path)
    for (name, *shown, total), place in zip(rows, found.places, strict=True):
        own = [column.get(place.area.id) for column in columns]
        there = sum(weight for z, weight in zip(own, weights, strict=True) if z is not None)
        if 3 * there < 2 * sum(weights):
            assert name.startswith(f"{place.area.name}  –  ") and "geheim" in name
            assert shown == [None] * len(weights) and total is None
            continue
        exact = [None if z is None else w * z / there for z, w in zip(own, weights, strict=True)]
        known = [share for share in exact if share is not None]
        assert total == pytest.approx(math.fsum(known), abs=0.005 + 1e-9)
        assert [value is None for value in shown] == [share is None for share in exact]
        for value, share in zip(shown, exact, strict=True):
            assert value is None or abs(value - share) < 0.01
        assert sum(round(100 * value) for value in shown if value is not None) == round(100 * total)
        unsure = "" if None not in own else "≈"
        score = f"{total:+.2f}".replace("-", MINUS).replace(".", ",")
        assert name == f"{place.area.name}  {unsure}{place.rank}.  {score}"


@pytest.mark.parametrize(("ending", "part"), [("docx", "word/charts"), ("pptx", "ppt/charts")])
def test_bars_of_needs_are_stacked_to_both_sides_of_zero(
    ending: str, part: str, release: releases.Release
) -> None:
    with zipfile.ZipFile(io.BytesIO(made(release, ending))) as package:
        [name] = [n for n in package.namelist() if n.startswith(f"{part}/chart") and "xml" in n]
        chart = ElementTree.fromstring(package.read(name))

    def said(path: str) -> list[str | None]:
        return [each.get("val") for each in chart.findall(f".//{C}{path}")]

    assert said(f"barChart/{C}grouping") == ["stacked"] and said(f"barChart/{C}barDir") == ["bar"]
    assert said("overlap") == ["100"] and set(said("invertIfNegative")) == {"0"}
    # The first place is on top, names keep left of the bars, the scale stands below.
    assert said(f"catAx/{C}scaling/{C}orientation") == ["maxMin"]
    assert said(f"catAx/{C}tickLblPos") == ["low"] and said(f"valAx/{C}crosses") == ["max"]
    assert not chart.findall(f".//{C}dLbls") and said("min") == []
    colours = [
        next(series.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}srgbClr"))
        for series in chart.iter(f"{C}ser")
    ]
    known = [colour.upper().removeprefix("#") for colour in needs_bars.PAINT]
    assert [colour.get("val") for colour in colours] == known[: len(colours)]
    points = [len(values.findall(f".//{C}pt")) for values in chart.iter(f"{C}val")]
    _head, *cells = native_cells(release)
    assert points == [sum(row[i] is not None for row in cells) for i in range(len(points))]


def native_cells(release: releases.Release) -> list[list[float | None]]:
    """A head, and the values of each area in the order of the series."""
    chart = native.contributions(order(release))
    assert chart is not None
    return [[], *map(list, zip(*(series.values for series in chart.series), strict=True))]


def test_what_does_not_count_is_no_series_and_without_scores_there_is_no_chart(
    release: releases.Release,
) -> None:
    setting = Setting((("kinderarmut_u3", 10), ("willkommensbesuche", 0)), 5)
    found = needs.ranking(release, setting)
    chart = native.contributions(found)
    assert chart is not None
    assert [plain(series.name) for series in chart.series] == ["Kinderunter3mitBürgergeld"]
    none = Ranking(found.level, found.components, found.unplaced, found.first)
    assert none.places and native.contributions(none) is None
