"""The readers: one module a file format, found by scanning this folder.

A module has ENDINGS (of file names, lower case) and `read(path, name, options, stored)`, which yields Items in the order of the file
and never raises for what stands in it. May import: model, its neighbours in this room.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from govnews.importers.item import Item, Options, Stored
from govnews.model import Issue

Reader = Callable[[Path, str, Options, Stored], Iterator[Item]]


@cache
def readers() -> dict[str, Reader]:
    """Ending of a file name → reader."""
    found: dict[str, Reader] = {}
    for info in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{info.name}")
        found.update(dict.fromkeys(module.ENDINGS, module.read))
    return found


def reader_of(path: Path) -> Reader:
    """The reader of a file, by the longest ending its name has; one that passes the file over when there is none.
    Raises OSError."""
    if path.is_dir():
        return _left_out
    name = path.name.lower()
    known = readers()
    for n, sign in enumerate(name):
        if sign == "." and n and name[n:] in known:
            return known[name[n:]] if path.stat().st_size else _empty
    return known[""] if not path.suffix else _passed_over


def _empty(path: Path, name: str, options: Options, stored: Stored) -> Iterator[Item]:
    yield Item(0, issue=Issue("unreadable_file", "the file is empty"))


def _left_out(path: Path, name: str, options: Options, stored: Stored) -> Iterator[Item]:
    yield Item(0, issue=Issue("passed_over", "a browser's folder of pictures and scripts"))


def _passed_over(path: Path, name: str, options: Options, stored: Stored) -> Iterator[Item]:
    more = "; an archive is taken in by govnews merge" if path.suffix == ".db" else ""
    yield Item(0, issue=Issue("passed_over", f"{path.suffix} is not a page{more}"))
