"""The chapters of the Sozialatlas about its figures: how to read them, and how they are made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from components import atlas_figures, described, guide, lineup_notes, secrecy
from documents.document import Block, Facts, Heading, Part, Text
from loaders import areas, releases, views
from model import signs, wording
from model.catalog import Indicator, Theme
from model.language import _
from model.view import View


def reading(release: releases.Release) -> Part:
    """How to read the book: signs, arithmetic, chance, secrecy."""
    listed = tuple(
        (f"{sign}  {wording.initial(meaning)}", signs.reason(kind))
        for kind, sign, meaning in signs.legend(release.catalog.city.signs)
    )
    return Part(
        title=_("So lesen Sie den Atlas"),
        blocks=(
            Heading(_("Was die Zeichen und Wörter bedeuten")),
            Facts(listed),
            Heading(_("Wie gerechnet wird")),
            Text(guide.ARITHMETIC),
            Heading(_("Unterschied oder Zufall?")),
            *(Text(text) for text in lineup_notes.notes(())[:2]),
            Heading(_("Geheimhaltung")),
            Text(secrecy.WHY),
        ),
    )


def indicators(release: releases.Release) -> Iterator[Part]:
    """All indicators by theme, each with its definition and source."""
    yield Part(_("Indikatoren und Quellen"), ())
    for theme in release.catalog.themes:
        if blocks := tuple(_theme(release, theme)):
            words = tuple(indicator.short for indicator in theme.indicators)
            yield Part(theme.title, blocks, level=2, words=words)


def secrecies(release: releases.Release) -> Iterator[Part]:
    """The rules of secrecy."""
    catalog = release.catalog
    yield Part(
        title=_("Geheimhaltung"),
        blocks=(
            Text(secrecy.WHY, "lead"),
            *(
                replace(described.table(told), strong=frozenset())
                for told in (secrecy.rules(catalog), secrecy.methods(catalog))
            ),
            *(Text(line) for line in secrecy.remarks(catalog)),
        ),
    )


def _theme(release: releases.Release, theme: Theme) -> Iterator[Block]:
    for indicator in theme.indicators:
        view = _view(release, indicator)
        if view is not None:
            yield Facts(((indicator.title, _told(indicator)),))
            yield Text(" · ".join(wording.footer(view, whole=True)), "small")


def _view(release: releases.Release, indicator: Indicator) -> View | None:
    """The newest view of an indicator, of the districts or of the next level that has one."""
    usual = release.catalog.city.default_level
    for level in (usual, *areas.by_level(release)):
        if period := atlas_figures.newest(release, indicator, level):
            chosen = atlas_figures.selection(release, indicator, period, level)
            return views.view_of(release, chosen)
    return None


def _told(indicator: Indicator) -> str:
    return " ".join(
        (
            f"{indicator.definition} ({indicator.unit} · {indicator.base})",
            f"{_('Was wird gezählt?')} {indicator.counted}",
            f"{_('Warum wichtig?')} {indicator.why}",
            f"{_('Was beachten?')} {indicator.caution}",
        )
    )
