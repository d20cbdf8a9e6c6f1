"""The address of the register of interventions, and the controls that write it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from components import url
from loaders import interventions, profiles, releases
from model import register_links
from model.language import _
from model.register_links import Register

PAGE = "massnahmen"
_ANY = ""


def read(release: releases.Release) -> tuple[Register, list[str]]:
    """What of the register the address means, always valid, with notices for what was not."""
    known = interventions.every(release)
    chosen, notices = register_links.parse(
        known, profiles.offered(release), st.query_params.to_dict()
    )
    url.say(chosen)
    return chosen, notices


def controls(release: releases.Release, chosen: Register) -> None:
    """Of which office, in which area, by which indicator."""
    known = interventions.every(release)
    level = release.catalog.city.level(release.catalog.city.default_level)
    row = iter(st.container(key="bedienung").columns([2, 2, 3], gap="small"))
    with next(row):
        offices = {name: name for name in register_links.offices(known)}
        _field(_("Amt"), "office", {_ANY: _("alle Ämter"), **offices}, chosen)
    with next(row):
        areas = {area.id: area.name for area in profiles.offered(release).values()}
        every = _("alle {plural}").format(plural=level.plural)
        _field(level.title, "area", {_ANY: every, **areas}, chosen)
    with next(row):
        titles = {
            name: release.catalog.indicators[name].short
            for name in register_links.indicators(known)
        }
        _field(_("Kriterium"), "indicator", {_ANY: _("alle Indikatoren"), **titles}, chosen)


def link(chosen: Register, text: str) -> str:
    """A text that leads to what is chosen of the register, as HTML."""
    return url.link(PAGE, chosen.query(), text)


def _field(label: str, key: str, names: dict[str, str], chosen: Register) -> None:
    """A choice that narrows the list."""

    def pick(asked: str) -> None:
        change: dict[str, Any] = {key: asked}
        url.say(replace(url.latest(chosen), **change))

    url.field(
        st.selectbox,
        label,
        f"massnahmen_{key}",
        getattr(chosen, key),
        pick,
        names=names,
    )
