"""Needs and relations told on paper."""

from __future__ import annotations

from collections.abc import Mapping

from components import (
    described,
    needs_exports,
    needs_tables,
    origins,
    pictures,
    relation_tables,
    scatter,
    scatter_picture,
    weighing,
)
from components.described import Described, Picture
from loaders import needs, relations, releases
from model import correlation_words, needs_links, needs_words, overlaps, relation, remarks
from model.language import _
from model.relation import MATRIX


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


def of_relation(release: releases.Release, query: Mapping[str, str]) -> Described | None:
    """The two indicators an address puts against each other; a matrix by its title only."""
    offer = relations.offer(release)
    if offer is None:
        return None
    chosen, notices = relation.parse(release.catalog, offer, query)
    if chosen.picture == MATRIX:
        return Described("")
    pair = relations.pairing(release, chosen)
    x, y = (view.indicator for view in pair.views)
    own = scatter_picture.still(pair, chosen, release.catalog.measures)
    said = (
        correlation_words.together(x, y, pair.found),
        *correlation_words.numbers(pair.found),
        *overlaps.cautions(release.catalog.measures, x, y),
        correlation_words.limits(),
    )
    signs = [line for view in pair.views for line in remarks.used(view)]
    return Described(
        title=_("{x} und {y}").format(x=x.title, y=y.title),
        about=" · ".join(own.head),
        sentences=said,
        pictures=(
            Picture(described.drawing(pictures.bare(own)), scatter.alternative(pair, chosen)),
        ),
        table=described.table(relation_tables.table(pair, chosen)),
        origin=tuple(dict.fromkeys(line for line in (*signs, *own.lines) if line not in said)),
        notices=tuple(notices),
    )
