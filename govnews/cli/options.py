"""Options that several commands share.

May import: click.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

db: Decorator = click.option(
    "--db",
    type=click.Path(path_type=Path),
    default=Path("data/govnews.db"),
    envvar="GOVNEWS_DB",
    show_default=True,
    help="The archive (or GOVNEWS_DB).",
)
as_json: Decorator = click.option("--json", "as_json", is_flag=True, help="JSON lines instead of text.")
sites: Decorator = click.option(
    "--sites",
    "sites_dir",
    type=click.Path(path_type=Path),
    default=None,
    help="A folder of site files (or GOVNEWS_SITES).",
)


class Day(click.ParamType[str]):
    """A local day, 2021-06-02; a month or year means its first day."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        text = str(value) + "-01-01"[3 * (str(value).count("-")) :] if str(value).count("-") < 2 else str(value)
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            self.fail(f"{value!r} is no day; write 2021-06-02", param, ctx)
