"""The group of all commands, and what happens to errors: one clear line, never a traceback.

May import: click, model, its neighbours in this room.
"""

from __future__ import annotations

import errno
import importlib
import io
import os
import pkgutil
import sqlite3
import sys
import traceback
from typing import Any

import click

from govnews.cli import commands, light, show
from govnews.cli.group import SENTENCE, NearestGroup
from govnews.model import Failure

_DISK = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
"""Faults that need room, not a traceback."""
GROUPS = ("Start", "Crawl", "Read pages", "Registry", "Read the archive", "Upkeep")
"""Headings of `govnews --help`, in order; each command module names its own in GROUP."""


class Commands(NearestGroup):
    """Finds its commands in the folder; loads only the one that is called."""

    def list_commands(self, _: click.Context) -> list[str]:
        return sorted(info.name.removesuffix("_") for info in pkgutil.iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in self.list_commands(ctx):
            return None
        command: click.Command = _module(name).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        grouped: dict[str, list[tuple[str, str]]] = {group: [] for group in GROUPS}
        for name in self.list_commands(ctx):
            module = _module(name)
            grouped[module.GROUP].append((name, module.command.get_short_help_str(SENTENCE)))
        for group, rows in grouped.items():
            if rows:
                with formatter.section(group):
                    formatter.write_dl(rows)


def _module(name: str) -> Any:
    modules = {info.name.removesuffix("_"): info.name for info in pkgutil.iter_modules(commands.__path__)}
    return importlib.import_module(f"{commands.__name__}.{modules[name]}")


def _version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        from govnews.ingest import extractor_version

        click.echo(f"govnews {extractor_version()}")
        ctx.exit()


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version and exit."
)
def cli() -> None:
    """An archive of the news that China's county governments publish.

    \b
    govnews demo                 three small counties on this machine, in seconds
    govnews crawl 维西           a county, by name or division code
    govnews search 防汛          what the archive holds
    """


def main(args: list[str] | None = None) -> None:
    """The entry point: UTF-8 whatever the terminal says, errors as one line, the right exit code. NO_COLOR is honoured."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        with light.without("pandas", "numpy"):
            import sqlite_utils  # noqa: F401
        color = False if os.environ.get("NO_COLOR") else None
        code = cli.main(args, prog_name="govnews", standalone_mode=False, color=color)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has gone; nothing to say to it
        code = 0
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the last resort: one line for a person
        code = _failed(error)
    sys.exit(code if isinstance(code, int) else 0)


def _failed(error: BaseException) -> int:
    """Says in one line what went wrong; gives the exit code."""
    match error:
        case Failure():
            return _say(error.exit_code, error.sentence, error.hint)
        case click.exceptions.NoArgsIsHelpError():
            click.echo(error.format_message(), err=True)
            return error.exit_code
        case click.UsageError():
            where = error.ctx.command_path if error.ctx else "govnews"
            return _say(error.exit_code, error.format_message(), f"{where} --help")
        case click.ClickException():
            return _say(error.exit_code, error.format_message())
        case KeyboardInterrupt() | click.Abort():
            return _say(130, "interrupted")
    if os.environ.get("GOVNEWS_DEBUG"):
        traceback.print_exception(error)
    if isinstance(error, OSError) and error.errno in _DISK:
        return _say(1, f"{error.filename or 'what was to come out'} could not be written: {error.strerror}")
    damaged = isinstance(error, sqlite3.DatabaseError) and "malformed" in str(error)
    check = "govnews verify says what is damaged; a search index is made anew by govnews index --rebuild"
    return _say(1, _unexpected(error), check if damaged else "run with GOVNEWS_DEBUG=1 for the traceback")


def _unexpected(error: BaseException) -> str:
    """What nobody foresaw: a fault of the disk, of the database, or of ours."""
    if isinstance(error, sqlite3.Error):
        return f"the archive could not be read or written: {error}"
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename or 'the system'}: {error.strerror}"
    return f"a fault of govnews: {type(error).__name__}: {error}"


def _say(code: int, sentence: str, hint: str = "") -> int:
    show.say("govnews: " + " ".join(show.clean(sentence).split()))
    if hint:
        show.say("         " + " ".join(show.clean(hint).split()))
    return code
