"""The release the app shows: found by its pointer, verified by its signature, kept by its id."""

from __future__ import annotations

import io
import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import polars as pl

from loaders import audience, verification
from loaders.verification import OutdatedError
from model import formats, manifest, zones
from model.catalog import Catalog
from model.language import _
from model.manifest import CURRENT, MANIFEST, DamagedError
from model.signatures import SignatureError
from model.zones import Zone

ROOT = Path(__file__).parent.parent / "data" / "releases"
_PAUSE = 5.0
"""Seconds after which a release that could not be shown is tried again."""

# First visitors come at once; without it each would get an object, and a cache, of its own.
_loading = threading.Lock()
_shown: dict[Path, tuple[Release, ...]] = {}
"""The last good release of each folder of releases, and behind it the one before."""
_refused: dict[Path, float] = {}
"""When releases were last found to be bad."""
_log = logging.getLogger("quartierspuls")

P = ParamSpec("P")
T = TypeVar("T")
_COUNTS = "counts/"


_Answer = Callable[Concatenate["Release", P], T]


class ReleaseError(Exception):
    """A release is missing, incomplete or not what its manifest says; the text is for people."""


class AudienceMismatch(ReleaseError):
    """The release was made for others than this process serves."""


class WithdrawnError(ReleaseError):
    """The release was withdrawn; the text says when and why."""


@dataclass(frozen=True, eq=False)
class Release:
    """One immutable release. There is one object per id, so it serves as a cache key.

    With the `zones` of a reader it is another object, which knows of them besides; the release
    itself is its `base`.
    """

    folder: Path
    manifest: dict[str, Any]
    catalog: Catalog
    zones: tuple[Zone, ...] = ()
    plain: Release | None = None

    @property
    def base(self) -> Release:
        """The release as it was published, without a reader's zones."""
        return self.plain or self

    @property
    def id(self) -> str:
        """The release id, as it stands in file names and the footer."""
        return str(self.manifest["id"])

    @property
    def internal(self) -> bool:
        """Whether only the city's own offices may see it."""
        return bool(self.manifest["audience"] == "internal")

    @property
    def modelled(self) -> bool:
        """Whether any figure of the release comes from a model."""
        return bool(self.manifest["modelled"])

    def read(self, path: str) -> bytes:
        """The bytes of a file, verified now. Raises ReleaseError if they are not as signed."""
        try:
            return verification.data(self.folder, path, self.manifest)
        except (OSError, DamagedError) as error:
            raise _damaged(path) from error

    def table(self, path: str) -> pl.DataFrame:
        """A table, from verified bytes; counts also of the zones of a reader.

        Raises ReleaseError if they are not as signed.
        """
        found = self._read(path)
        measure = path.removeprefix(_COUNTS).removesuffix(".parquet")
        if path == f"{_COUNTS}{measure}.parquet" and self.catalog.measures[measure].additive:
            return pl.concat([found, zones.summed(found.lazy(), self.zones).collect()])
        return found

    def _read(self, path: str) -> pl.DataFrame:
        data = self.read(path)
        try:
            return pl.read_parquet(io.BytesIO(data))
        # A panic of Polars is no Exception elsewhere; nothing a file does may end a session.
        except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
            raise _damaged(path) from error


@lru_cache(maxsize=64)
def extended(release: Release, made: tuple[Zone, ...]) -> Release:
    """The release for a reader who made zones; the same object for the same zones."""
    return replace(release, zones=made, plain=release) if made else release


def kept(most: int) -> Callable[[Callable[Concatenate[Release, P], T]], _Answer[P, T]]:
    """A cache of `most` answers about releases, to which a reader's zones add nothing."""

    def cached(answer: Callable[Concatenate[Release, P], T]) -> _Answer[P, T]:
        known: Callable[..., T] = lru_cache(most)(answer)

        @wraps(answer)
        def found(release: Release, /, *args: P.args, **kwargs: P.kwargs) -> T:
            return known(release.base, *args, **kwargs)

        return found

    return cached


def root() -> Path:
    """The folder of releases: QUARTIERSPULS_RELEASES, else data/releases."""
    return Path(os.environ.get("QUARTIERSPULS_RELEASES", ROOT))


def current() -> Release:
    """The release the pointer names, or the one shown so far if that one is bad.

    A bad one, or a bad pointer, is told in the log. Raises ReleaseError when there is none to
    show, WithdrawnError when it was withdrawn and nothing is shown instead: then not what was
    shown before it either, for that was rolled back or replaced.
    """
    place = root()
    with _loading:
        so_far = _shown.get(place, ())
        known = [one for one in so_far if not verification.is_withdrawn(one.folder)]
        old = so_far[0] if so_far and so_far[0] in known else None
        pointed = _pointed(place, old)
        while True:
            try:
                found = _next(place, pointed, old)
                _shown[place] = (found, *(one for one in known if one is not found))[:2]
                return found
            except ReleaseError as error:
                before, pointed = pointed, _pointed(place, old)
                if pointed != before:  # it was switched, and perhaps withdrawn, just now
                    continue
                if old is None or isinstance(error, WithdrawnError):
                    raise
                _log.error("%s: %s Gezeigt wird weiter %s.", pointed, error, old.id)
                return old


