"""Zones: what zones.csv may say, sums by hand, and that no zone gives a hidden number away."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import polars as pl
import pytest

import brute
import protected_city
import small_city
from model.catalog import ZONE
from prepare import build as builds
from prepare import catalog as catalogs
from prepare import counts as count_tables
from prepare import previous, publishing, release, trials, zones
from prepare.areas import areas as read
from prepare.disclosure import audit, earlier, protecting, publications, tables
from prepare.disclosure.compositions import Compositions
from prepare.disclosure.earlier import NOTHING, Earlier
from prepare.disclosure.protecting import Frozen
from prepare.disclosure.publications import Published
from prepare.disclosure.verdict import Report
from prepare.findings import PreparationError
from prepare.release import Content

HEAD = "zone,name,short,locative,part\n"
RIVER = "ufer,Am Fluss,Fluss,am Fluss,001\nufer,,,,004\n"
MIDDLE = "mitte,Mitte,,,002\nmitte,,,,003\n"
TOTALS = {"age": "total", "sex": "total", "nationality": "total"}


def city(root: Path, text: str | None) -> Path:
    folder = small_city.write(root)
    if text is not None:
        (folder / "areas" / zones.FILE).write_text(text, encoding="utf-8")
    return folder


def built(folder: Path, **options: object) -> Content:
    return builds.build(folder, folder / "deliveries", "public", [], **options)  # type: ignore[arg-type]


def test_a_zone_is_the_sum_of_its_quarters(tmp_path: Path) -> None:
    """Au and Wall, men and women of each age, from the workbook by hand."""
    made = built(city(tmp_path, HEAD + RIVER + MIDDLE))
    told = made.frames["areas.parquet"].filter(pl.col("level") == ZONE)
    assert told.select("area", "name", "short", "locative", "parent", "order").rows() == [
        ("ufer", "Am Fluss", "Fluss", "am Fluss", "000", 1),
        ("mitte", "Mitte", "Mitte", "in Mitte", "000", 2),
    ]
    assert made.frames[zones.TABLE].rows() == [
        ("ufer", "001"), ("ufer", "004"), ("mitte", "002"), ("mitte", "003"),
    ]  # fmt: skip
    own = made.frames["counts/residents.parquet"].filter(pl.col("area") == "ufer")
    value = {(age, sex): v for age, sex, v in own.select("age", "sex", "value").rows()}
    au, wall = small_city.RESIDENTS["001 Au"], small_city.RESIDENTS["004 Wall"]
    both = [a + b for a, b in zip(au, wall, strict=True)]
    keys = list(product(("0-5", "6-17", "18-64", "65+"), "mw"))
    assert {key: value[key] for key in keys} == dict(zip(keys, both, strict=True))
    assert value["total", "total"] == sum(both) == 1168
    assert len(value) == 15
    assert own["delivery"].unique().to_list() == ["bestand"]
    assert own["file"].null_count() == own.height
    size = made.frames["counts/area_km2.parquet"].filter(pl.col("area") == "ufer")["value"].item()
    assert size == told["area_km2"][0] == pytest.approx(2 * 1.22, abs=0.02)
    assert made.deliveries["bestand"]["levels"] == ["stadt", "viertel"]


@pytest.mark.parametrize("text", [None, HEAD])
def test_without_zones_a_release_says_nothing_of_them(text: str | None, tmp_path: Path) -> None:
    made = built(city(tmp_path, text))
    assert zones.TABLE not in made.frames
    assert made.frames["areas.parquet"]["level"].unique().sort().to_list() == [
        "bezirk", "kreis", "stadt", "viertel",
    ]  # fmt: skip


def test_a_zone_has_no_count_where_a_part_has_none_and_no_mean() -> None:
    rows = [
        ("001", "residents", 7), ("004", "residents", 9),
        ("001", "benefits", 3), ("004", "benefits", None),
        ("001", "young", 3),
        ("001", "jobs", 2, {"status": "estimated"}),
        ("004", "jobs", None, {"status": "not_collected"}),
        ("001", "mean", 1.5), ("004", "mean", 2.5),
    ]  # fmt: skip
    parts = pl.DataFrame({"zone": ["ufer", "ufer"], "part": ["001", "004"]})
    found = protected_city.found(*rows)
    made = zones.counted(found, parts, protected_city.catalog().city)
    own = made.filter(pl.col("level") == ZONE).sort("measure")
    assert own.select("measure", "area", "value", "status").rows() == [
        ("benefits", "ufer", None, "suppressed"),
        ("jobs", "ufer", None, "not_collected"),
        ("residents", "ufer", 16.0, "ok"),
    ]
    assert made.height == found.height + 3


@pytest.mark.parametrize(
    ("rows", "rule", "place", "remedy"),
    [
        ("ufer,U,,,001\nufer,,,,0003\n", "area_unknown", "Zeile 3", 'Meinten Sie "003"?'),
        ("ufer,U,,,001\nufer,,,,10\n", "area_unknown", "Zeile 3", "Bekannt sind: 001, 002"),
        ("ufer,U,,,001\n", "zone_single", "Zeile 2", "Weitere Gebiete ergänzen."),
        ("ufer,U,,,001\nufer,,,,001\n", "row_doubled", "Zeile 3", "Eine der Zeilen löschen."),
        ("001,U,,,001\n001,,,,002\n", "id_repeated", "Zeile 2", "Dem Zusammenschluss"),
        ("a~b,U,,,001\na~b,,,,002\n", "id_wrong", "Zeile 2", "Aus kleinen Buchstaben"),
        ("Ufer,U,,,001\nUfer,,,,002\n", "id_wrong", "Zeile 2", "Aus kleinen Buchstaben"),
        ("ufer,,,,001\nufer,U,,,002\n", "zone_incomplete", "Zeile 2", "zone und name"),
        (",U,,,001\n,,,,002\n", "zone_incomplete", "Zeile 2", "zone und name"),
        (f"{RIVER}u,U,,,004\nu,,,,001\n", "row_doubled", "Zeile 4", "Einen von beiden löschen."),
    ],
)
def test_what_is_wrong_with_zones(
    rows: str, rule: str, place: str, remedy: str, tmp_path: Path
) -> None:
    folder = city(tmp_path, HEAD + rows)
    with pytest.raises(PreparationError) as error:
        read(catalogs.catalog(folder).city, folder, folder / "deliveries", [])
    [finding] = error.value.findings
    assert (finding.rule, finding.file, finding.place) == (rule, "klein/areas/zones.csv", place)
    assert finding.remedy.startswith(remedy)


def test_parts_of_two_levels_are_refused(tmp_path: Path) -> None:
    folder = city(tmp_path, f"{HEAD}ufer,U,,,001\nufer,,,,20\n")
    small_city.change(folder / "city.toml", 'default_level = "viertel"', 'default_level = "bezirk"')
    with pytest.raises(PreparationError) as error:
        read(catalogs.catalog(folder).city, folder, folder / "deliveries", [])
    assert [f.rule for f in error.value.findings] == ["zone_level"]


def test_no_level_of_a_city_is_called_zone(tmp_path: Path) -> None:
    folder = city(tmp_path, None)
    for name in ("city.toml", "protection.toml"):
        text = (folder / name).read_text().replace('id = "bezirk"', 'id = "zone"')
        (folder / name).write_text(text.replace("bezirk =", "zone ="))
    with pytest.raises(PreparationError) as error:
        catalogs.catalog(folder)
    assert [f.rule for f in error.value.findings] == ["id_reserved"]


def test_the_release_describes_the_table_of_zones(tmp_path: Path) -> None:
    made = built(city(tmp_path, HEAD + RIVER))
    folder = release.write(made, tmp_path / "releases").path
    told = json.loads((folder / "datapackage.json").read_text())
    [table] = [one for one in told["resources"] if one["path"] == zones.TABLE]
    assert table["title"] == "Zusammenschlüsse und ihre Gebiete"
    assert table["schema"]["primaryKey"] == ["zone", "part"]
    keys = [(k["fields"], k["reference"]["fields"]) for k in table["schema"]["foreignKeys"]]
    assert keys == [(["zone"], ["area"]), (["part"], ["area"])]
    [areas] = [one for one in told["resources"] if one["path"] == "areas.parquet"]
    [level] = [field for field in areas["schema"]["fields"] if field["name"] == "level"]
    assert {"value": ZONE, "label": "Zusammenschluss"} in level["categories"]


# Protection: the small city's quarters with few cases, below two districts and the city.

PLACES = ("000", "10", "20", "001", "002", "003", "004")
SUMS = {"000": ("10", "20"), "10": ("001", "002"), "20": ("003", "004")}
Parts = Mapping[str, Sequence[str]]
"""The quarters of each zone."""
ZONES = {"ufer": ("001", "004"), "norden": ("001", "002", "003")}


def made_of(own: Parts) -> Compositions:
    """The small city's areas with some zones of quarters."""
    rows = [(ZONE, zone, f"Zone {zone}", "000") for zone in own]
    new = pl.DataFrame(rows, schema=protected_city.AREAS.schema, orient="row")
    parts = pl.DataFrame(
        [(zone, part) for zone, parts in own.items() for part in parts],
        schema=zones.PARTS,
        orient="row",
    )
    return Compositions(pl.concat([protected_city.AREAS, new]), parts)


