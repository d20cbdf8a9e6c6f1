"""Presets as files a reader takes along and brings back: the form of a city's presets.toml.

A file that comes back is anybody's: it is read as data, bounded, and nothing of it is told that is
not a preset.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Collection

from pydantic import ValidationError

from model.language import _
from model.needs import Offer, Setting
from model.presets import FEWEST, HEAVIEST, MOST, Preset, Presets, Weighted

LARGEST = 100_000
"""Bytes of a file that may hold presets."""
_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


class PresetError(Exception):
    """A file that holds no usable preset; the text is German and for people."""


def preset(title: str, office: str, purpose: str, setting: Setting) -> Preset:
    """The setting as a preset with a name of the reader's; empty words get usual ones."""
    title = _plain(title, 60) or _("Eigene Gewichtung")
    return Preset(
        id=slug(title),
        title=title,
        office=_plain(office, 80) or _("nicht angegeben"),
        purpose=_plain(purpose, 400) or _("Eigene Gewichtung aus der Anwendung."),
        first=setting.first,
        indicators=tuple(
            Weighted(indicator=name, weight=weight) for name, weight in setting.weights
        ),
    )


def slug(title: str) -> str:
    """An id made of a title: 'Frühe Hilfen' is 'fruehe-hilfen'."""
    plain = re.sub(r"[^a-z0-9]+", "-", title.lower().translate(_LETTERS)).strip("-")
    return plain if re.match(r"[a-z]", plain) else f"vorlage-{plain}".rstrip("-")


def text(one: Preset) -> str:
    """The preset as TOML, ready to be added to a presets.toml."""
    listed = "".join(
        f"  {{ indicator = {_quoted(each.indicator)}, weight = {each.weight} }},\n"
        for each in one.indicators
    )
    return (
        "[[presets]]\n"
        f"id = {_quoted(one.id)}\n"
        f"title = {_quoted(one.title)}\n"
        f"office = {_quoted(one.office)}\n"
        f"purpose = {_quoted(one.purpose)}\n"
        f"first = {one.first}\n"
        f"indicators = [\n{listed}]\n"
    )


def read(content: bytes, offer: Offer) -> tuple[Preset, list[str]]:
    """The first preset of a file with what the release can weigh, and German notices.

    Raises PresetError where the file is none, or too little of it exists here.
    """
    found = _presets(content)
    one, notices = found[0], []
    if len(found) > 1:
        notices.append(_("Die Datei enthält mehrere Vorlagen. Geladen ist die erste."))
    known = tuple(each for each in one.indicators if each.indicator in offer.indicators)
    known = tuple({each.indicator: each for each in known}.values())
    if len(known) < FEWEST or not any(each.weight for each in known):
        raise PresetError(
            _(
                "Von den Indikatoren der Vorlage gibt es hier zu wenige. Nötig sind mindestens "
                "{least} mit einem Gewicht."
            ).format(least=FEWEST)
        )
    if len(known) < len(one.indicators):
        notices.append(_("Nicht jeden Indikator der Vorlage gibt es hier. Die übrigen zählen."))
    return one.model_copy(update={"indicators": known}), notices


def _presets(content: bytes) -> tuple[Preset, ...]:
    if len(content) > LARGEST:
        raise PresetError(_("Die Datei ist zu groß für eine Vorlage."))
    try:
        found = Presets.model_validate(tomllib.loads(content.decode("utf-8-sig"))).presets
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise PresetError(
            _(
                "Die Datei ist keine lesbare Vorlage. Laden Sie eine Datei, die hier gespeichert "
                "wurde (Endung .toml)."
            )
        ) from error
    except ValidationError as error:
        raise PresetError(_wrong(error)) from error
    if not found:
        raise PresetError(_("Die Datei enthält keine Vorlage."))
    return found


def _wrong(error: ValidationError) -> str:
    """Which keys do not fit, as far as they are keys of a preset, and what is wanted."""
    keys = {"presets", *Preset.model_fields, *Weighted.model_fields}
    named = dict.fromkeys(
        str(part)
        for details in error.errors(include_url=False, include_input=False)
        for part in details["loc"][-1:]
        if part in keys
    )
    return _("In der Datei passt etwas nicht{keys}. {wanted}").format(
        keys=_(" (Angabe {names})").format(names=_listed(named)) if named else "",
        wanted=_(
            "Verlangt sind id, title, office, purpose, {least} bis {most} indicators und als "
            "weight ganze Zahlen von 0 bis {heaviest}."
        ).format(least=FEWEST, most=MOST, heaviest=HEAVIEST),
    )


def _listed(names: Collection[str]) -> str:
    return ", ".join(f"„{name}“" for name in names)


def _plain(told: str, most: int) -> str:
    """A text in one line without control characters, not longer than `most`."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", told).split())[:most].strip()


def _quoted(told: str) -> str:
    """A TOML basic string, which is a JSON string."""
    return json.dumps(told, ensure_ascii=False)
