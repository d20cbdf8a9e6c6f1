"""Time to write the Sozialatlas, and one view as PNG, each beside what one would write first.

    python benchmarks/report.py [RELEASES]

The book is put together anew and written in its three formats. Beside it stand the same pictures
as pixels, as a browser that prints its pages would make them. A view as PNG stands beside Altair's
own `save`, which builds and checks the chart before it draws.
"""

from __future__ import annotations

import io
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import altair as alt
import vl_convert as vlc

sys.path.insert(0, str(Path(__file__).parent.parent))

from components import atlas, framing, pictures, view_described
from documents import drawings, files, parts
from loaders import indicators, releases, views
from model import selection as selections
from model.selection import VIEWS
from model.view import View

BOOK, VIEW = 30.0, 0.5
"""Seconds that the book as PDF and one view as PNG may take."""
ROUNDS = 5


def main(folder: Path) -> int:
    """Measure, print, and say by the exit code whether the limits hold."""
    os.environ["QUARTIERSPULS_RELEASES"] = str(folder)
    release = releases.current()
    told, document = _timed(lambda: atlas.whole(release))
    drawn = [one for part in document.parts for one in parts.figures(part.blocks)]
    print(f"{release.id}: {len(document.parts)} chapters, {len(drawn)} pictures, {told:.1f} s\n")
    book = 0.0
    for ending in files.FORMATS:
        seconds, data = _timed(lambda ending=ending: files.written(ending, document))
        book = book or told + seconds
        print(
            f"{ending:5} {seconds:5.1f} s, with its content {told + seconds:5.1f} s, {_size(data)}"
        )
    seconds, pixels = _timed(lambda: [vlc.svg_to_png(one.svg, scale=2) for one in drawn])
    print(f"\nthe same pictures as pixels {seconds:5.1f} s, {_size(b''.join(pixels))}\n")
    slowest = max(_view(release, view) for view in VIEWS)
    print(f"\nbook as PDF {book:.1f} s (limit {BOOK:.0f})")
    print(f"slowest view {slowest:.2f} s (limit {VIEW})")
    return 0 if book <= BOOK and slowest <= VIEW else 1


def _view(release: releases.Release, name: str) -> float:
    """Seconds of a view as PNG once warm, printed beside Altair's own way."""
    theme = release.catalog.themes[0]
    indicator, _notices = selections.indicator_of(theme, {})
    scope = indicators.scope(release, indicator)
    chosen, _notices = selections.parse(theme, indicator, scope, {"ansicht": name})
    view = views.view_of(release, chosen)
    ours = _median(lambda: _drawn(view, release))
    theirs = _median(lambda: _saved(pictures.bare(pictures.still(view, release))))
    print(f"{name:13} as PNG {ours:5.2f} s, by Altair's save {theirs:5.2f} s")
    return ours


def _drawn(view: View, release: releases.Release) -> None:
    """From the numbers to the pixels of the whole picture, nothing kept from before."""
    drawings.png.cache_clear()
    framing.png(framing.svg(view_described.of_view(view, release)))


def _saved(spec: dict[str, Any]) -> None:
    """The chart alone, without heading and sources."""
    # A still picture needs no selections, and Altair takes only its own.
    still = {key: part for key, part in spec.items() if key != "params"}
    alt.Chart.from_dict(still).save(io.BytesIO(), format="png")


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    made = work()
    return time.perf_counter() - start, made


def _median(work: Callable[[], Any]) -> float:
    work()
    return statistics.median(_timed(work)[0] for _round in range(ROUNDS))


def _size(data: bytes) -> str:
    return f"{len(data) / 1e6:.1f} MB"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else releases.root()))
