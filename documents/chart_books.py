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

from documents.document import Chart, Series


class _Dated(CategoryWorkbookWriter):
    """The workbook behind a chart, dated on the document's day."""

    def __init__(self, data: CategoryChartData, day: datetime.date, total: Series | None) -> None:
        super().__init__(data)  # type: ignore[no-untyped-call]
        self._day = day
        self._total = total

    @contextmanager
    def _open_worksheet(self, xlsx_file: Any) -> Iterator[tuple[Any, Any]]:
        workbook = Workbook(xlsx_file, {"in_memory": True})
        workbook.set_properties({"created": datetime.datetime.combine(self._day, datetime.time())})
        yield workbook, workbook.add_worksheet()
        workbook.close()

    def _populate_worksheet(self, workbook: Any, worksheet: Any) -> None:
        super()._populate_worksheet(workbook, worksheet)  # type: ignore[no-untyped-call]
        if self._total:
            column = 1 + len(self._chart_data)
            shown = workbook.add_format({"num_format": self._chart_data.number_format})
            worksheet.write(0, column, self._total.name)
            worksheet.write_column(1, column, self._total.values, shown)


class _Data(CategoryChartData):
    def __init__(self, number_format: str, day: datetime.date, total: Series | None) -> None:
        super().__init__(number_format=number_format)  # type: ignore[no-untyped-call]
        self._writer = _Dated(self, day, total)

    @property
    def _workbook_writer(self) -> _Dated:
        return self._writer


def number_format(chart: Chart) -> str:
    """How Office shows the values: with their decimals and in the reader's own separators."""
    return "#,##0" + ("." + "0" * chart.decimals if chart.decimals else "")


def data(chart: Chart, day: datetime.date) -> Any:
    """The figures for python-pptx. Raises ValueError when a series does not fit the categories."""
    held = _Data(number_format(chart), day, chart.total)
    held.categories = chart.categories
    for series in (*chart.series, *([chart.total] if chart.total else [])):
        if len(series.values) != len(chart.categories):
            raise ValueError(f"{series.name}: {len(series.values)} of {len(chart.categories)}")
    for series in chart.series:
        held.add_series(series.name, series.values)  # type: ignore[no-untyped-call]
    if not chart.series or not chart.categories:
        raise ValueError("a chart without values")
    return held
