"""Views told apart from their pages: right numbers, nothing secret, nothing that is gone."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from components import describing, exports, folder, taken, view_described
from components.described import Described, drawing, html, numbers, table
from documents.document import Table
from loaders import comparisons, indicators, mapsets, releases, views
from model import collection, comparison, mapset_links
from model.catalog import ADDRESSES
from model.selection import Selection

POVERTY = "kinderarmut_u15"
FOUR = (POVERTY, "einwohnerdichte", "uebergang_gymnasium", "geburten")
NBSP = "\N{NO-BREAK SPACE}"


def told(release: releases.Release, page: str, **query: str) -> Described:
    found = describing.of(release, collection.entry(page, query))
    assert found is not None
    return found


def words(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]+)</text>", svg)


def test_a_map_is_told_with_picture_sentences_table_and_origin(release: releases.Release) -> None:
    found = told(release, "existenzsicherung", indikator=POVERTY, gebiet="08", zeit="2024-12-31")
    view = views.view_of(
        release,
        Selection("existenzsicherung", POVERTY, "stadtbezirk", "2024-12-31", ("08",)),
    )
    assert found.title == view.indicator.title
    assert found.about.endswith("Minden, Stadtbezirke · Stand: 31.12.2024")
    [own] = view.chosen
    assert own.value is not None
    number = f"{own.value:.1f}".replace(".", ",")
    assert f"in der Innenstadt {number}{NBSP}%" in found.sentences[0]
    assert f'<th scope="row">Innenstadt</th><td class="number">{number}</td>' in numbers(found)
    [picture] = found.pictures
    assert {"Innenstadt", "Todtenhausen"} <= set(words(picture.svg))
    assert f"Innenstadt: {number}" in picture.alternative
    # Heading and origin stand beside the picture, not in it.
    assert view.indicator.title not in picture.svg and "Quelle" not in picture.svg
    for begin in ("Quelle: ", "Basis: ", "Lizenz: ", "Geheimhaltung: ", "Karte: "):
        assert any(line.startswith(begin) for line in found.origin)
    assert any(f"({release.id})" in line for line in found.origin)
    assert found.notices == ()


@pytest.mark.parametrize("shown", ["rangfolge", "tabelle", "entwicklung"])
def test_a_view_without_a_single_number_is_told_and_taken_along(
    shown: str, release: releases.Release
) -> None:
    asked = Selection("existenzsicherung", POVERTY, "stadtbezirk", "2024-12-31", view=shown)
    view = views.view_of(release, asked)
    secret = tuple(replace(one, value=None, status="suppressed") for one in view.figures)
    own = replace(
        view,
        figures=secret,
        yardsticks=(),
        series=view.series.with_columns(value=None, status=pl.lit("suppressed")),
    )
    found = view_described.of_view(own, release)
    for picture in found.pictures:
        assert "Innenstadt" in words(picture.svg) or shown == "entwicklung"
        assert picture.chart is None
    assert "geheim" in " ".join((*found.sentences, *found.origin))
    files = [f for g in taken.groups(found, release, asked.theme, "") for f in g.files]
    for file in files:
        if file.name.endswith((".docx", ".pptx", ".csv", ".svg")):
            assert file.content()


def test_what_is_secret_stays_secret(release: releases.Release) -> None:
    view = views.view_of(
        release, Selection("existenzsicherung", POVERTY, "stadtbezirk", "2024-12-31")
    )
    hidden = [f.area.name for f in view.figures if f.status == "suppressed"]
    assert len(hidden) == 5
    found = told(release, "existenzsicherung", indikator=POVERTY, ansicht="rangfolge")
    for name in hidden:
        [row] = re.findall(f'<th scope="row">{name}</th>(.+?)</tr>', numbers(found))
        first = re.findall(r"<td[^>]*>([^<]*)</td>", row)[0]
        assert first == "geheim gehalten"
    # Each text is drawn twice, the first time as its own halo.
    assert words(found.pictures[0].svg).count(". geheim gehalten") == 2 * 5


@pytest.mark.parametrize(
    ("view", "kind", "in_table"),
    [
        ("entwicklung", "Entwicklung: ", "alle Zeitpunkte, %, jeweils am 31.12."),
        ("veraenderung", "Veränderung in Prozentpunkten: ", "Spanne"),
        ("rangfolge", "Rangfolge: ", "Zähler"),
    ],
)
def test_each_kind_of_view_has_its_own_picture_and_table(
    release: releases.Release, view: str, kind: str, in_table: str
) -> None:
    found = told(release, "existenzsicherung", indikator=POVERTY, ansicht=view)
    assert found.pictures[0].alternative.startswith(kind)
    assert found.pictures[0].svg.startswith("<svg")
    assert in_table in numbers(found)
    assert found.body == ""


def test_a_table_is_no_picture(release: releases.Release) -> None:
    found = told(release, "existenzsicherung", indikator=POVERTY, ansicht="tabelle")
    assert found.pictures == () and found.alone
    assert numbers(found).count("<tr>") == 1 + 19 + 1


def test_numbers_in_pictures_are_those_that_were_drawn(release: releases.Release) -> None:
    found = told(release, "bevoelkerung", indikator="einwohner", ansicht="rangfolge")
    frame = indicators.values(release, release.catalog.indicators["einwohner"])
    rows = frame.filter(level="stadtbezirk", period="2024-12-31").drop_nulls("value")
    shown = {word.split()[0] for word in words(found.pictures[0].svg)}
    assert set(rows["text"]) <= shown
    # Places are rounded, texts are not.
    spec = {
        "data": {"values": [{"a": "1.2345", "b": 0.123456}]},
        "mark": "text",
        "encoding": {"text": {"field": "a"}, "x": {"field": "b", "type": "quantitative"}},
    }
    plain, small = exports.svg(spec).decode(), drawing(spec)
    assert words(small) == words(plain) and "1.2345" in words(small)
    assert len(small) <= len(plain)


def test_maps_are_told_one_by_one_and_may_mix_themes(release: releases.Release) -> None:
    query = {"nebeneinander": "indikatoren", "indikatoren": ",".join(FOUR), "zeit": "2024"}
    found = told(release, "karten", **query)
    assert len(found.pictures) == len({picture.caption for picture in found.pictures}) == 4
    assert len(found.sentences) == 4
    assert numbers(found).count('<th scope="col"') == 5
    offer = mapsets.offer(release)
    assert offer
    chosen, notices = mapset_links.parse(release.catalog, offer, query)
    assert (chosen.indicators, notices) == (FOUR, [])
    assert len({release.catalog.theme_of(name).id for name in FOUR}) == 4
    years = told(release, "karten", indikatoren=POVERTY, zeiten="2012-12-31,2024-12-31")
    assert [picture.caption for picture in years.pictures] == ["31.12.2012", "31.12.2024"]


@pytest.mark.parametrize(
    ("page", "query", "signs"),
    [
        ("karten", {}, ". = geheim gehalten; m = Modellwert"),
        (
            "karten",
            {"nebeneinander": "indikatoren", "indikatoren": f"geburten,{POVERTY}", "zeit": "2024"},
            "- = genau null; . = geheim gehalten; m = Modellwert",
        ),
        ("angebot", {}, ". = geheim gehalten; / = nicht sicher genug; m = Modellwert"),
        ("zusammenhaenge", {}, ". = geheim gehalten; m = Modellwert"),
        (
            "massnahmen",
            {"massnahme": "sprachfoerderung"},
            ". = geheim gehalten; / = nicht sicher genug; m = Modellwert",
        ),
    ],
)
def test_signs_of_several_indicators_are_explained_once(
    page: str, query: dict[str, str], signs: str, release: releases.Release
) -> None:
    lines = [line for line in told(release, page, **query).origin if line.startswith("Zeichen: ")]
    assert lines == [f"Zeichen: {signs}"]


def test_a_comparison_may_mix_themes(release: releases.Release) -> None:
    query = {"gebiet": "08,02", "indikatoren": ",".join(FOUR)}
    chosen, notices = comparison.parse(release.catalog, comparisons.offered(release), query)
    assert (chosen.indicators, notices) == (FOUR, [])
    found = told(release, "vergleich", **query)
    assert found.title == "Vergleich: Innenstadt, Bölhorst, Minden"
    assert found.body.count('<th role="rowheader"') == 4
    assert all(line.startswith(("Innenstadt: ", "Bölhorst: ")) for line in found.sentences)
    assert any(line.startswith("Quellen: ") for line in found.origin)
    assert found.sources.count("<dt>") == 4


def test_a_district_and_what_is_new(release: releases.Release) -> None:
    found = told(release, "stadtbezirk", gebiet="08")
    assert found.title == "Innenstadt"
    assert 'alt="Lage von Innenstadt in der Stadt"' in found.aside
    assert "Innenstadt" in found.body
    assert told(release, "neues").title == "Was ist neu? Minden"
    assert told(release, "neues", gebiet="08").title == "Was ist neu? Innenstadt"


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("existenzsicherung", {"indikator": "einwohner"}),
        ("vergleich", {"gebiet": "99"}),
        ("stadtbezirk", {}),
        ("stadtbezirk", {"gebiet": "99"}),
        ("neues", {"gebiet": "99"}),
    ],
)
def test_what_does_not_exist_is_no_view(
    release: releases.Release, page: str, query: dict[str, str]
) -> None:
    entry = collection.entry(page, query, "Meine <Notiz>")
    assert describing.of(release, entry) is None
    shown = folder._sheet(0, entry, release, "Seite")
    assert "Diese Ansicht gibt es in der heutigen Veröffentlichung nicht." in shown
    assert "Meine &lt;Notiz&gt;" in shown and "Ansicht öffnen" not in shown


def test_what_gave_way_is_said_and_the_zones_of_a_reader_stay(release: releases.Release) -> None:
    entry = collection.entry("existenzsicherung", {"gebiet": "08,99", "zonen": "Süd:01+02"})
    shown = folder._sheet(2, entry, release, "Existenzsicherung")
    assert "Nicht jedes Gebiet aus dem Link gibt es auf dieser Raumebene." in shown
    assert "<h2>3. Kinder unter 15 Jahren in Haushalten mit Bürgergeld</h2>" in shown
    assert 'href="./existenzsicherung?gebiet=08%2C99&amp;zonen=S%C3%BCd%3A01%2B02"' in shown


def test_every_page_with_views_can_be_gathered(release: releases.Release) -> None:
    pages = describing.pages(release)
    assert {theme.id for theme in release.catalog.themes} <= pages
    assert set(describing.PAGES) <= pages <= ADDRESSES | {t.id for t in release.catalog.themes}
    assert ADDRESSES - pages == {
        *("mappe", "daten", "start", "ueber", "frame", "ueberblick"),
        *("einbetten", "geschichte", "geschichten", "praesentation", "sozialatlas"),
    }
    shown = folder._sheet(0, collection.entry("zusammenhaenge", {}), release, "Zusammenhänge")
    assert "<h2>1. Zusammenhang: " in shown and 'href="./zusammenhaenge"' in shown
    # A page that this city does not have, and one that no city has.
    assert describing.of(release, collection.entry("daten", {})) is None
    assert "Ansicht öffnen" not in folder._sheet(0, collection.entry("bedarfe", {}), release, "")


def test_texts_are_escaped_and_long_tables_stay_on_their_page() -> None:
    data: dict[str, Any] = {
        "caption": "<b>",
        "columns": [{"title": "<i>"}, {"title": "Wert", "number": True}],
        "rows": [{"cells": ["<u>", "1,0"]}],
    }
    assert html(table(data)) == (
        '<div class="scroll" tabindex="0" role="region" aria-label="&lt;b&gt;"><table>'
        '<caption>&lt;b&gt;</caption><thead><tr><th scope="col">&lt;i&gt;</th>'
        '<th scope="col" class="number">Wert</th></tr></thead><tbody><tr>'
        '<th scope="row">&lt;u&gt;</th><td class="number">1,0</td></tr></tbody></table></div>'
    )
    long = {**data, "rows": data["rows"] * 61}
    assert html(table(long)) == "<p>Die Tabelle hat 61 Zeilen. Sie steht in der Ansicht.</p>"


@pytest.mark.parametrize(
    ("periods", "heads", "caption"),
    [
        (("31.12.2024", "31.12.2023"), ("2023", "2024"), "Werte, jeweils am 31.12."),
        (("31.12.2024", "30.06.2023"), ("30.06.2023", "31.12.2024"), "Werte"),
        (("2018/19", "2017/18"), ("2017/18", "2018/19"), "Werte"),
        (("2024", "2020"), ("2020", "2024"), "Werte"),
    ],
)
def test_years_run_forward_on_paper_and_say_a_common_day_once(
    periods: tuple[str, ...], heads: tuple[str, ...], caption: str
) -> None:
    own = Table("Werte", ("Gebiet", *periods), (("Hahlen", "neu", "alt"),), frozenset({1, 2}))
    found = view_described._forward(own)
    assert found.columns == ("Gebiet", *heads) and found.caption == caption
    assert found.rows == (("Hahlen", "alt", "neu"),)
