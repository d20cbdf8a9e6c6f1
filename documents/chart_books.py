"""The workbooks behind charts that can be edited.

A value that is missing stays an empty cell and a gap, never a zero.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from xlsxwriter import Workbook

from documents.document import Chart


class _Dated(CategoryWorkbookWriter):
    """The workbook behind a chart, dated on the document's day."""

    def __init__(self, data: CategoryChartData, day: datetime.date) -> None:
        super().__init__(data)  # type: ignore[no-untyped-call]
        self._day = day

    @contextmanager
    def _open_worksheet(self, xlsx_file: Any) -> Iterator[tuple[Any, Any]]:
        workbook = Workbook(xlsx_file, {"in_memory": True})
        workbook.set_properties({"created": datetime.datetime.combine(self._day, datetime.time())})
        yield workbook, workbook.add_worksheet()
        workbook.close()


class _Data(CategoryChartData):
    def __init__(self, number_format: str, day: datetime.date) -> None:
        super().__init__(number_format=number_format)  # type: ignore[no-untyped-call]
        self._writer = _Dated(self, day)

    @property
    def _workbook_writer(self) -> _Dated:
        return self._writer


def number_format(chart: Chart) -> str:
    """How Office shows the values: with their decimals and in the reader's own separators."""
    return "#,##0" + ("." + "0" * chart.decimals if chart.decimals else "")


def data(chart: Chart, day: datetime.date) -> Any:
    """The figures for python-pptx. Raises ValueError when a series does not fit the categories."""
    held = _Data(number_format(chart), day)
    held.categories = chart.categories
    for series in chart.series:
        if len(series.values) != len(chart.categories):
            raise ValueError(f"{series.name}: {len(series.values)} of {len(chart.categories)}")
        held.add_series(series.name, series.values)  # type: ignore[no-untyped-call]
    if not chart.series or not chart.categories:
        raise ValueError("a chart without values")
    return held
