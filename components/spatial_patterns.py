"""Whether like values lie side by side, as prepare tested it, in words and names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from components import relating, url
from loaders import areas, clusters, releases
from model import clusters as patterns
from model import formats
from model.chance import ALPHA
from model.clusters import Pattern
from model.language import _
from model.relation import Relation
from model.view import View

_ENOUGH = 50
"""Areas below which a test finds only the plainest patterns."""


def show(views: Sequence[View], release: releases.Release, chosen: Relation) -> None:
    """The pattern of each view's indicator at its newest period."""
    blocks = "".join(_block(view, release, chosen) for view in views)
    st.html(f'<div class="qp-patterns">{blocks}</div>')


def _block(view: View, release: releases.Release, chosen: Relation) -> str:
    found = clusters.of(release, view.indicator.id, view.level.id)
    lines = sentences(view, found, areas.names(release)[view.level.id])
    text = "".join(f"<p>{escape(line)}</p>" for line in lines)
    grouped = [area for members in found.clusters.values() for area in members] if found else []
    if grouped:
        marked = replace(chosen, areas=tuple(grouped))
        way = url.link(relating.PAGE, marked.query(), _("Diese Gebiete markieren"))
        text += f"<p>{way}</p>"
    return f"<div><h3>{escape(view.indicator.short)}</h3>{text}</div>"


def sentences(view: View, found: Pattern | None, names: Mapping[str, str]) -> list[str]:
    """What is to be said of a pattern; groups are named only where they are more than chance."""
    if found is None:
        return [
            _(
                "Nicht geprüft: Dafür braucht es Quoten oder Mittelwerte von mindestens {least} "
                "Gebieten mit Nachbarn, die sich unterscheiden."
            ).format(least=patterns.FEWEST)
        ]
    when = formats.at_period(found.period, view.indicator.reference)
    index = _("Morans I {value}, zufällig wären {expected}").format(
        value=formats.number(found.moran, 2), expected=formats.number(found.expected, 2)
    )
    told = [_whole(found, when, index)]
    for kind, members in found.clusters.items():
        listed = ", ".join(names[area] for area in members)
        told.append(f"{_kind(kind)}: {listed}.")
    if not found.clusters and found.p <= ALPHA:
        told.append(
            _(
                "Einzelne Gruppen benachbarter Gebiete, die der Zufall nicht auch hervorbringt, "
                "gibt es nicht."
            )
        )
    told.append(_caveat(found, view))
    return told


def _whole(found: Pattern, when: str, index: str) -> str:
    if found.p > ALPHA:
        return _(
            "Unter {count} Gebieten zeigt sich {when} kein Muster, das der Zufall nicht auch "
            "hervorbringt ({index})."
        ).format(count=found.areas, when=when, index=index)
    if found.moran > found.expected:
        return _(
            "Ähnliche Werte liegen {when} häufiger nebeneinander, als der Zufall erklärt ({index})."
        ).format(when=when, index=index)
    return _(
        "Verschiedene Werte liegen {when} häufiger nebeneinander, als der Zufall erklärt ({index})."
    ).format(when=when, index=index)


def _kind(kind: str) -> str:
    """A kind of group as it is called; against the mean of the areas, neither good nor bad."""
    return {
        "high_high": _("Hohe Werte, umgeben von hohen"),
        "low_low": _("Niedrige Werte, umgeben von niedrigen"),
        "high_low": _("Hohe Werte, umgeben von niedrigen"),
        "low_high": _("Niedrige Werte, umgeben von hohen"),
    }[kind]


def _caveat(found: Pattern, view: View) -> str:
    """How many areas were tested, how, and what few of them mean."""
    said = _(
        "Geprüft wurden {count} {plural} mit Zahl, jeweils gegen ihre Nachbarn mit gemeinsamer "
        "Grenze, in {often} zufälligen Anordnungen (Falschmeldungen höchstens 5 %)."
    ).format(count=found.areas, plural=view.level.plural, often=formats.number(found.permutations))
    if found.alone:
        said += " " + _("Ohne Nachbarn mit Zahl, daher nicht geprüft: {count}.").format(
            count=found.alone
        )
    if found.areas < _ENOUGH:
        said += " " + _("Bei so wenigen Gebieten bleibt vieles unerkannt.")
    return said
