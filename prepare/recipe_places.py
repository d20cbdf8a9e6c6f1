"""Parts of a recipe: where a table's areas, periods and categories stand, and what texts mean."""

from __future__ import annotations

import re
import string
from typing import Annotated, Literal

import polars as pl
from pydantic import AfterValidator, Field, model_validator

from model.catalog import TOTAL
from model.entries import Entry, Slug


def _regex(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f'"{pattern}" ist kein gültiges Suchmuster ({error})') from error
    return pattern


def _plain_regex(pattern: str) -> str:
    """Polars searches whole columns with it, and knows no look-around and no back references."""
    try:
        pl.Series([""]).str.contains(_regex(pattern))
    except pl.exceptions.ComputeError as error:
        message = f'"{pattern}" ist hier kein gültiges Suchmuster (ohne Vorausschau und Rückbezug)'
        raise ValueError(message) from error
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
PlainPattern = Annotated[str, AfterValidator(_plain_regex)]
Template = Annotated[str, AfterValidator(_format)]
CellName = Annotated[str, Field(pattern=r"^[A-Z]{1,3}[1-9]\d*$")]
HeadRow = Annotated[int, Field(ge=1)]
ColumnNumber = Annotated[int, Field(ge=1)]
Column = ColumnNumber | str
"""A number from 1, a head text, or 'text#2': the second column with that head."""

_COLUMN = "Column number from 1, or its head text ('text#2' for the second one)"
_ABOVE = "The text stands in a heading row above its rows, which is no data row itself"


class Origin(Entry):
    """Where a text stands: in a column, cell, head row or line, the file's or sheet's name."""

    column: Column | None = Field(None, description=_COLUMN)
    cell: CellName | None = Field(None, description="One cell of the sheet: 'A2'")
    line: PlainPattern | None = Field(
        None, description="Regex on all cells of the sheet; first row that fits, group 1 counts"
    )
    file: Pattern | None = Field(None, description="Regex on the file name; group 1 counts")
    sheet: Pattern | None = Field(None, description="Regex on the sheet name; group 1 counts")
    head: HeadRow | None = Field(None, description="n-th entry of head_rows; heads come last")
    above: bool = Field(False, description=_ABOVE)
    values: dict[str, str] = Field(
        {}, description="Text in the file -> text to read instead, before pattern and format"
    )
    pattern: Pattern | None = Field(None, description="Regex on the text; group 1 counts")
    format: Template = Field("{}", description="How the found text becomes the id or period")

    @property
    def heads(self) -> tuple[int, ...]:
        """The entry of head_rows in which the text stands; none if it stands elsewhere."""
        return () if self.head is None else (self.head,)

    @model_validator(mode="after")
    def _one_place(self) -> Origin:
        places = (self.column, self.cell, self.line, self.file, self.sheet, self.head)
        if sum(place is not None for place in places) != 1:
            raise ValueError(
                "genau eine Angabe von column, cell, line, file, sheet, head ist nötig"
            )
        if self.above and (self.column is None or not (self.pattern or self.values)):
            raise ValueError("above = true braucht column und dazu pattern oder values")
        return self


class AreaOrigin(Origin):
    """Where the area stands, as an id or as a name of one level."""

    names: bool = Field(False, description="The text is an area name of `level`")
    level: Slug | None = None
    outside: Literal["ignore"] | None = Field(
        None, description="'ignore': areas that match `known` and are none of the city's"
    )
    known: Pattern | None = Field(
        None, description="Regex on the id or name of the areas `outside` speaks of"
    )

    @model_validator(mode="after")
    def _keys_go_together(self) -> AreaOrigin:
        if self.names != (self.level is not None):
            raise ValueError('names = true und level = "..." gehören zusammen')
        if (self.outside is None) != (self.known is None):
            raise ValueError('outside = "ignore" und known = "..." gehören zusammen')
        return self


class PeriodOrigin(Origin):
    """Where the period stands."""

    month_end: bool = Field(False, description="A date stands for its month: its last day counts")


class Labels(Entry):
    """Texts of a head row or of a column, or row numbers, and what each of them means."""

    head: HeadRow | tuple[HeadRow, ...] | None = Field(
        None, description="n-th entry of head_rows; several are one text: 'Kinder / männlich'"
    )
    column: Column | None = Field(None, description=_COLUMN)
    row: bool = Field(False, description="The row's number in the file; other rows are left out")
    above: bool = Field(False, description=_ABOVE)
    values: dict[str, str] = Field(min_length=1, description="Text in the file -> id")
    ignore: Pattern | None = Field(None, description="Regex on texts that are not wanted")

    @property
    def heads(self) -> tuple[int, ...]:
        """Entries of head_rows that make up the text; none if it stands in a column."""
        return (self.head,) if isinstance(self.head, int) else self.head or ()

    @model_validator(mode="after")
    def _one_place(self) -> Labels:
        if (self.head is not None) + (self.column is not None) + self.row != 1 or self.head == ():
            raise ValueError("genau eine Angabe von head, column und row ist nötig")
        if self.above and self.column is None:
            raise ValueError("above = true braucht column")
        if self.row and self.ignore is not None:
            raise ValueError("ignore gilt nicht mit row = true; andere Zeilen entfallen ohnehin")
        if self.row and not all(text.isdecimal() for text in self.values):
            raise ValueError('mit row = true stehen in values Zeilennummern: "38" = "..."')
        if self.ignore is not None:
            both = [text for text in self.values if re.search(self.ignore, text)]
            if both:
                raise ValueError(f'"{both[0]}" steht in values und passt zugleich auf ignore')
        return self


class Cells(Entry):
    """Wide tables: what each value cell counts. A constant, or told by heads or columns."""

    measure: str | Labels
    age: str | Labels = TOTAL
    sex: str | Labels = TOTAL
    nationality: str | Labels = TOTAL


class Rows(Entry):
    """Long tables: rows with these texts hold this measure and these categories."""

    where: dict[str, str] = Field({}, description="Column -> text of the cell ('' is blank)")
    matches: dict[str, PlainPattern] = Field(
        {}, description="Column -> regex on the text of the cell; after all rules without"
    )
    measure: str | None = None
    age: str = TOTAL
    sex: str = TOTAL
    nationality: str = TOTAL
    ignore: bool = Field(False, description="Known rows that are not wanted")

    @model_validator(mode="after")
    def _usable(self) -> Rows:
        if (self.measure is None) != self.ignore:
            raise ValueError("entweder measure oder ignore = true ist nötig")
        if not (self.where or self.matches):
            raise ValueError("where oder matches ist nötig")
        return self
