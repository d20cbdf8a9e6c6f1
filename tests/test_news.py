"""What is new: found by rules, the same at any time, said plainly, taken along as a feed."""

from __future__ import annotations

import html
import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from math import hypot
from pathlib import Path
from typing import Any
from xml.dom import minidom

import polars as pl
import pytest
import streamlit as st
from scipy import optimize, stats

import closed_city
import news_city
import small_city
from components import bulletins
from loaders import indicators, releases
from loaders import news as loaded
from model import news as model
from model import wording
from model.news import News
from prepare import baseline, feed, news
from prepare import build as builds
from prepare.baseline import Baseline

CITY, AU, BERG, TAL, WALL = "000", "001", "002", "003", "004"
TOLD = {
    CITY: ["definition c3", "revision c1", "risen c2", "fallen c7", "risen c4"],
    AU: ["definition c3", "fallen c7", "risen c1", "risen c2", "risen c4"],
    BERG: ["definition c3"],
    TAL: ["definition c1", "definition c3"],
    WALL: ["definition c3", "revision c1", "risen c2"],
}
"""By hand. Of Au's changes c5 is the smallest, of the city's c5 too: 300 to 420 by 1,000."""


@dataclass(frozen=True)
class Editions:
    """The planted city: its folder, where its releases lie, and both of them."""

    folder: Path
    releases: Path
    first: Path
    second: Path


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Editions:
    root = tmp_path_factory.mktemp("news")
    folder, place = news_city.first(root), root / "releases"
    first = news_city.published(news_city.built(folder), place)
    news_city.second(folder)
    second = news_city.published(news_city.built(folder, first), place)
    return Editions(folder, place, first, second)


@pytest.fixture
def shown(editions: Editions, monkeypatch: pytest.MonkeyPatch) -> releases.Release:
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(editions.releases))
    return releases.current()


def table(folder: Path) -> list[dict[str, Any]]:
    return pl.read_parquet(folder / news.TABLE).to_dicts()


def brief(rows: list[dict[str, Any]]) -> dict[str, list[str]]:
    """The news of each area: 'risen c1', 'revision c2'."""
    found: dict[str, list[str]] = {}
    for row in rows:
        word = row["move"] if row["kind"] == "real" else row["kind"]
        found.setdefault(row["area"], []).append(f"{word} {row['indicator']}")
    return found


# What is found


def test_what_is_planted_is_told_and_nothing_else(editions: Editions) -> None:
    rows = table(editions.second)
    assert brief(rows) == TOLD
    assert [row["rank"] for row in rows if row["area"] == CITY] == [1, 2, 3, 4, 5]
    assert dict(pl.read_parquet(editions.second / news.TABLE).schema) == news.SCHEMA


def test_a_definition_tells_its_cause_and_all_it_concerns(editions: Editions) -> None:
    by_reason = {row["reason"]: row for row in table(editions.second) if row["area"] == TAL}
    border, anew = by_reason["areas"], by_reason["catalog"]
    assert (border["note"], border["period"]) == ("Ein Teil von Wall kam zum Tal.", "2024")
    assert border["also"] == "c2 c3 c4 c5 c6 c7"
    assert (anew["also"], anew["note"], anew["before"]) == ("", "", None)


def test_a_revision_tells_both_numbers(editions: Editions) -> None:
    rows = {row["area"]: row for row in table(editions.second) if row["kind"] == "revision"}
    told = {area: (row["before"], row["after"], row["move"]) for area, row in rows.items()}
    assert told == {WALL: (9.0, 10.0, "risen"), CITY: (9.75, 10.0, "risen")}
    assert {row["period"] for row in rows.values()} == {"2023"}


def test_nothing_is_new_in_a_first_edition_without_changes(editions: Editions) -> None:
    assert table(editions.first) == []