def recent() -> tuple[Release, ...]:
    """The current release, and the one shown before it, which pages may still be reading.

    Raises ReleaseError as `current` does.
    """
    current()
    return _shown[root()]


@dataclass(frozen=True)
class Withdrawn:
    """A release that was taken back: `day` is a German date, '' where nobody knows it any more."""

    id: str
    day: str
    reason: str


def withdrawn() -> tuple[Withdrawn, ...]:
    """All releases that were withdrawn, sorted by id."""
    there = sorted(root().iterdir()) if root().is_dir() else []
    gone = [path for path in there if manifest.is_id(path.name) and verification.is_withdrawn(path)]
    return tuple(_told(path) for path in gone)


def _told(folder: Path) -> Withdrawn:
    day, reason = verification.tombstone(folder)
    return Withdrawn(folder.name, formats.day(day), reason)


def _pointed(place: Path, old: Release | None) -> str:
    """What stands in the pointer; '' if it is unreadable, or gone after one was shown."""
    try:
        return (place / CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        if old is not None:
            return ""
        raise ReleaseError(
            _(
                "Es ist noch keine Veröffentlichung vorhanden. "
                "Bitte zuerst „python -m prepare build“ und „publish“ ausführen."
            )
        ) from None
    except (OSError, UnicodeDecodeError):
        return ""


def _next(place: Path, name: str, old: Release | None) -> Release:
    """The release of that name, or the old one while a bad one is not tried again."""
    folder, sound = place / name, manifest.is_id(name)
    if sound and verification.is_withdrawn(folder):
        raise _withdrawn(folder)
    if old is not None and time.monotonic() - _refused.get(folder, -_PAUSE) < _PAUSE:
        return old
    try:
        if not sound:
            raise ReleaseError(_("Der Zeiger auf die Veröffentlichung ist unlesbar."))
        return _load(folder)
    except ReleaseError as error:
        if sound and verification.is_withdrawn(folder):
            raise _withdrawn(folder) from error  # while its files were being verified
        _refused[folder] = time.monotonic()
        raise


def opened(folder: Path) -> Release:
    """The release in a folder, whether it is shown or not.

    Raises ReleaseError if it is not one of this audience, is not signed, or is damaged.
    """
    if verification.is_withdrawn(folder):
        raise _withdrawn(folder)
    return _load(folder)


@lru_cache(maxsize=2)
def _load(folder: Path) -> Release:
    if verification.audience(folder) not in (None, audience.served()):
        raise _mismatch(folder)  # whoever wrote it
    try:
        told = verification.signed(folder)
        if told.get("audience") != audience.served():
            raise _mismatch(folder)
        verification.check_files(folder, told)
        catalog = Catalog.model_validate_json(verification.data(folder, "catalog.json", told))
    except OutdatedError as error:
        text = _(
            "Die Veröffentlichung „{name}“ stammt von einer anderen Version dieser "
            "Anwendung. Bitte neu bauen und veröffentlichen."
        )
        raise ReleaseError(text.format(name=folder.name)) from error
    except SignatureError as error:
        text = _(
            "Die Veröffentlichung „{name}“ trägt nicht die Unterschrift der Statistikstelle, oder "
            "deren Schlüssel ist hier nicht hinterlegt ({keys})."
        )
        raise ReleaseError(text.format(name=folder.name, keys=manifest.TRUSTED)) from error
    except DamagedError as error:
        if error.path != MANIFEST:
            raise _damaged(error.path) from error
        raise _incomplete(folder) from error
    except (OSError, ValueError) as error:
        raise _incomplete(folder) from error
    return Release(folder, told, catalog)


def _damaged(path: str) -> ReleaseError:
    text = _("Die Datei „{name}“ der Veröffentlichung ist beschädigt oder gehört nicht zu ihr.")
    return ReleaseError(text.format(name=path))


def _incomplete(folder: Path) -> ReleaseError:
    text = _("Die Veröffentlichung „{name}“ ist unvollständig.")
    return ReleaseError(text.format(name=folder.name))


def _withdrawn(folder: Path) -> WithdrawnError:
    told = _told(folder)
    if not told.day:
        text = _("Die Veröffentlichung „{name}“ wurde zurückgezogen.")
        return WithdrawnError(text.format(name=told.id))
    text = _("Die Veröffentlichung „{name}“ wurde am {day} zurückgezogen. Grund: {reason}")
    return WithdrawnError(text.format(name=told.id, day=told.day, reason=told.reason))


def _mismatch(folder: Path) -> AudienceMismatch:
    if audience.internal():
        text = _(
            "Die Veröffentlichung „{name}“ ist keine interne. Die interne Anwendung zeigt nur "
            "interne; ihr Ordner steht in QUARTIERSPULS_RELEASES."
        )
        return AudienceMismatch(text.format(name=folder.name))
    return AudienceMismatch(  # the public is not told the name of what is not for it
        _(
            "Die Veröffentlichung, auf die der Zeiger weist, ist nicht für die Öffentlichkeit "
            "bestimmt und wird hier nicht gezeigt."
        )
    )
