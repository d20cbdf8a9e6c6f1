"""Every indicator in every view of both cities is computed without an error, over the wire."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders import indicators, releases
from model.selection import VIEWS, Scope
from visitor import visit


def port(address: str) -> int:
    return int(address.rsplit(":", 1)[1].strip("/"))


def _shown(scope: Scope, number: int) -> list[tuple[str, str]]:
    """Every view of the default level, and of each other level one: the next indicator's next."""
    own = scope.default_level if scope.default_level in scope.levels else scope.levels[-1]
    others = [level for level in scope.levels if level != own]
    turns = [VIEWS[(number + place) % len(VIEWS)] for place in range(len(others))]
    return [*((own, view) for view in VIEWS), *zip(others, turns, strict=True)]


@pytest.mark.parametrize("city", ["minden", "koeln"])
def test_every_indicator_in_every_view(
    city: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = request.getfixturevalue("app" if city == "minden" else "koeln_app")
    folder: Path = request.getfixturevalue(f"{city}_releases")
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(folder))
    release = releases.current()
    seen = 0
    with visit(port(address)) as visitor:
        for number, indicator in enumerate(release.catalog.indicators.values()):
            scope = indicators.scope(release, indicator)
            assert scope.levels, f"{indicator.id} has no values"
            theme = release.catalog.theme_of(indicator.id)
            for level, view in _shown(scope, number):
                query = f"indikator={indicator.id}&ebene={level}&ansicht={view}"
                answer = visitor.look(theme.id, query)
                assert not answer.failed, query
                assert answer.received > 5_000, query
                seen += 1
        for query in ("", "nebeneinander=indikatoren"):
            maps = visitor.look("karten", query)
            assert not maps.failed and maps.received > 5_000, query
    assert seen >= len(VIEWS) * len(release.catalog.indicators)
