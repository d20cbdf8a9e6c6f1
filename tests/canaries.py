"""Searching for what a public release must not hold: the demonstration's internal figures.

A word that stands nowhere else, and sums of money with cents, each in every form in which a
program could have written it down. Whatever is packed is unpacked first.
"""

from __future__ import annotations

import base64
import gzip
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import polars as pl

WORD = "Zaunammer"
FIGURES = "counts/zaunammer_costs.parquet"
_PNG = b"\x89PNG\r\n\x1a\n"


def needles(releases: Path) -> dict[bytes, str]:
    """What to look for, from the internal release in a folder: bytes, and what they mean."""
    release = releases / (releases / "current").read_text(encoding="utf-8").strip()
    found = words(WORD)
    costs = pl.read_parquet(release / FIGURES)
    now = costs.filter(pl.col("period") == costs["period"].max(), pl.col("value").is_not_null())
    # Sums of five digits before the comma: shorter ones could stand anywhere by chance.
    for euro in now["value"]:
        if euro >= 10_000 and euro != round(euro):
            found |= numbers(euro)
    return found


def few(wanted: dict[bytes, str]) -> dict[bytes, str]:
    """The forms in which a process keeps texts and numbers in its memory."""
    return {
        needle: meaning
        for needle, meaning in wanted.items()
        if (meaning.endswith("(utf-8)") and meaning.lower().startswith(WORD.lower()))
        or (meaning.endswith("(float)") and struct.pack("d", float(meaning.split()[0])) == needle)
    }


def words(word: str) -> dict[bytes, str]:
    """A word in three spellings: as UTF-8 and UTF-16, and within any text written as base64."""
    found = {}
    for spelling in (word, word.lower(), word.upper()):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            found[spelling.encode(encoding)] = f"{spelling} ({encoding})"
        for before in range(3):
            # The first characters depend on what stands before, the last on what comes after.
            packed = base64.b64encode(b"\0" * before + spelling.encode())
            sure = packed[(before * 8 + 5) // 6 : (before + len(spelling)) * 8 // 6]
            found[sure] = f"{spelling} (base64, {before} before)"
    return found


def numbers(number: float) -> dict[bytes, str]:
    """A number with two decimals: as a float either way round, and as German or plain text."""
    found = {struct.pack(order + "d", number): f"{number} (float)" for order in "<>"}
    plain = f"{number:.2f}"
    grouped = f"{number:,.2f}".translate(str.maketrans(",.", ".,"))
    spaced = (grouped.replace(".", space) for space in (" ", "\u00a0", "\u202f"))
    for text in (plain, plain.replace(".", ","), grouped, *spaced):
        for encoding in ("utf-8", "utf-16-le"):
            found[text.encode(encoding)] = f"{text} ({encoding})"
    return found


def found(data: bytes, wanted: dict[bytes, str], name: str = "") -> list[str]:
    """What of the wanted stands in the data or in anything packed into it: 'where: what'."""
    return [
        f"{where}: {meaning}"
        for where, plain in unpacked(data, name)
        if _any(plain, wanted)
        for needle, meaning in wanted.items()
        if needle in plain
    ]


def _any(plain: bytes, wanted: Iterable[bytes]) -> bool:
    """Whether any of the wanted stands in the data; all are looked for at once."""
    patterns = [needle.decode("latin-1") for needle in wanted]
    return bool(pl.Series([plain.decode("latin-1")]).str.contains_any(patterns).item())


def found_in(paths: Iterable[Path], wanted: dict[bytes, str]) -> list[str]:
    """The same for files, and for their names."""
    return [
        told
        for path in paths
        for data in (path.name.encode(), path.read_bytes() if path.is_file() else b"")
        for told in found(data, wanted, str(path))
    ]


def found_in_memory(process: int, wanted: dict[bytes, str]) -> list[str]:
    """What of the wanted stands in the memory of a running process of ours (Linux; else [])."""
    maps = Path(f"/proc/{process}/maps")
    if not maps.exists():
        return []
    hits: dict[str, None] = {}
    with Path(f"/proc/{process}/mem").open("rb", 0) as memory:
        for line in maps.read_text().splitlines():
            span, rights, *_ = line.split()
            start, end = (int(place, 16) for place in span.split("-"))
            if not rights.startswith("rw"):
                continue  # what the process was loaded from, and has not written itself
            try:
                memory.seek(start)
                data = memory.read(end - start)
            except (OSError, ValueError, OverflowError):
                continue
            hits |= dict.fromkeys(meaning for needle, meaning in wanted.items() if needle in data)
    return list(hits)


def unpacked(data: bytes, name: str = "") -> Iterator[tuple[str, bytes]]:
    """The data, and what can be unpacked from it: ZIP, gzip, Parquet, texts of a PNG."""
    yield name, data
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for part in archive.namelist():
                yield from unpacked(archive.read(part), f"{name}!{part}")
    elif data.startswith(b"\x1f\x8b"):
        yield from unpacked(gzip.decompress(data), f"{name}!gzip")
    elif data.startswith(b"PAR1"):
        plain = io.BytesIO()
        pl.read_parquet(io.BytesIO(data)).write_ipc(plain, compression="uncompressed")
        yield f"{name}!columns", plain.getvalue()
    elif data.startswith(_PNG):
        yield from ((f"{name}!{kind}", text) for kind, text in _texts(data))


def _texts(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The chunks of a PNG that hold text, unpacked where they are compressed."""
    place = len(_PNG)
    while place < len(data):
        length, kind = struct.unpack(">I4s", data[place : place + 8])
        body = data[place + 8 : place + 8 + length]
        if kind in (b"zTXt", b"iTXt"):
            for start in (m.end() for m in re.finditer(b"\0", body)):
                try:
                    yield kind.decode(), zlib.decompress(body[start:])
                except zlib.error:
                    continue
        place += length + 12
