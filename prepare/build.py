"""The whole way from a city folder and its deliveries to the content of a release."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from model.areas import label_lines
from model.atlas import Atlas, Template
from model.catalog import AREAS, BREAKDOWNS, TOTAL, ZONE, Audience, Catalog
from model.clusters import FILE
from model.interventions import Interventions
from model.manifest import Descriptions
from prepare import (
    aggregate,
    atlas_template,
    atlas_texts,
    audiences,
    baseline,
    cited,
    clusters,
    conversions,
    counts,
    crosswalk,
    deliveries,
    described,
    events,
    facilities,
    facility_recipes,
    facility_types,
    interventions,
    metadata,
    news,
    progress,
    protections,
    published,
    reach,
    recipe_checks,
    series_breaks,
    shapes,
    stories,
    surroundings,
    vintages,
    zones,
)
from prepare import areas as area_tables
from prepare import catalog as catalogs
from prepare import previous as releases
from prepare.areas import Areas
from prepare.atlas_texts import Written
from prepare.checks import completeness, fit, hidden, indicators, plausibility
from prepare.checks import files as file_checks
from prepare.deliveries import Delivery
from prepare.disclosure import gate, histories, shielding
from prepare.disclosure.compositions import Compositions
from prepare.disclosure.earlier import NOTHING, Earlier
from prepare.disclosure.patterns import NONE_KNOWN, Patterns
from prepare.facilities import Facilities
from prepare.findings import Finding, refuse
from prepare.release import Content

AREA_SIZE = "area_km2"


@dataclass(frozen=True)
class Examined:
    """A city folder and its deliveries as read, as far as `audience` may know them.

    `found` are all counts and the sums they make, `earlier` those that a later file of the same
    delivery replaced (both counts.SCHEMA), in today's areas; `breaks` (series_breaks.SCHEMA) say
    from which period on a series means something else; `facilities` if it declares any; `events`
    (events.SCHEMA) are those the city lists, and so are `interventions`. `atlas` is the template
    of the Sozialatlas and `words` are the files of its texts, those of other audiences included.
    """

    folder: Path
    audience: Audience
    catalog: Catalog
    areas: Areas
    read: Sequence[Delivery]
    figures: pl.DataFrame
    found: pl.DataFrame
    earlier: pl.DataFrame
    breaks: pl.DataFrame
    facilities: Facilities | None
    events: pl.DataFrame
    interventions: Interventions
    atlas: Template
    words: Sequence[Written]


def examined(
    folder: Path, files: Path, findings: list[Finding], audience: Audience = "public"
) -> Examined:
    """Everything read and checked; what is wrong with the deliveries is appended to `findings`.

    Declarations are checked whole; what is not for the audience is left out before it is read.

    Counts with an error are left out, so that one fault hides no other. Raises PreparationError
    where going on makes no sense: catalog, areas or recipes are not clean.
    """
    progress.tell("Katalog lesen")
    whole = catalogs.catalog(folder, audience)
    progress.tell("Gebiete und Geometrie lesen")
    areas = area_tables.areas(whole.city, folder, files, findings)
    every = recipe_checks.recipes(folder, whole, areas)
    places = facility_recipes.declared(folder, whole)
    catalog = audiences.catalog(whole, audience, [*every, *audiences.lists(places, audience)])
    types = facility_types.told(places.types if places else (), audience, catalog)
    catalog = catalog.model_copy(update={"facility_types": types})
    recipes = audiences.recipes(every, catalog)
    progress.tell("Lieferungen lesen")
    others = audiences.files(files, every, recipes)
    known = [*areas.files, *facilities.delivered(places, files), *others]
    findings += file_checks.findings(files, recipes, known)
    unseen = {path.relative_to(files).as_posix() for path in others}
    findings += [f for f in hidden.findings(files, every) if f.file not in unseen]
    read = deliveries.deliveries(recipes, files, catalog, areas, findings)
    findings[:] = fit.explained(_recognised_once(findings), recipes, files)
    path = folder / "published.csv"
    figures = audiences.figures(
        published.published(path, f"{folder.name}/{path.name}", whole, areas), catalog
    )
    progress.tell("Zusammenfassen und Summen prüfen")
    found = deliveries.combined(read, findings)
    findings += completeness.findings(read, areas, catalog.city, findings)
    broken = audiences.rows(_breaks(folder, whole, areas), catalog)
    happened = _events(folder, whole, areas)
    done = interventions.declared(folder, whole, _default_areas(whole, areas))
    done = interventions.told(done, catalog)
    template = atlas_template.declared(folder, whole)
    words = atlas_texts.written(folder, template, whole, _default_areas(whole, areas))
    findings += plausibility.findings(read, found, catalog, broken)
    found = conversions.converted(found, areas, catalog, findings)
    found = published.taken_over(found, figures, areas, findings)
    findings += counts.mixed_periods(found)
    sums = _sums(catalog, read)
    replaced = pl.concat([pl.DataFrame(schema=counts.SCHEMA), *(d.earlier for d in read)])
    earlier = vintages.with_sums(
        conversions.converted(replaced, areas, catalog, []),
        found,
        lambda then: zones.counted(
            aggregate.aggregated(then, areas, catalog, sums, []), areas.zones.parts, catalog.city
        ),
    )
    summed = aggregate.aggregated(found, areas, catalog, sums, findings)
    findings += indicators.above(catalog, summed)
    found = _with_area_sizes(summed, areas, catalog)
    if not any(finding.grade == "error" for finding in findings):
        # Indicators that are empty because of a reported fault would only repeat it.
        # Area sizes have every period there is, so they say nothing about dates or years.
        mixed = indicators.references(catalog, summed, folder.name)
        findings += mixed or indicators.empty(catalog, found, folder.name)
        name = f"{folder.name}/{interventions.FILE}"
        findings += interventions.uncounted(done, catalog, found, name)
    mine = audiences.facilities(places, audience, catalog) if places else None
    points = facilities.facilities(mine, files, catalog, areas, findings)
    found = zones.counted(found, areas.zones.parts, catalog.city)
    # A total that is wrong over one breakdown is wrong over the others, too.
    findings[:] = dict.fromkeys(findings)
    return Examined(
        folder=folder,
        audience=audience,
        catalog=catalog,
        areas=areas,
        read=read,
        figures=figures,
        found=found,
        earlier=earlier,
        breaks=broken,
        facilities=points,
        events=happened,
        interventions=done,
        atlas=atlas_template.told(template, catalog),
        words=words,
    )


def build(
    folder: Path,
    files: Path,
    audience: Audience,
    findings: list[Finding],
    previous: Path | None = None,
    before: Earlier = NOTHING,
) -> Content:
    """The release content of a city folder and the deliveries in `files`.

    `previous` is the folder of the release that is shown now; its numbers become vintages where
    they have changed. Warnings and hints are appended to `findings`. Raises PreparationError
    with everything wrong.
    """
    seen = examined(folder, files, findings, audience)
    refuse(findings)
    return content(seen, previous, before)


def content(
    seen: Examined,
    previous: Path | None = None,
    before: Earlier = NOTHING,
    known: Patterns = NONE_KNOWN,
) -> Content:
    """The release content of what was examined and found to have no errors (see `build`).

    Protected, by patterns `known` where there are any, together with all that was public
    `before`, and audited. Raises PreparationError
    where that is not possible.
    """
    progress.tell("Datenstand zusammenstellen")
    told = _told(seen)
    around = surroundings.texts(seen.catalog.city, seen.folder)
    seen = replace(seen, catalog=ruled(seen))
    true = seen.found
    seen = _shielded(seen, before, known)
    name = f"{seen.folder.name}/{interventions.FILE}"
    refuse(interventions.secrets(seen.interventions, seen.catalog, seen.found, name))
    parts = seen.areas.zones.parts
    cells = cited.Cells(seen.catalog, seen.found, seen.areas.told, seen.breaks, parts)
    tales = stories.told(seen.folder, seen.audience, cells)
    around = {**around, **({stories.TEXT: tales.model_dump_json()} if tales.stories else {})}
    around = {**around, **_atlas(seen, cells)}
    old = releases.previous(previous, seen.catalog.city.id, seen.audience) if previous else None
    old = old.comparable(seen.areas.zones.parts) if old else None
    history = vintages.vintages(seen.found, seen.earlier, told, seen.catalog.measures, old)
    own = composed(seen.areas)
    history = own.outward(
        histories.allowed(
            own.inward(history), own.inward(seen.found), own.catalog(seen.catalog), own.nested()
        )
    )
    made = _content(
        replace(seen, found=vintages.revised(seen.found, history)), history, told, around
    )
    made = news.told(made, baseline.baseline(previous, made))
    report = gate.passed(made, before, true)
    return replace(made, texts={**made.texts, gate.FILE: gate.text(report)})


def composed(areas: Areas) -> Compositions:
    """The zones among the areas, as protection and audit know them."""
    return Compositions(areas.told, areas.zones.parts)


def ruled(seen: Examined) -> Catalog:
    """The catalog as a release carries it: with its sources, and the rule of each measure."""
    told = _told(seen)
    catalog = described.with_sources(seen.catalog, told)
    rules = protections.resolved(catalog, seen.found, told, _complete(seen.read))
    return Catalog(
        city=catalog.city,
        themes=catalog.themes,
        protection=rules,
        facility_types=catalog.facility_types,
        presets=catalog.presets,
    )


def _told(seen: Examined) -> Descriptions:
    """What a release says of the deliveries."""
    path = seen.folder / "published.csv" if seen.figures.height else None
    levels = seen.found.filter(pl.col("level") != ZONE)
    told = described.deliveries(seen.read, levels, seen.areas, path)
    return {**told, **(seen.facilities.told if seen.facilities else {})}


def _recognised_once(findings: Sequence[Finding]) -> list[Finding]:
    """The findings with just the first of those that recognised the same name in a file."""
    told: dict[tuple[str, str, str], Finding] = {}
    for number, finding in enumerate(findings):
        apart = "" if finding.rule == "area_name_normalised" else str(number)
        told.setdefault((finding.file, finding.message, apart), finding)
    return list(told.values())


def _breaks(folder: Path, catalog: Catalog, areas: Areas) -> pl.DataFrame:
    """The breaks a city declares, and those its area changes make."""
    path = folder / "breaks.csv"
    name = f"{folder.name}/{path.name}"
    declared = series_breaks.declared(path, name, catalog.measures.keys(), areas.ids)
    return pl.concat([declared, crosswalk.breaks(areas.changes)])


def _events(folder: Path, catalog: Catalog, areas: Areas) -> pl.DataFrame:
    """The events a city lists; everybody may know them."""
    path = folder / events.FILE
    return events.declared(path, f"{folder.name}/{path.name}", _default_areas(catalog, areas))


def _default_areas(catalog: Catalog, areas: Areas) -> frozenset[str]:
    """The ids of the level the app opens with."""
    level = areas.table.filter(pl.col("level") == catalog.city.default_level)
    return frozenset(level["area"])


def _facility_frames(seen: Examined) -> dict[str, pl.DataFrame]:
    """The release's frames of facilities, none for a city that declares none."""
    found = seen.facilities
    if found is None:
        return {}
    shares = reach.shares(found, seen.catalog.facility_types, seen.areas.exact)
    return {
        "facilities.parquet": found.table,
        "facility_values.parquet": found.values,
        **({"reach.parquet": shares} if shares.height else {}),
    }


