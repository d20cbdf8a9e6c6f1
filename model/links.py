"""Values of a link that may or may not exist: kept, or given way to with a German notice.

Whatever a link says, it is never echoed back and never raises.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from model.language import _


def listed(text: str) -> list[str]:
    """The parts of a list in a link, each once."""
    return list(dict.fromkeys(part for part in text.split(",") if part))


def one(
    key: str, query: Mapping[str, str], options: Collection[str], default: str, notices: list[str]
) -> str:
    """The asked one of the options; else the default, with a notice if something was asked."""
    asked = query.get(key)
    if asked is None or asked in options:
        return default if asked is None else asked
    notices.append(_("Die Angabe „{key}“ im Link passt hier nicht.").format(key=key))
    return default


def known(
    asked: Sequence[str],
    options: Collection[str],
    most: int,
    unknown: str,
    too_many: str,
    notices: list[str],
) -> tuple[str, ...]:
    """The asked ones that exist, at most `most`, with notices for the others."""
    here = [part for part in asked if part in options]
    if len(here) < len(asked):
        notices.append(unknown)
    if len(here) > most:
        notices.append(too_many)
    return tuple(here[:most])
