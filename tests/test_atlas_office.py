"""The Sozialatlas as Word file and slides: every number, behind every chart, is the release's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pptx
import pytest

import canaries
import office_books
import slide_rooms
from model.catalog import Indicator
from office_books import Chart, Rows, Section
from recounted import Recounted, headlines, printed

_YEAR = re.compile(r"\d{4}")


@pytest.fixture(scope="module", params=["docx", "pptx"])
def file(book: Path, request: pytest.FixtureRequest) -> Path:
    """The book as a Word file, and as slides."""
    return next(book.glob(f"*.{request.param}"))


@pytest.fixture(scope="module")
def sections(file: Path) -> list[Section]:
    return office_books.read(file)


def year(period: str) -> str:
    """The year of a date, a year or a school year."""
    found = _YEAR.search(period)
    assert found, period
    return found.group()


def is_cell(cell: str, number: Decimal | None) -> bool:
    """Whether the cell shows the number; for none it shows a sign without any digit.

    Zero may be shown by its sign.
    """
    if number is not None:
        return cell.split()[:1] == [printed(number)] or (not number and cell[:1] in ("-", "0"))
    return not re.search(r"\d", cell)


def views(sections: list[Section], numbers: Recounted) -> Iterator[tuple[Indicator, Section]]:
    """What stands under the title of an indicator."""
    known = {one.title: one for one in numbers.release.catalog.indicators.values()}
    return ((known[own.heading], own) for own in sections if own.heading in known)


def test_every_figure_of_every_district_is_the_releases(
    sections: list[Section], numbers: Recounted
) -> None:
    shorts = {one.short: one for one in numbers.release.catalog.indicators.values()}
    city, whole = numbers.city
    told: dict[str, set[str]] = {name: set() for name in numbers.areas}
    for head, *rows in (rows for section in sections for rows in section.tables):
        if head[:1] != ["Indikator"] or head[1] not in numbers.areas:
            continue
        assert head[2] == city
        for short, own, beside, *_rest in rows:
            indicator, area = shorts[short], numbers.areas[head[1]]
            last = numbers.newest(indicator)
            assert is_cell(own, numbers.number(indicator, area, last)), (head[1], short, own)
            assert is_cell(beside, numbers.number(indicator, whole, last)), (short, beside)
            told[head[1]].add(indicator.id)
    wanted = {one.id for one in headlines(numbers.release)} - {"einwohner"}
    assert len(told) == 19 and all(found == wanted for found in told.values())
    people = numbers.release.catalog.indicators["einwohner"]
    text = "\n".join(line for section in sections for line in section.texts)
    for name, area in numbers.areas.items():
        value = printed(numbers.number(people, area, numbers.newest(people)))
        # The name may be declined: "Am Rechten Weserufer".
        assert re.search(rf"^[AI][nm] .*{name[:6]}.* bei {re.escape(value)}\.", text, re.M), name


def compared(indicator: Indicator, numbers: Recounted, rows: Rows) -> Iterator[tuple[str, str]]:
    """Areas and years of a table of all districts whose cells are right; fails for others."""
    head, *below = rows
    known = numbers.areas | dict([numbers.city])
    by_time = all(_YEAR.search(one) for one in head[1:])
    for name, *cells in below:
        if name not in known:
            continue
        if by_time:
            for period, cell in zip(head[1:], cells, strict=True):
                number = numbers.number(indicator, known[name], year(period))
                assert is_cell(cell, number), (indicator.id, name, period, cell, number)
                yield name, year(period)
            continue
        last = numbers.newest(indicator)
        shown = dict(zip(head[1:], cells, strict=True))
        number = numbers.number(indicator, known[name], last)
        assert is_cell(cells[0], number), (indicator.id, name, cells, number)
        for column, terms in (("Zähler", indicator.numerator), ("Nenner", indicator.denominator)):
            if column in shown:
                total = numbers.total(terms, known[name], last)
                whole = None if total is None else total.quantize(Decimal(1))
                assert is_cell(shown[column], whole), (indicator.id, name, column, shown, total)
        yield name, last


def test_tables_of_all_districts_and_years_are_the_releases(
    sections: list[Section], numbers: Recounted
) -> None:
    told: dict[str, set[tuple[str, str]]] = {}
    for indicator, section in views(sections, numbers):
        for rows in section.tables:
            told.setdefault(indicator.id, set()).update(compared(indicator, numbers, rows))
    assert set(told) >= {one.id for one in headlines(numbers.release)}
    for name, found in told.items():
        last = numbers.newest(numbers.release.catalog.indicators[name])
        assert {area for area, year in found if year == last} == {*numbers.areas, numbers.city[0]}
    assert sum(map(len, told.values())) > 900


def behind(chart: Chart, numbers: Recounted, indicator: Indicator) -> int:
    """How many figures the workbook of a chart holds; fails for a wrong one."""
    (_corner, *names), *rows = chart.rows
    known = numbers.areas | dict([numbers.city])
    held = 0
    for category, *values in rows:
        for name, value in zip(names, values, strict=True):
            area, when = (
                (category, numbers.newest(indicator)) if category in known else (name, category)
            )
            number = numbers.number(indicator, known[area], year(when))
            found = None if value is None else Decimal(repr(value))
            assert found == number, (indicator.id, chart.said, area, when)
            held += number is not None
    return held


def test_workbooks_behind_all_charts_hold_the_releases_values(
    sections: list[Section], numbers: Recounted
) -> None:
    small = {f"{one.short} ({one.unit}). ": one for one in headlines(numbers.release)}
    titles = {one.title: one for one in numbers.release.catalog.indicators.values()}
    counted = held = 0
    for section in sections:
        for chart in section.charts:
            own = [one for start, one in small.items() if chart.said.startswith(start)]
            [indicator] = own or [titles[section.heading]]
            held += behind(chart, numbers, indicator)
            counted += 1
    assert counted > 150 and held > 2500


def test_whoever_listens_hears_what_each_picture_shows(sections: list[Section]) -> None:
    said = [words for section in sections for words in section.pictures]
    assert len(said) > 200
    assert all(len(words) > 10 and "svg" not in words for words in said)


def test_every_slide_of_the_book_is_well_laid(book: Path) -> None:
    deck = pptx.Presentation(str(next(book.glob("*.pptx"))))
    assert len(deck.slides) > 200
    for slide in deck.slides:
        slide_rooms.assert_well_laid(slide)


def test_nothing_internal_is_in_the_book(file: Path, internal_releases: Path) -> None:
    # Searched are all parts of the package, and the workbooks within it, unpacked.
    assert canaries.found_in([file], canaries.needles(internal_releases)) == []
