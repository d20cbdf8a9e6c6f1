"""What a release may know that is for one audience: everything else is left out before reading.

A measure names the audiences it is for. Of what the audience may not be told, neither catalog,
counts, sources, deliveries nor findings are left, so that nothing later can let it slip.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import polars as pl

from model.catalog import AREAS, PUBLISHED, Audience, Catalog, Theme
from model.protection import Protection
from prepare import recipe_checks
from prepare.checks import files as file_checks
from prepare.facility_recipes import Facilities, FacilityRecipe
from prepare.findings import Finding, refuse
from prepare.recipes import Recipe


def catalog(
    whole: Catalog, audience: Audience, recipes: Sequence[Recipe | FacilityRecipe]
) -> Catalog:
    """The catalog as far as an audience may know it; `recipes` are all there are.

    Left out are measures for others, indicators that need one, themes without an indicator,
    presets that name such an indicator, sources that deliver nothing of the rest, and rules
    nobody needs for it. Raises PreparationError if no theme is left.
    """
    # That others may know a measure, too, is nothing to be told either.
    measures = tuple(
        measure.model_copy(update={"audiences": (audience,)})
        for measure in whole.city.measures
        if audience in measure.audiences
    )
    known = {measure.id for measure in measures}
    themes = [theme(each, known) for each in whole.themes]
    left = tuple(each for each in themes if each.indicators)
    if not left:
        message = f"Für audience = {audience} bleibt kein Thema."
        remedy = "In measures.toml audiences prüfen."
        refuse([Finding("theme_missing", f"{whole.city.id}/catalog", "", message, remedy)])
    used = {AREAS, PUBLISHED, *(each.source for each in recipes if _speaks(each, known))}
    sources = tuple(source for source in whole.city.sources if source.id in used)
    told = {indicator.id for each in left for indicator in each.indicators}
    peers = tuple(each for each in whole.city.peers if each in told)
    city = whole.city.model_copy(update={"measures": measures, "sources": sources, "peers": peers})
    protection = _protection(whole.protection, known, used)
    # A preset without one of its indicators would be another one.
    presets = tuple(p for p in whole.presets if {name for name, _weight in p.weights} <= told)
    return Catalog(city=city, themes=left, protection=protection, presets=presets)


def recipes(every: Iterable[Recipe], catalog: Catalog) -> list[Recipe]:
    """The recipes that read anything the catalog knows."""
    return [recipe for recipe in every if _speaks(recipe, catalog.measures)]


def files(folder: Path, every: Iterable[Recipe], own: Sequence[Recipe]) -> list[Path]:
    """The delivered files that only recipes for others read."""
    read = {path for recipe in own for path in file_checks.paths(folder, recipe.files)}
    found = (path for recipe in every for path in file_checks.paths(folder, recipe.files))
    return sorted(set(found) - read)


def lists(every: Facilities | None, audience: Audience) -> tuple[FacilityRecipe, ...]:
    """The recipes that list facilities of a type an audience may know, or that list none."""
    if every is None:
        return ()
    shown = {each.id for each in every.types if audience in each.audiences}
    return tuple(r for r in every.recipes if r.points is None or shown & set(r.points.types))


def facilities(every: Facilities, audience: Audience, catalog: Catalog) -> Facilities | None:
    """The declared facilities without types and values the catalog does not know.

    None if no facility is left.
    """
    known = catalog.measures
    left = tuple(
        recipe.model_copy(update={"values": tuple(v for v in recipe.values if v.measure in known)})
        for recipe in lists(every, audience)
        if _speaks(recipe, known)
    )
    if not any(recipe.points for recipe in left):
        return None
    return every.model_copy(update={"recipes": left, "types": catalog.facility_types})


def rows(found: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """The rows whose `measure` the catalog knows, and those that name none."""
    return found.filter(pl.col("measure").is_in(["", *catalog.measures]))


def figures(found: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """The published figures about measures and indicators the catalog knows, or about neither."""
    return rows(found, catalog).filter(pl.col("indicator").is_in(["", *catalog.indicators]))


def theme(whole: Theme, known: Collection[str]) -> Theme:
    """The theme with the indicators that only need known measures; maybe none."""
    left = tuple(i for i in whole.indicators if {term.measure for term in i.terms} <= set(known))
    return whole.model_copy(update={"indicators": left})


def _protection(whole: Protection, known: set[str], used: set[str]) -> Protection:
    """The rules for known measures and used sources, and what else is said of these."""
    sources = {source: rule for source, rule in whole.sources.items() if source in used}
    measures = {measure: rule for measure, rule in whole.measures.items() if measure in known}
    needed = {*sources.values(), *measures.values()}
    unnamed = Protection.model_fields["residents"].default
    return whole.model_copy(
        update={
            "residents": whole.residents if whole.residents in known else unnamed,
            "sources": sources,
            "measures": measures,
            "rules": tuple(rule for rule in whole.rules if rule.id in needed),
            "public": tuple(each for each in whole.public if each.measure in known),
        }
    )


def _speaks(recipe: Recipe | FacilityRecipe, known: Collection[str]) -> bool:
    """Whether a recipe reads a known measure, or places of facilities, which are for everybody."""
    if isinstance(recipe, FacilityRecipe):
        return recipe.points is not None or any(each.measure in known for each in recipe.values)
    told = (recipe_checks.told(table, "measure") for table in recipe.tables)
    return any(measure in known for measures in told for measure in measures)
