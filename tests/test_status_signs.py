"""Signs and reasons: each status is told apart in every chart, table, sentence and export."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
import struct
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from websockets.sync.client import ClientConnection

import server
import status_city
from components import (
    charts,
    deckmap,
    exports,
    framing,
    maps,
    painting,
    reasons,
    secrecy,
    spreadsheets,
    tables,
    trend_rows,
    trends,
    view_described,
)
from loaders import audits, indicators, releases, views
from loaders.audits import Audit, Tried
from model import caveats, rates, remarks, safeguards, selection, signs, status, wording
from model.catalog import Catalog, Term
from model.protection import Protection, Rule
from model.safeguards import Safeguard
from model.selection import Selection
from model.view import Figure, View
from test_model import counts, indicator, only
from visitor import visit

DAY = "2024-12-31"
SHARE = Selection("armut", "quote", "viertel", DAY)
NBSP = "\N{NO-BREAK SPACE}"
OPEN = {"preset": "public", "reason": "Erfunden."}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return status_city.write(tmp_path_factory.mktemp("zeichen"))


@pytest.fixture
def release(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[releases.Release]:
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(folder))
    yield releases.current()


@pytest.fixture
def view(release: releases.Release) -> View:
    return views.view_of(release, SHARE)


def rounded(view: View) -> View:
    """The same view of a release whose quarters are rounded to multiples of 5."""
    return replace(view, safeguard=replace(view.safeguard, bases={"stadt": 1, "viertel": 5}))


def lettered(view: View) -> View:
    return replace(view, selection=replace(view.selection, signs="letters"))


# What each figure is marked with.


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("ok", 12.3, ()),
        ("ok", 0.0, ("zero",)),
        ("ok", 0.04, ("near_zero",)),
        ("ok", -0.04, ("near_zero",)),
        ("ok", 0.05, ()),  # shown as 0,1
        ("modelled", 0.0, ("zero", "modelled")),
        ("preliminary", 1.0, ("preliminary",)),
        ("suppressed", None, ("suppressed",)),
        ("not_collected", None, ("not_collected",)),
    ],
)
def test_a_figure_is_marked_by_what_it_is(
    name: str, value: float | None, found: tuple[str, ...]
) -> None:
    assert signs.kinds(name, value, 1) == found


def test_the_sets_are_the_classic_signs_and_the_letters_of_niedersachsen() -> None:
    order = ("zero", "near_zero", "suppressed", "unreliable", "not_collected", "not_meaningful")
    assert [signs.SETS["classic"][kind] for kind in order] == ["-", "0", ".", "/", "…", "x"]
    assert [signs.SETS["letters"][kind] for kind in order] == ["0", "k", "g", "u", "t", "x"]
    for known in signs.SETS.values():
        assert len(set(known.values())) == len(known), "no sign means two things"
        assert [known[k] for k in ("preliminary", "revised", "estimated", "modelled")] == list(
            "prsm"
        )


@pytest.mark.parametrize(("chosen", "sign"), [("classic", "0"), ("letters", "k")])
def test_rounding_leaves_one_sign_for_nothing_and_almost_nothing(chosen: str, sign: str) -> None:
    """Else '-' beside '0' would say that one or two exist."""
    for value in (0.0, 0.04):
        assert signs.text(signs.kinds("ok", value, 1, rounded=True), chosen) == sign
    listed = dict((s, text) for _kind, s, text in signs.legend(chosen, rounded=True))
    assert listed[sign] == "null oder auf null gerundet"
    assert signs.SETS[chosen]["zero"] not in listed


# The fewest a rate may refer to.


@pytest.mark.parametrize(
    ("all_of_them", "word", "value"), [(99, "unreliable", None), (100, "ok", 7)]
)
def test_a_rate_over_fewer_than_the_rule_says_is_unreliable(
    all_of_them: int, word: str, value: float | None
) -> None:
    frame = counts(
        ("poor", "01", DAY, "0-2", 3, "ok"),
        ("poor", "01", DAY, "3-5", 4, "ok"),
        ("all", "01", DAY, "0-2", 9, "ok"),
        ("all", "01", DAY, "3-5", all_of_them - 9, "ok"),
    )
    found = only(rates.values(frame, indicator(), 100))
    assert (found["value"], found["status"]) == (value, word)
    # The numbers of people stay.
    assert (found["numerator"], found["denominator"]) == (7.0, float(all_of_them))
    assert (found["numerator_status"], found["denominator_status"]) == ("ok", "ok")


def test_nobody_is_not_too_few_and_a_secret_stays_one() -> None:
    empty = counts(
        *((m, "01", DAY, age, 0, "ok") for m in ("poor", "all") for age in ("0-2", "3-5"))
    )
    assert only(rates.values(empty, indicator(), 100))["status"] == "not_meaningful"
    secret = counts(
        ("poor", "01", DAY, "0-2", None, "suppressed"),
        ("poor", "01", DAY, "3-5", 4, "ok"),
        ("all", "01", DAY, "0-2", 9, "ok"),
        ("all", "01", DAY, "3-5", 9, "ok"),
    )
    found = only(rates.values(secret, indicator(), 100))
    assert (found["status"], found["numerator_status"]) == ("suppressed", "suppressed")
    assert found["denominator_status"] == "ok"


def test_the_limit_is_that_of_the_measures_rules(release: releases.Release) -> None:
    known = release.catalog.indicators
    assert safeguards.fewest(release.catalog, known["quote"]) == 100
    # 500 residents on each of two square kilometres: fewer than 100 are no few people.
    assert safeguards.fewest(release.catalog, known["dichte"]) == 0
    dense = indicators.values(release, known["dichte"]).filter(
        pl.col("area") == "001", pl.col("period") == DAY
    )
    assert dense.select("value", "denominator", "status").rows() == [(500.0, 2.0, "ok")]


# Every place where a figure stands.

FIRST = [
    ("Aue", "34,5", "", "345", "1.000", "veröffentlicht"),
    ("Berg", "0,0", "-", "0", "1.500", "veröffentlicht, genau null"),
    ("Chaussee", "0,0", "0", "5", "12.500", "veröffentlicht, nicht genau null, aber gerundet null"),
    ("Damm", "geheim gehalten", ".", ".", "800", "geheim gehalten"),
    ("Eck", "nicht sicher genug", "/", "/", "700", "nicht sicher genug"),
    ("Feld", "nicht erhoben", "…", "…", "600", "nicht erhoben"),
    ("Garten", "nicht sinnvoll", "x", "0", "0", "nicht sinnvoll"),
    ("Hafen", "nicht sicher genug", "/", "20", "40", "nicht sicher genug"),
    ("Insel", "11,1", "p", "111", "1.000", "vorläufig"),
    ("Jagen", "22,2", "r", "222", "1.000", "berichtigt"),
    ("Kamp", "33,3", "s", "333", "1.000", "geschätzt"),
    ("Lohe", "47,7", "m", "4.357", "9.137", "Modellwert"),
]
LETTERS = {"-": "0", "0": "k", ".": "g", "/": "u", "…": "t"}


def test_the_table_tells_every_status_by_sign_and_word(view: View) -> None:
    data = tables.current(view)
    assert [tuple(row["cells"]) for row in data["rows"][:12]] == FIRST
    series = {row["cells"][0]: row["cells"][1:] for row in tables.series(view)["rows"]}
    assert [series[name][0] for name in status_city.NAMES] == [
        *("34,5", "-", "0", ".", "/", "…", "x", "/"),
        *("11,1 p", "22,2 r", "33,3 s", "47,7 m"),
    ]
    assert series["Eck"][1] == "10,0"


def test_letters_take_the_place_of_signs_everywhere(view: View) -> None:
    letters = lettered(view)
    told = [row["cells"][2] for row in tables.current(letters)["rows"][:12]]
    assert told == [LETTERS.get(row[2], row[2]) for row in FIRST]
    series = [row["cells"][1] for row in tables.series(letters)["rows"]]
    assert series[1:8] == ["0", "k", "g", "u", "t", "x", "u"]
    assert any(line.startswith("Geheim gehalten (g): Damm") for line in wording.missing(letters))
    sent = spreadsheets.csv(exports.data(letters)).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(sent), delimiter=";"))
    now = [row["Zeichen"] for row in rows if row["Zeitpunkt"] == DAY]
    assert now[1:9] == ["", "0", "k", "g", "u", "t", "x", "u"]
    assert "g = geheim gehalten" in rows[0]["Hinweise"]


def test_a_press_says_why_and_by_which_rule(view: View) -> None:
    table = tables.series(view)
    whys = {
        row["cells"][0]: table["whys"][row["why"][1]] for row in table["rows"] if 1 in row["why"]
    }
    assert whys["Damm"] == {
        "words": "geheim gehalten",
        "text": "Geheim sind 1 bis 4 Personen („Sozialamt: mindestens 5 Personen“), was schon "
        "geheim geliefert wurde, und alles, womit man das errechnen könnte. Welcher Grund "
        "zutrifft, wird nicht gesagt (Regelwerk 2025-01).",
    }
    assert whys["Eck"]["text"] == "Die Zahl ist zu unsicher, um sie zu veröffentlichen."
    few = "Der Wert bezieht sich auf weniger als 100 Personen oder Fälle; "
    assert whys["Hafen"]["text"].startswith(few)
    assert whys["Berg"]["words"] == "genau null"
    assert set(whys) == set(status_city.NAMES) - {"Aue"}
    for kind in signs.SETS["classic"]:
        assert remarks.why(view.safeguard, [kind], "viertel") in _plain(reasons.folded(view, kind))


def _plain(html: str) -> str:
    return html.replace("&quot;", '"')


def test_exports_hold_signs_in_columns_of_their_own(view: View) -> None:
    rows = list(
        csv.DictReader(
            io.StringIO(spreadsheets.csv(exports.data(view)).decode("utf-8-sig")), delimiter=";"
        )
    )
    now = {row["Gebiet"]: row for row in rows if row["Zeitpunkt"] == DAY}
    assert [(now[n]["Wert"], now[n]["Zeichen"]) for n in status_city.NAMES] == [
        *(("34,5", ""), ("0,0", "-"), ("0,0", "0"), ("", "."), ("", "/"), ("", "…"), ("", "x")),
        *(("", "/"), ("11,1", "p"), ("22,2", "r"), ("33,3", "s"), ("47,7", "m")),
    ]
    counted = [(now[n]["Zähler"], now[n]["Zeichen Zähler"]) for n in ("Berg", "Damm", "Hafen")]
    assert counted == [("0", "-"), ("", "."), ("20", "")]
    book = openpyxl.load_workbook(
        io.BytesIO(spreadsheets.xlsx(exports.data(view).linked("http://stadt/")))
    )
    head, *cells = book["Werte"].iter_rows(values_only=True)
    numeric = [head.index(name) for name in ("Wert", "Zähler", "Nenner")]
    assert all(isinstance(row[at], int | float | None) for row in cells for at in numeric)
    assert {str(row[head.index("Zeichen")] or "") for row in cells} == set("-0./…xprsm") | {""}
    notes = [f"{name}: {text}" for name, text in book["Angaben"].iter_rows(values_only=True)]
    for _kind, sign, meaning in signs.legend("classic"):
        assert f"Zeichen: {sign} = {meaning}" in notes
    assert any(note.startswith("Geheimhaltung: Geheim sind 1 bis 4 Personen") for note in notes)


def test_maps_tell_reasons_by_pattern_and_word(view: View, release: releases.Release) -> None:
    data = maps.svg_data(view, release)
    first = len(view.limits) + 1
    at = dict(zip(status_city.NAMES, zip(data["codes"], data["tags"], strict=True), strict=True))
    assert {name: at[name] for name in ("Damm", "Eck", "Feld", "Garten", "Hafen")} == {
        "Damm": (first, "(geheim)"),
        "Eck": (first + 1, "(unsicher)"),
        "Feld": (first + 2, "(nicht erhoben)"),
        "Garten": (first + 3, "(nicht sinnvoll)"),
        "Hafen": (first + 1, "(unsicher)"),
    }
    assert len(set(data["fills"][first:])) == 4
    assert [at[n][1] for n in ("Aue", "Berg", "Chaussee")] == ["", "(null)", "(rund null)"]
    assert [at[n][1] for n in ("Insel", "Jagen", "Kamp", "Lohe")] == list("prsm")
    assert data["texts"][1:3] == [
        f"0,0{NBSP}% (genau null)",
        f"0,0{NBSP}% (nicht genau null, aber gerundet null)",
    ]
    deck = json.loads(deckmap.deck(view, release).to_json())
    labels = next(layer for layer in deck["layers"] if layer["id"] == "labels")["data"]
    told = " ".join(label["t"] for label in labels)
    for sign in ("geheim", "unsicher", "null", "Jagen r", "Lohe m"):
        assert sign in told
    drawn = framing.svg(view_described.of_view(view, release))
    for words in (
        "Damm", "(geheim)", "(rund null)", "Lohe m", "Zeichen: - = genau null",
        "m = Modellwert", ". geheim gehalten (1)", "/ nicht sicher genug (2)",
    ):  # fmt: skip
        assert words in drawn, words


def test_marks_all_numbers_share_are_told_once(view: View) -> None:
    shared = [replace(f, status="modelled") for f in view.figures if f.value is not None]
    whole = replace(view, figures=tuple(shared))
    assert [painting.tag(whole, figure) for figure in shared][:3] == ["", "(null)", "(rund null)"]


def test_the_ranking_puts_the_hidden_behind_in_the_order_of_names(view: View) -> None:
    data = charts.ranking(view).data
    assert data["areas"]["name"].to_list() == [
        "Lohe", "Aue", "Kamp", "Jagen", "Insel", "Chaussee", "Berg",
    ]  # fmt: skip
    assert data["areas"]["text"][0] == f"47,7{NBSP}m"
    assert data["missing"].select("name", "text").rows() == [
        ("Damm", ". geheim gehalten"),
        ("Eck", "/ nicht sicher genug"),
        ("Feld", "… nicht erhoben"),
        ("Garten", "x nicht sinnvoll"),
        ("Hafen", "/ nicht sicher genug"),
    ]
    # Places are those among the seven with a number; the two zeros share theirs.
    places = dict(data["areas"].select("name", "place").rows())
    assert places["Kamp"] == "Platz 3 von 7 mit Wert"
    assert places["Chaussee"] == places["Berg"] == "Platz 6 von 7 mit Wert"
    strip = charts.strip(view).data["areas"]
    assert sorted(strip["name"]) == sorted(data["areas"]["name"])
    assert dict(strip.select("name", "shape").rows())["Lohe"] == "diamond"


def test_the_trend_tells_points_by_shape_and_gaps_by_sign(release: releases.Release) -> None:
    chosen = replace(SHARE, areas=("012", "011", "009", "004"), view="entwicklung")
    data = trends.trend(views.view_of(release, chosen)).data
    shapes = {
        (row["name"], row["year"]): row["shape"] for row in data["front"].iter_rows(named=True)
    }
    assert shapes["Lohe", 2024] == "diamond" and shapes["Kamp", 2024] == "square"
    assert shapes["Insel", 2024] == "triangle-up" and shapes["Insel", 2023] == "circle"
    gaps = data["absent"].select("name", "year", "sign", "told").rows()
    assert sorted(gaps) == [
        ("Damm", 2023, "[.]", "geheim gehalten"),
        ("Damm", 2024, "[.]", "geheim gehalten"),
    ]
    # They stand below the plot, where there is no value: the years make room for their rows.
    assert (data["absent"]["dy"] > 0).all()
    told = {(r["name"], r["year"]): r["told"] for r in data["others"].iter_rows(named=True)}
    assert told["Berg", 2024] == "0,0 (genau null)"
    assert told["Jagen", 2024] == "22,2 (berichtigt)"


def test_signs_of_two_areas_stand_in_two_rows_between_plot_and_years(
    release: releases.Release,
) -> None:
    for areas, rows in ((("009",), 0), (("004",), 1), (("004", "006"), 2)):
        view = views.view_of(release, replace(SHARE, areas=areas, view="entwicklung"))
        chart = trends.trend(view)
        line = next(part for part in chart.spec["layer"] if part["encoding"]["x"].get("axis"))
        assert line["encoding"]["x"]["axis"]["offset"] == rows * trend_rows.SIGN_ROW
        found = chart.data["absent"]["dy"].unique().sort().to_list() if rows else []
        assert found == [trend_rows.SIGN_ROW * row + 9 for row in range(rows)]


def test_the_small_trend_tells_the_years_without_a_value(release: releases.Release) -> None:
    def told(*areas: str) -> str:
        view = views.view_of(release, replace(SHARE, areas=areas))
        return caveats.absent(view, caveats.in_front(view))

    assert told("009") == ""
    assert told("004") == "Geheim: 2023, 2024"
    assert told("004", "008").startswith("Damm: geheim 2023, 2024; Hafen: unsicher 202")


def test_figures_and_reasons_of_a_ranking_have_a_halo(view: View) -> None:
    """The city's line is drawn before them and shows through neither."""
    layers = charts.ranking(view).spec["layer"]
    rule = next(i for i, layer in enumerate(layers) if layer["mark"]["type"] == "rule")
    for name in ("areas", "missing"):
        texts = [
            (i, layer["mark"])
            for i, layer in enumerate(layers)
            if layer["data"] == {"name": name} and layer["mark"]["type"] == "text"
        ]
        (below, halo), (_above, letters) = texts
        assert below > rule and halo["stroke"] == "white" and halo["strokeWidth"] >= 8
        assert "stroke" not in letters


