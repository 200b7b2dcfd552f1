"""What coders wrote down about articles: in and out as rows, and never touched by a new extraction.

An annotation keeps the hash of the text its coder saw, so that it can be told when the article says something else now. May import:
model, its neighbours in this room.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from govnews.archive.database import Archive
from govnews.archive.transaction import transaction
from govnews.model import Failure

NEEDED = ("coder", "codebook", "uid", "field", "value")
COLUMNS = ("coder", "codebook", "made_at", "uid", "field", "value", "text_sha256", "text_changed")
"""Columns of the CSV that goes out; of the one that comes in `made_at` and `text_sha256` may be absent or empty."""
_TIME = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?Z)?")
_OUT = (
    "SELECT n.coder, n.codebook, n.made_at, n.uid, n.field, n.value, n.text_sha256, n.text_sha256 <> a.text_sha256 AS text_changed "
    "FROM annotations n LEFT JOIN articles a USING (uid) WHERE (?1 IS NULL OR n.codebook = ?1) "
    "ORDER BY n.codebook, n.field, n.uid, n.coder, n.made_at"
)


def import_annotations(archive: Archive, rows: Iterable[tuple[int, Mapping[str, str]]], *, now: str) -> dict[str, int]:
    """Takes (line, row) of a CSV in; all or none. An empty value is no annotation and is left out. `read`, `new`, and `assumed`: those
    without a hash, which are taken to be about the text as it is now. Raises Failure `bad_row`, naming the line."""
    counts = {"read": 0, "new": 0, "assumed": 0}
    with transaction(archive.connection):
        for line, row in rows:
            if not (row["value"] or "").strip():
                continue
            values, assumed = _annotation(archive, line, row, now)
            if not _conflicts(archive, line, values):
                cursor = archive.connection.execute("INSERT INTO annotations VALUES (?, ?, ?, ?, ?, ?, ?)", values)
                counts["new"] += cursor.rowcount
                counts["assumed"] += assumed
            counts["read"] += 1
    return counts


def _annotation(archive: Archive, line: int, row: Mapping[str, str], now: str) -> tuple[tuple[str, ...], bool]:
    """A line as a row of `annotations`, and whether the text it is about was assumed."""
    coder, codebook, uid, field, value = (str(row[c] or "").strip() for c in NEEDED)
    if not (coder and codebook and uid and field):
        raise Failure("bad_row", f"line {line}: coder, codebook, uid and field are needed")
    made_at = (row.get("made_at") or "").strip() or now
    if not _TIME.fullmatch(made_at):
        raise Failure("bad_row", f"line {line}: {made_at!r} is no time; write 2026-03-01 or 2026-03-01T09:30:00Z")
    text = (row.get("text_sha256") or "").strip()
    if not text:
        found = archive.connection.execute("SELECT text_sha256 FROM articles WHERE uid = ?", (uid,)).fetchone()
        if found is None:
            raise Failure("bad_row", f"line {line}: no article {uid} in {archive.path}")
        return (coder, codebook, uid, field, made_at, value, found["text_sha256"]), True
    return (coder, codebook, uid, field, made_at, value, text), False


def _conflicts(archive: Archive, line: int, values: tuple[str, ...]) -> bool:
    """Whether the very annotation is here already. One of the same moment with another value cannot be."""
    held = archive.connection.execute(
        "SELECT value FROM annotations WHERE coder = ? AND codebook = ? AND uid = ? AND field = ? AND made_at = ?",
        values[:5],
    ).fetchone()
    if held and held["value"] != values[5]:
        why = f"line {line}: {values[0]} gave {values[3]} of {values[2]} another value at the same moment ({held['value']})"
        raise Failure("bad_row", why, hint="a later code needs a later made_at")
    return held is not None


def every_annotation(archive: Archive, codebook: str | None = None) -> Iterator[dict[str, Any]]:
    """Every annotation, in a fixed order; `text_changed` 1: the article's text is another now, null: the article is not here."""
    for row in archive.connection.execute(_OUT, (codebook,)):
        yield dict(row)


def codes(archive: Archive, codebook: str) -> dict[str, dict[str, dict[str, str]]]:
    """Field → uid → coder → newest value, of one codebook."""
    out: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for row in archive.connection.execute(_OUT, (codebook,)):
        out[row["field"]][row["uid"]][row["coder"]] = row["value"]  # in the order of time
    return out
