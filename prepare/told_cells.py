"""What a release tells, as the texts of a city are held against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import polars as pl

from model import areas, changes, history, rates, safeguards
from model.areas import Area
from model.catalog import ZONE, Catalog, Indicator
from model.changes import Shift
from model.view import Figure
from prepare import series_breaks, zones
from prepare.findings import nearest

CITY = "stadt"
"""What texts call the whole city."""
Told = tuple[str, str, str]
"""Rule, message and remedy."""


@dataclass(frozen=True)
class Cells:
    """What a release tells: its catalog, its counts (counts.SCHEMA), its areas as it lists them.

    `breaks` (series_breaks.SCHEMA) say where series start anew, `parts` (zones.PARTS) what the
    zones among the areas are made of.
    """

    catalog: Catalog
    counts: pl.DataFrame
    areas: pl.DataFrame
    breaks: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=series_breaks.SCHEMA))
    parts: pl.DataFrame = field(default_factory=zones.none)

    @cached_property
    def _values(self) -> dict[str, pl.DataFrame]:
        return {}

    def values(self, indicator: Indicator) -> pl.DataFrame:
        """The values of an indicator as the application computes them."""
        if indicator.id not in self._values:
            least = safeguards.fewest(self.catalog, indicator)
            found = rates.values(self.counts.lazy(), indicator, least).collect()
            self._values[indicator.id] = found
        return self._values[indicator.id]

    def figure(self, indicator: Indicator, area: str, period: str) -> Figure:
        """The figure of an area that has a row of the period."""
        rows = self.values(indicator).filter(pl.col("area") == area, pl.col("period") == period)
        return self._figure(rows.row(0, named=True))

    def shift(self, indicator: Indicator, area: str, periods: tuple[str, str]) -> Shift:
        """What became of an area that has rows of both periods, judged as views judge it.

        That is together with all areas of its level; alone where it is a yardstick or a zone.
        """
        level = self.levels[area]
        alone = level == ZONE or self.catalog.city.level(level).comparison
        rows = self._parted(indicator).filter(
            pl.col("level") == level, pl.lit(not alone) | (pl.col("area") == area)
        )
        before, after = (
            {row["area"]: row for row in rows.filter(pl.col("period") == period).to_dicts()}
            for period in periods
        )
        pairs = [
            (self._figure(old), self._figure(after[id]), old["part"] == after[id]["part"])
            for id, old in before.items()
            if id in after
        ]
        return next(one for one in changes.judged(indicator, pairs) if one.area.id == area)

    def _parted(self, indicator: Indicator) -> pl.DataFrame:
        """The values with the part of its series each belongs to."""
        parts = dict(self.parts.group_by("zone").agg("part").iter_rows())
        breaks = history.joined(history.breaks(self.breaks, indicator), parts)
        return self.values(indicator).with_columns(history.part(breaks))

    def _figure(self, row: Mapping[str, Any]) -> Figure:
        names = ("value", "status", "numerator", "denominator")
        return Figure(self._areas[row["area"]], *(row[name] for name in names))

    @cached_property
    def _areas(self) -> dict[str, Area]:
        return {row["area"]: areas.area(row) for row in self.areas.to_dicts()}

    def id(self, said: str) -> str:
        """The id of an area as a text names it: an id, or CITY."""
        return self.city if said == CITY else said

    def no_row(self, indicator: Indicator, area: str, period: str) -> Told | None:
        """That the release has no row of an area and a period, if that is so."""
        known = self.values(indicator).filter(pl.col("area") == area)["period"]
        if period in known:
            return None
        message = f'Zu "{period}" gibt es für {area} keine Zahl.'
        return "text_figure_missing", message, nearest(period, known)

    @cached_property
    def city(self) -> str:
        """The id of the area that is the whole city."""
        level = pl.col("level") == self.catalog.city.city_level
        return str(self.areas.filter(level)["area"].first())

    @cached_property
    def levels(self) -> dict[str, str]:
        """The level of each area."""
        return dict(self.areas.select("area", "level").iter_rows())
