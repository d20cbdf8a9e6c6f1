"""Checks on cells as read, while file, sheet, row and column are still known."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from model.catalog import BREAKDOWNS, TOTAL, Catalog
from prepare import counts, sheets
from prepare.findings import Finding
from prepare.wide import DIMENSIONS

_SIGN = "Das Zeichen im Rezept unter [signs] erklären oder die Zelle berichtigen."
_NO_NUMBER = (
    # Rule, pattern, what is wrong with the text, what to do. The first that fits counts.
    (
        "cell_formula_error",
        r"#(?:DIV/0!|BEZUG!|REF!|WERT!|VALUE!|NAME\?|ZAHL!|NUM!|NV|N/A|NULL!|ÜBERLAUF!|SPILL!"
        r"|KALK!|CALC!|DATEN|FEHLER)|Err:\d{3}",
        "ist der Fehler einer Formel",
        "Formel in der Datei berichtigen und neu speichern, oder die Zahl selbst eintragen.",
    ),
    (
        "cell_date",
        r"\d{4}-\d\d-\d\d(?: .*)?|\d{1,2}\.\d{1,2}\.(?:\d\d|\d{4})|\d{1,2}\. ?[A-Z][a-z]{2}",
        "ist ein Datum, wo eine Zahl stehen muss; Excel macht aus 3.1 oder 3-1 den 3. Januar",
        "Spalte als Zahl formatieren und den Wert neu eintragen.",
    ),
    (
        "cell_footnote",
        r"[+\-]?\d[\d. ]*(?:,\d+)?\s*(?:[¹²³⁴-⁹*†‡]+|\(?[a-z\d]\)|\[\w\])",
        "trägt ein Fußnotenzeichen",
        "Zahl und Fußnote trennen; das Zeichen gehört in eine eigene Spalte.",
    ),
    (
        "cell_no_number",
        r"[+\-]?\d{1,3}(?:\.\d+)+",
        "sieht nach Tausendergruppen aus, denen Ziffern fehlen, oder nach einem Dezimalpunkt",
        "Mit vollen Dreiergruppen (1.640) oder Dezimalkomma (1,64) schreiben; bei Dezimalpunkten "
        'im Rezept decimal = "." erklären.',
    ),
    (
        "cell_no_number",
        r"[+\-]?[\dOoIl|., ]*[OoIl|][\dOoIl|., ]*",
        "enthält einen Buchstaben statt einer Ziffer (O statt 0, l oder I statt 1)",
        "Den Buchstaben durch die Ziffer ersetzen.",
    ),
    (
        "cell_no_number",
        r"[+\-]?\d[\d., ]*\s*[^\d., ]+",
        "hängt an die Zahl eine Einheit oder ein Zeichen",
        "Nur die Zahl eintragen; die Einheit gehört in den Kopf.",
    ),
    ("cell_no_number", r".*", "ist weder eine Zahl noch ein vereinbartes Zeichen", _SIGN),
)
_CONTINUOUS = frozenset(
    {"km²", "m²", "ha", "km", "m", "%", "€", "Euro", "EUR", "Tsd. €", "Jahre", "Stunden", "kWh"}
)
_FEW = 0.1
"""Above this share of its numbers a table has no usual count of decimal places."""
_BALANCE = r"(?i)saldo|differenz|veränderung|überschuss|bilanz"


def findings(cells: pl.DataFrame, catalog: Catalog, added: Sequence[int] = ()) -> list[Finding]:
    """All findings on cells with file, sheet, table, row, column, text, value, status and keys.

    In the tables of the numbers `added`, rows of one count were parts; what is left of those are
    parts without a value.
    """
    parts = pl.col("table").is_in(added) & pl.col("status").is_null()
    return (
        _no_value(cells)
        + _breakdowns(cells, catalog)
        + _doubled(cells.filter(~parts))
        + _impossible(cells, catalog)
    )


def _finding(rule: str, row: Mapping[str, Any], message: str, remedy: str) -> Finding:
    place = sheets.place(row["sheet"], row["row"], row["column"])
    told = (row["sheet"], row["row"], row["column"], row["text"])
    return Finding(rule, row["file"], place, message, remedy, *told)


def _no_value(cells: pl.DataFrame) -> list[Finding]:
    """Cells that are neither a number nor a declared sign."""
    wrong = cells.filter(pl.col("status").is_null())
    return [
        _finding(
            "cell_blank",
            row,
            "Die Zelle ist leer.",
            'Wert oder Zeichen eintragen, oder im Rezept unter [signs] "" erklären.',
        )
        if row["text"] is None
        else _no_number(row)
        for row in wrong.to_dicts()
    ]


def _no_number(row: Mapping[str, Any]) -> Finding:
    """What kind of text stands where a number must be."""
    text = row["text"].strip()
    rule, _, what, remedy = next(kind for kind in _NO_NUMBER if re.fullmatch(kind[1], text))
    return _finding(rule, row, f'"{text}" {what}.', remedy)


def mixed_suffix(cells: pl.DataFrame, suffix: str) -> list[Finding]:
    """The first number of a table without the suffix that others have: 0,53 beside 45 %."""
    numbers = cells.filter(pl.col("value").is_not_null())
    having = pl.col("text").str.contains(suffix, literal=True)
    bare = numbers.filter(~having & (pl.col("value") != 0)).sort("row", "column")
    if bare.is_empty() or not numbers.filter(having).height:
        return []
    return [
        _finding(
            "suffix_mixed",
            row,
            f'"{row["text"]}" steht ohne "{suffix}", andere Zahlen der Tabelle mit '
            f"({bare.height} Zellen so).",
            "Prüfen, ob alle Zahlen dieselbe Einheit haben; Prozentformate liefern 0,53 statt 53.",
        )
        for row in bare.head(1).to_dicts()
    ]


def mixed_decimals(cells: pl.DataFrame, decimal: str) -> list[Finding]:
    """Numbers with fewer decimal places than nearly all others of a table with a suffix.

    "45%" below "47,50%" may have lost its places; the file cannot tell.
    """
    text = pl.col("text")
    places = text.str.extract(rf"{re.escape(decimal)}(\d+)").str.len_chars().fill_null(0)
    written = pl.col("value").is_not_null() & text.str.contains(r"\d")
    numbers = cells.filter(written).with_columns(places=places)
    usual = max(numbers["places"].mode().to_list(), default=0)
    few = numbers.filter(pl.col("places") < usual).sort("row", "column")
    if few.height > _FEW * numbers.height:
        return []
    return [
        _finding(
            "decimals_mixed",
            row,
            f'"{row["text"]}" hat weniger Nachkommastellen als die übrigen Zahlen der Tabelle '
            f"({usual}).",
            "Den vollen Wert nachfordern; er wurde vielleicht gerundet oder abgeschnitten.",
        )
        for row in few.to_dicts()
    ]


def _breakdowns(cells: pl.DataFrame, catalog: Catalog) -> list[Finding]:
    """Categories for a measure that does not have that breakdown; the first cell of each file."""
    wrong = []
    for breakdown in BREAKDOWNS:
        having = [m.id for m in catalog.city.measures if breakdown in m.breakdowns]
        first = cells.filter(
            (pl.col(breakdown) != TOTAL) & ~pl.col("measure").is_in(having)
        ).unique(["file", "measure"], keep="first", maintain_order=True)
        wrong += [(breakdown, row) for row in first.to_dicts()]
    return [
        _finding(
            "breakdown_missing",
            row,
            f'Die Messgröße "{row["measure"]}" hat das Merkmal "{breakdown}" nicht.',
            "In measures.toml breakdowns ergänzen oder das Rezept berichtigen.",
        )
        for breakdown, row in wrong
    ]


def _doubled(cells: pl.DataFrame) -> list[Finding]:
    """The same count twice in one table: a doubled row or column."""
    keys = ["file", "sheet", "table", "area", "period", *DIMENSIONS]
    return [
        _finding(
            "cell_doubled",
            row,
            f"Gebiet {row['area']}, {row['period']}, {row['measure']} steht schon weiter oben.",
            "Doppelte Zeile oder Spalte löschen.",
        )
        for row in cells.filter(~pl.struct(keys).is_first_distinct()).to_dicts()
    ]


def _impossible(cells: pl.DataFrame, catalog: Catalog) -> list[Finding]:
    """Values no count and no share can have."""
    counted = [m.id for m in catalog.city.measures if m.additive and m.unit not in _CONTINUOUS]
    balances = [m.id for m in catalog.city.measures if re.search(_BALANCE, m.title)]
    shares = [m.id for m in catalog.city.measures if not m.additive and m.unit == "%"]
    is_count, value = pl.col("measure").is_in(counted), pl.col("value")
    kinds = (
        (
            "count_fractional",
            is_count & (value != value.round()),
            "Die Messgröße zählt ganze Einheiten, der Wert hat Nachkommastellen.",
            "Ganze Zahl liefern; bei verlorenen Tausenderpunkten (1.234 als 1,234) die Spalte "
            "als Zahl formatieren.",
        ),
        (
            "count_negative",
            is_count & ~pl.col("measure").is_in(balances) & (value < 0),
            "Eine Zählung kann nicht negativ sein.",
            'Vorzeichen prüfen; ein Strich für "nichts vorhanden" steht allein in der Zelle.',
        ),
        (
            "share_out_of_range",
            pl.col("measure").is_in(shares) & ~value.is_between(0, 100),
            "Ein Anteil in Prozent liegt zwischen 0 und 100.",
            "Dezimalkomma und Einheit prüfen.",
        ),
    )
    return [
        _finding(rule, row, f"{row['measure']} = {_written(row)}: {message}", remedy)
        for rule, wrong, message, remedy in kinds
        for row in cells.filter(wrong).to_dicts()
    ]


def _written(row: Mapping[str, Any]) -> str:
    """The text of a cell; of rows added up, which have none, their sum."""
    return row["text"] or counts.number(row["value"])
