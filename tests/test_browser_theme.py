"""A theme page as its readers use it: choose, click, share, walk by keyboard, read on a phone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from looks import DESKTOP, PHONE, assert_well_made, opened, query

POVERTY = "existenzsicherung?indikator=kinderarmut_u15"


def test_a_stranger_opens_a_theme_clicks_a_district_and_reads_its_value(
    page: Page, app: str
) -> None:
    opened(page, app)
    page.get_by_role("link", name="Existenzsicherung").click()
    page.locator("path[data-id='16']").click()
    sentence = page.locator(".qp-figures .sentence")
    expect(sentence).to_have_text(
        "Am 31.12.2024 lebten am Rechten Weserufer 43,0 % der Kinder unter 15 Jahren in einem "
        "Haushalt mit Leistungen nach dem SGB II (seit 2023 Bürgergeld). Das ist ein Modellwert."
    )
    expect(page.locator(".qp-figures .beside")).to_contain_text("Minden 24,8 %")
    assert query(page)["gebiet"] == "16"


def test_selecting_in_one_place_selects_in_all(page: Page, app: str) -> None:
    opened(page, f"{app}/{POVERTY}&gebiet=17")
    expect(page.locator("path[data-id='17']")).to_have_attribute("aria-selected", "true")
    page.get_by_role("radio", name="Tabelle").click()
    row = page.get_by_role("button", name="Rodenbeck", exact=True).first
    expect(row).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Bärenkämpen", exact=True).first.click()
    expect(page.locator(".qp-figures h2")).to_have_text("Bärenkämpen")
    page.get_by_role("radio", name="Karte").click()
    expect(page.locator("path[data-id='01']")).to_have_attribute("aria-selected", "true")


def test_ranking_can_be_clicked_and_names_who_is_missing(page: Page, app: str) -> None:
    opened(page, f"{app}/{POVERTY}&ansicht=rangfolge")
    figure = page.locator("[aria-label^='Rangfolge:']").first
    expect(figure).to_have_attribute(
        "aria-label", re.compile(r"Geheim gehalten \(\.\): Bölhorst, ")
    )
    expect(page.locator("svg text", has_text=". geheim gehalten").first).to_be_attached()
    page.locator(".mark-rect path").first.click()
    expect(page.locator(".qp-figures h2")).to_have_text("Bärenkämpen")
    assert query(page)["gebiet"] == "01"


def test_trend_can_be_clicked(page: Page, app: str) -> None:
    opened(page, f"{app}/{POVERTY}&ansicht=entwicklung")
    points = page.locator(".stVegaLiteChart").first.locator("g.mark-symbol").last.locator("path")
    expect(points.last).to_be_attached()
    box = points.last.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page).to_have_url(re.compile("gebiet="))


def test_table_is_sorted_by_its_heads(page: Page, app: str) -> None:
    opened(page, f"{app}/{POVERTY}&ansicht=tabelle")
    table = page.locator(".table").first
    table.get_by_role("button", name=re.compile("%")).click()
    first = table.locator("tbody tr th").first
    expect(first).to_have_text("Bärenkämpen")
    table.get_by_role("button", name=re.compile("%")).click()
    expect(first).to_have_text("Hahlen")
    expect(table.locator("th[aria-sort]")).to_have_attribute("aria-sort", "ascending")


def test_the_start_page_tells_one_figure_a_theme_and_what_is_new(page: Page, app: str) -> None:
    opened(page, app)
    expect(page.locator(".qp-banner")).to_have_text(re.compile("^Modellwert, keine amtliche Zahl"))
    expect(page.locator(".qp-card .number")).to_have_count(12)
    expect(page.get_by_role("heading", name="Was ist neu?")).to_be_visible()
    expect(page.get_by_text("Erste Veröffentlichung")).to_be_visible()


def test_the_data_page_lists_deliveries_and_published_figures(page: Page, app: str) -> None:
    opened(page, f"{app}/daten")
    expect(page.locator(".table").first.locator("tbody tr")).not_to_have_count(0)
    assert page.locator(".table").first.locator("tbody tr").count() >= 20
    expect(page.get_by_text("minden.de").first).to_be_visible()


def test_the_legend_says_that_borders_are_schematic_and_leads_to_more_maps(
    page: Page, app: str
) -> None:
    opened(page, f"{app}/{POVERTY}&zeit=2023-12-31&gebiet=17,16")
    expect(page.get_by_role("link", name="Mehrere Karten nebeneinander")).to_have_attribute(
        "href",
        "./karten?indikatoren=kinderarmut_u15&ebene=stadtbezirk&zeit=2023-12-31&gebiet=17%2C16",
    )
    expect(page.locator(".qp-legend")).to_contain_text("schematische Grenzen")
    for pattern in ("suppressed", "unreliable", "not_collected", "not_meaningful"):
        expect(page.locator(f"pattern#{pattern}")).to_have_count(1)


def test_the_address_is_the_whole_view_and_survives_reload_and_back(page: Page, app: str) -> None:
    opened(page, f"{app}/{POVERTY}")
    assert set(query(page)) == {
        "indikator",
        "ebene",
        "zeit",
        "seit",
        "bild",
        "ansicht",
        "klassen",
        "stufen",
        "fest",
        "intervalle",
        "karte",
        "fassung",
        "zeichen",
    }
    page.locator("path[data-id='08']").click()
    expect(page.locator(".qp-figures h2")).to_have_text("Innenstadt")
    page.get_by_role("radio", name="Entwicklung").click()
    expect(page).to_have_url(re.compile("ansicht=entwicklung"))
    address = page.url
    page.reload()
    expect(page.locator(".qp-figures h2")).to_have_text("Innenstadt")
    assert page.url == address
    page.go_back()
    expect(page).to_have_url(re.compile("ansicht=karte"))
    expect(page.locator("path[data-id='08']")).to_have_attribute("aria-selected", "true")
    page.go_back()
    expect(page.locator(".qp-figures h2")).to_have_text("Minden")


def test_district_and_time_go_along_to_the_next_theme(page: Page, app: str) -> None:
    opened(page, f"{app}/{POVERTY}&gebiet=17&zeit=2020-12-31")
    page.get_by_role("button", name="Themen").click()
    page.get_by_role("menuitem", name="Arbeit").or_(page.get_by_role("link", name="Arbeit")).click()
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("Kinder unter 15")
    expect(page.locator(".qp-figures h2")).to_have_text("Rodenbeck")
    assert query(page)["zeit"] == "2020-12-31"


def test_hostile_and_unknown_values_fall_back_with_a_notice(page: Page, app: str) -> None:
    bad = "indikator=<script>alert(1)</script>&zeit=9999&gebiet=99,../../etc&klassen=%00&fest=1"
    opened(page, f"{app}/existenzsicherung?{bad}")
    expect(page.get_by_text("Den Indikator aus dem Link gibt es hier nicht.")).to_be_visible()
    assert query(page)["indikator"] == "kinderarmut_u15"
    assert "script" not in page.url


def test_copied_link_opens_the_same_view(page: Page, app: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(page, f"{app}/{POVERTY}&gebiet=16&zeit=2019-12-31&klassen=quantile&stufen=4")
    page.get_by_role("button", name="Link kopieren").click()
    expect(page.get_by_role("button", name="Link kopiert!")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    legend = page.locator(".qp-legend").inner_text()
    second = page.context.new_page()
    opened(second, link)
    assert second.locator(".qp-legend").inner_text() == legend
    assert query(second) == query(page)


def test_map_is_walked_by_keyboard(page: Page, app: str) -> None:
    opened(page, f"{app}/{POVERTY}")
    page.locator("path[data-id][tabindex='0']").focus()
    page.keyboard.press("ArrowDown")
    focused = page.evaluate(
        "[...document.querySelectorAll('*')].map(e => e.shadowRoot?.activeElement)"
        ".find(e => e)?.getAttribute('aria-label')"
    )
    assert re.fullmatch(r".+: (\d+,\d\u00a0% \(Modellwert\)|geheim gehalten)", focused)
    expect(page.locator(".tip")).to_have_text(focused)
    expect(page.locator(".ring .line")).to_have_attribute("d", re.compile("^M"))
    page.keyboard.press("Enter")
    expect(page.locator(".qp-figures h2")).to_have_text(focused.split(":")[0])


def test_pydeck_map_is_clicked_too_and_a_second_click_takes_it_back(page: Page, app: str) -> None:
    opened(page, f"{app}/{POVERTY}&karte=webgl")
    canvas = page.locator("[data-testid=stDeckGlJsonChart] canvas").first
    chosen = page.locator(".qp-figures h2")

    def click_until_shown(name: str) -> None:
        # Without a graphics card a click can get lost while the map is still being drawn.
        for _attempt in range(8):
            page.wait_for_timeout(1500)
            box = canvas.bounding_box()
            assert box
            page.mouse.click(box["x"] + 0.48 * box["width"], box["y"] + 0.46 * box["height"])
            try:
                return expect(chosen).to_have_text(name, timeout=4000)
            except AssertionError:
                continue
        expect(chosen).to_have_text(name)

    click_until_shown("Bärenkämpen")
    assert query(page)["gebiet"] == "01"
    click_until_shown("Minden")
    assert "gebiet" not in query(page)


@pytest.mark.context(viewport=PHONE)
@pytest.mark.parametrize("view", ["karte", "veraenderung", "tabelle"])
def test_phone_needs_no_sideways_scrolling(page: Page, app: str, view: str) -> None:
    opened(page, f"{app}/{POVERTY}&ansicht={view}&gebiet=16")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("e => e.scrollWidth - e.clientWidth") <= 0
    table = page.locator(".table").first
    right = PHONE["width"] - 16
    if view == "tabelle":
        # Name, value and sign are in sight; what lies beyond the edge is announced.
        for cell in table.locator("tbody tr").first.locator("th, td").all()[:3]:
            box = cell.bounding_box()
            assert box and box["x"] + box["width"] <= right
        expect(table.get_by_text("Mehr Spalten")).to_be_visible()
        # Pushed aside, signs go below the names.
        table.evaluate("e => { e.scrollLeft = 1000; }")
        name = table.get_by_role("button", name="Bärenkämpen", exact=True)
        name.scroll_into_view_if_needed()
        assert name.evaluate(
            "e => { const b = e.getBoundingClientRect(), root = e.getRootNode();"
            " return [.2, .5, .8, .95].every(part => e.contains(root.elementFromPoint("
            "b.x + part * b.width, b.y + b.height / 2))); }"
        )
    for label in page.locator(".map .labels text:visible").all():
        box = label.bounding_box()
        assert box and box["x"] >= 16 and box["x"] + box["width"] <= right


INTERNAL = {"zaunammer"}
THEMES = sorted({path.stem for path in Path("data/minden/catalog").glob("*.toml")} - INTERNAL)
PAGES = (
    "",
    "daten",
    "ueber",
    f"{POVERTY}&gebiet=16,15",
    f"{POVERTY}&ansicht=rangfolge",
    f"{POVERTY}&ansicht=entwicklung",
    f"{POVERTY}&ansicht=tabelle",
    "bevoelkerung?indikator=einwohner_amtlich",
)


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_and_nothing_is_english(page: Page, app: str, address: str) -> None:
    opened(page, f"{app}/{address}")
    assert_well_made(page, DESKTOP, PHONE)


@pytest.mark.parametrize("theme", THEMES[::4])  # all are one page; every view is looked at above
def test_every_theme_passes_axe_and_asks_no_other_host(page: Page, app: str, theme: str) -> None:
    assert_well_made(opened(page, f"{app}/{theme}"), DESKTOP)


def test_search_finds_what_people_type(page: Page, app: str) -> None:
    opened(page, app)
    box = page.get_by_label("Indikator oder Gebiet suchen")
    for typed, expected in (
        ("Kinderarmut", "Kinder unter 15 Jahren in Haushalten mit Bürgergeld"),
        ("arme Kinder", "Kinder unter 15 Jahren in Haushalten mit Bürgergeld"),
        ("ALG", "Bürgergeld"),
        ("Bährenkämpen", "Bärenkämpen"),
    ):
        box.fill(typed)
        expect(page.get_by_role("link", name=re.compile(re.escape(expected))).first).to_be_visible()
    box.fill("Kinderarmut Innenstadt")
    expect(
        page.get_by_role("link", name=re.compile("Bürgergeld · Innenstadt")).first
    ).to_be_visible()
    box.fill("Hahlen")
    page.get_by_role("link", name=re.compile("Hahlen")).click()
    expect(page.locator(".qp-figures h2")).to_have_text("Hahlen")


def test_downloads_are_offered_under_names_that_speak(page: Page, app: str) -> None:
    opened(page, f"{app}/{POVERTY}&gebiet=16")
    page.get_by_role("button", name="Herunterladen").or_(
        page.locator("summary", has_text="Herunterladen")
    ).first.click()
    with page.expect_download() as caught:
        page.get_by_role("button", name="Tabelle (CSV)").click()
    name = caught.value.suggested_filename
    assert re.fullmatch(
        r"kinderarmut_u15_stadtbezirk_2012-2024_minden-2026-11-[0-9a-f]{8}\.csv", name
    )
    assert caught.value.path().read_bytes().startswith(b"\xef\xbb\xbf")


def test_unknown_address_is_answered_in_german(page: Page, app: str) -> None:
    page.goto(f"{app}/gibt-es-nicht")
    expect(page.get_by_text("Seite nicht gefunden")).to_be_visible()
    expect(page.get_by_text("Diese Adresse gibt es hier nicht.")).to_be_visible()


def test_chance_is_one_key_away_and_stays_in_the_address(page: Page, app: str) -> None:
    opened(page, f"{app}/{POVERTY}&ansicht=rangfolge&gebiet=16")
    switch = page.get_by_role("switch", name="Zufallsschwankung zeigen")
    expect(switch).not_to_be_checked()
    assert query(page)["intervalle"] == "nein"
    switch.focus()
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("intervalle=ja"))
    notes = page.locator(".qp-notes")
    expect(notes).to_contain_text("Benachbarte Plätze sind oft Zufall.")
    expect(notes).to_contain_text("Am Rechten Weserufer waren es 417 von 969")
    assert_well_made(page, DESKTOP)
    page.get_by_role("radio", name="Entwicklung").click()
    expect(notes).to_contain_text("Die blassen Bänder zeigen")
    page.reload()
    expect(switch).to_be_checked()
    page.get_by_role("radio", name="Karte").click()
    expect(page.locator("path[data-id='16']")).to_be_visible()
    expect(switch).to_have_count(0)
