"""What a delivered file says of itself: the date it was made and its licence line."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from prepare import origins, periods
from prepare.findings import Finding
from prepare.recipes import Recipe
from prepare.sheets import Sheet


@dataclass(frozen=True)
class File:
    """A delivered file: its path below the deliveries, SHA-256, ISO date made, licence line."""

    name: str
    sha256: str
    stand: str | None
    licence: str | None


def file(
    path: Path, name: str, recipe: Recipe, sheets: Sequence[Sheet], findings: list[Finding]
) -> File:
    """The file with what its sheets say; what the recipe looks for in vain is appended."""
    with path.open("rb") as opened:
        sha256 = hashlib.file_digest(opened, "sha256").hexdigest()
    return File(
        name,
        sha256,
        _stand(name, recipe, sheets, findings) if sheets else None,
        _licence(name, recipe, sheets, findings) if sheets else None,
    )


def _stand(
    name: str, recipe: Recipe, sheets: Sequence[Sheet], findings: list[Finding]
) -> str | None:
    if recipe.stand is None:
        return None
    text = next(filter(None, (origins.text_of(sheet, recipe.stand) for sheet in sheets)), "")
    told = origins.formed(text, recipe.stand) or ""
    try:
        found = periods.iso(told)
    except periods.UnknownPeriod:
        found = ""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", found):
        return found
    findings.append(
        Finding(
            "stand_missing",
            name,
            "",
            f'"{text}" ist kein Stand, wie ihn das Rezept verlangt.'
            if text
            else "Die Datei nennt keinen Stand, wo ihn das Rezept sucht.",
            "stand im Rezept prüfen (Stelle, Suchmuster).",
        )
    )
    return None


def _licence(
    name: str, recipe: Recipe, sheets: Sequence[Sheet], findings: list[Finding]
) -> str | None:
    if recipe.licence is None:
        return None
    for sheet in sheets:
        if found := sheet.line(recipe.licence):
            return found
    message = "Die Datei hat keine Lizenzzeile, wie sie das Rezept sucht."
    remedy = "Lizenz der Datei klären, dann licence im Rezept anpassen."
    findings.append(Finding("licence_missing", name, "", message, remedy))
    return None
