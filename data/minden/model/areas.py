"""areas.csv and the GeoJSON of the Stadtbezirke."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import geometry
from districts import CITY_KM2, DISTRICTS

LAND, KREIS, CITY = "05000000", "05770", "05770024"
COLUMNS = (
    "level",
    "area",
    "name",
    "short",
    "locative",
    "parent",
    "order",
    "area_km2",
    "area_km2_status",
)
ABOVE = (
    ("land", LAND, "Nordrhein-Westfalen", "NRW", "in Nordrhein-Westfalen", "", 1, 34112.44, "ok"),
    (
        "kreis",
        KREIS,
        "Kreis Minden-Lübbecke",
        "Kreis",
        "im Kreis Minden-Lübbecke",
        LAND,
        1,
        1152.41,
        "ok",
    ),
    ("stadt", CITY, "Minden", "Minden", "in Minden", KREIS, 1, CITY_KM2, "ok"),
)
NEIGHBOURS = (
    ("05770004", "Bad Oeynhausen", 64.83),
    ("05770008", "Espelkamp", 84.21),
    ("05770012", "Hille", 102.99),
    ("05770016", "Hüllhorst", 44.70),
    ("05770020", "Lübbecke", 65.04),
    ("05770028", "Petershagen", 211.94),
    ("05770032", "Porta Westfalica", 105.22),
    ("05770036", "Preußisch Oldendorf", 68.75),
    ("05770040", "Rahden", 137.48),
    ("05770044", "Stemwede", 166.13),
)
"""The other municipalities of the Kreis: key, name and km² (IT.NRW 12411-15i, 31.12.2024)."""


def write(folder: Path) -> None:
    """Write `areas.csv` and `stadtbezirke.geojson` into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "areas.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(COLUMNS)
        rows.writerows(ABOVE)
        for order, (key, name, km2) in enumerate(NEIGHBOURS, start=1):
            rows.writerow(("gemeinde", key, name, name, f"in {name}", KREIS, order, km2, "ok"))
        for order, d in enumerate(DISTRICTS, start=1):
            status = "ok" if d.published_km2 else "modelled"
            row = ("stadtbezirk", d.id, d.name, d.short, d.locative, CITY, order, d.target_km2)
            rows.writerow((*row, status))
    (folder / "stadtbezirke.geojson").write_text(_geojson(), encoding="utf-8")


def _geojson() -> str:
    """One feature a line, so that a change of one district is a change of one line."""
    collection = geometry.feature_collection()
    lines = ",\n".join(
        json.dumps(feature, ensure_ascii=False, separators=(",", ":"))
        for feature in collection["features"]
    )
    return f'{{"type":"FeatureCollection","name":"stadtbezirke","features":[\n{lines}\n]}}\n'
