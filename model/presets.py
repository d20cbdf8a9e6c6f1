"""Presets of needs: which indicators an office weighs for which purpose, as files name them.

The same form is a city's `presets.toml` and the file a reader takes along (model/preset_files.py).
"""

from __future__ import annotations

from pydantic import Field

from model.entries import Entry, Slug, Text

FEWEST, MOST = 3, 8
"""How many indicators are weighed: fewer are no picture, of more nobody sees what each does."""
HEAVIEST = 10
"""The largest weight; weights are whole numbers from 0."""
USUAL = 5
"""The weight of an indicator nobody has weighed yet."""
FIRST = 5
"""How many areas are told as the first ones unless said otherwise."""
MOST_FIRST = 10


class Weighted(Entry):
    """An indicator and how much it counts beside the others."""

    indicator: Slug
    weight: int = Field(USUAL, ge=0, le=HEAVIEST, description="0 (does not count) to 10")


class Preset(Entry):
    """A named setting of `/bedarfe`."""

    id: Slug = Field(description="For links: never change it again")
    title: Text = Field(max_length=60, description="'Frühe Hilfen'")
    office: Text = Field(max_length=80, description="Who weighs like this: 'Jugendamt'")
    purpose: Text = Field(max_length=400, description="What for, in one or two German sentences")
    first: int = Field(FIRST, ge=1, le=MOST_FIRST, description="How many areas come 'first'")
    indicators: tuple[Weighted, ...] = Field(
        min_length=FEWEST, max_length=MOST, description="3 to 8, each with its weight"
    )

    @property
    def weights(self) -> tuple[tuple[str, int], ...]:
        """Indicator and weight, in the order of the file."""
        return tuple((each.indicator, each.weight) for each in self.indicators)


class Presets(Entry):
    """A file of presets."""

    presets: tuple[Preset, ...]
