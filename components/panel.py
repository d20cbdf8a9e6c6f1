"""What stands around a view: heading, legend, the figures as number and sentence, origin."""

from __future__ import annotations

from collections.abc import Callable, Collection
from html import escape

import streamlit as st

from components import charts, colours, layout, reasons, trends, zoning
from model import before_after, caveats, formats, remarks, signs, status, wording
from model.catalog import Indicator
from model.language import _
from model.view import Figure, View


def heading(view: View) -> None:
    """What the page shows: theme, indicator, base, reference, level."""
    stand = formats.stand(view.selection.period, view.indicator.reference)
    line = f"{formats.base(view.indicator)} · {stand} · {view.areas}"
    st.html(
        f'<header class="qp-head"><p class="qp-theme">{escape(view.theme.title)}</p>'
        f"<h1>{escape(view.indicator.title)}</h1><p>{escape(line)}</p>{_edition(view)}</header>"
    )


def clickable(kind: str, view: View, on_choose: Callable[[str], None]) -> None:
    """Ranking or trend, whose bars or lines can be clicked; `on_choose` gets the area's id."""
    # Another key after each choice drops the built-in selection, which Python cannot clear.
    key = f"{kind} {view.selection.areas}"

    def chosen() -> None:
        picked = st.session_state[key].selection.get("pick")
        if picked and picked[0].get("area"):
            on_choose(str(picked[0]["area"]))

    chart, name = {
        "rangfolge": (charts.ranking, _("Rangfolge")),
        "entwicklung": (trends.trend, _("Entwicklung")),
    }[kind]
    st.vega_lite_chart(
        spec=chart(view).on_screen(),
        key=key,
        on_select=chosen,
        selection_mode="pick",
        theme=None,
        alt=wording.alternative(name, view, over_time=kind == "entwicklung"),
    )


def happened(view: View) -> None:
    """The events a trend marks, under it."""
    lines = "".join(f"<p>{escape(line)}</p>" for line in before_after.sentences(view))
    if lines:
        st.html(f'<div class="qp-history">{lines}</div>')


def history(view: View, areas: Collection[str] | None = None) -> None:
    """What interrupts the series and which values were corrected, under a trend or a table."""
    lines = "".join(f"<p>{escape(line)}</p>" for line in caveats.sentences(view, areas))
    if lines:
        st.html(f'<div class="qp-history">{lines}</div>')


def figures(view: View) -> None:
    """The chosen areas, or the city and the spread, as number and as sentence."""
    shown = view.chosen or view.in_front
    blocks = "".join(_figure(view, figure, place) for place, figure in enumerate(shown))
    beside = "".join(
        f"<li>{escape(figure.area.name)} "
        f"<b>{escape(remarks.signed(view, figure, unit=True))}</b></li>"
        for figure in view.beside
        if figure not in shown and figure.value is not None
    )
    beside = f'<ul class="beside">{beside}</ul>' if beside else ""
    spread = f"<p>{escape(_spread(view))}</p>" if len(view.figures) > 1 else ""
    st.html(f'<section class="qp-figures" aria-live="polite">{blocks}{beside}{spread}</section>')


def trails(view: View, datasets: st.Page) -> None:
    """Links from the figures above to the cells and files they come from."""
    shown = view.chosen or view.in_front
    alone = _("Woher kommt diese Zahl?")
    several = _("Woher kommt die Zahl für {area}?")
    with st.container(key="woher"):
        for figure in shown:
            name = layout.literal(figure.area.name)
            st.page_link(
                datasets,
                label=alone if len(shown) == 1 else several.format(area=name),
                query_params={
                    "indikator": view.indicator.id,
                    "gebiet": figure.area.id,
                    "zeit": view.selection.period,
                },
            )


def number(indicator: Indicator, figure: Figure, rounded: bool = False) -> str:
    """A figure in large type with its unit and its marks in small, as HTML."""
    if figure.value is None:
        return f'<p class="number">{escape(status.words(figure.status))}</p>'
    digits = formats.number(figure.value, indicator.decimals)
    marks = signs.kinds(figure.status, figure.value, indicator.decimals, rounded=rounded)
    said = dict.fromkeys([status.words(figure.status), *(signs.words(k, rounded) for k in marks)])
    said |= {_("gerundet"): None} if rounded else {}
    return (
        f'<p class="number">{escape(digits)} <span class="unit">{escape(indicator.unit)}</span> '
        f'<span class="status">{escape(", ".join(said))}</span></p>'
    )


