"""The address of needs and the controls that write it: preset, indicators, weights, areas."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from components import url, zoning
from loaders import needs as loaded
from loaders import releases
from model import formats, needs, needs_links, selection
from model.language import _
from model.needs import Offer, Setting
from model.presets import FEWEST, HEAVIEST, MOST, MOST_FIRST
from model.ranking import Ranking
from model.standardised import Component

PAGE = "bedarfe"
_OWN = ""
_ROW = 6
"""Weights beside each other; of more the half, rounded up."""


def read(release: releases.Release, offer: Offer) -> tuple[Setting, list[str]]:
    """The setting the address means, always valid, with notices for what was not.

    Whoever comes from a theme without an address of their own keeps the chosen areas.
    """
    asked, zoned = zoning.single(release)
    chosen, notices = needs_links.parse(offer, asked or url.carried("gebiet"))
    write(chosen)
    return chosen, [*zoned, *notices] if asked else []


def write(chosen: Setting) -> None:
    """Make the address say what is shown; the areas go on to the themes."""
    url.say(chosen)
    url.carry(gebiet=",".join(chosen.areas))


def controls(offer: Offer, chosen: Setting) -> None:
    """Preset, indicators, how many are told as the first ones, and areas."""
    row = st.container(key="bedienung").columns(
        [2.2, 5.2, 1.1, 3], vertical_alignment="bottom", gap="small"
    )
    with row[0]:
        _preset(offer, chosen)
    with row[1]:
        _indicators(offer, chosen)
    with row[2]:
        url.field(
            st.number_input,
            _("Die ersten"),
            "bedarfe_ersten",
            chosen.first,
            lambda first: write(replace(url.latest(chosen), first=first)),
            min_value=1,
            max_value=MOST_FIRST,
        )
    with row[3]:
        _areas(offer, chosen)


def weights(found: Ranking, chosen: Setting) -> None:
    """A slider for each indicator, with its share of all weights in per cent."""
    place = st.container(key="bedarfe_gewichte")
    parts = found.components
    wide = len(parts) if len(parts) <= _ROW else (len(parts) + 1) // 2
    for start in range(0, len(parts), wide):
        columns = place.columns(wide, gap="medium", vertical_alignment="bottom")
        for column, part in zip(columns, parts[start : start + wide], strict=False):
            with column:
                _weight(found, part, chosen)


def preset_title(offer: Offer, chosen: Setting) -> str:
    """What the setting is called: its preset, or one of the reader's own."""
    preset = offer.preset(chosen.preset)
    if preset is None:
        return _("Eigene Gewichtung")
    if needs.changed(chosen, preset):
        return _("{title} (verändert)").format(title=preset.title)
    return preset.title


def available(release: releases.Release) -> Offer | None:
    """What can be weighed; None where there are too few indicators for it."""
    offer = loaded.offer(release)
    return offer if len(offer.indicators) >= FEWEST else None


def _weight(found: Ranking, part: Component, chosen: Setting) -> None:
    indicator, share = part.view.indicator, formats.number(found.share(part))
    url.field(
        st.slider,
        f"{indicator.short} ·{formats.NBSP}{share}{formats.NBSP}%",
        f"bedarfe_gewicht {indicator.id}",
        part.weight,
        lambda weight: write(needs.weighed(url.latest(chosen), indicator.id, weight)),
        min_value=0,
        max_value=HEAVIEST,
    )


def _preset(offer: Offer, chosen: Setting) -> None:
    known = offer.preset(chosen.preset)
    names = {preset.id: f"{preset.title} ({preset.office})" for preset in offer.presets}
    if known is None or needs.changed(chosen, known):
        names = {_OWN: preset_title(offer, chosen), **names}

    def start(name: str) -> None:
        if preset := offer.preset(name):
            write(needs.started(preset, url.latest(chosen).areas))

    url.field(
        st.selectbox,
        _("Vorlage"),
        "bedarfe_vorlage",
        _OWN if _OWN in names else chosen.preset,
        start,
        names=names,
    )


def _indicators(offer: Offer, chosen: Setting) -> None:
    url.field(
        st.multiselect,
        _("Indikatoren ({least} bis {most})").format(least=FEWEST, most=MOST),
        "bedarfe_indikatoren",
        list(chosen.indicators),
        lambda names: write(needs.picked(url.latest(chosen), tuple(names))),
        names=offer.indicators,
        max_selections=MOST,
        placeholder=_("Hier wählen"),
    )


def _areas(offer: Offer, chosen: Setting) -> None:
    url.field(
        st.multiselect,
        _("Gebiete hervorheben"),
        "bedarfe_gebiete",
        list(chosen.areas),
        lambda areas: write(replace(url.latest(chosen), areas=tuple(areas))),
        names=offer.areas,
        max_selections=selection.MAX_AREAS,
        placeholder=_("Auf der Karte oder hier wählen"),
    )