@pytest.mark.parametrize(("year", "told"), [("2023", False), ("2024", True)])
def test_of_a_first_edition_only_the_newest_year_is_new(
    year: str, told: bool, tmp_path: Path
) -> None:
    """Residents reach to 2024; shares that end before are no news."""
    folder = news_city.first(tmp_path)
    news_city.second(folder)
    path = folder / "deliveries/neu.csv"
    text = path.read_text("utf-8")
    if year == "2023":
        text = re.sub(r"(?m)^\w+;2022;.*\n", "", text)
        text = text.replace(";2023;", ";2022;").replace(";2024;", ";2023;")
    path.write_text(text, encoding="utf-8")
    rows = news_city.built(folder).frames[news.TABLE].to_dicts()
    assert ("risen c2" in brief(rows).get(AU, [])) is told
    assert all(row["kind"] != "revision" and row["reason"] != "catalog" for row in rows)


# By a second method


def discoveries(counts: pl.DataFrame) -> dict[tuple[str, str], tuple[float, float]]:
    """Limits of every change of 2023 to 2024 that is one, by area and indicator.

    From the public counts alone: exact limits by Beta quantiles, joined by Zou and Donner, the
    p-value by root finding, the city and its areas each by Benjamini and Hochberg.
    """
    cells = {
        (row["measure"], row["area"], row["period"]): row["value"] for row in counts.to_dicts()
    }

    def limits(pair: tuple[float, float, float], alpha: float) -> tuple[float, float]:
        then, now, base = pair
        (low_then, high_then), (low_now, high_now) = (
            tuple(
                100 * bound
                for bound in (
                    stats.beta.ppf(alpha / 2, count, base - count + 1),
                    stats.beta.ppf(1 - alpha / 2, count + 1, base - count),
                )
            )
            for count in (then, now)
        )
        old, new = 100 * then / base, 100 * now / base
        return (
            new - old - hypot(new - low_now, high_then - old),
            new - old + hypot(high_now - new, old - low_then),
        )

    tested = {
        (area, name): (cells[name, area, "2023"], cells[name, area, "2024"], base)
        for area, base in ((CITY, 4000.0), (AU, 1000.0), (BERG, 1000.0), (WALL, 1000.0))
        for name in news_city.SHARES
        if name != "c6" and cells[name, area, "2024"] is not None
    }

    def p(pair: tuple[float, float, float]) -> float:
        def nearer(exponent: float) -> float:
            low, high = limits(pair, 10.0**exponent)
            return low if pair[1] > pair[0] else -high

        if pair[0] == pair[1]:
            return 1.0
        if nearer(-14) > 0:
            return 1e-14
        return float(10 ** optimize.brentq(nearer, -14, -1e-9)) if nearer(-1e-9) > 0 else 1.0

    def family(values: dict[tuple[str, str], float]) -> dict[tuple[str, str], tuple[float, float]]:
        ordered = sorted(values.values())
        found = max(k for k, value in enumerate(ordered, 1) if value <= 0.05 * k / len(ordered))
        bar = 0.05 * found / len(ordered)
        return {key: limits(tested[key], bar) for key, value in values.items() if value <= bar}

    values = {key: p(pair) for key, pair in tested.items()}
    city = {key: value for key, value in values.items() if key[0] == CITY}
    return family(city) | family({key: v for key, v in values.items() if key not in city})


def test_the_same_changes_and_limits_by_a_second_method(editions: Editions) -> None:
    names = (*news_city.SHARES, "people")
    counts = pl.concat(
        pl.read_parquet(editions.second / f"counts/{name}.parquet").with_columns(
            measure=pl.lit(name)
        )
        for name in names
    )
    found = discoveries(counts)
    assert len(found) == 6 + 6 + 2
    rows = [row for row in table(editions.second) if row["kind"] == "real"]
    assert len(rows) == 3 + 4 + 1
    for row in rows:
        low, high = found[row["area"], row["indicator"]]
        assert (row["low"], row["high"]) == pytest.approx((low, high), abs=1e-6)
    notes = {"c3", "c1"}
    for area, most in ((CITY, 3), (AU, 4)):
        kept = notes if area == CITY else {"c3"}
        old_new = {row["indicator"]: row for row in rows if row["area"] == area}
        sizes = {
            name: min(map(abs, limits)) / _middle(counts, area, name)
            for (own, name), limits in found.items()
            if own == area and name not in kept
        }
        assert list(old_new) == sorted(sizes, key=lambda n: -sizes[n])[:most]


