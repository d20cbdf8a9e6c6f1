"""The audit of a release: an attacker who has everything that was ever published.

Each view takes what one release tells, and adds the cells, areas, relations and single figures of
all others; where they contradict each other, as little as possible counts as corrected. Earlier
values are attacked release by release, and values of facilities compared, not computed with. What
the application computes, over areas or over years, is made of cells it shows: it adds nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

import polars as pl

from prepare import progress
from prepare.disclosure import (
    alternatives,
    attackers,
    compositions,
    leaking,
    openly,
    tallying,
    union,
    views,
)
from prepare.disclosure.earlier import Earlier, Gone
from prepare.disclosure.publications import Published
from prepare.disclosure.verdict import Considered, Leak, Report

_SOLVERS = ("highspy", "numpy", "polars", "scipy")
_NOW = "dieser Datenstand"
_BEFORE = "was er als frühere Werte nennt"


def audit(
    release: Published,
    before: Earlier,
    alone: pl.DataFrame | None = None,
    true: pl.DataFrame | None = None,
) -> Report:
    """Everything an attacker gets from a release together with all earlier ones.

    `alone` are the cells (counts.KEYS) in which a person is, or may be, alone, and `true` all
    numbers as they are (counts.SCHEMA). Who does not know them, because a release does not say,
    cannot try what these people learn, and may take a number for corrected that is the same.
    """
    catalog = release.catalog
    progress.tell("Geheimhaltung prüfen", "dieser Datenstand")
    others = union.different(release, before.there)
    standing = [other for other in others if not other.withdrawn]
    own = views.view(release, standing)
    now = attackers.outcome(own if alone is None else own.knowing(alone))
    leaks = (
        openly.leaks(now.view, release, _NOW) + leaking.leaks(now, _NOW) + _earlier_values(release)
    )
    lost = union.shown(now, release, standing, refused=True)
    lost += union.facilities(release, others)
    if true is not None:
        lost += union.repeated(release, true, before.there)
    if len(others) > len(standing):
        lost += union.withdrawn(now, release, others)
    opened, revised = 0, now.revised
    for other in (each for each in standing if not each.wider):
        progress.tell("Geheimhaltung prüfen", other.name)
        then = union.then(other, release, standing)
        leaks, lost = leaks + then.leaks, lost + then.lost
        opened, revised = opened + then.opened, max(revised, then.revised)
    told, methods = release.zones.outward(release.counts), catalog.protection.methods
    hidden = alternatives.shares(told, catalog)
    return Report(
        name=release.name,
        rules=catalog.protection.version,
        methods={level: methods[level] for level in compositions.declared(methods)},
        solvers={name: version(name) for name in _SOLVERS},
        tallies=tallying.tallies(now),
        leaks=(*leaks, *openly.facilities(release)),
        lost=tuple(dict.fromkeys(lost)),
        considered=_considered(others, before.gone),
        opened=opened,
        revised=revised,
        unrelated=tuple(
            sorted(m.title for m in catalog.city.measures if not m.additive and m.rate is None)
        ),
        hidden=hidden.filter(pl.col("hidden") > 0).to_dicts(),
        coarser=alternatives.coarser(told, catalog).to_dicts(),
    )


def _earlier_values(own: Published) -> list[Leak]:
    """What leaks from the numbers that a release says its cells were before."""
    found = dict.fromkeys(openly.exact(own, _BEFORE))
    for then in union.earlier_values(own):
        outcome = attackers.outcome(views.view(then, []))
        told = openly.leaks(outcome.view, then, _BEFORE) + leaking.leaks(outcome, _BEFORE)
        found.update(dict.fromkeys(leak for leak in told if leak.kind != "contradiction"))
    return list(found)


def _considered(others: Sequence[Published], gone: Sequence[Gone]) -> tuple[Considered, ...]:
    """The releases that say something else, and those that cannot be looked at any more.

    One that says the same is not named: a release that is built again stays what it is.
    """
    there = [Considered(one.name, one.digest, one.withdrawn) for one in others]
    return (*there, *(Considered(one.name, None, why=one.why) for one in gone))
