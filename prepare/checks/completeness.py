"""Checks of what is missing: areas of a delivered level, years of a series, the newest year."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

import polars as pl

from model.catalog import City
from prepare import counts, sheets
from prepare.areas import Areas
from prepare.deliveries import Delivery
from prepare.findings import Finding

_SPOILED = frozenset({"area_unknown", "cell_blank", "cell_no_number", "cell_date", "cell_footnote"})
_SPOILED |= {"cell_formula_error", "period_unknown", "file_wrong_recipe", "row_ragged"}


def findings(
    read: Sequence[Delivery], areas: Areas, city: City, reported: Sequence[Finding]
) -> list[Finding]:
    """Findings on all deliveries; what `reported` errors already explain is not said again."""
    spoiled = {finding.file for finding in reported if finding.rule in _SPOILED}
    end = _end(city)
    everything = [d.counts.filter(pl.col("file").is_not_null()) for d in read]
    # A date in the future is a finding of its own and no year of a series.
    told = [frame.filter(pl.col("period") <= end) for frame in everything]
    years = [_years(frame) for frame in told]
    newest = max((max(own) for own in years if own), default=0)
    found: list[Finding] = []
    for delivery, frame, own in zip(read, told, years, strict=True):
        found += _areas(delivery.counts, areas, spoiled)
        found += _gaps(frame, delivery)
        elsewhere = [other for other in told if other is not frame]
        found += _outdated(frame, delivery, own, newest, elsewhere)
        found += _odd_dates(frame)
    for frame in everything:
        found += _future(frame, city)
    return found


def _years(frame: pl.DataFrame) -> list[int]:
    return sorted(frame["period"].str.head(4).cast(pl.Int64).unique())


def _areas(frame: pl.DataFrame, areas: Areas, spoiled: Set[str]) -> list[Finding]:
    """Areas that a delivery has, but not for one measure and period where most others are.

    A table that holds less than half of a level's areas is meant to be a part.
    """
    keys = ["measure", "level", "period"]
    everyone = frame.select("level", "area").unique()
    groups = (
        frame.group_by(keys)
        .agg(pl.col("area").n_unique().alias("there"), pl.col("file", "sheet").max())
        .join(everyone.group_by("level").len("all"), on="level")
        .filter(pl.col("there") < pl.col("all"), 2 * pl.col("there") >= pl.col("all"))
    )
    missing = (
        groups.join(everyone, on="level")
        .join(frame.select(*keys, "area").unique(), on=[*keys, "area"], how="anti")
        .filter(pl.col("file").is_not_null(), ~pl.col("file").is_in(list(spoiled)))
        .group_by("file", "sheet", "area")
        .agg(pl.col("measure").unique().sort(), pl.col("period").unique().sort())
        .sort("file", "sheet", "area")
    )
    names = dict(zip(areas.table["area"], areas.table["name"], strict=True))
    # Where areas change, the old or the new ones are told of; the crosswalk checks that.
    changed = areas.changes["to"].to_list()
    missing = missing.filter(pl.col("area").is_in(list(names)), ~pl.col("area").is_in(changed))
    return [
        Finding(
            "area_missing",
            row["file"],
            sheets.place(row["sheet"]),
            f"{names[row['area']]} ({row['area']}) fehlt für {_listed(row['measure'])}, "
            f"{_listed(row['period'])}, während die anderen Gebiete da sind.",
            "Zeile nachliefern lassen; bedeutet eine fehlende Zeile null, absent_is_zero setzen.",
            row["sheet"],
            value=row["area"],
        )
        for row in missing.to_dicts()
    ]


def _gaps(frame: pl.DataFrame, delivery: Delivery) -> Iterator[Finding]:
    """Years left out in the rhythm of a measure's series."""
    missing: dict[int, list[str]] = {}
    for (measure,), own in sorted(frame.partition_by("measure", as_dict=True).items()):
        years = _years(own)
        rhythm = _rhythm(years)
        for before, after in pairwise(years):
            if len(years) > 2 and after - before > rhythm:
                for year in range(before + rhythm, after, rhythm):
                    missing.setdefault(year, []).append(str(measure))
    for year, measures in sorted(missing.items()):
        own = frame.filter(pl.col("measure").is_in(measures))
        earlier = own.filter(pl.col("period").str.head(4) < str(year)).sort("period")
        last = earlier.row(-1, named=True)
        yield Finding(
            "period_missing",
            last["file"],
            sheets.place(last["sheet"]),
            f"{year} fehlt für {_listed(measures)}; davor und danach ist geliefert "
            f"(zuletzt hier: {last['period']}).",
            f'Für Rezept "{delivery.recipe.id}" das Jahr {year} nachliefern lassen.',
            last["sheet"],
            value=str(year),
        )


def _rhythm(years: Sequence[int]) -> int:
    """Years between two deliveries of a series, as most often."""
    gaps = [after - before for before, after in pairwise(years)]
    return max(sorted(set(gaps)), key=gaps.count, default=1)


