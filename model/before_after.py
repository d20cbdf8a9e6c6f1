"""An area before and after an event, held against the rest of its city; which proves no cause."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from model import caveats, change_words, changes, contrasts, events, formats, verdicts, wording
from model.areas import Area
from model.changes import Shift
from model.contrasts import Contrast
from model.events import Event
from model.language import _
from model.view import Figure, View


@dataclass(frozen=True)
class BeforeAfter:
    """What became of an area between the last period before an event and one after it.

    `own` and `rest` are the area and the city without it, judged alone; `apart` is how much more
    the area changed. Both are None where the city is no yardstick or its parts are not known.
    """

    view: View
    event: Event
    before: str
    after: str
    own: Shift
    rest: Shift | None
    apart: Shift | None


@dataclass(frozen=True)
class _Found:
    """The figures of one event, and how much more the area changed, before it is judged."""

    view: View
    event: Event
    before: str
    after: str
    own: Shift
    rest: tuple[Figure, Figure] | None
    contrast: Contrast | None


def span(view: View, event: Event) -> tuple[str, str] | None:
    """The last period over before an event and the first that begins after its end.

    The newest of those that begin after its start, while it goes on. None where the series has no
    period before or none after.
    """
    days = {each: events.days(each, view.indicator.reference) for each in changes.periods(view)}
    earlier = [period for period, (_first, last) in days.items() if last < event.start]
    later = [period for period, (first, _last) in days.items() if first >= event.start]
    if not earlier or not later:
        return None
    ended = [period for period in later if event.last and days[period][0] >= event.last]
    return earlier[-1], ended[0] if ended else later[-1]


def judged(pairs: Iterable[tuple[View, Event]]) -> list[BeforeAfter]:
    """What became of areas around events, judged together at a false discovery rate of 5 %.

    Events without a period before and after are left out.
    """
    found = [one for view, event in pairs if (one := _found(view, event))]
    alpha = contrasts.threshold([one.contrast.p for one in found if one.contrast])
    return [_judged(one, alpha) for one in found]


def sentences(view: View) -> list[str]:
    """The events of a view, those of its chosen areas before and after; that proves nothing.

    Each is judged alone, so that no verdict depends on what else is chosen.
    """
    told = [f"{caveats.event(view, event)} {_around(view, event)}".strip() for event in view.events]
    return [*told, caveats.NO_CAUSE] if told else []


def between(view: View, before: str, after: str) -> list[str]:
    """The events of a view that begin between two periods, and that this proves nothing."""
    reference = view.indicator.reference
    first, last = events.days(before, reference)[1], events.days(after, reference)[1]
    return caveats.listed(view, [e for e in view.events if first < e.start <= last])


def values(found: BeforeAfter) -> str:
    """The numbers before and after, of the area and of the rest of the city."""
    reference = found.view.indicator.reference
    return " ".join(
        _("{word} ({period}): {values}.").format(
            word=word,
            period=formats.period(period, reference),
            values=_values(found, after),
        )
        for word, period, after in (
            (_("Vorher"), found.before, False),
            (later(found), found.after, True),
        )
    )


def later(found: BeforeAfter) -> str:
    """What the later period is called: while an event goes on there is no after."""
    return _("Bisher") if goes_on(found) else _("Nachher")


def goes_on(found: BeforeAfter) -> bool:
    """Whether the later period still lies within the event."""
    first = events.days(found.after, found.view.indicator.reference)[0]
    return not found.event.last or first < found.event.last


def judgement(found: BeforeAfter) -> str:
    """Whether the area went another way than the rest of the city, as far as chance tells."""
    indicator, apart = found.view.indicator, found.apart
    if found.own.difference is None:
        state = change_words.state(found.own.state)
        return _("Das lässt sich nicht vergleichen ({reason}).").format(reason=state)
    if apart is None:
        return _("Ob es in der übrigen Stadt anders lief, ist für diese Zahl nicht geprüft.")
    text = (
        _(
            "Das ist anders als in der übrigen Stadt, mehr, als der Zufall erklärt (Unterschied "
            "der Veränderungen: {amount}, Spanne: {limits})."
        )
        if apart.moved
        else _(
            "Ob es hier anders lief als in der übrigen Stadt, lässt sich vom Zufall nicht "
            "unterscheiden (Unterschied der Veränderungen: {amount}, Spanne: {limits})."
        )
    )
    return text.format(
        amount=change_words.amount(apart, indicator), limits=change_words.limits(apart, indicator)
    )


def _around(view: View, event: Event) -> str:
    """The numbers around an event of one area, with a verdict; of the city's own nothing."""
    if not event.area:
        return ""
    found = judged([(view, event)])
    if not found:
        return _("Vorher oder nachher gibt es dazu keine Zahl.")
    return f"{values(found[0])} {judgement(found[0])}"


def _values(found: BeforeAfter, after: bool) -> str:
    indicator = found.view.indicator
    figures = [shift.after if after else shift.before for shift in (found.own, found.rest) if shift]
    return "; ".join(f"{f.area.name} {wording.value(indicator, f)}" for f in figures)


def _found(view: View, event: Event) -> _Found | None:
    periods = span(view, event)
    if periods is None:
        return None
    own = changes.single(view, event.area, *periods)
    rest = _rest(view, own, *periods) if own.difference is not None else None
    contrast = None
    if rest and own.state in changes.TESTED:
        contrast = verdicts.apart(view.indicator, (own.before, own.after), rest)
    return _Found(view, event, *periods, own, rest, contrast)


def _judged(one: _Found, alpha: float) -> BeforeAfter:
    rest = apart = None
    if one.rest and one.contrast and one.own.difference is not None:
        rest = changes.judged_alone(one.view.indicator, *one.rest)
        state = {1: "risen", 0: "chance", -1: "fallen"}[one.contrast.sign(alpha)]
        more = one.own.difference - (rest.difference or 0.0)
        limits = one.contrast.at(alpha).times(one.view.indicator.per)
        apart = Shift(one.own.area, one.own.before, one.own.after, state, more, limits)
    return BeforeAfter(one.view, one.event, one.before, one.after, one.own, rest, apart)


def _rest(view: View, own: Shift, before: str, after: str) -> tuple[Figure, Figure] | None:
    """The city without an area at both periods; None where that cannot be computed."""
    city = view.city_figure
    if city is None:
        return None
    whole = changes.single(view, city.area.id, before, after)
    if whole.difference is None:
        return None
    found = [
        _without(view, mine, all_of_it)
        for mine, all_of_it in ((own.before, whole.before), (own.after, whole.after))
    ]
    first, second = found
    return (first, second) if first and second else None


def _without(view: View, own: Figure, city: Figure) -> Figure | None:
    parts = own.numerator, own.denominator, city.numerator, city.denominator
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or known[3] <= known[1]:
        return None
    count, base = known[2] - known[0], known[3] - known[1]
    name = _("übrige Stadt")
    rest = Area("", city.area.level, name, name, _("in der übrigen Stadt"), None, None, None)
    return Figure(rest, view.indicator.per * count / base, city.status, count, base)
