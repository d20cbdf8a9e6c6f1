"""What is weighed against what: the address of `/bedarfe`.

As with model/selection.py the address is the state: `Setting.query` writes it, model/needs_links.py
reads it. docs/links.md lists the keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from model.presets import FEWEST, FIRST, MOST, USUAL, Preset


@dataclass(frozen=True)
class Offer:
    """What a release can weigh: indicators and areas by id with their titles, and presets."""

    indicators: Mapping[str, str]
    areas: Mapping[str, str]
    presets: tuple[Preset, ...]

    def preset(self, name: str) -> Preset | None:
        """The preset with that id."""
        return next((preset for preset in self.presets if preset.id == name), None)


@dataclass(frozen=True)
class Setting:
    """Indicators with weights, how many areas are told as the first ones, and chosen areas.

    `preset` is the one the reader began with; what was changed since stands in `weights`.
    """

    weights: tuple[tuple[str, int], ...]
    first: int = FIRST
    areas: tuple[str, ...] = ()
    preset: str = ""

    @property
    def indicators(self) -> tuple[str, ...]:
        """The ids of the indicators, in their order."""
        return tuple(name for name, _weight in self.weights)

    def query(self) -> dict[str, str]:
        """The complete setting as query parameters."""
        return {
            **({"vorlage": self.preset} if self.preset else {}),
            "indikatoren": ",".join(self.indicators),
            "gewichte": ",".join(str(weight) for _name, weight in self.weights),
            "ersten": str(self.first),
            **({"gebiet": ",".join(self.areas)} if self.areas else {}),
        }


def started(preset: Preset, areas: tuple[str, ...] = ()) -> Setting:
    """The setting a preset stands for."""
    return Setting(preset.weights, preset.first, areas, preset.id)


def initial(offer: Offer) -> Setting:
    """The first preset; without any the first indicators there are, all with the same weight."""
    if offer.presets:
        return started(offer.presets[0])
    return Setting(tuple((name, USUAL) for name in tuple(offer.indicators)[:FEWEST]))


def changed(setting: Setting, preset: Preset | None) -> bool:
    """Whether the setting is another than the preset it began with."""
    return preset is not None and started(preset, setting.areas) != setting


def picked(setting: Setting, names: tuple[str, ...]) -> Setting:
    """The setting with these indicators; known ones keep their weights. Too few change nothing."""
    if not FEWEST <= len(names) <= MOST:
        return setting
    known = dict(setting.weights)
    return replace(setting, weights=tuple((name, known.get(name, USUAL)) for name in names))


def weighed(setting: Setting, name: str, weight: int) -> Setting:
    """The setting with another weight of an indicator."""
    found = tuple((each, weight if each == name else own) for each, own in setting.weights)
    return replace(setting, weights=found)


def toggled(setting: Setting, area: str) -> Setting:
    """The setting after a click on an area: chosen alone, or no longer if it was alone."""
    return replace(setting, areas=() if setting.areas == (area,) else (area,))
