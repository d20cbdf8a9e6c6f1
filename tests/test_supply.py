"""Places per 100 children, groups of need and supply, and the address, worked out by hand."""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from components import (
    facility_years,
    spreadsheets,
    supply_chart,
    supply_files,
    supply_map,
    supply_table,
    supply_words,
)
from components.spreadsheets import Data, Sheet
from loaders import facilities, releases
from loaders import supply as found
from model import facility, rates, supply, supply_counts, supply_links
from model.areas import Area
from model.catalog import FacilityType, Term
from model.facility import Value
from model.supply_links import Offer, Setting

KITA = FacilityType(
    id="kita",
    title="Kita",
    plural="Kitas",
    serves=Term(measure="residents", age=("0-2", "3-5")),
    served="Kinder unter 6 Jahren",
    places="places",
    complete=True,
    reach=(500, 1000),
    need="armut",
)


def area(level: str, name: str, parent: str | None) -> Area:
    return Area(name, level, name.upper(), name, f"in {name}", parent, None, None)


AREAS = {
    "kreis": {"k": area("kreis", "k", None)},
    "stadt": {"s": area("stadt", "s", "k")},
    "bezirk": {name: area("bezirk", name, "s") for name in ("a", "b", "c", "d", "e")},
}
LISTED = pl.DataFrame(
    [
        ("1", "kita", "a", 9.0),
        ("2", "kita", "a", 9.0),
        ("3", "kita", "b", 9.0),
        ("4", "kita", "c", None),
        ("5", "kita", "", 9.9),  # beyond the border
        ("6", "schule", "d", 9.0),
    ],
    schema={"facility": pl.String, "type": pl.String, "area": pl.String, "lon": pl.Float64},
    orient="row",
).with_columns(delivery=pl.lit("liste"))
VALUES = pl.DataFrame(
    [
        ("1", "2024-12-31", "places", 40.0, "ok"),
        ("2", "2024-12-31", "places", 35.0, "preliminary"),
        ("3", "2024-12-31", "places", None, "suppressed"),
        ("5", "2024-12-31", "places", 70.0, "ok"),
        ("6", "2024-12-31", "places", 300.0, "ok"),
        ("1", "2024-12-31", "users", 39.0, "ok"),
    ],
    schema=["facility", "period", "measure", "value", "status"],
    orient="row",
)


def counted(
    kind: FacilityType = KITA, listed: pl.DataFrame = LISTED
) -> dict[str, tuple[float | None, str]]:
    frame = supply_counts.counts(kind, listed, VALUES, AREAS, "stadt", ())
    return {row[0]: row[1:] for row in frame.select("area", "value", "status").iter_rows()}


def test_hidden_missing_and_no_places_are_three_things() -> None:
    assert counted() == {
        "a": (75.0, "preliminary"),
        "b": (None, "suppressed"),
        "c": (None, "not_collected"),  # a Kita without a number is no Kita without places
        "d": (0.0, "ok"),
        "e": (0.0, "ok"),
        "s": (None, "suppressed"),
    }


def test_without_a_complete_list_nobody_knows_of_a_zero() -> None:
    assert counted(KITA.model_copy(update={"complete": False})).keys() == {"a", "b", "c", "s"}
    # One of the city that could stand anywhere counts for the city, and takes the zeros away.
    other = LISTED.slice(3, 1).with_columns(facility=pl.lit("7"), area=pl.lit(""))
    lost = pl.concat([LISTED.head(2), other])
    assert counted(listed=lost) == {"a": (75.0, "preliminary"), "s": (None, "not_collected")}


