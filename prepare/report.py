"""The report of a run: one HTML file that a statistician reads without us, without network."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import jinja2

from model import formats
from prepare import described_changes
from prepare.difference import Difference
from prepare.excerpts import Excerpt, Originals, clean
from prepare.findings import Finding
from prepare.overview import Overview, counted, sentence
from prepare.rules import GRADES, RULES, Grade

_HERE = Path(__file__).parent
_EXCERPTS = 5
_LISTED = 100
_CHANGES = 25


@dataclass(frozen=True)
class Shown:
    """A finding with the rows around it, if its file has such."""

    finding: Finding
    excerpt: Excerpt | None


@dataclass(frozen=True)
class Group:
    """Findings of one rule in one file, the first ones shown; `more` are left out."""

    grade: Grade
    title: str
    rule: str
    number: int
    shown: tuple[Shown, ...]
    more: int


@dataclass(frozen=True)
class File:
    """A file with its findings by rule, errors first."""

    name: str
    number: int
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Report:
    """A whole run. `outcome` says what became of it, `steps` how to go on (German sentences).

    `difference` is None where nothing could be compared; `remark` then says why, or why nothing
    was read.
    """

    findings: Sequence[Finding]
    read: Overview
    originals: Originals
    outcome: str
    steps: Sequence[str]
    difference: Difference | None = None
    remark: str = ""


def after_check(city: Path, wrong: bool, option: str = "") -> list[str]:
    """How to go on after a check; `option` names audience or folder of the releases."""
    if wrong:
        return [
            "Die Fehler in den Dateien oder in den Rezepten beheben, wie es unter Abhilfe steht.",
            f"Wieder prüfen: python -m prepare check {city}{option}",
        ]
    return [
        "Warnungen ansehen, die Summen mit den Dateien vergleichen, die Unterschiede erklären.",
        f"Bauen: python -m prepare build {city}{option}",
        "Eine zweite Person prüft und gibt frei: python -m prepare publish DATENSTAND "
        f"--approved-by NAME{option}",
    ]


def after_diff(release: str, option: str) -> list[str]:
    """How to go on after comparing a built release; `option` names its folder."""
    return [
        "Jede große Änderung erklären; nicht erklärte mit der liefernden Stelle klären.",
        f"Freigeben: python -m prepare publish {release} --approved-by NAME{option}",
    ]


def write(report: Report, path: Path) -> None:
    """Write the report as one file. Raises OSError."""
    path.write_text(html(report), encoding="utf-8", newline="\n")


def html(report: Report) -> str:
    """The report as HTML without scripts; whatever comes from files is escaped."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["clean"] = clean
    environment.filters["number"] = formats.number
    style = (_HERE / "report.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    years = sorted({year for total in report.read.totals for year in total.by_year})
    found = report.difference
    return environment.get_template("report.html.jinja").render(
        report=report,
        read=report.read,
        summary=sentence(report.findings, report.read),
        counts=counted(report.findings),
        grades=GRADES,
        made=datetime.now(UTC).strftime("%d.%m.%Y, %H:%M UTC"),
        files=files(report.findings, report.originals),
        years=years,
        kinds=described_changes.kinds(found, _CHANGES) if found else (),
        declared=[
            (described_changes.WHAT[one.what], one.title, described_changes.declared(one))
            for one in (found.declared if found else ())
        ],
        style=style,
        style_hash=digest,
    )


def files(findings: Sequence[Finding], originals: Originals) -> tuple[File, ...]:
    """All files with findings, those with errors first, in the order they were read."""
    order = list(GRADES)
    names = dict.fromkeys(finding.file for finding in findings)
    told = [
        File(name, *_groups([f for f in findings if f.file == name], originals)) for name in names
    ]
    return tuple(sorted(told, key=lambda file: order.index(file.groups[0].grade)))


def _groups(own: Sequence[Finding], originals: Originals) -> tuple[int, tuple[Group, ...]]:
    order = list(GRADES)
    rules = sorted(
        dict.fromkeys(finding.rule for finding in own),
        key=lambda rule: order.index(RULES[rule].grade),
    )
    return len(own), tuple(_group([f for f in own if f.rule == r], originals) for r in rules)


def _group(own: Sequence[Finding], originals: Originals) -> Group:
    rule = RULES[own[0].rule]
    shown = tuple(
        Shown(finding, originals.excerpt(finding) if number < _EXCERPTS else None)
        for number, finding in enumerate(own[:_LISTED])
    )
    return Group(rule.grade, rule.title, own[0].rule, len(own), shown, len(own) - len(shown))
