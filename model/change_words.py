"""German words and sentences about changes: how much, between which limits, and how sure."""

from __future__ import annotations

from model import caveats, changes, formats, signs, status, verdicts, wording
from model.catalog import Indicator
from model.changes import Comparison, Shift
from model.language import _, plural
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


def signed(value: float, indicator: Indicator) -> str:
    """A change as a number with its sign: '+2,3', '−0,4', '0,0'."""
    places = changes.decimals(indicator)
    plus = "+" if formats.exact(value, places) > 0 else ""
    return plus + formats.number(value, places)


def amount(shift: Shift, indicator: Indicator) -> str:
    """A change with its unit: '+2,3 Prozentpunkte'; empty without one."""
    if shift.difference is None:
        return ""
    number = signed(shift.difference, indicator)
    one = changes.measure_of(indicator) == "points" and number in ("+1", f"{formats.MINUS}1")
    return f"{number}{formats.NBSP}{_('Prozentpunkt') if one else unit(indicator)}"


def limits(shift: Shift, indicator: Indicator) -> str:
    """Between which values the change lies: '+0,4 bis +4,2'; empty where that is not known."""
    if shift.interval is None:
        return ""
    low, high = (signed(end, indicator) for end in (shift.interval.low, shift.interval.high))
    return _("{low} bis {high}").format(low=low, high=high)


def told(view: View, shift: Shift) -> str:
    """A change in one line, for a tooltip: amount, word, limits; or why there is none."""
    if shift.difference is None:
        return f"{verdict(shift)} ({reason(view, shift)})"
    parts = [amount(shift, view.indicator), verdict(shift)]
    if found := limits(shift, view.indicator):
        parts.append(_("Spanne {limits}").format(limits=found))
    return ", ".join(parts)


def reason(view: View, shift: Shift) -> str:
    """Why there is no change to tell, with the period: '2019: geheim gehalten'."""
    if shift.state in changes.BLOCKED:
        return state(shift.state)
    before, after = changes.base(view), view.selection.period
    return "; ".join(
        f"{formats.period(period, view.indicator.reference)}: {status.words(figure.status)}"
        for period, figure in ((before, shift.before), (after, shift.after))
        if period and figure.value is None
    )


def sentence(view: View, shift: Shift, comparison: Comparison) -> str:
    """What became of an area's number, as a sentence or two."""
    place = wording.initial(shift.area.locative)
    if shift.difference is None:
        return _("{place} lässt sich die Veränderung nicht angeben ({reason}).").format(
            place=place, reason=reason(view, shift)
        )
    reference = view.indicator.reference
    said = _("{place} waren es {then} {before} und {now} {after}.").format(
        place=place,
        then=formats.at_period(comparison.before, reference),
        before=wording.value(view.indicator, shift.before),
        now=formats.at_period(comparison.after, reference),
        after=wording.value(view.indicator, shift.after),
    )
    return f"{said} {_judgement(shift, view.indicator)}".rstrip()


def _judgement(shift: Shift, indicator: Indicator) -> str:
    found = {"limits": limits(shift, indicator), "unit": unit(indicator)}
    return {
        "risen": _("Das ist stärker gestiegen, als der Zufall erklärt (Spanne: {limits} {unit})."),
        "fallen": _("Das ist stärker gesunken, als der Zufall erklärt (Spanne: {limits} {unit})."),
        "chance": _("Das liegt im Rahmen des Zufalls (Spanne: {limits} {unit})."),
        "untested": "",
    }[shift.state].format(**found)


