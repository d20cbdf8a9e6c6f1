"""Corrections, breaks and the trail as readers get them: every figure worked out by hand.

Au had 22 children under 6 of 794 people in 2023 (2,8 %), corrected to 27 of 799 (3,4 %); the
city 45 of 2.314 (1,9 %), corrected to 50 of 2.319 (2,2 %).
"""

from __future__ import annotations

import csv
import io
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from components import (
    catalogue,
    exports,
    framing,
    spreadsheets,
    tables,
    trail_tables,
    trends,
    view_described,
)
from loaders import history as history_of
from loaders import indicators, releases, trails, views
from loaders.datasets import datasets
from model import caveats, formats, history, trail, wording
from model.catalog import Indicator
from model.selection import Selection
from model.view import View
from prepare import release as prepared
from test_model import indicator

THEN = "2023-12-31"
SHARE = Selection("leben", "anteil_u6", "viertel", THEN, ("001",))
PERCENT = "\N{NO-BREAK SPACE}%"
CENSUS = (
    "Umbruch 2024: Zensus. Die Fortschreibung hat eine neue Basis. "
    "Werte davor und danach sind nur eingeschränkt vergleichbar."
)
VALLEY = (
    "Umbruch 2023: Gebietsänderung (Tal). Ein Teil von Wall kam zum Tal. "
    "Werte davor und danach sind nur eingeschränkt vergleichbar."
)


AU = ("viertel", "001", THEN)


def share_of(release: releases.Release) -> Indicator:
    return release.catalog.indicators["anteil_u6"]


@pytest.fixture
def release(revised_releases: Path, monkeypatch: pytest.MonkeyPatch) -> releases.Release:
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(revised_releases))
    return releases.current()


@pytest.fixture
def view(release: releases.Release) -> View:
    return views.view_of(release, SHARE)


@pytest.fixture
def before(release: releases.Release) -> View:
    """The same view as it was published first."""
    return views.view_of(release, replace(SHARE, first=True))


def test_a_corrected_value_knows_what_was_published_first(view: View, before: View) -> None:
    (au,) = view.chosen
    assert (au.status, au.revised) == ("revised", True)
    assert au.value == pytest.approx(2700 / 799)
    assert au.first == pytest.approx(2200 / 794)
    assert caveats.corrected(view.indicator, au) == "berichtigt; zuerst veröffentlicht: 2,8"
    assert [f.area.id for f in view.figures if f.revised] == ["001"]
    (then,) = before.chosen
    assert then.value == pytest.approx(2200 / 794)
    assert (then.status, then.first) == ("ok", None)
    assert before.city_figure and before.city_figure.value == pytest.approx(4500 / 2314)


def test_first_values_are_announced_wherever_they_are_shown(view: View, before: View) -> None:
    note = "Gezeigt sind die Werte, wie sie zuerst veröffentlicht wurden, ohne spätere"
    assert caveats.edition(view) == ""
    assert caveats.edition(before).startswith(note)
    assert any(line.startswith(note) for line in wording.footer(before))
    assert "_erst_" in exports.file_name(before)
    assert not any(line.startswith("r = ") for line in caveats.sentences(before))
    svg = framing.svg(
        view_described.of_view(replace_view(before, "entwicklung"), releases.current())
    )
    assert note[:40] in svg


def replace_view(view: View, kind: str) -> View:
    return replace(view, selection=replace(view.selection, view=kind))


def test_only_indicators_with_corrections_offer_the_first_values(
    release: releases.Release, minden_releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert indicators.scope(release, release.catalog.indicators["anteil_u6"]).revised
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(minden_releases))
    never = releases.current()
    assert not indicators.scope(never, never.catalog.indicators["kinderarmut_u15"]).revised


def test_sentences_name_every_break_and_every_correction(view: View) -> None:
    assert caveats.sentences(view) == [
        VALLEY,
        CENSUS,
        "r = berichtigt; zuerst veröffentlicht: Au 31.12.2023: 2,8; Klein 31.12.2023: 1,9.",
    ]
    # The trend speaks of what it draws in front: Au and the city, not Tal.
    told = caveats.sentences(view, caveats.in_front(view))
    assert told[0] == CENSUS and told[1].startswith("Hohler Punkt = berichtigt; ")
    assert caveats.short(view, {"001"}) == "Umbruch 2024: Zensus; mehr unter „Entwicklung“"
    words = wording.alternative("Entwicklung", view, over_time=True)
    assert CENSUS in words
    assert f"Au: 3,4{PERCENT} (berichtigt; zuerst veröffentlicht: 2,8)." in words


