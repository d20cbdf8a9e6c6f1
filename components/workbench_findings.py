"""Step 2 of the workbench: what was found, by file and rule, beside the rows it is about.

Texts of cells are untrusted: everything is escaped, and Streamlit cleans the HTML once more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

import streamlit as st

from components import workbench
from model import formats
from model.language import _, plural

GRADES = {
    "error": lambda n: plural("{n} Fehler", "{n} Fehler", n),
    "warning": lambda n: plural("{n} Warnung", "{n} Warnungen", n),
    "hint": lambda n: plural("{n} Hinweis", "{n} Hinweise", n),
}
_NAMES = {"error": _("Fehler"), "warning": _("Warnung"), "hint": _("Hinweis")}
_LISTED = 25
Finding = Mapping[str, Any]
Pairs = list[tuple[Finding, Mapping[str, Any] | None]]


def show(checked: Mapping[str, Any], report: bytes | None) -> None:
    """The verdict, a filter by grade, and every file with its findings."""
    counts = checked["counts"]
    st.html(f'<p class="qp-verdict {_worst(counts)}">{escape(_sentence(checked))}</p>')
    pairs: Pairs = list(zip(checked["findings"], checked["excerpts"], strict=True))
    shown, saved = st.columns([4, 1], vertical_alignment="bottom")
    with shown:
        wanted = _wanted(counts)
    if report is not None:
        saved.download_button(
            _("Bericht (HTML)"),
            report,
            file_name="pruefbericht.html",
            mime="application/octet-stream",
            on_click="ignore",
            key="werkbank bericht",
            width="stretch",
        )
    pairs = [pair for pair in pairs if pair[0]["grade"] in wanted]
    if not counts["error"] + counts["warning"] + counts["hint"]:
        workbench.quiet(_("Alle Dateien sind so, wie die Rezepte sie beschreiben."))
    elif not pairs:
        workbench.quiet(_("Von dieser Art ist nichts dabei."))
    for name in _by_badness(pairs):
        st.html(file(name, [pair for pair in pairs if pair[0]["file"] == name]))


def _wanted(counts: Mapping[str, int]) -> list[str]:
    there = [grade for grade in GRADES if counts[grade]]
    if len(there) < 2:
        return there
    chosen = st.pills(
        _("Zeigen"),
        there,
        selection_mode="multi",
        default=there,
        format_func=lambda grade: _counted(grade, counts[grade]),
        key="werkbank grade",
    )
    return list(chosen)


def _counted(grade: str, number: int) -> str:
    return str(GRADES[grade](number)).format(n=formats.number(number))


def _worst(counts: Mapping[str, int]) -> str:
    return next((grade for grade in ("error", "warning") if counts[grade]), "good")


def _sentence(checked: Mapping[str, Any]) -> str:
    counts, read = checked["counts"], checked["read"]
    found = ", ".join(_counted(grade, counts[grade]) for grade in GRADES)
    files = plural("{n} Datei", "{n} Dateien", read["files"]).format(n=read["files"])
    values = plural("{n} Wert", "{n} Werte", read["values"])
    told = f"{found}. {files}, {values.format(n=formats.number(read['values']))} "
    return told + _("gelesen; nichts veröffentlicht.")


def _by_badness(pairs: Pairs) -> list[str]:
    order = list(GRADES)
    worst: dict[str, int] = {}
    for finding, _excerpt in pairs:
        rank = order.index(finding["grade"])
        worst[finding["file"]] = min(rank, worst.get(finding["file"], rank))
    return sorted(worst, key=worst.__getitem__)


def file(name: str, pairs: Pairs) -> str:
    """A file's findings by rule, errors first and open."""
    order = list(GRADES)
    rules: dict[str, Pairs] = {}
    for pair in sorted(pairs, key=lambda pair: order.index(pair[0]["grade"])):
        rules.setdefault(pair[0]["rule"], []).append(pair)
    groups = "".join(_group(own) for own in rules.values())
    return f'<section class="qp-bench"><h3>{escape(name)}</h3>{groups}</section>'


def _group(own: Pairs) -> str:
    first = own[0][0]
    number = f" ({formats.number(len(own))})" if len(own) > 1 else ""
    body = "".join(_finding(*pair) for pair in own[:_LISTED])
    if len(own) > _LISTED:
        more = _("… und {n} weitere dieser Art; der Bericht nennt mehr davon.")
        body += f"<p>{escape(more.format(n=formats.number(len(own) - _LISTED)))}</p>"
    return (
        f"<details{' open' if first['grade'] == 'error' else ''}><summary>"
        f'<span class="grade {escape(first["grade"])}">{_NAMES[first["grade"]]}</span> '
        f"{escape(first['title'])}{number}</summary>{body}</details>"
    )


def _finding(finding: Finding, excerpt: Mapping[str, Any] | None) -> str:
    place = f"<strong>{escape(finding['place'])}:</strong> " if finding["place"] else ""
    value = finding["value"]
    there = ""
    if value is not None:
        told = printable(value)[:60] if value else _("(leer)")
        there = " " + _("Dort steht:") + f" <code>{escape(told)}</code>"
    remedy = _("Abhilfe:")
    return (
        f'<div class="finding"><p>{place}{escape(printable(finding["message"]))}{there}</p>'
        f"<p><strong>{remedy}</strong> {escape(printable(finding['remedy']))}</p>"
        f"{_rows(finding, excerpt) if excerpt else ''}</div>"
    )


def _rows(finding: Finding, excerpt: Mapping[str, Any]) -> str:
    label = _("Zeilen um {place}").format(place=finding["place"])
    heads = "".join(f'<th scope="col">{escape(letters)}</th>' for letters in excerpt["columns"])
    lines = _lines(excerpt["heads"], "head") + _lines(excerpt["lines"], "")
    return (
        f'<div class="scroll" role="group" tabindex="0" aria-label="{escape(label)}"><table>'
        f'<thead><tr><th scope="col">{_("Zeile")}</th>{heads}</tr></thead>'
        f"<tbody>{lines}</tbody></table></div>"
    )


def _lines(lines: Iterable[Mapping[str, Any]], kind: str) -> str:
    return "".join(
        f'<tr class="{kind}"><th scope="row">{line["row"]}</th>'
        + "".join(_cell(cell) for cell in line["cells"])
        + "</tr>"
        for line in lines
    )


def _cell(cell: Mapping[str, Any]) -> str:
    text = escape(printable(cell["text"]))
    if not cell["marked"]:
        return f"<td>{text}</td>"
    return f'<td class="marked">{text or escape(_("(leer)"))}</td>'


def printable(text: str) -> str:
    """Text from a file without control characters and without those that turn its direction."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
