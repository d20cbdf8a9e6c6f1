"""What changed: real change, revision and definition told apart, the biggest first."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

import small_city
from model.catalog import Catalog
from prepare import build as builds
from prepare import (
    changed_cells,
    counts,
    described_changes,
    difference,
    publishing,
    series_breaks,
)
from prepare.states import State
from server import prepare

CELL = ("area", "period", "measure", "value", "status", "file")
Cell = tuple[str, str, str, float | None, str, str | None]


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    folder = small_city.write(tmp_path_factory.mktemp("catalog"))
    content = builds.build(folder, folder / "deliveries", "public", [])
    return Catalog.model_validate_json(content.texts["catalog.json"])


def ok(area: str, period: str, value: float | None, measure: str = "residents") -> Cell:
    """A delivered count; without a value it is suppressed."""
    return (area, period, measure, value, "suppressed" if value is None else "ok", "amt.csv")


def state(catalog: Catalog, cells: Iterable[Cell], **told: Any) -> State:
    rows = [dict(zip(CELL, cell, strict=True)) for cell in cells]
    given = [
        {
            **dict.fromkeys(("age", "sex", "nationality"), "total"),
            **dict.fromkeys(counts.PLACE, None),
            "level": "viertel",
            "delivery": "bestand",
            **row,
        }
        for row in rows
    ]
    frame = pl.DataFrame(given, schema=counts.SCHEMA)
    frames = {
        measure: frame.filter(pl.col("measure") == measure).lazy()
        for measure in frame["measure"].unique()
    }
    names = {"001": "Au", "002": "Berg"}
    nothing = pl.DataFrame(schema=series_breaks.SCHEMA)
    made = State("klein-1", catalog, frames, {"residents": ["Hauptwohnsitz"]}, nothing, names)
    return replace(made, **told)


def told(found: difference.Difference, what: str = "count") -> dict[tuple[str, str, str], Any]:
    """Kind, before, after, absolute, relative and compared period by id, area, period."""
    return {
        (row["id"], row["area"], row["period"]): tuple(
            row[key] for key in ("kind", "before", "after", "absolute", "relative", "compared")
        )
        for row in found.changes.filter(pl.col("what") == what).to_dicts()
    }


def test_each_kind_of_difference(catalog: Catalog) -> None:
    before = state(
        catalog,
        [
            ok("001", "2022", 100), ok("001", "2023", 110), ok("002", "2022", 40),
            ok("002", "2023", 50), ok("000", "2023", 160),
        ],
    )  # fmt: skip
    after = state(
        catalog,
        [
            ok("001", "2022", 100), ok("001", "2023", 121), ok("001", "2024", 100),
            ok("002", "2022", 40), ("002", "2023", "residents", 50, "preliminary", "amt.csv"),
            ok("003", "2024", 7),
        ],
    )  # fmt: skip
    found = difference.difference(before, after)
    assert told(found) == {
        ("residents", "000", "2023"): ("gone", 160, None, None, None, None),
        ("residents", "001", "2023"): ("revision", 110, 121, 11, pytest.approx(0.1), None),
        ("residents", "002", "2023"): ("status", 50, 50, 0, 0, None),
        ("residents", "001", "2024"): (
            "change", 121, 100, -21, pytest.approx(-21 / 121), "2023",
        ),
        ("residents", "003", "2024"): ("new", None, 7, None, None, None),
    }  # fmt: skip
    order = [kind for kind in changed_cells.KINDS if kind != "definition"]
    assert found.changes["kind"].unique(maintain_order=True).to_list() == order
    assert found.declared == ()


def test_a_period_between_is_compared_with_the_one_before_it(catalog: Catalog) -> None:
    before = state(catalog, [ok("001", "2020", 10), ok("001", "2022", 30)])
    after = state(catalog, [ok("001", y, v) for y, v in (("2020", 10), ("2021", 15), ("2022", 30))])
    assert told(difference.difference(before, after)) == {
        ("residents", "001", "2021"): ("change", 10, 15, 5, 0.5, "2020")
    }
    first = state(catalog, [ok("001", "2019", 9), ok("001", "2020", 10), ok("001", "2022", 30)])
    assert told(difference.difference(before, first)) == {
        ("residents", "001", "2019"): ("change", None, 9, None, None, None)
    }


def test_from_zero_and_from_a_sign_there_is_no_percentage(catalog: Catalog) -> None:
    before = state(catalog, [ok("001", "2023", 0), ok("002", "2023", None), ok("003", "2023", 5)])
    after = state(catalog, [ok("001", "2023", 4), ok("002", "2023", 6), ok("003", "2023", None)])
    assert told(difference.difference(before, after)) == {
        ("residents", "001", "2023"): ("revision", 0, 4, 4, None, None),
        ("residents", "002", "2023"): ("revision", None, 6, None, None, None),
        ("residents", "003", "2023"): ("gone", 5, None, None, None, None),
    }


def test_rounding_is_no_difference(catalog: Catalog) -> None:
    before = state(catalog, [ok("001", "2023", 0.1 + 0.2), ok("002", "2023", 1e9 / 3)])
    after = state(catalog, [ok("001", "2023", 0.3), ok("002", "2023", 1e9 / 3 + 1e-6)])
    found = difference.difference(before, after)
    assert found.changes.is_empty()
    assert found.changes.schema == pl.Schema(changed_cells.CHANGES)


def test_on_another_basis_it_is_another_definition(catalog: Catalog) -> None:
    before = state(catalog, [ok("001", "2023", 100), ok("002", "2023", 50)])
    after = state(
        catalog,
        [ok("001", "2023", 104), ok("002", "2023", 50)],
        bases={"residents": ["Haupt- und Nebenwohnsitz"]},
    )
    found = difference.difference(before, after)
    assert told(found) == {("residents", "001", "2023"): ("definition", 100, 104, 4, 0.04, None)}
    [measure, residents, _] = found.declared
    assert (measure.what, measure.id) == ("count", "residents")
    assert measure.changes == (("Basis", "Hauptwohnsitz", "Haupt- und Nebenwohnsitz"),)
    assert (residents.what, residents.id) == ("indicator", "einwohner")
    assert told(found, "indicator")["einwohner", "001", "2023"][0] == "definition"


def redefined(catalog: Catalog, indicator: str, **changes: Any) -> Catalog:
    [theme] = catalog.themes
    own = tuple(
        one.model_copy(update=changes) if one.id == indicator else one for one in theme.indicators
    )
    themes = (theme.model_copy(update={"indicators": own}),)
    return Catalog(city=catalog.city, themes=themes, protection=catalog.protection)


@pytest.mark.parametrize(
    ("key", "value", "word"),
    [
        ("definition", "Alle, auch ohne Wohnung.", "Definition"),
        ("base", "Alle", "Bezug"),
        ("unit", "Menschen", "Einheit"),
        ("per", 10.0, "Faktor"),
    ],
)
def test_another_declaration_of_an_indicator(
    key: str, value: Any, word: str, catalog: Catalog
) -> None:
    cells = [ok("001", "2023", 100)]
    before = state(catalog, cells)
    after = state(redefined(catalog, "einwohner", **{key: value}), cells)
    found = difference.difference(before, after)
    [one] = found.declared
    assert (one.what, one.id) == ("indicator", "einwohner")
    assert [change[0] for change in one.changes] == [word]
    assert found.changes.is_empty(), "its values are the same"


def test_another_formula_changes_its_values_by_definition(catalog: Catalog) -> None:
    cells = [ok("001", "2023", 100), ok("001", "2023", 3, "births")]
    births = catalog.indicators["einwohner"].numerator[0].model_copy(update={"measure": "births"})
    after = state(redefined(catalog, "einwohner", numerator=(births,)), cells)
    found = difference.difference(state(catalog, cells), after)
    assert told(found, "indicator") == {
        ("einwohner", "001", "2023"): ("definition", 100, 3, -97, -0.97, None)
    }
    assert told(found) == {}


def broken(**row: str) -> pl.DataFrame:
    return pl.DataFrame(
        [{"kind": "definition", "note": "Zensus", **row}], schema=series_breaks.SCHEMA
    )


@pytest.mark.parametrize(
    ("measure", "area", "kinds"),
    [
        ("", "", ["change", "change", "definition", "definition"]),
        ("residents", "", ["change", "change", "definition", "definition"]),
        ("births", "", ["change", "change", "revision", "revision"]),
        ("", "001", ["change", "change", "definition", "revision"]),
    ],
)
def test_a_new_break_makes_another_definition_from_its_period_on(
    measure: str, area: str, kinds: list[str], catalog: Catalog
) -> None:
    """The new periods lie wholly in the new series: between them there is no break."""
    before = state(catalog, [ok("001", "2022", 10), ok("002", "2022", 20)])
    cells = [ok("001", "2022", 11), ok("001", "2023", 12), ok("001", "2024", 13)]
    after = state(
        catalog,
        [*cells, ok("002", "2022", 21)],
        breaks=broken(measure=measure, area=area, period="2022"),
    )
    found = difference.difference(before, after)
    assert found.breaks.height == 1
    assert sorted(found.changes.filter(pl.col("what") == "count")["kind"]) == kinds


def test_a_break_between_two_periods_is_no_real_change(catalog: Catalog) -> None:
    before = state(catalog, [ok("001", "2022", 10)])
    cells = [ok("001", y, v) for y, v in (("2022", 10), ("2023", 20), ("2024", 21))]
    known = broken(measure="", area="", period="2023")
    found = difference.difference(before, state(catalog, cells, breaks=known))
    kinds = {key[2]: told_of[0] for key, told_of in told(found).items()}
    assert kinds == {"2023": "definition", "2024": "change"}
    both = difference.difference(
        state(catalog, cells[:1], breaks=known), state(catalog, cells, breaks=known)
    )
    assert {told_of[0] for told_of in told(both).values()} == {"change"}, "it was known before"


def test_a_rate_changes_with_its_parts(catalog: Catalog) -> None:
    def children(value: float, everyone: float) -> State:
        made = state(catalog, [ok("001", "2023-12-31", everyone)])
        young = made.counts["residents"].with_columns(age=pl.lit("0-5"), value=pl.lit(float(value)))
        return replace(made, counts={"residents": pl.concat([made.counts["residents"], young])})

    found = difference.difference(children(10, 200), children(12, 200))
    assert told(found, "indicator") == {
        ("anteil_u6", "001", "2023-12-31"): (
            "revision", 5, 6, pytest.approx(1), pytest.approx(0.2), None,
        )
    }  # fmt: skip
    assert found.changes.filter(pl.col("what") == "count")["age"].to_list() == ["0-5"]
    assert found.changes["delivered"].to_list().count(True) == 1


def test_the_biggest_come_first(catalog: Catalog) -> None:
    before = state(
        catalog, [ok("001", "2023", 1000), ok("002", "2023", 2), ok("003", "2023", None),
                  ok("004", "2023", 7), ok("005", "2023", 70)]
    )  # fmt: skip
    after = state(
        catalog, [ok("001", "2023", 1050), ok("002", "2023", 4), ok("003", "2023", 3)]
    )  # fmt: skip
    own = difference.difference(before, after).changes.filter(pl.col("what") == "count")
    assert difference.ordered(own, "absolute")["area"].to_list() == [
        "005", "004", "001", "002", "003",
    ]  # fmt: skip
    assert difference.ordered(own, "relative")["area"].to_list() == [
        "005", "004", "002", "001", "003",
    ]  # fmt: skip


def test_only_a_theme_or_an_area(catalog: Catalog) -> None:
    before = state(
        catalog, [ok("001", "2023", 1), ok("002", "2023", 2), ok("001", "2023", 3, "births")]
    )
    after = state(
        catalog, [ok("001", "2023", 2), ok("002", "2023", 3), ok("001", "2023", 4, "births")]
    )
    found = difference.difference(before, after)
    assert set(found.changes["id"]) == {"residents", "births", "einwohner"}
    theme = difference.narrowed(found, "leben", None)
    assert set(theme.changes["id"]) == {"residents", "einwohner"}, "no indicator uses births"
    area = difference.narrowed(found, None, "002")
    assert set(area.changes["area"]) == {"002"}


def plainly(before: Mapping[Any, float], after: Mapping[Any, float]) -> dict[Any, str]:
    """The kinds of differences, by a loop over cells."""
    kinds = {}
    for area, year in {*before, *after}:
        key = (area, year)
        if key not in after:
            kinds[key] = "gone"
        elif key not in before:
            kinds[key] = "change" if any(a == area for a, _ in before) else "new"
        elif before[key] != after[key]:
            kinds[key] = "revision"
    return kinds


@pytest.mark.parametrize("seed", range(5))
def test_a_loop_over_cells_finds_the_same(seed: int, catalog: Catalog) -> None:
    chance = random.Random(seed)
    cells = [(f"{a:03}", str(year)) for a in range(8) for year in range(2010, 2025)]
    before, after = (
        {c: float(chance.randrange(3)) for c in cells if chance.random() < share and c[0] != skip}
        for share, skip in ((0.6, "003"), (0.7, "005"))
    )
    made = [state(catalog, [ok(*c, v) for c, v in told.items()]) for told in (before, after)]
    found = difference.difference(made[0], made[1])
    kinds = {key[1:]: told_of[0] for key, told_of in told(found).items()}
    assert kinds == plainly(before, after)


def test_german_words_and_places(catalog: Catalog) -> None:
    before = state(catalog, [ok("001", "2023", 1000), ok("002", "2023", None)])
    after = state(catalog, [ok("001", "2023", 1234), ok("002", "2023", 8)])
    found = difference.difference(before, after)
    [kind] = described_changes.kinds(found, 10)
    assert kind.title == "Revision"
    assert kind.counts == (("Messgröße Einwohner", "2", "2"),
                           ("Indikator Einwohnerinnen und Einwohner", "2", "0"))  # fmt: skip
    first = next(change for change in kind.absolute if change.place)
    assert (first.subject, first.cell) == ("Einwohner", "Au, 2023")
    assert (first.before, first.after) == ("1.000", "1.234")
    assert (first.absolute, first.relative) == ("+234", "+23,4\N{NO-BREAK SPACE}%")
    assert first.place == "amt.csv"
    assert [c.before for c in kind.absolute if c.cell == "Berg, 2023"] == ["geheim gehalten"] * 2


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A city folder and its releases: one published, and a newer one built from 2 other cells."""
    root = tmp_path_factory.mktemp("diff")
    folder, releases = small_city.write(root), root / "releases"
    build = ("build", folder, "--releases", releases, "--by", "Anna", "--json")
    first = json.loads(prepare(*build).stdout)["release"]
    publishing.publish(releases, first, "Bert")
    path = folder / "deliveries/bestand_2024.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Bestand"]
    for cell, more in (("B6", 5), ("J6", 5), ("B12", 5), ("J12", 5)):
        sheet[cell] = sheet[cell].value + more
    book.save(path)
    assert prepare(*build).returncode == 0
    return folder, releases