def test_places_by_children_of_the_same_year() -> None:
    """A district: 75 places by 120 + 80 children; of d and e zero, and zero by zero."""
    children = pl.DataFrame(
        [
            ("a", "0-2", 120.0, "ok"), ("a", "3-5", 80.0, "modelled"), ("a", "6-9", 99.0, "ok"),
            ("d", "0-2", 10.0, "ok"), ("d", "3-5", 30.0, "ok"),
            ("e", "0-2", 0.0, "ok"), ("e", "3-5", 0.0, "ok"),
            ("b", "0-2", 50.0, "ok"), ("b", "3-5", 50.0, "ok"),
            ("c", "0-2", None, "suppressed"), ("c", "3-5", 50.0, "ok"),
        ],
        schema=["area", "age", "value", "status"],
        orient="row",
    ).with_columns(
        level=pl.lit("bezirk"), period=pl.lit("2024-12-31"), measure=pl.lit("residents"),
        sex=pl.lit("total"), nationality=pl.lit("total"), delivery=pl.lit("amt"),
    )  # fmt: skip
    places = supply_counts.counts(KITA, LISTED, VALUES, AREAS, "stadt", ())
    indicator = supply.indicator(KITA, "date")
    assert indicator is not None and indicator.chance == "none"
    both = pl.concat([places.select(children.columns), children]).lazy()
    values = rates.values(both, indicator).collect().filter(pl.col("level") == "bezirk")
    assert {row[0]: row[1:] for row in values.select("area", "value", "status").rows()} == {
        "a": (37.5, "modelled"),
        "b": (None, "suppressed"),
        "c": (None, "suppressed"),
        "d": (0.0, "ok"),
        "e": (None, "not_meaningful"),
    }


@pytest.mark.parametrize(
    ("need", "less", "wanted"),
    [
        (True, True, "both"), (True, False, "need"), (False, True, "supply"),
        (False, False, "neither"), (None, True, "unknown"), (True, None, "unknown"),
    ],
)  # fmt: skip
def test_groups(need: bool | None, less: bool | None, wanted: supply.Group) -> None:
    assert supply.group(need, less) == wanted


def test_less_ground_is_what_can_be_read() -> None:
    """In whole per cent: 27.4 and 27.6 are not the same, 27.5 and 27.6 are."""
    assert supply.less_ground(0.274, 0.276) is True
    assert supply.less_ground(0.275, 0.276) is False
    assert supply.less_ground(0.3, 0.276) is False
    assert supply.less_ground(None, 0.276) is None


OFFER = Offer(
    {"kita": KITA, "treff": FacilityType(id="treff", title="Treff", plural="Treffs")},
    {"alter": "Alter", "armut": "Armut"},
    {"01": "Au", "02": "Berg"},
)


@pytest.mark.parametrize(
    ("query", "wanted", "notices"),
    [
        ({}, Setting("kita", "armut"), 0),
        ({"art": "treff"}, Setting("treff", "alter"), 0),
        (
            {"art": "kita", "bedarf": "alter", "auch": "treff", "umkreis": "1000",
             "hervorheben": "ja", "gebiet": "02"},
            Setting("kita", "alter", ("treff",), 1000, True, "02"), 0,
        ),
        ({"auch": "kita,treff,treff"}, Setting("kita", "armut", ("treff",)), 0),
        ({"art": "<b>", "bedarf": "", "umkreis": "750", "hervorheben": "1", "gebiet": "99"},
         Setting("kita", "armut"), 5),
        ({"art": "treff", "umkreis": "500", "auch": "hort"}, Setting("treff", "alter"), 2),
    ],
)  # fmt: skip
def test_the_address(query: dict[str, str], wanted: Setting, notices: int) -> None:
    setting, said = supply_links.parse(OFFER, query)
    assert setting == wanted
    assert len(said) == notices
    assert not any(value in text for text in said for value in query.values() if len(value) > 2)
    assert supply_links.parse(OFFER, setting.query()) == (setting, [])


def test_taken_places_and_why_they_are_not_known() -> None:
    day = "2024-12-31"

    def taken(places: Value, users: Value) -> tuple[float | None, str]:
        result = facility.taken(places, users)
        return result.value, result.status

    full, none = Value(day, 80.0, "ok"), Value(day, 0.0, "ok")
    assert taken(full, Value(day, 77.0, "modelled")) == (96.3, "modelled")  # 96.25
    assert taken(full, none) == (0.0, "ok")
    assert taken(none, none) == (None, "not_meaningful")
    assert taken(full, Value(day, None, "suppressed")) == (None, "suppressed")
    assert taken(Value(day, None, "not_collected"), none) == (None, "not_collected")


@pytest.mark.parametrize(
    ("most", "guides"),
    [(0, [0, 1]), (3, [0, 1, 2, 3]), (66, [0, 20, 40, 60, 80]), (250, [0, 50, 100, 150, 200, 250])],
)
def test_round_guides(most: float, guides: list[float]) -> None:
    assert facility_years.guides(most) == guides


