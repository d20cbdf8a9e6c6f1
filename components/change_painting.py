"""How changes look on a map: strong colours only for what is more than chance."""

from __future__ import annotations

from collections.abc import Mapping

from components import colours
from components.painting import Painted
from model import change_sentences, change_words, changes, formats, status
from model.catalog import Indicator
from model.changes import Shift
from model.language import _
from model.view import View

KEYS = (*colours.CHANGES, *((name, 0) for name in status.ABSENT))
"""State and size of an area, in the order of legends: the place is its code."""
_SIGNS = {"risen": "▲", "fallen": "▼"}


def shifts(view: View, before: str) -> Painted:
    """How the areas of a view changed since the period `before`."""
    comparison = changes.between(view, before)
    limit = changes.limit(view.indicator, comparison)
    by_area = {shift.area.id: shift for shift in comparison.shifts}
    tested = {("fallen", 1), ("chance", 0), ("risen", 1)} if comparison.tested else set()
    patterned = ("chance", *changes.BLOCKED, *status.ABSENT)
    fills = {**colours.CHANGES, **{(name, 0): colours.ABSENT[name] for name in status.ABSENT}}
    return Painted(
        unit=change_words.measure(view.indicator),
        names=tuple(name(view, key, limit) for key in KEYS),
        fills=tuple(fills[key] for key in KEYS),
        patterns=tuple(f"url(#{key[0]})" if key[0] in patterned else fills[key] for key in KEYS),
        always=[KEYS.index(key) for key in KEYS if key in tested],
        codes=_codes(by_area, view.indicator, limit),
        told={area: change_words.told(view, shift) for area, shift in by_area.items()},
        tags={area: _tag(shift) for area, shift in by_area.items()},
        signs={area: _sign(view, shift) for area, shift in by_area.items()},
        alternative=change_sentences.alternative(view, comparison),
    )


def name(view: View, key: tuple[str, int], limit: float) -> str:
    """What a state and size is called in a legend."""
    kind, size = key
    if kind in status.ABSENT:
        return f"{view.sign([kind])} {change_words.state(kind)}"
    word = _untested(size) if kind == "untested" else change_words.state(kind)
    if not size or not limit:
        return word
    number = formats.number(limit, changes.decimals(view.indicator))
    far = abs(size) > 1
    text = _("{word} um mehr als {limit}") if far else _("{word} um höchstens {limit}")
    return text.format(word=word, limit=number)


def _untested(size: int) -> str:
    if not size:
        return _("gleich geblieben")
    return _("Zunahme") if size > 0 else _("Abnahme")


def _codes(by_area: Mapping[str, Shift], indicator: Indicator, limit: float) -> dict[str, int]:
    places = changes.decimals(indicator)
    return {area: KEYS.index(_key(shift, places, limit)) for area, shift in by_area.items()}


def _key(shift: Shift, places: int, limit: float) -> tuple[str, int]:
    if shift.difference is None or shift.state == "chance":
        return shift.state, 0
    shown = formats.rounded(shift.difference, places)
    size = 2 if limit and abs(shown) > limit else 1
    if shift.state != "untested":
        return shift.state, size
    return "untested", (shown > 0) * size - (shown < 0) * size


def _tag(shift: Shift) -> str:
    """What a label adds: the direction of what is more than chance, or why there is no change."""
    if shift.difference is not None:
        return _SIGNS.get(shift.state, "")
    short = {"broken": _("Umbruch"), "from_zero": _("vorher null")}
    return f"({short.get(shift.state) or status.label(shift.state)})"


def _sign(view: View, shift: Shift) -> str:
    if shift.state in status.ABSENT:
        return f"[{view.sign([shift.state])}]"
    return _SIGNS.get(shift.state, "")
