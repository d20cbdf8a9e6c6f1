"""Colours of maps and charts, in one place.

The sequential scale is YlGnBu from ColorBrewer 2.0 (Cynthia Brewer, Mark Harrower and The
Pennsylvania State University, Apache-2.0). It keeps its order for colour-blind eyes and in grey
print, and has no alarm colour.
"""

INK = "#1b2a33"
ACCENT = "#0b6e99"
QUIET = "#a9b7bf"
SOFT = "#4a5861"
LINE = "#5f6d76"
CHOSEN = ("#b3126a", "#0b6e99", "#8a5a00", "#5b3fa0")

_YLGNBU = {
    3: ("#edf8b1", "#7fcdbb", "#2c7fb8"),
    4: ("#ffffcc", "#a1dab4", "#41b6c4", "#225ea8"),
    5: ("#ffffcc", "#a1dab4", "#41b6c4", "#2c7fb8", "#253494"),
    6: ("#ffffcc", "#c7e9b4", "#7fcdbb", "#41b6c4", "#2c7fb8", "#253494"),
    7: ("#ffffcc", "#c7e9b4", "#7fcdbb", "#41b6c4", "#1d91c0", "#225ea8", "#0c2c84"),
    8: ("#ffffd9", "#edf8b1", "#c7e9b4", "#7fcdbb", "#41b6c4", "#1d91c0", "#225ea8", "#0c2c84"),
}
ABSENT = {
    "suppressed": "#cdc8d4",
    "unreliable": "#dedbd2",
    "not_collected": "#f1f1f1",
    "not_meaningful": "#ffffff",
}
"""Greys of areas without a figure, where a map cannot draw the patterns below."""


CHANGES = {
    ("fallen", 2): "#b35806",
    ("fallen", 1): "#f1a340",
    ("chance", 0): "#f4f3ef",
    ("risen", 1): "#998ec3",
    ("risen", 2): "#542788",
    ("untested", -2): "#fdb863",
    ("untested", -1): "#fee0b6",
    ("untested", 0): "#f7f7f7",
    ("untested", 1): "#d8daeb",
    ("untested", 2): "#b2abd2",
    ("broken", 0): "#c6ced3",
    ("from_zero", 0): "#e2e6e8",
}
"""Changes by state and size, on ColorBrewer's PuOr: apart also for colour-blind eyes, and neither
of its ends is good or bad. Only what is more than chance has its strong colours."""
GROUPS = {
    "fallen": ("#a63603", "#e6550d", "#fd8d3c", "#fdbe85"),
    "chance": ("#4d4d4d", "#7d7d7d", "#b0b0b0", "#dcdcdc"),
    "risen": ("#54278f", "#756bb1", "#9e9ac8", "#cbc9e2"),
}
"""Level by direction, from very high to low: ColorBrewer's Oranges and Purples, and greys."""


def scale(count: int) -> tuple[str, ...]:
    """Colours of `count` classes (1 to 8) from light to dark."""
    return _YLGNBU[count] if count >= 3 else _YLGNBU[3][:count]


def dark(colour: str) -> bool:
    """Whether white letters read better on the colour than dark ones."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue < 140


PATTERNS = {
    "chance": "repeating-linear-gradient(-45deg,#d9d5c8 0 1px,#f4f3ef 1px 5px)",
    "broken": "repeating-linear-gradient(90deg,#8a959c 0 2px,#fff 2px 6px)",
    "from_zero": "radial-gradient(#fff 2px,#a9b3b9 2.5px) 0 0/8px 8px",
    "suppressed": "radial-gradient(#6b7780 2px,#f4f4f4 2.5px) 0 0/8px 8px",
    "unreliable": "repeating-linear-gradient(0deg,#8a959c 0 2px,#fff 2px 6px)",
    "not_collected": "repeating-linear-gradient(45deg,#9aa5ac 0 2px,#fff 2px 7px)",
    "not_meaningful": "repeating-linear-gradient(45deg,#9aa5ac 0 1px,transparent 1px 7px),"
    "repeating-linear-gradient(-45deg,#9aa5ac 0 1px,#fff 1px 7px)",
}
"""The same patterns as in the SVG map: told apart by shape, not only by colour."""