def pictured(release: releases.Release, **query: str) -> tuple[found.Picture, Setting]:
    offer = found.offer(release)
    assert offer is not None
    setting, notices = supply_links.parse(offer, query)
    assert notices == []
    return found.picture(release, setting), setting


def test_minden_by_plain_sums(release: releases.Release, minden: Path) -> None:
    """Places by children of each district and the city, from the tables of the release."""
    listed = pl.read_parquet(minden / "facilities.parquet").filter(pl.col("type") == "kita")
    told = pl.read_parquet(minden / "facility_values.parquet").filter(
        pl.col("measure") == "facility_places", pl.col("period") == "2024-12-31"
    )
    people = pl.read_parquet(minden / "counts/residents.parquet").filter(
        pl.col("period") == "2024-12-31", pl.col("age").is_in(["0-2", "3-5"]),
        pl.col("sex") == "total", pl.col("nationality") == "total",
    )  # fmt: skip
    places = dict(told.select("facility", "value").iter_rows())
    picture, _setting = pictured(release)
    lower = []
    for row in picture.rows:
        city = row.area.level == "stadt"
        own = [
            f for f, a in listed.select("facility", "area").iter_rows() if city or a == row.area.id
        ]
        kids = float(str(people.filter(pl.col("area") == row.area.id)["value"].sum()))
        assert row.count == len(own)
        assert row.supply is not None
        total = sum(places[f] for f in own)
        assert row.supply.numerator == total
        if row.area.name == "Päpinghausen":  # no Kita, and too few children for a rate
            assert (row.supply.numerator, row.supply.value) == (0, None)
            assert (row.supply.status, row.group) == ("unreliable", "unknown")
            continue
        assert row.supply.value == pytest.approx(100 * total / kids)
        if 100 * total / kids < 100 * 3073 / 4939 - 0.05 and row.word == "higher":
            lower.append(row.area.name)
    assert lower == ["Bärenkämpen", "Rechtes Weserufer", "Rodenbeck"]
    assert [area.name for area in supply.members(picture.rows, "both", "stadtbezirk")] == lower


def test_what_map_and_table_say_of_marked_areas(release: releases.Release) -> None:
    picture, setting = pictured(release, hervorheben="ja", umkreis="500", auch="jugendtreff")
    drawn = supply_map.data(picture, release, setting)
    table = supply_table.table(picture, setting)
    marked = ["01", "16", "17"]
    assert list(drawn["chosen"]) == table["chosen"] == marked
    said = [text for text in drawn["texts"] if text.endswith("weniger Angebot")]
    assert len(said) == 3
    assert len(drawn["points"]) == 46
    # Those in question lie on top, and alone have circles.
    assert [point["own"] for point in drawn["points"]] == [False] * 6 + [True] * 40
    cells = {row["cells"][0]: row["cells"] for row in table["rows"]}
    assert cells["Rechtes Weserufer"] == [
        "Rechtes Weserufer", "43,0 m", "2", "187", "357", "52,4 m", "45 m",
        "Höherer Bedarf, weniger Angebot",
    ]  # fmt: skip
    assert cells["Päpinghausen"] == [
        "Päpinghausen", ".", "0", "0", "18", "/", "0 m", "Nicht zu sagen",
    ]  # fmt: skip
    assert cells["Minden"][-1] == ""


def test_types_without_places_are_held_by_ground(release: releases.Release) -> None:
    picture, setting = pictured(release, art="spielplatz")
    assert picture.supply is None and picture.metres == 300
    heads = [column["title"] for column in supply_table.table(picture, setting)["columns"]]
    assert heads[2:] == [
        "Spielplätze", "Fläche in Reichweite (300\N{NO-BREAK SPACE}m Luftlinie), %",
        "Im Vergleich mit der Stadt",
    ]  # fmt: skip
    city = picture.rows[-1]
    assert city.share is not None
    for row in picture.rows[:-1]:
        if row.word != "incomparable" and row.share is not None:
            less = round(100 * row.share) < round(100 * city.share)
            assert (row.group in ("both", "supply")) == less