def test_the_trend_breaks_its_lines_and_hollows_corrected_points(view: View) -> None:
    data = trends.trend(view).data
    assert data["breaks"].select("year", "text").rows() == [(2023.5, "Umbruch 2024: Zensus")]
    hollow = data["hollow"].select("name", "year", "told").rows()
    assert sorted(hollow) == [
        ("Au", 2023, "3,4 (berichtigt; zuerst veröffentlicht: 2,8)"),
        ("Klein", 2023, "2,2 (berichtigt; zuerst veröffentlicht: 1,9)"),
    ]
    parts = view.series.sort("period").group_by("area", maintain_order=True).agg("part")
    assert dict(parts.rows()) == {
        "001": [0, 0, 1],
        "002": [0, 0, 1],
        "003": [0, 1, 2],
        "004": [0, 0, 1],
        "000": [0, 0, 1],
    }
    small = trends.small_trend(view).data
    assert small["span"].sort("year")["part"].to_list() == [0, 0, 1]
    valley = views.view_of(releases.current(), replace(SHARE, areas=("003",)))
    assert trends.trend(valley).data["breaks"]["year"].to_list() == [2022.5, 2023.5]


def test_tables_mark_corrections_and_breaks(view: View) -> None:
    current = tables.current(view)
    heads = [column["title"] for column in current["columns"]]
    assert heads[2:4] == ["Zeichen", "zuerst veröffentlicht"]
    rows = {row["cells"][0]: row["cells"] for row in current["rows"]}
    assert rows["Au"][1:4] == ["3,4", "r", "2,8"]
    assert rows["Berg"][2:4] == ["", ""]
    series = {row["cells"][0]: row for row in tables.series(view)["rows"]}
    assert series["Au"]["cells"][1:] == ["2,8", "3,4 r", "2,8"]
    # Columns run from new to old; the line stands right of the first period of the new series.
    assert (series["Au"]["broken"], series["Tal"]["broken"]) == ([1], [1, 2])


def changed(release: releases.Release, folder: Path, name: str, frame: pl.DataFrame) -> Any:
    """The release with another frame in one of its files."""
    shutil.copytree(release.folder, folder)
    frame.write_parquet(folder / name)
    entry = prepared.entry((folder / name).read_bytes())
    files = {**release.manifest["files"], name: entry}
    return replace(release, folder=folder, manifest={**release.manifest, "files": files})


def test_what_was_replaced_before_any_release_was_not_published_first(
    release: releases.Release, tmp_path: Path
) -> None:
    """Au's 22 children stood in a file only: 27 is corrected, but was published first."""
    known = history_of.vintages(release)
    assert not known.is_empty()
    never = known.with_columns(release=pl.lit(None, pl.String), published=pl.lit(None, pl.String))
    other = changed(release, tmp_path / "r", "vintages.parquet", never)
    (au,) = views.view_of(other, SHARE).chosen
    assert (au.status, au.first) == ("revised", None)
    assert caveats.corrected(share_of(other), au) == "berichtigt"
    (then,) = views.view_of(other, replace(SHARE, first=True)).chosen
    assert then.value == pytest.approx(2700 / 799)
    table = trail_tables.vintages(other, trails.trail_of(other, share_of(other), *AU).cells)
    assert {row["cells"][6] for row in table["rows"]} == {"nie veröffentlicht"}


def test_a_revision_is_no_break(view: View) -> None:
    other = replace(view, breaks=(history.Break("", THEN, "revision", "Zensus: Rückrechnung"),))
    assert caveats.sentences(other)[0] == "Ab 2023: Zensus. Rückrechnung."
    assert "Umbruch" not in exports.rows(other).columns


