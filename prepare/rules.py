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


DECLARATIONS: dict[str, Rule] = {
    # city.toml, measures.toml, catalog, recipes
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
            "file_name": "Dateiname und Kennung verschieden",
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
            "rule_unknown": "Regel der Geheimhaltung unbekannt",
            "audience_mixed": "Für eine Leserschaft fehlt, was genannt wird",
            "preset_neutral": "Vorlage gewichtet einen Indikator ohne Richtung",
            "preset_count": "Vorlage gewichtet eine Anzahl",
            "preset_weightless": "Vorlage ohne Gewicht",
        },
    ),
    # Tables of the city folder: areas.csv, zones.csv, crosswalk.csv, breaks.csv and the like
    **_graded(
        "error",
        {
            "column_unknown": "Spalte unbekannt",
            "row_doubled": "Zeile doppelt",
            "number_wrong": "Angabe ist keine Zahl",
            "source_missing": "Quelle fehlt",
            "published_both": "Messgröße und Indikator in einer Zeile",
            "event_date": "Ereignis ohne gültigen Tag",
            "event_kind": "Art des Ereignisses unbekannt",
            "event_link": "Adresse ohne https",
            "event_order": "Ereignis endet vor dem Anfang",
        },
    ),
    # interventions.toml
    **_graded(
        "error",
        {
            "intervention_date": "Maßnahme ohne gültigen Zeitpunkt",
            "intervention_order": "Maßnahme endet vor dem Anfang",
            "intervention_secret": "Auswahl einer Maßnahme verrät eine geheime Zahl",
        },
    ),
    # stories/*.md
    **_graded(
        "error",
        {
            "text_figure_differs": "Zahl im Text passt nicht zur Veröffentlichung",
            "text_figure_missing": "Zahl im Text gibt es in der Veröffentlichung nicht",
            "text_figure_typed": "Zahl im Text ist kein Verweis",
            "text_claim_differs": "Vergleich im Text passt nicht zur Veröffentlichung",
            "text_claim_incomparable": "Vergleich im Text ist nicht prüfbar",
            "text_claim_typed": "Vergleich im Text ist kein Verweis",
            "text_claim_word": "Wort eines Vergleichs unbekannt",
            "text_form": "Text in falscher Form",
            "text_view": "Ansicht im Text gibt es nicht",
        },
    ),
    # atlas/
    **_graded(
        "error",
        {
            "theme_unknown": "Thema unbekannt",
            "atlas_chapter": "Kapitel des Sozialatlas fehlt",
            "atlas_view": "Ansicht des Sozialatlas zeigt nichts",
            "atlas_text_unread": "Text des Sozialatlas ohne Kapitel",
            "atlas_text_long": "Text des Sozialatlas zu lang",
        },
    ),
    **_graded("warning", {"intervention_period": "Kriterium einer Maßnahme nicht prüfbar"}),
    # Indicators for which nothing fitting was delivered
    **_graded(
        "error",
        {
            "measure_empty": "Messgröße ohne Werte",
            "indicator_empty": "Indikator ohne Werte",
            "reference_differs": "Zeitbezug anders",
            "reference_mixed": "Zeitbezug gemischt",
        },
    ),
}
"""About what the city folder says."""

STARTS: dict[str, Rule] = {
    **_graded(
        "error",
        {
            "column_unclear": "Schlüssel- oder Namensspalte unklar",
            "folder_exists": "Ordner schon vorhanden",
            "folder_name": "Ordnername nicht erlaubt",
        },
    ),
}
"""About a city folder that is made anew."""

AREAS: dict[str, Rule] = {
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
            "zone_incomplete": "Zusammenschluss unvollständig",
            "zone_level": "Zusammenschluss über Raumebenen hinweg",
            "zone_single": "Zusammenschluss aus einem Gebiet",
            "crs_missing": "Koordinatensystem fehlt",
            "crs_wrong": "Koordinatensystem falsch",
            "geometry_childless": "Gebiet ohne Fläche",
            "geometry_column": "Spalte der Geometriedatei fehlt",
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
            "surroundings_unreadable": "Datei der Nachbargemeinden nicht lesbar",
        },
    ),
    **_graded(
        "hint",
        {
            "crs_declared": "Koordinatensystem laut city.toml",
            "geometry_axes": "Achsen zurückgetauscht",
            "geometry_height": "Höhen weggelassen",
            "geometry_name_normalised": "Fläche am Namen erkannt",
            "geometry_outline": "Umriss weggelassen",
            "geometry_repaired": "Ungültige Fläche berichtigt",
            "geometry_slivers": "Splitter zwischen Flächen geschlossen",
        },
    ),
}
"""About areas and geometry."""

