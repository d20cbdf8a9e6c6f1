"""The obvious build of the same theme page: pandas, GeoJSON inside every message, shorthands.

It shows map, trend, ranking and figure of one indicator, so that `indicator_change.py` compares
like with like. It reads the same release.
"""

import json
import os
from pathlib import Path

import altair as alt
import jenkspy
import pandas as pd
import pydeck as pdk
import streamlit as st

root = Path(os.environ["QUARTIERSPULS_RELEASES"])
folder = root / (root / "current").read_text().strip()
catalog = json.loads((folder / "catalog.json").read_text())
level = catalog["city"]["default_level"]
indicators = {i["id"]: i for theme in catalog["themes"] for i in theme["indicators"]}
indicator = indicators[st.query_params["indikator"]]


def total(terms):
    parts = []
    for term in terms:
        counts = pd.read_parquet(folder / f"counts/{term['measure']}.parquet")
        for name in ("age", "sex", "nationality"):
            counts = counts[counts[name].isin(term[name])]
        parts.append(counts.assign(value=counts["value"] * term["factor"]))
    return pd.concat(parts).groupby(["level", "area", "period"], as_index=False)["value"].sum()


values = total(indicator["numerator"])
if indicator["denominator"]:
    below = total(indicator["denominator"])
    values["year"], below["year"] = values["period"].str[:4], below["period"].str[:4]
    below = below.sort_values("period").drop_duplicates(["level", "area", "year"], keep="last")
    values = values.merge(below, on=["level", "area", "year"], suffixes=("", "_below"))
    values["value"] = indicator["per"] * values["value"] / values["value_below"]
values = values[values["level"] == level].merge(pd.read_parquet(folder / "areas.parquet"))
now = values[values["period"] == values["period"].max()]

features = json.loads((folder / f"geometry/{level}.json").read_text())
breaks = jenkspy.jenks_breaks(now["value"], n_classes=5)
by_area = now.set_index("area")
colours = [[255, 255, 204], [161, 218, 180], [65, 182, 196], [44, 127, 184], [37, 52, 148]]
for feature in features["features"]:
    value = by_area.loc[feature["properties"]["id"], "value"]
    feature["properties"]["value"] = f"{value:.1f}"
    feature["properties"]["colour"] = colours[sum(value > b for b in breaks[1:-1])]

st.title(indicator["title"])
layer = pdk.Layer(
    "GeoJsonLayer",
    features,
    pickable=True,
    auto_highlight=True,
    get_fill_color="properties.colour",
    get_line_color=[90, 100, 110],
)
middle = pdk.ViewState(longitude=now["lon"].mean(), latitude=now["lat"].mean(), zoom=10)
st.pydeck_chart(pdk.Deck([layer], initial_view_state=middle, map_style=None))
st.altair_chart(
    alt.Chart(now).mark_bar().encode(x="value:Q", y="name:N", tooltip=["name", "value"])
)
st.altair_chart(alt.Chart(values).mark_line().encode(x="period:N", y="value:Q", color="name:N"))
st.dataframe(now[["name", "value"]])
