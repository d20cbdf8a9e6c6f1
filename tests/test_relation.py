"""The address of two indicators against each other, and what is drawn, counted and told of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from components import (
    described,
    matrix_files,
    pictures,
    relation_files,
    relation_tables,
    scatter,
    scatter_picture,
    spreadsheets,
)
from loaders import relations, releases
from model import contrasts, overlaps, relation
from model.correlation import Correlation
from model.relation import Relation

LEVEL = "stadtbezirk"
POVERTY, ALL = "kinderarmut_u15", "sgb2_quote"


@pytest.fixture
def minden_release(minden_releases: Path, monkeypatch: pytest.MonkeyPatch) -> releases.Release:
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(minden_releases))
    return releases.current()


@pytest.fixture
def small(revised_releases: Path, monkeypatch: pytest.MonkeyPatch) -> releases.Release:
    """Four quarters, of which one has no children under 6."""
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(revised_releases))
    return releases.current()


def test_an_address_comes_back_as_it_was_written(minden_release: releases.Release) -> None:
    offer = relations.offer(minden_release)
    assert offer
    areas = tuple(offer.areas[LEVEL])
    whole = Relation(
        POVERTY, ALL, LEVEL, "2020-12-31", "wohnen", areas, "matrix", "pearson", True, "y"
    )
    assert relation.parse(minden_release.catalog, offer, whole.query()) == (whole, [])
    plain, notices = relation.parse(minden_release.catalog, offer, {})
    assert notices == [] and plain.areas == ()
    assert relation.parse(minden_release.catalog, offer, plain.query()) == (plain, [])
    assert relation.swapped(whole).shown == whole.shown == ALL
    assert relation.swapped(relation.swapped(whole)) == whole


def test_what_does_not_exist_gives_way_with_a_notice(minden_release: releases.Release) -> None:
    offer = relations.offer(minden_release)
    assert offer
    bad = {
        "darstellung": "<script>",
        "x": "gibtesnicht",
        "y": POVERTY,
        "ebene": "../..",
        "zeit": "2024-02-30x",
        "gebiet": "01,99,<b>,01",
        "auf_karte": "z",
        "spur": "1",
        "thema": "",
        "koeffizient": "kendall",
    }
    found, notices = relation.parse(minden_release.catalog, offer, bad)
    assert found.y == POVERTY and found.x != POVERTY and found.areas == ("01",)
    assert (found.picture, found.mapped, found.trail) == ("punkte", "x", False)
    assert len(notices) == 8
    assert not any(value in notice for notice in notices for value in ("<", "99", "kendall"))
    same, notices = relation.parse(minden_release.catalog, offer, {"x": POVERTY, "y": POVERTY})
    assert same.y != POVERTY and len(notices) == 1


def test_steps_are_what_both_have() -> None:
    dates, years = ("2019-12-31", "2021-06-30", "2021-12-31"), ("2019", "2020", "2021")
    assert relation.steps(dates, dates) == dates
    assert relation.steps(dates, years) == ("2019", "2021")
    assert relation.at("2021", dates) == "2021-12-31"
    assert relation.at("2021", years) == "2021"
    assert relation.steps(("2001",), dates) == (relation.NEWEST,)
    assert relation.at(relation.NEWEST, dates) == "2021-12-31"


def test_marks_are_toggled_one_by_one() -> None:
    one = Relation("a", "b", "l", "2024", "t", ("01", "02"))
    assert relation.toggled(one, "03").areas == ("01", "02", "03")
    assert relation.toggled(one, "01").areas == ("02",)
    few, many = scatter.marks(("a", "b")), scatter.marks(tuple("abcde"))
    assert len(set(few.values())) == 2 and len(set(many.values())) == 1


def test_a_district_with_zero_is_a_point_at_zero(small: releases.Release) -> None:
    chosen = Relation("einwohner", "anteil_u6", "viertel", "2024-12-31", "leben", ("003",))
    pair = relations.pairing(small, chosen)
    assert pair.found.n == 4
    drawn = scatter.data(pair, chosen)
    points = {one["id"]: one for one in drawn["points"]}
    assert points["003"]["y"] == 0 and points["003"]["x"] == 110
    assert drawn["y"]["low"] == 0
    # Residents 794, 1036, 110, 374: areas of circles, the largest first.
    assert [one["id"] for one in drawn["points"]] == ["002", "001", "004", "003"]
    assert points["003"]["share"] == pytest.approx(110 / 1036)
    assert relation_tables.table(pair, chosen)["rows"][0]["id"] == "003", "the marked one first"
    frame = relation_files.frame(pair)
    column = "y: Unter 6, % (31.12.2024)"
    assert frame[column].to_list() == [pytest.approx(2.8), 0.3, 0.0, 5.3]
    drawn_too = scatter_picture.chart(pair, chosen, 800).data["marked"]
    assert drawn_too.filter(name="Tal").row(0)[1:4] == (110.0, 0.0, 110.0)
    svg = described.drawing(pictures.bare(scatter_picture.still(pair, chosen)))
    assert ">Tal<" in svg
    text = spreadsheets.csv(relation_files.data(pair, small)).decode("utf-8-sig")
    assert '"003";"Tal"' in text and ';"0,0";' in text


def test_ways_are_parted_where_series_break(small: releases.Release) -> None:
    chosen = Relation("anteil_u6", "einwohner", "viertel", "2024-12-31", "leben", ("001", "003"))
    found = relations.ways(relations.pairing(small, chosen), chosen.areas)
    steps = {area: [[stop.step[:4] for stop in run] for run in way] for area, way in found.items()}
    # A new basis in 2024 for all, other borders of 003 in 2023.
    assert steps == {"001": [["2022", "2023"], ["2024"]], "003": [["2022"], ["2023"], ["2024"]]}


def test_pairs_lack_only_what_is_missing(minden_release: releases.Release) -> None:
    chosen = Relation(POVERTY, ALL, LEVEL, "2024-12-31", "existenzsicherung")
    pair = relations.pairing(minden_release, chosen)
    known = {
        figure.area.id
        for figure in pair.x.figures
        if figure.value is not None
        and next(f for f in pair.y.figures if f.area == figure.area).value is not None
    }
    hidden = [figure for figure in pair.x.figures if figure.value is None]
    assert hidden and {figure.status for figure in hidden} == {"suppressed"}
    drawn = scatter.data(pair, chosen)
    assert {one["id"] for one in drawn["points"]} == known
    assert pair.found.n == len(known)
    rows = {row["id"]: row for row in relation_tables.table(pair, chosen)["rows"] if row["id"]}
    assert len(rows) == 19
    assert all("." in rows[figure.area.id]["cells"][1] for figure in hidden)


def test_a_matrix_judges_all_pairs_together(minden_release: releases.Release) -> None:
    cells = relations.matrix(minden_release, "bevoelkerung", LEVEL)
    count = len(relations.indicators_of(minden_release, "bevoelkerung", LEVEL))
    assert len(cells) == count * (count - 1) // 2
    told = [cell.found.spearman for cell in cells.values()]
    bar = contrasts.threshold([one.p for one in told if one])
    assert [cell.holds for cell in cells.values()] == [bool(one and one.p <= bar) for one in told]
    alone = [bool(one and one.certain) for one in told]
    assert sum(cell.holds for cell in cells.values()) < sum(alone)
    (x, y), cell = next(iter(cells.items()))
    asked = Relation(x, y, LEVEL, cell.step, "bevoelkerung")
    assert relations.pairing(minden_release, asked).found == cell.found


def test_a_matrix_is_taken_along_pair_by_pair(minden_release: releases.Release) -> None:
    chosen = Relation("anteil_u3", "anteil_65plus", LEVEL, "2024-12-31", "bevoelkerung")
    cells = relations.matrix(minden_release, "bevoelkerung", LEVEL)
    table = matrix_files.frame(chosen, minden_release)
    assert table.height == len(cells)
    assert table["Gebiete"].to_list() == [cell.found.n for cell in cells.values()]
    held = [cell.holds for cell in cells.values()]
    assert [told == "ja" for told in table["Spearman: mehr als Zufall"]] == held
    told = " ".join(text for _n, text in matrix_files.notes(chosen, minden_release))
    for part in ("Benjamini", "nichts über Ursachen", "Modellwert", minden_release.id):
        assert part in told, part


def test_shared_bases_and_counts_are_told(minden_release: releases.Release) -> None:
    catalog = minden_release.catalog
    known = catalog.indicators

    def cautions(x: str, y: str) -> list[str]:
        return overlaps.cautions(catalog.measures, known[x], known[y])

    [base] = cautions("anteil_u3", "anteil_65plus")
    assert "dieselbe Basis" in base
    base, counted = cautions("anteil_u18", "anteil_u3")
    assert "dieselbe Basis" in base and "zählen ganz oder zum Teil dieselben" in counted
    number, same = cautions("einwohner", "einwohner_alle")
    assert "Beides sind Anzahlen" in number and "zählen ganz oder zum Teil dieselben" in same
    [within] = cautions("einwohner", "anteil_u3")
    assert "in der Basis von „Kinder unter 3“" in within
    # Of different measures: children in households with benefits are among those with benefits.
    assert cautions(POVERTY, ALL)
    assert cautions("geburten", "haushalte_kinder") == []
    # Children with benefits and people of 65 and more have nobody in common.
    assert not any("zählen" in text for text in cautions(POVERTY, "anteil_65plus"))


def test_less_than_three_pairs_are_no_failure(minden_release: releases.Release) -> None:
    chosen = Relation(POVERTY, ALL, LEVEL, "2024-12-31", "existenzsicherung")
    pair = relations.pairing(minden_release, chosen)
    bare = relations.Pairing(pair.x, pair.y, Correlation(2, None, None, "few"), {}, "", pair.steps)
    drawn = scatter.data(bare, chosen)
    assert drawn["sizes"] is None and "mindestens 3" in drawn["alt"]
    assert all(one["share"] is None for one in drawn["points"])
