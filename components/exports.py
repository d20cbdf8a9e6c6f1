"""A theme's view as a table to take along, the names of files, and drawings as SVG."""

from __future__ import annotations

import re
from typing import Any

import polars as pl
import vl_convert as vlc

from components import change_rows
from components.spreadsheets import Data, Sheet
from documents import drawings
from model import (
    before_after,
    caveats,
    changes,
    formats,
    remarks,
    signs,
    status,
    wording,
)
from model.language import _
from model.view import View

VALUE = _("Wert")
FIRST = _("Zuerst veröffentlicht")
_COUNT = 3
"""Decimals a count may have: square kilometres do."""
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def file_name(view: View, part: str = "") -> str:
    """The name of a file without its ending: indicator, part (of a picture), level, time, release.

    Tables hold all periods, so their name says from when to when; so does that of a change.
    """
    periods = sorted(view.series["period"].to_list())
    span = view.selection.period if part else f"{periods[0][:4]}-{periods[-1][:4]}"
    if found := change_rows.comparison(view):
        part, span = "veraenderung", f"{found.before}_{found.after}"
    edition = "erst" if view.selection.first else ""
    parts = (view.indicator.id, part, view.level.id, span, edition, view.release)
    return named(view.internal, *parts)


def named(internal: bool, *parts: str) -> str:
    """The name of a file without its ending: if it is internal, and its parts in plain letters."""
    told = ("intern" if internal else "", *parts)
    plain = [part.lower().translate(_UMLAUTS) for part in told if part]
    return "_".join(re.sub(r"[^a-z0-9_.-]+", "-", part).strip("-") for part in plain)


def table(view: View) -> pl.DataFrame:
    """What a file of the view holds: its series, or how the areas changed."""
    comparison = change_rows.comparison(view)
    return change_rows.rows(view, comparison) if comparison else rows(view)


def decimals(view: View) -> dict[str, int]:
    """With how many decimals the number columns of the table are told; counts have their own."""
    fixed = dict.fromkeys((VALUE, FIRST, *change_rows.VALUES), view.indicator.decimals)
    return fixed | dict.fromkeys(change_rows.AMOUNTS, changes.decimals(view.indicator))


def rows(view: View) -> pl.DataFrame:
    """All areas and periods of the view's level and yardsticks, one row each.

    Signs, status and the source of a published figure stand in columns of their own, so that
    the value column holds numbers only. Values are rounded as they are shown. What was published
    first and where series break have columns where there is anything to tell.
    """
    cited = {(cited.area.id, cited.period): cited.source for cited in view.citations}
    found = view.series.sort("level", "area", "period")
    again = found["first"].is_not_null().any()
    return found.select(
        pl.col("level").alias(_("Raumebene")),
        pl.col("area").alias(_("Schlüssel")),
        pl.col("name").alias(_("Gebiet")),
        pl.col("period").alias(_("Zeitpunkt")),
        pl.lit(view.indicator.title).alias(_("Indikator")),
        pl.lit(view.indicator.unit).alias(_("Einheit")),
        _rounded("value", view.indicator.decimals).alias(VALUE),
        pl.Series(
            _("Zeichen"),
            [view.sign(view.row_kinds(row)) for row in found.iter_rows(named=True)],
            dtype=pl.String,
        ),
        *([_rounded("first", view.indicator.decimals).alias(FIRST)] if again else []),
        *(
            (
                pl.col("numerator").alias(_("Zähler")),
                _signs(view, found, "numerator").alias(_("Zeichen Zähler")),
                pl.col("denominator").alias(_("Nenner")),
                _signs(view, found, "denominator").alias(_("Zeichen Nenner")),
            )
            if view.indicator.denominator
            else ()
        ),
        pl.col("status").map_elements(status.words, return_dtype=pl.String).alias(_("Status")),
        pl.Series(
            _("Veröffentlicht in"),
            [cited.get(key, "") for key in found.select("area", "period").iter_rows()],
            dtype=pl.String,
        ),
        *([_breaks(view, found)] if any(b.interrupts for b in view.breaks) else []),
    )


def _signs(view: View, found: pl.DataFrame, count: str) -> pl.Series:
    """The signs of numerators or denominators; a count nobody tells of was not collected."""
    return pl.Series(
        [
            view.sign(
                signs.kinds(
                    row[f"{count}_status"] or "not_collected",
                    row[count],
                    _COUNT,
                    rounded=view.safeguard.rounds(row["level"]),
                )
            )
            for row in found.iter_rows(named=True)
        ],
        dtype=pl.String,
    )


def _rounded(column: str, decimals: int) -> pl.Expr:
    return pl.col(column).map_elements(
        lambda value: formats.rounded(value, decimals), return_dtype=pl.Float64
    )


def _breaks(view: View, found: pl.DataFrame) -> pl.Series:
    """What interrupts a series, in its first row afterwards."""
    told: list[str] = []
    last: tuple[str, int] = ("", 0)
    for area, period in found.select("area", "period").iter_rows():
        year = int(period[:4])
        since = last[1] if last[0] == area else year
        here = [b for b in view.breaks if b.interrupts and b.concerns(area)]
        here = [b for b in here if since < b.year <= year]
        told.append("; ".join(caveats.label(view, b) for b in here))
        last = (area, year)
    return pl.Series(_("Umbruch"), told, dtype=pl.String)


def data(view: View) -> Data:
    """The table of a view for spreadsheets."""
    signed = _("Zeichen: {signs}").format(signs="; ".join(remarks.key(view)))
    return Data(
        sheets=(Sheet(_("Werte"), table(view), decimals(view)),),
        notes=tuple(notes(view)),
        lines=(
            *wording.footer(view, whole=True),
            *change_rows.notes(view),
            *caveats.sentences(view),
            signed,
        ),
        name=file_name(view),
    )


def notes(view: View) -> list[tuple[str, str]]:
    """What the last sheet says, as pairs of name and text."""
    indicator = view.indicator
    return [
        (_("Indikator"), indicator.title),
        (_("Einheit"), f"{indicator.unit} ({indicator.base})"),
        (_("Definition"), indicator.definition),
        (_("Was wird gezählt?"), indicator.counted),
        (_("Warum wichtig?"), indicator.why),
        (_("Was beachten?"), indicator.caution),
        (_("Raumebene"), view.level.plural),
        *((_("Herkunft"), line) for line in wording.footer(view, whole=True)),
        *((_("Veränderung"), line) for line in change_rows.notes(view)),
        *((_("Reihe"), line) for line in caveats.sentences(view)),
        *((_("Ereignis"), line) for line in before_after.sentences(view)),
        *((_("Veröffentlichte Angabe"), line) for line in wording.citations(view)),
        *((_("Zeichen"), line) for line in remarks.key(view)),
        *((_("Geheimhaltung"), line) for line in remarks.rules(view)),
    ]


def svg(spec: dict[str, Any]) -> bytes:
    """A picture's spec as SVG."""
    drawings.register()
    return vlc.vegalite_to_svg(spec, allowed_base_urls=[]).encode("utf-8")
