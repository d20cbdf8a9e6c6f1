"""Rates a table carries beside the counts they are made of, declared so that they are checked."""

from __future__ import annotations

from pydantic import Field

from model.entries import Entry
from prepare.recipe_places import Column


class Ratio(Entry):
    """One column of rates: per * sum of numerator columns / sum of denominator columns.

    Columns that are only checked are listed under `ignore` as well.
    """

    rate: Column = Field(description="Column number from 1, or its head text")
    numerator: tuple[Column, ...] = Field(min_length=1)
    denominator: tuple[Column, ...] = Field(min_length=1)
    per: float = 100
    tolerance: float | None = Field(
        None, gt=0, description="Default: half a unit of the last decimal place delivered"
    )
