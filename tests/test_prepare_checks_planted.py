"""Every rule about deliveries: one fault planted into clean files is found, at its very place."""

from __future__ import annotations

import datetime
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

import planted_city
from planted_city import NAMES, QUARTERS, RECIPES, YEARS, Files, save
from prepare import build as builds
from prepare import rules
from prepare.findings import Finding
from small_city import change


@dataclass(frozen=True)
class Case:
    """A fault: how it is planted, and where it must be found. `keep` are the recipes it needs."""

    rule: str
    plant: Callable[[Files], Any]
    file: str
    sheet: str = ""
    row: int | None = None
    column: int | None = None
    keep: tuple[str, ...] = ()
    words: str = ""


def line(year: int, quarter: int) -> int:
    """Row of a long file that holds a year after the other."""
    return 12 * YEARS.index(year) + quarter + 2


def bestand(year: int) -> str:
    return f"bestand/Bestand_{year}.xlsx"


BIRTHS = {year: "CDEFGHIJ"[number] for number, year in enumerate(YEARS)}
"""Column of each year in geburten.xlsx."""


def cell(name: str, where: str, value: Any) -> Callable[[Files], None]:
    return lambda files: files.cells(name, {where: value})


def text(name: str, row: int, column: int, value: Any) -> Callable[[Files], None]:
    return lambda files: files.text(name, row, column, value)


def write(name: str, data: bytes) -> Callable[[Files], Any]:
    return lambda files: files.path(name).write_bytes(data)


def encrypted(files: Files) -> None:
    plain, locked = files.path("geburten.xlsx"), files.path(bestand(3001))
    with plain.open("rb") as source, locked.open("wb") as target:
        OOXMLFile(source).encrypt("geheim", target)


def too_large(files: Files) -> None:
    with files.path(bestand(3002)).open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(101 * 2**20)


