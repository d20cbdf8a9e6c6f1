"""Wahlamt: turnout as text files in the Windows code page, numbers with thousands points."""

from __future__ import annotations

from pathlib import Path

from numpy.typing import NDArray

import elections
import workbook
from districts import DISTRICTS
from minden import Minden
from timeline import index


def write(folder: Path, minden: Minden) -> None:
    """Write one file per election."""
    folder.mkdir(parents=True, exist_ok=True)
    votes = minden.elections
    for kind, years, eligible, voters in (
        ("Kommunalwahl", elections.LOCAL, votes.local_eligible, votes.local_voters),
        ("Bundestagswahl", elections.FEDERAL, votes.federal_eligible, votes.federal_voters),
    ):
        for year in years:
            text = _turnout(kind, year, eligible[:, index(year)], voters[:, index(year)])
            path = folder / f"{kind}_{year}.csv"
            path.write_text(text, encoding="cp1252", newline="")


def _turnout(kind: str, year: int, eligible: NDArray, voters: NDArray) -> str:
    labels = [f"{d.id} {d.name}" for d in DISTRICTS] + ["Minden"]
    shares = workbook.percent(voters, eligible)
    lines = [
        f"Stadt Minden - Wahlamt;{kind} {year};;",
        f"{workbook.MODELLED};;;",
        "Stadtbezirk;Wahlberechtigte;Wählerinnen und Wähler;Wahlbeteiligung in %",
    ]
    for label, whole, part, share in zip(
        labels, workbook.with_total(eligible), workbook.with_total(voters), shares, strict=True
    ):
        lines.append(f"{label};{_german(whole)};{_german(part)};{str(share).replace('.', ',')}")
    return "\r\n".join([*lines, "Urnen- und Briefwahl, Briefwahl nach Wohnort;;;", ""])


def _german(number: workbook.Cell) -> str:
    return f"{number:,}".replace(",", ".")
