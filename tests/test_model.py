"""Formats, classes, rates, statuses: exact values worked out by hand."""

from __future__ import annotations

import polars as pl
import pytest

from model import classes, formats, rates, signs, status
from model.catalog import Classes, Indicator

TEXTS = {
    "title": "Anteil",
    "short": "Anteil",
    "base": "Anteil an allen",
    "direction": "neutral",
    "definition": "d",
    "counted": "c",
    "why": "w",
    "caution": "c",
    "reading": "{Ort} waren es {zeit} {wert} %.",
}
COLUMNS = (
    "measure",
    "level",
    "area",
    "period",
    "age",
    "sex",
    "nationality",
    "value",
    "status",
    "delivery",
)


def indicator(**changes: object) -> Indicator:
    share = {
        "id": "anteil",
        "unit": "%",
        "per": 100,
        "reference": "date",
        "numerator": [{"measure": "poor", "age": ["0-2", "3-5"]}],
        "denominator": [{"measure": "all", "age": ["0-2", "3-5"]}],
    }
    return Indicator.model_validate({**TEXTS, **share, **changes})


def counts(*rows: tuple[object, ...]) -> pl.LazyFrame:
    """Rows of measure, area, period, age, value, status."""
    full = [(m, "bezirk", a, p, age, "total", "total", v, s, m) for m, a, p, age, v, s in rows]
    return pl.LazyFrame(full, schema=COLUMNS, orient="row", infer_schema_length=None).with_columns(
        pl.col("value").cast(pl.Float64)
    )


def only(frame: pl.LazyFrame) -> dict[str, object]:
    return frame.collect().row(0, named=True)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1234.5, 1, "1.234,5"),
        (0.25, 1, "0,3"),
        (2.5, 0, "3"),
        (-0.04, 1, "0,0"),
        (-1234567.891, 2, "−1.234.567,89"),
        (0.0, 0, "0"),
        (1.005, 2, "1,01"),
        (84013.0, 0, "84.013"),
    ],
)
def test_numbers_are_german_and_rounded_half_up(value: float, decimals: int, text: str) -> None:
    assert formats.number(value, decimals) == text


@pytest.mark.parametrize(
    ("period", "reference", "label", "inside", "stand"),
    [
        ("2024-12-31", "date", "31.12.2024", "am 31.12.2024", "Stand: 31.12.2024"),
        ("2024", "year", "2024", "im Jahr 2024", "Jahr 2024"),
        ("2024", "school_year", "2024/25", "im Schuljahr 2024/25", "Schuljahr 2024/25"),
        ("1999", "school_year", "1999/00", "im Schuljahr 1999/00", "Schuljahr 1999/00"),
    ],
)
def test_periods(period: str, reference: str, label: str, inside: str, stand: str) -> None:
    assert formats.period(period, reference) == label
    assert formats.at_period(period, reference) == inside
    assert formats.stand(period, reference) == stand


def test_years_in_a_row_are_a_span() -> None:
    assert formats.years(["2014", "2010", "2013", "2014"]) == "2010, 2013, 2014"
    assert formats.years(["2010", "2012", "2013", "2014"]) == "2010, 2012–2014"
    assert formats.years([]) == ""


def test_a_rate_is_the_sum_of_numerators_over_the_sum_of_denominators() -> None:
    day = "2024-12-31"
    frame = counts(
        ("poor", "01", day, "0-2", 3, "ok"),
        ("poor", "01", day, "3-5", 9, "ok"),
        ("all", "01", day, "0-2", 10, "ok"),
        ("all", "01", day, "3-5", 90, "ok"),
    )
    found = only(rates.values(frame, indicator()))
    # 12 of 100, not the mean of 30 % and 10 %.
    assert (found["value"], found["numerator"], found["denominator"]) == (12.0, 12.0, 100.0)
    assert (found["status"], found["deliveries"]) == ("ok", ["all", "poor"])


@pytest.mark.parametrize(
    ("numerator", "denominator", "value", "word"),
    [
        ([(3, "ok"), (None, "suppressed")], [(10, "ok"), (90, "ok")], None, "suppressed"),
        ([(3, "ok"), (9, "ok")], [(10, "ok"), (None, "unreliable")], None, "unreliable"),
        ([(3, "ok")], [(10, "ok"), (90, "ok")], None, "not_collected"),
        ([(3, "ok"), (9, "ok")], [(10, "ok")], None, "not_collected"),
        ([(0, "ok"), (0, "ok")], [(0, "ok"), (0, "ok")], None, "not_meaningful"),
        ([(0, "ok"), (0, "ok")], [(10, "ok"), (90, "ok")], 0.0, "ok"),
        ([(3, "modelled"), (9, "ok")], [(10, "ok"), (90, "preliminary")], 12.0, "modelled"),
        (
            [(None, "not_collected"), (None, "suppressed")],
            [(10, "ok"), (90, "ok")],
            None,
            "suppressed",
        ),
    ],
)
def test_missing_parts_make_a_value_missing_and_the_gravest_reason_wins(
    numerator: list[tuple[float | None, str]],
    denominator: list[tuple[float | None, str]],
    value: float | None,
    word: str,
) -> None:
    rows = [
        (measure, "01", "2024-12-31", age, count, reason)
        for measure, parts in (("poor", numerator), ("all", denominator))
        for age, (count, reason) in zip(("0-2", "3-5"), parts, strict=False)
    ]
    found = only(rates.values(counts(*rows), indicator()))
    assert (found["value"], found["status"]) == (value, word)


