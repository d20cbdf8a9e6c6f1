"""A release describes itself: a data package and DCAT-AP.de, true to the files beside them."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow.parquet as pq
import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib import namespace as names
from rdflib.term import Node

import small_city
from model.catalog import Catalog
from prepare import build, contents, licences, release, table_schema

# RDFLib's reader of JSON-LD uses what RDFLib itself will give up.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

DCATDE = Namespace("http://dcat-ap.de/def/dcatde/")
DCATAP = Namespace("http://data.europa.eu/r5r/")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
EU = "http://publications.europa.eu/resource/authority"
KEY = "http://dcat-ap.de/def/politicalGeocoding/municipalityKey/05770024"

# DCAT-AP.de 3.0, chapter 3 (overview): what is "verpflichtend" and what "empfohlen" per class.
MUST = {
    names.DCAT.Catalog: (names.DCTERMS.title, names.DCTERMS.description, names.DCTERMS.publisher),
    names.DCAT.Dataset: (names.DCTERMS.title, names.DCTERMS.description, names.DCTERMS.publisher),
    names.DCAT.Distribution: (names.DCAT.accessURL, names.DCTERMS.license),
    names.FOAF.Agent: (names.FOAF.name,),
    SPDX.Checksum: (SPDX.algorithm, SPDX.checksumValue),
}
SHOULD = {
    names.DCAT.Catalog: (
        *(
            names.DCTERMS.issued,
            names.DCTERMS.modified,
            names.DCTERMS.language,
            names.DCAT.themeTaxonomy,
        ),
        *(DCATAP.availability, names.DCTERMS.spatial, names.DCAT.dataset),
    ),
    names.DCAT.Dataset: (
        *(names.DCAT.keyword, DCATDE.politicalGeocodingLevelURI, DCATDE.politicalGeocodingURI),
        *(names.DCAT.theme, DCATAP.availability, names.DCTERMS.spatial, names.DCAT.distribution),
    ),
    names.DCAT.Distribution: (
        names.DCTERMS.title,
        names.DCTERMS.modified,
        names.DCTERMS.format,
        DCATAP.availability,
    ),
    names.DCTERMS.PeriodOfTime: (names.DCAT.startDate, names.DCAT.endDate),
}


def current(releases: Path) -> Path:
    return releases / (releases / "current").read_text("utf-8")


def package(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "datapackage.json").read_text("utf-8"))
    return found


def manifest(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "manifest.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def minden(minden_releases: Path) -> Path:
    return current(minden_releases)


@pytest.fixture(scope="module")
def portal(minden: Path) -> Graph:
    return Graph().parse(minden / "dcat.jsonld", format="json-ld")


@pytest.fixture(scope="module")
def klein(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A city that tells portals nothing, but where its files are to be had."""
    root = tmp_path_factory.mktemp("klein")
    folder = small_city.write(root)
    small_city.change(
        folder / "city.toml",
        "[[levels]]",
        'base_url = "https://daten.example/klein/"\n\n[[levels]]',
    )
    content = build.build(folder, folder / "deliveries", "public", [])
    return release.write(content, root / "releases").path


