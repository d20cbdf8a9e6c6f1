"""The browser of the tests: an installed Chromium, Chrome or Edge, else one that we can get.

`python tests/browser.py` prints the path of the program, or says why there is none.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
    "chrome",
)
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
)
PLAYWRIGHT = (sys.executable, "-m", "playwright", "--version")
DOWNLOAD = (sys.executable, "-m", "playwright", "install", "chromium")
# libatomic1 is what Playwright's own program lacks on a minimal Debian.
DEBIAN = ("sh", "-c", "apt-get update -q && apt-get install -qy chromium libatomic1")
FLAGS = (
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class NoBrowserError(Exception):
    """No browser is installed and none can be had; the text says what was tried."""


@cache
def executable() -> Path:
    """The browser to test with; gets one if there is none. Raises NoBrowserError."""
    if path := installed():
        return path
    tried = [_failure(PLAYWRIGHT) or f"no {', '.join(NAMES)} on the PATH that starts"]
    for command in _ways():
        print("Getting a browser:", *command, flush=True)
        failure = _failure(command)
        if not failure and (path := installed()):
            return path
        tried.append(f"{' '.join(command)}: {failure or 'installed none that starts'}")
    if not _root():
        tried.append("not root, so nothing was installed: apt install chromium libatomic1")
    raise NoBrowserError(
        "The browser tests need Chromium, Chrome or Edge.\n- " + "\n- ".join(tried)
    )


def installed() -> Path | None:
    """A browser that starts: $BROWSER_PATH, one of the usual ones, or Playwright's own.

    None also where Playwright, which steers it, does not start.
    """
    if _failure(PLAYWRIGHT):
        return None
    usual = (os.environ.get("BROWSER_PATH"), *map(shutil.which, NAMES), *PLACES)
    for path in usual:
        if path and _starts(Path(path)):
            return Path(path)
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    return own if _starts(own) else None


def flags() -> list[str]:
    """Switches that keep the browser from talking to anyone but the app."""
    return [*FLAGS, *(["--no-sandbox"] if _root() else [])]


def _starts(path: Path) -> bool:
    # On Windows "--version" opens a window; there a browser lacks no system library.
    return path.is_file() and (os.name == "nt" or not _failure((str(path), "--version")))


def _root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _ways() -> list[tuple[str, ...]]:
    """The commands that may get a browser, the one that leaves the system alone first."""
    return [DOWNLOAD, *([DEBIAN] if _root() and shutil.which("apt-get") else [])]


def _failure(command: tuple[str, ...]) -> str:
    """The last lines a command said when it failed, empty when it succeeded."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
    said = (done.stderr or done.stdout).strip().splitlines()
    return " ".join(said[-3:]) or f"exit {done.returncode}" if done.returncode else ""


if __name__ == "__main__":
    try:
        print(executable())
    except NoBrowserError as error:
        sys.exit(str(error))
