"""What check, diff and log say to other programs: plain values with names that stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import polars as pl

from prepare.difference import Difference, Order, ordered
from prepare.findings import Finding
from prepare.journal import Journal
from prepare.overview import Overview, counted
from prepare.release import Content, Made, Written
from prepare.rules import RULES
from prepare.vault import Kept

FORMAT = 1


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


def logged(told: Journal, shown: str | None, waiting: Sequence[str]) -> dict[str, Any]:
    """The log, what is shown, and the releases that wait to be published."""
    return {
        "format": FORMAT,
        "current": shown,
        "entries": [asdict(entry) for entry in told.entries],
        "unreadable": list(told.unreadable),
        "candidates": list(waiting),
    }


def kept(files: Mapping[str, Sequence[Kept]]) -> dict[str, Any]:
    """The delivered files of each city that the vault keeps."""
    return {
        "format": FORMAT,
        "deliveries": [{"city": city, **asdict(one)} for city in files for one in files[city]],
    }
