"""Needs, supply, relations, interventions, facilities and zones, told as on their pages."""

from __future__ import annotations

import re
from html import unescape

import polars as pl
import pytest
from scipy import stats

from components import describing, exhibits, folder, needs_bars, slides
from components.described import Described, numbers
from loaders import areas, facilities, indicators, interventions, needs, relations, releases, supply
from model import collection, needs_links, supply_links

NBSP = "\N{NO-BREAK SPACE}"
POVERTY = "kinderarmut_u15"


def told(release: releases.Release, page: str, **query: str) -> Described:
    found = describing.of(release, collection.entry(page, query))
    assert found is not None
    return found


def german(value: float, decimals: int) -> str:
    return f"{value:.{decimals}f}".replace(".", ",").replace("-", "−")


def words(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]+)</text>", svg)


def row(table: str, name: str) -> list[str]:
    """The cells of the first row of that name."""
    found = re.search(f'<th scope="row">{re.escape(name)}</th>(.+?)</tr>', table)
    assert found
    return [unescape(cell) for cell in re.findall(r"<td[^>]*>([^<]*)</td>", found[1])]


def values(release: releases.Release, name: str, period: str) -> dict[str, float]:
    """The published values of all districts by id."""
    frame = indicators.values(release, release.catalog.indicators[name])
    rows = frame.filter(level="stadtbezirk", period=period).drop_nulls("value")
    return dict(rows.select("area", "value").iter_rows())


def test_needs_are_told_with_order_weights_and_who_has_no_place(release: releases.Release) -> None:
    found = told(release, "bedarfe", vorlage="fruehe-hilfen", gebiet="08")
    chosen, _notices = needs_links.parse(needs.offer(release), {"vorlage": "fruehe-hilfen"})
    order = needs.ranking(release, chosen)
    assert found.title == "Bedarfe: Frühe Hilfen"
    [own] = order.chosen(("08",))
    known = [place for place in order.places if place.rank is not None]
    assert own.rank is not None and own.score.total is not None
    score = f"+{german(own.score.total, 2)}"
    assert f"Innenstadt: Platz {own.rank} von {len(known)}, Wert {score}." in found.sentences
    assert row(numbers(found), "Innenstadt")[-1] == score
    assert found.sentences[-1].startswith("Zahlen allein begründen keinen Bedarf.")
    # Of whom figures are secret there is no rank, no score and no bar, but the reason.
    secret = [place for place in order.places if place.rank is None]
    assert secret and row(numbers(found), secret[0].area.name)[-1] == "–"
    assert secret[0].area.name in found.sentences[3] and "geheim gehalten" in found.sentences[3]
    [picture] = found.pictures
    # No reason is cut in a picture.
    assert not any("…" in word for word in words(picture.svg))
    assert picture.svg.count(needs_bars.PAINT[0]) == 1 + len(known)
    assert any(line.endswith(f"({release.id})") for line in found.origin)
    weight = sum(weight for _name, weight in chosen.weights)
    share = german(100 * chosen.weights[0][1] / weight, 1)
    assert f": {chosen.weights[0][1]} ({share} %) · Stand: 31.12.2024" in found.origin[0]


def test_need_and_supply_are_told_with_signs_circles_and_groups(release: releases.Release) -> None:
    query = {"gebiet": "08", "umkreis": "500", "hervorheben": "ja", "auch": "grundschule"}
    found = told(release, "angebot", **query)
    offer = supply.offer(release)
    assert offer
    picture = supply.picture(release, supply_links.parse(offer, query)[0])
    both = [r.area.name for r in picture.rows if r.group == "both"]
    assert found.title == "Bedarf und Angebot: Kitas" and both
    assert found.sentences[0] == (
        f"Höherer Bedarf und weniger Angebot als in der ganzen Stadt: {', '.join(both)}."
    )
    listed = facilities.listed(release)
    here = listed.filter(type="kita", area="08")
    latest = facilities.values(release).filter(
        pl.col("facility").is_in(here["facility"].to_list()),
        pl.col("period") == "2024-12-31",
        pl.col("measure") == release.catalog.facility_types_by_id["kita"].places,
    )
    places = latest["value"].sum()
    said = f"In der Innenstadt: {here.height} Kitas, zusammen {places:.0f} Plätze."
    assert said in found.sentences
    assert row(numbers(found), "Innenstadt")[1:3] == [str(here.height), f"{places:.0f}"]
    assert numbers(found).count("Kita Modell") == here.height
    drawn = found.pictures[0].svg
    located = listed.drop_nulls("lon")
    assert words(drawn).count("K") == drawn.count('stroke-dasharray="4,3"')
    assert words(drawn).count("K") == located.filter(type="kita").height
    assert words(drawn).count("G") == located.filter(type="grundschule").height
    kitas, schools = (listed.filter(type=kind).height for kind in ("kita", "grundschule"))
    assert found.signs == (
        f"Kreis mit K: Kitas ({kitas})",
        f"Quadrat mit G: Grundschulen ({schools})",
        f"Gestrichelte Kreise: 500{NBSP}m Luftlinie um jede Einrichtung",
        "Dicker dunkler Rand: höherer Bedarf, weniger Angebot",
    )
    assert exhibits.of(found).origin[:4] == found.signs
    assert "Bärenkämpen" in both and "Bärenkämpen" in found.front
    [slide] = slides.of(release, 0, collection.entry("angebot", query))
    assert all(f"<li>{line}</li>" in slide.html for line in found.signs)
    assert slide.front[: len(found.front)] == found.front
    # Why a number is missing stands above the signs.
    assert drawn.rindex("(geheim)") > drawn.rindex(">K<")
    assert len(re.findall('<path[^>]*stroke-width="3"', drawn)) == len(both)
    assert row(numbers(found), "Stemmer")[0] == "."
    without = told(release, "angebot").pictures[0].svg
    assert 'stroke-dasharray="4,3"' not in without and "G" not in words(without)


