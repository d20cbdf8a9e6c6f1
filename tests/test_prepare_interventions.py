"""Interventions: from the office's list to the release, with everything that can be wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

import closed_city
import protected_city
import small_city
from model.catalog import Audience, Catalog
from model.interventions import Criterion, Intervention, Interventions, Reason
from prepare import build as builds
from prepare import catalog as catalogs
from prepare import interventions
from prepare.findings import Finding, PreparationError

PLACE = '[[interventions]] id = "hilfe", Schlüssel '
GOOD = """
[[interventions]]
id = "hilfe"
title = "Hilfe"
office = "Jugendamt"
goal = "Allen geht es gut."
start = "2023-05-01"
end = "2024-06-30"
areas = ["001", "004"]
criteria = [{ indicator = "anteil_u6", period = "2024-12-31", at_least = 2.8 }]
reasons = [{ area = "004", reason = "Ein Träger war da." }]
money = 120000
result = "Alle kamen."
link = "https://example.org/hilfe?a=1&b=2"
"""
READ = Intervention(
    id="hilfe",
    title="Hilfe",
    office="Jugendamt",
    goal="Allen geht es gut.",
    start="2023-05-01",
    end="2024-06-30",
    areas=("001", "004"),
    criteria=(Criterion(indicator="anteil_u6", period="2024-12-31", at_least=2.8),),
    reasons=(Reason(area="004", reason="Ein Träger war da."),),
    money=120_000,
    result="Alle kamen.",
    link="https://example.org/hilfe?a=1&b=2",
)
LEAST = """
[[interventions]]
id = "stadtweit"
title = "Fest"
office = "Kulturamt"
goal = "Alle feiern."
start = "2024-05-01"
"""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_city.write(tmp_path_factory.mktemp("city"))


@pytest.fixture(scope="module")
def catalog(city: Path) -> Catalog:
    return catalogs.catalog(city)


def declared(folder: Path, catalog: Catalog, text: str) -> Interventions:
    own = folder / "klein"
    own.mkdir()
    (own / interventions.FILE).write_text(text, encoding="utf-8")
    return interventions.declared(own, catalog, {"001", "002", "003", "004"})


def test_all_that_is_declared_is_read(tmp_path: Path, catalog: Catalog) -> None:
    found = declared(tmp_path, catalog, GOOD + LEAST)
    assert found.interventions[0] == READ
    whole = found.interventions[1]
    assert (whole.areas, whole.end, whole.criteria, whole.money) == (None, None, (), None)


def test_a_city_need_not_keep_a_register(tmp_path: Path, catalog: Catalog) -> None:
    assert interventions.declared(tmp_path, catalog, {"001"}).interventions == ()
    assert declared(tmp_path, catalog, "").interventions == ()


@pytest.mark.parametrize(
    ("old", "new", "rule", "key", "said"),
    [
        ('id = "hilfe"', 'id = "Hilfe!"', "value_wrong", "id", "Name aus kleinen Buchstaben"),
        ('title = "Hilfe"', 'title = ""', "value_empty", "title", "leer"),
        ('office = "Jugendamt"\n', "", "key_missing", "office", "office = ..."),
        ('goal = "Allen', 'zweck = "x"\ngoal = "Allen', "key_unknown", "zweck", "zweck"),
        ("2023-05-01", "01.05.2023", "intervention_date", "start", "01.05.2023"),
        ("2023-05-01", "2023", "intervention_date", "start", "2023"),
        ("2024-06-30", "2024-06-31", "intervention_date", "end", "2024-06-31"),
        ("2024-06-30", "2023-04-30", "intervention_order", "end", "2023-04-30"),
        ('["001", "004"]', "[]", "value_empty", "areas", "leer"),
        ('["001", "004"]', '["001", "0o4"]', "area_unknown", "areas[2]", 'Meinten Sie "004"?'),
        ('["001", "004"]', '["001", "000"]', "area_unknown", "areas[2]", "000"),
        ('["001", "004"]', '["001", "001"]', "id_repeated", "areas[2]", "001"),
        ('area = "004"', 'area = "009"', "area_unknown", "reasons[1].area", "009"),
        ("anteil_u6", "anteil_u7", "indicator_unknown", "criteria[1].indicator",
         'Meinten Sie "anteil_u6"?'),
        ("2024-12-31", "Ende 2024", "intervention_date", "criteria[1].period", "Ende 2024"),
        ("at_least = 2.8", 'at_least = "2,8"', "type_wrong", "criteria[1].at_least", "eine Zahl"),
        ("at_least = 2.8", "at_least = nan", "type_wrong", "criteria[1].at_least", "eine Zahl"),
        ("at_least = 2.8", "at_least = true", "type_wrong", "criteria[1].at_least", "eine Zahl"),
        (", at_least = 2.8", "", "value_wrong", "criteria[1]", "genau eine Schwelle"),
        ("at_least = 2.8", "at_least = 2, at_most = 3", "value_wrong", "criteria[1]", "genau eine"),
        ("money = 120000", "money = -1", "value_wrong", "money", "zu klein"),
        ("money = 120000", 'money = "120.000"', "type_wrong", "money", "eine ganze Zahl"),
        ("https://", "http://", "value_wrong", "link", "eine Adresse mit https"),
        ("https://example.org/hilfe", "javascript:alert(1)", "value_wrong", "link",
         "eine Adresse mit https"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(
    old: str, new: str, rule: str, key: str, said: str, tmp_path: Path, catalog: Catalog
) -> None:
    text = GOOD.replace(old, new)
    assert text != GOOD
    with pytest.raises(PreparationError) as error:
        declared(tmp_path, catalog, text)
    [finding] = error.value.findings
    assert (finding.rule, finding.file) == (rule, "klein/interventions.toml")
    assert finding.place.endswith(f'Schlüssel "{key}"')
    assert said in f"{finding.message} {finding.remedy}"


def test_an_id_stands_once(tmp_path: Path, catalog: Catalog) -> None:
    with pytest.raises(PreparationError) as error:
        declared(tmp_path, catalog, GOOD + GOOD)
    assert [(f.rule, f.place) for f in error.value.findings] == [("id_repeated", f'{PLACE}"id"')]


def test_everything_wrong_is_said_at_once(tmp_path: Path, catalog: Catalog) -> None:
    text = (
        GOOD.replace("2023-05-01", "bald")
        .replace('["001", "004"]', '["009", "001", "001"]')
        .replace('area = "004"', 'area = "010"')
        .replace("anteil_u6", "anteil_u7")
        .replace('"2024-12-31"', '"nie"')
    )
    with pytest.raises(PreparationError) as error:
        declared(tmp_path, catalog, text + LEAST + LEAST)
    assert [f.rule for f in error.value.findings] == [
        *("intervention_date", "area_unknown", "id_repeated", "area_unknown"),
        *("indicator_unknown", "intervention_date", "id_repeated"),
    ]


def test_a_release_carries_them_and_a_period_without_numbers_is_a_warning(tmp_path: Path) -> None:
    folder = small_city.write(tmp_path)
    late = GOOD.replace("2024-12-31", "2019-12-31").replace('"hilfe"', '"spaet"')
    (folder / interventions.FILE).write_text(GOOD + late, encoding="utf-8")
    findings: list[Finding] = []
    made = builds.build(folder, folder / "deliveries", "public", findings)
    found = Interventions.model_validate_json(made.texts[interventions.TEXT])
    assert [each.id for each in found.interventions] == ["hilfe", "spaet"]
    assert found.interventions[0] == READ
    assert [(f.rule, f.grade, f.place) for f in findings] == [
        ("intervention_period", "warning",
         '[[interventions]] id = "spaet", Schlüssel "criteria[1].period"')
    ]  # fmt: skip
    assert "von 31.12.2024 bis 31.12.2024" in findings[0].remedy


def test_a_release_without_any_has_no_such_file(city: Path) -> None:
    made = builds.build(city, city / "deliveries", "public", [])
    assert interventions.TEXT not in made.texts


@pytest.mark.parametrize(("audience", "ids"), [("public", ["fest"]), ("internal", ["w", "fest"])])
def test_what_names_an_internal_indicator_is_not_public(
    audience: Audience, ids: list[str], tmp_path: Path
) -> None:
    folder = closed_city.write(tmp_path)
    made = builds.build(folder, folder / "deliveries", audience, [])
    text = made.texts[interventions.TEXT]
    found = Interventions.model_validate_json(text)
    assert [each.id for each in found.interventions] == ids
    assert (closed_city.WORD in text) == (audience == "internal")


def test_a_choice_must_not_tell_of_a_secret_number() -> None:
    """Children in Au are secret; that Au was chosen by them says on which side they lie."""
    young = {"age": "0-5"}
    told = protected_city.found(
        ("001", "residents", 794.0),
        ("001", "residents", None, young),
        ("004", "residents", 374.0),
        ("004", "residents", 20.0, young),
    )

    def rules(one: Intervention) -> list[str]:
        found = Interventions(interventions=(one,))
        catalog = protected_city.catalog()
        return [f.rule for f in interventions.secrets(found, catalog, told, "klein")]

    assert rules(READ) == ["intervention_secret"]
    excused = Reason(area="001", reason="Ein Haus stand leer.")
    assert rules(READ.model_copy(update={"reasons": (excused,)})) == []
    assert rules(READ.model_copy(update={"areas": ("004",)})) == []
    assert rules(READ.model_copy(update={"areas": None})) == []
    other = READ.criteria[0].model_copy(update={"period": "2020-12-31"})
    assert rules(READ.model_copy(update={"criteria": (other,)})) == []


def test_a_choice_must_not_tell_how_a_number_was_rounded() -> None:
    """20 of 374 children are 5,3 %: who was chosen for at least 6 % had more before rounding."""
    told = protected_city.found(
        ("004", "residents", 374.0), ("004", "residents", 20.0, {"age": "0-5"})
    )

    def rules(method: str, least: float, *reasons: Reason) -> list[str]:
        one = READ.criteria[0].model_copy(update={"at_least": least})
        chosen = {"areas": ("004",), "criteria": (one,), "reasons": reasons}
        found = Interventions(interventions=(READ.model_copy(update=chosen),))
        catalog = protected_city.catalog(methods={"viertel": method})
        return [f.rule for f in interventions.secrets(found, catalog, told, "klein")]

    assert rules("round5", 6) == ["intervention_secret"]
    assert rules("round5", 6, Reason(area="004", reason="Ein Haus stand leer.")) == []
    assert rules("round5", 5) == []
    assert rules("suppress", 6) == [], "an exact number is there for all to see"