def _register(found: Interventions) -> dict[str, str]:
    """The release's text of interventions, none for a city that declares none."""
    return {interventions.TEXT: found.model_dump_json()} if found.interventions else {}


def _atlas(seen: Examined, cells: cited.Cells) -> dict[str, str]:
    """The release's text of the Sozialatlas, none for a city whose book is the usual one."""
    name = atlas_template.named(seen.folder)
    refuse(atlas_template.unshown(seen.atlas, cells, seen.areas.shapes, name))
    found = atlas_texts.told(seen.words, seen.atlas, cells)
    return {atlas_texts.TEXT: found.model_dump_json()} if found != Atlas() else {}


def _shielded(seen: Examined, before: Earlier, known: Patterns) -> Examined:
    """What was examined, with its numbers as they may be told after all that was public before."""
    own = composed(seen.areas)
    told = shielding.counts_told(
        own.catalog(seen.catalog), own.nested(), own.inward(seen.found), before, known
    )
    told = own.outward(told).sort(counts.KEYS)
    places = seen.facilities
    if places is not None:
        values = shielding.facilities_told(places.values, seen.catalog)
        places = replace(places, values=values)
    return replace(seen, found=told, facilities=places)


def _sums(catalog: Catalog, read: Sequence[Delivery]) -> aggregate.Sums:
    categories = {b: [c.id for c in catalog.city.categories(b)] for b in BREAKDOWNS}
    return aggregate.Sums(categories, _complete(read))


