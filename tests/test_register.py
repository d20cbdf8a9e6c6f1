"""The register of interventions: who met which criterion, money, sentences, links; by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from components import register_tables
from loaders import releases, views
from model import register, register_links, register_words
from model.formats import NBSP
from model.interventions import Criterion, Intervention, Reason
from model.register import GROUPS, Trail
from model.register_links import Register
from model.selection import Selection
from model.view import View
from test_changes import CITY, PERIODS, SHARE, Cell, row, view
from test_typology import held

NOW = PERIODS[-1]
QUARTER = Criterion(indicator=SHARE.id, period=NOW, at_least=25)
HELP = Intervention(
    id="hilfe",
    title="Hilfe",
    office="Jugendamt",
    goal="Allen geht es gut.",
    start="2020-05-01",
    areas=("A", "B", "C"),
    criteria=(QUARTER,),
    reasons=(Reason(area="B", reason="Ein Träger war da."),),
)


def cells(**counts: tuple[float | None, str]) -> dict[str, list[Cell]]:
    """Areas with a count of 10,000 now, or why it is missing, and 1,000 of them before."""
    return {
        area: [*row(1000, 1000, base=10_000), (count, 10_000, "ok" if count else status)]
        for area, (count, status) in counts.items()
    }


def groups(trail: Trail) -> Mapping[str, str]:
    return {
        name: "".join(line.area.id for line in found)
        for name in GROUPS
        if (found := trail.of(name))
    }


def test_chosen_or_not_by_met_or_not_on_values_as_printed() -> None:
    """24.95 % prints as 25,0 and meets 25; 24.94 % prints as 24,9 and does not."""
    found = view(
        SHARE,
        cells(
            A=(2495, ""), B=(2494, ""), C=(None, "suppressed"), D=(2500, ""), E=(1000, ""),
            F=(None, "not_collected"), G=(None, "unreliable"),
        ),
    )  # fmt: skip
    trail = register.trail(HELP, [found])
    assert groups(trail) == {
        "chosen_met": "A",
        "chosen_unmet": "B",
        "chosen_unknown": "C",
        "left_met": "D",
        "left_unknown": "FG",
        "left_unmet": "E",
    }
    assert [(line.area.id, line.reason) for line in trail.lines if line.reason] == [
        ("B", "Ein Träger war da.")
    ]
    assert register_words.summary(trail, CITY.level("bezirk")) == (
        "Gewählt: 3 Bezirke. Davon erfüllen das Kriterium: 1. Erfüllt, aber nicht gewählt: Ort D. "
        "Nicht prüfbar, weil eine Zahl fehlt: 3 Bezirke."
    )


@pytest.mark.parametrize(
    ("threshold", "value", "met"),
    [
        ({"at_least": 25}, 24.95, True),
        ({"at_least": 25}, 24.949, False),
        ({"at_least": 25.05}, 25.0, False),
        ({"at_most": 25}, 25.04, True),
        ({"at_most": 25}, 25.05, False),
        ({"at_least": 0}, 0.0, True),
        ({"at_most": 0}, 0.04, True),
        ({"at_least": -1.5}, -1.54, True),
        ({"at_least": 0.3}, 0.1 + 0.2, True),
        ({"at_least": 25}, None, None),
    ],
)
def test_on_the_border_what_is_printed_counts(
    threshold: dict[str, float], value: float | None, met: bool | None
) -> None:
    one = Criterion(indicator=SHARE.id, period=NOW, **threshold)
    assert register.met(SHARE, one, value) is met


@pytest.mark.parametrize(
    ("found", "all_met"),
    [
        ([True, True], True),
        ([True, False], False),
        ([None, False], False),
        ([True, None], None),
        ([None, None], None),
    ],
)
def test_of_several_criteria_all_have_to_hold(
    found: list[bool | None], all_met: bool | None
) -> None:
    assert register.all_met(found) is all_met


def test_several_criteria_in_words_and_in_a_table() -> None:
    first = view(SHARE, cells(A=(3000, ""), B=(3000, ""), C=(2000, ""), D=(3000, "")))
    second = view(
        SHARE.model_copy(update={"id": "zwei", "short": "Zwei", "title": "Die zweite"}),
        cells(A=(1000, ""), B=(1200, ""), C=(None, "suppressed"), D=(None, "suppressed")),
    )
    less = Criterion(indicator="zwei", period=NOW, at_most=10)
    both = HELP.model_copy(update={"criteria": (QUARTER, less)})
    trail = register.trail(both, [first, second])
    assert groups(trail) == {"chosen_met": "A", "chosen_unmet": "BC", "left_unknown": "D"}
    assert register_words.criteria(trail) == (
        f"Ausgewählt nach: {SHARE.title} mindestens 25\xa0% am 31.12.2024; und Die zweite "
        "höchstens 10\xa0% am 31.12.2024. Alle Kriterien müssen erfüllt sein."
    )
    table = register_tables.table(trail, CITY.level("bezirk"))
    assert "Gewählt, alle Kriterien erfüllt (1)" in table
    assert "Gewählt, nicht alle Kriterien erfüllt (2)" in table
    assert table.count('scope="row"') == 4
    assert '<b>. geheim gehalten</b> <span class="met">nicht prüfbar</span>' in table
    assert ">Ein Träger war da.</td>" in table


def test_an_intervention_for_the_whole_city_is_held_against_the_city() -> None:
    """The city has 400 of 1,600 now: exactly 25 %."""
    four = held(SHARE, dict.fromkeys("ABCD", (80.0, 100.0)), dict.fromkeys("ABCD", 400))
    trail = register.trail(HELP.model_copy(update={"areas": None}), [four])
    assert [(line.area.name, line.chosen, line.met) for line in trail.lines] == [
        ("Stadt", True, True)
    ]
    assert register_words.summary(trail, CITY.level("bezirk")) == "Die Stadt selbst: erfüllt."
    assert register_words.criteria(trail).startswith("Kriterium für die ganze Stadt: ")
    [since] = register.since(trail)
    assert (since.own.area.name, since.own.difference, since.rest) == ("Stadt", 5.0, None)


def test_a_city_without_a_number_of_one_criterion_cannot_be_tested() -> None:
    four = held(SHARE, dict.fromkeys("ABCD", (80.0, 100.0)), dict.fromkeys("ABCD", 400))
    both = HELP.model_copy(update={"areas": None, "criteria": (QUARTER, QUARTER)})
    trail = register.trail(both, [four, replace(four, yardsticks=())])
    assert [check.met for check in trail.lines[0].checks] == [True, None]
    assert trail.lines[0].checks[1].figure.status == "not_collected"
    assert register_words.summary(trail, CITY.level("bezirk")) == (
        "Die Stadt selbst: nicht prüfbar."
    )


def test_without_a_criterion_that_is_said() -> None:
    trail = register.trail(HELP.model_copy(update={"criteria": ()}), [])
    assert (trail.lines, register.since(trail)) == ((), ())
    assert register_words.criteria(trail) == "Zu dieser Maßnahme ist kein Kriterium genannt."
    assert register_words.here(trail, "A") == "gewählt; kein Kriterium genannt"


def test_how_the_indicator_moved_is_held_against_the_rest_of_the_city() -> None:
    """A goes from 25 to 35 %, the rest of the city stays: more than chance; B does not move."""
    four = held(
        SHARE,
        {"A": (100.0, 140.0), **dict.fromkeys("BCD", (100.0, 100.0))},
        dict.fromkeys("ABCD", 400),
    )
    trail = register.trail(HELP.model_copy(update={"areas": ("A", "B")}), [four])
    since = register.since(trail)
    assert [(s.own.area.id, s.before, s.after) for s in since] == [
        ("A", PERIODS[0], NOW),
        ("B", PERIODS[0], NOW),
    ]
    assert [s.apart.state if s.apart else "" for s in since] == ["risen", "chance"]
    assert register_words.movement(since) == (
        "In 1 von 2 Vergleichen lief es anders als in der übrigen Stadt, mehr, als der Zufall "
        "erklärt."
    )


def test_before_and_after_are_a_table_to_take_along() -> None:
    """A goes from 100 to 140 of 400, B, C and D stay at 100 of 400.

    Without A the rest of the city has 300 of 1,200 both times; without B it goes from 300 to 340.
    """
    found = held(
        SHARE,
        {"A": (100.0, 140.0), **dict.fromkeys("BCD", (100.0, 100.0))},
        dict.fromkeys("ABCD", 400),
    )
    trail = register.trail(HELP.model_copy(update={"areas": ("A", "B")}), [found])
    level = CITY.level("bezirk")
    [table] = register_tables.moved_on_paper(trail, register.since(trail), level)
    assert table.caption == f"{SHARE.title} (%): vorher und nachher"
    assert table.columns == (
        "Bezirk",
        *("Vorher (31.12.2019)", "Bisher (31.12.2024)"),
        *("Übrige Stadt: Vorher (31.12.2019)", "Übrige Stadt: Bisher (31.12.2024)"),
        "Gegen die übrige Stadt",
    )
    assert table.rows == (
        ("Ort A", "25,0", "35,0", "25,0", "25,0", f"anders um +10,0{NBSP}Prozentpunkte"),
        ("Ort B", "25,0", "25,0", "25,0", "28,3", "im Rahmen des Zufalls"),
    )
    assert (table.numbers, table.prose) == (frozenset({1, 2, 3, 4}), frozenset({5}))
    # For the whole city there is nothing to hold it against.
    whole = register.trail(HELP.model_copy(update={"areas": None, "reasons": ()}), [found])
    [alone] = register_tables.moved_on_paper(whole, register.since(whole), level)
    assert alone.columns[1:] == ("Vorher (31.12.2019)", "Bisher (31.12.2024)", "Veränderung")
    assert alone.rows[0][1:3] == ("25,0", "27,5") and alone.prose == frozenset()
    assert register_tables.moved_on_paper(trail, (), level) == ()


@pytest.fixture
def revised(revised_releases: Path, monkeypatch: pytest.MonkeyPatch) -> View:
    """The share of children in 2023, of which Au's was 2,8 % first and is 3,4 % now."""
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(revised_releases))
    chosen = Selection("leben", "anteil_u6", "viertel", "2023-12-31")
    return views.view_of(releases.current(), chosen)


