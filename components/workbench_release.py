"""Steps 4 and 5 of the workbench: build a candidate, have a second person approve, go back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import streamlit as st

from components import tables, workbench, workbench_changes
from loaders import staging
from loaders import workbench as benches
from loaders.workbench import Bench, Candidate, Log
from model.language import _

_NAME = 80
_TEXT = 300


def build(bench: Bench) -> None:
    """The first person's name and the button that builds what was checked."""
    now = workbench.state()
    ready = not now.wrong and now.stage is not None
    if not ready:
        workbench.quiet(_("Gebaut wird, was geprüft ist und keinen Fehler hat."))
    with st.form("werkbank bauen", border=False):
        name, button = st.columns([2.2, 1, 1.6], vertical_alignment="bottom")[:2]
        person = name.text_input(
            _("Wer baut? Vor- und Nachname"), key="werkbank baut", max_chars=_NAME
        )
        pressed = button.form_submit_button(
            _("Datenstand bauen"), disabled=not ready or workbench.busy(), width="stretch"
        )
    if pressed and ready:
        _build(bench, person)
        st.rerun()
    workbench.said("bauen")


def _build(bench: Bench, person: str) -> None:
    now = workbench.state()
    stage = now.stage
    assert stage is not None, "only what was checked is built"

    def then(told: dict[str, Any]) -> None:
        release = str(told["release"])
        if told["shown"]:
            text = _("Nichts Neues: Der Datenstand {release} gilt schon.")
            now.said["bauen"] = (True, text.format(release=release))
            return
        staging.built(stage, release)
        now.built = release
        st.session_state["werkbank datenstand"] = release
        text = _(
            "Gebaut: {release}, von {person}. Noch gilt er nicht; eine zweite Person gibt ihn frei."
        )
        now.said["bauen"] = (True, text.format(release=release, person=told["by"]))

    job = benches.build(bench, stage.deliveries, person)
    workbench.run("bauen", job, then, workbench.arrived(bench))


def approve(bench: Bench, log: Log) -> None:
    """The releases that wait, what they change, and the second person's name."""
    now = workbench.state()
    if not log.waiting:
        workbench.quiet(_("Es wartet kein Datenstand auf eine Freigabe."))
        workbench.said("freigeben")
        return
    waiting = {one.id: one for one in log.waiting}
    if st.session_state.get("werkbank datenstand") not in waiting:
        st.session_state["werkbank datenstand"] = log.waiting[0].id
    left, right = st.columns([2.2, 1, 1.6], vertical_alignment="bottom")[:2]
    release = left.selectbox(
        _("Datenstand, der auf Freigabe wartet"),
        list(waiting),
        format_func=lambda one: _candidate(waiting[one]),
        key="werkbank datenstand",
    )
    if release == now.built:
        with right:
            workbench.quiet(_("Was er ändert, steht unter 3."))
    elif right.button(
        _("Unterschiede zeigen"),
        key="werkbank vergleichen",
        disabled=workbench.busy(),
        width="stretch",
    ):
        workbench.run(
            "freigeben",
            benches.difference(release),
            lambda told: now.compared.update({release: told}),
        )
        st.rerun()
    if release in now.compared:
        against = _("Was {new} gegenüber {release} ändert").replace("{new}", release)
        workbench_changes.show(f"werkbank {release}", now.compared[release], against)
    with st.form("werkbank freigeben", border=False):
        name, note, button = st.columns([3, 3, 1.6], vertical_alignment="bottom")
        person = name.text_input(
            _("Wer gibt frei? Eine zweite Person"), key="werkbank zweite", max_chars=_NAME
        )
        remark = note.text_input(
            _("Bemerkung für das Protokoll"), key="werkbank bemerkung", max_chars=_TEXT
        )
        pressed = button.form_submit_button(
            _("Freigeben und veröffentlichen"),
            type="primary",
            disabled=workbench.busy(),
            width="stretch",
        )
    if pressed:
        _publish(bench, release, person, remark)
        st.rerun()
    workbench.said("freigeben")


