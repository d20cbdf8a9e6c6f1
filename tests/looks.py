"""What every page has to be, whatever it shows: accessible, German, and as wide as its screen."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

DESKTOP, PHONE = ViewportSize(width=1440, height=900), ViewportSize(width=390, height=844)
NARROW = ViewportSize(width=375, height=812)
ENGLISH = re.compile(
    r"\b(Search|Loading|Running|Select|Choose|Clear|Show|Hide|Download|Fullscreen|Close|"
    r"Settings|Menu|Skip|axis|titled|values?|year|Press|Enter|Page|options?|remaining|Open|"
    r"Selected|Navigate|home|Remove|Expand|Collapse)\b"
)
_ONLY = {"resultTypes": ["violations"]}
"""Everything is looked at; of what is in order no list is made."""
_SETTLED = """() => new Promise((done) => {
  const measure = () => [...document.querySelectorAll("[data-testid=stMain] *")]
    .reduce((sum, one) => sum + one.clientWidth + one.clientHeight, 0);
  let before = -1, still = 0;
  const look = () => {
    const now = measure();
    const pale = document.querySelector("[data-stale=true]");
    still = now === before && !pale ? still + 1 : 0;
    before = now;
    if (still === 3) done(); else setTimeout(look, 80);
  };
  look();
})"""
"""Nothing has changed its size for a quarter of a second, nor is pale because it is outdated."""
_SAID = (
    "[document.body.innerText, ...[...document.querySelectorAll('[aria-label],[title],"
    "[placeholder]')].filter(e => e.checkVisibility() && !e.closest('[aria-hidden=true]'))"
    ".flatMap(e => ['aria-label', 'title', 'placeholder'].map(a => e.getAttribute(a)))]"
    ".filter(Boolean).join(' | ')"
)


_RESTS = """selector => document.querySelector(selector) &&
  document.querySelector("[data-testid=stApp][data-test-script-state=notRunning]") &&
  !document.querySelector("[data-testid=stSkeleton], [data-stale=true]")"""
"""The script has run, and nothing is outdated or waits for its program."""
LONG = 60_000
"""Milliseconds the first page of a server may take on a busy machine."""


def opened(page: Page, address: str, shown: str = "footer.qp-foot") -> Page:
    """The page at an address, when its script has run and what a selector names is there."""
    page.goto(address, wait_until="commit")
    at_rest(page, shown)
    return page


def at_rest(page: Page, shown: str = "body") -> None:
    """Wait until the page's script has run: what is chosen before may be lost."""
    page.wait_for_function(_RESTS, arg=shown, timeout=LONG)


def chosen(page: Page, label: str, option: str) -> None:
    """Choose an option of a selectbox or multiselect by mouse."""
    at_rest(page)
    box = page.get_by_role("combobox", name=label)
    # A list closes when its page is scrolled, and a click scrolls to what it clicks.
    box.scroll_into_view_if_needed()
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 50)))")
    box.click()
    page.get_by_role("option", name=option).click()


def query(page: Page) -> dict[str, str]:
    """The query parameters of the page's address."""
    return {key: found[0] for key, found in parse_qs(urlsplit(page.url).query).items()}


def assert_well_made(page: Page, *sizes: ViewportSize) -> None:
    """Accessible, German, and nothing sticks out on screens of these sizes, one after the other."""
    for size in sizes:
        page.set_viewport_size(size)
        at_rest(page)
        page.evaluate(_SETTLED)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        main = page.locator("[data-testid=stMain]")
        assert main.evaluate("e => e.scrollWidth - e.clientWidth") <= 0
        found = Axe().run(page, options=_ONLY).response["violations"]
        assert not found, [(v["id"], [n["html"][:160] for n in v["nodes"]][:3]) for v in found]
    words = page.evaluate(_SAID)
    assert not ENGLISH.findall(words), [
        words[max(0, m.start() - 40) : m.end() + 40] for m in ENGLISH.finditer(words)
    ]