def test_sentences_say_what_is_to_be_known(view: View) -> None:
    figures = {figure.area.name: figure for figure in view.figures}
    quote = view.indicator

    def said(name: str) -> str:
        return wording.sentence(quote, figures[name], DAY)

    assert said("Aue") == "In Aue waren am 31.12.2024 34,5 % arm."
    assert said("Berg").endswith("0,0 % arm. Das ist genau null.")
    assert said("Chaussee").endswith("Das ist gerundet; genau null ist es nicht.")
    assert said("Insel").endswith("Die Zahl ist vorläufig.")
    assert said("Kamp").endswith("Die Zahl ist geschätzt.")
    assert said("Lohe").endswith("Das ist ein Modellwert.")
    assert said("Damm").startswith("In Damm ist die Zahl am 31.12.2024 geheim. Sie ist klein, ")
    for name in ("Eck", "Feld", "Garten", "Hafen"):
        word = status.words(figures[name].status)
        assert said(name).startswith(f"In {name} gibt es am 31.12.2024 keine Zahl ({word}). ")
    assert len({said(name).split("(")[1] for name in ("Eck", "Feld", "Garten")}) == 3
    words = wording.alternative("Karte", view)
    assert (
        "Ohne Zahl: 5 von 12 (1 geheim gehalten, 2 nicht sicher genug, 1 nicht erhoben, " in words
    )
    assert "Nicht sicher genug (/): Eck, Hafen." in words


