"""Areas put together: how a link names a zone, and its counts as sums of the counts of its parts.

The id of a reader's zone is the ids of its parts, so that a link needs nothing else to show it.
The key `zonen` carries names along. docs/links.md and docs/zusammenschluesse.md tell the rest.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from model import status
from model.areas import Area
from model.catalog import BREAKDOWNS, ZONE
from model.language import _

KEY = "zonen"
JOINT = "~"
"""Between the parts of an id; nothing in an address has to be escaped for it."""
_NEXT, _NAMED = ";", ":"
MOST = 6
"""So many zones one visit may have."""
LONGEST = 60
"""Letters of a name."""
_READ = 40
"""So many zones of an address are looked at, however many it lists."""
_FEW = 2
_SUM_OF = ("period", *BREAKDOWNS)
_PLACE = ("file", "sheet", "row", "column")


@dataclass(frozen=True)
class Zone:
    """Areas of one level put together by a reader, in the order of the areas.

    Without a name it is called by its parts.
    """

    level: str
    parts: tuple[str, ...]
    name: str = ""

    @property
    def id(self) -> str:
        """What a link calls it: '02~08~15'."""
        return JOINT.join(self.parts)


def joinable(areas: Iterable[str]) -> tuple[str, ...]:
    """The areas a zone can be made of: those whose ids can stand in a list of ids."""
    return tuple(area for area in areas if not {JOINT, _NEXT, _NAMED} & set(area))


def joined(levels: Mapping[str, Sequence[str]], text: str, name: str = "") -> Zone | None:
    """The zone an id means, its parts in the order of the areas; None if it means none.

    `levels` are the areas by level that can be put together. A zone has two parts at least.
    """
    asked = set(text.split(JOINT))
    for level, known in levels.items():
        parts = tuple(area for area in known if area in asked)
        if len(parts) == len(asked) > 1:
            return Zone(level, parts, plain(name))
    return None


def plain(name: str) -> str:
    """A name as plain text of bounded length: letters, figures and few signs.

    None of them means anything to HTML, Markdown or a spreadsheet.
    """
    kept = re.sub(r"[^\w .,'’()/&+–-]|_", " ", unicodedata.normalize("NFC", name[: 4 * LONGEST]))
    return " ".join(kept.split()).lstrip("+-–.,/&' ")[:LONGEST].rstrip()


def parse(
    levels: Mapping[str, Sequence[str]], query: Mapping[str, str], kept: str = ""
) -> tuple[tuple[Zone, ...], list[str]]:
    """The zones a query names or shows, then those `kept` from before, with German notices.

    What is shown goes before what is only named where there are too many. Unknown, empty or
    hostile values are never echoed back and never raise.
    """
    listed = [part for part in query.get(KEY, "").split(_NEXT, _READ)[:_READ] if part]
    named = [_named(levels, part) for part in listed]
    shown = [joined(levels, token) for token in tokens(query)]
    before = [_named(levels, part) for part in kept.split(_NEXT) if part]
    found: dict[str, Zone] = {}
    for zone in (*named, *before, *shown):
        if zone and not (zone.id in found and found[zone.id].name):
            found[zone.id] = zone
    first = [zone.id for zone in shown if zone]
    wanted = set(list(dict.fromkeys([*first, *found]))[:MOST])
    notices = []
    if None in named:
        notices.append(_("Nicht jeden Zusammenschluss aus dem Link gibt es hier."))
    if len(found) > MOST:
        notices.append(_("Es gibt höchstens {most} Zusammenschlüsse zugleich.").format(most=MOST))
    return tuple(zone for name, zone in found.items() if name in wanted), notices


def tokens(query: Mapping[str, str]) -> list[str]:
    """What may be ids of zones in the values of a query, each once."""
    values = [value for key, value in query.items() if key != KEY and JOINT in value]
    parts = dict.fromkeys(part for v in values for part in v.split(",") if JOINT in part)
    return list(parts)[:_READ]


def text(zones: Iterable[Zone]) -> str:
    """Zones as the value of KEY: '02~08~15:Rechte Weserseite;01~03'."""
    return _NEXT.join(zone.id + (f"{_NAMED}{zone.name}" if zone.name else "") for zone in zones)


def _named(levels: Mapping[str, Sequence[str]], part: str) -> Zone | None:
    name = part.partition(_NAMED)
    return joined(levels, name[0], name[2])


def areas(made: Iterable[Zone], known: Mapping[str, Mapping[str, Area]]) -> dict[str, Area]:
    """A reader's zones as areas by id; `known` are the areas by level.

    None has the name of another area: in a list to choose from nobody could tell them apart.
    """
    taken = {area.name for level in known.values() for area in level.values()}
    found: dict[str, Area] = {}
    for zone in made:
        name = _untaken(zone.name or _called(zone, known[zone.level]), taken)
        taken.add(name)
        text = _("im Gebiet „{name}“") if zone.name else _("im Zusammenschluss „{name}“")
        locative = text.format(name=name)
        found[zone.id] = Area(zone.id, ZONE, name, name, locative, None, None, None, zone.parts)
    return found


def _called(zone: Zone, known: Mapping[str, Area]) -> str:
    """A zone called by its parts."""
    names = [known[part].name for part in zone.parts]
    if len(names) <= _FEW + 1:  # one more is named rather than counted
        return " + ".join(names)
    return _("{names} + {more} weitere").format(
        names=" + ".join(names[:_FEW]), more=len(names) - _FEW
    )


def _untaken(name: str, taken: Collection[str]) -> str:
    """The name, with a number behind it where another area has it."""
    tried = (name, *(f"{name} ({number})" for number in range(2, len(taken) + 3)))
    return next(each for each in tried if each not in taken)


def listed(names: Sequence[str]) -> str:
    """Names in a row: 'Au, Berg und Tal'."""
    if len(names) < 2:
        return "".join(names)
    return _("{some} und {last}").format(some=", ".join(names[:-1]), last=names[-1])


def summed(counts: pl.LazyFrame, zones: Iterable[Zone]) -> pl.LazyFrame:
    """The counts of zones: sums of the published cells of their parts.

    `counts` are rows of a release's counts, also of several measures. A cell that one of the parts
    lacks was not collected, one that is missing for a part is missing for the zone, for the
    gravest of the reasons; zeros add up like any other number.
    """
    own = [_summed(counts, zone) for zone in zones]
    return pl.concat(own) if own else counts.clear()


def _summed(counts: pl.LazyFrame, zone: Zone) -> pl.LazyFrame:
    columns = counts.collect_schema()
    key = [name for name in ("measure", *_SUM_OF) if name in columns]
    whole = pl.len() == len(zone.parts)
    none = status.ORDER.index("not_collected")
    return (
        counts.filter(pl.col("level") == zone.level, pl.col("area").is_in(zone.parts))
        .group_by(key)
        .agg(
            value=pl.when(whole, pl.col("value").null_count() == 0).then(pl.col("value").sum()),
            severity=pl.max_horizontal(
                status.severity().max(), pl.when(whole).then(0).otherwise(none)
            ),
            delivery=pl.col("delivery").min(),
        )
        .with_columns(
            status=status.named("severity"),
            level=pl.lit(ZONE),
            area=pl.lit(zone.id),
            **{name: pl.lit(None, columns[name]) for name in _PLACE if name in columns},
        )
        .select(pl.col(name).cast(kind) for name, kind in columns.items())
    )
