"""What a cell said before: kept over releases and files, never twice, never against a secret."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter

import small_city
from model.catalog import Measure
from model.manifest import CURRENT
from prepare import build as builds
from prepare import (
    counts,
    difference,
    inspection,
    journal,
    publishing,
    release,
    states,
    vintages,
    zones,
)
from prepare.findings import PreparationError
from prepare.previous import Previous, previous
from small_city import RESIDENTS

NO_ZONES = pl.DataFrame(schema=zones.PARTS)

DAY = "2024-12-31"
CORRECTED = {**RESIDENTS, "001 Au": (15, 12, 20, 22, 300, 310, 50, 70)}
"""Five boys more in Au: 10 becomes 15, and with them every sum they are part of."""


class City:
    """The small city and its releases, one built on top of the other."""

    def __init__(self, root: Path) -> None:
        self.folder = small_city.write(root)
        self.releases = root / "releases"

    def deliver(self, residents: Mapping[str, Sequence[int]]) -> None:
        small_city.workbook(self.folder / "deliveries/bestand_2024.xlsx", residents=residents)

    def content(self) -> release.Content:
        return builds.build(self.folder, self.folder / "deliveries", "public", [], self.current)

    @property
    def current(self) -> Path | None:
        pointer = self.releases / CURRENT
        return self.releases / pointer.read_text() if pointer.exists() else None

    def publish(self) -> Path:
        made = release.Made("Erste Person")
        written = release.write(self.content(), self.releases, made).path
        if written != self.current:
            publishing.publish(self.releases, written.name, "Zweite Person")
        return written


@pytest.fixture
def city(tmp_path: Path) -> City:
    return City(tmp_path)


def history(folder: Path, **where: str) -> list[tuple[Any, ...]]:
    """Value, status, file, cell and release of every earlier value."""
    keys = {"age": "0-5", "sex": "m", "area": "001", **where}
    return (
        pl.read_parquet(folder / "vintages.parquet")
        .filter(pl.col(name) == value for name, value in keys.items())
        .select("value", "status", "file", "row", "column", "release")
        .rows()
    )


def now(folder: Path, **where: str) -> tuple[float, str]:
    keys = {"age": "0-5", "sex": "m", "area": "001", **where}
    found = pl.read_parquet(folder / "counts/residents.parquet")
    cell = found.filter(pl.col(name) == value for name, value in keys.items())
    value, status = cell.select("value", "status").row(0)
    return value, status


def test_a_corrected_cell_keeps_what_it_said_and_so_does_every_sum_of_it(city: City) -> None:
    first = city.publish()
    assert history(first) == [] and now(first) == (10, "ok")
    city.deliver(CORRECTED)
    second = city.publish()
    assert history(second) == [(10, "ok", "bestand_2024.xlsx", 6, 2, first.name)]
    assert now(second) == (15, "revised")
    assert now(second, age="65+") == (50, "ok")
    # Au, its Bezirk and the city: boys, children, men, all.
    frame = pl.read_parquet(second / "vintages.parquet")
    assert frame.height == 3 * 4
    assert frame.schema == pl.Schema(vintages.SCHEMA)
    assert history(second, area="000", age="total", sex="total") == [
        (float(sum(map(sum, RESIDENTS.values()))), "ok", "bestand_2024.xlsx", 12, 10, first.name)
    ]
    assert frame["published"].unique().to_list() == [manifest(first)["created"][:10]]


def test_an_earlier_value_tells_when_it_was_published_not_when_it_was_built(city: City) -> None:
    first = city.publish()
    [entry] = journal.journal(city.releases).entries
    later = replace(entry, time="2030-03-05T10:00:00+00:00")
    (city.releases / journal.FILE).unlink()
    journal.append(city.releases, later)
    journal.append(city.releases, replace(later, time="2031-01-01T10:00:00+00:00"))
    found = previous(first, "klein", "public")
    assert found is not None and found.published == "2030-03-05"
    (city.releases / journal.FILE).unlink()
    found = previous(first, "klein", "public")
    assert found is not None and found.published == manifest(first)["created"][:10]


def manifest(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "manifest.json").read_text()))


def test_building_again_on_top_of_its_own_release_changes_nothing(city: City) -> None:
    city.publish()
    city.deliver(CORRECTED)
    second = city.publish()
    assert city.publish() == second
    assert len(list(city.releases.glob("klein-*"))) == 2


def test_a_value_that_comes_back_keeps_both_earlier_ones(city: City) -> None:
    first = city.publish()
    city.deliver(CORRECTED)
    second = city.publish()
    city.deliver(RESIDENTS)
    third = city.publish()
    assert third not in (first, second)
    assert [(row[0], row[-1]) for row in history(third)] == [(10, first.name), (15, second.name)]
    assert now(third) == (10, "revised")
    assert city.publish() == third


def test_a_number_that_becomes_a_secret_takes_its_history_with_it(city: City) -> None:
    city.publish()
    city.deliver(CORRECTED)
    city.publish()
    recipe = city.folder / "recipes/bestand.toml"
    # 305 stands for a sign: what the office wrote as a number is now to be kept secret.
    small_city.change(recipe, "[[tables]]", '[signs]\n"305" = "suppressed"\n\n[[tables]]')
    hidden = {**CORRECTED, "001 Au": (15, 12, 20, 22, "305", 310, 50, 70)}
    write_with_sign(city.folder / "deliveries/bestand_2024.xlsx", hidden)
    third = city.publish()
    assert pl.read_parquet(third / "vintages.parquet").is_empty()
    assert city.publish() == third


def write_with_sign(path: Path, residents: Mapping[str, Sequence[Any]]) -> None:
    """The workbook with one text among its numbers and without the totals it would be part of."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Bestand")
    sheet.write("A2", "Stadt Klein, Stichtag 31.12.2024")
    sheet.write("A5", "Viertel")
    for number, age in enumerate(small_city.AGES):
        sheet.merge_range(3, 1 + 2 * number, 3, 2 + 2 * number, age)
        sheet.write_row(4, 1 + 2 * number, ["m", "w"])
    for row, (label, cells) in enumerate(residents.items(), start=5):
        sheet.write_row(row, 0, [label, *cells])
    book.close()