def test_rounded_figures_say_so(view: View, release: releases.Release) -> None:
    around = rounded(view)
    first = around.figures[0]
    assert remarks.told(around, first) == f"34,5{NBSP}% (gerundet)"
    assert wording.sentence(around.indicator, first, DAY, rounded=True) == (
        "In Aue waren am 31.12.2024 rund 34,5 % arm."
    )
    cells = [row["cells"][2] for row in tables.current(around)["rows"][:4]]
    assert cells == ["", "0", "0", "."]
    assert exports.rows(around)["Zeichen"].to_list().count("-") == 0
    assert any("Vielfache von 5" in line for line in wording.footer(around))
    assert "gerundet" in maps.svg_data(around, release)["texts"][0]


# Nothing is given away.


def hidden_at(view: View, place: int) -> View:
    """The view as if the area at that place were hidden, whatever it was."""
    figures = list(view.figures)
    figures[place] = replace(
        figures[place],
        value=None,
        numerator=None,
        status="suppressed",
        numerator_status="suppressed",
    )
    own = pl.col("area") == figures[place].area.id
    rows = view.series.with_columns(
        pl.when(own & (pl.col("period") == DAY)).then(None).otherwise(pl.col(name)).alias(name)
        for name in ("value", "numerator", "text", "first", "first_text")
    ).with_columns(
        pl.when(own & (pl.col("period") == DAY))
        .then(pl.lit("suppressed"))
        .otherwise(pl.col(name))
        .alias(name)
        for name in ("status", "numerator_status")
    )
    return replace(view, figures=tuple(figures), series=rows)


