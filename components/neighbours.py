"""Areas that are alike: who they are, how far away, and why."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from components import layout, url
from components.comparing import PAGE
from loaders.comparisons import Alike
from model import comparison, formats, peers, remarks, status
from model.areas import Area
from model.catalog import Level
from model.comparison import Comparison
from model.language import _
from model.peers import Peer
from model.view import Figure


def show(own: Area, found: Alike, chosen: Comparison, level: Level) -> None:
    """The peers of the first chosen area; nothing where the city names no indicators for it."""
    if not found.views:
        return
    layout.section(_("Ähnliche {plural}: {area}").format(plural=level.plural, area=own.name))
    figures = {
        name: {figure.area.id: figure for figure in view.figures}
        for name, view in found.views.items()
    }
    cards = "".join(_card(own, peer, found, figures, chosen) for peer in found.peers.nearest)
    body = f'<div class="qp-peers">{cards}</div>' if cards else ""
    notes = "".join(f"<p>{escape(text)}</p>" for text in _notes(own, found, figures))
    st.html(f'{body}<div class="qp-missing qp-notes">{notes}</div>')


def _card(
    own: Area,
    peer: Peer,
    found: Alike,
    figures: Mapping[str, Mapping[str, Figure]],
    chosen: Comparison,
) -> str:
    titles = {name: view.indicator.short for name, view in found.views.items()}
    area = next(iter(figures.values()))[peer.area].area
    distance = _("Abstand {distance}").format(distance=formats.number(peer.distance, 2))
    numbers = "".join(
        f"<li>{escape(_number(found, name, figures[name], own.id, peer.area))}</li>"
        for name in found.peers.used
    )
    told = escape(_("Die Zahlen dazu"))
    return (
        f'<article><h3>{escape(area.name)}</h3><p class="distance">{escape(distance)}</p>'
        f"<p>{escape(peers.reason(peer, titles))}</p>"
        f"<details><summary>{told}</summary><ul>{numbers}</ul></details>"
        f"<p>{_join(area, chosen)}</p></article>"
    )


def _number(found: Alike, name: str, figures: Mapping[str, Figure], own: str, other: str) -> str:
    view = found.views[name]
    return _("{title}: {value} (hier {own})").format(
        title=view.indicator.short,
        value=remarks.told(view, figures[other]),
        own=remarks.told(view, figures[own]),
    )


def _join(area: Area, chosen: Comparison) -> str:
    more = comparison.joined(chosen, area.id)
    if area.id in chosen.areas:
        return escape(_("Steht schon im Vergleich."))
    if more is None:
        return escape(_("Der Vergleich ist voll."))
    return url.link(PAGE, more.query(), _("{area} dazunehmen").format(area=area.name))


def _notes(own: Area, found: Alike, figures: Mapping[str, Mapping[str, Figure]]) -> list[str]:
    """By what areas are alike, what a distance is, and what had to be left out."""
    titles = {name: view.indicator.short for name, view in found.views.items()}
    said = []
    if found.peers.used:
        said.append(
            _("Verglichen werden: {titles}.").format(
                titles="; ".join(
                    f"{titles[name]} ({_stand(found, name)})" for name in found.peers.used
                )
            )
        )
    if found.peers.usual is not None:
        said.append(
            _(
                "Der Abstand misst, wie weit zwei Gebiete bei diesen Merkmalen auseinanderliegen, "
                "gemessen an den üblichen Unterschieden in der Stadt. 0 hieße: gleich. Die Hälfte "
                "aller anderen liegt weiter als {usual} entfernt."
            ).format(usual=formats.number(found.peers.usual, 2))
        )
    said += [
        _("Nicht mitgerechnet: {title}. Für {area} gibt es dazu keine Zahl ({word}).").format(
            title=titles[name],
            area=own.name,
            word=status.words(figures[name][own.id].status),
        )
        for name in found.peers.absent
    ]
    said += [
        _("Nicht mitgerechnet: {title}. Darin unterscheidet sich kein Gebiet.").format(
            title=titles[name]
        )
        for name in found.peers.even
    ]
    if not found.peers.nearest:
        said.append(_("Für einen Vorschlag reichen die Zahlen nicht."))
    return said


def _stand(found: Alike, name: str) -> str:
    view = found.views[name]
    return formats.period(view.selection.period, view.indicator.reference)
