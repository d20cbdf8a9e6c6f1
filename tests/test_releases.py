"""A release that is not what its manifest says is refused with a sentence, never shown."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from loaders import indicators, releases
from prepare import journal, publishing


@pytest.fixture
def folder(minden_releases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "releases"
    shutil.copytree(minden_releases, root)
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(root))
    return root


def refused() -> str:
    with pytest.raises(releases.ReleaseError) as error:
        releases.current()
    return str(error.value)


def release_folder(root: Path) -> Path:
    return root / (root / "current").read_text().strip()


def test_one_flipped_bit_is_refused_and_named(folder: Path) -> None:
    path = release_folder(folder) / "counts" / "residents.parquet"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert "counts/residents.parquet" in refused() and "beschädigt" in refused()


@pytest.mark.parametrize("name", ["manifest.json", "catalog.json", "areas.parquet"])
def test_a_missing_file_is_refused(folder: Path, name: str) -> None:
    (release_folder(folder) / name).unlink()
    assert "unvollständig" in refused()


@pytest.mark.parametrize("pointer", [b"../../etc", b"a b", b"\xff\xfe", b""])
def test_a_bad_pointer_is_refused(folder: Path, pointer: bytes) -> None:
    (folder / "current").write_bytes(pointer)
    assert refused()


def test_no_release_says_what_to_do(folder: Path) -> None:
    (folder / "current").unlink()
    assert "python -m prepare build“ und „publish“" in refused()


def test_a_new_publication_is_shown_at_once_and_the_old_one_still_serves(
    revised_releases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who has opened the old release goes on reading it; the next call gets the new one."""
    root = shutil.copytree(revised_releases, tmp_path / "releases")
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(root))
    second, first = releases.current(), journal.journal(root).entries[0].release
    publishing.rollback(root, "Cem", "Grund")
    now = releases.current()
    assert now.id == first != second.id

    def children(release: releases.Release) -> float:
        """In Au in 2023."""
        found = indicators.values(release, release.catalog.indicators["anteil_u6"])
        rows = found.filter(area="001", period="2023-12-31")
        return float(rows["numerator"].item())

    assert (children(now), children(second)) == (22, 27)
    publishing.publish(root, second.id, "Bert")
    assert releases.current().id == second.id


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("[]", "Unterschrift"),
        ("7", "Unterschrift"),
        ("[" * 100_000, "Unterschrift"),
        ('{"format": 5, "files": []}', "Unterschrift"),
        ('{"format": 2, "files": []}', "anderen Version"),
    ],
    ids=["list", "number", "nested", "no files", "older"],
)
def test_a_manifest_that_is_none_is_refused(folder: Path, text: str, word: str) -> None:
    (release_folder(folder) / "manifest.json").write_text(text)
    assert word in refused()


def test_many_first_visitors_share_one_release(folder: Path) -> None:
    found: list[releases.Release] = []
    threads = [
        threading.Thread(target=lambda: found.append(releases.current())) for _visitor in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 12 and len({id(release) for release in found}) == 1
