"""Areas that are alike: how far two lie apart by some structural indicators.

Each indicator is standardised over all areas that have a number, so that none counts more for its
unit or its spread; the distance is Euclid's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, median, pstdev

from model.language import _

MOST = 3
LIKE, UNLIKE = 0.5, 1.0
"""Standard deviations up to which two areas are called alike, and from which different."""

Values = Mapping[str, Mapping[str, float | None]]
"""Numbers by indicator and area; None where there is none."""


@dataclass(frozen=True)
class Peer:
    """An area and how far away it lies; by which indicators it is `alike`, by which `different`.

    `without` are those it has no number for.
    """

    area: str
    distance: float
    alike: tuple[str, ...]
    different: tuple[str, ...]
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class Peers:
    """The nearest areas, near to far, and what was compared.

    `used` are the indicators of the distances; `absent` those the area itself has no number for,
    `even` those in which no two areas differ. `usual` is the distance half of all others exceed.
    """

    nearest: tuple[Peer, ...]
    used: tuple[str, ...]
    absent: tuple[str, ...]
    even: tuple[str, ...]
    usual: float | None


def scores(values: Mapping[str, float | None]) -> dict[str, float]:
    """How many standard deviations of all areas each one lies above their mean.

    Empty where there are fewer than two numbers, or all are the same.
    """
    known = {area: value for area, value in values.items() if value is not None}
    if len(known) < 2:
        return {}
    mean, deviation = fmean(known.values()), pstdev(known.values())
    if deviation <= 1e-12 * max(map(abs, known.values())):
        return {}
    return {area: (value - mean) / deviation for area, value in known.items()}


def found(own: str, values: Values, most: int = MOST) -> Peers:
    """The areas nearest to `own`. Those that share fewer than half of the indicators are left out.

    Where an area lacks a number, its distance is that of the others, scaled up to all of them:
    Dixon (1979), IEEE Trans. Syst. Man Cybern. 9:617-621.
    """
    absent = tuple(name for name, known in values.items() if known.get(own) is None)
    standard = {name: scores(known) for name, known in values.items() if name not in absent}
    even = tuple(name for name, known in standard.items() if not known)
    used = tuple(name for name, known in standard.items() if known)
    others = dict.fromkeys(area for name in used for area in standard[name] if area != own)
    each = [peer for area in others if (peer := _peer(own, area, {n: standard[n] for n in used}))]
    ranked = sorted(each, key=lambda peer: (peer.distance, peer.area))
    usual = median(peer.distance for peer in each) if each else None
    return Peers(tuple(ranked[:most]), used, absent, even, usual)


def reason(peer: Peer, titles: Mapping[str, str]) -> str:
    """Why an area is a peer, in words; `titles` are those of the indicators."""
    parts = [
        text.format(titles="; ".join(titles[name] for name in names))
        for text, names in (
            (_("Ähnlich: {titles}."), peer.alike),
            (_("Anders: {titles}."), peer.different),
            (_("Ohne Zahl, deshalb nicht mitgerechnet: {titles}."), peer.without),
        )
        if names
    ]
    if not peer.alike and not peer.different:
        parts.insert(0, _("Bei keinem Merkmal ganz nah, bei keinem weit entfernt."))
    return " ".join(parts)


def _peer(own: str, area: str, standard: Mapping[str, Mapping[str, float]]) -> Peer | None:
    """How an area lies to another one; None where they share too little."""
    apart = {
        name: abs(known[own] - known[area]) for name, known in standard.items() if area in known
    }
    if 2 * len(apart) < len(standard):
        return None
    squares = sum(difference**2 for difference in apart.values())
    return Peer(
        area=area,
        distance=sqrt(len(standard) / len(apart) * squares),
        alike=tuple(name for name, difference in apart.items() if difference <= LIKE),
        different=tuple(name for name, difference in apart.items() if difference >= UNLIKE),
        without=tuple(name for name in standard if name not in apart),
    )
