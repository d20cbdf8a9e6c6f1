"""An order by need to take along: tables, workbook, picture; and where there is none."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from components import described, needs_bars, needs_exports, needs_map, pictures, spreadsheets
from loaders import needs as loaded
from loaders import releases
from model import needs, status
from model.needs import Setting
from model.ranking import Ranking

SETTING = Setting((("kinderarmut_u3", 10), ("frueherkennung", 6), ("willkommensbesuche", 0),
                   ("betreuung_u3", 4)), 5)  # fmt: skip


@pytest.fixture
def found(release: releases.Release) -> Ranking:
    return loaded.ranking(release, SETTING)


def test_printed_contributions_of_a_file_add_up_to_its_score(found: Ranking) -> None:
    text = spreadsheets.csv(
        needs_exports.data(found, "Probe").linked("http://stadt/bedarfe?x=1")
    ).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert len(rows) == len(found.places) == 19
    known = [row for row in rows if row["Wert"]]
    for row in known:
        parts = [row[key] for key in row if key.startswith("Beitrag: ") and row[key]]
        hundredths = [round(100 * float(part.replace(",", "."))) for part in parts]
        assert sum(hundredths) == round(100 * float(row["Wert"].replace(",", ".")))
        assert row["Erste 5: andere Gewichte (%)"]
    for row in rows[len(known) :]:
        assert (row["Platz"], row["Einordnung"]) == ("", "nicht einzuordnen")
        assert "geheim gehalten" in row["Fehlende Zahlen"] or "sicher" in row["Fehlende Zahlen"]
    assert "Modellwert, keine amtliche Zahl" in rows[0]["Hinweise"]
    assert "http://stadt/bedarfe?x=1" in rows[0]["Hinweise"]


def test_the_workbook_holds_order_values_and_method(found: Ranking) -> None:
    book = openpyxl.load_workbook(io.BytesIO(spreadsheets.xlsx(needs_exports.data(found, "Probe"))))
    assert book.sheetnames == ["Reihenfolge", "Werte", "Angaben"]
    order = list(book["Reihenfolge"].values)
    assert [row[2] for row in order[1:]] == [place.area.name for place in found.places]
    assert len(list(book["Werte"].values)) == 1 + 19 * 4
    told = " ".join(str(row[1]) for row in book["Angaben"].values)
    assert "Dirichlet-Verteilung" in told
    for part in found.components:
        assert part.view.indicator.definition in told
    assert "Jeder Indikator wird für sich gezogen" in told
    assert "Zahlen allein begründen keinen Bedarf" in told
    assert "betreuung" not in told and "Willkommensbesuche nach der Geburt: 0 (0,0 %)" in told


def test_the_picture_says_what_it_rests_on(found: Ranking) -> None:
    own = needs_exports.still(found)
    drawn = described.drawing(pictures.bare(own)) + " ".join(own.lines)
    for text in ("Bärenkämpen 1.", "erste 5",
                 "U8 und U9 nicht vollständig", "Stand: 31.12.2024", "Modellwert"):  # fmt: skip
        assert text in drawn.replace("\N{NO-BREAK SPACE}", " ").replace("  ", " "), text
    assert "Willkommensbesuche" not in drawn.partition("</svg>")[0], "it has no weight"


def test_bars_reach_from_zero_to_the_contributions(found: Ranking) -> None:
    parts = needs_bars.order(found).data["parts"]
    for place in found.places:
        own = parts.filter(parts["area"] == place.area.id)
        if place.score.total is None:
            assert own.is_empty()
            continue
        right = max([0.0, *own["end"]])
        left = min([0.0, *own["end"]])
        assert right + left == pytest.approx(place.score.total)


def test_unplaced_areas_are_drawn_by_the_gravest_reason(found: Ranking) -> None:
    codes = {place.area.id: needs_map.code(place) for place in found.places}
    first = len(needs_map.LIMITS) + 1
    for place in found.places:
        if place.rank is not None:
            assert codes[place.area.id] < first
            continue
        name = status.ABSENT[codes[place.area.id] - first]
        absent = {figure.status for figure in place.figures if figure.value is None}
        assert name == next(each for each in status.ABSENT if each in absent)


def test_a_file_is_named_for_its_setting_and_release(release: releases.Release) -> None:
    name = needs_exports.name("Frühe Hilfen (verändert)", release)
    assert name == f"bedarfe_fruehe-hilfen-veraendert_{release.id}"


def test_where_too_little_can_be_weighed_there_is_no_page(
    revised_releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(revised_releases))
    small = releases.current()
    assert not loaded.expected(small)
    assert loaded.offer(small).indicators == {}


def test_presets_of_a_release_are_those_it_can_weigh(release: releases.Release) -> None:
    assert loaded.expected(release)
    offer = loaded.offer(release)
    assert [preset.id for preset in offer.presets] == [
        "fruehe-hilfen",
        "quartiersarbeit",
        "offene-jugendarbeit",
    ]
    assert needs.initial(offer).preset == "fruehe-hilfen"
