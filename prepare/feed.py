"""`feed.xml`: the news of a release as an Atom feed (RFC 4287), an entry an area.

The city has an entry in every edition, a district where it has something to tell. Times are the
edition's first day and ids are made from city, audience, edition and area: the same content gives
the same text, and an entry that is corrected within its edition stays the same entry.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from urllib.parse import quote
from xml.etree import ElementTree as Xml

from model import news, wording
from model.areas import Area
from model.catalog import Catalog
from model.language import LANGUAGE
from model.news import News
from prepare.release import Content

ATOM = "http://www.w3.org/2005/Atom"
ADDRESS = "neues.xml"
"""Where the application serves it; other addresses are relative to that."""
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def text(
    content: Content,
    catalog: Catalog,
    places: Mapping[str, Area],
    found: Mapping[str, Sequence[News]],
) -> str:
    """The feed of the news `found` in the areas `places`, both by area in the order of telling."""
    city = catalog.city
    feed = Xml.Element(_atom("feed"), {_LANG: LANGUAGE})
    _add(feed, "id", _id(content))
    _add(feed, "title", news.feed_title(city.title, content.audience == "internal"))
    _add(feed, "subtitle", _about(content, catalog))
    _add(feed, "updated", _updated(content))
    _add(Xml.SubElement(feed, _atom("author")), "name", _author(catalog))
    _link(feed, "self", f"./{ADDRESS}", "application/atom+xml")
    _link(feed, "alternate", "./neues", "text/html")
    for area in places.values():
        own = found.get(area.id, ())
        if own or area.level == city.city_level:
            _entry(feed, content, catalog, area, own)
    Xml.indent(feed, " ")
    data: bytes = Xml.tostring(feed, encoding="utf-8", xml_declaration=True)
    return data.decode() + "\n"


def _entry(
    feed: Xml.Element, content: Content, catalog: Catalog, area: Area, own: Sequence[News]
) -> None:
    """Add what there is to tell of an area."""
    entry = Xml.SubElement(feed, _atom("entry"))
    _add(entry, "id", _id(content, area.id))
    _add(entry, "title", news.entry_title(area.name, content.edition))
    _add(entry, "updated", _updated(content))
    whole = area.level == catalog.city.city_level
    address = "./neues" if whole else f"./stadtbezirk?gebiet={quote(area.id)}"
    _link(entry, "alternate", address, "text/html")
    for tag in dict.fromkeys(news.tag(one) for one in own):
        Xml.SubElement(entry, _atom("category"), {"term": tag})
    body = Xml.SubElement(entry, _atom("content"), {"type": "html"})
    # As escaped HTML, which every reader of feeds can show; in XHTML many miss the prefix.
    body.text = Xml.tostring(_told(catalog, area.level, own), encoding="unicode", method="html")


def _told(catalog: Catalog, level: str, own: Sequence[News]) -> Xml.Element:
    """The news of an area as a list, or that there are none."""
    if not own:
        nothing = Xml.Element("p")
        nothing.text = news.nothing()
        return nothing
    items = Xml.Element("ul")
    for one in own:
        indicator, said = news.told(one, catalog, level)
        Xml.SubElement(items, "li").text = f"{news.tag(one)}: {indicator.title}. {said}"
    return items


def _about(content: Content, catalog: Catalog) -> str:
    """How the news are found, and that values are modelled."""
    modelled = content.modelled and catalog.city.modelled_note
    note = wording.modelled_note(catalog.city, published_too=True) + "." if modelled else ""
    return f"{note} {news.rule()}".lstrip()


def _author(catalog: Catalog) -> str:
    return catalog.city.publisher.name if catalog.city.publisher else catalog.city.title


def _id(content: Content, area: str = "") -> str:
    """The same for the same city, audience, edition and area, and for nothing else."""
    parts = "/".join(("quartierspuls", content.city, content.audience, content.edition, area))
    return uuid.uuid5(uuid.NAMESPACE_URL, parts).urn


def _updated(content: Content) -> str:
    return f"{content.edition}-01T00:00:00Z"


def _add(parent: Xml.Element, name: str, words: str) -> None:
    Xml.SubElement(parent, _atom(name)).text = words


def _link(parent: Xml.Element, relation: str, address: str, kind: str) -> None:
    Xml.SubElement(parent, _atom("link"), {"rel": relation, "href": address, "type": kind})


def _atom(name: str) -> str:
    return f"{{{ATOM}}}{name}"


Xml.register_namespace("", ATOM)
