"""Cells and rows of what a release tells: counted by hand, and held against the numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

import protected_city
import small_city
from model.catalog import AREAS as AREA_SIZES
from model.catalog import PUBLISHED, Catalog
from prepare import build as builds
from prepare import counts, protections
from prepare.build import Examined
from prepare.disclosure import ages, attack, primary, protecting, tables, wording
from prepare.disclosure.tables import Facts
from protected_city import AREAS, equations, facts, found, place

ROOT = Path(__file__).parents[1]
CITY = ROOT / "data" / "minden"


# Ages


def rows_of(pattern: ages.Pattern) -> list[str]:
    """Rows as 'total = a + b', sorted."""
    told: dict[int, tuple[list[str], list[str]]] = {}
    for number, category, factor in pattern:
        told.setdefault(number, ([], []))[0 if factor > 0 else 1].append(category)
    return sorted(f"{'+'.join(whole)} = {' + '.join(parts)}" for whole, parts in told.values())


AGE_CASES = [
    (["0-5", "6-17", "18+"], False, ["total = 0-5 + 6-17 + 18+"]),
    (["15-24"], False, ["total = ~0 + 15-24"]),
    (["15-24"], True, ["total = 15-24"]),
    (["0-2", "3-5"], False, ["total = 0-2 + 3-5 + ~2"]),
    (["0-2", "3-5"], True, ["total = 0-2 + 3-5"]),
    (["6-9", "10-14", "6-14"], True, ["6-14 = 6-9 + 10-14", "total = 6-9 + 10-14"]),
    # Overlapping: nobody counts 0 to 3, 4 to 5, 6 to 9 alone.
    (["0-5", "4-9"], True, ["0-5 = ~0 + ~1", "4-9 = ~1 + ~2", "total = ~0 + ~1 + ~2"]),
    (["0-17", "15-24", "18+"], False,
     ["0-17 = ~0 + ~1", "15-24 = ~1 + ~2", "18+ = ~2 + ~3", "total = ~0 + ~1 + ~2 + ~3"]),
    (["80+", "80-89", "90+"], True, ["80+ = 80-89 + 90+", "total = 80-89 + 90+"]),
    (["unbekannt", "0-64", "65+"], True, ["total = unbekannt + 0-64 + 65+"]),
    (["unbekannt"], False, ["total = unbekannt + ~rest_unbekannt"]),
]  # fmt: skip


@pytest.mark.parametrize(("told", "complete", "expected"), AGE_CASES)
def test_age_groups_and_their_total(told: list[str], complete: bool, expected: list[str]) -> None:
    assert rows_of(ages.ages(told, complete)) == expected


def test_categories_are_the_total_if_they_are_all() -> None:
    assert rows_of(ages.pattern("sex", ["m", "w"], ["m", "w"], False)) == ["total = m + w"]
    assert rows_of(ages.pattern("sex", ["m"], ["m", "w"], True)) == ["total = m"]
    assert rows_of(ages.pattern("sex", ["m"], ["m", "w"], False)) == ["total = m + ~rest_m"]


# Rows


def small(tmp_path: Path) -> Facts:
    folder = small_city.write(tmp_path)
    content = builds.build(folder, folder / "deliveries", "public", [])
    catalog = Catalog.model_validate_json(content.texts["catalog.json"])
    people = content.frames["counts/residents.parquet"].with_columns(measure=pl.lit("residents"))
    return tables.facts(catalog, content.frames["areas.parquet"], people)


def test_rows_of_the_small_city_by_hand(tmp_path: Path) -> None:
    made = small(tmp_path)
    # City, 2 districts, 4 quarters, each with (4 ages and all) x (men, women and all).
    assert made.cells.height == 7 * 5 * 3
    # Men and women of 5 ages in 7 areas; 4 ages of 3 sexes in 7 areas; 15 sums of 3 areas.
    assert len(made.system.low) == 7 * 5 + 7 * 3 + 3 * 15
    assert set(made.cells["kind"]) == {"count"}
    np.testing.assert_allclose(made.system.rows @ made.value, 0, atol=1e-9)


def test_no_sum_where_an_area_below_is_missing() -> None:
    north = [("10", "jobs", 30), ("001", "jobs", 10)]
    assert equations(facts(*north)) == []
    assert equations(facts(*north, ("002", "jobs", 20))) == [
        "[Beschäftigte, Au, 31.12.2024] + [Beschäftigte, Berg, 31.12.2024]"
        " = [Beschäftigte, Nord, 31.12.2024]"
    ]


def test_a_sum_nobody_tells_still_ties_its_parts() -> None:
    """Men and women by age, and the total: no total of a sex or an age is told."""
    cells = [
        ("001", "residents", 10, {"age": age, "sex": sex})
        for age in ("0-5", "6-17", "18-64", "65+")
        for sex in ("m", "w")
    ]
    made = facts(("001", "residents", 80), *cells)
    assert made.cells["kind"].to_list().count("part") == 6
    assert made.value.tolist()[-6:] == [40, 40, 20, 20, 20, 20]
    values = made.value.copy()
    values[place(made, measure="residents", age="0-5", sex="m")] = np.nan
    bounds = attack.bounds(tables.told(made, values))
    assert bounds.low[0] == bounds.high[0] == 10


def test_the_rest_of_a_total_is_nobodys_count() -> None:
    made = facts(("001", "residents", 80), ("001", "residents", 30, {"age": "6-17"}))
    assert equations(made) == [
        "[Einwohner, Au, 31.12.2024, 6 bis unter 18 Jahre] + [Einwohner, Au, 31.12.2024, übrige]"
        " = [Einwohner, Au, 31.12.2024]"
    ]
    assert made.value.tolist()[-1] == 50


def test_what_is_declared_complete_leaves_no_rest() -> None:
    rows = [("001", "residents", 80), ("001", "residents", 80, {"age": "6-17"})]
    assert len(facts(*rows).cells) == 3
    assert len(facts(*rows, complete={"residents": ("age",)}).cells) == 2


# Those in no area (D24)


def test_a_small_remainder_of_the_city_is_a_cell_like_any_other() -> None:
    """City 20, districts 8 and 9: three work elsewhere, which nobody may learn."""
    rows = [("000", "jobs", 20), ("10", "jobs", 8), ("20", "jobs", 9)]
    made = facts(*rows, ("000", "jobs_elsewhere", 3))
    rest = place(made, measure="jobs_elsewhere")
    assert primary.primary(made).nonzero()[0].tolist() == [rest]
    assert len(equations(made)) == 1
    values = made.value.copy()
    values[rest] = np.nan
    system = tables.told(made, values)
    bounds = attack.bounds(system, np.array([rest]))
    assert (bounds.low[0], bounds.high[0]) == (3, 3)
    values[place(made, area="20", measure="jobs")] = np.nan
    bounds = attack.bounds(tables.told(made, values), np.array([rest]))
    assert (bounds.low[0], bounds.high[0]) == (1, 11)


def test_without_the_remainder_a_city_is_at_least_its_districts() -> None:
    made = facts(("000", "jobs", 20), ("10", "jobs", 8), ("20", "jobs", None))
    assert equations(made) == [
        "[Beschäftigte, Nord, 31.12.2024] + [Beschäftigte, Süd, 31.12.2024]"
        " ≤ [Beschäftigte, Klein, 31.12.2024]"
    ]
    south = place(made, area="20", measure="jobs")
    bounds = attack.bounds(tables.told(made, made.value), np.array([south]))
    assert (bounds.low[0], bounds.high[0]) == (1, 12)


# Parts and wholes (D9)


def test_what_a_count_leaves_of_its_whole() -> None:
    made = facts(("001", "residents", 40), ("001", "benefits", 37))
    assert equations(made) == [
        "[Beziehende, Au, 31.12.2024] + [Einwohner ohne Beziehende, Au, 31.12.2024]"
        " = [Einwohner, Au, 31.12.2024]"
    ]
    left = place(made, "complement", measure="benefits")
    assert made.value[left] == 3
    assert primary.primary(made).nonzero()[0].tolist() == [left]


@pytest.mark.parametrize(
    ("value", "whole", "hidden"),
    [
        (35, 40, False),  # 5 others are enough
        (36, 40, True),
        (40, 40, True),  # n = N: everybody
        (0, 3, False),  # a zero that is shown tells of nobody
        (None, 40, True),  # the office hides it, and we do not know why
    ],
)
def test_small_complements_are_secret(value: int | None, whole: int, hidden: bool) -> None:
    made = facts(("001", "residents", whole), ("001", "benefits", value))
    flags = primary.primary(made)
    assert bool(flags[place(made, "complement", measure="benefits")]) is hidden


def test_no_groups_where_the_rule_does_not_ask() -> None:
    made = facts(("001", "residents", 40), ("001", "benefits", 40), rule={"group": False})
    assert not primary.primary(made).any()
    assert len(equations(made)) == 1, "n is never more than N, whoever asks"


def test_wholes_of_the_same_ages_and_sexes() -> None:
    fine = [("001", "residents", 4, {"age": age}) for age in ("0-2", "3-5")]
    made = facts(
        ("001", "residents", 50),
        *fine,
        ("001", "benefits", 6, {"age": "0-5"}),
        ("001", "benefits", 6, {"sex": "m"}),  # no residents by sex
        ("001", "young", 3),
    )
    told = [text for text in equations(made) if " ohne " in text]
    both = {"[Einwohner, Au, 31.12.2024, 3 bis unter 6]", "[Einwohner, Au, 31.12.2024, unter 3]"}
    assert len(told) == 2 and all(set(text.split(" = ")[1].split(" + ")) == both for text in told)
    assert {text.split("] + ")[0] for text in told} == {
        "[Beziehende, Au, 31.12.2024, unter 6 Jahre",
        "[Kinder in Betreuung, Au, 31.12.2024",
    }


def test_parts_only_of_the_same_day() -> None:
    made = facts(("001", "residents", 40), ("001", "benefits", 37, {"period": "2024"}))
    assert equations(made) == []


def test_a_category_the_whole_does_not_name_is_no_part() -> None:
    measures = [dict(measure) for measure in protected_city.MEASURES]
    measures[1]["part_of"] = [{"measure": "residents", "age": ["0-5", "6-17"], "sex": ["m"]}]
    rows = [
        ("001", "residents", 9, {"age": age, "sex": sex})
        for age in ("0-5", "6-17", "18-64", "65+")
        for sex in ("m", "w")
    ]
    made = facts(
        *rows,
        ("001", "benefits", 8),
        ("001", "benefits", 4, {"age": "6-17"}),
        ("001", "benefits", 4, {"age": "18-64"}),
        ("001", "benefits", 8, {"sex": "m"}),
        ("001", "benefits", 8, {"sex": "w"}),
        counted=measures,
    )
    own = made.cells.filter(pl.col("kind") == "complement")
    assert own.select("age", "sex", "value").sort("age", "sex").rows() == [
        ("6-17", "total", 5.0),
        ("total", "m", 10.0),
        ("total", "total", 10.0),
    ]


HELD: list[dict[str, Any]] = [
    {"id": "all", "title": "Übergänge", "unit": "Personen", "breakdowns": ["sex"],
     "holds": [{"measure": "first"}, {"measure": "second"}]},
    {"id": "first", "title": "Gymnasium", "unit": "Personen", "breakdowns": ["sex"]},
    {"id": "second", "title": "Sekundarschule", "unit": "Personen"},
]  # fmt: skip


def test_parts_that_share_nobody_are_together_no_more_than_the_whole() -> None:
    """10 leave, 8 for one school: at most 2 for the other."""
    rows = [("001", "all", 10), ("001", "first", None), ("001", "second", 8)]
    made = facts(*rows, counted=HELD)
    assert equations(made) == [
        "[Gymnasium, Au, 31.12.2024] + [Sekundarschule, Au, 31.12.2024]"
        " ≤ [Übergänge, Au, 31.12.2024]"
    ]
    hidden = np.array([place(made, measure="first")])
    bounds = attack.bounds(tables.told(made, made.value), hidden)
    assert (bounds.low[0], bounds.high[0]) == (1, 2)


def test_parts_that_are_everything_add_up() -> None:
    exact = [HELD[0] | {"holds_all": True}, *HELD[1:]]
    rows = [("001", "all", 10), ("001", "first", None)]
    made = facts(*rows, ("001", "second", 8), counted=exact)
    hidden = np.array([place(made, measure="first")])
    bounds = attack.bounds(tables.told(made, made.value), hidden)
    assert (bounds.low[0], bounds.high[0]) == (2, 2)
    # a part is not there: 10 is no fewer than the other
    for counted in (exact, HELD):
        assert equations(facts(*rows, counted=counted)) == [
            "[Gymnasium, Au, 31.12.2024] ≤ [Übergänge, Au, 31.12.2024]"
        ]


def test_a_whole_holds_parts_of_the_same_categories() -> None:
    men = {"sex": "m"}
    rows = [("001", "all", 10, men), ("001", "first", 3, men), ("001", "second", 8)]
    assert [text for text in equations(facts(*rows, counted=HELD)) if "≤" in text] == [
        "[Gymnasium, Au, 31.12.2024, männlich] ≤ [Übergänge, Au, 31.12.2024, männlich]"
    ]


# Rates delivered as such (D7)


def test_a_printed_rate_is_a_pair_of_inequalities() -> None:
    """12,5 % of 80 at one decimal: between 9.96 and 10.04, so it is 10."""
    made = facts(("001", "residents", 80), ("001", "benefits", None), ("001", "share", 12.5))
    hidden = place(made, measure="benefits")
    bounds = attack.bounds(tables.told(made, made.value), np.array([hidden]))
    assert (bounds.low[0], bounds.high[0]) == (10, 10)


def test_a_hidden_rate_gives_nothing_away() -> None:
    made = facts(("001", "residents", 80), ("001", "benefits", None), ("001", "share", None))
    hidden = place(made, measure="benefits")
    bounds = attack.bounds(tables.told(made, made.value), np.array([hidden]))
    assert (bounds.low[0], bounds.high[0]) == (1, 80)


def test_a_printed_rate_of_a_hidden_whole() -> None:
    """3 of N are 12,5 %: N lies between 300 / 12.55 and 300 / 12.45, so it is 24."""
    made = facts(("001", "residents", None), ("001", "benefits", 3), ("001", "share", 12.5))
    hidden = place(made, measure="residents")
    bounds = attack.bounds(tables.told(made, made.value), np.array([hidden]))
    assert (bounds.low[0], bounds.high[0]) == (24, 24)


def test_a_rate_says_as_much_as_it_has_decimals() -> None:
    """0.075 % of 4,000 are 3; with the one decimal declared it might be 2 to 6."""
    rows = [("001", "residents", 4000), ("001", "benefits", None)]
    bounds = {}
    for share in (0.1, 0.075):
        made = facts(*rows, ("001", "share", share))
        hidden = np.array([place(made, measure="benefits")])
        found = attack.bounds(tables.told(made, made.value), hidden)
        bounds[share] = (found.low[0], found.high[0])
    assert bounds == {0.1: (2, 6), 0.075: (3, 3)}


@pytest.mark.parametrize(
    ("options", "people", "part", "share", "low", "high"),
    [
        ({"methods": {"viertel": "round5"}}, 65, 0, 6.6, 4, 4),  # 4 of 61
        ({"methods": {"viertel": "round5"}}, 60, 10, 9.4, 6, 6),  # 6 of 64
        ({"rule": {"multiple": 10}}, 60, 10, 7.7, 5, 5),  # 5 of 65
    ],
)
def test_a_printed_rate_of_rounded_numbers(
    options: dict[str, Any], people: int, part: int, share: float, low: float, high: float
) -> None:
    """The true rate beside rounded numbers contradicts nothing, and gives them away."""
    rows = [("001", "residents", people), ("001", "benefits", part), ("001", "share", share)]
    made = facts(*rows, **options)
    hidden = np.array([place(made, measure="benefits")])
    bounds = attack.bounds(
        tables.told(made, made.value), hidden, attack.Demand(*[np.full(len(made.cells), 9.0)] * 2)
    )
    assert (bounds.low[0], bounds.high[0]) == (low, high)


# Areas merged and split between releases (D23)


def test_districts_merged_since_the_last_release() -> None:
    """Au and Berg are Auberg now: 12 and 3 are 15, whichever release hides what."""
    today = AREAS.filter(~pl.col("area").is_in(["001", "002"])).vstack(
        pl.DataFrame([("viertel", "005", "Auberg", "10")], schema=AREAS.schema, orient="row")
    )
    then = [("10", "residents", 15), ("001", "residents", 12), ("002", "residents", None)]
    both = found(*then, ("005", "residents", None))
    made = tables.facts(protected_city.catalog(), today, both, AREAS)
    assert equations(made) == [
        "[Einwohner, Au, 31.12.2024] + [Einwohner, Berg, 31.12.2024]"
        " = [Einwohner, Nord, 31.12.2024]",
        "[Einwohner, Auberg, 31.12.2024] = [Einwohner, Nord, 31.12.2024]",
    ]
    cells = np.array([place(made, area=area) for area in ("002", "005")])
    bounds = attack.bounds(tables.told(made, made.value), cells)
    assert (bounds.low.tolist(), bounds.high.tolist()) == ([3, 15], [3, 15])


def test_the_cut_ties_old_and_new_areas_even_if_their_sum_is_not_told() -> None:
    today = AREAS.filter(~pl.col("area").is_in(["001", "002"])).vstack(
        pl.DataFrame([("viertel", "005", "Auberg", "10")], schema=AREAS.schema, orient="row")
    )
    told = found(("001", "residents", 12), ("002", "residents", None), ("005", "residents", 15))
    made = tables.facts(protected_city.catalog(), today, told, AREAS)
    hidden = np.array([place(made, area="002")])
    bounds = attack.bounds(tables.told(made, made.value), hidden)
    assert (bounds.low[0], bounds.high[0]) == (3, 3)


# What is told and demanded


@pytest.mark.parametrize(
    ("options", "value", "low", "high"),
    [
        ({}, 12, 12, 12),
        ({}, None, 1, np.inf),
        ({"rule": {"zeros": "protected"}}, None, 0, np.inf),
        ({"methods": {"viertel": "none"}}, None, 0, np.inf),
        ({"methods": {"viertel": "round5"}}, 10, 6, 14),
        ({"methods": {"viertel": "round5"}}, 0, 0, 4),
        ({"methods": {"viertel": "round5"}}, None, 0, np.inf),
        ({"rule": {"multiple": 10}}, 20, 15, 25),
        ({"rule": {"multiple": 10}}, 0, 0, 5),
        ({"rule": {"multiple": 1}}, 20, 20, 20),
    ],
)
def test_what_a_published_cell_tells(
    options: dict[str, Any], value: int | None, low: float, high: float
) -> None:
    made = facts(("001", "jobs", value), **options)
    system = tables.told(made, made.value)
    assert (system.floor[0], system.ceiling[0]) == (low, high)
    assert (made.system.floor[0], made.system.ceiling[0]) == (0, np.inf), "common knowledge only"


def test_nothing_is_known_of_what_nobody_collects() -> None:
    made = facts(("001", "jobs", None, {"status": "not_collected"}), ("002", "mean", -3.5))
    system = tables.told(made, made.value)
    assert (system.floor.tolist(), system.ceiling.tolist()) == ([0, -3.5], [np.inf, -3.5])
    assert not tables.demand(made, made.flags(pl.lit(True))).made.any()
    assert primary.absent(made).tolist() == [True, False]


@pytest.mark.parametrize(
    ("options", "value", "reach", "width"),
    [
        ({}, 3, 5, 4),
        ({}, None, 5, 4),
        ({"rule": {"preset": "ba"}}, 2, 3, 2),
        ({"methods": {"viertel": "none"}}, 3, 0, 0),
        ({"rule": {"preset": "public", "reason": "amtlich"}}, 3, 0, 0),
        ({"methods": {"viertel": "round3"}}, 6, 5, 2),
        ({"methods": {"viertel": "round3"}}, 0, 0, 2),
        ({"methods": {"viertel": "round10"}}, 20, 5, 4),
        ({"methods": {"viertel": "round5"}}, None, 5, 4),
        ({"public": [{"measure": "jobs", "levels": ["viertel"], "reason": "amtlich"}]}, 3, 0, 0),
    ],
)
def test_what_is_demanded_of_a_count(
    options: dict[str, Any], value: int | None, reach: float, width: float
) -> None:
    made = facts(("001", "jobs", value), **options)
    demand = tables.demand(made, made.flags(pl.lit(True)))
    assert (demand.reach[0], demand.width[0]) == (reach, width)


def test_of_complements_only_the_hidden_ones_that_may_be_small() -> None:
    rows = [("001", "residents", 40), ("001", "benefits", 37)]
    made = facts(*rows, ("002", "residents", 40), ("002", "benefits", 10),
                 ("003", "residents", 40), ("003", "benefits", None))  # fmt: skip
    left = [place(made, "complement", area=area) for area in ("001", "002", "003")]
    everything = tables.demand(made, made.flags(pl.lit(True)))
    nothing = tables.demand(made, made.flags(pl.lit(False)))
    assert everything.width[left].tolist() == [4, 0, 4]
    assert nothing.width[left].tolist() == [0, 0, 0]


def test_what_has_to_stay_secret_of_a_published_release() -> None:
    made = facts(
        ("001", "residents", 40), ("001", "benefits", 37),  # a rest of 3
        ("002", "residents", 40), ("002", "benefits", 10),
        ("003", "residents", 40), ("003", "benefits", None),
        ("004", "residents", None, {"status": "not_collected"}), ("004", "benefits", None),
        ("004", "mean", None),
    )  # fmt: skip
    told = made.cells.filter(pl.Series(tables.secret(made)))
    assert told.select("area", "measure", "kind").rows() == [
        ("003", "benefits", "count"),
        ("004", "benefits", "count"),
        ("001", "benefits", "complement"),
        ("003", "benefits", "complement"),
    ]
    rounded = facts(("001", "jobs", 10), methods={"viertel": "round5"})
    assert tables.secret(rounded).tolist() == [True]
    assert not tables.secret(facts(("001", "jobs", None), methods={"viertel": "none"})).any()


def test_figures_on_another_basis_are_no_knowledge() -> None:
    made = facts(("10", "jobs", 31), ("001", "jobs", 10), ("002", "jobs", 20))
    assert equations(made) == []


@pytest.mark.parametrize(("told", "others"), [(10, 1), (9, 2)])
def test_what_an_office_hides_can_be_zero_where_nothing_else_is_left(
    told: int, others: int
) -> None:
    """Of 10, Au has 10 or 9: the 0 of Berg, or the 0 and 1 of Berg and Tal, are not safe so."""
    names = ["001", "002", "003"][: 1 + others]
    areas = pl.DataFrame(
        [("stadt", "000", "Klein", ""), *(("viertel", name, name, "000") for name in names)],
        schema=AREAS.schema,
        orient="row",
    )
    rows = [("000", "jobs", 10), ("001", "jobs", told), *((n, "jobs", None) for n in names[1:])]
    counts_told = found(*rows).sort(counts.KEYS)
    catalog = protected_city.catalog(counted=[protected_city.MEASURES[3] | {"unallocated": None}])
    made = tables.facts(catalog, areas, counts_told)
    assert len(equations(made)) == 1
    assert made.cells["floor"].to_list() == [1, 1, *[0] * others]
    hidden = np.array([place(made, area=name) for name in names[1:]])
    bounds = attack.bounds(tables.told(made, made.value), hidden)
    assert (bounds.low.tolist(), bounds.high.tolist()) == ([0] * others, [10 - told] * others)
    # so 10 or 9 are hidden as well, and nobody learns that there is a zero
    safe = tables.facts(catalog, areas, protecting.protected(made).released(counts_told))
    assert safe.cells.filter(pl.col("value").is_null())["area"].to_list() == names
    assert safe.cells["floor"].to_list() == [1] * (2 + others)


def test_rounded_figures_need_not_add_up() -> None:
    rows = [("10", "jobs", 30), ("001", "jobs", 10), ("002", "jobs", 10)]
    assert len(equations(facts(*rows, rule={"multiple": 10}))) == 1
    assert equations(facts(*rows)) == []


def test_fractions_are_not_whole() -> None:
    made = facts(("001", "jobs", 2.5), ("002", "jobs", 3), ("001", "residents", 5))
    assert set(made.cells.select("measure", "whole").rows()) == {
        ("jobs", False),
        ("residents", True),
    }


@pytest.mark.parametrize(
    "other", [{"status": "estimated"}, {"value": 7.5}], ids=["estimated", "fraction"]
)
def test_an_estimate_makes_no_other_year_uncertain(other: dict[str, Any]) -> None:
    """1 + 1 + 1 = 3 stays a secret total, whatever another area's number of 2019 is."""
    cases = [{"id": "jobs", "title": "Fälle", "unit": "Personen", "breakdowns": ["age"]}]
    rows = [("001", "jobs", 1, {"age": age}) for age in ("0-5", "6-17", "18-64")]
    estimate = ("004", "jobs", 77, {"period": "2019", **other})
    made = facts(
        *rows,
        ("001", "jobs", 3),
        estimate,
        ("003", "jobs", 9, {"period": "2019"}),
        counted=cases,
        rule={"minimum": 3},
        complete={"jobs": ("age",)},
    )
    known = made.cells.select("area", "period", "whole", "floor").unique().sort("area", "period")
    assert known.rows() == [
        ("001", protected_city.DAY, True, 1.0),
        ("003", "2019", False, 0.0),
        ("004", "2019", False, 0.0),
        ("20", "2019", False, 0.0),
    ]
    assert protecting.protected(made).hidden.sum() == 4


