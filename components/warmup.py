"""What is worth doing once before the first visitor comes."""

from __future__ import annotations

import gc
import importlib

from components import charts, deckmap, framing, tables, trends, view_described
from loaders import areas, indicators, releases, views
from model.selection import Selection


def run() -> None:
    """Import and compute one view of every kind, then keep the collector off what stays."""
    try:
        release = releases.current()
    except releases.ReleaseError:
        return
    theme = release.catalog.themes[0]
    indicator = theme.indicators[0]
    scope = indicators.scope(release, indicator)
    level = scope.default_level if scope.default_level in scope.levels else scope.levels[-1]
    view = views.view_of(
        release, Selection(theme.id, indicator.id, level, scope.periods[level][-1])
    )
    for chart in (charts.ranking, trends.trend, trends.small_trend, charts.strip):
        chart(view)
    tables.current(view)
    if areas.geometry_path(release, level):
        deckmap.deck(view, release).to_json()
    framing.svg(view_described.of_view(view, release))
    # Streamlit imports these with the first chart; many first visitors at once would race for it.
    importlib.import_module("pandas")
    importlib.import_module("pyarrow")
    gc.collect()
    gc.freeze()