def _middle(counts: pl.DataFrame, area: str, name: str) -> float:
    """The mean of a share in 2023 and 2024, in per cent."""
    rows = counts.filter(pl.col("area") == area, pl.col("period").is_in(["2023", "2024"]))
    shared = rows.filter(pl.col("measure") == name)["value"].to_list()
    people = rows.filter(pl.col("measure") == "people")["value"].to_list()
    return float(100 * sum(shared) / sum(people))


def test_every_number_is_one_that_the_release_shows(editions: Editions) -> None:
    counts = {
        (name, row["area"], row["period"]): row["value"]
        for name in (*news_city.SHARES, "people")
        for row in pl.read_parquet(editions.second / f"counts/{name}.parquet").to_dicts()
    }
    earlier = {
        (row["measure"], row["area"], row["period"]): row["value"]
        for row in pl.read_parquet(editions.second / "vintages.parquet").to_dicts()
    }

    def share(row: dict[str, Any], period: str, known: Mapping[Any, Any]) -> float:
        cell = row["indicator"], row["area"], period
        return 100 * float({**counts, **known}[cell]) / float(counts["people", *cell[1:]])

    for row in table(editions.second):
        if row["kind"] == "definition":
            assert {row[name] for name in ("before", "after", "difference")} == {None}
            continue
        known = earlier if row["kind"] == "revision" else {}
        assert row["after"] == pytest.approx(share(row, row["period"], {}))
        assert row["before"] == pytest.approx(
            share(row, row["period_before"] or row["period"], known)
        )
        assert row["difference"] == pytest.approx(row["after"] - row["before"])


def test_a_suppressed_number_is_in_no_news(editions: Editions) -> None:
    hidden = pl.read_parquet(editions.second / "counts/c7.parquet").filter(
        pl.col("status") == "suppressed"
    )
    assert set(hidden["area"]) == {BERG, WALL}
    rows = [row for row in table(editions.second) if row["area"] in (BERG, WALL)]
    assert all(row["indicator"] != "c7" and "c7" not in row["also"] for row in rows)


# The same at any time


def test_the_same_input_gives_the_same_bytes(editions: Editions, tmp_path: Path) -> None:
    again = news_city.published(news_city.built(editions.folder, editions.first), tmp_path)
    assert again.name == editions.second.name
    for name in (news.TABLE, news.FEED):
        assert (again / name).read_bytes() == (editions.second / name).read_bytes()


def test_built_again_on_top_of_itself_the_news_stay(editions: Editions) -> None:
    content = news_city.built(editions.folder, editions.second)
    assert content.frames[news.TABLE].equals(pl.read_parquet(editions.second / news.TABLE))


def test_what_an_edition_is_told_against(editions: Editions) -> None:
    content = news_city.built(editions.folder, editions.second)
    found = baseline.baseline(editions.second, content)
    assert found.state is not None and found.state.name == editions.first.name
    assert found.seen == {editions.first.name, editions.second.name}
    for other in (None, editions.releases / "klein-2024-01-00000000"):
        assert baseline.baseline(other, content) == Baseline()
    later = replace(content, edition="2026-02")
    assert baseline.baseline(editions.second, later).seen == {editions.second.name}
    elsewhere = replace(content, city="gross")
    assert baseline.baseline(editions.second, elsewhere) == Baseline()


