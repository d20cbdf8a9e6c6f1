"""Polygons that belong together: made valid, apart from their outline, with shared borders."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import shapely

from model import formats
from model.catalog import Level
from prepare.findings import Finding
from prepare.geometry_files import finding, refusal
from prepare.shapes import Polygons

_SNAP_METRES = 1.0
"""Vertices of neighbours closer than this become one, and gaps narrower are closed. A tenth of
that is what 6 decimals of a degree keep, so borders stay shared after rounding."""
_LOST = 0.01
"""A change by more than this share of an area is no repair: it is refused."""
_SAME = 0.99
"""Share of both areas from which on two polygons are the same one."""
_TOLD_M2 = 1.0
"""Splinters from this size on are counted in the note."""
_REASONS = {
    "Ring Self-intersection": "ein Ring berührt sich selbst",
    "Self-intersection": "ein Ring schneidet sich selbst",
    "Hole lies outside shell": "ein Loch liegt außerhalb",
    "Holes are nested": "Löcher liegen ineinander",
    "Nested shells": "Teile liegen ineinander",
    "Interior is disconnected": "das Innere zerfällt",
    "Duplicate Rings": "ein Ring ist doppelt",
    "Too few points in geometry component": "ein Ring hat zu wenige Punkte",
    "Invalid Coordinate": "eine Koordinate ist keine Zahl",
}
Truths = npt.NDArray[np.bool_]


def valid(level: Level, keys: Sequence[str], polygons: Polygons, notes: list[Finding]) -> Polygons:
    """Flat, valid polygons in metres; each repair is noted. Raises PreparationError.

    Refused are polygons without area, and those whose area depends on how one repairs them.
    """
    flat = shapely.force_2d(polygons)
    if shapely.has_z(polygons).any():
        message = "Die Koordinaten haben Höhen; sie werden nicht gebraucht."
        notes.append(finding(level, "geometry_height", message, "Es ist nichts zu tun."))
    found = np.asarray(shapely.make_valid(flat, method="structure", keep_collapsed=False))
    check_filled(level, keys, found)
    broken = ~shapely.is_valid(flat)
    drawn, repaired = shapely.area(flat), shapely.area(found)
    # A size that is no number, of a polygon with such a coordinate, is no small change either.
    unclear = broken & ~(np.abs(drawn / repaired - 1) <= _LOST)
    if unclear.any():
        reasons = [_reason(flat[number]) for number in np.flatnonzero(unclear)]
        raise refusal(
            level,
            "geometry_invalid",
            f"Nicht eindeutig, was zur Fläche gehört: {_named(keys, unclear)} ({reasons[0]}).",
            "Die Fläche im Geoinformationssystem berichtigen.",
        )
    notes += [
        finding(
            level,
            "geometry_repaired",
            f"Fläche {keys[number]} ({repaired[number] / 10_000:.0f} ha) war ungültig: "
            f"{_reason(flat[number])}. Berichtigt; die Größe ändert sich um "
            f"{abs(repaired[number] - drawn[number]):.0f} m².",
            "Die Fläche im Geoinformationssystem berichtigen.",
        )
        for number in map(int, np.flatnonzero(broken))
    ]
    return found


def check_filled(level: Level, keys: Sequence[str], polygons: Polygons) -> None:
    """Raise PreparationError if an entry has no area: nothing, a point or a line."""
    empty = ~np.isin(shapely.get_type_id(polygons), (3, 6)) | shapely.is_empty(polygons)
    if empty.any():
        message = f"Einträge ohne Fläche: {_named(keys, empty)}."
        raise refusal(level, "geometry_empty", message, "Leere Flächen und Punkte entfernen.")


def _reason(polygon: shapely.Geometry) -> str:
    """Why a polygon is not valid, in German, with the place as the file's coordinates in metres."""
    kind, _, place = str(shapely.is_valid_reason(polygon)).partition("[")
    east, _, north = place.rstrip("]").partition(" ")
    there = north and math.isfinite(float(east)) and math.isfinite(float(north))
    where = f" bei {float(east):.0f} {float(north):.0f}" if there else ""
    return _REASONS.get(kind.strip(), kind.strip()) + where


def without_outline(
    level: Level,
    keys: Sequence[str],
    polygons: Polygons,
    listed: Mapping[str, str],
    outlines: frozenset[str],
    notes: list[Finding],
) -> Truths:
    """Which polygons are areas of the level, and not one that covers all the others.

    Left out, with a note, is one whose key is none of the `listed` areas, or one of `outlines`.
    Raises PreparationError if the one that covers the others may be an area of the level.
    """
    kept = np.ones(len(polygons), dtype=np.bool_)
    number = _outline(polygons)
    if number is None:
        return kept
    key = keys[number]
    others_known = any(other in listed for other in keys if other != key)
    if key in outlines or (key not in listed and others_known):
        kept[number] = False
        message = f"Die Fläche {key} überdeckt alle anderen (ein Umriss) und wurde weggelassen."
        remedy = "Den Umriss aus der Datei entfernen."
        notes.append(finding(level, "geometry_outline", message, remedy))
        return kept
    raise refusal(
        level,
        "geometry_covers",
        f"Die Fläche {key} überdeckt alle anderen Flächen.",
        "Den Umriss aus der Datei entfernen; er gehört auf eine eigene Raumebene.",
    )


