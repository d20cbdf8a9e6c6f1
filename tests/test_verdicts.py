"""Words about districts and changes obey chance, also on data in which nothing differs."""

from __future__ import annotations

import tomllib
from math import sqrt
from pathlib import Path

import numpy as np
import pytest

from model import contrasts, verdicts
from model.areas import Area
from model.catalog import Indicator, Theme
from model.view import Figure
from test_model import indicator

ROOT = Path(__file__).parent.parent
FIXED = {"Plätze", "Gebäude", "Wohnungen", "Beratungen", "km²", "m²", "Euro", "Jahre"}
SHARE = indicator()
RATE = indicator(unit="je 100 Kinder")


def figure(
    count: float | None, base: float | None, area: str = "07", per: float = 100, status: str = "ok"
) -> Figure:
    place = Area(area, "bezirk", "Hahlen", "Hahlen", "in Hahlen", None, None, None)
    value = per * count / base if count is not None and base else None
    return Figure(place, value, status, count, base)


def city(count: float | None, base: float | None) -> Figure:
    return figure(count, base, area="stadt")


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({}, "share"),
        ({"unit": "je 100 Kinder"}, "rate"),
        ({"unit": "Einwohner/km²", "per": 1}, "none"),
        ({"unit": "Personen", "per": 1, "denominator": []}, "none"),
        ({"as_delivered": True, "per": 1, "denominator": []}, "none"),
        ({"numerator": [{"measure": "in"}, {"measure": "out", "factor": -1}]}, "none"),
        ({"random": "none"}, "none"),
        ({"random": "rate"}, "rate"),
    ],
)
def test_what_chance_moves_follows_from_the_unit_or_is_said(
    changes: dict[str, object], kind: str
) -> None:
    assert indicator(**changes).chance == kind


def test_in_no_city_chance_moves_what_is_built_planned_or_counted_twice() -> None:
    for folder in (ROOT / "data").glob("*/catalog"):
        measures = tomllib.loads((folder.parent / "measures.toml").read_text("utf-8"))["measures"]
        units = {measure["id"]: measure["unit"] for measure in measures}
        for path in folder.glob("*.toml"):
            for each in Theme.model_validate(tomllib.loads(path.read_text("utf-8"))).indicators:
                if each.chance != "none":
                    counted = {units[term.measure] for term in each.numerator}
                    assert not counted & FIXED, each.id


def test_chance_is_declared_for_nothing_without_a_base() -> None:
    with pytest.raises(ValueError, match="random = 'rate' verlangt denominator"):
        indicator(unit="Personen", per=1, denominator=[], random="rate")


@pytest.mark.parametrize("kind", [SHARE, RATE])
def test_a_district_stands_to_its_city_in_one_of_four_words(kind: Indicator) -> None:
    found = [verdicts.verdict(kind, figure(n, 400), city(1000, 5000)) for n in (140, 84, 40)]
    assert found == ["higher", "similar", "lower"]
    assert [verdicts.against(word) for word in found] == [
        "deutlich höher",
        "ähnlich wie die Stadt",
        "deutlich niedriger",
    ]


def test_a_district_is_compared_with_the_rest_of_its_city() -> None:
    """Of half of all people 45 % against the city's 40 % are 45 % against the others' 35 %."""
    assert verdicts.verdict(SHARE, figure(180, 400), city(320, 800)) == "higher"
    assert contrasts.share_difference(180, 400, 140, 400).sign() == 1
    assert contrasts.share_difference(180, 400, 320, 800).sign() == 0


def test_less_than_a_tenth_of_the_citys_value_is_similar_however_many_people() -> None:
    whole = city(200_000, 1_000_000)
    assert verdicts.verdict(SHARE, figure(21_940, 100_000), whole) == "similar"
    assert verdicts.verdict(SHARE, figure(22_000, 100_000), whole) == "higher"
    assert verdicts.verdict(SHARE, figure(21_960, 100_000), whole) == "higher", "shown as 22,0"
    nearly_none = city(400, 1_000_000)
    assert verdicts.verdict(indicator(decimals=0), figure(200, 100_000), nearly_none) == "similar"


@pytest.mark.parametrize(
    ("own", "whole"),
    [
        (figure(None, 75, status="suppressed"), city(1000, 5000)),
        (figure(19, None, status="suppressed"), city(1000, 5000)),
        (Figure(figure(1, 2).area, None, "unreliable", 2, 9), city(1000, 5000)),
        (figure(0, 0, status="not_meaningful"), city(1000, 5000)),
        (figure(19, 75), None),
        (figure(19, 75), city(None, 5000)),
        (figure(19, 75), city(18, 5000)),
        (figure(19, 75), city(19, 75)),
        (figure(80, 75), city(1000, 5000)),
        (city(1000, 5000), city(1000, 5000)),
    ],
)
def test_what_lacks_a_number_or_is_the_city_is_not_comparable(
    own: Figure, whole: Figure | None
) -> None:
    assert verdicts.verdict(SHARE, own, whole) == "incomparable"
    assert verdicts.verdicts(SHARE, [own], whole) == ("incomparable",)


