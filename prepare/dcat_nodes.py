"""What datasets of DCAT-AP.de are made of: agents, places, times, distributions.

The vocabularies are those the specification lists: https://www.dcat-ap.de/def/dcatde/3.0/spec/.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from model.catalog import City
from prepare import licences
from prepare.contents import File

FILE = "dcat.jsonld"
EU = "http://publications.europa.eu/resource/authority"
PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dcatde": "http://dcat-ap.de/def/dcatde/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""The context of the JSON-LD."""

_PUBLISHER = f"{FILE}#herausgeber"
_CONTACT = f"{FILE}#kontakt"
_GEOCODING = "http://dcat-ap.de/def/politicalGeocoding"
_IANA = "https://www.iana.org/assignments/media-types"
_FILE_TYPES = {"parquet": "PARQUET", "geojson": "GEOJSON"}
_DATES = {len("2024"): "xsd:gYear", len("2024-12-31"): "xsd:date"}

Node = dict[str, Any]


def linked(uri: str) -> Node:
    """A reference to a resource."""
    return {"@id": uri}


def german(words: str) -> Node:
    """A German text."""
    return {"@value": words, "@language": "de"}


def typed(value: str, datatype: str) -> Node:
    """A literal of a datatype: 'xsd:date'."""
    return {"@value": value, "@type": datatype}


def common(city: City) -> Node:
    """What holds for the catalogue and for every dataset in it.

    Dates are the edition's month, which 3.0 allows: a day of making would change the content.
    """
    municipality = {"dcterms:spatial": linked(_municipality(city))}
    return {
        "dcterms:publisher": linked(_PUBLISHER),
        "dcterms:language": linked(f"{EU}/language/DEU"),
        "dcterms:issued": typed(city.edition, "xsd:gYearMonth"),
        "dcterms:modified": typed(city.edition, "xsd:gYearMonth"),
        **_availability(city),
        **(municipality if city.municipality_key else {}),
    }


def publisher(city: City) -> Node:
    """Who publishes. The specification wants one: of a city that names none just that is told."""
    nobody = f"Herausgeber nicht benannt ({city.title})"
    name = city.publisher.name if city.publisher else nobody
    return {**linked(_PUBLISHER), "@type": "foaf:Agent", "foaf:name": german(name)}


def contact(city: City) -> Node:
    """The publisher's contact; empty without an address: the specification allows none such."""
    told = city.publisher
    if told is None or not (told.url or told.email):
        return {}
    addresses = {"vcard:hasURL": told.url, "vcard:hasEmail": told.email and f"mailto:{told.email}"}
    return {
        **linked(_CONTACT),
        "@type": "vcard:Organization",
        "vcard:fn": told.name,
        **{key: linked(address) for key, address in addresses.items() if address},
    }


def contact_point(city: City) -> Node:
    """The reference of a dataset to the contact, if there is one."""
    return {"dcat:contactPoint": linked(_CONTACT)} if contact(city) else {}


def geocoding(city: City) -> Node:
    """The municipality as German portals look for it; nothing if the city tells no key."""
    if city.municipality_key is None:
        return {}
    return {
        "dcatde:politicalGeocodingLevelURI": linked(f"{_GEOCODING}/Level/municipality"),
        "dcatde:politicalGeocodingURI": linked(_municipality(city)),
    }


def _municipality(city: City) -> str:
    return f"{_GEOCODING}/municipalityKey/{city.municipality_key}"


def _availability(city: City) -> Node:
    if city.publisher is None or city.publisher.availability is None:
        return {}
    uri = f"{EU}/planned-availability/{city.publisher.availability}"
    return {"dcatap:availability": linked(uri)}


def temporal(periods: Sequence[str]) -> Node:
    """From the first to the last reference date or year; nothing without any."""
    if not periods:
        return {}
    first, last = periods[0], periods[-1]
    return {
        "dcterms:temporal": {
            "@type": "dcterms:PeriodOfTime",
            "dcat:startDate": typed(first, _DATES[len(first)]),
            "dcat:endDate": typed(last, _DATES[len(last)]),
        }
    }


def distribution(dataset: str, file: File, lines: Sequence[str], city: City) -> Node:
    """A file as far as it belongs to a dataset, under the licence `lines` of that.

    `dataset` is the id of a delivery, or another word for what is none.
    """
    meant = f'Nur die Zeilen mit delivery = "{dataset}".'
    shared = len(file.deliveries) > 1
    return {
        **linked(f"{FILE}#{dataset}/{file.path}"),
        "@type": "dcat:Distribution",
        "dcterms:title": german(f"{file.title} ({file.path})"),
        **({"dcterms:description": german(meant)} if shared else {}),
        "dcat:accessURL": linked(file.path),
        "dcat:downloadURL": linked(file.path),
        "dcterms:license": linked(licences.dcat(lines)),
        **({"dcatde:licenseAttributionByText": german("; ".join(lines))} if lines else {}),
        "dcterms:format": linked(f"{EU}/file-type/{_FILE_TYPES[file.format]}"),
        "dcat:mediaType": linked(f"{_IANA}/{file.mediatype}"),
        "dcat:byteSize": typed(str(file.bytes), "xsd:nonNegativeInteger"),
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": linked("spdx:checksumAlgorithm_sha256"),
            "spdx:checksumValue": typed(file.sha256, "xsd:hexBinary"),
        },
        "dcterms:modified": typed(city.edition, "xsd:gYearMonth"),
        **_availability(city),
    }