def test_axes_orders_and_ranks_know_only_what_is_shown(view: View) -> None:
    """The highest area is hidden: the scale ends at the next, places close up, names lie last."""
    shown = hidden_at(view, 11)
    ranking = charts.ranking(shown).data
    assert ranking["areas"]["value"].max() == 34.5
    assert ranking["areas"]["place"][0] == "Platz 1 von 6 mit Wert"
    assert ranking["missing"]["name"].to_list() == sorted(ranking["missing"]["name"])
    assert charts.strip(shown).data["areas"]["value"].max() == 34.5
    assert "34,5" in wording.spread(shown.indicator, shown.figures, "Viertel")


@pytest.mark.parametrize("sort", [0, 2, 5])
def test_tables_sort_what_is_hidden_by_nothing_but_words(view: View, sort: int) -> None:
    for row in tables.current(hidden_at(view, 0))["rows"][:1]:
        assert row["sort"][1] is None and row["sort"][3] is None
        assert "34" not in str(row["sort"][sort])


def test_no_output_holds_the_hidden_number(view: View, release: releases.Release) -> None:
    """Aue's 34,5 % are 345 people; with the cell hidden neither is anywhere."""
    shown = hidden_at(view, 0)
    for kind in selection.VIEWS:
        one = replace(shown, selection=replace(shown.selection, view=kind, areas=("001",)))
        sent = [
            json.dumps(maps.svg_data(one, release), ensure_ascii=False),
            deckmap.deck(one, release).to_json(),
            json.dumps(tables.current(one), ensure_ascii=False),
            json.dumps(tables.series(one), ensure_ascii=False),
            *(
                json.dumps(chart.rows(), ensure_ascii=False)
                for chart in (
                    charts.ranking(one),
                    charts.strip(one),
                    trends.trend(one),
                    trends.small_trend(one),
                )
            ),
            spreadsheets.csv(exports.data(one)).decode(),
            framing.svg(view_described.of_view(one, release)),
            wording.alternative("Karte", one, over_time=True),
            json.dumps(one.selection.query()),
            exports.file_name(one, kind),
        ]
        for text, number in itertools.product(sent, ("345", "34,5", "34.5")):
            assert number not in text, (kind, number, text[:200])