def _outdated(
    frame: pl.DataFrame,
    delivery: Delivery,
    years: list[int],
    newest: int,
    elsewhere: Sequence[pl.DataFrame],
) -> Iterator[Finding]:
    """The newest year is absent: in the whole delivery, or in some of its measures.

    A delivery of one year only has no rhythm it could have lost, and one whose series others
    carry on is no longer needed.
    """
    if len(years) < 2:
        return
    last = frame.sort("period").row(-1, named=True)
    rhythm = _rhythm(years)
    if newest - years[-1] >= rhythm and not _carried_on(frame, elsewhere):
        yield Finding(
            "delivery_outdated",
            last["file"],
            sheets.place(last["sheet"]),
            f"Der jüngste Zeitpunkt ist {last['period']}, andere Lieferungen reichen bis {newest}.",
            f'Die neue Datei zum Rezept "{delivery.recipe.id}" anfordern.',
            last["sheet"],
            value=last["period"],
        )
    ends = frame.group_by("measure").agg(pl.col("period").max(), pl.len()).sort("measure")
    late = ends.filter(pl.col("period").str.head(4).cast(pl.Int64) <= years[-1] - rhythm)
    for measure, period, _ in late.iter_rows():
        own = frame.filter(pl.col("measure") == measure).sort("period").row(-1, named=True)
        yield Finding(
            "delivery_outdated",
            own["file"],
            sheets.place(own["sheet"]),
            f'"{measure}" endet mit {period}, dieselbe Lieferung reicht bis {last["period"]}.',
            "Das jüngste Jahr dieser Messgröße nachliefern lassen.",
            own["sheet"],
            value=period,
        )


def _carried_on(frame: pl.DataFrame, elsewhere: Sequence[pl.DataFrame]) -> bool:
    """Whether later values of every measure and level of a delivery came with others."""
    series = ["measure", "level"]
    own = frame.group_by(series).agg(last=pl.col("period").max())
    others = [other.group_by(series).agg(later=pl.col("period").max()) for other in elsewhere]
    if not others:
        return False
    later = pl.concat(others).group_by(series).agg(pl.col("later").max())
    told = own.join(later, on=series, how="left")
    return bool((told["later"].fill_null("") > told["last"]).all())


def _odd_dates(frame: pl.DataFrame) -> list[Finding]:
    """Reference dates on another day of the year than those of the same measure in other years.

    The usual day is that of at least three years and of more years than any other.
    """
    days = (
        frame.filter(pl.col("period").str.len_chars() == len("2024-12-31"))
        .sort("row", "column")
        .group_by("measure", "level", "period", maintain_order=True)
        .agg(pl.first(*counts.PLACE, "area"))
        .with_columns(day=pl.col("period").str.tail(5))
        .with_columns(years=pl.len().over("measure", "level", "day"))
        .sort("measure", "level", "years", "period", descending=[False, False, True, False])
        .with_columns(usual=pl.col("day").first().over("measure", "level"))
        .with_columns(often=pl.col("years").max().over("measure", "level"))
        .filter(pl.col("often") >= 3, pl.col("day") != pl.col("usual"))
        .filter(pl.col("years") < pl.col("often"))
        .unique(["file", "sheet", "period"], keep="first", maintain_order=True)
    )
    return [
        Finding(
            "date_unusual",
            row["file"],
            sheets.place(row["sheet"], row["row"]),
            f"Stichtag {_german(row['period'])}; in anderen Jahren ist es der "
            f"{row['usual'][3:]}.{row['usual'][:2]}.",
            "Stichtag in der Datei prüfen; ist er richtig, den Umbruch in breaks.csv nennen.",
            row["sheet"],
            row["row"],
            value=row["period"],
        )
        for row in days.sort("file", "sheet", "row").to_dicts()
    ]


def _german(date: str) -> str:
    return f"{date[8:]}.{date[5:7]}.{date[:4]}"


def _future(frame: pl.DataFrame, city: City) -> list[Finding]:
    """Periods that begin after the month of the release; the first cell of each file."""
    late = (
        frame.filter(pl.col("period") > _end(city))
        .sort("row", "column")
        .unique(["file", "sheet", "period"], keep="first", maintain_order=True)
        .sort("file", "sheet", "period")
    )
    return [
        counts.finding(
            "period_future",
            row,
            f"Der Zeitpunkt liegt nach dem Datenstand {city.edition}.",
            "Datum in der Datei berichtigen; ist es richtig, edition in city.toml hochsetzen.",
        )
        for row in late.to_dicts()
    ]


def _end(city: City) -> str:
    """The last day of the month of the release."""
    year, month = map(int, city.edition.split("-"))
    return f"{city.edition}-{calendar.monthrange(year, month)[1]}"


def _listed(words: Sequence[str]) -> str:
    """The words, or the first and how many more."""
    return ", ".join(words) if len(words) <= 3 else f"{words[0]} und {len(words) - 1} weitere"
