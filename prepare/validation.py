"""Data into models; what pydantic finds wrong becomes a German finding with table and key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from prepare.findings import Finding, PreparationError, nearest
from prepare.tomlfiles import Data

Location = Sequence[int | str]
Model = TypeVar("Model", bound=BaseModel)

_TABLES = frozenset(
    {
        "indicators", "levels", "sources", "measures", "tables", "rows",
        "ages", "sexes", "nationalities", "types", "recipes", "corrections", "rules", "presets",
        "interventions", "themes",
    }
)  # fmt: skip
_SECTIONS = frozenset({"public", "internal"})
_BRANCHES = frozenset(
    {"str", "int", "Origin", "AreaOrigin", "PeriodOrigin", "Labels", "TypeColumn", "[key]"}
)
_FORMS = {
    "^[a-z][a-z0-9_-]*$": "ein kurzer Name aus kleinen Buchstaben, Ziffern, _ und -",
    "^[a-z][a-z0-9-]{0,79}$": "ein kurzer Name aus kleinen Buchstaben, Ziffern und -",
    "^[0-9]{4}-(0[1-9]|1[0-2])$": 'ein Jahr mit Monat wie "2026-11"',
    "^[0-9]{8}$": 'der Gemeindeschlüssel mit 8 Ziffern wie "05770024"',
    r"^[^@\s]+@[^@\s]+$": "eine E-Mail-Adresse",
    r"^https?://[^\s<>\"]+$": 'eine Adresse wie "https://www.stadt.de/statistik"',
    r"^https://[^\s<>\"/?#]+([/?#][^\s<>\"]*)?$": 'eine Adresse mit https wie "https://www.stadt.de/"',
    r"^https?://[^\s<>\"]+/$": 'eine Adresse, die mit / endet, wie "https://daten.stadt.de/"',
}
_KINDS = {
    "string": "ein Text in Anführungszeichen",
    "int": "eine ganze Zahl",
    "float": "eine Zahl",
    "finite": "eine Zahl",
    "bool": "true oder false",
    "tuple": "eine Liste [...]",
    "list": "eine Liste [...]",
    "dict": "eine Tabelle { ... }",
    "model": "eine Tabelle { ... }",
}


def checked(model: type[Model], data: Data, name: str) -> Model:
    """The model from the data. Raises PreparationError with all that is wrong."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise PreparationError(findings(error, model, data, name)) from error


def findings(
    error: ValidationError, model: type[BaseModel], data: Data, name: str
) -> list[Finding]:
    """Everything pydantic found, in German, with table and key. One line per place and kind."""
    errors = [e for e in error.errors(include_url=False) if not _is_other_branch(e)]
    found = [_finding(e, model, data, name) for e in errors if not _only_lost_entries(e, errors)]
    return list(dict.fromkeys(found))


def table(data: Mapping[str, Any], location: Location) -> tuple[str, str]:
    """Table and key of a place: ('[[indicators]] id = "x"', 'numerator[1].measure')."""
    names: list[str] = []
    head, rest = "", list(location)
    node: Any = data
    if len(rest) > 1 and rest[0] in _SECTIONS and isinstance(node.get(rest[0]), Mapping):
        names, node, rest = [str(rest[0])], node[rest[0]], rest[1:]
        head = f"[{names[0]}]"
    while len(rest) >= 2 and isinstance(rest[0], str) and isinstance(rest[1], int):
        try:
            entry = node[rest[0]][rest[1]]
        except (KeyError, IndexError, TypeError):
            break
        if not isinstance(entry, Mapping) or rest[0] not in _TABLES:
            break
        names.append(rest[0])
        mark = f'id = "{entry["id"]}"' if "id" in entry else f"Nr. {rest[1] + 1}"
        head = f"[[{'.'.join(names)}]] {mark}"
        node, rest = entry, rest[2:]
    return head, key(rest)


def key(location: Location) -> str:
    """A key as a person writes it, list entries counted from 1: numerator[2].measure."""
    text = ""
    for part in location:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def place(data: Mapping[str, Any], location: Location) -> str:
    """German words for table and key."""
    head, name = table(data, location)
    return ", ".join(([head] if head else []) + ([f'Schlüssel "{name}"'] if name else []))


