"""Changes as lines: who is in front, who is named, and how names keep apart."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import isotonic_regression

from components import change_slopes, channels, colours
from model import changes
from test_changes import PERIODS, SHARE
from test_typology import FIVE, held

BEFORE = PERIODS[1]


def test_names_move_as_little_as_possible_until_they_are_apart() -> None:
    assert channels.apart([1.0, 5.0, 9.0], 2.0) == [1.0, 5.0, 9.0]
    # Two at one place go half a gap each way; three stay centred.
    assert channels.apart([4.0, 4.0], 2.0) == [3.0, 5.0]
    assert channels.apart([4.0, 4.0, 4.0], 2.0) == [2.0, 4.0, 6.0]
    assert channels.apart([], 1.0) == []


@pytest.mark.parametrize("seed", range(5))
def test_names_by_a_second_method(seed: int) -> None:
    places = np.sort(np.random.default_rng(seed).uniform(0, 20, 19))
    steps = 1.5 * np.arange(19)
    expected = isotonic_regression(places - steps).x + steps
    assert channels.apart(list(places), 1.5) == pytest.approx(list(expected))


def test_who_has_moved_has_a_strong_colour_and_everybody_a_name() -> None:
    found = held(SHARE, FIVE, dict.fromkeys(FIVE, 1000))
    chart = change_slopes.slopes(found, changes.between(found, BEFORE))
    front = {(row["name"], row["colour"]) for row in chart.data["front"].to_dicts()}
    assert front == {
        ("Ort A", colours.CHANGES["risen", 2]),
        ("Ort E", colours.CHANGES["fallen", 2]),
        ("Stadt", colours.INK),
    }
    assert set(chart.data["quiet"]["name"]) == {"Ort B", "Ort C", "Ort D"}
    ends = chart.data["front"].filter(name="Ort A").select("when", "value").rows()
    assert ends == [("31.12.2022", pytest.approx(20.0)), ("31.12.2024", pytest.approx(30.0))]
    names = chart.data["names"].sort("value")["name"].to_list()
    assert names == [
        "Ort E −10,0",
        "Ort C 0,0",
        "Ort D 0,0",
        "Stadt 0,0",
        "Ort B 0,0",
        "Ort A +10,0",
    ]
    places = chart.data["names"].sort("value")["value"].to_list()
    gap = 17 * (30 - 10) / chart.spec["height"]
    assert min(np.diff(places)) >= gap - 1e-9
