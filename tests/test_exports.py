"""Files to take along: figures worked out from the release by other means, notes, names."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import polars as pl
import pytest

from components import exports, framing, spreadsheets, view_described
from loaders import releases, views
from model.selection import Selection
from model.view import View

NOTE = "Modellwert, keine amtliche Zahl"
POVERTY = Selection("existenzsicherung", "kinderarmut_u15", "stadtbezirk", "2024-12-31", ("16",))


@pytest.fixture
def release(minden_releases: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[releases.Release]:
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(minden_releases))
    yield releases.current()


@pytest.fixture
def view(release: releases.Release) -> View:
    return views.view_of(release, POVERTY)


def rate(folder: Path, area: str, period: str) -> float | None:
    """Children in SGB II over children, straight from the Parquet files, rounded half up."""

    def total(measure: str, ages: list[str]) -> int | None:
        rows = pl.read_parquet(folder / f"counts/{measure}.parquet").filter(
            (pl.col("area") == area) & (pl.col("period") == period) & pl.col("age").is_in(ages)
            & (pl.col("sex") == "total") & (pl.col("nationality") == "total")
        )  # fmt: skip
        values = rows["value"].to_list()
        return None if None in values else int(sum(values))

    poor = total("sgb2_persons", ["0-2", "3-5", "6-14"])
    children = total("residents", ["0-2", "3-5", "6-9", "10-14"])
    # In whole numbers: tenths of a per cent, rounded half up.
    return None if poor is None or not children else (2000 * poor + children) // (2 * children) / 10


def test_csv_opens_right_in_german_excel(view: View, release: releases.Release) -> None:
    raw = spreadsheets.csv(exports.data(view))
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == (19 + 1) * 13  # districts and city, 2012 to 2024
    hidden = 0
    for row in rows:
        expected = rate(release.folder, row["Schlüssel"], row["Zeitpunkt"])
        if expected is None:
            assert (row["Wert"], row["Zeichen"], row["Status"]) == ("", ".", "geheim gehalten")
            hidden += 1
        else:
            assert row["Wert"] == f"{expected:.1f}".replace(".", ",")
            assert row["Zeichen"] == ("- m" if expected == 0 else "m")
    assert NOTE in rows[0]["Hinweise"] and not any(row["Hinweise"] for row in rows[1:])
    assert 0 < hidden < len(rows) / 2


def test_workbook_has_numbers_and_a_sheet_of_notes(view: View, release: releases.Release) -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(spreadsheets.xlsx(exports.data(view).linked("http://stadt/?a=b")))
    )
    assert book.sheetnames == ["Werte", "Angaben"]
    head, *rows = book["Werte"].iter_rows(values_only=True)
    value, key, period = (head.index(name) for name in ("Wert", "Schlüssel", "Zeitpunkt"))
    for row in rows:
        assert row[value] == rate(release.folder, str(row[key]), str(row[period]))
    notes = {str(name): str(text) for name, text in book["Angaben"].iter_rows(values_only=True)}
    assert notes["Definition"] == view.indicator.definition
    assert notes["Link"] == "http://stadt/?a=b"
    texts = [str(c.value) for c in book["Angaben"]["B"]]
    for part in (
        NOTE,
        "31.12.2012 bis 31.12.2024",
        "Basis: ",
        release.id,
        "Quelle: Statistik der Bundes",
    ):
        assert any(part in text for text in texts), part
    assert any("23,5\N{NO-BREAK SPACE}%" in text for text in texts), "the published rate of 2012"


@pytest.mark.parametrize("kind", ["karte", "rangfolge", "entwicklung", "tabelle"])
def test_pictures_say_what_they_show(release: releases.Release, kind: str) -> None:
    view = views.view_of(release, Selection(**{**POVERTY.__dict__, "view": kind}))
    drawn = framing.svg(view_described.of_view(view, release)).encode()
    words = " ".join(t for t in ElementTree.fromstring(drawn).itertext() if t.strip())
    parts = [
        "Kinder unter 15 Jahren in Haushalten mit Bürgergeld",
        "Anteil an allen unter 15-Jährigen, %",
        "Zeitraum: 31.12.2012 bis" if kind == "entwicklung" else "Stand: 31.12.2024",
        "Quelle: Statistik der Bundesagentur für Arbeit",
        release.id,
        NOTE,
    ]
    parts += ["schematische Grenzen", "geheim gehalten (5)"] if kind == "karte" else []
    parts += ["Geheim gehalten (.): "] if kind in ("rangfolge", "tabelle") else []
    for part in parts:
        assert part in words, part
    assert framing.png(drawn.decode()).startswith(b"\x89PNG")


OLD = Selection(
    "bevoelkerung",
    "anteil_65plus",
    "stadtbezirk",
    "2024-12-31",
    view="veraenderung",
    since="2012-12-31",
)


def test_a_file_about_changes_has_both_numbers_the_change_and_its_verdict(
    release: releases.Release,
) -> None:
    view = views.view_of(release, OLD)
    text = spreadsheets.csv(exports.data(view)).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert len(rows) == len(view.figures) + len(view.yardsticks)
    assert {row["Einheit der Veränderung"] for row in rows} == {"Prozentpunkte"}
    verdicts = [row["Urteil"] for row in rows]
    assert set(verdicts) == {"gestiegen", "im Rahmen des Zufalls", "nicht vergleichbar"}
    told = 0
    for row in rows:
        before, after, change = (
            row[name].replace(",", ".") for name in ("Wert vorher", "Wert nachher", "Veränderung")
        )
        if row["Urteil"] == "nicht vergleichbar":
            assert (change, row["Spanne von"], row["Spanne bis"]) == ("", "", "")
            assert row["Grund"]
            assert not (before and after)
        else:
            assert float(change) == pytest.approx(float(after) - float(before), abs=0.1001)
            told += 1
    assert told > len(view.figures) / 2
    assert NOTE in rows[0]["Hinweise"] and "Vergleichen" in rows[0]["Hinweise"]
    assert {row["Letzter Schritt seit"] for row in rows} == {"2023-12-31"}
    assert {row["Seit Beginn, ab"] for row in rows} == {"2010-12-31"}
    name = exports.file_name(view)
    assert name == (f"anteil_65plus_veraenderung_stadtbezirk_2012-12-31_2024-12-31_{release.id}")


def test_a_workbook_about_changes_has_numbers_and_their_rule(release: releases.Release) -> None:
    view = views.view_of(release, OLD)
    book = openpyxl.load_workbook(
        io.BytesIO(spreadsheets.xlsx(exports.data(view).linked("http://stadt/")))
    )
    head, *rows = book["Werte"].iter_rows(values_only=True)
    change, verdict = head.index("Veränderung"), head.index("Urteil")
    for row in rows:
        assert isinstance(row[change], int | float) == (row[verdict] != "nicht vergleichbar")
    texts = " ".join(str(c.value) for c in book["Angaben"]["B"])
    assert "späterer Anteil minus früherer Anteil, in Prozentpunkten" in texts


def test_a_picture_of_changes_says_what_is_compared_and_how(release: releases.Release) -> None:
    view = views.view_of(release, OLD)
    drawn = framing.svg(view_described.of_view(view, release)).encode()
    words = " ".join(t for t in ElementTree.fromstring(drawn).itertext() if t.strip())
    for part in (
        "Veränderung in Prozentpunkten",
        "31.12.2012 bis 31.12.2024",
        "im Rahmen des Zufalls (",
        "geheim gehalten (",
        "Vergleichen gehen",
        release.id,
        NOTE,
    ):
        assert part in words, part
    assert framing.png(drawn.decode()).startswith(b"\x89PNG")


def test_file_names_tell_views_apart(view: View, release: releases.Release) -> None:
    name = exports.file_name(view, "karte")
    assert name == f"kinderarmut_u15_karte_stadtbezirk_2024-12-31_{release.id}"
    assert re.fullmatch(r"[a-z0-9_.-]+", name)


def test_city_totals_equal_the_published_figures(release: releases.Release) -> None:
    """Figures typed from the city's press releases and from IT.NRW, not read from our files."""
    for indicator, period, area, number in (
        ("einwohner_alle", "2014-12-31", "05770024", 82051),
        ("einwohner_alle", "2023-12-31", "05770024", 85511),
        ("einwohner", "2022-12-31", "05770024", 84659),
        ("einwohner_amtlich", "2024-12-31", "05770024", 84013),
    ):
        level = "stadt"
        found = views.view_of(release, Selection("bevoelkerung", indicator, level, period))
        figures = {figure.area.id: figure for figure in found.figures}
        assert (figures[area].value, figures[area].status) == (number, "ok")
    found = views.view_of(
        release, Selection("bevoelkerung", "einwohner_alle", "stadtbezirk", "2017-12-31")
    )
    values = {figure.area.name: figure for figure in found.figures}
    assert (values["Innenstadt"].value, values["Innenstadt"].status) == (10806, "ok")
    assert (values["Bölhorst"].value, values["Bölhorst"].status) == (900, "ok")
    assert values["Meißen"].status == "modelled"
    # With Päpinghausen's number everybody could tell who has only a second home there.
    secret = {figure.area.name for figure in found.figures if figure.status == "suppressed"}
    assert len(secret) == 2 and "Päpinghausen" in secret
    assert sum(figure.value or 0 for figure in found.figures) < 83960 == found.yardsticks[0].value
