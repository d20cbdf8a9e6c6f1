"""The catalog: what a city's themes, indicators, measures, levels and sources are.

An indicator is declared once, in a TOML file of the city's `catalog/` folder. Heading, axis,
legend, tooltip, table, file names and exports all draw from that one declaration. `prepare`
reads and checks the TOML, the release carries the result as `catalog.json`, and the app reads
it back into the same models. Field descriptions end up in the JSON Schema for editors.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, model_validator

from model.entries import Below, CityId, Entry, Month, Slug, Text, WebAddress
from model.language import _
from model.presets import Preset
from model.protection import Protection

RELEASE_FORMAT = 5
"""What prepare writes and the app reads; a release of another format is built anew."""
AREAS, PUBLISHED = "areas", "published"
"""Deliveries that no recipe reads: the sizes of the areas, and published single figures."""
TOTAL = "total"
Chance = Literal["share", "rate", "none"]
"""What chance moves: a share of people, a rate of events, or nothing that could be told."""
Audience = Literal["public", "internal"]
"""Whom a release is for: everybody, or the city's own offices."""
CATEGORIES = {"age": "ages", "sex": "sexes", "nationality": "nationalities"}
"""Breakdowns, and the table of city.toml that lists the categories of each."""
BREAKDOWNS = tuple(CATEGORIES)
OVERVIEW = "ueberblick"
"""In links, in place of a theme: the telling figure of each theme."""
ADDRESSES = frozenset(
    {
        *("angebot", "bedarfe", "daten", "einrichtung", "frame", "karten", "mappe", "massnahmen"),
        *("neues", "stadtbezirk", "start", "ueber", "vergleich", "zusammenhaenge"),
        *("einbetten", "geschichte", "geschichten", "praesentation", "sozialatlas"),
        *("zusammenschluss", OVERVIEW),
    }
)
"""Words in links that are no themes: the other pages, and the overview."""
ZONE = "zone"
"""The level of areas that are put together from others, by an office or by a reader."""


class Level(Entry):
    """A spatial level, declared from coarse to fine."""

    id: Slug
    title: Text = Field(description="Singular, e.g. 'Stadtbezirk'")
    plural: Text = Field(description="Plural, e.g. 'Stadtbezirke'")
    comparison: bool = Field(False, description="Only a yardstick (Kreis, Land): no map, no list")
    geometry: Below | None = Field(
        None, description="File with the polygons, below the city folder"
    )
    geometry_layer: str | None = Field(
        None, description="Layer of that file, where it has several (GeoPackage, zip)"
    )
    geometry_id: str = Field("id", description="Column of that file that holds the area key")
    geometry_id_format: str = Field("{}", description="How the key becomes the area id: '{:0>3}'")
    geometry_name: str | None = Field(None, description="Column with the area name, if used")
    geometry_crs: str | None = Field(
        None, description="CRS where the file names none: 'EPSG:25832'"
    )
    parent_pattern: str | None = Field(
        None, description="Regex on the id; group 1 makes the parent"
    )
    parent_format: str = Field("{}", description="How that group becomes the parent's id")
    map_note: str | None = Field(None, description="Said on every map, e.g. 'schematische Grenzen'")
    geometry_licence: str | None = Field(None, description="Licence line of the geometry")


ZONES = Level(id=ZONE, title=_("Zusammenschluss"), plural=_("Zusammenschlüsse"))


class Category(Entry):
    """One value of a breakdown, e.g. the age group '0-2'."""

    id: Text
    title: Text


class Source(Entry):
    """Who stands behind a delivery."""

    id: Slug
    title: Text = Field(description="As cited: 'Stadt Minden, Bürgerbüro (Melderegister)'")
    licence: Text = Field(description="Licence line, as the publisher wants it")
    url: str | None = None


class Term(Entry):
    """A measure, or a part of it, inside a sum. Listed categories are added up."""

    measure: Slug
    age: tuple[str, ...] = (TOTAL,)
    sex: tuple[str, ...] = (TOTAL,)
    nationality: tuple[str, ...] = (TOTAL,)
    factor: int = Field(1, description="-1 subtracts, e.g. moves out from moves in")

    @property
    def cells(self) -> int:
        """How many cells per area and period must be there for the sum to be complete."""
        return len(self.age) * len(self.sex) * len(self.nationality)


class Rate(Entry):
    """What a measure that is not additive is the rate of; known to everybody who reads it."""

    numerator: tuple[Term, ...] = Field(min_length=1)
    denominator: tuple[Term, ...] = Field(min_length=1)
    per: float = Field(100, gt=0)
    decimals: int = Field(1, ge=0, le=6, description="As printed")


