"""Two indicators against each other, or all of a theme, told on paper."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from components import (
    correlations,
    described,
    matrix_files,
    origins,
    pictures,
    relation_files,
    relation_tables,
    scatter,
    scatter_picture,
)
from components.described import Described, Picture
from loaders import relations, releases
from loaders.relations import Pairing
from model import correlation_words, overlaps, relation, remarks, wording
from model.language import _
from model.mapset import Offer
from model.relation import AXES, MATRIX, Relation


def of_relation(release: releases.Release, query: Mapping[str, str]) -> Described | None:
    """The scatter or the matrix an address means; None where its indicators or theme are gone."""
    offer = relations.offer(release)
    if offer is None:
        return None
    chosen, notices = relation.parse(release.catalog, offer, query)
    if chosen.picture == MATRIX:
        return _matrix(release, chosen, query, notices)
    return _points(release, offer, chosen, query, notices)


def _points(
    release: releases.Release,
    offer: Offer,
    chosen: Relation,
    query: Mapping[str, str],
    notices: list[str],
) -> Described | None:
    known = offer.periods[chosen.level]
    if any(query[axis] not in known for axis in AXES if query.get(axis)):
        return None
    pair = relations.pairing(release, chosen)
    x, y = (view.indicator for view in pair.views)

    def drawn(width: int = pictures.WIDTH) -> str:
        return described.drawing(pictures.bare(scatter_picture.still(pair, chosen, width)))

    return Described(
        title=_("Zusammenhang: {x} und {y}").format(x=x.short, y=y.short),
        about=" · ".join([*scatter_picture.head(pair), *relation_tables.heads(pair)]),
        sentences=_said(pair, release),
        pictures=(
            Picture(
                drawn(),
                scatter.alternative(pair, chosen),
                slim=partial(drawn, pictures.PHONE),
                paper=partial(drawn, pictures.PAPER),
            ),
        ),
        tables=(described.table(relation_tables.table(pair, chosen)),),
        origin=(*remarks.used(*pair.views), *origins.whole(pair.views, release)),
        brief=origins.on_paper(pair.views, release),
        sources=origins.each(pair.views),
        name=relation_files.name(pair),
        data=partial(relation_files.data, pair, release),
        notices=tuple(notices),
    )


def _said(pair: Pairing, release: releases.Release) -> tuple[str, ...]:
    """Both coefficients in words and numbers, cautions, and who is no point."""
    x, y = (view.indicator for view in pair.views)
    few = correlation_words.few(pair.found)
    return (
        correlation_words.together(x, y, pair.found),
        *correlation_words.numbers(pair.found),
        correlation_words.counted(pair.found, len(pair.x.figures), pair.x.level.plural),
        *([few] if few and pair.found.lack != "few" else []),
        *overlaps.cautions(release.catalog.measures, x, y),
        correlation_words.limits(),
        *(
            _("Ohne Punkt: {title}: {reason}").format(title=view.indicator.short, reason=line)
            for view in pair.views
            for line in wording.missing(view)
        ),
    )


def _matrix(
    release: releases.Release, chosen: Relation, query: Mapping[str, str], notices: list[str]
) -> Described | None:
    """The matrix of a theme; None for one of a single indicator, which has no pairs."""
    gone = query.get("thema", chosen.theme) != chosen.theme
    if gone or len(relations.indicators_of(release, chosen.theme, chosen.level)) < 2:
        return None
    views = relations.newest(release, chosen.theme, chosen.level)
    return Described(
        title=correlations.title(release, chosen),
        about=release.catalog.city.name,
        sentences=(correlations.lead(chosen),),
        body=correlations.matrix(release, chosen),
        tables=(matrix_files.on_paper(release, chosen),),
        shown=True,
        origin=origins.whole(views, release),
        brief=origins.on_paper(views, release),
        data=partial(matrix_files.data, chosen, release),
        sources=origins.each(views),
        notices=tuple(notices),
    )
