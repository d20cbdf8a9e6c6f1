"""The address of a relation of two indicators, the controls that write it, and the way there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from components import url, zoning
from loaders import releases
from model import relation, selection
from model.language import _
from model.mapset import Offer
from model.relation import Relation
from model.view import View

PAGE = "zusammenhaenge"


def read(release: releases.Release, offer: Offer) -> tuple[Relation, list[str]]:
    """The relation the address means, always valid, with notices for what was not.

    Whoever comes from a theme without an address of their own keeps indicator, level, year and
    areas.
    """
    asked, zoned = zoning.single(release)
    known = url.carried("ebene", "zeit", "gebiet", "indikator")
    if "indikator" in known:
        known["x"] = known.pop("indikator")
    chosen, notices = relation.parse(release.catalog, offer, asked or known)
    write(chosen)
    return chosen, [*zoned, *notices] if asked else []


def write(chosen: Relation) -> None:
    """Make the address say what is shown; the first marked areas go on to the themes."""
    url.say(chosen)
    url.carry(gebiet=",".join(chosen.areas[: selection.MAX_AREAS]))


def change(chosen: Relation, **changes: Any) -> None:
    """Go from one relation to another; for callbacks of controls, scatter, map and table."""
    write(replace(url.latest(chosen), **changes))


def doorway(view: View) -> None:
    """The way from a theme's view to its indicator beside another one."""
    if len(view.figures) > 1:
        url.doorway(PAGE, "x", view, _("Zusammenhang mit einem anderen Indikator"))
