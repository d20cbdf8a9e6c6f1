"""Which maps stand beside each other: the address of `/karten`.

Either one indicator at two or four of its periods, or one, two or four indicators that go through
the years together. As with model/selection.py the address is the state: `parse` makes query
parameters a set of maps that is valid for the release, with a notice for what had to give way;
`query` writes it back. docs/links.md lists the keys.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from model import pooling, selection
from model.catalog import Catalog, Indicator
from model.selection import METHODS

YEARS, INDICATORS = "jahre", "indikatoren"
MODES = (YEARS, INDICATORS)
SIZES = {YEARS: (2, 4), INDICATORS: (1, 2, 4)}
"""How many maps may stand beside each other."""


@dataclass(frozen=True)
class Offer:
    """What a release has maps of: periods by level and indicator, ascending; names by level."""

    periods: Mapping[str, Mapping[str, tuple[str, ...]]]
    areas: Mapping[str, Mapping[str, str]]
    default_level: str

    def steps(self, level: str, indicators: Sequence[str]) -> tuple[str, ...]:
        """What maps of these indicators go through together."""
        return steps([self.periods[level][name] for name in indicators])


@dataclass(frozen=True)
class MapSet:
    """Maps of one level with the same chosen areas and classes made in the same way.

    With `periods` it is one indicator at each of them; else each indicator at `period`, one of
    the steps that the indicators go through together.
    """

    indicators: tuple[str, ...]
    level: str
    periods: tuple[str, ...] = ()
    period: str = ""
    areas: tuple[str, ...] = ()
    method: str = "natuerlich"
    count: int = 5

    @property
    def mode(self) -> str:
        """What differs from map to map: YEARS or INDICATORS."""
        return YEARS if self.periods else INDICATORS

    @property
    def size(self) -> int:
        """How many maps there are."""
        return len(self.periods or self.indicators)

    def query(self) -> dict[str, str]:
        """The complete set as query parameters."""
        return {
            "nebeneinander": self.mode,
            "indikatoren": ",".join(self.indicators),
            "ebene": self.level,
            **({"zeiten": ",".join(self.periods)} if self.periods else {"zeit": self.period}),
            **({"gebiet": ",".join(self.areas)} if self.areas else {}),
            "klassen": self.method,
            "stufen": str(self.count),
        }


def steps(periods: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The periods that all have in common, else the years any of them has, ascending."""
    if len(set(periods)) == 1:
        return periods[0]
    return tuple(sorted({period[:4] for own in periods for period in own}))


def at(step: str, periods: Sequence[str]) -> str:
    """The period shown at a step: itself, the last of the same year, else the bare year.

    There is nothing at a bare year of an indicator with dates: it was not collected.
    """
    if step in periods:
        return step
    return max((period for period in periods if period[:4] == step[:4]), default=step[:4])


def spread(periods: Sequence[str], count: int) -> tuple[str, ...]:
    """`count` periods from the first to the last, as evenly as their order allows."""
    if count < 2 or len(periods) < 2:
        return tuple(periods[-1:])
    last = len(periods) - 1
    return tuple(dict.fromkeys(periods[round(i * last / (count - 1))] for i in range(count)))


def sizes(offer: Offer, chosen: MapSet) -> tuple[int, ...]:
    """How many maps the set could have instead."""
    level = offer.periods[chosen.level]
    there = len(level[chosen.indicators[0]]) if chosen.periods else len(level)
    return tuple(size for size in SIZES[chosen.mode] if size <= there) or (1,)


def methods(indicators: Sequence[Indicator]) -> tuple[str, ...]:
    """The ways to make classes: fixed ones only where each legend has declared ones."""
    declared = {indicator.classes.breaks for indicator in indicators}
    fixed = () not in declared and (len(declared) == 1 or not pooling.shared(indicators))
    return tuple(key for key, value in METHODS.items() if value != "fixed" or fixed)


def toggled(chosen: MapSet, area: str) -> MapSet:
    """The set after a click on an area: chosen alone, or no longer if it was alone."""
    return replace(chosen, areas=() if chosen.areas == (area,) else (area,))


def sized(catalog: Catalog, offer: Offer, chosen: MapSet, size: int) -> MapSet:
    """The set with more or fewer maps of the same kind."""
    if chosen.periods:
        return replace(chosen, periods=spread(_own(offer, chosen), size))
    names = filled(catalog, offer.periods[chosen.level], chosen.indicators[:size], size)
    return moved(offer, replace(chosen, indicators=names))


def switched(catalog: Catalog, offer: Offer, chosen: MapSet, mode: str, size: int) -> MapSet:
    """The set with the years, or with indicators beside each other."""
    if mode == YEARS:
        one = replace(chosen, indicators=chosen.indicators[:1], period="")
        return replace(one, periods=pair(_own(offer, one), chosen.period, size))
    one = replace(chosen, periods=(), period=(chosen.periods or (chosen.period,))[-1])
    return sized(catalog, offer, one, size)


def moved(offer: Offer, chosen: MapSet) -> MapSet:
    """The set at the nearest periods its indicators have."""
    if chosen.periods:
        own = _own(offer, chosen)
        kept = {selection.nearest(period, own) for period in chosen.periods}
        full = len(kept) == chosen.size
        return replace(chosen, periods=tuple(sorted(kept)) if full else spread(own, chosen.size))
    shown = offer.steps(chosen.level, chosen.indicators)
    return replace(chosen, period=selection.nearest(chosen.period, shown))


def filled(
    catalog: Catalog, there: Mapping[str, object], names: Sequence[str], size: int
) -> tuple[str, ...]:
    """`size` indicators: the given ones, then others of the first one's theme, then any."""
    theme = catalog.theme_of(names[0]) if names else catalog.themes[0]
    near = [theme.headline, *(indicator.id for indicator in theme.indicators)]
    found = dict.fromkeys(
        [*names, *(name for name in (*near, *catalog.indicators) if name in there)]
    )
    return tuple(found)[:size]


def pair(own: tuple[str, ...], period: str, size: int) -> tuple[str, ...]:
    """Periods from the first one to the given one, as far as that is another one of the years."""
    end = selection.nearest(period, own)
    until = own[: own.index(end) + 1] if period[:4] == end[:4] else own
    return spread(until if len(until) >= size else own, size)


def _own(offer: Offer, chosen: MapSet) -> tuple[str, ...]:
    return offer.periods[chosen.level][chosen.indicators[0]]