def position(view: View) -> None:
    """Where the chosen areas lie among all, if there are others."""
    if len(view.figures) == 1:
        return
    text = _("Lage aller Gebiete, Werte unter „Tabelle“")
    st.vega_lite_chart(spec=charts.strip(view).on_screen(), theme=None, alt=text)
    if view.missing:
        absent = _("Ohne Punkt: {missing} von {count} ({reasons})").format(
            missing=len(view.missing),
            count=len(view.figures),
            reasons=wording.absent([figure.status for figure in view.missing]),
        )
        st.html(f'<p class="qp-missing">{escape(absent)}</p>')


def small_trend(view: View) -> None:
    """The trend in small, beside map, ranking and table."""
    text = _("Entwicklung im Kleinen, Werte unter „Tabelle“")
    st.vega_lite_chart(spec=trends.small_trend(view).on_screen(), theme=None, alt=text)
    front = caveats.in_front(view)
    lines = [caveats.absent(view, front), caveats.short(view, front), _drawn(view)]
    told = "".join(f'<p class="qp-missing">{escape(line)}</p>' for line in lines if line)
    if told:
        st.html(told)


def _drawn(view: View) -> str:
    """What a small trend draws besides the chosen areas; empty where there is one area only."""
    if len(view.figures) == 1:
        return ""
    span = _("Graue Fläche: Spanne der {plural} mit Wert").format(plural=view.level.plural)
    city = view.city_figure
    return span + (_("; gestrichelt: {city}").format(city=city.area.name) if city else "")


def explanation(view: View) -> None:
    """Definition and the three questions, folded."""
    parts = [
        (_("Definition"), view.indicator.definition),
        (_("Was wird gezählt?"), view.indicator.counted),
        (_("Warum wichtig?"), view.indicator.why),
        (_("Was beachten?"), view.indicator.caution),
    ]
    folded = "".join(
        f"<details><summary>{escape(name)}</summary><p>{escape(text)}</p></details>"
        for name, text in parts
    )
    if cited := wording.citations(view):
        lines = "".join(f"<li>{escape(line)}</li>" for line in cited)
        name = _("Veröffentlichte Angaben dazu")
        folded += f"<details><summary>{escape(name)}</summary><ul>{lines}</ul></details>"
    st.html(f'<div class="qp-explain">{folded}</div>')


def origin(view: View) -> None:
    """Source, basis, Stand, release, licence and status under the view."""
    whole = view.selection.view in ("entwicklung", "veraenderung", "tabelle")
    on_map = view.selection.view in ("karte", "veraenderung")
    lines = wording.footer(view, on_map=on_map, whole=whole)
    st.html(f'<p class="qp-origin">{"<br>".join(escape(line) for line in lines)}</p>')


def _edition(view: View) -> str:
    note = caveats.edition(view)
    return f'<p class="qp-edition" role="note">{escape(note)}</p>' if note else ""


def _figure(view: View, figure: Figure, place: int) -> str:
    colour = colours.CHOSEN[place] if view.chosen else colours.INK
    rounded = view.safeguard.rounds(figure.area.level)
    period = view.selection.period
    text = escape(wording.sentence(view.indicator, figure, period, rounded))
    for cited in view.citations:
        if (cited.area, cited.period) == (figure.area, period):
            said = _("Veröffentlicht: {value}, {source}")
            text += (
                f"<br><small>{escape(said.format(value=cited.text, source=cited.source))}</small>"
            )
    if figure.first is not None:
        said = wording.initial(caveats.corrected(view.indicator, figure))
        text += f"<br><small>{escape(said)}</small>"
    return (
        f'<div class="figure" style="border-color:{colour}"><h2>{escape(figure.area.name)}</h2>'
        f'{number(view.indicator, figure, rounded)}<p class="sentence">{text}</p>'
        f"{zoning.offer(figure, view.theme.id, view.selection.query(), view.city.city_level)}"
        f"{reasons.of_figure(view, figure)}</div>"
    )


def _spread(view: View) -> str:
    return wording.spread(view.indicator, view.figures, view.level.plural)
