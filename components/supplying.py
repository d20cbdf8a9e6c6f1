"""The address of `/angebot` and the controls that write it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from components import url, zoning
from loaders import releases
from model import formats, supply_links
from model.language import _
from model.supply_links import Offer, Setting

PAGE = "angebot"


def read(release: releases.Release, offer: Offer) -> tuple[Setting, list[str]]:
    """The setting the address means, always valid, with notices for what was not."""
    asked, zoned = zoning.single(release)
    chosen, notices = supply_links.parse(offer, asked)
    url.say(chosen)
    return chosen, [*zoned, *notices]


def change(chosen: Setting, **changes: Any) -> None:
    """Go from one setting to another; for callbacks of controls, map and table."""
    url.say(replace(url.latest(chosen), **changes))


def choose(chosen: Setting, area: str) -> None:
    """Choose an area, or no longer if it is the chosen one."""
    change(chosen, area="" if area == url.latest(chosen).area else area)


def controls(offer: Offer, chosen: Setting) -> None:
    """Which facilities, against which need, and what else the map shows."""
    row = st.container(key="bedienung").columns(
        [2.2, 4.6, 2.2, 3], vertical_alignment="bottom", gap="small"
    )
    with row[0]:
        _kind(offer, chosen)
    with row[1]:
        _need(offer, chosen)
    with row[2]:
        _metres(offer, chosen)
    with row[3]:
        _others(offer, chosen)


def switch(chosen: Setting) -> None:
    """Mark the areas of higher need and less supply, or not."""
    url.field(
        st.toggle,
        _("Höherer Bedarf, weniger Angebot: hervorheben"),
        "angebot_hervorheben",
        chosen.marked,
        lambda marked: change(chosen, marked=marked),
    )


def distance(metres: int) -> str:
    """A distance as it is said: '500 m', '1.000 m'."""
    return f"{formats.number(metres)}{formats.NBSP}m"


def _kind(offer: Offer, chosen: Setting) -> None:
    def pick(kind: str) -> None:
        own = offer.types[kind]
        now = url.latest(chosen)
        need = own.need if own.need in offer.needs else now.need
        others = tuple(each for each in now.others if each != kind)
        change(chosen, kind=kind, need=need, others=others, metres=0)

    url.field(
        st.selectbox,
        _("Angebot"),
        "angebot_art",
        chosen.kind,
        pick,
        options=list(offer.types),
        format_func=lambda kind: offer.types[kind].plural,
    )


def _need(offer: Offer, chosen: Setting) -> None:
    url.field(
        st.selectbox,
        _("Bedarf"),
        "angebot_bedarf",
        chosen.need,
        lambda need: change(chosen, need=need),
        names=offer.needs,
    )


def _metres(offer: Offer, chosen: Setting) -> None:
    url.field(
        st.selectbox,
        _("Umkreis (Luftlinie)"),
        "angebot_umkreis",
        chosen.metres,
        lambda metres: change(chosen, metres=metres),
        options=[0, *offer.types[chosen.kind].reach],
        format_func=lambda metres: distance(metres) if metres else _("ohne Kreise"),
    )


def _others(offer: Offer, chosen: Setting) -> None:
    url.field(
        st.multiselect,
        _("Auch zeigen"),
        "angebot_auch",
        list(chosen.others),
        lambda others: change(chosen, others=tuple(others)),
        options=[kind for kind in offer.types if kind != chosen.kind],
        format_func=lambda kind: offer.types[kind].plural,
        placeholder=_("Weitere Arten"),
    )