def test_files_tell_what_was_published_first_and_where_series_break(view: View) -> None:
    text = spreadsheets.csv(exports.data(view)).decode("utf-8-sig")
    rows = {
        (row["Gebiet"], row["Zeitpunkt"]): row
        for row in csv.DictReader(io.StringIO(text), delimiter=";")
    }
    corrected = rows["Au", THEN]
    assert (corrected["Wert"], corrected["Zuerst veröffentlicht"]) == ("3,4", "2,8")
    assert (corrected["Status"], corrected["Umbruch"]) == ("berichtigt", "")
    assert rows["Au", "2024-12-31"]["Umbruch"] == "Umbruch 2024: Zensus"
    assert rows["Tal", THEN]["Umbruch"] == "Umbruch 2023: Gebietsänderung"
    assert CENSUS in next(iter(rows.values()))["Hinweise"]
    book = openpyxl.load_workbook(
        io.BytesIO(spreadsheets.xlsx(exports.data(view).linked("http://stadt/")))
    )
    head, *cells = book["Werte"].iter_rows(values_only=True)
    numbers = [row[head.index("Zuerst veröffentlicht")] for row in cells]
    assert sorted(n for n in numbers if n is not None) == [1.9, 2.8]
    assert CENSUS in [cell.value for cell in book["Angaben"]["B"]]


def test_every_footer_cites_the_stand_of_the_delivery(view: View) -> None:
    assert "Stand der Lieferung: 05.03.2025" in wording.footer(view)[1]


# ------------------------------------------------------------------------------- the trail


def test_a_number_leads_back_to_its_cells(release: releases.Release) -> None:
    share = release.catalog.indicators["anteil_u6"]
    found = trails.trail_of(release, share, "viertel", "001", THEN)
    assert trail.formula(share, found) == [f"3,4{PERCENT} = 100 × 27 ÷ 799"]
    children, people = found.cells
    # The children are made of boys and girls; everybody stands in the column Insgesamt.
    assert (children.file, people.file) == (None, "bestand_2023.xlsx")
    assert (people.row, formats.column(people.column or 0)) == (6, "J")
    parts = trails.parts(release, children)
    assert [(p.sex, p.value, p.row, p.column) for p in parts] == [
        ("m", 15, 6, 2),
        ("w", 12, 6, 3),
    ]
    table = trail_tables.cells(release, "Teile", parts)
    assert [row["cells"][0] for row in table["rows"]] == [
        "Einwohner, unter 6 Jahre, männlich",
        "Einwohner, unter 6 Jahre, weiblich",
    ]
    assert table["rows"][0]["cells"][5:] == ["bestand_2023.xlsx", "Bestand", "6", "B (2)"]
    (boys,) = trails.vintages(release, parts[0])
    assert (boys.value, boys.file, boys.row, boys.column) == (10, "bestand_2023.xlsx", 6, 2)


def test_a_denominator_is_the_newest_that_is_whole(
    release: releases.Release, tmp_path: Path
) -> None:
    """All people of 2023 were counted in June only, the ages in December."""
    people = pl.read_parquet(release.folder / "counts/residents.parquet")
    everybody = pl.col("period").eq(THEN) & pl.all_horizontal(
        pl.col("age", "sex", "nationality") == "total"
    )
    june = pl.when(everybody).then(pl.lit("2023-06-30")).otherwise("period")
    name = "counts/residents.parquet"
    other = changed(release, tmp_path / "r", name, people.with_columns(period=june))
    found = trails.trail_of(other, share_of(other), *AU)
    assert [cell.period for _factor, cell in found.denominator] == ["2023-06-30"]
    assert trail.formula(share_of(other), found) == [f"3,4{PERCENT} = 100 × 27 ÷ 799"]


def test_a_sum_over_areas_names_its_areas(release: releases.Release) -> None:
    people = release.catalog.indicators["einwohner"]
    north = trails.trail_of(release, people, "bezirk", "10", "2024-12-31")
    assert trail.formula(people, north) == ["1.830\N{NO-BREAK SPACE}Personen"]
    parts = trails.parts(release, north.cells[0])
    assert [(p.area, p.value) for p in parts] == [("001", 794), ("002", 1036)]
    table = trail_tables.cells(release, "Teile", parts)
    assert [row["cells"][0] for row in table["rows"]] == ["Au", "Berg"]
    files = trail_tables.sources(release, parts)["rows"]
    (row,) = files
    assert row["cells"][:5] == [
        "bestand_2024.xlsx",
        "Einwohnerbestand",
        "Bürgeramt",
        "05.03.2025",
        "CC0 1.0",
    ]
    digest = row["cells"][5]
    assert len(digest["more"]) == 64 and digest["more"].startswith(digest["text"].rstrip("…"))


