"""How an order by need is computed, in plain German."""

from __future__ import annotations

from model import formats, needs_words
from model.language import _
from model.ranking import Ranking
from model.robustness import CLEAR, INSIDE


def paragraphs(found: Ranking) -> list[str]:
    """How scores, places and their robustness are made, in plain German paragraphs."""
    count = formats.number(found.draws)
    return [
        _(
            "Standardisieren: Vom Wert eines Gebiets wird der Wert der ganzen Stadt abgezogen. Das "
            "ist der nach der Größe gewichtete Mittelwert der Gebiete. Der Abstand wird durch die "
            "Standardabweichung der Gebiete mit Wert geteilt (jedes zählt einmal, geteilt durch "
            "ihre Anzahl). So werden Indikatoren verschiedener Einheiten vergleichbar."
        ),
        _(
            "Richtung: Im Katalog steht für jeden Indikator, ob ein hoher oder ein niedriger Wert "
            "für mehr Bedarf spricht. Plus heißt hier immer: mehr Bedarf als in der ganzen Stadt. "
            "Indikatoren ohne Richtung und reine Anzahlen stehen nicht zur Wahl."
        ),
        _(
            "Gewichten: Gewichte sind ganze Zahlen von 0 bis 10. Daneben steht, wie viel Prozent "
            "aller Gewichte das sind. Standardisierter Wert mal Anteil ergibt den Beitrag. Die "
            "Beiträge zusammen sind der Wert des Gebiets. Auf zwei Stellen gerundet gehen sie "
            "genau auf: Was beim Runden übrig bleibt, bekommen die größten Reste."
        ),
        _(
            "Fehlende Zahlen: Hat ein Gebiet für mindestens zwei Drittel des Gewichts eine Zahl, "
            "zählen nur diese; ihre Anteile wachsen entsprechend. Der Platz gilt dann als unsicher "
            "(≈). Fehlt mehr, wird das Gebiet nicht eingeordnet. Geheime Zahlen, unsichere Zahlen "
            "und nicht erhobene werden überall unterschieden."
        ),
        _(
            "Andere Gewichte: Wir probieren {count} zufällige Gewichtungen. Jede Mischung ist "
            "gleich wahrscheinlich (Dirichlet-Verteilung), auch ganz einseitige."
        ).format(count=count),
        _(
            "Zufall: Wir ziehen jede Zahl {count}-mal neu, so wie sie bei so vielen Menschen auch "
            "hätte ausfallen können (Beta- oder Gamma-Verteilung nach Jeffreys). Zahlen, die nicht "
            "vom Zufall abhängen, bleiben fest, ebenso Stadtwert und Standardabweichung. Die "
            "Plätze von … bis … umfassen {inside} % der Versuche mit beidem. „Höherer Bedarf“ "
            "heißt: In mindestens {sure} % der Versuche mit neu gezogenen Zahlen liegt der Wert "
            "über dem der Stadt. Wer denselben Link öffnet, bekommt dieselben Zahlen."
        ).format(
            count=count,
            inside=formats.number(100 * INSIDE),
            sure=formats.number(100 * CLEAR, 1),
        ),
        needs_words.CAUTION,
    ]
