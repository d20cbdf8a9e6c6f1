"""What people alone in a cell learn of others, as far as there are others."""

from __future__ import annotations

from prepare.disclosure import attack
from prepare.disclosure.knowledge import knowledge
from prepare.disclosure.programs import TOLERANCE, Program
from prepare.disclosure.system import Flags, Floats, System


def overheard(
    told: System, hidden: Flags, minimum: Floats, ones: Flags | None = None
) -> list[tuple[int, int, float]]:
    """`attack.singletons` without the pairs that are the same number for everybody.

    Such cells hold the same people, so that who is alone in one learns nothing of others.
    """
    return [
        pair
        for pair in attack.singletons(told, hidden, minimum, ones)
        if not same(told, pair[0], pair[1])
    ]


def same(told: System, one: int, other: int) -> bool:
    """Whether two cells are the same number in all that is possible: their difference is 0."""
    tight = knowledge(told)
    part = next(cells for cells in tight.components() if one in cells)
    if other not in part:
        return False
    aim = (part == one).astype(float) - (part == other)
    program = Program(tight.part(part))
    return max(-program.least(aim).value, -program.least(-aim).value) <= TOLERANCE
