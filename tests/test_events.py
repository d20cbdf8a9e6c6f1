"""Projects and events: from the office's table to the district's page."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
import streamlit as st

import small_city
from components import happenings, pictures, trends
from loaders import events as loaded
from loaders import profiles, releases, views
from model import caveats, wording
from model import events as model
from model.events import Event
from model.selection import Selection
from prepare import build as builds
from prepare import events, publishing, release
from prepare.findings import PreparationError

HEAD = "areas,from,to,title,kind,link\n"
TABLE = (
    HEAD + "001,2022-05-01,2024-04-30,Umbau am Markt,projekt,https://example.org/markt?a=1&b=2\n"
    "003  002 003,2023-08-01,,Neue Kita,einrichtung,\n"
    ",2023-09-02,,Stadtfest,ereignis,\n"
)
ROWS = [
    ("", "2023-09-02", "", "Stadtfest", "ereignis", ""),
    ("002", "2023-08-01", "", "Neue Kita", "einrichtung", ""),
    ("003", "2023-08-01", "", "Neue Kita", "einrichtung", ""),
    ("001", "2022-05-01", "2024-04-30", "Umbau am Markt", "projekt",
     "https://example.org/markt?a=1&b=2"),
]  # fmt: skip
MARKET, NURSERY, FAIR = Event(*ROWS[3]), Event(*ROWS[1]), Event(*ROWS[0])


def declared(folder: Path, text: str) -> pl.DataFrame:
    path = folder / events.FILE
    path.write_text(text, encoding="utf-8")
    return events.declared(path, "klein/events.csv", {"001", "002", "003", "004"})


def test_a_row_for_each_event_and_area_the_latest_first(tmp_path: Path) -> None:
    found = declared(tmp_path, TABLE)
    assert dict(found.schema) == events.SCHEMA
    assert found.rows() == ROWS


@pytest.mark.parametrize("text", [None, HEAD])
def test_a_city_need_not_list_any(text: str | None, tmp_path: Path) -> None:
    found = (
        declared(tmp_path, text)
        if text
        else events.declared(tmp_path / events.FILE, "klein/events.csv", {"001"})
    )
    assert found.columns == list(events.SCHEMA)
    assert found.is_empty()


@pytest.mark.parametrize(
    ("row", "rule", "place"),
    [
        ("001 009,2024-01-01,,Fest,ereignis,", "area_unknown", "Zeile 2, Spalte areas"),
        ("000,2024-01-01,,Fest,ereignis,", "area_unknown", "Zeile 2, Spalte areas"),
        (",,,Fest,ereignis,", "event_date", "Zeile 2, Spalte from"),
        (",2024,,Fest,ereignis,", "event_date", "Zeile 2, Spalte from"),
        (",01.02.2024,,Fest,ereignis,", "event_date", "Zeile 2, Spalte from"),
        (",2024-02-28,2024-02-30,Fest,ereignis,", "event_date", "Zeile 2, Spalte to"),
        (",2024-02-02,2024-02-01,Fest,ereignis,", "event_order", "Zeile 2, Spalte to"),
        (",2024-02-01,,,ereignis,", "value_empty", "Zeile 2, Spalte title"),
        (",2024-02-01,,Fest,fest,", "event_kind", "Zeile 2, Spalte kind"),
        (",2024-02-01,,Fest,ereignis,http://example.org", "event_link", "Zeile 2, Spalte link"),
        (",2024-02-01,,Fest,ereignis,https://", "event_link", "Zeile 2, Spalte link"),
        (",2024-02-01,,Fest,ereignis,javascript:alert(1)", "event_link", "Zeile 2, Spalte link"),
        (",2024-02-01,,Fest,ereignis,https://a.de/ b", "event_link", "Zeile 2, Spalte link"),
        (",2024-02-01,,Fest,ereignis,\n,2024-02-01,,Fest,projekt,", "row_doubled", "Zeile 3"),
    ],
)
def test_what_is_wrong_with_events(row: str, rule: str, place: str, tmp_path: Path) -> None:
    with pytest.raises(PreparationError) as error:
        declared(tmp_path, f"{HEAD}{row}\n")
    assert [(f.rule, f.file, f.place) for f in error.value.findings] == [
        (rule, "klein/events.csv", place)
    ]


def test_an_event_of_one_day_may_say_it_twice(tmp_path: Path) -> None:
    assert declared(tmp_path, f"{HEAD},2024-02-01,2024-02-01,Fest,ereignis,\n").height == 1


def test_a_missing_column_is_said(tmp_path: Path) -> None:
    with pytest.raises(PreparationError) as error:
        declared(tmp_path, "areas,from,title,kind,link\n")
    assert [f.rule for f in error.value.findings] == ["column_missing"]


def shown(root: Path, text: str | None, monkeypatch: pytest.MonkeyPatch) -> releases.Release:
    """The published release of the small city with a table of events."""
    return release_of(small_city.write(root), text, monkeypatch)


def release_of(folder: Path, text: str | None, monkeypatch: pytest.MonkeyPatch) -> releases.Release:
    """The same of a city folder, beside which the releases lie."""
    root = folder.parent
    if text is not None:
        (folder / events.FILE).write_text(text, encoding="utf-8")
    made = builds.build(folder, folder / "deliveries", "public", [])
    written = release.write(made, root / "releases", release.Made("Erste Person"))
    publishing.publish(root / "releases", written.path.name, "Zweite Person")
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(root / "releases"))
    return releases.current()


def test_the_release_holds_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = shown(tmp_path, TABLE, monkeypatch)
    assert pl.read_parquet(made.folder / "events.parquet").rows() == ROWS
    assert loaded.of(made, "001") == (FAIR, MARKET)
    assert loaded.of(made, "002") == (FAIR, NURSERY)
    assert loaded.of(made, "004") == (FAIR,)
    assert profiles.of(made, "001").events == (FAIR, MARKET)


@pytest.mark.parametrize("text", [None, HEAD])
def test_a_release_without_them_is_readable(
    text: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = shown(tmp_path, text, monkeypatch)
    assert "events.parquet" not in made.manifest["files"]
    assert loaded.of(made, "001") == ()


def test_wrong_events_are_no_release(tmp_path: Path) -> None:
    folder = small_city.write(tmp_path)
    (folder / events.FILE).write_text(f"{HEAD}001,bald,,Fest,ereignis,\n", encoding="utf-8")
    with pytest.raises(PreparationError) as error:
        builds.build(folder, folder / "deliveries", "public", [])
    assert [str(f.rule) for f in error.value.findings] == ["event_date"]


@pytest.mark.parametrize(
    ("start", "end", "kind", "words"),
    [
        ("2022-05-01", "2024-04-30", "projekt", "01.05.2022 bis 30.04.2024"),
        ("2023-08-01", "", "einrichtung", "ab 01.08.2023"),
        ("2023-09-02", "", "ereignis", "02.09.2023"),
        ("2023-09-02", "2023-09-02", "projekt", "02.09.2023"),
    ],
)
def test_when_it_was_in_words(start: str, end: str, kind: str, words: str) -> None:
    assert Event("", start, end, "Fest", kind, "").when == words


def test_the_page_names_days_title_kind_and_leads_on(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(st, "html", told.append)
    happenings.show((FAIR, MARKET, Event("001", "2024-01-01", "", "<b>", "projekt", "")), {})
    assert told == [
        '<ul class="qp-list"><li>02.09.2023: Stadtfest · Ereignis, ganze Stadt</li>'
        "<li>01.05.2022 bis 30.04.2024: "
        '<a href="https://example.org/markt?a=1&amp;b=2" target="_blank" rel="noopener">'
        "Umbau am Markt (neues Fenster)</a> · Projekt</li>"
        "<li>ab 01.01.2024: &lt;b&gt; · Projekt</li></ul>"
    ]


@pytest.mark.parametrize(
    ("day", "periods", "reference", "place"),
    [
        ("2024-07-01", {"2023-12-31", "2024-12-31"}, "date", 2023.5),
        ("2024-12-31", {"2023-12-31", "2024-12-31"}, "date", 2024),
        ("2022-12-31", {"2022", "2023"}, "year", 2022.5),
        ("2023-07-02", {"2022", "2023"}, "year", 2022.5 + 183 / 365),
        ("2024-01-31", {"2022", "2023"}, "school_year", 2024 + 31 / 366 - 13 / 12),
    ],
)
def test_where_a_day_lies_among_years(
    day: str, periods: set[str], reference: str, place: float
) -> None:
    assert model.at(day, periods, reference) == pytest.approx(place, abs=1e-9)


def test_only_what_begins_between_the_periods_is_marked() -> None:
    days = ("2023-12-30", "2023-12-31", "2024-06-01", "2025-01-01")
    known = [Event("001", day, "", "Fest", "ereignis", "") for day in days]
    periods = {"2023-12-31", "2024-12-31"}
    found = model.within(known, periods, "date")
    assert [event.start for event in found] == ["2023-12-31", "2024-06-01"]
    assert model.within(known, set(), "date") == ()


def test_the_trend_marks_the_beginning_and_claims_no_cause(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = small_city.write(tmp_path)
    small_city.workbook(folder / "deliveries" / "bestand_2022.xlsx", day="31.12.2022")
    small_city.workbook(folder / "deliveries" / "bestand_2023.xlsx", day="31.12.2023")
    made = release_of(folder, TABLE, monkeypatch)
    share = Selection("leben", "anteil_u6", "viertel", "2024-12-31", ("002",), view="entwicklung")
    view = views.view_of(made, share)
    assert view.events == (FAIR, NURSERY)
    chart = trends.trend(view)
    fair, kita = chart.data["events"].select("year", "text", "align", "dy").rows()
    assert fair[1] == "Stadtfest"
    year, text, align, dy = kita
    assert (text, align, dy) == ("Neue Kita", "left", -40)
    assert year == pytest.approx(2022 + 213 / 365, abs=1e-9)
    drawn = [layer for layer in chart.spec["layer"] if layer.get("data") == {"name": "events"}]
    assert [layer["mark"]["type"] for layer in drawn] == ["rule", "text"]
    assert "strokeDash" not in drawn[0]["mark"]
    said = [
        "Stadtfest (ganze Stadt): 02.09.2023.",
        "Neue Kita (Berg): ab 01.08.2023.",
        "Das zeigt keinen ursächlichen Zusammenhang.",
    ]
    assert caveats.happened(view) == said
    assert " ".join(said) in wording.alternative("Entwicklung", view, over_time=True)
    assert said[0] in pictures.still(view, made).lines
    whole = Selection("leben", "anteil_u6", "stadt", "2024-12-31", view="entwicklung")
    assert views.view_of(made, whole).events == (FAIR,)


@pytest.mark.parametrize(("level", "areas"), [("viertel", ("004",)), ("stadt", ("000",))])
def test_without_an_event_between_its_periods_a_trend_says_nothing(
    level: str, areas: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = shown(tmp_path, TABLE, monkeypatch)
    view = views.view_of(made, Selection("leben", "anteil_u6", level, "2024-12-31", areas))
    assert view.events == () and caveats.happened(view) == []
    assert "events" not in trends.trend(view).data