def numbers(quarters: Sequence[int], own: Parts) -> dict[str, int]:
    found = dict(zip(PLACES[3:], quarters, strict=True))
    found |= {d: sum(found[q] for q in SUMS[d]) for d in ("10", "20")}
    found["000"] = found["10"] + found["20"]
    return found | {zone: sum(found[part] for part in parts) for zone, parts in own.items()}


def cells(values: dict[str, int], own: Compositions) -> pl.DataFrame:
    rows = [(area, "benefits", value) for area, value in values.items()]
    zoned = set(own.parts["zone"])
    told = protected_city.found(*rows).with_columns(
        level=pl.when(pl.col("area").is_in(list(zoned))).then(pl.lit(ZONE)).otherwise("level")
    )
    return told.sort(count_tables.KEYS)


def protected(
    quarters: Sequence[int], own: Parts, before: Sequence[Published] = ()
) -> tuple[pl.DataFrame, Compositions]:
    """The counts as they may be told, by the names of the release."""
    zoned = made_of(own)
    catalog = zoned.catalog(protected_city.catalog())
    found = zoned.inward(cells(numbers(quarters, own), zoned)).sort(count_tables.KEYS)
    facts = tables.facts(catalog, zoned.nested(), found)
    frozen = Frozen(*earlier.frozen(facts, before))
    return zoned.outward(protecting.protected(facts, frozen).released(found)), zoned


