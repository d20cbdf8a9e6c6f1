"""Frames that hold more than they show, and a search for it in bytes, packed or not."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import polars as pl
import pyarrow as pa

NUMBER, COUNT, TEXT = 987654321.125, 7777777777, "Geheim-4711-Wall"
"""What nobody may find: never the value of a cell that is shown."""
SEEN = "Sichtbar-4711-Tal"
PLANTED = (struct.pack("<d", NUMBER), struct.pack("<q", COUNT), TEXT.encode())
_ZSTD = b"\x28\xb5\x2f\xfd"


def masked() -> pl.DataFrame:
    """Three columns whose second row is null, with what stood there still in memory."""
    open_ = pl.DataFrame({"s": [SEEN, TEXT], "v": [1.0, NUMBER], "n": [1, COUNT]})
    return open_.with_columns(pl.when(pl.col("s") == SEEN).then(pl.all()))


def frames() -> dict[str, pl.DataFrame]:
    """Frames by the way they hide what they hold; each shows SEEN and none of the planted."""
    both = pl.DataFrame({"s": [SEEN, TEXT], "v": [1.0, NUMBER], "n": [1, COUNT]})
    labels = pl.Enum([SEEN, TEXT])
    dictionary = pa.table({"s": pa.array([SEEN, TEXT]).dictionary_encode(), "v": [1.0, NUMBER]})
    return {
        "masked": masked(),
        "sliced": both.head(1),
        "tail": both.reverse().tail(1),
        "filtered": both.filter(s=SEEN),
        "enum": pl.DataFrame({"s": [SEEN]}, schema={"s": labels}),
        "masked enum": pl.DataFrame({"s": [SEEN, TEXT]}, schema={"s": labels}).select(
            pl.when(pl.col("s") == SEEN).then(pl.col("s"))
        ),
        "categorical": both.select(pl.col("s").cast(pl.Categorical)).head(1),
        "arrow slice": pl.DataFrame(pl.from_arrow(dictionary.slice(0, 1))),
        "ipc": pl.read_ipc(io.BytesIO(ipc(masked()))),
        "arrow masked": pl.DataFrame(pl.from_arrow(_masked_arrow())),
    }


def _masked_arrow() -> pa.Table:
    """An Arrow table, made by hand, whose second number is null above a value."""
    values = pa.py_buffer(struct.pack("<dd", 1.0, NUMBER))
    column = pa.Array.from_buffers(pa.float64(), 2, [pa.py_buffer(b"\x01"), values])
    return pa.table({"s": [SEEN, SEEN], "v": column})


def ipc(frame: pl.DataFrame) -> bytes:
    """The frame as it would go to a browser: an Arrow IPC file."""
    file = io.BytesIO()
    frame.write_ipc(file, compression="uncompressed")
    return file.getvalue()


def unpacked(data: bytes) -> bytes:
    """The bytes, and behind them everything that can be unpacked from some place in them."""
    found, start = [data], data.find(_ZSTD)
    while start >= 0:
        stream = pa.CompressedInputStream(pa.py_buffer(data[start:]), "zstd")
        found.append(_read(stream))
        start = data.find(_ZSTD, start + 1)
    return b"\n".join(found)


def _read(stream: pa.NativeFile) -> bytes:
    """What comes out until the packed part ends and something else follows."""
    found = b""
    try:
        while part := stream.read(64):
            found += part
    except OSError:
        pass
    return found


def planted(folder: Path) -> list[str]:
    """The files below a folder that hold something planted, packed or not."""
    return [
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and holds(path.read_bytes())
    ]


def holds(data: bytes) -> bool:
    """Whether something planted is in the data, packed or not."""
    everything = unpacked(data)
    return any(one in everything for one in PLANTED)