class Recorder:
    """A websocket that keeps all it received."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket, self.frames = socket, list[bytes]()

    def send(self, message: bytes) -> None:
        self.socket.send(message)

    def recv(self, timeout: float) -> bytes:
        frame = self.socket.recv(timeout=timeout)
        self.frames.append(frame if isinstance(frame, bytes) else frame.encode())
        return self.frames[-1]


def received(address: str) -> bytes:
    """All that a visitor of every page and view is sent."""
    with visit(int(address.rsplit(":")[-1])) as visitor:
        visitor.socket = wire = Recorder(visitor.socket)  # type: ignore[assignment]
        asked = [
            *((page, "") for page in ("", "ueber", "karten")),
            ("karten", "nebeneinander=indikatoren&indikatoren=quote&gebiet=012"),
            ("daten", "indikator=quote&gebiet=012&zeit=2024-12-31"),
            *(("armut", f"ansicht={kind}&gebiet=012") for kind in selection.VIEWS),
            ("armut", "karte=webgl&fest=ja"),
        ]
        for page, query in asked:
            assert not visitor.look(page, query).failed, (page, query)
    return b"".join(wire.frames)


def test_no_frame_to_the_browser_holds_the_hidden_number(tmp_path: Path) -> None:
    """Lohe's 4,357 of 9,137 and 47.7 %, as text or as a number in Arrow."""
    share = 100 * 4357 / 9137
    # Digits within a longer number or an identifier are no finding.
    texts = [rb"(?<![\w.])" + text + rb"(?!\w)" for text in (rb"4\.357", b"4357", b"47,7")]
    told = [*texts, rb"(?<![\w.])47\.68", re.escape(struct.pack("<d", share))]
    folder = status_city.write(tmp_path / "open")
    with server.running(folder, tmp_path / "log") as address:
        before = received(address)
        status_city.write(tmp_path / "closed", hidden="Lohe", releases=folder)
        after = received(address)
    assert [bool(re.search(word, before)) for word in told] == [True] * 5
    assert not [word for word in told if re.search(word, after)]
    assert b"geheim gehalten" in after


