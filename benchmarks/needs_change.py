"""Server time of moving a weight on the page of needs, and of its robustness beside a plain loop.

    python benchmarks/needs_change.py [RELEASES]

The page is asked over the wire, each time with another weight, so that nothing is kept from before.
The loop draws the same weightings and values and ranks the areas with pandas, one draw after the
other, as one would write it first.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from visitor import ROOT, server, visit

sys.path.insert(0, str(ROOT))

from loaders import needs as loaded
from loaders import releases
from model import needs, robustness
from model.needs import Setting
from model.presets import HEAVIEST, MOST
from model.robustness import DRAWS

ROUNDS = 30
LIMIT = 300


def main(folder: Path) -> int:
    """Measure, print, and say by the exit code whether the limit holds."""
    os.environ["QUARTIERSPULS_RELEASES"] = str(folder)
    release = releases.current()
    offer = loaded.offer(release)
    begun = needs.initial(offer)
    widest = Setting(tuple((name, HEAVIEST // 2) for name in list(offer.indicators)[:MOST]))
    print(f"{release.id}: {len(offer.areas)} areas, {DRAWS} draws of weights and of values\n")
    slowest = 0.0
    with server(ROOT / "streamlit_app.py", folder) as port, visit(port) as visitor:
        for name, setting in (("first preset", begun), (f"{MOST} indicators", widest)):
            visitor.look("bedarfe", _query(setting))
            runs = [visitor.look("bedarfe", _query(moved)) for moved in _moves(setting)]
            times = sorted(run.milliseconds for run in runs)
            slowest = max(slowest, times[int(0.95 * len(times))])
            sent = statistics.median(run.wired for run in runs) / 1000
            failed = "  FAILED" if any(run.failed for run in runs) else ""
            print(
                f"page, {name:14} median {statistics.median(times):6.1f} ms   "
                f"p95 {times[int(0.95 * len(times))]:6.1f} ms   sent {sent:5.1f} kB{failed}"
            )
    moves = _moves(begun)
    ours = _median(lambda turn: loaded.ranking(release, moves[turn]), len(moves))
    loop = _median(lambda turn: _loop(release, moves[turn]), 3)
    print(f"\nrobustness, ours         median {ours:8.1f} ms")
    print(f"robustness, pandas loop  median {loop:8.1f} ms   ({loop / ours:.0f} times)")
    return int(slowest > LIMIT)


def _moves(setting: Setting) -> list[Setting]:
    """Settings that differ in their weights from each other."""
    names = setting.indicators
    return [
        needs.weighed(
            needs.weighed(setting, names[0], 1 + turn % HEAVIEST), names[1], 1 + turn // HEAVIEST
        )
        for turn in range(ROUNDS)
    ]


def _query(setting: Setting) -> str:
    return "&".join(f"{key}={value}" for key, value in setting.query().items())


def _median(run: Callable[[int], object], rounds: int) -> float:
    times = []
    for turn in range(rounds):
        start = time.perf_counter()
        run(turn)
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def _loop(release: releases.Release, setting: Setting) -> pd.DataFrame:
    """The same shares, one draw after the other: of weights, of values, of both."""
    parts = [
        (part, weight)
        for name, weight in setting.weights
        if (part := loaded.component(release, name))
    ]
    columns = [part.view.indicator.id for part, _weight in parts]
    areas = [figure.area.id for figure in parts[0][0].view.figures]
    known = pd.DataFrame(
        {
            c: [p.score(f) for f in p.view.figures]
            for c, (p, _w) in zip(columns, parts, strict=True)
        },
        index=areas,
        dtype=float,
    )
    own = pd.Series([float(weight) for _part, weight in parts], index=columns)
    known = known[known.notna().mul(own).sum(axis=1) >= own.sum() * 2 / 3]
    drawn = {
        c: part.sign
        * (
            robustness.values(part.view.indicator, part.view.selection.period, part.view.figures)
            - part.city
        )
        / part.deviation
        for c, (part, _weight) in zip(columns, parts, strict=True)
    }
    hits = pd.DataFrame(0.0, index=known.index, columns=["weights", "chance", "both"])
    for turn, random in enumerate(robustness.weightings(columns)):
        weights = pd.Series(random, index=columns)
        values = pd.DataFrame({c: drawn[c][turn] for c in columns}, index=areas).loc[known.index]
        for kind, z, w in (
            ("weights", known, weights),
            ("chance", values, own),
            ("both", values, weights),
        ):
            score = z.mul(w).sum(axis=1) / z.notna().mul(w).sum(axis=1)
            hits[kind] += score.rank(ascending=False, method="min") <= setting.first
    return hits / DRAWS


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else releases.root()))