CHANGES: dict[str, Rule] = {
    **_graded(
        "error",
        {
            "break_kind": "Art des Bruchs unbekannt",
            "crosswalk_both": "Umgerechneter und gelieferter Wert verschieden",
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
            "crosswalk_not_additive": "Quote lässt sich nicht umrechnen",
        },
    ),
}
"""About areas that changed, and series that break."""

FACILITIES: dict[str, Rule] = {
    **_graded(
        "error",
        {
            "facility_coordinates": "Koordinaten unmöglich",
            "facility_incomplete": "Einrichtung unvollständig",
            "facility_negative": "Wert einer Einrichtung unter null",
            "facility_place_missing": "Weder Anschrift noch Koordinaten",
            "facility_repeated": "Einrichtung doppelt",
            "facility_sign_repeated": "Zeichen zweier Arten gleich",
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
}
"""About facilities: where they are and what they count."""

DELIVERIES: dict[str, Rule] = {
    # Files
    **_graded(
        "error",
        {
            "file_missing": "Datei fehlt",
            "file_empty": "Datei leer",
            "file_too_large": "Datei zu groß",
            "file_inflates": "Arbeitsmappe entpackt zu groß",
            "file_encrypted": "Datei mit Kennwort geschützt",
            "file_no_workbook": "Keine Arbeitsmappe",
            "file_no_text": "Keine Textdatei",
            "file_wrong_recipe": "Datei passt nicht zum Rezept",
            "format_unknown": "Dateiart unbekannt",
            "encoding_wrong": "Kodierung falsch",
            "text_unreadable": "Textdatei nicht lesbar",
            "workbook_unreadable": "Arbeitsmappe nicht lesbar",
        },
    ),
    **_graded(
        "warning",
        {
            "file_repeated": "Dieselbe Datei zweimal",
            "file_unclaimed": "Datei ohne Rezept",
        },
    ),
    # Sheets and tables
    **_graded(
        "error",
        {
            "sheet_missing": "Blatt fehlt",
            "delimiter_wrong": "Trennzeichen falsch",
            "table_empty": "Tabelle leer",
            "column_missing": "Spalte fehlt",
            "column_repeated": "Spalte doppelt",
            "head_unknown": "Spaltenkopf nicht erklärt",
            "label_unknown": "Beschriftung nicht erklärt",
            "row_unknown": "Zeile nicht erklärt",
            "row_ragged": "Zeile länger als der Kopf",
            "age_impossible": "Unmögliches Alter",
        },
    ),
    **_graded(
        "warning",
        {
            "sheet_empty": "Blatt leer",
            "sheet_hidden": "Ausgeblendetes Blatt gelesen",
            "encoding_damage": "Zeichen beschädigt",
            "area_name_differs": "Schlüssel und Name verschieden",
            "stand_too_early": "Stand vor dem Stichtag",
            "ratio_disagrees": "Quote passt nicht zu ihren Zahlen",
        },
    ),
    **_graded(
        "hint",
        {
            "sheet_unread": "Blatt nicht gelesen",
            "rows_hidden": "Ausgeblendete Zeilen",
            "columns_hidden": "Ausgeblendete Spalten",
        },
    ),
    # Cells
    **_graded(
        "error",
        {
            "area_unknown": "Gebiet unbekannt",
            "period_unknown": "Zeitpunkt unbekannt",
            "period_mixed": "Stichtage gemischt",
            "period_future": "Zeitpunkt in der Zukunft",
            "cell_blank": "Zelle leer",
            "cell_no_number": "Zelle ist keine Zahl",
            "cell_footnote": "Fußnote an der Zahl",
            "cell_date": "Datum statt Zahl",
            "cell_formula_error": "Formelfehler",
            "cell_doubled": "Wert doppelt",
            "count_fractional": "Zählung mit Nachkommastellen",
            "count_negative": "Negative Zählung",
            "share_out_of_range": "Anteil außerhalb von 0 bis 100",
        },
    ),
    **_graded("hint", {"area_name_normalised": "Gebiet am Namen erkannt"}),
    # What is missing
    **_graded(
        "warning",
        {
            "area_missing": "Gebiet fehlt",
            "period_missing": "Zeitpunkt fehlt",
            "date_unusual": "Anderer Stichtag als sonst",
            "delivery_outdated": "Lieferung veraltet",
        },
    ),
    # Sums and shares
    **_graded(
        "error",
        {
            "value_contradiction": "Widersprüchliche Werte",
            "total_disagrees": "Summe stimmt nicht",
            "published_differs": "Anders als veröffentlicht",
            "numerator_above": "Zähler größer als Nenner",
        },
    ),
    **_graded(
        "warning",
        {
            "shares_off_hundred": "Anteile ergeben nicht 100",
            "ages_overlap": "Altersgruppen überschneiden sich",
            "ages_open_twice": "Zwei offene Altersgruppen",
            "basis_mixed": "Grundgesamtheit gemischt",
            "suppression_recoverable": "Geheime Zahl errechenbar",
        },
    ),
    **_graded("hint", {"digits_transposed": "Ziffern vertauscht"}),
    # Values against the series they belong to
    **_graded(
        "warning",
        {
            "value_jump": "Sprung gegen die Reihe",
            "column_jump": "Sprung einer ganzen Spalte",
            "unit_thousand": "Einheit um tausend verschoben",
            "number_truncated": "Zahl abgeschnitten",
            "rows_shifted": "Zeilen verschoben",
            "rows_shuffled": "Zeilen in anderer Reihenfolge",
            "rows_swapped": "Nachbarzeilen vertauscht",
            "columns_swapped": "Spalten vertauscht",
            "period_repeated": "Werte eines anderen Zeitpunkts",
            "column_copied": "Werte einer anderen Spalte",
            "column_constant": "Überall dieselbe Zahl",
            "column_zero": "Überall null",
        },
    ),
    **_graded("hint", {"values_repeated": "Auffällig viele gleiche Zahlen"}),
}
"""About what stands in delivered files."""

LAYOUTS: dict[str, Rule] = {
    **_graded(
        "error",
        {
            "layout_changed": "Aufbau der Datei geändert",
            "line_unmatched": "Zeile anders aufgebaut",
            "row_missing": "Erwartete Zeile fehlt",
        },
    ),
    **_graded(
        "warning",
        {
            "licence_missing": "Keine Lizenzzeile in der Datei",
            "stand_missing": "Kein Stand in der Datei",
            "suffix_mixed": "Zahlen mit und ohne Einheit",
        },
    ),
    **_graded("hint", {"decimals_mixed": "Nachkommastellen uneinheitlich"}),
}
"""About files that are built otherwise than the keys of their recipe say."""

SUPPLIED: dict[str, Rule] = {
    **_graded("warning", {"correction_stale": "Berichtigung passt nicht mehr"}),
    **_graded(
        "hint",
        {
            "corrected": "Zelle laut Rezept berichtigt",
            "heads_declared": "Kopfzeile laut Rezept",
            "unallocated": "Stadt zählt mehr als ihre Gebiete",
            "unallocated_unknown": "Stadtwert nur Summe der Gebiete",
        },
    ),
}
"""About what recipes and measures supply where a file is wrong or silent."""

RELEASES: dict[str, Rule] = {
    **_graded(
        "error",
        {
            "release_damaged": "Datenstand beschädigt",
            "release_unknown": "Datenstand unbekannt",
            "release_format": "Datenstand einer anderen Programmversion",
            "release_shown": "Datenstand gilt schon",
            "release_unclear": "Unklar, welcher Datenstand gilt",
            "release_unpublished": "Datenstand nie veröffentlicht",
            "release_audience": "Datenstand für eine andere Leserschaft",
            "release_untrusted": "Unbekannter Schlüssel",
            "release_withdrawn": "Datenstand zurückgezogen",
            "approval_same_person": "Keine Freigabe durch eine zweite Person",
            "person_missing": "Name fehlt",
            "reason_missing": "Grund fehlt",
            "original_changed": "Datei während des Baus geändert",
            "original_damaged": "Aufbewahrte Datei beschädigt",
        },
    ),
}
"""About releases: kept, approved and published."""

AUDIT: dict[str, Rule] = {
    **_graded(
        "error",
        {
            "audit_differs": "Prüfbericht passt nicht zum Datenstand",
            "disclosure_contradiction": "Veröffentlichte Zahlen widersprechen sich",
            "disclosure_exact": "Geheime Zahl genau errechenbar",
            "disclosure_lost": "Geheime Zahl in einem früheren Datenstand",
            "disclosure_narrow": "Geheime Zahl zu eng eingegrenzt",
            "disclosure_open": "Zu kleine Zahl offen gezeigt",
            "disclosure_undecided": "Geheimhaltung nicht prüfbar",
            "disclosure_unprotectable": "Geheime Zahl lässt sich nicht schützen",
        },
    ),
    **_graded("hint", {"disclosure_withdrawn": "Geheime Zahl in einem zurückgezogenen Datenstand"}),
}
"""About what an attacker gets out of everything that is published."""

ABOUT_DELIVERIES: dict[str, Rule] = {**DELIVERIES, **LAYOUTS, **SUPPLIED}
"""All about what offices send: each has a planted fault in tests/test_prepare_checks_planted.py."""

RULES: dict[str, Rule] = {
    **ABOUT_DELIVERIES,
    **FACILITIES,
    **DECLARATIONS,
    **AREAS,
    **CHANGES,
    **STARTS,
    **RELEASES,
    **AUDIT,
}
