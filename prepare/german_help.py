"""The help of the command line in German: Typer knows its own words in English only."""

from __future__ import annotations

from typing import Any

from typer import rich_utils
from typer.core import TyperCommand, TyperGroup

rich_utils.ARGUMENTS_PANEL_TITLE = "Angaben"
rich_utils.OPTIONS_PANEL_TITLE = "Optionen"
rich_utils.COMMANDS_PANEL_TITLE = "Befehle"
rich_utils.REQUIRED_LONG_STRING = "[nötig]"
rich_utils.DEFAULT_STRING = "[sonst: {}]"


class Command(TyperCommand):
    """A command whose help says 'Aufruf' and 'Diese Hilfe zeigen'."""

    def get_usage(self, ctx: Any) -> str:
        """The usage line."""
        return super().get_usage(ctx).replace("Usage: ", "Aufruf: ", 1)

    def get_help_option(self, ctx: Any) -> Any:
        """The option --help."""
        return _german(super().get_help_option(ctx))


class Group(TyperGroup):
    """The same for the list of commands."""

    def get_usage(self, ctx: Any) -> str:
        """The usage line."""
        return super().get_usage(ctx).replace("Usage: ", "Aufruf: ", 1)

    def get_help_option(self, ctx: Any) -> Any:
        """The option --help."""
        return _german(super().get_help_option(ctx))


def _german(option: Any) -> Any:
    if option is not None:
        option.help = "Diese Hilfe zeigen."
    return option
