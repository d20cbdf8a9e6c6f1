"""A delivery recipe: which files an office sends and what their rows, columns and signs mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import ConfigDict, Field, model_validator

from model.entries import Below, Entry, Slug, Text
from prepare import values
from prepare.ratios import Ratio
from prepare.recipe_places import (
    AreaOrigin,
    CellName,
    Cells,
    Column,
    Labels,
    Origin,
    Pattern,
    PeriodOrigin,
    PlainPattern,
    Rows,
)

if TYPE_CHECKING:
    NumberStatus = str
    DoubtStatus = str
    Sign = str
    SignSet = str
else:  # the words themselves are declared in model.status and values
    NumberStatus = Literal[values.NUMBER_STATUSES]
    DoubtStatus = Literal[values.MARK_STATUSES]
    Sign = Literal[(values.ZERO, *values.SIGN_STATUSES)]
    SignSet = Literal[tuple(values.SIGN_SETS)]
Mark = Annotated[str, Field(pattern=values.MARK)]


class Correction(Entry):
    """A known fault of a delivered file: applied only while the cell still holds `delivered`."""

    file: str | None = Field(None, min_length=1, description="Glob on the file's path")
    sheet: str | None = Field(None, description="Name of the sheet")
    cell: CellName
    delivered: str = Field(description="What stands in the cell; '' for a blank")
    becomes: str
    reason: Text

    @model_validator(mode="after")
    def _changes_something(self) -> Correction:
        if self.delivered == self.becomes:
            raise ValueError("delivered und becomes sind gleich")
        return self


class Table(Entry):
    """One table of a file: where its heads, areas, periods and values stand."""

    sheet: Pattern = Field(".*", description="Regex on the sheet name, full match; workbooks only")
    head_rows: tuple[int, ...] = Field((1,), description="1-based rows that hold the heads")
    heads: tuple[str, ...] = Field(
        (), description="Heads for all columns where the file has none or wrong ones"
    )
    end: Pattern | None = Field(None, description="The table ends before a row starting so")
    expect: dict[CellName, Pattern] = Field(
        {}, description="Cells that must match a regex, or the file is not built as declared"
    )
    carry_down: tuple[Column, ...] = Field(
        (), description="Columns whose blank cells repeat the cell above (merged downwards)"
    )
    indent: int | None = Field(
        None, ge=0, description="Only rows whose area cell starts with so many spaces"
    )
    period: str | PeriodOrigin
    area: str | AreaOrigin
    totals: dict[str, str] = Field({}, description="Row label -> area id")
    skip: Pattern | None = Field(None, description="Row labels (area column) to leave out")
    only: dict[str, Pattern] = Field(
        {}, description="Column -> regex: only rows whose cell matches; the others are left out"
    )
    ignore: tuple[Column, ...] = Field(
        (), description="Heads or numbers of columns that carry no data"
    )
    cells: Cells | None = None
    value: Column | None = Field(None, description="Value column of a long table")
    mark: Column | None = Field(None, description="Column with the mark of the value; long tables")
    rows: tuple[Rows, ...] = ()
    add_rows: bool = Field(
        False, description="Several rows are parts of one count and are added up; long tables"
    )
    suffix: Text | None = Field(None, description="Text behind numbers: '%'")
    factor: float | None = Field(None, gt=0, description="What numbers are multiplied with")
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
        if long and self.ignore:
            raise ValueError("ignore gilt nur mit [tables.cells]; value nennt schon die Spalte")
        if self.add_rows and not long:
            raise ValueError("add_rows gilt nur mit value und [[tables.rows]]")
        if self.mark is not None and not long:
            raise ValueError("mark gilt nur mit value und [[tables.rows]]")
        wheres = [tuple(sorted(r.where.items())) for r in self.rows if not r.matches]
        if len(wheres) != len(set(wheres)):
            raise ValueError("zwei [[tables.rows]] haben dasselbe where")
        return self

    @model_validator(mode="after")
    def _heads_fit(self) -> Table:
        if (
            list(self.head_rows) != sorted(set(self.head_rows))
            or min(self.head_rows, default=1) < 1
        ):
            raise ValueError("head_rows müssen ab 1 zählen und aufsteigen")
        if self.heads and "head_rows" not in self.model_fields_set:
            raise ValueError("heads braucht head_rows; ohne Kopfzeile in der Datei head_rows = []")
        count = len(self.head_rows) + bool(self.heads)
        highest = max((head for o in self.origins() for head in o.heads), default=0)
        if highest > count:
            told = f"head_rows hat {len(self.head_rows)} Zeilen" + (
                " und heads eine" * bool(self.heads)
            )
            raise ValueError(f"head = {highest}, aber {told}")
        return self

    @model_validator(mode="after")
    def _labels_fit(self) -> Table:
        labelled = isinstance(self.area, AreaOrigin) and self.area.column is not None
        for name, given in (("skip", self.skip), ("indent", self.indent), ("totals", self.totals)):
            if not labelled and given not in (None, {}):
                raise ValueError(f"{name} braucht area = {{ column = ... }}")
        if self.factor == 1:
            raise ValueError("factor = 1 ändert nichts")
        if self.suffix is not None and any(c.isdigit() for c in self.suffix):
            raise ValueError("suffix darf keine Ziffern enthalten")
        return self

    def origins(self) -> list[Origin | Labels]:
        """Everything that says where a text stands."""
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
    optional: bool = Field(False, description="Nothing is wrong if there is no file")
    revisions: bool = Field(
        False, description="A later file (by stand, else by name) replaces values of an earlier"
    )
    next: Annotated[str, Field(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")] | None = Field(
        None, description="Month in which the next delivery is expected: '2027-02'"
    )
    stand: Origin | None = Field(None, description="Where a file tells the date it was made")
    licence: PlainPattern | None = Field(
        None, description="Regex on the cell that holds the file's licence line; group 1 counts"
    )
    encoding: str | None = Field(None, description="Text files only; default: by rule")
    delimiter: str = Field(";", min_length=1, max_length=1, description="Text files only")
    columns: Pattern | None = Field(
        None, description="Regex whose groups are the cells of a line: text without a delimiter"
    )
    decimal: Literal[",", "."] = Field(",", description="Decimal sign of numbers written as text")
    sign_set: SignSet = Field("classic", description="Which signs stand for missing values")
    signs: dict[str, Sign] = Field({}, description="Sign in a cell -> what it means")
    marks: dict[Mark, DoubtStatus] = Field(
        dict(values.MARKS), description="Letter behind a number -> what it means"
    )
    brackets: DoubtStatus = Field("unreliable", description="What a number in brackets is")
    corrections: tuple[Correction, ...] = ()
    streamed: bool = Field(
        False, description="One long UTF-8 table too large for memory, read in a stream"
    )
    tables: tuple[Table, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _usable(self) -> Recipe:
        if self.revisions and not any(sign in self.files for sign in "*?["):
            raise ValueError(
                "revisions braucht in files ein Muster wie *, das mehrere Dateien nennt"
            )
        if self.stand is not None and (self.stand.column or self.stand.head):
            raise ValueError("stand steht an einer Stelle: cell, line, file oder sheet")
        return self

    @model_validator(mode="after")
    def _streamable(self) -> Recipe:
        if not self.streamed:
            return self
        table = self.tables[0]
        whole = (
            table.heads,
            table.expect,
            table.carry_down,
            table.indent,
            table.end,
            table.ratios,
        )
        if len(self.tables) > 1 or table.value is None or not table.head_rows:
            raise ValueError("streamed braucht genau eine lange Tabelle mit head_rows und value")
        if any(whole) or self.corrections or self.encoding:
            raise ValueError(
                "streamed verträgt kein heads, expect, carry_down, indent, end, ratios, "
                "corrections, encoding"
            )
        return self
