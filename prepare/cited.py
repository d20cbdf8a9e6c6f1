"""Figures that texts refer to, held against the cells that are told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

import polars as pl

from model import formats, rates, safeguards, status
from model.catalog import Catalog, Indicator
from prepare import prose
from prepare.findings import Finding, nearest
from prepare.prose import Reference

CITY = "stadt"
"""The area of a reference that is the whole city."""
_PARTS = {"wert": "value", "zaehler": "numerator", "nenner": "denominator"}
_KEYS = ("gebiet", "zeit", "was")
Told = tuple[str, str, str]
"""Rule, message and remedy."""


@dataclass(frozen=True)
class Cells:
    """What a release tells: its catalog, its counts (counts.SCHEMA), its areas as it lists them."""

    catalog: Catalog
    counts: pl.DataFrame
    areas: pl.DataFrame

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

    @cached_property
    def city(self) -> str:
        """The id of the area that is the whole city."""
        level = pl.col("level") == self.catalog.city.city_level
        return str(self.areas.filter(level)["area"].first())

    @cached_property
    def levels(self) -> dict[str, str]:
        """The level of each area."""
        return dict(self.areas.select("area", "level").iter_rows())


def findings(markdown: str, name: str, cells: Cells, above: int = 0) -> list[Finding]:
    """All that is wrong with the figures of a text; `above` are the lines of the file before it."""
    found = [
        (own.line, _told(own, *wrong))
        for own in prose.references(markdown)
        if (wrong := _wrong(own, cells))
    ]
    found += [
        (
            line,
            (
                "text_figure_typed",
                f"Die Zahl {figure} ist getippt.",
                "Als Verweis schreiben: [Zahl](zahl:indikator?gebiet=...&zeit=...).",
            ),
        )
        for line, figure in prose.typed_figures(markdown)
    ]
    return [
        Finding(rule, name, f"Zeile {line + above}", message, remedy)
        for line, (rule, message, remedy) in sorted(found, key=lambda one: one[0])
    ]


def address(own: Reference, cells: Cells) -> str:
    """The view a reference is of, as an address below the application."""
    asked = dict(own.details)
    area = _area(asked, cells)
    query = {
        "indikator": own.indicator,
        "ebene": cells.levels[area],
        "zeit": asked["zeit"],
        "gebiet": area,
    }
    return f"{cells.catalog.theme_of(own.indicator).id}?{urlencode(query)}"


def _told(own: Reference, rule: str, message: str, remedy: str) -> Told:
    return rule, f'Im Satz "{own.sentence}": {message}', remedy


def _wrong(own: Reference, cells: Cells) -> Told | None:
    """What is wrong with a reference; None if the release says the same."""
    asked = dict(own.details)
    for told in (_wrong_target(own, asked, cells), *_unsaid(asked)):
        if told:
            return told
    indicator = cells.catalog.indicators[own.indicator]
    area = _area(asked, cells)
    rows = cells.values(indicator).filter(pl.col("area") == area)
    row = rows.filter(pl.col("period") == asked["zeit"])
    if row.is_empty():
        message = f'Zu "{asked["zeit"]}" gibt es für {area} keine Zahl.'
        return "text_figure_missing", message, nearest(asked["zeit"], rows["period"])
    part = _PARTS[asked.get("was", "wert")]
    value = row[part].item()
    if value is None:
        state = row["status" if part == "value" else f"{part}_status"].item()
        message = f"{own.text} ist {status.words(state)}." if state else "Die Zahl hat keine Basis."
        return "text_figure_missing", message, "Den Satz ohne diese Zahl schreiben."
    printed = _printed(value, indicator, part)
    if own.text.replace(formats.NBSP, " ") in printed:
        return None
    message = f"steht {own.text}, die Veröffentlichung sagt {printed[0]}."
    return "text_figure_differs", message, "Zahl berichtigen und prüfen, ob der Satz noch stimmt."


def _wrong_target(own: Reference, asked: dict[str, str], cells: Cells) -> Told | None:
    if own.indicator not in cells.catalog.indicators:
        message = f'Den Indikator "{own.indicator}" gibt es für diese Leserschaft nicht.'
        return "indicator_unknown", message, nearest(own.indicator, cells.catalog.indicators)
    if (area := _area(asked, cells)) not in cells.levels:
        return "area_unknown", f'Das Gebiet "{area}" gibt es nicht.', nearest(area, cells.levels)
    return None


def _unsaid(asked: dict[str, str]) -> Iterator[Told]:
    """Keys that are missing, nobody knows, or say what nobody knows."""
    for key in ("gebiet", "zeit"):
        if not asked.get(key):
            yield "key_missing", f'Dem Verweis fehlt "{key}".', f"{key}=... ergänzen."
    for key in asked.keys() - set(_KEYS):
        yield "key_unknown", f'Ein Verweis kennt "{key}" nicht.', nearest(key, _KEYS)
    if (part := asked.get("was", "wert")) not in _PARTS:
        yield "value_wrong", f'"{part}" ist hier nicht erlaubt.', nearest(part, _PARTS)


def _area(asked: dict[str, str], cells: Cells) -> str:
    area = asked.get("gebiet", CITY)
    return cells.city if area == CITY else area


def _printed(value: float, indicator: Indicator, part: str) -> tuple[str, ...]:
    """How a release prints a number, with its unit and without."""
    if part != "value":
        return (formats.plain(value),)
    shown = formats.quantity(value, indicator).replace(formats.NBSP, " ")
    return shown, formats.number(value, indicator.decimals)