def test_where_chance_tells_nothing_nothing_is_compared() -> None:
    quotient = indicator(random="none")
    assert verdicts.verdict(quotient, figure(140, 400), city(1000, 5000)) == "incomparable"
    assert verdicts.change(quotient, figure(1, 9), figure(9, 9)) == verdicts.Change("incomparable")
    assert verdicts.change(SHARE, figure(None, 9), figure(9, 9)).move == "incomparable"
    assert verdicts.against("incomparable") == verdicts.move("incomparable") == "nicht vergleichbar"


@pytest.mark.parametrize("kind", [SHARE, RATE])
def test_a_change_is_named_with_its_limits(kind: Indicator) -> None:
    risen = verdicts.change(kind, figure(40, 400), figure(80, 400))
    fallen = verdicts.change(kind, figure(80, 400), figure(40, 400))
    chance = verdicts.change(kind, figure(19, 75), figure(15, 75))
    assert [verdicts.move(each.move) for each in (risen, fallen, chance)] == [
        "gestiegen",
        "gesunken",
        "im Rahmen des Zufalls",
    ]
    assert risen.difference == pytest.approx(10)
    assert risen.interval and chance.interval and risen.p and chance.p
    assert 0 < risen.interval.low < 10 < risen.interval.high
    assert chance.interval.holds(0)
    assert risen.p < 0.05 < chance.p


def test_changes_of_a_level_are_judged_together() -> None:
    """One of 19 with p = 0.03 is no news; alone it would be. Its interval says the same."""
    still = [(figure(20, 100), figure(20, 100))] * 18
    some, strong = (figure(20, 100), figure(35, 100)), (figure(20, 100), figure(60, 100))
    alone = verdicts.change(SHARE, *some)
    assert alone.move == "risen"
    assert alone.p and 0.02 < alone.p < 0.05
    together = verdicts.changes(SHARE, [some, *still])
    assert {each.move for each in together} == {"chance"}
    assert all(each.interval and each.interval.holds(0) for each in together)
    moves = [each.move for each in verdicts.changes(SHARE, [some, strong, *still])]
    assert moves == ["chance", "risen", *["chance"] * 18]
    missing = (figure(None, 100), figure(20, 100))
    assert [each.move for each in verdicts.changes(SHARE, [missing, strong])] == [
        "incomparable",
        "risen",
    ]


BASES = np.array([75, 90, 110, 130, 150, 180, 200, 220, 250, 280, 320, 350, 400, 450, 500, 600,
                  700, 900, 1200])  # fmt: skip
"""As many districts as Minden has, from its smallest to its largest, in children."""


def drawn(kind: Indicator, mean: float, seed: int) -> list[Figure]:
    """All districts with the same chance: a city in which nothing differs."""
    rng = np.random.default_rng(seed)
    counts = rng.binomial(BASES, mean) if kind is SHARE else rng.poisson(BASES * mean)
    pairs = zip(counts.tolist(), BASES.tolist(), strict=True)
    return [figure(*pair, area=str(i)) for i, pair in enumerate(pairs)]


def together(figures: list[Figure]) -> Figure:
    return city(sum(f.numerator or 0 for f in figures), float(BASES.sum()))


@pytest.mark.parametrize("kind", [SHARE, RATE])
@pytest.mark.parametrize("mean", [0.01, 0.25])
def test_no_more_than_5_per_cent_of_equal_districts_are_called_different(
    kind: Indicator, mean: float
) -> None:
    levels = [drawn(kind, mean, seed) for seed in range(60)]
    words = [verdicts.verdict(kind, f, together(level)) for level in levels for f in level]
    false = sum(word in ("higher", "lower") for word in words) / len(words)
    assert false <= 0.05 + 3 * sqrt(0.05 * 0.95 / len(words))
    pairs = zip(levels[::2], levels[1::2], strict=True)
    moves = [
        verdicts.change(kind, *pair).move
        for old, new in pairs
        for pair in zip(old, new, strict=True)
    ]
    false = 1 - moves.count("chance") / len(moves)
    assert false <= 0.05 + 3 * sqrt(0.05 * 0.95 / len(moves))


@pytest.mark.parametrize("kind", [SHARE, RATE])
def test_no_more_than_5_per_cent_of_levels_have_any_false_verdict(kind: Indicator) -> None:
    runs, false, moved = 200, 0, 0
    for seed in range(runs):
        mean = (0.01, 0.05, 0.25, 0.5)[seed % 4]
        now, before = drawn(kind, mean, seed), drawn(kind, mean, seed + runs)
        false += not {"higher", "lower"}.isdisjoint(verdicts.verdicts(kind, now, together(now)))
        pairs = list(zip(before, now, strict=True))
        moved += {each.move for each in verdicts.changes(kind, pairs)} != {"chance"}
    assert max(false, moved) <= runs * (0.05 + 3 * sqrt(0.05 * 0.95 / runs))


def test_a_share_and_its_complement_are_judged_alike() -> None:
    """Of 61 % the tenth is that of the missing 39 points: 55,9 and 44,1 % differ both by 5,1."""
    for counted, whole in ((559, 6_100), (441, 3_900)):
        found = verdicts.verdict(SHARE, figure(counted * 4, 4_000), city(whole * 10, 100_000))
        assert found == ("lower" if counted == 559 else "higher")
    assert verdicts.verdict(SHARE, figure(5_750, 10_000), city(61_000, 100_000)) == "similar"
    assert verdicts.verdict(SHARE, figure(4_250, 10_000), city(39_000, 100_000)) == "similar"
