"""How a release protects the figures of one indicator, and what readers are told of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from model import formats
from model.catalog import ZONE, Catalog, Indicator, Measure, Source
from model.language import _
from model.protection import Rule

_AMOUNT = re.compile(
    r"(?i)((tsd|mio)\.\s*)?(euro|eur|€|%|jahre|monate|wochen|tage|stunden|k?m²|ha|je)(\s|$)"
)
"""Units that are no heads or cases, so that nothing can be said of '1 to 4' of them."""


@dataclass(frozen=True)
class Safeguard:
    """The rules that hold for an indicator.

    `rules` are those of its counts that hide anything, the strictest first; `units` says what
    heads or cases are counted under each of them, by its id; `grouped` whether any count may be
    hidden because it is nearly all of a whole. `open` is why its other counts are not protected.
    `bases` says to multiples of what each level is rounded, 1 if it is not; a rate of fewer than
    `denominator` is not told, by the rules `limits`; `sources` has the sources each rule is
    declared for.
    """

    rules: tuple[Rule, ...]
    units: dict[str, tuple[str, ...]]
    grouped: bool
    open: tuple[str, ...]
    bases: dict[str, int]
    denominator: int
    limits: tuple[Rule, ...]
    minimum_area: int
    version: str
    sources: dict[str, tuple[str, ...]]

    def rounds(self, level: str) -> bool:
        """Whether the counts of a level are multiples of its base."""
        return self.bases.get(level, 1) > 1


def safeguard(catalog: Catalog, indicator: Indicator) -> Safeguard:
    """The rules for an indicator of a release."""
    known = catalog.protection
    rules = {term.measure: known.rule(term.measure) for term in indicator.terms}
    closed = [catalog.measures[name] for name, rule in rules.items() if not rule.open]
    strict = sorted(
        {rules[each.id].id: rules[each.id] for each in closed}.values(),
        key=lambda rule: -rule.minimum,
    )
    least = fewest(catalog, indicator)
    return Safeguard(
        rules=tuple(strict),
        units={rule.id: _units(m for m in closed if rules[m.id] is rule) for rule in strict},
        grouped=any(each.part_of and rules[each.id].group for each in closed),
        open=tuple(dict.fromkeys(rule.reason for rule in rules.values() if rule.open)),
        bases=_bases(catalog, closed),
        denominator=least,
        limits=tuple({r.id: r for r in rules.values() if r.denominator == least}.values()),
        minimum_area=known.minimum_area,
        version=known.version,
        sources={rule.id: _titles(catalog.city.sources, known.sources, rule.id) for rule in strict},
    )


def _bases(catalog: Catalog, closed: Sequence[Measure]) -> dict[str, int]:
    """To multiples of what each level is rounded; a zone as its parts may be."""
    known = catalog.protection
    everywhere = {(each.measure, level) for each in known.public for level in each.levels}
    found = {
        level: known.base(level)
        if any((each.id, level) not in everywhere for each in closed)
        else 1
        for level in known.methods
    }
    city = catalog.city
    parts = [
        level.id for level in city.levels if not level.comparison and level.id != city.city_level
    ]
    return {ZONE: max((found.get(level, 1) for level in parts), default=1), **found}


def _units(measures: Iterable[Measure]) -> tuple[str, ...]:
    """What heads or cases some measures count, each once."""
    counts = (each.unit for each in measures if each.additive and not _AMOUNT.match(each.unit))
    return tuple(dict.fromkeys(counts))


def fewest(catalog: Catalog, indicator: Indicator) -> int:
    """How many a rate must at least refer to; 0 for sums, and for densities of open measures."""
    below = {term.measure for term in indicator.denominator}
    limits = {
        term.measure: catalog.protection.rule(term.measure).denominator for term in indicator.terms
    }
    # Residents per square kilometre refer to no people; a share always does.
    if not below or (indicator.per == 1 and not any(limits[name] for name in below)):
        return 0
    return max(limits.values())


def _titles(sources: Iterable[Source], rules: dict[str, str], rule: str) -> tuple[str, ...]:
    return tuple(source.title for source in sources if rules.get(source.id) == rule)


def hidden(found: Safeguard, rounded: bool = False) -> str:
    """Why a number is kept secret, never telling which of the possible reasons it is.

    Where counts are `rounded`, none is hidden for being small.
    """
    if not found.rules:
        return _("Die Stelle, von der die Zahl stammt, hält sie geheim.")
    small = [] if rounded else _small(found)
    told = [_(" und ").join(small)] if small else []
    if found.grouped and not rounded:
        told.append(_("was alle oder fast alle einer Gruppe betrifft"))
    if found.minimum_area:
        told.append(_in_small_areas(found))
    told.append(_("was schon geheim geliefert wurde"))
    text = (
        _(
            "Geheim sind {numbers}, und alles, womit man das errechnen könnte. Welcher Grund "
            "zutrifft, wird nicht gesagt (Regelwerk {version})."
        )
        if small
        else _(
            "Geheim ist: {numbers}, und alles, womit man das errechnen könnte. Welcher Grund "
            "zutrifft, wird nicht gesagt (Regelwerk {version})."
        )
    )
    return text.format(numbers=", ".join(told), version=found.version)


def _small(found: Safeguard) -> list[str]:
    """Which numbers are too small by themselves: '1 bis 4 Personen („Melderegister“)'."""
    rules: dict[str, list[Rule]] = {}
    for rule in found.rules:
        rules.setdefault(_range(rule, found.units[rule.id]), []).append(rule)
    return [f"{numbers} ({_titled(own)})" for numbers, own in rules.items()]


def _range(rule: Rule, units: Sequence[str]) -> str:
    low, high = 0 if rule.zeros == "protected" else 1, rule.minimum - 1
    if not units or high < 1:
        return _("zu kleine Zahlen")
    unit = _(" oder ").join([", ".join(units[:-1]), units[-1]] if len(units) > 1 else units)
    if low == high:
        return _("einzelne {unit}").format(unit=unit)
    return _("{low} bis {high} {unit}").format(low=low, high=high, unit=unit)


def _in_small_areas(found: Safeguard) -> str:
    text = (
        _("alles außer Nullen in Gebieten mit weniger als {residents} Einwohnern")
        if all(rule.zeros == "shown" for rule in found.rules)
        else _("alles in Gebieten mit weniger als {residents} Einwohnern")
    )
    return text.format(residents=formats.number(found.minimum_area))


def unprotected(found: Safeguard) -> str:
    """That nothing of an indicator is protected, and why."""
    return " ".join([_("Nicht geschützt."), *found.open])


def few(found: Safeguard) -> str:
    """Why a rate of few people is not told."""
    return _(
        "Der Wert bezieht sich auf weniger als {least} Personen oder Fälle; bei so wenigen ändern "
        "ihn schon einzelne stark. Die Zahlen selbst stehen in der Tabelle. Regel: {rules}."
    ).format(least=found.denominator, rules=_named(found.limits, found.version))


def rounding(found: Safeguard, level: str) -> str:
    """What rounding does to the figures of a level; a zone is a sum of rounded counts."""
    if level == ZONE:
        return _(
            "Summe von Anzahlen, die zum Schutz Einzelner auf Vielfache von {base} gerundet sind. "
            "Je Teil weicht sie um weniger als {base} ab; Quoten sind aus den gerundeten Anzahlen "
            "berechnet."
        ).format(base=found.bases[level])
    return _(
        "Zum Schutz Einzelner auf Vielfache von {base} gerundet, so dass alle Summen stimmen. "
        "Jede Anzahl weicht um weniger als {base} ab; Quoten sind aus den gerundeten Anzahlen "
        "berechnet."
    ).format(base=found.bases[level])


def named(found: Safeguard) -> str:
    """The rules that hide anything by their titles, with the version of all rules."""
    return _named(found.rules, found.version)


def _named(rules: Iterable[Rule], version: str) -> str:
    return _("{titles} (Regelwerk {version})").format(titles=_titled(rules), version=version)


def _titled(rules: Iterable[Rule]) -> str:
    return _(" und ").join(f"„{rule.title}“" for rule in rules)
