"""Need and supply of a release side by side: views of both, and a row for each area."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from loaders import areas, facilities, indicators, views
from loaders.releases import Release
from model import formats, rates, safeguards, supply, view
from model.catalog import FacilityType, Indicator, Theme
from model.facility import Facility
from model.language import _
from model.selection import METHODS, Selection
from model.supply import Row
from model.supply_links import Offer, Setting
from model.view import View

_THEME = "angebot_an_plaetzen"
_COUNTS = (
    *("measure", "level", "area", "period", "age", "sex", "nationality"),
    *("value", "status", "delivery"),
)


@dataclass(frozen=True)
class Picture:
    """Everything a setting shows.

    `need` is the view of the need, `supply` that of the places, None where nobody counts them.
    `facilities` are those of the type and of the others that are shown; `metres` is the distance
    whose shares the rows tell, 0 where there is none. With `modelled` facilities are invented.
    """

    kind: FacilityType
    need: View
    supply: View | None
    rows: tuple[Row, ...]
    facilities: tuple[Facility, ...]
    metres: int
    modelled: bool


@lru_cache(maxsize=2)
def offer(release: Release) -> Offer | None:
    """What can be held against each other; None without facilities or without indicators."""
    types = facilities.types(release)
    level = release.catalog.city.default_level
    needs = {
        indicator.id: f"{theme.title}: {indicator.short}"
        for theme in release.catalog.themes
        for indicator in theme.indicators
        if indicators.periods(release, indicator, level)
    }
    known = areas.names(release)[level]
    return Offer(types, needs, known) if types and needs else None


def picture(release: Release, chosen: Setting) -> Picture:
    """What a setting shows, all at the newest periods."""
    kind = release.catalog.facility_types_by_id[chosen.kind]
    need = _need(release, chosen.need, chosen.area)
    found = _supply(release, kind)
    metres = chosen.metres or (kind.reach[0] if kind.reach else 0)
    shown = {chosen.kind, *chosen.others}
    told = release.manifest["deliveries"]
    return Picture(
        kind=kind,
        need=need,
        supply=found,
        rows=supply.rows(
            need,
            found,
            _numbers(release, chosen.kind),
            facilities.reached(release, chosen.kind, metres),
        ),
        facilities=tuple(f for f in facilities.every(release).values() if f.kind.id in shown),
        metres=metres,
        modelled=any(
            told[each.delivery]["modelled"]
            for each in facilities.every(release).values()
            if each.kind.id == chosen.kind
        ),
    )


def _need(release: Release, name: str, area: str) -> View:
    indicator = release.catalog.indicators[name]
    level = release.catalog.city.default_level
    period = indicators.scope(release, indicator).periods[level][-1]
    theme = release.catalog.theme_of(name).id
    return views.view_of(
        release,
        Selection(
            theme,
            name,
            level,
            period,
            (area,) if area else (),
            signs=release.catalog.city.signs,
            method=next(k for k, v in METHODS.items() if v == indicator.classes.method),
            count=indicator.classes.count,
        ),
    )


@lru_cache(maxsize=64)
def _supply(release: Release, kind: FacilityType) -> View | None:
    """The newest places per 100 children of a type; None where they are not counted."""
    catalog = release.catalog
    level = catalog.city.default_level
    periods = facilities.counts(release, kind).filter(pl.col("level") == level)["period"]
    if kind.serves is None or periods.is_empty():
        return None
    period = str(periods.max())
    indicator = supply.indicator(kind, "date" if len(period) > len("2024") else "year")
    if indicator is None:
        return None
    least = safeguards.fewest(catalog, indicator)
    found = rates.values(_both(release, kind, kind.serves.measure), indicator, least).collect()
    return view.build(
        catalog.city,
        release.id,
        _theme(indicator),
        indicator,
        Selection(_THEME, indicator.id, level, period, signs=catalog.city.signs),
        found.with_columns(
            text=pl.Series([_text(indicator, value) for value in found["value"]], dtype=pl.String),
            first=pl.lit(None, pl.Float64),
            first_text=pl.lit(None, pl.String),
        ),
        areas.by_level(release),
        release.manifest["deliveries"],
        safeguards.safeguard(catalog, indicator),
        internal=release.internal,
    )


def _both(release: Release, kind: FacilityType, children: str) -> pl.LazyFrame:
    """Places and children as counts of one table."""
    counted = release.table(f"counts/{children}.parquet").with_columns(measure=pl.lit(children))
    both = (facilities.counts(release, kind), counted)
    return pl.concat(frame.select(_COUNTS).cast({"value": pl.Float64}) for frame in both).lazy()


def _theme(indicator: Indicator) -> Theme:
    """A theme for what belongs to none."""
    return Theme(
        id=_THEME,
        title=_("Bedarf und Angebot"),
        order=0,
        lead=indicator.definition,
        headline=indicator.id,
        indicators=(indicator,),
    )


def _text(indicator: Indicator, value: float | None) -> str | None:
    return None if value is None else formats.number(value, indicator.decimals)


def _numbers(release: Release, kind: str) -> dict[str, int]:
    """How many facilities of a type there are in each area of the default level, and in the city.

    Those beyond the border count nowhere.
    """
    own = facilities.listed(release).filter(pl.col("type") == kind)
    inside = own.filter(pl.col("area").ne("") | pl.col("lon").is_null())
    [city] = areas.by_level(release)[release.catalog.city.city_level]
    return {**dict(inside["area"].value_counts().iter_rows()), city: inside.height}
