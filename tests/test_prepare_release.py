"""A release is written once, completely, and the same input always gives the same one."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import small_city
from prepare import build, publishing, release, runs, vault
from prepare.disclosure import earlier
from prepare.findings import PreparationError

ROOT = Path(__file__).parents[1]


def content(value: float = 1, title: str = "Titel") -> release.Content:
    return release.Content(
        city="x",
        edition="2025-01",
        audience="public",
        frames={"counts/a.parquet": pl.DataFrame({"value": [value, None]})},
        texts={"catalog.json": "{}", "geometry/stadt.json": "{}"},
        periods=("2024", "2024"),
        modelled=False,
        deliveries={"d": {"title": title}},
    )


def check(folder: Path) -> dict[str, object]:
    """The manifest of a release whose every file is what the manifest says."""
    manifest: dict[str, object] = json.loads((folder / "manifest.json").read_text("utf-8"))
    files = manifest["files"]
    assert isinstance(files, dict)
    lines = []
    for name, entry in sorted(files.items()):
        data = (folder / name).read_bytes()
        assert entry["sha256"] == hashlib.sha256(data).hexdigest()
        assert entry["bytes"] == len(data)
        lines.append(f"{name} {entry['sha256']}\n")
    on_disk = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert on_disk == {*files, "manifest.json", "manifest.sig"}
    apart = ("id", "created", "built", "content_hash", "files")
    said = {key: value for key, value in manifest.items() if key not in apart}
    text = json.dumps(said, ensure_ascii=False, indent=1) + "\n"
    lines.append(f"manifest.json {hashlib.sha256(text.encode()).hexdigest()}\n")
    assert manifest["content_hash"] == hashlib.sha256("".join(lines).encode()).hexdigest()
    assert manifest["id"] == folder.name
    return manifest


def test_a_release_is_what_its_manifest_says(tmp_path: Path) -> None:
    written = release.write(content(), tmp_path)
    manifest = check(written.path)
    assert manifest["files"]["counts/a.parquet"]["rows"] == 2  # type: ignore[index]
    assert [p.name for p in tmp_path.iterdir()] == [written.path.name], "nothing is shown yet"


def test_who_built_it_and_when_is_no_part_of_the_content(tmp_path: Path) -> None:
    made = release.Made("Anna", {"error": 0, "warning": 2}, {"0ff": "2026-11-25"}, "x-2024-01-aa")
    first = release.write(content(), tmp_path / "one", made)
    second = release.write(content(), tmp_path / "other", release.Made("Bert"))
    assert first.path.name == second.path.name
    assert check(first.path)["built"] == {
        "by": "Anna",
        "findings": {"error": 0, "warning": 2},
        "received": {"0ff": "2026-11-25"},
        "previous": "x-2024-01-aa",
    }
    again = release.write(content(), tmp_path / "one", release.Made("Bert"))
    assert not again.new
    assert check(again.path)["built"]["by"] == "Anna"  # type: ignore[index]


def test_the_same_content_is_not_written_again(tmp_path: Path) -> None:
    first = release.write(content(), tmp_path)
    before = {p: p.stat().st_mtime_ns for p in first.path.rglob("*")}
    again = release.write(content(), tmp_path)
    assert (first.new, again.new, again.path) == (True, False, first.path)
    assert {p: p.stat().st_mtime_ns for p in first.path.rglob("*")} == before


def with_other(**changes: Any) -> release.Content:
    return replace(content(), **changes)


@pytest.mark.parametrize(
    "other",
    [
        content(2),
        content(title="Anderer Titel"),
        with_other(modelled=True),
        with_other(periods=("2023", "2024")),
        with_other(audience="internal"),
        with_other(texts={"catalog.json": '{"a": 1}', "geometry/stadt.json": "{}"}),
    ],
    ids=["value", "delivery", "modelled", "periods", "audience", "catalog"],
)
def test_other_content_is_another_release_and_the_old_one_stays(
    other: release.Content, tmp_path: Path
) -> None:
    first = release.write(content(), tmp_path)
    second = release.write(other, tmp_path)
    assert second.new
    assert second.path != first.path
    check(first.path)
    check(second.path)


@pytest.mark.parametrize("damage", ["changed", "gone"])
def test_a_damaged_release_is_not_taken_for_good(damage: str, tmp_path: Path) -> None:
    first = release.write(content(), tmp_path)
    file = first.path / "counts/a.parquet"
    if damage == "gone":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:-1] + b"?")
    with pytest.raises(PreparationError, match="release_damaged"):
        release.write(content(), tmp_path)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ('"id"', '"ID"'),
        ('"title": "Titel"', '"title": "Anderer Titel"'),
        ('"created": "2', '"created": "gestern 2'),
        ('"built"', '"gebaut"'),
        (
            "{",
            "[",
        ),
    ],
    ids=["gone", "key", "delivery", "created", "built", "no json"],
)
def test_a_damaged_manifest_is_not_taken_for_good(old: str, new: str, tmp_path: Path) -> None:
    written = release.write(content(), tmp_path)
    manifest = written.path / "manifest.json"
    if old:
        small_city.change(manifest, old, new)
    else:
        manifest.unlink()
    with pytest.raises(PreparationError) as error:
        release.write(content(), tmp_path)
    [finding] = error.value.findings
    assert (finding.rule, finding.file) == ("release_damaged", f"{written.path.name}/manifest.json")
    assert finding.remedy == "Den Ordner dieses Datenstands löschen und neu bauen."


def test_what_the_manifest_says_of_deliveries_stands_nowhere_else(tmp_path: Path) -> None:
    written = release.write(content(), tmp_path)
    assert sorted(p.name for p in written.path.iterdir()) == [
        "catalog.json", "counts", "geometry", "manifest.json", "manifest.sig",
    ]  # fmt: skip
    assert check(written.path)["deliveries"] == {"d": {"title": "Titel"}}


def test_a_failure_in_the_middle_leaves_nothing_behind(tmp_path: Path) -> None:
    first = release.write(content(), tmp_path)
    broken = {
        "counts/a.parquet": pl.DataFrame({"a": [1]}),
        "counts/a.parquet/b.parquet": pl.DataFrame(),
    }
    with pytest.raises(OSError):
        release.write(
            release.Content("x", "2025-01", "public", broken, {}, ("", ""), False, {}), tmp_path
        )
    assert [p.name for p in tmp_path.iterdir()] == [first.path.name]


def test_leftovers_of_killed_builds_go_after_a_day(tmp_path: Path) -> None:
    for name, age in ((".building-old", 2), (".building-new", 0)):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (time.time() - age * 86400,) * 2)
    release.write(content(), tmp_path)
    assert [p.name for p in tmp_path.glob(".building-*")] == [".building-new"]


def test_a_leftover_that_another_program_removes_stops_no_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left, real = tmp_path / ".building-old", Path.lstat
    left.mkdir()

    def lstat(path: Path) -> os.stat_result:
        if path == left and left.exists():
            left.rmdir()
        return real(path)

    monkeypatch.setattr(Path, "lstat", lstat)
    written = release.write(content(), tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == [written.path.name]


def test_two_processes_build_the_same_release(tmp_path: Path) -> None:
    folder = small_city.write(tmp_path)
    made: list[Path] = []
    for seed in ("1", "2"):
        releases = tmp_path / f"releases{seed}"
        subprocess.run(
            [sys.executable, "-m", "prepare", "build", str(folder), "--releases", str(releases)],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "POLARS_MAX_THREADS": seed},
            check=True,
            capture_output=True,
        )
        made += releases.glob("klein-*")
    first, second = map(check, made)
    assert first["content_hash"] == second["content_hash"]
    assert made[0].name == made[1].name


@pytest.mark.parametrize(("number", "rules"), [(3, True), (2, False)])
def test_what_an_older_version_published_is_known_to_the_next_build(
    number: int, rules: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Since format 3 releases carry the rules of their protection; before, today's hold."""
    folder, releases = small_city.write(tmp_path), tmp_path / "releases"
    small_city.workbook(folder / "deliveries" / "bestand_2023.xlsx", day="31.12.2023")
    before = runs.run(folder).content(releases)
    if not rules:
        plain = json.loads(before.texts["catalog.json"])
        plain["protection"]["measures"] = {}
        before = replace(before, texts={**before.texts, "catalog.json": json.dumps(plain)})
    with monkeypatch.context() as older:
        older.setattr(release, "FORMAT", number)
        written = release.write(before, releases, release.Made("A"))
        publishing.publish(releases, written.path.name, "B")
    hidden = {**small_city.RESIDENTS, "001 Au": (15, 12, 20, 22, 300, 310, 50, 70)}
    small_city.workbook(
        folder / "deliveries" / "bestand_2023.xlsx", residents=hidden, day="31.12.2023"
    )
    run = runs.run(folder)
    assert run.seen is not None
    kept = vault.beside(releases)
    [known] = earlier.earlier(releases, kept, build.ruled(run.seen), "public").there
    assert known.catalog.protection.measures["residents"]
    after = run.content(releases)
    changed = after.frames["vintages.parquet"].filter(area="001", age="0-5", sex="m")
    assert changed["value"].to_list() == ([10.0] if rules else [])
