"""Zones as protection and audit know them: by what they are made of.

Whoever reads releases does not care what a zone is called. Zones of the same parts are the same
numbers under any id; those of other parts are other numbers under the same. So in here a zone's
area is its parts, its level that of zones of their level, which has their method and their rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from model.catalog import ZONE, ZONES, Catalog, Level
from model.protection import Protection
from prepare import zones

MARK = f"{ZONE}:"
"""What the level of zones has before that of their parts."""
_AND = "+"


@dataclass(frozen=True, eq=False)
class Compositions:
    """The zones of a release: its table of `areas`, and zones.PARTS."""

    areas: pl.DataFrame
    parts: pl.DataFrame

    @cached_property
    def known(self) -> pl.DataFrame:
        """The id of each zone (`zone`), with `level` and `area` as they are in here."""
        level_of = self.areas.select(part="area", by="level")
        return (
            self.parts.join(level_of, on="part")
            .group_by("zone")
            .agg(level=MARK + pl.col("by").first(), area=pl.col("part").sort().str.join(_AND))
            .sort("zone")
        )

    def inward(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Rows with `level` and `area`, zones by what they are made of."""
        return self._renamed(frame, ("zone", "of", "area", "level"))

    def outward(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The inverse of `inward`."""
        return self._renamed(frame, ("area", "level", "zone", "of"))

    def _renamed(self, frame: pl.DataFrame, columns: tuple[str, str, str, str]) -> pl.DataFrame:
        """Rows with other areas and levels: the first two columns name them, then the others."""
        if self.parts.is_empty():
            return frame
        names = ("area", "level", "new_area", "new_level")
        named = self.known.with_columns(of=pl.lit(ZONE)).select(
            pl.col(column).alias(name) for column, name in zip(columns, names, strict=True)
        )
        found = frame.join(named, on=["level", "area"], how="left", maintain_order="left")
        return found.with_columns(
            level=pl.coalesce("new_level", "level"), area=pl.coalesce("new_area", "area")
        ).select(frame.columns)

    def nested(self) -> pl.DataFrame:
        """The areas; zones are above their parts, and no part of the city beside other areas."""
        if self.parts.is_empty():
            return self.areas
        own = self.inward(self.areas)
        beneath = (
            self.parts.join(self.known.select("zone", parent="area"), on="zone")
            .select("parent", area="part")
            .join(self.areas.drop("parent"), on="area")
            .select(own.columns)
        )
        above = own.with_columns(parent=pl.when(zoned()).then(pl.lit("")).otherwise("parent"))
        return pl.concat([above, beneath])

    def catalog(self, catalog: Catalog) -> Catalog:
        """The catalog with a level of zones behind each level they are made of."""
        if self.parts.is_empty():
            return catalog
        bases = {level.removeprefix(MARK) for level in self.known["level"]}
        own = catalog.protection
        methods = {f"{MARK}{base}": own.methods[base] for base in sorted(bases)}
        public = [
            one.model_copy(update={"levels": (*one.levels, *_marked(one.levels, bases))})
            for one in own.public
        ]
        told = {"methods": {**own.methods, **methods}, "public": tuple(public)}
        levels = [one for level in catalog.city.levels for one in _with_zones(level, bases)]
        city = type(catalog.city).model_construct(
            **(dict(catalog.city) | {"levels": tuple(levels)})
        )
        protection = Protection.model_construct(**(dict(own) | told))
        return Catalog.model_construct(city=city, themes=catalog.themes, protection=protection)


NONE = Compositions(pl.DataFrame(), zones.none())


def zoned() -> pl.Expr:
    """Whether a cell in here is one of a zone."""
    return pl.col("level").str.starts_with(MARK)


def level(name: str) -> str:
    """A level as a release names it: that of all zones for any level of zones."""
    return ZONE if name.startswith(MARK) else name


def declared(levels: Iterable[str]) -> list[str]:
    """Those of some levels that a city declares."""
    return [name for name in levels if not name.startswith(MARK)]


def _marked(levels: Iterable[str], bases: Iterable[str]) -> list[str]:
    return [f"{MARK}{name}" for name in levels if name in bases]


def _with_zones(own: Level, bases: Iterable[str]) -> list[Level]:
    """A level, and that of zones made of its areas, if there are any."""
    if own.id not in bases:
        return [own]
    told = {"id": f"{MARK}{own.id}", "title": ZONES.title, "plural": ZONES.plural}
    return [own, own.model_copy(update=told)]
