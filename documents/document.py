"""What a document says, whatever file it becomes: parts made of headings, texts, exhibits, tables.

Texts, numbers and signs come ready for people; a document computes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

FONTS = Path(__file__).parent / "fonts"
"""Source Sans Pro, the one type family of screen, paper and slides (SIL Open Font License)."""
FAMILY = "Source Sans Pro"

ChartKind = Literal["bars", "stacked", "lines", "columns"]


class DocumentError(ValueError):
    """A document cannot become a file; the German message names the chapter and the remedy."""


@dataclass(frozen=True)
class Series:
    """The values of a chart under one name, one for each category; None where there is none."""

    name: str
    values: tuple[float | None, ...]
    colour: str = ""


@dataclass(frozen=True)
class Chart:
    """The figures of a picture, for files whose charts can be edited.

    Bars lie, columns stand; of bars the first category is on top. Stacked ones add up, negative
    values to the left of zero; `total` is what they make, a column of the workbook that is not
    drawn. `colours` are those of single bars, where they have their own. Values are rounded as
    they are shown.
    """

    kind: ChartKind
    unit: str
    decimals: int
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    colours: tuple[str, ...] = ()
    total: Series | None = None

    @property
    def lying(self) -> int:
        """How many bars lie below each other; 0 of a chart whose bars stand or that has none."""
        rows = len(self.categories)
        return {"bars": rows * len(self.series), "stacked": rows}.get(self.kind, 0)


@dataclass(frozen=True)
class Figure:
    """A picture as SVG with the words for who cannot see it; `chart` are its figures to edit.

    A map has no chart that could stand in its place. `narrow` is the same drawn for less width,
    as a page has it: there letters stay large enough to be read.
    """

    svg: str
    alternative: str
    caption: str = ""
    chart: Chart | None = None
    narrow: str = ""


@dataclass(frozen=True)
class Table:
    """Texts in columns under heads; `numbers` are the places of columns that align right.

    The first cell of a row names it. `strong` are the places of rows that stand out (the city).
    `prose` are the places of columns of words: a number in them is part of what is said.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    strong: frozenset[int] = frozenset()
    prose: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Heading:
    """A heading within a part: level 2 or 3, below the part's own title.

    With one that `opens` a page of paper begins, if what stands before it fills no more than one.
    """

    text: str
    level: Literal[2, 3] = 2
    opens: bool = False


@dataclass(frozen=True)
class Text:
    """A paragraph. A `lead` opens, a `note` is to be heeded, `small` is read when asked for."""

    text: str
    kind: Literal["body", "lead", "note", "small"] = "body"


@dataclass(frozen=True)
class Items:
    """Lines of a list."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """Names with what is to be known of each: an indicator's definition, an imprint."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Exhibit:
    """One view: what it shows, a sentence, a picture or a table, and where it comes from.

    `about` says of what, where and when. `origin` are source, basis, Stand, release, licence,
    status signs and secrecy as lines. `link` leads to the view; empty where there is none. On
    slides an exhibit is a slide of its own.
    """

    title: str
    about: str = ""
    sentences: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()
    origin: tuple[str, ...] = ()
    link: str = ""


@dataclass(frozen=True)
class Beside:
    """Blocks in two columns where there is room, one after the other where there is none.

    `share` is the width of the left one, between 0 and 1.
    """

    left: tuple[Block, ...]
    right: tuple[Block, ...]
    share: float = 0.5


Block = Heading | Text | Items | Facts | Exhibit | Figure | Table | Beside


@dataclass(frozen=True)
class Part:
    """A chapter: it begins on a new page. `about` stands small above or below its title.

    A part of level 2 belongs to the one of level 1 before it; both are bookmarks and stand in the
    contents. `words` are found in the index under their name, with the part's page.
    """

    title: str
    blocks: tuple[Block, ...]
    about: str = ""
    level: Literal[1, 2] = 1
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """A whole document. `running` stands small on every page: city, Datenstand, release.

    With a `cover` it has a title page, contents and an index of all words; without, it is a sheet
    that begins at once. `day` is the release's day, never today's: the same release gives the same
    bytes. `imprint` stands on the last page or behind the cover.
    `emblem` is a quiet picture of the city for the cover.
    """

    title: str
    subtitle: str
    city: str
    author: str
    day: str
    running: str
    parts: tuple[Part, ...]
    cover: bool = True
    imprint: tuple[tuple[str, str], ...] = ()
    notices: tuple[str, ...] = ()
    emblem: Figure | None = None