def _complete(read: Sequence[Delivery]) -> set[tuple[str, str]]:
    """(measure, breakdown) pairs whose categories are everything, as the recipes say."""
    return {
        (measure, breakdown)
        for delivery in read
        for table in delivery.recipe.tables
        for breakdown in table.complete
        for measure in delivery.counts["measure"].unique()
    }


def _with_area_sizes(found: pl.DataFrame, areas: Areas, catalog: Catalog) -> pl.DataFrame:
    """The areas' km² as counts of every period, if the city declares that measure."""
    if AREA_SIZE not in catalog.measures:
        return found
    sizes = (
        areas.table.filter(pl.col("area_km2").is_not_null())
        .join(found.select("period").unique(), how="cross")
        .with_columns(
            *(pl.lit(TOTAL).alias(breakdown) for breakdown in BREAKDOWNS),
            *counts.nowhere(),
            measure=pl.lit(AREA_SIZE),
            value=pl.col("area_km2"),
            status=pl.col("area").replace_strict(dict(areas.statuses)),
            delivery=pl.lit(AREAS),
        )
        .select(counts.SCHEMA.keys())
    )
    return pl.concat([found, sizes.join(found, on=counts.KEYS, how="anti")]).sort(counts.KEYS)


def _content(
    seen: Examined,
    history: pl.DataFrame,
    told: Descriptions,
    around: Mapping[str, str],
) -> Content:
    catalog, areas, found = seen.catalog, seen.areas, seen.found
    # What a map writes on its areas travels with the polygons, which a browser loads once.
    labels = {
        row["area"]: {
            "name": row["name"],
            "label": label_lines(row["short"] or row["name"]),
            "at": [row["lon"], row["lat"]],
        }
        for row in areas.table.iter_rows(named=True)
    }
    parts = found.partition_by("measure", as_dict=True, include_key=False)
    measures = {str(measure): frame for (measure,), frame in parts.items()}
    patterns = clusters.clusters(measures, catalog, areas.shapes)
    drawn = {
        f"geometry/{level}.json": shapes.geojson(own, labels) for level, own in areas.shapes.items()
    }
    counted = [found, *([seen.facilities.values] if seen.facilities else [])]
    periods = found["period"].unique().sort().to_list() or [""]
    return Content(
        city=catalog.city.id,
        edition=catalog.city.edition,
        audience=seen.audience,
        frames={
            "areas.parquet": areas.told,
            "published.parquet": seen.figures,
            "vintages.parquet": history,
            "breaks.parquet": seen.breaks,
            **{f"counts/{measure}.parquet": frame for measure, frame in measures.items()},
            **({FILE: patterns} if patterns.height else {}),
            **_facility_frames(seen),
            **({"events.parquet": seen.events} if seen.events.height else {}),
            **({zones.TABLE: areas.zones.parts} if areas.zones.parts.height else {}),
        },
        texts={
            "catalog.json": catalog.model_dump_json(),
            **drawn,
            **around,
            **_register(seen.interventions),
        },
        periods=(periods[0], periods[-1]),
        modelled=any(bool((frame["status"] == "modelled").any()) for frame in counted),
        deliveries=told,
        about=functools.partial(metadata.texts, catalog),
    )
