"""The recipes of a city folder, checked against its catalog and areas."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from model.catalog import BREAKDOWNS, TOTAL, Catalog
from prepare import periods, tomlfiles, validation
from prepare.findings import Finding, PreparationError, nearest, refuse
from prepare.recipe_places import AreaOrigin, Labels
from prepare.recipes import Recipe, Table

if TYPE_CHECKING:  # commands that read no geometry start without what reads it
    from prepare.areas import Areas


def recipes(folder: Path, catalog: Catalog, areas: Areas) -> list[Recipe]:
    """All recipes, in the order of their file names. Raises PreparationError with all findings."""
    findings: list[Finding] = []
    found: dict[str, Recipe] = {}
    paths = sorted((folder / "recipes").glob("*.toml"))
    for path in paths:
        name = f"{folder.name}/recipes/{path.name}"
        try:
            recipe = validation.checked(Recipe, tomlfiles.data(path, name), name)
        except PreparationError as error:
            findings += error.findings
            continue
        if recipe.id in found:
            message = f'Ein Rezept "{recipe.id}" gibt es schon.'
            findings.append(Finding("id_repeated", name, 'Schlüssel "id"', message, "Umbenennen."))
        findings += _findings(recipe, name, catalog, areas)
        found[recipe.id] = recipe
    if not paths:
        remedy = "Je Lieferung eine Datei recipes/<name>.toml anlegen."
        message = "Es gibt noch kein Rezept."
        findings.append(Finding("recipe_missing", f"{folder.name}/recipes", "", message, remedy))
    refuse(findings)
    return list(found.values())


def _findings(recipe: Recipe, name: str, catalog: Catalog, areas: Areas) -> list[Finding]:
    findings = []
    if recipe.source not in catalog.sources:
        findings.append(
            Finding(
                "source_unknown",
                name,
                'Schlüssel "source"',
                f'Die Quelle "{recipe.source}" steht nicht in city.toml.',
                nearest(recipe.source, catalog.sources),
            )
        )
    for number, table in enumerate(recipe.tables, start=1):
        place = f"[[tables]] Nr. {number}"
        findings += _table(table, place, name, catalog, areas)
        findings += _origins(table, place, name, catalog)
    return findings


def _origins(table: Table, place: str, name: str, catalog: Catalog) -> list[Finding]:
    """A period no date can be made of, a level nobody declared, zeros nobody delivers."""
    findings = []
    if isinstance(table.period, str) and not _is_period(table.period):
        message = f'"{table.period}" ist kein Zeitpunkt.'
        remedy = 'Ein Datum wie "2024-12-31" oder ein Jahr wie "2024" angeben.'
        findings.append(
            Finding("period_unknown", name, f'{place}, Schlüssel "period"', message, remedy)
        )
    levels = [level.id for level in catalog.city.levels]
    level = table.area.level if isinstance(table.area, AreaOrigin) else None
    if level is not None and level not in levels:
        message = f'Raumebene "{level}" ist nicht vereinbart.'
        remedy = nearest(level, levels)
        findings.append(
            Finding("level_unknown", name, f'{place}, Schlüssel "area.level"', message, remedy)
        )
    findings += [
        Finding(
            "value_wrong",
            name,
            f'{place}, Schlüssel "absent_is_zero"',
            f'"{measure}" wird in dieser Tabelle nicht gelesen.',
            nearest(measure, told(table, "measure")),
        )
        for measure in table.absent_is_zero
        if measure not in told(table, "measure") and measure in catalog.measures
    ]
    return findings


def _is_period(text: str) -> bool:
    try:
        periods.iso(text)
    except periods.UnknownPeriod:
        return False
    return True


def _table(table: Table, place: str, name: str, catalog: Catalog, areas: Areas) -> list[Finding]:
    """Areas, measures and categories nobody declared."""
    findings = [
        Finding(
            "area_unknown",
            name,
            f'{place}, Schlüssel "totals"',
            f'"{area}" ist kein bekanntes Gebiet.',
            nearest(area, areas.ids),
        )
        for area in table.totals.values()
        if area not in areas.ids
    ]
    findings += [
        Finding(
            "measure_unknown",
            name,
            place,
            f'Messgröße "{measure}" ist nicht vereinbart.',
            nearest(measure, catalog.measures),
        )
        for measure in sorted({*table.absent_is_zero, *told(table, "measure")})
        if measure not in catalog.measures
    ]
    for breakdown in BREAKDOWNS:
        known = {TOTAL, *(category.id for category in catalog.city.categories(breakdown))}
        findings += [
            Finding(
                "category_unknown",
                name,
                f'{place}, Schlüssel "{breakdown}"',
                f'Ausprägung "{category}" ist nicht vereinbart.',
                nearest(category, known),
            )
            for category in sorted(told(table, breakdown) - known)
        ]
    return findings


def told(table: Table, dimension: str) -> set[str]:
    """All ids a table declares for a dimension."""
    if table.cells is None:
        return {v for rule in table.rows if (v := getattr(rule, dimension)) is not None}
    label = getattr(table.cells, dimension)
    return set(label.values.values()) if isinstance(label, Labels) else {label}
