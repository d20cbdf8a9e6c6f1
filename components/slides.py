"""Views as slides: one statement, one picture, and always what of, where, when and from whom."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from typing import Any

from components import (
    arranging,
    comparing,
    described,
    describing,
    pictures,
    profiles,
    registering,
    relating,
    supplying,
    view_described,
    weighing,
)
from components.described import Described
from loaders import areas, indicators, releases
from model.collection import Collection, Entry
from model.language import _
from model.view import View

_MAP, _CHART = 470, 640
"""Widths at which maps and charts are drawn: type of 12 and 13 pixels fills a slide with 24."""
_HIGH = 330
"""Pixels a chart may be high for the same reason."""
_WITH_AREA = frozenset(
    page.PAGE
    for page in (arranging, comparing, profiles, registering, relating, supplying, weighing)
)
"""The pages besides the themes whose key `gebiet` is an area in the spotlight."""
_WHOLE = re.compile(r"[^\s<>]+-\d[^\s<>]*")
"""What is not to be broken within, as the name of a release."""


@dataclass(frozen=True)
class Slide:
    """A slide as HTML, the place of its entry, what is said aloud, and what can be asked of it.

    `areas` are names by id, `periods` ascending; both are empty where nothing can be chosen. The
    labels that begin as one of `front` stay when there is no room for all. `held` says that the
    classes are those of all periods.
    """

    entry: int
    title: str
    html: str
    note: str = ""
    areas: tuple[tuple[str, str], ...] = ()
    periods: tuple[str, ...] = ()
    period: str = ""
    front: tuple[str, ...] = ()
    held: bool = False


@dataclass(frozen=True)
class _Picture:
    """What stands in the middle of a slide: a drawing, or HTML."""

    drawn: described.Picture | None
    body: str = ""


def deck(release: releases.Release, shown: Collection) -> list[Slide]:
    """All slides of a collection as they were prepared, in order."""
    return [
        slide for place, entry in enumerate(shown.entries) for slide in of(release, place, entry)
    ]


@lru_cache(maxsize=256)
def of(
    release: releases.Release,
    place: int,
    entry: Entry,
    area: str = "",
    period: str = "",
    near: bool = False,
) -> tuple[Slide, ...]:
    """The slides of an entry: one for each of its pictures.

    `area` stands in the spotlight, `period` goes before the entry's own; both give way where the
    view does not know them. Classes of a map are those of all its periods, so that colours mean
    the same on every slide.
    """
    themes = {theme.id: theme for theme in release.catalog.themes}
    seen = wanted(release, entry, area, period)
    if entry.page in themes:
        asked = dict(seen.query)
        found = view_described.asked(describing.known(release, asked), themes[entry.page], asked)
        if found is not None:
            return (_theme(release, place, entry, found[0], near),)
    told = describing.of(release, seen)
    if told is None:
        return (_gone(place, entry),)
    names = _default(release) if entry.page in _WITH_AREA else {}
    lit = dict(seen.query).get("gebiet", "").split(",")
    front = tuple(names[one].partition(" ")[0] for one in lit if one in names)
    offered = tuple(names.items())
    return tuple(
        Slide(
            *(place, told.title, _html(one, picture), entry.note, offered),
            front=(*told.front, *front),
        )
        for one, picture in zip(_apart(told), _pictures(told), strict=True)
    )


def _apart(told: Described) -> list[Described]:
    """A view once for each of its pictures, with the picture's own sentences where each has some.

    Sentences go from picture to picture for one area after the other.
    """
    count = len(told.pictures)
    if count < 2 or not told.sentences or len(told.sentences) % count:
        return [told] * max(1, count)
    return [replace(told, sentences=told.sentences[place::count]) for place in range(count)]


def wanted(release: releases.Release, entry: Entry, area: str = "", period: str = "") -> Entry:
    """The entry as its slide shows it, with what was asked for and its page has keys for."""
    theme = entry.page in {theme.id for theme in release.catalog.themes}
    asked = dict(entry.query)
    if area and (theme or entry.page in _WITH_AREA):
        asked["gebiet"] = area
    if theme:
        asked |= {"fest": "ja", **({"zeit": period} if period else {})}
    return Entry(entry.page, tuple(sorted(asked.items())), entry.note)


def _theme(release: releases.Release, place: int, entry: Entry, view: View, near: bool) -> Slide:
    scope = indicators.scope(release, view.indicator)
    chosen = view.selection
    told = view_described.of_view(view, release, own=_still(view, release, near))
    [picture] = _pictures(told)
    return Slide(
        place,
        told.title,
        _html(told, picture),
        entry.note,
        tuple(scope.offered(chosen.level).items()),
        () if chosen.view == "entwicklung" else scope.periods[chosen.level],
        chosen.period,
        tuple(figure.area.lines[0] for figure in view.chosen),
        chosen.view == "karte" and len(scope.periods[chosen.level]) > 1,
    )


def _still(view: View, release: releases.Release, near: bool) -> pictures.Still:
    """The picture of a view in the size of a slide."""
    if _on_map(view, release):
        own = next(iter(view.chosen), None) if near else None
        return pictures.still(view, release, _MAP, own.area if own else None)
    still = pictures.still(view, release, _CHART)
    spec = {**still.chart.spec, "height": min(still.chart.spec["height"], _HIGH)}
    return replace(still, chart=replace(still.chart, spec=spec))


def _on_map(view: View, release: releases.Release) -> bool:
    """Whether the picture of a view is a map."""
    drawn = view.selection.view == "karte" or (
        view.selection.view == "veraenderung" and view.selection.picture != "steigung"
    )
    return drawn and areas.geometry_path(release, view.level.id) is not None


def _pictures(told: Described) -> list[_Picture]:
    if not told.pictures:
        aside = f'<div class="aside">{told.aside}</div>' if told.aside else ""
        body = described.numbers(told) if told.alone else told.body
        return [_Picture(None, body=f"{aside}{body}")]
    return [_Picture(picture) for picture in told.pictures]


def _statement(sentences: Sequence[str]) -> str:
    """What the slide says: its first sentence; a question has the beginning of its answer."""
    if not sentences:
        return ""
    if not sentences[0].endswith("?") or len(sentences) < 2:
        return sentences[0]
    answer, full_stop, _rest = sentences[1].partition(". ")
    return f"{sentences[0]} {answer}{full_stop.strip()}"


def _html(told: Described, picture: _Picture) -> str:
    """A slide: head, statement, picture, foot."""
    said = _statement(told.sentences)
    statement = f'<p class="statement">{escape(said)}</p>' if said else ""
    signs = "".join(f"<li>{escape(line)}</li>" for line in told.signs if picture.drawn)
    listed = f'<ul class="signs">{signs}</ul>' if signs else ""
    words = f'<div class="words">{statement}{listed}</div>' if said or picture.drawn else ""
    middle = f'<div class="body">{picture.body}</div>'
    if picture.drawn:
        caption = picture.drawn.caption
        head = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
        # Inside the page the drawing has the page's type.
        middle = (
            f'<figure>{head}<div class="drawing" role="img" '
            f'aria-label="{escape(picture.drawn.alternative)}">{picture.drawn.svg}</div></figure>'
        )
    notices = "".join(f'<p class="notice">{escape(text)}</p>' for text in told.notices)
    foot = "".join(f"<p>{_unbroken(line)}</p>" for line in told.brief or told.origin)
    kind = "drawn" if picture.drawn else "told"
    return (
        f"<header><h1>{escape(told.title)}</h1><p>{escape(told.about)}</p>{notices}</header>"
        f'<div class="main {kind}">{middle}{words}</div><footer>{foot}</footer>'
    )


def _unbroken(line: str) -> str:
    return _WHOLE.sub(r'<span class="whole">\g<0></span>', escape(line))


def _gone(place: int, entry: Entry) -> Slide:
    told = Described(_("Ansicht"), sentences=(describing.GONE,))
    return Slide(place, told.title, _html(told, _Picture(None)), entry.note)


def _default(release: releases.Release) -> Mapping[str, str]:
    """The areas of the level that views of several themes speak of."""
    known = areas.by_level(release)[release.catalog.city.default_level]
    return {area.id: area.name for area in known.values()}


def data(slide: Slide) -> dict[str, Any]:
    """What the browser is told of a slide."""
    return {
        "entry": slide.entry,
        "title": slide.title,
        "html": slide.html,
        "note": slide.note,
        "areas": [list(pair) for pair in slide.areas],
        "periods": list(slide.periods),
        "period": slide.period,
        "front": list(slide.front),
        "held": slide.held,
    }
