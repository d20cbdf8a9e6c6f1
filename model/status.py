"""Why a value stands or is missing. Suppressed, not collected and zero are never the same."""

from __future__ import annotations

import polars as pl

from model.language import _

# From harmless to decisive: a figure made of several takes the last status that occurs in it.
ORDER = (
    "ok",
    "revised",
    "preliminary",
    "estimated",
    "modelled",
    "not_meaningful",
    "not_collected",
    "unreliable",
    "suppressed",
)
MISSING = frozenset(ORDER[ORDER.index("not_meaningful") :])
ABSENT = tuple(reversed(ORDER[ORDER.index("not_meaningful") :]))
"""Statuses without a value, in the order maps and legends tell them: the gravest first."""


def words(status: str) -> str:
    """A status in one or two words, as it stands in a table cell or a legend."""
    return {
        "ok": _("veröffentlicht"),
        "revised": _("berichtigt"),
        "preliminary": _("vorläufig"),
        "estimated": _("geschätzt"),
        "modelled": _("Modellwert"),
        "not_meaningful": _("nicht sinnvoll"),
        "not_collected": _("nicht erhoben"),
        "unreliable": _("nicht sicher genug"),
        "suppressed": _("geheim gehalten"),
    }[status]


def label(status: str) -> str:
    """Why a value is missing, as short as a label on a map must be."""
    return {
        "suppressed": _("geheim"),
        "unreliable": _("unsicher"),
        "not_collected": _("nicht erhoben"),
        "not_meaningful": _("nicht sinnvoll"),
    }[status]


def reason(status: str) -> str:
    """What a status means, as a sentence."""
    return {
        "ok": _("Die Zahl ist so veröffentlicht."),
        "revised": _("Die Zahl wurde nach der ersten Veröffentlichung berichtigt."),
        "preliminary": _("Die Zahl ist vorläufig und kann sich noch ändern."),
        "estimated": _(
            "Aus einem früheren Gebietszuschnitt anteilig auf die heutigen Gebiete umgerechnet."
        ),
        "modelled": _(
            "Mit einem Modell berechnet, weil keine veröffentlichte Zahl vorliegt. Keine amtliche "
            "Zahl."
        ),
        "not_meaningful": _("Hier gibt es niemanden, auf den sich der Wert beziehen könnte."),
        "not_collected": _("Für dieses Gebiet und diesen Zeitraum liegt keine Zahl vor."),
        "unreliable": _("Die Zahl ist zu unsicher, um sie zu veröffentlichen."),
        "suppressed": _("Die Zahl ist klein, oder mit ihr ließe sich eine kleine errechnen."),
    }[status]


def severity(column: str = "status") -> pl.Expr:
    """The status as its place in ORDER, so that a maximum picks the decisive one."""
    return pl.col(column).replace_strict({name: i for i, name in enumerate(ORDER)})


def named(column: str) -> pl.Expr:
    """The inverse of `severity`."""
    return pl.col(column).replace_strict(dict(enumerate(ORDER)), return_dtype=pl.String)
