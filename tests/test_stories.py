"""Stories: figures held against the release, and all that can be wrong with a text."""

from __future__ import annotations

from pathlib import Path

import pytest

import closed_city
import small_city
from model import story
from model.catalog import Audience
from model.story import Run, Shown, Stories
from prepare import build as builds
from prepare import stories
from prepare.findings import Finding, PreparationError

HEAD = '+++\ntitle = "Kinder"\nlead = "Wo sie leben."\nauthor = "Amt"\n+++\n'
VIEW = "[Karte: Kinder](leben?indikator=anteil_u6&ebene=viertel&zeit=2024-12-31&gebiet=001)"
# In Au are 10 + 12 of 794 people younger than 6: 2.77 %; in the city 45 of 2314: 1.94 %.
GOOD = f"""
## In Au

Am 31.12.2024 waren *in Au* [2,8 %](zahl:anteil_u6?gebiet=001&zeit=2024-12-31) unter 6 Jahren.
Das sind [22](zahl:anteil_u6?gebiet=001&zeit=2024-12-31&was=zaehler) von
[794](zahl:anteil_u6?gebiet=001&zeit=2024-12-31&was=nenner).

{VIEW}

## In der Stadt

In der ganzen Stadt sind es [1,9](zahl:anteil_u6?gebiet=stadt&zeit=2024-12-31) von hundert.

{VIEW}
"""


def built(folder: Path, audience: Audience = "public") -> Stories:
    made = builds.build(folder, folder / "deliveries", audience, [])
    return Stories.model_validate_json(made.texts.get(stories.TEXT, "{}"))