def published(told: pl.DataFrame, zoned: Compositions, name: str = "") -> Published:
    frames = {
        "areas.parquet": zoned.areas,
        zones.TABLE: zoned.parts,
        "counts/benefits.parquet": told.drop("measure"),
    }
    text = protected_city.catalog().model_dump_json()
    made = Content(
        "klein", "2025-01", "public", frames, {"catalog.json": text}, ("", ""), False, {}
    )
    return replace(publications.built(made), name=name, digest=name)


def hidden(told: pl.DataFrame) -> set[str]:
    return set(told.filter(pl.col("status") == "suppressed")["area"])


def recoverable(told: pl.DataFrame, own: Parts) -> list[str]:
    """Hidden cells of which a patient attacker finds one number only, or none of 5 or more."""
    places = [*PLACES, *own]
    value = dict(told.select("area", "value").iter_rows())
    spans = [(1, 60) if value[p] is None else (int(value[p]), int(value[p])) for p in places]
    sums = [(places.index(w), [places.index(p) for p in ps]) for w, ps in {**SUMS, **own}.items()]
    attacker = brute.Attacker(sums, spans)
    return [
        place
        for number, place in enumerate(places)
        if value[place] is None
        and (len(attacker.possible(number, enough=2)) < 2 or not attacker.reaches(number, 5))
    ]


@pytest.mark.parametrize(
    "quarters", [(3, 20, 30, 40), (3, 4, 30, 40), (20, 2, 1, 30), (4, 9, 9, 4), (0, 3, 12, 2)]
)
@pytest.mark.parametrize("own", [{"ufer": ("001", "004")}, ZONES, {"alle": PLACES[3:]}])
def test_no_attacker_solves_overlapping_zones(quarters: tuple[int, ...], own: Parts) -> None:
    told, zoned = protected(quarters, own)
    assert hidden(told) & set(PLACES[3:])
    assert recoverable(told, own) == []
    report = audit.audit(published(told, zoned), NOTHING)
    assert report.safe
    assert set(report.methods) == {"kreis", "stadt", "bezirk", "viertel"}
    assert {row["level"] for row in report.hidden} <= {"stadt", "bezirk", "viertel", ZONE}
    assert {row["area"] for row in report.hidden} == hidden(told)


def test_a_zone_is_hidden_rather_than_a_quarter() -> None:
    """3 and 20 make 23, 30 and 40 make 70: hidden are Au, Berg and Tal, Wall or so; one zone."""
    without, _ = protected((3, 20, 30, 40), {})
    told, _ = protected((3, 20, 30, 40), {"ufer": ("001", "004")})
    assert hidden(told) == hidden(without) | {"ufer"}


