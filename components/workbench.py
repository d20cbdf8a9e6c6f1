"""The workbench's state in a session: what was uploaded, checked, built, and what runs now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from typing import Any

import streamlit as st
from streamlit import config

from components import access, layout
from loaders import jobs, staging
from loaders.jobs import Job, JobError
from loaders.staging import Stage, StagingError
from loaders.workbench import Bench
from model.language import _

_PAUSE = 0.5
_STAGES = 12
"""Steps a command tells besides the files it reads, for the length of the bar."""


@dataclass
class Running:
    """A command that runs: in which step of the page, and what to do with what it tells."""

    step: str
    job: Job
    then: Callable[[dict[str, Any]], None]
    steps: int


@dataclass
class State:
    """What a session of the workbench remembers between clicks.

    `checked` is what check told of `stage`, which was made of `uploads` (their ids); `compared`
    what diff told, by release; `said` the last message of each step, with whether it is good.
    """

    uploads: tuple[str, ...] = ()
    stage: Stage | None = None
    checked: dict[str, Any] | None = None
    report: bytes | None = None
    compared: dict[str, dict[str, Any]] = field(default_factory=dict)
    built: str | None = None
    running: Running | None = None
    said: dict[str, tuple[bool, str]] = field(default_factory=dict)
    round: int = 0

    @property
    def wrong(self) -> bool:
        """Whether what was checked has errors, or nothing was checked."""
        return self.checked is None or bool(self.checked["counts"]["error"])

    def over(self) -> None:
        """Begin anew: uploads and what was found in them are done with."""
        self.uploads, self.stage, self.checked, self.built = (), None, None, None
        self.round += 1


def state() -> State:
    """The session's state."""
    found: State = st.session_state.setdefault("werkbank", State())
    return found


def is_local() -> bool:
    """Whether the server answers this computer only; the workbench knows no passwords."""
    return config.get_option("server.address") in access.LOCAL


def run(step: str, job: Job, then: Callable[[dict[str, Any]], None], files: int = 0) -> None:
    """Watch a command that was started by a step; `then` gets what it tells once it is done."""
    now = state()
    now.said.pop(step, None)
    now.running = Running(step, job, then, files + _STAGES)


def settle() -> None:
    """Take in what a command told that has ended since."""
    now = state()
    if now.running is None or now.running.job.running:
        return
    done, now.running = now.running, None
    try:
        told = done.job.result()
        if "counts" not in told and (why := jobs.refusal(told)):
            raise JobError(why)
        done.then(told)
    except (JobError, StagingError) as error:
        now.said[done.step] = (False, str(error))


def said(step: str) -> None:
    """What a step has to say: how far its command is, or how it ended."""
    now = state()
    if now.running is not None and now.running.step == step:
        _watched()
    elif step in now.said:
        good, text = now.said[step]
        (st.success if good else st.error)(layout.literal(text))


@st.fragment(run_every=_PAUSE)
def _watched() -> None:
    running = state().running
    if running is None or not running.job.running:
        st.rerun()
    stages = running.job.stages
    share = min(len(stages) / running.steps, 0.95)
    bar, stop = st.columns([5, 1], vertical_alignment="bottom")
    bar.progress(share, text=layout.literal(stages[-1] if stages else _("Das Programm startet …")))
    if stop.button(_("Abbrechen"), key="werkbank abbrechen", width="stretch"):
        running.job.stop()


def busy() -> bool:
    """Whether a command runs, so that no second one may start."""
    return state().running is not None


def quiet(text: str) -> None:
    """A line that explains."""
    st.html(f'<p class="qp-missing">{escape(text)}</p>')


def arrived(bench: Bench) -> int:
    """How many files a check will read."""
    return len({file for one in bench.expected for file in one.files}) + len(state().uploads)


def dropped() -> None:
    """Forget what was found in uploads that are others now."""
    now = state()
    if now.stage is not None and now.built is None:
        staging.remove(now.stage)
    now.stage, now.checked, now.built = None, None, None
    for step in ("pruefen", "bauen"):
        now.said.pop(step, None)