class Measure(Entry):
    """A count as delivered. Rates are computed from counts.

    Only where an office delivers nothing but the rate, it is a measure that is not `additive`.
    """

    id: Slug
    title: Text
    unit: Text = Field(description="'Personen', 'Haushalte', 'Plätze', ...")
    breakdowns: tuple[Literal["age", "sex", "nationality"], ...] = ()
    additive: bool = Field(
        True, description="false: a rate or mean as delivered, never added up or divided"
    )
    unallocated: Slug | None = Field(
        None,
        description="Measure of those whom the city counts but no area below: "
        "the city is the sum of its areas and these",
    )
    audiences: tuple[Audience, ...] = Field(
        ("public", "internal"),
        min_length=1,
        description="Whom it may be told; releases for others do not even name it",
    )
    part_of: tuple[Term, ...] = Field(
        (), description="These are among those of each term: same place, same day, same categories"
    )
    holds: tuple[Term, ...] = Field(
        (), description="Parts of it that share nobody: together no more than this measure"
    )
    holds_all: bool = Field(False, description="Those parts are everything: exactly this measure")
    rate: Rate | None = Field(None, description="Of what a measure that is not additive is a rate")

    @model_validator(mode="after")
    def _parts_are_counts(self) -> Measure:
        if (self.part_of or self.holds) and not self.additive:
            raise ValueError("part_of und holds gibt es nur ohne additive = false")
        if self.holds_all and not self.holds:
            raise ValueError("holds_all = true verlangt holds")
        if self.rate and self.additive:
            raise ValueError("rate verlangt additive = false; Quoten von Zählungen rechnet die App")
        terms = (
            *self.part_of,
            *((*self.rate.numerator, *self.rate.denominator) if self.rate else ()),
        )
        if any(term.factor != 1 for term in terms):
            raise ValueError("part_of und rate kennen nur factor = 1")
        return self


Shape = Literal["circle", "square", "diamond", "triangle", "hexagon"]
"""The outlines of signs on a map."""


class FacilityType(Entry):
    """A kind of facility, whom it is for, and what is counted of it."""

    id: Slug
    title: Text = Field(description="Singular, e.g. 'Kita'")
    plural: Text = Field(description="Plural, e.g. 'Kitas'")
    sign: Annotated[str, Field(max_length=2)] = Field(
        "", description="One or two letters on the map; without it the first one of the title"
    )
    shape: Shape = Field("circle", description="Outline of the sign: no two types look alike")
    serves: Term | None = Field(None, description="Those it is for: a measure and their ages")
    served: str = Field("", description="In words: 'Kinder unter 6 Jahren'")
    places: Slug | None = Field(None, description="Measure of its places, as its lists tell them")
    users: Slug | None = Field(None, description="Measure of the places that are taken")
    complete: bool = Field(
        False, description="Its lists hold all there are: an area without one has none"
    )
    reach: tuple[Annotated[int, Field(ge=50, le=20_000)], ...] = Field(
        (), max_length=3, description="Distances in metres, ascending, as the crow flies"
    )
    need: Slug | None = Field(None, description="Indicator the supply is first held against")
    audiences: tuple[Audience, ...] = Field(
        ("public", "internal"),
        min_length=1,
        description="Whom it may be told; releases for others do not hold its facilities",
    )

    @model_validator(mode="after")
    def _fits_together(self) -> FacilityType:
        if (self.serves is None) != (not self.served):
            raise ValueError("serves und served gehören zusammen")
        if self.users and not self.places:
            raise ValueError("users verlangt places")
        if list(self.reach) != sorted(set(self.reach)):
            raise ValueError("reach muss aufsteigend sein, ohne Wiederholung")
        if self.serves and self.serves.factor != 1:
            raise ValueError("serves kennt nur factor = 1")
        return self

    @property
    def letters(self) -> str:
        """What stands in its sign on the map."""
        return self.sign or self.title[:1]


class Classes(Entry):
    """How the map's classes are made unless the reader chooses otherwise."""

    method: Literal["natural", "quantile", "equal", "fixed"] = "natural"
    # What a link can name (model/selection.py), and colours for 8 classes (components/colours.py).
    count: int = Field(5, ge=3, le=7)
    breaks: tuple[float, ...] = Field(
        (), max_length=7, description="Inner class limits for 'fixed', ascending"
    )

    @model_validator(mode="after")
    def _fixed_needs_breaks(self) -> Classes:
        if self.method == "fixed" and not self.breaks:
            raise ValueError("method = 'fixed' braucht breaks = [...]")
        if list(self.breaks) != sorted(set(self.breaks)):
            raise ValueError("breaks müssen aufsteigend und verschieden sein")
        return self


_SAID = {
    "Ort": "In Hahlen",
    "ort": "in Hahlen",
    "wert": "12,3",
    "zeit": "am 31.12.2024",
    "Zeit": "Am 31.12.2024",
}
"""Placeholders of a reading, with what may stand there."""


