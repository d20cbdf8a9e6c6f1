"""The way from a number back to the cells it is made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from model import formats, status
from model.catalog import BREAKDOWNS, TOTAL, Catalog, Indicator, Term
from model.language import _

_EXACT = 1e-6
_OPEN = 1000.0


@dataclass(frozen=True)
class Cell:
    """One count of a release. `file`, `sheet`, `row` and `column` are null for sums of others."""

    measure: str
    level: str
    area: str
    period: str
    age: str
    sex: str
    nationality: str
    value: float | None
    status: str
    delivery: str
    file: str | None
    sheet: str | None
    row: int | None
    column: int | None

    @property
    def categories(self) -> tuple[str, ...]:
        """Its category in each of BREAKDOWNS."""
        return (self.age, self.sex, self.nationality)


@dataclass(frozen=True)
class Vintage:
    """What a cell said before: in which file of which Stand, and in which release, if in any."""

    value: float
    status: str
    delivery: str
    file: str | None
    row: int | None
    column: int | None
    stand: str | None
    release: str | None
    published: str | None


@dataclass(frozen=True)
class Trail:
    """A value and its cells, those of the numerator and those of the denominator.

    Each cell stands beside the factor (1 or -1) it enters the sum with.
    """

    value: float | None
    status: str
    numerator: tuple[tuple[int, Cell], ...]
    denominator: tuple[tuple[int, Cell], ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All cells, each once."""
        return tuple(dict.fromkeys(cell for _factor, cell in self.numerator + self.denominator))


def terms(cells: Iterable[Cell], wanted: Sequence[Term]) -> tuple[tuple[int, Cell], ...]:
    """The cells of a sum with their factors, in the order of its terms."""
    known = {(cell.measure, *cell.categories): cell for cell in cells}
    keys = [
        (term.factor, (term.measure, age, sex, nationality))
        for term in wanted
        for age in term.age
        for sex in term.sex
        for nationality in term.nationality
    ]
    return tuple((factor, known[key]) for factor, key in keys if key in known)


def summands(cell: Cell, groups: Iterable[list[Cell]]) -> tuple[Cell, ...]:
    """Of several groups of cells the one that adds up to the cell, best with places in files."""
    fitting = [
        group
        for group in groups
        if group
        and all(part.value is not None for part in group)
        and abs(sum(part.value or 0 for part in group) - (cell.value or 0)) < _EXACT
    ]
    if cell.value is None or not fitting:
        return ()
    best = max(fitting, key=lambda group: sum(bool(part.file) for part in group) / len(group))
    return tuple(best)


def categories(cell: Cell, others: Iterable[Cell]) -> list[list[Cell]]:
    """Cells of the same area that may add up to it: its parts in each single breakdown."""
    rest = list(others)
    found = []
    for place, _breakdown in enumerate(BREAKDOWNS):
        held = [c for i, c in enumerate(cell.categories) if i != place]
        beside = [
            other
            for other in rest
            if [c for i, c in enumerate(other.categories) if i != place] == held
            and other.categories[place] not in (TOTAL, cell.categories[place])
        ]
        if place == 0:
            found.append(_finest(cell, beside))
        elif cell.categories[place] == TOTAL:
            found.append(beside)
    return found


def _finest(cell: Cell, others: Iterable[Cell]) -> list[Cell]:
    """The age groups within the cell's that hold no smaller one, from young to old."""
    low, high = _span(cell.age)
    inside = {
        other: span for other in others if low <= (span := _span(other.age))[0] and span[1] <= high
    }
    finest = [
        other
        for other, (start, end) in inside.items()
        if not any(
            start <= begin and stop <= end and (begin, stop) != (start, end)
            for begin, stop in inside.values()
        )
    ]
    return sorted(finest, key=lambda other: inside[other])


def _span(age: str) -> tuple[float, float]:
    """From (included) to (excluded) of '3-5', '20', '80+' or the total."""
    numbers = [int(number) for number in re.findall(r"\d+", age)]
    if not numbers:
        return 0, _OPEN
    return numbers[0], _OPEN if age.endswith("+") else numbers[-1] + 1


def formula(indicator: Indicator, trail: Trail) -> list[str]:
    """The arithmetic in lines: the value, then each sum of more than one cell."""
    top, bottom = total(trail.numerator), total(trail.denominator)
    value = (
        formats.quantity(trail.value, indicator)
        if trail.value is not None
        else status.words(trail.status)
    )
    if not indicator.denominator:
        single = len(trail.numerator) == 1 and trail.numerator[0][0] == 1
        return [value if single else f"{value} = {_sum(trail.numerator)}"]
    per = f"{formats.plain(indicator.per)} × " if indicator.per != 1 else ""
    lines = [f"{value} = {per}{_plain(top)} ÷ {_plain(bottom)}"]
    for name, part, whole in (
        (_("Zähler"), trail.numerator, top),
        (_("Nenner"), trail.denominator, bottom),
    ):
        if len(part) > 1:
            lines.append(f"{name}: {_plain(whole)} = {_sum(part)}")
    return lines


def total(cells: Sequence[tuple[int, Cell]]) -> float | None:
    """The sum of some cells; None where one of them has no number, or there are none."""
    values = [factor * cell.value for factor, cell in cells if cell.value is not None]
    return sum(values) if values and len(values) == len(cells) else None


def words(cell: Cell, catalog: Catalog) -> str:
    """What a cell counts: the measure and its categories."""
    named = [
        {c.id: c.title for c in catalog.city.categories(breakdown)}.get(category, category)
        for breakdown, category in zip(BREAKDOWNS, cell.categories, strict=True)
        if category != TOTAL
    ]
    return ", ".join([catalog.measures[cell.measure].title, *named])


def _sum(cells: Sequence[tuple[int, Cell]]) -> str:
    if not cells:
        return "?"
    first, *rest = cells
    text = ("\N{MINUS SIGN}" if first[0] < 0 else "") + _shown(first[1])
    for factor, cell in rest:
        text += (" \N{MINUS SIGN} " if factor < 0 else " + ") + _shown(cell)
    return text


def _shown(cell: Cell) -> str:
    return f"({status.words(cell.status)})" if cell.value is None else formats.plain(cell.value)


def _plain(value: float | None) -> str:
    return "?" if value is None else formats.plain(value)