POOR = {
    "Aue": 1733, "Berg": 2917, "Chaussee": 3571, "Damm": 3, "Eck": 1867, "Feld": 2383,
    "Garten": 2741, "Hafen": 3187, "Insel": 3691, "Jagen": 2203, "Kamp": 2557, "Lohe": 3919,
}  # fmt: skip


def test_what_protection_hides_reaches_no_browser(tmp_path: Path) -> None:
    """Damm's 3 are hidden, and with them at least one large number that protects them."""
    folder = status_city.write(tmp_path, protected=POOR)
    release = (folder / "current").read_text(encoding="utf-8").strip()
    told = pl.read_parquet(folder / release / "counts/poor.parquet").filter(pl.col("area") != "000")
    hidden = told.filter(pl.col("value").is_null())["area"].to_list()
    names = {status_city.NAMES[int(area) - 1] for area in hidden}
    assert "Damm" in names and len(names) >= 2
    with server.running(folder, tmp_path / "log") as address:
        sent = received(address)
    for name, count in POOR.items():
        if name != "Damm":
            share = 100 * count / 9137
            words = [f"{count:,}".replace(",", ".").encode(), struct.pack("<d", share)]
            assert {word in sent for word in words} == {name not in names}, name


def guarded(
    release: releases.Release,
    rules: dict[str, dict[str, Any]],
    measures: dict[str, dict[str, Any]],
    minimum_area: int = 0,
) -> Safeguard:
    """How the share of poor people is protected where the city declares other rules."""
    whole = release.catalog
    own = Protection.model_validate(
        {
            **whole.protection.model_dump(),
            "minimum_area": minimum_area,
            "rules": [{"id": name, "title": name.title(), **told} for name, told in rules.items()],
            "measures": {name: told.pop("rule") for name, told in measures.items()},
        }
    )
    city = whole.city.model_copy(
        update={
            "measures": tuple(
                each.model_copy(update=measures.get(each.id, {})) for each in whole.city.measures
            )
        }
    )
    changed = Catalog(city=city, themes=whole.themes, protection=own)
    return safeguards.safeguard(changed, changed.indicators["quote"])


WHOLE = {"part_of": (Term(measure="residents"),)}
REST = (
    "was schon geheim geliefert wurde, und alles, womit man das errechnen könnte. Welcher Grund "
    "zutrifft, wird nicht gesagt (Regelwerk 2025-01)."
)


