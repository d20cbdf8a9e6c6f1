"""A city's presets.toml: which indicators an office weighs for which purpose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from model.catalog import Indicator, Theme
from model.presets import Preset, Presets
from model.standardised import SIGNS
from prepare import catalog_checks, tomlfiles, validation
from prepare.findings import Finding, PreparationError

FILE = "presets.toml"


def declared(folder: Path, themes: Sequence[Theme], findings: list[Finding]) -> tuple[Preset, ...]:
    """The presets of a city folder, none without the file; what is wrong is appended.

    `themes` are those that are valid; without any, indicators are not judged.
    """
    if not (folder / FILE).exists():
        return ()
    name = f"{folder.name}/{FILE}"
    try:
        found = validation.checked(Presets, tomlfiles.data(folder / FILE, name), name).presets
    except PreparationError as error:
        findings += error.findings
        return ()
    findings += [
        catalog_checks.repeated(name, f'[[presets]] id = "{each}"')
        for each in catalog_checks.twice(preset.id for preset in found)
    ]
    known = {indicator.id: indicator for theme in themes for indicator in theme.indicators}
    for preset in found:
        findings += _wrong(preset, known, name)
    return found


def _wrong(preset: Preset, known: dict[str, Indicator], name: str) -> Iterator[Finding]:
    """What a single declaration cannot know: whether its indicators can be weighed."""
    place = f'[[presets]] id = "{preset.id}", Schlüssel "indicators'
    named = [each for each, _weight in preset.weights]
    for twice in catalog_checks.twice(named):
        yield catalog_checks.repeated(name, f'{place}": "{twice}"')
    if not any(weight for _name, weight in preset.weights):
        message, remedy = "Alle Gewichte sind null.", "Mindestens ein Gewicht ab 1 angeben."
        yield Finding("preset_weightless", name, f'{place}"', message, remedy)
    for number, each in enumerate(named, start=1):
        at = f'{place}[{number}].indicator"'
        if each not in known:
            if known:
                yield catalog_checks.unknown(name, at, "indicator", each, known)
        elif known[each].direction not in SIGNS:
            message = f'"{each}" hat direction = "neutral": Weder viel noch wenig heißt Bedarf.'
            remedy = (
                'Einen anderen Indikator nehmen, oder ihm direction = "more" oder "less" geben.'
            )
            yield Finding("preset_neutral", name, at, message, remedy)
        elif not known[each].denominator:
            message = f'"{each}" ist eine Anzahl: Größere Gebiete haben einfach mehr.'
            yield Finding("preset_count", name, at, message, "Einen Anteil oder eine Quote nehmen.")
