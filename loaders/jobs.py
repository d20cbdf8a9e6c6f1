"""Commands of prepare run as programs of their own, watched while they run."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from model.language import _

ROOT = Path(__file__).parent.parent
LIMIT = 900.0
"""Seconds after which a command is ended."""
_STAGE = re.compile(r"^\d+,\d s  (.+)$", re.MULTILINE)
_IMPOSSIBLE = "Nicht ausführbar: "
_READ = 0, 1


class JobError(Exception):
    """A command could not run, was ended, or refused; the text is a German sentence."""


@dataclass(frozen=True, eq=False)
class Job:
    """A command that runs, or ran: what it says goes to files in a folder of its own."""

    process: subprocess.Popen[bytes]
    place: tempfile.TemporaryDirectory[str]
    limit: threading.Timer
    ended: list[str] = field(default_factory=list)

    @property
    def running(self) -> bool:
        """Whether it has not ended yet."""
        return self.process.poll() is None

    @property
    def stages(self) -> list[str]:
        """What it has been doing so far: 'Lieferungen lesen: a.csv', the current one last."""
        return _STAGE.findall(self._said("stderr"))

    def stop(self) -> None:
        """End it before it is done."""
        self.ended.append(_("Der Vorgang wurde abgebrochen."))
        self.process.kill()

    def result(self, wait: bool = False) -> dict[str, Any]:
        """The JSON it printed, also where it found errors in the deliveries.

        Raises JobError if it printed none: it could not run, crashed, or was ended.
        """
        if wait:
            self.process.wait()
        self.limit.cancel()
        if self.ended:
            raise JobError(self.ended[0])
        said = self._said("stdout")
        try:
            told = json.loads(said) if self.process.returncode in _READ else None
        except ValueError:
            told = None
        if not isinstance(told, dict):
            raise JobError(self._why())
        return told

    def _why(self) -> str:
        said = self._said("stderr").strip()
        if self.process.returncode == 2 and _IMPOSSIBLE in said:
            return said.rpartition(_IMPOSSIBLE)[2]
        return _(
            "Das Programm hat unerwartet aufgehört (Ende mit {code}). Bitte wiederholen; bleibt es "
            "dabei, denselben Schritt in der Befehlszeile ausführen."
        ).format(code=self.process.returncode)

    def _said(self, channel: str) -> str:
        path = Path(self.place.name) / channel
        return path.read_text(encoding="utf-8", errors="replace")


def start(command: str, *arguments: str | Path) -> Job:
    """Start `python -m prepare`; never through a shell, so that no text can become a command."""
    place = tempfile.TemporaryDirectory(prefix="quartierspuls-")
    folder = Path(place.name)
    with (folder / "stdout").open("wb") as out, (folder / "stderr").open("wb") as err:
        process = subprocess.Popen(
            [sys.executable, "-m", "prepare", command, *map(str, arguments)],
            cwd=ROOT,
            env={**os.environ, "PYTHONUTF8": "1"},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
        )
    ended: list[str] = []

    def end() -> None:
        ended.append(_("Der Vorgang dauerte zu lange und wurde beendet."))
        process.kill()

    limit = threading.Timer(LIMIT, end)
    limit.daemon = True
    limit.start()
    return Job(process, place, limit, ended)


def refusal(told: dict[str, Any]) -> str:
    """Why a command did nothing, from the findings it printed; empty if it did its work."""
    wrong = [one for one in told.get("findings", ()) if one["grade"] == "error"]
    return " ".join(str(one["message"]) for one in wrong)