def test_without_a_baseline_nothing_is_a_revision(editions: Editions) -> None:
    content = news_city.built(editions.folder, editions.first)
    rows = news.told(content, Baseline()).frames[news.TABLE].to_dicts()
    assert brief(rows)[WALL] == ["risen c1", "risen c2"]
    assert brief(rows)[AU] == ["fallen c7", "risen c1", "risen c2", "risen c3", "risen c4"]


# How notable


@pytest.mark.parametrize(
    ("told", "size"),
    [
        (News("1", "real", "i", "2024", before=10, after=12, low=1, high=3), 1 / 11),
        (News("1", "real", "i", "2024", before=12, after=10, low=-3, high=-1), 1 / 11),
        (News("1", "real", "i", "2024", before=0, after=4, low=1, high=7), 0.5),
        (News("1", "revision", "i", "2024", before=-4, after=4, difference=8), 2),
        (News("1", "revision", "i", "2024", before=0, after=0, difference=0), 0),
    ],
)
def test_how_notable_a_change_is(told: News, size: float) -> None:
    assert news.size(told) == pytest.approx(size)


def test_notes_leave_two_places_for_changes() -> None:
    notes = [News("1", "definition", f"d{n}", "2024", reason="basis") for n in range(7)]
    moved = [News("1", "real", f"r{n}", "2024") for n in range(4)]
    kinds = [one.kind for one in news._chosen("1", notes, moved)]
    assert kinds == ["definition"] * 3 + ["real"] * 2
    assert len(news._chosen("1", notes, [])) == model.MOST
    old = News("1", "revision", "r0", "2019")
    assert [one.kind for one in news._chosen("1", [old], moved)][1:] == ["real"] * 4


# In words

TRAPS = re.compile(
    r"  |None|nan|\{|\}|[^.]\.\.(?!\w)|\s[.,;)]|\(\s|\b[+−]?1\sProzentpunkte\b"
    r"|besser|schlechter|leider|Problem|Brennpunkt|verschärf|erfreulich",
    re.IGNORECASE,
)


def everything(release: releases.Release) -> Iterator[tuple[str, News]]:
    """Every sentence that could be said of any indicator and area of a release."""
    for indicator in release.catalog.indicators.values():
        rows = indicators.values(release, indicator).filter(pl.col("value").is_not_null())
        for row in rows.group_by("area").tail(1).iter_rows(named=True):
            value, period = row["value"], row["period"]
            for kind in ("real", "revision", "definition"):
                told = News(
                    row["area"], kind, indicator.id, period, ("einwohner",), "2023",
                    value, value + 1, 1.0, 0.96, 1.04, "risen", "modelled", "basis", "neu.",
                )  # fmt: skip
                also = [release.catalog.indicators[name] for name in told.also]
                yield model.sentence(told, indicator, also), told


def test_no_sentence_of_minden_stumbles(
    minden_releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(minden_releases))
    release = releases.current()
    said = list(everything(release))
    assert len(said) > 3000
    for text, told in said:
        assert text.endswith(".") and not TRAPS.search(text), text
        assert (told.kind == "definition") or "Darin stecken Modellwerte." in text