def inflating(files: Files) -> None:
    """A small archive whose directory declares two gigabytes."""
    with zipfile.ZipFile(files.path(bestand(3003)), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", "0" * 1000)
        archive.filelist[0].file_size = 2**31


def no_package(files: Files) -> None:
    with zipfile.ZipFile(files.path(bestand(3004)), "w") as archive:
        archive.writestr("liesmich.txt", "keine Arbeitsmappe")


def without_recipe_file(files: Files) -> None:
    other = RECIPES["wohnungen"].replace("wohnungen", "fehlt")
    (files.city / "recipes/fehlt.toml").write_text(other, encoding="utf-8")


def unknown_format(files: Files) -> None:
    change(files.city / "recipes/geburten.toml", "geburten.xlsx", "geburten.*")
    files.path("geburten.pdf").write_bytes(b"%PDF-1.7")


def wrong_encoding(files: Files) -> None:
    change(files.city / "recipes/wohnsitze.toml", "files =", 'encoding = "utf-8"\nfiles =')
    change(files.city / "recipes/wohnsitze.toml", "wohnsitze.csv", "wohnsitze*.csv")
    files.path("wohnsitze_alt.csv").write_bytes("Stichtag;Nr;Art;Zähler\n".encode("cp1252"))


def another_files_content(files: Files) -> None:
    shutil.copy(files.path("wohnsitze.csv"), files.path("leistungen_3004.csv"))
    files.text("leistungen_3004.csv", 2, 4, 1)


def sheets(year: int, change_book: Callable[[Any], Any]) -> Callable[[Files], None]:
    return lambda files: files.book(bestand(year), change_book)


def hidden_sheet(book: Any) -> None:
    book.create_sheet("Nachtrag 1")
    copy = book.copy_worksheet(book["Bestand"])
    del book["Nachtrag 1"]
    copy.title = "Nachtrag 1"
    copy.sheet_state = "hidden"


def hidden_rows(book: Any) -> None:
    book["Bestand"].row_dimensions[8].hidden = True


def hidden_columns(book: Any) -> None:
    book["Bestand"].column_dimensions["D"].hidden = True


def repeated_file(files: Files) -> None:
    shutil.copy(files.path("leistungen_2017.csv"), files.path("leistungen_2017_neu.csv"))


def other_delimiter(files: Files) -> None:
    save(files.path("leistungen_3003.csv"), files.rows("leistungen_2024.csv"), "|")


def only_heads(files: Files) -> None:
    save(files.path("leistungen_3006.csv"), files.rows("leistungen_2024.csv")[:1])


def renamed_column(files: Files) -> None:
    rows = files.rows("leistungen_2017.csv")
    rows[0][1] = "Kennziffer"
    save(files.path("leistungen_3007.csv"), rows)


def appended(name: str, row: list[Any]) -> Callable[[Files], None]:
    return lambda files: save(files.path(name), [*files.rows(name), row])


def without(name: str, *starts: str) -> Callable[[Files], None]:
    """Leave out all rows of a text file that start so."""
    return lambda files: save(
        files.path(name), [row for row in files.rows(name) if not ";".join(row).startswith(starts)]
    )


def longer_row(files: Files) -> None:
    rows = files.rows("leistungen_2018.csv")
    rows[5].append("5")
    save(files.path("leistungen_2018.csv"), rows)


def second_header(files: Files) -> None:
    rows = files.rows("wohnungen.csv")
    save(files.path("wohnungen.csv"), [[*rows[0], "Anzahl"], *rows[1:]])


def contradicting(files: Files) -> None:
    shutil.copy(files.path(bestand(2023)), files.path("bestand/Bestand_2023_neu.xlsx"))
    files.cells("bestand/Bestand_2023_neu.xlsx", {"B7": 99})


def published(files: Files) -> None:
    (files.city / "published.csv").write_text(
        "area,period,measure,age,sex,nationality,indicator,value,unit,title,basis,source\n"
        "003,2019-12-31,residents,,,,,7,Personen,Einwohner,Register,Zeitung\n",
        encoding="utf-8",
    )


def transposed(files: Files) -> None:
    value = str(files.column(bestand(2018), "F")[4])
    assert len(value) == 4 and value[1] != value[2]
    files.cells(bestand(2018), {"F10": int(value[0] + value[2] + value[1] + value[3])})


def other_basis(files: Files) -> None:
    """All residents in the place of those with their main residence, sums included."""

    def larger(book: Any) -> None:
        for row in book["Bestand"].iter_rows(min_row=6, max_row=20, min_col=2, max_col=10):
            for one in row:
                one.value = round(1.06 * one.value)

    files.book(bestand(2024), larger)


def births(year: int, values: Callable[[list[int]], list[Any]]) -> Callable[[Files], None]:
    """Another column of values for the births of a year."""
    letter = BIRTHS[year]
    return lambda files: files.put(
        "geburten.xlsx", letter, values(files.column("geburten.xlsx", letter))
    )


def long(
    name: str, year: int, column: int, values: Callable[[list[int]], list[Any]]
) -> Callable[[Files], None]:
    """Other values of a year in a long file."""

    def plant(files: Files) -> None:
        rows: list[list[Any]] = [list(row) for row in files.rows(name)]
        own = rows[line(year, 0) - 1 : line(year, 11)]
        for row, value in zip(own, values([int(row[column - 1]) for row in own]), strict=True):
            row[column - 1] = value
        save(files.path(name), rows)

    return plant


def swapped_births(files: Files) -> None:
    column = files.column("geburten.xlsx", "F")
    files.cells("geburten.xlsx", {"F12": column[11], "F13": column[10]})


def swapped_columns(files: Files) -> None:
    left, right = (files.column(bestand(2019), letter) for letter in "EF")
    files.put(bestand(2019), "E", right)
    files.put(bestand(2019), "F", left)


def copied_column(files: Files) -> None:
    rows = files.rows("leistungen_2021.csv")
    for row in rows[1:14]:
        row[5] = row[4]
        row[6] = str(2 * int(row[4]))
    save(files.path("leistungen_2021.csv"), rows)


TABLE = """
[[tables]]
period = { column = "Jahr", format = "{}-12-31" }
area = { column = "Viertel" }
cells = { measure = "households" }
"""
CARS = TABLE.replace("households", "cars")
SHARES = TABLE.replace("households", "content") + 'suffix = "%"\n'
BY_ROW = TABLE.replace('"households"', "{ row = true, values = { %s } }") % ", ".join(
    f'"{row}" = "households"' for row in (*range(2, 14), 15)
)
BY_NAME = TABLE.replace('"Viertel"', '"Viertel", names = true, level = "viertel"')


def delivery(
    name: str,
    year: int,
    table: str = TABLE,
    keys: str = "",
    cells: dict[tuple[int, int], Any] | None = None,
    rows: Callable[[list[list[Any]]], list[list[Any]]] = list,
) -> Callable[[Files], None]:
    """One more text file of year, quarter and number; `cells` replaces some of it (from 1)."""

    def plant(files: Files) -> None:
        told: list[list[Any]] = [["Jahr", "Viertel", "Zahl"]]
        told += [[year, area, 400 + 31 * n] for n, area in enumerate(QUARTERS)]
        for (row, column), value in (cells or {}).items():
            told[row - 1][column - 1] = value
        files.deliver(name, table, rows(told), keys)

    return plant


def correction(delivered: str) -> str:
    return (
        f'[[corrections]]\ncell = "C5"\ndelivered = "{delivered}"\nbecomes = "494"\n'
        'reason = "Zahlendreher, laut Amt."\n'
    )


def percent(rows: list[list[Any]]) -> list[list[Any]]:
    """Numbers as shares with one decimal; texts stay."""
    return [
        [*row[:2], f"{row[2] / 10:.1f}%".replace(".", ",") if isinstance(row[2], int) else row[2]]
        for row in rows
    ]


def named(rows: list[list[Any]]) -> list[list[Any]]:
    names = dict(zip(QUARTERS, NAMES, strict=True))
    return [[row[0], names.get(row[1], row[1]), row[2]] for row in rows]


def lines(rows: list[list[Any]]) -> list[list[Any]]:
    """No head, and one text per line: '2018 001 400'."""
    return [[" ".join(map(str, row))] for row in rows[1:]]


HTML = b"<html><body><table><tr><td>1</td></tr></table></body></html>"
G = "geburten.xlsx"

CASES = (
    # Files
    Case("file_missing", without_recipe_file, "fehlt.csv"),
    Case("file_empty", write("leistungen_3001.csv", b""), "leistungen_3001.csv"),
    Case("file_too_large", too_large, bestand(3002)),
    Case("file_inflates", inflating, bestand(3003)),
    Case("file_encrypted", encrypted, bestand(3001), keep=("bestand", "geburten")),
    Case("file_no_workbook", write(bestand(3005), HTML), bestand(3005), words="HTML"),
    Case("file_no_text", write("leistungen_3002.csv", b"PK\x03\x04\0\0"), "leistungen_3002.csv"),
    Case("file_wrong_recipe", another_files_content, "leistungen_3004.csv",
         keep=("leistungen", "wohnsitze"), words='"wohnsitze"'),
    Case("format_unknown", unknown_format, "geburten.pdf", keep=("geburten",)),
    Case("encoding_wrong", wrong_encoding, "wohnsitze_alt.csv", keep=("wohnsitze",)),
    Case("text_unreadable", write("leistungen_3005.csv", b'"' + b"x" * 200_000),
         "leistungen_3005.csv"),
    Case("workbook_unreadable", no_package, bestand(3004)),
    Case("file_repeated", repeated_file, "leistungen_2017_neu.csv", words="leistungen_2017.csv"),
    Case("file_unclaimed", write("neu.csv", b"a;b\n"), "neu.csv"),
    # Sheets and tables
    Case("sheet_missing", lambda f: f.book(G, lambda book: setattr(book.active, "title", "Tab")),
         G, words='"Geburten"'),
    Case("sheet_empty", sheets(2022, lambda book: book.create_sheet("Nachtrag leer")),
         bestand(2022), "Nachtrag leer"),
    Case("sheet_hidden", sheets(2023, hidden_sheet), bestand(2023), "Nachtrag 1"),
    Case("sheet_unread", sheets(2023, lambda book: book.create_sheet("Hinweise")),
         bestand(2023), "Hinweise"),
    Case("rows_hidden", sheets(2023, hidden_rows), bestand(2023), "Bestand", 8),
    Case("columns_hidden", sheets(2023, hidden_columns), bestand(2023), "Bestand", None, 4),
    Case("delimiter_wrong", other_delimiter, "leistungen_3003.csv", row=1, words="'|'"),
    Case("table_empty", only_heads, "leistungen_3006.csv"),
    Case("column_missing", renamed_column, "leistungen_3007.csv", words='"Nr"'),
    Case("head_unknown", text("leistungen_2018.csv", 1, 5, "Männer"), "leistungen_2018.csv",
         row=1, column=5),
    Case("label_unknown", text("wohnsitze.csv", 9, 3, "Nebenwohnsitz"), "wohnsitze.csv",
         row=9, column=3),
    Case("row_unknown", text("wohnungen.csv", 5, 3, "Gebäude"), "wohnungen.csv", row=5),
    Case("row_ragged", longer_row, "leistungen_2018.csv", row=6, column=9),
    Case("age_impossible", cell(bestand(2022), "B4", "6 bis unter 0"), bestand(2022), "Bestand",
         4, 2),
    Case("column_repeated", second_header, "wohnungen.csv", row=1, column=5),
    Case("encoding_damage", cell(G, "B11", "MÃ¼hle"), G, "Geburten", 11, 2),
    Case("area_name_differs", cell(G, "B2", "Berg"), G, "Geburten", 2, 2),
    Case("stand_too_early", text("leistungen_2023.csv", 15, 1, "# Stand: 15.02.2023"),
         "leistungen_2023.csv", row=15, column=1),
    Case("ratio_disagrees", text("leistungen_2024.csv", 5, 8, "9,9"), "leistungen_2024.csv",
         row=5, column=8),
    # Cells
    Case("area_unknown", text("wohnungen.csv", 7, 2, "099"), "wohnungen.csv", row=7, column=2),
    Case("period_unknown", text("wohnungen.csv", 8, 1, "20x7"), "wohnungen.csv", row=8, column=1),
    Case("period_mixed", text("leistungen_2019.csv", 4, 1, "30.06.2019"), "leistungen_2019.csv",
         row=4, column=4),
    Case("period_future", text("wohnungen.csv", line(2024, 5), 1, "2031"), "wohnungen.csv",
         row=line(2024, 5), column=4),
    Case("cell_blank", cell(G, "C3", None), G, "Geburten", 3, 3),
    Case("cell_no_number", cell(G, "C4", "1.64"), G, "Geburten", 4, 3, words="Dreiergruppen"),
    Case("cell_footnote", cell(G, "C5", "34 1)"), G, "Geburten", 5, 3),
    Case("cell_date", cell(G, "C6", datetime.datetime(2017, 3, 1)), G, "Geburten", 6, 3),
    Case("cell_formula_error", text("leistungen_2022.csv", 3, 5, "#DIV/0!"),
         "leistungen_2022.csv", row=3, column=5),
    Case("cell_doubled", appended("wohnungen.csv", [2017, "011", "Wohnungen", 700]),
         "wohnungen.csv", row=98, column=4),
    Case("count_fractional", cell(G, "C7", 34.5), G, "Geburten", 7, 3),
    Case("count_negative", cell(G, "C8", -34), G, "Geburten", 8, 3),
    Case("share_out_of_range", text("herkunft.csv", 5, 3, "163,0"), "herkunft.csv",
         row=5, column=3),
    # What is missing
    Case("area_missing", without("herkunft.csv", "31.12.2018;004"), "herkunft.csv", words="Wall"),
    Case("period_missing", without("herkunft.csv", "31.12.2020"), "herkunft.csv",
         words="2020 fehlt"),
    Case("date_unusual", text("leistungen_2019.csv", 4, 1, "30.06.2019"), "leistungen_2019.csv",
         row=4, words="in anderen Jahren ist es der 31.12."),
    Case("delivery_outdated", without("herkunft.csv", "31.12.2023", "31.12.2024"), "herkunft.csv",
         keep=("herkunft", "wohnungen"), words="2022"),
    # Sums and shares
    Case("value_contradiction", contradicting, "bestand/Bestand_2023_neu.xlsx", "Bestand", 7, 2),
    Case("total_disagrees", lambda f: f.cells(bestand(2017), {"J20": 1}), bestand(2017),
         "Bestand", 20, 10),
    Case("published_differs", published, bestand(2019), "Bestand", 8, 10, words="Zeile 2"),
    Case("numerator_above", text("leistungen_2024.csv", 2, 4, 99999), "leistungen_2024.csv",
         row=2, column=4, keep=("leistungen", "bestand"), words="Bestand_2024.xlsx"),
    Case("shares_off_hundred", text("herkunft.csv", 2, 3, "20,0"), "herkunft.csv", row=2,
         column=3),
    Case("ages_overlap", cell(bestand(2020), "D4", "4 bis unter 10"), bestand(2020), "Bestand",
         6, 4),
    Case("ages_open_twice", cell(bestand(2021), "F4", "80 und älter"), bestand(2021), "Bestand",
         6, 6),
    Case("basis_mixed", other_basis, bestand(2024), "Bestand", 6, 10,
         keep=("bestand", "wohnsitze"), words="Haupt- und Nebenwohnsitz"),
    Case("digits_transposed", transposed, bestand(2018), "Bestand", 10, 6),
    Case("suppression_recoverable", text("leistungen_2020.csv", 3, 5, "*"), "leistungen_2020.csv",
         row=3, column=5),
    # Series
    Case("value_jump", births(2022, lambda own: [*own[:7], 2 * own[7], *own[8:]]), G, "Geburten",
         9, 8),
    Case("column_jump", long("wohnsitze.csv", 2019, 4, lambda own: [3 * v for v in own]),
         "wohnsitze.csv", row=line(2019, 0), column=4),
    Case("unit_thousand", long("wohnungen.csv", 2023, 4, lambda own: [*own[:9], 1000 * own[9],
         *own[10:]]), "wohnungen.csv", row=line(2023, 9), column=4),
    Case("number_truncated", long("wohnungen.csv", 2022, 4, lambda own: [own[0], own[1] // 10,
         *own[2:]]), "wohnungen.csv", row=line(2022, 1), column=4),
    Case("rows_shifted", long("wohnungen.csv", 2019, 4, lambda own: [own[-1], *own[:-1]]),
         "wohnungen.csv", row=line(2019, 0), column=4, words="um 1 Zeile nach oben"),
    Case("rows_shuffled", long("wohnsitze.csv", 2021, 4, sorted), "wohnsitze.csv",
         row=line(2021, 0), column=4),
    Case("rows_swapped", swapped_births, G, "Geburten", 12, 6),
    Case("columns_swapped", swapped_columns, bestand(2019), "Bestand", 6, 5),
    Case("period_repeated", lambda f: f.put(G, "J", f.column(G, "I")), G, "Geburten", 2, 10,
         words="2023"),
    Case("column_copied", copied_column, "leistungen_2021.csv", row=2, column=6),
    Case("column_constant", long("wohnsitze.csv", 2017, 4, lambda own: [500 for _ in own]),
         "wohnsitze.csv", row=line(2017, 0), column=4),
    Case("column_zero", long("wohnsitze.csv", 2023, 4, lambda own: [0 for _ in own]),
         "wohnsitze.csv", row=line(2023, 0), column=4),
    Case("values_repeated", births(2018, lambda own: [*own[:8], 250, 250, 250, 250]), G,
         "Geburten", 10, 4),
    # Files that are built otherwise than their recipe says
    Case("layout_changed", delivery("aufbau", 2017, TABLE + 'expect = { A1 = "^Jahr$" }\n',
         cells={(1, 1): "Monat"}), "aufbau.csv", row=1, column=1),
    Case("line_unmatched", delivery("zeilen", 2018, TABLE.replace('"Jahr"', "1")
         .replace('"Viertel"', "2").replace("period", "head_rows = []\nperiod"),
         r"columns = '^(\d{4}) (\d{3}) (\d+)$'", {(4, 3): "462 Haushalte"}, lines), "zeilen.csv",
         row=3),
    Case("row_missing", delivery("reihen", 2019, BY_ROW), "reihen.csv", row=15),
    Case("licence_missing", delivery("lizenz", 2020, keys="licence = '^Lizenz: (.+)'"),
         "lizenz.csv"),
    Case("stand_missing", delivery("stand", 2021, keys="stand = { line = '^Erstellt: (.+)' }"),
         "stand.csv"),
    Case("suffix_mixed", delivery("einheit", 2017, SHARES, cells={(4, 3): "0,4"}, rows=percent),
         "einheit.csv", row=4, column=3),
    Case("decimals_mixed", delivery("stellen", 2018, SHARES, cells={(6, 3): "52%"}, rows=percent),
         "stellen.csv", row=6, column=3),
    # What recipes and measures supply
    Case("correction_stale", delivery("ueberholt", 2022, keys=correction("449")), "ueberholt.csv",
         row=5, column=3, words='"493"'),
    Case("corrected", delivery("berichtigt", 2023, keys=correction("493")), "berichtigt.csv",
         row=5, column=3, words='"494"'),
    Case("heads_declared", delivery("kopflos", 2024, TABLE + 'head_rows = []\n'
         'heads = ["Jahr", "Viertel", "Zahl"]\n', rows=lambda rows: rows[1:]), "kopflos.csv",
         row=1),
    Case("area_name_normalised", delivery("namen", 2016, BY_NAME, cells={(5, 2): "04 WALL"},
         rows=named), "namen.csv", row=5, column=2),
    Case("unallocated", delivery("autos", 2023, CARS + 'totals = { "Stadt" = "000" }\n',
         rows=lambda rows: [*rows, [2023, "Stadt", sum(row[2] for row in rows[1:]) + 7]]),
         "Lieferung autos", words="insgesamt: 7."),
    Case("unallocated_unknown", delivery("wagen", 2022, CARS), "Lieferung wagen",
         words=f"insgesamt: {sum(400 + 31 * n for n in range(12))}."),
)  # fmt: skip
SOLO = frozenset({"sheet_missing", "column_repeated"})
"""Faults that leave nothing of a file others are planted into."""


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return planted_city.write(tmp_path_factory.mktemp("clean"))


def findings(files: Files) -> list[Finding]:
    found: list[Finding] = []
    builds.examined(files.city, files.folder, found)
    return found


def reduced(files: Files, case: Case) -> None:
    """Leave only the recipes a case needs, and their files, so that it is quick."""
    office = case.file.split("/")[0].split("_")[0].split(".")[0]
    keep = case.keep or ((office,) if office in RECIPES else ("wohnungen",))
    for name in set(RECIPES) - set(keep):
        (files.city / f"recipes/{name}.toml").unlink()
        for path in files.folder.glob(f"{name}*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def matching(case: Case, found: list[Finding]) -> list[Finding]:
    place = (case.rule, case.file, case.sheet, case.row, case.column)
    return [
        f
        for f in found
        if (f.rule, f.file, f.sheet, f.row, f.column) == place
        and case.words in f.message + f.remedy
    ]


def test_the_clean_files_have_no_finding_at_all(clean: Path, tmp_path: Path) -> None:
    assert findings(Files(clean, tmp_path)) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_a_planted_fault_is_found(case: Case, clean: Path, tmp_path: Path) -> None:
    files = Files(clean, tmp_path)
    reduced(files, case)
    case.plant(files)
    found = findings(files)
    assert matching(case, found), "\n".join(map(str, found))
    [first, *_] = matching(case, found)
    assert first.remedy.endswith((".", "?")) and first.message.endswith(".")
    assert first.grade == rules.ABOUT_DELIVERIES[case.rule].grade


def test_all_faults_at_once_are_all_found(clean: Path, tmp_path: Path) -> None:
    """One fault hides no other."""
    files = Files(clean, tmp_path)
    together = [case for case in CASES if case.rule not in SOLO]
    for case in together:
        case.plant(files)
    found = findings(files)
    assert [case.rule for case in together if not matching(case, found)] == []


def test_every_rule_about_deliveries_has_a_planted_fault() -> None:
    assert {case.rule for case in CASES} == set(rules.ABOUT_DELIVERIES)
    assert len(rules.ABOUT_DELIVERIES) >= 80


def test_the_clean_city_is_worked_out_as_it_is_delivered(clean: Path) -> None:
    """The city itself, read with another library: sums, and twelve quarters in each file."""
    sheet = openpyxl.load_workbook(clean / "deliveries" / bestand(2024))["Bestand"]
    column = [sheet.cell(row, 10).value for row in range(6, 18)]
    assert sum(column) == sheet["J20"].value == sheet["J18"].value + sheet["J19"].value
    assert [str(sheet.cell(row, 1).value)[:3] for row in range(6, 18)] == list(QUARTERS)
