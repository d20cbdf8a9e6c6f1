"""Claims of comparison in texts: a closed set of words that hold by the application's own rules."""

from __future__ import annotations

from collections.abc import Mapping

from model import change_words, changes, formats, status, verdicts, wording
from model.catalog import Indicator
from model.verdicts import Against, Move
from prepare.findings import nearest
from prepare.told_cells import Cells, Told

CHANCE = verdicts.against("chance")
_STANDS: Mapping[str, Against] = {
    "höher": "higher",
    "deutlich höher": "higher",
    "niedriger": "lower",
    "deutlich niedriger": "lower",
    "ähnlich": "similar",
    "ähnlich hoch": "similar",
    CHANCE: "chance",
}
_MOVES: Mapping[str, Move] = {
    "gestiegen": "risen",
    "gesunken": "fallen",
    "unverändert": "chance",
    "kaum verändert": "chance",
    CHANCE: "chance",
}
_JOINTS: Mapping[Against, str] = {"higher": "als", "lower": "als", "similar": "wie"}
_STEADY = ("unverändert", "kaum verändert")
"""Words that also say that a number is much the same."""
CLEAR = ("höher", "niedriger", "gestiegen", "gesunken")
"""Words that beside a figure can only be claims."""
_REVISE = "Das Wort berichtigen und prüfen, ob der Satz noch stimmt."
_WITHOUT = "Den Satz ohne diesen Vergleich schreiben."


def standing_words(in_city: str) -> dict[str, str]:
    """What may be said of an area and its city, and the word it comes down to.

    `in_city` is how the city is called, with its preposition.
    """
    places = ("in der Stadt", "in der ganzen Stadt", in_city)
    said = {
        f"{word} {_JOINTS[verdict]} {place}": word
        for word, verdict in _STANDS.items()
        if verdict in _JOINTS
        for place in places
    }
    return {**{word: word for word in _STANDS}, **said}


def wrong(
    said: str, indicator: Indicator, area: str, period: str, since: str | None, cells: Cells
) -> Told | None:
    """Why a claim does not hold; None if the application says the same.

    It is about an area that has a row of the period: about it and its city, or about what became
    of it `since` an earlier period.
    """
    if told := _wrong_word(said, cells.catalog.city.in_city, moves=since is not None):
        return told
    if since is not None:
        return _wrong_move(said, indicator, area, (since, period), cells)
    return _wrong_standing(said, indicator, area, period, cells)


def _wrong_word(said: str, in_city: str, moves: bool) -> Told | None:
    allowed = {True: list(_MOVES), False: list(standing_words(in_city))}
    if said in allowed[moves]:
        return None
    if said in allowed[not moves]:
        message = (
            f'"{said}" vergleicht mit der Stadt, der Verweis nennt aber "seit".'
            if moves
            else f'"{said}" vergleicht mit früher, dem Verweis fehlt aber "seit".'
        )
        return "text_claim_word", message, '"seit" streichen.' if moves else "seit=... ergänzen."
    message = f'"{said}" ist kein Wort, das geprüft werden kann.'
    return "text_claim_word", message, nearest(said, _MOVES if moves else _STANDS)


def _wrong_standing(
    said: str, indicator: Indicator, area: str, period: str, cells: Cells
) -> Told | None:
    """Why an area does not stand to its city so; what /vergleich says of it counts."""
    city = cells.catalog.city
    outside = {city.city_level, *(level.id for level in city.levels if level.comparison)}
    if cells.levels[area] in outside:
        message = f'"{area}" ist kein Teil der Stadt.'
        return "text_claim_incomparable", message, "Ein Gebiet in der Stadt nennen."
    if told := cells.no_row(indicator, cells.city, period):
        return told
    both = [cells.figure(indicator, one, period) for one in (area, cells.city)]
    for one in both:
        if one.value is None:
            return _missing(said, one.area.name, one.status)
    found = verdicts.verdict(indicator, *both)
    if found == "incomparable":
        return _untold(said)
    if found == _STANDS[standing_words(city.in_city)[said]]:
        return None
    values = "; ".join(f"{one.area.name}: {wording.value(indicator, one)}" for one in both)
    return _differs(said, verdicts.against(found), values)


def _wrong_move(
    said: str, indicator: Indicator, area: str, periods: tuple[str, str], cells: Cells
) -> Told | None:
    """Why this did not become of an area; what the view "Veränderung" says of it counts."""
    since, period = periods
    if since >= period:
        message = f'"{since}" liegt nicht vor "{period}".'
        return "value_wrong", message, '"seit" ist der frühere Zeitpunkt.'
    if told := cells.no_row(indicator, area, since):
        return told
    shift = cells.shift(indicator, area, periods)
    if shift.state in status.ABSENT:
        return _missing(said, shift.area.name, shift.state)
    if shift.state not in changes.TESTED:
        return _untold(said, "" if shift.state == "untested" else change_words.state(shift.state))
    before, after = shift.before.value or 0.0, shift.after.value or 0.0
    kept = said not in _STEADY or verdicts.alike(indicator, after, before)
    if shift.state == _MOVES[said] and kept:
        return None
    values = "; ".join(
        f"{formats.period(each, indicator.reference)}: {wording.value(indicator, one)}"
        for each, one in zip(periods, (shift.before, shift.after), strict=True)
    )
    return _differs(said, change_words.state(shift.state), values)


def _missing(said: str, area: str, state: str) -> Told:
    message = f'"{said}" braucht eine Zahl, die für {area} {status.words(state)} ist.'
    return "text_figure_missing", message, _WITHOUT


def _untold(said: str, why: str = "") -> Told:
    reason = why or "Ob der Unterschied Zufall ist, lässt sich für diese Zahl nicht sagen"
    return "text_claim_incomparable", f'"{said}" ist nicht prüfbar: {reason}.', _WITHOUT


def _differs(said: str, found: str, values: str) -> Told:
    message = f'steht "{said}", die Veröffentlichung sagt "{found}" ({values}).'
    return "text_claim_differs", message.replace(formats.NBSP, " "), _REVISE
