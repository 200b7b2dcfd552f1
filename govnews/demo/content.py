"""The counties and their articles, read from counties/*.toml; nothing here knows how a page looks.

May import: the standard library.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent

_PICTURE = re.compile(r"!\[(.*)\]\((.+)\)")
_FILE = re.compile(r"\[(.+)\]\((.+)\)")


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a body. kind: `text`, `row` (a table row), `picture`, `file` or `pdf`. cells: the paragraph, the row's cells, or
    caption and address."""

    kind: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """One row of a list and what stands behind it.

    kind: `article`, `soft_404`, `challenge` or `off_site`. time: as ISO, at the precision that is printed. header: the header
    line where it is typed by hand; `{views}` in it is the count. views: on the first day; null when none is printed.
    counter: a script the crawler does not know would fill in the count. columns: names; () = the county's first.
    later: what is different on the second day; `gone` = true when it is no longer there.
    """

    title: str
    path: str = ""
    time: str = ""
    source: str = ""
    kind: str = "article"
    url: str = ""
    header: str = ""
    author: str | None = None
    editor: str | None = None
    views: int | None = None
    counter: bool = False
    pinned: bool = False
    columns: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    later: dict[str, Any] = field(default_factory=dict, hash=False)

    def on(self, day: int) -> Story | None:
        """The story as it stands on a day (1, 2), or null when it is no longer there. Every view count has grown by then."""
        if day == 1:
            return self
        if self.later.get("gone"):
            return None
        edits = dict(self.later)
        if "body" in edits:
            edits["blocks"] = _blocks(edits.pop("body"))
        grown = None if self.views is None else self.views + self.views // 50 + 3
        return replace(self, views=grown, **edits)


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One news list: its name, the path of its first page, rows a page."""

    name: str
    path: str
    rows: int


@dataclass(frozen=True, slots=True)
class County:
    """A county with its system (`cms`: a name in cms.py) and its stories, newest first. owner: VSB's number of the site."""

    id: str
    name: str
    full_name: str
    host: str
    cms: str
    site_code: str
    icp: str
    columns: tuple[ListColumn, ...]
    stories: tuple[Story, ...]
    owner: int = 0

    def address(self, story: Story) -> str:
        """Where the story's row leads."""
        return story.url or f"http://{self.host}{story.path}"

    def rows(self, column: ListColumn) -> list[Story]:
        """The column's rows on any day, pinned ones first: a list goes on naming what is no longer there."""
        home = self.columns[0].name
        rows = [s for s in self.stories if column.name in (s.columns or (home,))]
        return sorted(rows, key=lambda s: not s.pinned)


@cache
def counties() -> tuple[County, ...]:
    """All counties, by id."""
    return tuple(sorted((_county(path) for path in (HERE / "counties").glob("*.toml")), key=lambda c: c.id))


def by_host(host: str) -> County | None:
    """The county of a Host header (with or without port and `www.`), or null."""
    bare = host.partition(":")[0].lower().removeprefix("www.")
    return next((c for c in counties() if c.host.removeprefix("www.") == bare), None)


def _county(path: Path) -> County:
    data = tomllib.loads(path.read_text("utf-8"))
    columns = tuple(ListColumn(**column) for column in data.pop("columns"))
    stories = tuple(_story(entry) for entry in data.pop("articles"))
    return County(columns=columns, stories=stories, **data)


def _story(entry: dict[str, Any]) -> Story:
    body = _blocks(entry.pop("body", ""))
    return Story(blocks=body, columns=tuple(entry.pop("columns", ())), later=entry.pop("day2", {}), **entry)


def _blocks(body: str) -> tuple[Block, ...]:
    """One block a line, in the notation explained on top of each county's file."""
    return tuple(_block(line) for line in body.strip().splitlines())


def _block(line: str) -> Block:
    if line.startswith("|"):
        return Block("row", tuple(cell.strip() for cell in line.strip("|").split("|")))
    if line.startswith("@pdf "):
        return Block("pdf", ("", line.removeprefix("@pdf ")))
    if picture := _PICTURE.fullmatch(line):
        return Block("picture", (picture[1], picture[2]))
    if file := _FILE.fullmatch(line):
        return Block("file", (file[1], file[2]))
    return Block("text", (line,))
