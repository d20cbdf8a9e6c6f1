"""Where the figures of several indicators come from, and which of them have none here."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from loaders import releases
from model import wording
from model.catalog import Indicator, Level
from model.language import _
from model.view import View


def left_out(missing: Sequence[Indicator], level: Level) -> None:
    """The indicators that are told of no area of the level."""
    if not missing:
        return
    text = _("Für {plural} nicht erhoben: {titles}.").format(
        plural=level.plural, titles="; ".join(indicator.short for indicator in missing)
    )
    st.html(f'<p class="qp-missing">{escape(text)}</p>')


def show(
    views: Sequence[View], release: releases.Release, on_map: bool = False, whole: bool = False
) -> None:
    """All sources in one line, each indicator's footer folded, and that some are of a model.

    `on_map` tells also of the map, `whole` speaks of all periods.
    """
    origins = [view.whole if whole else view.origin for view in views]
    sources = dict.fromkeys(source.title for origin in origins for source in origin.sources)
    lines = [_("Quellen: {sources}").format(sources="; ".join(sources))] if sources else []
    if release.modelled:
        lines.append(wording.modelled_note(release.catalog.city, published_too=True) + ".")
    each = "".join(
        f"<dt>{escape(view.indicator.title)}</dt>"
        f"<dd>{'<br>'.join(escape(line) for line in wording.footer(view, on_map, whole))}</dd>"
        for view in views
    )
    title = escape(_("Quelle, Basis und Stand jedes Indikators"))
    folded = f"<details><summary>{title}</summary><dl>{each}</dl></details>" if each else ""
    st.html(f'<div class="qp-origin">{"<br>".join(escape(line) for line in lines)}{folded}</div>')