def test_what_the_sentences_say(shown: releases.Release) -> None:
    catalog, found = shown.catalog, loaded.by_area(shown)

    def said(area: str, place: int) -> str:
        one = found[area][place]
        return f"{model.tag(one)}: {model.told(one, catalog, 'viertel')[1]}"

    assert said(WALL, 1).replace("\N{NO-BREAK SPACE}", " ") == (
        "Berichtigung: Im Jahr 2023 jetzt 10,0 %, vorher veröffentlicht: 9,0 %. Die Zahl wurde "
        "nach oben berichtigt; das ist keine Veränderung vor Ort."
    )
    assert said(WALL, 2).replace("\N{NO-BREAK SPACE}", " ") == (
        "Veränderung: 15,0 % im Jahr 2023, 26,0 % im Jahr 2024: gestiegen (+11,0 Prozentpunkte). "
        "Das ist mehr, als der Zufall erklärt (Spanne: +6,9 bis +15,1 Prozentpunkte)."
    )
    assert said(TAL, 0) == (
        "Neue Abgrenzung: Ein Teil von Wall kam zum Tal (ab 2024). Mit früheren Werten ist das "
        "nicht vergleichbar. Das betrifft auch: c2; c3; c4 und 3 weitere Indikatoren."
    )
    assert said(TAL, 1) == (
        "Neue Definition: In diesem Datenstand anders festgelegt als im vorigen. Mit früheren "
        "Veröffentlichungen sind die Werte deshalb nicht vergleichbar."
    )


def test_rounded_numbers_are_said_to_be(shown: releases.Release) -> None:
    indicator = shown.catalog.indicators["anteil_u6"]
    told = News(AU, "revision", "anteil_u6", "2024-12-31", before=9, after=10, move="risen")
    assert "jetzt rund 10,0" in model.sentence(told, indicator, rounded=True)
    with pytest.raises(ValueError, match="without a number"):
        model.sentence(News(AU, "revision", "anteil_u6", "2024-12-31"), indicator)
    with pytest.raises(ValueError, match="without its limits"):
        model.sentence(News(AU, "real", "anteil_u6", "2024-12-31"), indicator)


# As a feed


def entries(text: str) -> list[minidom.Element]:
    """The entries of a feed that is valid by RFC 4287."""
    root = minidom.parseString(text.encode()).documentElement
    assert root is not None and (root.namespaceURI, root.localName) == (feed.ATOM, "feed")
    found = [root, *root.getElementsByTagNameNS(feed.ATOM, "entry")]
    ids = []
    for element in found:
        own = [child for child in element.childNodes if isinstance(child, minidom.Element)]
        names = [child.localName for child in own]
        for name in ("id", "title", "updated"):
            assert names.count(name) == 1
        ids.append(value(element, "id"))
        assert datetime.fromisoformat(value(element, "updated")).tzinfo is not None
        assert uuid.UUID(value(element, "id")).version == 5
        links = [child for child in own if child.localName == "link"]
        assert [c for c in links if c.getAttribute("rel") == "alternate"]
        assert all(c.getAttribute("href").startswith("./") for c in links)
    assert len(set(ids)) == len(ids)
    assert value(root.getElementsByTagNameNS(feed.ATOM, "author")[0], "name")
    return found[1:]


def value(element: minidom.Element, name: str) -> str:
    """The text of a child."""
    child = next(
        c for c in element.childNodes if isinstance(c, minidom.Element) and c.localName == name
    )
    return "".join(c.data for c in child.childNodes if isinstance(c, minidom.Text))


def test_the_feed_is_valid_and_tells_the_same(editions: Editions, shown: releases.Release) -> None:
    text = (editions.second / news.FEED).read_text("utf-8")
    found = entries(text)
    assert [value(e, "title") for e in found] == [
        f"{name}, Datenstand Januar 2026" for name in ("Klein", "Au", "Berg", "Tal", "Wall")
    ]
    for own, told in zip(found, loaded.by_area(shown).values(), strict=True):
        lines = re.findall(r"<li>(.+?)</li>", value(own, "content"))
        assert [html.unescape(line) for line in lines] == [
            f"{model.tag(one)}: {indicator.title}. {said}"
            for one in told
            for indicator, said in [model.told(one, shown.catalog, "viertel")]
        ]
    assert wording.INTERNAL not in text


def test_without_news_the_feed_holds_the_city_alone(editions: Editions) -> None:
    [own] = entries((editions.first / news.FEED).read_text("utf-8"))
    assert value(own, "title") == "Klein, Datenstand Januar 2025"
    assert value(own, "content") == "<p>Nichts Auffälliges.</p>"


