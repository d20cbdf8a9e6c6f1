"""Interventions as blocks: in the list, in full, on a district's page and beside an indicator."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

from components import layout, register_tables, registering
from documents.document import Table
from loaders import areas, interventions, profiles, releases
from model import register_words
from model.interventions import Intervention
from model.language import _
from model.register import Trail
from model.register_links import Register


def listed(found: Iterable[Intervention], release: releases.Release) -> None:
    """Each intervention with goal, area, period, money, result and criteria; then the sum."""
    shown = tuple(found)
    if not shown:
        none = _("Dazu gibt es keine Maßnahme. Wählen Sie oben etwas anderes.")
        st.html(f'<p class="qp-lead">{escape(none)}</p>')
        return
    total = register_words.total(shown)
    st.html(
        blocks(shown, release)
        + (f'<p class="qp-register-sum">{escape(total)}</p>' if total else "")
    )


def blocks(found: Iterable[Intervention], release: releases.Release, rank: int = 2) -> str:
    """Each intervention under a heading of that rank, as HTML."""
    told = "".join(_block(interventions.trail(release, one.id), release, rank) for one in found)
    return f'<div class="qp-register">{told}</div>'


def on_paper(found: Iterable[Intervention], release: releases.Release) -> Table:
    """The same as a table, a row each."""
    areas = list(profiles.offered(release).values())
    heads = (_("Maßnahme"), _("Amt"), _("Zeitraum"), _("Wo"), _("Geld"), _("Ziel"), _("Ergebnis"))
    rows = tuple(
        (
            *(one.title, one.office, register_words.when(one), register_words.places(one, areas)),
            *(register_words.money(one), one.goal, one.result or ""),
        )
        for one in found
    )
    money = heads.index(_("Geld"))
    return Table(_("Maßnahmen"), heads, rows, prose=frozenset(range(len(heads))) - {money})


def heading(trail: Trail, chosen: Register) -> None:
    """The title of the intervention that is open, its office and goal, and the way back."""
    one = trail.intervention
    kind = escape(_("Maßnahme"))
    every = Register(chosen.office, chosen.area, chosen.indicator)
    st.html(
        f'<header class="qp-head"><p class="qp-theme">{kind}</p>'
        f'<h1>{escape(one.title)}</h1><p class="lead">{escape(one.goal)}</p></header>'
        f'<p class="qp-more">{registering.link(every, _("Alle Maßnahmen"))}</p>'
    )


def facts(trail: Trail, release: releases.Release) -> None:
    """Office, period, areas, money and result of the intervention that is open."""
    st.html(details(trail, release))


def details(trail: Trail, release: releases.Release) -> str:
    """The same as HTML."""
    return f'<div class="qp-register-facts">{_facts(trail.intervention, release)}</div>'


def of_area(release: releases.Release, area: str, heading: str) -> None:
    """What was done in an area, and what left it out though it met the criteria: a section.

    Nothing, not even its heading, where there is neither.
    """
    found = interventions.of_area(release, area)
    if not found:
        return
    layout.section(heading)
    offered = profiles.offered(release)
    parts = [offered[part] for part in areas.parted(release, area) if part in offered]
    lines = "".join(
        f"<li>{_link(trail.intervention)} · {escape(register_words.when(trail.intervention))}"
        f" · {escape(register_words.within(trail, parts or [offered[area]]))}</li>"
        for trail in found
    )
    st.html(f'<ul class="qp-list">{lines}</ul>')


def of_indicator(release: releases.Release, indicator: str) -> None:
    """The interventions for which an indicator is a criterion, in a line; nothing without any."""
    found = interventions.of_indicator(release, indicator)
    if not found:
        return
    links = "; ".join(f"{_link(each)} ({escape(register_words.when(each))})" for each in found)
    head = escape(_("Kriterium für:"))
    st.html(f'<p class="qp-missing qp-criterion">{head} {links}</p>')


def _block(trail: Trail, release: releases.Release, rank: int) -> str:
    one = trail.intervention
    level = release.catalog.city.level(release.catalog.city.default_level)
    return (
        f"<article><h{rank}>{_link(one)}</h{rank}><p>{escape(one.goal)}</p>{_facts(one, release)}"
        f"{register_tables.said(trail, level)}</article>"
    )


def _facts(one: Intervention, release: releases.Release) -> str:
    areas = list(profiles.offered(release).values())
    told = {
        _("Amt"): escape(one.office),
        _("Zeitraum"): escape(register_words.when(one)),
        _("Wo"): escape(register_words.places(one, areas)),
        _("Geld"): escape(register_words.money(one)),
        **({_("Ergebnis"): escape(one.result)} if one.result else {}),
        **({_("Mehr"): _outside(one.link)} if one.link else {}),
    }
    rows = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{text}</dd></div>" for name, text in told.items()
    )
    return f"<dl>{rows}</dl>"


def _outside(link: str) -> str:
    text = escape(_("Seite zur Maßnahme (neues Fenster)"))
    return f'<a href="{escape(link)}" target="_blank" rel="noopener">{text}</a>'


def _link(one: Intervention) -> str:
    return registering.link(Register(intervention=one.id), one.title)
