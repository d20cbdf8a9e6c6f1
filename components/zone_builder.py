"""Controls that put areas together: a map to click or walk, a list, a name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from components import colours, drafting, maps, painting, url, web
from loaders import areas, releases
from model import zone_draft, zones
from model.areas import Area
from model.language import _
from model.zone_draft import Draft

_GROUND, _TAKEN = "#e6ebee", "#8fc1d8"
_HEIGHT = "clamp(300px, calc(100vh - 400px), 640px)"


def controls(release: releases.Release, draft: Draft) -> None:
    """Level where there are several, parts, name, and the way to another zone."""
    levels = areas.levels(release)
    widths = [*([1.8] if len(levels) > 1 else []), 5.0, 2.6, 1.7]
    row = st.container(key="bedienung").columns(widths, vertical_alignment="bottom", gap="small")
    places = iter(row)
    if len(levels) > 1:
        with next(places):
            _level(release, draft)
    with next(places):
        _parts(release, draft)
    with next(places):
        _name(release, draft)
    with next(places):
        st.button(
            _("Neu beginnen"),
            on_click=drafting.begin,
            args=(draft,),
            disabled=not draft.parts,
            width="stretch",
            key="zone neu",
        )


def picture(release: releases.Release, draft: Draft) -> None:
    """The map: a click, or Enter, takes an area in or out."""
    if areas.geometry_path(release, draft.level) is None:
        st.info(_("Für diese Raumebene gibt es keine Karte. Wählen Sie die Gebiete in der Liste."))
        return

    def choose(area: str) -> None:
        known = areas.levels(release)[draft.level]
        if area in known:
            now = url.latest(draft)
            _change(release, now, zone_draft.toggled(now, known, area))

    maps.single("svgpicker", data(release, draft), choose)


def data(release: releases.Release, draft: Draft) -> dict[str, Any]:
    """What the browser needs to draw the map; the geometry itself comes by URL."""
    drawn = [f["properties"]["id"] for f in areas.geometry(release, draft.level)["features"]]
    taken = [area in draft.parts for area in drawn]
    return {
        "geometry": web.geometry_url(release, draft.level),
        "around": painting.around(release),
        "height": _HEIGHT,
        "several": True,
        "chosen": dict.fromkeys(draft.parts, colours.CHOSEN[0]),
        "alt": alternative(release, draft),
        "fills": [_GROUND, _TAKEN],
        "dark": [False, False],
        "texts": [_("gehört dazu") if own else _("gehört nicht dazu") for own in taken],
        "tags": ["" for _area in drawn],
        "signs": ["" for _area in drawn],
        "codes": [int(own) for own in taken],
    }


def alternative(release: releases.Release, draft: Draft) -> str:
    """The map in words."""
    plural = release.catalog.city.level(draft.level).plural
    known = areas.by_level(release)[draft.level]
    names = zones.listed([known[part].name for part in draft.parts])
    chosen = _("Gewählt: {names}.").format(names=names) if names else _("Noch nichts gewählt.")
    how = _("Karte zum Zusammenschließen: {plural}. Die Eingabetaste nimmt ein Gebiet dazu.")
    return f"{how.format(plural=plural)} {chosen}"


def _level(release: releases.Release, draft: Draft) -> None:
    levels = areas.levels(release)
    names = {level: release.catalog.city.level(level).plural for level in levels}
    url.field(
        st.selectbox,
        _("Raumebene"),
        "zone_ebene",
        draft.level,
        lambda level: url.say(Draft(level)),
        names=names,
    )


def _parts(release: releases.Release, draft: Draft) -> None:
    known = areas.by_level(release)[draft.level]
    offered = areas.levels(release)[draft.level]
    names = _told_apart([known[area] for area in offered])

    def write(parts: list[str]) -> None:
        now = url.latest(draft)
        _change(release, now, replace(now, parts=zone_draft.ordered(offered, parts)))

    url.field(
        st.multiselect,
        _("{plural}, die zusammengehören").format(
            plural=release.catalog.city.level(draft.level).plural
        ),
        "zone_teile",
        list(draft.parts),
        write,
        options=list(offered),
        format_func=names.__getitem__,
        placeholder=_("Auf der Karte oder hier wählen"),
    )


def _told_apart(own: list[Area]) -> dict[str, str]:
    """Names by id; two areas of one name with their ids."""
    names = [area.name for area in own]
    return {
        area.id: f"{area.name} ({area.id})" if names.count(area.name) > 1 else area.name
        for area in own
    }


def _name(release: releases.Release, draft: Draft) -> None:
    def call(name: str) -> None:
        now = url.latest(draft)
        drafting.change(release, now, now, name)

    url.field(
        st.text_input,
        _("Name (wenn Sie mögen)"),
        "zone_name",
        drafting.name(release, draft),
        call,
        max_chars=zones.LONGEST,
        disabled=draft.zone() is None,
        placeholder=_("Zum Beispiel: Rechte Weserseite"),
    )


def _change(release: releases.Release, old: Draft, new: Draft) -> None:
    drafting.change(release, old, new, drafting.name(release, old))
