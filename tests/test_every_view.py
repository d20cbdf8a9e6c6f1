"""Every indicator in every view is computed without an error, over the wire; Köln's in turns."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders import indicators, interventions, releases
from model.selection import PICTURES, VIEWS, Scope
from visitor import visit


def port(address: str) -> int:
    return int(address.rsplit(":", 1)[1].strip("/"))


def _shown(scope: Scope, number: int, everything: bool) -> list[tuple[str, str]]:
    """Each level in one view, the next indicator in the next; if `everything`, one in all views."""
    own = scope.default_level if scope.default_level in scope.levels else scope.levels[-1]
    others = [level for level in scope.levels if not everything or level != own]
    turns = [VIEWS[(number + place) % len(VIEWS)] for place in range(len(others))]
    return [*((own, view) for view in VIEWS if everything), *zip(others, turns, strict=True)]


@pytest.mark.parametrize("city", ["minden", "koeln"])
def test_every_indicator_in_every_view(
    city: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = request.getfixturevalue("app" if city == "minden" else "koeln_app")
    folder: Path = request.getfixturevalue(f"{city}_releases")
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(folder))
    release = releases.current()
    seen: set[tuple[str, str]] = set()
    with visit(port(address)) as visitor:
        every = list(release.catalog.indicators.values())
        looked_at = every if city == "minden" else every[::2]
        for number, indicator in enumerate(looked_at):
            scope = indicators.scope(release, indicator)
            assert scope.levels, f"{indicator.id} has no values"
            theme = release.catalog.theme_of(indicator.id)
            picture = PICTURES[number % len(PICTURES)]
            for level, view in _shown(scope, number, everything=city == "minden"):
                query = f"indikator={indicator.id}&ebene={level}&ansicht={view}&bild={picture}"
                answer = visitor.look(theme.id, query)
                assert not answer.failed, query
                assert answer.received > 5_000, query
                seen.add((indicator.id, view))
        for query in ("", "nebeneinander=indikatoren"):
            maps = visitor.look("karten", query)
            assert not maps.failed and maps.received > 5_000, query
        for query in ("", "darstellung=matrix", "darstellung=matrix&koeffizient=pearson"):
            related = visitor.look("zusammenhaenge", query)
            assert not related.failed and related.received > 5_000, query
        if city == "minden":
            assert not visitor.look("bedarfe", "").failed
        for one in interventions.every(release):
            assert not visitor.look("massnahmen", f"massnahme={one.id}").failed, one.id
    assert len(seen) >= (len(VIEWS) if city == "minden" else 2) * len(looked_at)
