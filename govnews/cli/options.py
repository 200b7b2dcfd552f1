"""Options that several commands share.

May import: click, the standard library.
"""

from __future__ import annotations

import re
from calendar import monthrange
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


_DAY = re.compile(r"(\d{4})(?:-(0?[1-9]|1[0-2])(?:-(0?[1-9]|[12]\d|3[01]))?)?")


class Day(click.ParamType[str]):
    """A local day, 2021-06-02; a month or a year means its first day, or its last."""

    name = "DATE"

    def __init__(self, *, last: bool = False) -> None:
        self.last = last

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        found = _DAY.fullmatch(str(value).strip())
        year, month, day = (int(part) if part else 0 for part in found.groups()) if found else (0, 0, 0)
        month = month or (12 if self.last else 1)
        try:
            day = day or (monthrange(year, month)[1] if self.last else 1)
            return date(year, month, day).isoformat()
        except ValueError:
            self.fail(f"{value!r} is no day; write 2021-06-02, 2021-06 or 2021", param, ctx)


_HOURS = re.compile(r"(\d{1,2})(?::00)?\s*-\s*(\d{1,2})(?::00)?")


class Hours(click.ParamType[tuple[int, int]]):
    """Full hours of the day, 20-8: from the first to before the second, over midnight too."""

    name = "FROM-TO"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        found = _HOURS.fullmatch(str(value).strip())
        first, last = (int(part) for part in found.groups()) if found else (24, 25)
        if first > 23 or last > 24:
            self.fail(f"{value!r} are no hours; write 20-8 for 20:00 to 8:00", param, ctx)
        return first, last % 24


class Ages(click.ParamType[tuple[int, int]]):
    """Days after publication, 25-35: both included."""

    name = "FROM-TO"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        if isinstance(value, tuple):
            return value
        low, _, high = str(value).strip().partition("-")
        if not (low.isdecimal() and high.isdecimal() and int(low) <= int(high)):
            self.fail(f"{value!r} are no days; write 25-35", param, ctx)
        return int(low), int(high)


class Vantage(click.ParamType[str]):
    """From where a crawl is made: place, country and network between semicolons. Blanks around them make no other place."""

    name = "PLACE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        parts = [" ".join(part.split()) for part in str(value).replace("；", ";").split(";")]
        if len(parts) > 3:
            self.fail(f'{value!r} has more than three parts; write "kunming; CN; China Telecom"', param, ctx)
        return "; ".join(parts)
