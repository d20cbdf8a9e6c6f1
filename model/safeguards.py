"""How a release protects the figures of one indicator, and what readers are told of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from model.catalog import Catalog, Indicator, Source
from model.language import _
from model.protection import Rule


@dataclass(frozen=True)
class Safeguard:
    """The rules that hold for an indicator.

    `rules` are those of its counts that hide anything, the strictest first; `unit` is what they
    count; `bases` says to multiples of what each level is rounded, 1 if it is not; a rate of
    fewer than `denominator` is not told; `sources` has the sources each rule is declared for.
    """

    rules: tuple[Rule, ...]
    unit: str
    bases: dict[str, int]
    denominator: int
    minimum_area: int
    version: str
    sources: dict[str, tuple[str, ...]]

    def rounds(self, level: str) -> bool:
        """Whether the counts of a level are multiples of its base."""
        return self.bases.get(level, 1) > 1


def safeguard(catalog: Catalog, indicator: Indicator) -> Safeguard:
    """The rules for an indicator of a release."""
    known = catalog.protection
    measures = list(dict.fromkeys(term.measure for term in indicator.terms))
    rules = {name: known.rule(name) for name in measures}
    closed = [name for name in measures if not rules[name].open]
    strict = sorted(
        {rules[name].id: rules[name] for name in closed}.values(), key=lambda rule: -rule.minimum
    )
    everywhere = {(each.measure, level) for each in known.public for level in each.levels}
    return Safeguard(
        rules=tuple(strict),
        unit=catalog.measures[closed[0]].unit if closed else "",
        bases={
            level: known.base(level)
            if any((name, level) not in everywhere for name in closed)
            else 1
            for level in known.methods
        },
        denominator=fewest(catalog, indicator),
        minimum_area=known.minimum_area,
        version=known.version,
        sources={rule.id: _titles(catalog.city.sources, known.sources, rule.id) for rule in strict},
    )


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


def hidden(found: Safeguard) -> str:
    """Why a number is kept secret, never telling which of the possible reasons it is."""
    if not found.rules:
        return _("Die Stelle, von der die Zahl stammt, hält sie geheim.")
    rule = found.rules[0]
    small = _("weniger als {k} {unit}").format(k=rule.minimum, unit=found.unit)
    if rule.group:
        small += _(" (oder alle bis auf so wenige)")
    if found.minimum_area:
        small += _(", ein Gebiet mit weniger als {residents} Einwohnern").format(
            residents=found.minimum_area
        )
    return _(
        "{small} oder zum Schutz einer solchen Zahl, die sich sonst errechnen ließe. "
        "Welcher Grund zutrifft, wird nicht gesagt. Regel: {rules}."
    ).format(small=small[:1].upper() + small[1:], rules=named(found))


def few(found: Safeguard) -> str:
    """Why a rate of few people is not told."""
    return _(
        "Der Wert bezieht sich auf weniger als {least} Personen oder Fälle; bei so wenigen ändern "
        "ihn schon einzelne stark. Die Zahlen selbst stehen in der Tabelle. Regel: {rules}."
    ).format(least=found.denominator, rules=named(found))


def rounding(found: Safeguard, level: str) -> str:
    """What rounding does to the figures of a level."""
    return _(
        "Zum Schutz Einzelner auf Vielfache von {base} gerundet, so dass alle Summen stimmen. "
        "Jede Anzahl weicht um weniger als {base} ab; Quoten sind aus den gerundeten Anzahlen "
        "berechnet."
    ).format(base=found.bases[level])


def named(found: Safeguard) -> str:
    """The rules by their titles, with the version of all rules."""
    titles = _(" und ").join(f"„{rule.title}“" for rule in found.rules)
    return _("{titles} (Regelwerk {version})").format(titles=titles, version=found.version)