@pytest.mark.parametrize(
    ("threshold", "met", "first", "said"),
    [
        (3.0, True, False, "zuerst veröffentlicht: 2,8\xa0%, damit nicht erfüllt"),
        (2.0, True, None, "zuerst veröffentlicht: 2,8\xa0%"),
    ],
)
def test_a_corrected_value_says_what_it_was_when_areas_were_chosen(
    threshold: float, met: bool, first: bool | None, said: str, revised: View
) -> None:
    """27 of 799 are 3.379 %, 22 of 794 were 2.771 %."""
    one = Criterion(indicator="anteil_u6", period="2023-12-31", at_least=threshold)
    own = HELP.model_copy(update={"areas": ("001",), "criteria": (one,)})
    trail = register.trail(own, [revised])
    line = trail.line("001")
    assert line is not None and (line.met, line.checks[0].first) == (met, first)
    assert register_words.earlier(line.checks[0]) == said
    assert said in register_tables.table(trail, revised.level)
    other = trail.line("002")
    assert other is not None and register_words.earlier(other.checks[0]) == ""


def test_a_period_nobody_has_numbers_of_cannot_be_tested(revised: View) -> None:
    chosen = replace(revised.selection, period="2011-12-31")
    one = Criterion(indicator="anteil_u6", period="2011-12-31", at_least=1)
    own = HELP.model_copy(update={"areas": ("001",), "criteria": (one,)})
    trail = register.trail(own, [views.view_of(releases.current(), chosen)])
    assert groups(trail) == {"chosen_unknown": "001", "left_unknown": "002003004"}
    table = register_tables.table(trail, revised.level)
    assert table.count("nicht erhoben") == 4 and "erfüllt<" not in table


