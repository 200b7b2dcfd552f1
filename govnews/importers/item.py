"""What readers are given and what they yield. May import: cdx.py, model, the standard library."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from govnews.importers.cdx import Entry
from govnews.model import Issue, Page

LARGEST = 64 * 2**20
"""Bytes of a page that are taken in at all."""

Stored = Callable[[str, str, str], bytes | None]
"""(address, time, digest as WARC writes it) → bytes of a page that is in the archive already, or null."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to read. columns: our name of a column → the file's (CSV, JSON lines); what is not named is guessed. chosen: file → the
    records of a WARC that an index names, and no others; null: all."""

    columns: Mapping[str, str] = field(default_factory=dict)
    chosen: Mapping[Path, Sequence[Entry]] | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a reader met. position: bytes of the file behind it. A page to take in, or an issue with the byte offset (at)
    where it stands, or what a WARC of ours says of its runs and sites (context). run: number of the page's run in there.
    many: of how many records the issue speaks."""

    position: int
    page: Page | None = None
    issue: Issue | None = None
    at: int | None = None
    many: int = 1
    run: int | None = None
    context: Mapping[str, Any] | None = None


@dataclass(slots=True)
class Done:
    """How far an import is, for progress. read, size: bytes of all files. pages: pages met so far."""

    files: int = 0
    pages: int = 0
    read: int = 0
    size: int = 0
