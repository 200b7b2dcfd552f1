"""Groups of commands that answer a wrong name with the nearest right one.

May import: click, model.
"""

from __future__ import annotations

import difflib

import click

from govnews.model import Failure


class NearestGroup(click.Group):
    """A group whose unknown command is one clear line."""

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
