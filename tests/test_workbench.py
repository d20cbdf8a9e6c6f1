"""The workbench below its page: names of uploads, their places, stages, commands, escaping."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

import small_city
from components import workbench_changes, workbench_findings
from loaders import jobs, staging, uploads, workbench
from loaders.jobs import JobError
from loaders.staging import StagingError
from loaders.uploads import Upload, UploadError
from loaders.workbench import Bench, Expected
from prepare import machine, publishing, release, runs


@pytest.fixture
def city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small city; its releases, and with them the stages, lie beside it."""
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(tmp_path / "releases"))
    return small_city.write(tmp_path)


def bench(folder: Path, patterns: Sequence[str] = ("bestand_*.xlsx",)) -> Bench:
    """A workbench that expects one kind of delivery per pattern."""
    expected = (
        Expected(f"e{number}", f"Lieferung {number}", "Amt", pattern, ())
        for number, pattern in enumerate(patterns)
    )
    return Bench(folder, "klein", "Klein", tuple(expected))


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Einwohner 2025.xlsx", "Einwohner 2025.xlsx"),
        ("../../etc/bestand.csv", "bestand.csv"),
        ("C:\\fakepath\\bestand.CSV", "bestand.CSV"),
        ("Scha\u0308tzung.ods", "Schätzung.ods"),
    ],
)
def test_an_upload_keeps_its_bare_name(name: str, bare: str) -> None:
    assert uploads.file_name(name) == bare


@pytest.mark.parametrize(
    "name",
    ["", "..", "../", ".csv", ".bashrc", "~$bestand.xlsx", "a\x00.csv", "a\n.csv", "a\u202e.csv",
     "a.csv.", "a.exe", "a.pkl", "a.html", "a.xlsx.py", "xlsx", "a:b.csv", "a*.csv",
     "a" * 121 + ".csv"],
)  # fmt: skip
def test_a_name_that_could_mean_something_else_is_refused(name: str) -> None:
    with pytest.raises(UploadError):
        uploads.file_name(name)


def test_uploads_go_where_their_recipes_look(tmp_path: Path) -> None:
    (tmp_path / "deliveries" / "amt").mkdir(parents=True)
    (tmp_path / "deliveries" / "amt" / "a_2024.csv").write_text("alt")
    (tmp_path / "deliveries" / "b1").mkdir()
    desk = bench(tmp_path, ["amt/a_*.csv", "amt/a_2*.csv", "b*/c.csv", "x/d.csv", "y/d.csv"])
    given = ["a_2024.csv", "a_2025.csv", "c.csv", "d.csv", "a2025.csv", "a_2024.csv", "e.exe"]
    placed, left = uploads.placed([Upload(name, b"1") for name in given], desk)
    assert [(one.path, one.titles, one.there) for one in placed] == [
        ("amt/a_2024.csv", ("Lieferung 0", "Lieferung 1"), "other"),
        ("amt/a_2025.csv", ("Lieferung 0", "Lieferung 1"), "nothing"),
        ("b1/c.csv", ("Lieferung 2",), "nothing"),
    ]
    assert [one.name for one in left] == ["d.csv", "a2025.csv", "a_2024.csv", "e.exe"]
    assert "x, y" in left[0].why
    assert left[1].nearest[0] in ("amt/a_*.csv", "amt/a_2*.csv")
    assert "schon dabei" in left[2].why


