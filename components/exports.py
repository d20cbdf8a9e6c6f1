"""Views to take along: CSV, XLSX, PNG and SVG, each saying what it is and where it comes from."""

from __future__ import annotations

import io
import re
from typing import Any

import polars as pl
import vl_convert as vlc
import xlsxwriter

from model import formats, status, wording
from model.language import _
from model.view import View


def file_name(view: View, ending: str, part: str = "") -> str:
    """A name that says indicator, area level, period and release: no two views share one."""
    parts = [view.indicator.id, part, view.level.id, view.selection.period, view.release]
    return "_".join(re.sub(r"[^a-z0-9_.-]+", "-", p.lower()) for p in parts if p) + f".{ending}"


def rows(view: View) -> pl.DataFrame:
    """All areas and periods of the view's level and yardsticks, one row each.

    Signs and status stand in columns of their own, so that the value column holds numbers only.
    """
    levels = [view.level.id, *dict.fromkeys(figure.area.level for figure in view.yardsticks)]
    return (
        view.series.filter(pl.col("level").is_in(levels))
        .sort("level", "area", "period")
        .select(
            pl.col("level").alias(_("Raumebene")),
            pl.col("area").alias(_("Schlüssel")),
            pl.col("name").alias(_("Gebiet")),
            pl.col("period").alias(_("Zeitpunkt")),
            pl.lit(view.indicator.title).alias(_("Indikator")),
            pl.lit(view.indicator.unit).alias(_("Einheit")),
            pl.col("value")
            .map_elements(
                lambda v: formats.rounded(v, view.indicator.decimals), return_dtype=pl.Float64
            )
            .alias(_("Wert")),
            pl.col("status").map_elements(status.sign, return_dtype=pl.String).alias(_("Zeichen")),
            pl.col("status").map_elements(status.words, return_dtype=pl.String).alias(_("Status")),
        )
    )


def csv(view: View) -> bytes:
    """Semicolons, decimal commas and a byte order mark: opens right in German Excel."""
    notes = " | ".join(wording.footer(view))
    frame = rows(view).with_columns(pl.lit(notes).alias(_("Hinweise")))
    text = frame.write_csv(separator=";", decimal_comma=True, include_bom=True)
    return text.encode("utf-8")


def xlsx(view: View, link: str) -> bytes:
    """A workbook with the figures on the first sheet and everything about them on the second."""
    buffer = io.BytesIO()
    places = "0" * view.indicator.decimals
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_urls": False}) as book:
        frame = rows(view)
        frame.write_excel(
            book,
            worksheet=_("Werte"),
            column_formats={_("Wert"): "#,##0" + (f".{places}" if places else "")},
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
        for line, (name, text) in enumerate(notes(view, link)):
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
        *((_("Herkunft"), line) for line in wording.footer(view)),
        *((_("Veröffentlichte Angabe"), line) for line in wording.citations(view)),
        (
            _("Zeichen"),
            ", ".join(f"{status.sign(s)} {status.words(s)}" for s in sorted(status.MISSING)),
        ),
        (_("Link"), link),
    ]


def svg(spec: dict[str, Any]) -> bytes:
    """A picture's spec as SVG."""
    return vlc.vegalite_to_svg(spec, allowed_base_urls=[]).encode("utf-8")


def png(spec: dict[str, Any]) -> bytes:
    """A picture's spec as PNG, twice as fine as the screen."""
    return vlc.vegalite_to_png(spec, scale=2, allowed_base_urls=[])
