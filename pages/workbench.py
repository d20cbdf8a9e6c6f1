"""The workbench: files in, findings and differences out, a candidate, a second person's approval.

Only in a process started for the statistics unit, see pages/frame.py.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from components import (
    layout,
    workbench,
    workbench_changes,
    workbench_files,
    workbench_findings,
    workbench_release,
)
from loaders import staging
from loaders import workbench as benches
from loaders.jobs import JobError
from model.language import _


def page(city: Path) -> None:
    """Show the workbench of a city folder."""
    layout.title(
        _("Werkbank"),
        _("Lieferungen prüfen, Unterschiede ansehen, einen Datenstand bauen und freigeben."),
    )
    if not workbench.is_local():
        st.error(_("Die Werkbank läuft nur auf dem eigenen Rechner: mit „make workbench“ starten."))
        return
    workbench.settle()
    try:
        with st.spinner(_("Rezepte und Protokoll werden gelesen …")):
            bench = benches.bench(city)
            log = benches.log(bench)
    except JobError as error:
        st.error(layout.literal(str(error)))
        return
    staging.sweep(bench.city, [one.id for one in log.waiting])
    now = workbench.state()

    layout.section(_("1 · Dateien ablegen"))
    workbench_files.show(bench)
    layout.section(_("2 · Befunde"))
    if now.checked is None:
        workbench.quiet(_("Noch ist nichts geprüft."))
    else:
        workbench_findings.show(now.checked, now.report)
    layout.section(_("3 · Was ändert sich?"))
    if now.checked is None or now.wrong:
        workbench.quiet(_("Verglichen wird, was geprüft ist und keinen Fehler hat."))
    else:
        workbench_changes.show(
            "werkbank unterschiede",
            now.checked["difference"],
            _("Die größten Änderungen gegenüber {release}"),
        )
    layout.section(_("4 · Bauen"))
    workbench_release.build(bench)
    layout.section(_("5 · Freigeben"))
    workbench_release.approve(bench, log)
    layout.section(_("Protokoll"))
    workbench_release.history(bench, log)


def start(why: str, bench: st.Page) -> None:
    """Instead of the start page while there is nothing to show."""
    layout.title(_("Noch nichts veröffentlicht"), why)
    st.page_link(bench, label=_("Zur Werkbank"))
