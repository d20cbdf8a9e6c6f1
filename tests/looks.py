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


def at_rest(page: Page) -> None:
    """Wait until the page's script has run: what is chosen before may be lost."""
    state = "[data-testid=stApp][data-test-script-state=notRunning]"
    page.locator(state).wait_for(state="attached", timeout=60_000)


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
