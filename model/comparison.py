"""Which areas are held against each other, and by which indicators: the address of `/vergleich`.

As with model/selection.py the address is the state: `parse` makes query parameters a comparison
that is valid for the release, with a notice for what had to give way; `query` writes it back.
docs/links.md lists the keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from model import links
from model.catalog import OVERVIEW, Catalog
from model.language import _
from model.selection import SWITCH

MAX_AREAS = 5
MAX_INDICATORS = 12


@dataclass(frozen=True)
class Comparison:
    """Chosen areas by the indicators of a theme, or by `indicators` where the theme is empty.

    The theme OVERVIEW is the telling figure of each theme. `intervals` draws how far chance alone
    moves each value.
    """

    areas: tuple[str, ...] = ()
    theme: str = OVERVIEW
    indicators: tuple[str, ...] = ()
    intervals: bool = False

    def query(self) -> dict[str, str]:
        """The complete comparison as query parameters."""
        return {
            **({"gebiet": ",".join(self.areas)} if self.areas else {}),
            **({"thema": self.theme} if self.theme else {}),
            **({"indikatoren": ",".join(self.indicators)} if not self.theme else {}),
            "intervalle": "ja" if self.intervals else "nein",
        }


def parse(
    catalog: Catalog, areas: Mapping[str, str], query: Mapping[str, str]
) -> tuple[Comparison, list[str]]:
    """The comparison a query means, and a German notice for every value that had to give way.

    `areas` are the names by id of those that can be chosen. A list of indicators goes before a
    theme. Unknown, empty or hostile values are never echoed back and never raise.
    """
    notices: list[str] = []
    chosen = links.known(
        links.listed(query.get("gebiet", "")),
        areas,
        MAX_AREAS,
        _("Nicht jedes Gebiet aus dem Link gibt es hier."),
        _("Verglichen werden höchstens {most} Gebiete.").format(most=MAX_AREAS),
        notices,
    )
    indicators = links.known(
        links.listed(query.get("indikatoren", "")),
        catalog.indicators,
        MAX_INDICATORS,
        _("Nicht jeden Indikator aus dem Link gibt es hier."),
        _("Gezeigt werden höchstens {most} Indikatoren.").format(most=MAX_INDICATORS),
        notices,
    )
    theme = query.get("thema", OVERVIEW)
    if not indicators and theme not in {OVERVIEW, *(found.id for found in catalog.themes)}:
        notices.append(
            _("Das Thema aus dem Link gibt es hier nicht. Gezeigt wird aus jedem Thema eine Zahl.")
        )
        theme = OVERVIEW
    switch = links.one("intervalle", query, SWITCH, "nein", notices)
    return (
        Comparison(
            areas=chosen,
            theme="" if indicators else theme,
            indicators=indicators,
            intervals=SWITCH[switch],
        ),
        notices,
    )


def indicator_ids(catalog: Catalog, chosen: Comparison) -> tuple[str, ...]:
    """The ids of what is compared, in the order of the theme or of the choice."""
    if not chosen.theme:
        return chosen.indicators
    if chosen.theme == OVERVIEW:
        return tuple(theme.headline for theme in catalog.themes)
    return tuple(indicator.id for indicator in catalog.theme(chosen.theme).indicators)


def joined(chosen: Comparison, area: str) -> Comparison | None:
    """The comparison with one more area; None where it is in it, or there is no room."""
    if area in chosen.areas or len(chosen.areas) >= MAX_AREAS:
        return None
    return replace(chosen, areas=(*chosen.areas, area))
