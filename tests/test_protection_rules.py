"""The rules of protection: what presets mean, what protection.toml must say, which rule counts."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

import protected_city
import small_city
from model.catalog import Audience, Measure
from model.protection import PRESETS, Protection, Rule
from prepare import build as builds
from prepare import catalog as catalogs
from prepare import catalog_checks, protections
from prepare.findings import Finding, PreparationError
from small_city import change

ROOT = Path(__file__).parents[1]
CITIES = ("minden", "koeln", "flensburg")
FILE = "protection.toml"
PLACE = "[public], Schlüssel "


def rule(**keys: Any) -> Rule:
    return Rule.model_validate({"id": "r", "title": "Regel", **keys})


# What presets mean


@pytest.mark.parametrize(
    ("preset", "minimum", "denominator", "zeros", "group", "dominance", "multiple"),
    [
        ("ba", 3, 100, "shown", True, True, 10),
        ("ba10", 10, 100, "shown", True, False, 1),
        ("register", 5, 100, "shown", True, False, 1),
        ("city", 3, 100, "shown", True, False, 1),
    ],
)
def test_presets(
    preset: str,
    minimum: int,
    denominator: int,
    zeros: str,
    group: bool,
    dominance: bool,
    multiple: int,
) -> None:
    own = rule(preset=preset)
    assert (own.minimum, own.denominator, own.zeros) == (minimum, denominator, zeros)
    assert (own.group, own.dominance, own.rounded, own.open) == (group, dominance, multiple, False)


def test_what_is_given_stands_instead_of_the_preset() -> None:
    own = rule(preset="ba", minimum=4, multiple=1, zeros="protected", denominator=30)
    assert (own.minimum, own.rounded, own.zeros, own.denominator) == (4, 1, "protected", 30)
    assert own.dominance, "what is not given is still the preset's"


def test_a_rule_of_ones_own_has_to_say_everything() -> None:
    with pytest.raises(ValidationError) as error:
        rule(preset="own", minimum=4)
    assert {e["loc"][0] for e in error.value.errors()} == {"denominator", "zeros", "group"}
    assert rule(preset="own", minimum=4, denominator=0, zeros="shown", group=False).minimum == 4


def test_a_rule_without_protection_has_a_reason() -> None:
    assert rule(preset="public", reason="amtlich").open
    for keys in ({"preset": "public"}, {"preset": "city", "minimum": 0}):
        with pytest.raises(ValidationError, match="schützt nichts; reason"):
            rule(**keys)
    with pytest.raises(ValidationError, match="'public' schützt nichts; minimum weglassen"):
        rule(preset="public", reason="amtlich", minimum=3)


def test_a_release_carries_all_values_and_reads_them_back() -> None:
    own = protected_city.catalog(rule={"preset": "ba"}).protection
    assert Protection.model_validate_json(own.model_dump_json()) == own
    assert '"minimum":3' in own.model_dump_json()


@pytest.mark.parametrize(
    ("method", "minimum", "fine"),
    [("round3", 5, True), ("round3", 6, False), ("round5", 9, True), ("round5", 10, False),
     ("round10", 19, True), ("round10", 20, False), ("suppress", 20, True)],
)  # fmt: skip
def test_rounding_must_leave_numbers_that_may_be_told(
    method: str, minimum: int, fine: bool
) -> None:
    """A printed b stands for 1 to 2b - 1; if all those are too small, it gives one away."""
    keys: dict[str, Any] = {"rule": {"minimum": minimum}, "methods": {"viertel": method}}
    if fine:
        assert protected_city.catalog(**keys).protection.base("viertel") in (1, 3, 5, 10)
    else:
        with pytest.raises(ValidationError, match=f"methods.viertel = '{method}' rundet zu fein"):
            protected_city.catalog(**keys)


def test_the_strictest_of_several_rules() -> None:
    rules = [
        {"id": "open", "title": "O", "preset": "public", "reason": "amtlich"},
        {"id": "city", "title": "C", "preset": "city"},
        {"id": "ba", "title": "B", "preset": "ba", "zeros": "shown", "denominator": 30},
        {"id": "zeros", "title": "Z", "preset": "city", "zeros": "protected"},
        {"id": "register", "title": "R", "preset": "register"},
    ]
    own = protected_city.catalog(rules=rules, counted=()).protection
    assert own.strictest(frozenset({"ba"})) == own.by_id["ba"]
    assert own.strictest(frozenset({"open", "city"})).id == "city"
    assert own.strictest(frozenset({"city", "zeros"})).id == "zeros"
    assert own.strictest(frozenset({"city", "register"})).id == "register"
    both = own.strictest(frozenset({"zeros", "register", "ba"}))
    assert (both.id, both.title) == ("ba-and-register-and-zeros", "B + R + Z")
    assert (both.minimum, both.denominator, both.zeros) == (5, 100, "protected")
    assert (both.group, both.dominance, both.rounded) == (True, True, 1)
    exact = own.strictest(frozenset({"open", "ba"}))
    assert (exact.minimum, exact.rounded, exact.reason) == (3, 1, "")


# What protection.toml must say


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_city.write(tmp_path)


def findings(folder: Path, audience: str = "public") -> tuple[Finding, ...]:
    with pytest.raises(PreparationError) as error:
        catalogs.catalog(folder, audience)
    return error.value.findings


RULES = '[[public.rules]] id = "offen"'
WRONG = [
    ("level without a method", 'kreis = "none", ', "", "key_missing", f'{PLACE}"methods.kreis"',
     'Der Schlüssel "kreis" fehlt.'),
    ("level nobody knows", 'kreis = "none"', 'krei = "none", kreis = "none"', "level_unknown",
     f'{PLACE}"methods.krei"', 'Meinten Sie "kreis"?'),
    ("method", 'viertel = "none"', 'viertel = "round7"', "value_wrong",
     f'{PLACE}"methods.viertel"', '"round7" ist hier nicht erlaubt'),
    ("source without a rule", 'amt = "offen", ', "", "key_missing", f'{PLACE}"sources.amt"',
     'amt = "offen" ergänzen'),
    ("published figures without a rule", ', published = "offen"', "", "key_missing",
     f'{PLACE}"sources.published"', "fehlt"),
    ("source nobody knows", 'amt = "offen"', 'amd = "offen", amt = "offen"', "source_unknown",
     f'{PLACE}"sources.amd"', 'Meinten Sie "amt"?'),
    ("rule nobody knows", 'amt = "offen"', 'amt = "ofen"', "rule_unknown",
     f'{PLACE}"sources.amt"', 'Meinten Sie "offen"?'),
    ("measure nobody knows", 'version = "1"', 'version = "1"\nmeasures = { resident = "offen" }',
     "measure_unknown", f'{PLACE}"measures.resident"', 'Meinten Sie "residents"?'),
    ("rule of a measure", 'version = "1"', 'version = "1"\nmeasures = { births = "x" }',
     "rule_unknown", f'{PLACE}"measures.births"', 'Regel "x" ist nicht vereinbart.'),
    ("rule twice", "[[public.rules]]",
     '[[public.rules]]\nid = "offen"\ntitle = "A"\npreset = "city"\n[[public.rules]]',
     "id_repeated", RULES, "mehrmals"),
    ("rule without a reason", 'reason = "Erfundene Zahlen."\n', "", "value_wrong", RULES,
     "minimum = 0 schützt nichts; reason = '...' muss sagen, warum"),
    ("preset", 'preset = "public"', 'preset = "sehr streng"', "value_wrong",
     f'{RULES}, Schlüssel "preset"', "Erlaubt: 'ba', 'ba10', 'register'"),
    ("key of a rule", 'preset = "public"', 'preset = "public"\nmindestens = 3', "key_unknown",
     f'{RULES}, Schlüssel "mindestens"', "gibt es hier nicht"),
    ("negative minimum", 'preset = "public"', 'preset = "city"\nminimum = -1', "value_wrong",
     f'{RULES}, Schlüssel "minimum"', "Mindestens 0."),
    ("rule without a title", 'title = "Nicht geschützt"\n', "", "key_missing",
     f'{RULES}, Schlüssel "title"', "fehlt"),
    ("no reason for none", 'reason = "Zahlen des Kreises sind amtlich."\n', "", "value_wrong",
     'Schlüssel "public"', "die Methode 'none' schützt nichts"),
    ("no version", 'version = "1"\n', "", "key_missing", f'{PLACE}"version"', "fehlt"),
    ("minimum of areas", "minimum_area = 0", 'minimum_area = "viele"', "type_wrong",
     f'{PLACE}"minimum_area"', "eine ganze Zahl"),
    ("measure of residents", "minimum_area = 0", 'minimum_area = 300\nresidents = "einwohner"',
     "measure_unknown", f'{PLACE}"residents"', "Bekannt sind: area_km2, births, residents"),
    ("public of no level", 'version = "1"',
     'version = "1"\npublic = [{ measure = "births", levels = ["land"], reason = "amtlich" }]',
     "level_unknown", f'{PLACE}"public[1].levels[1]"', 'Raumebene "land"'),
    ("public of no measure", 'version = "1"',
     'version = "1"\npublic = [{ measure = "birth", levels = ["stadt"], reason = "amtlich" }]',
     "measure_unknown", f'{PLACE}"public[1].measure"', 'Meinten Sie "births"?'),
    ("public without a reason", 'version = "1"',
     'version = "1"\npublic = [{ measure = "births", levels = ["stadt"] }]',
     "key_missing", f'{PLACE}"public[1].reason"', "fehlt"),
    ("complete by hand", 'version = "1"', 'version = "1"\ncomplete = { residents = ["age"] }',
     "key_unknown", f'{PLACE}"complete"', "Rezepte"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "name", "place", "words"),
    [case[1:] for case in WRONG],
    ids=[case[0] for case in WRONG],
)
def test_refused_with_file_table_and_key(
    old: str, new: str, name: str, place: str, words: str, folder: Path
) -> None:
    change(folder / FILE, old, new)
    told = [f for f in findings(folder) if f.rule == name]
    assert [(f.file, f.place) for f in told] == [(f"klein/{FILE}", place)]
    assert words in f"{told[0].message} {told[0].remedy}"


def test_without_the_file_there_is_no_catalog(folder: Path) -> None:
    (folder / FILE).unlink()
    [finding] = findings(folder)
    assert (finding.rule, finding.file) == ("file_missing", f"klein/{FILE}")


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_both_audiences_need_rules(audience: str, folder: Path) -> None:
    data = small_city.PROTECTION.split("[internal]")
    kept = data[1 if audience == "public" else 0]
    text = f"[internal]{kept}" if audience == "public" else kept
    (folder / FILE).write_text(text, encoding="utf-8")
    [finding] = findings(folder)
    assert (finding.rule, finding.place) == ("key_missing", f'Schlüssel "{audience}"')


def test_there_is_no_third_audience(folder: Path) -> None:
    [finding] = findings(folder, "presse")
    assert (finding.rule, finding.place) == ("key_missing", "[presse]")
    assert finding.remedy == "Möglich sind: public, internal."


def test_what_is_wrong_with_the_other_audience_is_told_as_well(folder: Path) -> None:
    text = (folder / FILE).read_text("utf-8")
    start, own = text.split("[internal]")
    own = own.replace('viertel = "none"', 'quartier = "none"')
    (folder / FILE).write_text(f"{start}[internal]{own}", encoding="utf-8")
    assert {f.place for f in findings(folder)} == {
        '[internal], Schlüssel "methods.quartier"',
        '[internal], Schlüssel "methods.viertel"',
    }


# Parts and wholes

PART = '[[measures]] id = "births", Schlüssel "'
TERMS = [
    ("measure nobody knows", 'part_of = [{ measure = "resident" }]', "measure_unknown",
     f'{PART}part_of[1].measure"', 'Meinten Sie "residents"?'),
    ("category nobody knows", 'part_of = [{ measure = "residents", age = ["0-4"] }]',
     "category_unknown", f'{PART}part_of[1].age"', '"0-4" ist nicht vereinbart'),
    ("breakdown it has not", 'part_of = [{ measure = "area_km2", sex = ["w"] }]',
     "breakdown_missing", f'{PART}part_of[1].sex"', 'hat das Merkmal "sex" nicht'),
    ("part of itself", 'part_of = [{ measure = "births" }]', "value_wrong", f'{PART}part_of"',
     "ein Teil ihrer selbst"),
    ("part of a rate", 'additive = false\npart_of = [{ measure = "residents" }]', "value_wrong",
     '[[measures]] id = "births"', "part_of und holds gibt es nur ohne additive = false"),
    ("rate of a count", 'rate = { numerator = [{ measure = "residents" }], '
     'denominator = [{ measure = "residents" }] }', "value_wrong", '[[measures]] id = "births"',
     "rate verlangt additive = false"),
    ("difference", 'part_of = [{ measure = "residents", factor = -1 }]', "value_wrong",
     '[[measures]] id = "births"', "nur factor = 1"),
    ("all of no parts", "holds_all = true", "value_wrong", '[[measures]] id = "births"',
     "holds_all = true verlangt holds"),
    ("part nobody knows", 'holds = [{ measure = "resident" }]', "measure_unknown",
     f'{PART}holds[1].measure"', 'Meinten Sie "residents"?'),
    ("rate of nothing known", 'additive = false\nrate = { numerator = [{ measure = "birth" }], '
     'denominator = [{ measure = "residents" }] }', "measure_unknown",
     f'{PART}rate.numerator[1].measure"', "nicht vereinbart"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name", "place", "words"), [case[1:] for case in TERMS], ids=[c[0] for c in TERMS]
)
def test_terms_of_measures_are_checked(
    text: str, name: str, place: str, words: str, folder: Path
) -> None:
    change(folder / "measures.toml", 'unit = "Geburten"\n', f'unit = "Geburten"\n{text}\n')
    told = [f for f in findings(folder) if f.rule == name]
    assert [(f.file, f.place) for f in told] == [("klein/measures.toml", place)]
    assert words in f"{told[0].message} {told[0].remedy}"


def test_a_ring_of_parts_is_found() -> None:
    measures = [
        {"id": one, "title": one, "unit": "x", "part_of": [{"measure": other}]}
        for one, other in (("a", "b"), ("b", "c"), ("c", "a"), ("d", "a"))
    ]
    assert all(Measure.model_validate(measure) for measure in measures)
    wrong = catalog_checks.city({"measures": measures}, "city.toml", "measures.toml")
    assert [f.place for f in wrong] == [
        f'[[measures]] id = "{one}", Schlüssel "part_of"' for one in "abc"
    ]


# Which rule a measure comes under

SOURCES = {
    "register": {"source": "register", "measures": []},
    "amtlich": {"source": "amtlich", "measures": []},
    "kitas": {"source": "amt", "measures": ["places"]},
}


def resolved(*rows: tuple[str, str, str], **keys: Any) -> dict[str, str]:
    """The rule of each measure; rows are (area, measure, delivery)."""
    measures = [
        {"id": name, "title": name, "unit": "x"} for name in ("people", "births", "places", "none")
    ]
    rules = [
        {"id": "strict", "title": "S", "preset": "register"},
        {"id": "city", "title": "C", "preset": "city"},
        {"id": "open", "title": "O", "preset": "public", "reason": "amtlich"},
    ]
    sources = {"register": "strict", "amtlich": "open", "amt": "city"}
    own = protected_city.catalog(
        counted=measures, **{"rules": rules, "sources": sources, "measures": {}, **keys}
    )
    told = [(area, measure, 1, {"delivery": delivery}) for area, measure, delivery in rows]
    counted = protected_city.found(*told)
    found = protections.resolved(own, counted, SOURCES, {("people", "sex"), ("gone", "age")})
    assert found.complete == {"people": ("sex",)}
    return found.measures


def test_a_measure_comes_under_the_rule_of_its_source() -> None:
    found = resolved(("001", "people", "register"), ("900", "people", "amtlich"))
    assert found["people"] == "strict"
    assert found["places"] == "city", "of facilities alone"
    assert found["none"] == "strict", "nothing is known of it, so the strictest of all"


def test_of_several_sources_the_strictest() -> None:
    rows = [("001", "births", "amtlich"), ("000", "births", "register")]
    assert resolved(*rows)["births"] == "strict"


def test_of_several_rules_a_release_carries_what_they_demand_together() -> None:
    """A register that hides 1 to 4, an office that hides zeros as well: nobody's rule alone."""
    rules = [
        {"id": "office", "title": "Amt", "preset": "city", "zeros": "protected"},
        {"id": "register", "title": "Register", "preset": "register"},
    ]
    own = protected_city.catalog(
        counted=[{"id": "people", "title": "Leute", "unit": "x"}],
        rules=rules,
        sources={"register": "register", "amtlich": "register", "amt": "office"},
        measures={},
    )
    told = [("001", "people", 1, {"delivery": name}) for name in ("register", "kitas")]
    found = protections.resolved(own, protected_city.found(*told), SOURCES, set())
    rule = found.rule("people")
    assert (rule.id, rule.title) == ("office-and-register", "Amt + Register")
    assert (rule.minimum, rule.zeros) == (5, "protected")
    assert [each.id for each in found.rules] == ["office", "register", "office-and-register"]


