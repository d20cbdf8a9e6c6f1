"""A visitor without a browser: speaks Streamlit's websocket protocol and counts what comes back."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Answer:
    """One run of a page: milliseconds until the script had finished, and what came.

    `received` are the bytes of the messages, `wired` those on the wire, compressed.
    """

    milliseconds: float
    received: int
    wired: int
    failed: bool


@contextmanager
def server(script: Path, releases: Path) -> Iterator[int]:
    """A Streamlit server on a free port, with the given releases; yields the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)],
        cwd=ROOT,
        env={**os.environ, "QUARTIERSPULS_RELEASES": str(releases), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
    )
    try:
        _await_health(port)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _await_health(port: int) -> None:
    for _attempt in range(240):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1)
            return
        except OSError:
            time.sleep(0.25)
    raise TimeoutError("server did not start")


@contextmanager
def visit(port: int, seen: Callable[[bytes], None] = lambda frame: None) -> Iterator[Visitor]:
    """One session of the app on that port of this machine; every frame is shown to `seen`."""
    wire = _Wire()
    wire.connect(("127.0.0.1", port))
    with connect(
        f"ws://localhost:{port}/_stcore/stream",
        sock=wire,
        subprotocols=[Subprotocol("streamlit")],
        max_size=None,
        origin=Origin(f"http://localhost:{port}"),
    ) as socket:
        yield Visitor(socket, wire, seen)


class _Wire(socket.socket):
    """A connection that counts the bytes it receives."""

    def __init__(self) -> None:
        super().__init__()
        self.received = 0

    def recv(self, size: int, flags: int = 0, /) -> bytes:
        data = super().recv(size, flags)
        self.received += len(data)
        return data


class Visitor:
    """One session of a running app."""

    def __init__(
        self, socket: ClientConnection, wire: _Wire, seen: Callable[[bytes], None]
    ) -> None:
        self.socket, self.wire, self.seen = socket, wire, seen
        self.page, self.page_hash = "", ""

    def look(self, page: str, query: str) -> Answer:
        """Ask for a page with a query and wait until its script has finished."""
        message = BackMsg()
        message.rerun_script.query_string = query
        if page == self.page:
            message.rerun_script.page_script_hash = self.page_hash
        else:
            message.rerun_script.page_name = page
        self.page = page
        start, before = time.perf_counter(), self.wire.received
        self.socket.send(message.SerializeToString())
        received, failed = 0, False
        while True:
            told = self.socket.recv(timeout=60)
            frame = told if isinstance(told, bytes) else told.encode()
            received += len(frame)
            self.seen(frame)
            answer = ForwardMsg()
            answer.ParseFromString(frame)
            kind = answer.WhichOneof("type")
            if kind == "navigation":
                self.page_hash = answer.navigation.page_script_hash
            elif kind == "delta":
                element = answer.delta.new_element
                failed |= element.WhichOneof("type") == "exception" or (
                    element.alert.format == Alert.ERROR
                )
            elif kind == "script_finished":
                wired = self.wire.received - before
                return Answer(1000 * (time.perf_counter() - start), received, wired, failed)
