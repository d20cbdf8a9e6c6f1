"""A city folder's declarations as one Catalog.

They are city.toml, measures.toml, protection.toml, catalog/*.toml and, where there is one,
presets.toml.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from model.catalog import Catalog, City, Theme
from model.protection import Protection
from prepare import (
    audience_checks,
    catalog_checks,
    presets,
    protections,
    tomlfiles,
    validation,
)
from prepare.findings import Finding, PreparationError, refuse
from prepare.tomlfiles import Data


@dataclass(frozen=True)
class _File:
    """One TOML file: its name as shown to people, and its data."""

    name: str
    data: Data


def catalog(folder: Path, audience: str = "public") -> Catalog:
    """The catalog of a city folder, with the rules of protection for one audience.

    Raises PreparationError with all findings of all files.
    """
    findings: list[Finding] = []
    city_data, city = _city(folder, findings)
    protection = _protection(folder, city, audience, findings) if city else None
    files = list(_files(folder, sorted((folder / "catalog").glob("*.toml")), findings))
    themes = []
    for file in files:
        try:
            themes.append(validation.checked(Theme, file.data, file.name))
        except PreparationError as error:
            findings += error.findings
        if city_data is not None:
            findings += catalog_checks.theme(file.data, file.name, city_data)
    findings += catalog_checks.across({file.name: file.data for file in files})
    if city_data is not None and files:
        name = f"{folder.name}/city.toml"
        findings += catalog_checks.peers(city_data, name, [file.data for file in files])
    if not files and not findings:
        findings.append(_no_theme(folder))
    named = presets.declared(folder, themes, findings)
    if city:
        findings += audience_checks.findings(city, themes, f"{folder.name}/measures.toml")
    if city and protection:
        name = f"{folder.name}/{protections.FILE}"
        findings += audience_checks.residents(city, protection, audience, name)
    refuse(findings)
    assert city and protection, "a city that is not valid has left findings"
    ordered = tuple(sorted(themes, key=lambda t: (t.order, t.id)))
    return Catalog(city=city, themes=ordered, protection=protection, presets=named)


def _protection(
    folder: Path, city: City, audience: str, findings: list[Finding]
) -> Protection | None:
    """The rules for an audience; None, and what is wrong is noted, if the file is not clean."""
    try:
        return protections.protection(folder, city, audience)
    except PreparationError as error:
        findings += error.findings
        return None


def _files(folder: Path, paths: Iterable[Path], findings: list[Finding]) -> Iterable[_File]:
    """Those files that are TOML; what is wrong with the others is noted."""
    for path in paths:
        name = (folder.name / path.relative_to(folder)).as_posix()
        try:
            yield _File(name, tomlfiles.data(path, name))
        except PreparationError as error:
            findings += error.findings


def _city(folder: Path, findings: list[Finding]) -> tuple[Data | None, City | None]:
    """city.toml and measures.toml as data and, if valid, as one City.

    Findings name the file that holds the key. No data if a file is no TOML.
    """
    files = list(_files(folder, [folder / "city.toml", folder / "measures.toml"], findings))
    if len(files) < 2:
        return None, None
    city, measures = files
    findings += catalog_checks.city_files(city.data, city.name, measures.data, measures.name)
    data = {**city.data, "measures": measures.data.get("measures", [])}
    findings += catalog_checks.city(data, city.name, measures.name)
    try:
        return data, City.model_validate(data)
    except ValidationError as error:
        for finding in validation.findings(error, City, data, city.name):
            belongs = finding.place.startswith(("[[measures]]", 'Schlüssel "measures'))
            findings.append(replace(finding, file=measures.name) if belongs else finding)
        return data, None


def _no_theme(folder: Path) -> Finding:
    return Finding(
        "theme_missing",
        f"{folder.name}/catalog",
        "",
        "Es gibt noch kein Thema.",
        "Je Thema eine Datei catalog/<thema>.toml anlegen.",
    )
