"""What the commands on confidentiality say in a terminal: short German lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import polars as pl

from model import formats
from prepare.disclosure import alternatives
from prepare.disclosure.trial import Trial
from prepare.disclosure.verdict import PROFILES, Considered, Profile, Report
from prepare.excerpts import printable
from prepare.overview import plural

_WORST = 3


def say(lines: Iterable[str]) -> None:
    """Print lines; names come from files, so control characters are taken out."""
    for line in lines:
        print(printable(line))


def audited(report: Report) -> Iterator[str]:
    """What an audit checked, and whether the release is safe."""
    for profile in PROFILES:
        if profile == "singleton":
            yield (
                f"{PROFILES[profile]}: beim Bauen mit den wahren Zahlen geprüft; die Dateien sagen "
                "nicht, wo jemand allein ist"
            )
        else:
            yield _profile(report, profile)
    for one in report.considered:
        yield _earlier(one)
    if report.opened:
        cells = plural(report.opened, "Zelle, die", "Zellen, die")
        yield f"Jetzt offen: {cells} ein früherer Datenstand verbarg"
    if report.revised:
        yield f"Berichtigt: {plural(report.revised, 'Wert', 'Werte')} gegen frühere Datenstände"
    if report.unrelated:
        yield f"Quoten ohne erklärten Bezug: {', '.join(report.unrelated)}"
    yield f"{report.name or 'Datenstand'}: {'sicher' if report.safe else 'NICHT SICHER'}"


def tried(found: Trial, every: bool) -> Iterator[str]:
    """What would be hidden by theme; the worst districts and years, or `every` one."""
    totals = alternatives.totals(found.shares, "theme").sort("share", descending=True)
    hiding = totals.filter(pl.col("hidden") > 0).to_dicts()
    own = found.catalog.protection
    titles = {theme.id: theme.title for theme in found.catalog.themes}
    yield f"Ausgeblendet würde (Regeln {own.version}):" if hiding else "Nichts würde ausgeblendet."
    for theme in hiding:
        yield (
            f"{titles.get(theme['theme'], 'ohne Thema')}: {_share(theme)}; "
            f"nur ganze Gebiete ausblenden: {_percent(theme['share_district'])}"
        )
        part = found.shares.filter(pl.col("theme") == theme["theme"])
        for what, by in (("Gebiete", "area"), ("Jahre", "year")):
            worst = _worst(part, by, found.names if by == "area" else {})
            yield f"  {what}: {', '.join(worst if every else worst[:_WORST])}"
        for row in found.coarser.filter(pl.col("theme") == theme["theme"]).to_dicts():
            yield f"  {row['alternative']}: {_share(row)}"
    if rounded := [level for level in own.methods if own.base(level) > 1]:
        yield f"Gerundet würden die Ebenen: {', '.join(rounded)}"


def _worst(shares: pl.DataFrame, by: str, names: Mapping[str, str]) -> list[str]:
    """Districts or years with the share hidden, the largest first."""
    parts = alternatives.totals(shares, by).filter(pl.col("hidden") > 0)
    ordered = parts.sort("share", by, descending=[True, False]).to_dicts()
    return [f"{names.get(row[by], row[by])} {_percent(row['share'])}" for row in ordered]


def _profile(report: Report, profile: Profile) -> str:
    own = [tally for tally in report.tallies if tally.profile == profile]
    widths = [tally.narrowest for tally in own if tally.narrowest is not None]
    closest = f"; engste Spanne {formats.plain(min(widths))}" if widths else ""
    return (
        f"{PROFILES[profile]}: {plural(sum(t.checked for t in own), 'Zelle', 'Zellen')}, "
        f"{formats.number(sum(t.hidden for t in own))} geheim, "
        f"{formats.number(sum(t.exact for t in own))} genau errechenbar, "
        f"{formats.number(sum(t.narrow for t in own))} zu eng eingegrenzt{closest}"
    )


def _earlier(one: Considered) -> str:
    state = "mitgeprüft" if one.digest else f"nicht mehr prüfbar: {one.why}"
    return f"Früherer Datenstand {one.name}: {state}{', zurückgezogen' * one.withdrawn}"


def _share(row: dict[str, float]) -> str:
    return (
        f"{_percent(row['share'])} ({formats.number(row['hidden'])} von "
        f"{formats.number(row['values'])})"
    )


def _percent(share: float) -> str:
    return f"{formats.number(share, 1)} %"