def _publish(bench: Bench, release: str, person: str, remark: str) -> None:
    now = workbench.state()

    def then(told: dict[str, Any]) -> None:
        moved = staging.file_away(release, bench)
        lines = [_("{release} gilt jetzt; die Anwendung zeigt ihn ab sofort.")]
        if moved:
            lines.append(_("Abgelegt unter den Lieferungen: {files}."))
        text = " ".join([*lines, told["remark"]]).strip()
        now.said.clear()
        now.said["freigeben"] = (True, text.format(release=release, files=", ".join(moved)))
        now.over()

    workbench.run("freigeben", benches.publish(release, person, remark), then)


def _candidate(one: Candidate) -> str:
    told = _("{release}, gebaut {when} von {person}")
    return told.format(release=one.id, when=_moment(one.created), person=one.by)


def history(bench: Bench, log: Log) -> None:
    """What was published when, by whom; and the way back."""
    if not log.entries:
        workbench.quiet(_("Es wurde noch nichts veröffentlicht."))
        return
    tables.plain("werkbank protokoll", _logged(log))
    earlier = _earlier(log)
    if not earlier:
        workbench.said("zurueck")
        return
    with st.expander(_("Einen früheren Datenstand wieder gelten lassen")):
        _rollback(earlier)
    workbench.said("zurueck")


def _rollback(earlier: list[str]) -> None:
    now = workbench.state()
    with st.form("werkbank zurueck", border=False):
        columns = st.columns([2, 2, 3, 1.6], vertical_alignment="bottom")
        release = columns[0].selectbox(_("Zurück auf"), earlier, key="werkbank auf")
        person = columns[1].text_input(
            _("Wer nimmt zurück?"), key="werkbank nimmt", max_chars=_NAME
        )
        reason = columns[2].text_input(_("Warum?"), key="werkbank grund", max_chars=_TEXT)
        pressed = columns[3].form_submit_button(
            _("Zurücknehmen"), disabled=workbench.busy(), width="stretch"
        )
    if pressed:

        def then(told: dict[str, Any]) -> None:
            now.compared.clear()
            text = _("{release} gilt wieder; die Anwendung zeigt ihn ab sofort.")
            now.said["zurueck"] = (True, text.format(release=told["release"]))

        workbench.run("zurueck", benches.rollback(release, person, reason), then)
        st.rerun()


def _earlier(log: Log) -> list[str]:
    """Releases that were published before and can be shown again, the last one first."""
    published = [e["release"] for e in reversed(log.entries) if e["action"] == "publish"]
    gone = {e["release"] for e in log.entries if e["action"] == "withdraw"}
    return [one for one in dict.fromkeys(published) if one != log.current and one not in gone]


def _logged(log: Log) -> dict[str, Any]:
    actions = {
        "publish": _("veröffentlicht"),
        "rollback": _("zurückgenommen auf"),
        "withdraw": _("zurückgezogen"),
    }
    rows = []
    for entry in reversed(log.entries):
        texts = [
            _moment(entry["time"]),
            actions[entry["action"]],
            entry["release"] + (_(" (gilt)") if entry["release"] == log.current else ""),
            entry["by"],
            entry["approved_by"] or "–",
            entry["note"] or "–",
        ]
        rows.append({"id": "", "cells": texts, "sort": [entry["time"], *texts[1:]]})
    heads = (
        _("Zeit"),
        _("Vorgang"),
        _("Datenstand"),
        _("gebaut, zurückgenommen oder zurückgezogen von"),
        _("freigegeben von"),
        _("Bemerkung"),
    )
    return {
        "caption": _("Protokoll der Veröffentlichungen"),
        "columns": [{"title": head} for head in heads],
        "rows": rows,
        "chosen": [],
        "height": 320,
        "texts": True,
    }


def _moment(iso: str) -> str:
    return f"{datetime.fromisoformat(iso).astimezone():%d.%m.%Y, %H:%M}"
