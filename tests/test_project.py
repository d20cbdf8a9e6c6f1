"""What the project says about itself is true: documents, locks, templates, examples."""

from __future__ import annotations

import ast
import hashlib
import os
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages import extract, pofile

from model import (
    collection,
    comparison,
    mapset,
    needs,
    presentation,
    register_links,
    relation,
    selection,
    supply_links,
    zone_draft,
    zones,
)
from model.catalog import OVERVIEW, Indicator, Level, Measure
from model.entries import Entry
from model.presets import Preset
from prepare import schema
from prepare.__main__ import app as prepare_commands
from prepare.facility_recipes import Facilities
from prepare.recipes import Recipe

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "data"
DOCUMENTS = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")))
MODELS: dict[str, type[Entry]] = {
    "indicators": Indicator,
    "levels": Level,
    "measures": Measure,
    "presets": Preset,
}


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def everything_said() -> str:
    return "\n".join(document.read_text(encoding="utf-8") for document in DOCUMENTS)


def pins(name: str) -> dict[str, set[str]]:
    """Versions by package; more than one where they differ by Python."""
    found: dict[str, set[str]] = {}
    for package, version in re.findall(r"^([a-z0-9-]+)==([^ ;]+)", text(name), re.MULTILINE):
        found.setdefault(package, set()).add(version)
    return found


