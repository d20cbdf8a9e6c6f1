"""What no single declaration can know: references, repetitions and names across files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from model.catalog import BREAKDOWNS, CATEGORIES, TOTAL, ZONE, Indicator, Level, Measure, Term
from prepare.findings import Finding, nearest
from prepare.tomlfiles import Data

Model = TypeVar("Model", bound=BaseModel)

_NOUNS = {
    "level": "Raumebene",
    "measure": "Messgröße",
    "indicator": "Indikator",
    "category": "Ausprägung",
    "source": "Quelle",
    "rule": "Regel",
}
_TABLES = ("levels", *CATEGORIES.values(), "sources", "measures")


def city_files(city: Data, city_name: str, measures: Data, measures_name: str) -> list[Finding]:
    """Keys that stand in the wrong one of city.toml and measures.toml."""
    findings = [
        Finding(
            "key_unknown",
            measures_name,
            f'Schlüssel "{key}"',
            f'Den Schlüssel "{key}" gibt es hier nicht.',
            "measures.toml enthält nur [[measures]]; anderes gehört in city.toml.",
        )
        for key in measures
        if key != "measures"
    ]
    if "measures" in city:
        findings.append(
            Finding(
                "key_unknown",
                city_name,
                'Schlüssel "measures"',
                "Messgrößen stehen nicht in city.toml.",
                "Nach measures.toml verschieben.",
            )
        )
    return findings


def city(data: Data, name: str, measures_name: str) -> list[Finding]:
    """Repeated ids, references to nothing, and level declarations that cannot work."""
    findings = []
    for table in _TABLES:
        file = measures_name if table == "measures" else name
        findings += [
            repeated(file, f'[[{table}]] id = "{entry}"') for entry in twice(_ids(data, table))
        ]
    findings += [
        Finding(
            "id_reserved",
            name,
            f'[[{table}]] id = "{TOTAL}"',
            f'"{TOTAL}" steht immer für insgesamt.',
            "Den Eintrag löschen.",
        )
        for table in CATEGORIES.values()
        if TOTAL in _ids(data, table)
    ]
    findings += [
        Finding(
            "id_reserved",
            name,
            f'[[levels]] id = "{ZONE}"',
            f'"{ZONE}" steht immer für Zusammenschlüsse von Gebieten.',
            "Der Raumebene eine andere Kennung geben; Zusammenschlüsse stehen in areas/zones.csv.",
        )
        for level in _ids(data, "levels")
        if level == ZONE
    ]
    levels = _ids(data, "levels")
    for key in ("city_level", "default_level"):
        if key in data and data[key] not in levels:
            findings.append(unknown(name, f'Schlüssel "{key}"', "level", data[key], levels))
    for level in _valid(Level, data, "levels"):
        findings += _level(level, name)
    return findings + _unallocated(data, measures_name) + _wholes(data, measures_name)


def _unallocated(data: Data, name: str) -> list[Finding]:
    """Measures of those in no area that nobody declared, or that have other categories."""
    measures = {measure.id: measure for measure in _valid(Measure, data, "measures")}
    findings = []
    for measure in measures.values():
        place = f'[[measures]] id = "{measure.id}", Schlüssel "unallocated"'
        if measure.unallocated is None:
            continue
        if measure.unallocated not in measures:
            findings.append(unknown(name, place, "measure", measure.unallocated, measures))
        elif measures[measure.unallocated].breakdowns != measure.breakdowns:
            findings.append(
                Finding(
                    "breakdown_missing",
                    name,
                    place,
                    f'"{measure.unallocated}" hat andere breakdowns als "{measure.id}".',
                    "Beiden dieselben breakdowns geben.",
                )
            )
    return findings


def _level(level: Level, name: str) -> list[Finding]:
    place = f'[[levels]] id = "{level.id}"'
    findings = []
    if level.geometry_name and not level.geometry:
        findings.append(
            Finding(
                "key_missing",
                name,
                f'{place}, Schlüssel "geometry"',
                "geometry_name nennt eine Spalte, aber es ist keine Datei angegeben.",
                'geometry = "..." ergänzen.',
            )
        )
    if level.parent_pattern is not None and not _groups(level.parent_pattern):
        findings.append(
            Finding(
                "value_wrong",
                name,
                f'{place}, Schlüssel "parent_pattern"',
                f'"{level.parent_pattern}" ist kein Suchmuster mit einer Gruppe.',
                "Zum Beispiel '^(\\d)' schreiben.",
            )
        )
    findings += [
        Finding(
            "value_wrong",
            name,
            f'{place}, Schlüssel "{key}"',
            f'"{template}" ist keine gültige Vorlage.',
            'Zum Beispiel "{:0>3}" schreiben.',
        )
        for key, template in (
            ("geometry_id_format", level.geometry_id_format),
            ("parent_format", level.parent_format),
        )
        if not _is_template(template)
    ]
    return findings


def _groups(pattern: str) -> int:
    try:
        return re.compile(pattern).groups
    except re.error:
        return 0


def _is_template(template: str) -> bool:
    try:
        template.format("1")
    except (ValueError, IndexError, KeyError):
        return False
    return True


def theme(data: Data, name: str, city_data: Data) -> list[Finding]:
    """File name against id, and terms that name measures or categories nobody declared."""
    findings = []
    stem = Path(name).stem
    if data.get("id", stem) != stem:
        findings.append(
            Finding(
                "file_name",
                name,
                'Schlüssel "id"',
                f'Die Datei heißt "{stem}", das Thema "{data["id"]}".',
                "Datei und id gleich benennen.",
            )
        )
    measures = {measure.id: measure for measure in _valid(Measure, city_data, "measures")}
    for indicator in _valid(Indicator, data, "indicators"):
        findings += _terms(indicator, name, measures, city_data)
    return findings


def _terms(
    indicator: Indicator, name: str, measures: Mapping[str, Measure], city_data: Data
) -> list[Finding]:
    findings = []
    parts = (("numerator", indicator.numerator), ("denominator", indicator.denominator))
    for part, terms in parts:
        for number, term in enumerate(terms, start=1):
            key = f'[[indicators]] id = "{indicator.id}", Schlüssel "{part}[{number}]'
            findings += _term(term, name, key, measures, city_data)
            measure = measures.get(term.measure)
            if measure is not None and measure.additive == indicator.as_delivered:
                findings.append(_not_additive(name, f'{key}.measure"', measure))
    return findings


def _term(
    term: Term, name: str, key: str, measures: Mapping[str, Measure], city_data: Data
) -> list[Finding]:
    """A measure or categories nobody declared; `key` is the place up to the term's own keys."""
    measure = measures.get(term.measure)
    if measure is None:
        return [unknown(name, f'{key}.measure"', "measure", term.measure, measures)]
    findings = []
    for breakdown in BREAKDOWNS:
        known = [TOTAL, *_ids(city_data, CATEGORIES[breakdown])]
        told = getattr(term, breakdown)
        findings += _categories(name, f'{key}.{breakdown}"', measure, breakdown, told, known)
    return findings