def bomb() -> bytes:
    """A workbook's shell that says it holds more than a gigabyte; small itself."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(1025):
            part.write(bytes(2**20))
    return made.getvalue()


def test_uploads_are_bounded_in_number_size_and_unpacked_size(tmp_path: Path) -> None:
    desk = bench(tmp_path, ["*.csv", "*.xlsx"])
    large = bytes(uploads.MOST_BYTES + 1)
    given = [("gross.csv", large), ("leer.csv", b""), ("bombe.xlsx", bomb()), ("gut.csv", b"1")]
    placed, left = uploads.placed([Upload(*one) for one in given], desk)
    assert [one.path for one in placed] == ["gut.csv"]
    assert [one.why.split(",")[0] for one in left] == [
        "Die Datei ist zu groß",
        "Die Datei ist leer.",
        "Die Datei ist zu groß",
    ]
    many = [Upload(f"{number}.csv", b"1") for number in range(uploads.MOST_FILES + 2)]
    placed, left = uploads.placed(many, desk)
    assert (len(placed), len(left)) == (uploads.MOST_FILES, 2)


def staged(city: Path, name: str = "bestand_2024.xlsx", data: bytes = b"neu") -> staging.Stage:
    placed, _ = uploads.placed([Upload(name, data)], bench(city))
    return staging.stage(placed, bench(city))


def test_a_stage_leaves_the_deliveries_alone_until_the_release_is_published(city: Path) -> None:
    real = city / "deliveries" / "bestand_2024.xlsx"
    before = real.read_bytes()
    made = staged(city)
    other = staged(city, "bestand_2025.xlsx", b"anderes")
    assert made.folder.parent == city.parent / "workbench" / "klein"
    assert (made.deliveries / real.name).read_bytes() == b"neu"
    assert sorted(path.name for path in other.deliveries.iterdir()) == [
        "bestand_2024.xlsx",
        "bestand_2025.xlsx",
    ]
    assert real.read_bytes() == before
    staging.built(made, "klein-2025-01-aaaaaaaa")
    assert staging.file_away("klein-2025-01-bbbbbbbb", bench(city)) == []
    assert real.read_bytes() == before
    assert staging.file_away("klein-2025-01-aaaaaaaa", bench(city)) == ["bestand_2024.xlsx"]
    assert real.read_bytes() == b"neu"
    assert not made.folder.exists()
    assert other.folder.exists()


def test_a_staged_file_that_was_changed_is_not_filed(city: Path) -> None:
    made = staged(city)
    before = (city / "deliveries" / "bestand_2024.xlsx").read_bytes()
    staging.built(made, "r")
    (made.deliveries / "bestand_2024.xlsx").write_bytes(b"untergeschoben")
    with pytest.raises(StagingError, match="inzwischen geändert"):
        staging.file_away("r", bench(city))
    assert (city / "deliveries" / "bestand_2024.xlsx").read_bytes() == before


def test_old_stages_are_swept_candidates_last(city: Path) -> None:
    idle, built = staged(city), staged(city)
    staging.built(built, "r")
    day = 86_400
    staging.sweep("klein", ["r"], now=time.time() + day)
    assert len(staging.stages("klein")) == 2
    staging.sweep("klein", ["r"], now=time.time() + 3 * day)
    assert staging.stages("klein") == [built]
    staging.sweep("klein", ["r"], now=time.time() + 61 * day)
    assert staging.stages("klein") == []
    assert not idle.folder.exists()


def test_prepare_says_what_is_expected(city: Path) -> None:
    found = workbench.bench(city)
    assert (found.city, found.name) == ("klein", "Klein")
    assert found.expected == (
        Expected(
            "bestand", "Einwohnerbestand", "Bürgeramt", "bestand_*.xlsx", ("bestand_2024.xlsx",)
        ),
    )
    (city / "deliveries" / "bestand_2025.xlsx").write_bytes(b"x")
    assert workbench.bench(city).expected[0].files == ("bestand_2024.xlsx", "bestand_2025.xlsx")


def test_what_prepare_cannot_do_is_a_german_sentence(tmp_path: Path) -> None:
    with pytest.raises(JobError, match=r"^Stadtordner nicht gefunden"):
        workbench.bench(tmp_path / "nirgends")
    (tmp_path / "city.toml").write_text("id = ")
    with pytest.raises(JobError, match="TOML"):
        workbench.bench(tmp_path)
    stopped = jobs.start("check", tmp_path, "--json")
    stopped.stop()
    with pytest.raises(JobError, match="abgebrochen"):
        stopped.result(wait=True)


def test_a_command_that_takes_too_long_is_ended(
    city: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "LIMIT", 0.01)
    with pytest.raises(JobError, match="zu lange"):
        jobs.start("check", city, "--json").result(wait=True)


def test_commands_from_check_to_rollback(city: Path) -> None:
    desk, report = bench(city), city.parent / "report.html"
    told = workbench.check(desk, city / "deliveries", report).result(wait=True)
    assert (told["counts"]["error"], told["excerpts"], told["difference"]) == (0, [], None)
    assert report.is_file()
    evil = "--approved-by=x; touch /tmp/x $(id)"
    built = workbench.build(desk, city / "deliveries", evil).result(wait=True)
    assert built["by"] == evil, "no text of a person is an option or a command"
    assert [(one.id, one.by) for one in workbench.log(desk).waiting] == [(built["release"], evil)]
    assert workbench.log(Bench(city, "gross", "Groß", ())).waiting == ()
    refused = workbench.publish(built["release"], evil.upper(), "").result(wait=True)
    assert [finding["rule"] for finding in refused["findings"]] == ["approval_same_person"]
    assert "darf ihn nicht selbst freigeben" in jobs.refusal(refused)
    done = workbench.publish(built["release"], "Bert", "Erste").result(wait=True)
    assert (done["entry"]["approved_by"], done["entry"]["note"]) == ("Bert", "Erste")
    assert jobs.refusal(done) == ""
    log = workbench.log(desk)
    assert (log.current, log.waiting) == (built["release"], ())
    back = workbench.rollback(built["release"], "Anna", "Probe").result(wait=True)
    assert [finding["rule"] for finding in back["findings"]] == ["release_shown"]


def test_findings_come_with_the_rows_around_them(city: Path) -> None:
    book = openpyxl.load_workbook(city / "deliveries" / "bestand_2024.xlsx")
    book["Bestand"]["C7"] = "<script>alert(1)</script>"
    book.save(city / "deliveries" / "bestand_2024.xlsx")
    run = runs.run(city)
    [told] = machine.checked(run.findings, run.read)["findings"]
    [excerpt] = machine.excerpts(run.findings, run.originals)
    assert excerpt is not None
    lines = {line["row"]: line["cells"] for line in excerpt["lines"]}
    assert list(lines) == [5, 6, 7, 8, 9]
    assert lines[7][2] == {"text": "<script>alert(1)</script>", "marked": True}
    assert lines[6][0] == {"text": "001 Au", "marked": False}
    shown = workbench_findings.file(told["file"], [(told, excerpt)])
    assert "<script" not in shown
    assert '<td class="marked">&lt;script&gt;alert(1)&lt;/script&gt;</td>' in shown


def test_a_file_of_another_kind_behind_a_known_name_is_an_error(city: Path) -> None:
    (city / "deliveries" / "bestand_2025.xlsx").write_bytes(b"\x7fELF" + bytes(2000))
    wrong = {finding.file for finding in runs.run(city).findings if finding.grade == "error"}
    assert wrong == {"bestand_2025.xlsx"}


def test_differences_are_told_by_theme_in_german(city: Path, tmp_path: Path) -> None:
    releases = tmp_path / "releases"
    written = release.write(runs.run(city).content(releases), releases, release.Made("Anna"))
    publishing.publish(releases, written.path.name, "Bert")
    people = {**small_city.RESIDENTS, "001 Au": (15, 12, 20, 22, 300, 310, 50, 70)}
    small_city.workbook(city / "deliveries" / "bestand_2024.xlsx", residents=people)
    found = runs.run(city).difference(releases)
    assert found is not None
    every, theme = machine.described(found)["themes"]
    assert (every["id"], theme["id"], theme["title"]) == ("", "leben", "Leben")
    [kind] = every["kinds"]
    assert kind["title"] == "Revision"
    boys = next(c for c in kind["absolute"] if c["cell"] == "Au, 2024-12-31, 0-5, m")
    assert (boys["before"], boys["after"], boys["absolute"]) == ("10", "15", "+5")
    assert boys["place"] == 'bestand_2024.xlsx, Blatt "Bestand", Zeile 6, Spalte B'
    rows = workbench_changes.listed([kind], "Was sich ändert")["rows"]
    [row] = [row for row in rows if row["cells"][2] == "Au, 2024-12-31, 0-5, m"]
    assert row["sort"][3:7] == [10, 15, 5, 50]


def _page(folder: str) -> None:
    from pathlib import Path

    from pages import workbench

    workbench.page(Path(folder))


def test_a_server_that_others_may_reach_takes_no_files(city: Path) -> None:
    shown = AppTest.from_function(_page, kwargs={"folder": str(city)}).run()
    assert [error.value for error in shown.error] == [
        "Die Werkbank läuft nur auf dem eigenen Rechner: mit „make workbench“ starten."
    ]
    assert not shown.get("file_uploader")
    assert not shown.button


@pytest.mark.parametrize(
    ("text", "number"),
    [("1.234,5", 1234.5), ("−12,3\u00a0%", -12.3), ("7 (2023-12-31)", 7), ("", None), ("…", None)],
)
def test_german_numbers_sort_as_numbers(text: str, number: float | None) -> None:
    assert workbench_changes.number(text) == number


def test_texts_from_files_cannot_turn_around_or_steer() -> None:
    assert workbench_findings.printable("a\u202eb\x1b[1m") == "a\ufffdb\ufffd[1m"
