"""The URL is where the view lives: read at the start of a page, written by every control.

The browser learns of a new address only when an answer reaches it; what a reader presses until then
comes with the address before, and from a control that was drawn for it. So what is pressed goes on
from what was said last: `latest` and `latest_query`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from html import escape
from typing import Any, Protocol, TypeVar
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
_SAID, _LATEST = "address said last", "choice said last"


class Choice(Protocol):
    """What a page shows, as an address can say it."""

    def query(self) -> dict[str, str]:
        """The query parameters that mean it."""


C = TypeVar("C", bound=Choice)


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
    say(selection)
    st.session_state["carried"] = selection.query()


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


def say(chosen: Choice) -> None:
    """Make the address say what is chosen, and remember it for what is pressed next."""
    st.session_state[_LATEST] = chosen
    put(chosen.query())


def latest(drawn: C) -> C:
    """What is chosen by now, from which a callback goes on; `drawn` is what its control shows."""
    found = st.session_state.get(_LATEST)
    return found if isinstance(found, type(drawn)) else drawn


def latest_query() -> dict[str, str]:
    """The query of the address as it was said last."""
    return dict(st.session_state[_SAID])


def stay() -> None:
    """Keep the address; for callbacks of what changes nothing of it."""
    put(latest_query())


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
    widget(label, key=key, on_change=lambda: write(st.session_state[key]), **more)


def change(selection: Selection, **changes: Any) -> None:
    """Go from one selection to another; for callbacks of controls, charts and maps."""
    write(replace(latest(selection), **changes))


def change_indicator(release: releases.Release, chosen: Selection, indicator_id: str) -> None:
    """Go to another indicator of the theme, with its own default classes."""
    chosen = latest(chosen)
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
    query = {**latest_query(), **changes}
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
