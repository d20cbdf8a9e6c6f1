"""What is pressed before the browser has learnt of a new address comes with the one before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

COMPARED = {"gebiet": "01", "thema": "ueberblick", "intervalle": "nein"}


def _compare() -> None:
    from components import url
    from loaders import releases
    from pages import compare

    url.begin()
    compare.page(releases.current())


def _folded() -> None:
    import streamlit as st

    from components import url
    from loaders import releases
    from pages import compare

    url.begin()
    compare.page(releases.current())
    st.button("auf", key="auf", on_click=url.stay)


@pytest.fixture
def app(minden_releases: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Starts a page as a function with an address."""
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(minden_releases))

    def start(page: Any, **asked: str) -> AppTest:
        shown = AppTest.from_function(page, default_timeout=60)
        return told(shown, asked).run()

    return start


def told(shown: AppTest, address: dict[str, Any]) -> AppTest:
    """The page, in a browser whose address still says this."""
    for key in list(shown.query_params):
        del shown.query_params[key]
    for key, value in address.items():
        shown.query_params[key] = value
    return shown


def test_two_controls_pressed_within_one_answer_both_count(app: Any) -> None:
    shown = app(_compare, gebiet="01")
    assert shown.query_params == COMPARED
    shown.multiselect(key="vergleich_gebiete").set_value(["01", "02"])
    shown.toggle(key="vergleich_intervalle").set_value(True)
    shown.run()
    assert shown.query_params == {**COMPARED, "gebiet": "01,02", "intervalle": "ja"}
    assert shown.multiselect(key="vergleich_gebiete").value == ["01", "02"]


def _needs() -> None:
    from components import url
    from loaders import releases
    from pages import needs

    url.begin()
    needs.page(releases.current())


def test_two_weights_moved_within_one_answer_both_count(app: Any) -> None:
    shown = app(_needs, vorlage="offene-jugendarbeit")
    first, second = [one.key for one in shown.slider][:2]
    before = shown.query_params["gewichte"].split(",")
    shown.slider(key=first).set_value(3)
    shown.slider(key=second).set_value(2)
    shown.run()
    assert shown.query_params["gewichte"].split(",") == ["3", "2", *before[2:]]


def test_a_weight_goes_to_its_indicator_also_in_another_preset(app: Any) -> None:
    """The slider is one of the preset before, and may not weigh what stands in its place now."""
    other = app(_needs, vorlage="quartiersarbeit").query_params
    shown = app(_needs, vorlage="fruehe-hilfen")
    alone = [one.key for one in shown.slider if one.key.split()[1] not in other["indikatoren"]]
    shown.selectbox(key="bedarfe_vorlage").set_value("quartiersarbeit")
    shown.slider(key=alone[0]).set_value(1)
    shown.run()
    for key in ("vorlage", "indikatoren", "gewichte"):
        assert shown.query_params[key] == other[key]


def test_every_control_that_only_opens_keeps_the_address() -> None:
    for path in [*Path("components").glob("*.py"), *Path("pages").glob("*.py")]:
        assert 'on_change="rerun"' not in path.read_text(encoding="utf-8"), path


def test_what_only_opens_does_not_take_back_what_was_chosen(app: Any) -> None:
    shown = app(_folded, gebiet="01")
    shown.multiselect(key="vergleich_gebiete").set_value(["01", "02"]).run()
    told(shown, COMPARED).button(key="auf").click().run()
    assert shown.query_params == {**COMPARED, "gebiet": "01,02"}


def test_one_step_back_takes_back_the_last_choice_alone(app: Any) -> None:
    shown = app(_compare, gebiet="01")
    shown.toggle(key="vergleich_intervalle").set_value(True).run()
    before = dict(shown.query_params)
    shown.multiselect(key="vergleich_gebiete").set_value(["01", "02"]).run()
    told(shown, before).run()
    assert shown.query_params == {**COMPARED, "intervalle": "ja"}
    assert shown.multiselect(key="vergleich_gebiete").value == ["01"]
    assert shown.toggle(key="vergleich_intervalle").value is True


def test_what_gives_way_is_gone_from_the_address(app: Any) -> None:
    shown = app(_compare, gebiet="01", indikatoren="kinderarmut_u15")
    assert "thema" not in shown.query_params
    shown.selectbox(key="vergleich_thema").set_value("ueberblick").run()
    assert shown.query_params == COMPARED
