"""Whether two indicators count, or divide by, the same people: then they may move together alone.

Pearson (1897), Proc. R. Soc. 60:489-498, called that spurious: quotients with a common base are
correlated even where what is counted is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from model.catalog import BREAKDOWNS, TOTAL, Indicator, Measure, Term
from model.language import _

_BASE = _(
    "Vorsicht: Beide Werte haben ganz oder zum Teil dieselbe Basis. Schon dadurch können sie sich "
    "gemeinsam bewegen."
)


def cautions(measures: Mapping[str, Measure], x: Indicator, y: Indicator) -> list[str]:
    """What is to be said of two indicators that have something in common; empty if nothing.

    `measures` are the catalog's, which know what is a part of what.
    """
    bare = not any(one.denominator or one.as_delivered for one in (x, y))
    base = _meet(measures, x.denominator, y.denominator)
    within = [] if base else [*_within(measures, x, y), *_within(measures, y, x)]
    # What is in the other's base is also among those it counts; that need not be said twice.
    both = not within and _meet(measures, x.numerator, y.numerator)
    counted = _(
        "Vorsicht: „{x}“ und „{y}“ zählen ganz oder zum Teil dieselben Menschen oder Fälle. Schon "
        "dadurch können sich beide gemeinsam bewegen."
    ).format(x=x.short, y=y.short)
    return [
        *([_("Vorsicht: Beides sind Anzahlen. Größere Gebiete haben von beidem mehr.")] * bare),
        *([_BASE] * base),
        *within,
        *([counted] * both),
    ]


def _within(measures: Mapping[str, Measure], one: Indicator, other: Indicator) -> list[str]:
    """That what one counts is in the base of the other, if so."""
    if not _meet(measures, one.numerator, other.denominator):
        return []
    return [
        _(
            "Vorsicht: Was bei „{counted}“ gezählt wird, steckt ganz oder zum Teil auch in der "
            "Basis von „{base}“. Schon dadurch können sich beide gemeinsam bewegen."
        ).format(counted=one.short, base=other.short)
    ]


def _meet(measures: Mapping[str, Measure], first: Iterable[Term], second: Iterable[Term]) -> bool:
    """Whether a term of the one counts people among whom those of the other are, in part or all.

    Two parts of one whole need not have anybody in common, so they do not meet.
    """
    return any(
        any(_same(a, wide) for wide in _among(measures, b))
        or any(_same(wide, b) for wide in _among(measures, a))
        for a in first
        for b in second
    )


def _among(measures: Mapping[str, Measure], term: Term) -> list[Term]:
    """A term and those its people are among, each once, however far that goes."""
    found, open_ = [term], [term]
    while open_:
        own = open_.pop()
        for wider in measures[own.measure].part_of:
            # The same categories, unless the whole names its own: children among all children.
            narrowed = Term(
                measure=wider.measure,
                **{b: _narrower(getattr(own, b), getattr(wider, b)) for b in BREAKDOWNS},
            )
            if narrowed not in found:
                found.append(narrowed)
                open_.append(narrowed)
    return found


def _narrower(own: tuple[str, ...], wider: tuple[str, ...]) -> tuple[str, ...]:
    return wider if own == (TOTAL,) else own


def _same(a: Term, b: Term) -> bool:
    """Whether two terms are of one measure, with a category in common in every breakdown."""
    return a.measure == b.measure and all(
        TOTAL in {*getattr(a, one), *getattr(b, one)} or {*getattr(a, one)} & {*getattr(b, one)}
        for one in BREAKDOWNS
    )
