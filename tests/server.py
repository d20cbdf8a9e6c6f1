"""Real servers for the tests: a release built by the command line, the app started on it."""

from __future__ import annotations

import contextlib
import io
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from unittest import mock

from prepare import __main__ as commands

ROOT = Path(__file__).parent.parent
START_SECONDS = 90
COMPLAINTS = ("Traceback", "DeprecationWarning", "deprecated")


def prepare(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """What a command of prepare answers, run within the tests: a process needs seconds to start."""
    told = [sys.executable, *map(str, arguments)]
    out, err = io.StringIO(), io.StringIO()
    with (
        mock.patch.object(sys, "argv", told),
        contextlib.chdir(ROOT),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            commands.main()
        except SystemExit as end:
            code = int(end.code or 0)
    return subprocess.CompletedProcess(told, code, out.getvalue(), err.getvalue())


def built(city: str, releases: Path, *options: str) -> Path:
    """Build and publish a city's release in a folder of releases, as `make run` does; it."""
    place = ("--releases", str(releases))
    made = _prepare("build", f"data/{city}", *place, "--by", "Test", "--json", *options)
    release = json.loads(made)["release"]
    _prepare("publish", release, *place, "--approved-by", "Test, zweite Person")
    return releases


def _prepare(*arguments: str) -> str:
    """What a command of prepare prints; it has to succeed."""
    done = subprocess.run(
        [sys.executable, "-m", "prepare", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


_serving: dict[str, tuple[int, Path]] = {}


def serving(address: str) -> tuple[int, Path]:
    """The process that serves an address, while it runs, and its log."""
    return _serving[address]


@contextmanager
def running(
    releases: Path,
    log: Path,
    settings: Mapping[str, str] = MappingProxyType({}),
    complaints: Collection[str] = COMPLAINTS,
) -> Iterator[str]:
    """Serve a folder of releases on a free port; the address without a slash at the end.

    `settings` are environment variables on top of those of the tests.

    When it stops, one of the `complaints` in its log is a failure.
    """
    port = _free_port()
    address = f"http://localhost:{port}"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", f"--server.port={port}"],
            cwd=ROOT,
            env={
                **os.environ,
                "QUARTIERSPULS_RELEASES": str(releases),
                "PYTHONUTF8": "1",
                **settings,
            },
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(server, address, log)
            _serving[address] = server.pid, log
            yield address
        finally:
            server.terminate()
            server.wait(20)
    said = log.read_text(encoding="utf-8")
    bad = [word for word in complaints if word in said]
    assert not bad, f"The server's log has {bad}:\n{said}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])


def _wait(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    """Return when the server answers; fail with its log when it ends or takes too long."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"The app did not start:\n{log.read_text(encoding='utf-8')}")
