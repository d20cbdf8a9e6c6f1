"""What is wrong with an input: where, which rule, and what to do about it (in German)."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from prepare import rules
from prepare.rules import Grade


@dataclass(frozen=True)
class Finding:
    """One thing a person has to know about one place of one file.

    `rule` is a stable name of rules.RULES, which grades it; `place` says sheet, row and column,
    or table and key, in German. Findings about a cell of a delivery also carry the place as
    numbers (as the file counts from 1) and the text that stands there.
    """

    rule: str
    file: str
    place: str
    message: str
    remedy: str
    sheet: str = ""
    row: int | None = None
    column: int | None = None
    value: str | None = None

    @property
    def grade(self) -> Grade:
        """How bad it is: an error stops a release, a warning wants a look, a hint only tells."""
        return rules.RULES[self.rule].grade

    def __str__(self) -> str:
        """One German line: file, place, what is wrong, what to do, rule."""
        place = f", {self.place}" if self.place else ""
        return f"{self.file}{place}: {self.message} Abhilfe: {self.remedy} [{self.rule}]"


class PreparationError(Exception):
    """The input has errors; nothing was published. Carries every finding, not just the first."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        """Keep the findings in the order they were made."""
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


def refuse(findings: Sequence[Finding]) -> None:
    """Raise PreparationError, with all findings, if one of them is an error."""
    if any(finding.grade == "error" for finding in findings):
        raise PreparationError(findings)


def nearest(word: str, known: Iterable[str]) -> str:
    """A German hint at the known word most like `word`, or the first few that exist."""
    words = sorted(known)
    folded = {known_word.casefold(): known_word for known_word in words}
    if close := difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6):
        return f'Meinten Sie "{folded[close[0]]}"?'
    listed = ", ".join(words[:12]) + (" und andere" if len(words) > 12 else "")
    return f"Bekannt sind: {listed}." if words else "Bisher ist nichts vereinbart."
