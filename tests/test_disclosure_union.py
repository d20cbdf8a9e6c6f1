"""Several releases together: what the union of all that was ever published gives away."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

import disclosed
from disclosed import cells, table, told
from prepare import counts
from prepare.disclosure import audit, protecting, tables, union
from prepare.disclosure.earlier import Earlier, Gone, frozen
from prepare.disclosure.publications import Published
from prepare.disclosure.verdict import Lost, Report

NORD, SUED = (2, 10, 9), (7, 12, 14)
YOUNG = "10:0-17 10:18-64 20:0-17 20:18-64"
OLD = "10:0-17 10:65+ 20:0-17 20:65+"

FIGURE = pl.DataFrame(
    [
        {
            "area": "10",
            "period": "2024",
            "indicator": "",
            "measure": "cases",
            "value": 2.0,
            "unit": "Personen",
            "title": "Fälle",
            "basis": "",
            "source": "Bericht",
            "age": "0-17",
            "sex": "total",
            "nationality": "total",
        }
    ]
)


def together(new: Published, *before: Published) -> Report:
    return audit.audit(new, Earlier(before))


def released(hidden: str, withdrawn: bool = False) -> Published:
    return told(table(NORD, SUED, hidden), name="probe-2025-01-11111111", withdrawn=withdrawn)


def test_two_safe_patterns_can_be_unsafe_together() -> None:
    """D12: each shows what the other hides."""
    new = told(table(NORD, SUED, OLD))
    assert together(new).safe
    report = together(new, released(YOUNG))
    assert not report.safe
    exact = {(leak.cell.split(",")[1].strip(), leak.low) for leak in report.leaks}
    assert {("Nord", 2), ("Süd", 7)} <= exact
    assert report.opened == 2
    lost = [one for one in report.lost if one.refused]
    assert [one.release for one in lost] == ["probe-2025-01-11111111"] * 2
    assert all("65+" in one.cell for one in lost)


def test_what_a_withdrawn_release_showed_is_listed_and_refuses_nothing() -> None:
    report = together(told(table(NORD, SUED, OLD)), released(YOUNG, withdrawn=True))
    assert report.safe
    assert report.leaks == ()
    assert {one.refused for one in report.lost} == {False}
    # The two that were shown, and the two that follow from them.
    assert len(report.lost) == 4
    [considered] = report.considered
    assert considered.withdrawn


def test_the_same_pattern_again_is_safe() -> None:
    new = told(table(NORD, SUED, YOUNG))
    report = together(new, released(YOUNG))
    assert report.safe
    assert (report.opened, report.revised, report.lost) == (0, 0, ())


def test_a_cell_shown_before_and_hidden_now_is_lost() -> None:
    """The new release alone is safe; the earlier one showed everything."""
    report = together(told(table(NORD, SUED, YOUNG)), released(""))
    assert not report.safe
    assert report.leaks == ()
    assert len(report.lost) == 4
    assert Lost("probe-2025-01-11111111", report.lost[0].cell, True) in report.lost


def test_corrected_numbers_do_not_fit_and_give_nothing_away() -> None:
    """All numbers were others then, and none of them fits: the patterns have nothing in common."""
    before = told(table((6, 30, 3), (11, 40, 4), OLD), name="probe-2025-01-11111111")
    report = together(told(table(NORD, SUED, YOUNG)), before)
    assert report.safe
    assert report.revised > 0


def test_one_corrected_number_does_not_make_others_secret_again() -> None:
    """All was shown; since then 14 became 15 in the south. What else it showed is still known."""
    every = "10:0-17 10:18-64 10:65+ 20:0-17 20:18-64 20:65+"
    new = told(table(NORD, (7, 12, 15), every))
    assert together(new).safe
    report = together(new, released(""))
    assert [one.cell for one in report.lost] == [
        "Fälle, Nord, 2024, 0-17 Jahre",
        "Fälle, Nord, 2024, 18-64 Jahre",
        "Fälle, Nord, 2024, 65+ Jahre",
        "Fälle, Süd, 2024, 0-17 Jahre",
        "Fälle, Süd, 2024, 18-64 Jahre",
    ]
    [leak] = report.leaks
    assert (leak.kind, leak.cell, leak.low) == ("exact", "Fälle, Süd, 2024, 65+ Jahre", 15)
    assert report.revised == 1


def test_who_knows_the_numbers_knows_which_are_the_same_as_before() -> None:
    """Of 2 and 7 that make 11 now, only 2 is still true; earlier values and figures tell, too."""
    new = told(table(NORD, (9, 12, 14), YOUNG))
    true = cells(table(NORD, (9, 12, 14)))
    same = Lost("probe-2025-01-11111111", "Fälle, Nord, 2024, 0-17 Jahre", True)
    then = {("10", "0-17"): 2.0, ("20", "0-17"): 7.0}
    old = told(then, name="probe-2025-01-11111111")
    assert union.repeated(new, true, [old]) == [same]
    assert union.repeated(new, true, [replace(old, withdrawn=True)]) == [
        replace(same, refused=False)
    ]
    later = told({("10", "0-17"): 4.0}, name="probe-2025-01-11111111", before=cells(then))
    assert union.repeated(new, true, [later]) == [same]
    printed = told({}, name="probe-2025-01-11111111", figures=FIGURE)
    assert union.repeated(new, true, [printed]) == [same]
    rounded = told(then, name="probe-2025-01-11111111", rules=disclosed.catalog(3, "round5"))
    assert union.repeated(new, true, [rounded]) == []
    assert same in audit.audit(new, Earlier((old,)), true=true).lost


def test_a_cell_that_is_narrow_alone_and_exact_together_leaks() -> None:
    """2 and 1 make three: each is 1 or 2, until the other release tells what is left."""
    few = (1, 12, 14)
    old = told(table(NORD, few, YOUNG), name="probe-2025-01-11111111")
    view = "der frühere Datenstand probe-2025-01-11111111"
    report = together(told(table(NORD, few, OLD)), old)
    assert {(leak.kind, leak.low) for leak in report.leaks if leak.view == view} == {
        ("exact", 2),
        ("exact", 1),
    }


def test_a_total_that_only_an_earlier_release_has_counts() -> None:
    """The new release has no totals of districts; the earlier one told that of the north."""
    numbers = table(NORD, SUED, "10:0-17 20:0-17")
    new = {cell: n for cell, n in numbers.items() if cell not in (("10", "total"), ("20", "total"))}
    assert together(told(new)).safe
    then = told({("10", "total"): 21.0}, name="probe-2025-01-11111111")
    report = together(told(new), then)
    assert {(leak.kind, leak.low) for leak in report.leaks if leak.kind == "exact"} == {
        ("exact", 2),
        ("exact", 7),
    }


def test_earlier_values_can_give_a_hidden_number_away() -> None:
    """Two hidden cells once made two together, so each was one; now they make nine."""
    old = {("000", "0-17"): 2.0, ("20", "total"): 26.0, ("000", "total"): 47.0}
    numbers = table(NORD, SUED, YOUNG)
    assert audit.audit(told(numbers), Earlier()).safe
    report = audit.audit(told(numbers, before=cells(old)), Earlier())
    assert {leak.view for leak in report.leaks} == {"was er als frühere Werte nennt"}
    assert {leak.low for leak in report.leaks if leak.kind == "exact"} == {1, 11}


def test_a_printed_rate_of_hidden_numbers_counts() -> None:
    report = audit.audit(told(table(NORD, SUED, YOUNG), figures=FIGURE), Earlier())
    assert any((leak.kind, leak.low) == ("exact", 2) for leak in report.leaks)
    assert any("Bericht" in words for leak in report.leaks for words in leak.equations)


def test_a_release_that_is_gone_is_named() -> None:
    gone = Gone("probe-2024-01-00000000", "Der Ordner fehlt.")
    report = audit.audit(told(table(NORD, SUED, YOUNG)), Earlier((), (gone,)))
    assert report.safe
    [considered] = report.considered
    assert (considered.name, considered.digest, considered.why) == (gone.name, None, gone.why)


@pytest.mark.parametrize(
    ("hidden", "numbers", "hide", "show"),
    [
        (YOUNG, (NORD, SUED), 4, 8),  # nothing changed: everything keeps its state
        ("", (NORD, SUED), 0, 12),  # all was shown: all stays shown
        (YOUNG, ((2, 11, 9), SUED), 4, 5),  # one more, and in three sums: those may be hidden
        (YOUNG, ((0, 10, 9), SUED), 3, 5),  # a zero is no secret
        (YOUNG, ((2, 19, 9), SUED), 3, 5),  # nor is what cannot have been hidden: 11 at most was
        ("", ((2, 1, 9), SUED), 0, 8),  # what has changed since is bound to nothing
    ],
)
def test_patterns_are_frozen(
    hidden: str, numbers: tuple[tuple[int, ...], tuple[int, ...]], hide: int, show: int
) -> None:
    facts = tables.facts(disclosed.catalog(), disclosed.AREAS, cells(table(*numbers)))
    hidden_flags, shown_flags = frozen(facts, [released(hidden)])
    assert (hidden_flags.sum(), shown_flags.sum()) == (hide, show)
    assert not (hidden_flags & shown_flags).any()


def test_what_is_released_does_not_depend_on_what_is_hidden() -> None:
    """D15: other numbers with the same sums give the same cells, and so the same pages."""
    released = []
    for nord, sued in ((NORD, SUED), ((1, 11, 9), (8, 11, 14))):
        true = cells(table(nord, sued))
        made = protecting.protected(tables.facts(disclosed.catalog(), disclosed.AREAS, true))
        released.append(made.released(true.sort(counts.KEYS)))
    assert released[0]["value"].null_count() >= 4
    assert released[0].equals(released[1])
