"""A delivery recipe: which files an office sends and what their rows, columns and signs mean."""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field, model_validator

from model.catalog import TOTAL, Below, Entry, Slug, Text
from prepare import values
from prepare.ratios import Ratio


def _regex(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f'"{pattern}" ist kein gültiges Suchmuster ({error})') from error
    return pattern


def _format(template: str) -> str:
    try:
        fields = [name for _, name, _, _ in string.Formatter().parse(template) if name is not None]
        template.format("1")
    except (ValueError, IndexError, KeyError) as error:
        raise ValueError(f'"{template}" ist keine gültige Vorlage wie "{{:0>3}}"') from error
    if len(fields) > 1:
        raise ValueError(f'"{template}" darf nur eine Stelle {{}} haben')
    return template


Pattern = Annotated[str, AfterValidator(_regex)]
Template = Annotated[str, AfterValidator(_format)]
Column = int | str
if TYPE_CHECKING:
    NumberStatus = str
    Sign = str
else:  # the words themselves are declared in model.status
    NumberStatus = Literal[values.NUMBER_STATUSES]
    Sign = Literal[(values.ZERO, *values.SIGN_STATUSES)]


class Origin(Entry):
    """Where a text stands: in one column, one cell, the file's or sheet's name, or a head row."""

    column: Column | None = Field(None, description="Column number from 1, or its head text")
    cell: Annotated[str, Field(pattern=r"^[A-Z]{1,3}[1-9]\d*$")] | None = Field(
        None, description="One cell of the sheet: 'A2'"
    )
    file: Pattern | None = Field(None, description="Regex on the file name; group 1 counts")
    sheet: Pattern | None = Field(None, description="Regex on the sheet name; group 1 counts")
    head: int | None = Field(None, ge=1, description="n-th entry of head_rows")
    pattern: Pattern | None = Field(None, description="Regex on the text; group 1 counts")
    format: Template = Field("{}", description="How the found text becomes the id or period")

    @model_validator(mode="after")
    def _one_place(self) -> Origin:
        places = (self.column, self.cell, self.file, self.sheet, self.head)
        if sum(place is not None for place in places) != 1:
            raise ValueError("genau eine Angabe von column, cell, file, sheet, head ist nötig")
        return self


class AreaOrigin(Origin):
    """Where the area stands, as an id or as a name of one level."""

    names: bool = Field(False, description="The text is an area name of `level`")
    level: Slug | None = None

    @model_validator(mode="after")
    def _names_need_level(self) -> AreaOrigin:
        if self.names and self.level is None:
            raise ValueError('names = true braucht level = "..."')
        return self


class Labels(Entry):
    """Texts of a head row or of a column, and what each of them means."""

    head: int | None = Field(None, ge=1, description="n-th entry of head_rows")
    column: Column | None = Field(None, description="Column number from 1, or its head text")
    values: dict[str, str] = Field(min_length=1, description="Text in the file -> id")

    @model_validator(mode="after")
    def _one_place(self) -> Labels:
        if (self.head is None) == (self.column is None):
            raise ValueError("genau eine Angabe von head und column ist nötig")
        return self


class Cells(Entry):
    """Wide tables: what each value cell counts. A constant, or told by heads or columns."""

    measure: str | Labels
    age: str | Labels = TOTAL
    sex: str | Labels = TOTAL
    nationality: str | Labels = TOTAL


class Rows(Entry):
    """Long tables: rows with these texts hold this measure and these categories."""

    where: dict[str, str] = Field(min_length=1, description="Column head -> text of the cell")
    measure: str | None = None
    age: str = TOTAL
    sex: str = TOTAL
    nationality: str = TOTAL
    ignore: bool = Field(False, description="Known rows that are not wanted")

    @model_validator(mode="after")
    def _measure_unless_ignored(self) -> Rows:
        if (self.measure is None) != self.ignore:
            raise ValueError("entweder measure oder ignore = true ist nötig")
        return self


class Table(Entry):
    """One table of a file: where its heads, areas, periods and values stand."""

    sheet: Pattern = Field(".*", description="Regex on the sheet name, full match; xlsx only")
    head_rows: tuple[int, ...] = Field((1,), description="1-based rows that hold the heads")
    end: Pattern | None = Field(None, description="The table ends before a row starting so")
    period: str | Origin
    area: str | AreaOrigin
    totals: dict[str, str] = Field({}, description="Row label -> area id")
    skip: Pattern | None = Field(None, description="Row labels (area column) to leave out")
    ignore: tuple[str, ...] = Field((), description="Column heads that carry no data")
    cells: Cells | None = None
    value: Column | None = Field(None, description="Value column of a long table")
    rows: tuple[Rows, ...] = ()
    complete: tuple[Literal["age", "sex", "nationality"], ...] = Field(
        (), description="Breakdowns whose listed categories are everything there is"
    )
    absent_is_zero: tuple[Slug, ...] = Field(
        (), description="Measures whose missing rows mean zero"
    )

    ratios: tuple[Ratio, ...] = Field((), description="Rates beside their counts, to be checked")

    @model_validator(mode="after")
    def _wide_or_long(self) -> Table:
        long = self.value is not None and bool(self.rows)
        if (self.cells is not None) == long or (self.value is not None) != bool(self.rows):
            raise ValueError("entweder [tables.cells] oder value mit [[tables.rows]] ist nötig")
        if (
            list(self.head_rows) != sorted(set(self.head_rows))
            or min(self.head_rows, default=1) < 1
        ):
            raise ValueError("head_rows müssen ab 1 zählen und aufsteigen")
        heads = [origin.head for origin in self._origins() if origin.head is not None]
        if max(heads, default=0) > len(self.head_rows):
            raise ValueError(
                f"head = {max(heads)}, aber head_rows hat {len(self.head_rows)} Zeilen"
            )
        if isinstance(self.area, AreaOrigin) and self.area.column is None and self.totals:
            raise ValueError("totals braucht area = { column = ... }")
        return self

    def _origins(self) -> list[Origin | Labels]:
        cells = self.cells
        labels = [cells.measure, cells.age, cells.sex, cells.nationality] if cells else []
        return [x for x in (self.period, self.area, *labels) if isinstance(x, Origin | Labels)]


class Recipe(Entry):
    """How the files of one delivery are read."""

    model_config = ConfigDict(title="Lieferrezept")

    id: Slug
    title: Text
    office: Text
    source: Slug = Field(description="Id of a source in city.toml")
    basis: Text = Field(description="Shown with every number: 'Hauptwohnsitz', 'Wohnort', ...")
    each_row_is: Text = Field(description="'ein Stadtbezirk an einem Stichtag'")
    status: NumberStatus = Field("ok", description="Status of plain numbers")
    files: Below = Field(description="Glob below the deliveries folder")
    encoding: str | None = Field(None, description="Text files only; default: by rule")
    delimiter: str = Field(";", min_length=1, max_length=1, description="Text files only")
    decimal: Literal[",", "."] = Field(",", description="Decimal sign of numbers written as text")
    signs: dict[str, Sign] = Field({}, description="Sign in a cell -> what it means")
    tables: tuple[Table, ...] = Field(min_length=1)
