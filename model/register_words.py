"""German sentences about interventions: criteria, who met them, money, what came since."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from model import formats, register, wording
from model.areas import Area
from model.before_after import BeforeAfter
from model.catalog import Indicator, Level
from model.interventions import Criterion, Intervention
from model.language import _
from model.register import Check, Group, Line, Trail
from model.view import View

NOT_ALONE = _(
    "Wer nach hohen oder niedrigen Werten auswählt, erwischt auch Gebiete, in denen der Zufall "
    "mitspielt. Ein Teil davon kehrt von allein zum Üblichen zurück."
)
"""Regression to the mean, which a choice by extreme values brings with it."""
_OPEN = _("kein Betrag öffentlich")


def criterion(indicator: Indicator, one: Criterion, short: bool = False) -> str:
    """A criterion in a line: 'Kinder ... mindestens 25 % am 31.12.2020'."""
    threshold = one.at_most if one.at_least is None else one.at_least
    value = f"{formats.plain(threshold or 0.0)}{formats.NBSP}{indicator.unit}"
    text = _("mindestens {value}") if one.at_most is None else _("höchstens {value}")
    return _("{title} {limit} {period}").format(
        title=indicator.short if short else indicator.title,
        limit=text.format(value=value),
        period=formats.at_period(one.period, indicator.reference),
    )


def criteria(trail: Trail, line: Callable[[Indicator, Criterion], str] = criterion) -> str:
    """By which criteria areas were chosen, each in a `line`, and that all of them count."""
    told = [line(view.indicator, one) for view, one in _named(trail)]
    if not told:
        return _("Zu dieser Maßnahme ist kein Kriterium genannt.")
    whole = trail.intervention.areas is None
    head = _("Kriterium für die ganze Stadt: {all}.") if whole else _("Ausgewählt nach: {all}.")
    text = head.format(all=_("; und ").join(told))
    return text if len(told) == 1 else text + " " + _("Alle Kriterien müssen erfüllt sein.")


def group(name: Group, trail: Trail) -> str:
    """The heading of a group of areas, or of the city alone."""
    if trail.intervention.areas is None:
        return {
            "chosen_met": _("Kriterium erfüllt"),
            "chosen_unmet": _("Kriterium nicht erfüllt"),
        }.get(name, _("Nicht prüfbar"))
    several = len(trail.views) > 1
    met = _("alle Kriterien erfüllt") if several else _("Kriterium erfüllt")
    missed = _("nicht alle Kriterien erfüllt") if several else _("Kriterium nicht erfüllt")
    return {
        "chosen_met": _("Gewählt, {met}").format(met=met),
        "chosen_unmet": _("Gewählt, {missed}").format(missed=missed),
        "chosen_unknown": _("Gewählt, nicht prüfbar"),
        "left_met": _("Nicht gewählt, {met}").format(met=met),
        "left_unknown": _("Nicht gewählt, nicht prüfbar"),
        "left_unmet": _("Nicht gewählt, {missed}").format(missed=missed),
    }[name]


def verdict(met: bool | None) -> str:
    """Whether a criterion is met, in a word or two."""
    if met is None:
        return _("nicht prüfbar")
    return _("erfüllt") if met else _("nicht erfüllt")


def earlier(check: Check) -> str:
    """What was published first, and whether that met the criterion; nothing if it is the same."""
    first = check.figure.first
    if first is None:
        return ""
    value = formats.quantity(first, check.view.indicator)
    if check.first is None:
        return _("zuerst veröffentlicht: {value}").format(value=value)
    return _("zuerst veröffentlicht: {value}, damit {word}").format(
        value=value, word=verdict(check.first)
    )


def summary(trail: Trail, level: Level) -> str:
    """How many of the chosen areas meet the criteria, and who else does, in sentences."""
    if not trail.lines:
        return ""
    if trail.intervention.areas is None:
        return _("Die Stadt selbst: {word}.").format(word=verdict(trail.lines[0].met))
    chosen = [line for line in trail.lines if line.chosen]
    met, left = trail.of("chosen_met"), trail.of("left_met")
    sentences = [
        _("Gewählt: {count}. Davon erfüllen {what}: {met}.").format(
            count=_counted(level, len(chosen)),
            what=_("das Kriterium") if len(trail.views) == 1 else _("alle Kriterien"),
            met=len(met),
        )
    ]
    if left:
        sentences.append(_("Erfüllt, aber nicht gewählt: {names}.").format(names=_names(left)))
    if unknown := [line for line in trail.lines if line.met is None]:
        sentences.append(
            _("Nicht prüfbar, weil eine Zahl fehlt: {count}.").format(
                count=_counted(level, len(unknown))
            )
        )
    return " ".join(sentences)


def movement(since: Sequence[BeforeAfter]) -> str:
    """How many of the pairs of area and indicator went another way than the rest of the city."""
    tested = [found for found in since if found.apart is not None]
    if not tested:
        return ""
    apart = sum(found.apart is not None and found.apart.moved for found in tested)
    if not apart:
        return _(
            "In keinem von {count} Vergleichen lässt sich ein Unterschied zur übrigen Stadt vom "
            "Zufall unterscheiden."
        ).format(count=len(tested))
    return _(
        "In {apart} von {count} Vergleichen lief es anders als in der übrigen Stadt, mehr, als "
        "der Zufall erklärt."
    ).format(apart=apart, count=len(tested))


def when(one: Intervention) -> str:
    """From when to when it goes."""
    return register.event(one, "").when


def money(one: Intervention) -> str:
    """How much it costs, or that this is not public."""
    return _OPEN if one.money is None else euro(one.money)


def euro(amount: int) -> str:
    """A sum of money: '120.000 €'."""
    return f"{formats.number(amount)}{formats.NBSP}€"


def total(found: Sequence[Intervention]) -> str:
    """What interventions cost together, or that not all of them say so; nothing for one or none."""
    if len(found) < 2:
        return ""
    if (amount := register.money(found)) is not None:
        return _("Zusammen: {amount}.").format(amount=euro(amount))
    silent = sum(each.money is None for each in found)
    return _(
        "Bei {silent} von {count} ist kein Betrag öffentlich; eine Summe wird darum nicht gezeigt."
    ).format(silent=silent, count=len(found))


def places(one: Intervention, areas: Sequence[Area]) -> str:
    """Where it is: names of areas, or the whole city."""
    if one.areas is None:
        return _("ganze Stadt")
    names = {area.id: area.name for area in areas}
    return ", ".join(names[area] for area in one.areas if area in names)


def here(trail: Trail, area: str) -> str:
    """What a trail has to do with one area: chosen or not, and whether it meets the criteria."""
    one, line = trail.intervention, trail.line(area)
    if one.areas is None:
        return _("in der ganzen Stadt")
    if line is None:
        return _("gewählt; kein Kriterium genannt")
    values = "; ".join(
        _("{criterion}: hier {value}").format(
            criterion=criterion(check.view.indicator, check.criterion, short=True),
            value=wording.value(check.view.indicator, check.figure),
        )
        for check in line.checks
    )
    return f"{group(line.group, trail)} ({values})"


def within(trail: Trail, parts: Sequence[Area]) -> str:
    """What a trail has to do with an area or with the parts of a zone, those named that it has."""
    if trail.intervention.areas is None or len(parts) == 1:
        return here(trail, parts[0].id)
    concerned = [part for part in parts if trail.concerns(part.id)]
    return "; ".join(f"{part.name}: {here(trail, part.id)}" for part in concerned)


def _named(trail: Trail) -> list[tuple[View, Criterion]]:
    return list(zip(trail.views, trail.intervention.criteria, strict=True))


def _counted(level: Level, count: int) -> str:
    return f"{count} {level.title if count == 1 else level.plural}"


def _names(lines: Sequence[Line]) -> str:
    return ", ".join(line.area.name for line in lines)
