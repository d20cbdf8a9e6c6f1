"""The figures of a view's picture, for files whose charts can be edited."""

from __future__ import annotations

from collections.abc import Iterator

from components import needs_bars
from documents.document import Chart, Series
from model import formats, needs_words, standardised
from model.language import _
from model.ranking import Ranking
from model.view import View


def chart(view: View) -> Chart | None:
    """The figures of a view's picture, as far as there are any.

    None for maps and changes, which no plain chart tells.
    """
    made = {"entwicklung": _lines, "rangfolge": _bars, "tabelle": _bars}.get(view.selection.view)
    found = made(view) if made else None
    known = found and any(value is not None for one in found.series for value in one.values)
    return found if known else None


def contributions(found: Ranking) -> Chart | None:
    """What each indicator that counts adds to or takes from the areas' scores, as in the table.

    None where no area has a score. An area without one keeps its line, without bars.
    """
    if all(place.rank is None for place in found.places):
        return None
    shares = [standardised.printed(place.score.contributions) for place in found.places]
    totals = (place.score.total for place in found.places)
    return Chart(
        kind="stacked",
        unit=_("Beiträge zum Wert, in Standardabweichungen von der Stadt"),
        decimals=standardised.DECIMALS,
        categories=tuple(_ranked(found)),
        series=tuple(
            Series(
                part.view.indicator.short,
                tuple(None if (share := row[i]) is None else float(share) for row in shares),
                needs_bars.PAINT[i],
            )
            for i, part in enumerate(found.components)
            if part.weight
        ),
        total=Series(
            _("Wert"),
            tuple(
                None if total is None else formats.rounded(total, standardised.DECIMALS)
                for total in totals
            ),
        ),
    )


def _ranked(found: Ranking) -> Iterator[str]:
    """The areas as they stand at the picture's axis, with the score, or why there is none."""
    named = needs_bars.names(found)
    for place in found.places:
        score = needs_words.number(place.score.total)
        reason = needs_words.gaps(place, brief=True)
        yield f"{named[place.area.id]}  {reason if place.rank is None else score}"


def _bars(view: View) -> Chart:
    """All areas with a figure and the city, longest first."""
    city = [view.city_figure] if view.city_figure else []
    shown = [figure for figure in (*view.own, *city) if figure.value is not None]
    shown.sort(key=lambda figure: (-(figure.value or 0), figure.area.name))
    return Chart(
        kind="bars",
        unit=view.indicator.unit,
        decimals=view.indicator.decimals,
        categories=tuple(figure.area.name for figure in shown),
        series=(Series(view.indicator.short, tuple(_rounded(view, f.value) for f in shown)),),
    )


def _lines(view: View) -> Chart:
    """The areas in front through all periods."""
    periods = sorted(view.series["period"].unique().to_list())
    cells = {
        (row["area"], row["period"]): row["value"] for row in view.series.iter_rows(named=True)
    }
    shown = {figure.area.id: figure.area.name for figure in (*view.chosen, *view.in_front)}
    return Chart(
        kind="lines",
        unit=view.indicator.unit,
        decimals=view.indicator.decimals,
        categories=tuple(formats.period(period, view.indicator.reference) for period in periods),
        series=tuple(
            Series(name, tuple(_rounded(view, cells.get((area, period))) for period in periods))
            for area, name in shown.items()
        ),
    )


def _rounded(view: View, value: float | None) -> float | None:
    return None if value is None else formats.rounded(value, view.indicator.decimals)
