"""How the release protects people: its rules, its methods, and what the audit found."""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from components import layout, tables
from loaders import audits, releases
from loaders.audits import Audit
from model import formats
from model.catalog import Catalog
from model.language import _
from model.protection import BASES, Method, Rule

WHY = _(
    "Kleine Zahlen können Menschen verraten. Deshalb enthält diese Veröffentlichung nur, "
    "was gezeigt werden darf: Was zu klein ist, wurde schon beim Bauen gestrichen oder "
    "gerundet, und dazu so viel anderes, dass sich das Gestrichene nicht errechnen lässt. "
    "Welche gestrichene Zahl klein ist und welche nur eine andere schützt, steht nirgends. "
    "Quoten werden nur aus gezeigten Zahlen berechnet."
)
"""Why a release holds back numbers, and how."""


def show(release: releases.Release) -> None:
    """Rules, methods and audit, from what the release carries."""
    catalog = release.catalog
    layout.section(_("Geheimhaltung"))
    _paragraph(WHY)
    tables.plain("geheimhaltung regeln", rules(catalog))
    tables.plain("geheimhaltung ebenen", methods(catalog))
    for line in remarks(catalog):
        _paragraph(line)
    layout.section(_("Prüfung der Geheimhaltung"))
    found = audits.audit(release)
    if found is None:
        _paragraph(_("Diese Veröffentlichung enthält keinen Prüfbericht."))
        return
    _paragraph(verdict(found))
    tables.plain("geheimhaltung angreifer", attackers(found))
    if found.shares:
        tables.plain("geheimhaltung verlust", lost(catalog, found))
    _paragraph(
        _("Berücksichtigte frühere Veröffentlichungen: {earlier}. Gerechnet mit {solvers}.").format(
            earlier=", ".join(found.earlier) or _("keine"),
            solvers=", ".join(f"{name} {number}" for name, number in found.solvers.items()),
        )
    )


def rules(catalog: Catalog) -> dict[str, Any]:
    """The rules as a table: for which sources, and what each of them hides."""
    known = catalog.protection
    sources = {
        rule.id: [s.title for s in catalog.city.sources if known.sources.get(s.id) == rule.id]
        for rule in known.rules
    }
    rows = []
    for rule in known.rules:
        cells = [
            rule.title,
            "; ".join(sources[rule.id]) or "–",
            _("weniger als {k}").format(k=rule.minimum) if not rule.open else _("nichts"),
            _("unter {least}").format(least=rule.denominator) if rule.denominator else "–",
            _more(rule),
        ]
        sort = [*cells[:2], rule.minimum, rule.denominator, cells[4]]
        rows.append({"id": "", "cells": cells, "sort": sort})
    heads = (
        _("Regel"),
        _("gilt für"),
        _("geheim ist"),
        _("keine Quote bei"),
        _("außerdem"),
    )
    caption = _("Regelwerk {version}").format(version=known.version)
    return tables.listing(caption, heads, rows)


def _more(rule: Rule) -> str:
    said = [rule.reason] if rule.reason else []
    if not rule.open:
        said.append(
            _("Auch eine Null ist geheim.")
            if rule.zeros == "protected"
            else _("Eine Null wird gezeigt.")
        )
        if rule.group:
            said.append(_("Geheim ist auch, was alle oder fast alle einer Gruppe betrifft."))
    if rule.dominance is not None and not rule.open:
        said.append(_("Überwiegende Anteile Einzelner prüft die liefernde Stelle."))
    if rule.rounded > 1:
        said.append(_("Geliefert in Vielfachen von {base}.").format(base=rule.rounded))
    return " ".join(said)


def methods(catalog: Catalog) -> dict[str, Any]:
    """The method of each level as a table."""
    known = catalog.protection
    rows = []
    for level in catalog.city.levels:
        cells = [level.plural, method(known.methods[level.id], known.reason)]
        rows.append({"id": "", "cells": cells, "sort": cells})
    return tables.listing(_("Verfahren je Raumebene"), (_("Raumebene"), _("Verfahren")), rows)


