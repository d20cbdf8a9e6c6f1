"""Server time and websocket bytes of changing the indicator, ours beside the obvious build.

    python benchmarks/indicator_change.py [RELEASES]

Both servers run at the same time on the same release, and their runs take turns, so that
whatever else the machine does hits both alike.
"""

from __future__ import annotations

import os
import statistics
import sys
from pathlib import Path

from visitor import ROOT, Answer, server, visit

sys.path.insert(0, str(ROOT))

from loaders import indicators, releases

ROUNDS = 25


def main(folder: Path) -> int:
    """Measure, print a table, and say by the exit code whether our limits hold."""
    os.environ["QUARTIERSPULS_RELEASES"] = str(folder)
    release = releases.current()
    theme = release.catalog.themes[0]
    level = release.catalog.city.default_level
    names = [
        i.id
        for i in theme.indicators
        if i.denominator and indicators.scope(release, i).periods.get(level)
    ][:6]
    with (
        server(ROOT / "streamlit_app.py", folder) as ours,
        server(Path(__file__).parent / "naive_app.py", folder) as naive,
        visit(ours) as first,
        visit(ours) as second,
        visit(naive) as third,
    ):
        visitors = {
            "Quartierspuls, SVG map": (first, "svg", theme.id),
            "Quartierspuls, pydeck map": (second, "webgl", theme.id),
            "obvious build": (third, "", ""),
        }
        answers: dict[str, list[Answer]] = {name: [] for name in visitors}
        for turn in range(ROUNDS + 2 * len(names)):
            for name, (visitor, renderer, page) in visitors.items():
                query = f"indikator={names[turn % len(names)]}"
                query += f"&ansicht=karte&karte={renderer}" if renderer else ""
                answers[name].append(visitor.look(page, query))
    print(f"{release.id}, theme {theme.id}, {len(names)} indicators, {ROUNDS} warm changes each\n")
    print(f"{'':28}{'first':>10}{'warm median':>14}{'p95':>10}{'kB warm':>10}{'sent':>8}")
    for name, runs in answers.items():
        warm = runs[2 * len(names) :]
        times = sorted(run.milliseconds for run in warm)
        size = statistics.median(run.received for run in warm) / 1000
        sent = statistics.median(run.wired for run in warm) / 1000
        print(
            f"{name:28}{runs[0].milliseconds:>7.0f} ms{statistics.median(times):>11.1f} ms"
            f"{times[int(0.95 * len(times))]:>7.1f} ms{size:>10.1f}{sent:>8.1f}"
            + ("  FAILED" if any(run.failed for run in warm) else "")
        )
    ours_warm = answers["Quartierspuls, SVG map"][2 * len(names) :]
    median = statistics.median(run.milliseconds for run in ours_warm)
    sent = statistics.median(run.wired for run in ours_warm)
    return int(median > 40 or sent > 20_000)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else releases.root()))