def test_an_internal_feed_says_so_and_has_ids_of_its_own(tmp_path: Path) -> None:
    folder = closed_city.write(tmp_path)
    texts = {}
    for audience in ("public", "internal"):
        made = builds.build(folder, folder / "deliveries", audience, [])
        texts[audience] = made.texts[news.FEED]
        entries(texts[audience])
    assert f"<title>{wording.INTERNAL}: Was ist neu?" in texts["internal"]
    assert wording.INTERNAL not in texts["public"]
    ids = [set(re.findall(r"urn:uuid:[0-9a-f-]+", text)) for text in texts.values()]
    assert ids[0] and not ids[0] & ids[1]


# On the page


def test_a_note_leads_to_the_view_of_it(shown: releases.Release) -> None:
    places = {area.id: area for area in loaded.places(shown)}
    found = loaded.by_area(shown)

    def address(area: str, place: int) -> str:
        return bulletins.address(places[area], found[area][place], shown.catalog)

    step = "&ansicht=veraenderung&zeit=2024&seit=2023"
    assert address(AU, 1) == f"./neu?indikator=c7&ebene=viertel&gebiet=001{step}"
    assert address(CITY, 2) == f"./neu?indikator=c2&ebene=stadt{step}"
    assert address(WALL, 1) == "./neu?indikator=c1&ebene=viertel&gebiet=004&ansicht=entwicklung"


def test_a_release_from_before_has_none(
    shown: releases.Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {k: v for k, v in shown.manifest["files"].items() if k not in (news.TABLE, news.FEED)}
    older = releases.Release(shown.folder, {**shown.manifest, "files": files}, shown.catalog)
    assert not loaded.told(older) and loaded.by_area(older) == {}
    with pytest.raises(releases.ReleaseError):
        older.read(loaded.FEED)


def test_office_words_stay_words(shown: releases.Release, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(st, "html", told.append)
    area = loaded.places(shown)[0]
    note = News(CITY, "definition", "c1", "2024", reason="basis", note="<b>neu</b>")
    bulletins.areas([area], {CITY: [note]}, shown)
    assert "&lt;b&gt;neu&lt;/b&gt; (ab 2024)" in told[0]


def test_a_correction_is_told_once_and_only_of_what_was_published(tmp_path: Path) -> None:
    """People of a quarter are corrected: all shares of them change, by one cause.

    A share that is new was never published, though all its numbers are corrected ones.
    """
    folder = news_city.first(tmp_path)
    shown = news_city.published(news_city.built(folder), tmp_path / "releases")
    small_city.change(folder / "city.toml", '"2025-01"', '"2026-01"')
    theme = folder / "catalog" / "neu.toml"
    fresh = news_city.INDICATOR.format(id="c1neu")
    old, new = 'numerator = [{ measure = "c1neu" }]', 'numerator = [{ measure = "c1" }]'
    assert old in fresh
    theme.write_text(theme.read_text("utf-8") + fresh.replace(old, new), encoding="utf-8")
    delivered = folder / "deliveries" / "neu.csv"
    head, *rows = [line.split(";") for line in delivered.read_text("utf-8").splitlines()]
    people, year = head.index("people"), head.index("Jahr")
    for row in rows:
        if row[year] == "2023" and row[0] in ("Klein", "001"):
            row[people] = {"Klein": "3900", "001": "900"}[row[0]]
    text = "\n".join(";".join(row) for row in (head, *rows)) + "\n"
    delivered.write_text(text, encoding="utf-8")
    content = news_city.built(folder, shown)
    found = [row for row in content.frames["news.parquet"].to_dicts() if row["kind"] == "revision"]
    assert {row["area"] for row in found} == {CITY, AU}
    assert len(found) == 2
    for one in found:
        assert one["reason"] == "people"
        assert sorted([one["indicator"], *one["also"].split()]) == list(news_city.SHARES)
