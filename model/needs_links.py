"""A setting of needs as an address: what a query means, and what of it had to give way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from model import links, needs
from model.language import _
from model.needs import Offer, Setting
from model.presets import FEWEST, FIRST, HEAVIEST, MOST, MOST_FIRST, USUAL
from model.selection import MAX_AREAS


def parse(offer: Offer, query: Mapping[str, str]) -> tuple[Setting, list[str]]:
    """The setting a query means, and a German notice for every value that had to give way.

    Unknown, empty or hostile values are never echoed back and never raise.
    """
    notices: list[str] = []
    preset = offer.preset(query.get("vorlage", ""))
    if preset is None and query.get("vorlage"):
        notices.append(_("Die Vorlage aus dem Link gibt es hier nicht."))
    base = needs.started(preset) if preset else needs.initial(offer)
    weights = _weights(offer, query, notices)
    areas = links.known(
        links.listed(query.get("gebiet", "")),
        offer.areas,
        MAX_AREAS,
        _("Nicht jedes Gebiet aus dem Link gibt es hier."),
        _("Hervorgehoben werden höchstens {most} Gebiete.").format(most=MAX_AREAS),
        notices,
    )
    return (
        Setting(
            weights=weights or base.weights,
            first=_first(query, FIRST if weights and not preset else base.first, notices),
            areas=areas,
            preset=preset.id if preset else "" if weights else base.preset,
        ),
        notices,
    )


def _weights(
    offer: Offer, query: Mapping[str, str], notices: list[str]
) -> tuple[tuple[str, int], ...]:
    """Indicators with weights; none where the link names too few that exist here."""
    if "indikatoren" not in query:
        if "gewichte" in query:
            notices.append(_("Im Link stehen Gewichte ohne Indikatoren. Sie gelten hier nicht."))
        return ()
    asked = query["indikatoren"].split(",")
    given = query["gewichte"].split(",") if "gewichte" in query else [str(USUAL)] * len(asked)
    if len(given) != len(asked) or any(_weight(text) is None for text in given):
        notices.append(
            _("Die Gewichte im Link passen nicht. Es gelten ganze Zahlen von 0 bis {most}.").format(
                most=HEAVIEST
            )
        )
        given = [str(USUAL)] * len(asked)
    pairs = dict(zip(asked, map(_weight, given), strict=True))
    names = links.known(
        links.listed(query["indikatoren"]),
        offer.indicators,
        MOST,
        _("Nicht jeden Indikator aus dem Link gibt es hier."),
        _("Gewichtet werden höchstens {most} Indikatoren.").format(most=MOST),
        notices,
    )
    if len(names) < FEWEST:
        notices.append(
            _("Der Link nennt weniger als {least} Indikatoren. Gezeigt wird eine Vorlage.").format(
                least=FEWEST
            )
            if offer.presets
            else _("Der Link nennt weniger als {least} Indikatoren.").format(least=FEWEST)
        )
        return ()
    found = tuple((name, pairs[name] or 0) for name in names)
    if not any(weight for _name, weight in found):
        notices.append(_("Alle Gewichte sind null. Deshalb zählen hier alle gleich."))
        found = tuple((name, USUAL) for name in names)
    return found


def _weight(text: str) -> int | None:
    """A whole number from 0 to HEAVIEST; None for anything else."""
    return int(text) if text in _WRITTEN else None


_WRITTEN: Sequence[str] = [str(number) for number in range(HEAVIEST + 1)]


def _first(query: Mapping[str, str], usual: int, notices: list[str]) -> int:
    asked = query.get("ersten")
    if asked is None:
        return usual
    if asked in [str(number) for number in range(1, MOST_FIRST + 1)]:
        return int(asked)
    notices.append(_("Die Angabe „{key}“ im Link passt hier nicht.").format(key="ersten"))
    return usual
