"""Need and supply in words: the areas of each of four groups, a sentence, and the chosen area."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from components import facility_lists, layout, supplying, url
from components.profiles import PAGE as DISTRICT
from loaders.supply import Picture
from model import formats, supply, wording
from model.areas import Area
from model.language import _
from model.supply import Group, Row
from model.supply_links import Setting
from model.view import Figure, View


def finding(picture: Picture) -> None:
    """Which areas have a clearly higher need and less supply, in a sentence."""
    head, names = found(picture)
    told = f"{escape(head)} <b>{escape(names)}</b>." if names else escape(head)
    st.html(f'<p class="qp-finding">{told}</p>')


def found(picture: Picture) -> tuple[str, str]:
    """A sentence and the areas it is about, or why it is about none."""
    if not _comparable(picture):
        said = _(
            "Bei diesem Indikator lässt sich nicht sagen, ob ein Gebiet deutlich über der Stadt "
            "liegt. Wählen Sie als Bedarf eine Quote."
        )
    elif all(row.group == "unknown" for row in picture.rows):
        said = _(
            "Das Angebot lässt sich hier nicht vergleichen: Es fehlen Angaben zu Plätzen oder zur "
            "Reichweite."
        )
    elif names := _names(supply.members(picture.rows, "both", picture.need.level.id)):
        return _("Höherer Bedarf und weniger Angebot als in der ganzen Stadt:"), names
    else:
        said = _("In keinem Gebiet trifft beides zu: höherer Bedarf und weniger Angebot.")
    return said, ""


def groups(picture: Picture) -> None:
    """Four groups of need and supply as a small table with the names of the areas."""
    if table := grouped(picture):
        st.html(table)


def grouped(picture: Picture) -> str:
    """The four groups as HTML; nothing where no area is in one of them."""
    if all(row.group == "unknown" for row in picture.rows):
        return ""
    level = picture.need.level.id
    order: tuple[tuple[str, tuple[Group, Group]], ...] = (
        (_("Bedarf deutlich höher"), ("both", "need")),
        (_("Bedarf nicht deutlich höher"), ("supply", "neither")),
    )
    heads = "".join(
        f'<th scope="col">{escape(text)}</th>'
        for text in (_("weniger Angebot"), _("nicht weniger Angebot"))
    )
    rows = "".join(
        f'<tr><th scope="row">{escape(head)}</th>'
        + "".join(_cell(supply.members(picture.rows, name, level), name) for name in names)
        + "</tr>"
        for head, names in order
    )
    rest = supply.members(picture.rows, "unknown", level)
    note = _("Nicht zu sagen, weil eine Zahl fehlt: {names}.").format(
        names=", ".join(area.name for area in rest)
    )
    title = escape(_("Vier Gruppen"))
    return (
        f'<table class="qp-four"><caption>{title}</caption><thead><tr><td></td>'
        f"{heads}</tr></thead><tbody>{rows}</tbody></table>"
        + (f'<p class="qp-missing">{escape(note)}</p>' if rest else "")
    )


def chosen_area(picture: Picture, chosen: Setting) -> None:
    """The chosen area in sentences, or the city."""
    row = spoken_of(picture, chosen)
    if row is None:
        return
    said = "".join(f'<p class="sentence">{escape(text)}</p>' for text in sentences(picture, row))
    more = ""
    if row.area.level == picture.need.level.id:
        way = url.link(DISTRICT, {"gebiet": row.area.id}, _("Mehr zu diesem Gebiet"))
        more = f'<p class="qp-more">{way}</p>'
    st.html(
        f'<div class="qp-figures"><div class="figure" style="border-color:#b3126a">'
        f"<h2>{escape(row.area.name)}</h2>{said}{more}</div></div>"
    )


def spoken_of(picture: Picture, chosen: Setting) -> Row | None:
    """The row of the chosen area, or of the city; None where the need is not told of that."""
    whole = picture.need.city.city_level
    return next(
        (
            row
            for row in picture.rows
            if row.area.id == chosen.area or (not chosen.area and row.area.level == whole)
        ),
        None,
    )


def sentences(picture: Picture, row: Row) -> list[str]:
    """Need, supply and reach of an area."""
    need = picture.need
    rounded = need.safeguard.rounds(row.area.level)
    said = [_figure(need, row.need, rounded)]
    name = wording.initial(row.area.locative)
    if not row.count:
        none = (
            _("{name} liegt keine Einrichtung dieser Art.")
            if picture.kind.complete
            else _("{name} ist keine Einrichtung dieser Art bekannt.")
        )
        said.append(none.format(name=name))
    elif row.supply and row.supply.numerator is not None:
        said.append(
            _("{name}: {kind}, zusammen {places} Plätze.").format(
                name=name, kind=_amount(picture, row), places=formats.plain(row.supply.numerator)
            )
        )
    else:
        said.append(_("{name}: {kind}.").format(name=name, kind=_amount(picture, row)))
    if row.supply and picture.supply:
        said.append(_figure(picture.supply, row.supply))
    if row.share is not None:
        said.append(
            _(
                "{share} % der Fläche liegen höchstens {distance} Luftlinie von einer Einrichtung "
                "dieser Art entfernt."
            ).format(
                share=formats.number(100 * row.share, supply.SHARE_DECIMALS),
                distance=supplying.distance(picture.metres),
            )
        )
    return said


def _figure(view: View, figure: Figure, rounded: bool = False) -> str:
    """A figure as a sentence; without a number it says what it would be about."""
    text = wording.sentence(view.indicator, figure, view.selection.period, rounded)
    return text if figure.value is not None else f"{view.indicator.short}: {text}"


def places(picture: Picture, chosen: Setting) -> None:
    """All shown facilities as links by type, folded; those of the chosen area unfolded."""
    known = {row.area.id: row.area for row in picture.rows}
    layout.section(
        _("Einrichtungen {place}").format(place=known[chosen.area].locative)
        if chosen.area
        else _("Einrichtungen")
    )
    st.html(listed(picture, chosen))
    if chosen.area:
        whole = replace(chosen, area="").query()
        everywhere = url.link(supplying.PAGE, whole, _("Alle Einrichtungen der Stadt"))
        st.html(f'<p class="qp-more">{everywhere}</p>')


def listed(picture: Picture, chosen: Setting) -> str:
    """All shown facilities, or those of the chosen area, by type and folded, as HTML."""
    own = [f for f in picture.facilities if not chosen.area or f.area == chosen.area]
    kinds = {one.kind.id: one.kind for one in picture.facilities}
    return "".join(
        facility_lists.folded(
            kind,
            [f for f in own if f.kind.id == kind.id],
            kind.id == chosen.kind,
            bool(chosen.area),
        )
        for kind in kinds.values()
    )


def explanation(texts: Sequence[str]) -> None:
    """What has to be known of the numbers."""
    st.html(explained(texts))


def explained(texts: Sequence[str]) -> str:
    """The same as HTML."""
    said = "".join(f"<p>{escape(text)}</p>" for text in texts)
    return f'<div class="qp-notes qp-missing">{said}</div>'


def _comparable(picture: Picture) -> bool:
    return any(row.word != "incomparable" for row in picture.rows)


def _amount(picture: Picture, row: Row) -> str:
    kind = picture.kind
    return f"{formats.number(row.count)} {kind.title if row.count == 1 else kind.plural}"


def _names(areas: Sequence[Area]) -> str:
    return ", ".join(area.name for area in areas)


def _cell(areas: Sequence[Area], name: Group) -> str:
    said = escape(_names(areas)) if areas else "–"
    return f'<td class="{name}"><b>{len(areas)}</b> {said}</td>'