def test_a_small_zone_of_areas_whose_neighbours_are_known_is_hidden() -> None:
    """Au 20 and Wall 30 were told before, so the city would tell what Berg 2 and Tal 1 make."""
    own = {"innen": ("002", "003")}
    told = cells(numbers((20, 2, 1, 30), {}), made_of({}))
    before = [published(told.filter(pl.col("area").is_in(["001", "004"])), made_of({}), "frueher")]
    without, _ = protected((20, 2, 1, 30), {}, before)
    after, zoned = protected((20, 2, 1, 30), own, before)
    assert hidden(without) == {"002", "003", "10", "20", "000"}
    assert hidden(after) == hidden(without) | {"innen"}
    assert recoverable(after, own) == []
    assert audit.audit(published(after, zoned), Earlier(tuple(before))).safe


def test_a_dry_run_counts_zones(tmp_path: Path) -> None:
    """The boys of Berg are 1 and 3, the girls 2 and 4; the zone is Berg with Tal."""
    folder = city(tmp_path, HEAD + MIDDLE)
    rules = (folder / "protection.toml").read_text().replace('amt = "offen"', 'amt = "amt"')
    for level in ("stadt", "bezirk", "viertel"):
        rules = rules.replace(f'{level} = "none"', f'{level} = "suppress"')
    rule = r"[[\1.rules]]\nid = 'amt'\ntitle = 'Ab 5'\npreset = 'register'\n[[\1.rules]]"
    rules = re.sub(r"\[\[(public|internal)\.rules\]\]", rule, rules)
    (folder / "protection.toml").write_text(rules)
    seen = builds.examined(folder, folder / "deliveries", [])
    made = trials.of(seen, tmp_path / "releases", (), ())
    zone = made.shares.filter(pl.col("level") == ZONE, pl.col("theme") == "leben")
    [row] = zone.to_dicts()
    told = builds.content(seen).frames["counts/residents.parquet"].filter(pl.col("level") == ZONE)
    assert (row["area"], row["values"]) == ("mitte", told.height)
    assert row["hidden"] == (told["status"] == "suppressed").sum() > 0
    assert made.names["mitte"] == "Mitte"
    assert set(made.catalog.protection.methods) == {"kreis", "stadt", "bezirk", "viertel"}


def test_a_zone_may_be_told_although_its_parts_are_hidden() -> None:
    """Au and Berg are hidden and make 7 with Tal 30: the zone of the three says no more."""
    told, zoned = protected((3, 4, 30, 40), {"norden": ("001", "002", "003")})
    assert hidden(told) == {"001", "002"}
    assert dict(told.select("area", "value").iter_rows())["norden"] == 37
    assert audit.audit(published(told, zoned), NOTHING).safe


def test_a_zone_published_without_protection_is_found() -> None:
    """Au 3 and Berg 20 are hidden; the zone of Au and Wall says 43, and Wall is 40."""
    own = {"ufer": ("001", "004")}
    told, zoned = protected((3, 20, 30, 40), own)
    leaking = told.with_columns(
        value=pl.when(pl.col("area") == "ufer").then(43.0).otherwise("value"),
        status=pl.when(pl.col("area") == "ufer").then(pl.lit("ok")).otherwise("status"),
    )
    assert "001" in recoverable(leaking, own)
    report = audit.audit(published(leaking, zoned), NOTHING)
    found = {leak.cell: leak for leak in report.leaks}
    leak = found["Beziehende, Au, 31.12.2024"]
    assert (leak.kind, leak.low) == ("exact", 3)
    assert any("[Beziehende, Zone ufer, 31.12.2024]" in line for line in leak.equations)


def leaks(new: Published, *before: Published) -> Report:
    return audit.audit(new, Earlier(before))


def test_a_zone_of_an_earlier_release_is_known_under_any_name() -> None:
    """Told was Au + Wall = 43. Later Au is small by a new rule, and the zone is no more."""
    own = {"ufer": ("001", "004")}
    values = numbers((3, 20, 30, 40), own)
    zoned, none = made_of(own), made_of({})
    new = published(protected((3, 20, 30, 40), {})[0], none)
    assert leaks(new).safe
    bare = cells(values, zoned).filter(pl.col("area").is_in(["ufer"]))
    old = published(bare, zoned, "klein-2024-12-11111111")
    exact = {leak.cell for leak in leaks(new, old).leaks if leak.kind == "exact"}
    assert "Beziehende, Au, 31.12.2024" in exact
    again, renamed = protected((3, 20, 30, 40), {"fluss": ("001", "004")})
    assert "fluss" in hidden(again)
    shown = {one.cell for one in leaks(published(again, renamed), old).lost}
    assert "Beziehende, Zone fluss, 31.12.2024" in shown


