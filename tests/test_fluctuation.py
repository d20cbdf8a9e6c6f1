"""Sentences about chance: plural, zero, all, missing, suppressed, tiny and huge numbers."""

from __future__ import annotations

import pytest

from model import fluctuation
from model.areas import Area
from model.catalog import Indicator
from model.view import Figure
from test_model import indicator

PLACE = Area("07", "bezirk", "Päpinghausen", "Päpinghausen", "in Päpinghausen", None, None, None)
SHARE = indicator()
RATE = indicator(unit="je 1.000 Einwohner", per=1000)


def said(
    count: float | None,
    base: float | None,
    status: str = "ok",
    nouns: str = "Kinder",
    kind: Indicator = SHARE,
    rounded: bool = False,
) -> str:
    value = kind.per * count / base if count is not None and base else None
    figure = Figure(PLACE, value, status, count, base)
    return fluctuation.sentence(kind, figure, nouns, rounded).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            said(19, 75),
            "In Päpinghausen waren es 19 von 75 Kindern: 25,3 %. Bei so kleinen Zahlen schwankt "
            "der Anteil schon durch Zufall etwa zwischen 17 und 36 %.",
        ),
        (
            said(1, 75, nouns="Personen"),
            "In Päpinghausen war es 1 von 75 Personen: 1,3 %. Bei so kleinen Zahlen schwankt der "
            "Anteil schon durch Zufall etwa zwischen 0,2 und 7,2 %.",
        ),
        (
            said(0, 75),
            "In Päpinghausen waren es 0 von 75 Kindern: 0,0 %. Allein durch Zufall könnten es auch "
            "bis zu etwa 4,9 % sein.",
        ),
        (
            said(9, 9),
            "In Päpinghausen waren es 9 von 9 Kindern: 100,0 %. Allein durch Zufall könnten es "
            "auch nur etwa 70 % sein.",
        ),
        (
            said(1, 1),
            "In Päpinghausen war es 1 von 1: 100,0 %. Allein durch Zufall könnten es auch nur etwa "
            "21 % sein.",
        ),
        (
            said(2500, 10000, nouns="Haushalte"),
            "In Päpinghausen waren es 2.500 von 10.000 Haushalten: 25,0 %. Durch Zufall schwankt "
            "der Anteil etwa zwischen 24,2 und 25,9 %.",
        ),
        (
            said(2_500_000, 10_000_000, nouns="Personen"),
            "In Päpinghausen waren es 2.500.000 von 10.000.000 Personen: 25,0 %. Bei so großen "
            "Zahlen spielt der Zufall fast keine Rolle.",
        ),
        (
            said(12, 450, kind=RATE),
            "In Päpinghausen kamen 12 auf 450 Kinder: 26,7 je 1.000 Einwohner. Bei so kleinen "
            "Zahlen schwankt der Wert schon durch Zufall etwa zwischen 14 und 47 je 1.000 "
            "Einwohner.",
        ),
        (
            said(1, 450, nouns="Personen", kind=RATE),
            "In Päpinghausen kam 1 auf 450 Personen: 2,2 je 1.000 Einwohner. Bei so kleinen Zahlen "
            "schwankt der Wert schon durch Zufall etwa zwischen 0,1 und 12,4 je 1.000 Einwohner.",
        ),
        (
            said(0, 450, nouns="Personen", kind=RATE),
            "In Päpinghausen kamen 0 auf 450 Personen: 0,0 je 1.000 Einwohner. Allein durch Zufall "
            "könnten es auch bis zu etwa 8,2 je 1.000 Einwohner sein.",
        ),
        (
            said(400, 20000, nouns="Personen", kind=RATE),
            "In Päpinghausen kamen 400 auf 20.000 Personen: 20,0 je 1.000 Einwohner. Durch Zufall "
            "schwankt der Wert etwa zwischen 18,1 und 22,1 je 1.000 Einwohner.",
        ),
        (
            said(19.4, 75),
            "In Päpinghausen waren es rund 19 von 75 Kindern: 25,9 %. Bei so kleinen Zahlen "
            "schwankt der Anteil schon durch Zufall etwa zwischen 17 und 37 %.",
        ),
        (
            said(20, 75, rounded=True),
            "In Päpinghausen waren es rund 20 von rund 75 Kindern: 26,7 %. Bei so kleinen Zahlen "
            "schwankt der Anteil schon durch Zufall etwa zwischen 18 und 38 %.",
        ),
        (
            said(None, 75, status="suppressed"),
            "In Päpinghausen gibt es keine Zahl (geheim gehalten), also auch keine "
            "Zufallsschwankung.",
        ),
        (
            said(None, None, status="not_collected"),
            "In Päpinghausen gibt es keine Zahl (nicht erhoben), also auch keine "
            "Zufallsschwankung.",
        ),
        (
            said(80, 75),
            "In Päpinghausen waren es 106,7 %. Wie stark das durch Zufall schwankt, lässt sich "
            "nicht sagen.",
        ),
        (
            said(19, 75, kind=indicator(random="none")),
            "Für diesen Indikator lässt sich keine Zufallsschwankung angeben.",
        ),
    ],
)  # fmt: skip
def test_chance_is_explained_in_plain_german(text: str, expected: str) -> None:
    assert text == expected


@pytest.mark.parametrize(
    ("nouns", "expected"),
    [
        *(("Kinder", "Kindern"), ("Haushalte", "Haushalten"), ("Gebäude", "Gebäuden")),
        *(("Personen", "Personen"), ("Kitas", "Kitas")),
    ],
)
def test_nouns_stand_in_the_dative_after_von(nouns: str, expected: str) -> None:
    assert fluctuation.dative(nouns) == expected
