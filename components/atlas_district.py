"""The two pages of a district: what its page shows, on paper."""

from __future__ import annotations

from collections.abc import Iterator

from components import atlas_figures, lineup_notes, pyramids, sketches
from documents.document import Beside, Block, Facts, Heading, Items, Part, Table, Text
from loaders import areas, atlas_templates, comparisons, interventions, profiles, releases
from model import profile, register_words, remarks, verdicts
from model.language import _
from model.profile import Line, Profile
from model.register import Trail

_MOST_NAMES = 8
"""Facilities of a type that are named; of more, the rest is counted."""


def part(release: releases.Release, area: str, alone: bool = False) -> Part:
    """The chapter of a district; `alone` it says itself what the book says elsewhere.

    Raises KeyError for an area that has no page.
    """
    own = profiles.of(release, area)
    level = release.catalog.city.level(own.area.level)
    template = atlas_templates.of(release)
    written = template.areas
    first, *more = profile.lead(own) or [own.area.name]
    shown = [one.view for one in (*([own.people] if own.people else []), *own.lines)]
    return Part(
        title=own.area.name,
        about=f"{level.title} · {release.catalog.city.name}",
        level=2,
        blocks=(
            Text(first, "lead"),
            *(Text(text) for text in more),
            *atlas_figures.words(release, written.get(area, ())),
            *_who(own, release),
            Heading(_("Im Vergleich mit der Stadt")),
            _table(own),
            Text(_how(not alone and "lesehilfe" in template.chapters), "small"),
            *([atlas_figures.origin(shown, release, own.lines)] if alone else []),
            *_trends(own),
            *_around(own, release),
            atlas_figures.origin(shown, release),
        ),
    )


def _how(explained: bool) -> str:
    """What the words of the table mean; in short where the book explains them."""
    if not explained:
        return lineup_notes.notes(())[0]
    return _(
        "„Deutlich“ heißt: Der Unterschied zur übrigen Stadt ist größer, als der Zufall erklärt "
        "(95 %), und zur ganzen Stadt beträgt er mindestens ein Zehntel. „Im Rahmen des Zufalls“: "
        "Der Wert ist anders, aber der Zufall kann es erklären. Mehr dazu: „So lesen Sie den "
        "Atlas“."
    )


def _who(own: Profile, release: releases.Release) -> tuple[Block, ...]:
    """Where the area lies, beside its age pyramid against the city's."""
    left: list[Block] = []
    level = areas.level_of(release, own.area)
    if shapes := areas.outlines(release, level):
        squeeze = areas.frame(release, level).squeeze
        here = own.area.parts or (own.area.id,)
        left.append(atlas_figures.figure(sketches.placed(own.area.name, shapes, here, squeeze)))
    if own.neighbours:
        names = ", ".join(area.name for area in own.neighbours)
        left.append(Text(f"{_('Nachbarn:')} {names}", "small"))
    if own.children:
        names = ", ".join(area.name for area in own.children)
        left.append(Text(_("Dazu gehören: {names}.").format(names=names), "small"))
    if not own.pyramid:
        # A map alone would fill the page.
        return (Beside(tuple(left[:1]), tuple(left[1:]), share=0.42),) if left[1:] else tuple(left)
    drawn = pyramids.layered(own.area.name, own.city, own.pyramid, own.city_pyramid)
    note = pyramids.note(own.area.name, own.city, own.pyramid)
    right = atlas_figures.figure(drawn, note)
    return (Beside(tuple(left), (right,), share=0.42),) if left else (right,)


def _table(own: Profile) -> Table:
    """A row for each telling figure: here, in the city, and how far that is chance."""
    return Table(
        caption=_("{area} und die ganze Stadt, jeweils der neueste Stand").format(
            area=own.area.name
        ),
        columns=(
            _("Indikator"),
            own.area.name,
            own.city,
            _("Einheit"),
            _("Verglichen"),
            _("Stand"),
        ),
        rows=tuple(_row(one) for one in own.lines),
        numbers=frozenset({1, 2}),
    )


def _row(one: Line) -> tuple[str, ...]:
    view, city = one.view, one.view.city_figure
    beside = remarks.signed(view, city) if city else view.sign(["not_collected"])
    return (
        view.indicator.short,
        remarks.signed(view, one.figure),
        beside,
        view.indicator.unit,
        verdicts.against(one.word),
        profile.stand(one).removeprefix(_("Stand: ")),
    )


def _trends(own: Profile) -> tuple[Block, ...]:
    """The small trends, three in a row; with them the second page begins."""
    drawn = [found for one in own.lines if (found := atlas_figures.trend(one))]
    if not drawn:
        return ()
    note = _("Linie: {area}. Gestrichelt: {city}. Pfeil: Beginn eines Projekts oder Ereignisses.")
    return (
        Heading(_("Entwicklung"), opens=True),
        Text(note.format(area=own.area.name, city=own.city), "small"),
        *atlas_figures.threes(drawn),
    )


def _around(own: Profile, release: releases.Release) -> Iterator[Block]:
    """Which districts are alike, what lies here, what happened, what the offices do."""
    alike = _alike(own, release)
    if alike:
        yield Heading(_("Ähnliche Gebiete"))
        yield Text(alike)
    if kinds := _kinds(own):
        yield Heading(_("Was es hier gibt"))
        yield Facts(kinds)
    if own.events:
        yield Heading(_("Projekte und Ereignisse"))
        yield Items(tuple(f"{event.title} ({event.word}, {event.when})" for event in own.events))
    if trails := interventions.of_area(release, own.area.id):
        yield Heading(_("Maßnahmen"))
        yield Items(tuple(_measure(one, own, release) for one in trails))


def _measure(one: Trail, own: Profile, release: releases.Release) -> str:
    """An intervention with its time, and what it says of the area."""
    offered = profiles.offered(release)
    parts = [offered[part] for part in areas.parted(release, own.area.id) if part in offered]
    place = register_words.within(one, parts or [own.area])
    when = register_words.when(one.intervention)
    return f"{one.intervention.title} · {when} · {place}"


def _alike(own: Profile, release: releases.Release) -> str:
    """The areas that are alike, near to far, and by what; empty where none can be found."""
    if own.area.parts:
        return ""
    found = comparisons.alike(release, own.area.id)
    known = profiles.offered(release)
    names = ", ".join(known[peer.area].name for peer in found.peers.nearest)
    titles = "; ".join(found.views[name].indicator.short for name in found.peers.used)
    if not names:
        return ""
    return _("{names}. Verglichen werden: {titles}.").format(names=names, titles=titles)


def _kinds(own: Profile) -> tuple[tuple[str, str], ...]:
    """The facilities by type."""
    found: dict[str, list[str]] = {}
    for one in own.facilities:
        found.setdefault(one.kind.plural, []).append(one.name)
    return tuple((f"{kind} ({len(names)})", _some(names)) for kind, names in found.items())


def _some(names: list[str]) -> str:
    more = len(names) - _MOST_NAMES
    if more <= 1:
        return "; ".join(names)
    return _("{names} und {more} weitere").format(names="; ".join(names[:_MOST_NAMES]), more=more)
