"""The 19 Stadtbezirke: names, seeds of the schematic map, and areas.

Coordinates, published areas and names: Wikipedia and mirrors, as collected in October 2025.
Coordinates known only to the minute (Dankersen, Häverstädt, Innenstadt, Kutenhausen, Minderheide)
are moved by hand to the place on the map, that of Rodenbeck is set there. Areas of Bärenkämpen,
Rechtes Weserufer and Rodenbeck are unpublished, that of Bölhorst is published only for the
historic core (0.40 km²); the four share what remains of the city's 101.12 km².
"""

from __future__ import annotations

from dataclasses import dataclass

CITY_KM2 = 101.12


@dataclass(frozen=True)
class District:
    """A Stadtbezirk: identity and geography."""

    id: str
    name: str
    locative: str
    lat: float
    lon: float
    target_km2: float
    published_km2: float | None

    @property
    def short(self) -> str:
        """Label on the map."""
        return self.name


def _district(
    number: int,
    name: str,
    lat: float,
    lon: float,
    km2: float,
    *,
    published: bool = True,
    locative: str = "",
) -> District:
    return District(
        id=f"{number:02d}",
        name=name,
        locative=locative or f"in {name}",
        lat=lat,
        lon=lon,
        target_km2=km2,
        published_km2=km2 if published else None,
    )


DISTRICTS = (
    _district(1, "Bärenkämpen", 52.30472, 8.88833, 3.30, published=False),
    _district(2, "Bölhorst", 52.26889, 8.87833, 1.35, published=False),
    _district(3, "Dankersen", 52.29700, 8.96900, 5.56),
    _district(4, "Dützen", 52.27111, 8.86222, 6.15),
    _district(5, "Haddenhausen", 52.27306, 8.82806, 7.71),
    _district(6, "Häverstädt", 52.26000, 8.88200, 4.91),
    _district(7, "Hahlen", 52.30556, 8.84472, 7.95),
    _district(
        8,
        "Innenstadt",
        52.28750,
        8.91500,
        3.77,
        locative="in der Innenstadt",
    ),
    _district(9, "Königstor", 52.29139, 8.88750, 8.09),
    _district(10, "Kutenhausen", 52.33100, 8.89900, 4.81),
    _district(11, "Leteln-Aminghausen", 52.31389, 8.95889, 5.62),
    _district(12, "Meißen", 52.26750, 8.95250, 4.68),
    _district(13, "Minderheide", 52.30300, 8.86900, 5.08),
    _district(14, "Nordstadt", 52.30833, 8.91389, 4.36, locative="in der Nordstadt"),
    _district(15, "Päpinghausen", 52.32000, 8.98750, 4.28),
    _district(
        16,
        "Rechtes Weserufer",
        52.29167,
        8.93333,
        3.55,
        published=False,
        locative="am Rechten Weserufer",
    ),
    _district(17, "Rodenbeck", 52.27600, 8.89900, 3.95, published=False),
    _district(18, "Stemmer", 52.33722, 8.87417, 7.41),
    _district(19, "Todtenhausen", 52.33694, 8.92111, 8.59),
)
