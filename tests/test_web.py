"""What the server answers besides pages: headers, own files, geometry, odd addresses."""

from __future__ import annotations

import gzip
import json
import re
import urllib.error
import urllib.request
from http.client import HTTPResponse
from pathlib import Path

import pytest


def ask(address: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers (lower case) and body of an address; redirects are not followed."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_args: object) -> None:
            return None

    request = urllib.request.Request(address, headers=headers)
    answer: HTTPResponse | urllib.error.HTTPError
    try:
        answer = urllib.request.build_opener(Stay).open(request, timeout=20)
    except urllib.error.HTTPError as error:
        answer = error
    body = answer.read()
    if answer.headers.get("content-encoding") == "gzip":
        body = gzip.decompress(body)
    return int(answer.status or 0), {k.lower(): v for k, v in answer.headers.items()}, body


@pytest.mark.parametrize("path", ["/", "/arbeit", "/index.html", "/foo.bar"])
def test_every_page_is_german_guarded_and_never_stale(app: str, path: str) -> None:
    status, headers, body = ask(
        app.rstrip("/") + path, **{"Accept-Encoding": "gzip", "If-None-Match": '"x"'}
    )
    assert status == 200
    text = body.decode()
    assert '<html lang="de">' in text and "service-desc" not in text
    assert "connect-src 'self' data: blob:" in headers["content-security-policy"]
    assert "etag" not in headers and headers["cache-control"] == "no-cache"
    assert len(re.findall(r"\./teile/[0-9a-f]{12}/(?:shell\.js|app\.css)", text)) == 2


def test_own_files_are_kept_forever_under_their_digest_only(app: str) -> None:
    base = app.rstrip("/")
    page = ask(base + "/")[2].decode()
    [script] = re.findall(r"\./(teile/[0-9a-f]{12}/shell\.js)", page)
    status, headers, _body = ask(f"{base}/{script}")
    assert (status, headers["cache-control"]) == (200, "public, max-age=31536000, immutable")
    for wrong in (f"{base}/teile/000000000000/shell.js", f"{base}/teile/{'0' * 12}/fehlt.js"):
        status, headers, _body = ask(wrong)
        assert (status, headers["cache-control"]) == (404, "no-store")


def test_geometry_is_served_under_the_digest_of_the_release(
    app: str, minden_releases: Path
) -> None:
    base = app.rstrip("/")
    folder = minden_releases / (minden_releases / "current").read_text().strip()
    files = json.loads((folder / "manifest.json").read_text())["files"]
    for level in ("stadtbezirk", "stadt", "surroundings"):
        digest = files[f"geometry/{level}.json"]["sha256"][:12]
        status, headers, body = ask(f"{base}/karten/{digest}/{level}.json")
        assert status == 200 and "immutable" in headers["cache-control"]
        assert body == (folder / f"geometry/{level}.json").read_bytes()
        assert ask(f"{base}/karten/{'0' * 12}/{level}.json")[0] == 404
    assert ask(f"{base}/karten/{'0' * 12}/..%2fmanifest.json")[0] in (400, 404)


def test_the_news_of_the_release_are_served_as_a_feed(app: str, minden: Path) -> None:
    base = app.rstrip("/")
    status, headers, body = ask(base + "/neues.xml")
    assert status == 200 and body == (minden / "feed.xml").read_bytes()
    assert headers["content-type"].split(";")[0] == "application/atom+xml"
    assert headers["cache-control"] == "public, max-age=300"
    page = ask(base + "/neues")[2].decode()
    assert '<link rel="alternate" type="application/atom+xml" href="./neues.xml">' in page


def test_an_address_below_a_page_leads_to_the_page(app: str) -> None:
    base = app.rstrip("/")
    status, headers, _body = ask(base + "/arbeit/irgendwas/mehr")
    assert status == 307 and headers["location"].endswith("/arbeit")
    assert ask(base + "/arbeit/static/js/index.js")[0] == 404
    assert ask(base + "/arbeit/_stcore/health")[0] == 404
    assert ask(base + "/_stcore/health")[0] == 200
