"""The command line: exit codes, German words, never a traceback."""

from __future__ import annotations

import errno
import getpass
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import small_city
from prepare import failures, schema
from prepare.__main__ import COMMANDS
from server import prepare
from small_city import change

ROOT = Path(__file__).parents[1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_city.write(tmp_path)


def values(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """What a command with --json printed."""
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_build_says_what_it_did_and_what_comes_next(folder: Path, tmp_path: Path) -> None:
    releases = tmp_path / "releases"
    done = prepare("build", folder, "--releases", releases, "--by", "Anna")
    assert (done.returncode, done.stderr) == (0, "")
    [name] = [path.name for path in releases.iterdir()]
    lines = done.stdout.splitlines()
    assert lines[0] == f"Datenstand {name} (neu)"
    assert lines[1] == "  2 Messgrößen, 112 Werte, 2024-12-31 bis 2024-12-31"
    assert lines[-1] == (
        f"    python -m prepare publish {name} --approved-by NAME --releases {releases}"
    )
    again = prepare("build", folder, "--releases", releases, "--by", "Bert")
    assert "unverändert" in again.stdout
    manifest = json.loads((releases / name / "manifest.json").read_text("utf-8"))
    assert manifest["built"]["by"] == "Anna"
    assert manifest["built"]["findings"] == {"error": 0, "warning": 0, "hint": 0}


def test_build_names_the_user_who_runs_it(folder: Path, tmp_path: Path) -> None:
    done = prepare("build", folder, "--releases", tmp_path / "releases", "--json")
    assert values(done)["by"] == getpass.getuser()
    nobody = prepare("build", folder, "--releases", tmp_path / "releases", "--by", " ")
    assert nobody.returncode == 1
    assert "[person_missing]" in nobody.stderr


def test_errors_found(folder: Path, tmp_path: Path) -> None:
    change(folder / "catalog/leben.toml", 'why = "Kitas."\n', "")
    done = prepare("build", folder, "--releases", tmp_path / "releases")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "Fehler: Schlüssel fehlt [key_missing]",
        '  klein/catalog/leben.toml, [[indicators]] id = "anteil_u6", Schlüssel "why": '
        'Der Schlüssel "why" fehlt.',
        "    Abhilfe: why = ... ergänzen.",
        "1 Fehler, 0 Warnungen, 0 Hinweise; 0 Dateien, 0 Werte gelesen; nichts veröffentlicht.",
    ]
    assert not (tmp_path / "releases").exists()
    assert not (tmp_path / "vault").exists()


def test_check_of_clean_deliveries_writes_nothing(folder: Path, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    done = prepare("check", folder)
    assert (done.returncode, done.stderr) == (0, "")
    # 4 quarters with 8 cells and a total, and the same of the city.
    assert done.stdout == (
        "0 Fehler, 0 Warnungen, 0 Hinweise; 1 Datei, 45 Werte gelesen; nichts veröffentlicht.\n"
    )
    assert sorted(tmp_path.rglob("*")) == before


def test_check_for_a_machine_names_the_cell(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "deliveries/bestand_2024.xlsx")
    book["Bestand"]["C7"] = "zwei"
    book.save(folder / "deliveries/bestand_2024.xlsx")
    done = prepare("check", folder, "--json")
    assert (done.returncode, done.stderr) == (1, "")
    told = values(done)
    assert told["counts"]["error"] == len(told["findings"]) == 1
    assert told["read"] == {"deliveries": 1, "files": 1, "values": 44}
    [finding] = told["findings"]
    assert list(finding) == [
        "rule", "grade", "title", "file", "sheet", "row", "column", "value", "place", "message",
        "remedy",
    ]  # fmt: skip
    assert finding["place"] == 'Blatt "Bestand", Zeile 7, Spalte C'
    place = [finding[key] for key in ("file", "sheet", "row", "column", "value")]
    assert place == ["bestand_2024.xlsx", "Bestand", 7, 3, "zwei"]


def test_check_for_a_machine_tells_wrong_declarations_too(folder: Path) -> None:
    change(folder / "catalog/leben.toml", 'why = "Kitas."\n', "")
    done = prepare("check", folder, "--json")
    assert done.returncode == 1
    told = values(done)
    assert [finding["rule"] for finding in told["findings"]] == ["key_missing"]
    assert told["deliveries"] == []


def test_files_that_are_expected_and_how_many_are_there(folder: Path) -> None:
    done = prepare("files", folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "bestand_*.xlsx  Bürgeramt: Einwohnerbestand; 1 Datei\n"


def test_a_refusal_for_a_machine_names_its_findings(folder: Path, tmp_path: Path) -> None:
    change(folder / "catalog/leben.toml", 'why = "Kitas."\n', "")
    for command in (("build", folder, "--by", "Anna"), ("diff", folder)):
        done = prepare(*command, "--releases", tmp_path / "releases", "--json")
        assert done.returncode == 1
        assert [finding["rule"] for finding in values(done)["findings"]] == ["key_missing"]


def test_progress_is_told_beside_the_result(folder: Path) -> None:
    done = prepare("check", folder, "--json", "--progress")
    assert values(done)["counts"] == {"error": 0, "warning": 0, "hint": 0}
    stages = [line.partition("  ")[2] for line in done.stderr.splitlines()]
    assert "Gebiete und Geometrie lesen" in stages
    assert "Lieferungen lesen: bestand_2024.xlsx" in stages
    assert prepare("check", folder).stderr == "", "not unless asked, outside of a terminal"


def process(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    """What another Python of this project does."""
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, check=False)


def test_the_command_is_a_program_of_its_own() -> None:
    """Started as the guide says; the other tests run it in their own process, which is faster."""
    done = process("-m", "prepare", "check", "nirgends")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode("utf-8").startswith("Nicht ausführbar: ")


def test_what_reads_no_geometry_starts_without_it() -> None:
    script = "import sys, prepare.__main__; print({'geopandas', 'pandas'} & sys.modules.keys())"
    assert process("-c", script).stdout.split() == [b"set()"]


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_german(command: str) -> None:
    done = prepare(*command.split(), "--help")
    assert done.returncode == 0
    assert "Aufruf: python -m prepare" in done.stdout
    assert "Diese Hilfe zeigen." in done.stdout
    for word in ("Usage", "Options", "Arguments", "Show this", "default", "required"):
        assert word not in done.stdout


def test_an_indicator_without_values_stops_a_release(folder: Path, tmp_path: Path) -> None:
    change(folder / "catalog/leben.toml", '{ measure = "residents" }]', '{ measure = "births" }]')
    done = prepare("build", folder, "--releases", tmp_path / "releases")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("1 Fehler, ")
    assert "[measure_empty]" in done.stderr
    assert not (tmp_path / "releases").exists()


def test_no_folder(tmp_path: Path) -> None:
    done = prepare("build", tmp_path / "nirgends")
    assert done.returncode == 2
    assert done.stderr.startswith("Nicht ausführbar: Stadtordner nicht gefunden")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("build",),
        ("bild", "x"),
        ("build", "x", "--leise"),
        ("check", "x", "y"),
        ("publish", "x"),
        ("rollback", "--by", "Anna"),
        ("diff", "--order", "größe"),
    ],
)
def test_a_call_nobody_understands(arguments: tuple[str, ...]) -> None:
    done = prepare(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    own = f" {arguments[0]}" if arguments and arguments[0] in COMMANDS else ""
    assert done.stderr == (
        f"Nicht ausführbar: Diesen Aufruf gibt es nicht. Hilfe: python -m prepare{own} --help\n"
    )


def test_no_deliveries(folder: Path, tmp_path: Path) -> None:
    done = prepare("build", folder, "--deliveries", tmp_path / "nirgends")
    assert done.returncode == 2
    assert done.stderr.startswith("Nicht ausführbar: Ordner der Lieferungen nicht gefunden")


def test_releases_folder_is_a_file(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = prepare("build", folder, "--releases", tmp_path / "file")
    assert done.returncode == 2
    begin = "Nicht ausführbar: Hier steht eine Datei, wo ein Ordner sein muss: "
    assert done.stderr.startswith(f"{begin}{tmp_path / 'file'}")


def test_the_example_of_the_guide_is_read_as_it_says(tmp_path: Path) -> None:
    """Minden with the file, the recipe and the measure of docs/lieferung.md."""
    guide = (ROOT / "docs/lieferung.md").read_text("utf-8")
    [text] = re.findall(r"^```csv\n(.+?)^```", guide, re.DOTALL | re.MULTILINE)
    recipe, measure = re.findall(r"^```toml\n(.+?)^```", guide, re.DOTALL | re.MULTILINE)
    folder = tmp_path / "minden"
    shutil.copytree(ROOT / "data/minden", folder, ignore=shutil.ignore_patterns("model"))
    (folder / "deliveries/staedtische_betriebe").mkdir()
    file = folder / "deliveries/staedtische_betriebe/Spielplaetze_2024.csv"
    file.write_text(text, "utf-8")
    (folder / "recipes/betriebe_spielplaetze.toml").write_text(recipe, "utf-8")
    with (folder / "measures.toml").open("a", encoding="utf-8") as measures:
        measures.write(f"\n{measure}")
    told = values(prepare("check", folder, "--json"))
    assert told["counts"]["error"] == 0
    read = told["read"]
    number = f"{read['values']:,}".replace(",", ".")
    assert f"{read['files']} Dateien, {number} Werte gelesen" in guide
    [own] = [d for d in told["deliveries"] if d["id"] == "betriebe_spielplaetze"]
    assert (own["values"], own["periods"]) == (20, ["2024-12-31"])
    change(file, "Stadt Minden;84", "Stadt Minden;85")
    found = values(prepare("check", folder, "--json"))["findings"]
    [wrong] = [finding for finding in found if finding["grade"] == "error"]
    assert wrong["message"] in guide
    assert wrong["rule"] in guide


def test_a_report_that_cannot_be_written(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "nirgends" / "bericht.html"
    done = prepare("check", folder, "--report", path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"Nicht ausführbar: Datei oder Ordner fehlt: {path}.\n"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.EROFS, "Der Datenträger lässt sich nur lesen: a/b."),
        (errno.EACCES, "Der Zugriff wird verweigert: a/b."),
        (errno.ENOSPC, "Auf dem Datenträger ist kein Platz mehr: a/b."),
        (errno.EMFILE, "Das System meldet einen Fehler (in words): a/b."),
    ],
)
def test_what_the_system_refuses_is_told_in_german(number: int, said: str) -> None:
    assert failures.words(OSError(number, "in words", "a/b")) == said


def test_schema_files_are_those_of_the_models(tmp_path: Path) -> None:
    done = prepare("schema", "--folder", tmp_path)
    assert done.returncode == 0
    for name, text in schema.schemas().items():
        assert (tmp_path / name).read_text("utf-8") == text
        committed = (ROOT / "data" / "schema" / name).read_text("utf-8")
        assert committed == text, "run: python -m prepare schema"


def test_schema_tells_an_editor_what_a_key_means() -> None:
    theme = json.loads(schema.schemas()["theme.schema.json"])
    indicator = theme["$defs"]["Indicator"]
    assert indicator["additionalProperties"] is False
    assert indicator["properties"]["counted"]["description"] == "Was wird gezählt?"
    assert "numerator" in indicator["required"]
