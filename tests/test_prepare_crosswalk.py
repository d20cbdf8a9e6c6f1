"""Area changes: older counts become counts of today's areas, exactly or marked as estimated."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import small_city
from model import status
from model.catalog import Catalog
from prepare import areas as area_tables
from prepare import build as builds
from prepare import catalog as catalogs
from prepare import conversions, counts, crosswalk, crosswalk_checks, series_breaks
from prepare.areas import Areas
from prepare.findings import Finding, PreparationError
from small_city import change

HEAD = "measure,from,from_name,to,weight,since,kind,note\n"
Row = tuple[str, str, float | None, str]
"""area, period, value, status"""
Found = dict[tuple[str, str], tuple[float | None, str]]
RATE = '\n[[measures]]\nid = "quota"\ntitle = "Q"\nunit = "%"\nadditive = false\n'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = small_city.write(tmp_path_factory.mktemp("city"))
    with (made / "measures.toml").open("a", encoding="utf-8") as file:
        file.write(RATE)
    return made


@pytest.fixture(scope="module")
def today(folder: Path) -> tuple[Areas, Catalog]:
    catalog = catalogs.catalog(folder)
    return area_tables.areas(catalog.city, folder, folder / "deliveries", []), catalog


def changes(text: str, today: tuple[Areas, Catalog], tmp_path: Path) -> pl.DataFrame:
    path = tmp_path / "crosswalk.csv"
    path.write_text(HEAD + text, encoding="utf-8")
    areas, catalog = today
    return crosswalk.changes(path, "klein/areas/crosswalk.csv", areas.table, catalog.city)


def delivered(rows: list[Row], areas: Areas, measure: str = "births") -> pl.DataFrame:
    """Counts as they stand in rows 1, 2, ... of a file."""
    schema = {"area": pl.String, "period": pl.String, "value": pl.Float64, "status": pl.String}
    return (
        pl.DataFrame(rows, schema, orient="row")
        .join(areas.levels, on="area", how="left", maintain_order="left")
        .with_columns(
            *(pl.lit("total").alias(name) for name in ("age", "sex", "nationality")),
            measure=pl.lit(measure),
            delivery=pl.lit("d"),
            file=pl.lit("f.csv"),
            sheet=pl.lit(""),
            row=pl.int_range(1, pl.len() + 1, dtype=pl.Int64),
            column=pl.lit(2, pl.Int64),
        )
        .select(counts.SCHEMA.keys())
    )


def converted(
    text: str,
    rows: list[Row],
    today: tuple[Areas, Catalog],
    tmp_path: Path,
    measure: str = "births",
) -> tuple[Found, list[Finding]]:
    areas = replace(today[0], changes=changes(text, today, tmp_path))
    findings: list[Finding] = []
    found = conversions.converted(delivered(rows, areas, measure), areas, today[1], findings)
    assert dict(found.schema) == counts.SCHEMA
    assert set(found["level"]) <= {"viertel"}
    return {(r["area"], r["period"]): (r["value"], r["status"]) for r in found.to_dicts()}, findings


def test_merged_areas_add_up_exactly(today: tuple[Areas, Catalog], tmp_path: Path) -> None:
    text = ",A,Alt,001,,2018,merged,\n,B,Bach,001,1,2018,merged,\n"
    rows: list[Row] = [
        ("A", "2016", 7, "ok"), ("B", "2016", 5, "preliminary"),
        ("A", "2017", 4, "revised"), ("B", "2017", 0, "ok"),
        ("001", "2018", 20, "ok"), ("002", "2016", 3, "ok"),
    ]  # fmt: skip
    found, findings = converted(text, rows, today, tmp_path)
    assert findings == []
    assert found == {
        ("001", "2016"): (12, "preliminary"),
        ("001", "2017"): (4, "revised"),
        ("001", "2018"): (20, "ok"),
        ("002", "2016"): (3, "ok"),
    }


def test_split_areas_are_estimated(today: tuple[Areas, Catalog], tmp_path: Path) -> None:
    text = ",A,,001,0.25,2018,split,\n,A,,002,0.75,2018,split,\n"
    rows: list[Row] = [("A", "2017", 10, "ok"), ("A", "2016", 8, "modelled")]
    found, findings = converted(text, rows, today, tmp_path)
    assert findings == []
    assert found == {
        ("001", "2017"): (2.5, "estimated"),
        ("002", "2017"): (7.5, "estimated"),
        ("001", "2016"): (2, "modelled"),
        ("002", "2016"): (6, "modelled"),
    }


def test_a_shifted_border_keeps_both_areas(today: tuple[Areas, Catalog], tmp_path: Path) -> None:
    """A fifth of Berg came to Au in 2018; both are there before and after."""
    text = ",001,,001,1,2018,merged,\n,002,,001,0.2,2018,split,\n,002,,002,0.8,2018,split,\n"
    rows: list[Row] = [
        ("001", "2017-12-31", 100, "ok"), ("002", "2017-12-31", 50, "ok"),
        ("001", "2018-12-31", 111, "ok"), ("002", "2018-12-31", 41, "ok"),
    ]  # fmt: skip
    found, findings = converted(text, rows, today, tmp_path)
    assert findings == []
    assert found == {
        ("001", "2017-12-31"): (110, "estimated"),
        ("002", "2017-12-31"): (40, "estimated"),
        ("001", "2018-12-31"): (111, "ok"),
        ("002", "2018-12-31"): (41, "ok"),
    }


@pytest.mark.parametrize("worst", ["suppressed", "not_collected", "unreliable"])
def test_a_missing_part_makes_the_result_missing(
    worst: str, today: tuple[Areas, Catalog], tmp_path: Path
) -> None:
    text = ",A,,001,,2018,merged,\n,B,,001,0.5,2018,split,\n,B,,002,0.5,2018,split,\n"
    rows: list[Row] = [("A", "2017", 7, "ok"), ("B", "2017", None, worst)]
    found, _ = converted(text, rows, today, tmp_path)
    assert found == {("001", "2017"): (None, worst), ("002", "2017"): (None, worst)}


def test_renamed_counts_keep_their_place(today: tuple[Areas, Catalog], tmp_path: Path) -> None:
    areas = replace(today[0], changes=changes(",A,,003,,2018-07-01,renamed,\n", today, tmp_path))
    rows: list[Row] = [("A", "2017-12-31", 7, "ok"), ("A", "2018-06-30", 8, "ok")]
    found = conversions.converted(delivered(rows, areas), areas, today[1], [])
    assert found.select("area", "value", "file", "row", "column").rows() == [
        ("003", 7, "f.csv", 1, 2),
        ("003", 8, "f.csv", 2, 2),
    ]


@pytest.mark.parametrize(
    ("since", "period", "is_before"),
    [
        ("2018", "2017", True),
        ("2018", "2018", False),
        ("2018", "2017-12-31", True),
        ("2018", "2018-01-01", False),
        ("2018-07-01", "2018-06-30", True),
        ("2018-07-01", "2018-12-31", False),
        ("2018-07-01", "2018", False),
        ("2018-01-01", "2017", True),
    ],
)
def test_since_when(
    since: str, period: str, is_before: bool, today: tuple[Areas, Catalog], tmp_path: Path
) -> None:
    """A year counts as its end: the areas of its 31 December."""
    rows: list[Row] = [("A", period, 7, "ok")]
    found, findings = converted(f",A,,003,,{since},renamed,\n", rows, today, tmp_path)
    assert found == ({("003", period): (7, "ok")} if is_before else {})
    assert [finding.rule for finding in findings] == ([] if is_before else ["crosswalk_late"])


def test_chains_lead_to_today(today: tuple[Areas, Catalog], tmp_path: Path) -> None:
    """A and B became C in 2010; C was split in 2018."""
    text = (
        ",C,,001,0.4,2018,split,\n,C,,002,0.6,2018,split,\n"
        ",A,,C,,2010,merged,\n,B,,C,,2010,merged,\n"
    )
    rows: list[Row] = [("A", "2005", 6, "ok"), ("B", "2005", 4, "ok"), ("C", "2012", 20, "ok")]
    found, findings = converted(text, rows, today, tmp_path)
    assert findings == []
    assert found == {
        ("001", "2005"): (4, "estimated"),
        ("002", "2005"): (6, "estimated"),
        ("001", "2012"): (8, "estimated"),
        ("002", "2012"): (12, "estimated"),
    }


def test_a_measure_may_have_its_own_weights(today: tuple[Areas, Catalog], tmp_path: Path) -> None:
    text = (
        ",A,,001,0.5,2018,split,\n,A,,002,0.5,2018,split,\n"
        "births,A,,001,0.1,2018,split,\nbirths,A,,002,0.9,2018,split,\n"
    )
    rows: list[Row] = [("A", "2017", 10, "ok")]
    births, _ = converted(text, rows, today, tmp_path)
    residents, _ = converted(text, rows, today, tmp_path, "residents")
    assert [births[area, "2017"][0] for area in ("001", "002")] == [1, 9]
    assert [residents[area, "2017"][0] for area in ("001", "002")] == [5, 5]


def test_incomplete_parts_make_no_count(today: tuple[Areas, Catalog], tmp_path: Path) -> None:
    text = ",A,,001,,2018,merged,\n,B,,001,,2018,merged,\n"
    found, findings = converted(text, [("A", "2017", 7, "ok")], today, tmp_path)
    assert found == {}
    [finding] = findings
    assert (finding.rule, finding.grade) == ("crosswalk_incomplete", "warning")
    assert '"births" (2017): Werte für 1 von 2 früheren Gebieten' in finding.message


def test_absent_rows_that_mean_zero_complete_the_parts(
    today: tuple[Areas, Catalog], tmp_path: Path
) -> None:
    """The zero a recipe puts in for a row nobody delivered stands in no file."""
    text = ",A,,001,,2018,merged,\n,B,,001,,2018,merged,\n"
    areas = replace(today[0], changes=changes(text, today, tmp_path))
    rows: list[Row] = [("A", "2017", 7, "ok"), ("001", "2017", 0, "ok"), ("002", "2017", 0, "ok")]
    placed = delivered(rows, areas)
    absent = pl.col("area") != "A"
    frame = placed.with_columns(pl.when(~absent).then(name).alias(name) for name in counts.PLACE)
    findings: list[Finding] = []
    found = conversions.converted(frame, areas, today[1], findings)
    assert findings == []
    assert found.select("area", "value").rows() == [("001", 7), ("002", 0)]


def test_a_count_of_today_that_says_otherwise(today: tuple[Areas, Catalog], tmp_path: Path) -> None:
    """Berg took in B, but the row that Berg itself was there before is missing."""
    text = ",B,,002,,2018,merged,\n"
    rows: list[Row] = [("B", "2017", 3, "ok"), ("002", "2017", 40, "ok")]
    _, findings = converted(text, rows, today, tmp_path)
    [finding] = findings
    assert (finding.rule, finding.grade) == ("crosswalk_both", "error")
    assert "Geliefert ist 40, aus früheren Gebieten umgerechnet 3." in finding.message
    right, findings = converted(text + ",002,,002,,2018,merged,\n", rows, today, tmp_path)
    assert (right, findings) == ({("002", "2017"): (43, "ok")}, [])
    same: list[Row] = [("B", "2017", 3, "ok"), ("002", "2017", 3, "ok")]
    assert converted(text, same, today, tmp_path) == ({("002", "2017"): (3, "ok")}, [])


def test_rates_can_only_be_renamed(today: tuple[Areas, Catalog], tmp_path: Path) -> None:
    rows: list[Row] = [("A", "2017", 12.5, "ok")]
    renamed, findings = converted(",A,,001,,2018,renamed,\n", rows, today, tmp_path, "quota")
    assert (renamed, findings) == ({("001", "2017"): (12.5, "ok")}, [])
    text = ",A,,001,0.5,2018,split,\n,A,,002,0.5,2018,split,\n"
    found, findings = converted(text, rows, today, tmp_path, "quota")
    assert found == {}
    assert {f.rule for f in findings} == {"crosswalk_not_additive"}
    assert {f.grade for f in findings} == {"warning"}


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        ("leute,A,,001,1,2018,merged,", "measure_unknown", '"leute"'),
        (",A,,007,1,2018,merged,", "area_unknown", '"007" gibt es weder heute noch später'),
        (",,,001,1,2018,merged,", "area_incomplete", "from oder to fehlt"),
        (",A,,001,0.7,2018,split,", "crosswalk_weights", "ergeben 0.7 statt 1"),
        (",A,,001,0.7,2018,split,\n,A,,002,0.4,2018,split,", "crosswalk_weights", "1.1 statt 1"),
        (',A,,001,"0,7",2018,split,', "number_wrong", '"0,7" ist kein Gewicht'),
        (",A,,001,0.0,2018,split,", "number_wrong", '"0.0" ist kein Gewicht'),
        (",A,,001,1,Januar,merged,", "period_unknown", '"Januar" ist kein Zeitpunkt'),
        (",A,,001,1,2018,moved,", "crosswalk_kind", "merged, split, renamed"),
        (",A,,001,1,2018,split,", "crosswalk_kind", "split verlangt ein Gewicht unter 1"),
        (",A,,001,1,2018,renamed,\n,B,,001,1,2018,merged,", "crosswalk_kind", "genau ein früheres"),
        (",001,,001,1,2018,renamed,", "crosswalk_kind", "genau ein früheres"),
        (",A,,001,.5,2018,split,", "number_wrong", '".5"'),
        (",A,,001,1,2018,merged,\n,A,,001,1,2018,merged,", "row_doubled", "schon weiter oben"),
        (",001,,002,1,2010,merged,\n,002,,001,1,2018,merged,", "crosswalk_cycle", "im Kreis: 00"),
        (",A,,001,0.5,2018,split,\n,A,,10,0.5,2018,split,", "crosswalk_level", "bezirk, viertel"),
        (",A,,B,1,2018,merged,\n,B,,001,1,2010,merged,", "area_unknown", '"B" gibt es weder'),
    ],
)
def test_what_is_wrong_with_a_crosswalk(
    text: str, rule: str, words: str, today: tuple[Areas, Catalog], tmp_path: Path
) -> None:
    with pytest.raises(PreparationError) as error:
        changes(f"{text}\n", today, tmp_path)
    found = [finding for finding in error.value.findings if finding.rule == rule]
    assert found, error.value.findings
    assert words in str(found[0])
    assert found[0].file == "klein/areas/crosswalk.csv"


def test_breaks_of_area_changes(today: tuple[Areas, Catalog], tmp_path: Path) -> None:
    text = (
        ",A,,C,,2010,merged,\n,B,,C,,2010,merged,\n"
        ",C,,001,,2015,renamed,\n"
        "births,D,,002,0.5,2018,split,Teilung 2018\nbirths,D,,003,0.5,2018,split,Teilung 2018\n"
    )
    found = crosswalk.breaks(changes(text, today, tmp_path))
    assert dict(found.schema) == series_breaks.SCHEMA
    assert found.rows() == [
        ("", "001", "2010", "areas", "Neuer Gebietszuschnitt, umgerechnet aus A, B."),
        ("births", "002", "2018", "areas", "Teilung 2018"),
        ("births", "003", "2018", "areas", "Teilung 2018"),
    ]


BREAKS = "measure,area,period,kind,note\n"


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("leute,,2018,definition,Neu", "measure_unknown"),
        (",007,2018,areas,Neu", "area_unknown"),
        (",,bald,basis,Neu", "period_unknown"),
        (",,2018,sonst,Neu", "break_kind"),
        (",,2018,basis,", "value_empty"),
        (",,2018,basis,Neu\n,,2018,basis,Neu", "row_doubled"),
    ],
)
def test_what_is_wrong_with_breaks(
    row: str, rule: str, today: tuple[Areas, Catalog], tmp_path: Path
) -> None:
    path = tmp_path / "breaks.csv"
    path.write_text(f"{BREAKS}{row}\n", encoding="utf-8")
    with pytest.raises(PreparationError) as error:
        series_breaks.declared(path, "breaks.csv", today[1].measures.keys(), today[0].ids)
    assert [finding.rule for finding in error.value.findings] == [rule]


OLD = """
id = "alt"
title = "Geburten bis 2023"
office = "Bürgeramt"
source = "amt"
basis = "Wohnort"
each_row_is = "ein Viertel in einem Jahr"
files = "alt.csv"