def test_events_of_a_year_refer_to_the_residents_at_its_end() -> None:
    births = indicator(
        unit="je 1.000 Einwohner",
        per=1000,
        reference="year",
        numerator=[{"measure": "births"}],
        denominator=[{"measure": "all"}],
    )
    frame = counts(
        ("births", "01", "2023", "total", 8, "ok"),
        ("births", "01", "2024", "total", 9, "ok"),
        ("all", "01", "2023-12-31", "total", 1000, "ok"),
        ("all", "01", "2024-12-31", "total", 2000, "ok"),
    )
    found = rates.values(frame, births).collect()
    assert found.select("period", "value").rows() == [("2023", 8.0), ("2024", 4.5)]


def test_terms_can_be_subtracted() -> None:
    balance = indicator(
        unit="Personen",
        per=1,
        denominator=[],
        numerator=[{"measure": "in"}, {"measure": "out", "factor": -1}],
    )
    frame = counts(
        ("in", "01", "2024", "total", 40, "ok"), ("out", "01", "2024", "total", 55, "ok")
    )
    assert only(rates.values(frame, balance))["value"] == -15.0


# Fisher-Jenks by hand: {1, 2} {10, 11} {50, 51}; limits are the roundest numbers in between.
SIX = [1, 2, 10, 11, 50, 51]


@pytest.mark.parametrize(
    ("method", "count", "decimals", "limits"),
    [
        ("natural", 3, 0, (10, 50)),
        ("quantile", 3, 0, (10, 50)),
        ("quantile", 2, 0, (11,)),
        ("equal", 5, 0, (11, 21, 31, 41)),
        ("fixed", 5, 0, (5, 50)),
    ],
)
def test_class_limits(method: str, count: int, decimals: int, limits: tuple[float, ...]) -> None:
    declared = Classes(method="fixed", breaks=(5, 50))
    assert classes.breaks(SIX, declared, decimals, method, count) == limits


def test_a_value_on_the_limit_belongs_to_the_upper_class() -> None:
    limits = (8.0, 12.0)
    assert [classes.number_of(v, limits, 1) for v in (7.94, 7.95, 8.0, 11.99, 12.0, 30)] == [
        0,
        1,  # shown as 8,0, so it is classed as 8,0
        1,
        2,  # shown as 12,0
        2,
        2,
    ]
    assert classes.labels(limits, 1) == ["unter 8,0", "8,0 bis unter 12,0", "12,0 und mehr"]


@pytest.mark.parametrize("method", ["natural", "quantile", "equal"])
@pytest.mark.parametrize("values", [[], [3.0], [3.0, 3.0, 3.0], [1.0, 2.0]])
def test_few_or_equal_values_give_fewer_classes_not_an_error(
    method: str, values: list[float]
) -> None:
    limits = classes.breaks(values, Classes(), 1, method, 5)
    assert len(limits) <= max(0, len(set(values)) - 1)
    assert len(classes.labels(limits, 1)) == len(limits) + 1


def test_natural_classes_equal_the_partition_of_an_exhaustive_search() -> None:
    values = [3.2, 4.5, 5.0, 8.0, 8.1, 9.0, 12.0, 14.0, 20.2, 21.0, 26.0, 27.4, 30.1]

    def spread(part: list[float]) -> float:
        mean = sum(part) / len(part)
        return sum((v - mean) ** 2 for v in part)

    best = min(
        (
            (spread(values[:i]) + spread(values[i:j]) + spread(values[j:]), i, j)
            for i in range(1, len(values) - 1)
            for j in range(i + 1, len(values))
        ),
    )
    limits = classes.breaks(values, Classes(), 1, "natural", 3)
    found = [classes.number_of(v, limits, 1) for v in values]
    assert (found.index(1), found.index(2)) == best[1:]


def test_every_status_has_words_and_every_missing_one_a_reason_and_a_sign() -> None:
    assert len({status.words(name) for name in status.ORDER}) == len(status.ORDER)
    for known in signs.SETS.values():
        assert set(status.ORDER) - {"ok"} == set(known) - {signs.ZERO, signs.NEAR_ZERO}
    assert all(status.reason(name).endswith(".") for name in status.ORDER)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"unit": "%", "per": 1}, "denominator und per = 100"),
        ({"unit": "je 1.000 Einwohner", "per": 100}, "per = 1000"),
        ({"unit": "Personen"}, "per = 1"),
        ({"unit": "Personen", "per": 100, "denominator": []}, "per = 1"),
        ({"reading": "{Ort} waren es {was} {wert}."}, "Platzhalter {was}"),
        ({"reading": "Es waren {wert}."}, "braucht {wert} und {Ort}"),
        ({"short": "x" * 41}, "40 Zeichen"),
    ],
)
def test_impossible_indicators_are_refused(changes: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words.replace("{", r"\{").replace("}", r"\}")):
        indicator(**changes)
