"""What types of facilities name: measures, ages, indicators, and their signs on the map."""

from __future__ import annotations

from collections.abc import Sequence

from model.catalog import BREAKDOWNS, TOTAL, Audience, Catalog, FacilityType, Term
from prepare.findings import Finding, nearest


def findings(types: Sequence[FacilityType], catalog: Catalog, name: str) -> list[Finding]:
    """Names nobody declared, and signs that look alike; `name` is the file's."""
    found = []
    for number, each in enumerate(types):
        place = f'[[types]] id = "{each.id}"'
        measures = [each.places, each.users, each.serves.measure if each.serves else None]
        asked = (
            ("measure_unknown", "Messgröße", measures, catalog.measures),
            ("indicator_unknown", "Indikator", [each.need], catalog.indicators),
        )
        found += [
            Finding(rule, name, place, f'{word} "{one}" ist nicht vereinbart.', nearest(one, known))
            for rule, word, names, known in asked
            for one in names
            if one is not None and one not in known
        ]
        if each.serves and each.serves.measure in catalog.measures:
            found += _categories(each.serves, catalog, name, f'{place}, Schlüssel "serves"')
        same = [one for one in types[:number] if _sign(one) == _sign(each) and one.id != each.id]
        found += [
            Finding(
                "facility_sign_repeated",
                name,
                place,
                f'"{each.title}" sieht auf der Karte aus wie "{one.title}".',
                "sign oder shape ändern.",
            )
            for one in same[:1]
        ]
    return found


def told(
    types: Sequence[FacilityType], audience: Audience, catalog: Catalog
) -> tuple[FacilityType, ...]:
    """The types as far as an audience may know them; `catalog` is what it knows of the rest."""
    known = catalog.measures
    return tuple(
        each.model_copy(
            update={
                "serves": each.serves if each.serves and each.serves.measure in known else None,
                "served": each.served if each.serves and each.serves.measure in known else "",
                "places": each.places if each.places in known else None,
                "users": each.users if {each.places, each.users} <= known.keys() else None,
                "need": each.need if each.need in catalog.indicators else None,
                # That others may know it, too, is nothing to be told either.
                "audiences": (audience,),
            }
        )
        for each in types
        if audience in each.audiences
    )


def _sign(each: FacilityType) -> tuple[str, str]:
    return each.shape, each.letters


def _categories(term: Term, catalog: Catalog, name: str, place: str) -> list[Finding]:
    """Categories nobody declared, or of a breakdown the measure does not have."""
    found = []
    for breakdown in BREAKDOWNS:
        asked = getattr(term, breakdown)
        if asked == (TOTAL,):
            continue
        own = catalog.measures[term.measure].breakdowns
        known = [category.id for category in catalog.city.categories(breakdown)]
        if breakdown not in own:
            message = f'Die Messgröße "{term.measure}" hat das Merkmal "{breakdown}" nicht.'
            remedy = f"Den Schlüssel weglassen; vorhanden: {', '.join(own) or 'keines'}."
            found.append(Finding("breakdown_missing", name, place, message, remedy))
            continue
        found += [
            Finding(
                "category_unknown",
                name,
                place,
                f'Ausprägung "{one}" ist nicht vereinbart.',
                nearest(one, known),
            )
            for one in asked
            if one not in known
        ]
    return found
