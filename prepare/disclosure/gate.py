"""The gate: no release is written that an attacker gets something out of."""

from __future__ import annotations

import json

import polars as pl

from prepare.disclosure import audit, publications
from prepare.disclosure.earlier import Earlier
from prepare.disclosure.verdict import PROFILES, Kind, Leak, Lost, Report
from prepare.findings import Finding, refuse
from prepare.release import Content

FILE = "audit.json"
_RULES: dict[Kind, str] = {
    "open": "disclosure_open",
    "exact": "disclosure_exact",
    "narrow": "disclosure_narrow",
    "contradiction": "disclosure_contradiction",
}
_SAID: dict[Kind, str] = {
    "open": "Die Zahl ist nach den Regeln zu klein und wird doch gezeigt.",
    "exact": "Die geheime Zahl lässt sich genau errechnen",
    "narrow": "Die geheime Zahl lässt sich auf {low} bis {high} eingrenzen",
    "contradiction": "Hier widersprechen sich die veröffentlichten Zahlen; nichts ist prüfbar.",
}


def passed(content: Content, before: Earlier, true: pl.DataFrame) -> Report:
    """The audit of a release that is to be written, by those who know the `true` counts.

    They know in which cells somebody is alone, and what has not been corrected since it was told.
    Raises PreparationError if it is not safe.
    """
    own = publications.built(content)
    true = own.zones.inward(true)
    alone = true.filter((pl.col("value") == 1) | (pl.col("status") == "suppressed"))
    report = audit.audit(own, before, alone, true)
    refuse(findings(report, "Datenstand"))
    return report


def text(report: Report) -> str:
    """The report as the release carries it (audit.json)."""
    return json.dumps(report.public(), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def findings(report: Report, file: str) -> list[Finding]:
    """All that makes a release unsafe, and what is lost anyway, as findings about `file`."""
    return [_leak(leak, file) for leak in report.leaks] + [_lost(one) for one in report.lost]


def _leak(leak: Leak, file: str) -> Finding:
    said = _SAID[leak.kind].format(low=f"{leak.low:g}", high=f"{leak.high:g}")
    if leak.equations:
        said += f": {'; '.join(leak.equations)}."
    elif not said.endswith("."):
        said += "."
    who = "" if leak.profile == "outsider" else f" ({PROFILES[leak.profile]})"
    where = f"{leak.view}{who}"
    return Finding(
        _RULES[leak.kind], file, leak.cell, f"{where[0].upper()}{where[1:]}: {said}", leak.remedy
    )


def _lost(one: Lost) -> Finding:
    if one.refused:
        return Finding(
            "disclosure_lost",
            f"Datenstand {one.release}",
            one.cell,
            "Die Zahl ist jetzt geheim, dieser frühere Datenstand gibt sie aber preis.",
            "Den früheren Datenstand zurückziehen.",
        )
    return Finding(
        "disclosure_withdrawn",
        f"Datenstand {one.release}",
        one.cell,
        "Die Zahl stand in einem zurückgezogenen Datenstand; wer ihn hat, kennt sie.",
        "Nichts zu tun: Kein Muster kann sie noch schützen.",
    )
