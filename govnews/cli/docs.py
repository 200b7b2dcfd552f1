"""The pages of docs/ that are made from the code: docs/commands.md and the tables of docs/database.md.

`python -m govnews.cli.docs` writes them; a test compares. May import: click, archive, its neighbours in this room.
"""

from __future__ import annotations

from pathlib import Path

import click

from govnews.archive.schema import as_markdown
from govnews.cli.app import cli
from govnews.model.codes import CODES

_DATABASE = """# The database

An archive is one SQLite file (3.40 or later reads it, no extension needed) and, beside it, `<name>.pages.db` with the raw pages.
This page is made from `govnews/archive/schema.py`; `govnews schema` prints the same.

Times that sites print are +08:00 at the printed precision (`publish_time`); use `publish_date` to group and compare. Times of ours
(`fetched_at`, `first_seen` …) are UTC and end in `Z`. Null means: not stated, or not in a way that can be trusted. An unread view
count is null, never 0.

## Tables and views

"""


def commands() -> str:
    """docs/commands.md: the help of every command."""
    out = ["# Commands\n\nMade from the commands themselves by `python -m govnews.cli.docs`.\n"]
    root = click.Context(cli, info_name="govnews", terminal_width=100, max_content_width=100)
    out.append(f"```text\n{cli.get_help(root)}\n```\n")
    for name in cli.list_commands(root):
        command = cli.get_command(root, name)
        assert command is not None
        out += _command(command, root, name)
    return "\n".join(out)


def _command(command: click.Command, parent: click.Context, name: str) -> list[str]:
    context = click.Context(command, info_name=name, parent=parent, terminal_width=100, max_content_width=100)
    out = [f"## {context.command_path}\n\n```text\n{command.get_help(context)}\n```\n"]
    if isinstance(command, click.Group):
        for sub in command.list_commands(context):
            child = command.get_command(context, sub)
            assert child is not None
            out += _command(child, context, sub)
    return out


def database() -> str:
    """docs/database.md: every table and column, and every code."""
    out = [_DATABASE + as_markdown(), "## Codes\n\n| group | code | meaning | 含义 |\n| --- | --- | --- | --- |"]
    out += [f"| {c.group} | `{c.code}` | {c.en} | {c.zh} |" for c in CODES.values()]
    return "\n".join(out) + "\n"


PAGES = {"commands.md": commands, "database.md": database}
"""File in docs/ → what makes it."""


if __name__ == "__main__":
    for file, make in PAGES.items():
        (Path("docs") / file).write_text(make(), "utf-8")
