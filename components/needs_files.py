"""Take an order by need along, and bring a preset back."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from components import downloads, exports, layout, needs_exports, url, weighing
from loaders import releases
from model import preset_files
from model.language import _
from model.needs import Offer, Setting
from model.ranking import Ranking

_TOLD = "bedarfe_geladen"
_FILE = "bedarfe_datei"


def told() -> list[str]:
    """What is to be said of a file that was loaded just now."""
    return [layout.literal(text) for text in st.session_state.pop(_TOLD, [])]


def show(found: Ranking, release: releases.Release, offer: Offer, chosen: Setting) -> None:
    """Link, files and presets, each made only when somebody asks for it."""
    link, files, own = st.columns([1, 2, 2], gap="small")
    with link:
        downloads.link(chosen.query())
    with files:
        folder = st.expander(_("Herunterladen"), key="bedarfe_herunterladen", on_change="rerun")
    with own:
        kept = st.expander(
            _("Vorlage speichern oder laden"), key="bedarfe_vorlagen", on_change="rerun"
        )
    if folder.open:
        with folder:
            _files(found, release, weighing.preset_title(offer, chosen), chosen)
    if kept.open:
        with kept:
            _preset(offer, chosen)


def _files(found: Ranking, release: releases.Release, title: str, chosen: Setting) -> None:
    address = f"{st.context.url or ''}?{url.query_string(chosen.query())}"
    kinds: list[tuple[str, str, str, Callable[[], bytes]]] = [
        (
            _("Tabelle (XLSX)"),
            "xlsx",
            downloads.XLSX,
            lambda: needs_exports.xlsx(found, title, address),
        ),
        (_("Tabelle (CSV)"), "csv", "text/csv", lambda: needs_exports.csv(found, title, address)),
        (
            _("Bild (PNG)"),
            "png",
            "image/png",
            lambda: exports.png(needs_exports.picture(found, title)),
        ),
    ]
    for column, (label, ending, mime, content) in zip(st.columns(3), kinds, strict=True):
        column.download_button(
            label,
            content,
            file_name=needs_exports.file_name(title, release, ending),
            mime=mime,
            on_click="ignore",
            key=f"bedarfe {ending}",
            width="stretch",
        )


def _preset(offer: Offer, chosen: Setting) -> None:
    """Save the setting under a name, or load one that was saved."""
    known = offer.preset(chosen.preset)
    name = st.text_input(
        _("Name der Vorlage"),
        weighing.preset_title(offer, chosen),
        max_chars=60,
        key="bedarfe_name",
    )
    office = st.text_input(
        _("Wer gewichtet so?"), known.office if known else "", max_chars=80, key="bedarfe_amt"
    )
    purpose = known.purpose if known else ""
    saved = preset_files.preset(name, office, purpose, chosen)
    st.download_button(
        _("Vorlage speichern (TOML)"),
        preset_files.text(saved),
        file_name=f"vorlage_{saved.id}.toml",
        mime="application/toml",
        on_click="ignore",
        key="bedarfe toml",
    )
    st.file_uploader(
        _("Gespeicherte Vorlage laden"),
        type=["toml"],
        key=_FILE,
        on_change=_load,
        args=(offer, chosen),
        help=_(
            "Die Datei bleibt nicht auf dem Server. Geladen werden nur Indikatoren und Gewichte."
        ),
    )


def _load(offer: Offer, chosen: Setting) -> None:
    given = st.session_state[_FILE]
    if given is None:
        return
    try:
        found, notices = preset_files.read(given.getvalue(), offer)
    except preset_files.PresetError as error:
        st.session_state[_TOLD] = [str(error)]
        return
    own = offer.preset(found.id)
    same = own is not None and own.weights == found.weights
    weighing.write(Setting(found.weights, found.first, chosen.areas, found.id if same else ""))
    said = _("Geladen ist die Vorlage „{title}“.").format(title=found.title)
    st.session_state[_TOLD] = [said, *notices]
