"""German sentences about values: one place, so that every page speaks the same way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from model import caveats, formats, remarks, signs, status, zones
from model.catalog import City, Indicator
from model.language import _
from model.view import Figure, View

INTERNAL = _("Intern – nur für den Dienstgebrauch")
"""Stands on every page and in every file of the internal application."""
_NAMED = 30
"""How many areas without a figure a text names."""


def sentence(indicator: Indicator, figure: Figure, period: str, rounded: bool = False) -> str:
    """The value as a sentence with what is to be known of it, or why there is none."""
    when = formats.at_period(period, indicator.reference)
    if figure.value is None:
        ready = indicator.as_delivered and figure.area.parts and not figure.without
        return _unsummed(figure) if ready else _absence(figure, when)
    digits = formats.number(figure.value, indicator.decimals)
    said = indicator.reading.format(
        Ort=initial(figure.area.locative),
        ort=figure.area.locative,
        wert=_("rund {number}").format(number=digits) if rounded else digits,
        zeit=when,
        Zeit=initial(when),
    )
    marks = signs.kinds(figure.status, figure.value, indicator.decimals, rounded=rounded)
    return " ".join([said, *(_aside(kind, rounded) for kind in marks)])


def _absence(figure: Figure, when: str) -> str:
    place = initial(figure.area.locative)
    if figure.without:
        return _incomplete(figure, place, when)
    if figure.status == "suppressed":
        return _(
            "{place} ist die Zahl {period} geheim. Sie ist klein, oder mit ihr ließe sich eine "
            "kleine errechnen."
        ).format(place=place, period=when)
    return _("{place} gibt es {period} keine Zahl ({word}). {reason}").format(
        place=place,
        period=when,
        word=status.words(figure.status),
        reason=status.reason(figure.status),
    )


def _unsummed(figure: Figure) -> str:
    """That a zone has no value of what is not made of counts."""
    return _(
        "{place} gibt es diese Zahl nicht. Sie wird fertig geliefert und lässt sich nicht "
        "zusammenzählen."
    ).format(place=initial(figure.area.locative))


def _incomplete(figure: Figure, place: str, when: str) -> str:
    """That a zone has no value, because of which parts."""
    names = zones.listed([part.name for part in figure.without])
    if figure.status == "suppressed":
        return _("{place} ist die Zahl {period} geheim, weil sie es für {names} ist.").format(
            place=place, period=when, names=names
        )
    return _("{place} gibt es {period} keine Zahl ({word}). Sie fehlt für {names}.").format(
        place=place, period=when, word=status.words(figure.status), names=names
    )


def _aside(kind: str, rounded: bool) -> str:
    """What a mark adds to a sentence."""
    return {
        signs.ZERO: _("Das ist genau null."),
        signs.NEAR_ZERO: _("Das ist null oder auf null gerundet.")
        if rounded
        else _("Das ist gerundet; genau null ist es nicht."),
        "preliminary": _("Die Zahl ist vorläufig."),
        "estimated": _("Die Zahl ist geschätzt."),
        "revised": _("Die Zahl ist berichtigt."),
        "modelled": _("Das ist ein Modellwert."),
    }[kind]


def value(indicator: Indicator, figure: Figure) -> str:
    """The value with its unit, or the word for its absence."""
    if figure.value is None:
        return status.words(figure.status)
    return formats.quantity(figure.value, indicator)


def spread(indicator: Indicator, figures: Sequence[Figure], plural: str) -> str:
    """How far the areas lie apart, and for how many there is no number."""
    known = sorted(figure.value for figure in figures if figure.value is not None)
    missing = len(figures) - len(known)
    if not known:
        return _("Für die {plural} liegt hier keine Zahl vor.").format(plural=plural)
    dative = _("Jahren") if indicator.unit == _("Jahre") else indicator.unit
    low, high = (formats.number(v, indicator.decimals) for v in (known[0], known[-1]))
    text = (
        _("Alle {count} {plural} mit Zahl haben denselben Wert: {value}.").format(
            count=len(known), plural=plural, value=formats.quantity(known[0], indicator)
        )
        if low == high
        else _("Die Werte der {plural} liegen zwischen {low} und {high}.").format(
            plural=plural, low=low, high=f"{high}{formats.NBSP}{dative}"
        )
    )
    if missing:
        text += " " + _("Ohne Zahl: {missing} von {count} ({reasons}).").format(
            missing=missing,
            count=len(figures),
            reasons=absent([f.status for f in figures if f.value is None]),
        )
    return text


def absent(reasons: Sequence[str]) -> str:
    """Why figures are missing: the only reason, or how many for each: '3 geheim gehalten, ...'."""
    found = [name for name in status.ABSENT if name in reasons]
    if len(found) == 1:
        return status.words(found[0])
    return ", ".join(f"{reasons.count(name)} {status.words(name)}" for name in found)


def title(view: View) -> str:
    """What a map or chart shows: indicator, unit, area level and reference in one line."""
    stand = formats.stand(view.selection.period, view.indicator.reference)
    return f"{view.indicator.title}, {view.indicator.unit} ({view.areas}, {stand})"


def alternative(kind: str, view: View, over_time: bool = False) -> str:
    """Text for those who do not see a map or chart, made from its data.

    `over_time` says also where the series break and which of their values were corrected.
    """
    parts = [f"{kind}: {title(view)}."]
    if len(view.figures) > 1:
        parts.append(spread(view.indicator, view.figures, view.level.plural))
        if len(view.missing) <= _NAMED:
            parts += [f"{line}." for line in missing(view)]
    for figure in (*view.chosen, *(f for f in view.in_front if f not in view.chosen)):
        parts.append(f"{figure.area.name}: {remarks.told(view, figure)}.")
    if over_time:
        parts += caveats.sentences(view, caveats.in_front(view))
        parts += caveats.happened(view)
    return " ".join(parts)


def missing(view: View) -> list[str]:
    """The areas without a figure, which have no place in a ranking, by the reason for it.

    Their order is that of their names, so that it says nothing about the figures.
    """
    reasons = [name for name in status.ABSENT if any(f.status == name for f in view.missing)]
    return [
        f"{initial(status.words(reason))} ({view.sign([reason])}): "
        + ", ".join(sorted(f.area.name for f in view.missing if f.status == reason))
        for reason in reasons
    ]


def citations(view: View) -> list[str]:
    """What was published elsewhere about the areas shown, with basis and source."""
    shown = {figure.area.id for figure in (*view.chosen, *view.in_front, *view.yardsticks)}
    return [
        _("{area}, {period}: {value} ({title}; {basis}). Quelle: {source}").format(
            area=cited.area.name,
            period=formats.period(cited.period, "date"),
            value=cited.text,
            title=cited.title,
            basis=cited.basis,
            source=cited.source,
        )
        for cited in view.citations
        if cited.area.id in shown
    ]


def initial(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def footer(view: View, on_map: bool = False, whole: bool = False) -> list[str]:
    """The lines under every view and in every export: source, basis, Stand, release, status.

    `whole` speaks of all periods, where each row brings its own reference date.
    """
    origin = view.whole if whole else view.origin
    lines = [
        *source(view, whole),
        *([caveats.edition(view)] if view.selection.first else []),
        *remarks.together(view),
    ]
    about_map = [part for part in (view.level.map_note, view.level.geometry_licence) if part]
    if on_map and about_map:
        lines.append(_("Karte: {about}").format(about=". ".join(about_map)))
    licences = dict.fromkeys(found.licence for found in origin.sources)
    lines.append(_("Lizenz: {licences}").format(licences="; ".join(licences)))
    lines += remarks.protection(view)
    return [*lines, *_modelled(view, whole)]


def brief(view: View, whole: bool = False) -> list[str]:
    """What stands on a slide: source, basis, Stand, release, and that numbers are of a model."""
    first = [caveats.edition(view)] if view.selection.first else []
    return [*source(view, whole), *first, *_modelled(view, whole)]


def _modelled(view: View, whole: bool) -> list[str]:
    origin = view.whole if whole else view.origin
    return [modelled_note(view.city, origin.published)] if origin.modelled else []


def source(view: View, whole: bool = False) -> list[str]:
    """Where the figures come from, their basis, Stand and release; first that they are internal."""
    origin = view.whole if whole else view.origin
    basis = "; ".join(origin.bases)
    if origin.yardstick_bases:
        basis += _(" (Vergleichswerte: {bases})").format(bases="; ".join(origin.yardstick_bases))
    stand = _span(view) if whole else formats.stand(view.selection.period, view.indicator.reference)
    release = _("Datenstand: {month} ({release})").format(
        month=formats.month(view.city.edition), release=view.release
    )
    stands = (
        _("Stand der Lieferung: {days}")
        if len(origin.stands) == 1
        else _("Stand der Lieferungen: {days}")
    )
    days = [stands.format(days=", ".join(map(formats.day, origin.stands)))] if origin.stands else []
    return [
        *([INTERNAL] if view.internal else []),
        _("Quelle: {sources}").format(sources="; ".join(s.title for s in origin.sources)),
        " · ".join((_("Basis: {basis}").format(basis=basis), stand, *days, release)),
    ]


def expected(month: str, today: date) -> str:
    """When the next delivery is expected ('2027-02'), said plainly if it has not come in time."""
    if not month:
        return _("nicht angekündigt")
    text = formats.month(month)
    late = month < f"{today:%Y-%m}"
    return _("{month} (überfällig)").format(month=text) if late else text


def _span(view: View) -> str:
    periods = sorted(view.series["period"].to_list())
    first, last = (formats.period(p, view.indicator.reference) for p in (periods[0], periods[-1]))
    return _("Zeitraum: {first} bis {last}").format(first=first, last=last)


def modelled_note(city: City, published_too: bool) -> str:
    """What is said wherever figures come from a model."""
    exception = _("außer wo „veröffentlicht“ steht")
    return f"{city.modelled_note}, {exception}" if published_too else city.modelled_note
