"""The Sozialatlas as files, made by a program of its own beside the app and kept by release.

Only one is made at a time, whoever asks for it, so that nobody can overload the server.
"""

from __future__ import annotations

import threading
from pathlib import Path
from tempfile import TemporaryDirectory

from loaders import jobs
from loaders.audience import served
from loaders.jobs import Job, JobError
from loaders.releases import Release

_MOST = 2
"""Releases whose files are kept: the one shown, and the one before it."""

_asking = threading.Lock()
_jobs: dict[tuple[Path, str], tuple[Job, TemporaryDirectory[str]]] = {}
_kept: dict[tuple[Path, str], Path] = {}


def begin(release: Release, ending: str) -> bool:
    """Start making the file of a kind unless it is there or being made.

    False while another one is being made.
    """
    key = (release.folder, ending)
    with _asking:
        if key in _kept or _running(key):
            return True
        if any(job.running for job, _place in _jobs.values()):
            return False
        place = TemporaryDirectory(prefix="quartierspuls-atlas-")
        job = jobs.start(
            "report",
            release.id,
            *("--out", place.name),
            *("--format", ending),
            *("--releases", release.folder.parent),
            *("--audience", served()),
            *("--json", "--progress"),
        )
        _jobs[key] = job, place
        return True


def stage(release: Release, ending: str) -> str | None:
    """What is being made at this moment, '' at the beginning; None while nothing is."""
    found = _jobs.get((release.folder, ending))
    if found is None or not found[0].running:
        return None
    return next(reversed(found[0].stages), "")


def file(release: Release, ending: str) -> Path | None:
    """The file, once it is made. Raises JobError, once, if it could not be made."""
    key = (release.folder, ending)
    with _asking:
        if key in _kept:
            return _kept[key]
        if key not in _jobs or _running(key):
            return None
        job, place = _jobs[key]
        try:
            told = job.result()
            if "files" not in told:
                raise JobError(jobs.refusal(told))
        except JobError:
            del _jobs[key]
            place.cleanup()
            raise
        _kept[key] = Path(told["files"][0])
        _forget()
        return _kept[key]


def _running(key: tuple[Path, str]) -> bool:
    return key in _jobs and _jobs[key][0].running


def _forget() -> None:
    """Let the files of older releases go."""
    folders = list(dict.fromkeys(folder for folder, _ending in _kept))
    for key in [key for key in _kept if key[0] not in folders[-_MOST:]]:
        del _kept[key]
        _jobs.pop(key)[1].cleanup()
