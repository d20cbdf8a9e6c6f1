"""Markdown whose figures are references."""

from __future__ import annotations

from prepare import prose


def test_a_reference_is_told_with_its_target_and_line() -> None:
    text = "## Kinder\n\nIn Minden [24,8 %](zahl:kinder_buergergeld?gebiet=stadt&zeit=2024)."
    assert prose.references(text) == (
        prose.Reference(
            "24,8 %",
            "kinder_buergergeld",
            (("gebiet", "stadt"), ("zeit", "2024")),
            3,
            "In Minden 24,8 %.",
        ),
    )


def test_other_links_are_no_references() -> None:
    assert prose.references("[Karte](arbeit?indikator=x) [mehr](https://example.org)") == ()


def test_figures_typed_are_found_and_years_dates_ages_and_paragraphs_are_not() -> None:
    text = (
        "Im Jahr 2024, am 31.12.2024, 15-Jährige, unter 3 Jahren, § 22 SGB.\n\n"
        "Es sind 24,8 % und [12](zahl:x?gebiet=stadt&zeit=2024)."
    )
    assert prose.typed_figures(text) == ((3, "24,8"),)
