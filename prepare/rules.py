"""Every rule a finding can name: how bad a breach is, and what it is called in a report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Grade = Literal["error", "warning", "hint"]
GRADES: dict[Grade, str] = {"error": "Fehler", "warning": "Warnung", "hint": "Hinweis"}
"""Grades from bad to harmless, with their German names."""


@dataclass(frozen=True)
class Rule:
    """`title` is the German heading under which a report lists the findings."""

    grade: Grade
    title: str


def _graded(grade: Grade, titles: dict[str, str]) -> dict[str, Rule]:
    return {name: Rule(grade, title) for name, title in titles.items()}


RULES: dict[str, Rule] = {
    # Declarations: city.toml, measures.toml, catalog, recipes
    **_graded(
        "error",
        {
            "toml_syntax": "Kein gültiges TOML",
            "key_repeated": "Schlüssel doppelt",
            "key_missing": "Schlüssel fehlt",
            "key_unknown": "Schlüssel unbekannt",
            "type_wrong": "Angabe von falscher Art",
            "value_wrong": "Angabe nicht erlaubt",
            "value_empty": "Angabe leer",
            "file_name": "Dateiname und id verschieden",
            "id_repeated": "Kennung mehrfach",
            "id_reserved": "Kennung vergeben",
            "id_wrong": "Kennung in falscher Form",
            "theme_missing": "Kein Thema",
            "recipe_missing": "Kein Rezept",
            "source_unknown": "Quelle unbekannt",
            "measure_unknown": "Messgröße unbekannt",
            "category_unknown": "Ausprägung unbekannt",
            "category_overlap": "Ausprägungen überschneiden sich",
            "measure_not_additive": "Messgröße lässt sich nicht addieren",
            "breakdown_missing": "Merkmal nicht vereinbart",
            "indicator_unknown": "Indikator unbekannt",
        },
    ),
    # Areas and geometry
    **_graded(
        "error",
        {
            "level_unknown": "Raumebene unbekannt",
            "level_empty": "Raumebene ohne Gebiet",
            "city_repeated": "Mehrere Gesamtstädte",
            "area_incomplete": "Gebiet unvollständig",
            "parent_unknown": "Übergeordnetes Gebiet unbekannt",
            "parent_level": "Übergeordnetes Gebiet auf falscher Ebene",
            "parent_missing": "Übergeordnetes Gebiet fehlt",
            "status_unknown": "Wertstatus unbekannt",
            "crs_missing": "Koordinatensystem fehlt",
            "crs_wrong": "Koordinatensystem falsch",
            "geometry_childless": "Gebiet ohne Fläche",
            "geometry_column": "Spalte der Geometrie fehlt",
            "geometry_axes_mixed": "Achsen teils vertauscht",
            "geometry_covers": "Fläche überdeckt alle anderen",
            "geometry_empty": "Leere Fläche",
            "geometry_invalid": "Fläche nicht eindeutig",
            "geometry_key": "Fläche ohne Schlüssel",
            "geometry_layer": "Ebene der Geometriedatei unklar",
            "geometry_missing": "Geometriedatei fehlt",
            "geometry_name_ambiguous": "Name der Fläche mehrdeutig",
            "geometry_overlap": "Flächen überlappen",
            "geometry_repeated": "Fläche doppelt",
            "geometry_same_shape": "Dieselbe Fläche unter zwei Schlüsseln",
            "geometry_units_mixed": "Grad und Meter gemischt",
            "geometry_unmatched": "Flächen und Gebiete passen nicht",
            "geometry_unreadable": "Geometrie nicht lesbar",
            "surroundings_unreadable": "Nachbargemeinden nicht lesbar",
        },
    ),
    **_graded(
        "hint",
        {
            "area_name_normalised": "Gebiet am Namen erkannt",
            "crs_declared": "Koordinatensystem laut city.toml",
            "geometry_axes": "Achsen zurückgetauscht",
            "geometry_height": "Höhen weggelassen",
            "geometry_name_normalised": "Fläche am Namen erkannt",
            "geometry_outline": "Umriss weggelassen",
            "geometry_repaired": "Ungültige Fläche berichtigt",
            "geometry_slivers": "Splitter zwischen Flächen geschlossen",
        },
    ),
    # Area changes and breaks
    **_graded(
        "error",
        {
            "break_kind": "Art des Bruchs unbekannt",
            "crosswalk_both": "Umgerechnet und geliefert widersprechen sich",
            "crosswalk_cycle": "Gebietsänderungen im Kreis",
            "crosswalk_kind": "Art der Gebietsänderung falsch",
            "crosswalk_late": "Gebiet gibt es nicht mehr",
            "crosswalk_level": "Gebietsänderung über Raumebenen",
            "crosswalk_weights": "Gewichte ergeben nicht 1",
        },
    ),
    **_graded(
        "warning",
        {
            "crosswalk_incomplete": "Frühere Gebiete unvollständig",
            "crosswalk_not_additive": "Wert lässt sich nicht umrechnen",
        },
    ),
    # Facilities
    **_graded(
        "error",
        {
            "facility_coordinates": "Koordinaten unmöglich",
            "facility_incomplete": "Einrichtung unvollständig",
            "facility_negative": "Wert unter null",
            "facility_place_missing": "Weder Anschrift noch Koordinaten",
            "facility_repeated": "Einrichtung doppelt",
            "facility_type_unknown": "Art der Einrichtung unbekannt",
            "facility_unknown": "Einrichtung unbekannt",
        },
    ),
    **_graded(
        "warning",
        {
            "facility_area_differs": "Einrichtung liegt in anderem Gebiet",
            "facility_area_missing": "Einrichtung ohne Gebiet",
            "facility_outside": "Einrichtung außerhalb der Stadt",
        },
    ),
    # Files and tables of deliveries
    **_graded(
        "error",
        {
            "file_missing": "Datei fehlt",
            "format_unknown": "Dateiart unbekannt",
            "encoding_wrong": "Kodierung falsch",
            "text_unreadable": "Textdatei nicht lesbar",
            "line_unmatched": "Zeile anders aufgebaut",
            "workbook_unreadable": "Arbeitsmappe nicht lesbar",
            "sheet_missing": "Blatt fehlt",
            "table_empty": "Tabelle leer",
            "column_missing": "Spalte fehlt",
            "column_repeated": "Spalte doppelt",
            "column_unknown": "Spalte unbekannt",
            "head_unknown": "Spaltenkopf nicht erklärt",
            "label_unknown": "Beschriftung nicht erklärt",
            "row_unknown": "Zeile nicht erklärt",
            "row_doubled": "Zeile doppelt",
            "row_missing": "Zeile fehlt",
            "layout_changed": "Aufbau der Datei geändert",
        },
    ),
    **_graded(
        "warning",
        {
            "stand_missing": "Kein Stand in der Datei",
            "licence_missing": "Keine Lizenzzeile in der Datei",
            "correction_stale": "Berichtigung überholt",
            "suffix_mixed": "Zahlen mit und ohne Einheit",
        },
    ),
    **_graded("hint", {"corrected": "Zelle berichtigt"}),
    # Cells, sums and indicators
    **_graded(
        "error",
        {
            "area_unknown": "Gebiet unbekannt",
            "period_unknown": "Zeitpunkt unbekannt",
            "period_mixed": "Stichtage gemischt",
            "cell_blank": "Zelle leer",
            "cell_no_number": "Keine Zahl",
            "cell_formula_error": "Formelfehler",
            "cell_doubled": "Wert doppelt",
            "number_wrong": "Keine Zahl",
            "value_contradiction": "Widersprüchliche Werte",
            "total_disagrees": "Summe stimmt nicht",
            "published_differs": "Anders als veröffentlicht",
            "published_both": "Messgröße und Indikator zugleich",
            "source_missing": "Quelle fehlt",
            "measure_empty": "Messgröße ohne Werte",
            "indicator_empty": "Indikator ohne Werte",
            "reference_differs": "Zeitbezug anders",
            "reference_mixed": "Zeitbezug gemischt",
        },
    ),
    **_graded(
        "hint",
        {
            "unallocated": "Keinem Gebiet zugeordnet",
            "unallocated_unknown": "Stadtwert ohne nicht Zugeordnete",
        },
    ),
    # Releases
    **_graded("error", {"release_damaged": "Datenstand beschädigt"}),
}
