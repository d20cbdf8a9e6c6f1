"""The parts of a district's page: lead, place, age pyramid, telling figures, surroundings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

import streamlit as st

from components import facility_lists, layout, panel, pyramids, sketches, supplying, url, zoning
from loaders import areas, releases
from model import caveats, fluctuation, formats, profile, verdicts, wording
from model.areas import Area
from model.catalog import Level
from model.language import _
from model.profile import Line, Profile

PAGE = "stadtbezirk"


def choice(known: Iterable[Area]) -> None:
    """All districts as links."""
    st.html(layout.area_links(PAGE, known))


def heading(own: Profile, level: Level) -> None:
    """Which district this is, or which are put together, and two or three sentences about it."""
    told = [*([_belonging(own)] if own.area.parts else []), *profile.lead(own)]
    said = "".join(f"<p>{escape(text)}</p>" for text in told)
    way = url.link("vergleich", {"gebiet": own.area.id}, _("Mit anderen vergleichen"))
    st.html(
        f'<header class="qp-head"><p class="qp-theme">{escape(level.title)}</p>'
        f'<h1>{escape(own.area.name)}</h1></header><div class="qp-profile-lead">{said}</div>'
        f'<p class="qp-more">{way}</p>'
    )


def who(own: Profile, release: releases.Release) -> None:
    """The age pyramid against the city's, and where the area lies."""
    parts = []
    if own.pyramid:
        drawn = pyramids.figure(own.area.name, own.city, own.pyramid, own.city_pyramid)
        parts.append(_part(_("Wer hier lebt"), drawn))
    level = areas.level_of(release, own.area)
    if shapes := areas.outlines(release, level):
        squeeze = areas.frame(release, level).squeeze
        here = own.area.parts or (own.area.id,)
        drawn = sketches.place(own.area.name, shapes, here, squeeze)
        if own.neighbours:
            beside = layout.area_links(PAGE, own.neighbours, "qp-neighbours")
            head = escape(_("Nachbarn:"))
            drawn += f"<p>{head}</p>{beside}"
        parts.append(_part(_("Wo es liegt"), drawn))
    st.html(f'<div class="qp-place">{"".join(parts)}</div>')


def _part(title: str, inside: str) -> str:
    return f'<section><h2 class="qp-section">{escape(title)}</h2>{inside}</section>'


def lines(own: Profile, themes: Mapping[str, st.Page]) -> None:
    """The telling figures, each with the city's, a small trend, a position and a word."""
    rows = "".join(_line(one, themes[one.view.theme.id].url_path) for one in own.lines)
    st.html(f'<div class="qp-lines">{rows}</div>{_notes(own)}')


def around(own: Profile, level: Level) -> None:
    """Facilities, smaller areas, and the way to the other districts."""
    parts = []
    if own.facilities:
        # The map of need and supply has no zones.
        query = {} if own.area.parts else {"gebiet": own.area.id}
        way = url.link(supplying.PAGE, query, _("Bedarf und Angebot auf der Karte"))
        parts.append(f'{facility_lists.grid(own.facilities)}<p class="qp-more">{way}</p>')
    if own.children and not own.area.parts:
        parts.append(f"<p>{escape(_belonging(own))}</p>")
    if not parts:
        none = _("Dazu liegen in dieser Veröffentlichung keine Angaben vor.")
        parts.append(f"<p>{escape(none)}</p>")
    title = _("Andere {plural}").format(plural=level.plural)
    st.html(
        f"{''.join(parts)}<details class='qp-others'><summary>{escape(title)}</summary>"
        f"{layout.area_links(PAGE, own.others)}</details>"
    )


def _belonging(own: Profile) -> str:
    names = ", ".join(area.name for area in own.children)
    return _("Dazu gehören: {names}.").format(names=names)


def _line(one: Line, path: str) -> str:
    indicator, figure, city = one.view.indicator, one.figure, one.view.city_figure
    rounded = one.view.safeguard.rounds(figure.area.level)
    beside = (
        _("{city}: {value}").format(city=city.area.name, value=profile.value(one, city))
        if city
        else ""
    )
    word = verdicts.against(one.word)
    unit = fluctuation.unit_of(one.view.city, indicator) if indicator.denominator else ""
    chance = (
        f"<details><summary>{escape(_('Zufallsschwankung'))}</summary>"
        f"<p>{escape(fluctuation.sentence(indicator, figure, unit, rounded))}</p></details>"
        if one.around
        else ""
    )
    address = f"./{path}?indikator={indicator.id}&gebiet={figure.area.id}"
    return (
        f'<article class="line"><p class="qp-theme">{escape(one.view.theme.title)}</p>'
        f'<h3><a href="{escape(address)}" target="_self">{escape(indicator.short)}</a></h3>'
        f"{panel.number(indicator, figure, rounded)}"
        f'<p class="word {one.word}">{escape(word)}</p>'
        f'<p class="beside">{escape(beside)}</p>'
        f"{sketches.position(one)}{sketches.trend(one)}"
        f'<p class="stand">{escape(formats.base(indicator))} · {escape(profile.stand(one))}</p>'
        f"{_instead(one, path)}{chance}</article>"
    )


def _instead(one: Line, path: str) -> str:
    """Why a zone has no figure, and where the nearest one is."""
    if not one.figure.without:
        return ""
    view, figure = one.view, one.figure
    said = wording.sentence(view.indicator, figure, view.selection.period)
    query = {"indikator": view.indicator.id}
    offered = zoning.offer(figure, path, query, view.city.city_level)
    return f'<p class="beside">{escape(said)}</p>{offered}'


def _notes(own: Profile) -> str:
    said = [_how(), fluctuation.CLUSTERED, *caveats.modelled([one.view for one in own.lines])]
    return "".join(f'<p class="qp-missing">{escape(text)}</p>' for text in said)


def _how() -> str:
    return _(
        "„Deutlich“ heißt: Der Unterschied zur übrigen Stadt ist größer, als der Zufall erklärt "
        "(95 %), und zur ganzen Stadt beträgt er mindestens ein Zehntel (bei Anteilen über 50 %: "
        "ein Zehntel dessen, was auf 100 % fehlt); wo nichts anders ist, "
        "steht es trotzdem in etwa einem von zwanzig Fällen. „Im Rahmen des Zufalls“: Der Wert "
        "ist anders, aber der Zufall kann es erklären. Punkte: alle Gebiete mit Zahl, der große "
        "ist dieses; Strich: die ganze Stadt. Linie: dieses Gebiet, gestrichelt die Stadt; Pfeil: "
        "Beginn eines Projekts oder Ereignisses."
    )
