"""What is said beside a figure: its marks in words, why it is missing, the key to the signs."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import polars as pl

from model import caveats, formats, safeguards, signs, status, zones
from model.language import _
from model.safeguards import Safeguard
from model.view import Figure, View

_TINY = 1e-9


def told(view: View, figure: Figure) -> str:
    """The value with its unit and its marks in words, or the word for its absence."""
    if figure.value is None:
        return f"{status.words(figure.status)}{because(figure)}"
    rounded = view.safeguard.rounds(figure.area.level)
    marks = [
        caveats.corrected(view.indicator, figure)
        if kind == "revised"
        else signs.words(kind, rounded)
        for kind in view.kinds(figure)
    ]
    marks += [_("gerundet")] * (rounded and bool(figure.value))
    text = formats.quantity(figure.value, view.indicator)
    return f"{text} ({', '.join(marks)})" if marks else text


def because(figure: Figure) -> str:
    """The parts because of which a zone has no value: ', wegen Hahlen'; '' for any other figure."""
    if not figure.without:
        return ""
    return _(", wegen {names}").format(names=zones.listed([p.name for p in figure.without]))


def why(
    guard: Safeguard, kinds: Sequence[str], level: str, denominator: float | None = None
) -> str:
    """What the marks of a figure mean here: which rule of which source hides it."""
    rounded = guard.rounds(level)
    few = denominator is not None and 0 < denominator < guard.denominator
    lines = []
    for kind in kinds:
        if kind == "suppressed":
            lines.append(safeguards.hidden(guard, rounded))
        elif kind == "unreliable" and few:
            lines.append(safeguards.few(guard))
        else:
            lines.append(signs.reason(kind, rounded))
    if rounded and not set(kinds) & status.MISSING:
        lines.append(safeguards.rounding(guard, level))
    return " ".join(lines)


def key(view: View) -> list[str]:
    """All signs of the set in use, each with what it means in the rows of the series."""
    ways = {view.safeguard.rounds(level) for level in view.series["level"].unique()}
    return _legend(view.selection.signs, None, ways)


def _legend(chosen: str, found: Collection[str] | None, rounded: Collection[bool]) -> list[str]:
    """Signs with what they mean where figures are `rounded`, are not, or both occur."""
    told = []
    for kind, sign, meaning in signs.legend(chosen, found, set(rounded) == {True}):
        if kind == signs.NEAR_ZERO and len(set(rounded)) > 1:
            meaning = _("{exact}; wo gerundet wird: {rounded}").format(
                exact=meaning, rounded=signs.words(kind, rounded=True)
            )
        told.append(f"{sign} = {meaning}")
    return told


def together(view: View) -> list[str]:
    """Of what the chosen zones are put together, where their names do not tell it."""
    names = {figure.area.id: figure.area.name for figure in view.figures}
    found = [
        (figure.area.name, [names[part] for part in figure.area.parts if part in names])
        for figure in view.zones
    ]
    return [
        _("„{zone}“ sind zusammen: {parts}.").format(zone=name, parts=zones.listed(parts))
        for name, parts in found
        if not all(part in name for part in parts)
    ]


def protection(view: View) -> list[str]:
    """The rules by which figures of the view are hidden or rounded."""
    guard, level = view.safeguard, view.level.id
    if not guard.rules:
        return []
    line = _("Geheimhaltung: {rules}").format(rules=safeguards.named(guard))
    if guard.rounds(level):
        line += _("; gerundet auf Vielfache von {base}").format(base=guard.bases[level])
    return [line]


def place(view: View, figure: Figure) -> str:
    """The place among the areas with a number: 'Platz 3 von 17 mit Wert'; empty without one."""
    found = view.place(figure)
    if found is None or len(view.figures) == 1:
        return ""
    known = len(view.figures) - len(view.missing)
    return _("Platz {place} von {known} mit Wert").format(place=found, known=known)


def used(*views: View, whole: bool = False) -> list[str]:
    """The signs that occur among the figures of views, or in their series, with their meaning.

    Each sign is told once, in one line; without any there is none.
    """
    found = {
        kind
        for view in views
        for kind in occurring(view, {figure.area.id for figure in view.figures} if whole else None)
    }
    if not found:
        return []
    rounded = {view.safeguard.rounds(view.level.id) for view in views}
    told = _legend(views[0].selection.signs, found, rounded)
    return [_("Zeichen: {signs}").format(signs="; ".join(told))]


def occurring(view: View, areas: Collection[str] | None = None) -> set[str]:
    """The marks of the figures of a view, or of the series of some areas."""
    if areas is None:
        return {kind for figure in view.figures for kind in view.kinds(figure)}
    rows = view.series.filter(pl.col("area").is_in(list(areas)))
    return {kind for row in rows.iter_rows(named=True) for kind in view.row_kinds(row)}


def signed(view: View, figure: Figure, unit: bool = False) -> str:
    """The number, with its unit if asked for, and its signs; else the sign and what it means."""
    sign = view.sign(view.kinds(figure))
    if figure.value is None:
        return f"{sign} {status.words(figure.status)}"
    text = (
        formats.quantity(figure.value, view.indicator)
        if unit
        else formats.number(figure.value, view.indicator.decimals)
    )
    return f"{text}{formats.NBSP}{sign}" if sign else text


def asides(view: View) -> pl.Expr:
    """What the marks of each row of the series add in brackets, ' (vorläufig)'; '' for none."""
    revised, value = pl.col("first").is_not_null(), pl.col("value")
    nothing = pl.col("text").str.strip_chars("0,") == ""
    state = (
        pl.when(value.is_null())
        .then(pl.lit("absent"))
        .when(nothing & (value != 0))
        .then(pl.lit("near"))
        .when(nothing)
        .then(pl.lit("zero"))
        .otherwise(pl.lit("some"))
    )
    known = {
        f"{level} {name} {state} {again}": _aside(view, level, name, value, again == "true")
        for level in view.series["level"].unique()
        for name in status.ORDER
        for state, value in (("absent", None), ("near", _TINY), ("zero", 0.0), ("some", 1.0))
        for again in ("true", "false")
    }
    found = pl.format("{} {} {} {}", "level", "status", state, revised)
    return found.replace_strict(known, return_dtype=pl.String)


def _aside(view: View, level: str, name: str, value: float | None, revised: bool) -> str:
    rounded = view.safeguard.rounds(level)
    marks = signs.kinds(name, value, rounded=rounded, revised=revised)
    said = [signs.words(kind, rounded) for kind in marks]
    said += [_("gerundet")] * (rounded and bool(value))
    return f" ({', '.join(said)})" if said and value is not None else ""


def rules(view: View) -> list[str]:
    """All that is to be said about how figures of the view are protected, in sentences."""
    guard = view.safeguard
    rounded = all(guard.rounds(level) for level in view.series["level"].unique())
    lines = [] if guard.rules else [safeguards.unprotected(guard)]
    if guard.rules or "suppressed" in view.series["status"]:
        lines.append(safeguards.hidden(guard, rounded))
    lines += [safeguards.few(guard)] if guard.denominator else []
    lines += [
        f"{level.plural}: {safeguards.rounding(guard, level.id)}"
        for level in view.city.levels
        if guard.rounds(level.id)
    ]
    return lines
