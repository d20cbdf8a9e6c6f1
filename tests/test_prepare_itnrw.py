"""Minden's comparison values and IT.NRW's original files: the same figures, cell by cell.

The originals are read a second time here, by csv alone. They are no part of this project.
"""

from __future__ import annotations

import csv
import re
import shutil
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from prepare import build as builds
from prepare import counts as cells
from prepare.findings import Finding

ROOT = Path(__file__).parents[1]
CITY = ROOT / "data" / "minden"
FIGURES = CITY / "deliveries" / "itnrw" / "vergleichswerte.csv"
ORIGINALS = ROOT.parent / "shared" / "data" / "raw_formats"
PATHS = {
    ("12411-15i", "2024"): "ldb_nrw/2024/12411-15i.csv",
    ("12411-09i", "2024"): "ldb_nrw/2024/12411-09i.csv",
    ("12411-03iz", "2019"): "ffcsv/12411-03iz_flat.csv",
    ("12411-02-03-4", "2023"): "ldb_nrw/2023/12411-02-03-4.csv",
    ("22811-05i", "2024"): "ldb_nrw/2024/22811-05i.csv",
    ("22811-01i", "2023"): "ldb_nrw/2023/22811-01i.csv",
    ("22517-02i", "2024"): "ldb_nrw/2024/22517-02i.csv",
    ("22517-02i", "2023"): "ldb_nrw/2023/22517-02i.csv",
}
KEYS = {"05000000": "05", "05770": "05770"}
MINDEN = "05770024"
NEIGHBOURS = [f"05770{number:03}" for number in (4, 8, 12, 16, 20, 28, 32, 36, 40, 44)]
FLAT_LICENCE = "© IT.NRW, Datenlizenz Deutschland - Namensnennung - Version 2.0."
MEASURES = {
    "Bevölkerungsstand": "residents_official",
    "Mindestsicherungsleistungen insgesamt": "minimum_benefits",
    "Gesamtregelleistung nach dem SGB II": "sgb2_persons",
    "Grundsicherung im Alter nach dem SGB XII": "sgb12_65",
    "Regelleistungen nach dem Asylbewerberleistungsgesetz": "asylblg",
    "Mindestsicherungsquote (Prozent)": "minimum_benefits_rate",
    "In Anspruch genommene Hilfen": "hze",
    "In Anspruch genommene Hilfen ohne Erziehungsberatung": "hze",
}
NATIONALITIES = {"insgesamt": "total", "Deutsche": "german", "Ausländer": "foreign"}

with_originals = pytest.mark.skipif(not ORIGINALS.is_dir(), reason="../shared is not there")


def figures() -> list[dict[str, str]]:
    with FIGURES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