def test_a_relation_is_told_by_coefficients_of_another_hand(release: releases.Release) -> None:
    offer = relations.offer(release)
    assert offer
    both = [values(release, name, "2024-12-31") for name in (POVERTY, "sgb2_quote")]
    shared = sorted(both[0].keys() & both[1].keys())
    x, y = ([known[area] for area in shared] for known in both)
    found = told(release, "zusammenhaenge", x=POVERTY, y="sgb2_quote", zeit="2024-12-31")
    assert found.title == "Zusammenhang: Kinder unter 15 mit Bürgergeld und Menschen mit Bürgergeld"
    for name, value in (
        ("Pearson (gerade Linie)", stats.pearsonr(x, y).statistic),
        ("Spearman (Reihenfolge)", stats.spearmanr(x, y).statistic),
    ):
        [said] = [text for text in found.sentences if text.startswith(name)]
        assert said.startswith(f"{name}: {german(value, 2)}, Bereich ")
    assert f"Beide Zahlen gibt es für {len(shared)} von 19 Gebieten (Stadtbezirke)." in (
        found.sentences
    )
    assert found.sentences[-2].startswith(
        "Ohne Punkt: Kinder unter 15 mit Bürgergeld: Geheim gehalten (.): Bölhorst"
    )
    assert "Bölhorst" not in words(found.pictures[0].svg)
    assert row(numbers(found), "Bölhorst")[0] == "."
    matrix = told(release, "zusammenhaenge", darstellung="matrix", thema="existenzsicherung")
    assert (
        matrix.title == "Existenzsicherung: Zusammenhänge der Indikatoren (Stadtbezirke, Spearman)"
    )
    # Told apart from its page nothing can be clicked.
    assert "Klick" not in " ".join((*matrix.sentences, matrix.body))
    count = len(relations.indicators_of(release, "existenzsicherung", "stadtbezirk"))
    assert matrix.body.count("<small>n = ") == count * (count - 1)
    number = german(stats.spearmanr(x, y).statistic, 2)
    assert f"; {number}, {len(shared)} Gebiete; mehr als Zufall" in matrix.body


def test_interventions_are_told_by_criteria_and_what_came_since(release: releases.Release) -> None:
    known = {one.id: one for one in interventions.every(release)}
    one = known["familienhilfe_kita"]
    found = told(release, "massnahmen", massnahme=one.id)
    assert found.title == "Maßnahme: Modell: Familienhilfe in der Kita"
    then = values(release, POVERTY, "2020-12-31")
    met = [area for area, value in then.items() if round(value, 1) >= 25]
    assert one.areas is not None
    chosen, left = set(one.areas) & set(met), set(met) - set(one.areas)
    names = [
        area.name for area in areas.by_level(release)["stadtbezirk"].values() if area.id in left
    ]
    assert found.sentences[1] == (
        f"Gewählt: {len(one.areas)} Stadtbezirke. Davon erfüllen das Kriterium: {len(chosen)}. "
        f"Erfüllt, aber nicht gewählt: {', '.join(names)}. "
        f"Nicht prüfbar, weil eine Zahl fehlt: {19 - len(then)} Stadtbezirke."
    )
    assert numbers(found).count("<b>. geheim gehalten</b>") == 19 - len(then)
    assert "Das zeigt keinen ursächlichen Zusammenhang." in found.sentences
    listed = told(release, "massnahmen", gebiet="08")
    here = [each for each in known.values() if each.areas is None or "08" in each.areas]
    assert (listed.title, listed.about) == (
        "Maßnahmen: Innenstadt",
        f"Minden · Anzahl: {len(here)}",
    )
    assert listed.body.count("<article><h3>") == len(here)
    money = f"{sum(each.money or 0 for each in here):,}".replace(",", ".")
    assert listed.sentences == (f"Zusammen: {money}{NBSP}€.",)
    assert told(release, "massnahmen").title == "Alle Maßnahmen"


