"""German words and sentences about changes: how much, between which limits, and how sure."""

from __future__ import annotations

from model import changes, formats, status, verdicts
from model.catalog import Indicator
from model.chance import Interval
from model.changes import Comparison, Shift
from model.language import _
from model.view import View


def state(name: str) -> str:
    """A state of changes.STATES as it stands in a table or a legend."""
    if name in status.ABSENT:
        return status.words(name)
    words: dict[str, verdicts.Move] = {"risen": "risen", "chance": "chance", "fallen": "fallen"}
    if name in words:
        return verdicts.move(words[name])
    return {
        "untested": _("nicht geprüft"),
        "broken": _("Umbruch in der Reihe"),
        "from_zero": _("vorher null"),
    }[name]


def verdict(shift: Shift) -> str:
    """The word for a change: gestiegen, gesunken, im Rahmen des Zufalls, nicht vergleichbar."""
    known = shift.state in changes.CHANGED
    return state(shift.state) if known else verdicts.move("incomparable")


def unit(indicator: Indicator) -> str:
    """What a change is told in: 'Prozentpunkte', '%', or the indicator's unit."""
    found = changes.measure_of(indicator)
    return {"points": _("Prozentpunkte"), "percent": "%", "unit": indicator.unit}[found]


def measure(indicator: Indicator) -> str:
    """The same as a head: 'Veränderung in Prozentpunkten', 'in Prozent'."""
    return {
        "points": _("Veränderung in Prozentpunkten"),
        "percent": _("Veränderung in Prozent"),
        "unit": _("Veränderung ({unit})").format(unit=indicator.unit),
    }[changes.measure_of(indicator)]


def number(shift: Shift, indicator: Indicator) -> str:
    """A change with its sign: '+2,3', '−0,4', '0,0'; '+0,0' if it is more than chance."""
    if shift.difference is None:
        return ""
    return _signed(shift.difference, indicator, near=shift.moved)


def amount(shift: Shift, indicator: Indicator) -> str:
    """A change with its unit: '+2,3 Prozentpunkte'; empty without one."""
    if shift.difference is None:
        return ""
    return _with_unit(number(shift, indicator), indicator)


def moved(difference: float, indicator: Indicator) -> str:
    """A change that is more than chance, with its sign and unit."""
    return _with_unit(_signed(difference, indicator, near=True), indicator)


def _with_unit(digits: str, indicator: Indicator) -> str:
    one = changes.measure_of(indicator) == "points" and digits in ("+1", f"{formats.MINUS}1")
    called = _("Prozentpunkt") if one else unit(indicator)
    return f"{digits}{formats.NBSP}{called}"


def limits(shift: Shift, indicator: Indicator) -> str:
    """Between which values the change lies: '+0,4 bis +4,2'; empty where that is not known."""
    return "" if shift.interval is None else span_of(shift.interval, indicator)


def span_of(interval: Interval, indicator: Indicator) -> str:
    """An interval of a change with signs: '+0,4 bis +4,2'."""
    ends = interval.low, interval.high
    low, high = (_signed(end, indicator, near=True) for end in ends)
    return _("{low} bis {high}").format(low=low, high=high)


def told(view: View, shift: Shift) -> str:
    """A change in one line, for a tooltip: amount, word, limits; or why there is none."""
    if shift.difference is None:
        return f"{verdict(shift)} ({reason(view, shift)})"
    parts = [amount(shift, view.indicator), verdict(shift)]
    if found := limits(shift, view.indicator):
        parts.append(_("Spanne {limits}").format(limits=found))
    return ", ".join(parts)


def brief(view: View, shift: Shift, with_unit: bool = True) -> str:
    """A change and its verdict in a few words: '+2,3 Prozentpunkte, gestiegen'."""
    if shift.difference is None:
        return verdict(shift)
    said = (amount if with_unit else number)(shift, view.indicator)
    return said if shift.state == "untested" else f"{said}, {verdict(shift)}"


def reason(view: View, shift: Shift) -> str:
    """Why there is no change to tell, with the period unless both say so: '2019: geheim ...'."""
    both = shift.before.value is None and shift.before.status == shift.after.status
    if both or shift.state in changes.BLOCKED:
        return state(shift.state)
    before, after = changes.base(view), view.selection.period
    return "; ".join(
        f"{formats.period(period, view.indicator.reference)}: {status.words(figure.status)}"
        for period, figure in ((before, shift.before), (after, shift.after))
        if period and figure.value is None
    )


def span(view: View, comparison: Comparison) -> str:
    """From when to when: '31.12.2019 bis 31.12.2024'."""
    first, last = (
        formats.period(period, view.indicator.reference)
        for period in (comparison.before, comparison.after)
    )
    return _("{first} bis {last}").format(first=first, last=last)


def _signed(value: float, indicator: Indicator, near: bool) -> str:
    """A number with its sign; one that only rounds to zero keeps it if `near`."""
    places = changes.decimals(indicator)
    digits = formats.number(abs(value), places)
    if not value or not (near or formats.exact(value, places)):
        return digits
    return f"{'+' if value > 0 else formats.MINUS}{digits}"
