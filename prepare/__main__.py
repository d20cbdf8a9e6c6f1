"""The commands of the statistics unit: `python -m prepare build`, `python -m prepare schema`."""

from __future__ import annotations

import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Annotated, Literal

import typer
from typer.exceptions import TyperException

from prepare import new, release, schema
from prepare.findings import Finding, PreparationError
from prepare.rules import GRADES

OK, ERRORS, FAILED = 0, 1, 2
_SHOWN = 50

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Aus Lieferungen und Katalog wird ein Datenstand. Ende mit 0: gut, 1: Fehler in den "
    "Eingaben, 2: nicht ausführbar.",
)


@app.command("build")
def build_command(
    city: Annotated[Path, typer.Argument(help="Stadtordner mit city.toml", metavar="STADTORDNER")],
    deliveries: Annotated[
        Path | None, typer.Option(help="Ordner der Lieferungen; sonst STADTORDNER/deliveries")
    ] = None,
    releases: Annotated[Path, typer.Option(help="Ordner der Datenstände")] = Path("data/releases"),
    audience: Annotated[Literal["public"], typer.Option(help="Für wen: public")] = "public",
) -> None:
    """Lieferungen lesen, prüfen, zusammenfassen und als Datenstand ablegen."""
    from prepare import build as builds  # geopandas takes seconds to import; help need not wait

    start = time.perf_counter()
    files = deliveries or city / "deliveries"
    for folder, kind in ((city, "Stadtordner"), (files, "Ordner der Lieferungen")):
        if not folder.is_dir():
            raise typer.Exit(_failed(f"{kind} nicht gefunden: {folder}"))
    findings: list[Finding] = []
    content = builds.build(city, files, audience, findings)
    _show(tuple(findings))
    written = release.write(content, releases)
    _report(content, written, time.perf_counter() - start)


@app.command("schema")
def schema_command(
    folder: Annotated[Path, typer.Option(help="Ordner für die Schemadateien")] = Path(
        "data/schema"
    ),
) -> None:
    """JSON-Schemata für den Editor schreiben (Stadt, Messgrößen, Thema, Rezept)."""
    for path in schema.write(folder):
        print(path.as_posix())


app.command("new")(new.command)


def _report(content: release.Content, written: release.Written, seconds: float) -> None:
    heights = [f.height for path, f in content.frames.items() if path.startswith("counts/")]
    first, last = content.periods
    state = "neu" if written.new else "unverändert, war schon da"
    modelled = ", enthält Modellwerte" if content.modelled else ""
    print(f"Datenstand {written.path.name} ({state})")
    print(
        f"  {len(heights)} Messgrößen, {_german(sum(heights))} Werte, {first} bis {last}{modelled}"
    )
    print(f"  {len(content.deliveries)} Lieferungen, {_german(written.size // 1024)} kB")
    print(f"  {seconds:.1f} Sekunden".replace(".", ","))
    print(f"  gilt jetzt: {written.path}")


def _german(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _show(findings: tuple[Finding, ...]) -> None:
    for finding in findings[:_SHOWN]:
        print(f"{GRADES[finding.grade]}: {finding}", file=sys.stderr)
    if len(findings) > _SHOWN:
        print(f"... und {len(findings) - _SHOWN} weitere.", file=sys.stderr)


def _failed(message: str) -> int:
    print(f"Nicht ausführbar: {message}", file=sys.stderr)
    return FAILED


def main() -> None:
    """Run the command line; a person reads German sentences and never a traceback."""
    try:
        code = app(standalone_mode=False)
    except PreparationError as error:
        _show(error.findings)
        print(f"{len(error.findings)} Fehler, nichts veröffentlicht.", file=sys.stderr)
        code = ERRORS
    except TyperException:
        code = _failed("Diesen Aufruf gibt es nicht. Hilfe: python -m prepare --help")
    except OSError as error:
        code = _failed(f"{error.strerror or error} ({error.filename})")
    except Exception:
        with tempfile.NamedTemporaryFile("w", suffix=".log", delete=False) as log:
            traceback.print_exc(file=log)
        code = _failed(f"Unerwarteter Fehler im Programm. Bitte diese Datei melden: {log.name}")
    sys.exit(code or OK)


if __name__ == "__main__":
    main()
