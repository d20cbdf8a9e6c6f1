"""Colours of Word files and slides, as six hexadecimal digits: those of screen and paper."""

INK = "1B2A33"
ACCENT = "0B6E99"
SOFT = "4A5861"
HAIR = "A9B7BF"
GROUND = "EEF3F5"
BARS = "0B6E99"
LINES = ("0B6E99", "B3126A", "8A5A00", "5B3FA0", "1B2A33", "5F6D76")
"""Of series without their own colour, in turn; apart also for colour-blind eyes."""


def bare(colour: str) -> str:
    """A colour such as "#0b6e99" without its sign."""
    return colour.removeprefix("#").upper()
