"""TOML files as data; a syntax error or a repeated key becomes a German finding."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from prepare import textfiles
from prepare.findings import Finding, PreparationError

Data = dict[str, Any]


def data(path: Path, name: str) -> Data:
    """The data of a TOML file. Raises PreparationError naming line, table and key."""
    return read(textfiles.written(path, name), name)


def read(text: str, name: str) -> Data:
    """The data of a text. Raises PreparationError naming line, table and key."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PreparationError([_syntax(name, text, str(error))]) from error


def _syntax(name: str, text: str, message: str) -> Finding:
    found = re.search(r"\(at line (\d+)", message)
    line = int(found[1]) if found else text.count("\n") + 1
    lines = text.splitlines()[:line]
    place = f"Zeile {line}, {_enclosing_table(lines)}".rstrip(", ")
    if "overwrite" in message or "twice" in message or "Cannot declare" in message:
        key = lines[-1].split("=")[0].strip() if lines else ""
        return Finding(
            "key_repeated",
            name,
            place,
            f'Der Schlüssel "{key}" steht doppelt.',
            "Eine der beiden Angaben löschen.",
        )
    return Finding(
        "toml_syntax",
        name,
        place,
        f'Die Zeile ist kein gültiges TOML: "{lines[-1].strip() if lines else ""}".',
        "Anführungszeichen, Klammern und Kommas prüfen.",
    )


def _enclosing_table(lines: list[str]) -> str:
    """The last table head above, with the id given below it: [[indicators]] id = "x"."""
    for index in range(len(lines) - 1, -1, -1):
        if re.match(r"\s*\[", lines[index]) and "=" not in lines[index]:
            ids = [line.strip() for line in lines[index:] if re.match(r"\s*id\s*=", line)]
            return " ".join([lines[index].strip(), *ids[:1]])
    return ""
