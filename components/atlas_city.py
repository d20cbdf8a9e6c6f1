"""The chapter about the whole city, and the quiet map of its districts for the cover."""

from __future__ import annotations

from components import atlas_figures, pyramids, sketches
from documents.document import Beside, Block, Figure, Heading, Part, Table, Text
from loaders import areas, profiles, releases, views
from model import formats, remarks
from model.language import _
from model.view import Figure as Value
from model.view import View


def part(release: releases.Release) -> Part:
    """The city: its people and the telling figure of each theme, beside Kreis and Land."""
    city = release.catalog.city
    shown = told(release)
    return Part(
        title=_("{city} im Überblick").format(city=city.name),
        blocks=(
            Text(city.title, "lead"),
            *_who(release),
            Heading(_("Die Stadt in Zahlen")),
            _table(shown),
            *_signs(shown, release),
            atlas_figures.origin(shown, release),
        ),
        words=tuple(view.indicator.short for view in shown),
    )


def told(release: releases.Release) -> list[View]:
    """The newest view of the telling figure of each theme, for the city."""
    found = []
    for theme in release.catalog.themes:
        indicator = release.catalog.indicators[theme.headline]
        figure, period = views.city_figure(release, indicator)
        if figure and period:
            selection = atlas_figures.selection(release, indicator, period)
            found.append(views.view_of(release, selection))
    return found


def emblem(release: releases.Release, named: bool = False) -> Figure | None:
    """The districts as a quiet map, `named` with their names; None where there is none."""
    city = release.catalog.city
    if not (shapes := areas.outlines(release, city.default_level)):
        return None
    squeeze = areas.frame(release, city.default_level).squeeze
    said = _("Karte der {plural} {in_city}").format(
        plural=city.level(city.default_level).plural, in_city=city.in_city
    )
    names = areas.by_level(release)[city.default_level].values() if named else ()
    return Figure(sketches.placed(city.name, shapes, (), squeeze, named=names).svg, said)


def _who(release: releases.Release) -> tuple[Block, ...]:
    """The age pyramid of the city beside the map of its districts."""
    first = next(iter(areas.by_level(release)[release.catalog.city.default_level]))
    own = profiles.of(release, first)
    drawn = emblem(release)
    if not own.city_pyramid:
        return (drawn,) if drawn else ()
    name = release.catalog.city.name
    found = pyramids.layered(name, name, own.city_pyramid, ())
    ages = Figure(
        found.svg,
        found.said,
        caption=_("Anteil an allen je Altersjahr"),
    )
    return (Beside((drawn,), (ages,)),) if drawn else (ages,)


def _signs(shown: list[View], release: releases.Release) -> tuple[Text, ...]:
    """What the signs of the table mean."""
    figures = [(view, figure) for view in shown for figure in (*_own(view), *view.beside)]
    kinds = {kind for view, figure in figures for kind in view.kinds(figure)}
    places = {figure.area.id for _view, figure in figures}
    if any(places - {f.area.id for f in (*_own(view), *view.beside)} for view in shown):
        kinds.add("not_collected")
    return atlas_figures.signed(release, kinds)


def _table(shown: list[View]) -> Table:
    """A row for each telling figure: the city and what it stands beside."""
    places = list(
        {f.area.id: f.area.name for view in shown for f in (*_own(view), *view.beside)}.items()
    )
    rows = []
    for view in shown:
        figures = {f.area.id: f for f in (*_own(view), *view.beside)}
        stand = formats.stand(view.selection.period, view.indicator.reference)
        stand = stand.removeprefix(_("Stand: "))
        cells = [
            remarks.signed(view, figures[area])
            if area in figures and figures[area].status != "not_collected"
            else view.sign(["not_collected"])
            for area, _name in places
        ]
        rows.append((view.indicator.short, *cells, view.indicator.unit, stand))
    return Table(
        caption=_("Die wichtigsten Zahlen aller Themen, jeweils der neueste Stand"),
        columns=(_("Indikator"), *(name for _area, name in places), _("Einheit"), _("Stand")),
        rows=tuple(rows),
        numbers=frozenset(range(1, len(places) + 1)),
    )


def _own(view: View) -> tuple[Value, ...]:
    return view.figures if len(view.figures) == 1 else ()