def test_diff_of_a_corrected_delivery(city: tuple[Path, Path]) -> None:
    folder, releases = city
    done = prepare("diff", folder, "--releases", releases, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert set(found["counts"]) == {"revision"}
    delivered = {
        (row["area"], row["age"], row["sex"], row["row"], row["column"]): row["absolute"]
        for row in found["changes"]
        if row["delivered"]
    }
    assert delivered == {
        ("001", "0-5", "m", 6, 2): 5,
        ("001", "total", "total", 6, 10): 5,
        ("000", "0-5", "m", 12, 2): 5,
        ("000", "total", "total", 12, 10): 5,
    }
    shares = {r["area"]: r for r in found["changes"] if r["id"] == "anteil_u6"}
    # Au: 22 of 794 were younger than 6, now 27 of 799.
    assert shares["001"]["before"] == pytest.approx(100 * 22 / 794)
    assert shares["001"]["after"] == pytest.approx(100 * 27 / 799)
    assert set(shares) == {"001", "10", "000"}


def test_diff_of_a_built_release_in_the_terminal(city: tuple[Path, Path]) -> None:
    _, releases = city
    [waiting] = [
        p.name for p in releases.glob("klein-*") if p.name != publishing.shown(releases, "klein")
    ]
    done = prepare("diff", "--release", waiting, "--releases", releases, "--area", "Au")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == f"Vergleich mit dem Datenstand {publishing.shown(releases, 'klein')}"
    assert lines[1].startswith("Revision: ")
    told = [line for line in lines if "bestand_2024.xlsx" in line]
    assert '[bestand_2024.xlsx, Blatt "Bestand", Zeile 6, Spalte B]' in "".join(told)
    assert len(lines) < 50
    other = prepare("diff", "--release", waiting, "--releases", releases, "--area", "Wall")
    assert other.stdout.splitlines()[1:] == ["Kein Unterschied."]


@pytest.mark.parametrize(
    ("option", "word", "code", "said"),
    [
        ("--area", "Aue", 2, 'Gebiet "Aue" gibt es nicht eindeutig. Meinten Sie "Au"?'),
        ("--theme", "Lebn", 2, 'Thema "Lebn" gibt es nicht eindeutig. Meinten Sie "Leben"?'),
        ("--against", "klein-2025-01-0", 1, "[release_unknown]"),
    ],
)
def test_diff_with_words_nobody_knows(
    option: str, word: str, code: int, said: str, city: tuple[Path, Path]
) -> None:
    folder, releases = city
    done = prepare("diff", folder, "--releases", releases, option, word)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr


def test_diff_before_anything_is_published(tmp_path: Path) -> None:
    folder = small_city.write(tmp_path)
    done = prepare("diff", folder, "--releases", tmp_path / "releases")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("noch kein Datenstand veröffentlicht: Alle Werte sind neu.\n")
    (tmp_path / "releases").mkdir()
    done = prepare("diff", "--releases", tmp_path / "releases")
    assert done.returncode == 2
    assert "Bitte STADTORDNER angeben" in done.stderr


def test_no_diff_with_errors(tmp_path: Path) -> None:
    folder = small_city.write(tmp_path)
    small_city.workbook(folder / "deliveries/bestand_2024.xlsx", wrong_by=1)
    done = prepare("diff", folder, "--releases", tmp_path / "releases", "--json")
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert {finding["rule"] for finding in told["findings"]} == {"total_disagrees"}
    assert "changes" not in told
    assert "[total_disagrees]" in done.stderr
    assert done.stderr.endswith("ohne Berichtigung kein Vergleich.\n")
