"""What all declarations are made of: the base of their models, and the kinds of words in them."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


def _below(path: str) -> str:
    """A path below a folder, the same on every system. Raises ValueError."""
    if path.startswith("/") or re.search(r"[:\\]", path) or ".." in path.split("/"):
        raise ValueError(
            f'"{path}" muss unterhalb des Ordners liegen: mit / getrennt, ohne / am Anfang, '
            "ohne .., : und \\"
        )
    return path


Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
CityId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,79}$")]
Month = Annotated[str, Field(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")]
Text = Annotated[str, Field(min_length=1)]
WebAddress = Annotated[str, Field(pattern=r"^https?://[^\s<>\"]+$")]
Below = Annotated[Text, AfterValidator(_below)]


class Entry(BaseModel):
    """Base of all declarations: frozen, and a key nobody knows is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")
