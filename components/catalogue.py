"""The data catalogue: datasets with their files, indicators, published single figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from typing import Any

import polars as pl
import streamlit as st

from components import tables, url
from loaders import areas, releases
from loaders.datasets import Dataset, File, datasets, examples
from model import formats, search, wording
from model.language import _

_SHORT_HASH = 12


def show(release: releases.Release, chosen: str) -> None:
    """All datasets, searched and filtered, and the chosen one in full below."""
    found = _filtered(release, tuple(datasets(release).values()))
    if not found:
        _hint(_("Kein Datensatz passt dazu. Versuchen Sie ein anderes Wort."))
        return
    today = date.today()
    tables.show("lieferungen", overview(found, chosen, today), _choose)
    if dataset := {d.id: d for d in found}.get(chosen):
        _details(dataset, today)
    else:
        _hint(_("Ein Klick auf einen Datensatz zeigt Messgrößen, Dateien und Prüfsummen."))


def _hint(text: str) -> None:
    st.html(f'<p class="qp-missing">{escape(text)}</p>')


def _choose(dataset: str) -> None:
    url.ask(datensatz="" if url.latest_query().get("datensatz") == dataset else dataset)


def _filtered(release: releases.Release, known: Sequence[Dataset]) -> list[Dataset]:
    themes = {theme.id: theme.title for theme in release.catalog.themes}
    offices = sorted({dataset.office for dataset in known if dataset.office})
    row = st.container(key="bedienung").columns([3, 2, 2], vertical_alignment="bottom")
    typed = row[0].text_input(
        _("Datensätze durchsuchen"),
        key="datensatzsuche",
        max_chars=80,
        placeholder=_("Zum Beispiel: {examples}").format(examples=" · ".join(examples(known))),
        on_change=url.stay,
    )
    theme = row[1].selectbox(
        _("Thema"),
        list(themes),
        index=None,
        format_func=themes.__getitem__,
        placeholder=_("Alle Themen"),
        key="datensatzthema",
        on_change=url.stay,
    )
    office = row[2].selectbox(
        _("Stelle"),
        offices,
        index=None,
        placeholder=_("Alle Stellen"),
        key="datensatzstelle",
        on_change=url.stay,
    )
    words = search.words(typed or "")
    return [
        dataset
        for dataset in known
        if (theme is None or theme in dataset.themes)
        and (office is None or office == dataset.office)
        and all(word in " ".join(search.words(dataset.text)) for word in words)
    ]


def overview(found: Iterable[Dataset], chosen: str, today: date) -> dict[str, Any]:
    """Datasets as a table; a press on a title chooses it."""
    rows = []
    for dataset in found:
        periods = dataset.periods
        cells = [
            dataset.title,
            dataset.office or "–",
            dataset.each_row_is,
            _span(periods),
            formats.day(dataset.stand),
            wording.expected(dataset.expected, today),
            str(len(dataset.files)),
            _("Modellwerte") if dataset.modelled else _("veröffentlicht"),
        ]
        first = (periods[0] if periods else "", dataset.stand, dataset.expected)
        sort = [*cells[:3], *first, len(dataset.files), cells[-1]]
        rows.append({"id": dataset.id, "cells": cells, "sort": sort})
    heads = (
        _("Datensatz"),
        _("Stelle"),
        _("Eine Zeile ist"),
        _("Zeitraum"),
        _("Stand"),
        _("Nächste Lieferung"),
        _("Dateien"),
        _("Status"),
    )
    listing = tables.listing(_("Datensätze dieser Veröffentlichung"), heads, rows)
    return {**listing, "chosen": [chosen], "height": 520}


def _details(dataset: Dataset, today: date) -> None:
    facts = {
        _("Eine Zeile ist"): dataset.each_row_is,
        _("Stelle"): dataset.office,
        _("Quelle"): dataset.source,
        _("Lizenz"): dataset.licence,
        _("Basis"): dataset.basis,
        _("Stand"): formats.day(dataset.stand),
        _("Nächste Lieferung"): wording.expected(dataset.expected, today),
        _("Messgrößen"): "; ".join(dataset.measures),
        _("Zeitraum"): _span(dataset.periods),
        _("Raumebenen"): ", ".join(dataset.levels),
    }
    listed = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in facts.items() if text
    )
    title = escape(dataset.title)
    st.html(
        f'<section class="qp-facts" aria-live="polite"><h3>{title}</h3><dl>{listed}</dl></section>'
    )
    tables.plain("dateien", files(dataset))


def files(dataset: Dataset) -> dict[str, Any]:
    """The files of a dataset with Stand, licence line and checksum."""
    rows = []
    for file in dataset.files:
        cells = [
            file.name,
            formats.day(file.stand) if file.stand else "–",
            file.licence or dataset.licence,
            digest(file),
        ]
        rows.append(
            {"id": "", "cells": cells, "sort": [file.name, file.stand, cells[2], file.sha256]}
        )
    heads = (_("Datei"), _("Stand"), _("Lizenz"), _("Prüfsumme (SHA-256)"))
    count = len(rows)
    caption = (
        _("Die Datei dieses Datensatzes")
        if count == 1
        else _("Die {count} Dateien dieses Datensatzes")
    )
    return tables.listing(caption.format(count=count), heads, rows)


def digest(file: File) -> dict[str, str]:
    """A checksum as a table cell: its beginning, and all of it on demand."""
    return {"text": f"{file.sha256[:_SHORT_HASH]}…", "more": file.sha256}


def indicators(release: releases.Release) -> dict[str, Any]:
    """All indicators with theme, unit and definition."""
    rows = []
    for theme in release.catalog.themes:
        for indicator in theme.indicators:
            cells = [indicator.title, theme.title, indicator.unit, indicator.definition]
            rows.append({"id": "", "cells": cells, "sort": cells})
    heads = (_("Indikator"), _("Thema"), _("Einheit"), _("Definition"))
    return tables.listing(_("Indikatoren dieser Veröffentlichung"), heads, rows)


def published(release: releases.Release, figures: pl.DataFrame) -> dict[str, Any]:
    """Published single figures with basis and source."""
    names = {
        area: found.name
        for level in areas.by_level(release).values()
        for area, found in level.items()
    }
    rows = []
    for row in figures.iter_rows(named=True):
        cells = [
            names.get(row["area"], row["area"]),
            row["title"],
            _period_words(row["period"]),
            f"{formats.plain(row['value'])}{formats.NBSP}{row['unit']}",
            row["basis"],
            row["source"],
        ]
        sort = [cells[0], cells[1], row["period"], row["value"], cells[4], cells[5]]
        rows.append({"id": "", "cells": cells, "sort": sort})
    heads = (_("Gebiet"), _("Angabe"), _("Zeitpunkt"), _("Wert"), _("Basis"), _("Quelle"))
    return tables.listing(_("Einzelangaben mit Quelle"), heads, rows)


def _span(periods: Sequence[str]) -> str:
    if not periods:
        return "–"
    first, last = (_period_words(period) for period in (min(periods), max(periods)))
    return first if first == last else _("{first} bis {last}").format(first=first, last=last)


def _period_words(period: str) -> str:
    return formats.period(period, "date")
