"""The numbers a book of a release has to show, counted a second way: from its Parquet files."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

import polars as pl

from loaders import releases
from model import safeguards
from model.catalog import Indicator, Term

Totals = dict[tuple[str, str], Decimal | None]
"""By area and year; None where a count is held back or missing."""


class Recounted:
    """Figures of a release by indicator, area and year."""

    def __init__(self, release: releases.Release, counts: pl.DataFrame) -> None:
        """`counts` are all of the release, with their measure."""
        self.release = release
        self.counts = counts
        self.totals = cache(self._totals)
        areas = pl.read_parquet(release.folder / "areas.parquet")
        city = release.catalog.city
        self.areas = _names(areas, city.default_level)
        """The ids of the districts by their names."""
        self.city = next(iter(_names(areas, city.city_level).items()))
        """The name and the id of the city."""

    def newest(self, indicator: Indicator) -> str:
        """The last year with figures of the districts."""
        wanted = [indicator.numerator[0], *indicator.denominator[:1]]
        own = [
            set(self._counted(term).filter(pl.col("area").is_in(self.areas.values()))["year"])
            for term in wanted
        ]
        return str(max(set.intersection(*own)))

    def total(self, terms: tuple[Term, ...], area: str, year: str) -> Decimal | None:
        """A sum of counts; None where one of them is missing."""
        found = Decimal(0)
        for term in terms:
            own = self.totals(term).get((area, year))
            if own is None:
                return None
            found += own * term.factor
        return found

    def number(self, indicator: Indicator, area: str, year: str) -> Decimal | None:
        """The figure as it is rounded; None where there must be none."""
        number = self.total(indicator.numerator, area, year)
        base = self.total(indicator.denominator, area, year)
        if number is None or base is None:
            return None
        if indicator.denominator:
            if not base or base < safeguards.fewest(self.release.catalog, indicator):
                return None
            number = number * Decimal(repr(indicator.per)) / base
        return number.quantize(Decimal(1).scaleb(-indicator.decimals), ROUND_HALF_UP)

    def _totals(self, term: Term) -> Totals:
        grouped = self._counted(term).group_by("area", "year", "period").agg("value")
        found: Totals = {}
        # A year of births refers to the people at its end.
        for area, year, _period, values in grouped.sort("period").iter_rows():
            whole = len(values) >= term.cells and None not in values
            exact = (Decimal(repr(value)) for value in values)
            found[area, year] = sum(exact, Decimal(0)) if whole else None
        return found

    def _counted(self, term: Term) -> pl.DataFrame:
        return self.counts.filter(
            pl.col("measure") == term.measure,
            pl.col("age").is_in(term.age),
            pl.col("sex").is_in(term.sex),
            pl.col("nationality").is_in(term.nationality),
        ).with_columns(year=pl.col("period").str.slice(0, 4))


def printed(number: Decimal | None) -> str:
    """A number in German; empty for none."""
    return "" if number is None else f"{number:,}".translate(str.maketrans(",.-", ".,−"))


def _names(areas: pl.DataFrame, level: str) -> dict[str, str]:
    own = areas.filter(pl.col("level") == level)
    return dict(own.select("name", "area").iter_rows())


def headlines(release: releases.Release) -> Iterable[Indicator]:
    """The telling indicator of each theme."""
    return (release.catalog.indicators[theme.headline] for theme in release.catalog.themes)
