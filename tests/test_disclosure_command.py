"""`prepare audit` and `prepare protect`: exit codes, words, JSON, and what they refuse."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import disclosed
import small_city
from disclosed import Table, table, told
from prepare import auditing, counts, inspection, publishing, release, withdrawing
from prepare.disclosure import audit, earlier, gate, publications, tables
from prepare.disclosure.earlier import Earlier
from prepare.failures import ImpossibleError
from prepare.findings import PreparationError
from server import prepare

Audited = Callable[[Path], tuple[int, dict[str, Any]]]
NORD, SUED = (2, 10, 9), (7, 12, 14)
OTHER = "10:0-17 10:65+ 20:0-17 20:65+"
SAFE = "10:0-17 10:18-64 20:0-17 20:18-64"
NOTHING = pl.DataFrame(schema=counts.SCHEMA)
REPORT = gate.text(audit.audit(disclosed.told(table(NORD, SUED, SAFE)), Earlier()))


def written(
    folder: Path, numbers: Table, report: str | None = None, by: str = "Anna", shown: bool = False
) -> Path:
    """A release on disk, hashed and signed, whatever it tells."""
    made = release.write(disclosed.content(numbers, report), folder, release.Made(by))
    if shown:
        publishing.publish(folder, made.path.name, "Bert", "")
    return made.path


@pytest.fixture
def audited(capsys: pytest.CaptureFixture[str]) -> Audited:
    """The command with --json, in this process: its exit code and what it printed."""

    def run(path: Path) -> tuple[int, dict[str, Any]]:
        capsys.readouterr()
        code = auditing.audit(str(path), as_json=True, watched=False)
        return code, json.loads(capsys.readouterr().out)

    return run


def test_a_safe_release(audited: Audited, tmp_path: Path) -> None:
    path = written(tmp_path, table(NORD, SUED, SAFE))
    code, found = audited(path)
    assert code == 0
    assert {"format", "release", "safe", "rules", "methods", "solvers", "tallies"} <= found.keys()
    assert (found["safe"], found["leaks"], found["findings"]) == (True, [], [])
    assert found["methods"] == {"stadt": "suppress", "bezirk": "suppress"}
    assert {row["area"]: row["hidden"] for row in found["hidden"]} == {"10": 2, "20": 2}
    done = prepare("audit", path.name, "--releases", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == f"{path.name}: sicher"


def test_a_hidden_number_put_back_by_hand(audited: Audited, tmp_path: Path) -> None:
    """One secondary cell is shown again, hashes and signature are right, the report is old."""
    unsafe = table(NORD, SUED, SAFE.replace("20:18-64", ""))
    report = gate.text(audit.audit(disclosed.told(unsafe), Earlier()))
    told = json.loads(report) | {"safe": True}
    path = written(tmp_path, unsafe, json.dumps(told))
    code, found = audited(path)
    assert (code, found["safe"]) == (1, False)
    cells = {leak["cell"]: leak for leak in found["leaks"] if leak["profile"] == "outsider"}
    leak = cells["Fälle, Nord, 2024, 0-17 Jahre"]
    assert (leak["kind"], leak["low"], leak["high"]) == ("exact", 2, 2)
    assert any("Nord" in words for words in leak["equations"])
    assert [one["rule"] for one in found["findings"]] == ["disclosure_exact"] * len(cells)


def test_the_report_in_a_release_names_no_number_and_no_cell() -> None:
    told = json.loads(REPORT)
    assert "leaks" not in told
    assert told["lost"] == 0
    assert not any("primary" in key for key in told)
    assert {row["hidden"] for row in told["hidden"]} == {2}
    assert set(told["hidden"][0]) == {
        "theme",
        "level",
        "area",
        "year",
        "values",
        "hidden",
        "district",
    }


def test_a_report_that_says_otherwise(audited: Audited, tmp_path: Path) -> None:
    wrong = json.loads(REPORT) | {"hidden": []}
    code, found = audited(written(tmp_path, table(NORD, SUED, SAFE), json.dumps(wrong)))
    assert (code, [one["rule"] for one in found["findings"]]) == (2, ["audit_differs"])


@pytest.mark.parametrize("report", ["", "[]", "{}", '{"considered": [7]}', "\x00"])
def test_a_report_that_is_none(report: str, audited: Audited, tmp_path: Path) -> None:
    path = written(tmp_path, table(NORD, SUED, SAFE), report or " ")
    code, found = audited(path)
    assert code == 2
    assert [one["rule"] for one in found["findings"]] == ["audit_differs"]


@pytest.mark.parametrize("harm", ["flip", "missing", "added", "manifest", "signature"])
def test_a_release_that_was_tampered_with(harm: str, audited: Audited, tmp_path: Path) -> None:
    path = written(tmp_path, table(NORD, SUED, SAFE))
    counts = path / "counts" / "cases.parquet"
    if harm == "flip":
        data = bytearray(counts.read_bytes())
        data[len(data) // 2] ^= 1
        counts.write_bytes(data)
    elif harm == "missing":
        counts.unlink()
    elif harm == "added":
        (path / "more.txt").write_text("mehr")
    elif harm == "manifest":
        manifest = path / "manifest.json"
        manifest.write_text(manifest.read_text().replace('"public"', '"internal"'))
    else:
        next(path.glob("*.sig*")).write_text("keine")
    code, found = audited(path)
    assert code == 2
    assert {one["rule"] for one in found["findings"]} == {"release_damaged"}


def test_a_release_that_is_not_there(audited: Audited, tmp_path: Path) -> None:
    code, found = audited(tmp_path / "probe-2025-01-00000000")
    assert (code, [one["rule"] for one in found["findings"]]) == (2, ["release_unknown"])


def test_a_folder_that_is_called_otherwise_or_holds_no_release(
    audited: Audited, tmp_path: Path
) -> None:
    made = written(tmp_path / "releases", table(NORD, SUED, SAFE))
    copy = shutil.copytree(made, tmp_path / "kopie")
    code, found = audited(copy)
    [finding] = found["findings"]
    assert (code, finding["rule"], finding["file"]) == (2, "release_unknown", str(copy))
    assert f"„{made.name}“" in finding["message"]
    assert finding["remedy"] == f"Den Ordner in {made.name} umbenennen."
    (tmp_path / "leerer_Ordner").mkdir()
    code, found = audited(tmp_path / "leerer_Ordner")
    assert (code, found["findings"][0]["rule"]) == (2, "release_unknown")
    assert "liegt kein Datenstand" in found["findings"][0]["message"]


def test_what_cannot_be_repeated_is_said(tmp_path: Path) -> None:
    told = prepare("audit", written(tmp_path, table(NORD, SUED, SAFE))).stdout
    assert "Einzelne, die ihre eigene Zelle kennen: beim Bauen mit den wahren Zahlen" in told


def test_earlier_publications_count_and_those_that_are_gone_are_named(
    audited: Audited, tmp_path: Path
) -> None:
    first = written(tmp_path, table(NORD, SUED, SAFE), shown=True)
    second = written(tmp_path, table(NORD, SUED, "10:0-17 10:65+ 20:0-17 20:65+"))
    code, found = audited(second)
    assert code == 1
    assert [one["name"] for one in found["considered"]] == [first.name]
    assert {one["rule"] for one in found["findings"]} >= {"disclosure_exact", "disclosure_lost"}
    assert audited(first)[0] == 0  # what came later is no business of the first
    shutil.rmtree(first)
    code, found = audited(second)
    assert code == 0
    [considered] = found["considered"]
    assert (considered["digest"], considered["why"]) == (None, "Der Ordner fehlt.")


def test_a_withdrawn_release_is_still_known(audited: Audited, tmp_path: Path) -> None:
    releases = tmp_path / "releases"
    first = written(releases, table(NORD, SUED, SAFE), shown=True)
    second = written(releases, table(NORD, SUED, "10:0-17 10:65+ 20:0-17 20:65+"))
    withdrawing.withdraw(releases, tmp_path / "vault", first.name, "Cem", "Fehler")
    code, found = audited(second)
    assert code == 0
    assert {one["rule"] for one in found["findings"]} == {"disclosure_withdrawn"}


def test_a_withdrawn_release_whose_kept_copy_is_damaged_stops_no_audit(
    audited: Audited, tmp_path: Path
) -> None:
    releases = tmp_path / "releases"
    first = written(releases, table(NORD, SUED, SAFE), shown=True)
    second = written(releases, table(NORD, SUED, "10:0-17 10:65+ 20:0-17 20:65+"))
    (first / "catalog.json").write_text("{}")
    assert audited(second)[0] == 2, "while it is not withdrawn, it has to be mended"
    done = withdrawing.withdraw(releases, tmp_path / "vault", first.name, "Cem", "Beschädigt")
    assert not done.whole
    code, found = audited(second)
    assert (code, found["findings"]) == (0, [])
    [considered] = found["considered"]
    assert (considered["name"], considered["digest"], considered["why"]) == (
        first.name,
        None,
        "Die aufbewahrte Kopie ist beschädigt.",
    )


def test_the_gate_refuses_what_hides_small_numbers_alone() -> None:
    """D1, through the whole gate: all of it is said, with the equations."""
    content = disclosed.content(table(NORD, SUED, "10:0-17"), REPORT)
    with pytest.raises(PreparationError) as refused:
        gate.passed(content, Earlier(), NOTHING)
    [finding] = refused.value.findings
    assert finding.rule == "disclosure_exact"
    assert finding.place == "Fälle, Nord, 2024, 0-17 Jahre"
    assert "=" in finding.message
    assert gate.passed(disclosed.content(table(NORD, SUED, SAFE), REPORT), Earlier(), NOTHING).safe


def test_the_gate_knows_who_is_alone_in_a_cell() -> None:
    """Two of the four hidden are 1: from outside 1 to 10, for each of the two persons 1."""
    numbers = (1, 10, 9), (12, 1, 14)
    content = disclosed.content(table(*numbers, SAFE), REPORT)
    assert gate.passed(content, Earlier(), NOTHING).safe
    with pytest.raises(PreparationError) as refused:
        gate.passed(content, Earlier(), disclosed.cells(table(*numbers)))
    assert [(one.rule, one.place) for one in refused.value.findings] == [
        ("disclosure_exact", "Fälle, Süd, 2024, 18-64 Jahre"),
        ("disclosure_exact", "Fälle, Nord, 2024, 0-17 Jahre"),
    ]
    assert refused.value.findings[0].message.startswith(
        "Dieser Datenstand (Einzelne, die ihre eigene Zelle kennen): Die geheime Zahl lässt sich "
        "genau errechnen: Wer weiß: Fälle, Nord, 2024, 0-17 Jahre = 1; "
    )
    # What an office has hidden may be 1, too: then the 2 beside it is known.
    numbers = (1, 10, 9), (12, 2, 14)
    content = disclosed.content(table(*numbers, SAFE), REPORT)
    with pytest.raises(PreparationError) as refused:
        gate.passed(content, Earlier(), disclosed.cells(table(*numbers, "10:0-17")))
    assert [one.place for one in refused.value.findings] == ["Fälle, Süd, 2024, 18-64 Jahre"]
    # Nobody is alone where the smallest number is 2.
    content = disclosed.content(table(NORD, SUED, SAFE), REPORT)
    assert gate.passed(content, Earlier(), disclosed.cells(table(NORD, SUED))).safe


def test_a_release_is_read_as_it_was_written(tmp_path: Path) -> None:
    numbers = table(NORD, SUED, SAFE)
    path = written(tmp_path, numbers)
    read = publications.released(inspection.whole(tmp_path, path.name))
    built = publications.built(disclosed.content(numbers, REPORT))
    assert read.counts.equals(built.counts)
    assert read.counts.filter(read.counts["status"] == "suppressed")["value"].null_count() == 4


PROTECTION = """
[public]
version = "7"
minimum_area = 0
reason = "Zahlen des Kreises sind amtlich."
methods = { kreis = "none", stadt = "suppress", bezirk = "suppress", viertel = "suppress" }
sources = { amt = "amt", areas = "offen", published = "offen" }
measures = { area_km2 = "offen" }
[[public.rules]]
id = "amt"
title = "Mindestens 3"
preset = "city"
[[public.rules]]
id = "offen"
title = "Nicht geschützt"
preset = "public"
reason = "Keine Personen."
"""


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """The small city, protected: in Berg one boy and two girls are below 6, two boys below 18."""
    folder = small_city.write(tmp_path)
    rules = PROTECTION + PROTECTION.replace("[public", "[internal")
    (folder / "protection.toml").write_text(rules, "utf-8")
    return folder


def tried(capsys: pytest.CaptureFixture[str], folder: Path, **more: Any) -> dict[str, Any]:
    capsys.readouterr()
    releases = folder.parent / "releases"
    assert auditing.protect(folder, releases=releases, as_json=True, watched=False, **more) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert not releases.exists()  # nothing is written
    return found


def test_a_dry_run_shows_what_would_be_hidden(
    city: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = tried(capsys, city)
    [theme] = [row for row in found["themes"] if row["theme"] == "leben"]
    # Only Berg has numbers below three: hiding it altogether costs its 15 values.
    assert theme["values"] == 7 * 15
    assert theme["hidden"] == 12
    assert theme["district"] == 15
    assert theme["share_district"] == 14.3
    assert {row["area"] for row in found["areas"] if row["hidden"]} >= {"002"}
    titles = [row["alternative"] for row in found["coarser"]]
    assert titles == [
        "ohne Alter",
        "ohne Geschlecht",
        "Merkmale nicht gekreuzt",
        "je zwei Altersgruppen zusammen",
    ]
    # Without sex Berg counts 3 children below 6, 7 below 18, and so on: nothing is small.
    assert {
        row["hidden"] for row in found["coarser"] if row["alternative"] == "ohne Geschlecht"
    } == {0}


def test_other_rules_can_be_tried(city: Path, capsys: pytest.CaptureFixture[str]) -> None:
    usual, strict = tried(capsys, city), tried(capsys, city, minimum=["amt=10"])
    assert hidden_of(strict) > hidden_of(usual)
    rounded = tried(capsys, city, method=["viertel=round5"])
    assert hidden_of(rounded) == 0
    assert rounded["methods"]["viertel"] == "round5"
    [year] = {row["year"] for row in usual["shares"]}
    assert tried(capsys, city, year=year)["shares"] == usual["shares"]


def hidden_of(found: dict[str, Any]) -> int:
    return sum(row["hidden"] for row in found["themes"])


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"minimum": ["aamt=5"]}, 'Meinten Sie "amt"'),
        ({"minimum": ["amt=viel"]}, "ganze Zahl"),
        ({"minimum": ["amt"]}, "NAME=WERT"),
        ({"year": "1999"}, "liegen keine Zahlen vor"),
        ({"method": ["viertel=quer"]}, "ist hier nicht erlaubt"),
        ({"method": ["viertel=round3"], "minimum": ["amt=10"]}, "rundet zu fein"),
    ],
)
def test_rules_that_cannot_be_tried(more: dict[str, Any], said: str, city: Path) -> None:
    with pytest.raises((ImpossibleError, PreparationError), match=said):
        auditing.protect(city, releases=city.parent / "releases", watched=False, **more)


def test_both_commands_say_it_in_german(city: Path, tmp_path: Path) -> None:
    done = prepare("protect", city, "--releases", tmp_path / "releases")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Ausgeblendet würde (Regeln 7):\nLeben: ")
    assert "  Gebiete: " in done.stdout


def test_readers_of_the_internal_release_know_the_public_one(tmp_path: Path) -> None:
    """Each is safe alone; together they tell everything. The public one knows of no other."""
    public, inside = tmp_path / "releases", tmp_path / "internal/releases"
    one = replace(disclosed.content(table(NORD, SUED, SAFE)), audience="public")
    other = replace(disclosed.content(table(NORD, SUED, OTHER)), audience="internal")
    for content, releases in ((one, public), (other, inside)):
        name = release.write(content, releases, release.Made("Ada")).path.name
        publishing.publish(releases, name, "Ben")
    catalog = disclosed.catalog()
    [before] = earlier.earlier(inside, tmp_path / "internal/vault", catalog, "internal").there[1:]
    assert before.wider and not before.withdrawn
    found = earlier.earlier(public, tmp_path / "vault", catalog, "public")
    assert [each.wider for each in found.there] == [False]
    report = audit.audit(publications.built(other), Earlier((before,)))
    assert {leak.low for leak in report.leaks if leak.kind == "exact"} == {2, 7}
    assert len([one for one in report.lost if one.refused]) == 2
    assert {leak.view for leak in report.leaks} == {"dieser Datenstand"}


def test_internal_cells_stay_shown_where_the_public_ones_are_but_may_show_more() -> None:
    wider = replace(told(table(NORD, SUED, SAFE)), wider=True)
    facts = tables.facts(disclosed.catalog(), disclosed.AREAS, disclosed.cells(table(NORD, SUED)))
    hide, show = earlier.frozen(facts, [wider])
    assert (hide.sum(), show.sum()) == (0, 8)
