"""How a city protects what its releases tell: rules by source, a method by level.

Nothing here computes. `prepare` hides and audits by these rules, and a release carries those of
its own audience, so that everybody can read and repeat what was done.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Literal

from pydantic import Field, model_validator

from model.entries import Entry, Slug, Text

Preset = Literal["ba", "ba10", "register", "city", "own", "public"]
Method = Literal["none", "suppress", "round3", "round5", "round10"]
BASES: dict[Method, int] = {"round3": 3, "round5": 5, "round10": 10}
"""The methods that round, with the number whose multiples they publish."""

_COUNTED: dict[str, Any] = {"denominator": 100, "zeros": "shown", "group": True}
PRESETS: dict[Preset, dict[str, Any]] = {
    "ba": _COUNTED | {"minimum": 3, "dominance": True, "multiple": 10},
    "ba10": _COUNTED | {"minimum": 10},
    "register": _COUNTED | {"minimum": 5},
    "city": _COUNTED | {"minimum": 3},
    "own": {},
    "public": {"minimum": 0, "denominator": 0, "zeros": "shown", "group": False},
}
"""What a rule means unless it says otherwise."""


class Rule(Entry):
    """What is too small to be told, for all counts of a source or of a measure.

    A preset of PRESETS gives what is left out; with "own", all of it has to be said.
    """

    id: Slug
    title: Text = Field(description="As readers are told: 'Melderegister: mindestens 5 Personen'")
    preset: Preset
    minimum: int = Field(ge=0, description="A number from 1 to below this is hidden; 0 hides none")
    denominator: int = Field(ge=0, description="No rate of fewer than these")
    zeros: Literal["shown", "protected"] = Field(
        description="'protected': a zero is as much a secret as a one"
    )
    group: bool = Field(
        description="Of a part and its whole, the rest may not be below the minimum either"
    )
    dominance: bool = Field(
        False, description="The office also hides what a single contributor dominates"
    )
    multiple: int | None = Field(
        None, ge=1, description="The office delivers multiples of this; 1: exact numbers"
    )
    reason: str = Field("", description="Why so; a rule that protects nothing must say it")

    @model_validator(mode="before")
    @classmethod
    def _preset_fills(cls, data: Any) -> Any:
        if isinstance(data, Mapping) and data.get("preset") in PRESETS:
            return {**PRESETS[data["preset"]], **data}
        return data

    @model_validator(mode="after")
    def _open_has_a_reason(self) -> Rule:
        if self.open and not self.reason:
            raise ValueError("minimum = 0 schützt nichts; reason = '...' muss sagen, warum")
        if self.preset == "public" and not self.open:
            raise ValueError("preset = 'public' schützt nichts; minimum weglassen")
        return self

    @property
    def open(self) -> bool:
        """Whether nothing is hidden by this rule."""
        return self.minimum == 0

    @property
    def rounded(self) -> int:
        """What a delivered number is a multiple of; 1 if it is exact."""
        return self.multiple or 1


class Open(Entry):
    """Counts that everybody can look up elsewhere: never hidden, and known to an attacker."""

    measure: Slug
    levels: tuple[Slug, ...] = Field(min_length=1)
    reason: Text = Field(description="Where they are published")


class Protection(Entry):
    """All rules for one audience.

    A rule is looked up by measure, then by the sources of its deliveries; of several holds what
    they demand together. In a release `measures` names the rule of every measure there is, and
    `complete` the breakdowns whose categories are everything that is counted.
    """

    version: Text = Field(description="Changes whenever a rule does: '2026-11'")
    minimum_area: int = Field(
        300, ge=0, description="An area of fewer residents is hidden altogether; 0 turns it off"
    )
    residents: Slug = Field("residents", description="The measure that counts them")
    methods: dict[Slug, Method] = Field(description="By level")
    reason: str = Field("", description="Why levels with the method 'none' need none")
    rules: tuple[Rule, ...] = Field(min_length=1)
    sources: dict[Slug, Slug] = Field(description="The rule of each source")
    measures: dict[Slug, Slug] = Field({}, description="The rule of a measure, whatever its source")
    public: tuple[Open, ...] = ()
    complete: dict[Slug, tuple[str, ...]] = Field(
        {}, description="Not declared: `prepare` takes it from the recipes"
    )

    @model_validator(mode="after")
    def _none_has_a_reason(self) -> Protection:
        if "none" in self.methods.values() and not self.reason:
            raise ValueError("die Methode 'none' schützt nichts; reason = '...' muss sagen, warum")
        return self

    @model_validator(mode="after")
    def _base_is_wide_enough(self) -> Protection:
        # A cell printed as b is one of 1 to 2b - 1: there must be numbers among them that are
        # large enough to be told.
        for level, method in self.methods.items():
            for rule in self.rules:
                if method in BASES and 2 * BASES[method] - 1 < rule.minimum:
                    raise ValueError(
                        f"methods.{level} = '{method}' rundet zu fein für die Regel '{rule.id}' "
                        f"mit minimum = {rule.minimum}"
                    )
        return self

    @cached_property
    def by_id(self) -> dict[str, Rule]:
        """Rules by id."""
        return {rule.id: rule for rule in self.rules}

    def rule(self, measure: str) -> Rule:
        """The rule of a measure of a release; KeyError if there is none."""
        return self.by_id[self.measures[measure]]

    def base(self, level: str) -> int:
        """To multiples of what a level is rounded; 1 if it is not."""
        return BASES.get(self.methods[level], 1)

    def strictest(self, rules: frozenset[str]) -> Rule:
        """What some rules demand together: each point as the strictest of them has it.

        One of them, if it demands all that; else a rule that names them all.
        """
        own = [self.by_id[each] for each in sorted(rules)]
        joined: dict[str, Any] = {
            "minimum": max(rule.minimum for rule in own),
            "denominator": max(rule.denominator for rule in own),
            "zeros": max((rule.zeros for rule in own), key=lambda zeros: zeros == "protected"),
            "group": any(rule.group for rule in own),
            "dominance": any(rule.dominance for rule in own),
            "multiple": min(rule.rounded for rule in own),
        }
        for rule in own:
            if rule.model_dump(include=set(joined)) | {"multiple": rule.rounded} == joined:
                return rule
        return Rule(
            id="-and-".join(rule.id for rule in own),
            title=" + ".join(rule.title for rule in own),
            preset="own",
            reason=" ".join(
                dict.fromkeys(
                    rule.reason
                    for rule in own
                    if rule.reason and rule.open == (joined["minimum"] == 0)
                )
            ),
            **joined,
        )
