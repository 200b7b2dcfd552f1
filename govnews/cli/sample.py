"""A file of `govnews sample`, as crawl, coverage and export read it. May import: model, the standard library."""

from __future__ import annotations

import csv
from pathlib import Path

from govnews.model import Failure

NAMES = (
    "order", "role", "replacement_for", "code", "name", "province", "prefecture", "type", "code_then", "name_then", "stratum",
    "stratum_units", "stratum_drawn", "weight", "status", "reason", "design",
)  # fmt: skip
"""Columns, in order."""


def drawn(path: Path) -> list[dict[str, str]]:
    """The rows that count: what was drawn, crawlable or not, and replacements that stand in for one. Raises Failure `bad_sample`."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        why = getattr(error, "strerror", None) or "it is no CSV"
        raise Failure("bad_sample", f"{path} cannot be read: {why}", exit_code=2) from error
    needed = ("role", "replacement_for", "code", "status")
    if not rows or any(row.get(name) is None for name in needed for row in rows):
        raise Failure(
            "bad_sample",
            f"{path} is no sample: it needs columns {', '.join(needed)}",
            hint="govnews sample",
            exit_code=2,
        )
    return [row for row in rows if row["role"] == "drawn" or row["replacement_for"]]


def crawlable(path: Path) -> list[str]:
    """Codes of those that can be crawled, each once. Raises Failure `bad_sample`."""
    return list(dict.fromkeys(row["code"] for row in drawn(path) if row["status"] == "crawlable"))
