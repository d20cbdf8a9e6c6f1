"""What maps beside each other are given to draw, worked out by other means."""

from __future__ import annotations

from bisect import bisect_right

import jenkspy
import pytest

from components import painting, plate_tables, plates
from loaders import indicators, mapsets, releases, views
from loaders.mapsets import Sheet
from model.mapset import MapSet
from model.selection import Selection

NBSP = "\N{NO-BREAK SPACE}"
LEVEL = "stadtbezirk"
POVERTY, ALL = "kinderarmut_u15", "sgb2_quote"


def shown(release: releases.Release, name: str, years: range) -> list[float]:
    """The values of all areas as they are printed, without missing ones, ascending."""
    frame = indicators.values(release, release.catalog.indicators[name])
    rows = frame.filter(level=LEVEL).drop_nulls("value")
    known = {str(year) for year in years}
    return sorted(
        float(text.replace(".", "").replace(",", "."))
        for period, text in rows.select("period", "text").iter_rows()
        if period[:4] in known
    )


def in_groups(limits: tuple[float, ...], values: list[float]) -> list[int]:
    """How many values fall into each class."""
    codes = [bisect_right(limits, value) for value in values]
    return [codes.count(code) for code in range(len(limits) + 1)]


def natural(values: list[float], count: int) -> list[int]:
    """The sizes of the natural classes, as jenkspy itself groups the values."""
    breaks = jenkspy.jenks_breaks(values, n_classes=count)
    upper = breaks[1:]
    codes = [next(i for i, end in enumerate(upper) if value <= end) for value in values]
    return [codes.count(code) for code in range(count)]


@pytest.mark.parametrize(
    ("chosen", "years", "names"),
    [
        (MapSet((POVERTY, ALL), LEVEL, (), "2024-12-31"), range(2012, 2025), (POVERTY, ALL)),
        (MapSet((POVERTY,), LEVEL, ("2012-12-31", "2024-12-31")), (2012, 2024), (POVERTY,)),
    ],
)
def test_limits_are_those_of_all_maps_that_share_a_legend(
    release: releases.Release, chosen: MapSet, years: range, names: tuple[str, ...]
) -> None:
    sheet = mapsets.sheet(release, chosen)
    assert sheet.shared
    assert len({view.limits for view in sheet.views}) == 1
    pool = sorted(value for name in names for value in shown(release, name, years))
    assert in_groups(sheet.views[0].limits, pool) == natural(pool, 5)


def test_maps_of_several_units_have_limits_and_legends_of_their_own(
    release: releases.Release,
) -> None:
    chosen = MapSet((POVERTY, "einwohnerdichte"), LEVEL, (), "2024")
    sheet = mapsets.sheet(release, chosen)
    data = plates.data(sheet, release, chosen)
    assert not sheet.shared and "legend" not in data
    for view, plate in zip(sheet.views, data["maps"], strict=True):
        pool = shown(release, view.indicator.id, range(2010, 2025))
        assert in_groups(view.limits, pool) == natural(pool, 5)
        assert plate["legend"]["items"][0][1].startswith("unter ")
    assert "Prozent" not in data["maps"][1]["legend"]["head"]


def cells(data: dict[str, list[list[object]]], frame: int) -> list[list[object]]:
    return [data["cells"][int(str(which))] for which in data["frames"][frame]]


