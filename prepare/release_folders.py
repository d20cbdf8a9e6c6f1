"""Folders of releases: one for each audience, and never two audiences in one."""

from __future__ import annotations

import json
from pathlib import Path

from model.catalog import Audience
from model.manifest import MANIFEST, is_id
from prepare.findings import Finding, PreparationError

FOLDERS: dict[Audience, Path] = {
    "public": Path("data/releases"),
    "internal": Path("data/internal/releases"),
}
"""Where the releases for an audience lie unless somebody says otherwise.

Vault, signing key and uploads lie beside the folder, so that nothing of theirs is shared either.
"""


def folder(told: Path, audience: Audience) -> Path:
    """The folder of an audience's releases; that of the public stands for 'nothing told'."""
    return FOLDERS[audience] if told == FOLDERS["public"] else told


def public(releases: Path) -> Path | None:
    """Where public releases lie beside a folder of internal ones, if it is laid out as usual."""
    usual = FOLDERS["internal"]
    if releases.parts[-len(usual.parts) + 1 :] != usual.parts[1:]:
        return None
    return releases.parent.parent / FOLDERS["public"].name


def city(releases: Path, name: str) -> Path:
    """The folder of a city by its id: beside its releases, in data/ for the usual folders."""
    usual = FOLDERS["public"] if releases in FOLDERS.values() else releases
    return usual.parent / name


def option(releases: Path, audience: Audience) -> str:
    """What a command to repeat needs to speak of the same audience and folder of releases."""
    told = "" if audience == "public" else f" --audience {audience}"
    return told if releases == FOLDERS[audience] else f"{told} --releases {releases}"


def refuse_others(releases: Path, audience: str, about: str) -> None:
    """Raise PreparationError if the folder, or one around it, is for another audience.

    It is if it holds a release for another one, or is where those of another one usually lie.
    Links are followed: what counts is where the files would be. Folders around it that may not be
    listed are passed over.
    """
    place = releases.resolve()
    for around in (place, *place.parents):
        try:
            held = _held(around)
        except PermissionError:
            if around == place:
                raise
            held = set()
        others = held | {a for a, own in FOLDERS.items() if own.resolve() == around}
        if others - {audience}:
            other = ", ".join(sorted(others - {audience}))
            raise PreparationError([_refused(about, audience, other, around)])


def _held(releases: Path) -> set[str]:
    """The audiences of all releases in a folder whose manifest can be read."""
    found = set()
    for folder in releases.iterdir() if releases.is_dir() else ():
        try:
            if is_id(folder.name) and (folder / MANIFEST).is_file():
                manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
                found.add(str(manifest["audience"]))
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return found


def _refused(about: str, audience: str, other: str, around: Path) -> Finding:
    return Finding(
        "release_audience",
        about,
        "",
        f'Der Datenstand ist für "{audience}" bestimmt, der Ordner {around} aber für "{other}".',
        "Mit --releases einen eigenen Ordner angeben; Datenstände für verschiedene Leserschaften "
        "liegen nie zusammen.",
    )
