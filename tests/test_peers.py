"""Areas that are alike: by hand, and by numpy as a second method."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest

from model import peers
from model.peers import Peer

# Means 4 and 10, standard deviations 2 and 5: the scores are whole numbers.
YOUNG: dict[str, float | None] = {"a": 2.0, "b": 2.0, "c": 6.0, "d": 6.0}
DENSE: dict[str, float | None] = {"a": 5.0, "b": 15.0, "c": 5.0, "d": 15.0}


def test_scores_by_hand() -> None:
    assert peers.scores(YOUNG) == {"a": -1, "b": -1, "c": 1, "d": 1}
    # 2, 4, 4, 4, 5, 5, 7, 9 have the mean 5 and the standard deviation 2.
    eight = dict(zip("abcdefgh", (2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0), strict=True))
    assert list(peers.scores(eight).values()) == [-1.5, -0.5, -0.5, -0.5, 0, 0, 1, 2]


@pytest.mark.parametrize(
    "values", [{}, {"a": 1.0}, {"a": 1.0, "b": None}, {"a": 0.1, "b": 0.1}, {"a": 0.0, "b": 0.0}]
)
def test_no_scores_where_nothing_differs(values: dict[str, float | None]) -> None:
    assert peers.scores(values) == {}


def test_distances_by_hand() -> None:
    found = peers.found("a", {"young": YOUNG, "dense": DENSE})
    assert found.nearest == (
        Peer("b", 2.0, ("young",), ("dense",)),
        Peer("c", 2.0, ("dense",), ("young",)),
        Peer("d", sqrt(8), (), ("young", "dense")),
    )
    assert (found.used, found.absent, found.even) == (("young", "dense"), (), ())
    assert found.usual == 2.0
    assert [peer.area for peer in peers.found("a", {"young": YOUNG}, most=1).nearest] == ["b"]


def test_distances_are_those_of_numpy() -> None:
    drawn = np.random.default_rng(5).gamma(2.0, 3.0, (4, 19))
    names = [f"{number:02}" for number in range(19)]
    values: dict[str, dict[str, float | None]] = {
        f"i{row}": dict(zip(names, map(float, drawn[row]), strict=True)) for row in range(4)
    }
    z = (drawn - drawn.mean(axis=1, keepdims=True)) / drawn.std(axis=1, keepdims=True)
    for own in range(19):
        far = np.linalg.norm(z - z[:, [own]], axis=0)
        order = [int(place) for place in np.argsort(far) if place != own]
        found = peers.found(names[own], values)
        assert [peer.area for peer in found.nearest] == [names[place] for place in order[:3]]
        assert [peer.distance for peer in found.nearest] == pytest.approx(far[order[:3]])
        assert found.usual == pytest.approx(np.median(np.delete(far, own)))


def test_a_hidden_number_of_the_area_leaves_the_indicator_out() -> None:
    found = peers.found("a", {"young": YOUNG, "dense": {**DENSE, "a": None}})
    assert (found.used, found.absent) == (("young",), ("dense",))
    assert found.nearest[0] == Peer("b", 0.0, ("young",), ())


def test_a_hidden_number_of_another_is_scaled_up_and_told() -> None:
    found = peers.found("a", {"young": YOUNG, "dense": {**DENSE, "d": None}})
    [peer] = [peer for peer in found.nearest if peer.area == "d"]
    # Only the first indicator is left, two deviations apart: sqrt(2 / 1 * 2 ** 2).
    assert peer == Peer("d", sqrt(8), (), ("young",), ("dense",))


def test_who_shares_fewer_than_half_of_the_indicators_is_no_peer() -> None:
    hidden: dict[str, float | None] = {**DENSE, "d": None}
    found = peers.found("a", {"young": YOUNG, "dense": hidden, "third": hidden})
    assert "d" not in [peer.area for peer in found.nearest]


def test_an_indicator_in_which_nobody_differs_is_told() -> None:
    found = peers.found("a", {"young": YOUNG, "same": dict.fromkeys("abcd", 7.0)})
    assert (found.used, found.even) == (("young",), ("same",))


def test_nothing_to_compare_is_no_error() -> None:
    assert peers.found("a", {}) == peers.Peers((), (), (), (), None)
    assert peers.found("z", {"young": YOUNG}).absent == ("young",)


def test_reasons_in_words() -> None:
    titles = {"young": "Unter 18", "old": "Ab 65", "dense": "Dichte"}
    assert peers.reason(Peer("b", 1.0, ("young", "old"), ("dense",)), titles) == (
        "Ähnlich: Unter 18; Ab 65. Anders: Dichte."
    )
    assert peers.reason(Peer("b", 1.0, (), (), ("old",)), titles) == (
        "Bei keinem Merkmal ganz nah, bei keinem weit entfernt. "
        "Ohne Zahl, deshalb nicht mitgerechnet: Ab 65."
    )