def test_a_low_value_may_mean_more_need(release: releases.Release) -> None:
    picture, _setting = pictured(release, bedarf="beschaeftigte")
    assert picture.need.indicator.direction == "less"
    words = {row.word for row in picture.rows if row.group in ("both", "need")}
    assert words == {"lower"}
    assert any("niedriger Wert" in text for text in supply_table.cautions(picture))


def test_the_table_to_take_along(release: releases.Release) -> None:
    picture, setting = pictured(release)
    found = supply_files.data(picture)
    assert supply_files.name(picture) == f"angebot_{setting.kind}_{setting.need}_{release.id}"
    lines = spreadsheets.csv(found).decode("utf-8-sig").splitlines()
    assert len(lines) == 21
    row = next(line for line in lines if '"Rechtes Weserufer"' in line)
    assert row.startswith(
        '"16";"Rechtes Weserufer";"43,0";"Modellwert";"deutlich höher";2;"187";"357"'
    )
    assert '"52,4";"Modellwert";"45";"Höherer Bedarf, weniger Angebot"' in row
    hidden = next(line for line in lines if '"Bölhorst"' in line)
    assert '"Bölhorst";;"geheim gehalten";"nicht vergleichbar";1;"29";"51"' in hidden
    assert "Anteil der Fläche, nicht der Kinder" in lines[1]
    assert spreadsheets.xlsx(found)[:2] == b"PK"


def test_the_picture_of_need_and_supply(release: releases.Release) -> None:
    """A sign for each area with both numbers; names where need is higher, and of the chosen one."""
    picture, setting = pictured(release, gebiet="07")
    html = supply_chart.chart(picture, setting)
    packed = re.findall(r"base64,([A-Za-z0-9+/=]+)", html)
    drawn = b64decode(packed[0]).decode()
    assert drawn.count("<g transform") == 14  # 19 areas, of 5 a number is missing
    names = re.findall(r'font-weight="700">([^<]+)<', drawn)
    assert names == ["Bärenkämpen", "Hahlen", "Innenstadt", "Rechtes Weserufer", "Rodenbeck"]
    ends = re.findall(r">([\d,]+)</text>", drawn)
    assert ends == ["52,4", "71,1", "5,3", "53,5"]
    assert len(packed) == 1 + 4  # and the key
    alone = replace(picture, rows=picture.rows[-1:])
    assert supply_chart.chart(alone, setting) == ""


def test_an_area_in_sentences(release: releases.Release) -> None:
    picture, _setting = pictured(release)
    rows = {row.area.name: row for row in picture.rows}
    none, few, ground = supply_words.sentences(picture, rows["Päpinghausen"])[1:]
    assert none == "In Päpinghausen liegt keine Einrichtung dieser Art."
    assert few.startswith("Plätze je 100: In Päpinghausen gibt es am 31.12.2024 keine Zahl (nicht")
    assert ground == (
        "0 % der Fläche liegen höchstens 500\N{NO-BREAK SPACE}m Luftlinie von einer Einrichtung "
        "dieser Art entfernt."
    )
    assert supply_words.sentences(picture, rows["Bölhorst"])[1:3] == [
        "In Bölhorst: 1 Kita, zusammen 29 Plätze.",
        "In Bölhorst kamen am 31.12.2024 56,9 Plätze auf 100 Kinder unter 6 Jahren. "
        "Das ist ein Modellwert.",
    ]


def test_each_facility_has_its_series(release: releases.Release) -> None:
    one, two = facilities.series(release, "K01")
    assert (one.measure.id, two.measure.id) == ("facility_places", "facility_users")
    assert [value.period[:4] for value in one.values] == ["2020", "2021", "2022", "2023", "2024"]
    assert facilities.series(release, "S01") == ()
    assert facilities.series(release, "zzz") == ()


def test_separated_numbers() -> None:
    frame = pl.DataFrame({"Wert": [1.25, None], "Zahl": [1234.5, 2.0], "Text": ["=1", "-"]})
    data = Data((Sheet("Werte", frame, {"Wert": 1}),), (), ("a", "b"))
    lines = spreadsheets.csv(data).decode("utf-8-sig").splitlines()
    assert lines[1:] == ['"1,2";"1234,5";"\'=1";"a | b"', ';"2";"-";""']
