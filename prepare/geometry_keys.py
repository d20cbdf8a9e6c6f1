"""Keys of polygons, and the areas they mean: by id, or by a name written another way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import geopandas as gpd

from model.catalog import Level
from prepare import names
from prepare.findings import Finding, refuse
from prepare.geometry_files import finding, refusal

_SHOWN = 5


def keys(level: Level, frame: gpd.GeoDataFrame) -> list[str]:
    """The key of each polygon as text. Raises PreparationError for missing or doubled keys."""
    column = frame[level.geometry_id]
    texts = [_text(key) for key in column.where(column.notna(), "")]
    if missing := [number for number, text in enumerate(texts, 1) if not text]:
        raise refusal(
            level,
            "geometry_key",
            f"Flächen ohne Schlüssel: Nr. {_listed(map(str, missing))}.",
            "Schlüssel ergänzen oder Flächen löschen.",
        )
    ids = [level.geometry_id_format.format(text) for text in texts]
    if twice := sorted(area for area, count in Counter(ids).items() if count > 1):
        raise refusal(
            level,
            "geometry_repeated",
            f"Mehrere Flächen haben denselben Schlüssel: {', '.join(twice)}.",
            "Je Gebiet eine Fläche liefern (mehrteilige als MultiPolygon).",
        )
    return ids


def _text(key: object) -> str:
    """An area key as text; a whole number without '.0'."""
    whole = isinstance(key, float) and key.is_integer()
    return str(int(key)) if whole else str(key).strip()  # type: ignore[call-overload]


def matched(
    level: Level, found: Sequence[str], listed: Mapping[str, str], notes: list[Finding]
) -> list[str]:
    """The area id of each key; keys that are no id of `listed` may be one of its names.

    Names match after `names.normalised`, which is noted. Keys without an area stay as they are.
    Raises PreparationError where a name could be two areas or two keys are one area, and where
    no key at all belongs to a listed area.
    """
    unknown = [key for key in found if key not in listed]
    if not listed or not unknown:
        return list(found)
    free = {area: name for area, name in listed.items() if area not in found}
    by_name = names.unique((text, area) for area, name in free.items() for text in (area, name))
    ids = {key: by_name.get(names.normalised(key), key) for key in unknown}
    refuse(_ambiguous(level, ids, free))
    named = {key: area for key, area in ids.items() if key != area}
    if named or len(unknown) < len(found):
        notes += _renamed(level, named)
        return [ids.get(key, key) for key in found]
    raise refusal(
        level,
        "geometry_unmatched",
        f"Keiner der {len(found)} Schlüssel der Datei gehört zu einem der {len(listed)} Gebiete. "
        f"In der Datei: {_listed(found)}; in areas.csv: {_listed(listed)}.",
        _format_hint(found, listed) or "geometry_id und geometry_id_format in city.toml prüfen.",
    )


def _ambiguous(level: Level, ids: Mapping[str, str], free: Mapping[str, str]) -> list[Finding]:
    """Names that two areas share, and areas that two polygons name."""
    shared = Counter(names.normalised(name) for name in free.values())
    wrong = [
        (f'"{key}"', "mehrere Gebiete heißen so")
        for key, area in ids.items()
        if key == area and shared[names.normalised(key)] > 1
    ]
    meant: dict[str, list[str]] = {}
    for key, area in ids.items():
        meant.setdefault(area, []).append(f'"{key}"')
    wrong += [
        (" und ".join(several), f'beide heißen wie das Gebiet "{area}"')
        for area, several in meant.items()
        if len(several) > 1
    ]
    return [
        finding(
            level,
            "geometry_name_ambiguous",
            f"Nicht eindeutig ist {who}: {reason}.",
            "In der Datei die Schlüssel aus areas.csv verwenden.",
        )
        for who, reason in wrong
    ]


def _renamed(level: Level, named: Mapping[str, str]) -> list[Finding]:
    """One note for all keys that were recognised by a name."""
    if not named:
        return []
    pairs = [f'"{key}" ist {area}' for key, area in named.items()]
    message = f"Am Namen erkannt: {_listed(pairs)}."
    remedy = "Zuordnung prüfen; sicherer ist der Schlüssel aus areas.csv."
    return [finding(level, "geometry_name_normalised", message, remedy)]


def _format_hint(found: Sequence[str], listed: Mapping[str, str]) -> str:
    """A remedy where only leading zeros are missing, as spreadsheets leave them out."""
    width = max(map(len, listed))
    padded = {key.zfill(width) for key in found}
    fits = not padded.isdisjoint(listed)
    return f'In city.toml geometry_id_format = "{{:0>{width}}}" angeben.' if fits else ""


def _listed(texts: Sequence[str] | Mapping[str, str] | map[str]) -> str:
    """The first few texts and how many follow."""
    every = list(texts)
    more = f" und {len(every) - _SHOWN} weitere" if len(every) > _SHOWN else ""
    return ", ".join(every[:_SHOWN]) + more
