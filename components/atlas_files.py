"""The Sozialatlas of a release as files: the whole book, or the sheets of single districts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from components import atlas, exports
from documents import files
from documents.document import Document, DocumentError
from loaders import profiles, releases
from model.language import _


class AtlasError(Exception):
    """The Sozialatlas cannot be made; the German text says why and what to do."""


@dataclass(frozen=True)
class File:
    """A file that is made: its name, which says what it holds, and its bytes."""

    name: str
    data: bytes


def made(
    folder: Path,
    endings: Sequence[str],
    wanted: Sequence[str] = (),
    progress: Callable[[str, str], None] | None = None,
) -> Iterator[File]:
    """The files of the release in a folder: the sheets of the `wanted` areas, else the whole book.

    Each is put together once and then written with all `endings` out of files.FORMATS. `progress`
    hears what becomes of which chapter: an ending, or nothing as long as it is put together.
    Raises AtlasError.
    """
    try:
        release = releases.opened(folder)
        _check(release, wanted)
        for area in wanted or [""]:
            document = _document(release, area, partial(progress, "") if progress else None)
            for ending in endings:
                told = partial(progress, ending) if progress else None
                written = files.written(ending, document, told)
                yield File(name(release, ending, area), written)
    except (releases.ReleaseError, DocumentError) as error:
        raise AtlasError(str(error)) from error


def _document(
    release: releases.Release, area: str, progress: Callable[[str], None] | None
) -> Document:
    return atlas.district(release, area) if area else atlas.whole(release, progress)


def sheet(release: releases.Release, area: str, ending: str = "pdf") -> bytes:
    """The sheet of a district. Raises KeyError for an area that has no page."""
    return files.written(ending, atlas.district(release, area))


def name(release: releases.Release, ending: str, area: str = "") -> str:
    """The name of a file: what it is, which district, and which release."""
    if not area:
        return f"{exports.named(release.internal, 'sozialatlas', release.id)}.{ending}"
    own = profiles.offered(release)[area]
    parts = ("steckbrief", own.name, release.id)
    return f"{exports.named(release.internal, *parts)}.{ending}"


def _check(release: releases.Release, wanted: Sequence[str]) -> None:
    known = profiles.offered(release)
    if unknown := [area for area in wanted if area not in known]:
        raise AtlasError(
            _(
                "Das Gebiet „{area}“ gibt es in diesem Datenstand nicht. Möglich sind: {known}."
            ).format(
                area=unknown[0],
                known=", ".join(f"{area.id} ({area.name})" for area in known.values()),
            )
        )