def written(folder: Path, text: str, name: str = "kinder") -> Path:
    (folder / stories.FOLDER).mkdir(exist_ok=True)
    (folder / stories.FOLDER / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


def refused(folder: Path, text: str) -> list[Finding]:
    with pytest.raises(PreparationError) as error:
        built(written(folder, text))
    return list(error.value.findings)


@pytest.fixture
def city(tmp_path: Path) -> Path:
    return small_city.write(tmp_path)


def test_numbers_that_tests_count_on_are_those_of_the_delivery() -> None:
    rows = small_city.RESIDENTS
    assert (sum(rows["001 Au"][:2]), sum(rows["001 Au"])) == (22, 794)
    children = sum(sum(row[:2]) for row in rows.values())
    assert round(100 * children / sum(map(sum, rows.values())), 1) == 1.9


def test_a_release_carries_a_story_in_pieces(city: Path) -> None:
    (found,) = built(written(city, HEAD + GOOD)).stories
    assert (found.id, found.title, found.author) == ("kinder", "Kinder", "Amt")
    first, second = found.sections
    assert first.paragraphs[0][:4] == (
        Run(text="Am 31.12.2024 waren "),
        Run(text="in Au", kind="emphasis"),
        Run(text=" "),
        Run(
            text="2,8 %",
            kind="figure",
            address="leben?indikator=anteil_u6&ebene=viertel&zeit=2024-12-31&gebiet=001",
        ),
    )
    assert first.said.endswith("Das sind 22 von 794.")
    assert first.views == (Shown(text="Karte: Kinder", address=VIEW.split("(")[1][:-1]),)
    assert second.said == "In der ganzen Stadt sind es 1,9 von hundert."


def test_a_story_may_show_a_comparison(city: Path) -> None:
    address = "vergleich?gebiet=001,002&indikatoren=anteil_u6"
    (own,) = built(written(city, f"{HEAD}## Au\n\n[Vergleich]({address})\n")).stories
    assert own.sections[0].views == (Shown(text="Vergleich", address=address),)


def test_a_city_without_stories_has_no_such_file(city: Path) -> None:
    made = builds.build(city, city / "deliveries", "public", [])
    assert stories.TEXT not in made.texts


def test_another_delivery_makes_the_build_fail_at_the_sentence(city: Path) -> None:
    written(city, HEAD + GOOD)
    more = {**small_city.RESIDENTS, "001 Au": (20, 12, 20, 22, 300, 310, 50, 70)}
    small_city.workbook(city / "deliveries" / "bestand_2024.xlsx", residents=more)
    with pytest.raises(PreparationError) as error:
        built(city)
    # 32 of 804 are 3.98 %; 55 of 2324 are 2.37 %.
    assert [str(f) for f in error.value.findings] == [
        f'klein/stories/kinder.md, Zeile {line}: Im Satz "{sentence}": steht {old}, '
        f"die Veröffentlichung sagt {new}. Abhilfe: Zahl berichtigen und prüfen, ob der Satz noch "
        "stimmt. [text_figure_differs]"
        for line, sentence, old, new in (
            (9, "Am 31.12.2024 waren in Au 2,8 % unter 6 Jahren.", "2,8 %", "4,0 %"),
            (9, "Das sind 22 von 794.", "22", "32"),
            (9, "Das sind 22 von 794.", "794", "804"),
            (17, "In der ganzen Stadt sind es 1,9 von hundert.", "1,9", "2,4 %"),
        )
    ]


def test_a_reference_to_nothing_is_refused(city: Path) -> None:
    cases = {
        "a": ("anteil_u7?gebiet=001&zeit=2024-12-31", "indicator_unknown", '"anteil_u7"'),
        "b": ("anteil_u6?gebiet=009&zeit=2024-12-31", "area_unknown", '"009" gibt es nicht.'),
        "c": ("anteil_u6?gebiet=001&zeit=2023", "text_figure_missing", '"2023" gibt es für 001'),
        "d": ("anteil_u6?gebiet=001", "key_missing", 'Dem Verweis fehlt "zeit".'),
        "e": ("anteil_u6?gebiet=001&zeit=2024-12-31&x=1", "key_unknown", 'kennt "x" nicht.'),
        "f": ("anteil_u6?gebiet=001&zeit=2024-12-31&was=x", "value_wrong", '"x" ist hier nicht'),
        "g": ("einwohner?gebiet=001&zeit=2024-12-31&was=nenner", "text_figure_missing", "Basis"),
    }
    for name, (target, _rule, _said) in cases.items():
        written(city, f"{HEAD}## Au\n\nEs sind [2,8 %](zahl:{target}).\n\n{VIEW}\n", name)
    with pytest.raises(PreparationError) as error:
        built(city)
    found = error.value.findings
    for finding, (name, (_target, rule, said)) in zip(found, cases.items(), strict=True):
        assert (finding.file, finding.place) == (f"klein/stories/{name}.md", "Zeile 8")
        assert finding.rule == rule
        assert finding.message.startswith('Im Satz "Es sind 2,8 %.": ')
        assert said in finding.message


def test_a_text_in_another_encoding_is_refused(city: Path) -> None:
    written(city, GOOD, "b")
    (city / stories.FOLDER / "a.md").write_bytes("Füße".encode("cp1252"))
    with pytest.raises(PreparationError) as error:
        built(city)
    assert [(f.rule, f.file) for f in error.value.findings] == [
        ("encoding_wrong", "klein/stories/a.md")
    ]


def test_a_secret_figure_is_refused(city: Path) -> None:
    small_city.protect(city)
    # In Berg 1 boy and 2 girls are younger than 6.
    target = "zahl:anteil_u6?gebiet=002&zeit=2024-12-31"
    text = f"## Berg\n\nEs sind [0,3 %]({target}), [3]({target}&was=zaehler).\n\n{VIEW}\n"
    assert [(f.rule, f.message.split(": ")[1]) for f in refused(city, HEAD + text)] == [
        ("text_figure_missing", "0,3 % ist geheim gehalten."),
        ("text_figure_missing", "3 ist geheim gehalten."),
    ]


def test_a_text_of_another_form_is_refused(city: Path) -> None:
    cases = {
        "a": (f"## Au\n\nEs sind 3 Kinder.\n\n{VIEW}", "text_figure_typed", 8),
        "b": ("## Au\n\nText.", "text_form", 6),
        "c": ("", "text_form", 6),
        "d": (f"Vorher.\n\n## Au\n\n{VIEW}", "text_form", 6),
        "e": (f"## Au\n\n{VIEW}\n\n### Tiefer", "text_form", 10),
        "f": (f"## Au\n\n- Punkt\n\n{VIEW}", "text_form", 8),
        "g": (f"## Au\n\nHier <b>fett</b>.\n\n{VIEW}", "text_form", 8),
        "h": (f"## Au\n\nHier [mehr](https://example.org).\n\n{VIEW}", "text_form", 8),
        "i": ("## Au\n\n[Karte](fehlt?indikator=anteil_u6)", "text_view", 8),
        "j": ("## Au\n\n[Karte](leben?indikator=fehlt)", "text_view", 8),
        "k": ("## Au\n\n[Karte](leben?indikator=anteil_u6&zeit=1999)", "text_view", 8),
        "l": ("## Au\n\n[Vergleich](vergleich?thema=leben)", "text_view", 8),
        "m": ("## Au\n\n[Vergleich](vergleich?gebiet=009)", "text_view", 8),
        "n": ("## Au\n\n[Angebot](angebot?art=kita)", "text_view", 8),
        "o": ("## Au\n\n[Daten](daten)", "text_view", 8),
    }
    for name, (text, _rule, _line) in cases.items():
        written(city, HEAD + text + "\n", name)
    with pytest.raises(PreparationError) as error:
        built(city)
    told = {(f.file, f.rule, f.place) for f in error.value.findings}
    assert {file for file, _rule, _place in told} == {f"klein/stories/{n}.md" for n in cases}
    assert told >= {
        (f"klein/stories/{name}.md", rule, f"Zeile {line}")
        for name, (_text, rule, line) in cases.items()
    }


def test_a_head_is_needed_and_checked(city: Path) -> None:
    assert [f.rule for f in refused(city, GOOD)] == ["text_form"]
    assert [f.rule for f in refused(city, HEAD.replace("author", "autor") + GOOD)] == [
        "key_missing",
        "key_unknown",
    ]


def test_what_is_internal_is_in_no_public_story(tmp_path: Path) -> None:
    city = closed_city.write(tmp_path)
    secret = (
        f"{HEAD}## Fälle\n\nEs sind [4](zahl:{{id}}?gebiet=stadt&zeit=2024).\n\n"
        "[Karte]({id}?indikator={id})\n"
    )
    text = secret.replace("{id}", "wendehals_kosten")
    assert {f.rule for f in refused(city, text)} == {"indicator_unknown", "text_view"}
    written(city, text.replace('author = "Amt"', 'author = "Amt"\naudiences = ["internal"]'))
    assert built(city).stories == ()


def test_the_address_names_a_story_or_says_that_there_is_none(city: Path) -> None:
    (own,) = built(written(city, HEAD + GOOD)).stories
    assert story.parse(story.query(own), [own]) == (own, [])
    assert story.parse({}, [own]) == (None, [])
    assert story.parse({"geschichte": "<b>"}, [own]) == (
        None,
        ["Die Geschichte aus dem Link gibt es hier nicht."],
    )