def test_frictionless_finds_no_fault(minden: Path) -> None:
    """In a process of its own: the library warns of its own future, which our tests forbid."""
    code = (
        "import json, sys; from frictionless import Package; "
        "told = json.load(open(sys.argv[1], encoding='utf-8')); "
        "faults = [str(e.message) for e in Package.metadata_validate(told)]; "
        "package = Package.from_descriptor(told); "
        "print(json.dumps([faults, package.resource_names]))"
    )
    command = [sys.executable, "-W", "ignore", "-c", code, str(minden / "datapackage.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
    faults, resources = json.loads(done.stdout)
    assert faults == []
    assert len(resources) == len(manifest(minden)["files"]) - 1


def test_frictionless_would_find_a_fault(minden: Path, tmp_path: Path) -> None:
    told = package(minden)
    told["resources"][0]["licenses"] = [{"title": "irgendeine"}]
    broken = tmp_path / "datapackage.json"
    broken.write_text(json.dumps(told), encoding="utf-8")
    code = (
        "import json, sys; from frictionless import Package; "
        "told = json.load(open(sys.argv[1], encoding='utf-8')); "
        "print(len(list(Package.metadata_validate(told))))"
    )
    command = [sys.executable, "-W", "ignore", "-c", code, str(broken)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1"


def test_every_file_is_a_resource_with_its_hash_and_size(minden: Path) -> None:
    resources = {resource["path"]: resource for resource in package(minden)["resources"]}
    on_disk = {p.relative_to(minden).as_posix() for p in minden.rglob("*") if p.is_file()}
    assert set(resources) == on_disk - {"manifest.json", "manifest.sig", "datapackage.json"}
    for path, resource in resources.items():
        data = (minden / path).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        if path.endswith(".parquet"):
            assert resource["rows"] == pq.read_metadata(minden / path).num_rows


def test_schemas_are_those_of_the_files(minden: Path) -> None:
    """Types by PyArrow, constraints by Polars on what lies on disk."""
    kinds = {"string": "string", "large_string": "string", "int64": "integer", "double": "number"}
    kinds["bool"] = "boolean"
    for resource in package(minden)["resources"]:
        if "schema" not in resource:
            assert not resource["path"].endswith(".parquet")
            continue
        path = minden / resource["path"]
        fields = resource["schema"]["fields"]
        told = [(field["name"], field["type"]) for field in fields]
        assert told == [(f.name, kinds[str(f.type)]) for f in pq.read_schema(path)]
        frame = pl.read_parquet(path)
        for field in fields:
            column = frame[field["name"]]
            limits = field.get("constraints", {})
            empty = column.is_null().any() or (column.cast(pl.String) == "").any()
            assert limits.get("required", False) is not empty
            if "enum" in limits:
                assert set(limits["enum"]) == set(column.unique())
                assert [c["value"] for c in field["categories"]] == limits["enum"]
        key = resource["schema"].get("primaryKey")
        keyless = ("published", "vintages", "breaks", "events", "clusters")
        assert key or path.stem in keyless
        assert not key or frame.select(key).n_unique() == frame.height


def test_references_to_areas_hold(minden: Path) -> None:
    areas = set(pl.read_parquet(minden / "areas.parquet")["area"])
    resources = [each for each in package(minden)["resources"] if "schema" in each]
    found = {each["name"]: each["schema"]["foreignKeys"] for each in resources}
    inside = {"fields": ["parent"], "reference": {"resource": "", "fields": ["area"]}}
    assert found.pop("areas") == [inside]
    counted = [name for name in found if name.startswith("counts/")]
    assert len(counted) == len(list(minden.glob("counts/*.parquet"))) > 60
    for name in [*counted, "published"]:
        reference = {"resource": "areas", "fields": ["area"]}
        assert found[name] == [{"fields": ["area"], "reference": reference}]
        assert set(pl.read_parquet(minden / f"{name}.parquet")["area"]) <= areas


def test_what_the_package_says_of_itself(minden: Path) -> None:
    told = package(minden)
    assert told["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert (told["name"], told["version"]) == ("minden-2026-11", "2026-11")
    assert told["temporal"] == {"start": "1998-12-31", "end": "2024-12-31"}
    assert told["description"].endswith("Enthält Modellwerte (Modellwert, keine amtliche Zahl).")
    assert told["contributors"] == [
        {"title": "Quartierspuls-Vorführung (Modelldaten)", "roles": ["publisher"]}
    ]
    assert "created" not in told


def test_licences_of_a_resource_are_those_of_its_rows(minden: Path) -> None:
    resources = {resource["path"]: resource for resource in package(minden)["resources"]}
    residents = resources["counts/residents.parquet"]
    rows = pl.read_parquet(minden / "counts/residents.parquet")
    assert set(rows["delivery"]) == {
        "buergerbuero_bestand",
        "itnrw_alter",
        "itnrw_bevoelkerung",
        "itnrw_staatsangehoerigkeit",
        "published",
        "regionalstatistik_bevoelkerung",
    }
    told = [(e.get("name"), e["title"]) for e in residents["licenses"]]
    assert sorted(name or "" for name, _ in told) == ["", "CC0-1.0", "DL-DE-BY-2.0", "DL-DE-BY-2.0"]
    named = {title.split(",")[0] for name, title in told if name == "DL-DE-BY-2.0"}
    assert named == {"© IT.NRW", "© Statistische Ämter des Bundes und der Länder"}
    assert "Modellwert" in residents["description"]
    assert resources["areas.parquet"]["licenses"][0]["name"] == "GeoNutzV"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("© IT.NRW, Datenlizenz Deutschland – Namensnennung – Version 2.0", "DL-DE-BY-2.0"),
        ("dl-de/by-2-0", "DL-DE-BY-2.0"),
        ("Datenlizenz Deutschland - Zero - Version 2.0", "DL-DE-ZERO-2.0"),
        ("frei verwendbar (CC0 1.0)", "CC0-1.0"),
        ("© Stadt Köln, CC BY 3.0 DE, Daten vereinfacht", "CC-BY-3.0-DE"),
        ("https://creativecommons.org/licenses/by/3.0/de/", "CC-BY-3.0-DE"),
        ("CC-BY-3.0", "CC-BY-3.0"),
        ("https://creativecommons.org/licenses/by/3.0/", "CC-BY-3.0"),
        ("Stadt X, CC BY 4.0", "CC-BY-4.0"),
        ("© GeoBasis-DE / BKG 2017 (Daten verändert)", "GeoNutzV"),
        ("© GeoBasis-DE / BKG 2023 dl-de/by-2-0", "DL-DE-BY-2.0"),
        ("CC BY-NC 4.0", None),
        ("CC BY-SA 4.0", None),
        ("Umriss CC0, Namen CC BY 4.0", None),
        ("Alle Rechte vorbehalten", None),
        ("ACC01", None),
    ],
)
def test_licence_lines(line: str, name: str | None) -> None:
    found = licences.licence(line)
    assert (found and found.id) == name


def test_licences_for_portals() -> None:
    assert licences.dcat(["CC0", "CC 0"]) == "http://dcat-ap.de/def/licenses/cc-zero"
    assert licences.dcat(["dl-de/by-2-0"]) == "http://dcat-ap.de/def/licenses/dl-by-de/2.0"
    for mixed in ([], ["CC0", "CC BY 4.0"], ["CC0", "nur intern"]):
        assert licences.dcat(mixed) == "http://dcat-ap.de/def/licenses/other-closed"


def subjects(portal: Graph, kind: Node) -> list[Node]:
    return sorted(portal.subjects(names.RDF.type, kind), key=str)


def one(portal: Graph, subject: Node, predicate: Node) -> Node:
    (found,) = portal.objects(subject, predicate)
    return found


def test_everything_dcat_ap_de_wants_is_there(portal: Graph) -> None:
    for kind, predicates in [*MUST.items(), *SHOULD.items()]:
        found = subjects(portal, kind)
        assert found, kind
        for subject in found:
            missing = [p for p in predicates if (subject, p, None) not in portal]
            assert missing == [], subject
    texts = [o for o in portal.objects() if isinstance(o, Literal)]
    assert len(texts) > 500
    assert [text for text in texts if not str(text).strip()] == []


def test_what_may_occur_once_does(portal: Graph) -> None:
    single = (
        names.DCTERMS.publisher,
        names.DCTERMS.license,
        DCATAP.availability,
        names.DCTERMS.issued,
        names.DCAT.byteSize,
    )
    counted = Counter((s, p) for s, p, _ in portal if p in single)
    assert {pair for pair, count in counted.items() if count > 1} == set()


def test_one_dataset_per_delivery_and_one_of_areas(portal: Graph, minden: Path) -> None:
    (catalogue,) = subjects(portal, names.DCAT.Catalog)
    listed = set(portal.objects(catalogue, names.DCAT.dataset))
    assert listed == set(subjects(portal, names.DCAT.Dataset))
    ids = {str(one(portal, d, names.DCTERMS.identifier)) for d in listed}
    told = manifest(minden)["deliveries"]
    assert len(told) >= 22
    assert ids == {f"minden/lieferung/{name}" for name in told} | {"minden/gebiete"}
    for name, entry in told.items():
        (dataset,) = portal.subjects(names.DCTERMS.identifier, Literal(f"minden/lieferung/{name}"))
        assert one(portal, dataset, names.DCTERMS.title) == Literal(entry["title"], lang="de")
        description = str(one(portal, dataset, names.DCTERMS.description))
        assert entry["each_row_is"] in description
        assert ("keine amtliche Zahl" in description) is entry["modelled"]


def rows_of(folder: Path) -> Iterator[tuple[str, str, int]]:
    """Delivery, path and number of rows, counted by PyArrow."""
    for path in sorted(folder.glob("counts/*.parquet")):
        told = pq.read_table(path, columns=["delivery"])["delivery"].to_pylist()
        for delivery, count in Counter(told).items():
            yield delivery, path.relative_to(folder).as_posix(), count


def test_every_number_is_that_of_the_release(portal: Graph, minden: Path) -> None:
    files = manifest(minden)["files"]
    expected = {(delivery, path) for delivery, path, _ in rows_of(minden)}
    expected |= {("published", "published.parquet"), ("gebiete", "areas.parquet")}
    expected |= {("gebiete", "zones.parquet")}
    expected |= {("gebiete", f"geometry/{level}.json") for level in ("stadt", "stadtbezirk")}
    found = set()
    base = minden.as_uri() + "/"
    for distribution in subjects(portal, names.DCAT.Distribution):
        path = str(one(portal, distribution, names.DCAT.accessURL)).removeprefix(base)
        assert one(portal, distribution, names.DCAT.downloadURL) == URIRef(base + path)
        size = Literal(str(files[path]["bytes"]), datatype=names.XSD.nonNegativeInteger)
        assert one(portal, distribution, names.DCAT.byteSize) == size
        checksum = one(portal, distribution, SPDX.checksum)
        assert one(portal, checksum, SPDX.algorithm) == SPDX.checksumAlgorithm_sha256
        assert str(one(portal, checksum, SPDX.checksumValue)) == files[path]["sha256"]
        (dataset,) = portal.subjects(names.DCAT.distribution, distribution)
        name = str(one(portal, dataset, names.DCTERMS.identifier)).rpartition("/")[2]
        found.add((name, path))
    # Other tables are there only for cities that declare what they hold.
    kinds = ("counts/", "geometry/", "areas.", "published.", "zones.")
    assert {pair for pair in found if pair[1].startswith(kinds)} == expected
    values: Counter[str] = Counter()
    for delivery, _, count in rows_of(minden):
        values[delivery] += count
    for delivery, count in values.items():
        (dataset,) = portal.subjects(
            names.DCTERMS.identifier, Literal(f"minden/lieferung/{delivery}")
        )
        shown = f"{count:,}".replace(",", ".")
        assert f"Werte im Datenstand: {shown}." in str(
            one(portal, dataset, names.DCTERMS.description)
        )


def test_licences_place_time_and_theme_of_a_dataset(portal: Graph) -> None:
    (dataset,) = portal.subjects(names.DCTERMS.identifier, Literal("minden/lieferung/itnrw_alter"))
    (distribution,) = portal.objects(dataset, names.DCAT.distribution)
    licence = URIRef("http://dcat-ap.de/def/licenses/dl-by-de/2.0")
    assert one(portal, distribution, names.DCTERMS.license) == licence
    assert str(one(portal, distribution, DCATDE.licenseAttributionByText)).startswith("© IT.NRW")
    assert 'delivery = "itnrw_alter"' in str(one(portal, distribution, names.DCTERMS.description))
    assert one(portal, dataset, DCATDE.politicalGeocodingURI) == URIRef(KEY)
    assert one(portal, dataset, names.DCTERMS.spatial) == URIRef(KEY)
    (school,) = portal.subjects(
        names.DCTERMS.identifier, Literal("minden/lieferung/schulbuero_abgaenge")
    )
    assert one(portal, school, names.DCAT.theme) == URIRef(f"{EU}/data-theme/EDUC")
    (votes,) = portal.subjects(
        names.DCTERMS.identifier, Literal("minden/lieferung/wahlamt_bundestagswahl")
    )
    assert one(portal, votes, names.DCAT.theme) == URIRef(f"{EU}/data-theme/GOVE")
    time = one(portal, school, names.DCTERMS.temporal)
    assert one(portal, time, names.DCAT.startDate).datatype in (names.XSD.gYear, names.XSD.date)  # type: ignore[attr-defined]
    uses = Counter(str(o) for o in portal.objects(predicate=names.DCTERMS.license))
    known = {
        f"http://dcat-ap.de/def/licenses/{name}"
        for name in ("cc-zero", "dl-by-de/2.0", "geonutz/20130319", "other-closed")
    }
    assert set(uses) == known


def test_a_demonstration_names_no_contact(portal: Graph) -> None:
    (agent,) = subjects(portal, names.FOAF.Agent)
    assert str(one(portal, agent, names.FOAF.name)) == "Quartierspuls-Vorführung (Modelldaten)"
    assert list(portal.subject_objects(names.DCAT.contactPoint)) == []


def test_a_city_that_tells_portals_nothing(klein: Path) -> None:
    """No key, no publisher: said so, not made up. With base_url all addresses are absolute."""
    found = Graph().parse(klein / "dcat.jsonld", format="json-ld")
    (agent,) = subjects(found, names.FOAF.Agent)
    assert str(one(found, agent, names.FOAF.name)).startswith("Herausgeber nicht benannt")
    assert list(found.objects(predicate=names.DCTERMS.spatial)) == []
    assert {str(a) for a in found.objects(predicate=names.DCAT.accessURL)} == {
        f"https://daten.example/klein/{path}"
        for path in manifest(klein)["files"]
        if path.startswith(("counts/", "geometry/", "areas"))
    }
    for kind, predicates in MUST.items():
        for subject in subjects(found, kind):
            assert [p for p in predicates if (subject, p, None) not in found] == []


def test_a_publisher_with_addresses_is_the_contact(tmp_path: Path) -> None:
    folder = small_city.write(tmp_path)
    publisher = (
        'publisher = { name = "Stadt Klein, Statistik", url = "https://klein.example/statistik", '
        'email = "statistik@klein.example" }\n\n[[levels]]'
    )
    small_city.change(folder / "city.toml", "[[levels]]", publisher)
    content = build.build(folder, folder / "deliveries", "public", [])
    path = release.write(content, tmp_path / "releases").path
    found = Graph().parse(path / "dcat.jsonld", format="json-ld")
    contacts = {contact for contact in found.objects(predicate=names.DCAT.contactPoint)}
    (contact,) = contacts
    assert one(found, contact, VCARD.hasEmail) == URIRef("mailto:statistik@klein.example")
    assert one(found, contact, VCARD.hasURL) == URIRef("https://klein.example/statistik")
    assert one(found, contact, VCARD.fn) == Literal("Stadt Klein, Statistik")
    assert (
        len(list(found.subjects(names.DCAT.contactPoint)))
        == len(subjects(found, names.DCAT.Dataset))
        == 3
    )


def test_a_table_without_deliveries_belongs_to_those_whose_files_it_names() -> None:
    """Like values of facilities, whose rows say from which file they are."""
    city = {
        **{"id": "x", "name": "X", "in_city": "in X", "title": "X", "edition": "2025-01"},
        **{"city_level": "stadt", "default_level": "stadt"},
        "levels": [{"id": "stadt", "title": "Stadt", "plural": "Städte"}],
        "sources": [{"id": "amt", "title": "Amt", "licence": "CC BY 4.0"}],
    }
    theme = tomllib.loads(small_city.THEME)
    frames = {
        "areas.parquet": pl.DataFrame({"area": ["1"], "parent": [""]}),
        "facility_values.parquet": pl.DataFrame({"facility": ["k1"], "file": ["kitas.xlsx"]}),
        "facilities.parquet": pl.DataFrame({"facility": ["k1"], "delivery": ["kitas"]}),
        "breaks.parquet": pl.DataFrame({"area": [""], "kind": ["areas"]}),
    }
    told = {
        name: {"source": "amt", "files": [{"name": f"{name}.xlsx"}]} for name in ("kitas", "andere")
    }
    content = release.Content("x", "2025-01", "public", frames, {}, ("", ""), False, told)
    entries = {path: release.entry(b"", frame.height) for path, frame in frames.items()}
    protection = tomllib.loads(small_city.PROTECTION)["public"]
    catalog = Catalog.model_validate({"city": city, "themes": [theme], "protection": protection})
    files = {file.path: file for file in contents.files(catalog, content, entries)}
    assert files["facility_values.parquet"].deliveries == ("kitas",)
    assert files["facility_values.parquet"].licences == ("CC BY 4.0",)
    assert files["breaks.parquet"].deliveries == ()
    schema = table_schema.schema(
        files["facility_values.parquet"], frames["facility_values.parquet"], catalog, content
    )
    reference = {"resource": "facilities", "fields": ["facility"]}
    assert schema["foreignKeys"] == [{"fields": ["facility"], "reference": reference}]


def test_the_same_input_is_described_in_the_same_words(klein: Path, tmp_path: Path) -> None:
    folder = klein.parents[1] / "klein"
    content = build.build(folder, folder / "deliveries", "public", [])
    again = release.write(content, tmp_path)
    assert again.path.name == klein.name
    for name in ("datapackage.json", "dcat.jsonld"):
        assert (again.path / name).read_bytes() == (klein / name).read_bytes()
        assert manifest(klein)["files"][name]["rows"] is None