# Primary


@pytest.mark.parametrize(
    ("options", "value", "hidden", "fixed"),
    [
        ({}, 0, False, True),
        ({}, 1, True, False),
        ({}, 4, True, False),
        ({}, 5, False, False),
        ({}, None, True, False),
        ({"rule": {"zeros": "protected"}}, 0, True, False),
        ({"rule": {"preset": "ba"}}, 3, False, False),
        ({"rule": {"preset": "ba10"}}, 9, True, False),
        ({"rule": {"preset": "public", "reason": "amtlich"}}, 1, False, True),
        ({"methods": {"viertel": "none"}}, 1, False, True),
        ({"methods": {"viertel": "round5"}}, 1, False, False),
    ],
)
def test_what_is_too_small_by_itself(
    options: dict[str, Any], value: int | None, hidden: bool, fixed: bool
) -> None:
    made = facts(("001", "jobs", value), **options)
    assert primary.primary(made).tolist() == [hidden]
    assert primary.fixed(made).tolist() == [fixed]


def test_published_figures_are_never_hidden() -> None:
    made = facts(("001", "jobs", 2, {"delivery": "published"}), ("002", "jobs", 2))
    assert primary.primary(made).tolist()[:2] == [False, True]
    assert primary.fixed(made).tolist()[:2] == [True, False]


