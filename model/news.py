"""What is new in a release about one area, and how that is said: direction, never good or bad."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from model import change_words, formats, safeguards, verdicts, wording
from model.catalog import Catalog, Indicator
from model.chance import Interval
from model.language import _, plural

MOST = 5
"""More than these of one area nobody reads."""
CATALOG = "catalog"
"""The reason of a definition that the catalog declares anew; others are kinds of breaks."""
_LISTED = 3


@dataclass(frozen=True)
class News:
    """One thing to tell of an area.

    `kind` is 'real' (more than chance changed it), 'revision' (what was published was corrected)
    or 'definition' (it is counted differently, as `reason` and the office's `note` say). What has
    one cause may concern the indicators `also`; of a revision `reason` names the measures.
    `before` and `after` are values: at the periods `period_before` and `period`, or as published
    before and now. `difference` and its limits are
    in the indicator's unit, limits only of what is real. `mark` is the gravest of the two values'
    statuses that a reader must know, else ''.
    """

    area: str
    kind: str
    indicator: str
    period: str
    also: tuple[str, ...] = ()
    period_before: str = ""
    before: float | None = None
    after: float | None = None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    move: str = ""
    mark: str = ""
    reason: str = ""
    note: str = ""


def tag(found: News) -> str:
    """What kind of news it is, in a word or two."""
    if found.kind == "definition":
        return _("Neue Abgrenzung") if found.reason == "areas" else _("Neue Definition")
    return {"real": _("Veränderung"), "revision": _("Berichtigung")}[found.kind]


def told(found: News, catalog: Catalog, level: str) -> tuple[Indicator, str]:
    """The indicator it is about, and what there is to tell of it in an area of the level."""
    indicator = catalog.indicators[found.indicator]
    rounded = safeguards.safeguard(catalog, indicator).rounds(level)
    also = [catalog.indicators[name] for name in found.also]
    return indicator, sentence(found, indicator, also, rounded)


def sentence(
    found: News, indicator: Indicator, also: Sequence[Indicator] = (), rounded: bool = False
) -> str:
    """What there is to tell; the indicator's title stands before it."""
    if found.kind == "definition":
        return " ".join([_definition(found, indicator), *_others(also)])
    said = (_real if found.kind == "real" else _revision)(found, indicator, rounded)
    return " ".join(filter(None, [said, *_others(also), _mark(found.mark)]))


def nothing() -> str:
    """What is said of an area without news."""
    return _("Nichts Auffälliges.")


def feed_title(city: str, internal: bool) -> str:
    """What a feed of the news is called; an internal one says so."""
    title = _("Was ist neu? {city}").format(city=city)
    return f"{wording.INTERNAL}: {title}" if internal else title


def entry_title(name: str, edition: str) -> str:
    """What an area's entry in the feed is called."""
    return _("{name}, Datenstand {month}").format(name=name, month=formats.month(edition))


def rule() -> str:
    """How the news are found, for readers."""
    return _(
        "Verglichen ist jeweils der neueste Zeitpunkt mit dem davor. Neu ist, was seit dem vorigen "
        "Datenstand hinzukam, in einem ersten Datenstand das jüngste Jahr. „Veränderung“ heißt: "
        "mehr, als der Zufall erklärt. Alle Indikatoren sind zusammen geprüft, für die Stadt und "
        "für alle Gebiete je für sich; deshalb ist die Grenze strenger als auf den Themenseiten, "
        "und von solchen Funden sind im Mittel höchstens 5 % falsch. „Berichtigung“ heißt: Eine "
        "schon veröffentlichte Zahl lautet jetzt anders. „Neue Definition“ und „Neue Abgrenzung“ "
        "heißen: Es wird anders gezählt, davor und danach ist nicht vergleichbar. Je Gebiet stehen "
        "höchstens fünf Meldungen da: erst neue Definitionen und Berichtigungen, dann die "
        "größten Veränderungen. „Nichts Auffälliges“ heißt auch: nichts, was sich prüfen ließ. Bei "
        "Modellwerten führt die Prüfung das Verfahren vor. Zahlen, für die sich der Zufall nicht "
        "prüfen lässt, zum Beispiel Einwohnerzahlen, gelten nie als Veränderung."
    )


def _quantity(value: float | None, indicator: Indicator, rounded: bool) -> str:
    """A value with its unit; ValueError where there is none to tell."""
    if value is None:
        raise ValueError(f"news of {indicator.id} without a number")
    said = formats.quantity(value, indicator)
    return _("rund {number}").format(number=said) if rounded else said


def _real(found: News, indicator: Indicator, rounded: bool) -> str:
    if found.difference is None or found.low is None or found.high is None:
        raise ValueError(f"a change of {indicator.id} without its limits")
    word: verdicts.Move = "risen" if found.move == "risen" else "fallen"
    return _(
        "{before} {then}, {after} {now}: {move} ({amount}). Das ist mehr, als der Zufall erklärt "
        "(Spanne: {limits} {unit})."
    ).format(
        before=_quantity(found.before, indicator, rounded),
        then=formats.at_period(found.period_before, indicator.reference),
        after=_quantity(found.after, indicator, rounded),
        now=formats.at_period(found.period, indicator.reference),
        move=verdicts.move(word),
        amount=change_words.moved(found.difference, indicator),
        limits=change_words.span_of(Interval(found.low, found.high), indicator),
        unit=change_words.unit(indicator),
    )


def _revision(found: News, indicator: Indicator, rounded: bool) -> str:
    text = (
        _(
            "{now} jetzt {after}, vorher veröffentlicht: {before}. Die Zahl wurde nach oben "
            "berichtigt; das ist keine Veränderung vor Ort."
        )
        if found.move == "risen"
        else _(
            "{now} jetzt {after}, vorher veröffentlicht: {before}. Die Zahl wurde nach unten "
            "berichtigt; das ist keine Veränderung vor Ort."
        )
    )
    return text.format(
        now=wording.initial(formats.at_period(found.period, indicator.reference)),
        after=_quantity(found.after, indicator, rounded),
        before=_quantity(found.before, indicator, rounded),
    )


def _definition(found: News, indicator: Indicator) -> str:
    if found.reason == CATALOG:
        return _(
            "In diesem Datenstand anders festgelegt als im vorigen. Mit früheren "
            "Veröffentlichungen sind die Werte deshalb nicht vergleichbar."
        )
    return _("{note} (ab {period}). Mit früheren Werten ist das nicht vergleichbar.").format(
        period=formats.period(found.period, indicator.reference),
        note=wording.initial(found.note.rstrip(". ")),
    )


def _others(also: Sequence[Indicator]) -> list[str]:
    """Which other indicators a definition concerns, the first of them by name."""
    if not also:
        return []
    titles = "; ".join(indicator.short for indicator in also[:_LISTED])
    if len(also) <= _LISTED:
        return [_("Das betrifft auch: {titles}.").format(titles=titles)]
    return [
        plural(
            "Das betrifft auch: {titles} und {more} weiteren Indikator.",
            "Das betrifft auch: {titles} und {more} weitere Indikatoren.",
            len(also) - _LISTED,
        ).format(titles=titles, more=len(also) - _LISTED)
    ]


def _mark(mark: str) -> str:
    return {
        "modelled": _("Darin stecken Modellwerte."),
        "estimated": _("Darin stecken geschätzte Zahlen."),
        "preliminary": _("Darin stecken vorläufige Zahlen."),
    }.get(mark, "")