class Indicator(Entry):
    """One number with everything there is to say about it.

    value = per * (sum of numerator terms) / (sum of denominator terms); without a denominator
    the value is the numerator itself.
    """

    id: Slug
    title: Text = Field(description="Full title, as a heading")
    short: Text = Field(description="Short title for lists and axes, at most 40 characters")
    unit: Text = Field(description="'%', 'je 1.000 Einwohner', 'Personen', 'Jahre', ...")
    base: Text = Field(description="Of what: 'Anteil an allen unter 15-Jährigen'")
    numerator: tuple[Term, ...] = Field(min_length=1)
    denominator: tuple[Term, ...] = ()
    per: float = 1
    as_delivered: bool = Field(
        False, description="The numerator is one measure that is not additive, shown as delivered"
    )
    random: Chance | None = Field(
        None,
        description="What chance moves, where the unit does not tell: a 'share' of the base, a "
        "'rate' of single events, or 'none' (places, buildings, quotients of two groups)",
    )
    decimals: int = Field(1, ge=0, le=3)
    direction: Literal["more", "less", "neutral"] = Field(
        description="Whether a high value means more need, less need, or neither"
    )
    reference: Literal["date", "year", "school_year"] = Field(
        description="What a period is: a reference date, a calendar year, a school year"
    )
    definition: Text
    reading: Text = Field(
        description="The value as a sentence; placeholders {Ort} {ort} {wert} {zeit} {Zeit}"
    )
    counted: Text = Field(description="Was wird gezählt?")
    why: Text = Field(description="Warum wichtig?")
    caution: Text = Field(description="Was beachten?")
    synonyms: tuple[str, ...] = Field((), description="Words people type when they look for it")
    classes: Classes = Classes()

    @model_validator(mode="after")
    def _unit_fits_formula(self) -> Indicator:
        if self.as_delivered:
            fits = not self.denominator and self.per == 1 and len(self.numerator) == 1
            remedy = "mit as_delivered = true genau einen numerator, keinen denominator, per = 1"
        elif self.unit == "%":
            fits, remedy = bool(self.denominator) and self.per == 100, "denominator und per = 100"
        elif found := re.match(r"je ([\d.]+) ", self.unit):
            per = float(found[1].replace(".", ""))
            fits, remedy = (
                bool(self.denominator) and self.per == per,
                f"denominator und per = {per:g}",
            )
        elif self.denominator:
            fits, remedy = self.per == 1, "per = 1 (ein Mittelwert oder eine Dichte)"
        else:
            fits, remedy = self.per == 1, "keinen denominator und per = 1"
        if not fits:
            raise ValueError(f"unit = '{self.unit}' verlangt {remedy}")
        if len(self.short) > 40:
            raise ValueError("short darf höchstens 40 Zeichen haben")
        return self

    @model_validator(mode="after")
    def _chance_needs_counts(self) -> Indicator:
        if self.random in ("share", "rate") and not self.denominator:
            raise ValueError(f"random = '{self.random}' verlangt denominator")
        return self

    @model_validator(mode="after")
    def _reading_can_be_said(self) -> Indicator:
        # Doubled braces would be said as single ones; they are left to the last check.
        for name in re.findall(r"\{([^{}]*)\}", re.sub(r"\{\{|\}\}", "", self.reading)):
            if name not in _SAID:
                raise ValueError(f"reading kennt den Platzhalter {{{name}}} nicht")
        try:
            said = self.reading.format(**_SAID)
        except (ValueError, LookupError, AttributeError) as error:
            raise ValueError("reading hat eine geschweifte Klammer zu viel") from error
        if _SAID["wert"] not in said or not re.search(r"\{[Oo]rt\}", self.reading):
            raise ValueError("reading braucht {wert} und {Ort} oder {ort}")
        if re.search(r"[{}]", said):
            raise ValueError("reading hat eine geschweifte Klammer zu viel")
        return self

    @property
    def terms(self) -> tuple[Term, ...]:
        """All terms of the formula."""
        return self.numerator + self.denominator

    @property
    def chance(self) -> Chance:
        """What chance moves: as declared, else per cent is a share and 'je 1.000' a rate.

        Balances, means, densities, plain counts and what is shown as delivered are neither.
        """
        if self.random:
            return self.random
        if not self.denominator or any(term.factor < 0 for term in self.terms):
            return "none"
        if self.unit == "%":
            return "share"
        return "rate" if self.unit.startswith("je ") else "none"


DataTheme = Literal[
    "AGRI",
    "ECON",
    "EDUC",
    "ENER",
    "ENVI",
    "GOVE",
    "HEAL",
    "INTR",
    "JUST",
    "REGI",
    "SOCI",
    "TECH",
    "TRAN",
]
"""Themes of European data portals: http://publications.europa.eu/resource/authority/data-theme."""


