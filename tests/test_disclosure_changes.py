"""Releases whose areas, categories, measures or relations have changed in between."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl

import protected_city
from model.catalog import Catalog, Category
from prepare import counts, published
from prepare.disclosure import audit, joint, publications
from prepare.disclosure.earlier import Earlier
from prepare.disclosure.publications import NUMBERS, Published
from prepare.disclosure.verdict import Lost, Report
from protected_city import AREAS, MEASURES, found

RULE = {"preset": "own", "minimum": 5, "denominator": 0, "zeros": "shown", "group": False}
COUNTED: list[dict[str, Any]] = [
    {"id": "jobs", "title": "Fälle", "unit": "Personen", "breakdowns": ["age"]}
]


def catalog(*counted: dict[str, Any], **rule: Any) -> Catalog:
    return protected_city.catalog(rule=RULE | rule, counted=counted or COUNTED)


def told(rules: Catalog, numbers: pl.DataFrame, name: str = "", **other: pl.DataFrame) -> Published:
    nothing = {
        "areas": AREAS,
        "before": pl.DataFrame(schema=NUMBERS),
        "figures": pl.DataFrame(schema=published.SCHEMA),
        "facilities": pl.DataFrame(schema=publications.FACILITIES),
    }
    cells = numbers.select(list(NUMBERS)).sort(counts.KEYS)
    known = nothing | other
    return Published(
        name=name,
        digest=name,
        withdrawn=False,
        catalog=rules,
        areas=known["areas"],
        counts=cells,
        before=known["before"],
        figures=known["figures"],
        facilities=known["facilities"],
    )


def together(new: Published, *before: Published) -> Report:
    return audit.audit(new, Earlier(before))


def exact(report: Report) -> dict[str, float]:
    """What is worked out exactly in the new release."""
    return {
        leak.cell: leak.low
        for leak in report.leaks
        if (leak.kind, leak.view) == ("exact", "dieser Datenstand")
    }


def quarters(*names: str) -> pl.DataFrame:
    city = [("stadt", "000", "Klein", "")]
    rows = [*city, *(("viertel", name, f"Viertel {name}", "000") for name in names)]
    return pl.DataFrame(rows, schema=AREAS.schema, orient="row")


def test_the_sums_of_the_release_hold_after_areas_have_been_merged() -> None:
    merged = found(("000", "jobs", 40), ("12", "jobs", None), ("3", "jobs", 38))
    new = told(catalog(), merged, areas=quarters("12", "3"))
    then = found(("000", "jobs", 46), ("1", "jobs", 9), ("2", "jobs", 7), ("3", "jobs", 30))
    old = told(
        catalog(),
        then.with_columns(period=pl.lit("2023-12-31")),
        "klein-2024-11-11111111",
        areas=quarters("1", "2", "3"),
    )
    assert exact(together(new)) == {"Fälle, Viertel 12, 31.12.2024": 2}
    assert exact(together(new, old)) == {"Fälle, Viertel 12, 31.12.2024": 2}


def ages(rules: Catalog, *names: str) -> Catalog:
    """The catalog with other age groups."""
    groups = tuple(Category(id=name, title=name) for name in names)
    return rules.model_copy(update={"city": rules.city.model_copy(update={"ages": groups})})


def by_age(**values: float | None) -> pl.DataFrame:
    """Jobs of the quarter Au by age: `a3_17` are those from 3 to 17."""
    names = {name: name[1:].replace("_", "-").replace("plus", "+") for name in values}
    rows = [("001", "jobs", n, {"age": names[name]}) for name, n in values.items()]
    return found(*rows, ("001", "jobs", 57))


def test_age_groups_that_the_new_catalog_no_longer_names_are_remembered() -> None:
    before = by_age(a0_17=12, a18plus=45)
    now = by_age(a0_2=None, a3_17=10, a18_29=None, a30plus=39)
    old = told(ages(catalog(), "0-17", "18+"), before, "klein-2024-11-11111111")
    new = told(ages(catalog(), "0-2", "3-17", "18-29", "30+"), now)
    assert together(new).safe
    assert exact(together(new, old)) == {
        "Fälle, Au, 31.12.2024, 0-2": 2,
        "Fälle, Au, 31.12.2024, 18-29": 6,
    }


TWO: list[dict[str, Any]] = [
    {"id": "jobs", "title": "Fälle", "unit": "Personen"},
    {"id": "people", "title": "Leute", "unit": "Personen"},
]
HOLDING: list[dict[str, Any]] = [
    TWO[0] | {"holds": [{"measure": "people"}], "holds_all": True},
    TWO[1],
]


def test_a_measure_and_its_relation_that_the_new_catalog_has_dropped_are_remembered() -> None:
    """The dropped measure holds exactly what the other counts."""
    holding = {"id": "all", "title": "Alle", "unit": "P", "holds": [{"measure": "jobs"}]}
    old = told(
        catalog(*TWO, holding | {"holds_all": True}),
        found(("001", "jobs", None), ("001", "all", 2)),
        "klein-2024-11-11111111",
    )
    new = told(catalog(*TWO), found(("001", "jobs", None)))
    assert together(new).safe
    assert exact(together(new, old)) == {"Fälle, Au, 31.12.2024": 2}


def test_a_relation_that_only_an_earlier_catalog_declares_holds() -> None:
    numbers = found(("001", "jobs", 2), ("001", "people", None))
    old = told(
        catalog(*HOLDING),
        found(("001", "jobs", 20), ("001", "people", 20), period="2023-12-31"),
        "klein-2024-11-11111111",
    )
    new = told(catalog(*TWO), numbers)
    assert exact(together(new)) == {}
    assert exact(together(new, old)) == {"Leute, Au, 31.12.2024": 2}


def test_what_only_an_earlier_release_names_keeps_the_rule_it_had() -> None:
    joined = joint.catalog(
        catalog(TWO[0], minimum=5),
        [catalog(*TWO, minimum=3), catalog(*TWO, MEASURES[-1], minimum=2)],
    )
    minimum = {name: joined.protection.rule(name).minimum for name in joined.measures}
    assert minimum == {"jobs": 5, "people": 3, "mean": 2}
    assert [level.id for level in joined.city.levels] == ["kreis", "stadt", "bezirk", "viertel"]


def figure(**told: Any) -> pl.DataFrame:
    row = dict.fromkeys(published.SCHEMA, "") | {"area": "001", "period": protected_city.DAY}
    row |= dict.fromkeys(("age", "sex", "nationality"), "total")
    return pl.DataFrame([row | told], schema=published.SCHEMA)


def test_a_figure_printed_in_an_earlier_release_counts() -> None:
    printed = figure(measure="jobs", value=2.0, title="Fälle", source="Bericht")
    hidden = found(("001", "jobs", None))
    old = told(catalog(), hidden, "klein-2024-11-11111111", figures=printed)
    new = told(catalog(), hidden)
    assert together(new).safe
    assert exact(together(new, old)) == {"Fälle, Au, 31.12.2024": 2}


def places(value: float | None) -> pl.DataFrame:
    status = "ok" if value is not None else "suppressed"
    row = ("kita", protected_city.DAY, "jobs", status, value)
    return pl.DataFrame([row], schema=publications.FACILITIES, orient="row")


def test_the_value_of_a_facility_shown_before_and_hidden_now_is_lost() -> None:
    numbers = found(("001", "jobs", 57))
    old = told(catalog(), numbers, "klein-2024-11-11111111", facilities=places(3))
    report = together(told(catalog(), numbers, facilities=places(None)), old)
    cell = f"Fälle, Einrichtung kita, {protected_city.DAY}"
    assert report.lost == (Lost("klein-2024-11-11111111", cell, True),)
    assert not report.safe
    withdrawn = replace(old, withdrawn=True)
    report = together(told(catalog(), numbers, facilities=places(None)), withdrawn)
    assert report.lost == (Lost("klein-2024-11-11111111", cell, False),)
    assert report.safe


def test_a_rest_worked_out_from_two_releases_is_a_leak() -> None:
    counted = [TWO[0] | {"part_of": [{"measure": "people"}]}, TWO[1]]
    old = told(catalog(*counted, group=True), found(("001", "jobs", 29)), "klein-2024-11-11111111")
    new = told(catalog(*counted, group=True), found(("001", "people", 30)))
    assert together(new).safe and together(old).safe
    [leak] = together(new, old).leaks
    assert (leak.profile, leak.kind, leak.cell, leak.low) == (
        "group",
        "open",
        "Leute ohne Fälle, Au, 31.12.2024",
        1,
    )
