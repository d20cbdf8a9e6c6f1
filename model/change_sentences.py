"""German sentences about changes: what became of a number, how sure that is, what blocks it."""

from __future__ import annotations

from model import caveats, change_words, changes, fluctuation, formats, signs, status, wording
from model.catalog import Indicator
from model.changes import Comparison, Shift
from model.language import _, plural
from model.view import View


def sentence(view: View, shift: Shift, comparison: Comparison) -> str:
    """What became of an area's number, as a sentence or two."""
    place = wording.initial(shift.area.locative)
    if shift.difference is None:
        return _("{place} lässt sich die Veränderung nicht angeben ({reason}).").format(
            place=place, reason=change_words.reason(view, shift)
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


def together(view: View, comparison: Comparison) -> str:
    """How many of the areas changed by more than chance, and how sure that is."""
    if not comparison.tested:
        return untested(view, comparison)
    tested = len(comparison.tested)
    risen, fallen = (comparison.count(name) for name in changes.MOVED)
    if tested == 1:
        return _("Geprüft ist mit einer Sicherheit von 95 %.")
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
        "einrechnet: zu 95 %, wo ein Gebiet allein geprüft ist wie die Stadt, und weiter, wo viele "
        "zugleich."
    )
    return f"{how} {exact} {limits} {fluctuation.CLUSTERED}"


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
        f"{change_words.measure(view.indicator)}: {view.indicator.title}, "
        f"{change_words.span(view, comparison)}.",
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
            word = change_words.state(name)
            if name in signs.SETS["classic"]:
                word = f"{wording.initial(word)} ({view.sign([name])})"
            found.append(f"{word}: {', '.join(names)}")
    return found


def _judgement(shift: Shift, indicator: Indicator) -> str:
    found = {"limits": change_words.limits(shift, indicator), "unit": change_words.unit(indicator)}
    return {
        "risen": _("Das ist stärker gestiegen, als der Zufall erklärt (Spanne: {limits} {unit})."),
        "fallen": _("Das ist stärker gesunken, als der Zufall erklärt (Spanne: {limits} {unit})."),
        "chance": _("Das liegt im Rahmen des Zufalls (Spanne: {limits} {unit})."),
        "untested": "",
    }[shift.state].format(**found)


def _moves(comparison: Comparison) -> str:
    counts = [(comparison.count(name), change_words.state(name)) for name in changes.MOVED]
    return ", ".join(f"{count} {word}" for count, word in counts if count)
