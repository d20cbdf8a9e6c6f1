"""The trail: choose a number, and see its arithmetic, its cells and the files they stand in."""

from __future__ import annotations

from html import escape

import streamlit as st

from components import tables, trail_tables, url
from loaders import areas, indicators, releases, trails
from model import formats, remarks, safeguards, selection, signs, status, trail, wording
from model.catalog import Indicator
from model.language import _
from model.trail import Cell, Trail

KEYS = ("indikator", "gebiet", "zeit")
_BELOW = "spur unten"


def asked_for() -> bool:
    """Whether the address asks for a number that was not chosen further down this very page."""
    asked = [st.query_params.get(key) for key in KEYS]
    return asked[0] is not None and st.session_state.get(_BELOW) != asked


def show(release: releases.Release, on_top: bool) -> None:
    """The controls, and below them the trail of the number they name.

    What is chosen further down (not `on_top`) stays there.
    """
    asked = {key: st.query_params.get(key, "") for key in KEYS}
    known = release.catalog.indicators
    first = known[release.catalog.themes[0].headline]
    indicator = known.get(asked["indikator"], first)
    places = _places(release, indicator)
    city = release.catalog.city.city_level
    usual = next((area for area, level in places.items() if level == city), next(iter(places)))
    area = asked["gebiet"] if asked["gebiet"] in places else usual
    periods = _periods(release, indicator, area)
    period = selection.nearest(asked["zeit"], periods)
    meant = dict(zip(KEYS, (indicator.id, area, period), strict=True))
    if asked["indikator"]:
        url.ask(**meant)
    if not on_top:
        st.session_state[_BELOW] = list(meant.values())
    same_year = asked["zeit"][:4] in ("", period[:4])
    if not same_year or any(asked[key] not in ("", meant[key]) for key in KEYS[:2]):
        st.info(_("Diese Zahl gibt es hier nicht. Gezeigt wird eine andere."))
    _controls(release, indicator, places, area, periods, period, on_top)
    found = trails.trail_of(release, indicator, places[area], area, period)
    _answer(release, indicator, found, places[area])


def _ask(on_top: bool) -> None:
    meant = {key: st.session_state[f"spur {key}"] for key in KEYS}
    if not on_top:
        st.session_state[_BELOW] = list(meant.values())
    url.ask(**meant)


def _places(release: releases.Release, indicator: Indicator) -> dict[str, str]:
    """The level of every area that has a value."""
    have = indicators.values(release, indicator).select("level", "area").unique().rows()
    return {
        area: level
        for level, known in areas.by_level(release).items()
        for area in known
        if (level, area) in have
    }


def _periods(release: releases.Release, indicator: Indicator, area: str) -> list[str]:
    rows = indicators.values(release, indicator)
    return rows.filter(rows["area"] == area)["period"].unique().sort().to_list()


def _controls(
    release: releases.Release,
    indicator: Indicator,
    places: dict[str, str],
    area: str,
    periods: list[str],
    period: str,
    on_top: bool,
) -> None:
    catalog = release.catalog
    titles = {
        i.id: f"{theme.title}: {i.title}" for theme in catalog.themes for i in theme.indicators
    }
    names = {
        place: f"{areas.by_level(release)[level][place].name} ({catalog.city.level(level).title})"
        for place, level in places.items()
    }
    times = {p: formats.period(p, indicator.reference) for p in reversed(periods)}
    row = st.container(key="spur").columns([4, 2.4, 1.6], vertical_alignment="bottom")
    for column, key, label, options, value in (
        (row[0], "indikator", _("Indikator"), titles, indicator.id),
        (row[1], "gebiet", _("Gebiet"), names, area),
        (row[2], "zeit", _("Zeitpunkt"), times, period),
    ):
        widget = f"spur {key}"
        st.session_state[widget] = value
        column.selectbox(
            label,
            list(options),
            format_func=options.__getitem__,
            key=widget,
            on_change=lambda: _ask(on_top),
        )


def _answer(release: releases.Release, indicator: Indicator, found: Trail, level: str) -> None:
    lines = trail.formula(indicator, found)
    first, *rest = (escape(line) for line in lines)
    more = "".join(f"<li>{line}</li>" for line in rest)
    how = (
        _("Wert = Zähler ÷ Nenner")
        if indicator.per == 1
        else _("Wert = {per} × Zähler ÷ Nenner").format(per=formats.plain(indicator.per))
    )
    told = f"<p>{escape(how)}</p>" if indicator.denominator else ""
    word = escape(wording.initial(status.words(found.status)))
    guard = safeguards.safeguard(release.catalog, indicator)
    below = trail.total(found.denominator)
    kinds = signs.kinds(found.status, found.value, indicator.decimals, rounded=guard.rounds(level))
    why = escape(remarks.why(guard, kinds, level, below))
    st.html(
        f'<section class="qp-trail" aria-live="polite"><p class="formula">{first}</p>'
        f"{told}<ul>{more}</ul><p>{escape(_('Wertstatus'))}: {word}. "
        f"{why}</p><p>{escape(indicator.definition)}</p></section>"
    )
    tables.plain("zellen", trail_tables.cells(release, _("Aus diesen Zahlen"), found.cells))
    for cell in found.cells:
        _parts(release, cell)
    files = [cell for own in found.cells for cell in (own, *trails.parts(release, own))]
    tables.plain("quelldateien", trail_tables.sources(release, files))
    if (earlier := trail_tables.vintages(release, found.cells))["rows"]:
        tables.plain("fassungen", earlier)


def _parts(release: releases.Release, cell: Cell) -> None:
    made_of = trails.parts(release, cell)
    if not made_of:
        return
    text = (
        _("{what}: Diese {count} Teile gehören dazu, nicht jeder hat eine Zahl")
        if cell.value is None
        else _("{what}: {value} ist die Summe aus {count} Zahlen")
    )
    label = text.format(
        what=trail.words(cell, release.catalog),
        value=formats.plain(cell.value or 0),
        count=len(made_of),
    )
    key = "teile " + " ".join((cell.measure, cell.area, cell.period, *cell.categories))
    folder = st.expander(label, key=key, on_change=url.stay)
    if folder.open:
        with folder:
            tables.plain(f"tabelle {key}", trail_tables.cells(release, label, made_of))
