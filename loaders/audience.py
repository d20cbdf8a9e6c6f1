"""Whom this process serves: everybody, unless it was started for the city's own offices.

Two processes of the same code never share a folder of releases: each shows only what is made for
its own audience, and knows the place of no other.
"""

from __future__ import annotations

import os
from typing import get_args

from model.catalog import Audience
from model.language import _

VARIABLE = "QUARTIERSPULS_AUDIENCE"


class AudienceError(Exception):
    """The process was started for an audience there is not; the text is for people."""


def served() -> Audience:
    """The audience of this process: QUARTIERSPULS_AUDIENCE, else the public.

    Raises AudienceError for any other word, so that a slip of the pen opens nothing.
    """
    told = os.environ.get(VARIABLE, "public")
    known: dict[str, Audience] = {audience: audience for audience in get_args(Audience)}
    if told not in known:
        raise AudienceError(
            _("{variable} nennt „{told}“; möglich sind {known}.").format(
                variable=VARIABLE, told=told, known=", ".join(known)
            )
        )
    return known[told]


def internal() -> bool:
    """Whether this process serves the city's own offices only."""
    return served() == "internal"
