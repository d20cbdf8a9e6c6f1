"""What cells said before may be told only if the rules would have shown it then."""

from __future__ import annotations

import json
import re
from pathlib import Path

import polars as pl
import pytest

import small_city
from disclosed import catalog, cells, table, told
from prepare import build as builds
from prepare import release
from prepare.disclosure import audit
from prepare.disclosure.earlier import Earlier
from small_city import RESIDENTS

NOW = {name: tuple(n + 60 for n in numbers) for name, numbers in RESIDENTS.items()}
VALUES = ["area", "age", "sex", "value"]


def built(root: Path, method: str, first: int) -> release.Content:
    """A release from two files: the older one says `first` boys in Au, the newer one 70."""
    folder = small_city.write(root)
    rule = r"[[\1.rules]]\nid = 'amt'\ntitle = 'Mindestens 5'\npreset = 'register'\n[[\1.rules]]"
    text = re.sub(r"\[\[(public|internal)\.rules\]\]", rule, small_city.PROTECTION)
    for level in ("stadt", "bezirk", "viertel"):
        text = text.replace(f'{level} = "none"', f'{level} = "{method}"')
    (folder / "protection.toml").write_text(text.replace('amt = "offen"', 'amt = "amt"'))
    recipe = folder / "recipes/bestand.toml"
    recipe.write_text("revisions = true\n" + recipe.read_text())
    (folder / "deliveries/bestand_2024.xlsx").unlink()
    old = {**NOW, "001 Au": (first, *NOW["001 Au"][1:])}
    small_city.workbook(folder / "deliveries/bestand_2024a.xlsx", residents=old)
    small_city.workbook(folder / "deliveries/bestand_2024b.xlsx", residents=NOW)
    return builds.build(folder, folder / "deliveries", "public", [])


@pytest.mark.parametrize(
    ("method", "first", "expected"),
    [("suppress", 3, 0), ("suppress", 65, 12), ("round5", 3, 0), ("round5", 65, 0)],
)
def test_a_replaced_file_tells_nothing_that_would_have_been_hidden(
    tmp_path: Path, method: str, first: int, expected: int
) -> None:
    """With its sums a number has twelve earlier values: Au, Nord and the city, by age and sex."""
    made = built(tmp_path, method, first)
    history = made.frames["vintages.parquet"]
    assert history.height == expected
    assert history.filter(pl.col("value") < 5).is_empty()
    assert json.loads(made.texts["audit.json"])["safe"]


def test_the_audit_finds_an_earlier_number_that_is_too_small() -> None:
    numbers = table((20, 30, 40), (21, 31, 41))
    before = cells({("10", "0-17"): 2.0, ("10", "total"): 72.0})
    report = audit.audit(told(numbers, before=before), Earlier())
    [leak] = report.leaks
    assert (leak.kind, leak.view, leak.cell, leak.low) == (
        "open",
        "was er als frühere Werte nennt",
        "Fälle, Nord, 2024, 0-17 Jahre",
        2,
    )


def test_the_audit_finds_an_exact_earlier_number_where_numbers_are_rounded() -> None:
    numbers = table((20, 30, 40), (20, 30, 40))
    before = cells({("10", "0-17"): 13.0, ("10", "18-64"): 25.0})
    rules = catalog(5, "round5")
    report = audit.audit(told(numbers, rules=rules, before=before), Earlier())
    assert [(leak.kind, leak.cell, leak.low) for leak in report.leaks if leak.kind == "open"] == [
        ("open", "Fälle, Nord, 2024, 0-17 Jahre", 13)
    ]
