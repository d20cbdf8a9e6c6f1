"""An order by need as tables: places, standardised values, contributions, indicators left out."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import streamlit as st

from components import colours, tables
from components.profiles import PAGE as DISTRICT
from model import formats, needs_words, remarks, standardised, status
from model.language import _
from model.needs import Setting
from model.ranking import Pair, Place, Ranking, Without
from model.standardised import Component
from model.view import Figure

_LONG, _LIMIT = 30, 620
"""Areas from which on a table is limited, and its pixels then."""


def places(found: Ranking, chosen: Setting, on_choose: Callable[[str], None]) -> None:
    """All areas with rank, score, and how often they are among the first; a press chooses one."""
    first = found.first
    heads = [
        (_("Platz"), True),
        (_("Wert"), True),
        (_("erste {first}: andere Gewichte").format(first=first), True),
        (_("erste {first}: Zufall").format(first=first), True),
        (_("erste {first}: beides").format(first=first), True),
        (_("Plätze (90 %)"), True),
        (_("Fehlende Zahlen"), False),
    ]
    data: dict[str, Any] = {
        "caption": _("Reihenfolge, und wie sicher sie ist"),
        "columns": [
            {"title": found.level.title},
            *({"title": head, "number": number, "line": not number} for head, number in heads),
        ],
        "rows": [_place(place) for place in found.places],
        "chosen": list(chosen.areas),
        "height": _LIMIT if len(found.places) > _LONG else None,
        "whys": {},
    }
    tables.show("bedarfe_plaetze", data, on_choose)


def standards(found: Ranking, chosen: Setting, on_choose: Callable[[str], None]) -> None:
    """All areas by all indicators, standardised; the reason where there is no number."""
    rows = [
        {
            "id": place.area.id,
            "kind": "",
            "cells": [
                place.area.name,
                *(
                    needs_words.number(own)
                    if own is not None
                    else f"{part.view.sign(part.view.kinds(figure))} {status.label(figure.status)}"
                    for part, own, figure in _cells(found, place)
                ),
            ],
            "sort": [place.area.name, *place.standards],
            "missing": [i + 1 for i, own in enumerate(place.standards) if own is None],
        }
        for place in found.places
    ]
    data: dict[str, Any] = {
        "caption": _(
            "Standardisierte Werte: Abstand zur Stadt in Standardabweichungen, plus heißt "
            "mehr Bedarf"
        ),
        "columns": [
            {"title": found.level.title},
            *(
                {"title": f"{part.view.indicator.short} ({_stand(part)})", "number": True}
                for part in found.components
            ),
        ],
        "rows": rows,
        "chosen": list(chosen.areas),
        "height": _LIMIT if len(rows) > _LONG else None,
        "whys": {},
    }
    tables.show("bedarfe_standard", data, on_choose)


def contributions(found: Ranking, chosen: Setting) -> None:
    """For each chosen area how its score comes about; the contributions add up to it."""
    known = {place.area.id: place for place in found.places}
    for number, area in enumerate(chosen.areas):
        place = known[area]
        _heading(found, place, colours.CHOSEN[number])
        heads = [
            _("Indikator"),
            _("Wert"),
            _("Stadt"),
            _("Standardisiert"),
            _("Gewicht"),
            _("Anteil hier"),
            _("Beitrag"),
        ]
        shown = _contributions(found, place)
        tables.plain(
            f"bedarfe_beitraege {number}",
            tables.listing(
                _("So kommt der Wert zustande: {area}").format(area=place.area.name),
                heads,
                shown,
                numbers=range(1, len(heads)),
            ),
        )


def without(left_out: tuple[Without, ...], found: Ranking) -> None:
    """What becomes of the first ones without each indicator."""
    before = {place.area.id: place.rank for place in found.places}
    rows = []
    for one in left_out:
        moves = [
            abs(rank - own)
            for area, rank in one.ranks.items()
            if rank is not None and (own := before[area]) is not None
        ]
        cells = [
            one.component.view.indicator.short,
            needs_words.without(one, found.first),
            str(max(moves, default=0)),
        ]
        rows.append(
            {"id": "", "kind": "", "cells": cells, "sort": [*cells[:2], max(moves, default=0)]}
        )
    heads = [_("Ohne diesen Indikator"), _("Was sich ändert"), _("Größter Wechsel in Plätzen")]
    tables.plain(
        "bedarfe_ohne", tables.listing(_("Ein Indikator weniger"), heads, rows, numbers=(2,))
    )


def pairs(every: tuple[Pair, ...]) -> None:
    """How far every two indicators go together, folded."""
    title = _("Wie sehr gehen zwei Indikatoren zusammen?")
    folder = st.expander(title, key="bedarfe_zusammen", on_change="rerun")
    if folder.open:
        with folder:
            _pairs(every, title)


def _pairs(every: tuple[Pair, ...], title: str) -> None:
    rows = []
    for pair in every:
        r = formats.number(pair.r, 2)
        cells = [pair.one.view.indicator.short, pair.other.view.indicator.short, r, str(pair.areas)]
        rows.append(
            {"id": "", "kind": "", "cells": cells, "sort": [*cells[:2], pair.r, pair.areas]}
        )
    heads = [_("Indikator"), _("und Indikator"), _("r (Pearson)"), _("Gebiete mit beiden")]
    tables.plain(
        "bedarfe_paare",
        tables.listing(title, heads, rows, numbers=(2, 3)),
    )


def _place(place: Place) -> dict[str, Any]:
    standing = place.standing
    shares = (standing.weights, standing.chance, standing.both) if standing else (None,) * 3
    rank = "–" if place.rank is None else f"{'' if place.score.complete else '≈'}{place.rank}"
    return {
        "id": place.area.id,
        "kind": "",
        "cells": [
            place.area.name,
            rank,
            needs_words.number(place.score.total),
            *("–" if share is None else needs_words.often(share) for share in shares),
            needs_words.span(place),
            needs_words.gaps(place, brief=True),
        ],
        "sort": [
            place.area.name,
            place.rank,
            place.score.total,
            *shares,
            standing.low if standing else None,
            needs_words.gaps(place, brief=True),
        ],
        "missing": [1, 2, 3, 4, 5, 6] if standing is None else [],
    }


def _heading(found: Ranking, place: Place, paint: str) -> None:
    address = f"./{DISTRICT}?gebiet={escape(place.area.id)}"
    often = ""
    if place.standing:
        often = " " + _(
            "Unter den ersten {first} ist das Gebiet in {weights} der zufälligen Gewichtungen, und "
            "in {both} der Versuche, wenn auch der Zufall mitspielt."
        ).format(
            first=found.first,
            weights=needs_words.often(place.standing.weights),
            both=needs_words.often(place.standing.both),
        )
    said = f"{needs_words.placed(found, place)}.{often}"
    link = escape(_("Seite des Gebiets"))
    st.html(
        f'<div class="qp-figures"><div class="figure" style="border-color:{paint}">'
        f'<h2>{escape(place.area.name)}</h2><p class="sentence">{escape(said)} '
        f'<a href="{address}" target="_self">{link}</a></p></div></div>'
    )


def _contributions(found: Ranking, place: Place) -> list[dict[str, Any]]:
    """A row for each indicator, then the sum; printed contributions add up to the printed sum."""
    shown = standardised.printed(place.score.contributions)
    there = sum(part.weight for part, own, _f in _cells(found, place) if own is not None)
    rows = []
    for (part, own, figure), told in zip(_cells(found, place), shown, strict=True):
        decimals = part.view.indicator.decimals
        counts = own is not None and place.score.total is not None and there > 0
        cells = [
            part.view.indicator.short,
            remarks.signed(part.view, figure, unit=True),
            formats.quantity(part.city, part.view.indicator),
            needs_words.number(own),
            str(part.weight),
            f"{formats.number(100 * part.weight / there, 1)}{formats.NBSP}%" if counts else "–",
            needs_words.number(None if told is None else float(told)),
        ]
        sort = [
            cells[0],
            figure.value,
            formats.rounded(part.city, decimals),
            own,
            part.weight,
            part.weight if counts else None,
            None if told is None else float(told),
        ]
        missing = [1] if figure.value is None else []
        rows.append({"id": "", "kind": "", "cells": cells, "sort": sort, "missing": missing})
    total = needs_words.number(place.score.total)
    whole = str(sum(part.weight for part in found.components))
    cells = [_("Summe"), "", "", "", whole, "", total]
    sort = [cells[0], None, None, None, None, None, place.score.total]
    return [*rows, {"id": "", "kind": "yardstick", "cells": cells, "sort": sort}]


def _cells(found: Ranking, place: Place) -> list[tuple[Component, float | None, Figure]]:
    return list(zip(found.components, place.standards, place.figures, strict=True))


def _stand(part: Component) -> str:
    return formats.period(part.view.selection.period, part.view.indicator.reference)