def test_other_parts_under_the_same_id_are_another_equation() -> None:
    """Told was Au + Wall = 43; now the zone is Au + Tal, and its number no correction of that."""
    own, other = {"ufer": ("001", "004")}, {"ufer": ("001", "003")}
    old = published(cells(numbers((3, 20, 30, 40), own), made_of(own)).filter(
        pl.col("area") == "ufer"), made_of(own), "klein-2024-12-11111111")  # fmt: skip
    told, zoned = protected((3, 20, 30, 40), other)
    report = leaks(published(told, zoned), old)
    assert report.revised == 0
    assert "Beziehende, Au, 31.12.2024" in {leak.cell for leak in report.leaks}


def test_new_zones_that_meet_those_of_an_earlier_release_are_refused_or_hidden() -> None:
    """001 + 004 and 002 + 003 were told: with 001 + 003 every quarter could be told."""
    quarters = (30, 3, 30, 4)
    then = {"a": ("002", "003"), "b": ("001", "002", "004"), "c": ("001", "004")}
    new = {"d": ("001", "003"), "e": ("001", "002", "003")}
    before = published(*protected(quarters, then), "before")
    without = published(*protected(quarters, new, [before]), "without")
    assert {leak.kind for leak in leaks(without, before).leaks} == {"exact"}
    told, zoned = protected(quarters, then | new, [before])
    assert "d" in hidden(told)
    assert leaks(published(told, zoned, "with"), before).safe


def test_names_go_in_and_come_out_again() -> None:
    zoned = made_of(ZONES)
    found = cells(numbers((3, 20, 30, 40), ZONES), zoned)
    inside = zoned.inward(found)
    assert set(inside["area"]) - set(PLACES) == {"001+004", "001+002+003"}
    assert zoned.outward(inside).equals(found)
    assert protected_city.catalog() == made_of({}).catalog(protected_city.catalog())


def test_a_zone_is_rounded_as_its_parts_are() -> None:
    zoned = made_of(ZONES)
    catalog = zoned.catalog(protected_city.catalog(methods=dict.fromkeys(
        ("stadt", "bezirk", "viertel"), "round5")))  # fmt: skip
    found = zoned.inward(cells(numbers((3, 21, 33, 44), ZONES), zoned)).sort(count_tables.KEYS)
    facts = tables.facts(catalog, zoned.nested(), found)
    told = zoned.outward(protecting.protected(facts).released(found))
    value = dict(told.select("area", "value").iter_rows())
    assert all(np.mod(number, 5) == 0 for number in value.values())
    for whole, parts in {**SUMS, **ZONES}.items():
        assert value[whole] == sum(value[part] for part in parts)


def shown(root: Path, text: str) -> Path:
    """The small city's current release with these zones."""
    folder = root / "klein" if (root / "klein").exists() else city(root, None)
    (folder / "areas" / zones.FILE).write_text(text, encoding="utf-8")
    releases = root / "releases"
    now = publishing.shown(releases, "klein") if releases.exists() else None
    made = built(folder, previous=releases / now if now else None)
    path = release.write(made, releases, release.Made("Erste Person")).path
    publishing.publish(releases, path.name, "Zweite Person")
    return path


def test_a_zone_of_other_parts_revises_nothing(tmp_path: Path) -> None:
    """A corrected part does revise its zone."""
    first = shown(tmp_path, HEAD + RIVER)
    second = shown(tmp_path, f"{HEAD}ufer,Am Fluss,,,001\nufer,,,,003\n")
    assert pl.read_parquet(second / "vintages.parquet").is_empty()
    corrected = {**small_city.RESIDENTS, "003 Tal": (9, 0, 5, 5, 40, 41, 9, 10)}
    small_city.workbook(tmp_path / "klein/deliveries/bestand_2024.xlsx", residents=corrected)
    third = shown(tmp_path, f"{HEAD}ufer,Am Fluss,,,001\nufer,,,,003\n")
    history = pl.read_parquet(third / "vintages.parquet").filter(pl.col("area") == "ufer")
    own = history.filter(pl.col("age") == "0-5", pl.col("sex") == "m")
    assert own.select("value", "release").rows() == [(10.0, second.name)]
    assert re.match("klein-", first.name)
    told = previous.previous(third, "klein", "public")
    assert told is not None
    assert told.zones.rows() == [("ufer", "001"), ("ufer", "003")]
