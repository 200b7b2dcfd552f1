"""Walking files and folders of saved pages. Hidden files are not looked at; a browser's `_files` folders are left out by name.

May import: extraction (is it markup?), model.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from govnews.extraction.markup import is_markup
from govnews.model import Failure

PARTS = "_files"
"""Ending of the folder in which a browser puts the pictures and scripts of a page it saves."""

_SAVED = re.compile(rb"<!--\s*saved from url=\(\d+\)(\S{8,1000}?)\s*-->")
_CANONICAL = re.compile(
    rb"""<link[^>]{0,200}rel=["']canonical["'][^>]{0,200}href=["']([^"']{8,1000})["']""", re.IGNORECASE
)
_OG = re.compile(
    rb"""<meta[^>]{0,100}property=["']og:url["'][^>]{0,100}content=["']([^"']{8,1000})["']""", re.IGNORECASE
)


def refuse_absent(paths: Iterable[Path]) -> None:
    """Raises Failure `no_such_path` for the first path that is neither file nor folder: before an archive is made for it."""
    for path in paths:
        if not path.is_file() and not path.is_dir():
            what = "is neither a file nor a folder" if path.exists() else "does not exist"
            raise Failure("no_such_path", f"{printable(path)} {what}", exit_code=2)


def printable(path: Path | str) -> str:
    """A name as text: bytes that are not UTF-8, which SQLite refuses, become �."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def walk(paths: Iterable[Path]) -> Iterator[tuple[Path, Path]]:
    """(the path given, a file below it), in a stable order; of a browser's `_files` folder the folder itself, unopened."""
    for path in paths:
        if path.is_file():
            yield path, path
            continue
        for folder, folders, files in os.walk(path):
            shown = sorted(name for name in folders if not name.startswith("."))
            folders[:] = [name for name in shown if not name.endswith(PARTS)]
            for name in sorted(name for name in files if not name.startswith(".")):
                file = Path(folder, name)
                if file.is_file():
                    yield path, file
            for name in shown:
                if name.endswith(PARTS):
                    yield path, Path(folder, name)


def page_files(paths: Iterable[Path]) -> Iterator[tuple[Path, Path]]:
    """The same without the folders that are left out."""
    return (found for found in walk(paths) if not found[1].is_dir())


def address(body: bytes) -> str | None:
    """The address a page says it was saved from; null when it says none or only a host."""
    head = body[:20_000]
    if not is_markup(head.decode("latin-1")):
        return None
    for pattern in (_SAVED, _CANONICAL, _OG):
        found = pattern.search(head)
        if found:
            address = found[1].decode("utf-8", "replace")
            parts = urlsplit(address)
            if parts.scheme in ("http", "https") and parts.path.strip("/"):
                return address
    return None
