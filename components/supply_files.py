"""Need and supply of each area to take along."""

from __future__ import annotations

import polars as pl

from components import exports, supply_table, supplying
from components.spreadsheets import Data, Sheet
from loaders.supply import Picture
from model import formats, remarks, status, supply, verdicts, wording
from model.language import _
from model.supply import Row
from model.view import Figure, View


def data(picture: Picture) -> Data:
    """The table for spreadsheets."""
    sheet = Sheet(_("Werte"), frame(picture), _decimals(picture))
    return Data((sheet,), tuple(notes(picture)))


def name(picture: Picture) -> str:
    """What the files are called: kind of facility, need and release."""
    need = picture.need
    parts = (supplying.PAGE, picture.kind.id, need.indicator.id, need.release)
    return exports.named(need.internal, *parts)


def frame(picture: Picture) -> pl.DataFrame:
    """A row for each area and the city; numbers are numbers, why one is missing stands beside."""
    found = picture.rows
    own = [row.supply for row in found]
    need, places = picture.need.indicator, picture.supply
    columns: dict[str, pl.Series] = {
        _("Schlüssel"): _texts([row.area.id for row in found]),
        _("Gebiet"): _texts([row.area.name for row in found]),
        need.title: _numbers([_rounded(row.need, picture.need) for row in found]),
        _("Status Bedarf"): _texts([status.words(row.need.status) for row in found]),
        _("Bedarf zur Stadt"): _texts([_word(picture, row) for row in found]),
        picture.kind.plural: pl.Series([row.count for row in found], dtype=pl.Int64),
    }
    if places:
        columns |= {
            _("Plätze"): _numbers([figure.numerator if figure else None for figure in own]),
            picture.kind.served: _numbers(
                [figure.denominator if figure else None for figure in own]
            ),
            _("Plätze je 100"): _numbers([_rounded(figure, places) for figure in own]),
            _("Status Angebot"): _texts(
                [status.words(figure.status if figure else "not_collected") for figure in own]
            ),
        }
    if picture.metres:
        columns[supply_table.ground(picture)] = _numbers(
            [None if row.share is None else 100 * row.share for row in found]
        )
    columns[_("Gruppe")] = _texts([supply_table.group(picture, row) for row in found])
    return pl.DataFrame(columns)


def notes(picture: Picture) -> list[tuple[str, str]]:
    """What the table means and where its numbers come from."""
    views = [picture.need, *([picture.supply] if picture.supply else [])]
    return [
        (_("Bedarf"), picture.need.indicator.definition),
        *([(_("Angebot"), picture.supply.indicator.definition)] if picture.supply else []),
        *((_("Hinweis"), text) for text in supply_table.cautions(picture)),
        *((_("Herkunft"), line) for view in views for line in wording.footer(view)),
        *((_("Zeichen"), line) for line in remarks.key(picture.need)),
    ]


def _rounded(figure: Figure | None, view: View) -> float | None:
    if figure is None or figure.value is None:
        return None
    return formats.rounded(figure.value, view.indicator.decimals)


def _decimals(picture: Picture) -> dict[str, int]:
    found = {picture.need.indicator.title: picture.need.indicator.decimals}
    if picture.supply:
        found[_("Plätze je 100")] = picture.supply.indicator.decimals
    return found | {supply_table.ground(picture): supply.SHARE_DECIMALS}


def _texts(values: list[str]) -> pl.Series:
    return pl.Series(values, dtype=pl.String)


def _numbers(values: list[float | None]) -> pl.Series:
    return pl.Series(values, dtype=pl.Float64)


def _word(picture: Picture, row: Row) -> str:
    return verdicts.against(row.word) if row.area.level == picture.need.level.id else ""
