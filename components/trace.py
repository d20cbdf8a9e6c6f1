"""The trail: choose a number, and see its arithmetic, its cells and the files they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

import streamlit as st

from components import catalogue, tables, url
from loaders import areas, indicators, releases, trails
from loaders.datasets import datasets
from model import formats, selection, status, trail, wording
from model.catalog import Indicator
from model.language import _
from model.trail import Cell, Trail

KEYS = ("indikator", "gebiet", "zeit")


def show(release: releases.Release) -> None:
    """The controls, and below them the trail of the number they name."""
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
    same_year = asked["zeit"][:4] in ("", period[:4])
    if not same_year or any(asked[key] not in ("", meant[key]) for key in KEYS[:2]):
        st.info(_("Diese Zahl gibt es hier nicht. Gezeigt wird eine andere."))
    _controls(release, indicator, places, area, periods, period)
    found = trails.trail_of(release, indicator, places[area], area, period)
    _answer(release, indicator, found, area, period)


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
            on_change=lambda: url.ask(**{k: st.session_state[f"spur {k}"] for k in KEYS}),
        )


def _answer(
    release: releases.Release, indicator: Indicator, found: Trail, area: str, period: str
) -> None:
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
    st.html(
        f'<section class="qp-trail" aria-live="polite"><p class="formula">{first}</p>'
        f"{told}<ul>{more}</ul><p>{escape(_('Wertstatus'))}: {word}. "
        f"{escape(indicator.definition)}</p></section>"
    )
    tables.plain("zellen", cells(release, _("Aus diesen Zahlen"), found.cells))
    for cell in found.cells:
        _parts(release, cell)
    files = [cell for own in found.cells for cell in (own, *trails.parts(release, own))]
    tables.plain("quelldateien", sources(release, files))
    if (earlier := vintages(release, found.cells))["rows"]:
        tables.plain("fassungen", earlier)


def _parts(release: releases.Release, cell: Cell) -> None:
    made_of = trails.parts(release, cell)
    if not made_of:
        return
    label = _("{what}: {value} ist die Summe aus {count} Zahlen").format(
        what=trail.words(cell, release.catalog),
        value=formats.plain(cell.value or 0),
        count=len(made_of),
    )
    key = "teile " + " ".join((cell.measure, cell.area, cell.period, *cell.categories))
    folder = st.expander(label, key=key, on_change="rerun")
    if folder.open:
        with folder:
            tables.plain(f"tabelle {key}", cells(release, label, made_of))


def cells(release: releases.Release, caption: str, found: Iterable[Cell]) -> dict[str, Any]:
    """Cells with value, status and their place in a file, or of how many others they are made."""
    heads = (
        _("Zahl"),
        _("Gebiet"),
        _("Zeitpunkt"),
        _("Wert"),
        _("Wertstatus"),
        _("Datei"),
        _("Blatt"),
        _("Zeile"),
        _("Spalte"),
    )
    names = areas.names(release)
    found = tuple(found)
    rows = []
    for cell in found:
        texts = [
            trail.words(cell, release.catalog),
            names[cell.level][cell.area],
            formats.period(cell.period, "date"),
            _signed(cell),
            status.words(cell.status),
            cell.file or _origin(release, cell),
            cell.sheet or "",
            "" if cell.row is None else str(cell.row),
            "" if cell.column is None else f"{formats.column(cell.column)} ({cell.column})",
        ]
        rows.append(_row(texts, {3: cell.value, 7: cell.row, 8: cell.column}))
    table = _table(caption, heads, rows, numbers=(3, 7, 8))
    # Areas that say the same are told apart by their names, so these come first.
    return _area_first(table) if len({row["cells"][0] for row in rows}) < len(rows) else table


def _area_first(table: dict[str, Any]) -> dict[str, Any]:
    def swapped(row: list[Any]) -> list[Any]:
        return [row[1], row[0], *row[2:]]

    rows = [
        {**row, "cells": swapped(row["cells"]), "sort": swapped(row["sort"])}
        for row in table["rows"]
    ]
    return {**table, "columns": swapped(table["columns"]), "rows": rows}


def sources(release: releases.Release, found: Sequence[Cell]) -> dict[str, Any]:
    """The files some cells stand in: dataset, office, Stand, licence line, checksum."""
    known = datasets(release)
    used = dict.fromkeys(
        (cell.delivery, cell.file) for cell in found if cell.file or cell.delivery == trails.AREAS
    )
    rows = []
    for delivery, name in used:
        dataset = known[delivery]
        for file in dataset.files:
            if name in (None, file.name):
                stand = formats.day(file.stand or dataset.stand)
                licence = file.licence or dataset.licence
                texts = [file.name, dataset.title, dataset.office or "–", stand, licence]
                row = _row(texts, {})
                row["cells"].append(catalogue.digest(file))
                row["sort"].append(file.sha256)
                rows.append(row)
    heads = (
        _("Datei"),
        _("Datensatz"),
        _("Stelle"),
        _("Stand"),
        _("Lizenz"),
        _("Prüfsumme (SHA-256)"),
    )
    return _table(_("Die Dateien dazu"), heads, rows)


def vintages(release: releases.Release, found: Iterable[Cell]) -> dict[str, Any]:
    """What some cells said before, oldest first."""
    rows = []
    for cell in found:
        for vintage in trails.vintages(release, cell):
            place = "" if vintage.column is None else formats.column(vintage.column)
            texts = [
                trail.words(cell, release.catalog),
                formats.plain(vintage.value),
                status.words(vintage.status),
                vintage.file or _("Summe"),
                f"{place}{vintage.row or ''}",
                formats.day(vintage.stand or "–"),
                vintage.release or _("nie veröffentlicht"),
                formats.day(vintage.published or "–"),
            ]
            rows.append(_row(texts, {1: vintage.value}))
    heads = (
        _("Zahl"),
        _("Früherer Wert"),
        _("Wertstatus"),
        _("Datei"),
        _("Zelle"),
        _("Stand"),
        _("Datenstand"),
        _("veröffentlicht am"),
    )
    return _table(_("Was diese Zahlen früher sagten"), heads, rows, numbers=(1,))


def _origin(release: releases.Release, cell: Cell) -> str:
    """Why a cell stands in no file."""
    if cell.delivery == trails.AREAS:
        return _("aus der Gebietstabelle")
    if made_of := trails.parts(release, cell):
        return _("Summe aus {count} Zahlen").format(count=len(made_of))
    if cell.value == 0:
        return _("keine Zeile in der Datei, das heißt null")
    if cell.value is None:
        return "–"
    return _("berechnet; so in keiner Datei")


def _signed(cell: Cell) -> str:
    return status.words(cell.status) if cell.value is None else formats.plain(cell.value)


def _row(texts: list[Any], numbers: dict[int, float | None]) -> dict[str, Any]:
    sort = [numbers.get(place, text) for place, text in enumerate(texts)]
    return {"id": "", "cells": texts, "sort": sort}


def _table(
    caption: str, heads: Sequence[str], rows: list[dict[str, Any]], numbers: Sequence[int] = ()
) -> dict[str, Any]:
    columns = [{"title": head, "number": place in numbers} for place, head in enumerate(heads)]
    return {
        "caption": caption,
        "columns": columns,
        "rows": rows,
        "chosen": [],
        "height": 620,
        "texts": True,
    }