def test_small_areas_are_hidden_altogether_in_years_when_they_were_small() -> None:
    """Au had 299 residents in 2020, once, and 300 in 2022; earlier years follow 2020."""
    people = [("001", "residents", value, {"period": f"{year}-12-31"})
              for year, value in ((2020, 299), (2022, 300))]  # fmt: skip
    jobs = [("001", "jobs", 50, {"period": str(year)}) for year in range(2019, 2024)]
    other = [("002", "residents", 400, {"period": "2020-12-31"}), ("001", "jobs", 0)]
    other += [("001", "residents", 310, {"period": "2020-06-30"})]
    made = facts(*people, *jobs, *other, minimum_area=300)
    hidden = made.cells.filter(pl.Series(primary.primary(made)))
    assert hidden.select("area", "measure", "period").rows() == [
        ("001", "jobs", "2019"),
        ("001", "jobs", "2020"),
        ("001", "residents", "2020-06-30"),
        ("001", "residents", "2020-12-31"),
        ("001", "jobs", "2021"),
    ]


@pytest.mark.parametrize(("method", "hidden"), [("round5", True), ("none", False)])
def test_small_areas_are_hidden_where_others_are_rounded(method: str, hidden: bool) -> None:
    rows = [("001", "residents", 299), ("001", "jobs", 50)]
    made = facts(*rows, methods={"viertel": method}, minimum_area=300)
    assert primary.primary(made)[:2].tolist() == [hidden, hidden]


