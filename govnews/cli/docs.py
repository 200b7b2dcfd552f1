"""The pages of docs/ that are made from the code: docs/commands.md, docs/families.md and the tables of docs/database.md.

`python -m govnews.cli.docs` writes them; a test compares. May import: click, archive, families, its neighbours in this room.
"""

from __future__ import annotations

from pathlib import Path

import click

from govnews.archive.schema import as_markdown
from govnews.cli.app import cli
from govnews.families import ENOUGH, Family
from govnews.families import families as every_family
from govnews.model.codes import CODES

_DATABASE = """# The database

An archive is one SQLite file (3.40 or later reads it, no extension needed) and, beside it, `<name>.pages.db` with the raw pages.
This page is made from `govnews/archive/dictionary/`; `govnews schema` prints the same.

Times that sites print are +08:00 at the printed precision (`publish_time`); use `publish_date` to group and compare. Times of ours
(`fetched_at`, `first_seen` …) are UTC and end in `Z`. Null means: not stated, or not in a way that can be trusted. An unread view
count is null, never 0.

## Tables and views

"""


_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_FAMILIES = """# The CMS families

Each is one module of `govnews/families/`, found by scanning that folder; [how to add one](add-a-family.md). A page's family is the one
whose marks in address and source (small letters) sum to the most points, from three on; the marks below are worth three or more, the
others are in the modules. Counters that rise when asked are asked only with `--counters all`, beacons never; a counter on another
host only when the site file names that host. Made from the modules by `python -m govnews.cli.docs`.

"""


def commands() -> str:
    """docs/commands.md: the help of every command."""
    out = ["# Commands\n\nMade from the commands themselves by `python -m govnews.cli.docs`.\n"]
    names = cli.context_settings["help_option_names"]  # as typed; click keeps the option it made first
    root = click.Context(cli, info_name="govnews", terminal_width=100, max_content_width=100, help_option_names=names)
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


def families() -> str:
    """docs/families.md: a line for every family."""
    out = [_FAMILIES + "| name | product | known by | view count | lists |\n| --- | --- | --- | --- | --- |"]
    out += [f"| `{f.name}` | {f.title} | {_known_by(f)} | {f.counts} | {f.lists} |" for f in every_family()]
    return "\n".join(out) + "\n"


def _known_by(family: Family) -> str:
    """The marks that settle it alone, addresses first; without any the strongest."""
    strong = [m for m in family.marks if m.weight >= ENOUGH] or sorted(family.marks, key=lambda m: -m.weight)[:2]
    marks = (
        m.pattern.replace(_UUID, "UUID").replace("|", "\\|") for m in sorted(strong, key=lambda m: m.where != "url")
    )
    return ", ".join(f"`{mark}`" for mark in dict.fromkeys(marks)) or "no mark of another"


PAGES = {"commands.md": commands, "database.md": database, "families.md": families}
"""File in docs/ → what makes it."""


if __name__ == "__main__":
    for file, make in PAGES.items():
        (Path("docs") / file).write_text(make(), "utf-8")
