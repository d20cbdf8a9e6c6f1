"""What several chapters of the Sozialatlas need: views, sketches as figures, an office's words."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from components import origins, sketches
from components.sketches import Sketch
from documents.document import Beside, Block, Chart, Figure, Series, Text
from loaders import atlas_templates, indicators, releases
from model import formats, signs
from model.catalog import Indicator
from model.language import _
from model.profile import Line, Step
from model.selection import Selection
from model.view import View


def selection(
    release: releases.Release, indicator: Indicator, period: str, level: str = "", view: str = ""
) -> Selection:
    """An indicator at a level, by default the whole city's, as the catalog has it."""
    city = release.catalog.city
    return Selection(
        release.catalog.theme_of(indicator.id).id,
        indicator.id,
        level or city.city_level,
        period,
        view=view or "karte",
        signs=city.signs,
    )


def words(release: releases.Release, written: Sequence[str]) -> tuple[Block, ...]:
    """What an office wrote, and that it did."""
    if not written:
        return ()
    return (*(Text(paragraph, "note") for paragraph in written), signature(release))


def signature(release: releases.Release) -> Text:
    """Who wrote, and where the figures in it are from."""
    city = release.catalog.city
    usual = city.publisher.name if city.publisher else city.name
    author = atlas_templates.of(release).template.author or usual
    said = _("Text: {author}. Die Zahlen im Text sind mit diesem Datenstand geprüft.")
    return Text(said.format(author=author), "small")


def origin(shown: Sequence[View], release: releases.Release, told: Sequence[Line] = ()) -> Text:
    """Where figures come from; with the rows of a sheet that stands alone also all else of them."""
    lines = origins.whole(shown, release) if told else origins.on_paper(shown, release)
    figures = [(one.view, figure) for one in told for figure in (one.figure, one.view.city_figure)]
    kinds = {kind for view, figure in figures if figure for kind in view.kinds(figure)}
    said = [text.text for text in signed(release, kinds)]
    return Text(" · ".join(line.removesuffix(".") for line in (*said, *lines)), "small")


def signed(release: releases.Release, kinds: Collection[str]) -> tuple[Text, ...]:
    """What the signs of these kinds mean; nothing where there are none."""
    legend = signs.legend(release.catalog.city.signs, kinds)
    key = "; ".join(f"{sign} = {text}" for _kind, sign, text in legend)
    return (Text(_("Zeichen: {signs}").format(signs=key), "small"),) if key else ()


def newest(release: releases.Release, indicator: Indicator, level: str) -> str:
    """The newest period an indicator has for a level; empty where it has none."""
    return next(reversed(periods(release, indicator, level)), "")


def periods(release: releases.Release, indicator: Indicator, level: str) -> tuple[str, ...]:
    """All periods an indicator has for a level, in order."""
    return indicators.periods(release, indicator, level)


def figure(drawn: Sketch, caption: str = "", chart: Chart | None = None) -> Figure:
    """A sketch on paper."""
    return Figure(drawn.svg, drawn.said, caption, chart)


def trend(one: Line) -> Figure | None:
    """The small trend of a row, with its figures to edit; None where there are not two numbers."""
    drawn = sketches.trending(one)
    if drawn is None:
        return None
    named = f"{one.view.indicator.short} ({one.view.indicator.unit})."
    # A year stays with its number.
    ends = sketches.told(one).replace(": ", f":{formats.NBSP}")
    return Figure(drawn.svg, f"{named} {drawn.said}", f"{named} {ends}", lines(one))


def threes(drawn: Sequence[Figure]) -> tuple[Beside, ...]:
    """Pictures in rows of three of one width, to be read row by row."""
    rows = [tuple(drawn[start : start + 3]) for start in range(0, len(drawn), 3)]
    return tuple(Beside(row[:1], (Beside(row[1:2], row[2:]),), share=1 / 3) for row in rows)


def lines(one: Line) -> Chart:
    """The figures of a small trend: the area and the city, year by year."""
    city = one.view.city_figure
    decimals = one.view.indicator.decimals
    years = sorted({year for year, _value in (*one.own, *one.city)})
    named = [(one.figure.area.name, one.own), *([(city.area.name, one.city)] if city else [])]
    return Chart(
        kind="lines",
        unit=one.view.indicator.unit,
        decimals=decimals,
        categories=tuple(map(str, years)),
        series=tuple(Series(name, _values(steps, years, decimals)) for name, steps in named),
    )


def _values(steps: Sequence[Step], years: Sequence[int], decimals: int) -> tuple[float | None, ...]:
    # Before a break a year has a second step without a number.
    known = {year: value for year, value in steps if value is not None}
    return tuple(
        formats.rounded(known[year], decimals) if year in known else None for year in years
    )