def test_values_of_facilities() -> None:
    values = pl.DataFrame(
        {"measure": ["jobs"] * 4 + ["young"], "value": [0.0, 4.0, 5.0, None, 2.0]}
    )
    own = protected_city.catalog()
    assert primary.facilities_hidden(values, own).to_list() == [False, True, False, False, True]
    zeros = protected_city.catalog(rule={"zeros": "protected"})
    assert primary.facilities_hidden(values, zeros).to_list() == [True, True, False, False, True]
    nobody = protected_city.catalog(rule={"preset": "public", "reason": "Plätze"})
    assert not primary.facilities_hidden(values, nobody).any()


# Words


def test_cells_and_rows_in_words() -> None:
    made = facts(
        ("001", "residents", 40),
        ("001", "residents", 20, {"sex": "w", "age": "0-5"}),
        ("001", "benefits", 10, {"period": "2024"}),
        ("001", "share", 25.0),
        ("001", "benefits", 10),
    )
    said = {tables.sentence(made, cell) for cell in range(5)}
    assert said == {
        "Einwohner, Au, 31.12.2024",
        "Einwohner, Au, 31.12.2024, unter 6 Jahre, weiblich",
        "Beziehende, Au, 2024",
        "Beziehende, Au, 31.12.2024",
        "Quote, Au, 31.12.2024",
    }
    assert ("40 × [Quote, Au, 31.12.2024] = 100 × [Beziehende, Au, 31.12.2024] ± 2") in equations(
        made
    )