def together(view: View, comparison: Comparison) -> str:
    """How many of the areas changed by more than chance, and how sure that is."""
    if not comparison.tested:
        return untested(view, comparison)
    tested = len(comparison.tested)
    risen, fallen = (comparison.count(name) for name in changes.MOVED)
    if tested == 1:
        return _("Geprüft ist auf einem Niveau von 5 %.")
    if not risen + fallen:
        return _(
            "Von {tested} Vergleichen geht keiner über den Zufall hinaus. Weil viele Gebiete "
            "zugleich geprüft werden, gilt eine strengere Grenze als für ein einzelnes."
        ).format(tested=tested)
    return plural(
        "Von {tested} Vergleichen geht einer über den Zufall hinaus ({moves}). Weil viele Gebiete "
        "zugleich geprüft werden, gilt eine strengere Grenze: Von solchen Funden sind im Mittel "
        "höchstens 5 % falsch.",
        "Von {tested} Vergleichen gehen {found} über den Zufall hinaus ({moves}). Weil viele "
        "Gebiete zugleich geprüft werden, gilt eine strengere Grenze: Von solchen Funden sind im "
        "Mittel höchstens 5 % falsch.",
        risen + fallen,
    ).format(tested=tested, found=risen + fallen, moves=_moves(comparison))


def untested(view: View, comparison: Comparison) -> str:
    """That no chance was tested, and why; empty where there is nothing to test."""
    if not comparison.changed:
        return ""
    if view.indicator.chance == "none":
        return _(
            "Diese Zahlen sind Zählungen, Mittelwerte oder Verhältnisse zweier Gruppen. Ob sich "
            "mehr verändert hat, als der Zufall erklärt, ist für sie nicht geprüft; deshalb steht "
            "kein Urteil dabei."
        )
    return _("Zähler und Nenner reichen hier nicht aus, um den Zufall zu prüfen.")


def rule(indicator: Indicator) -> str:
    """How a change is computed and what its limits mean."""
    how = {
        "points": _("Veränderung = späterer Anteil minus früherer Anteil, in Prozentpunkten."),
        "percent": _("Veränderung = Unterschied in Prozent der früheren Zahl."),
        "unit": _("Veränderung = späterer Wert minus früherer Wert."),
    }[changes.measure_of(indicator)]
    exact = _("Gerechnet ist mit ungerundeten Werten.")
    if indicator.chance == "none":
        return f"{how} {exact}"
    limits = _(
        "Die Spanne sagt, zwischen welchen Werten die Veränderung liegt, wenn man den Zufall "
        "einrechnet."
    )
    return f"{how} {exact} {limits}"


def span(view: View, comparison: Comparison) -> str:
    """From when to when: '31.12.2019 bis 31.12.2024'."""
    first, last = (
        formats.period(period, view.indicator.reference)
        for period in (comparison.before, comparison.after)
    )
    return _("{first} bis {last}").format(first=first, last=last)


def breaks(view: View, comparison: Comparison) -> list[str]:
    """Breaks between the two periods, what they block, and from when on a comparison holds."""
    lines = caveats.between(view, comparison.before, comparison.after)
    if not comparison.blocked:
        return lines
    lines.append(_("Deshalb wird hier nicht verglichen."))
    if since := changes.comparable_since(view):
        label = formats.period(since, view.indicator.reference)
        lines.append(_("Vergleichbar sind die Werte ab {period}.").format(period=label))
    return lines


def alternative(view: View, comparison: Comparison) -> str:
    """The map or chart in words, made from its data."""
    parts = [
        f"{measure(view.indicator)}: {view.indicator.title}, {span(view, comparison)}.",
        together(view, comparison),
        *(f"{wording.initial(line)}." for line in named(view, comparison)),
    ]
    return " ".join(part for part in parts if part)


def named(view: View, comparison: Comparison) -> list[str]:
    """Which areas rose, fell or cannot be compared, by state."""
    found = []
    for name in (*changes.MOVED, *changes.BLOCKED, *status.ABSENT):
        names = sorted(s.area.name for s in comparison.shifts if s.state == name)
        if names:
            sign = f"{view.sign([name])} " if name in signs.SETS["classic"] else ""
            found.append(f"{sign}{state(name)}: {', '.join(names)}")
    return found


def _moves(comparison: Comparison) -> str:
    counts = [(comparison.count(name), state(name)) for name in changes.MOVED]
    return ", ".join(f"{count} {word}" for count, word in counts if count)
