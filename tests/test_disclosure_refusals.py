"""Numbers that cannot be protected are named, whatever stands in the way."""

from __future__ import annotations

from typing import Any

import pytest

from prepare.disclosure import attack, shielding, trial
from prepare.disclosure.earlier import Earlier
from prepare.disclosure.patterns import NONE_KNOWN
from prepare.failures import ImpossibleError
from prepare.findings import PreparationError
from protected_city import AREAS, catalog, found

TOWN = [
    {"id": "jobs", "title": "Beschäftigte", "unit": "Personen", "breakdowns": ["age", "sex"]},
]
# Public sums of which each can be met, but not all together.
CROSSED = [
    *[("001", "jobs", 10, {"sex": "m", "age": age}) for age in ("0-5", "18-64")],
    *[("001", "jobs", None, {"sex": sex, "age": "6-17"}) for sex in "mw"],
    *[("001", "jobs", None, {"sex": sex, "age": "65+"}) for sex in "mw"],
    *[("001", "jobs", 10, {"sex": "w", "age": age}) for age in ("0-5", "18-64")],
    *[("001", "jobs", 29, {"sex": sex, "delivery": "published"}) for sex in "mw"],
    *[
        ("001", "jobs", value, {"age": age, "delivery": "published"})
        for age, value in (("0-5", 20), ("18-64", 20), ("6-17", 12), ("65+", 3))
    ],
]


@pytest.fixture
def own() -> Any:
    return catalog(counted=TOWN, rule={"minimum": 3}, complete={"jobs": ("age", "sex")})


def test_contradictions_that_only_show_together_are_named(own: Any) -> None:
    """Men and women of two ages are 18 by their sexes, and 15 by their ages."""
    with pytest.raises(PreparationError) as refused:
        shielding.counts_told(own, AREAS, found(*CROSSED), Earlier(), NONE_KNOWN)
    told = refused.value.findings
    assert {(one.rule, one.file) for one in told} == {
        ("disclosure_contradiction", "protection.toml")
    }
    assert {one.place for one in told} >= {
        f"Beschäftigte, Au, 31.12.2024, {age}, {sex}"
        for age in ("6 bis unter 18 Jahre", "65 Jahre und älter")
        for sex in ("männlich", "weiblich")
    }
    with pytest.raises(ImpossibleError, match=r"Beschäftigte, Au.*widersprechen sich"):
        trial.trial(own, AREAS, found(*CROSSED), ())


def test_a_solver_that_fails_is_no_crash(own: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any) -> None:
        raise attack.Undecided("Unknown")

    monkeypatch.setattr("prepare.disclosure.attack.failing", fails)
    told = found(("001", "jobs", 12), ("002", "jobs", 2))
    with pytest.raises(PreparationError) as refused:
        shielding.counts_told(own, AREAS, told, Earlier(), NONE_KNOWN)
    assert [(one.rule, one.place) for one in refused.value.findings] == [
        ("disclosure_undecided", f"Beschäftigte, {area}, 31.12.2024")
        for area in ("Au", "Berg", "Nord")
    ]
    with pytest.raises(ImpossibleError, match=r"Beschäftigte, Nord, 31\.12\.2024\. Ob diese Zahl"):
        trial.trial(own, AREAS, told, ())
