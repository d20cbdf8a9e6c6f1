"""Publishing: a second person, one switch, one line in the log; and the way back."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest

import small_city
from prepare import (
    commands,
    failures,
    inspection,
    journal,
    locking,
    logged,
    publishing,
    release,
    release_folders,
    releasing,
    vault,
)
from prepare.failures import ImpossibleError
from prepare.findings import PreparationError
from server import ROOT, prepare


def candidate(releases: Path, value: float, by: str = "Anna", city: str = "x") -> str:
    """Build a release that holds one number; its id."""
    content = release.Content(
        city=city,
        edition="2025-01",
        audience="public",
        frames={"counts/a.parquet": pl.DataFrame({"value": [value]})},
        texts={"catalog.json": "{}"},
        periods=("2024", "2024"),
        modelled=False,
        deliveries={},
    )
    return release.write(content, releases, release.Made(by)).path.name


def shown(releases: Path) -> str:
    return (releases / "current").read_text("utf-8")


def log(releases: Path) -> list[dict[str, str | None]]:
    return [json.loads(line) for line in (releases / "log.jsonl").read_text("utf-8").splitlines()]


def line_hash(releases: Path, number: int) -> str:
    line = (releases / "log.jsonl").read_bytes().splitlines()[number]
    return hashlib.sha256(line).hexdigest()


def refused(call: Callable[..., object], *arguments: object) -> tuple[str, str]:
    """Rule and file of the one finding that refuses a call."""
    with pytest.raises(PreparationError) as error:
        call(*arguments)
    [finding] = error.value.findings
    return finding.rule, finding.file


def test_a_publication_is_one_switch_and_one_line(tmp_path: Path) -> None:
    first, second = candidate(tmp_path, 1), candidate(tmp_path, 2, by="Dora")
    publishing.publish(tmp_path, first, "Bert")
    publishing.publish(tmp_path, second, "  Cem  Demir ", note="Zweite Lieferung")
    assert shown(tmp_path) == second
    told = log(tmp_path)
    assert {entry.pop("before") for entry in told} == {"0" * 64, line_hash(tmp_path, 0)}
    [key] = {entry.pop("key") for entry in told}
    assert (tmp_path / "trusted.pub").read_text("utf-8").startswith(f"ed25519 {key} ")
    for entry in told:
        moment = datetime.fromisoformat(str(entry.pop("time")))
        assert moment.utcoffset() is not None
    assert told == [
        {"action": "publish", "release": first, "by": "Anna", "approved_by": "Bert",
         "previous": None, "note": ""},
        {"action": "publish", "release": second, "by": "Dora", "approved_by": "Cem Demir",
         "previous": first, "note": "Zweite Lieferung"},
    ]  # fmt: skip


def test_publishing_what_is_shown_changes_nothing(tmp_path: Path) -> None:
    name = candidate(tmp_path, 1)
    publishing.publish(tmp_path, name, "Bert")
    assert publishing.publish(tmp_path, name, "Cem") is None
    assert len(log(tmp_path)) == 1


@pytest.mark.parametrize(
    ("builder", "approver"),
    [
        ("Anna Müller", "Anna Müller"),
        ("Anna Müller", " anna  MÜLLER "),
        ("Anna Müller", "Anna Mu\u0308ller"),
        ("Groß", "GROSS"),
        ("Anna\u00a0Müller", "Annamüller"),
    ],
    ids=["same", "case and spaces", "umlaut in two characters", "sharp s", "no space"],
)
def test_nobody_approves_what_they_built(builder: str, approver: str, tmp_path: Path) -> None:
    name = candidate(tmp_path, 1, by=builder)
    assert refused(publishing.publish, tmp_path, name, approver) == ("approval_same_person", name)
    assert sorted(p.name for p in tmp_path.iterdir()) == [name]


@pytest.mark.parametrize("approver", ["", "  ", "\u00a0"])
def test_an_approval_names_a_person(approver: str, tmp_path: Path) -> None:
    name = candidate(tmp_path, 1)
    assert refused(publishing.publish, tmp_path, name, approver)[0] == "person_missing"


def test_a_release_nobody_built_is_not_published(tmp_path: Path) -> None:
    name = candidate(tmp_path, 1, by="")
    assert refused(publishing.publish, tmp_path, name, "Bert")[0] == "person_missing"


@pytest.mark.parametrize("name", ["x-2025-01-00000000", "..", "../x", "", "x/y", "log.jsonl"])
def test_an_unknown_release_is_refused(name: str, tmp_path: Path) -> None:
    candidate(tmp_path, 1)
    assert refused(publishing.publish, tmp_path, name, "Bert") == ("release_unknown", name)


def damage(folder: Path, how: str) -> str:
    """Damage a release; the file that is to be named."""
    table, manifest = folder / "counts/a.parquet", folder / "manifest.json"
    if how == "changed":
        table.write_bytes(table.read_bytes()[:-1] + b"?")
    elif how == "gone":
        table.unlink()
    elif how == "added":
        (folder / "geometry.json").write_text("{}")
        return "geometry.json"
    elif how == "said":
        small_city.change(manifest, '"modelled": false', '"modelled": true')
        return "manifest.json"
    elif how == "hash":
        data = table.read_bytes()[:-1] + b"?"
        old = json.loads(manifest.read_text("utf-8"))["files"]["counts/a.parquet"]["sha256"]
        table.write_bytes(data)
        small_city.change(manifest, old, hashlib.sha256(data).hexdigest())
        return "manifest.json"
    else:
        manifest.write_text(how)
        return "manifest.json"
    return "counts/a.parquet"


@pytest.mark.parametrize("how", ["changed", "gone", "added", "said", "hash", "", "[]", "{}"])
def test_a_damaged_release_is_never_shown(how: str, tmp_path: Path) -> None:
    good, bad = candidate(tmp_path, 1), candidate(tmp_path, 2)
    publishing.publish(tmp_path, good, "Bert")
    file = damage(tmp_path / bad, how)
    assert refused(publishing.publish, tmp_path, bad, "Bert") == (
        "release_damaged",
        f"{bad}/{file}",
    )
    assert shown(tmp_path) == good
    assert len(log(tmp_path)) == 1


def test_a_rollback_goes_back_step_by_step_and_no_further(tmp_path: Path) -> None:
    names = [candidate(tmp_path, value) for value in (1, 2, 3)]
    for name in names:
        publishing.publish(tmp_path, name, "Bert")
    candidate(tmp_path, 4)
    entry = publishing.rollback(tmp_path, "Cem", "Falsche Datei")
    assert asdict(entry) | {"time": ""} == {
        "time": "", "action": "rollback", "release": names[1], "by": "Cem", "approved_by": None,
        "previous": names[2], "note": "Falsche Datei", "instead": None, "key": None,
    }  # fmt: skip
    assert (
        publishing.rollback(tmp_path, "Cem", "Auch falsch").release == shown(tmp_path) == names[0]
    )
    assert refused(publishing.rollback, tmp_path, "Cem", "Noch weiter") == (
        "release_unpublished",
        names[0],
    )
    publishing.publish(tmp_path, names[2], "Bert")
    assert publishing.rollback(tmp_path, "Cem", "Doch nicht").release == names[0]


def test_a_rollback_never_shows_what_nobody_approved(tmp_path: Path) -> None:
    good, other, waiting = (candidate(tmp_path, value) for value in (1, 2, 3))
    publishing.publish(tmp_path, good, "Bert")
    publishing.publish(tmp_path, other, "Bert")
    assert refused(publishing.rollback, tmp_path, "Cem", "Grund", waiting) == (
        "release_unpublished",
        waiting,
    )
    assert shown(tmp_path) == other
    assert publishing.rollback(tmp_path, "Cem", "Grund", good).release == shown(tmp_path) == good
    assert refused(publishing.rollback, tmp_path, "Cem", "Grund", good) == ("release_shown", good)


@pytest.mark.parametrize(
    ("by", "reason", "rule"), [("", "Grund", "person_missing"), ("Cem", " ", "reason_missing")]
)
def test_a_rollback_says_who_and_why(by: str, reason: str, rule: str, tmp_path: Path) -> None:
    for value in (1, 2):
        publishing.publish(tmp_path, candidate(tmp_path, value), "Bert")
    assert refused(publishing.rollback, tmp_path, by, reason)[0] == rule


def test_no_rollback_to_a_damaged_release(tmp_path: Path) -> None:
    names = [candidate(tmp_path, value) for value in (1, 2)]
    for name in names:
        publishing.publish(tmp_path, name, "Bert")
    damage(tmp_path / names[0], "changed")
    assert refused(publishing.rollback, tmp_path, "Cem", "Grund") == (
        "release_damaged",
        f"{names[0]}/counts/a.parquet",
    )
    assert shown(tmp_path) == names[1]


def test_an_interrupted_switch_is_mended_by_repeating_it(tmp_path: Path) -> None:
    """The log is one ahead of the pointer, as after a crash between the two."""
    first, second = candidate(tmp_path, 1), candidate(tmp_path, 2)
    publishing.publish(tmp_path, first, "Bert")
    publishing.publish(tmp_path, second, "Bert")
    (tmp_path / "current").write_text(first)
    file = tmp_path / "log.jsonl"
    file.write_bytes(file.read_bytes().replace(b'"time": "20', b'"time": "19'))  # long ago
    entry = publishing.publish(tmp_path, second, "Bert")
    assert entry is not None and entry.previous == first
    assert entry == journal.journal(tmp_path).entries[-1], "with the time of the first try"
    assert shown(tmp_path) == second
    publishing.rollback(tmp_path, "Cem", "Grund")
    (tmp_path / "current").write_text(second)
    assert publishing.rollback(tmp_path, "Cem", "Grund").release == shown(tmp_path) == first
    assert [line["action"] for line in log(tmp_path)] == ["publish", "publish", "rollback"]


def test_a_rollback_after_an_interrupted_publication_goes_nowhere_unasked(tmp_path: Path) -> None:
    """The log is one ahead: forward to what was not shown yet is no way back."""
    names = [candidate(tmp_path, value) for value in (1, 2, 3)]
    for name in names:
        publishing.publish(tmp_path, name, "Bert")
    (tmp_path / "current").write_text(names[1])
    assert refused(publishing.rollback, tmp_path, "Cem", "Grund") == ("release_unclear", names[2])
    (tmp_path / "current").unlink()
    assert refused(publishing.rollback, tmp_path, "Cem", "Grund") == ("release_unclear", names[2])
    assert len(log(tmp_path)) == 3
    (tmp_path / "current").write_text(names[1])
    assert publishing.rollback(tmp_path, "Cem", "Grund", names[1]).release == names[1]
    assert journal.journal(tmp_path).shown == (names[0], names[1])
    assert publishing.rollback(tmp_path, "Cem", "Grund").release == shown(tmp_path) == names[0]


def test_a_rollback_to_another_city_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here, there = candidate(tmp_path, 1), candidate(tmp_path, 1, city="y")
    publishing.publish(tmp_path, here, "Bert")
    publishing.publish(tmp_path, there, "Bert")
    assert releasing.rollback("Cem", "Grund", None, tmp_path) == 0
    remark = f"Hinweis: Bisher galt hier {there}, ein Datenstand einer anderen Stadt."
    assert capsys.readouterr().err == f"{remark}\n"
    assert releasing.rollback("Cem", "Grund", there, tmp_path, as_json=True) == 0
    told = json.loads(capsys.readouterr().out)["remark"]
    assert told == f"Hinweis: Bisher galt hier {here}, ein Datenstand einer anderen Stadt."
    publishing.publish(tmp_path, candidate(tmp_path, 2, city="y"), "Bert")
    assert releasing.rollback("Cem", "Grund", None, tmp_path) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_whatever_the_umask_the_application_can_read_what_is_published(tmp_path: Path) -> None:
    """It may run as another user; the vault stays with its owner."""
    root, before = tmp_path / "releases", os.umask(0o077)
    try:
        name = candidate(root, 1)
        publishing.publish(root, name, "Bert")
    finally:
        os.umask(before)
    paths = [root, *(path for path in root.rglob("*") if path.name != ".lock")]
    assert {
        path.relative_to(root).as_posix(): f"{path.stat().st_mode & 0o777:o}" for path in paths
    } == {
        ".": "755", "current": "644", "log.jsonl": "644", "trusted.pub": "644", name: "755",
        f"{name}/manifest.json": "644", f"{name}/manifest.sig": "644",
        f"{name}/catalog.json": "644", f"{name}/counts": "755",
        f"{name}/counts/a.parquet": "644",
    }  # fmt: skip
    kept = tmp_path / "vault"
    assert [f"{path.stat().st_mode & 0o777:o}" for path in (kept, kept / "signing.key")] == [
        "700", "600",
    ]  # fmt: skip


def test_folders_around_that_may_not_be_listed_are_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, real = tmp_path / "home" / "releases", Path.iterdir
    name = candidate(root, 1)
    closed = {root.parent}

    def iterdir(path: Path) -> Iterator[Path]:
        if path in closed:
            raise PermissionError(path)
        return real(path)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    publishing.publish(root, name, "Bert")
    assert shown(root) == name
    closed.add(root)
    with pytest.raises(PermissionError):
        release_folders.refuse_others(root, "public", name)


@pytest.mark.parametrize("pointer", [b"../../etc", b"\xff\xfe", b""])
def test_an_unreadable_pointer_is_told_and_replaced(pointer: bytes, tmp_path: Path) -> None:
    first, second = candidate(tmp_path, 1), candidate(tmp_path, 2)
    publishing.publish(tmp_path, first, "Bert")
    (tmp_path / "current").write_bytes(pointer)
    with pytest.raises(ImpossibleError, match="ist unlesbar"):
        publishing.shown(tmp_path, "x")
    entry = publishing.publish(tmp_path, second, "Bert")
    assert entry is not None and entry.previous == first
    (tmp_path / "current").write_bytes(pointer)
    assert publishing.rollback(tmp_path, "Cem", "Zeiger kaputt").release == second


def test_a_cut_off_line_spoils_no_other(tmp_path: Path) -> None:
    first, second = candidate(tmp_path, 1), candidate(tmp_path, 2)
    publishing.publish(tmp_path, first, "Bert")
    with (tmp_path / "log.jsonl").open("ab") as file:
        file.write(b'{"time": "2026-11-25T10:00:00+00:00", "action": "publ')
    publishing.publish(tmp_path, second, "Bert")
    told = journal.journal(tmp_path)
    assert [entry.release for entry in told.entries] == [first, second]
    assert told.unreadable == (2,)


@pytest.mark.parametrize(
    "line",
    [
        b"[]",
        b"7",
        b"\xff",
        b'{"action": "publish"}',
        b'{"action": ["x"]}',
        b"{}{}",
        b'{"time": "gestern", "action": "publish", "release": "x", "by": "A", "approved_by": "B", '
        b'"previous": null, "note": ""}',
    ],
)
def test_lines_that_are_no_entries_are_skipped_and_told(line: bytes, tmp_path: Path) -> None:
    name = candidate(tmp_path, 1)
    (tmp_path / "log.jsonl").write_bytes(line + b"\n\n")
    publishing.publish(tmp_path, name, "Bert")
    told = journal.journal(tmp_path)
    assert [entry.release for entry in told.entries] == [name]
    assert told.unreadable == (1,)


def test_what_the_application_could_not_show_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr(release, "FORMAT", release.FORMAT - 1)
        first, second = candidate(tmp_path, 1), candidate(tmp_path, 2)
        publishing.publish(tmp_path, first, "Bert")
    assert refused(publishing.publish, tmp_path, second, "Bert") == ("release_format", second)
    newer = candidate(tmp_path, 2)
    publishing.publish(tmp_path, newer, "Bert")
    assert refused(publishing.rollback, tmp_path, "Cem", "Grund") == ("release_format", first)
    assert shown(tmp_path) == newer


def test_a_release_whose_folder_is_gone_stands_in_nobodys_way(tmp_path: Path) -> None:
    """What is damaged is to be deleted and built anew; `current` still names it then."""
    first, second = candidate(tmp_path, 1), candidate(tmp_path, 2)
    publishing.publish(tmp_path, first, "Bert")
    publishing.publish(tmp_path, second, "Bert")
    shutil.rmtree(tmp_path / second)
    assert publishing.shown(tmp_path, "x") == first
    shutil.rmtree(tmp_path / first)
    assert publishing.shown(tmp_path, "x") is None
    again = candidate(tmp_path, 2)
    assert again == second
    assert publishing.publish(tmp_path, again, "Bert") is None


@pytest.mark.parametrize("pointer", [b"\xff", b"damaged"])
def test_the_command_publishes_over_what_cannot_be_read(pointer: bytes, tmp_path: Path) -> None:
    first, second = candidate(tmp_path, 1), candidate(tmp_path, 2)
    publishing.publish(tmp_path, first, "Bert")
    if pointer == b"damaged":
        (tmp_path / first / "catalog.json").unlink()
    else:
        (tmp_path / "current").write_bytes(pointer)
    assert releasing.publish(second, "Bert", "", tmp_path) == 0
    assert shown(tmp_path) == second


def test_what_is_built_again_is_not_said_to_be_shown_while_another_city_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, releases = small_city.write(tmp_path), tmp_path / "releases"

    def built() -> dict[str, object]:
        commands.build(folder, releases=releases, by="Anna", as_json=True)
        return dict(json.loads(capsys.readouterr().out))

    name = str(built()["release"])
    publishing.publish(releases, name, "Bert")
    assert (built()["release"], built()["shown"]) == (name, True)
    publishing.publish(releases, candidate(releases, 1, city="y"), "Bert")
    assert (built()["release"], built()["shown"]) == (name, False)
    commands.build(folder, releases=releases, by="Anna")
    assert "noch nicht veröffentlicht" in capsys.readouterr().out


def test_each_city_has_its_own_last_release(tmp_path: Path) -> None:
    here, there = candidate(tmp_path, 1), candidate(tmp_path, 1, city="y")
    assert publishing.shown(tmp_path, "x") is None
    publishing.publish(tmp_path, here, "Bert")
    publishing.publish(tmp_path, there, "Bert")
    candidate(tmp_path, 2)
    assert publishing.shown(tmp_path, "x") == here
    assert publishing.shown(tmp_path, "y") == there
    assert publishing.shown(tmp_path, "z") is None


def test_many_publish_at_once(tmp_path: Path) -> None:
    """Four processes: each line is whole, each `previous` is the release of the line before."""
    names = [candidate(tmp_path, value) for value in range(4)]
    call = "import sys, pathlib; from prepare import publishing; "
    call += "publishing.publish(pathlib.Path(sys.argv[1]), sys.argv[2], 'Bert')"
    commands_ = [[sys.executable, "-c", call, str(tmp_path), name] for name in names]
    processes = [subprocess.Popen(command, cwd=ROOT) for command in commands_]
    assert [process.wait() for process in processes] == [0] * 4
    told = journal.journal(tmp_path)
    assert told.unreadable == ()
    order = [entry.release for entry in told.entries]
    assert sorted(order) == sorted(names)
    assert [entry.previous for entry in told.entries] == [None, *order[:-1]]
    assert shown(tmp_path) == order[-1]
    left = {p.name for p in tmp_path.iterdir()} - set(names)
    assert left == {".lock", "current", "log.jsonl", "trusted.pub"}


def test_who_waits_too_long_for_the_lock_is_told(tmp_path: Path) -> None:
    with locking.locked(tmp_path), ThreadPoolExecutor(1) as other:

        def second() -> None:
            with locking.locked(tmp_path, wait=0):
                pass

        with pytest.raises(ImpossibleError, match="Ein anderer Aufruf schreibt gerade"):
            other.submit(second).result()
    with locking.locked(tmp_path, wait=0):
        pass


@pytest.fixture
def no_space() -> Iterator[Callable[[], None]]:
    """A function after whose call no file can grow, as on a full disk, until the test ends."""
    resource = pytest.importorskip("resource", reason="Windows has no such limit")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_leaves_what_is_shown(tmp_path: Path, no_space: Callable[[], None]) -> None:
    first, second = candidate(tmp_path, 1), candidate(tmp_path, 2)
    publishing.publish(tmp_path, first, "Bert")
    before = (tmp_path / "log.jsonl").read_bytes()
    no_space()
    with pytest.raises(OSError) as error:
        publishing.publish(tmp_path, second, "Bert")
    assert failures.words(error.value).startswith("Auf dem Datenträger ist kein Platz mehr")
    assert shown(tmp_path) == first
    assert (tmp_path / "log.jsonl").read_bytes() == before
    assert list(tmp_path.glob(".building-*")) == []


def test_the_commands_of_a_publication(tmp_path: Path) -> None:
    first, second = candidate(tmp_path, 1), candidate(tmp_path, 2)
    place = ("--releases", tmp_path)
    done = prepare("publish", first, "--approved-by", "anna", *place)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        "Fehler: Keine Freigabe durch eine zweite Person [approval_same_person]",
        f'  {first}: "anna" hat den Datenstand gebaut und darf ihn nicht selbst freigeben.',
        "    Abhilfe: Eine zweite Person prüft und gibt frei: --approved-by NAME.",
    ]
    done = prepare("publish", first, "--approved-by", "Bert", "--note", "Erste", *place)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[:2] == [
        f"Datenstand {first} gilt jetzt.",
        "  gebaut von Anna, freigegeben von Bert",
    ]
    told = json.loads(prepare("log", "--json", *place).stdout)
    assert told["current"] == first
    assert told["candidates"] == [second]
    assert [entry["note"] for entry in told["entries"]] == ["Erste"]
    done = prepare("publish", second, "--approved-by", "Bert", *place)
    assert done.stderr.startswith(f"Hinweis: {second} wurde gebaut, als noch nichts galt")
    done = prepare("rollback", "--by", "Cem", "--reason", "Falsche\x1b[31m Datei", *place)
    assert done.stdout == f"Datenstand {first} gilt wieder, statt {second}.\n"
    lines = prepare("log", *place).stdout.splitlines()
    assert [line[22:].split("  ")[0] for line in lines[:3]] == [
        "veröffentlicht", "veröffentlicht", "zurückgenommen auf",
    ]  # fmt: skip
    assert lines[2].endswith(f"von Cem, davor {second}; Falsche\N{REPLACEMENT CHARACTER}[31m Datei")
    assert lines[3:] == [f"Es gilt: {first}"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("publish", "x", "--approved-by", "Bert"),
        ("rollback", "--by", "Cem", "--reason", "Grund"),
        ("log",),
        ("diff", "--release", "x"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_no_folder_of_releases(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = prepare(*arguments, "--releases", tmp_path / "nirgends")
    assert (done.returncode, done.stdout) == (2, "")
    place = tmp_path / "nirgends"
    assert done.stderr == f"Nicht ausführbar: Ordner der Datenstände nicht gefunden: {place}\n"


def test_log_tells_what_is_wrong(tmp_path: Path) -> None:
    first, second = candidate(tmp_path, 1), candidate(tmp_path, 2)
    publishing.publish(tmp_path, first, "Bert")
    publishing.publish(tmp_path, second, "Bert")
    with (tmp_path / "log.jsonl").open("a") as file:
        file.write("x\n")
    (tmp_path / "current").write_text(first)
    done = prepare("log", "--releases", tmp_path)
    assert done.returncode == 1
    warnings = [
        "log.jsonl, Zeile 3 ist unlesbar und zählt nicht.",
        f"Nach dem Protokoll gilt {second}. Ein Aufruf wurde unterbrochen oder der "
        "Zeiger von Hand geändert; den letzten Aufruf wiederholen.",
    ]
    assert done.stderr.splitlines() == [f"Warnung: {warning}" for warning in warnings]
    done = prepare("log", "--json", "--releases", tmp_path)
    assert (done.returncode, json.loads(done.stdout)["warnings"]) == (1, warnings)


def test_log_tells_an_unreadable_pointer_by_its_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publishing.publish(tmp_path, candidate(tmp_path, 1), "Bert")
    (tmp_path / "current").write_bytes(b"\xff")
    assert logged.log(tmp_path, as_json=True) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["current"] is None
    [warning] = told["warnings"]
    assert warning.startswith(f"Der Zeiger {tmp_path / 'current'} ist unlesbar.")


def test_every_delivered_file_is_kept_by_its_content(tmp_path: Path) -> None:
    folder = small_city.write(tmp_path)
    releases, kept = tmp_path / "releases", tmp_path / "vault" / "klein"
    done = prepare("build", folder, "--releases", releases, "--by", "Anna", "--json")
    name = json.loads(done.stdout)["release"]
    original = (folder / "deliveries/bestand_2024.xlsx").read_bytes()
    sha = hashlib.sha256(original).hexdigest()
    file = kept / sha[:2] / f"{sha}.xlsx"
    assert file.read_bytes() == original
    assert file.stat().st_mode & 0o777 == 0o444
    manifest = json.loads((releases / name / "manifest.json").read_text("utf-8"))
    [line] = [one for one in vault.index(kept) if one.name == "bestand_2024.xlsx"]
    assert (line.sha256, line.bytes, line.release) == (sha, len(original), name)
    assert manifest["built"]["received"][sha] == line.received
    assert {one["sha256"] for told in manifest["deliveries"].values() for one in told["files"]} == {
        one.sha256 for one in vault.index(kept)
    }
    small_city.workbook(folder / "deliveries/bestand_2024.xlsx", wrong_by=1)
    assert prepare("build", folder, "--releases", releases, "--by", "Anna").returncode == 1
    assert len([one for one in vault.index(kept) if one.name == "bestand_2024.xlsx"]) == 1
    listed = json.loads(prepare("log", "--deliveries", "--json", "--releases", releases).stdout)[
        "deliveries"
    ]
    assert [one["city"] for one in listed if one["sha256"] == sha] == ["klein"]
    assert "bestand_2024.xlsx" in prepare("log", "--deliveries", "--releases", releases).stdout


def original(tmp_path: Path, text: str = "a;b\n") -> vault.Original:
    path = tmp_path / "amt.csv"
    path.write_text(text)
    return vault.Original("amt.csv", path, hashlib.sha256(text.encode()).hexdigest())


def test_a_file_that_comes_again_keeps_its_date(tmp_path: Path) -> None:
    file, city = original(tmp_path), tmp_path / "vault"
    vault.store([file], city)
    vault.enter([file], {file.sha256: "2020-01-02"}, "x-1", city)
    assert vault.store([file], city) == {file.sha256: "2020-01-02"}
    vault.enter([file], {file.sha256: "2020-01-02"}, "x-2", city)
    assert [(one.received, one.release) for one in vault.index(city)] == [("2020-01-02", "x-1")]


def test_a_kept_file_that_changed_is_told(tmp_path: Path) -> None:
    file, city = original(tmp_path), tmp_path / "vault"
    vault.store([file], city)
    kept = vault.place(city, file)
    kept.chmod(0o644)
    kept.write_text("a;c\n")
    assert refused(vault.store, [file], city) == ("original_damaged", "amt.csv")


def test_a_file_is_found_below_whatever_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "areas").mkdir()
    path = tmp_path / "areas" / "Grenzen [2024] *.geojson"
    path.write_text("{}")
    sha = hashlib.sha256(b"{}").hexdigest()
    told = {"areas": {"files": [{"name": path.name, "sha256": sha}]}}
    assert vault.originals(told, [tmp_path]) == [vault.Original(path.name, path, sha)]


def test_a_file_that_changes_during_the_build_is_refused(tmp_path: Path) -> None:
    file = original(tmp_path)
    told = {"d": {"files": [{"name": file.name, "sha256": file.sha256}]}}
    assert vault.originals(told, [tmp_path]) == [file]
    file.path.write_text("a;d\n")
    assert refused(vault.originals, told, [tmp_path]) == ("original_changed", "amt.csv")


def test_a_release_is_verified_to_the_last_file(tmp_path: Path) -> None:
    name = candidate(tmp_path, 1)
    found = inspection.whole(tmp_path, name)
    assert (found.folder, found.builder) == (tmp_path / name, "Anna")
    assert inspection.ids(tmp_path) == [name]
    assert inspection.pointer(tmp_path) is None
