"""The statistics unit's side of the app: its city folder, and what prepare says of it.

The app never imports prepare. It runs its commands as a person would, as programs of their own.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from loaders import audience, jobs, releases
from loaders.jobs import Job, JobError


@dataclass(frozen=True)
class Expected:
    """One kind of delivery: `pattern` is a glob below the deliveries, `files` are there now."""

    id: str
    title: str
    office: str
    pattern: str
    files: tuple[str, ...]


@dataclass(frozen=True)
class Bench:
    """The city that is worked on: its folder, id and name, and the files it wants delivered."""

    folder: Path
    city: str
    name: str
    expected: tuple[Expected, ...]

    @property
    def deliveries(self) -> Path:
        """The folder of the files as the offices sent them."""
        return self.folder / "deliveries"


@dataclass(frozen=True)
class Candidate:
    """A release that was built and not yet published; `created` is ISO."""

    id: str
    by: str
    created: str


@dataclass(frozen=True)
class Log:
    """What was published when, oldest first, what is shown, and what waits for approval.

    `entries` are as prepare tells them: time, action, release, by, approved_by, previous, note,
    instead, key.
    """

    current: str | None
    entries: tuple[dict[str, Any], ...]
    waiting: tuple[Candidate, ...]


def bench(city: Path) -> Bench:
    """The city and what it expects. Raises JobError, a German sentence, if it is unreadable."""
    return _bench(city, _state(city))


@lru_cache(maxsize=2)
def _bench(city: Path, _as_of: tuple[tuple[str, int, int], ...]) -> Bench:
    told = jobs.start("files", city, "--json").result(wait=True)
    if why := jobs.refusal(told):
        raise JobError(why)
    expected = (Expected(**{**one, "files": tuple(one["files"])}) for one in told["expected"])
    return Bench(city, told["city"], told["title"], tuple(expected))


def check(bench: Bench, deliveries: Path, report: Path) -> Job:
    """Start reading and checking `deliveries`; an HTML report is written on the way."""
    return jobs.start(
        "check", bench.folder, f"--deliveries={deliveries}", f"--releases={releases.root()}",
        f"--audience={audience.served()}", f"--report={report}",
        "--json", "--details", "--progress",
    )  # fmt: skip


def difference(release: str) -> Job:
    """Start comparing a built release with the published one."""
    place = f"--releases={releases.root()}"
    return jobs.start("diff", f"--release={release}", place, "--json", "--details", "--progress")


def build(bench: Bench, deliveries: Path, person: str) -> Job:
    """Start building a release of `deliveries`, not yet published."""
    return jobs.start(
        "build", bench.folder, f"--deliveries={deliveries}", f"--releases={releases.root()}",
        f"--audience={audience.served()}", f"--by={person}", "--json", "--progress",
    )  # fmt: skip


def publish(release: str, person: str, note: str) -> Job:
    """Start publishing a built release, approved by a second person."""
    place = f"--releases={releases.root()}"
    approval = (f"--approved-by={person}", f"--note={note}")
    return jobs.start("publish", release, *approval, place, "--json")


def rollback(release: str, person: str, reason: str) -> Job:
    """Start showing an earlier published release again."""
    place = f"--releases={releases.root()}"
    return jobs.start(
        "rollback", f"--to={release}", f"--by={person}", f"--reason={reason}", place, "--json"
    )


def log(bench: Bench) -> Log:
    """The city's publications and candidates. Raises JobError if the log is unreadable."""
    root = releases.root()
    return _log(bench.city, root, _state(root, below=False)) if root.is_dir() else Log(None, (), ())


@lru_cache(maxsize=2)
def _log(city: str, root: Path, _as_of: tuple[tuple[str, int, int], ...]) -> Log:
    told = jobs.start("log", f"--releases={root}", "--json").result(wait=True)
    made = {name: _manifest(root / name) for name in told["candidates"]}
    waiting = [
        Candidate(name, str(found["built"]["by"]), str(found["created"]))
        for name, found in made.items()
        if found.get("city") == city and "built" in found
    ]
    waiting.sort(key=lambda one: one.created, reverse=True)
    return Log(told["current"], tuple(told["entries"]), tuple(waiting))


def _manifest(release: Path) -> dict[str, Any]:
    try:
        found = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _state(folder: Path, below: bool = True) -> tuple[tuple[str, int, int], ...]:
    """What files are there, with size and time: what was asked before still holds while it does."""
    paths = folder.rglob("*") if below else folder.iterdir()
    facts = ((path, path.stat()) for path in sorted(paths) if path.exists())
    return tuple((str(path), told.st_size, told.st_mtime_ns) for path, told in facts)