def method(name: Method, reason: str) -> str:
    """A method in words; `reason` says why nothing is protected."""
    if name == "none":
        return _("nicht geschützt.") + f" {reason}"
    if name == "suppress":
        return _("gestrichen: zu kleine Zahlen, und was sie verraten würde; alles andere genau")
    return _("gerundet auf Vielfache von {base}, so dass alle Summen stimmen").format(
        base=BASES[name]
    )


def remarks(catalog: Catalog) -> list[str]:
    """What holds besides the rules: small areas, numbers that are public anyway."""
    known = catalog.protection
    lines = []
    if known.minimum_area:
        lines.append(
            _(
                "Ein Gebiet mit weniger als {residents} Einwohnern zeigt nichts als Nullen und "
                "Öffentliches."
            ).format(residents=formats.number(known.minimum_area))
        )
    lines += [
        _("Ohnehin öffentlich: {measure} ({reason})").format(
            measure=catalog.measures[each.measure].title, reason=each.reason
        )
        for each in known.public
        if each.measure in catalog.measures
    ]
    return lines


def verdict(found: Audit) -> str:
    """What the audit says, in a few sentences."""
    tried = found.tried[0]
    if not found.safe:
        return _("Die Prüfung wurde nicht bestanden.")
    if not tried.hidden:
        return _(
            "Geprüft wurden {checked} Zahlen. Keine davon ist geheim, es gab also nichts zu "
            "errechnen."
        ).format(checked=formats.number(tried.checked))
    return _(
        "Vor der Veröffentlichung hat ein Programm versucht, die geheimen Zahlen aus allem "
        "Veröffentlichten zu errechnen: {checked} Zahlen, davon {hidden} geheim. Keine ließ sich "
        "errechnen oder enger eingrenzen, als die Regeln erlauben. Wer die Dateien der "
        "Veröffentlichung hat, bei denen auch der Bericht liegt, kann die Prüfung wiederholen. "
        "Nur was jemand erfährt, der selbst der Einzige in einer Zelle ist, lässt sich daraus "
        "nicht nachrechnen."
    ).format(checked=formats.number(tried.checked), hidden=formats.number(tried.hidden))


def attackers(found: Audit) -> dict[str, Any]:
    """How far each kind of attacker got, as a table."""
    names = {
        "outsider": _("jemand von außen"),
        "singleton": _("wer selbst der Einzige in einer Zelle ist"),
        "group": _("wer etwas über eine ganze Gruppe wissen will"),
    }
    rows = []
    for one in found.tried:
        counts = (one.checked, one.hidden, one.exact, one.narrow)
        cells = [names[one.profile], *map(formats.number, counts)]
        rows.append({"id": "", "cells": cells, "sort": [cells[0], *counts]})
    heads = (_("Angreifer"), _("Zahlen"), _("geheim"), _("errechnet"), _("zu eng eingegrenzt"))
    return tables.listing(_("Wer es versucht hat"), heads, rows, numbers=(1, 2, 3, 4))


def lost(catalog: Catalog, found: Audit) -> dict[str, Any]:
    """How many numbers are hidden, by theme and level, as a table."""
    themes = {theme.id: theme.title for theme in catalog.themes}
    rows = []
    for share in found.shares:
        part = 100 * share.hidden / share.values
        cells = [
            themes.get(share.theme, _("ohne Thema")),
            catalog.city.level(share.level).plural,
            formats.number(share.values),
            formats.number(share.hidden),
            f"{formats.number(part, 1)}{formats.NBSP}%",
        ]
        sort = [*cells[:2], share.values, share.hidden, part]
        rows.append({"id": "", "cells": cells, "sort": sort})
    heads = (_("Thema"), _("Raumebene"), _("Zahlen"), _("geheim"), _("Anteil"))
    return tables.listing(_("Was geheim bleibt"), heads, rows, numbers=(2, 3, 4))


def _paragraph(text: str) -> None:
    st.html(f'<div class="qp-text"><p>{escape(text)}</p></div>')
