"""The catalog's errors: each kind names file, table, key and remedy, in German."""

from __future__ import annotations

from pathlib import Path

import pytest

import small_city
from prepare import audiences
from prepare import catalog as catalogs
from prepare.findings import Finding, PreparationError
from small_city import change

THEME, CITY, MEASURES = "catalog/leben.toml", "city.toml", "measures.toml"
SHARE = '[[indicators]] id = "anteil_u6"'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_city.write(tmp_path)


def findings(folder: Path) -> tuple[Finding, ...]:
    with pytest.raises(PreparationError) as error:
        catalogs.catalog(folder)
    return error.value.findings


def test_a_right_catalog_is_read(folder: Path) -> None:
    catalog = catalogs.catalog(folder)
    assert list(catalog.indicators) == ["einwohner", "anteil_u6"]
    assert list(catalog.measures) == ["residents", "births", "area_km2"]
    assert catalog.theme_of("anteil_u6").id == "leben"


# name, file, old text, new text, rule, place words, message or remedy words
CASES = [
    ("wrong key", THEME, 'per = 100\ndir', 'pro = 100\nper = 100\ndir',
     "key_unknown", f'{SHARE}, Schlüssel "pro"', 'Den Schlüssel "pro" gibt es hier nicht.'),
    ("key of a term", THEME, 'age = ["0-5"]', 'alter = ["0-5"]',
     "key_unknown", f'{SHARE}, Schlüssel "numerator[1].alter"', 'Bekannt sind: age, factor'),
    ("missing key", THEME, 'why = "Kitas."\n', "",
     "key_missing", f'{SHARE}, Schlüssel "why"', "why = ... ergänzen."),
    ("missing key of a theme", THEME, 'lead = "Wie viele Menschen leben wo?"\n', "",
     "key_missing", 'Schlüssel "lead"', "lead = ... ergänzen."),
    ("repeated key", THEME, 'per = 100\n', 'per = 100\nper = 100\n',
     "key_repeated", SHARE, 'Der Schlüssel "per" steht doppelt.'),
    ("unknown structural indicator", CITY, 'id = "klein"', 'id = "klein"\npeers = ["anteil_u7"]',
     "indicator_unknown", 'Schlüssel "peers"', 'Meinten Sie "anteil_u6"?'),
    ("repeated structural indicator", CITY, 'id = "klein"',
     'id = "klein"\npeers = ["anteil_u6", "anteil_u6"]',
     "id_repeated", 'Schlüssel "peers": "anteil_u6"', "mehrmals"),
    ("repeated id", THEME, 'id = "anteil_u6"', 'id = "einwohner"',
     "id_repeated", '[[indicators]] id = "einwohner"', "Eine behalten"),
    ("unknown measure", THEME, 'denominator = [{ measure = "residents" }]',
     'denominator = [{ measure = "resident" }]',
     "measure_unknown", f'{SHARE}, Schlüssel "denominator[1].measure"',
     'Meinten Sie "residents"?'),
    ("unknown category", THEME, 'age = ["0-5"]', 'age = ["0-5", "6-9"]',
     "category_unknown", f'{SHARE}, Schlüssel "numerator[1].age"', '"6-9" ist nicht vereinbart'),
    ("repeated category", THEME, 'age = ["0-5"]', 'age = ["0-5", "0-5"]',
     "id_repeated", f'{SHARE}, Schlüssel "numerator[1].age": "0-5"', "mehrmals"),
    ("total and parts", THEME, 'age = ["0-5"]', 'age = ["0-5", "total"]',
     "category_overlap", f'{SHARE}, Schlüssel "numerator[1].age"', "doppelt zählen"),
    ("breakdown the measure does not have", THEME,
     'denominator = [{ measure = "residents" }]',
     'denominator = [{ measure = "births", sex = ["m"] }]',
     "breakdown_missing", f'{SHARE}, Schlüssel "denominator[1].sex"',
     'Die Messgröße "births" hat das Merkmal "sex" nicht.'),
    ("unit without denominator", THEME, 'denominator = [{ measure = "residents" }]\n', "",
     "value_wrong", SHARE, "unit = '%' verlangt denominator und per = 100"),
    ("unit against per", THEME, 'unit = "%"', 'unit = "je 1.000 Einwohner"',
     "value_wrong", SHARE, "verlangt denominator und per = 1000"),
    ("count with per", THEME, "decimals = 0", "per = 10\ndecimals = 0",
     "value_wrong", '[[indicators]] id = "einwohner"', "keinen denominator und per = 1"),
    ("long short title", THEME, 'short = "Unter 6"', f'short = "{"x" * 41}"',
     "value_wrong", SHARE, "höchstens 40 Zeichen"),
    ("placeholder", THEME, "{Zeit} waren", "{Datum} waren",
     "value_wrong", SHARE, "reading kennt den Platzhalter {Datum} nicht"),
    ("reading without value", THEME, "{wert} %", "viele %",
     "value_wrong", SHARE, "reading braucht {wert}"),
    ("direction", THEME, 'direction = "neutral"\nreference = "date"\ndefinition = "Kinder',
     'direction = "gut"\nreference = "date"\ndefinition = "Kinder',
     "value_wrong", f'{SHARE}, Schlüssel "direction"', "Erlaubt: 'more', 'less' oder 'neutral'."),
    ("decimals", THEME, "decimals = 0", "decimals = 9",
     "value_wrong", 'Schlüssel "decimals"', "Höchstens 3."),
    ("no number", THEME, "per = 100", 'per = "hundert"',
     "type_wrong", f'{SHARE}, Schlüssel "per"', "eine Zahl"),
    ("no list", THEME, 'age = ["0-5"]', 'age = "0-5"',
     "type_wrong", f'{SHARE}, Schlüssel "numerator[1].age"', "eine Liste [...]"),
    ("empty text", THEME, 'caution = "Keine."', 'caution = ""',
     "value_empty", '[[indicators]] id = "einwohner", Schlüssel "caution"', "Ausfüllen"),
    ("bad id", THEME, 'id = "anteil_u6"', 'id = "Anteil U6"',
     "value_wrong", 'id = "Anteil U6", Schlüssel "id"', "aus kleinen Buchstaben"),
    ("fixed classes without breaks", THEME, "decimals = 0",
     'decimals = 0\nclasses = { method = "fixed" }',
     "value_wrong", '[[indicators]] id = "einwohner", Schlüssel "classes"', "braucht breaks"),
    ("headline", THEME, 'headline = "einwohner"', 'headline = "einwohnr"',
     "value_wrong", "", "headline = 'einwohnr' ist kein Indikator"),
    ("file name", THEME, 'id = "leben"', 'id = "wohnen"',
     "file_name", 'Schlüssel "id"', 'Die Datei heißt "leben", das Thema "wohnen".'),
    ("no toml", THEME, 'order = 1', 'order = ',
     "toml_syntax", "Zeile 3", "kein gültiges TOML"),
    ("no toml in a table", THEME, 'unit = "%"', 'unit = "%',
     "toml_syntax", SHARE, 'kein gültiges TOML: "unit = "%".'),
    ("city without key", CITY, 'in_city = "in Klein"\n', "",
     "key_missing", 'Schlüssel "in_city"', "ergänzen"),
    ("key of a level", CITY, 'comparison = true', 'vergleich = true',
     "key_unknown", '[[levels]] id = "kreis", Schlüssel "vergleich"', "gibt es hier nicht"),
    ("repeated level", CITY, 'id = "bezirk"', 'id = "stadt"',
     "id_repeated", '[[levels]] id = "stadt"', "mehrmals"),
    ("repeated age group", CITY, 'id = "6-17"', 'id = "0-5"',
     "id_repeated", '[[ages]] id = "0-5"', "mehrmals"),
    ("reserved category", CITY, 'id = "m"', 'id = "total"',
     "id_reserved", '[[sexes]] id = "total"', "steht immer für insgesamt"),
    ("unknown level", CITY, 'default_level = "viertel"', 'default_level = "vierteln"',
     "level_unknown", 'Schlüssel "default_level"', 'Meinten Sie "viertel"?'),
    ("name without geometry", CITY, 'plural = "Bezirke"',
     'plural = "Bezirke"\ngeometry_name = "NAME"',
     "key_missing", '[[levels]] id = "bezirk", Schlüssel "geometry"', "keine Datei angegeben"),
    ("parent pattern", CITY, 'plural = "Bezirke"', 'plural = "Bezirke"\nparent_pattern = "0"',
     "value_wrong", '[[levels]] id = "bezirk", Schlüssel "parent_pattern"', "mit einer Gruppe"),
    ("id format", CITY, '"{:0>3}"', '"{:0>3"',
     "value_wrong", '[[levels]] id = "viertel", Schlüssel "geometry_id_format"', "Vorlage"),
    ("measure without unit", MEASURES, 'unit = "Geburten"\n', "",
     "key_missing", '[[measures]] id = "births", Schlüssel "unit"', "ergänzen"),
    ("repeated measure", MEASURES, 'id = "births"', 'id = "residents"',
     "id_repeated", '[[measures]] id = "residents"', "mehrmals"),
    ("unknown breakdown", MEASURES, '["age", "sex"]', '["age", "gender"]',
     "value_wrong", '[[measures]] id = "residents", Schlüssel "breakdowns[2]"', "Erlaubt: 'age'"),
    ("table in the wrong file", MEASURES, "[[measures]]", '[[levels]]\nid = "x"\n[[measures]]',
     "key_unknown", 'Schlüssel "levels"', "gehört in city.toml"),
    ("measures in the city file", CITY, 'id = "klein"', 'id = "klein"\nmeasures = []',
     "key_unknown", 'Schlüssel "measures"', "Nach measures.toml verschieben"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "old", "new", "rule", "place", "words"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_error_names_file_table_key_and_remedy(
    file: str, old: str, new: str, rule: str, place: str, words: str, folder: Path
) -> None:
    change(folder / file, old, new)
    found = [finding for finding in findings(folder) if finding.rule == rule]
    assert found, [str(finding) for finding in findings(folder)]
    told = found[0]
    assert told.file == f"klein/{file}"
    assert place in told.place
    assert words in f"{told.message} {told.remedy}"
    assert told.remedy


def test_all_errors_of_all_files_at_once(folder: Path) -> None:
    change(folder / CITY, 'in_city = "in Klein"\n', "")
    change(folder / MEASURES, 'unit = "Geburten"\n', "")
    change(folder / THEME, 'why = "Kitas."\n', "")
    change(
        folder / THEME, 'numerator = [{ measure = "residents" }]', 'numerator = [{ measure = "x" }]'
    )
    found = findings(folder)
    assert sorted((f.file, f.rule) for f in found) == [
        ("klein/catalog/leben.toml", "key_missing"),
        ("klein/catalog/leben.toml", "measure_unknown"),
        ("klein/city.toml", "key_missing"),
        ("klein/measures.toml", "key_missing"),
    ]


def test_the_same_indicator_in_two_themes(folder: Path) -> None:
    text = (folder / THEME).read_text(encoding="utf-8").replace('id = "leben"', 'id = "zwei"')
    (folder / "catalog" / "zwei.toml").write_text(text, encoding="utf-8")
    found = findings(folder)
    assert {f.rule for f in found} == {"id_repeated"}
    assert "zuerst in klein/catalog/leben.toml" in found[0].message


@pytest.mark.parametrize("name", [CITY, MEASURES])
def test_a_missing_file_hides_nothing_else_and_invents_nothing(name: str, folder: Path) -> None:
    (folder / name).unlink()
    [finding] = findings(folder)
    assert (finding.rule, finding.file) == ("file_missing", f"klein/{name}")


def test_a_catalog_without_themes(folder: Path) -> None:
    (folder / THEME).unlink()
    [finding] = findings(folder)
    assert finding.rule == "theme_missing"


def test_no_english_reaches_a_person(folder: Path) -> None:
    change(folder / THEME, "decimals = 0", 'decimals = "keine"\nclasses = 3\nsynonyms = "x"')
    change(folder / CITY, "comparison = true", 'comparison = "vielleicht"')
    for finding in findings(folder):
        assert "input" not in str(finding).lower()
        assert "should" not in str(finding).lower()
        assert finding.rule == "type_wrong"


def test_others_do_not_learn_of_a_structural_indicator_for_few(folder: Path) -> None:
    text = (folder / THEME).read_text(encoding="utf-8")
    births = text.partition(SHARE.partition(" ")[0])[2].partition("[[indicators]]")[0]
    births = births.replace('id = "einwohner"', 'id = "geburten"').replace("residents", "births")
    (folder / THEME).write_text(f"{text}\n[[indicators]]{births}", encoding="utf-8")
    change(folder / MEASURES, 'unit = "Geburten"', 'unit = "Geburten"\naudiences = ["internal"]')
    change(folder / CITY, 'id = "klein"', 'id = "klein"\npeers = ["anteil_u6", "geburten"]')
    whole = catalogs.catalog(folder)
    assert audiences.catalog(whole, "internal", []).city.peers == ("anteil_u6", "geburten")
    assert audiences.catalog(whole, "public", []).city.peers == ("anteil_u6",)
