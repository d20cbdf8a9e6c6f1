"""The presets of a city folder: what is wrong is named, and others learn of no internal one."""

from __future__ import annotations

from pathlib import Path

import pytest

import small_city
from prepare import audiences, presets
from prepare import catalog as catalogs
from prepare.findings import PreparationError
from small_city import change

THEME, MEASURES = "catalog/leben.toml", "measures.toml"
PRESET = """
[[presets]]
id = "kinder"
title = "Kinder"
office = "Jugendamt"
purpose = "Wo leben viele Kinder?"
indicators = [
  { indicator = "anteil_u6", weight = 4 },
  { indicator = "anteil_m", weight = 2 },
  { indicator = "geburten", weight = 1 },
]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small city with three shares that have a direction, and a preset of them."""
    folder = small_city.write(tmp_path)
    text = (folder / THEME).read_text(encoding="utf-8")
    head, _mark, share = text.partition('[[indicators]]\nid = "anteil_u6"')
    share = f'[[indicators]]\nid = "anteil_u6"{share}'.replace("neutral", "more")
    men = share.replace('"anteil_u6"', '"anteil_m"').replace('age = ["0-5"]', 'sex = ["m"]')
    births = share.replace('"anteil_u6"', '"geburten"')
    births = births.replace('measure = "residents", age = ["0-5"]', 'measure = "births"')
    (folder / THEME).write_text("\n".join((head, share, men, births)), encoding="utf-8")
    (folder / presets.FILE).write_text(PRESET, encoding="utf-8")
    return folder


def test_presets_are_part_of_the_catalog(folder: Path) -> None:
    [preset] = catalogs.catalog(folder).presets
    assert preset.weights == (("anteil_u6", 4), ("anteil_m", 2), ("geburten", 1))
    assert preset.first == 5
    (folder / presets.FILE).unlink()
    assert catalogs.catalog(folder).presets == ()


@pytest.mark.parametrize(
    ("old", "new", "rule", "place", "words"),
    [
        ('"anteil_u6"', '"anteil_u7"', "indicator_unknown", "indicators[1].indicator",
         'Meinten Sie "anteil_u6"?'),
        ('"anteil_u6"', '"einwohner"', "preset_neutral", "indicators[1].indicator",
         "Weder viel noch wenig heißt Bedarf"),
        ('"anteil_m"', '"anteil_u6"', "id_repeated", "indicators", "mehrmals"),
        ("  { indicator = \"anteil_m\", weight = 2 },\n", "", "value_wrong", "indicators",
         "Mindestens 3."),
        ("weight = 4", "weight = 11", "value_wrong",
         'indicators]] Nr. 1, Schlüssel "weight"', "Höchstens 10."),
        ("weight = 4", "weight = 1.5", "type_wrong",
         'indicators]] Nr. 1, Schlüssel "weight"', "eine ganze Zahl"),
        ("weight = 4", "gewicht = 4", "key_unknown",
         'indicators]] Nr. 1, Schlüssel "gewicht"', "weight"),
        ('title = "Kinder"', f'title = "{"K" * 61}"', "value_wrong", "title",
         "Höchstens 60 Zeichen."),
        ('id = "kinder"', 'id = "Kinder!"', "value_wrong", "id", "ein kurzer Name"),
        ('office = "Jugendamt"\n', "", "key_missing", "office", "office = ... ergänzen."),
        ("indicators = [", "indicators = [[", "toml_syntax", "", ""),
    ],
)  # fmt: skip
def test_wrong_presets_name_place_and_remedy(
    folder: Path, old: str, new: str, rule: str, place: str, words: str
) -> None:
    change(folder / presets.FILE, old, new)
    with pytest.raises(PreparationError) as error:
        catalogs.catalog(folder)
    [finding] = error.value.findings
    assert (finding.rule, finding.file) == (rule, "klein/presets.toml")
    assert place in finding.place
    assert words in f"{finding.message} {finding.remedy}"


def test_counts_and_weightless_presets_are_refused(folder: Path) -> None:
    text = (folder / THEME).read_text(encoding="utf-8")
    (folder / THEME).write_text(text.replace('"neutral"', '"more"'), encoding="utf-8")
    change(folder / presets.FILE, '"anteil_u6"', '"einwohner"')
    for weight in (4, 2, 1):
        change(folder / presets.FILE, f"weight = {weight}", "weight = 0")
    other = PRESET.replace("Kinder", "Andere")
    with (folder / presets.FILE).open("a", encoding="utf-8") as file:
        file.write(other)
    with pytest.raises(PreparationError) as error:
        catalogs.catalog(folder)
    rules = [finding.rule for finding in error.value.findings]
    assert rules == ["id_repeated", "preset_weightless", "preset_count"]


def test_others_do_not_learn_of_a_preset_with_an_internal_indicator(folder: Path) -> None:
    change(folder / MEASURES, 'unit = "Geburten"', 'unit = "Geburten"\naudiences = ["internal"]')
    whole = catalogs.catalog(folder)
    assert [p.id for p in audiences.catalog(whole, "internal", []).presets] == ["kinder"]
    public = audiences.catalog(whole, "public", [])
    assert public.presets == ()
    assert "Wo leben viele Kinder" not in public.model_dump_json()
