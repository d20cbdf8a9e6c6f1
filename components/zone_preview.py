"""What a zone shows at once, where to go with it, and the zones there are."""

from __future__ import annotations

from html import escape

import streamlit as st

from components import comparing, drafting, layout, panel, profiles, url, zoning
from loaders import areas, releases
from loaders import profiles as found
from model import formats, profile, verdicts, wording, zones
from model.areas import Area
from model.catalog import ZONE
from model.language import _, plural
from model.profile import Line
from model.view import View
from model.zone_draft import Draft

_MOST = 4
"""Telling figures besides the head count."""


def invitation(draft: Draft) -> None:
    """What to do as long as nothing is put together."""
    text = (
        _("Nehmen Sie noch ein Gebiet dazu.")
        if draft.parts
        else _(
            "Klicken Sie auf der Karte die Gebiete an, die zusammengehören, oder wählen Sie sie "
            "in der Liste. Ab zwei Gebieten stehen hier ihre Zahlen."
        )
    )
    st.html(f'<p class="qp-lead" role="status">{escape(text)}</p>')


def heading(release: releases.Release, own: Area) -> None:
    """What the zone is called and made of, and where to go with it."""
    known = areas.by_level(release)[areas.level_of(release, own)]
    parts = zones.listed([known[part].name for part in own.parts])
    count = _("{count} Gebiete: {parts}").format(count=len(own.parts), parts=parts)
    st.html(
        f'<section class="qp-zone" aria-live="polite"><h2>{escape(own.name)}</h2>'
        f"<p>{escape(count)}</p>{_ways(release, own)}</section>"
    )


def figures(release: releases.Release, own: Area) -> list[View]:
    """The head count and some telling figures of the zone; their views, for the sources."""
    lines = found.telling(release, own, _MOST)
    cards = "".join(_card(line, len(own.parts)) for line in lines)
    st.html(f'<div class="qp-zone"><div class="qp-lines">{cards}</div></div>')
    return [line.view for line in lines]


def _ways(release: releases.Release, own: Area) -> str:
    """Where the zone can be used from here."""
    theme = release.catalog.themes[0]
    ways = [
        (_("Profil"), profiles.PAGE, {}),
        (_("Vergleich"), comparing.PAGE, {}),
        (_("In einem Thema ansehen"), theme.id, {"indikator": theme.headline}),
    ]
    links = "".join(
        f"<li>{url.link(page, {**query, 'gebiet': own.id}, text)}</li>"
        for text, page, query in ways
    )
    return f'<ul class="qp-ways">{links}</ul>'


def _card(line: Line, parts: int) -> str:
    view, figure = line.view, line.figure
    rounded = view.safeguard.rounds(ZONE)
    if figure.value is None:
        period = view.selection.period
        said = wording.sentence(view.indicator, figure, period, rounded)
        path, query = view.theme.id, {"indikator": view.indicator.id}
        whole = f"<p>{escape(said)}</p>"
        whole += zoning.offer(figure, path, query, view.city.city_level)
    else:
        text = _("Vollständig: Summe aus {parts} Gebieten").format(parts=parts)
        whole = f'<p class="beside">{escape(text)}</p>'
    city = view.city_figure
    beside = (
        f"{city.area.name}: {profile.value(line, city)} · {verdicts.against(line.word)}"
        if city and figure.value is not None
        else ""
    )
    return (
        f'<article class="line"><h3>{escape(view.indicator.short)}</h3>'
        f"{panel.number(view.indicator, figure, rounded)}"
        f'<p class="beside">{escape(beside)}</p>{whole}'
        f'<p class="stand">{escape(formats.base(view.indicator))} · {escape(profile.stand(line))}'
        "</p></article>"
    )


def known(release: releases.Release, draft: Draft) -> None:
    """The zones of this visit, each to be changed or removed, and those of the release."""
    _own(release, draft)
    fixed = tuple(areas.by_level(release.base)[ZONE].values())
    if fixed:
        layout.section(_("Feste Zusammenschlüsse der Stadt"))
        st.html(layout.area_links(profiles.PAGE, fixed))


def _own(release: releases.Release, draft: Draft) -> None:
    if not release.zones:
        return
    layout.section(_("Ihre Zusammenschlüsse"))
    st.html(f'<p class="qp-missing">{escape(_kept(len(release.zones)))}</p>')
    named = areas.by_level(release)[ZONE]
    for zone in release.zones:
        name = layout.literal(named[zone.id].name)
        row = st.container(key=f"zone {zone.id}").columns(
            [6, 1.4, 1.4], vertical_alignment="center"
        )
        with row[0]:
            st.html(layout.area_links(profiles.PAGE, [named[zone.id]]))
        row[1].button(
            _("Ändern"),
            key=f"zone aendern {zone.id}",
            on_click=drafting.edit,
            args=(zone,),
            disabled=zone.id == (own.id if (own := draft.zone()) else ""),
            help=_("{name} ändern").format(name=name),
            width="stretch",
        )
        row[2].button(
            _("Entfernen"),
            key=f"zone weg {zone.id}",
            on_click=drafting.remove,
            args=(release, draft, zone),
            help=_("{name} entfernen").format(name=name),
            width="stretch",
        )


def _kept(count: int) -> str:
    said = plural(
        "{count} von höchstens {most}. Er steht nur in Ihrem Link, nirgends sonst.",
        "{count} von höchstens {most}. Sie stehen nur in Ihrem Link, nirgends sonst.",
        count,
    )
    return said.format(count=count, most=zones.MOST)
