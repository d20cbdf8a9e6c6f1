"""Which files a city wants delivered: where they go, what they are called, who sends them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from model.catalog import Catalog
from prepare import facility_recipes, tomlfiles, validation
from prepare.findings import PreparationError
from prepare.recipes import Recipe


@dataclass(frozen=True)
class Expected:
    """One declaration that reads files: its id, German title and office.

    `pattern` is a glob below the deliveries, `files` what is there now (paths below them).
    """

    id: str
    title: str
    office: str
    pattern: str
    files: tuple[str, ...]


def expected(folder: Path, deliveries: Path, catalog: Catalog) -> list[Expected]:
    """What recipes, facilities.toml and geometry files below the deliveries want, in that order.

    A declaration that is wrong is left out: check names it.
    """
    found = [
        _expected(deliveries, recipe.id, recipe.title, recipe.office, recipe.files)
        for recipe in _recipes(folder)
    ]
    found += [
        _expected(deliveries, recipe.id, recipe.title, recipe.office, recipe.files)
        for recipe in _facilities(folder, catalog)
    ]
    found += [
        _expected(
            deliveries, f"geometry_{level.id}", f"Geometrie: {level.plural}", "", level.geometry
        )
        for level in catalog.city.levels
        if level.geometry and not (folder / level.geometry).exists()
    ]
    return found


def _recipes(folder: Path) -> Iterable[Recipe]:
    for path in sorted((folder / "recipes").glob("*.toml")):
        try:
            yield validation.checked(Recipe, tomlfiles.data(path, path.name), path.name)
        except PreparationError:
            continue


def _facilities(folder: Path, catalog: Catalog) -> tuple[facility_recipes.FacilityRecipe, ...]:
    try:
        found = facility_recipes.declared(folder, catalog)
    except PreparationError:
        return ()
    return found.recipes if found else ()


def _expected(deliveries: Path, id: str, title: str, office: str, pattern: str) -> Expected:
    there = (path for path in deliveries.glob(pattern) if path.is_file() and path.name[:2] != "~$")
    files = sorted(path.relative_to(deliveries).as_posix() for path in there)
    return Expected(id, title, office, pattern, tuple(files))