class Theme(Entry):
    """A page: a group of indicators, one of them its telling figure."""

    id: Slug = Field(description="Also the address of the page: /<id>")
    title: Text
    order: int
    lead: Text = Field(description="One or two sentences: which questions the theme answers")
    headline: Slug = Field(description="The telling indicator for the start page")
    synonyms: tuple[str, ...] = ()
    data_theme: DataTheme = Field(
        "SOCI", description="Theme in data portals: SOCI is 'Bevölkerung und Gesellschaft'"
    )
    indicators: tuple[Indicator, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _headline_exists(self) -> Theme:
        if self.headline not in {indicator.id for indicator in self.indicators}:
            raise ValueError(f"headline = '{self.headline}' ist kein Indikator dieses Themas")
        return self

    @model_validator(mode="after")
    def _address_is_free(self) -> Theme:
        if self.id in ADDRESSES:
            raise ValueError(
                f"id = '{self.id}' ist die Adresse einer anderen Seite; "
                "das Thema und seine Datei anders benennen"
            )
        return self


class Publisher(Entry):
    """Who publishes a city's releases, as data portals are told."""

    name: Text
    url: WebAddress | None = Field(None, description="Page about the data: 'https://...'")
    email: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+$")] | None = None
    availability: Literal["AVAILABLE", "EXPERIMENTAL", "STABLE", "TEMPORARY"] | None = Field(
        None, description="How long the data will be there: STABLE is for long, AVAILABLE for years"
    )


class City(Entry):
    """A city: its names, levels, breakdowns, sources and measures."""

    id: CityId
    name: Text = Field(description="'Minden'")
    in_city: Text = Field(description="'in Minden'")
    title: Text = Field(description="Subtitle of the app")
    edition: Month = Field(description="Datenstand: year and month of the release, '2026-11'")
    levels: tuple[Level, ...] = Field(min_length=1, description="From coarse to fine")
    city_level: Slug = Field(description="The level that is the whole city")
    default_level: Slug = Field(description="The level a theme page opens with")
    surroundings: Below | None = Field(
        None, description="File with the municipalities around the city, drawn behind the map"
    )
    modelled_note: str = Field("", description="Said on every page when values are modelled")
    peers: tuple[Slug, ...] = Field(
        (), description="Structural indicators by which areas are called alike; none: nowhere"
    )
    municipality_key: Annotated[str, Field(pattern=r"^[0-9]{8}$")] | None = Field(
        None, description="Amtlicher Gemeindeschlüssel, 8 digits, for data portals"
    )
    signs: Literal["classic", "letters"] = Field(
        "classic", description="Signs in tables: '- 0 . / …' or the letters 'k 0 t u g x'"
    )
    base_url: Annotated[str, Field(pattern=r"^https?://[^\s<>\"]+/$")] | None = Field(
        None, description="Where the files of the current release can be fetched; ends with '/'"
    )
    publisher: Publisher | None = Field(None, description="Who publishes, for data portals")
    ages: tuple[Category, ...] = ()
    sexes: tuple[Category, ...] = ()
    nationalities: tuple[Category, ...] = ()
    sources: tuple[Source, ...] = ()
    measures: tuple[Measure, ...] = ()
    news: tuple[str, ...] = Field((), description="What is new in this release, newest first")

    def level(self, level_id: str) -> Level:
        """The level with that id, also that of zones; KeyError if there is none."""
        return {level.id: level for level in (*self.levels, ZONES)}[level_id]

    def categories(self, breakdown: str) -> tuple[Category, ...]:
        """The categories of a breakdown of BREAKDOWNS; KeyError for any other word."""
        found: tuple[Category, ...] = getattr(self, CATEGORIES[breakdown])
        return found


class Catalog(Entry):
    """Everything declared for one city, as a release carries it."""

    city: City
    themes: tuple[Theme, ...] = Field(min_length=1)
    protection: Protection = Field(description="For the audience the release is for, and no other")
    facility_types: tuple[FacilityType, ...] = ()
    presets: tuple[Preset, ...] = Field((), description="What offices weigh on the page of needs")

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Indicators by id, in the order of the themes."""
        return {i.id: i for theme in self.themes for i in theme.indicators}

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """Measures by id."""
        return {measure.id: measure for measure in self.city.measures}

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Sources by id."""
        return {source.id: source for source in self.city.sources}

    @cached_property
    def facility_types_by_id(self) -> dict[str, FacilityType]:
        """Types of facilities by id."""
        return {each.id: each for each in self.facility_types}

    def theme(self, theme_id: str) -> Theme:
        """The theme with that id; KeyError if there is none."""
        return {theme.id: theme for theme in self.themes}[theme_id]

    def theme_of(self, indicator_id: str) -> Theme:
        """The theme an indicator belongs to; KeyError if nobody declares it."""
        return {i.id: theme for theme in self.themes for i in theme.indicators}[indicator_id]
