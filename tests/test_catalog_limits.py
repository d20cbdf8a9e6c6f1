"""What the catalog refuses because the app could not show it, each with table, key and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

import small_city
from components import colours
from model import selection
from model.catalog import Classes
from prepare import catalog as catalogs
from prepare.findings import PreparationError
from small_city import change

THEME, CITY = "catalog/leben.toml", "city.toml"
COUNT = '[[indicators]] id = "einwohner"'
SHARE = '[[indicators]] id = "anteil_u6"'
EIGHT = "decimals = 0\nclasses = { method = 'fixed', breaks = [1, 2, 3, 4, 5, 6, 7, 8] }"
BRACE = "reading hat eine geschweifte Klammer zu viel."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_city.write(tmp_path)


# name, file, old text, new text, place, message and remedy
CASES = [
    ("edition in words", CITY, '"2025-01"', '"Januar 2025"', 'Schlüssel "edition"',
     '"Januar 2025" hat nicht die verlangte Form. Verlangt ist ein Jahr mit Monat wie "2026-11".'),
    ("thirteenth month", CITY, '"2025-01"', '"2025-13"', 'Schlüssel "edition"',
     '"2025-13" hat nicht die verlangte Form. Verlangt ist ein Jahr mit Monat wie "2026-11".'),
    ("city id with _", CITY, 'id = "klein"', 'id = "klein_stadt"', 'Schlüssel "id"',
     '"klein_stadt" hat nicht die verlangte Form. '
     "Verlangt ist ein kurzer Name aus kleinen Buchstaben, Ziffern und -."),
    ("two classes", THEME, "decimals = 0", "decimals = 0\nclasses = { count = 2 }",
     f'{COUNT}, Schlüssel "classes.count"', '"2" ist zu klein. Mindestens 3.'),
    ("eight classes", THEME, "decimals = 0", "decimals = 0\nclasses = { count = 8 }",
     f'{COUNT}, Schlüssel "classes.count"', '"8" ist zu groß. Höchstens 7.'),
    ("nine fixed classes", THEME, "decimals = 0", EIGHT,
     f'{COUNT}, Schlüssel "classes.breaks"', "Die Liste hat zu viele Einträge. Höchstens 7."),
    ("address of another page", THEME, 'id = "leben"', 'id = "daten"', "",
     "id = 'daten' ist die Adresse einer anderen Seite; das Thema und seine Datei anders benennen."
     " Angabe berichtigen."),
    ("brace that opens", THEME, "jünger als 6", "jünger { als 6", SHARE,
     f"{BRACE} Angabe berichtigen."),
    ("brace that closes", THEME, "jünger als 6", "jünger } als 6", SHARE,
     f"{BRACE} Angabe berichtigen."),
    ("doubled braces", THEME, "jünger als 6", "jünger {{wert}} als 6", SHARE,
     f"{BRACE} Angabe berichtigen."),
    ("format of a number", THEME, "{wert} %", "{wert:.1f} %", SHARE,
     "reading kennt den Platzhalter {wert:.1f} nicht. Angabe berichtigen."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "words"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_refused_with_file_place_and_remedy(
    file: str, old: str, new: str, place: str, words: str, folder: Path
) -> None:
    change(folder / file, old, new)
    with pytest.raises(PreparationError) as error:
        catalogs.catalog(folder)
    told = [finding for finding in error.value.findings if finding.rule == "value_wrong"]
    assert [(f.file, f.place, f"{f.message} {f.remedy}") for f in told] == [
        (f"klein/{file}", place, words)
    ]


@pytest.mark.parametrize("address", ["daten", "frame", "karten", "start", "ueber"])
def test_addresses_of_pages_are_no_themes(address: str, folder: Path) -> None:
    change(folder / THEME, 'id = "leben"', f'id = "{address}"')
    (folder / THEME).rename(folder / "catalog" / f"{address}.toml")
    with pytest.raises(PreparationError, match=f"'{address}' ist die Adresse einer anderen Seite"):
        catalogs.catalog(folder)


PATHS = [
    "/etc/around.geojson",
    "../around.geojson",
    "areas/../../around.geojson",
    "areas\\\\around.geojson",
    "C:/around.geojson",
]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("key", ["surroundings", "geometry"])
def test_paths_lie_below_the_city(key: str, path: str, folder: Path) -> None:
    if key == "geometry":
        change(folder / CITY, '"areas/viertel.geojson"', f'"{path}"')
    else:
        change(folder / CITY, 'id = "klein"', f'id = "klein"\nsurroundings = "{path}"')
    with pytest.raises(PreparationError) as error:
        catalogs.catalog(folder)
    [finding] = error.value.findings
    level = '[[levels]] id = "viertel", ' if key == "geometry" else ""
    assert (finding.rule, finding.file) == ("value_wrong", "klein/city.toml")
    assert finding.place == f'{level}Schlüssel "{key}"'
    assert finding.message == (
        f'"{path.replace(chr(92) * 2, chr(92))}" muss unterhalb des Ordners liegen: '
        "mit / getrennt, ohne / am Anfang, ohne .., : und \\."
    )


def test_everything_the_catalog_allows_has_a_colour_and_a_place_in_a_link() -> None:
    most = Classes(method="fixed", breaks=(1, 2, 3, 4, 5, 6, 7))
    assert len(set(colours.scale(len(most.breaks) + 1))) == 8
    assert [Classes(count=count).count for count in selection.COUNTS] == [3, 4, 5, 6, 7]


def test_categories_by_breakdown(folder: Path) -> None:
    city = catalogs.catalog(folder).city
    told = {b: [c.id for c in city.categories(b)] for b in ("age", "sex", "nationality")}
    assert told == {
        "age": ["0-5", "6-17", "18-64", "65+"],
        "sex": ["m", "w"],
        "nationality": ["german", "foreign"],
    }
