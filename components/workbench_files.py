"""Step 1 of the workbench: drop files, see where they belong, have them checked."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import streamlit as st

from components import tables, workbench
from loaders import staging, uploads
from loaders import workbench as benches
from loaders.uploads import Placed, Unplaced, Upload
from loaders.workbench import Bench
from model.language import _

_THERE = {
    "nothing": _("neu"),
    "other": _("ersetzt die bisherige Datei"),
    "same": _("ist genau so schon da"),
}


def show(bench: Bench) -> None:
    """The place for files beside what becomes of them, and the button that checks."""
    now = workbench.state()
    left, right = st.columns([1, 1.25], gap="large")
    with left:
        given = st.file_uploader(
            _("Dateien der Ämter, wie sie kamen"),
            type=list(uploads.TYPES),
            accept_multiple_files=True,
            key=f"werkbank dateien {now.round}",
            disabled=workbench.busy(),
            help=_(
                "Höchstens {n} Dateien. Gelesen werden nur Zellen: Makros und Formeln werden nie "
                "ausgeführt."
            ).format(n=uploads.MOST_FILES),
        )
    ids = tuple(file.file_id for file in given)
    if ids != now.uploads:
        workbench.dropped()
        now.uploads = ids
    placed, left_over = uploads.placed([Upload(f.name, f.getvalue()) for f in given], bench)
    with right:
        st.html(_told(placed, left_over))
    if st.button(
        _("Prüfen") if placed else _("Prüfen, was schon da ist"),
        type="primary",
        key="werkbank pruefen",
        disabled=workbench.busy(),
    ):
        _check(bench, placed)
        st.rerun()
    workbench.said("pruefen")
    with st.expander(_("Welche Dateien erwartet werden")):
        tables.plain("werkbank erwartet", expected(bench))


def _check(bench: Bench, placed: Sequence[Placed]) -> None:
    now = workbench.state()
    workbench.dropped()
    try:
        stage = staging.stage(placed, bench)
    except staging.StagingError as error:
        now.said["pruefen"] = (False, str(error))
        return

    def then(told: dict[str, Any]) -> None:
        now.stage, now.checked, now.report = stage, told, _report(stage)

    job = benches.check(bench, stage.deliveries, stage.report)
    workbench.run("pruefen", job, then, workbench.arrived(bench))


def _report(stage: staging.Stage) -> bytes | None:
    return stage.report.read_bytes() if stage.report.is_file() else None


def _told(placed: Sequence[Placed], left_over: Sequence[Unplaced]) -> str:
    if not placed and not left_over:
        lines = (
            _("Jede Datei kommt an den Platz, den ihr Rezept vorsieht: am Namen erkannt."),
            _(
                "Die Lieferungen selbst bleiben unberührt, bis ein Datenstand mit den neuen "
                "Dateien freigegeben ist."
            ),
        )
        return f'<div class="qp-bench">{"".join(f"<p>{escape(line)}</p>" for line in lines)}</div>'
    heads = (_("Datei"), _("Lieferung"), _("Platz"))
    rows = "".join(
        f'<tr><th scope="row">{escape(one.upload.name)}</th>'
        f"<td>{'<br>'.join(map(escape, one.titles))}</td>"
        f"<td><code>{escape(one.path)}</code><br>{escape(_THERE[one.there])}</td>"
        "</tr>"
        for one in placed
    )
    refused = escape(_("Nicht dabei."))
    rows += "".join(
        f'<tr class="refused"><th scope="row">{escape(one.name)}</th>'
        f'<td colspan="2"><strong>{refused}</strong> {escape(one.why)}'
        f"{_nearest(one)}</td></tr>"
        for one in left_over
    )
    return (
        '<div class="qp-bench"><table><thead><tr>'
        + "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
        + f"</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _nearest(one: Unplaced) -> str:
    if not one.nearest:
        return ""
    names = ", ".join(f"<code>{escape(pattern)}</code>" for pattern in one.nearest)
    return " " + _("Ähnlich heißen:") + f" {names}"


def expected(bench: Bench) -> dict[str, Any]:
    """All kinds of deliveries as a table: pattern, office, title, how many files are there."""
    rows = [
        {
            "id": "",
            "cells": [one.pattern, one.office or "–", one.title, str(len(one.files))],
            "sort": [one.pattern, one.office, one.title, len(one.files)],
        }
        for one in bench.expected
    ]
    heads = (_("Dateiname"), _("Stelle"), _("Lieferung"), _("Dateien da"))
    return {
        "caption": _("Was die Rezepte erwarten; * steht für beliebige Zeichen"),
        "columns": [{"title": head, "number": head == heads[-1]} for head in heads],
        "rows": rows,
        "chosen": [],
        "height": 420,
        "texts": True,
    }
