"""Licence lines, as publishers write them, and the licences everybody knows them by."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_DCAT = "http://dcat-ap.de/def/licenses"
UNKNOWN = f"{_DCAT}/other-closed"
"""What DCAT-AP.de is told of a line that names no licence we know, as GovData itself does it."""


@dataclass(frozen=True)
class Licence:
    """A licence: its id (SPDX, else as the Open Definition lists it), title and text.

    `dcat` is its URI in the list of DCAT-AP.de, `pattern` what names it in a licence line.
    """

    id: str
    title: str
    url: str
    dcat: str
    pattern: str


KNOWN = (
    Licence(
        "DL-DE-BY-2.0",
        "Datenlizenz Deutschland – Namensnennung – Version 2.0",
        "https://www.govdata.de/dl-de/by-2-0",
        f"{_DCAT}/dl-by-de/2.0",
        r"dl-de/by-2-0|Datenlizenz Deutschland\W+Namensnennung\W+(Version )?2\.0",
    ),
    Licence(
        "DL-DE-ZERO-2.0",
        "Datenlizenz Deutschland – Zero – Version 2.0",
        "https://www.govdata.de/dl-de/zero-2-0",
        f"{_DCAT}/dl-zero-de/2.0",
        r"dl-de/zero-2-0|Datenlizenz Deutschland\W+Zero\W+(Version )?2\.0",
    ),
    Licence(
        "CC0-1.0",
        "Creative Commons Zero 1.0",
        "https://creativecommons.org/publicdomain/zero/1.0/",
        f"{_DCAT}/cc-zero",
        r"\bCC[ -]?0\b|publicdomain/zero/1\.0",
    ),
    Licence(
        "CC-BY-4.0",
        "Creative Commons Namensnennung 4.0 International",
        "https://creativecommons.org/licenses/by/4.0/",
        f"{_DCAT}/cc-by/4.0",
        r"\bCC[ -]BY[ -]4\.0\b|licenses/by/4\.0",
    ),
    Licence(
        "CC-BY-3.0-DE",
        "Creative Commons Namensnennung 3.0 Deutschland",
        "https://creativecommons.org/licenses/by/3.0/de/",
        f"{_DCAT}/cc-by-de/3.0",
        r"\bCC[ -]BY[ -]3\.0[ -]DE\b|licenses/by/3\.0/de",
    ),
    Licence(
        "CC-BY-3.0",
        "Creative Commons Namensnennung 3.0",
        "https://creativecommons.org/licenses/by/3.0/",
        f"{_DCAT}/cc-by",
        r"\bCC[ -]BY[ -]3\.0\b(?![ -]DE\b)|licenses/by/3\.0/?(?!/?de)",
    ),
    # The second part is the source note this ordinance asks for.
    Licence(
        "GeoNutzV",
        "Nutzungsbestimmungen für die Bereitstellung von Geodaten des Bundes (GeoNutzV)",
        "https://www.gesetze-im-internet.de/geonutzv/",
        f"{_DCAT}/geonutz/20130319",
        r"GeoNutzV|GeoBasis-DE ?/ ?BKG \d{4}(?!.*dl-de/)",
    ),
)


def licence(line: str) -> Licence | None:
    """The licence a line names; None if it names none we know, or more than one."""
    named = [known for known in KNOWN if re.search(known.pattern, line, re.IGNORECASE)]
    return named[0] if len(named) == 1 else None


def dcat(lines: Iterable[str]) -> str:
    """The URI in the list of DCAT-AP.de that all lines share, else UNKNOWN."""
    found = {known.dcat if (known := licence(line)) else UNKNOWN for line in lines}
    return found.pop() if len(found) == 1 else UNKNOWN