def test_a_measure_declared_anew_is_not_revised(city: City) -> None:
    city.publish()
    city.deliver(CORRECTED)
    small_city.change(city.folder / "measures.toml", 'title = "Einwohner"', 'title = "Bewohner"')
    second = city.publish()
    assert history(second) == [] and now(second) == (15, "ok")
    found = difference.difference(
        *(
            states.released(inspection.whole(city.releases, name))
            for name in sorted(p.name for p in city.releases.glob("klein-*"))
        )
    )
    counted = found.changes.filter(pl.col("what") == "count")
    assert set(counted["kind"]) == {"definition"}, "diff says the same"
    city.deliver(RESIDENTS)
    assert [row[0] for row in history(city.publish())] == [15]


def test_another_breakdown_is_no_other_measure(city: City) -> None:
    city.publish()
    city.deliver(CORRECTED)
    change = ('breakdowns = ["age", "sex"]', 'breakdowns = ["age", "sex", "nationality"]')
    small_city.change(city.folder / "measures.toml", *change)
    second = city.publish()
    assert [row[0] for row in history(second)] == [10] and now(second) == (15, "revised")


def test_another_basis_is_not_a_revision(city: City) -> None:
    city.publish()
    city.deliver(CORRECTED)
    small_city.change(city.folder / "recipes/bestand.toml", '"Hauptwohnsitz"', '"Wohnort"')
    second = city.publish()
    assert history(second) == [] and now(second) == (15, "ok")


def test_a_modelled_value_stays_modelled(city: City) -> None:
    small_city.change(
        city.folder / "recipes/bestand.toml", 'files = "', 'status = "modelled"\nfiles = "'
    )
    first = city.publish()
    city.deliver(CORRECTED)
    second = city.publish()
    assert history(second) == [(10, "modelled", "bestand_2024.xlsx", 6, 2, first.name)]
    assert now(second) == (15, "modelled")


def test_a_measured_value_does_not_revise_a_modelled_one(city: City) -> None:
    small_city.change(
        city.folder / "recipes/bestand.toml", 'files = "', 'status = "modelled"\nfiles = "'
    )
    city.publish()
    city.deliver(CORRECTED)
    small_city.change(city.folder / "recipes/bestand.toml", 'status = "modelled"\n', "")
    second = city.publish()
    assert [row[:2] for row in history(second)] == [(10, "modelled")]
    assert now(second) == (15, "ok")