def test_a_criterion_leads_to_its_indicator_at_its_period() -> None:
    found = view(SHARE, cells(A=(2600, "")))
    said = register_tables.said(register.trail(HELP, [found]), CITY.level("bezirk"))
    address = f"./{found.theme.id}?indikator={SHARE.id}&amp;zeit={NOW}&amp;ansicht=rangfolge"
    assert f'Ausgewählt nach: <a href="{address}" target="_self">' in said
    assert register_words.criterion(SHARE, QUARTER) in said


def test_money_is_added_only_where_all_of_it_is_public() -> None:
    dear, cheap = (HELP.model_copy(update={"money": euro}) for euro in (1_250_000, 0))
    assert register_words.money(dear) == "1.250.000\xa0€"
    assert register_words.money(cheap) == "0\xa0€"
    assert register_words.money(HELP) == "kein Betrag öffentlich"
    assert register_words.total([dear, cheap]) == "Zusammen: 1.250.000\xa0€."
    assert register_words.total([dear, HELP]) == (
        "Bei 1 von 2 ist kein Betrag öffentlich; eine Summe wird darum nicht gezeigt."
    )
    assert register_words.total([dear]) == register_words.total([]) == ""


def test_when_and_where_it_is() -> None:
    areas = [figure.area for figure in view(SHARE, cells(A=(1, ""), B=(1, ""), C=(1, ""))).figures]
    ended = HELP.model_copy(update={"end": "2022-12-31", "areas": None})
    assert register_words.when(HELP) == "ab 01.05.2020"
    assert register_words.when(ended) == "01.05.2020 bis 31.12.2022"
    assert register_words.places(HELP, areas) == "Ort A, Ort B, Ort C"
    assert register_words.places(ended, areas) == "ganze Stadt"


