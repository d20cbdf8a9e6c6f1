"""An order by need to take along: tables and a picture, and what they rest on."""

from __future__ import annotations

from typing import Any

import polars as pl

from components import exports, needs_bars, pictures
from components.spreadsheets import Data, Sheet
from loaders import releases
from model import (
    formats,
    needs_method,
    needs_words,
    preset_files,
    remarks,
    standardised,
    status,
    wording,
)
from model.language import _
from model.ranking import Place, Ranking

_ROOM = 330
"""Pixels of a picture beside the bars: names left, numbers right."""


def name(title: str, release: releases.Release) -> str:
    """What the files are called: which setting, and the release."""
    return exports.named(release.internal, "bedarfe", preset_files.slug(title), release.id)


def rows(found: Ranking) -> pl.DataFrame:
    """A row for each area: place, score, contributions, robustness and what is missing."""
    shown = {p.area.id: standardised.printed(p.score.contributions) for p in found.places}
    places = found.places
    percent = {
        _("Erste {first}: andere Gewichte (%)"): "weights",
        _("Erste {first}: Zufall (%)"): "chance",
        _("Erste {first}: beides (%)"): "both",
    }
    return pl.DataFrame(
        {
            _("Platz"): pl.Series([place.rank for place in places], dtype=pl.Int64),
            _("Schlüssel"): [place.area.id for place in places],
            found.level.title: [place.area.name for place in places],
            _("Wert"): _numbers(
                None if p.score.total is None else formats.rounded(p.score.total, 2) for p in places
            ),
            **{
                _("Beitrag: {title}").format(title=part.view.indicator.short): _numbers(
                    None if (told := shown[p.area.id][i]) is None else float(told) for p in places
                )
                for i, part in enumerate(found.components)
            },
            **{
                title.format(first=found.first): _numbers(
                    formats.rounded(100 * getattr(p.standing, name), 2) if p.standing else None
                    for p in places
                )
                for title, name in percent.items()
            },
            _("Plätze (90 %)"): [needs_words.span(place) for place in places],
            _("Einordnung"): [_standing(place) for place in places],
            _("Fehlende Zahlen"): [needs_words.lacking(found, place) for place in places],
        }
    )


def values(found: Ranking) -> pl.DataFrame:
    """A row for each area and indicator: value, reference, standardised value, weight."""
    cells = [
        (place, part, figure, own)
        for place in found.places
        for part, figure, own in zip(found.components, place.figures, place.standards, strict=True)
    ]
    return pl.DataFrame(
        {
            _("Schlüssel"): [place.area.id for place, *_rest in cells],
            found.level.title: [place.area.name for place, *_rest in cells],
            _("Indikator"): [part.view.indicator.title for _p, part, *_rest in cells],
            _("Einheit"): [part.view.indicator.unit for _p, part, *_rest in cells],
            _("Zeitpunkt"): [part.view.selection.period for _p, part, *_rest in cells],
            _("Wert"): _numbers(
                None
                if figure.value is None
                else formats.rounded(figure.value, part.view.indicator.decimals)
                for _p, part, figure, _own in cells
            ),
            _("Status"): [status.words(figure.status) for _p, _part, figure, _own in cells],
            _("Stadt"): _numbers(
                formats.rounded(part.city, part.view.indicator.decimals)
                for _p, part, *_rest in cells
            ),
            _("Standardabweichung"): _numbers(
                formats.rounded(part.deviation, 3) for _p, part, *_rest in cells
            ),
            _("Standardisiert"): _numbers(
                None if own is None else formats.rounded(own, 2) for *_rest, own in cells
            ),
            _("Gewicht"): [part.weight for _p, part, *_rest in cells],
        }
    )


def data(found: Ranking, title: str) -> Data:
    """The order and the values behind it for spreadsheets."""
    frame = rows(found)
    fixed = {name: 2 for name, kind in frame.schema.items() if kind == pl.Float64}
    sheets = (Sheet(_("Reihenfolge"), frame, fixed), Sheet(_("Werte"), values(found)))
    return Data(sheets, tuple(notes(found, title)))


def still(found: Ranking, chosen: tuple[str, ...] = (), slim: bool = False) -> pictures.Still:
    """The chart with its key standing still; its lines tell weights and sources.

    A `slim` one leaves out how often areas are among the first.
    """
    city = found.components[0].view.city.name
    chance = _("Beiträge zum Wert; rechts der Wert, und wie oft unter den ersten {first}")
    return pictures.Still(
        needs_bars.printed(found, chosen, slim),
        pictures.WIDTH - _ROOM,
        (*_weights(found), *_sources(found)),
        (chance.format(first=found.first), f"{city}, {found.level.plural}"),
    )


def notes(found: Ranking, title: str) -> list[tuple[str, str]]:
    """What is to be known of the tables, as pairs of name and text."""
    return [
        (_("Vorlage"), title),
        (_("Kurz gesagt"), needs_words.leading(found)),
        *((_("Gewicht"), line) for line in _weights(found)),
        *(
            (_("Definition"), f"{one.title}, {one.unit}. {one.definition}")
            for one in (part.view.indicator for part in found.components)
        ),
        *((_("Warnung"), line) for line in needs_words.overlaps(found)),
        *((_("Rechenweg"), line) for line in needs_method.paragraphs(found)),
        *((_("Herkunft"), line) for line in _sources(found)),
    ]


def _standing(place: Place) -> str:
    if place.rank is None:
        return _("nicht einzuordnen")
    return _("eingeordnet") if place.score.complete else _("Platz unsicher, Zahlen fehlen")


def _weights(found: Ranking) -> list[str]:
    """For each indicator its weight, reference date, base and source."""
    return [
        " · ".join(
            (
                f"{part.view.indicator.title}: {part.weight} ({formats.number(share, 1)} %)",
                formats.stand(part.view.selection.period, part.view.indicator.reference),
                "; ".join(part.view.origin.bases),
                "; ".join(source.title for source in part.view.origin.sources),
            )
        )
        for part in found.components
        for share in (found.share(part),)
    ]


def _sources(found: Ranking) -> list[str]:
    """What all indicators have in common to say: release, licences, protection, model values."""
    views = [part.view for part in found.components]
    city = views[0].city
    licences = dict.fromkeys(s.licence for view in views for s in view.origin.sources)
    month = formats.month(city.edition)
    return [
        *([wording.INTERNAL] if views[0].internal else []),
        _("Datenstand: {month} ({release})").format(month=month, release=views[0].release),
        _("Lizenz: {licences}").format(licences="; ".join(licences)),
        *dict.fromkeys(line for view in views for line in remarks.protection(view)),
        *(
            [wording.modelled_note(city, any(view.origin.published for view in views))]
            if any(view.origin.modelled for view in views)
            else []
        ),
    ]


def _numbers(found: Any) -> pl.Series:
    return pl.Series(list(found), dtype=pl.Float64)
