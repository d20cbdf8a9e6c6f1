"""Checking and building, ours beside the pandas script one would write, each in its own process.

    python benchmarks/prepare_speed.py [ROWS]

First a city of 60 indicators, 19 areas and 16 years that comes as 16 workbooks; then one register
extract of ROWS rows (40 million unless told otherwise) as a text file, as registers are exported
and in random order. Printed are seconds, rows per second and the highest memory of the process.
The pandas twin reads, adds up and writes the same numbers, but checks nothing.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import synthetic_city

sys.path.insert(0, str(Path(__file__).parent.parent))

LIMITS = {"check": 10.0, "build": 15.0}
"""Seconds for the city of 60 indicators."""
MEMORY = 4_000
"""MB for the register in any order."""


def main(rows: int) -> int:
    """Measure, print a table, and say by the exit code whether our limits hold."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        print(f"{'':44}{'seconds':>9}{'rows/s':>13}{'MB':>8}")
        city = synthetic_city.offices(root / "amt", 60, 19, 16)
        cells = 61 * 19 * 16
        failed = 0
        for job in ("check", "build", "pandas_workbooks"):
            told = measured(job, city, cells, f"60 indicators x 19 areas x 16 years, {job}")
            failed |= told["seconds"] > LIMITS.get(job, float("inf"))
        for order in ("sorted", "shuffled"):
            folder = root / order
            synthetic_city.register(folder, rows, 450, 16, shuffled=order == "shuffled")
            ours = measured("build", folder, rows, f"{rows:,} rows {order}, build")
            twin = measured("pandas_register", folder, rows, f"{rows:,} rows {order}, pandas")
            assert ours["total"] == twin["total"], "both must come to the same numbers"
            failed |= ours["megabytes"] > MEMORY
            (folder / "deliveries" / "register.csv").unlink()
    return int(failed)


def measured(job: str, folder: Path, rows: int, title: str) -> dict[str, float]:
    """Seconds, megabytes and the total of one job, run in a process of its own, printed."""
    answer = subprocess.run(
        [sys.executable, __file__, "--job", job, str(folder)],
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode:
        print(f"{title:44}  gave up: {answer.stderr.strip().splitlines()[-1:]}")
        return {"seconds": float("inf"), "megabytes": float("inf"), "total": float("nan")}
    told: dict[str, float] = json.loads(answer.stdout)
    print(
        f"{title:44}{told['seconds']:>9.1f}{rows / told['seconds']:>13,.0f}"
        f"{told['megabytes']:>8.0f}",
        flush=True,
    )
    return told


def run(job: str, folder: Path) -> dict[str, float]:
    """Do one job in this process; its seconds include what it imports."""
    start = time.perf_counter()
    total = {
        "check": check,
        "build": build,
        "pandas_workbooks": pandas_workbooks,
        "pandas_register": pandas_register,
    }[job](folder)
    return {
        "seconds": time.perf_counter() - start,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "total": total,
    }


def check(folder: Path) -> float:
    """Everything read and checked."""
    from prepare import build as builds

    findings: list[object] = []
    seen = builds.examined(folder, folder / "deliveries", findings)  # type: ignore[arg-type]
    assert not [finding for finding in findings if finding.grade == "error"], findings
    return float(seen.found.height)


def build(folder: Path) -> float:
    """A release on disk; the total is that of all residents over all periods."""
    import polars as pl

    from prepare import build as builds
    from prepare import release

    content = builds.build(folder, folder / "deliveries", "public", [])
    with tempfile.TemporaryDirectory() as releases:
        release.write(content, Path(releases), release.Made("Messung"))
    counts = content.frames["counts/residents.parquet"]
    everyone = (pl.col(name) == "total" for name in ("age", "sex", "nationality"))
    return float(counts.filter(pl.col("level") == "bezirk", *everyone)["value"].sum())


def pandas_workbooks(folder: Path) -> float:
    """What one would write: read each sheet, melt, add the city, write Parquet."""
    import pandas as pd

    frames = []
    for path in sorted((folder / "deliveries").glob("*.xlsx")):
        frame = pd.read_excel(path, header=2, dtype={"Bezirk": str})
        long = frame.melt("Bezirk", var_name="measure", value_name="value")
        frames.append(long.assign(period=f"{path.stem[-4:]}-12-31"))
    found = pd.concat(frames)
    city = found.groupby(["measure", "period"], as_index=False)["value"].sum()
    with tempfile.TemporaryDirectory() as releases:
        pd.concat([found, city.assign(Bezirk="000")]).to_parquet(Path(releases) / "counts.parquet")
    return float(city.loc[city["measure"] == "Spalte residents", "value"].sum())


def pandas_register(folder: Path) -> float:
    """What one would write: read the file, map the ages, group, add the city, write Parquet."""
    import pandas as pd

    texts = {"bezirk": "category", "baublock": "category", "geschlecht": "category"}
    rows = pd.read_csv(folder / "deliveries" / "register.csv", sep=";", dtype=texts)
    groups = {age: synthetic_city.group(age) for age in range(101)}
    keys = ["jahr", "bezirk", "alter", "geschlecht"]
    found = rows.assign(alter=rows["alter"].map(groups)).groupby(keys, observed=True)["zahl"].sum()
    city = found.groupby(["jahr", "alter", "geschlecht"]).sum()
    with tempfile.TemporaryDirectory() as releases:
        found.reset_index().to_parquet(Path(releases) / "counts.parquet")
    return float(city.sum())


if __name__ == "__main__":
    if sys.argv[1:2] == ["--job"]:
        print(json.dumps(run(sys.argv[2], Path(sys.argv[3]))))
    else:
        sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 40_000_000))