def test_levels_that_are_not_protected_do_not_count() -> None:
    rows = [("001", "births", "amtlich"), ("900", "births", "register")]
    assert resolved(*rows)["births"] == "open"
    assert resolved(("900", "births", "register"))["births"] == "strict"


def test_what_is_declared_for_a_measure_counts_first() -> None:
    rows = [("001", "people", "register")]
    assert resolved(*rows, **{"measures": {"people": "city"}})["people"] == "city"


# The cities


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("audience", ["public", "internal"])
def test_every_city_has_rules_for_both_audiences(city: str, audience: str) -> None:
    own = catalogs.catalog(ROOT / "data" / city, audience).protection
    if city == "minden":
        assert own.methods["stadtbezirk"] == own.methods["stadt"] == "suppress"
        assert own.minimum_area == (300 if audience == "public" else 0)
    else:
        assert set(own.methods.values()) == {"none"}


def test_rules_of_minden() -> None:
    """Minimum and smallest denominator by measure, as the release for each audience prints them."""
    folder = ROOT / "data" / "minden"
    told = {}
    audiences: tuple[Audience, ...] = ("public", "internal")
    for audience in audiences:
        seen = builds.examined(folder, folder / "deliveries", [], audience)
        own = builds.ruled(seen).protection
        told[audience] = {name: own.rule(name) for name in own.measures}
        assert sorted(own.measures) == sorted(seen.catalog.measures)
    minima = {
        audience: {name: rules[name].minimum for name in rules} for audience, rules in told.items()
    }
    expected = {
        "residents": (5, 3), "births": (5, 3), "households": (5, 3), "sgb2_persons": (3, 3),
        "unemployed": (3, 3), "hze": (3, 3), "exam_teeth": (3, 3), "sgb12_65": (3, 3),
        "facility_users": (3, 3), "facility_places": (0, 0), "daycare_places_3_5": (0, 0),
        "dwellings": (0, 0), "local_voters": (0, 0), "residents_official": (0, 0),
        "area_km2": (0, 0),
    }  # fmt: skip
    for name, both in expected.items():
        assert (minima["public"][name], minima["internal"][name]) == both, name
    ba = told["public"]["sgb2_persons"]
    assert (ba.dominance, ba.rounded, ba.denominator) == (True, 1, 30)