def project() -> dict[str, Any]:
    return tomllib.loads(text("pyproject.toml"))


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[=<>!~; \[]", line)[0] for line in requirements}


def own_files() -> Iterator[Path]:
    """Every file of the checkout but what make put there."""
    for folder, below, files in os.walk(ROOT):
        below[:] = [name for name in below if name not in (".git", ".venv", "releases", "vault")]
        yield from (Path(folder) / name for name in files)


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not there")
def test_no_file_of_the_shared_data_is_committed() -> None:
    def digest(path: Path) -> str:
        return hashlib.sha256(path.read_bytes()).hexdigest()

    sizes = {path.stat().st_size for path in own_files()}
    shared = (path for path in SHARED.rglob("*") if path.is_file() and path.stat().st_size)
    foreign = {digest(path): path for path in shared if path.stat().st_size in sizes}
    assert [path for path in own_files() if digest(path) in foreign] == []


def test_every_command_of_prepare_is_documented() -> None:
    commands = [command.name for command in prepare_commands.registered_commands]
    assert commands
    assert [c for c in commands if f"python -m prepare {c}" not in everything_said()] == []


def test_every_make_target_is_documented() -> None:
    targets = re.search(r"^\.PHONY: (.+)$", text("Makefile"), re.MULTILINE)
    assert targets
    assert [t for t in targets[1].split() if f"make {t}" not in text("README.md")] == []


def test_every_key_and_value_of_a_link_is_documented() -> None:
    table = dict(re.findall(r"^\| `(\w+)` \| (.+)$", text("docs/links.md"), re.MULTILINE))
    written = selection.Selection("t", "i", "stadt", "2024", ("01",)).query()
    of_theme = comparison.Comparison(("01",)).query()
    of_choice = comparison.Comparison(("01",), "", ("i",)).query()
    years = mapset.MapSet(("i",), "stadt", ("2012", "2024")).query()
    supplied = supply_links.Setting("kita", "i", ("x",), 500, True, "01").query()
    related = relation.Relation("i", "j", "stadt", "2024", "t").query()
    rat = collection.Collection("Rat")
    of_need = needs.Setting((("i", 1),), 5, ("01",), "p").query()
    draft = zone_draft.Draft("stadt", ("01",)).query()
    done = register_links.Register("Amt", "01", "i", "m").query()
    slides = presentation.Presentation(rat, 1, "01", "2024", True, True).query()
    others = (done, draft, of_theme, of_choice, years, supplied, related, slides, of_need)
    assert set(table) == {
        *written,
        "datensatz",
        zones.KEY,
        *(key for each in others for key in each),
    }
    for key, values in (
        ("ansicht", selection.VIEWS),
        ("seit", selection.SINCE),
        ("klassen", selection.METHODS),
        ("stufen", selection.COUNTS),
        ("karte", selection.RENDERERS),
        ("fassung", selection.EDITIONS),
        ("thema", (OVERVIEW,)),
        ("intervalle", selection.SWITCH),
        ("nebeneinander", mapset.MODES),
        ("darstellung", relation.PICTURES),
        ("auf_karte", relation.AXES),
        ("spur", selection.SWITCH),
        ("koeffizient", relation.COEFFICIENTS),
    ):
        assert [value for value in values if f"`{value}`" not in table[key]] == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_locks_name_no_place_to_download_from(name: str) -> None:
    assert "://" not in text(name)
    assert not re.search(r"^-", text(name), re.MULTILINE)


def test_locks_fit_their_inputs_and_each_other() -> None:
    app, dev = pins("requirements.txt"), pins("requirements-dev.txt")
    assert names(project()["project"]["dependencies"]) <= set(app)
    assert names(project()["dependency-groups"]["dev"]) <= set(dev)
    assert {name for name in app.keys() & dev.keys() if app[name] != dev[name]} == set()


def test_the_version_is_the_same_everywhere() -> None:
    version = project()["project"]["version"]
    assert f'softwareVersion: "{version}"' in text("publiccode.yml")
    assert f"## [{version}]" in text("CHANGELOG.md")


def marked(file: Path) -> set[str]:
    """The texts a module gives to `_` and `plural`, also those within f-strings."""
    return {
        text.value
        for call in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
        for text in call.args[: {"_": 1, "plural": 2}.get(call.func.id, 0)]
        if isinstance(text, ast.Constant) and isinstance(text.value, str)
    }


def test_the_texts_for_translators_are_up_to_date() -> None:
    keywords = {**extract.DEFAULT_KEYWORDS, "plural": (1, 2)}
    sources = re.search(r"^TEXTS := (.+)$", text("Makefile"), re.MULTILINE)
    assert sources
    found = set()
    shown: set[str] = set()
    for name in sources[1].split():
        path = ROOT / name
        for file in [path] if path.is_file() else sorted(path.rglob("*.py")):
            for _, message, *_ in extract.extract_from_file("python", file, keywords):
                found.add(message)
            shown |= marked(file)
    said = {text for one in found for text in ([one] if isinstance(one, str) else one)}
    assert shown - said == set(), "take these out of their f-strings"
    with (ROOT / "locale" / "quartierspuls.pot").open("rb") as template:
        listed = {message.id for message in pofile.read_po(template) if message.id}
    assert found == listed, "run `make texts`"


def test_the_schemas_for_editors_are_up_to_date() -> None:
    written = {path.name: path.read_text("utf-8") for path in (ROOT / "data/schema").iterdir()}
    assert written == schema.schemas(), "run `python -m prepare schema`"


def test_the_examples_for_contributors_are_valid() -> None:
    examples = re.findall(r"^```toml\n(.+?)^```", text("CONTRIBUTING.md"), re.DOTALL | re.MULTILINE)
    assert len(examples) == 7
    for example in map(tomllib.loads, examples):
        if "tables" in example:
            Recipe.model_validate(example)
        if "types" in example:
            Facilities.model_validate(example)
        for table, model in MODELS.items():
            for entry in example.get(table, []):
                model.model_validate(entry)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_of_documents_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)", document.read_text(encoding="utf-8"))
    own = [link for link in links if "://" not in link]
    assert [link for link in own if not (document.parent / link).exists()] == []


def test_paths_in_the_readme_exist() -> None:
    table = text("README.md").partition("## Where things are")[2].partition("\n## ")[0]
    paths = [p for row in re.findall(r"^\| (`.+?) \|", table, re.MULTILINE) for p in row.split("`")]
    named = [path for path in paths if "/" in path or "." in path]
    made = ("data/internal/", "data/releases/", "data/vault/")  # by the first build
    missing = [p for p in named if not any(ROOT.glob(p.replace("<city>", "*"))) and p not in made]
    assert len(named) > 10
    assert missing == []


def test_the_way_in_imports_only_the_layer_below() -> None:
    nodes = list(ast.walk(ast.parse(text("streamlit_app.py"))))
    plain = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    picked = [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    imported = {name.partition(".")[0] for name in plain + picked}
    assert imported - set(sys.stdlib_module_names) <= {"components", "starlette", "streamlit"}