@pytest.mark.parametrize(
    ("rules", "poor", "residents", "area", "told"),
    [
        (
            {"amt": {"preset": "city"}, "register": {"preset": "register"}},
            {"rule": "amt", "unit": "Besuche", **WHOLE},
            {"rule": "register"},
            1300,
            "Geheim sind 1 bis 4 Personen („Register“) und 1 bis 2 Besuche („Amt“), was alle oder "
            "fast alle einer Gruppe betrifft, alles außer Nullen in Gebieten mit weniger als "
            f"1.300 Einwohnern, {REST}",
        ),
        (
            {"register": {"preset": "register"}},
            {"rule": "register", "unit": "Jahre"},
            {"rule": "register"},
            0,
            f"Geheim sind 1 bis 4 Personen („Register“), {REST}",
        ),
        (
            {"amt": {"preset": "city"}, "ba": {"preset": "ba"}},
            {"rule": "amt", "unit": "Personen"},
            {"rule": "ba"},
            0,
            f"Geheim sind 1 bis 2 Personen („Amt“ und „Ba“), {REST}",
        ),
        (
            {"amt": {"preset": "city", "zeros": "protected"}},
            {"rule": "amt", "unit": "Zuzüge"},
            {"rule": "amt"},
            300,
            "Geheim sind 0 bis 2 Zuzüge oder Personen („Amt“), alles in Gebieten mit weniger als "
            f"300 Einwohnern, {REST}",
        ),
        (
            {"amt": {"preset": "city", "minimum": 2, "group": False}, "offen": OPEN},
            {"rule": "amt", **WHOLE},
            {"rule": "offen"},
            0,
            f"Geheim sind einzelne Personen („Amt“), {REST}",
        ),
        (
            {"amt": {"preset": "city"}, "offen": OPEN},
            {"rule": "amt", "unit": "Tsd. Euro"},
            {"rule": "offen"},
            0,
            f"Geheim sind zu kleine Zahlen („Amt“), {REST}",
        ),
    ],
    ids=["two rules", "years", "same numbers", "zeros", "single", "money"],
)
def test_what_is_hidden_is_told_rule_by_rule(
    release: releases.Release,
    rules: dict[str, dict[str, Any]],
    poor: dict[str, Any],
    residents: dict[str, Any],
    area: int,
    told: str,
) -> None:
    found = guarded(release, rules, {"poor": dict(poor), "residents": dict(residents)}, area)
    assert safeguards.hidden(found) == told


def test_where_counts_are_rounded_none_is_hidden_for_being_small(view: View) -> None:
    told = remarks.why(rounded(view).safeguard, ["suppressed"], "viertel")
    assert told == f"Geheim ist: {REST}"


def test_an_open_indicator_is_said_to_be_open_and_why(
    release: releases.Release, view: View
) -> None:
    limited: dict[str, Any] = {
        "preset": "own",
        "minimum": 0,
        "denominator": 30,
        "zeros": "shown",
        "group": False,
    }
    limited["reason"] = "Wahlen sind öffentlich."
    rules = {"offen": OPEN, "wahl": limited}
    found = guarded(release, rules, {"poor": {"rule": "wahl"}, "residents": {"rule": "offen"}})
    told = remarks.rules(replace(view, safeguard=found))
    secret = "Die Stelle, von der die Zahl stammt, hält sie geheim."
    assert told[:2] == ["Nicht geschützt. Wahlen sind öffentlich. Erfunden.", secret]
    assert told[2].endswith("in der Tabelle. Regel: „Wahl“ (Regelwerk 2025-01).") and len(told) == 3
    rows = view.series.filter(pl.col("status") != "suppressed")
    assert secret not in remarks.rules(replace(view, safeguard=found, series=rows))


def test_the_key_of_a_file_explains_the_signs_of_exact_and_of_rounded_rows(view: View) -> None:
    assert remarks.key(view)[:2] == [
        "- = genau null",
        "0 = nicht genau null, aber gerundet null",
    ]
    assert {level for level in view.series["level"]} == {"stadt", "viertel"}
    assert remarks.key(rounded(view))[:2] == [
        "- = genau null",
        "0 = nicht genau null, aber gerundet null; wo gerundet wird: null oder auf null gerundet",
    ]
    alone = view.series.filter(pl.col("level") == "viertel")
    assert remarks.key(replace(rounded(view), series=alone))[:2] == [
        "0 = null oder auf null gerundet",
        ". = geheim gehalten",
    ]


def test_signs_of_views_are_told_in_one_line_also_where_only_one_of_them_is_rounded(
    view: View,
) -> None:
    first, second, third, *_rest = view.figures
    hidden = replace(view, figures=(replace(first, value=None, status="suppressed"),))
    near = replace(view, figures=(replace(second, value=0.04, status="ok"),))
    exact = replace(near, figures=(*near.figures, replace(third, value=0.0, status="ok")))
    assert remarks.used(hidden, exact, hidden) == [
        "Zeichen: - = genau null; 0 = nicht genau null, aber gerundet null; . = geheim gehalten"
    ]
    assert remarks.used(hidden, rounded(near)) == [
        "Zeichen: 0 = nicht genau null, aber gerundet null; "
        "wo gerundet wird: null oder auf null gerundet; . = geheim gehalten"
    ]
    assert remarks.used(rounded(hidden), rounded(near)) == [
        "Zeichen: 0 = null oder auf null gerundet; . = geheim gehalten"
    ]
    plain = replace(view, figures=(replace(first, value=12.3, status="ok"),))
    assert remarks.used() == remarks.used(plain, plain) == []


