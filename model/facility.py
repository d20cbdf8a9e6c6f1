"""One facility with its yearly values, as its own page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from model import formats, status
from model.catalog import FacilityType, Measure
from model.language import _


@dataclass(frozen=True)
class Value:
    """One yearly value; None exactly when `status` says why it is missing."""

    period: str
    value: float | None
    status: str


@dataclass(frozen=True)
class Facility:
    """A facility and where it stands; lon and lat are None where only its address is known."""

    id: str
    name: str
    kind: FacilityType
    area: str
    address: str
    lon: float | None
    lat: float | None
    delivery: str


@dataclass(frozen=True)
class Series:
    """All values of one measure, by period ascending; a period without one was not collected."""

    measure: Measure
    values: tuple[Value, ...]


def periods(found: Sequence[Series]) -> tuple[str, ...]:
    """The periods any of the series has, ascending."""
    return tuple(sorted({value.period for series in found for value in series.values}))


def value(series: Series | None, period: str) -> Value:
    """The value of a series at a period, not collected where there is none."""
    known = {one.period: one for one in series.values} if series else {}
    return known.get(period, Value(period, None, "not_collected"))


def taken(places: Value, users: Value) -> Value:
    """Taken places in per cent of all; with the graver status of both, missing where one is."""
    grave = max(places.status, users.status, key=status.ORDER.index)
    if places.value is None or users.value is None:
        return Value(places.period, None, grave)
    if not places.value:
        return Value(places.period, None, "not_meaningful")
    return Value(places.period, formats.rounded(100 * users.value / places.value, 1), grave)


def stand(period: str) -> str:
    """The period of a value: 'Stand: 31.12.2024' or 'Jahr 2024'."""
    return formats.stand(period, "date")


def sentence(own: Facility, places: Value, users: Value) -> str:
    """Places and how many are taken, in a sentence; '' where there is neither."""
    if places.value is None:
        return ""
    when = formats.at_period(places.period, "date")
    text = _("{name} hatte {when} {places} Plätze.").format(
        name=own.name, when=when, places=formats.plain(places.value)
    )
    share = taken(places, users).value
    if share is not None and users.value is not None:
        text += " " + _("Davon waren {users} belegt, das sind {share}.").format(
            users=formats.plain(users.value), share=f"{formats.number(share, 1)}{formats.NBSP}%"
        )
    return text
