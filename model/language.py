"""Interface language: German is the source; any other language is a gettext catalogue.

Texts are marked with `_(...)`. `make texts` collects them into `locale/quartierspuls.pot`; a
translated `locale/<language>/LC_MESSAGES/quartierspuls.mo` is used when the environment
variable QUARTIERSPULS_LANGUAGE names it.
"""

import gettext
import os
from pathlib import Path

LANGUAGE = os.environ.get("QUARTIERSPULS_LANGUAGE", "de")

_catalogue = gettext.translation(
    "quartierspuls",
    localedir=Path(__file__).parent.parent / "locale",
    languages=[LANGUAGE],
    fallback=True,
)
_ = _catalogue.gettext
plural = _catalogue.ngettext