[[tables]]
period = { column = "jahr" }
area = { column = "viertel", names = true, level = "viertel" }
value = "geburten"

[[tables.rows]]
where = { art = "lebend" }
measure = "births"
"""


def test_from_the_delivery_to_the_release(tmp_path: Path) -> None:
    """Names of former areas are read; they never appear in the release."""
    folder = small_city.write(tmp_path)
    (folder / "areas/crosswalk.csv").write_text(
        HEAD + ",A,Altes Dorf,001,0.5,2024,split,\n,A,Altes Dorf,002,0.5,2024,split,\n"
    )
    (folder / "breaks.csv").write_text(BREAKS + "residents,,2024-12-31,basis,Neues Register\n")
    (folder / "recipes/alt.toml").write_text(OLD, encoding="utf-8")
    (folder / "deliveries/alt.csv").write_text(
        "viertel;jahr;art;geburten\n05 ALTES_DORF;2023;lebend;9\nTal;2023;lebend;4\n"
        "Wall;2023;lebend;1\nAu;2024;lebend;2\nBerg;2024;lebend;3\nTal;2024;lebend;4\n"
        "Wall;2024;lebend;5\n",
        encoding="utf-8",
    )
    findings: list[Finding] = []
    seen = builds.examined(folder, folder / "deliveries", findings)
    assert [(f.rule, f.grade) for f in findings] == [("area_name_normalised", "hint")]
    assert '"05 ALTES_DORF" wurde als Gebiet A erkannt' in findings[0].message
    assert dict(seen.areas.former) == {"A": "Altes Dorf"}
    births = seen.found.filter(pl.col("measure") == "births")
    told = {(r["area"], r["period"]): (r["value"], r["status"]) for r in births.to_dicts()}
    assert told["001", "2023"] == (4.5, "estimated")
    assert told["10", "2023"] == (9, "estimated")
    assert told["000", "2023"] == (14, "estimated")
    assert told["000", "2024"] == (14, "ok")
    assert seen.breaks.rows() == [
        ("residents", "", "2024-12-31", "basis", "Neues Register"),
        ("", "001", "2024", "areas", "Neuer Gebietszuschnitt, umgerechnet aus A."),
        ("", "002", "2024", "areas", "Neuer Gebietszuschnitt, umgerechnet aus A."),
    ]
    made = builds.build(folder, folder / "deliveries", "public", [])
    for path, frame in made.frames.items():
        if "area" in frame.columns:
            assert "A" not in set(frame["area"]), path
    assert made.deliveries["alt"]["levels"] == ["viertel"]


def test_a_name_is_recognised_once_per_file(tmp_path: Path) -> None:
    """Two tables of one file name the quarter the same way, and two files do."""
    folder = small_city.write(tmp_path)
    table = OLD[OLD.index("[[tables]]") :]
    second = table.replace('"births"', '"residents"').replace('"geburten"', '"leute"')
    first = OLD.replace("alt.csv", "alt*.csv")
    (folder / "recipes/alt.toml").write_text(first + second, encoding="utf-8")
    for year in ("2022", "2023"):
        rows = f"01 AU;{year};lebend;9;90\nTal;{year};lebend;4;40\n"
        (folder / f"deliveries/alt{year}.csv").write_text(
            f"viertel;jahr;art;geburten;leute\n{rows}"
        )
    findings: list[Finding] = []
    builds.examined(folder, folder / "deliveries", findings)
    told = [(f.file, f.place) for f in findings if f.rule == "area_name_normalised"]
    assert told == [("alt2022.csv", "Zeile 2, Spalte A"), ("alt2023.csv", "Zeile 2, Spalte A")]


def test_a_bad_crosswalk_stops_a_build(tmp_path: Path) -> None:
    folder = small_city.write(tmp_path)
    (folder / "areas/crosswalk.csv").write_text(HEAD + ",A,,001,0.5,2024,split,\n")
    with pytest.raises(PreparationError, match="crosswalk_weights"):
        builds.examined(folder, folder / "deliveries", [])
    change(folder / "areas/crosswalk.csv", "since", "ab")
    with pytest.raises(PreparationError, match="column_missing"):
        builds.examined(folder, folder / "deliveries", [])


# --- properties ----------------------------------------------------------------------------------

TODAY = ("001", "002", "003", "004")
OLDER, OLDEST = ("F1", "F2", "F3"), ("E1", "E2")
Parts = dict[str, dict[str, int]]
"""Thousandths of each former area by the area they went to."""


@st.composite
def spread(draw: st.DrawFn, sources: tuple[str, ...], targets: tuple[str, ...]) -> Parts:
    """Thousandths of each source by target; the first source goes everywhere."""
    found = {}
    for number, source in enumerate(sources):
        some = (
            targets if number == 0 else tuple(draw(st.sets(st.sampled_from(targets), min_size=1)))
        )
        cuts = draw(
            st.lists(
                st.integers(1, 999),
                min_size=len(some) - 1,
                max_size=len(some) - 1,
                unique=True,
            )
        )
        edges = [0, *sorted(cuts), 1000]
        parts = [high - low for low, high in itertools.pairwise(edges)]
        found[source] = dict(zip(sorted(some), parts, strict=True))
    return found


def table(weights: Parts, since: str) -> list[tuple[str, ...]]:
    return [
        ("", old, "", new, f"{part / 1000:.3f}", since, "merged" if part == 1000 else "split", "")
        for old, parts in weights.items()
        for new, part in parts.items()
    ]


def as_changes(rows: Sequence[tuple[str, ...]], today: tuple[Areas, Catalog]) -> pl.DataFrame:
    """The rows as read from a file, having passed all checks."""
    texts = dict.fromkeys(HEAD.strip().split(","), pl.String)
    read = pl.DataFrame(rows, texts, orient="row").with_row_index("row", 2)
    frame = read.cast({"row": pl.Int64})
    assert crosswalk_checks.findings(frame, "x", today[0].table, today[1].city) == []
    typed = frame.cast({"weight": pl.Float64}).select(crosswalk.SCHEMA.keys())
    return typed.sort("since", "row")


numbers = st.lists(st.integers(0, 100_000), min_size=9, max_size=9)


@settings(max_examples=40)
@given(first=spread(OLDEST, OLDER), second=spread(OLDER, TODAY), values=numbers)
def test_any_chain_of_changes_keeps_the_totals(
    first: Parts,
    second: Parts,
    values: list[int],
    today: tuple[Areas, Catalog],
) -> None:
    rows = table(second, "2018") + table(first, "2010")
    areas = replace(today[0], changes=as_changes(rows, today))
    told = dict(zip((*OLDEST, *OLDER, *TODAY), values, strict=True))
    when = {"2005": OLDEST, "2015": OLDER, "2020": TODAY}
    frame = delivered(
        [(area, year, float(told[area]), "ok") for year, ids in when.items() for area in ids],
        areas,
    )
    findings: list[Finding] = []
    found = conversions.converted(frame, areas, today[1], findings)
    assert findings == []
    sums = dict(found.group_by("period").agg(pl.col("value").sum()).iter_rows())
    for year, ids in when.items():
        assert sums[year] == pytest.approx(sum(told[area] for area in ids), abs=1e-6)
    by_hand: dict[str, float] = defaultdict(float)
    for oldest, middles in first.items():
        for middle, part in middles.items():
            for new, other in second[middle].items():
                by_hand[new] += told[oldest] * part * other / 1e6
    of_2005 = dict(found.filter(pl.col("period") == "2005").select("area", "value").iter_rows())
    assert of_2005 == pytest.approx(dict(by_hand), abs=1e-6)
    later = found.filter(pl.col("period") == "2020")
    assert later.equals(frame.filter(pl.col("period") == "2020").sort(counts.KEYS))
    assert set(found["status"]) <= {"ok", "estimated"}


@settings(max_examples=25)
@given(
    statuses=st.lists(st.sampled_from(status.ORDER), min_size=4, max_size=4),
    some=st.sets(st.sampled_from(TODAY)),
)
def test_an_identity_changes_nothing(
    statuses: list[str], some: set[str], today: tuple[Areas, Catalog]
) -> None:
    rows = [("", area, "", area, "1", "2018", "merged", "") for area in sorted(some)]
    areas = replace(today[0], changes=as_changes(rows, today))
    told: list[Row] = [
        (area, "2015", None if name in status.MISSING else 5.0, name)
        for area, name in zip(TODAY, statuses, strict=True)
    ]
    frame = delivered(told, areas).sort(counts.KEYS)
    findings: list[Finding] = []
    assert conversions.converted(frame, areas, today[1], findings).equals(frame)
    assert findings == []
