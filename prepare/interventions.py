"""Interventions of a city folder (interventions.toml), checked, as an audience may know them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import polars as pl

from model import formats, rates, register
from model.catalog import Catalog
from model.interventions import Criterion, Intervention, Interventions
from prepare import periods, tomlfiles, validation
from prepare.findings import Finding, nearest, refuse

FILE = "interventions.toml"
TEXT = "interventions.json"
"""How a release carries them."""
Told = tuple[str, str, str, str]
"""Rule, key, message and remedy."""


def declared(folder: Path, catalog: Catalog, areas: Collection[str]) -> Interventions:
    """The interventions of a city folder; none if there is no such file.

    `areas` are the ids of the city's default level. Raises PreparationError with all findings.
    """
    path = folder / FILE
    if not path.exists():
        return Interventions()
    name = f"{folder.name}/{FILE}"
    found = validation.checked(Interventions, tomlfiles.data(path, name), name)
    ids = [each.id for each in found.interventions]
    refuse(
        [
            _finding(rule, name, each, key, message, remedy)
            for number, each in enumerate(found.interventions)
            for rule, key, message, remedy in _wrong(each, ids[:number], catalog, areas)
        ]
    )
    return found


def told(found: Interventions, catalog: Catalog) -> Interventions:
    """Those an audience may know: every indicator they name is in its catalog."""
    left = (
        each for each in found.interventions if set(each.indicators) <= catalog.indicators.keys()
    )
    return Interventions(interventions=tuple(left))


def uncounted(
    found: Interventions, catalog: Catalog, counts: pl.DataFrame, name: str
) -> list[Finding]:
    """Criteria at periods at which no area has a row; the app can only call them untestable."""
    findings = []
    for each, place, criterion in _criteria(found):
        rows = _rows(criterion, catalog, counts)
        if criterion.period not in set(rows["period"]):
            reference = catalog.indicators[criterion.indicator].reference
            known = [formats.period(p, reference) for p in rows["period"].unique().sort()]
            span = f"Zahlen gibt es von {known[0]} bis {known[-1]}." if known else ""
            message = f'Zu "{criterion.period}" gibt es für kein Gebiet eine Zahl.'
            remedy = f"Zeitpunkt prüfen; sonst steht dort „nicht prüfbar“. {span}".strip()
            findings.append(
                _finding("intervention_period", name, each, f"{place}.period", message, remedy)
            )
    return findings


def secrets(
    found: Interventions, catalog: Catalog, counts: pl.DataFrame, name: str
) -> list[Finding]:
    """Chosen areas whose secret number a criterion tells something of.

    `counts` are those that are told. That an area was chosen says that it lies beyond the
    threshold, unless another reason is given. Where numbers are rounded, that tells more than the
    rounded one if this lies on the other side.
    """
    findings = []
    rounded = catalog.protection.base(catalog.city.default_level) > 1
    for each, place, criterion in _criteria(found):
        told = {reason.area for reason in each.reasons}
        indicator = catalog.indicators[criterion.indicator]
        rows = _rows(criterion, catalog, counts).filter(pl.col("period") == criterion.period)
        for area, value, state in rows.select("area", "value", "status").iter_rows():
            other = rounded and register.met(indicator, criterion, value) is False
            secret = state == "suppressed" or other
            if secret and area in (each.areas or ()) and area not in told:
                kept = "gerundet" if other else "geheim"
                message = f'Die Zahl von "{area}" ist {kept}; die Auswahl verrät etwas über sie.'
                remedy = "In reasons einen anderen Grund für die Auswahl nennen."
                findings.append(_finding("intervention_secret", name, each, place, message, remedy))
    return findings


def _criteria(found: Interventions) -> Iterator[tuple[Intervention, str, Criterion]]:
    """Every criterion with its intervention and its key."""
    for each in found.interventions:
        for number, criterion in enumerate(each.criteria, start=1):
            yield each, f"criteria[{number}]", criterion


def _rows(criterion: Criterion, catalog: Catalog, counts: pl.DataFrame) -> pl.DataFrame:
    """The values of a criterion's indicator at the default level."""
    level = pl.col("level") == catalog.city.default_level
    values = rates.values(counts.lazy(), catalog.indicators[criterion.indicator])
    return values.filter(level).collect()


def _wrong(
    one: Intervention, before: Collection[str], catalog: Catalog, areas: Collection[str]
) -> Iterator[Told]:
    """Everything wrong in one intervention; `before` are the ids above it."""
    if one.id in before:
        yield "id_repeated", "id", f'Die id "{one.id}" steht mehrmals.', "Umbenennen."
    yield from _wrong_days(one)
    chosen = {f"areas[{n}]": area for n, area in enumerate(one.areas or (), start=1)}
    reasons = {f"reasons[{n}].area": each.area for n, each in enumerate(one.reasons, start=1)}
    for places in (chosen, reasons):
        yield from _wrong_areas(places, areas)
    for number, criterion in enumerate(one.criteria, start=1):
        yield from _wrong_criterion(criterion, f"criteria[{number}]", catalog)


def _wrong_areas(places: Mapping[str, str], areas: Collection[str]) -> Iterator[Told]:
    """Areas by key that do not exist, or stand there twice."""
    seen: set[str] = set()
    for key, area in places.items():
        if area not in areas:
            message = f'"{area}" ist kein Gebiet der Ebene, die die Anwendung zuerst zeigt.'
            yield "area_unknown", key, message, nearest(area, areas)
        elif area in seen:
            yield "id_repeated", key, f'"{area}" steht mehrmals.', "Einmal nennen."
        seen.add(area)


def _wrong_criterion(criterion: Criterion, key: str, catalog: Catalog) -> Iterator[Told]:
    if criterion.indicator not in catalog.indicators:
        message = f'Den Indikator "{criterion.indicator}" gibt es nicht.'
        known = nearest(criterion.indicator, catalog.indicators)
        yield "indicator_unknown", f"{key}.indicator", message, known
    if not periods.is_iso(criterion.period):
        message = f'"{criterion.period}" ist weder Tag noch Jahr.'
        remedy = 'Als "2020-12-31" oder "2020" schreiben.'
        yield "intervention_date", f"{key}.period", message, remedy


def _wrong_days(one: Intervention) -> Iterator[Told]:
    """What is wrong with the first and the last day."""
    days = {"start": one.start, "end": one.end}
    wrong = [key for key, day in days.items() if day is not None and not periods.is_day(day)]
    for key in wrong:
        message = f'"{days[key]}" ist kein Tag.'
        yield "intervention_date", key, message, 'Als "2024-08-31" schreiben.'
    if not wrong and one.end is not None and one.end < one.start:
        message = f"Das Ende {one.end} liegt vor dem Anfang {one.start}."
        yield "intervention_order", "end", message, "start und end prüfen."


def _finding(
    rule: str, name: str, one: Intervention, key: str, message: str, remedy: str
) -> Finding:
    place = f'[[interventions]] id = "{one.id}", Schlüssel "{key}"'
    return Finding(rule, name, place, message, remedy)
