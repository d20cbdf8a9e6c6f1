"""An order by need, and need and supply, told on paper."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from components import (
    described,
    native,
    needs_exports,
    needs_tables,
    origins,
    pictures,
    supply_files,
    supply_map,
    supply_picture,
    supply_table,
    supply_words,
    weighing,
)
from components.described import Described, Picture
from loaders import needs as weighable
from loaders import releases
from loaders import supply as supplies
from loaders.supply import Picture as Supply
from model import formats, links, needs_links, needs_words, remarks, supply, supply_links
from model.language import _
from model.needs import Offer, Setting
from model.ranking import Ranking
from model.supply_links import Setting as Question


def of_needs(release: releases.Release, query: Mapping[str, str]) -> Described | None:
    """The order by the setting an address means; None where its preset or indicators are gone."""
    offer = weighing.available(release)
    if offer is None or not _weighable(offer, query):
        return None
    chosen, notices = needs_links.parse(offer, query)
    found = weighable.ranking(release, chosen)
    own = needs_exports.still(found, chosen.areas)

    def slim() -> str:
        return described.drawing(pictures.slim(needs_exports.still(found, chosen.areas, slim=True)))

    about, place = own.head
    title = weighing.preset_title(offer, chosen)
    tables = (needs_tables.shares(found, chosen), needs_tables.ranked(found, chosen))
    return Described(
        title=_("Bedarfe: {title}").format(title=title),
        about=f"{about} · {place}",
        sentences=_ordered(offer, chosen, found),
        pictures=(
            Picture(
                described.drawing(pictures.bare(own)),
                _bars(found),
                chart=native.contributions(found),
                slim=slim,
            ),
        ),
        tables=tuple(map(described.table, tables)),
        origin=own.lines,
        brief=origins.on_paper([part.view for part in found.components], release),
        sources=origins.each([part.view for part in found.components], on_map=False),
        name=needs_exports.name(title, release),
        data=partial(needs_exports.data, found, title),
        notices=tuple(notices),
    )


def of_supply(release: releases.Release, query: Mapping[str, str]) -> Described | None:
    """Need and supply as an address asks; None where its type or its need is gone."""
    offer = supplies.offer(release)
    if offer is None:
        return None
    chosen, notices = supply_links.parse(offer, query)
    if (query.get("art") or chosen.kind, query.get("bedarf") or chosen.need) != (
        chosen.kind,
        chosen.need,
    ):
        return None
    found = supplies.picture(release, chosen)
    need = found.need
    views = [need, *([found.supply] if found.supply else [])]
    drawn = _mapped(found, release, chosen)
    return Described(
        title=_("Bedarf und Angebot: {plural}").format(plural=found.kind.plural),
        about=_("Bedarf: {title} · {city}, {level} · {when}").format(
            title=need.indicator.title,
            city=need.city.name,
            level=need.level.plural,
            when=formats.stand(need.selection.period, need.indicator.reference),
        ),
        sentences=_supplied(found, chosen),
        pictures=drawn,
        body=(supply_map.explained(found, chosen) if drawn else "")
        + supply_words.grouped(found)
        + supply_words.explained(supply_table.cautions(found)),
        tables=(described.table(supply_table.table(found, chosen)),),
        folded=supply_words.listed(found, chosen),
        origin=(*remarks.used(*views), *origins.whole(views, release, on_map=bool(drawn))),
        brief=origins.on_paper(views, release),
        signs=supply_map.signs(found, chosen) if drawn else (),
        front=_front(found, chosen),
        name=supply_files.name(found),
        data=partial(supply_files.data, found),
        sources=origins.each(views, on_map=True),
        notices=tuple(notices),
    )


def _front(found: Supply, chosen: Question) -> tuple[str, ...]:
    """How the labels of the areas begin that the sentences are about."""
    both = supply.members(found.rows, "both", found.need.level.id)
    own = (row.area for row in found.rows if row.area.id == chosen.area)
    return tuple(area.lines[0] for area in (*both, *own))


def _mapped(found: Supply, release: releases.Release, chosen: Question) -> tuple[Picture, ...]:
    """The map; none for a level without one."""

    def svg(width: int = pictures.WIDTH) -> str:
        own = supply_picture.still(found, release, chosen, width)
        return described.drawing(pictures.bare(own)) if own else ""

    drawn = svg()
    told = supply_map.words(found)
    if not drawn:
        return ()
    slim, paper = (partial(svg, width) for width in (pictures.PHONE, pictures.PAPER))
    return (Picture(drawn, told, slim=slim, paper=paper),)


def _weighable(offer: Offer, query: Mapping[str, str]) -> bool:
    """Whether what is asked for is weighed, and not another preset in its place."""
    asked = links.listed(query.get("indikatoren", ""))
    if asked:
        chosen, _notices = needs_links.parse(offer, query)
        return {name for name, _weight in chosen.weights} <= set(asked)
    return not query.get("vorlage") or offer.preset(query["vorlage"]) is not None


def _ordered(offer: Offer, chosen: Setting, found: Ranking) -> tuple[str, ...]:
    """Whose question it is, who comes first, what numbers cannot say, and the chosen areas."""
    preset = offer.preset(chosen.preset)
    left = needs_words.left_out(found)
    return (
        *([preset.purpose] if preset and preset.purpose else []),
        needs_words.leading(found),
        *(
            f"{place.area.name}: {needs_words.placed(found, place)}."
            for place in found.chosen(chosen.areas)
        ),
        *([left] if left else []),
        *needs_words.overlaps(found),
        needs_words.CAUTION,
    )


def _bars(found: Ranking) -> str:
    """The bars in words."""
    told = (f"{place.area.name}: {needs_words.placed(found, place)}" for place in found.places)
    return _("Balken der Beiträge zum Wert. {places}").format(places="; ".join(told))


def _supplied(found: Supply, chosen: Question) -> tuple[str, ...]:
    """Where both is true, then the chosen area, else the city."""
    head, names = supply_words.found(found)
    row = supply_words.spoken_of(found, chosen)
    own = supply_words.sentences(found, row) if row else []
    return (f"{head} {names}." if names else head, *own)
