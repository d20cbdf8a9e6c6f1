"""What the user looks at: one small frozen value that is cache key, link and file name at once.

The URL is the only place where it lives. `parse` turns query parameters into a selection that
is always valid for the release, with a notice for each one that was not; `query` writes every
value, so that a link still means the same when a default changes. docs/links.md lists the keys.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from model import links
from model.catalog import Indicator, Theme
from model.language import _

VIEWS = ("karte", "rangfolge", "entwicklung", "veraenderung", "tabelle")
STEP, START = "schritt", "beginn"
SINCE = (STEP, START)
"""What a change is counted from, besides a period: the one before, the first of the series."""
RENDERERS = ("auto", "webgl", "svg")
METHODS = {
    "natuerlich": "natural",
    "quantile": "quantile",
    "gleich": "equal",
    "fest": "fixed",
}
EDITIONS = ("aktuell", "erst")
SIGN_SETS = {"klassisch": "classic", "buchstaben": "letters"}
PICTURES = ("karte", "steigung", "lage")
"""How changes are drawn: as a map, as slopes, as groups of level and direction."""
SWITCH = {"ja": True, "nein": False}
COUNTS = (3, 4, 5, 6, 7)
MAX_AREAS = 4

T = TypeVar("T")


@dataclass(frozen=True)
class Scope:
    """What a release offers for one indicator.

    `periods` are the periods of each level, ascending; `areas` the names by id of each level;
    `revised` says whether some values were published differently before, `signs` which set of
    table signs the city uses. `zones` are the names by id of areas put together.
    """

    periods: Mapping[str, tuple[str, ...]]
    areas: Mapping[str, Mapping[str, str]]
    default_level: str
    revised: bool = False
    signs: str = "classic"
    zones: Mapping[str, str] = field(default_factory=dict)

    def offered(self, level: str) -> dict[str, str]:
        """What can be chosen at a level: its areas, and zones where there are several of them."""
        own = self.areas[level]
        return {**own, **self.zones} if len(own) > 1 else dict(own)

    @property
    def levels(self) -> tuple[str, ...]:
        """Levels with values for this indicator, in the order of the city's levels."""
        return tuple(level for level in self.areas if self.periods.get(level))


@dataclass(frozen=True)
class Selection:
    """One view of one indicator. `areas` are the chosen districts, the first in the spotlight.

    `first` shows values as they were published first, without later corrections; `signs` is a
    set of model/signs.py. `since` is what a change is counted from: one of SINCE or a period.
    `intervals` draws how far chance alone moves values, `picture` says how changes are drawn.
    """

    theme: str
    indicator: str
    level: str
    period: str
    areas: tuple[str, ...] = ()
    view: str = "karte"
    method: str = "natuerlich"
    count: int = 5
    hold: bool = False
    renderer: str = "auto"
    first: bool = False
    signs: str = "classic"
    since: str = STEP
    intervals: bool = False
    picture: str = "karte"

    def query(self) -> dict[str, str]:
        """The complete view as query parameters; the theme is the path."""
        return {
            "indikator": self.indicator,
            "ebene": self.level,
            "zeit": self.period,
            "seit": self.since,
            **({"gebiet": ",".join(self.areas)} if self.areas else {}),
            "ansicht": self.view,
            "bild": self.picture,
            "intervalle": "ja" if self.intervals else "nein",
            "klassen": self.method,
            "stufen": str(self.count),
            "fest": "ja" if self.hold else "nein",
            "karte": self.renderer,
            "fassung": "erst" if self.first else "aktuell",
            "zeichen": next(name for name, known in SIGN_SETS.items() if known == self.signs),
        }


def indicator_of(theme: Theme, query: Mapping[str, str]) -> tuple[Indicator, list[str]]:
    """The indicator a query asks for, else the theme's first, with a notice if it was wrong."""
    known = {indicator.id: indicator for indicator in theme.indicators}
    asked = query.get("indikator")
    if asked is None or asked in known:
        return known[asked or theme.indicators[0].id], []
    return theme.indicators[0], [
        _("Den Indikator aus dem Link gibt es hier nicht. Gezeigt wird „{title}“.").format(
            title=theme.indicators[0].title
        )
    ]


