"""A city of twelve quarters in which every status occurs, as a published release."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from prepare import build as builds
from prepare import publishing, release

NAMES = (
    "Aue",
    "Berg",
    "Chaussee",
    "Damm",
    "Eck",
    "Feld",
    "Garten",
    "Hafen",
    "Insel",
    "Jagen",
    "Kamp",
    "Lohe",
)
# Quarter: poor with its mark, residents, in 2023 and 2024. 34.5 % of Aue are 345 of 1000.
FIGURES = {
    "Aue": (("345", "", "1000"), ("340", "", "1000")),
    "Berg": (("0", "", "1500"), ("0", "", "1500")),
    "Chaussee": (("5", "", "12500"), ("5", "", "12500")),
    "Damm": ((".", "", "800"), (".", "", "800")),
    "Eck": (("/", "", "700"), ("70", "", "700")),
    "Feld": (("…", "", "600"), ("60", "", "600")),
    "Garten": (("0", "", "0"), ("0", "", "0")),
    "Hafen": (("20", "", "40"), ("20", "", "40")),
    "Insel": (("111", "p", "1000"), ("110", "", "1000")),
    "Jagen": (("222", "r", "1000"), ("220", "r", "1000")),
    "Kamp": (("333", "s", "1000"), ("330", "s", "1000")),
    "Lohe": (("4357", "m", "9137"), ("4347", "m", "9137")),
}
PERIODS = ("2024-12-31", "2023-12-31")
CITY = """
id = "zeichen"
name = "Zeichen"
in_city = "in Zeichen"
title = "Sozialdaten der Stadt Zeichen"
edition = "2025-01"
city_level = "stadt"
default_level = "viertel"
signs = "SIGNS"
modelled_note = "Modellwert, keine amtliche Zahl"

[[levels]]
id = "stadt"
title = "Stadt"
plural = "Städte"

[[levels]]
id = "viertel"
title = "Viertel"
plural = "Viertel"
geometry = "areas/viertel.geojson"

[[sources]]
id = "amt"
title = "Stadt Zeichen, Sozialamt"
licence = "CC0 1.0"
"""
MEASURES = """
[[measures]]
id = "residents"
title = "Einwohner"
unit = "Personen"

[[measures]]
id = "poor"
title = "Beziehende"
unit = "Personen"

[[measures]]
id = "area_km2"
title = "Fläche"
unit = "km²"
"""
AUDIENCE = """
[{audience}]
version = "2025-01"
minimum_area = 0
reason = "amtlich"
methods = {{ stadt = "none", viertel = "{method}" }}
sources = {{ amt = "amt", areas = "offen", published = "offen" }}
[[{audience}.rules]]
id = "amt"
title = "Sozialamt: mindestens 5 Personen"
preset = "register"
[[{audience}.rules]]
id = "offen"
title = "Flächen: nicht geschützt"
preset = "public"
reason = "Flächen sind keine Personen."
"""
THEME = """
id = "armut"
title = "Armut"
order = 1
lead = "Wie viele Menschen sind arm?"
headline = "quote"

[[indicators]]
id = "quote"
title = "Armutsquote"
short = "Armut"
unit = "%"
base = "Anteil an allen"
numerator = [{ measure = "poor" }]
denominator = [{ measure = "residents" }]
per = 100
direction = "more"
reference = "date"
definition = "Beziehende durch alle, mal 100."
reading = "{Ort} waren {zeit} {wert} % arm."
counted = "Menschen."
why = "Planung."
caution = "Keine."

[[indicators]]
id = "dichte"
title = "Einwohnerdichte"
short = "Dichte"
unit = "Einwohner je km²"
base = "Einwohner auf der Fläche"
numerator = [{ measure = "residents" }]
denominator = [{ measure = "area_km2" }]
decimals = 0
direction = "neutral"
reference = "date"
definition = "Einwohner durch Fläche."
reading = "{Ort} lebten {zeit} {wert} Menschen je km²."
counted = "Menschen."
why = "Planung."
caution = "Keine."
"""
RECIPE = """
id = "zahlen"
title = "Beziehende und Einwohner"
office = "Sozialamt"
source = "amt"
basis = "Hauptwohnsitz"
each_row_is = "ein Viertel an einem Stichtag"
files = "zahlen.csv"
marks = { p = "preliminary", r = "revised", s = "estimated", m = "modelled" }