def _wholes(data: Data, name: str) -> list[Finding]:
    """Terms of part_of, holds and rate that name nothing; measures that are part of themselves."""
    measures = {measure.id: measure for measure in _valid(Measure, data, "measures")}
    findings = []
    for measure in measures.values():
        place = f'[[measures]] id = "{measure.id}", Schlüssel "'
        told = [("part_of", measure.part_of), ("holds", measure.holds)]
        if measure.rate is not None:
            told += [("rate.numerator", measure.rate.numerator)]
            told += [("rate.denominator", measure.rate.denominator)]
        for key, terms in told:
            for number, term in enumerate(terms, start=1):
                at = f"{place}{key}[{number}]"
                findings += _term(term, name, at, measures, data)
                if term.measure in measures and not measures[term.measure].additive:
                    findings.append(_not_additive(name, f'{at}.measure"', measures[term.measure]))
        if measure.id in _above(measure, measures):
            message = "Die Messgröße wäre ein Teil ihrer selbst."
            findings.append(
                Finding("value_wrong", name, f'{place}part_of"', message, "Angabe berichtigen.")
            )
    return findings


def _above(measure: Measure, measures: Mapping[str, Measure]) -> set[str]:
    """Everything a measure is part of, directly or not."""
    found: set[str] = set()
    ahead = [term.measure for term in measure.part_of]
    while ahead:
        one = ahead.pop()
        if one not in found and one in measures:
            found.add(one)
            ahead += [term.measure for term in measures[one].part_of]
    return found


