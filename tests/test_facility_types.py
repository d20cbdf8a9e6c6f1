"""Types of facilities: what they name has to exist; internal ones stay out of public releases."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from model.catalog import Audience, Catalog
from prepare import build as builds
from prepare import catalog as catalogs
from prepare import facility_recipes
from prepare.findings import PreparationError
from prepare.release import Content
from small_city import change, write

TYPES = """
[[types]]
id = "kita"
title = "Kita"
plural = "Kitas"
serves = { measure = "residents", age = ["0-5"] }
served = "Kinder unter 6 Jahren"
places = "places"
complete = true
reach = [300]
need = "anteil_u6"

[[types]]
id = "zuflucht"
title = "Zuflucht"
plural = "Zufluchten"
shape = "square"
places = "places"
reach = [300]
audiences = ["internal"]

[[recipes]]
id = "liste"
title = "Einrichtungen"
office = "Jugendamt"
source = "amt"
basis = "Lage"
each_row_is = "eine Einrichtung"
files = "liste.csv"
facility = "Nr"

[recipes.points]
name = "Name"
lon = "x"
lat = "y"
type = { column = "Art", values = { "Kita" = "kita", "Zuflucht" = "zuflucht" } }

[[recipes.values]]
heads = 'Plätze (\\d{4})'
format = "{}-12-31"
measure = "places"
"""
LIST = """Nr;Name;Art;x;y;Plätze 2024
K1;Kita Eins;Kita;9,008;52,005;40
Z1;Haus Wendehals;Zuflucht;9,024;52,005;keine
"""
MEASURE = '\n[[measures]]\nid = "places"\ntitle = "Plätze"\nunit = "Plätze"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = write(tmp_path)
    with (made / "measures.toml").open("a", encoding="utf-8") as file:
        file.write(MEASURE)
    (made / "facilities.toml").write_text(TYPES, encoding="utf-8")
    (made / "deliveries/liste.csv").write_text(LIST, encoding="utf-8")
    return made


@pytest.mark.parametrize(
    ("old", "new", "rule", "words"),
    [
        ('measure = "residents"', 'measure = "residnts"', "measure_unknown", '"residents"'),
        ('age = ["0-5"]', 'age = ["0-4"]', "category_unknown", '"0-4"'),
        ('measure = "residents"', 'measure = "births"', "breakdown_missing", '"age"'),
        ('places = "places"', 'places = "plaetze"', "measure_unknown", '"plaetze"'),
        ('need = "anteil_u6"', 'need = "anteil_u7"', "indicator_unknown", '"anteil_u6"'),
        ('shape = "square"', 'sign = "K"', "facility_sign_repeated", "wie"),
        ('shape = "square"', 'shape = "star"', "value_wrong", "star"),
        ('served = "Kinder unter 6 Jahren"', "", "value_wrong", "gehören zusammen"),
        ('places = "places"', 'users = "places"', "value_wrong", "users verlangt places"),
        ("reach = [300]", "reach = [500, 300]", "value_wrong", "aufsteigend"),
        ("reach = [300]", "reach = [5]", "value_wrong", "reach"),
    ],
)
def test_faults_of_a_type(old: str, new: str, rule: str, words: str, folder: Path) -> None:
    change(folder / "facilities.toml", old, new)
    with pytest.raises(PreparationError) as error:
        facility_recipes.declared(folder, catalogs.catalog(folder))
    found = [finding for finding in error.value.findings if finding.rule == rule]
    assert found, error.value.findings
    assert words in str(found[0])
    assert found[0].file == "klein/facilities.toml"


def content(folder: Path, audience: Audience) -> Content:
    return builds.build(folder, folder / "deliveries", audience, [])


def test_a_release_says_of_its_types_what_its_readers_may_know(folder: Path) -> None:
    """A number nobody can read in a row of the others is no fault of theirs either."""
    made = content(folder, "public")
    found = Catalog.model_validate_json(made.texts["catalog.json"])
    [kita] = found.facility_types
    assert (kita.id, kita.letters, kita.audiences) == ("kita", "K", ("public",))
    assert (kita.places, kita.need, kita.reach) == ("places", "anteil_u6", (300,))
    assert made.frames["facilities.parquet"]["facility"].to_list() == ["K1"]
    assert made.frames["facility_values.parquet"]["facility"].to_list() == ["K1"]
    assert set(made.frames["reach.parquet"]["type"]) == {"kita"}
    told = [*made.texts.values(), *(str(f.rows()) for f in made.frames.values())]
    assert not [text for text in told if "Wendehals" in text or "uflucht" in text]

    with pytest.raises(PreparationError, match="keine"):
        content(folder, "internal")
    change(folder / "deliveries/liste.csv", "keine", "7")
    made = content(folder, "internal")
    assert made.frames["facilities.parquet"]["facility"].to_list() == ["K1", "Z1"]
    assert set(made.frames["reach.parquet"]["type"]) == {"kita", "zuflucht"}


def test_who_lists_internal_facilities_is_internal_too(folder: Path) -> None:
    """A list of its own, with a source of its own: nothing of it is in a public release."""
    with (folder / "city.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[sources]]\nid = "verein"\ntitle = "Verein Wendehals"\nlicence = "x"\n')
    change(folder / "protection.toml", 'amt = "offen"', 'amt = "offen", verein = "offen"')
    path = folder / "protection.toml"
    head, _, tail = path.read_text("utf-8").partition("[internal]")
    tail = tail.replace('amt = "offen"', 'amt = "offen", verein = "offen"')
    path.write_text(f"{head}[internal]{tail}", encoding="utf-8")
    own = TYPES.partition("[[recipes]]")[2].replace("liste", "wendehals")
    own = own.replace('source = "amt"', 'source = "verein"').replace('"Kita" = "kita", ', "")
    with (folder / "facilities.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[[recipes]]{own}")
    (folder / "deliveries/wendehals.csv").write_text(
        "Nr;Name;Art;x;y;Plätze 2024\nZ2;Wendehals;Zuflucht;9,024;52,005;3\n", encoding="utf-8"
    )
    change(folder / "deliveries/liste.csv", "keine", "7")
    made = content(folder, "public")
    told = [*made.texts.values(), str(made.deliveries)]
    assert not [text for text in told if "endehals" in text or "verein" in text]
    assert made.frames["facilities.parquet"]["facility"].to_list() == ["K1"]
    made = content(folder, "internal")
    assert made.frames["facilities.parquet"]["facility"].to_list() == ["K1", "Z1", "Z2"]
    assert "verein" in Catalog.model_validate_json(made.texts["catalog.json"]).sources


def test_ground_within_reach_of_a_release(folder: Path) -> None:
    """A circle of 300 m in the middle of the first of four quarters of one size."""
    rows = content(folder, "public").frames["reach.parquet"]
    shares = dict(rows.select("area", "share").iter_rows())
    circle = 3.14159 * 0.3**2
    # Degrees on the ellipsoid at 52.005° north: 111.267 km north, 68.67 km east.
    quarter = 0.01 * 111.267 * 0.016 * 68.67
    assert shares["001"] == pytest.approx(circle / quarter, abs=0.002)
    assert [shares[area] for area in ("002", "003", "004", "20")] == [0, 0, 0, 0]
    assert shares["10"] == pytest.approx(shares["001"] / 2, abs=0.0005)
    assert shares["000"] == pytest.approx(shares["001"] / 4, abs=0.0005)
    assert rows.filter(pl.col("level") == "kreis").is_empty()


def test_a_measure_that_readers_may_not_know_is_left_out_of_the_type(folder: Path) -> None:
    change(folder / "measures.toml", 'id = "places"', 'id = "places"\naudiences = ["internal"]')
    made = content(folder, "public")
    [kita] = Catalog.model_validate_json(made.texts["catalog.json"]).facility_types
    assert kita.places is None and kita.serves is not None
    assert made.frames["facility_values.parquet"].is_empty()
