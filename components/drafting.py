"""The address of the zone that is being put together, and how the zones of a visit change."""

from __future__ import annotations

import streamlit as st

from components import url, zoning
from loaders import areas, releases
from model import zone_draft, zones
from model.zone_draft import Draft
from model.zones import Zone


def read(release: releases.Release) -> tuple[Draft, list[str]]:
    """The draft the address means, with notices for what was not.

    Without an address it goes on with the zone that was made last.
    """
    levels, query = areas.levels(release), st.query_params.to_dict()
    usual = release.catalog.city.default_level
    default = usual if usual in levels else next(iter(levels))
    if not query and release.zones:
        draft, notices = of(release.zones[-1]), list[str]()
    else:
        draft, notices = zone_draft.parse(levels, default, query)
    url.say(draft)
    return draft, notices


def of(zone: Zone) -> Draft:
    """A zone to be changed."""
    return Draft(zone.level, zone.parts)


def name(release: releases.Release, draft: Draft) -> str:
    """What the reader calls the draft; '' without a name."""
    found = draft.zone()
    return next((zone.name for zone in release.zones if found and zone.id == found.id), "")


def change(release: releases.Release, old: Draft, new: Draft, called: str) -> None:
    """Go from one draft to another: its zone takes the place of the old one."""
    before, after = old.zone(), new.zone(zones.plain(called))
    gone = {zone.id for zone in (before, after) if zone}
    places = [zone.id for zone in release.zones]
    kept = [zone for zone in release.zones if zone.id not in gone]
    at = places.index(before.id) if before and before.id in places else len(kept)
    zoning.keep([*kept[:at], *([after] if after else []), *kept[at:]])
    url.say(new)


def begin(draft: Draft) -> None:
    """Begin another zone; the one made so far stays."""
    url.say(Draft(url.latest(draft).level))


def edit(zone: Zone) -> None:
    """Go back to a zone made before."""
    url.say(of(zone))


def remove(release: releases.Release, draft: Draft, zone: Zone) -> None:
    """Forget a zone; a draft of it begins anew."""
    zoning.keep(other for other in release.zones if other.id != zone.id)
    now = url.latest(draft)
    own = now.zone()
    url.say(Draft(now.level) if own and own.id == zone.id else now)