def test_of_long_sums_only_the_beginning() -> None:
    terms = [(1.0, "Stadt"), *((-1.0, f"Bezirk {n}") for n in range(1, 20))]
    told = " + ".join(f"[Bezirk {n}]" for n in range(1, 9))
    assert wording.row(terms, 0, 0) == f"{told} + 11 weitere = [Stadt]"


# Minden


@pytest.fixture(scope="module")
def seen() -> Examined:
    return builds.examined(CITY, CITY / "deliveries", [])


@pytest.fixture(scope="module")
def minden(seen: Examined) -> Facts:
    """The facts of the true numbers, before anything is hidden."""
    told = {d.recipe.id: {"source": d.recipe.source, "measures": []} for d in seen.read}
    told |= {name: {"source": name, "measures": []} for name in (AREA_SIZES, PUBLISHED)}
    rules = protections.resolved(seen.catalog, seen.found, told, set())
    catalog = Catalog(city=seen.catalog.city, themes=seen.catalog.themes, protection=rules)
    return tables.facts(catalog, seen.areas.table, seen.found)


def test_every_row_of_minden_holds_in_the_numbers(minden: Facts) -> None:
    system, known = minden.system, ~np.isnan(minden.value)
    whole = (abs(system.rows) > 0).astype(float) @ ~known == 0
    numbers = np.nan_to_num(minden.value)
    left = system.rows @ numbers
    assert whole.sum() > 19_000
    assert np.all(left[whole] >= system.low[whole] - 1e-6)
    assert np.all(left[whole] <= system.high[whole] + 1e-6)
    assert not (minden.value < 0).any(), "no part is larger than its whole"


