"""Maps beside each other as an address: what a query means, and what of it had to give way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from model import links, selection
from model.catalog import Catalog
from model.language import _
from model.mapset import MODES, SIZES, YEARS, MapSet, Offer, filled, methods, pair
from model.selection import COUNTS, MAX_AREAS, METHODS


def parse(catalog: Catalog, offer: Offer, query: Mapping[str, str]) -> tuple[MapSet, list[str]]:
    """The maps a query means, and a German notice for every value that had to give way.

    Unknown, empty or hostile values are never echoed back and never raise.
    """
    notices: list[str] = []
    level = links.one("ebene", query, offer.areas, offer.default_level, notices)
    mode = links.one("nebeneinander", query, dict.fromkeys(MODES), YEARS, notices)
    names = _indicators(catalog, offer.periods[level], query, mode, notices)
    found = [catalog.indicators[name] for name in names]
    ways = dict.fromkeys(methods(found))
    own = next(key for key, value in METHODS.items() if value == found[0].classes.method)
    count = links.one(
        "stufen", query, {str(n): n for n in COUNTS}, str(found[0].classes.count), notices
    )
    steps_here = offer.steps(level, names)
    return (
        MapSet(
            indicators=names,
            level=level,
            periods=_periods(steps_here, query, notices) if mode == YEARS else (),
            period="" if mode == YEARS else _period(steps_here, query, notices),
            areas=_areas(offer.areas[level], query, notices),
            method=links.one("klassen", query, ways, own if own in ways else "natuerlich", notices),
            count=int(count),
        ),
        notices,
    )


def _indicators(
    catalog: Catalog,
    there: Mapping[str, object],
    query: Mapping[str, str],
    mode: str,
    notices: list[str],
) -> tuple[str, ...]:
    """The asked indicators that have a map, as many as may stand side by side."""
    asked = links.listed(query.get("indikatoren", ""))
    here = [name for name in asked if name in there]
    if len(here) < len(asked):
        notices.append(_("Nicht jeden Indikator aus dem Link gibt es hier."))
    size = 1 if mode == YEARS else _fitting(len(here) or 2, SIZES[mode], notices)
    if mode == YEARS and len(here) > 1:
        notices.append(_("Jahre stehen von einem Indikator nebeneinander."))
    return filled(catalog, there, here[:size], size)


def _periods(own: tuple[str, ...], query: Mapping[str, str], notices: list[str]) -> tuple[str, ...]:
    """The asked periods in their order; without two of them the first and the asked or last one."""
    asked = links.listed(query.get("zeiten", ""))
    near = {period: selection.nearest(period, own) for period in asked}
    here = sorted({found for period, found in near.items() if found[:4] == period[:4]})
    if any(found[:4] != period[:4] for period, found in near.items()):
        notices.append(_("Nicht jeden Zeitpunkt aus dem Link gibt es hier."))
    size = _fitting(len(here), SIZES[YEARS], notices) if len(here) > 1 else 0
    if size:
        return tuple(here[:size])
    return pair(own, (here or [query.get("zeit", "")])[0], 2)


def _period(shown: tuple[str, ...], query: Mapping[str, str], notices: list[str]) -> str:
    asked = query.get("zeit")
    found = selection.nearest(asked or "", shown)
    if asked is not None and found[:4] != asked[:4]:
        notices.append(
            _("Für den gewählten Zeitpunkt gibt es hier keine Werte. Gezeigt wird ein anderer.")
        )
    return found


def _areas(
    names: Mapping[str, str], query: Mapping[str, str], notices: list[str]
) -> tuple[str, ...]:
    return links.known(
        links.listed(query.get("gebiet", "")),
        names,
        MAX_AREAS,
        _("Nicht jedes Gebiet aus dem Link gibt es auf dieser Raumebene."),
        _("Hervorgehoben werden höchstens {most} Gebiete.").format(most=MAX_AREAS),
        notices,
    )


def _fitting(asked: int, allowed: Sequence[int], notices: list[str]) -> int:
    """The largest allowed number up to the asked one, with a notice if that is less."""
    fitting = max(size for size in allowed if size <= asked)
    if fitting < asked:
        notices.append(_("Nebeneinander stehen zwei oder vier Karten."))
    return fitting
