"""The register of interventions as an address: which are listed, or which one is open."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from model.interventions import Intervention
from model.language import _


@dataclass(frozen=True)
class Register:
    """What of the register is shown: those of an office, an area and an indicator, '' for any.

    `intervention` is the one that is open, '' for the list.
    """

    office: str = ""
    area: str = ""
    indicator: str = ""
    intervention: str = ""

    def query(self) -> dict[str, str]:
        """The address, with nothing that is not asked for."""
        keys = {
            "massnahme": self.intervention,
            "amt": self.office,
            "gebiet": self.area,
            "indikator": self.indicator,
        }
        return {key: value for key, value in keys.items() if value}

    def listed(
        self, known: Iterable[Intervention], parts: Collection[str] = ()
    ) -> tuple[Intervention, ...]:
        """The interventions that fit; one for the whole city is one for each area.

        `parts` are those of the area if it is a zone: what is done in one of them, is done there.
        """
        places = set(parts or [self.area])
        return tuple(
            each
            for each in known
            if self.office in ("", each.office)
            and (not self.area or each.areas is None or not places.isdisjoint(each.areas))
            and (not self.indicator or self.indicator in each.indicators)
        )


def parse(
    known: Sequence[Intervention], areas: Collection[str], query: Mapping[str, str]
) -> tuple[Register, list[str]]:
    """The register a query means, and a German notice for every value that had to give way.

    Unknown, empty or hostile values are never echoed back and never raise.
    """
    notices: list[str] = []

    def one(key: str, options: Collection[str], wrong: str) -> str:
        asked = query.get(key, "")
        if not asked or asked in options:
            return asked
        notices.append(wrong)
        return ""

    return (
        Register(
            office=one("amt", offices(known), _("Das Amt aus dem Link hat hier keine Maßnahme.")),
            area=one("gebiet", areas, _("Das Gebiet aus dem Link gibt es hier nicht.")),
            indicator=one(
                "indikator",
                indicators(known),
                _("Nach dem Indikator aus dem Link wurde hier nichts ausgewählt."),
            ),
            intervention=one(
                "massnahme",
                [each.id for each in known],
                _("Die Maßnahme aus dem Link gibt es hier nicht. Gezeigt werden alle."),
            ),
        ),
        notices,
    )


def offices(known: Iterable[Intervention]) -> tuple[str, ...]:
    """The offices that do something, in the order of the alphabet."""
    return tuple(sorted({each.office for each in known}))


def indicators(known: Iterable[Intervention]) -> tuple[str, ...]:
    """The indicators that are a criterion, in the order of the interventions."""
    return tuple(dict.fromkeys(name for each in known for name in each.indicators))
