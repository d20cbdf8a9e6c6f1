"""The audit of a release: an attacker who has everything that was ever published.

Every release is looked at year by year, for no equation reaches beyond a year: what the
application computes over years is made of numbers it shows. Each view takes what one release
tells and adds what all others tell of the same cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version

import polars as pl

from prepare import progress
from prepare.disclosure import alternatives, attackers, openly, tallying, union, views
from prepare.disclosure.earlier import Earlier
from prepare.disclosure.publications import Published
from prepare.disclosure.verdict import Considered, Leak, Lost, Report, Tally

_SOLVERS = ("highspy", "numpy", "polars", "scipy")
_NOW = "dieser Datenstand"
_BEFORE = "was er als frühere Werte nennt"


def audit(release: Published, before: Earlier) -> Report:
    """Everything an attacker gets from a release together with all earlier ones."""
    years = sorted({year for one in (release, *before.there) for year in one.years()})
    parts = []
    for year in years:
        progress.tell("Geheimhaltung prüfen", year)
        parts.append(_year(release.of(year), [one.of(year) for one in before.there]))
    catalog = release.catalog
    hidden = alternatives.shares(release.counts, catalog)
    return Report(
        name=release.name,
        rules=catalog.protection.version,
        methods=dict(catalog.protection.methods),
        solvers={name: version(name) for name in _SOLVERS},
        tallies=tallying.together([tally for part in parts for tally in part.tallies]),
        leaks=tuple(leak for part in parts for leak in part.leaks) + openly.facilities(release),
        lost=tuple(dict.fromkeys(lost for part in parts for lost in part.lost)),
        considered=_considered(before),
        opened=sum(part.opened for part in parts),
        revised=sum(part.revised for part in parts),
        unrelated=tuple(
            sorted(m.title for m in catalog.city.measures if not m.additive and m.rate is None)
        ),
        hidden=hidden.filter(pl.col("hidden") > 0).to_dicts(),
        coarser=alternatives.coarser(release.counts, catalog).to_dicts(),
    )


@dataclass(frozen=True, eq=False)
class _Part:
    """What the audit of one year found."""

    tallies: Sequence[Tally]
    leaks: Sequence[Leak]
    lost: Sequence[Lost]
    opened: int
    revised: int


def _year(own: Published, before: Sequence[Published]) -> _Part:
    others = union.different(own, before)
    standing = [other for other in others if not other.withdrawn]
    now = attackers.outcome(views.view(own, standing))
    leaks = openly.leaks(own) + attackers.leaks(now, _NOW) + _earlier_values(own)
    lost = union.shown(now, own, standing, refused=True)
    if len(others) > len(standing):
        lost += union.withdrawn(now, own, others)
    opened, revised = 0, now.revised
    for other in standing:
        then = union.then(other, own, standing)
        leaks += then.leaks
        lost += then.lost
        opened, revised = opened + then.opened, max(revised, then.revised)
    return _Part(tallying.tallies(now), leaks, lost, opened, revised)


def _earlier_values(own: Published) -> list[Leak]:
    """What leaks from the numbers that a release says its cells were before."""
    found: dict[Leak, None] = {}
    for then in union.earlier_values(own):
        told = attackers.leaks(attackers.outcome(views.view(then, [])), _BEFORE)
        found.update(dict.fromkeys(leak for leak in told if leak.kind != "contradiction"))
    return list(found)


def _considered(before: Earlier) -> tuple[Considered, ...]:
    there = [Considered(one.name, one.digest, one.withdrawn) for one in before.there]
    return (*there, *(Considered(one.name, None, why=one.why) for one in before.gone))
