"""The attacker's bounds are those of tau-ARGUS: four patterns it left behind, four made afresh.

pytauargus keeps state in its process and leaves files in the current directory, so each table is
protected and audited by a process of its own in a directory that is thrown away.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from attacked_tables import CITY, nested, shown, with_shared_data
from prepare.disclosure import attack
from prepare.disclosure.system import Floats, System

pytestmark = with_shared_data

TOLERANCE = 1e-4

SCRIPT = """
import json, sys
import polars as pl
from pytauargus import protect

atoms, theme, minimum, method = sys.argv[1:]
names = ["district", "age", "sex"]
counts = pl.read_csv(atoms).group_by(names).agg(n=pl.col(theme).sum()).sort(names)
persons = counts.select(pl.all().repeat_by("n").explode()).drop_nulls().with_columns(n=1)
done = protect(
    {name: persons[name].to_list() for name in persons.columns},
    tables=names,
    response="n",
    safety_rules=f"FREQ({minimum},30)",
    suppress=method,
    workdir=".",
)
found = {"cells": done.tables[0].rows, "audit": done.engine.audit(0)}
with open("found.json", "w") as file:
    json.dump(found, file)
"""


def assert_same_bounds(
    system: System, value: Floats, cells: list[int], low: list[float], high: list[float]
) -> None:
    """Ours equal those of tau-ARGUS, cell by cell; cells are its audited ones, all others shown."""
    found = attack.bounds(shown(system, value, cells), np.array(cells))
    assert np.abs(found.low - low).max() <= TOLERANCE
    assert np.abs(found.high - high).max() <= TOLERANCE


@pytest.mark.parametrize(
    ("name", "audited"),
    [("hze_ages_k3", 686), ("hze_ages_k5", 836), ("sgb_bands_k3", 311), ("sgb_bands_k5", 528)],
)
def test_bounds_of_stored_patterns(name: str, audited: int) -> None:
    """450 areas in 20 districts; the audit numbers the cells by their line in the pattern."""
    pattern = pl.read_csv(CITY / f"tau_{name}_pattern.csv")
    audit = pl.read_csv(CITY / f"tau_{name}_audit.csv")
    hidden = np.flatnonzero(pattern["tau_status"].is_in(["U", "M"]).to_numpy())
    assert hidden.tolist() == audit["cell"].to_list()
    assert len(hidden) == audited
    regions, ages = pattern["region"].unique(), pattern["age"].unique()
    above = [
        {one: one[:3] if len(one) > 3 else "Total" for one in regions if one != "Total"},
        {one: "Total" for one in ages if one != "Total"},
    ]
    system = nested(list(pattern.select("region", "age").iter_rows()), above)
    value = pattern["count"].to_numpy()
    assert_same_bounds(
        system, value, hidden.tolist(), audit["min"].to_list(), audit["max"].to_list()
    )


@pytest.mark.parametrize(
    ("theme", "minimum", "method", "primary"),
    [
        ("sgb2", 3, "MOD(1)", 7),
        ("sgb2", 5, "OPT(1)", 15),
        ("hze", 3, "OPT(1)", 67),
        ("hze", 5, "MOD(1)", 104),
    ],
)
def test_bounds_of_patterns_made_afresh(
    theme: str, minimum: int, method: str, primary: int, tmp_path: Path
) -> None:
    """Districts x ages x sexes, protected by tau-ARGUS and audited by it and by us."""
    arguments = [str(CITY / "atoms_450x6x2.csv"), theme, str(minimum), method]
    subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments], cwd=tmp_path, check=True, capture_output=True
    )
    found = json.loads((tmp_path / "found.json").read_text())
    names = ("district", "age", "sex")
    keys = [tuple(cell[name] for name in names) for cell in found["cells"]]
    above = [{key[n]: "Total" for key in keys if key[n] != "Total"} for n in range(len(names))]
    value = np.array([cell["n"] for cell in found["cells"]])
    assert sum(cell["status"] == "U" for cell in found["cells"]) == primary
    cells = [one["cell"] for one in found["audit"]]
    hidden = [n for n, cell in enumerate(found["cells"]) if cell["status"] in "UM"]
    assert cells == hidden
    assert_same_bounds(
        nested(keys, above),
        value,
        cells,
        [one["min"] for one in found["audit"]],
        [one["max"] for one in found["audit"]],
    )
