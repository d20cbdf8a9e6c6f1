"""What commands say to other programs: plain values with names that stay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import polars as pl

from prepare import described_changes, difference
from prepare.difference import Difference, Order, ordered
from prepare.disclosure import alternatives
from prepare.disclosure.verdict import Report
from prepare.excerpts import Excerpt, Originals
from prepare.findings import Finding
from prepare.journal import Entry, Journal
from prepare.overview import Overview, counted
from prepare.release import Content, Made, Written
from prepare.rules import RULES
from prepare.vault import Kept

if TYPE_CHECKING:
    from prepare.disclosure.trial import Trial
    from prepare.expected import Expected

FORMAT = 1
_EXCERPTS = 5
_CHANGES = 50


def checked(findings: Sequence[Finding], read: Overview) -> dict[str, Any]:
    """Findings, and what was read."""
    return {
        "format": FORMAT,
        "city": read.city,
        "counts": counted(findings),
        "read": {
            "deliveries": len(read.deliveries),
            "files": read.files,
            "values": read.values,
        },
        "deliveries": [asdict(delivery) for delivery in read.deliveries],
        "findings": [finding_values(finding) for finding in findings],
    }


def excerpts(findings: Sequence[Finding], originals: Originals) -> list[dict[str, Any] | None]:
    """The rows around each finding with its cell marked; for the first five of a rule in a file.

    Texts of cells are untrusted and at most 60 characters long. None where there are no rows.
    """
    seen: Counter[tuple[str, str]] = Counter()
    found: list[Excerpt | None] = []
    for finding in findings:
        seen[finding.file, finding.rule] += 1
        first = seen[finding.file, finding.rule] <= _EXCERPTS
        found.append(originals.excerpt(finding) if first else None)
    return [None if excerpt is None else asdict(excerpt) for excerpt in found]


def refused(findings: Sequence[Finding]) -> dict[str, Any]:
    """Why a command did nothing."""
    return {"format": FORMAT, "findings": [finding_values(finding) for finding in findings]}


def finding_values(finding: Finding) -> dict[str, Any]:
    """A finding: rule, grade, title, file, sheet, row, column, value, place, message, remedy."""
    return {
        "rule": finding.rule,
        "grade": finding.grade,
        "title": RULES[finding.rule].title,
        "file": finding.file,
        "sheet": finding.sheet,
        "row": finding.row,
        "column": finding.column,
        "value": finding.value,
        "place": finding.place,
        "message": finding.message,
        "remedy": finding.remedy,
    }


def differing(found: Difference, order: Order = "absolute") -> dict[str, Any]:
    """Changes (changed_cells.CHANGES) by kind and size, changed declarations and breaks."""
    return {
        "format": FORMAT,
        "before": found.before.name,
        "after": found.after.name,
        "counts": {
            kind: number
            for kind, number in found.changes.group_by("kind")
            .agg(pl.len())
            .sort("kind")
            .iter_rows()
        },
        "declared": [asdict(one) for one in found.declared],
        "breaks": found.breaks.to_dicts(),
        "changes": ordered(found.changes, order).to_dicts(),
    }


def described(found: Difference) -> dict[str, Any]:
    """The biggest 50 changes of each kind in German words, of all themes and of each one.

    A theme without a change is left out.
    """
    themes = {theme.id: theme.title for theme in found.after.catalog.themes}
    parts = [("", "", found)]
    parts += [(one, themes[one], difference.narrowed(found, one, None)) for one in themes]
    return {
        "format": FORMAT,
        "before": found.before.name,
        "after": found.after.name,
        "themes": [
            {
                "id": theme,
                "title": title,
                "kinds": [asdict(kind) for kind in described_changes.kinds(part, _CHANGES)],
                "declared": [
                    {
                        "what": described_changes.WHAT[one.what],
                        "title": one.title,
                        "lines": described_changes.declared(one),
                    }
                    for one in part.declared
                ],
            }
            for theme, title, part in parts
            if not theme or part.changes.height or part.declared
        ],
    }


def nothing_before() -> dict[str, Any]:
    """What diff says where nothing was ever published: all is new, nothing is compared."""
    return {
        "format": FORMAT,
        "before": None,
        "after": "",
        "counts": {},
        "declared": [],
        "breaks": [],
        "changes": [],
    }


def built(written: Written, content: Content, made: Made, shown: str | None) -> dict[str, Any]:
    """The release that was built, what its manifest says of how, and whether it is `shown`."""
    return {
        "format": FORMAT,
        "release": written.path.name,
        "new": written.new,
        "shown": shown == written.path.name,
        "city": content.city,
        "by": made.by,
        "counts": dict(made.findings),
    }


def published(entry: Entry | None, release: str, remark: str = "") -> dict[str, Any]:
    """A switch of the shown release as the log tells it; no entry if it was shown already."""
    told = None if entry is None else asdict(entry)
    return {"format": FORMAT, "release": release, "entry": told, "remark": remark}


def expected(city: str, title: str, files: Sequence[Expected]) -> dict[str, Any]:
    """Which files a city wants delivered."""
    return {
        "format": FORMAT,
        "city": city,
        "title": title,
        "expected": [asdict(one) for one in files],
    }


def logged(
    told: Journal, shown: str | None, waiting: Sequence[str], warnings: Sequence[str]
) -> dict[str, Any]:
    """The log, what is shown, the releases that wait to be published, and German warnings."""
    return {
        "format": FORMAT,
        "current": shown,
        "entries": [asdict(entry) for entry in told.entries],
        "unreadable": list(told.unreadable),
        "broken": list(told.broken),
        "warnings": list(warnings),
        "candidates": list(waiting),
    }


def audited(report: Report, findings: Sequence[Finding]) -> dict[str, Any]:
    """Everything an audit says, and what is wrong as findings."""
    return {
        **report.values(),
        "format": FORMAT,
        "release": report.name,
        "findings": [finding_values(finding) for finding in findings],
    }


def tried(found: Trial) -> dict[str, Any]:
    """What a dry run of protection would hide: in all, by theme, and by theme, area and year."""
    return {
        "format": FORMAT,
        "rules": found.catalog.protection.version,
        "methods": dict(found.catalog.protection.methods),
        "themes": alternatives.totals(found.shares, "theme").to_dicts(),
        "areas": alternatives.totals(found.shares, "theme", "level", "area").to_dicts(),
        "years": alternatives.totals(found.shares, "theme", "year").to_dicts(),
        "shares": found.shares.to_dicts(),
        "coarser": found.coarser.to_dicts(),
    }


def kept(files: Mapping[str, Sequence[Kept]]) -> dict[str, Any]:
    """The delivered files of each city that the vault keeps."""
    return {
        "format": FORMAT,
        "deliveries": [{"city": city, **asdict(one)} for city in files for one in files[city]],
    }
