"""Confidentiality measured: time of audits and of a year's protection, and what others give away.

    python benchmarks/disclosure_speed.py [RELEASES]

On a made-up city of 20 districts and 450 areas (see small_areas.py), each job in its own process:
a district table (441 cells) and a table of all areas (3,297 cells) that are hidden the usual way,
small numbers only, go through our attack and through the one everybody would write, two calls of
scipy.optimize.linprog per hidden cell. Both must compute the same number of hidden cells exactly:
that many a table with only its small numbers hidden gives away. Then the release that is shown
(data/releases unless told otherwise), and one year of 60 themes: districts by age and sex with
suppression, areas by age band with rounding, both attacked afterwards, in two processes at a time.
Seconds are of the processor, as what is measured uses one; those of the year go by the clock.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

MINIMUM = 3.0
BASE = 5.0
THEME = 20  # of the tables that are attacked: about 14 in 1,000 people
LIMITS = {"district": 0.5, "areas": 5.0, "release": 60.0, "year": 300.0}
"""Seconds: a table of districts, one of all areas, a release, a year of 60 themes."""
CORES = 2
ROOT = Path(__file__).parent.parent

Told = dict[str, Any]


def main(releases: Path) -> int:
    """Measure, print a table, and say by the exit code whether our limits hold."""
    print(f"{'':58}{'seconds':>9}{'MB':>7}  of the hidden cells exact")
    failed = 0
    for table in ("district", "areas"):
        ours = measured("attack", table, f"{table}, small numbers hidden: our attack")
        plain = measured("linprog", table, f"{table}, small numbers hidden: linprog per cell")
        assert ours["exact"] == plain["exact"], "both must find the same"
        safe = measured("safe", table, f"{table}, protected: our attack")
        failed |= max(ours["seconds"], safe["seconds"]) > LIMITS[table] or safe["exact"] > 0
    shown = releases / (releases / "current").read_text(encoding="utf-8").strip()
    whole = measured("release", str(shown), f"{shown.name}, everything: audit")
    failed |= whole["seconds"] > LIMITS["release"] or whole["exact"] > 0
    return int(failed | year())


def year() -> bool:
    """One year of all themes, protected and attacked; whether that failed or took too long."""
    import small_areas

    start = time.perf_counter()
    with ThreadPoolExecutor(CORES) as pool:
        jobs = [pool.submit(asked, "theme", str(n)) for n in range(small_areas.THEMES)]
        told = [job.result() for job in jobs]
    seconds = time.perf_counter() - start
    sums = {key: sum(one[key] for one in told) for key in told[0]}
    print(
        f"{len(told)} themes of a year protected and attacked, {CORES} processes".ljust(58)
        + f"{seconds:>9.1f}{max(one['megabytes'] for one in told):>7.0f}"
        + f"  {sums['exact']:.0f} of {sums['hidden']:.0f}\n"
        f"  districts: {sums['small']:.0f} small numbers, {sums['given']:.0f} of them exact if only"
        f" they are hidden; {sums['refused']:.0f} themes refused\n"
        f"  areas: {sums['rounded']:.0f} rounded numbers, {sums['broken']:.0f} sums broken,"
        f" {sums['known']:.0f} numbers known too closely"
    )
    return bool(seconds > LIMITS["year"] or sums["exact"] or sums["broken"] or sums["known"])


def asked(job: str, what: str) -> Told:
    """What a job says that runs in a process of its own."""
    answer = subprocess.run(
        [sys.executable, __file__, "--job", job, what], capture_output=True, text=True, check=False
    )
    if answer.returncode:
        raise SystemExit(answer.stderr)
    told: Told = json.loads(answer.stdout)
    return told


def measured(job: str, what: str, title: str) -> Told:
    """What a job says, printed."""
    told = asked(job, what)
    print(
        f"{title:58}{told['seconds']:>9.2f}{told['megabytes']:>7.0f}"
        f"  {told['exact']:.0f} of {told['hidden']:.0f}",
        flush=True,
    )
    return told


def run(job: str, what: str) -> Told:
    """Do one job in this process."""
    jobs = {"attack": attack, "linprog": linprog, "safe": safe, "release": release, "theme": theme}
    told: Told = jobs[job](what)
    return {**told, "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def small(table: str, number: int = THEME) -> tuple[Any, Any, Any]:
    """A table of a theme, its numbers, and which of them are small."""
    import small_areas

    counted = small_areas.theme(number, small_areas.population())
    areas, sexes = table != "district", table == "district"
    system, value = small_areas.table(counted, areas=areas, ages=table != "bands", sexes=sexes)
    return system, value, (value > 0) & (value < MINIMUM)


def told_without(system: Any, value: Any, hidden: Any) -> Any:
    """What everybody knows when these cells are hidden: they are 1 or more."""
    import numpy as np

    low, high = np.where(hidden, 1.0, value), np.where(hidden, np.inf, value)
    return system.told(np.arange(system.cells), low, high)


def found(system: Any, value: Any, hidden: Any) -> Told:
    """Our attack on a table with hidden cells, timed: what is found of them, exactly or not."""
    import numpy as np

    from prepare.disclosure import attack

    told = told_without(system, value, hidden)
    demand = attack.Demand(np.where(hidden, MINIMUM, 0), np.where(hidden, MINIMUM - 1, 0))
    start = time.process_time()
    failures = attack.failing(told, demand, hidden)
    return {
        "seconds": time.process_time() - start,
        "exact": int(failures.exact.sum()),
        "narrow": len(failures),
        "hidden": int(hidden.sum()),
    }


def attack(table: str) -> Told:
    return found(*small(table))


def linprog(table: str) -> Told:
    """What one would write: the equations as they are, the least and the greatest of each cell."""
    import numpy as np
    from scipy import optimize

    system, value, hidden = small(table)
    told = told_without(system, value, hidden)
    bounds = np.column_stack([told.floor, told.ceiling])
    start = time.process_time()
    exact = 0
    for cell in np.flatnonzero(hidden):
        ends = []
        for sign in (1.0, -1.0):
            aim = np.zeros(system.cells)
            aim[cell] = sign
            found = optimize.linprog(aim, A_eq=told.rows, b_eq=told.low, bounds=bounds)
            ends.append(sign * found.fun if found.status == 0 else np.inf)
        exact += ends[1] - ends[0] < 1e-6
    return {
        "seconds": time.process_time() - start,
        "exact": int(exact),
        "hidden": int(hidden.sum()),
    }


def safe(table: str) -> Told:
    """The attack on the same table, protected; only the attack is timed."""
    import numpy as np

    from prepare.disclosure import rounding

    system, value, hidden = small(table)
    if table == "district":
        return found(system, value, suppressed(system, value, hidden))
    told = rounding.rounded(system, value, np.full(system.cells, BASE))
    return attacked_rounding(system, told)


def suppressed(system: Any, value: Any, hidden: Any) -> Any:
    """Which cells are hidden so that the small ones cannot be computed."""
    import numpy as np

    from prepare.disclosure import suppression
    from prepare.disclosure.attack import Demand

    asked = np.full(system.cells, MINIMUM)
    found = suppression.pattern(
        system,
        value,
        hidden,
        fixed=value == 0,
        absent=np.zeros(system.cells, dtype=bool),
        demand=Demand(asked, asked - 1),
        weight=np.sqrt(value) + 1,
        floor=np.ones(system.cells),
        seconds=10,
    )
    return found.hidden


def attacked_rounding(system: Any, told: Any) -> Told:
    """Our attack on rounded numbers, timed: each is known to less than the base."""
    import numpy as np

    from prepare.disclosure import attack

    reach = np.maximum(told - (BASE - 1), 0), told + (BASE - 1)
    known = system.told(np.arange(system.cells), *reach)
    start = time.process_time()
    demand = attack.Demand(np.full(system.cells, MINIMUM), np.full(system.cells, MINIMUM - 1))
    failures = attack.failing(known, demand, np.ones(system.cells, dtype=bool))
    return {
        "seconds": time.process_time() - start,
        "exact": int(failures.exact.sum()),
        "narrow": len(failures),
        "hidden": system.cells,
    }


def release(path: str) -> Told:
    """The audit of a whole release, everything that it tells; reading it is not timed."""
    from prepare import inspection
    from prepare.disclosure import audit, publications
    from prepare.disclosure.earlier import NOTHING

    folder = Path(path)
    told = publications.released(inspection.whole(folder.parent, folder.name))
    start = time.process_time()
    report = audit.audit(told, NOTHING)
    return {
        "seconds": time.process_time() - start,
        "exact": sum(leak.kind == "exact" for leak in report.leaks),
        "hidden": int((told.counts["status"] == "suppressed").sum()),
    }


def theme(number: str) -> Told:
    """One theme of a year, from its numbers to the attack on what is told of them."""
    import numpy as np

    from prepare.disclosure import rounding
    from prepare.disclosure.problem import Unprotectable

    system, value, hidden = small("district", int(number))
    given = found(system, value, hidden)["exact"]
    refused = 0
    safe: Told = {"exact": 0, "narrow": 0, "hidden": 0}
    try:
        safe = found(system, value, suppressed(system, value, hidden))
    except Unprotectable:
        refused = 1
    bands, exact, _ = small("bands", int(number))
    told = rounding.rounded(bands, exact, np.full(bands.cells, BASE))
    attacked = attacked_rounding(bands, told)
    return {
        "small": int(hidden.sum()),
        "given": given,
        "refused": refused,
        "exact": safe["exact"] + attacked["exact"],
        "hidden": safe["hidden"],
        "rounded": bands.cells,
        "broken": int(np.count_nonzero(bands.rows @ told)),
        "known": safe["narrow"] + attacked["narrow"],
    }


if __name__ == "__main__":
    if sys.argv[1:2] == ["--job"]:
        print(json.dumps(run(*sys.argv[2:4])))
    else:
        sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "data" / "releases"))
