"""Names of areas as people write them: `04 Westliche Höhe` and `WESTLICHE_HÖHE` are one."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable


def normalised(text: str) -> str:
    """The name without what offices write differently: case, leading number, separators.

    Underscore, hyphen, slash and white space are one space; umlauts stay apart from plain vowels.
    A text that is nothing but a number stays that number.
    """
    plain = unicodedata.normalize("NFC", text).casefold()
    spaced = " ".join(re.split(r"[\s_/\u2010-\u2015-]+", plain)).strip()
    return re.sub(r"^\d[\d.]* (?=\D)", "", spaced)


def unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Ids by normalised name, from (name, id); names that two ids share are left out."""
    told = {(normalised(name), area) for name, area in pairs}
    often = Counter(name for name, _ in told)
    return {name: area for name, area in sorted(told) if often[name] == 1}
