"""The app on Flensburg's release: every indicator on every level it has, one view in turn."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders import indicators, releases
from model.selection import VIEWS
from visitor import visit


def test_every_indicator_is_shown(
    flensburg_app: str, flensburg_releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(flensburg_releases))
    release = releases.current()
    levels: set[str] = set()
    with visit(int(flensburg_app.rsplit(":", 1)[1])) as visitor:
        for place, indicator in enumerate(release.catalog.indicators.values()):
            for level in indicators.scope(release, indicator).levels:
                theme = release.catalog.theme_of(indicator.id)
                view = VIEWS[(place + len(levels)) % len(VIEWS)]
                query = f"indikator={indicator.id}&ebene={level}&ansicht={view}"
                answer = visitor.look(theme.id, query)
                assert not answer.failed, query
                assert answer.received > 5_000, query
                levels.add(level)
    assert levels == {"stadt", "stadtteil", "stadtbezirk"}