@cache
def original(path: str) -> list[list[str]]:
    with (ORIGINALS / path).open(encoding="cp1252", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def footer(path: str) -> tuple[str, str]:
    """Stand and licence line as they stand at the end of an original."""
    rows = [" ".join(row[0].split("\n")) for row in original(path)[-2:]]
    found = re.fullmatch(r"Stand: (\d\d\.\d\d\.\d{4}) / \d\d:\d\d:\d\d", rows[1])
    assert found is not None
    return found[1], rows[0]


def row_of(path: str, key: str, column: int = 1) -> list[str]:
    [row] = [row for row in original(path) if len(row) > column and row[column] == key]
    return row


def first_age(text: str) -> int:
    return 0 if text == "insgesamt" or text.startswith("unter") else int(text.split()[0])


def beyond(text: str) -> int:
    """The age an age group ends before; 1000 where it is open."""
    found = re.search(r"unter (\d+) ", text)
    return int(found[1]) if found else 1000


def population_of_ages(key: str, group: str) -> str:
    path = PATHS["12411-09i", "2024"]
    heads = original(path)[6]
    assert heads[3:5] == ["Insgesamt", "unter 1 Jahr"] and heads[-1] == "90 Jahre und mehr"
    row = row_of(path, key)
    if group == "insgesamt":
        return row[3]
    ages = range(first_age(group), beyond(group))
    return str(sum(int(row[n]) for n in range(4, len(row)) if first_age(heads[n]) in ages))


def told(table: str, year: str, key: str, row: dict[str, str]) -> tuple[str, str]:
    """Name and value of a figure as the original has them."""
    path = PATHS[table, year]
    if table == "12411-09i":
        return row_of(path, key)[2], population_of_ages(key, row["alter"])
    if table == "12411-03iz":
        label = row["staatsangehoerigkeit"].replace("insgesamt", "Insgesamt")
        [found] = [r for r in original(path)[1:] if r[7] == key and r[12] == label]
        return found[8], found[13]
    if table == "12411-02-03-4":
        [found] = [r for r in original(path) if len(r) > 4 and r[1] == key and r[3] == "Insgesamt"]
        return found[2], found[4]
    if table == "22811-01i":
        found = row_of(path, key, 0)
        return found[1], found[2]
    if table == "22811-05i":
        column = {"Minde": 4, "Gesam": 5, "Grund": 8, "Regel": 10}[row["messgroesse"][:5]]
        return (found := row_of(path, key))[2], found[column]
    if table == "22517-02i":
        if key == "05770":
            found = row_of(path, key)
            kinds = [int(found[n]) for n in range(5, len(found), 2)]
            without = sum(kinds) - int(found[7])  # column 8 is "Erziehungsberatung § 28 SGB VIII"
            assert without == int(found[3]) - int(found[7])
            return found[2], str(without)
        return (found := row_of(path, f"JH{key}"))[2], found[3]
    found = row_of(path, key)
    return found[2], found[3]


@with_originals
def test_every_figure_is_the_cell_of_an_original() -> None:
    rows = figures()
    assert {(r["tabelle"], r["stichtag"][:4]) for r in rows} == PATHS.keys()
    keys = [(r["tabelle"], r["gebiet"], r["stichtag"], r["messgroesse"], r["alter"],
             r["staatsangehoerigkeit"]) for r in rows]  # fmt: skip
    assert len(set(keys)) == len(rows) == 132
    for row in rows:
        key = KEYS.get(row["gebiet"], row["gebiet"])
        name, value = told(row["tabelle"], row["stichtag"][:4], key, row)
        assert (row["name"], row["wert"]) == (name.strip(), value), row


@with_originals
def test_heads_of_the_columns_the_figures_come_from() -> None:
    """The numbers of columns used above mean what they are taken for."""
    benefits = original(PATHS["22811-05i", "2024"])
    assert (benefits[6][4], benefits[6][5], benefits[7][8]) == (
        "Insgesamt", "Gesamtregelleistung (ALG II/Sozialgeld) nach dem SGB II", "im Alter",
    )  # fmt: skip
    assert benefits[6][10] == "Regelleistungen nach dem Asylbewerberleistungsgesetz"
    for year in ("2023", "2024"):
        helped = original(PATHS["22517-02i", year])
        assert helped[6][3] == "Insgesamt"
        assert helped[7][3] == "In Anspruch genommene erzieh. Hilfen"
    assert helped[6][7] == "Erziehungsberatung § 28 SGB VIII"
    assert row_of(PATHS["22517-02i", "2024"], f"JH{MINDEN}")[7] == "-"
    assert original(PATHS["12411-15i", "2024"])[3][3:5] == [
        "Bevölkerungsstand (Basis Zensus 2022 und früher)", "Bodenfläche (Katasterfläche) in qkm",
    ]  # fmt: skip


@with_originals
def test_stand_and_licence_are_those_of_the_footers() -> None:
    for row in figures():
        table, path = row["tabelle"], PATHS[row["tabelle"], row["stichtag"][:4]]
        if table == "12411-03iz":  # a flat file has no footer
            assert (row["stand"], row["lizenz"]) == (f"{table}, ohne Stand", FLAT_LICENCE)
        else:
            stand, licence = footer(path)
            assert (row["stand"], row["lizenz"]) == (f"{table}, Stand: {stand}", licence)


@with_originals
def test_areas_published_figures_and_the_models_ages_agree_with_the_originals() -> None:
    with (CITY / "areas" / "areas.csv").open(encoding="utf-8", newline="") as file:
        areas = [row for row in csv.DictReader(file) if row["level"] != "stadtbezirk"]
    assert len(areas) == 13
    for area in areas:
        found = row_of(PATHS["12411-15i", "2024"], KEYS.get(area["area"], area["area"]))
        assert float(area["area_km2"]) == float(found[4].replace(",", ".")), area["name"]
    with (CITY / "published.csv").open(encoding="utf-8", newline="") as file:
        cited = {(r["title"], r["area"]): r["value"] for r in csv.DictReader(file)
                 if "Tabelle" in r["source"] or r["period"] == "2019-12-31"}  # fmt: skip
    benefits = row_of(PATHS["22811-05i", "2024"], MINDEN)
    assert cited["Empfänger von Grundsicherung bei Erwerbsminderung", MINDEN] == benefits[9]
    title = "Empfänger von Hilfe zum Lebensunterhalt außerhalb von Einrichtungen"
    assert cited[title, MINDEN] == benefits[6]
    assert cited["Einwohner, amtliche Fortschreibung", MINDEN] == "81716"
    for place in (*KEYS, MINDEN):
        rate = row_of(PATHS["22811-01i", "2023"], KEYS.get(place, place), 0)[2]
        assert cited["Mindestsicherungsquote", place] == rate.replace(",", ".")
    ages = (CITY / "model" / "kreis_ages_2024.csv").read_text(encoding="utf-8").splitlines()[3:]
    kreis = row_of(PATHS["12411-09i", "2024"], "05770")
    assert [line.split(",")[1] for line in ages] == kreis[4:]


def stands(counts: pl.DataFrame, **keys: str) -> list[tuple[float, str]]:
    keys = {"age": "total", "sex": "total", "nationality": "total", **keys}
    found = counts.filter(*(pl.col(name) == value for name, value in keys.items()))
    return list(found.select("value", "status").iter_rows())


def age_id(text: str) -> str:
    """'unter 3 Jahre' is '0-2', '20 bis unter 21 Jahre' is '20', '80 Jahre und mehr' is '80+'."""
    first, end = first_age(text), beyond(text)
    if text == "insgesamt":
        return "total"
    if end == 1000:
        return f"{first}+"
    return str(first) if end == first + 1 else f"{first}-{end - 1}"


def test_the_release_holds_every_figure_as_its_own(counts: pl.DataFrame) -> None:
    for row in figures():
        keys = {
            "area": row["gebiet"],
            "period": row["stichtag"],
            "age": age_id(row["alter"]),
            "nationality": NATIONALITIES[row["staatsangehoerigkeit"]],
        }
        measures = [MEASURES[row["messgroesse"]]] if row["tabelle"] != "12411-09i" else []
        if row["messgroesse"] == "Bevölkerungsstand" and row["gebiet"] != MINDEN:
            measures.append("residents")
        value = float(row["wert"].replace(",", "."))
        for measure in measures:
            assert stands(counts, measure=measure, **keys) == [(value, "ok")], row


def test_the_register_of_the_city_is_not_mixed_with_the_official_population(
    counts: pl.DataFrame,
) -> None:
    own = counts.filter(pl.col("measure") == "residents", pl.col("area").str.starts_with(MINDEN))
    assert own.height > 100
    assert not any(name.startswith(("itnrw", "regional")) for name in own["delivery"].unique())
    assert stands(counts, measure="residents", area=MINDEN, period="2024-12-31")[0][0] == 84516
    official = stands(counts, measure="residents_official", area=MINDEN, period="2024-12-31")
    assert official == [(84013, "ok")]


@pytest.mark.parametrize(("year", "kreis"), [("2019", 310409), ("2024", 320557)])
def test_the_eleven_municipalities_are_the_kreis(
    counts: pl.DataFrame, year: str, kreis: int
) -> None:
    parts = [
        stands(counts, measure="residents_official", area=area, period=f"{year}-12-31")[0][0]
        for area in (MINDEN, *NEIGHBOURS)
    ]
    assert sum(parts) == kreis


def beside_all_deliveries(folder: Path) -> Path:
    """Minden's deliveries with the originals beside them, as somebody who downloads them would."""
    files = folder / "deliveries"
    shutil.copytree(CITY / "deliveries", files)
    for (_table, year), path in PATHS.items():
        name = Path(path).stem + (f"_{year}" if path.endswith("22517-02i.csv") else "")
        shutil.copyfile(ORIGINALS / path, files / "itnrw" / f"{name}.csv")
    return files


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> tuple[builds.Examined, list[Finding]]:
    findings: list[Finding] = []
    files = beside_all_deliveries(tmp_path_factory.mktemp("originals"))
    return builds.examined(CITY, files, findings), findings


@with_originals
def test_originals_are_read_as_downloaded_and_agree(
    fresh: tuple[builds.Examined, list[Finding]],
) -> None:
    seen, findings = fresh
    assert findings == []
    told = pl.concat(
        delivery.counts.with_columns(names=pl.lit(" ".join(f.name for f in delivery.files)))
        for delivery in seen.read
        if any(file.name.startswith("itnrw/") for file in delivery.files)
    )
    ours = pl.col("names") == "itnrw/vergleichswerte.csv"
    own, theirs = told.filter(ours), told.filter(~ours)
    both = own.join(theirs, on=cells.KEYS, suffix="_theirs")
    # 182 counts of ours without the 2 x 13 sums of years and the Kreis without counselling; Kreis
    # and Land have their residents from two tables.
    assert both.n_unique(cells.KEYS) == 182 - 2 - 26 - 1
    assert both.filter(pl.col("value") != pl.col("value_theirs")).is_empty()
    # Only ours: sums of single years, and the Kreis without counselling. Only theirs: the years.
    alone = own.join(theirs, on=cells.KEYS, how="anti").filter(pl.col("age") == "total")
    assert alone.select("area", "period", "measure").rows() == [("05770", "2024", "hze")]
    others = theirs.join(own, on=cells.KEYS, how="anti")
    assert set(others["age"]) == {str(age) for age in range(90) if age != 20} | {"90+"}
    assert set(told["area"]) == {*KEYS, MINDEN, *NEIGHBOURS}


@with_originals
def test_the_manifest_knows_stand_and_licence_of_originals_and_figures(
    fresh: tuple[builds.Examined, list[Finding]],
) -> None:
    read = {
        (file.name, delivery.recipe.id): (file.stand, file.licence)
        for delivery in fresh[0].read
        for file in delivery.files
        if file.name.startswith("itnrw/")
    }
    ours = {
        "12411-15i": "itnrw_bevoelkerung",
        "12411-09i": "itnrw_alter",
        "12411-02-03-4": "regionalstatistik_bevoelkerung",
        "22811-05i": "itnrw_mindestsicherung",
        "22811-01i": "itnrw_mindestsicherungsquote",
        "22517-02i": "itnrw_hilfen",
    }
    for (table, year), path in PATHS.items():
        if table == "12411-03iz":
            own = read["itnrw/vergleichswerte.csv", "itnrw_staatsangehoerigkeit"]
            assert own == (None, FLAT_LICENCE)
            continue
        stand, licence = footer(path)
        day, month, number = stand.split(".")
        name = f"itnrw/{table}" + (f"_{year}" if table == "22517-02i" else "") + ".csv"
        imprint = (f"{number}-{month}-{day}", licence)
        [theirs] = [told for (file, _), told in read.items() if file == name]
        assert theirs == imprint, name
        if (table, year) != ("22517-02i", "2023"):  # the newer of its two years speaks for both
            assert read["itnrw/vergleichswerte.csv", ours[table]] == imprint, table


@with_originals
def test_a_download_that_says_something_else_is_a_contradiction(tmp_path: Path) -> None:
    files = beside_all_deliveries(tmp_path)
    path = files / "itnrw" / "12411-15i.csv"
    path.chmod(0o644)
    text = path.read_bytes()
    assert text.count(b"Minden, Stadt;84013;") == 1
    path.write_bytes(text.replace(b"Minden, Stadt;84013;", b"Minden, Stadt;84031;"))
    findings: list[Finding] = []
    builds.examined(CITY, files, findings)
    [finding] = findings
    assert (finding.rule, finding.grade) == ("value_contradiction", "error")
    assert (finding.file, finding.place) == ("itnrw/vergleichswerte.csv", "Zeile 9, Spalte H")
    assert 'Gebiet 05770024, 2024-12-31, Messgröße "residents_official"' in finding.message
    assert "84013 und 84031" in finding.message
