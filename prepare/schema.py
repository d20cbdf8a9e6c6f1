"""JSON Schema of the declarations, so that an editor completes and checks while one types."""

from __future__ import annotations

import json
from pathlib import Path

from model.atlas import Template
from model.catalog import City, Measure, Theme
from model.entries import Entry
from model.interventions import Interventions
from model.presets import Presets
from prepare.facility_recipes import Facilities
from prepare.protections import Protections
from prepare.recipes import Recipe


class Measures(Entry):
    """The measures of a city, in a file of their own."""

    measures: tuple[Measure, ...]


MODELS: dict[str, type[Entry]] = {
    "city": City,
    "measures": Measures,
    "theme": Theme,
    "protection": Protections,
    "recipe": Recipe,
    "facilities": Facilities,
    "presets": Presets,
    "interventions": Interventions,
    "atlas": Template,
}


def schemas() -> dict[str, str]:
    """Schema texts by file name, for example 'theme.schema.json'."""
    return {
        f"{name}.schema.json": json.dumps(
            {
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                **model.model_json_schema(),
            },
            ensure_ascii=False,
            indent=1,
        )
        + "\n"
        for name, model in MODELS.items()
    }


def write(folder: Path) -> list[Path]:
    """Write all schemas into a folder. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return [folder / name for name in schemas()]
