"""Figures and claims that texts refer to, held against the cells that are told."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import polars as pl

from model import formats, status
from model.catalog import ZONE, Indicator
from prepare import claims, prose
from prepare.findings import Finding, nearest
from prepare.prose import Reference
from prepare.told_cells import CITY, Told
from prepare.told_cells import Cells as Cells

_AS_FIGURE = "Als Verweis schreiben: [Zahl](zahl:indikator?gebiet=...&zeit=...)."
_AS_CLAIM = (
    "Als Verweis schreiben: [höher](vergleich:indikator?gebiet=...&zeit=...), "
    "[gestiegen](vergleich:indikator?gebiet=...&seit=...&zeit=...)."
)
_PARTS = {"wert": "value", "zaehler": "numerator", "nenner": "denominator"}
_KEYS = {prose.FIGURE: ("gebiet", "zeit", "was"), prose.CLAIM: ("gebiet", "zeit", "seit")}


def findings(markdown: str, name: str, cells: Cells, above: int = 0) -> list[Finding]:
    """All that is wrong with the figures of a text; `above` are the lines of the file before it."""
    found = [
        (own.line, _told(own, *wrong))
        for own in prose.references(markdown)
        if (wrong := _wrong(own, cells))
    ]
    found += [
        (line, ("text_figure_typed", f"Die Zahl {figure} ist getippt.", _AS_FIGURE))
        for line, figure in prose.typed_figures(markdown)
    ]
    found += [
        (line, ("text_claim_typed", f'Im Satz "{sentence}": "{word}" ist getippt.', _AS_CLAIM))
        for line, word, sentence in prose.typed_words(markdown, claims.CLEAR)
    ]
    return [
        Finding(rule, name, f"Zeile {line + above}", message, remedy)
        for line, (rule, message, remedy) in sorted(found, key=lambda one: one[0])
    ]


def address(own: Reference, cells: Cells) -> str:
    """The view a reference is of, as an address below the application."""
    asked = dict(own.details)
    area = cells.id(asked["gebiet"])
    level = cells.levels[area]
    query = {
        "indikator": own.indicator,
        "ebene": cells.catalog.city.default_level if level == ZONE else level,
        "zeit": asked["zeit"],
        "gebiet": area,
        **_view(own, asked),
    }
    return f"{cells.catalog.theme_of(own.indicator).id}?{urlencode(query)}"


def _view(own: Reference, asked: dict[str, str]) -> dict[str, str]:
    """The view in which a claim can be seen: with what chance moves, or what has changed."""
    if own.scheme != prose.CLAIM:
        return {}
    if "seit" in asked:
        return {"ansicht": "veraenderung", "seit": asked["seit"]}
    return {"ansicht": "rangfolge", "intervalle": "ja"}


def _told(own: Reference, rule: str, message: str, remedy: str) -> Told:
    return rule, f'Im Satz "{own.sentence}": {message}', remedy


def _wrong(own: Reference, cells: Cells) -> Told | None:
    """What is wrong with a reference; None if the release says the same."""
    asked = dict(own.details)
    for told in (_wrong_target(own, asked, cells), *_unsaid(own, asked)):
        if told:
            return told
    indicator, area = cells.catalog.indicators[own.indicator], cells.id(asked["gebiet"])
    if told := cells.no_row(indicator, area, asked["zeit"]):
        return told
    said = own.text.replace(formats.NBSP, " ")
    if own.scheme == prose.CLAIM:
        return claims.wrong(said, indicator, area, asked["zeit"], asked.get("seit"), cells)
    return _wrong_figure(said, indicator, area, asked, cells)


def _wrong_figure(
    said: str, indicator: Indicator, area: str, asked: dict[str, str], cells: Cells
) -> Told | None:
    values = cells.values(indicator)
    row = values.filter(pl.col("area") == area, pl.col("period") == asked["zeit"])
    part = _PARTS[asked.get("was", "wert")]
    value = row[part].item()
    if value is None:
        state = row["status" if part == "value" else f"{part}_status"].item()
        message = f"{said} ist {status.words(state)}." if state else "Die Zahl hat keine Basis."
        return "text_figure_missing", message, "Den Satz ohne diese Zahl schreiben."
    printed = _printed(value, indicator, part)
    if said in printed:
        return None
    message = f"steht {said}, die Veröffentlichung sagt {printed[0]}."
    return "text_figure_differs", message, "Zahl berichtigen und prüfen, ob der Satz noch stimmt."


def _wrong_target(own: Reference, asked: dict[str, str], cells: Cells) -> Told | None:
    if own.indicator not in cells.catalog.indicators:
        message = f'Den Indikator "{own.indicator}" gibt es für diese Leserschaft nicht.'
        return "indicator_unknown", message, nearest(own.indicator, cells.catalog.indicators)
    if (area := cells.id(asked.get("gebiet", CITY))) not in cells.levels:
        return "area_unknown", f'Das Gebiet "{area}" gibt es nicht.', nearest(area, cells.levels)
    return None


def _unsaid(own: Reference, asked: dict[str, str]) -> Iterator[Told]:
    """Keys that are missing, nobody knows, or say what nobody knows."""
    for key in ("gebiet", "zeit"):
        if not asked.get(key):
            yield "key_missing", f'Dem Verweis fehlt "{key}".', f"{key}=... ergänzen."
    known = _KEYS[own.scheme]
    for key in asked.keys() - set(known):
        yield "key_unknown", f'Ein Verweis kennt "{key}" nicht.', nearest(key, known)
    if (part := asked.get("was", "wert")) not in _PARTS:
        yield "value_wrong", f'"{part}" ist hier nicht erlaubt.', nearest(part, _PARTS)


def _printed(value: float, indicator: Indicator, part: str) -> tuple[str, ...]:
    """How a release prints a number, with its unit and without."""
    if part != "value":
        return (formats.plain(value),)
    shown = formats.quantity(value, indicator).replace(formats.NBSP, " ")
    return shown, formats.number(value, indicator.decimals)