def test_a_map_at_a_step_is_the_theme_s_map_of_that_year(release: releases.Release) -> None:
    chosen = MapSet((POVERTY, ALL), LEVEL, (), "2013-12-31", ("16",))
    sheet = mapsets.sheet(release, chosen)
    data = plates.data(sheet, release, chosen)
    assert data["step"] == 1 and data["steps"] == [str(year) for year in range(2012, 2025)]
    for name, plate, own in zip(chosen.indicators, data["maps"], sheet.views, strict=True):
        for place, period in enumerate(sheet.steps):
            theme = Selection("existenzsicherung", name, LEVEL, period)
            view = views.view_of(release, theme)
            painted = painting.values(view)
            for figure, (code, text, tag, sign) in zip(
                painting.drawn(view, release), cells(plate, place), strict=True
            ):
                area = figure.area.id
                assert (text, tag, sign) == (
                    painted.told[area], painted.tags[area], painted.signs[area],
                )  # fmt: skip
                if figure.value is None:
                    assert plate["fills"][code] == f"url(#{figure.status})"
                else:
                    printed = round(figure.value + 1e-9, own.indicator.decimals)
                    assert code == bisect_right(own.limits, printed)
    assert data["chosen"] == {"16": "#b3126a"}
    assert "Rechtes Weserufer: 42," in data["maps"][0]["alt"]


def test_years_without_values_are_not_collected(release: releases.Release) -> None:
    """Births are known from 2010 by year, children's poverty from 2012 by day, school from 2014."""
    chosen = MapSet(("geburten", POVERTY, "uebergang_gymnasium"), LEVEL, (), "2011")
    sheet = mapsets.sheet(release, chosen)
    data = plates.data(sheet, release, chosen)
    assert data["steps"] == [str(year) for year in range(2010, 2025)]
    births, poverty, school = data["maps"]
    assert [one["subs"][1] for one in data["maps"]] == [
        "je 1.000 Einwohner · 2011",
        "% · 2011 · nicht erhoben",
        "% · 2011/12 · nicht erhoben",
    ]
    assert (births["subs"][4], poverty["subs"][4], school["subs"][4]) == (
        "je 1.000 Einwohner · 2014", "% · 31.12.2014", "% · 2014/15",
    )  # fmt: skip
    assert {tuple(cell[1:]) for cell in cells(poverty, 1)} == {
        ("nicht erhoben", "(nicht erhoben)", "[…]")
    }
    assert {poverty["fills"][int(str(cell[0]))] for cell in cells(poverty, 1)} == {
        "url(#not_collected)"
    }
    assert any(label == "… nicht erhoben" for _paint, label in poverty["legend"]["items"])
    assert all(label != "… nicht erhoben" for _paint, label in births["legend"]["items"])


def rows(sheet: Sheet, chosen: MapSet) -> dict[str, list[str]]:
    return {row["cells"][0]: row["cells"][1:] for row in plate_tables.table(sheet, chosen)["rows"]}


def test_the_table_says_what_the_maps_show(release: releases.Release) -> None:
    chosen = MapSet((POVERTY,), LEVEL, ("2012-12-31", "2024-12-31"), "", ("16",))
    sheet = mapsets.sheet(release, chosen)
    assert plates.data(sheet, release, chosen)["legend"]["head"] == (
        "Kinder unter 15 Jahren in Haushalten mit Bürgergeld: Anteil an allen unter 15-Jährigen, % "
        "· schematische Grenzen"
    )
    table = plate_tables.table(sheet, chosen)
    assert [column["title"] for column in table["columns"]] == [
        "Stadtbezirk",
        "31.12.2012",
        "31.12.2024",
    ]
    found = rows(sheet, chosen)
    assert len(found) == 19 + 1 and list(found)[-1] == "Minden"
    assert found["Rechtes Weserufer"][1] == "43,0 m"
    assert found["Minden"][1] == "24,8 m"
    assert found["Bölhorst"] == [".", "."]
    hidden = next(row for row in table["rows"] if row["cells"][0] == "Bölhorst")
    assert table["whys"][hidden["why"][1]]["words"] == "geheim gehalten"
    assert hidden["missing"] == [1, 2]


def test_the_maps_of_one_area_level_only(release: releases.Release) -> None:
    offer = mapsets.offer(release)
    assert offer is not None
    assert list(offer.areas) == [LEVEL] and len(offer.areas[LEVEL]) == 19 + 1  # a zone
    assert "mindestsicherung_amtlich" not in offer.periods[LEVEL]
    assert offer.periods[LEVEL]["uebergang_gymnasium"][0] == "2014"
