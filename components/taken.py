"""A view as files of every kind, from the one way it is told apart from its page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from components import exhibits, exports, framing, spreadsheets, tabulated
from components.described import Described, Picture
from components.downloads import File
from components.spreadsheets import Data
from documents import codes, files
from documents.document import Document, Part
from loaders import releases
from model import filetypes
from model.language import _


@dataclass(frozen=True)
class Group:
    """Files of one sort, with what they are good for."""

    title: str
    purpose: str
    files: tuple[File, ...]


def groups(told: Described, release: releases.Release, page: str, address: str) -> list[Group]:
    """All a view can become; a sort it cannot become is not there.

    `page` is the path it stands on, `address` leads back to it.
    """
    name = told.name or exports.named(release.internal, page, told.title[:60], release.id)
    found = [
        Group(_("Bild"), _("für Folien und Texte"), tuple(_pictures(told, name, address))),
        Group(_("Tabelle"), _("zum Weiterrechnen"), tuple(_tables(told, release, name, address))),
        Group(
            _("Dokument"),
            _("für Vorlage und Vortrag"),
            tuple(documents(name, lambda: sheet(told, release, address))),
        ),
        Group(
            _("QR-Code"),
            _("damit andere selbst nachsehen"),
            (
                File(_("QR-Code (PNG)"), f"qr_{name}.png", lambda: codes.png(address)),
                File(_("QR-Code (SVG)"), f"qr_{name}.svg", lambda: codes.svg(address)),
            ),
        ),
    ]
    return [group for group in found if group.files]


def documents(name: str, content: Callable[[], Document]) -> list[File]:
    """A document in all its formats."""
    return [
        File(kind, f"{name}.{ending}", partial(_written, ending, content))
        for ending, kind in filetypes.NAMES.items()
    ]


def sheet(told: Described, release: releases.Release, address: str) -> Document:
    """A view on one page, as a document.

    A page has two columns for several pictures: each is drawn for the width it gets.
    """
    shown = exhibits.of(told, address)
    own = exhibits.pictured(told)
    figures = tuple(
        replace(figure, narrow=_narrow(picture, len(own) > 1))
        for figure, picture in zip(shown.figures, own, strict=True)
    )
    part = Part(told.title, (replace(shown, figures=figures),))
    framed = exhibits.framed(release, told.title, told.about)
    return replace(framed, parts=(part,))


def data(told: Described, release: releases.Release, address: str) -> Data:
    """The numbers of a view for spreadsheets: its own, else those of its tables."""
    units = frozenset(one.unit for one in release.catalog.indicators.values())
    own = told.data() if told.data else tabulated.data(told, units)
    return own.linked(address)


def _narrow(own: Picture, several: bool) -> str:
    """A picture as it is drawn for a column or for a page; '' where there is no such drawing."""
    drawn = own.slim if several else own.paper
    return drawn() if drawn else ""


def _pictures(told: Described, name: str, address: str) -> Iterator[File]:
    if not framing.drawn(told):
        return

    def drawn() -> str:
        return framing.svg(told, address)

    yield File(_("Bild (PNG)"), f"{name}.png", lambda: framing.png(drawn()))
    yield File(_("Bild für den Druck"), f"{name}@2x.png", lambda: framing.png(drawn(), 2))
    yield File(_("Bild (SVG)"), f"{name}.svg", lambda: drawn().encode())


def _tables(told: Described, release: releases.Release, name: str, address: str) -> Iterator[File]:
    """A workbook, and each of its tables as CSV."""
    own = data(told, release, address)
    name = own.name or name
    if not own.sheets:
        return
    yield File(_("Tabelle (XLSX)"), f"{name}.xlsx", lambda: spreadsheets.xlsx(own))
    yield File(_("Tabelle (CSV)"), f"{name}.csv", lambda: spreadsheets.csv(own))
    for place, more in enumerate(own.sheets[1:], start=1):
        label = _("{title} (CSV)").format(title=more.name)
        part = exports.named(False, name, more.name)
        yield File(label, f"{part}.csv", partial(spreadsheets.csv, own, place))


def _written(ending: str, content: Callable[[], Document]) -> bytes:
    return files.written(ending, content())
