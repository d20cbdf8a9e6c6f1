"""The template of the Sozialatlas and the offices' texts: taken over, or refused in German."""

from __future__ import annotations

from pathlib import Path

import pytest

import closed_city
import small_city
from model.atlas import CHAPTERS, Atlas, Chosen, ThemeChapter
from model.catalog import Audience
from prepare import atlas_texts
from prepare import build as builds
from prepare.findings import Finding, PreparationError

NBSP = "\u00a0"
TEMPLATE = """
title = "Atlas Klein"
author = "Jugendamt"
chapters = ["lesehilfe", "vorwort", "stadt", "themen", "gebiete", "indikatoren", "geheimhaltung"]

[[themes]]
id = "leben"
indicators = [
  { id = "anteil_u6", views = ["rangfolge", "karte"] },
  { id = "einwohner", views = ["karte"] },
]
"""
# In Au are 10 + 12 of 794 people younger than 6: 2.77 %.
AU = "In Au sind [2,8 %](zahl:anteil_u6?gebiet=001&zeit=2024-12-31)\nunter 6 Jahren.\n\nKinder."


def built(folder: Path, audience: Audience = "public") -> Atlas | None:
    made = builds.build(folder, folder / "deliveries", audience, [])
    text = made.texts.get(atlas_texts.TEXT)
    return Atlas.model_validate_json(text) if text else None


def written(folder: Path, template: str = "", **texts: str) -> Path:
    """The city with a template and texts, whose names are written a__b for a/b.md."""
    (folder / "atlas").mkdir(exist_ok=True)
    if template:
        (folder / "atlas" / "atlas.toml").write_text(template, encoding="utf-8")
    for name, text in texts.items():
        path = folder / "atlas" / "texts" / f"{name.replace('__', '/')}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def refused(folder: Path) -> list[Finding]:
    with pytest.raises(PreparationError) as error:
        built(folder)
    return list(error.value.findings)


@pytest.fixture
def city(tmp_path: Path) -> Path:
    return small_city.write(tmp_path)


def test_a_release_carries_template_and_texts(city: Path) -> None:
    written(city, TEMPLATE, vorwort="Guten Tag.", gebiete__001=AU, themen__leben="Wir leben.")
    found = built(city)
    assert found is not None
    assert (found.template.title, found.template.author) == ("Atlas Klein", "Jugendamt")
    assert found.template.themes == (
        ThemeChapter(
            id="leben",
            indicators=(
                Chosen(id="anteil_u6", views=("rangfolge", "karte")),
                Chosen(id="einwohner", views=("karte",)),
            ),
        ),
    )
    assert found.chapters[:2] == ("lesehilfe", "vorwort")
    assert found.foreword == ("Guten Tag.",)
    assert found.themes == {"leben": ("Wir leben.",)}
    assert found.areas == {"001": (f"In Au sind 2,8{NBSP}% unter 6 Jahren.", "Kinder.")}


def test_a_city_without_template_has_no_such_file_and_the_usual_chapters(city: Path) -> None:
    assert built(city) is None
    assert Atlas().chapters == CHAPTERS[1:]
    found = built(written(city, gebiete__002="In Berg."))
    assert found is not None
    assert found.chapters == CHAPTERS[1:]


def test_another_delivery_makes_the_build_fail_at_the_sentence(city: Path) -> None:
    written(city, gebiete__001=f"Guten Tag.\n\n{AU}")
    more = {**small_city.RESIDENTS, "001 Au": (20, 12, 20, 22, 300, 310, 50, 70)}
    small_city.workbook(city / "deliveries" / "bestand_2024.xlsx", residents=more)
    # 32 of 804 are 3.98 %.
    assert [str(finding) for finding in refused(city)] == [
        'klein/atlas/texts/gebiete/001.md, Zeile 3: Im Satz "In Au sind 2,8 % unter 6 Jahren.": '
        "steht 2,8 %, die Veröffentlichung sagt 4,0 %. Abhilfe: Zahl berichtigen und prüfen, ob "
        "der Satz noch stimmt. [text_figure_differs]"
    ]


