"""The search for canaries finds them in every form it claims to know, and nothing else."""

from __future__ import annotations

import base64
import gzip
import io
import struct
import zipfile

import polars as pl
import pytest

import canaries

WANTED = canaries.words("Zaunammer") | canaries.numbers(21_934.57)


def zipped(text: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sheet1.xml", text)
    return target.getvalue()


def parquet(**columns: list[str] | list[float]) -> bytes:
    target = io.BytesIO()
    pl.DataFrame(columns).write_parquet(target, compression="zstd")
    return target.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"im Projekt Zaunammer",
        "ZAUNAMMER".encode("utf-16"),
        b"/zaunammer?x=1",
        *(base64.b64encode(b"a" * before + b"Zaunammer und mehr") for before in range(5)),
        b"21.934,57 Euro",
        b"21934,57",
        b'{"value": 21934.57}',
        "21\u00a0934,57".encode("utf-16-le"),
        struct.pack("<d", 21934.57),
        struct.pack(">d", 21934.57),
        gzip.compress(b"zaunammer"),
        zipped("<v>21934.57</v>"),
        zipped("Zaunammer"),
        parquet(value=[1.0, 21934.57]),
        parquet(title=["a", "Zaunammer"] * 500),
    ],
    ids=lambda data: str(len(data)),  # what is packed carries the time
)  # fmt: skip
def test_a_canary_is_found_however_it_is_written(data: bytes) -> None:
    assert canaries.found(data, WANTED)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Goldammer, 21.934,75 Euro",
        b"Zaun am Meer",
        base64.b64encode(b"Goldammer und mehr"),
        parquet(value=[21934.58], title=["Zaun"]),
        zipped("<v>2193457</v>"),
    ],
    ids=lambda data: str(len(data)),
)
def test_nothing_else_is_found(data: bytes) -> None:
    assert canaries.found(data, WANTED) == []