def _finding(details: ErrorDetails, model: type[BaseModel], data: Data, name: str) -> Finding:
    location = [part for part in details["loc"] if not _is_branch(part)]
    rule, message, remedy = _words(details, model, location)
    return Finding(rule, name, place(data, location), message, remedy)


def _words(
    details: ErrorDetails, model: type[BaseModel], location: Location
) -> tuple[str, str, str]:
    """Rule, message and remedy for one pydantic error."""
    kind, context, value = details["type"], details.get("ctx", {}), details["input"]
    last = str(location[-1]) if location else ""
    shown = f'"{value}"' if isinstance(value, str | int | float) else "Die Angabe"
    match kind:
        case "missing":
            return "key_missing", f'Der Schlüssel "{last}" fehlt.', f"{last} = ... ergänzen."
        case "extra_forbidden":
            hint = nearest(last, _keys_beside(model, location))
            message = f'Den Schlüssel "{last}" gibt es hier nicht.'
            return "key_unknown", message, f"Schreibweise prüfen oder löschen. {hint}"
        case "value_error":
            return "value_wrong", f"{context.get('error', details['msg'])}.", "Angabe berichtigen."
        case "string_pattern_mismatch":
            pattern = str(context.get("pattern", ""))
            remedy = f"Verlangt ist {_FORMS.get(pattern, f'das Muster {pattern}')}."
            return "value_wrong", f"{shown} hat nicht die verlangte Form.", remedy
        case "literal_error":
            allowed = str(context.get("expected", "")).replace(" or ", " oder ")
            return "value_wrong", f"{shown} ist hier nicht erlaubt.", f"Erlaubt: {allowed}."
        case "too_short" if value:
            remedy = f"Mindestens {context.get('min_length')}."
            return "value_wrong", "Die Liste hat zu wenige Einträge.", remedy
        case "string_too_short" | "too_short":
            return "value_empty", "Die Angabe ist leer.", "Ausfüllen."
        case "string_too_long":
            remedy = f"Höchstens {context.get('max_length')} Zeichen."
            return "value_wrong", "Der Text ist zu lang.", remedy
        case "too_long":
            remedy = f"Höchstens {context.get('max_length')}."
            return "value_wrong", "Die Liste hat zu viele Einträge.", remedy
        case "greater_than_equal":
            return "value_wrong", f"{shown} ist zu klein.", f"Mindestens {context.get('ge')}."
        case "greater_than":
            return "value_wrong", f"{shown} ist zu klein.", f"Größer als {context.get('gt')}."
        case "less_than_equal":
            return "value_wrong", f"{shown} ist zu groß.", f"Höchstens {context.get('le')}."
    wanted = next((w for start, w in _KINDS.items() if kind.startswith(start)), "ein anderer Wert")
    return "type_wrong", f"{shown} passt nicht.", f"Verlangt ist {wanted}."


_BRANCHES = frozenset(
    {"str", "int", "Origin", "AreaOrigin", "PeriodOrigin", "Labels", "TypeColumn", "[key]"}
)


def _is_branch(part: int | str) -> bool:
    """Pydantic names the tried branch of a union in the path; nobody wrote that."""
    return isinstance(part, str) and (
        part in _BRANCHES or part.startswith(("constrained-", "function-", "literal[", "tuple["))
    )


def _is_other_branch(details: ErrorDetails) -> bool:
    """Whether the error only says that a table is no text, or a text no table, in a union."""
    if not details["loc"] or not _is_branch(details["loc"][-1]):
        return False
    branch, told = details["loc"][-1], details["input"]
    if isinstance(told, Mapping):
        return branch in ("str", "int")
    if isinstance(told, int | list):
        return branch == "str" or (isinstance(told, list) and "int" in str(branch))
    return details["type"] == "model_type"


def _only_lost_entries(details: ErrorDetails, errors: Sequence[ErrorDetails]) -> bool:
    """Whether a list counts as too short only because its entries are wrong, as told elsewhere."""
    depth = len(details["loc"])
    return details["type"] == "too_short" and any(
        len(other["loc"]) > depth and other["loc"][:depth] == details["loc"] for other in errors
    )


def _keys_beside(model: type[BaseModel], location: Location) -> list[str]:
    """The keys a person may write at that place."""
    for part in location[:-1]:
        if isinstance(part, str):
            field = model.model_fields.get(part)
            model = next(_models(field.annotation), model) if field else model
    return list(model.model_fields)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)