OTHER = HELP.model_copy(
    update={"id": "fest", "office": "Amt für Kultur", "areas": None, "criteria": ()}
)
KNOWN = (HELP, OTHER)


@pytest.mark.parametrize(
    ("query", "chosen", "listed"),
    [
        ({}, Register(), "hilfe fest"),
        ({"amt": "Jugendamt"}, Register(office="Jugendamt"), "hilfe"),
        ({"gebiet": "A"}, Register(area="A"), "hilfe fest"),
        ({"gebiet": "D"}, Register(area="D"), "fest"),
        ({"indikator": SHARE.id}, Register(indicator=SHARE.id), "hilfe"),
        ({"amt": "Amt für Kultur", "gebiet": "D"}, Register("Amt für Kultur", "D"), "fest"),
        ({"massnahme": "fest", "gebiet": "A"}, Register("", "A", "", "fest"), "hilfe fest"),
    ],
)
def test_an_address_says_which_are_listed(
    query: dict[str, str], chosen: Register, listed: str
) -> None:
    found, notices = register_links.parse(KNOWN, set("ABCD"), query)
    assert (found, notices) == (chosen, [])
    assert found.query() == query
    assert " ".join(each.id for each in found.listed(KNOWN)) == listed


def test_a_zone_has_the_interventions_of_its_parts() -> None:
    """A, chosen, meets 25 % and D, not chosen, does too; E does not. By hand."""
    zone = Register(area="D~A")
    assert [each.id for each in zone.listed(KNOWN, ("D", "A"))] == ["hilfe", "fest"]
    assert [each.id for each in zone.listed(KNOWN, ("D", "E"))] == ["fest"]
    found = view(SHARE, cells(A=(3000, ""), D=(2600, ""), E=(100, "")))
    trail = register.trail(HELP, [found])
    assert [trail.concerns(area) for area in "ADE"] == [True, True, False]
    parts = [figure.area for figure in found.figures if figure.area.id in "ADE"]
    assert register_words.within(trail, parts) == "; ".join(
        f"{name}: {register_words.here(trail, area)}"
        for name, area in (("Ort A", "A"), ("Ort D", "D"))
    )
    whole = register.trail(OTHER, [])
    assert whole.concerns("E") and register_words.within(whole, parts) == "in der ganzen Stadt"


def test_a_wrong_address_gives_way_with_notices_that_do_not_repeat_it() -> None:
    keys = ("massnahme", "amt", "gebiet", "indikator")
    found, notices = register_links.parse(KNOWN, set("ABCD"), dict.fromkeys(keys, "<b>x</b>"))
    assert found == Register() and len(notices) == len(keys)
    assert "<b>" not in " ".join(notices)
    assert register_links.parse((), (), {"gebiet": ""}) == (Register(), [])