[[tables]]
period = { column = "tag" }
area = { column = "raum" }
value = "zahl"
mark = "art"
[[tables.rows]]
where = { was = "arm" }
measure = "poor"
[[tables.rows]]
where = { was = "alle" }
measure = "residents"
"""


def write(
    root: Path,
    signs: str = "classic",
    hidden: str = "",
    releases: Path | None = None,
    protected: Mapping[str, int] | None = None,
    zone: Sequence[str] = (),
) -> Path:
    """Write the city below `root` and publish it, if need be among other releases; their folder.

    Of the quarter `hidden` the poor are kept secret. Quarters of a `zone` are put together by the
    city, which tells of 400 poor there. If the poor are given by quarter, all the
    rules of protection hold, and nothing else is there.
    """
    method = "suppress" if protected else "none"
    rules = (AUDIENCE.format(audience=a, method=method) for a in ("public", "internal"))
    folder = root / "zeichen"
    for name in ("catalog", "areas", "recipes", "deliveries"):
        (folder / name).mkdir(parents=True)
    areas = ["level,area,name,short,locative,parent,order,area_km2", "stadt,000,Zeichen,,,,1,"]
    areas += [f"viertel,{i:03},{name},,,000,{i},2" for i, name in enumerate(NAMES, 1)]
    texts = {
        "city.toml": CITY.replace("SIGNS", signs),
        "measures.toml": MEASURES,
        "protection.toml": "".join(rules),
        "catalog/armut.toml": THEME,
        "areas/areas.csv": "\n".join(areas) + "\n",
        "areas/viertel.geojson": _squares(),
        "recipes/zahlen.toml": RECIPE,
        "deliveries/zahlen.csv": _plain(protected) if protected else _delivery(),
    }
    for name, text in texts.items():
        (folder / name).write_text(text.lstrip(), encoding="utf-8")
    content = builds.build(folder, folder / "deliveries", "public", [])
    if hidden:
        content = replace(content, frames=_hiding(content.frames, hidden))
    if zone:
        content = replace(content, frames=_joining(content.frames, zone))
    releases = releases or root / "releases"
    written = release.write(content, releases, release.Made("Erste Person"))
    publishing.publish(releases, written.path.name, "Zweite Person")
    return releases


def _hiding(frames: Mapping[str, pl.DataFrame], name: str) -> dict[str, pl.DataFrame]:
    own = pl.col("area") == f"{NAMES.index(name) + 1:03}"
    poor = frames["counts/poor.parquet"].with_columns(
        value=pl.when(~own).then("value"),
        status=pl.when(own).then(pl.lit("suppressed")).otherwise("status"),
    )
    return {**frames, "counts/poor.parquet": poor}


def _joining(frames: Mapping[str, pl.DataFrame], names: Sequence[str]) -> dict[str, pl.DataFrame]:
    """With the zone "ufer" of some quarters: 400 poor of all their residents."""
    parts = [f"{NAMES.index(name) + 1:03}" for name in names]
    own, place = pl.col("area").is_in(parts), {"level": pl.lit("zone"), "area": pl.lit("ufer")}
    told = {
        path: pl.concat([frame, _sums(frame.filter(own)).with_columns(**place)], how="diagonal")
        for path, frame in frames.items()
        if path.startswith("counts/")
    }
    poor = told["counts/poor.parquet"]
    told["counts/poor.parquet"] = poor.with_columns(
        value=pl.when(pl.col("area") != "ufer").then("value").otherwise(400.0)
    )
    areas = frames["areas.parquet"]
    joined = (
        areas.filter(own)
        .head(1)
        .with_columns(
            **place, name=pl.lit("Ufer"), short=pl.lit("Ufer"), locative=pl.lit("am Ufer")
        )
    )
    return {
        **frames,
        **told,
        "areas.parquet": pl.concat([areas, joined]),
        "zones.parquet": pl.DataFrame({"zone": ["ufer"] * len(parts), "part": parts}),
    }


def _sums(rows: pl.DataFrame) -> pl.DataFrame:
    key = ("period", "age", "sex", "nationality", "delivery")
    return rows.group_by(key).agg(value=pl.col("value").sum(), status=pl.lit("ok"))


def _delivery() -> str:
    lines = ["was;raum;tag;zahl;art"]
    for number, name in enumerate(NAMES, 1):
        for period, (poor, mark, residents) in zip(PERIODS, FIGURES[name], strict=True):
            lines.append(f"arm;{number:03};{period};{poor};{mark}")
            lines.append(f"alle;{number:03};{period};{residents};")
    for period in PERIODS:
        lines += [f"arm;000;{period};8000;", f"alle;000;{period};29277;"]
    return "\n".join(lines) + "\n"


def _plain(poor: Mapping[str, int]) -> str:
    """Every quarter with its poor of 9,137 residents on one day, and the city."""
    lines = ["was;raum;tag;zahl;art"]
    rows = {f"{NAMES.index(name) + 1:03}": count for name, count in poor.items()}
    for area, count in {**rows, "000": sum(poor.values())}.items():
        everybody = 9137 * (len(poor) if area == "000" else 1)
        lines += [f"arm;{area};{PERIODS[0]};{count};", f"alle;{area};{PERIODS[0]};{everybody};"]
    return "\n".join(lines) + "\n"


def _squares() -> str:
    """Three rows of four squares of about 1.1 km."""

    def ring(number: int) -> list[list[float]]:
        west, south = 9 + 0.016 * (number % 4), 52 - 0.01 * (number // 4)
        east, north = round(west + 0.016, 3), round(south + 0.01, 3)
        west, south = round(west, 3), round(south, 3)
        return [[west, south], [east, south], [east, north], [west, north], [west, south]]

    features = [
        {
            "type": "Feature",
            "properties": {"id": f"{number + 1:03}"},
            "geometry": {"type": "Polygon", "coordinates": [ring(number)]},
        }
        for number in range(len(NAMES))
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})
