"""The sheet that a coder fills: an article a line, with empty columns for the codes, and back from it to annotations.

Blind: a sheet holds no codes of anybody, and the order of its lines depends on the seed alone, so two coders can be given the same. May
import: model, its neighbours in this room.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from govnews.archive.database import Archive
from govnews.archive.search.query import Query, uids
from govnews.model import Failure

HEAD = ("coder", "codebook", "uid", "text_sha256", "made_at", "publish_date", "source", "title", "text")
"""Columns before the codes. `made_at` is empty, and may stay so."""
_ARTICLE = "SELECT uid, text_sha256, publish_date, source, title, body AS text FROM articles WHERE uid = ?"
_SAME_TEXT = "SELECT uid FROM articles WHERE text_sha256 = ? LIMIT 2"
_CODED = "SELECT DISTINCT uid FROM annotations WHERE coder = ? AND codebook = ?"


def sheet(
    archive: Archive,
    query: Query,
    coder: str,
    codebook: str,
    fields: Sequence[str],
    *,
    size: int | None = None,
    seed: int = 1,
    excerpt: int | None = None,
) -> Iterator[dict[str, Any]]:
    """The lines of a sheet: articles that the query means, in an order drawn by the seed, the first `size` of them; of these, those
    that the coder has not coded by that book yet. excerpt: so many characters of each text, then `…`. Raises Failure `bad_query`,
    `bad_field` for a code named like a column of the sheet."""
    if taken := [field for field in fields if field in (*HEAD, "field", "value", "text_changed") or not field.strip()]:
        raise Failure(
            "bad_field", f"{taken[0]!r} cannot be the name of a code", hint="choose another word", exit_code=2
        )
    coded = {row["uid"] for row in archive.connection.execute(_CODED, (coder, codebook))}
    drawn = sorted(uids(archive, query), key=lambda uid: hashlib.sha256(f"{seed}\n{uid}".encode()).hexdigest())
    for uid in drawn[:size]:
        if uid in coded:
            continue
        article = dict(archive.connection.execute(_ARTICLE, (uid,)).fetchone())
        if excerpt is not None and len(article["text"]) > excerpt:
            article["text"] = article["text"][:excerpt] + "…"
        yield {"coder": coder, "codebook": codebook, "made_at": "", **article, **dict.fromkeys(fields, "")}


def is_sheet(names: Iterable[str]) -> bool:
    """Whether a CSV with these columns is a filled sheet, not a list of annotations."""
    names = set(names)
    return {"coder", "codebook", "uid", "text_sha256"} <= names and not {"field", "value"} & names


def codes_of(archive: Archive, rows: Iterable[tuple[int, Mapping[str, str]]]) -> Iterator[tuple[int, dict[str, str]]]:
    """A filled sheet as rows of annotations, one for each code; columns that are none of ours are codes. A uid that a spreadsheet
    took for a number is found again by the text. Raises Failure `bad_row`, naming the line."""
    for line, row in rows:
        uid = _uid(archive, line, row)
        same = {name: row.get(name) or "" for name in ("coder", "codebook", "made_at", "text_sha256")}
        for field, value in row.items():
            if field not in HEAD:
                yield line, {**same, "uid": uid, "field": field, "value": value}


def _uid(archive: Archive, line: int, row: Mapping[str, str]) -> str:
    uid = row["uid"].strip()
    if archive.connection.execute("SELECT 1 FROM articles WHERE uid = ?", (uid,)).fetchone():
        return uid
    found = archive.connection.execute(_SAME_TEXT, (row["text_sha256"].strip(),)).fetchall()
    if len(found) != 1:
        raise Failure("bad_row", f"line {line}: no article {uid} in {archive.path}")
    return str(found[0]["uid"])
