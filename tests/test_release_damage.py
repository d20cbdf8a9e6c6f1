"""A release with a flipped bit, a bomb or a stray file is refused; a bad one leaves the old one."""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from loaders import areas, indicators, releases, trails, verification
from loaders.releases import Release, ReleaseError
from model import manifest
from model.manifest import DamagedError
from prepare import failures, inspection, journal, publishing, release, signing, withdrawing
from prepare.findings import PreparationError
from prepare.journal import Entry
from test_prepare_publish import candidate, refused, shown

FLIPS = 64
MUTANTS = 1500
COUNTS = "counts/residents.parquet"


@pytest.fixture
def root(revised_releases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of releases of the small city, and an app that reads it."""
    found = shutil.copytree(revised_releases, tmp_path / "city" / "releases")
    vault = revised_releases.parent / "vault"
    shutil.copytree(vault, tmp_path / "city" / "vault")
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(found))
    return found


def folder(root: Path) -> Path:
    return root / shown(root)


def flipped(data: bytes, place: int) -> bytes:
    changed = bytearray(data)
    changed[place] ^= 1 << place % 8
    return bytes(changed)


def app_refuses() -> str:
    with pytest.raises(ReleaseError) as error:
        releases.current()
    return str(error.value)


def both_refuse(root: Path, word: str) -> None:
    """The app says a sentence with this word; prepare names the release damaged."""
    assert word in app_refuses()
    assert refused(inspection.whole, root, shown(root))[0] == "release_damaged"


def signed(root: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the shown release's manifest and sign it again, as only the office itself could."""
    place = folder(root)
    told = json.loads((place / "manifest.json").read_bytes())
    change(told)
    said = {key: value for key, value in told.items() if key not in manifest.APART}
    told["content_hash"] = manifest.content_hash(told["files"], said)
    told["id"] = f"{place.name[:-8]}{told['content_hash'][:8]}"
    write_signed(root, place, told["id"], manifest.encoded(told))


def write_signed(root: Path, place: Path, name: str, text: str) -> None:
    key = signing.key(root.parent / "vault" / "signing.key")
    (place / "manifest.json").write_text(text, "utf-8")
    (place / "manifest.sig").write_text(signing.signature(key, text.encode()), "ascii")
    place.rename(root / name)
    (root / "current").write_text(name)


def test_a_bit_flipped_in_any_region_of_any_file_is_refused_by_the_app_and_by_prepare(
    root: Path,
) -> None:
    place = folder(root)
    told = verification.signed(place)
    paths = sorted(p for p in place.rglob("*") if p.is_file())
    assert len(paths) > 8
    for path in paths:
        name, good = path.relative_to(place).as_posix(), path.read_bytes()
        size = len(good)
        for place_of_bit in {one * (size - 1) // (FLIPS - 1) for one in range(FLIPS)}:
            path.write_bytes(flipped(good, place_of_bit))
            if name in ("manifest.json", "manifest.sig"):
                with pytest.raises(ValueError):
                    verification.signed(place)
            else:
                with pytest.raises(DamagedError) as error:
                    verification.data(place, name, told)
                assert error.value.path == name
        with pytest.raises(PreparationError):
            inspection.whole(root, place.name)
        assert app_refuses()
        path.write_bytes(good)
    assert releases.current().id == place.name


def mutant(data: bytes, chance: random.Random) -> bytes:
    """Other bytes: a bit or a byte changed, cut off, doubled, moved, filled with zeros."""
    one, other = sorted(chance.randrange(len(data)) for _ in range(2))
    other += 1
    return chance.choice(
        (
            lambda: flipped(data, one),
            lambda: data[:one] + bytes([chance.randrange(256)]) + data[one + 1 :],
            lambda: data[:one],
            lambda: data[:one] + data[other:],
            lambda: data[:other] + data[one:],
            lambda: data[:one] + bytes(other - one) + data[other:],
            lambda: data + data[one:other],
        )
    )()


def test_no_mutated_table_is_read(root: Path) -> None:
    """1,500 mutants: each is refused by its hash, whatever Polars would have made of it."""
    now, chance = releases.current(), random.Random(3)
    path = now.folder / COUNTS
    good = path.read_bytes()
    for _ in range(MUTANTS):
        data = mutant(good, chance)
        path.write_bytes(data)
        if data == good:
            continue
        with pytest.raises(ReleaseError, match="beschädigt"):
            now.table(COUNTS)
    path.write_bytes(good)
    assert now.table(COUNTS).height == now.manifest["files"][COUNTS]["rows"]


def test_a_mutated_table_that_was_signed_ends_in_a_sentence_at_worst(root: Path) -> None:
    """Behind the hash: metadata that do not fit and panics of Polars are no crashes."""
    now, chance = releases.current(), random.Random(5)
    good = (now.folder / COUNTS).read_bytes()
    refusals = 0
    for _ in range(300):
        data = mutant(good, chance)
        (now.folder / COUNTS).write_bytes(data)
        files = {**now.manifest["files"], COUNTS: {**release.entry(data, 1, {})}}
        told = {**now.manifest, "files": files}
        with pytest.raises(DamagedError):
            verification.check_files(now.folder, told)
        try:
            Release(now.folder, told, now.catalog).table(COUNTS)
        except ReleaseError:
            refusals += 1
    assert refusals > 50


def test_what_is_damaged_after_the_start_is_not_shown_either(root: Path) -> None:
    now = releases.current()
    indicator = now.catalog.indicators["anteil_u6"]
    assert indicators.values(now, indicator).height > 0
    for path in now.folder.rglob("*.*"):
        data = path.read_bytes()
        path.write_bytes(flipped(data, len(data) // 2))
    loads: list[Callable[[], object]] = [
        lambda: indicators.values(now, now.catalog.indicators["einwohner"]),
        lambda: areas.by_level(now),
        lambda: areas.geometry(now, "viertel"),
        lambda: indicators.published(now),
        lambda: trails.trail_of(now, indicator, "viertel", "001", "2024-12-31"),
    ]
    for load in loads:
        with pytest.raises(ReleaseError, match="beschädigt"):
            load()


def bomb(rows: int) -> bytes:
    """A small Parquet file of one number, a great many times."""
    file = io.BytesIO()
    numbers = pa.chunked_array([pa.nulls(rows // 10, pa.float64()) for _ in range(10)])
    parquet.write_table(pa.table({"value": numbers}), file, compression="zstd")
    return file.getvalue()


def test_a_bomb_is_refused_before_a_row_of_it_is_read(root: Path) -> None:
    """Even one that was signed, if it does not say of itself what the manifest says."""
    data = bomb(20_000_000)
    assert len(data) < 100_000
    (folder(root) / COUNTS).write_bytes(data)

    def change(told: dict[str, Any]) -> None:
        told["files"][COUNTS] |= release.entry(data, told["files"][COUNTS]["rows"])

    signed(root, change)
    both_refuse(root, COUNTS)


@pytest.mark.parametrize("key", ["rows", "schema"])
def test_rows_and_columns_are_those_of_the_manifest(key: str, root: Path) -> None:
    def change(told: dict[str, Any]) -> None:
        entry = told["files"][COUNTS]
        entry[key] = entry["rows"] + 1 if key == "rows" else {**entry["schema"], "x": "INT64 None"}

    signed(root, change)
    both_refuse(root, COUNTS)


def test_the_helper_signs_what_is_accepted(root: Path) -> None:
    """Else the tests around it would refuse for another reason."""
    signed(root, lambda told: told.update(edition="2031-01"))
    assert releases.current().id == inspection.whole(root, shown(root)).folder.name


@pytest.mark.parametrize(
    "name",
    ["../x.parquet", "/etc/passwd", "counts/../../x", "C:\\x", "a\\b", "a//b", "./a", ".a",
     "CATALOG.JSON", "manifest.json", "manifest.sig", "withdrawn.json", "a\n", "a\u202eb", ""],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_is_refused_even_signed(name: str, root: Path) -> None:
    entry = release.entry(b"")
    signed(root, lambda told: told["files"].update({name: entry}))
    both_refuse(root, "unvollständig")


def test_a_name_that_stands_twice_is_refused_even_signed(root: Path) -> None:
    place = folder(root)
    text = (place / "manifest.json").read_text("utf-8")
    again = text.replace('"catalog.json": {', '"catalog.json": {},\n  "catalog.json": {', 1)
    assert again != text
    write_signed(root, place, place.name, again)
    both_refuse(root, "unvollständig")


@pytest.mark.parametrize("change", ["sha256", "created", "audience"])
def test_an_edited_manifest_is_refused(change: str, root: Path) -> None:
    place = folder(root)
    told = json.loads((place / "manifest.json").read_bytes())
    if change == "sha256":
        data = b"{}"
        (place / "catalog.json").write_bytes(data)
        told["files"]["catalog.json"] = release.entry(data)
    else:
        told[change] = "2031-01-01T00:00:00+00:00"
    (place / "manifest.json").write_text(manifest.encoded(told), "utf-8")
    both_refuse(root, "Öffentlichkeit" if change == "audience" else "Unterschrift")


@pytest.mark.parametrize("name", ["manifest.sig", "trusted.pub"])
@pytest.mark.parametrize("how", ["gone", "empty", "binary"])
def test_without_signature_or_keys_nothing_is_shown(name: str, how: str, root: Path) -> None:
    path = root / name if name == "trusted.pub" else folder(root) / name
    if how == "gone":
        path.unlink()
    else:
        path.write_bytes(b"" if how == "empty" else b"\xff\x00" * 60)
    assert "Unterschrift" in app_refuses()


def test_the_app_can_be_told_of_keys_that_lie_elsewhere(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "trusted.pub").rename(tmp_path / "keys.pub")
    monkeypatch.setenv("QUARTIERSPULS_TRUSTED", str(tmp_path / "keys.pub"))
    assert releases.current().id == shown(root)


@pytest.mark.parametrize("name", ["x.txt", "counts/x.parquet", "new/x", ".hidden"])
def test_a_file_nobody_signed_is_refused(name: str, root: Path) -> None:
    (folder(root) / name).parent.mkdir(exist_ok=True)
    (folder(root) / name).write_bytes(b"")
    both_refuse(root, name)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@pytest.mark.parametrize("name", ["catalog.json", "counts", "geometry/x"])
def test_a_link_is_refused_even_to_the_same_content(name: str, root: Path, tmp_path: Path) -> None:
    path = folder(root) / name
    target = tmp_path / "elsewhere"
    if path.exists():
        path.rename(target)
    path.symlink_to(target)
    both_refuse(root, name)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_release_that_is_a_link_is_none(root: Path, tmp_path: Path) -> None:
    name = shown(root)
    (root / name).rename(tmp_path / name)
    (root / name).symlink_to(tmp_path / name)
    assert refused(inspection.whole, root, name)[0] == "release_unknown"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_a_pipe_in_the_place_of_a_file_holds_nobody_up(root: Path) -> None:
    path = folder(root) / "catalog.json"
    path.unlink()
    os.mkfifo(path)
    both_refuse(root, "catalog.json")


def switch_to(root: Path, name: str) -> None:
    (root / "current").write_text(name)


def broken(root: Path, name: str) -> None:
    path = root / name / "areas.parquet"
    path.write_bytes(flipped(path.read_bytes(), 30))


@pytest.mark.parametrize(
    "how", ["corrupt", "missing", "unreadable pointer", "older", "strange", "no catalog"]
)
def test_a_bad_release_leaves_the_old_one_and_is_told_in_the_log(
    how: str, root: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    old = releases.current()
    other = next(e.release for e in journal.journal(root).entries if e.release != old.id)
    bad = {
        "corrupt": other,
        "missing": "klein-2025-01-00000000",
        "unreadable pointer": "../..",
        "older": other,
        "strange": other,
        "no catalog": candidate(root, 1),
    }[how]
    if how == "corrupt":
        broken(root, bad)
    elif how == "older":
        (root / bad / "manifest.json").write_text('{"format": 2}')
    elif how == "strange":
        (root / bad / "manifest.sig").unlink()
    switch_to(root, bad)
    for _visit in range(3):
        assert releases.current() is old
    [record] = caplog.records
    assert record.levelname == "ERROR"
    assert bad in record.getMessage()
    assert record.getMessage().endswith(f"Gezeigt wird weiter {old.id}.")
    # As soon as the operator has mended it, and the pause is over, the new one is shown.
    monkeypatch.setattr(releases, "_PAUSE", 0.0)
    switch_to(root, old.id)
    assert releases.current() is old


@pytest.mark.parametrize("how", ["missing", "a folder", "too long", "zero byte"])
def test_a_bad_pointer_leaves_the_old_release_and_is_told_once(
    how: str, root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    old, pointer = releases.current(), root / "current"
    pointer.unlink()
    if how == "a folder":
        pointer.mkdir()
    elif how != "missing":
        pointer.write_text({"too long": "a" * 300, "zero byte": "x\0y"}[how])
    for _visit in range(3):
        assert releases.current() is old
    [record] = caplog.records
    assert record.getMessage().endswith(
        f": Der Zeiger auf die Veröffentlichung ist unlesbar. Gezeigt wird weiter {old.id}."
    )


def test_a_pointer_that_cannot_be_read_is_not_said_to_be_missing(root: Path) -> None:
    (root / "current").unlink()
    (root / "current").mkdir()
    assert app_refuses() == "Der Zeiger auf die Veröffentlichung ist unlesbar."


def test_the_name_of_a_release_is_short_enough_for_a_folder() -> None:
    assert [manifest.is_id("a" * length) for length in (0, 1, 100, 101)] == [
        False, True, True, False,
    ]  # fmt: skip


def test_a_folder_that_cannot_be_entered_is_a_clear_sentence(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(_path: Path) -> bool:
        raise PermissionError

    monkeypatch.setattr(Path, "exists", denied)
    monkeypatch.setattr(verification, "signed", denied)
    assert app_refuses() == f"Die Veröffentlichung „{shown(root)}“ ist unvollständig."


def test_a_mended_release_is_shown_without_a_restart(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = releases.current()
    other = next(e.release for e in journal.journal(root).entries if e.release != old.id)
    good = (root / other / "areas.parquet").read_bytes()
    broken(root, other)
    switch_to(root, other)
    assert releases.current() is old
    (root / other / "areas.parquet").write_bytes(good)
    monkeypatch.setattr(releases, "_PAUSE", 0.0)
    assert releases.current().id == other


def test_without_an_old_one_a_bad_release_is_a_clear_sentence(root: Path) -> None:
    switch_to(root, "klein-2025-01-00000000")
    assert app_refuses() == "Die Veröffentlichung „klein-2025-01-00000000“ ist unvollständig."


def test_who_reads_the_old_release_reads_it_to_the_end(root: Path) -> None:
    old = releases.current()
    publishing.rollback(root, "Cem", "Grund")
    new = releases.current()
    assert new.id != old.id
    for one in (old, new):
        found = indicators.values(one, one.catalog.indicators["anteil_u6"])
        assert found.height > 0 and one.table(COUNTS).height > 0
    assert releases.current() is new
    assert releases.recent() == (new, old), "whose map a page may still ask for"


@pytest.fixture
def room() -> Iterator[Callable[[int], None]]:
    """A function that says how long a file may get from now on, until the test ends."""
    resource = pytest.importorskip("resource", reason="Windows has no such limit")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda most: resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def state(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


@pytest.mark.parametrize("most", [0, 1, 100, 500])
def test_a_full_disk_stops_a_build_and_a_withdrawal_and_harms_nothing(
    most: int, tmp_path: Path, room: Callable[[int], None]
) -> None:
    releases_, vault = tmp_path / "releases", tmp_path / "vault"
    first, second = candidate(releases_, 1), candidate(releases_, 2)
    for name in (first, second):
        publishing.publish(releases_, name, "Bert")
    before = state(releases_)
    room(most)
    for action in (
        lambda: candidate(releases_, 3),
        lambda: withdrawing.withdraw(releases_, vault, second, "Cem", "Grund"),
    ):
        with pytest.raises(OSError) as error:
            action()
        assert failures.words(error.value).startswith("Auf dem Datenträger ist kein Platz mehr")
        assert state(releases_) == before
    room(2**30)
    withdrawing.withdraw(releases_, vault, second, "Cem", "Grund")
    assert shown(releases_) == first


@pytest.mark.skipif(not hasattr(os, "seteuid") or os.geteuid() != 0, reason="needs to be root")
def test_a_folder_that_cannot_be_written_keeps_what_is_shown() -> None:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        place.chmod(0o755)
        releases_, vault = place / "releases", place / "vault"
        first, second = candidate(releases_, 1), candidate(releases_, 2)
        publishing.publish(releases_, first, "Bert")
        publishing.publish(releases_, second, "Bert")
        waiting, before = candidate(releases_, 3), state(releases_)
        (vault / "signing.key").chmod(0o644)  # what is to fail is the writing
        nobody = 65534
        os.seteuid(nobody)
        try:
            for action in (
                lambda: candidate(releases_, 4),
                lambda: publishing.publish(releases_, waiting, "Bert"),
                lambda: publishing.rollback(releases_, "Cem", "Grund"),
                lambda: withdrawing.withdraw(releases_, vault, second, "Cem", "Grund"),
            ):
                with pytest.raises(OSError) as error:
                    action()
                assert failures.words(error.value).startswith("Der Zugriff wird verweigert")
        finally:
            os.seteuid(0)
        assert state(releases_) == before


def test_a_clock_that_jumps_changes_no_order(tmp_path: Path) -> None:
    """The log's order is that of its lines; times are only told."""
    root = tmp_path / "releases"
    first, second, third = (candidate(root, value) for value in (1, 2, 3))
    publishing.publish(root, first, "Bert")
    later = replace(
        journal.journal(root).entries[0], time="2031-01-01T00:00:00+00:00", release=second
    )
    journal.append(root, later)
    switch_to(root, second)
    publishing.publish(root, third, "Bert")
    assert journal.journal(root).shown == (first, second, third)
    assert publishing.rollback(root, "Cem", "Grund").release == second
    (root / ".building-new").mkdir()
    os.utime(root / ".building-new", (4e9, 4e9))  # a build of a time that has not come
    candidate(root, 4)
    assert (root / ".building-new").exists()


def test_entries_are_as_they_were_told(tmp_path: Path) -> None:
    """What a later version adds is left out, not in the way."""
    told = Entry("2026-11-25T10:00:00+00:00", "publish", "x", "A", "B", None, "")
    journal.append(tmp_path, told)
    line = json.loads((tmp_path / "log.jsonl").read_bytes())
    (tmp_path / "log.jsonl").write_text(json.dumps({**line, "new": 1}) + "\n")
    assert journal.journal(tmp_path).entries == (told,)


def test_a_table_says_how_many_rows_its_parts_have() -> None:
    rows, schema = manifest.layout(release.tabled(pl.DataFrame({"a": [1, 2], "b": ["x", None]})))
    assert (rows, schema) == (2, {"a": "INT64 None", "b": "BYTE_ARRAY String"})
    for data in (b"", b"PAR1", bytes(100), bomb(100)[:-9]):
        with pytest.raises(ValueError):
            manifest.layout(data)