def _outline(polygons: Polygons) -> int | None:
    """Position of the polygon that covers all others, which are at least two."""
    if len(polygons) < 3:
        return None
    sizes = shapely.area(polygons)
    number = int(sizes.argmax())
    others = np.delete(polygons, number)
    covered = shapely.area(shapely.intersection(polygons[number], others))
    return number if (covered > _SAME * shapely.area(others)).all() else None


def clean(level: Level, keys: Sequence[str], polygons: Polygons, notes: list[Finding]) -> Polygons:
    """Valid polygons with exactly shared borders; only splinters of about a metre change.

    How many splinters were closed is noted. Raises PreparationError where polygons are the same,
    or overlap by more than splinters do. Larger gaps stay: they may be land nobody counts.
    """
    _check_apart(level, keys, polygons)
    if shapely.coverage_is_valid(polygons, gap_width=_SNAP_METRES):
        return polygons
    found = shapely.coverage_clean(polygons, gap_width=_SNAP_METRES, snapping_distance=_SNAP_METRES)
    found = np.asarray(found, dtype=object)
    tree = shapely.STRtree(polygons)
    lost, losers = shapely.get_parts(shapely.difference(polygons, found), return_index=True)
    shares = shapely.area(lost) / shapely.area(polygons)[losers]
    if shares.max(initial=0) > _LOST:
        worst = int(shares.argmax())
        loser = int(losers[worst])
        beside = [int(n) for n in tree.query(lost[worst].representative_point(), "within")]
        other = next((keys[n] for n in beside if n != loser), "andere")
        raise refusal(
            level,
            "geometry_overlap",
            f"Die Fläche {keys[loser]} überlappt {other} um mehr als 1 % ihrer Größe "
            f"({formats.number(shapely.area(lost[worst]))} m²).",
            "Überlappungen im Geoinformationssystem bereinigen.",
        )
    gained, gainers = shapely.get_parts(shapely.difference(found, polygons), return_index=True)
    overlaps = _splinters(lost, losers, tree, inside=True)
    gaps = _splinters(gained, gainers, tree, inside=False)
    if count := len(overlaps) + len(gaps):
        message = (
            f"{count} Splitter zwischen Flächen geschlossen; Überlappungen: {len(overlaps)} "
            f"({formats.number(overlaps.sum())} m²), Lücken: {len(gaps)} "
            f"({formats.number(gaps.sum())} m²)."
        )
        remedy = "Gemeinsame Grenzen im Geoinformationssystem fangen (Snapping)."
        notes.append(finding(level, "geometry_slivers", message, remedy))
    return found


def _splinters(
    parts: Polygons, owners: npt.NDArray[np.intp], tree: shapely.STRtree, inside: bool
) -> npt.NDArray[np.float64]:
    """Sizes in m² of those parts that lie in another polygon than their owner, or in none."""
    sizes = shapely.area(parts)
    told = sizes >= _TOLD_M2
    points, rows = tree.query(shapely.point_on_surface(parts[told]), "within")
    within = np.zeros(int(told.sum()), dtype=np.bool_)
    within[points[rows != owners[told][points]]] = True
    return np.asarray(sizes[told][within == inside], dtype=np.float64)


def _check_apart(level: Level, keys: Sequence[str], polygons: Polygons) -> None:
    """Refuse polygons that are there twice, under different keys."""
    bounds, sizes = shapely.bounds(polygons), shapely.area(polygons)
    left, right = shapely.STRtree(polygons).query(polygons)
    near = np.abs(bounds[left] - bounds[right]).max(axis=1) <= (1 - _SAME) * np.sqrt(sizes[left])
    pairs = near & (left < right)
    left, right = left[pairs], right[pairs]
    shared = shapely.area(shapely.intersection(polygons[left], polygons[right]))
    same = shared >= _SAME * np.maximum(sizes[left], sizes[right])
    if same.any():
        told = [f"{keys[a]} und {keys[b]}" for a, b in zip(left[same], right[same], strict=True)]
        raise refusal(
            level,
            "geometry_same_shape",
            f"Dieselbe Fläche steht unter zwei Schlüsseln: {', '.join(told[:5])}.",
            "Eine der beiden löschen oder ihre richtige Fläche liefern.",
        )


def _named(keys: Sequence[str], chosen: Truths) -> str:
    found = [key for key, is_chosen in zip(keys, chosen, strict=True) if is_chosen]
    return ", ".join(found[:5]) + (f" und {len(found) - 5} weitere" if len(found) > 5 else "")
