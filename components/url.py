"""The URL is where the view lives: read at the start of a page, written by every control.

The browser learns of a new address only when an answer reaches it; what a reader presses until then
comes with the address before. So controls go on from the address that was said last.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from html import escape
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from loaders import indicators, releases
from model import selection as selections
from model import zones as joining
from model.catalog import Theme
from model.selection import Selection
from model.view import View

# What stays when the reader goes on to another theme; the indicator does not.
_CARRIED = (
    *("ebene", "zeit", "seit", "gebiet", "ansicht", "intervalle"),
    *("karte", "fassung", "zeichen"),
)
_SAID = "address said last"


def read(release: releases.Release, theme: Theme) -> tuple[Selection, list[str]]:
    """The selection the address means, always valid, with notices for what was not."""
    asked = st.query_params.to_dict()
    query = asked or carried(*_CARRIED)
    indicator, notices = selections.indicator_of(theme, query)
    scope = indicators.scope(release, indicator)
    selection, more = selections.parse(theme, indicator, scope, query)
    write(selection)
    said = st.session_state.pop("notices", [])
    # What was carried over from another theme may not fit here; only a link deserves a notice.
    return selection, [*said, *notices, *more] if asked else said


def write(selection: Selection) -> None:
    """Make the address say what is shown, and remember it for the next theme."""
    query = selection.query()
    put(query)
    st.session_state["carried"] = query


def carried(*keys: str) -> dict[str, str]:
    """What goes on from the page before, of these keys."""
    known = st.session_state.get("carried", {})
    return {key: known[key] for key in keys if key in known}


def carry(**said: str) -> None:
    """Let this go on to the next page, beside what goes on already."""
    st.session_state["carried"] = {**st.session_state.get("carried", {}), **said}


def begin() -> None:
    """What the address says when a page begins is what was said last; for the frame."""
    st.session_state[_SAID] = st.query_params.to_dict()


def put(query: Mapping[str, str]) -> None:
    """Make the address of the page say this, and name the zones of the visit."""
    complete = st.session_state[_SAID] = _complete(query)
    if st.query_params.to_dict() != complete:
        st.query_params.from_dict(complete)


def stay() -> None:
    """Keep the address; for callbacks of what only opens and closes."""
    put(st.session_state[_SAID])


def _move(said: Mapping[str, str], before: Mapping[str, str]) -> None:
    """Change in an address said what a callback has made of the query `before`."""
    after: dict[str, str] = st.session_state[_SAID]
    kept = {key: value for key, value in said.items() if key in after or key not in before}
    changed = {key: value for key, value in after.items() if before.get(key) != value}
    put({**kept, **changed})


def zones() -> str:
    """The zones of the visit, as an address names them; '' without any."""
    return str(st.session_state.get(joining.KEY, ""))


def _complete(query: Mapping[str, str]) -> dict[str, str]:
    return {**query, **({joining.KEY: said} if (said := zones()) else {})}


def field(
    widget: Callable[..., Any],
    label: str,
    key: str,
    said: Any,
    write: Callable[[Any], None],
    names: Mapping[Any, str] | None = None,
    **more: Any,
) -> None:
    """A control that shows what the address says; `write` gets what the reader makes of it.

    `names` are what can be chosen, and how it is called.
    """
    if names is not None:
        more |= {"options": list(names), "format_func": names.__getitem__}
    # A value that is set goes out to the browser, over what the reader may be choosing just then.
    if key not in st.session_state or st.session_state[key] != said:
        st.session_state[key] = said
    shown = st.query_params.to_dict()

    def answer() -> None:
        said = st.session_state[_SAID]
        write(st.session_state[key])
        _move(said, shown)

    widget(label, key=key, on_change=answer, **more)


def change(selection: Selection, **changes: Any) -> None:
    """Go from one selection to another; for callbacks of controls, charts and maps."""
    said = st.session_state[_SAID]
    write(replace(selection, **changes))
    _move(said, _complete(selection.query()))


def change_indicator(release: releases.Release, chosen: Selection, indicator_id: str) -> None:
    """Go to another indicator of the theme, with its own default classes."""
    theme = release.catalog.theme(chosen.theme)
    query = {k: v for k, v in chosen.query().items() if k not in ("klassen", "stufen")}
    indicator, _notices = selections.indicator_of(theme, {"indikator": indicator_id})
    scope = indicators.scope(release, indicator)
    if not scope.revised:
        query["fassung"] = selections.EDITIONS[0]
    changed, notices = selections.parse(theme, indicator, scope, query)
    write(changed)
    st.session_state["notices"] = notices


def ask(**changes: str) -> None:
    """Change single values of the data page's address; an empty one goes."""
    query = {**st.session_state[_SAID], **changes}
    put({key: value for key, value in query.items() if value})


def address(page: str, query: Mapping[str, str]) -> str:
    """Where a page shows what a query means, relative to any page."""
    said = query_string(query)
    return f"./{page}?{said}" if said else f"./{page}"


def link(page: str, query: Mapping[str, str], text: str) -> str:
    """A text that leads to what a query means on a page, as HTML."""
    return f'<a href="{escape(address(page, query))}" target="_self">{escape(text)}</a>'


def whole(page: str) -> str:
    """The address of a page with host, as the reader's browser knows it."""
    return f"{(st.context.url or '').rpartition('/')[0]}/{page}"


def query_string(query: Mapping[str, str]) -> str:
    """Query parameters as they stand in an address, with the zones of the visit."""
    return urlencode(_complete(query))


def doorway(page: str, key: str, view: View, text: str) -> None:
    """The way from a view to another page that shows its indicator; `key` names it there."""
    asked = {
        key: view.indicator.id,
        "ebene": view.level.id,
        "zeit": view.selection.period,
        **({"gebiet": ",".join(view.selection.areas)} if view.selection.areas else {}),
    }
    st.html(f'<p class="qp-more">{link(page, asked, text)}</p>')
