"""Take a preset of weights along, and bring one back."""

from __future__ import annotations

import streamlit as st

from components import layout, url, weighing
from model import preset_files
from model.language import _
from model.needs import Offer, Setting

_TOLD = "bedarfe_geladen"
_FILE = "bedarfe_datei"
_NAME, _OFFICE, _PURPOSE = "bedarfe_name", "bedarfe_amt", "bedarfe_zweck"


def show(offer: Offer, chosen: Setting) -> None:
    """The place to save a setting as a preset, or to load one; folded."""
    kept = st.expander(
        _("Vorlage speichern oder laden"), key="bedarfe_vorlagen", on_change=url.stay
    )
    if kept.open:
        with kept:
            _preset(offer, chosen)


def _preset(offer: Offer, chosen: Setting) -> None:
    """Save the setting under a name, or load one that was saved."""
    known = offer.preset(chosen.preset)
    title = weighing.preset_title(offer, chosen)
    name, office, purpose = (
        st.text_input(label, usual, max_chars=most, key=f"{key} {title}")
        for label, usual, most, key in (
            (_("Name der Vorlage"), title, 60, _NAME),
            (_("Wer gewichtet so?"), known.office if known else "", 80, _OFFICE),
            (_("Wozu?"), known.purpose if known else "", 400, _PURPOSE),
        )
    )
    saved = preset_files.preset(name, office, purpose, chosen)
    st.download_button(
        _("Vorlage speichern (TOML)"),
        preset_files.text(saved),
        file_name=f"vorlage_{saved.id}.toml",
        mime="application/toml",
        on_click="ignore",
        key="bedarfe toml",
    )
    if told := st.session_state.pop(_TOLD, []):
        st.info(layout.literal(" ".join(told)))
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
    loaded = Setting(found.weights, found.first, url.latest(chosen).areas, found.id if same else "")
    weighing.write(loaded)
    title = weighing.preset_title(offer, loaded)
    told = ((_NAME, found.title), (_OFFICE, found.office), (_PURPOSE, found.purpose))
    for key, text in told:
        st.session_state[f"{key} {title}"] = text
    said = _("Geladen ist die Vorlage „{title}“.").format(title=found.title)
    st.session_state[_TOLD] = [said, *notices]
