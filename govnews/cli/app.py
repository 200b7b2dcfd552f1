"""The group of all commands, and what happens to errors: one clear line, never a traceback.

May import: click, its neighbours in this room.
"""

from __future__ import annotations

import difflib
import importlib
import io
import os
import pkgutil
import sys
import traceback
from typing import Any

import click

from govnews.cli import commands
from govnews.model import Failure

GROUPS = ("Start", "Crawl", "Read pages", "Registry", "Read the archive", "Upkeep")
"""Headings of `govnews --help`, in order; each command module names its own in GROUP."""


class Commands(click.Group):
    """Finds its commands in the folder; loads only the one that is called."""

    def list_commands(self, _: click.Context) -> list[str]:
        return sorted(info.name.removesuffix("_") for info in pkgutil.iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in self.list_commands(ctx):
            return None
        module = _module(name)
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        known = self.list_commands(ctx)
        if name not in known and not name.startswith("-"):
            near = difflib.get_close_matches(name, known, n=1)
            raise Failure(
                "unknown_command",
                f"there is no command {name}",
                hint=f"did you mean {near[0]}?" if near else "govnews --help lists them",
                exit_code=2,
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        grouped: dict[str, list[tuple[str, str]]] = {group: [] for group in GROUPS}
        for name in self.list_commands(ctx):
            module = _module(name)
            grouped[module.GROUP].append((name, module.command.get_short_help_str(90)))
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
    """The entry point: UTF-8 whatever the terminal says, errors as one line, the right exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = cli.main(args, prog_name="govnews", standalone_mode=False)
        sys.stdout.flush()
        sys.exit(code if isinstance(code, int) else 0)
    except Failure as failure:
        _say(failure.sentence, failure.hint)
        sys.exit(failure.exit_code)
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        where = f"{context.command_path} --help" if context else "govnews --help"
        _say(error.format_message(), where if isinstance(error, click.UsageError) else "")
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        _say("interrupted", "")
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has gone; nothing to say to it
        sys.exit(0)
    except Exception as error:  # noqa: BLE001 - the last resort: one line for a person, the traceback on request
        if os.environ.get("GOVNEWS_DEBUG"):
            traceback.print_exc()
        _say(f"a fault of govnews: {type(error).__name__}: {error}", "run with GOVNEWS_DEBUG=1 for the traceback")
        sys.exit(1)


def _say(sentence: str, hint: str) -> None:
    click.echo(f"govnews: {sentence}", err=True)
    if hint:
        click.echo(f"         {hint}", err=True)
