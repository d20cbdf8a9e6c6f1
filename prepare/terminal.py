"""Findings, differences and progress in a terminal: grouped, the worst first, about fifty lines."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from model import formats
from prepare import described_changes, progress
from prepare.difference import Difference, Order
from prepare.excerpts import printable
from prepare.findings import Finding
from prepare.overview import plural
from prepare.rules import GRADES, RULES

_LINES = 50
_GROUPS = 12
_STYLES = {"error": "bold red", "warning": "bold yellow", "hint": "bold"}


def show_findings(findings: Sequence[Finding], every: bool = False, stderr: bool = False) -> None:
    """Print findings by rule, errors first; unless `every`, only the first ones of each rule."""
    console = Console(stderr=stderr, highlight=False)
    groups = _grouped(findings)
    shown = groups if every else groups[:_GROUPS]
    each = len(findings) if every else max(1, (_LINES // max(1, len(shown)) - 2) // 2)
    for own in shown:
        first, rule = own[0], RULES[own[0].rule]
        head = Text(f"{GRADES[rule.grade]}: ", style=_STYLES[rule.grade])
        number = f" ({formats.number(len(own))})" if len(own) > 1 else ""
        _print(console, head + Text(f"{rule.title}{number} [{first.rule}]", style="bold"))
        for finding in own[:each]:
            place = f", {finding.place}" if finding.place else ""
            _print(console, f"  {finding.file}{place}: {finding.message}")
            _print(console, Text(f"    Abhilfe: {_line(finding.remedy)}", style="dim"))
        if len(own) > each:
            _print(console, f"  … und {formats.number(len(own) - each)} weitere dieser Art.")
    if len(groups) > len(shown):
        _print(
            console, f"… und {plural(len(groups) - len(shown), 'weitere Regel', 'weitere Regeln')}."
        )
    if sum(map(len, shown)) > each * len(shown) or len(groups) > len(shown):
        _print(console, "Alle zeigt --all.")


def complain(sentence: str) -> None:
    """A line on stderr."""
    _print(Console(stderr=True, highlight=False), sentence)


def show_difference(found: Difference, order: Order = "absolute", every: bool = False) -> None:
    """Print what changes, by kind; unless `every`, only the biggest changes of each kind."""
    console = Console(highlight=False)
    kinds = described_changes.kinds(found, found.changes.height if every else 5)
    against = found.before.name
    _print(console, Text(f"Vergleich mit dem Datenstand {against}", style="bold"))
    if not kinds and not found.declared:
        _print(console, "Kein Unterschied.")
    for kind in kinds:
        cells = plural(kind.cells, "Wert", "Werte")
        _print(console, Text(f"{kind.title}: {cells}. ", style="bold") + Text(kind.meaning))
        for subject, number, delivered in kind.counts[: None if every else 2]:
            _print(console, f"  {subject}: {number}, davon geliefert {delivered}")
        if not every and len(kind.counts) > 2:
            _print(console, f"  … und {formats.number(len(kind.counts) - 2)} weitere.")
        for change in (getattr(kind, order) or kind.absolute)[: None if every else 4]:
            told = " ".join(part for part in (change.absolute, change.relative) if part)
            values = f"{change.before or 'nichts'} → {change.after or 'nichts'}"
            place = f" [{change.place}]" if change.place else ""
            gap = f" ({told})" if told else ""
            _print(console, f"    {change.subject}, {change.cell}: {values}{gap}{place}")
    for one in found.declared[: None if every else 3]:
        what = described_changes.WHAT[one.what]
        _print(console, Text(f"Anders erklärt: {what} {one.title}", style="bold"))
        for line in described_changes.declared(one):
            _print(console, f"    {line}")
    for row in found.breaks.to_dicts():
        where = " ".join(part for part in (row["measure"], row["area"]) if part) or "alle Reihen"
        _print(console, f"Bruch der Reihe geändert: {where} ab {row['period']}: {row['note']}")
    if not every and kinds:
        _print(console, "Alles zeigen --all, --json und --report DATEI.html.")


def _grouped(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Findings of each rule, by grade; within a grade in the order they were made."""
    first = {finding.rule: -number for number, finding in reversed([*enumerate(findings)])}
    grades = list(GRADES)
    rank = sorted(findings, key=lambda f: (grades.index(f.grade), -first[f.rule]))
    return [list(own) for _, own in groupby(rank, key=lambda f: f.rule)]


def _line(text: str) -> str:
    """One line without control characters, which could steer the terminal."""
    return " ".join(printable(part) for part in text.split())


def _print(console: Console, text: str | Text) -> None:
    """A line; texts from files are never read as markup."""
    shown = text if isinstance(text, Text) else Text(_line_start(text) + _line(text))
    console.print(shown, soft_wrap=not console.is_terminal)


def _line_start(text: str) -> str:
    return text[: len(text) - len(text.lstrip(" "))]


@contextmanager
def watched(wanted: bool | None) -> Iterator[None]:
    """Show on stderr what goes on inside: if wanted, or by default on a terminal only."""
    console = Console(stderr=True, highlight=False)
    if not (console.is_terminal if wanted is None else wanted):
        yield
    elif console.is_terminal:
        with _live(console):
            yield
    else:
        start = time.perf_counter()

        def line(stage: str, at: str) -> None:
            seconds = f"{time.perf_counter() - start:.1f}".replace(".", ",")
            print(f"{seconds} s  {stage}{at and ': '}{_line(at)}", file=sys.stderr)

        with progress.heard(line):
            yield


@contextmanager
def _live(console: Console) -> Iterator[None]:
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as live:
        task = live.add_task("Beginn", total=None)

        def move(stage: str, at: str) -> None:
            live.update(task, description=f"{stage}{at and ': '}{_line(at)}")

        with progress.heard(move):
            yield