def _not_additive(name: str, place: str, measure: Measure) -> Finding:
    if measure.additive:
        message = f'Der Indikator hat as_delivered = true, aber "{measure.id}" ist eine Zählung.'
        remedy = "as_delivered löschen, oder in measures.toml additive = false angeben."
    else:
        message = f'Die Messgröße "{measure.id}" lässt sich weder addieren noch teilen.'
        remedy = "Im Indikator as_delivered = true angeben, oder Zählungen nehmen."
    return Finding("measure_not_additive", name, place, message, remedy)


def _categories(
    name: str,
    place: str,
    measure: Measure,
    breakdown: str,
    told: Sequence[str],
    known: Sequence[str],
) -> list[Finding]:
    if tuple(told) != (TOTAL,) and breakdown not in measure.breakdowns:
        return [
            Finding(
                "breakdown_missing",
                name,
                place,
                f'Die Messgröße "{measure.id}" hat das Merkmal "{breakdown}" nicht.',
                "Den Schlüssel weglassen oder in measures.toml breakdowns ergänzen; "
                f"vorhanden: {', '.join(measure.breakdowns) or 'keines'}.",
            )
        ]
    findings = [
        unknown(name, place, "category", category, known)
        for category in told
        if category not in known
    ]
    findings += [repeated(name, f'{place}: "{category}"') for category in twice(told)]
    if TOTAL in told and len(told) > 1:
        findings.append(
            Finding(
                "category_overlap",
                name,
                place,
                f'"{TOTAL}" und einzelne Ausprägungen würden doppelt zählen.',
                f'Entweder nur "{TOTAL}" oder nur einzelne Ausprägungen nennen.',
            )
        )
    return findings


def across(themes: Mapping[str, Data]) -> list[Finding]:
    """Indicator ids that occur twice, in one theme or in two; themes by file name."""
    first: dict[str, str] = {}
    findings = []
    for name, data in themes.items():
        for indicator in _ids(data, "indicators"):
            if indicator in first:
                place = f'[[indicators]] id = "{indicator}"'
                findings.append(repeated(name, place, f" (zuerst in {first[indicator]})"))
            first.setdefault(indicator, name)
    return findings


def peers(city_data: Data, name: str, themes: Iterable[Data]) -> list[Finding]:
    """Structural indicators that no theme declares, or that are named twice."""
    told = city_data.get("peers")
    named = [str(each) for each in told] if isinstance(told, list) else []
    known = [indicator for data in themes for indicator in _ids(data, "indicators")]
    place = 'Schlüssel "peers"'
    return [
        *(unknown(name, place, "indicator", each, known) for each in named if each not in known),
        *(repeated(name, f'{place}: "{each}"') for each in twice(named)),
    ]


def _entries(data: Data, table: str) -> list[object]:
    entries = data.get(table)
    return entries if isinstance(entries, list) else []


def _ids(data: Data, table: str) -> list[str]:
    return [str(e["id"]) for e in _entries(data, table) if isinstance(e, Mapping) and "id" in e]


def _valid(model: type[Model], data: Data, table: str) -> list[Model]:
    """Those entries that are fine on their own, so that one bad entry hides no other finding."""
    found = []
    for entry in _entries(data, table):
        try:
            found.append(model.model_validate(entry))
        except ValidationError:
            continue  # reported where the whole file is validated
    return found


def twice(ids: Iterable[str]) -> list[str]:
    """Those that occur more than once."""
    return [i for i, count in Counter(ids).items() if count > 1]


def repeated(name: str, place: str, where: str = "") -> Finding:
    """That something is declared more than once; `where` says where it was first."""
    return Finding(
        "id_repeated",
        name,
        place,
        f"Die Angabe kommt mehrmals vor{where}.",
        "Eine behalten, die andere löschen oder umbenennen.",
    )


def unknown(name: str, place: str, kind: str, word: object, known: Iterable[str]) -> Finding:
    """That a word names no level, measure, indicator, category, source or rule there is."""
    message = f'{_NOUNS[kind]} "{word}" ist nicht vereinbart.'
    return Finding(f"{kind}_unknown", name, place, message, nearest(str(word), known))
