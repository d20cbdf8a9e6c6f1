"""An attacker with patience instead of mathematics: tries whole numbers until the sums fit.

Plain Python on purpose, and nothing of `prepare`: it is the second opinion on what the linear
programs of the audit say. Sums are (total, [parts]) by cell number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

Sums = Sequence[tuple[int, Sequence[int]]]
Span = tuple[int, int]
"""lowest and highest whole number a cell can be"""


PATIENCE = 100_000
"""Numbers tried in all."""


class Contradiction(Exception):
    """No numbers fit."""


class OutOfPatience(Exception):
    """Too many numbers were tried, and nothing is known."""


class Attacker:
    """Knows the sums, and of every cell between which whole numbers it lies."""

    def __init__(self, sums: Sums, spans: Sequence[Span]) -> None:
        self.sums = sums
        self.spans = list(spans)
        self.steps = 0
        self.touching: list[list[int]] = [[] for _ in spans]
        for number, (total, parts) in enumerate(sums):
            for cell in (total, *parts):
                self.touching[cell].append(number)

    def possible(
        self, cell: int, known: Mapping[int, int] | None = None, enough: int | None = None
    ) -> list[int]:
        """The numbers a cell can be, lowest first; all of them, or so many that it is `enough`."""
        low, high = self.spans[cell]
        found: list[int] = []
        for number in range(low, high + 1):
            if self.fits({**(known or {}), cell: number}):
                found.append(number)
            if len(found) == enough:
                break
        return found

    def reaches(self, cell: int, number: int) -> bool:
        """Whether a cell can be this number or a higher one."""
        high = self.spans[cell][1]
        return any(self.fits({cell: more}) for more in range(number, high + 1))

    def fits(self, known: Mapping[int, int]) -> bool:
        """Whether numbers exist for all cells if these are known; they do if none is known."""
        spans = list(self.spans)
        for cell, number in known.items():
            if not spans[cell][0] <= number <= spans[cell][1]:
                return False
            spans[cell] = (number, number)
        stirred = {row for cell in known for row in self.touching[cell]}
        return self._solved(spans, stirred, range(len(spans)))

    def _solved(self, spans: list[Span], stirred: set[int], cells: Iterable[int]) -> bool:
        """Whether numbers exist for these cells after some rows were stirred up."""
        self.steps += 1
        if self.steps > PATIENCE:
            raise OutOfPatience
        try:
            self._narrow(spans, stirred)
        except Contradiction:
            return False
        left = {cell for cell in cells if spans[cell][0] < spans[cell][1]}
        while left:
            group = self._together(left, left.pop())
            left -= group
            if not self._tried(spans, group):
                return False
        return True

    def _tried(self, spans: list[Span], group: set[int]) -> bool:
        """Try the numbers of the narrowest cell one after another, and so on."""
        cell = min(group, key=lambda cell: (spans[cell][1] - spans[cell][0], cell))
        low, high = spans[cell]
        return any(
            self._solved(
                [*spans[:cell], (number, number), *spans[cell + 1 :]],
                set(self.touching[cell]),
                group - {cell},
            )
            for number in range(low, high + 1)
        )

    def _together(self, cells: set[int], first: int) -> set[int]:
        """The cells that hang together with one of them through sums."""
        group, edge = {first}, [first]
        while edge:
            for row in self.touching[edge.pop()]:
                total, parts = self.sums[row]
                new = {cell for cell in (total, *parts) if cell in cells and cell not in group}
                group |= new
                edge += new
        return group

    def _narrow(self, spans: list[Span], stirred: set[int]) -> None:
        """Draw what follows from each sum for its own cells, until nothing follows any more."""
        while stirred:
            total, parts = self.sums[stirred.pop()]
            low = sum(spans[part][0] for part in parts)
            high = sum(spans[part][1] for part in parts)
            ends = {total: (low, high)}
            for part in parts:
                own_low, own_high = spans[part]
                ends[part] = (spans[total][0] - high + own_high, spans[total][1] - low + own_low)
            for cell, (least, most) in ends.items():
                narrowed = (max(spans[cell][0], least), min(spans[cell][1], most))
                if narrowed[0] > narrowed[1]:
                    raise Contradiction
                if narrowed != spans[cell]:
                    spans[cell] = narrowed
                    stirred.update(self.touching[cell])