def test_rows_of_minden_counted_a_second_way(minden: Facts) -> None:
    """Sums over sexes, ages and districts from the keys alone."""
    told = minden.cells.filter(pl.col("kind") == "count")
    keys = set(told.select(counts.KEYS).iter_rows())
    sexes = {(*k[:5], k[6]) for k in keys if k[5] != "total"}
    nationalities = {k[:6] for k in keys if k[6] != "total"}
    by_age = {(*k[:4], *k[5:]) for k in keys if k[4] != "total"}
    districts = pl.DataFrame(list(keys), schema=list(counts.KEYS), orient="row").filter(
        pl.col("level") == "stadtbezirk"
    )
    cities = districts.group_by(counts.KEYS[2:]).len().filter(pl.col("len") == 19).height
    # SGB II: 55+ and the other groups tile a life; nobody tells ages that overlap.
    complements = minden.cells.filter(pl.col("kind") == "complement").height
    holds = {
        "households": {"households_single", "households_children"},
        "minimum_benefits": {"sgb2_persons", "sgb12_65", "asylblg"},
        "transition_pupils": {"transition_gymnasium", "transition_secondary"},
        "sgb2_persons": {"sgb2_employable"},
    }
    wholes = [
        k
        for k in keys
        if k[4] == "total" and any((*k[:3], part, *k[4:]) in keys for part in holds.get(k[3], ()))
    ]
    assert len(wholes) > 1000
    expected = len(sexes) + len(nationalities) + len(by_age) + cities + complements + len(wholes)
    assert len(minden.system.low) == expected


