"""Why a zone has no value, and which zone near to it has one.

The rule of docs/zusammenschluesse.md: rather the parts that have a number, if they are two at
least; else the known zone that has a value and most of the parts; else the whole city.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from model import zones
from model.areas import Area
from model.catalog import ZONE
from model.zones import Zone

Rows = Mapping[str, Mapping[str, Any]]
"""Rows of an indicator's values at one period, by area."""


def lacking(zone: Area, rows: Rows, reason: str) -> tuple[str, ...]:
    """The parts that lack a number the zone's value is made of, for the reason the zone has.

    Where none of them has that very reason, all that lack one.
    """
    parts = tuple(part for part in zone.parts if not _whole(rows.get(part)))
    return tuple(part for part in parts if reason in _reasons(rows.get(part))) or parts


def nearest(
    zone: Area, rows: Rows, areas: Mapping[str, Mapping[str, Area]], city: str, least: int
) -> Area | None:
    """The area near to a zone that has a value; None if not even the city has one.

    `areas` are those of the release by level, `city` is the level of the whole city. A rate has
    to refer to `least` at least.
    """
    rest = tuple(part for part in zone.parts if _whole(rows.get(part)))
    if 1 < len(rest) < len(zone.parts) and _referring(rest, rows) >= max(least, 1):
        return _zone(rest, areas)
    shared = {
        other.id: len(set(other.parts) & set(zone.parts))
        for other in areas[ZONE].values()
        if other.id != zone.id and _known(rows.get(other.id))
    }
    best = max(shared, key=lambda other: shared[other], default="")
    if shared.get(best):
        return areas[ZONE][best]
    return next((own for own in areas[city].values() if _known(rows.get(own.id))), None)


def _zone(parts: tuple[str, ...], areas: Mapping[str, Mapping[str, Area]]) -> Area:
    """The zone of some parts, by its name where it has one already."""
    same = (known for known in areas[ZONE].values() if set(known.parts) == set(parts))
    level = next(name for name, known in areas.items() if parts[0] in known)
    made = Zone(level, parts)
    return next(same, None) or zones.areas([made], areas)[made.id]


def _whole(row: Mapping[str, Any] | None) -> bool:
    """Whether numerator and denominator are told, also where their rate is not."""
    if row is None or row["numerator"] is None:
        return False
    return row["denominator_status"] is None or row["denominator"] is not None


def _reasons(row: Mapping[str, Any] | None) -> tuple[str | None, ...]:
    if row is None:
        return ("not_collected",)
    return row["numerator_status"], row["denominator_status"]


def _known(row: Mapping[str, Any] | None) -> bool:
    return row is not None and row["value"] is not None


def _referring(parts: tuple[str, ...], rows: Rows) -> float:
    """To how many the rate of some parts refers; without a denominator that does not matter."""
    below = [rows[part]["denominator"] for part in parts]
    return float("inf") if None in below else sum(below)
