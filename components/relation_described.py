"""A relation of two indicators, or the matrix of a theme, told on paper."""

from __future__ import annotations

from collections.abc import Mapping

from components import (
    correlations,
    described,
    origins,
    page_described,
    pictures,
    relation_tables,
    scatter,
    scatter_picture,
)
from components.described import Described, Picture
from loaders import relations, releases
from model import relation
from model.language import _
from model.relation import MATRIX, Relation


def of_relation(release: releases.Release, query: Mapping[str, str]) -> Described | None:
    """The relation an address means; None where one of its indicators or its theme is gone."""
    offer = relations.offer(release)
    gone = {query.get(axis) for axis in relation.AXES} - {None, *release.catalog.indicators}
    if offer is None or gone:
        return None
    chosen, notices = relation.parse(release.catalog, offer, query)
    if chosen.picture == MATRIX:
        return _matrix(release, chosen, tuple(notices))
    pair = relations.pairing(release, chosen)
    told = scatter_picture.told(pair, release.catalog.measures)
    own = scatter_picture.still(pair, chosen, ())
    return Described(
        title=scatter_picture.title(pair),
        about=" · ".join([*own.head, *relation_tables.heads(pair)]),
        sentences=tuple(told),
        pictures=(
            Picture(
                described.drawing(pictures.bare(own)),
                scatter.alternative(pair, chosen),
            ),
        ),
        table=described.table(relation_tables.table(pair, chosen)),
        origin=tuple(scatter_picture.origin(pair)),
        notices=tuple(notices),
    )


def _matrix(
    release: releases.Release, chosen: Relation, notices: tuple[str, ...]
) -> Described | None:
    found = relations.newest(release, chosen.theme, chosen.level)
    if len(found) < 2:
        return None
    theme = release.catalog.theme(chosen.theme).title
    return Described(
        title=_("{theme}: alle Paare").format(theme=theme),
        about=correlations.heading(release, chosen),
        body=correlations.markup(release, chosen),
        origin=page_described.origin(release, found),
        sources=origins.each(found),
        notices=notices,
    )
