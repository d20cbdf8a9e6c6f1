"""Correlations in German words: how strong, which way, more than chance or not; never why."""

from __future__ import annotations

from dataclasses import dataclass

from model import correlation, formats
from model.catalog import Indicator
from model.correlation import FEW, FEWEST, STRONG, WEAK, Coefficient, Correlation
from model.language import _


@dataclass(frozen=True)
class Line:
    """A coefficient as a row of a table: its name, number, interval and meaning."""

    name: str
    value: str
    interval: str
    words: str


def number(value: float) -> str:
    """A coefficient as told: '0,87' or '−0,30'."""
    return formats.number(value, correlation.DECIMALS)


def lines(found: Correlation) -> list[Line]:
    """Both coefficients; none where `lack` says why."""
    named = (
        (_("Pearson (gerade Linie)"), found.pearson),
        (_("Spearman (Reihenfolge)"), found.spearman),
    )
    return [Line(name, number(one.value), _interval(one), words(one)) for name, one in named if one]


def numbers(found: Correlation) -> list[str]:
    """Both coefficients as short sentences."""
    return [
        _("{name}: {value}, Bereich {interval}.").format(
            name=line.name, value=line.value, interval=line.interval
        )
        for line in lines(found)
    ]


def words(one: Coefficient) -> str:
    """Strength and direction, or that chance explains it."""
    if not one.certain:
        return _("vom Zufall nicht zu unterscheiden")
    way = _("gleichgerichtet") if one.value > 0 else _("gegenläufig")
    return f"{_strength(one.value)[0]}, {way}"


def together(x: Indicator, y: Indicator, found: Correlation) -> str:
    """What both coefficients say together, in one or two sentences."""
    one, other = found.pearson, found.spearman
    if one is None or other is None:
        return lack(found)
    if other.interval is None:
        return _bare(found.n, one, other)
    if not one.certain and not other.certain:
        return _("Ein Zusammenhang lässt sich vom Zufall nicht unterscheiden.")
    if not (one.certain and other.certain) or one.value * other.value < 0:
        return _(
            "Die beiden Maße sagen Verschiedenes. Einzelne Gebiete geben den Ausschlag, oder die "
            "Punkte liegen auf einer Kurve. Sehen Sie sich die Punkte an."
        )
    least = min(one.value, other.value, key=abs)
    return _("Es gibt einen {strength} Zusammenhang: Wo „{x}“ höher ist, ist „{y}“ {way}.").format(
        strength=_strength(least)[1],
        x=x.short,
        y=y.short,
        way=_("meist auch höher") if least > 0 else _("meist niedriger"),
    )


def lack(found: Correlation) -> str:
    """Why there is no coefficient; empty where there is one."""
    if found.lack == "few":
        return _(
            "Für einen Zusammenhang braucht es mindestens {least} Gebiete mit beiden Zahlen."
        ).format(least=FEWEST)
    if found.lack == "constant":
        return _(
            "Eine der beiden Zahlen ist in allen Gebieten gleich. Dann lässt sich kein "
            "Zusammenhang berechnen."
        )
    return ""


def counted(found: Correlation, areas: int, plural: str) -> str:
    """Of how many areas both numbers are told."""
    return _("Beide Zahlen gibt es für {n} von {count} Gebieten ({plural}).").format(
        n=found.n, count=areas, plural=plural
    )


def few(found: Correlation) -> str:
    """The caution where few areas have both numbers; empty elsewhere."""
    if found.n >= FEW:
        return ""
    return _(
        "Vorsicht: Nur {n} Gebiete haben beide Zahlen. Bei weniger als {few} kann ein einziges "
        "Gebiet das Ergebnis kippen."
    ).format(n=found.n, few=FEW)


def limits() -> str:
    """What no correlation of areas says."""
    return _(
        "Das beschreibt Gebiete, nicht einzelne Menschen, und sagt nichts über Ursachen. Jedes "
        "Gebiet zählt gleich viel, ob groß oder klein."
    )


def method() -> list[str]:
    """How coefficients, intervals and words are made."""
    return [
        _(
            "Pearson misst, wie nah die Punkte an einer geraden Linie liegen; Spearman vergleicht "
            "nur die Reihenfolge der Gebiete. Beide gehen von −1 (gegenläufig) bis 1 "
            "(gleichgerichtet); bei 0 gibt es keinen Zusammenhang dieser Art."
        ),
        _(
            "Der Bereich hält mit 95 % fest, wie weit der Zufall allein den Wert bewegt "
            "(Pearson nach Fisher, Spearman nach Bonett und Wright). Der von Pearson setzt voraus, "
            "dass beide Zahlen ungefähr normalverteilt sind. Liegt 0 im Bereich, lässt sich der "
            "Zusammenhang vom Zufall nicht unterscheiden."
        ),
        _(
            "Schwach heißt: unter {weak}; mittel: {weak} bis unter {strong}; stark: ab {strong}, "
            "jeweils ohne Vorzeichen. Zahlen für Gebiete hängen meist stärker zusammen als Zahlen "
            "für einzelne Menschen."
        ).format(weak=formats.plain(WEAK), strong=formats.plain(STRONG)),
        _(
            "Gebiete mit dem Wert null zählen mit. Gebiete, denen eine der beiden Zahlen fehlt, "
            "zählen nicht mit und sind unter dem Bild genannt."
        ),
    ]


def _bare(n: int, one: Coefficient, other: Coefficient) -> str:
    """What is said of areas in one perfect order, or of so few that chance cannot be told."""
    if not other.certain:
        return _("Bei nur {n} Gebieten lässt sich nicht sagen, was Zufall ist.").format(n=n)
    if one.interval is None:
        return _("Die Punkte liegen genau auf einer Linie: Die eine Zahl folgt aus der anderen.")
    if other.value > 0:
        return _("Die Reihenfolge der Gebiete ist bei beiden Zahlen genau dieselbe.")
    return _("Die Reihenfolge der Gebiete ist bei der einen Zahl genau umgekehrt.")


def _interval(one: Coefficient) -> str:
    if one.interval is None:
        return "–"
    low, high = one.interval.low, one.interval.high
    return _("{low} bis {high}").format(low=number(low), high=number(high))


def _strength(value: float) -> tuple[str, str]:
    """How strong, as an adverb and before a noun; by the number as it is shown."""
    shown = abs(formats.rounded(value, correlation.DECIMALS))
    if shown < WEAK:
        return _("schwach"), _("schwachen")
    if shown < STRONG:
        return _("mittel"), _("mittleren")
    return _("stark"), _("starken")
