"""Groups of commands that answer a wrong name with the nearest right one, and name each command by its whole first sentence.

May import: click, model.
"""

from __future__ import annotations

import difflib

import click

from govnews.model import Failure

SENTENCE = 200
"""Characters of a first sentence: click would cut it to the line and leave half a thought."""


class NearestGroup(click.Group):
    """A group whose unknown command is one clear line."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands, a sentence each."""
        known = {name: self.get_command(ctx, name) for name in self.list_commands(ctx)}
        with formatter.section("Commands"):
            formatter.write_dl([(name, c.get_short_help_str(SENTENCE)) for name, c in known.items() if c])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name, known = args[0], self.list_commands(ctx)
        if name not in known and not name.startswith("-"):
            near = difflib.get_close_matches(name, known, n=1)
            raise Failure(
                "unknown_command",
                f"there is no command {ctx.command_path} {name}",
                hint=f"did you mean {near[0]}?" if near else f"{ctx.command_path} --help lists them",
                exit_code=2,
            )
        return super().resolve_command(ctx, args)
