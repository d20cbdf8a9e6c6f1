"""Need and supply of each area as a table to read and to take along."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from components import plate_tables, tables
from components.supplying import distance
from loaders.supply import Picture
from model import caveats, formats, status, supply
from model.catalog import Indicator
from model.language import _
from model.supply import Row
from model.supply_links import Setting
from model.view import Figure, View


def show(picture: Picture, chosen: Setting, on_choose: Callable[[str], None]) -> None:
    """All areas with the city; a press on an area chooses it."""
    tables.show("angebot_tabelle", table(picture, chosen), on_choose)


def table(picture: Picture, chosen: Setting) -> dict[str, Any]:
    """A row for each area; marked ones and the chosen one are set off."""
    whys: dict[tuple[str, str], str] = {}
    level = picture.need.level
    marked = supply.members(picture.rows, "both", level.id) if chosen.marked else ()
    return {
        "caption": caption(picture),
        "columns": [
            {"title": level.title},
            *_columns(picture),
            {"title": _("Im Vergleich mit der Stadt"), "line": True},
        ],
        "rows": [_row(picture, row, whys) for row in picture.rows],
        "chosen": [*(area.id for area in marked), *([chosen.area] if chosen.area else [])],
        "height": tables.height(picture.need),
        "whys": {key: {"words": words, "text": text} for (words, text), key in whys.items()},
    }


def caption(picture: Picture) -> str:
    """What is held against what."""
    return _("{plural}: Bedarf und Angebot, {level}").format(
        plural=picture.kind.plural, level=picture.need.level.plural
    )


def cautions(picture: Picture) -> list[str]:
    """What has to be said of every number of the table."""
    said = []
    if picture.supply:
        said.append(supply.elsewhere())
    if picture.metres:
        said.append(
            _(
                "Reichweite: der Teil der Fläche, der höchstens {distance} Luftlinie von einer "
                "Einrichtung dieser Art entfernt ist; auch solche in Nachbargebieten zählen. "
                "Das ist ein Anteil der Fläche, nicht der Kinder: Wo sie wohnen, ist hier nicht "
                "bekannt. Wege, Brücken und Flüsse sind nicht berücksichtigt."
            ).format(distance=distance(picture.metres))
        )
    said.append(
        _(
            "Höherer Bedarf: Der Wert weicht um mindestens ein Zehntel von der Stadt ab (bei "
            "Anteilen über 50 %: ein Zehntel dessen, was auf 100 % fehlt), und das ist mehr, als "
            "der Zufall erklärt (von allen solchen Gebieten höchstens 5 % zu Unrecht). "
            "Weniger Angebot: {what} als in der ganzen Stadt."
        ).format(what=_less(picture))
    )
    said += _direction(picture.need.indicator)
    said.append(caveats.NO_CAUSE)
    return [*said, *caveats.modelled([picture.need])]


def _direction(indicator: Indicator) -> list[str]:
    """Which end of an indicator is taken for more need, where that is not plain."""
    if indicator.direction == "less":
        return [_("Bei diesem Indikator steht ein niedriger Wert für mehr Bedarf.")]
    if indicator.direction == "neutral":
        return [
            _(
                "Dieser Indikator sagt nicht, ob ein hoher Wert mehr Bedarf heißt. Hier ist ein "
                "hoher Wert als mehr Bedarf gerechnet, weil Sie ihn dafür gewählt haben."
            )
        ]
    return []


def _less(picture: Picture) -> str:
    if picture.supply:
        return _("weniger Plätze je 100 {whom}").format(whom=picture.kind.served)
    return _("ein kleinerer Teil der Fläche in Reichweite")


def _columns(picture: Picture) -> list[dict[str, Any]]:
    """Heads of the number columns; a phone has room for the unit of the need alone."""
    need, served = picture.need, picture.kind.served
    stand = formats.period(need.selection.period, need.indicator.reference)
    head = f"{need.indicator.short}, {need.indicator.unit} ({stand})"
    brief = _("Bedarf, {unit}").format(unit=need.indicator.unit)
    heads: list[dict[str, Any]] = [{"title": head, "brief": brief}, {"title": picture.kind.plural}]
    if picture.supply:
        told = picture.supply.selection.period
        stand = formats.period(told, picture.supply.indicator.reference)
        heads += [{"title": f"{_('Plätze')} ({stand})"}, {"title": f"{served} ({stand})"}]
        own = picture.supply.indicator
        heads.append({"title": own.base, "brief": own.short})
    if picture.metres:
        heads.append({"title": ground(picture)})
    return [{**head, "number": True} for head in heads]


def ground(picture: Picture) -> str:
    """The head of the column of ground within reach."""
    return _("Fläche in Reichweite ({distance} Luftlinie), %").format(
        distance=distance(picture.metres)
    )


def _row(picture: Picture, row: Row, whys: dict[tuple[str, str], str]) -> dict[str, Any]:
    need, places = picture.need, picture.supply
    cells = [plate_tables.cell(need, row.need), formats.number(row.count)]
    sort: list[float | str | None] = [row.need.value, row.count]
    reasons = [plate_tables.why(need, row.need), None]
    if places:
        own = row.supply
        cells += [_count(places, own, "numerator"), _count(places, own, "denominator")]
        cells.append(plate_tables.cell(places, own))
        sort += [own.numerator, own.denominator, own.value] if own else [None] * 3
        reasons += [None, None, plate_tables.why(places, own)]
    if picture.metres:
        cells.append(_share(picture, row))
        sort.append(row.share)
        reasons.append(_why_share(picture, row))
    said = group(picture, row)
    return {
        "id": row.area.id if row.area.level == need.level.id else "",
        "kind": "" if row.area.level == need.level.id else "yardstick",
        "cells": [row.area.name, *cells, said],
        "sort": [row.area.name, *sort, said],
        "missing": [i + 1 for i, value in enumerate(sort) if value is None],
        "why": {
            i + 1: whys.setdefault(reason, str(len(whys)))
            for i, reason in enumerate(reasons)
            if reason
        },
    }


def _count(view: View, figure: Figure | None, name: str) -> str:
    """Places or children, else the sign of its own reason."""
    value = getattr(figure, name) if figure else None
    if value is not None:
        return formats.plain(value)
    reason = getattr(figure, f"{name}_status") if figure else None
    return view.sign([reason or "not_collected"])


def _share(picture: Picture, row: Row) -> str:
    if row.share is None:
        return picture.need.sign(["not_collected"])
    shown = formats.number(100 * row.share, supply.SHARE_DECIMALS)
    return f"{shown} {picture.need.sign(['modelled'])}" if picture.modelled else shown


def _why_share(picture: Picture, row: Row) -> tuple[str, str] | None:
    """What a press on the sign of a share says."""
    if row.share is None:
        text = _("Von mindestens einer Einrichtung dieser Art ist die Lage nicht bekannt.")
        return status.words("not_collected"), text
    kind = "modelled"
    return (status.words(kind), status.reason(kind)) if picture.modelled else None


def group(picture: Picture, row: Row) -> str:
    """The group of an area in words; none of the city."""
    return supply.name(row.group) if row.area.level == picture.need.level.id else ""