@pytest.mark.parametrize(
    ("old", "new", "rule", "said"),
    [
        (TEMPLATE, "\n", "file_empty", "klein/atlas/atlas.toml: Die Vorlage ist leer."),
        ('"stadt", ', "", "atlas_chapter", 'Das Kapitel "stadt" fehlt'),
        ('"stadt"', '"stadt", "stadt"', "id_repeated", '"stadt" steht mehrmals.'),
        ('"stadt"', '"statd"', "value_wrong", '"statd" ist hier nicht erlaubt.'),
        ('"vorwort", ', "", "atlas_chapter", "Vorwort hat in der Vorlage keinen Platz."),
        ("Atlas Klein", "Die 4 Viertel", "text_figure_typed", "Die Zahl 4 ist getippt."),
        ('id = "leben"', 'id = "lebben"', "theme_unknown", 'Meinten Sie "leben"?'),
        ('id = "anteil_u6"', 'id = "anteil_u7"', "indicator_unknown", 'Meinten Sie "anteil_u6"?'),
        ('id = "anteil_u6"', 'id = "einwohner"', "id_repeated", '"einwohner" steht mehrmals.'),
        ('"rangfolge", ', '"karte", ', "id_repeated", 'Indikator "anteil_u6": "karte" steht'),
        ('"rangfolge"', '"entwicklung"', "atlas_view", "Es gibt nur einen Zeitpunkt"),
        ('"rangfolge"', '"tabelle"', "value_wrong", '"tabelle" ist hier nicht erlaubt.'),
        ("author", "autor", "key_unknown", 'Den Schlüssel "autor" gibt es hier nicht.'),
    ],
)
def test_a_wrong_template_is_refused(city: Path, old: str, new: str, rule: str, said: str) -> None:
    assert old in TEMPLATE
    written(city, TEMPLATE.replace(old, new, 1), vorwort="Guten Tag.")
    found = refused(city)
    assert [finding.rule for finding in found] == [rule]
    assert said in str(found[0]) and str(found[0]).startswith("klein/atlas/atlas.toml")


def test_a_foreword_that_is_placed_has_to_be_written(city: Path) -> None:
    assert [str(finding) for finding in refused(written(city, TEMPLATE))] == [
        'klein/atlas/atlas.toml, Schlüssel "chapters": atlas/texts/vorwort.md fehlt. Abhilfe: '
        'Schreiben oder "vorwort" streichen. [atlas_chapter]'
    ]


def test_a_level_without_borders_has_no_map(city: Path) -> None:
    small_city.change(
        city / "city.toml",
        'geometry = "areas/viertel.geojson"\ngeometry_id = "nr"\ngeometry_id_format = "{:0>3}"\n',
        "",
    )
    written(city, TEMPLATE, vorwort="Guten Tag.")
    assert [(finding.rule, finding.place) for finding in refused(city)] == [
        ("atlas_view", f'[[themes]] id = "leben", Indikator "{name}"')
        for name in ("anteil_u6", "einwohner")
    ]


def test_texts_that_belong_nowhere_are_refused(city: Path) -> None:
    written(city, gebiete__009="Dort.", gebiete__10="Nord.", themen__lebn="So.", nachwort="Ende.")
    (city / "atlas" / "texts" / "gebiete" / "001.txt").write_text("Au.", encoding="utf-8")
    assert [(finding.rule, finding.file.split("texts/")[1]) for finding in refused(city)] == [
        ("atlas_text_unread", "gebiete/001.txt"),
        ("area_unknown", "gebiete/009.md"),
        ("area_unknown", "gebiete/10.md"),
        ("atlas_text_unread", "nachwort.md"),
        ("theme_unknown", "themen/lebn.md"),
    ]


def test_a_text_has_only_paragraphs_with_references(city: Path) -> None:
    cases = {
        "001": ("\n \n", "file_empty", ""),
        "002": ("Gut.\n\n## Mehr\n\nText.", "text_form", "Zeile 3"),
        "003": ("Wie *schön*.", "text_form", "Zeile 1"),
        "004": ("Siehe [hier](https://example.org/).", "text_form", "Zeile 1"),
    }
    written(city, **{f"gebiete__{area}": text for area, (text, *_told) in cases.items()})
    written(city, themen__leben="Dort leben 794 Menschen.", vorwort="a " * 2001)
    assert [(finding.rule, finding.place) for finding in refused(city)] == [
        *[(rule, place) for _text, rule, place in cases.values()],
        ("text_figure_typed", "Zeile 1"),
        ("atlas_text_long", ""),
    ]


def test_a_text_that_is_not_utf8_is_refused(city: Path) -> None:
    written(city, gebiete__001="Au")
    (city / "atlas/texts/gebiete/001.md").write_bytes("Schön".encode("cp1252"))
    assert [finding.rule for finding in refused(city)] == ["encoding_wrong"]


def test_what_is_internal_is_in_no_public_book(tmp_path: Path) -> None:
    city = closed_city.write(tmp_path)
    cost = "[4](zahl:wendehals_kosten?gebiet=stadt&zeit=2024)"
    chosen = '\n[[themes]]\nid = "wendehals"\nindicators = [{ id = "%s", views = ["karte"] }]\n'
    template = TEMPLATE + chosen % "wendehals_kosten"
    written(city, template, vorwort="Hallo.", themen__wendehals="Es kostet.")
    public, internal = built(city), built(city, "internal")
    assert public is not None and internal is not None
    assert closed_city.WORD.lower() not in public.model_dump_json().lower()
    assert [chapter.id for chapter in internal.template.themes] == ["leben", "wendehals"]
    assert internal.themes == {"wendehals": ("Es kostet.",)}
    written(city, vorwort=f"Es sind {cost}.")
    assert [finding.rule for finding in refused(city)] == ["indicator_unknown"]
