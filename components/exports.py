"""Views to take along: CSV, XLSX, PNG and SVG, each saying what it is and where it comes from."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
import vl_convert as vlc
import xlsxwriter

from components import change_rows
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
_PLAIN = {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}


def file_name(view: View, ending: str, part: str = "") -> str:
    """A name that says if it is internal, indicator, part (of a picture), level, time and release.

    Tables hold all periods, so their name says from when to when; so does that of a change.
    """
    periods = sorted(view.series["period"].to_list())
    span = view.selection.period if part else f"{periods[0][:4]}-{periods[-1][:4]}"
    if found := change_rows.comparison(view):
        part, span = "veraenderung", f"{found.before}_{found.after}"
    edition = "erst" if view.selection.first else ""
    parts = (view.indicator.id, part, view.level.id, span, edition, view.release)
    return f"{named(view.internal, *parts)}.{ending}"


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


def csv(view: View, link: str = "") -> bytes:
    """The table of a view as CSV; `link` leads back to it."""
    signed = [_("Zeichen: {signs}").format(signs="; ".join(remarks.key(view)))]
    lines = [
        *wording.footer(view, whole=True),
        *change_rows.notes(view),
        *caveats.sentences(view),
        *signed,
        *([link] if link else []),
    ]
    return separated(table(view), decimals(view), lines)


def separated(frame: pl.DataFrame, fixed: Mapping[str, int], lines: Sequence[str]) -> bytes:
    """Semicolons, decimal commas and a byte order mark: opens right in German Excel.

    `fixed` are the decimals of columns that have always the same, `lines` stand in every row. A
    text that a spreadsheet would take for a formula gets an apostrophe in front; the sign of an
    exact zero, a hyphen alone, is none.
    """
    frame = frame.with_columns(pl.lit(" | ".join(lines)).alias(_("Hinweise")))
    frame = frame.with_columns(pl.col(pl.String).str.replace(r"^([=+@\t\r]|-.)", "'${1}"))
    numbers = [name for name, kind in frame.schema.items() if kind == pl.Float64]
    texts = [
        pl.Series(name, [_comma(value, fixed.get(name)) for value in frame[name]], dtype=pl.String)
        for name in numbers
    ]
    text = frame.with_columns(texts).write_csv(
        separator=";", include_bom=True, quote_style="non_numeric"
    )
    return text.encode("utf-8")


def _comma(value: float | None, decimals: int | None) -> str | None:
    """A number for a German spreadsheet: no thousands dot, a comma, fixed or just its decimals."""
    if value is None:
        return None
    text = f"{value:.3f}".rstrip("0").rstrip(".") if decimals is None else f"{value:.{decimals}f}"
    return text.replace(".", ",")


def xlsx(view: View, link: str) -> bytes:
    """The table of a view as a workbook."""
    return workbook([(_("Werte"), table(view), decimals(view))], notes(view, link))


def workbook(
    sheets: Sequence[tuple[str, pl.DataFrame, Mapping[str, int]]],
    told: Sequence[tuple[str, str]],
) -> bytes:
    """A workbook with tables on its first sheets and everything about them on the last.

    `sheets` are names, tables and the decimals of their number columns, `told` pairs of name and
    text.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _PLAIN) as book:
        for name, frame, fixed in sheets:
            frame.write_excel(
                book,
                worksheet=name,
                column_formats={
                    column: "#,##0" + (f".{'0' * places}" if places else "")
                    for column, places in fixed.items()
                    if column in frame.columns
                },
                autofit=True,
                freeze_panes=(1, 0),
                table_style="Table Style Light 1",
            )
        sheet = book.add_worksheet(_("Hinweise"))
        bold, wrap = (
            book.add_format({"bold": True, "valign": "top"}),
            book.add_format({"text_wrap": True}),
        )
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 110)
        for line, (name, text) in enumerate(told):
            sheet.write_string(line, 0, name, bold)
            sheet.write_string(line, 1, text, wrap)
    return buffer.getvalue()


def notes(view: View, link: str) -> list[tuple[str, str]]:
    """What the second sheet says, as pairs of name and text."""
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
        (_("Link"), link),
    ]


def svg(spec: dict[str, Any]) -> bytes:
    """A picture's spec as SVG."""
    drawings.register()
    return vlc.vegalite_to_svg(spec, allowed_base_urls=[]).encode("utf-8")


def png(spec: dict[str, Any], scale: int = 1) -> bytes:
    """A picture's spec as PNG; a `scale` of 2 is twice as fine as the screen."""
    drawings.register()
    return vlc.vegalite_to_png(spec, scale=scale, allowed_base_urls=[])
