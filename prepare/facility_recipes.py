"""Declarations of facilities.toml: kinds of facilities, and how lists of them are read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import pyproj
from pydantic import AfterValidator, ConfigDict, Field, model_validator

from model.catalog import Catalog, FacilityType
from model.entries import Below, Entry, Slug, Text
from prepare import facility_types, tomlfiles, validation
from prepare.crs import WGS84
from prepare.findings import Finding, nearest, refuse
from prepare.recipe_places import Pattern, Template
from prepare.recipes import NumberStatus, Sign

FILE = "facilities.toml"


def _crs(text: str) -> str:
    try:
        pyproj.CRS.from_user_input(text)
    except pyproj.exceptions.CRSError as error:
        raise ValueError(f'"{text}" ist kein Koordinatensystem wie "EPSG:25832"') from error
    return text


class TypeColumn(Entry):
    """The column that says of which type a facility is."""

    column: Text
    values: dict[str, Slug] = Field(min_length=1, description="Text in the file -> type id")


class Points(Entry):
    """Columns (by their heads) that say what a facility is and where it stands."""

    name: Text
    type: Slug | TypeColumn = Field(description="One type for all, or the column that tells it")
    address: Text | None = None
    area: Text | None = Field(None, description="Area of the default level, by id or name")
    lon: Text | None = None
    lat: Text | None = None
    easting: Text | None = Field(None, description="Instead of lon, in metres of `crs`")
    northing: Text | None = Field(None, description="Instead of lat, in metres of `crs`")
    crs: Annotated[str, AfterValidator(_crs)] = Field(WGS84, description="CRS of the coordinates")

    @model_validator(mode="after")
    def _coordinates_in_pairs(self) -> Points:
        degrees, metres = (self.lon, self.lat), (self.easting, self.northing)
        both = self.lon is not None and self.easting is not None
        if degrees.count(None) == 1 or metres.count(None) == 1 or both:
            raise ValueError("entweder lon und lat oder easting und northing sind nötig")
        if self.easting is not None and self.crs == WGS84:
            raise ValueError('easting und northing brauchen crs = "EPSG:25832" oder ein anderes')
        if self.lon is None and self.easting is None and self.address is None:
            raise ValueError("address oder Koordinaten sind nötig")
        return self

    @property
    def types(self) -> tuple[str, ...]:
        """Ids of the types there may be."""
        return (self.type,) if isinstance(self.type, str) else tuple(self.type.values.values())

    @property
    def coordinates(self) -> tuple[str, str] | None:
        """Heads of the columns with x and y, if there are coordinates."""
        x, y = self.lon or self.easting, self.lat or self.northing
        return (x, y) if x is not None and y is not None else None


class YearlyValues(Entry):
    """Columns whose heads match `heads` hold a measure; the period stands in the head, or beside.

    Without `period` and `period_column`, group 1 of `heads` is the period.
    """

    heads: Pattern = Field(description="Regex on the column heads, full match")
    measure: Slug = Field(description="A measure of measures.toml")
    period: Text | None = Field(None, description="One period for the whole file")
    period_column: Text | None = Field(None, description="Head of the column with the period")
    format: Template = Field("{}", description="How the found text becomes the period")

    @model_validator(mode="after")
    def _period_from_one_place(self) -> YearlyValues:
        told = sum(place is not None for place in (self.period, self.period_column))
        if told + bool(re.compile(self.heads).groups) != 1:
            raise ValueError(
                "genau eine Angabe des Zeitpunkts ist nötig: period, period_column oder eine "
                "Gruppe (...) in heads"
            )
        return self


class FacilityRecipe(Entry):
    """How the files of one delivery are read: one row per facility, or per facility and year."""

    id: Slug
    title: Text
    office: Text
    source: Slug = Field(description="Id of a source in city.toml")
    basis: Text = Field(description="Shown with every number")
    each_row_is: Text = Field(description="'eine Einrichtung'")
    status: NumberStatus = Field("ok", description="Status of plain numbers")
    files: Below = Field(description="Glob below the deliveries folder")
    sheet: Pattern = Field(".*", description="Regex on the sheet name, full match; xlsx only")
    head_row: int = Field(1, ge=1, description="1-based row that holds the heads")
    end: Pattern | None = Field(None, description="The table ends before a row starting so")
    encoding: str | None = Field(None, description="Text files only; default: by rule")
    delimiter: str = Field(";", min_length=1, max_length=1, description="Text files only")
    decimal: Annotated[str, Field(pattern=r"^[,.]$")] = Field(",", description="Decimal sign")
    signs: dict[str, Sign] = Field({}, description="Sign in a cell -> what it means")
    facility: Text = Field(description="Head of the column with the facility's id")
    points: Points | None = Field(None, description="Absent where the file only holds values")
    values: tuple[YearlyValues, ...] = ()

    @model_validator(mode="after")
    def _says_something(self) -> FacilityRecipe:
        if self.points is None and not self.values:
            raise ValueError("[recipes.points] oder [[recipes.values]] ist nötig")
        return self


class Facilities(Entry):
    """All of facilities.toml."""

    model_config = ConfigDict(title="Einrichtungen")

    types: tuple[FacilityType, ...] = Field(min_length=1)
    recipes: tuple[FacilityRecipe, ...] = Field(min_length=1)


def declared(folder: Path, catalog: Catalog) -> Facilities | None:
    """The declarations of a city folder, None without such a file. Raises PreparationError."""
    path = folder / FILE
    if not path.exists():
        return None
    name = f"{folder.name}/{FILE}"
    found = validation.checked(Facilities, tomlfiles.data(path, name), name)
    refuse(_findings(found, catalog, name))
    return found


def _findings(found: Facilities, catalog: Catalog, name: str) -> list[Finding]:
    """Ids given twice, and ids nobody declared."""
    findings = []
    types = [each.id for each in found.types]
    recipes = [each.id for each in found.recipes]
    for ids, table in ((types, "types"), (recipes, "recipes")):
        for twice in sorted({each for each in ids if ids.count(each) > 1}):
            place, message = f"[[{table}]]", f'Die id "{twice}" steht mehrmals.'
            findings.append(Finding("id_repeated", name, place, message, "Umbenennen."))
    for recipe in found.recipes:
        kinds = recipe.points.types if recipe.points else ()
        told = (
            ("source_unknown", "Quelle", [recipe.source], catalog.sources),
            ("measure_unknown", "Messgröße", [v.measure for v in recipe.values], catalog.measures),
            ("facility_type_unknown", "Art", kinds, types),
        )
        findings += [
            Finding(
                rule,
                name,
                f'[[recipes]] id = "{recipe.id}"',
                f'{word} "{each}" ist nicht vereinbart.',
                nearest(each, known),
            )
            for rule, word, ids, known in told
            for each in ids
            if each not in known
        ]
    return findings + facility_types.findings(found.types, catalog, name)
