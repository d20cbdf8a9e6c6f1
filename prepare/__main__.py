"""The command line of the statistics unit: `python -m prepare COMMAND`."""

from __future__ import annotations

import sys
import tempfile
import traceback
from collections.abc import Callable

import typer
from typer.exceptions import TyperException

from prepare import (
    atlas,
    auditing,
    commands,
    comparing,
    failures,
    german_help,
    listing,
    logged,
    machine,
    new,
    releasing,
    terminal,
)
from prepare.commands import ERRORS, OK
from prepare.failures import ImpossibleError
from prepare.findings import PreparationError

FAILED = 2

COMMANDS: dict[str, Callable[..., int | None]] = {
    "new": new.command,
    "files": listing.files,
    "check": commands.check,
    "diff": comparing.diff,
    "build": commands.build,
    "publish": releasing.publish,
    "rollback": releasing.rollback,
    "withdraw": releasing.withdraw,
    "audit": auditing.audit,
    "protect": auditing.protect,
    "report": atlas.report,
    "log": logged.log,
    "schema": commands.schemas,
}
"""The commands in the order of the work."""

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    cls=german_help.Group,
    options_metavar="[OPTIONEN]",
    subcommand_metavar="BEFEHL ...",
    help="Aus Lieferungen und Katalog wird ein Datenstand. Ende mit 0: gut, auch mit Warnungen "
    "und Hinweisen; 1: Fehler in den Eingaben; 2: nicht ausführbar.",
)
for name, function in COMMANDS.items():
    app.command(name, cls=german_help.Command, options_metavar="[OPTIONEN]")(function)


def main() -> None:
    """Run the command line; a person reads German sentences and never a traceback."""
    try:
        code = app(prog_name="python -m prepare", standalone_mode=False)
    except PreparationError as error:
        if "--json" in sys.argv[1:]:
            commands.print_json(machine.refused(error.findings))
        terminal.show_findings(error.findings, stderr=True)
        code = ERRORS
    except TyperException:
        own = f" {sys.argv[1]}" if sys.argv[1:2] and sys.argv[1] in COMMANDS else ""
        code = _failed(f"Diesen Aufruf gibt es nicht. Hilfe: python -m prepare{own} --help")
    except ImpossibleError as error:
        code = _failed(str(error))
    except OSError as error:
        code = _failed(failures.words(error))
    except Exception:
        with tempfile.NamedTemporaryFile("w", suffix=".log", delete=False) as log:
            traceback.print_exc(file=log)
        code = _failed(f"Unerwarteter Fehler im Programm. Bitte diese Datei melden: {log.name}")
    sys.exit(code or OK)


def _failed(message: str) -> int:
    print(f"Nicht ausführbar: {message}", file=sys.stderr)
    return FAILED


if __name__ == "__main__":
    main()
