"""What two releases are compared by: counts, catalog, bases and breaks, built or on disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import polars as pl

from model.catalog import Catalog, Indicator, Measure
from prepare import counts, series_breaks
from prepare.inspection import Whole
from prepare.release import Content

_PREFIX = "counts/"


@dataclass(frozen=True)
class State:
    """One state of the data. `name` is its release, '' if it is not built yet.

    `counts` holds a frame (counts.SCHEMA) by measure, `bases` what its deliveries refer to,
    `breaks` where series start anew (series_breaks.SCHEMA), `areas` the names by id.
    """

    name: str
    catalog: Catalog
    counts: Mapping[str, pl.LazyFrame]
    bases: Mapping[str, Sequence[str]]
    breaks: pl.DataFrame
    areas: Mapping[str, str]

    def declared(self, measure: str) -> dict[str, str]:
        """What a measure's values mean, by German word; empty if it is not declared."""
        found = self.catalog.measures.get(measure)
        if found is None:
            return {}
        return {**meaning(found), "Basis": "; ".join(self.bases.get(measure, ()))}

    def formula(self, indicator: str) -> dict[str, str]:
        """What an indicator's values mean, by German word; empty if it is not declared."""
        found = self.catalog.indicators.get(indicator)
        if found is None:
            return {}
        bases = {basis for m in measures(found) for basis in self.bases.get(m, ())}
        return {
            "Definition": found.definition,
            "Bezug": found.base,
            "Einheit": found.unit,
            "Zähler": _terms(found, "numerator"),
            "Nenner": _terms(found, "denominator"),
            "Faktor": f"{found.per:g}",
            "Basis": "; ".join(sorted(bases)),
        }


def meaning(measure: Measure) -> dict[str, str]:
    """What a measure's values mean as far as it is declared itself, by German word.

    Not what else may be said of it, like the breakdowns it comes in.
    """
    return {
        "Bezeichnung": measure.title,
        "Einheit": measure.unit,
        "Addierbar": "ja" if measure.additive else "nein",
    }


def measures(indicator: Indicator) -> list[str]:
    """Measures an indicator is made of, sorted."""
    return sorted({term.measure for term in indicator.terms})


def built(content: Content) -> State:
    """The state of a release that is not written yet."""
    frames = {
        PurePosixPath(path).stem: frame.lazy()
        for path, frame in content.frames.items()
        if path.startswith(_PREFIX)
    }
    return _state(
        "",
        Catalog.model_validate_json(content.texts["catalog.json"]),
        frames,
        content.deliveries,
        content.frames.get("breaks.parquet", pl.DataFrame(schema=series_breaks.SCHEMA)),
        content.frames["areas.parquet"],
    )


def released(release: Whole) -> State:
    """The state of a release on disk; its counts are scanned when they are compared."""
    folder = release.folder
    paths = [path for path in release.manifest["files"] if path.startswith(_PREFIX)]
    breaks = folder / "breaks.parquet"
    return _state(
        folder.name,
        Catalog.model_validate_json((folder / "catalog.json").read_bytes()),
        {PurePosixPath(path).stem: pl.scan_parquet(folder / path) for path in paths},
        release.manifest["deliveries"],
        pl.read_parquet(breaks) if breaks.exists() else pl.DataFrame(schema=series_breaks.SCHEMA),
        pl.read_parquet(folder / "areas.parquet"),
    )


def _state(
    name: str,
    catalog: Catalog,
    frames: Mapping[str, pl.LazyFrame],
    deliveries: Mapping[str, Mapping[str, Any]],
    breaks: pl.DataFrame,
    areas: pl.DataFrame,
) -> State:
    bases: dict[str, set[str]] = {}
    for told in deliveries.values():
        for measure in told.get("measures", ()):
            bases.setdefault(measure, set()).add(told["basis"])
    empty = pl.LazyFrame(schema=counts.SCHEMA)
    return State(
        name,
        catalog,
        {
            # Releases of earlier versions know no places.
            m: pl.concat([empty, frame.with_columns(measure=pl.lit(m))], how="diagonal")
            for m, frame in frames.items()
        },
        {measure: sorted(found) for measure, found in bases.items()},
        breaks.select(series_breaks.SCHEMA.keys()),
        dict(zip(areas["area"], areas["name"], strict=True)),
    )


def _terms(indicator: Indicator, side: str) -> str:
    terms = indicator.numerator if side == "numerator" else indicator.denominator
    return " ".join(
        f"{'-' if term.factor < 0 else '+'} {abs(term.factor)} x {term.measure}"
        f"[{', '.join((*term.age, *term.sex, *term.nationality))}]"
        for term in terms
    )