def test_rows_do_not_depend_on_what_is_hidden(seen: Examined, minden: Facts) -> None:
    hidden = primary.primary(minden) & minden.flags(pl.col("kind") == "count")
    known = minden.cells.with_columns(
        value=pl.when(~pl.Series(hidden)).then("value"),
        status=pl.when(pl.Series(hidden)).then(pl.lit("suppressed")).otherwise("status"),
    ).filter(pl.col("kind") == "count")
    told = known.select(*counts.KEYS, "value", "status")
    published = tables.facts(minden.catalog, seen.areas.table, told)
    assert (published.system.rows != minden.system.rows).nnz == 0
    assert published.system.low.tolist() == minden.system.low.tolist()
    keys = [*counts.KEYS, "kind", "of"]
    assert published.cells.select(keys).equals(minden.cells.select(keys))
    assert int(hidden.sum()) > 1000


def test_minden_could_hide_enough(seen: Examined, minden: Facts) -> None:
    """With all districts hidden every demand of a year is met: no rule is impossible here."""
    year = seen.found.filter(pl.col("period").str.starts_with("2024"))
    made = tables.facts(minden.catalog, seen.areas.table, year)
    values = made.value.copy()
    values[~primary.fixed(made) & made.flags(pl.col("level") == "stadtbezirk")] = np.nan
    secret = primary.primary(made)
    assert secret.sum() > 50
    system = tables.told(made, values)
    assert len(attack.failing(system, tables.demand(made, secret), secret)) == 0


