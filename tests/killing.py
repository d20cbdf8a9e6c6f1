"""A program that kills another one while it builds, publishes, rolls back and withdraws.

`python tests/killing.py FOLDER CATALOG KILLS SEED` prints what it found as JSON. The killed one is
a fork, for to start Python anew takes longer than all it does; it touches no Polars, whose threads
do not survive a fork. What a kill leaves is judged by this module's own reading, not prepare's.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

sys.path.insert(0, str(Path(__file__).parents[1]))

from prepare import publishing, release, withdrawing
from prepare.findings import PreparationError

START = "0" * 64
LONGEST = 0.03
"""Seconds of computing after which the writer is killed at the latest: several rounds."""


def publish(folder: Path, catalog: str, number: int) -> None:
    """Build and publish a release with a number in two of its files."""
    texts = {"catalog.json": catalog, "a.json": str(number), "b/c.json": str(number)}
    content = release.Content("x", "2025-01", "public", {}, texts, ("2024", "2024"), False, {})
    name = release.write(content, folder / "releases", release.Made("Anna")).path.name
    publishing.publish(folder / "releases", name, "Bert")


def write_forever(folder: Path, catalog: str, number: int, seed: int) -> None:
    """Build, publish, and now and then roll back or withdraw, until killed."""
    chance = random.Random(seed)
    releases, vault = folder / "releases", folder / "vault"
    while True:
        number += 1
        publish(folder, catalog, number)
        with contextlib.suppress(PreparationError):
            if chance.random() < 0.3:
                publishing.rollback(releases, "Cem", "Grund")
            if chance.random() < 0.5:
                shown = (releases / "current").read_text("utf-8")
                withdrawing.withdraw(releases, vault, shown, "Cem", "Grund")


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def state(folder: Path) -> str:
    """What a release is now: whole or withdrawn; AssertionError if it is neither."""
    if (folder / "withdrawn.json").exists():
        assert json.loads((folder / "withdrawn.json").read_text("utf-8"))["reason"] == "Grund"
        kept = folder.parents[1] / "vault" / "withdrawn" / folder.name
        assert state(kept) == "whole"
        return "withdrawn"
    data = (folder / "manifest.json").read_bytes()
    _method, _id, key, signature = (folder / "manifest.sig").read_text("ascii").split()
    Ed25519PublicKey.from_public_bytes(base64.b64decode(key)).verify(
        base64.b64decode(signature), data
    )
    told = json.loads(data)
    assert told["id"] == folder.name
    for path, entry in told["files"].items():
        assert digest((folder / path).read_bytes()) == entry["sha256"]
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert there == {*told["files"], "manifest.json", "manifest.sig"}
    return "whole"


def chained(path: Path) -> list[dict[str, Any]]:
    """The lines of the log, none torn, each with the hash of the one before."""
    before, found = START, []
    for line in path.read_bytes().splitlines():
        told = json.loads(line)
        assert told["before"] == before
        before = digest(line)
        found.append(told)
    return found


def judged(releases: Path, known: set[str]) -> bool:
    """Whether after a kill the log is one ahead of the pointer.

    AssertionError if what is there is not the old state or the new one: what is shown, what was
    switched last, and all releases that are not `known` yet.
    """
    there = {path.name for path in releases.glob("x-*")}
    log = chained(releases / "log.jsonl") if (releases / "log.jsonl").exists() else []
    for name in (there - known) | {line["release"] for line in log[-3:]}:
        state(releases / name)
    known |= there
    if not (releases / "current").exists():
        assert len(log) <= 1
        return False
    shown, last = (releases / "current").read_text("utf-8"), log[-1]
    after = last["release"] if last["action"] != "withdraw" else last.get("instead")
    gone = {line["release"] for line in log if line["action"] == "withdraw"}
    before = last["previous"] or (shown if shown in gone else None)
    assert shown in (after, before), "the log is one ahead of the pointer at most"
    # The tombstone comes after the switch, or is the switch where nothing is shown instead.
    assert state(releases / shown) == "whole" or after is None
    return bool(shown != after)


def wait(child: int, seconds: float) -> None:
    """Return when the child has computed for so long, however busy the machine is."""
    told = Path(f"/proc/{child}/schedstat")  # nanoseconds on a processor come first
    if not told.exists():
        time.sleep(seconds)
        return
    while int(told.read_text().split()[0]) < seconds * 1e9:
        time.sleep(0.0005)


def kills(folder: Path, catalog: str, times: int, seed: int) -> dict[str, Any]:
    """Kill the writer at random moments; how often what was found after it."""
    chance, releases = random.Random(seed), folder / "releases"
    releases.mkdir()
    with tempfile.TemporaryDirectory() as apart:  # what is slow the first time is slow once only
        publish(Path(apart), catalog, 0)
    known: set[str] = set()
    ahead = 0
    for one in range(times):
        child = os.fork()
        if not child:
            try:
                write_forever(folder, catalog, one * 1000, seed + one)
            finally:
                os._exit(1)  # only an error ends it by itself
        wait(child, chance.random() * LONGEST)
        ended, code = os.waitpid(child, os.WNOHANG)
        assert ended == 0, f"the writer ended by itself: {code}"
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        ahead += judged(releases, known)
    left = withdrawing.unfinished(releases)
    for name in left:
        withdrawing.withdraw(releases, folder / "vault", name, "Cem", "Grund")
    judged(releases, set())
    return {
        "kills": times,
        "ahead": ahead,
        "unfinished": len(left),
        "left": withdrawing.unfinished(releases),
        "states": Counter(state(releases / name) for name in known),
        "aside": len([*releases.glob(".building-*")]),
        "actions": Counter(line["action"] for line in chained(releases / "log.jsonl")),
    }


if __name__ == "__main__":
    place, text, times, seed = sys.argv[1:]
    print(json.dumps(kills(Path(place), Path(text).read_text("utf-8"), int(times), int(seed))))
