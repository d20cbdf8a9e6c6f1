"""Which two indicators are held against each other: the address of `/zusammenhaenge`.

As with model/selection.py the address is the state: `parse` makes query parameters a relation
that is valid for the release, with a notice for what had to give way; `query` writes it back.
docs/links.md lists the keys.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from model import links, selection
from model.catalog import Catalog
from model.language import _
from model.mapset import Offer
from model.selection import SWITCH

POINTS, MATRIX = "punkte", "matrix"
PICTURES = (POINTS, MATRIX)
NEWEST = "neueste"
"""In place of a period: each indicator at its newest one, where they have no year in common."""
RANKS, VALUES = "spearman", "pearson"
COEFFICIENTS = (RANKS, VALUES)
AXES = ("x", "y")


@dataclass(frozen=True)
class Relation:
    """Two indicators of one level at one period, and which areas are marked, however many.

    `picture` is the scatter of the two, or the matrix of all indicators of `theme` by
    `coefficient`. `trail` draws the way of the marked areas through the years, `mapped` says
    which of the two the map shows.
    """

    x: str
    y: str
    level: str
    period: str
    theme: str
    areas: tuple[str, ...] = ()
    picture: str = POINTS
    coefficient: str = RANKS
    trail: bool = False
    mapped: str = "x"

    def query(self) -> dict[str, str]:
        """The complete relation as query parameters."""
        return {
            "darstellung": self.picture,
            "x": self.x,
            "y": self.y,
            "ebene": self.level,
            "zeit": self.period,
            **({"gebiet": ",".join(self.areas)} if self.areas else {}),
            "auf_karte": self.mapped,
            "spur": "ja" if self.trail else "nein",
            "thema": self.theme,
            "koeffizient": self.coefficient,
        }

    @property
    def shown(self) -> str:
        """The indicator on the map."""
        return self.y if self.mapped == "y" else self.x


def steps(first: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    """When both have numbers: the same periods, else the years both have; NEWEST without any."""
    if tuple(first) == tuple(second):
        return tuple(first)
    return tuple(sorted({p[:4] for p in first} & {p[:4] for p in second})) or (NEWEST,)


def at(step: str, periods: Sequence[str]) -> str:
    """The period of one indicator at a step: itself, or the last of its year, or the newest."""
    if step == NEWEST:
        return periods[-1]
    return max(period for period in periods if period == step or period[:4] == step)


def toggled(chosen: Relation, area: str) -> Relation:
    """The relation with one more marked area, or without it if it was marked."""
    kept = tuple(one for one in chosen.areas if one != area)
    return replace(chosen, areas=kept if area in chosen.areas else (*chosen.areas, area))


def swapped(chosen: Relation) -> Relation:
    """The same with the axes changed; the map keeps its indicator."""
    mapped = "y" if chosen.mapped == "x" else "x"
    return replace(chosen, x=chosen.y, y=chosen.x, mapped=mapped)


def settled(offer: Offer, chosen: Relation) -> Relation:
    """The relation at the nearest period its indicators have in common."""
    known = offer.periods[chosen.level]
    there = steps(known[chosen.x], known[chosen.y])
    return replace(chosen, period=_nearest(chosen.period, there))


def parse(catalog: Catalog, offer: Offer, query: Mapping[str, str]) -> tuple[Relation, list[str]]:
    """The relation a query means, and a German notice for every value that had to give way.

    Unknown, empty or hostile values are never echoed back and never raise.
    """
    notices: list[str] = []
    level = links.one("ebene", query, offer.periods, offer.default_level, notices)
    there = offer.periods[level]
    taken = "" if query.get("x") in there else query.get("y", "")
    x = _indicator(query, "x", catalog, there, taken, notices)
    y = _indicator(query, "y", catalog, there, x, notices)
    themes = [theme.id for theme in catalog.themes if any(i.id in there for i in theme.indicators)]
    return (
        Relation(
            x=x,
            y=y,
            level=level,
            period=_period(steps(there[x], there[y]), query, notices),
            theme=links.one("thema", query, themes, catalog.theme_of(x).id, notices),
            areas=_areas(offer.areas[level], query, notices),
            picture=links.one("darstellung", query, PICTURES, POINTS, notices),
            coefficient=links.one("koeffizient", query, COEFFICIENTS, RANKS, notices),
            trail=SWITCH[links.one("spur", query, SWITCH, "nein", notices)],
            mapped=links.one("auf_karte", query, AXES, "x", notices),
        ),
        notices,
    )


def _indicator(
    query: Mapping[str, str],
    key: str,
    catalog: Catalog,
    there: Mapping[str, object],
    other: str,
    notices: list[str],
) -> str:
    """The asked indicator; else a telling rate that says something of need, not `other`."""
    asked = query.get(key)
    if asked is not None and asked in there and asked != other:
        return asked
    if asked is not None:
        notices.append(_("Nicht jeden Indikator aus dem Link gibt es hier."))
    telling = [theme.headline for theme in catalog.themes]
    order = [name for name in (*telling, *catalog.indicators) if name in there and name != other]
    found = [catalog.indicators[name] for name in order if catalog.indicators[name].denominator]
    rated = [one.id for one in found]
    return next((one.id for one in found if one.direction != "neutral"), [*rated, *order][0])


def _period(there: Sequence[str], query: Mapping[str, str], notices: list[str]) -> str:
    asked = query.get("zeit")
    found = _nearest(asked or "", there)
    if asked and found[:4] != asked[:4]:
        notices.append(
            _("Für den gewählten Zeitpunkt gibt es nicht beide Werte. Gezeigt wird ein anderer.")
        )
    return found


def _nearest(asked: str, there: Sequence[str]) -> str:
    """The step of the asked period or year; else the latest before it, or the last."""
    if asked in there:
        return asked
    return there[-1] if there == (NEWEST,) else selection.nearest(asked, tuple(there))


def _areas(
    names: Mapping[str, str], query: Mapping[str, str], notices: list[str]
) -> tuple[str, ...]:
    return links.known(
        links.listed(query.get("gebiet", "")),
        names,
        len(names),
        _("Nicht jedes Gebiet aus dem Link gibt es auf dieser Raumebene."),
        "",
        notices,
    )
