"""Claims of comparison in texts: what holds is released, and everything else is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from scipy.stats import fisher_exact

import closed_city
import small_city
from model.story import Run, Stories
from prepare import build as builds
from prepare import prose, stories
from prepare.findings import Finding, PreparationError

HEAD = '+++\ntitle = "Kinder"\nlead = "Wo sie leben."\nauthor = "Amt"\n+++\n'
VIEW = "[Karte: Kinder](leben?indikator=anteil_u6&ebene=viertel&zeit=2024-12-31)"
NOW, SINCE = "zeit=2024-12-31", "seit=2023-12-31"
CHILDREN = "vergleich:anteil_u6"
BEFORE = {**small_city.RESIDENTS, "004 Wall": (2, 2, 13, 14, 120, 130, 33, 44)}
"""A year before, Wall has 4 children of 358 people, and all others are as they are."""


def written(folder: Path, name: str, *sentences: str) -> Path:
    (folder / stories.FOLDER).mkdir(exist_ok=True)
    text = f"{HEAD}## Kinder\n\n{' '.join(sentences)}\n\n{VIEW}\n"
    (folder / stories.FOLDER / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


def refused(folder: Path) -> list[Finding]:
    with pytest.raises(PreparationError) as error:
        builds.build(folder, folder / "deliveries", "public", [])
    return list(error.value.findings)


@pytest.fixture
def city(tmp_path: Path) -> Path:
    folder = small_city.write(tmp_path)
    small_city.workbook(folder / "deliveries" / "bestand_2023.xlsx", 0, BEFORE, "31.12.2023")
    return folder


def test_what_tests_count_on_is_so_by_another_method() -> None:
    def p(first: tuple[int, int], second: tuple[int, int]) -> float:
        rows = [[count, base - count] for count, base in (first, second)]
        return float(fisher_exact(rows).pvalue)

    # Each quarter against the rest of 45 children and 2314 people.
    assert p((22, 794), (23, 1520)) > 0.05
    assert p((20, 374), (25, 1940)) < 0.0001
    assert p((3, 1036), (42, 1278)) < 0.0001
    # Wall and the whole city, a year before and now.
    assert p((4, 358), (20, 374)) < 0.0125
    assert p((29, 2298), (45, 2314)) > 0.05


def test_claims_that_hold_are_released_with_the_view_that_shows_them(city: Path) -> None:
    said = (
        f"In Wall ist der Anteil [höher als in Klein]({CHILDREN}?gebiet=004&{NOW}).",
        f"In Berg ist er [deutlich niedriger]({CHILDREN}?gebiet=002&{NOW}).",
        f"In der Au ist es [im Rahmen des Zufalls]({CHILDREN}?gebiet=001&{NOW}).",
        f"In Wall ist er [gestiegen]({CHILDREN}?gebiet=004&{SINCE}&{NOW}).",
        f"In der Au ist er [kaum verändert]({CHILDREN}?gebiet=001&{SINCE}&{NOW}).",
        f"In der Stadt ist es [im Rahmen des Zufalls]({CHILDREN}?gebiet=stadt&{SINCE}&{NOW}).",
    )
    made = builds.build(written(city, "kinder", *said), city / "deliveries", "public", [])
    [own] = Stories.model_validate_json(made.texts[stories.TEXT]).stories
    [paragraph] = own.sections[0].paragraphs
    found = [run for run in paragraph if run.kind == "claim"]
    assert len(found) == len(said)
    own_view = "leben?indikator=anteil_u6&ebene=viertel&zeit=2024-12-31&gebiet=004&ansicht="
    assert found[0] == Run(
        text="höher als in Klein", kind="claim", address=f"{own_view}rangfolge&intervalle=ja"
    )
    assert found[3] == Run(
        text="gestiegen", kind="claim", address=f"{own_view}veraenderung&seit=2023-12-31"
    )


def test_a_claim_that_no_longer_holds_stops_the_build_at_its_sentence(city: Path) -> None:
    written(
        city,
        "kinder",
        "Kinder leben überall.",
        f"In der Au sind es [höher]({CHILDREN}?gebiet=001&{NOW}).",
        f"In Wall sind es [ähnlich wie in der Stadt]({CHILDREN}?gebiet=004&{NOW}).",
        f"In der Stadt ist es [gestiegen]({CHILDREN}?gebiet=stadt&{SINCE}&{NOW}).",
        f"Sonst ist es [unverändert]({CHILDREN}?gebiet=stadt&{SINCE}&{NOW}).",
        f"In Wall ist es [gesunken]({CHILDREN}?gebiet=004&{SINCE}&{NOW}).",
    )
    # 22 of 794 are 2.8 %, 20 of 374 are 5.3 % (before 4 of 358: 1.1 %); in the whole city
    # 45 of 2314 are 1.9 % (before 29 of 2298: 1.3 %).
    assert [str(finding) for finding in refused(city)] == [
        f'klein/stories/kinder.md, Zeile 8: Im Satz "{sentence}": steht "{said}", die '
        f'Veröffentlichung sagt "{found}" ({values}). Abhilfe: Das Wort berichtigen und prüfen, '
        "ob der Satz noch stimmt. [text_claim_differs]"
        for sentence, said, found, values in (
            (
                "In der Au sind es höher.",
                "höher",
                "im Rahmen des Zufalls",
                "Au: 2,8 %; Klein: 1,9 %",
            ),
            (
                "In Wall sind es ähnlich wie in der Stadt.",
                "ähnlich wie in der Stadt",
                "deutlich höher",
                "Wall: 5,3 %; Klein: 1,9 %",
            ),
            (
                "In der Stadt ist es gestiegen.",
                "gestiegen",
                "im Rahmen des Zufalls",
                "31.12.2023: 1,3 %; 31.12.2024: 1,9 %",
            ),
            (
                "Sonst ist es unverändert.",
                "unverändert",
                "im Rahmen des Zufalls",
                "31.12.2023: 1,3 %; 31.12.2024: 1,9 %",
            ),
            (
                "In Wall ist es gesunken.",
                "gesunken",
                "gestiegen",
                "31.12.2023: 1,1 %; 31.12.2024: 5,3 %",
            ),
        )
    ]


def test_similar_is_what_differs_by_less_than_a_tenth(tmp_path: Path) -> None:
    city = small_city.write(tmp_path)
    # 15 of 787 are 1.9 %; with 3 in Tal there are 41 of 2310 in the city: 1.8 %.
    now = {
        **small_city.RESIDENTS,
        "001 Au": (8, 7, 20, 22, 300, 310, 50, 70),
        "003 Tal": (2, 1, 5, 5, 40, 41, 9, 10),
    }
    small_city.workbook(city / "deliveries" / "bestand_2024.xlsx", residents=now)
    written(city, "kinder", f"Es ist [ähnlich]({CHILDREN}?gebiet=001&{NOW}).")
    made = builds.build(city, city / "deliveries", "public", [])
    assert '"claim"' in made.texts[stories.TEXT]


def test_a_claim_about_nothing_is_refused(city: Path) -> None:
    cases = {
        "a": ("höher", f"anteil_u7?gebiet=004&{NOW}", "indicator_unknown", '"anteil_u7"'),
        "b": ("höher", f"anteil_u6?gebiet=009&{NOW}", "area_unknown", '"009" gibt es nicht.'),
        "c": ("höher", "anteil_u6?gebiet=004&zeit=2022", "text_figure_missing", 'Zu "2022"'),
        "d": ("höher", "anteil_u6?gebiet=004", "key_missing", 'fehlt "zeit".'),
        "e": ("höher", f"anteil_u6?gebiet=004&{NOW}&was=wert", "key_unknown", '"was" nicht.'),
        "f": ("gestiegen", f"anteil_u6?gebiet=004&seit=1999&{NOW}", "text_figure_missing", "1999"),
        "g": ("gestiegen", f"anteil_u6?gebiet=004&seit=2025&{NOW}", "value_wrong", "nicht vor"),
        "h": ("gestiegen", f"anteil_u6?gebiet=004&{NOW}", "text_claim_word", 'fehlt aber "seit".'),
        "i": ("höher", f"anteil_u6?gebiet=004&{SINCE}&{NOW}", "text_claim_word", 'aber "seit".'),
        "j": ("mehr", f"anteil_u6?gebiet=004&{NOW}", "text_claim_word", '"mehr" ist kein Wort'),
        "k": ("höher als in Tal", f"anteil_u6?gebiet=004&{NOW}", "text_claim_word", "kein Wort"),
        "l": ("höher", f"anteil_u6?gebiet=stadt&{NOW}", "text_claim_incomparable", "kein Teil"),
        "m": ("höher", f"einwohner?gebiet=004&{NOW}", "text_claim_incomparable", "ob"),
    }
    for name, (said, target, _rule, _told) in cases.items():
        written(city, name, f"Es ist [{said}](vergleich:{target}).")
    found = refused(city)
    for finding, (name, (said, _target, rule, told)) in zip(found, cases.items(), strict=True):
        assert (finding.file, finding.place) == (f"klein/stories/{name}.md", "Zeile 8")
        assert (finding.rule, bool(finding.remedy)) == (rule, True), name
        assert finding.message.startswith(f'Im Satz "Es ist {said}.": ')
        assert told.lower() in finding.message.lower(), name


def test_nothing_is_claimed_across_a_break(city: Path) -> None:
    rows = "measure,area,period,kind,note\nresidents,004,2024-12-31,basis,Zensus\n"
    (city / "breaks.csv").write_text(rows, encoding="utf-8")
    written(
        city,
        "kinder",
        f"In Wall ist es [gestiegen]({CHILDREN}?gebiet=004&{SINCE}&{NOW}).",
        f"In der Au ist es [unverändert]({CHILDREN}?gebiet=001&{SINCE}&{NOW}).",
    )
    assert [str(finding) for finding in refused(city)] == [
        'klein/stories/kinder.md, Zeile 8: Im Satz "In Wall ist es gestiegen.": "gestiegen" ist '
        "nicht prüfbar: Umbruch in der Reihe. Abhilfe: Den Satz ohne diesen Vergleich schreiben. "
        "[text_claim_incomparable]"
    ]


def test_a_zone_is_claimed_of_as_an_area_and_breaks_with_its_parts(city: Path) -> None:
    # With Au 42 of 1168 in the zone are younger than 6, and 3 of 1146 elsewhere.
    rows = "zone,name,short,locative,part\nrand,Rand,,,001\nrand,,,,004\n"
    (city / "areas" / "zones.csv").write_text(rows, encoding="utf-8")
    written(city, "a", f"Im Rand sind es [höher]({CHILDREN}?gebiet=rand&{NOW}).")
    made = builds.build(city, city / "deliveries", "public", [])
    assert "ebene=viertel&zeit=2024-12-31&gebiet=rand" in made.texts[stories.TEXT]
    rows = "measure,area,period,kind,note\nresidents,004,2024-12-31,basis,Zensus\n"
    (city / "breaks.csv").write_text(rows, encoding="utf-8")
    written(city, "b", f"Im Rand ist es [gestiegen]({CHILDREN}?gebiet=rand&{SINCE}&{NOW}).")
    assert [(f.rule, f.file) for f in refused(city)] == [
        ("text_claim_incomparable", "klein/stories/b.md")
    ]


def test_nothing_is_claimed_of_what_is_secret(tmp_path: Path) -> None:
    city = small_city.write(tmp_path)
    small_city.protect(city)
    # In Berg 1 boy and 2 girls are younger than 6: it is lower there, but nobody may know.
    written(city, "kinder", f"In Berg ist es [niedriger]({CHILDREN}?gebiet=002&{NOW}).")
    assert [(f.rule, f.place, f.message) for f in refused(city)] == [
        (
            "text_figure_missing",
            "Zeile 8",
            'Im Satz "In Berg ist es niedriger.": "niedriger" braucht eine Zahl, die für Berg '
            "geheim gehalten ist.",
        )
    ]


def test_nothing_internal_is_claimed_in_public(tmp_path: Path) -> None:
    city = closed_city.write(tmp_path)
    said = "Es ist [gestiegen](vergleich:wendehals_kosten?gebiet=stadt&seit=2023&zeit=2024)."
    text = f"{HEAD}## Fälle\n\n{said}\n\n[Karte](leben?indikator=einwohner)\n"
    (city / stories.FOLDER).mkdir()
    (city / stories.FOLDER / "faelle.md").write_text(text, encoding="utf-8")
    [found] = refused(city)
    assert (found.rule, found.file, found.place) == (
        "indicator_unknown",
        "klein/stories/faelle.md",
        "Zeile 8",
    )


def test_a_clear_word_beside_a_figure_must_be_a_reference(city: Path) -> None:
    figure = "zahl:anteil_u6?gebiet=004&zeit=2024-12-31"
    written(
        city,
        "kinder",
        f"In Wall sind es [5,3 %]({figure}), höher als in der Stadt.",
        "Je höher ein Turm, desto weiter sieht man. Ein höherer Anteil sagt nichts über Menschen.",
    )
    assert [str(finding) for finding in refused(city)] == [
        'klein/stories/kinder.md, Zeile 8: Im Satz "In Wall sind es …, höher als in der Stadt.": '
        '"höher" ist getippt. Abhilfe: Als Verweis schreiben: '
        "[höher](vergleich:indikator?gebiet=...&zeit=...), "
        "[gestiegen](vergleich:indikator?gebiet=...&seit=...&zeit=...). [text_claim_typed]"
    ]


def test_a_reference_is_told_with_the_sentence_it_stands_in() -> None:
    text = "Hier ist es höher. Dort ist es [höher](vergleich:x?gebiet=1&zeit=2024). Das ist so."
    [found] = prose.references(text)
    assert (found.text, found.scheme, found.sentence) == (
        "höher",
        prose.CLAIM,
        "Dort ist es höher.",
    )


def test_a_sentence_may_begin_with_a_link() -> None:
    text = "Es ist gestiegen. [12](zahl:x?gebiet=1&zeit=2024) sind es."
    assert prose.typed_words(text, ["gestiegen"]) == ()
