"""Killed at any time, while readers read: the old state or the new one, never a mixed one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import small_city
from loaders import releases
from prepare import catalog as catalogs

KILLS = 150
ROOT = Path(__file__).parents[1]


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: a kill does not care, and flushing costs nothing."""
    memory = Path("/dev/shm")
    place = memory if os.access(memory, os.W_OK) else tmp_path
    with tempfile.TemporaryDirectory(dir=place) as folder:
        yield Path(folder)


def read(found: Counter[str]) -> None:
    """One visit: the release, then two of its files, which hold the same number."""
    try:
        release = releases.current()
    except releases.WithdrawnError:
        found["withdrawn"] += 1
        return
    except releases.ReleaseError as error:
        found["none yet" if "noch keine" in str(error) else f"refused: {error}"] += 1
        return
    try:
        numbers = {release.read("a.json"), release.read("b/c.json")}
    except releases.ReleaseError as error:
        gone = (release.folder / "withdrawn.json").exists()
        found["gone while read" if gone else f"unreadable: {error}"] += 1
        return
    found["whole" if len(numbers) == 1 else "mixed"] += 1


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is a signal of Unix")
def test_killed_at_any_time_the_old_release_is_shown_or_the_new_one(
    tmp_path: Path, quick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """150 kills of a program that builds, publishes, rolls back and withdraws without end."""
    city = small_city.write(tmp_path)
    catalog = tmp_path / "catalog.json"
    catalog.write_text(catalogs.catalog(city).model_dump_json(), encoding="utf-8")
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(quick / "releases"))
    command = [sys.executable, "tests/killing.py", quick, catalog, str(KILLS), "7"]
    found: Counter[str] = Counter()
    with subprocess.Popen(
        [*map(str, command)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        while process.poll() is None:
            read(found)
            time.sleep(0.001)  # leave something for the writer
        assert process.stdout is not None and process.stderr is not None
        said, complained = process.stdout.read(), process.stderr.read()
    assert process.returncode == 0, complained
    told = json.loads(said)
    print(found, told)
    assert told["kills"] == KILLS
    assert told["left"] == []
    assert set(told["actions"]) == {"publish", "rollback", "withdraw"}
    assert set(found) <= {"whole", "none yet", "withdrawn", "gone while read"}
    assert found["whole"] > 100