# What mutants of the code showed to be untested


def test_what_a_rounded_number_tells() -> None:
    """Rounded to multiples of 5: 0 is 0 to 4, 10 is 6 to 14, an exact hidden one is 1 or more."""
    made = facts(
        ("001", "jobs", 0.0), ("002", "jobs", 10.0), ("10", "jobs", None),
        methods={"viertel": "round5", "bezirk": "suppress"},
    )  # fmt: skip
    low_high = tables.told(made, made.value)
    cells = [place(made, area=area, measure="jobs") for area in ("001", "002", "10")]
    assert low_high.floor[cells].tolist() == [0.0, 6.0, 1.0]
    assert low_high.ceiling[cells].tolist() == [4.0, 14.0, np.inf]


def test_a_shown_zero_in_an_area_with_few_residents_is_no_secret() -> None:
    """30 residents are fewer than 300: their number is hidden, the zero beside it is shown."""
    made = facts(
        ("001", "residents", 30.0), ("001", "jobs", 0.0), ("001", "benefits", 12.0),
        minimum_area=300, residents="residents",
    )  # fmt: skip
    small = primary.primary(made)
    told = [
        bool(small[place(made, area="001", measure=m)]) for m in ("residents", "jobs", "benefits")
    ]
    assert told == [True, False, True]
