"""What rules for one audience must fit together: with each other, and with the city."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from model.catalog import AREAS, PUBLISHED, City
from model.protection import Protection
from prepare import catalog_checks
from prepare.findings import Finding


def findings(protection: Protection, table: str, name: str, city: City) -> list[Finding]:
    """Everything wrong with the rules in a `table` ('[public]') of the file `name`."""
    levels = [level.id for level in city.levels]
    sources = list(dict.fromkeys([*(s.id for s in city.sources), AREAS, PUBLISHED]))
    measures = {measure.id: measure for measure in city.measures}
    rules = [rule.id for rule in protection.rules]
    check = _Check(table, name)
    found = [
        catalog_checks.repeated(name, f'[[{table[1:-1]}.rules]] id = "{each}"')
        for each in catalog_checks.twice(rules)
    ]
    found += check.keys("methods", "level", protection.methods, levels)
    found += check.missing("methods", levels, protection.methods, '"suppress"')
    found += check.keys("sources", "source", protection.sources, sources)
    found += check.missing("sources", sources, protection.sources, f'"{rules[0]}"')
    found += check.values("sources", "rule", protection.sources, rules)
    found += check.keys("measures", "measure", protection.measures, measures)
    found += check.values("measures", "rule", protection.measures, rules)
    if protection.minimum_area:
        found += check.words({"residents": protection.residents}, "measure", measures)
    for number, each in enumerate(protection.public, start=1):
        place = f"public[{number}]"
        found += check.words({f"{place}.measure": each.measure}, "measure", measures)
        told = {f"{place}.levels[{n}]": level for n, level in enumerate(each.levels, start=1)}
        found += check.words(told, "level", levels)
    if protection.complete:
        message = 'Den Schlüssel "complete" gibt es hier nicht.'
        remedy = "Löschen; was vollständig ist, sagen die Rezepte mit complete."
        found.append(Finding("key_unknown", name, check.place("complete"), message, remedy))
    return found


class _Check:
    """Findings about the keys of one table."""

    def __init__(self, table: str, name: str) -> None:
        self.table, self.name = table, name

    def place(self, key: str) -> str:
        return f'{self.table}, Schlüssel "{key}"'

    def words(self, told: Mapping[str, str], kind: str, known: Iterable[str]) -> Iterator[Finding]:
        """Words by their place that name nothing there is."""
        known = list(known)
        for key, word in told.items():
            if word not in known:
                yield catalog_checks.unknown(self.name, self.place(key), kind, word, known)

    def keys(
        self, key: str, kind: str, told: Iterable[str], known: Iterable[str]
    ) -> Iterator[Finding]:
        """Keys below `key` that name nothing there is."""
        return self.words({f"{key}.{word}": word for word in told}, kind, known)

    def values(
        self, key: str, kind: str, told: Mapping[str, str], known: Iterable[str]
    ) -> Iterator[Finding]:
        """Values below `key` that name nothing there is."""
        return self.words({f"{key}.{word}": value for word, value in told.items()}, kind, known)

    def missing(
        self, key: str, wanted: Iterable[str], told: Mapping[str, str], example: str
    ) -> Iterator[Finding]:
        """Keys that have to stand below `key`."""
        for word in wanted:
            if word not in told:
                message = f'Der Schlüssel "{word}" fehlt.'
                remedy = f"{word} = {example} ergänzen, oder was sonst gelten soll."
                yield Finding(
                    "key_missing", self.name, self.place(f"{key}.{word}"), message, remedy
                )