def test_ages_are_split_into_the_finest_groups_that_fill_them() -> None:
    def cell(age: str, value: float) -> trail.Cell:
        place = ("viertel", "001", THEN, age, "total", "total", value, "ok", "d", "f", "", 1, 1)
        return trail.Cell("residents", *place)

    others = [cell("0-2", 3), cell("3-5", 4), cell("0-5", 7), cell("6+", 9), cell("4", 1)]
    whole = replace(cell("total", 16), file=None)
    ages, *_rest = trail.categories(whole, [whole, *others])
    # Age 4 lies within 3-5, so 3-5 is no finest group, and the rest does not add up.
    assert [part.age for part in ages] == ["0-2", "4", "6+"]
    assert trail.summands(whole, [ages]) == ()
    ages, *_rest = trail.categories(whole, others[:4])
    assert [part.age for part in trail.summands(whole, [ages])] == ["0-2", "3-5", "6+"]


def test_terms_are_subtracted_and_missing_cells_said() -> None:
    def cell(measure: str, value: float | None, status: str) -> trail.Cell:
        keys = (measure, "viertel", "001", "2024", "total", "total", "total")
        return trail.Cell(*keys, value, status, "d", "f", "", 1, 1)

    balance = indicator(
        unit="Personen",
        per=1,
        denominator=[],
        numerator=[{"measure": "in"}, {"measure": "out", "factor": -1}],
    )
    cells = [cell("in", 40, "ok"), cell("out", 55, "ok")]
    known = trail.Trail(-15, "ok", trail.terms(cells, balance.numerator), ())
    assert trail.formula(balance, known)[0].endswith("= 40 \N{MINUS SIGN} 55")
    hidden = [cells[0], cell("out", None, "suppressed")]
    unknown = trail.Trail(None, "suppressed", trail.terms(hidden, balance.numerator), ())
    assert trail.formula(balance, unknown) == [
        "geheim gehalten = 40 \N{MINUS SIGN} (geheim gehalten)"
    ]


# ------------------------------------------------------------------------- the data catalogue


def test_the_catalogue_says_stand_next_delivery_and_files(release: releases.Release) -> None:
    found = datasets(release)["bestand"]
    assert (found.stand, found.expected, len(found.files)) == ("2025-03-05", "2025-02", 3)
    assert found.themes == {"leben"} and found.measures == ("Einwohner",)
    row = catalogue.overview([found], "", date(2025, 2, 28))["rows"][0]
    assert row["cells"][4:7] == ["05.03.2025", "Februar 2025", "3"]
    late = catalogue.overview([found], "", date(2025, 3, 1))["rows"][0]
    assert late["cells"][5] == "Februar 2025 (überfällig)"
    assert [r["cells"][0] for r in catalogue.files(found)["rows"]] == [
        "bestand_2022.xlsx",
        "bestand_2023.xlsx",
        "bestand_2024.xlsx",
    ]


def test_without_a_date_the_next_delivery_is_not_announced() -> None:
    assert wording.expected("", date(2025, 1, 1)) == "nicht angekündigt"


@pytest.mark.parametrize(
    ("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (703, "AAA")]
)
def test_columns_have_the_letters_of_a_spreadsheet(number: int, letters: str) -> None:
    assert formats.column(number) == letters


def test_a_stand_that_is_no_date_is_shown_as_it_is() -> None:
    assert (formats.day("2025-03-05"), formats.day("März 2025")) == ("05.03.2025", "März 2025")


def test_breaks_outside_the_periods_or_areas_are_none_of_ours() -> None:
    frame = pl.DataFrame(
        [
            ("poor", "", "2020", "definition", "Neues Gesetz"),
            ("all", "01", "2021-12-31", "areas", ""),
            ("poor", "99", "2021", "areas", ""),
            ("other", "", "2021", "basis", ""),
            ("", "", "2022", "revision", "Zensus: Rückrechnung"),
        ],
        schema=dict.fromkeys(("measure", "area", "period", "kind", "note"), pl.String),
        orient="row",
    )
    found = history.breaks(frame, indicator())
    assert [(b.period, b.word) for b in found] == [
        ("2020", "neue Definition"),
        ("2021", "Gebietsänderung"),
        ("2021-12-31", "Gebietsänderung"),
        ("2022", "Zensus"),
    ]
    here = history.within(found, {"01", "02"}, ["2020", "2021", "2022"])
    assert [(b.period, b.interrupts) for b in here] == [("2021-12-31", True), ("2022", False)]