def test_a_public_release_does_not_mention_the_internal_rules(folder: Path) -> None:
    start, own = small_city.PROTECTION.split("[internal]")
    own = own.replace("Nicht geschützt", "Nur für uns").replace("offen", "intern")
    (folder / FILE).write_text(f"{start}[internal]{own}", encoding="utf-8")
    texts = {
        audience: builds.build(folder, folder / "deliveries", audience, []).texts["catalog.json"]
        for audience in ("public", "internal")
    }
    assert "Nur für uns" in texts["internal"] and "Nicht geschützt" not in texts["internal"]
    assert "Nicht geschützt" in texts["public"]
    assert "intern" not in texts["public"].lower()


def test_the_template_of_a_new_city_protects() -> None:
    text = (ROOT / "prepare" / "templates" / FILE).read_text("utf-8")
    for name, value in (("schema", ""), ("edition", '"2026-11"'), ("level_key", "kiez")):
        text = text.replace(f"${{{name}}}", value)
    found = protections.Protections.model_validate(tomllib.loads(text))
    for own, least in ((found.public, 5), (found.internal, 3)):
        assert own.methods == {"stadt": "suppress", "kiez": "suppress"}
        assert own.by_id[own.sources["meldewesen"]].minimum == least


def test_every_preset_and_key_is_explained() -> None:
    text = (ROOT / "docs" / "geheimhaltung.md").read_text("utf-8")
    keys = {*Protection.model_fields, *Rule.model_fields} - {"complete"}
    missing = [
        word
        for word in (*PRESETS, *keys, "part_of", "holds", "holds_all", "rate")
        if f"`{word}`" not in text
    ]
    assert missing == []
