"""What the map of a view shows: its figures, how they changed, or their groups."""

from __future__ import annotations

from components import change_painting, painting, typology_painting
from components.painting import Painted
from model import changes, typology
from model.view import View


def painted(view: View) -> Painted:
    """What the view's map shows; where there is no period to compare with, its figures."""
    before = changes.base(view) if view.selection.view == "veraenderung" else None
    if before is None:
        return painting.values(view)
    comparison = changes.between(view, before)
    if found := typology.shown(view, comparison):
        return typology_painting.groups(view, comparison, found)
    return change_painting.shifts(view, before)
