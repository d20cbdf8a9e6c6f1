"""Interventions ("Maßnahmen") as offices declare them: goal, criteria, areas, money, result."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from model.entries import Entry, Slug, Text

Threshold = Annotated[float, Field(strict=True, allow_inf_nan=False)]
SecureAddress = Annotated[str, Field(pattern=r"^https://[^\s<>\"/?#]+([/?#][^\s<>\"]*)?$")]


class Criterion(Entry):
    """An indicator with a threshold, at a period: an area meets it or does not."""

    indicator: Slug
    period: Text = Field(description="'2020-12-31', or a year '2020'; a school year by its first")
    at_least: Threshold | None = Field(None, description="Met from this value on")
    at_most: Threshold | None = Field(None, description="Met up to this value")

    @model_validator(mode="after")
    def _one_threshold(self) -> Criterion:
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("genau eine Schwelle ist nötig: at_least oder at_most")
        return self


class Reason(Entry):
    """Why an area was chosen, or not, whatever the criteria say; everybody reads it."""

    area: Text
    reason: Text


class Intervention(Entry):
    """What an office does in some areas, or with `areas` None in the whole city.

    An area meets the criteria if it meets all of them. `end` is None while it goes on.
    """

    id: Slug
    title: Text
    office: Text = Field(description="Who does it: 'Jugendamt'")
    goal: Text = Field(description="What it is meant to change, in a sentence")
    start: Text = Field(description="First day: '2021-08-01'")
    end: Text | None = Field(None, description="Last day; absent while it goes on")
    areas: tuple[Text, ...] | None = Field(
        None,
        min_length=1,
        description="Ids of the level the app opens with; absent for the whole city",
    )
    criteria: tuple[Criterion, ...] = Field((), description="By which numbers areas were chosen")
    reasons: tuple[Reason, ...] = Field(
        (), description="Why an area was chosen without meeting them, or not chosen though it does"
    )
    money: int | None = Field(
        None, strict=True, ge=0, description="Euro in all; only if the sum is public"
    )
    result: Text | None = Field(None, description="What came of it, in one or two sentences")
    link: SecureAddress | None = Field(None, description="Page about it: 'https://...'")

    @property
    def indicators(self) -> tuple[str, ...]:
        """Ids of the indicators its criteria name, each once."""
        return tuple(dict.fromkeys(criterion.indicator for criterion in self.criteria))

    def reason(self, area: str) -> str:
        """What is said of an area's choice; empty without it."""
        return next((each.reason for each in self.reasons if each.area == area), "")


class Interventions(Entry):
    """All of interventions.toml, in the order in which they are written."""

    interventions: tuple[Intervention, ...] = ()
