"""Maps beside each other: what each shows in every year, with one legend or one each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components import colours, maps, painting
from loaders import mapsets, releases
from loaders.mapsets import Sheet
from model import classes, formats, pooling, status, wording
from model.language import _
from model.mapset import MapSet
from model.view import View

_HEIGHT = "clamp(260px, calc(100vh - 500px), 620px)"
"""Maps, controls and legend fit the screen."""


def places(chosen: MapSet) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Where the maps stand and where their table: beside a single map, below several."""
    if chosen.size > 1:
        return st.container(), st.container()
    picture, words = st.columns([1.7, 1], gap="medium")
    return picture, words


def show(
    sheet: Sheet,
    release: releases.Release,
    chosen: MapSet,
    on_choose: Callable[[str], None],
    on_step: Callable[[str], None],
) -> None:
    """Show the maps; `on_choose` gets an area, `on_step` the step at which they stopped."""
    maps.several(data(sheet, release, chosen), on_choose, lambda place: on_step(sheet.steps[place]))


def data(sheet: Sheet, release: releases.Release, chosen: MapSet) -> dict[str, Any]:
    """What the browser needs to draw all maps at all steps; the geometry itself comes by URL."""
    told = sheet.steps.index(chosen.period) if sheet.steps else 0
    painted = _painted(release, replace(chosen, areas=(), period=(*sheet.steps, "")[0]))
    plates = [
        {
            **plate,
            "alt": wording.alternative(_("Karte"), view),
            "title": title(view, chosen),
            "told": told,
        }
        for view, plate in zip(sheet.views, painted.plates, strict=True)
    ]
    return {
        **maps.ground(sheet.views[0], release, _HEIGHT),
        "maps": plates,
        **painted.legend,
        **(_player(sheet, told) if len(sheet.steps) > 1 else {}),
    }


@dataclass(frozen=True)
class _Painted:
    """All that does not depend on the step shown and the chosen areas."""

    plates: list[dict[str, Any]]
    legend: dict[str, Any]


@lru_cache(maxsize=64)
def _painted(release: releases.Release, chosen: MapSet) -> _Painted:
    sheet = mapsets.sheet(release, chosen)
    plates = [
        {
            **_plate(view, frames, release),
            "subs": [_sub(frame, chosen) for frame in frames],
            **({} if sheet.shared else {"legend": legend([view], frames, "")}),
        }
        for view, frames in zip(sheet.views, sheet.frames, strict=True)
    ]
    every = [frame for frames in sheet.frames for frame in frames]
    name = sheet.views[0].indicator.title if chosen.periods else ""
    shared = {"legend": legend(sheet.distinct, every, name)} if sheet.shared else {}
    return _Painted(plates, shared)


def title(view: View, chosen: MapSet) -> str:
    """What a map differs by from the others: its period, else its indicator."""
    if chosen.periods:
        return formats.period(view.selection.period, view.indicator.reference)
    return view.indicator.short


def steps(sheet: Sheet) -> list[str]:
    """The steps as they stand large beside the slider: years where there is one of each."""
    years = {step[:4] for step in sheet.steps}
    references = {view.indicator.reference for view in sheet.views}
    reference = references.pop() if len(references) == 1 else "year"
    if reference == "date" and len(years) == len(sheet.steps):
        return [step[:4] for step in sheet.steps]
    return [formats.period(step, reference) for step in sheet.steps]


def _player(sheet: Sheet, told: int) -> dict[str, Any]:
    return {
        "steps": steps(sheet),
        "step": told,
        "words": {
            "play": _("Abspielen"),
            "pause": _("Anhalten"),
            "slider": _("Jahr"),
            "player": _("Jahre abspielen"),
        },
    }


def _sub(view: View, chosen: MapSet) -> str:
    """What stands behind the title of a map: its unit, its period, and where it has no number."""
    absent = {figure.status for figure in view.figures if figure.value is None}
    nothing = len(view.missing) == len(view.figures) and len(absent) == 1
    word = [status.words(status_) for status_ in absent] if nothing else []
    if chosen.periods:
        return ", ".join([view.indicator.unit, *word])
    stand = formats.period(view.selection.period, view.indicator.reference)
    return " · ".join([view.indicator.unit, stand, *word])


def _plate(view: View, frames: Sequence[View], release: releases.Release) -> dict[str, Any]:
    """One map: its colours, the cells it is ever painted with, and which area has which when."""
    order = [figure.area.id for figure in painting.drawn(view, release)]
    painted = [painting.values(frame) for frame in frames]
    rows = [
        [(one.codes[area], one.told[area], one.tags[area], one.signs[area]) for area in order]
        for one in painted
    ]
    cells = {
        cell: place for place, cell in enumerate(dict.fromkeys(c for row in rows for c in row))
    }
    return {
        "fills": list(painted[0].patterns),
        "dark": [colours.dark(colour) for colour in painted[0].fills],
        "cells": [list(cell) for cell in cells],
        "frames": [[cells[cell] for cell in row] for row in rows],
    }


def legend(views: Sequence[View], frames: Sequence[View], name: str) -> dict[str, Any]:
    """Classes with their colours, and by their patterns the reasons for no figure that occur.

    `name` tells the indicator where the titles of the maps do not.
    """
    first, indicators = views[0], [view.indicator for view in views]
    labels = classes.labels(first.limits, pooling.decimals(indicators))
    missing = {figure.status for frame in frames for figure in frame.missing}
    absent = [name for name in status.ABSENT if name in missing]
    unit = _("Alle Karten: {unit}").format(unit=first.indicator.unit)
    head = formats.base(first.indicator) if len(views) == 1 else unit
    note = f" · {first.level.map_note}" if first.level.map_note else ""
    return {
        "head": (f"{name}: " if name else "") + head + note,
        "items": [
            *zip(colours.scale(len(labels)), labels, strict=True),
            *(
                (colours.PATTERNS[name], f"{first.sign([name])} {status.words(name)}")
                for name in absent
            ),
        ],
    }
