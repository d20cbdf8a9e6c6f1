"""What people alone in a cell learn of others, as far as there are others."""

from __future__ import annotations

from prepare.disclosure import attack
from prepare.disclosure.people import among
from prepare.disclosure.system import Flags, Floats, System


def overheard(
    told: System, hidden: Flags, minimum: Floats, ones: Flags | None = None
) -> list[tuple[int, int, float]]:
    """`attack.singletons` without the pairs in which one's people are among the other's.

    Who is alone in a whole learns of its parts nothing but what is true of herself.
    """
    return [
        pair
        for pair in attack.singletons(told, hidden, minimum, ones)
        if not among(told, pair[0], pair[1])
    ]
