"""The recipes of a city folder, checked against its catalog and areas."""

from __future__ import annotations

from pathlib import Path

from model.catalog import BREAKDOWNS, TOTAL, Catalog
from prepare import tomlfiles, validation
from prepare.areas import Areas
from prepare.findings import Finding, PreparationError, nearest, refuse
from prepare.recipes import Labels, Recipe, Table


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
        findings += _table(table, f"[[tables]] Nr. {number}", name, catalog, areas)
    return findings


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
        for measure in sorted({*table.absent_is_zero, *_told(table, "measure")})
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
            for category in sorted(_told(table, breakdown) - known)
        ]
    return findings


def _told(table: Table, dimension: str) -> set[str]:
    """All ids a table declares for a dimension."""
    if table.cells is None:
        return {v for rule in table.rows if (v := getattr(rule, dimension)) is not None}
    label = getattr(table.cells, dimension)
    return set(label.values.values()) if isinstance(label, Labels) else {label}
