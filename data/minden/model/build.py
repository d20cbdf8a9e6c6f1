"""Rewrite the areas and all modelled deliveries: `python data/minden/model/build.py`.

The same seed gives the same bytes. IT.NRW's figures below `deliveries/itnrw` are real and
stay as they are.
"""

from __future__ import annotations

from pathlib import Path

import areas
import minden
import office_ba
import office_bauamt
import office_buergerbuero
import office_einrichtungen
import office_gesundheitsamt
import office_jugendamt
import office_schulbuero
import office_sozialamt
import office_wahlamt

CITY_FOLDER = Path(__file__).resolve().parents[1]
OFFICES = {
    "ba": office_ba,
    "bauamt": office_bauamt,
    "buergerbuero": office_buergerbuero,
    "gesundheitsamt": office_gesundheitsamt,
    "jugendamt": office_jugendamt,
    "schulbuero": office_schulbuero,
    "sozialamt": office_sozialamt,
    "wahlamt": office_wahlamt,
}


def build(folder: Path) -> None:
    """Write areas and deliveries below the city folder."""
    areas.write(folder / "areas")
    modelled = minden.minden()
    for name, office in OFFICES.items():
        office.write(folder / "deliveries" / name, modelled)
    office_einrichtungen.write(
        folder / "deliveries" / "jugendamt", folder / "areas", modelled.youth
    )


if __name__ == "__main__":
    build(CITY_FOLDER)