def test_what_is_not_ours_has_no_history_for_us(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = city.publish()
    assert previous(first, "klein", "public") is not None
    assert previous(first, "gross", "public") is None
    assert previous(first, "klein", "internal") is None
    monkeypatch.setattr(release, "READABLE", release.FORMAT + 1)
    assert previous(first, "klein", "public") is None, "a release of a much older program"


@pytest.mark.parametrize("name", ["vintages.parquet", "counts/residents.parquet"])
def test_a_damaged_release_is_not_built_upon(city: City, name: str) -> None:
    path = city.publish() / name
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(PreparationError) as error:
        city.content()
    (finding,) = error.value.findings
    assert (finding.rule, finding.file.partition("/")[2]) == ("release_damaged", name)


# ------------------------------------------------------------ files that replace each other


def cell(value: float | None, file: str, area: str = "001", status: str = "ok") -> dict[str, Any]:
    place = {"file": file, "sheet": "", "row": 2, "column": 3, "delivery": "bestand"}
    keys = {"level": "viertel", "area": area, "period": DAY, "measure": "residents"}
    parts = {"age": "total", "sex": "total", "nationality": "total"}
    return {**keys, **parts, **place, "value": value, "status": status}


def frame(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=counts.SCHEMA, orient="row")


MEASURES = {"residents": Measure(id="residents", title="Einwohner", unit="Personen")}
FILES = [{"name": f"{n}.csv", "sha256": "", "stand": f"2025-0{n}-01"} for n in range(1, 6)]
TOLD = {"bestand": {"basis": "Hauptwohnsitz", "files": FILES}}


def made(
    present: dict[str, Any], earlier: Sequence[dict[str, Any]], before: Previous | None = None
) -> pl.DataFrame:
    return vintages.vintages(frame(present), frame(*earlier), TOLD, MEASURES, before)


def released(present: dict[str, Any], known: pl.DataFrame, name: str = "r1") -> Previous:
    counted = frame(present).lazy()
    return Previous(name, "2025-06-01", MEASURES, TOLD, counted, known, NO_ZONES)


def told(rows: pl.DataFrame) -> list[tuple[float, str | None, str | None]]:
    return rows.select("value", "stand", "release").rows()


def test_values_replaced_by_later_files_are_kept_with_their_stand() -> None:
    earlier = [cell(5, "1.csv"), cell(5, "2.csv"), cell(7, "3.csv"), cell(None, "4.csv")]
    assert told(made(cell(8, "5.csv"), earlier)) == [
        (5, "2025-01-01", None),
        (7, "2025-03-01", None),
    ]
    # Unchanged since its third file: only the first value is an earlier one.
    assert told(made(cell(7, "5.csv"), earlier)) == [(5, "2025-01-01", None)]


def test_a_file_laid_down_after_its_successor_was_published_goes_first() -> None:
    known = made(cell(7, "3.csv"), [cell(6, "2.csv")])
    before = released(cell(7, "3.csv"), known)
    again = made(cell(7, "3.csv"), [cell(5, "1.csv"), cell(6, "2.csv")], before)
    assert [value for value, _stand, _release in told(again)] == [5, 6]


def test_a_published_value_keeps_its_release_though_its_file_is_still_there() -> None:
    before = released(cell(5, "1.csv"), made(cell(5, "1.csv"), []))
    files = [cell(5, "1.csv")]
    second = made(cell(6, "2.csv"), files, before)
    assert told(second) == [(5, "2025-01-01", "r1")]
    on_top = made(cell(6, "2.csv"), files, released(cell(6, "2.csv"), second, "r2"))
    assert on_top.equals(second)


def test_a_secret_of_a_measure_declared_anew_takes_older_history_with_it() -> None:
    """The city said 9, then 10; Au said 3 and is a secret now, so 9 and Berg's 7 would tell 2."""
    known = made(cell(10, "2.csv", "000"), [cell(9, "1.csv", "000")])
    assert known["value"].to_list() == [9]
    then = frame(cell(3, "2.csv", "001"), cell(7, "2.csv", "002"), cell(10, "2.csv", "000"))
    before = Previous("r1", "2025-06-01", MEASURES, TOLD, then.lazy(), known, NO_ZONES)
    hidden = cell(None, "3.csv", "001", "suppressed")
    present = frame(hidden, cell(7, "3.csv", "002"), cell(10, "3.csv", "000"))
    anew = {"residents": MEASURES["residents"].model_copy(update={"unit": "Haushalte"})}
    for measures in (MEASURES, anew):
        assert vintages.vintages(present, frame(), TOLD, measures, before).is_empty()


def test_sums_follow_their_cells_back_correction_by_correction() -> None:
    """Two areas; 1 was corrected twice (3, 4, 5), 2 once (10, 20): 25 was 14 and first 13."""
    delivered = frame(cell(5, "3.csv", "001"), cell(20, "3.csv", "002"))
    earlier = frame(cell(3, "1.csv", "001"), cell(4, "2.csv", "001"), cell(10, "1.csv", "002"))

    def summed(parts: pl.DataFrame) -> pl.DataFrame:
        whole = cell(float(parts["value"].sum()), "", "000") | {
            "file": None,
            "row": None,
            "column": None,
        }
        return pl.concat([parts, frame(whole)])

    found = vintages.with_sums(earlier, delivered, summed)
    assert found.filter(pl.col("area") == "000")["value"].to_list() == [13, 14]
    assert found.filter(pl.col("area") != "000").equals(earlier)
    assert vintages.with_sums(frame(), delivered, summed).is_empty()
