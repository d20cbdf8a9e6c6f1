"""What the map of a view shows: its figures, or how they changed."""

from __future__ import annotations

from components import change_painting, painting
from components.painting import Painted
from model import changes
from model.view import View


def painted(view: View) -> Painted:
    """What the view's map shows; where there is no period to compare with, its figures."""
    before = changes.base(view) if view.selection.view == "veraenderung" else None
    return change_painting.shifts(view, before) if before else painting.values(view)
