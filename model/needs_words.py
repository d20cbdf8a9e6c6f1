"""German sentences about an order by need: cautious ones, that call no area anything."""

from __future__ import annotations

from collections.abc import Sequence

from model import fluctuation, formats, ranking, standardised, status
from model.language import _
from model.ranking import Pair, Place, Ranking, Without

SURE = 0.95
"""The share of draws from which an area is said to be among the first whatever is drawn."""
CAUTION = _(
    "Zahlen allein begründen keinen Bedarf. Dazu gehört, was die Menschen vor Ort wissen und "
    "welche Angebote es schon gibt."
)


def number(value: float | None) -> str:
    """A score, contribution or standardised value with its sign; a dash without one."""
    if value is None:
        return "–"
    text = formats.number(value, standardised.DECIMALS)
    return f"+{text}" if formats.exact(value, standardised.DECIMALS) > 0 else text


def often(share: float) -> str:
    """A share of draws in per cent; all and none are said of all and none only."""
    percent = 100 * share
    if 0 < percent < 1:
        text = _("unter 1")
    elif 99 < percent < 100:
        text = _("über 99")
    else:
        text = formats.number(percent)
    return f"{text}{formats.NBSP}%"


def span(place: Place) -> str:
    """The ranks an area has in most draws: '2 bis 5', or '1'."""
    if place.standing is None:
        return "–"
    low, high = place.standing.low, place.standing.high
    return str(low) if low == high else _("{low} bis {high}").format(low=low, high=high)


def placed(found: Ranking, place: Place) -> str:
    """Rank and score of an area, or why it has none, as one phrase."""
    if place.rank is None:
        return _("nicht einzuordnen, denn Zahlen fehlen ({reasons})").format(reasons=gaps(place))
    known = len(found.places) - len(found.unplaced)
    text = _("Platz {rank} von {count}, Wert {score}").format(
        rank=place.rank, count=known, score=number(place.score.total)
    )
    if place.score.complete:
        return text
    return text + _("; Platz unsicher, denn Zahlen fehlen ({reasons})").format(reasons=gaps(place))


def gaps(place: Place, brief: bool = False) -> str:
    """How many figures an area lacks, by the reason: '2 geheim gehalten, 1 nicht erhoben'."""
    words = status.label if brief else status.words
    reasons = [figure.status for figure in place.figures if figure.value is None]
    return ", ".join(
        f"{reasons.count(name)} {words(name)}" for name in status.ABSENT if name in reasons
    )


def lacking(found: Ranking, place: Place) -> str:
    """Which figures an area lacks, each with its reason."""
    return "; ".join(
        f"{part.view.indicator.short}: {status.words(figure.status)}"
        for part, figure in zip(found.components, place.figures, strict=True)
        if figure.value is None
    )


def leading(found: Ranking) -> str:
    """Who comes first by this setting, and who of them stays there whatever is drawn."""
    if not found.leading:
        return _("Für eine Reihenfolge fehlen zu viele Zahlen.")
    higher = [place.area.name for place in found.higher]
    others = [p.area.name for p in found.leading if p not in found.higher]
    text = _(
        "Höherer Bedarf nach diesen Indikatoren: {names} ({count} von {all} {areas} mit Platz)."
    )
    said = text.format(
        names=_listed(higher) or _("keine"),
        count=len(higher),
        all=len(found.places) - len(found.unplaced),
        areas=fluctuation.dative(found.level.plural),
    )
    if others:
        said += " " + _(
            "Unter den ersten {first} außerdem: {names}. Dort ist der Bedarf nicht deutlich "
            "höher als in der ganzen Stadt."
        ).format(first=found.first, names=_listed(others))
    sure = [p.area.name for p in found.leading if p.standing and p.standing.both >= SURE]
    if len(sure) == len(found.leading):
        more = _("Diese ersten {first} bleiben es fast immer, wenn Gewichte und Zufall wechseln.")
    elif sure:
        more = _("Fast immer unter den ersten {first}, wenn Gewichte und Zufall wechseln: {names}.")
    else:
        more = _("Mit anderen Gewichten oder durch Zufall könnten andere die ersten {first} sein.")
    return f"{said} {more.format(first=found.first, names=_listed(sure))}"


def left_out(found: Ranking) -> str:
    """Who has no place, by the gravest reason; empty where all have one."""
    if not found.unplaced:
        return ""
    return _("Nicht einzuordnen, weil zu viele Zahlen fehlen: {names}.").format(
        names="; ".join(f"{place.area.name} ({gaps(place)})" for place in found.unplaced)
    )


def overlaps(found: Ranking) -> list[str]:
    """Warnings about indicators of which one tells little that another does not."""
    pairs, told = ranking.alike(found), []
    for group in _groups([pair for pair in pairs if pair.r > 0]):
        parts = [part for part in found.components if part.view.indicator.id in group]
        share = sum(found.share(part) for part in parts)
        told.append(
            _(
                "Fast dasselbe sagen: {names} (zusammen {share} %). So zählt dieselbe Sache "
                "mehrmals; oft genügt einer davon."
            ).format(
                names="; ".join(part.view.indicator.short for part in parts),
                share=formats.number(share),
            )
        )
    told += [
        _(
            "„{one}“ und „{other}“ gehen fast genau gegeneinander (r = {r}). In der Summe heben "
            "sie sich auf."
        ).format(
            one=pair.one.view.indicator.short,
            other=pair.other.view.indicator.short,
            r=formats.number(pair.r, 2),
        )
        for pair in pairs
        if pair.r < 0
    ]
    return told


def without(one: Without, first: int) -> str:
    """What the first ones would be without an indicator."""
    if not one.joining and not one.leaving:
        return _("Die ersten {first} bleiben dieselben.").format(first=first)
    parts = [
        text.format(names=_listed([area.name for area in areas]))
        for text, areas in (
            (_("Neu dabei: {names}."), one.joining),
            (_("Nicht mehr dabei: {names}."), one.leaving),
        )
        if areas
    ]
    return " ".join(parts)


def _groups(pairs: Sequence[Pair]) -> list[set[str]]:
    """Indicators that hang together by pairs, in the order of the closest ones."""
    found: list[set[str]] = []
    for pair in pairs:
        both = {pair.one.view.indicator.id, pair.other.view.indicator.id}
        touched = [group for group in found if group & both]
        merged = both.union(*touched)
        found = [group for group in found if group not in touched] + [merged]
    return found


def _listed(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("{names} und {last}").format(names=", ".join(names[:-1]), last=names[-1])