def parse(
    theme: Theme, indicator: Indicator, scope: Scope, query: Mapping[str, str]
) -> tuple[Selection, list[str]]:
    """The selection a query means, and a German notice for every value that had to give way.

    Unknown, empty or hostile values are never echoed back and never raise.
    """
    notices: list[str] = []

    def known(key: str, options: Mapping[str, T], default: str) -> T:
        return options[links.one(key, query, options, default, notices)]

    levels = {level: level for level in scope.levels}
    fallback = scope.default_level if scope.default_level in levels else scope.levels[-1]
    level = known("ebene", levels, fallback)
    period = _period(query.get("zeit"), scope.periods[level], notices)
    asked = [part for part in query.get("gebiet", "").split(",") if part]
    distinct = list(dict.fromkeys(asked))
    offered = scope.offered(level)
    here = [part for part in distinct if part in offered]
    areas = tuple(here[:MAX_AREAS])
    if len(here) < len(distinct):
        notices.append(_("Nicht jedes Gebiet aus dem Link gibt es auf dieser Raumebene."))
    if len(here) > MAX_AREAS:
        notices.append(_("Hervorgehoben werden höchstens {most} Gebiete.").format(most=MAX_AREAS))
    method = indicator.classes.method
    methods = {
        key: key for key, value in METHODS.items() if value != "fixed" or indicator.classes.breaks
    }
    view = known("ansicht", {view: view for view in VIEWS}, "karte")
    own_signs = next(name for name, found in SIGN_SETS.items() if found == scope.signs)
    editions = dict(zip(EDITIONS, (False, True), strict=True))
    if not scope.revised:
        del editions["erst"]
    return (
        Selection(
            theme=theme.id,
            indicator=indicator.id,
            level=level,
            period=period,
            areas=areas,
            view=view,
            method=known("klassen", methods, next(k for k, v in METHODS.items() if v == method)),
            count=known("stufen", {str(n): n for n in COUNTS}, str(indicator.classes.count)),
            hold=known("fest", SWITCH, "nein"),
            renderer=known("karte", {name: name for name in RENDERERS}, "auto"),
            first=known("fassung", editions, "aktuell"),
            signs=known("zeichen", SIGN_SETS, own_signs),
            since=_since(
                query.get("seit"),
                earlier(scope.periods[level], period),
                notices if view == "veraenderung" else [],
            ),
            intervals=known("intervalle", SWITCH, "nein"),
            picture=known("bild", {name: name for name in PICTURES}, "karte"),
        ),
        notices,
    )


def toggled(selection: Selection, area: str) -> Selection:
    """The selection after a click on an area: chosen alone, or no longer if it was alone."""
    return replace(selection, areas=() if selection.areas == (area,) else (area,))


def nearest(asked: str, periods: Sequence[str]) -> str:
    """The asked period, else the one of the same year, else the latest before it or the newest."""
    if asked in periods:
        return asked
    same_year = [period for period in periods if period[:4] == asked[:4]]
    earlier = [period for period in periods if period[:4] <= asked[:4]]
    return (same_year or (earlier if asked[:4].isdigit() else None) or periods)[-1]


def earlier(periods: Sequence[str], period: str) -> tuple[str, ...]:
    """The periods a change up to `period` may be counted from, ascending."""
    return tuple(each for each in periods if each < period)


def _since(asked: str | None, before: Sequence[str], notices: list[str]) -> str:
    """What a change is counted from: as asked, or the period of the same year, else the step."""
    if asked is None or asked in SINCE:
        return asked or STEP
    if found := [period for period in before if period[:4] == asked[:4]]:
        return asked if asked in found else found[-1]
    notices.append(_("Der Ausgangszeitpunkt passt hier nicht. Gezeigt wird der letzte Schritt."))
    return STEP


def _period(asked: str | None, periods: tuple[str, ...], notices: list[str]) -> str:
    """The period nearest to the asked one, else the newest.

    Another indicator may count a calendar year where the last one had a reference date, so the
    same year is not worth a notice; another year is.
    """
    if asked is None:
        return periods[-1]
    chosen = nearest(asked, periods)
    if chosen[:4] != asked[:4]:
        notices.append(
            _("Für den gewählten Zeitpunkt gibt es hier keine Werte. Gezeigt wird ein anderer.")
        )
    return chosen
