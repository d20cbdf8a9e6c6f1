"""What is being put together: the address of `/zusammenschluss`.

As with model/selection.py the address is the state: `parse` makes query parameters a draft that is
valid for the release, with a notice for what had to give way; `query` writes it back. The name
of the zone stands in the key of all zones, see model/zones.py.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from model.language import _
from model.zones import JOINT, Zone


@dataclass(frozen=True)
class Draft:
    """Some areas of one level, in the order of the areas; two of them make a zone."""

    level: str
    parts: tuple[str, ...] = ()

    def query(self) -> dict[str, str]:
        """The draft as query parameters."""
        parts = {"teile": JOINT.join(self.parts)} if self.parts else {}
        return {"ebene": self.level, **parts}

    def zone(self, name: str = "") -> Zone | None:
        """The zone of these parts; None as long as there are not two."""
        return Zone(self.level, self.parts, name) if len(self.parts) > 1 else None


def parse(
    levels: Mapping[str, Sequence[str]], default: str, query: Mapping[str, str]
) -> tuple[Draft, list[str]]:
    """The draft a query means, and a German notice for every value that had to give way.

    `levels` are the areas by level that can be put together, `default` is the level without a
    word. Parts of another level than the asked one take their own. Nothing is echoed or raised.
    """
    notices: list[str] = []
    level = query.get("ebene", default)
    if level not in levels:
        notices.append(_("Die Angabe „{key}“ im Link passt hier nicht.").format(key="ebene"))
    asked = set(query.get("teile", "").split(JOINT)) - {""}
    fitting = [name for name in (level, default, *levels) if asked & set(levels.get(name, ()))]
    level = next(iter(fitting), level if level in levels else default)
    parts = ordered(levels[level], asked)
    if len(parts) < len(asked):
        notices.append(_("Nicht jedes Gebiet aus dem Link gibt es auf dieser Raumebene."))
    return Draft(level, parts), notices


def ordered(known: Sequence[str], parts: Collection[str]) -> tuple[str, ...]:
    """Parts in the order of the areas."""
    return tuple(area for area in known if area in parts)


def toggled(draft: Draft, known: Sequence[str], area: str) -> Draft:
    """The draft with one more area, or without it."""
    return replace(draft, parts=ordered(known, set(draft.parts) ^ {area}))
