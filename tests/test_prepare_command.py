"""The command line: exit codes, German words, never a traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import small_city
from prepare import schema
from small_city import change

ROOT = Path(__file__).parents[1]


def prepare(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "prepare", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_city.write(tmp_path)


def test_build_says_what_it_did(folder: Path, tmp_path: Path) -> None:
    done = prepare("build", folder, "--releases", tmp_path / "releases")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Datenstand klein-2025-01-")
    assert "2 Messgrößen, 112 Werte, 2024-12-31 bis 2024-12-31" in done.stdout
    again = prepare("build", folder, "--releases", tmp_path / "releases")
    assert "unverändert" in again.stdout


def test_errors_found(folder: Path, tmp_path: Path) -> None:
    change(folder / "catalog/leben.toml", 'why = "Kitas."\n', "")
    done = prepare("build", folder, "--releases", tmp_path / "releases")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        'Fehler: klein/catalog/leben.toml, [[indicators]] id = "anteil_u6", Schlüssel "why": '
        'Der Schlüssel "why" fehlt. Abhilfe: why = ... ergänzen. [key_missing]',
        "1 Fehler, nichts veröffentlicht.",
    ]
    assert not (tmp_path / "releases").exists()


def test_an_indicator_without_values_stops_a_release(folder: Path, tmp_path: Path) -> None:
    change(folder / "catalog/leben.toml", '{ measure = "residents" }]', '{ measure = "births" }]')
    done = prepare("build", folder, "--releases", tmp_path / "releases")
    assert done.returncode == 1
    assert done.stderr.splitlines()[1:] == ["1 Fehler, nichts veröffentlicht."]
    assert "[measure_empty]" in done.stderr
    assert not (tmp_path / "releases").exists()


def test_no_folder(tmp_path: Path) -> None:
    done = prepare("build", tmp_path / "nirgends")
    assert done.returncode == 2
    assert done.stderr.startswith("Nicht ausführbar: Stadtordner nicht gefunden")


@pytest.mark.parametrize(
    "arguments", [(), ("build",), ("bild", "x"), ("build", "x", "--leise"), ("build", "x", "y")]
)
def test_a_call_nobody_understands(arguments: tuple[str, ...]) -> None:
    done = prepare(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "Nicht ausführbar: Diesen Aufruf gibt es nicht. Hilfe: python -m prepare --help\n"
    )


def test_no_deliveries(folder: Path, tmp_path: Path) -> None:
    done = prepare("build", folder, "--deliveries", tmp_path / "nirgends")
    assert done.returncode == 2
    assert done.stderr.startswith("Nicht ausführbar: Ordner der Lieferungen nicht gefunden")


def test_releases_folder_is_a_file(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = prepare("build", folder, "--releases", tmp_path / "file")
    assert done.returncode == 2
    assert done.stderr.startswith("Nicht ausführbar: ")
    assert "Traceback" not in done.stderr


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