def test_a_balance_just_below_nothing_is_not_said_to_be_above_it() -> None:
    [kind] = signs.kinds("ok", -0.04, 1)
    assert signs.words(kind) == "nicht genau null, aber gerundet null"
    assert signs.reason(kind) == (
        "Der Wert ist nicht genau null, aber so nahe daran, dass gerundet null dasteht."
    )


def test_why_never_tells_a_small_number_from_one_that_protects_it(view: View) -> None:
    """The text follows from the rule and the status alone."""
    one, other = hidden_at(view, 0), hidden_at(view, 2)
    told = {
        remarks.why(v.safeguard, v.kinds(f), f.area.level, f.denominator)
        for v, f in ((one, one.figures[0]), (other, other.figures[2]), (view, view.figures[3]))
    }
    assert len(told) == 1


# The page of rules.


def test_the_rules_of_the_release_are_printed(release: releases.Release) -> None:
    told = secrecy.rules(release.catalog)
    assert told["caption"] == "Regelwerk 2025-01"
    first, second = (row["cells"] for row in told["rows"])
    assert first[:4] == [
        "Sozialamt: mindestens 5 Personen",
        "Stadt Zeichen, Sozialamt",
        "weniger als 5",
        "unter 100",
    ]
    assert second[2:] == ["nichts", "–", "Flächen sind keine Personen."]
    levels = [row["cells"] for row in secrecy.methods(release.catalog)["rows"]]
    assert levels == [
        ["Städte", "nicht geschützt. amtlich"],
        ["Viertel", "nicht geschützt. amtlich"],
    ]
    assert secrecy.method("round5", "") == (
        "gerundet auf Vielfache von 5, so dass alle Summen stimmen"
    )


def test_the_verdict_says_what_was_tried_and_who_can_repeat_it() -> None:
    tried = (Tried("outsider", 1234, 5, 0, 0), Tried("singleton", 1234, 5, 0, 0))
    found = Audit(True, "1", tried, (), (), {})
    assert secrecy.verdict(found) == (
        "Vor der Veröffentlichung hat ein Programm versucht, die geheimen Zahlen aus allem "
        "Veröffentlichten zu errechnen: 1.234 Zahlen, davon 5 geheim. Keine ließ sich errechnen "
        "oder enger eingrenzen, als die Regeln erlauben. Wer die Dateien der Veröffentlichung "
        "hat, bei denen auch der Bericht liegt, kann die Prüfung wiederholen. Nur was jemand "
        "erfährt, der selbst der Einzige in einer Zelle ist, lässt sich daraus nicht nachrechnen."
    )
    assert secrecy.verdict(replace(found, tried=(Tried("outsider", 29952, 0, 0, 0),))) == (
        "Geprüft wurden 29.952 Zahlen. Keine davon ist geheim, es gab also nichts zu errechnen."
    )
    assert secrecy.verdict(replace(found, safe=False)) == "Die Prüfung wurde nicht bestanden."


def test_protected_zeros_and_rounded_deliveries_are_told() -> None:
    own = {"id": "a", "title": "A", "preset": "ba", "zeros": "protected", "multiple": 10}
    rule = Rule.model_validate(own)
    told = secrecy._more(rule)
    assert "Auch eine Null ist geheim." in told and "Vielfachen von 10" in told


def test_a_city_chooses_its_signs_and_a_reader_may_choose_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(status_city.write(tmp_path, "letters")))
    release = releases.current()
    theme, quote = release.catalog.themes[0], release.catalog.indicators["quote"]
    scope = indicators.scope(release, quote)
    own, _notices = selection.parse(theme, quote, scope, {})
    assert (own.signs, own.query()["zeichen"]) == ("letters", "buchstaben")
    asked, notices = selection.parse(theme, quote, scope, {"zeichen": "klassisch"})
    assert (asked.signs, notices) == ("classic", [])
    wrong, notices = selection.parse(theme, quote, scope, {"zeichen": "<b>"})
    assert wrong.signs == "letters" and len(notices) == 1 and "<b>" not in notices[0]


def test_a_figure_without_marks_needs_no_reason(view: View) -> None:
    assert reasons.of_figure(view, view.figures[0]) == ""
    hidden: Figure = view.figures[3]
    assert "Warum „geheim gehalten“?" in reasons.of_figure(view, hidden)
    assert audits.PROFILES == ("outsider", "singleton", "group")
