"""Needs told on paper."""

from __future__ import annotations

from collections.abc import Mapping

from components import (
    described,
    needs_exports,
    needs_tables,
    origins,
    pictures,
    weighing,
)
from components.described import Described, Picture
from loaders import needs, releases
from model import needs_links, needs_words
from model.language import _


def of_needs(release: releases.Release, query: Mapping[str, str]) -> Described | None:
    """The order of areas an address means; None where too little can be weighed."""
    offer = weighing.available(release)
    if offer is None:
        return None
    chosen, notices = needs_links.parse(offer, query)
    found = needs.ranking(release, chosen)
    own = needs_exports.still(found)
    said = (needs_words.leading(found), needs_words.CAUTION)
    return Described(
        title=_("Bedarfe: {title}").format(title=weighing.preset_title(offer, chosen)),
        about=f"{own.head[1]} · {own.head[0]}",
        sentences=(*said, *needs_words.overlaps(found)),
        pictures=(
            Picture(described.drawing(pictures.bare(own)), f"{_('Reihenfolge')}: {said[0]}"),
        ),
        table=described.table(needs_tables.order(found, chosen)),
        origin=tuple(line for line in own.lines if line not in said),
        sources=origins.each([part.view for part in found.components]),
        notices=tuple(notices),
    )