def test_a_facility_is_told_by_its_newest_numbers(release: releases.Release) -> None:
    found = told(release, "einrichtung", id="K01")
    kind = release.catalog.facility_types_by_id["kita"]
    rows = facilities.values(release).filter(facility="K01", period="2024-12-31")
    own = dict(rows.select("measure", "value").iter_rows())
    places, users = (own[name] for name in (kind.places, kind.users))
    assert found.sentences == (
        f"{found.title} hatte am 31.12.2024 {places:.0f} Plätze. Davon waren {users:.0f} belegt, "
        f"das sind {german(100 * users / places, 1)}{NBSP}%.",
    )
    assert row(numbers(found), "31.12.2024")[:2] == [f"{places:.0f} m", f"{users:.0f} m"]
    assert "Zeichen: m = Modellwert" in found.origin
    assert f'alt="Lage von {found.title} in der Stadt"' in found.aside
    # On paper its chart stands above the table, and both run from old to new.
    [figure] = exhibits.of(found).figures
    years = [line for line in words(figure.svg) if re.fullmatch("20[0-9]{2}", line)]
    assert len(years) > 2 and years == sorted(years)
    [table] = found.tables
    assert [line[0][-4:] for line in table.rows] == years and not table.strong


def test_areas_put_together_are_told_wherever_they_were_made(release: releases.Release) -> None:
    people = values(release, "einwohner", "2024-12-31")
    total = f"{people['01'] + people['08']:,.0f}".replace(",", ".")
    found = told(release, "zusammenschluss", teile="01~08", zonen="01~08:Süd")
    assert found.title == "Süd"
    assert f"am 31.12.2024 bei {total}." in found.sentences[0]
    # An entry of somebody else's link brings its zone along.
    assert told(release, "vergleich", gebiet="01~08", zonen="01~08:Süd").title == (
        "Vergleich: Süd, Minden"
    )
    assert told(release, "stadtbezirk", gebiet="01~08").title == "Bärenkämpen + Innenstadt"


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("bedarfe", {"vorlage": "weg"}),
        ("bedarfe", {"indikatoren": "weg,<b>,fort"}),
        ("angebot", {"art": "weg"}),
        ("angebot", {"bedarf": "weg"}),
        ("zusammenhaenge", {"x": "weg"}),
        ("zusammenhaenge", {"darstellung": "matrix", "thema": "weg"}),
        ("massnahmen", {"massnahme": "weg"}),
        ("massnahmen", {"amt": "weg"}),
        ("massnahmen", {"gebiet": "99"}),
        ("einrichtung", {}),
        ("einrichtung", {"id": "<b>"}),
        ("zusammenschluss", {}),
        ("zusammenschluss", {"teile": "01"}),
        ("zusammenschluss", {"teile": "98~99"}),
    ],
)
def test_what_is_gone_is_no_view(
    release: releases.Release, page: str, query: dict[str, str]
) -> None:
    assert describing.of(release, collection.entry(page, query)) is None


KEYS = (
    *("vorlage", "indikatoren", "gewichte", "ersten", "gebiet", "art", "bedarf", "auch", "umkreis"),
    *("hervorheben", "x", "y", "ebene", "zeit", "darstellung", "thema", "koeffizient", "spur"),
    *("auf_karte", "massnahme", "amt", "indikator", "id", "teile", "zonen"),
)


@pytest.mark.parametrize("page", sorted(describing.PAGES))
@pytest.mark.parametrize("value", ["<script>x</script>", "01~,~,9999999999"])
def test_whatever_an_address_holds_nothing_is_raised_or_echoed(
    release: releases.Release, page: str, value: str
) -> None:
    shown = folder._sheet(0, collection.entry(page, dict.fromkeys(KEYS, value)), release, "Seite")
    text = re.sub(r'href="[^"]*"', "", shown)
    assert value not in text and "script>" not in text
    assert "gibt es" in shown or "passt" in shown  # a notice, or that the view is gone


def test_what_gave_way_is_said(release: releases.Release) -> None:
    assert told(release, "bedarfe", ersten="x").notices == (
        "Die Angabe „ersten“ im Link passt hier nicht.",
    )
    assert told(release, "angebot", gebiet="99").notices == (
        "Das Gebiet aus dem Link gibt es hier nicht.",
    )
    assert told(release, "zusammenhaenge", gebiet="08,99").notices == (
        "Nicht jedes Gebiet aus dem Link gibt es auf dieser Raumebene.",
    )
