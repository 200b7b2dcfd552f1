"""Texts that stand in several places: table `reprints`.

MinHash (extra `near`, rensa) finds which texts are worth comparing; whether they belong together, and how much of one stands in the
other, is then counted on their pieces of four characters, exactly. A signature is kept with its text, so only new texts are signed;
the groups are those of the whole archive each time and do not depend on the order. May import: model, its neighbours in this room.
"""

from __future__ import annotations

import sqlite3
import struct
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import combinations
from operator import eq
from typing import Any

from govnews.archive.database import Archive
from govnews.archive.transaction import transaction
from govnews.model import Failure

PIECE, SHORTEST = 4, 60
"""Characters of a piece, and of the shortest text that is compared; marks and blanks do not count."""
ALIKE = 0.5
"""Pieces in common over pieces of both, from which two texts belong together (reference measurement: docs/whose-words.md)."""
_SIZE, _SEED, _ROWS = 128, 42, 3
"""Values of a signature; its bands of three find 99.6 % of the pairs that are just alike enough."""
_WORTH = 0.36
"""Share of equal values below which two texts are not compared: three standard deviations below ALIKE."""
_BATCH = 500
_UNSIGNED = (
    "SELECT a.text_sha256, a.body FROM articles a LEFT JOIN text_signatures t ON t.text_sha256 = a.text_sha256 AND t.method = ? "
    "WHERE t.text_sha256 IS NULL GROUP BY a.text_sha256 LIMIT ?"
)
_ARTICLES = (
    "SELECT a.uid, a.version, a.text_sha256, a.publish_date, iif(a.publish_time_precision = 'day', NULL, a.publish_time) AS clock, "
    "min(a.first_seen, coalesce((SELECT min(r.first_seen) FROM revisions r WHERE r.uid = a.uid), a.first_seen)) AS seen "
    "FROM articles a"
)
_COLUMNS = ("uid", "version", "cluster", "earliest_seen", "first_published", "share")
Row = tuple[Any, ...]


def pieces(body: str) -> frozenset[str]:
    """The different pieces of four characters of a text, letters, digits and Chinese characters only."""
    text = "".join(c for c in body if c.isalnum())
    return (
        frozenset(text[n : n + PIECE] for n in range(len(text) - PIECE + 1)) if len(text) >= SHORTEST else frozenset()
    )


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Pieces in common over pieces of both; 0 for nothing at all."""
    return len(one & other) / (len(one | other) or 1)


def share(of: frozenset[str], there: frozenset[str]) -> float:
    """How much of one text stands in the other: its pieces that are there over all of its pieces."""
    return round(len(of & there) / (len(of) or 1), 4)


def update_reprints(archive: Archive, progress: Callable[[int], None] | None = None) -> dict[str, int]:
    """Signs the texts that are new, groups all, and writes table `reprints` when it says something else. `signed`, `articles`,
    `clusters`. Raises Failure `no_extra` without rensa."""
    signed = _sign(archive, progress)
    groups = _groups(archive.connection)
    members = defaultdict(list)
    for row in archive.connection.execute(_ARTICLES):
        if (group := groups.get(row["text_sha256"])) is not None:  # too short a text is of no group
            members[group].append(row)
    texts = _Texts(archive.connection)
    rows = sorted(row for group in members.values() if len(group) > 1 for row in _rows(group, texts))
    held = [
        tuple(row) for row in archive.connection.execute(f"SELECT {', '.join(_COLUMNS)} FROM reprints ORDER BY uid")
    ]
    if held != rows:
        with transaction(archive.connection):
            archive.connection.execute("DELETE FROM reprints")
            archive.connection.executemany("INSERT INTO reprints VALUES (?, ?, ?, ?, ?, ?)", rows)
    return {"signed": signed, "articles": len(rows), "clusters": len({row[2] for row in rows})}


def _sign(archive: Archive, progress: Callable[[int], None] | None) -> int:
    """Signatures of the texts that have none; those of texts that no article says any more go."""
    sign, method = _signer()
    connection, done = archive.connection, 0
    while rows := connection.execute(_UNSIGNED, (method, _BATCH)).fetchall():
        with transaction(connection):
            connection.executemany(
                "INSERT OR REPLACE INTO text_signatures VALUES (?, ?, ?)",
                [(row["text_sha256"], method, sign(pieces(row["body"]))) for row in rows],
            )
        done += len(rows)
        if progress:
            progress(done)
    connection.execute("DELETE FROM text_signatures WHERE text_sha256 NOT IN (SELECT text_sha256 FROM articles)")
    return done


def _signer() -> tuple[Callable[[frozenset[str]], bytes | None], str]:
    """What signs a set of pieces, and the name of the method."""
    try:
        from rensa import RMinHash
    except ImportError:
        why = "finding reprints needs rensa, which is not installed"
        raise Failure("no_extra", why, hint="pip install 'govnews[near]'") from None

    def sign(of: frozenset[str]) -> bytes | None:
        if not of:
            return None
        made = RMinHash(num_perm=_SIZE, seed=_SEED)
        made.update(sorted(of))
        return struct.pack(f"<{_SIZE}I", *made.digest())

    return sign, f"rensa {RMinHash.ALGORITHM_VERSION} {_SIZE} {_SEED} {PIECE} {SHORTEST}"


class _Texts:
    """The pieces of texts by their hash, the latest ones at hand."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.pieces = lru_cache(maxsize=2000)(self._read)

    def _read(self, text_sha256: str) -> frozenset[str]:
        query = "SELECT body FROM articles WHERE text_sha256 = ? LIMIT 1"
        return pieces(self._connection.execute(query, (text_sha256,)).fetchone()[0])


def _groups(connection: sqlite3.Connection) -> dict[str, str]:
    """Text → the least hash of those it belongs together with, directly or through others."""
    signatures = {
        row["text_sha256"]: row["signature"]
        for row in connection.execute(
            "SELECT text_sha256, signature FROM text_signatures WHERE signature IS NOT NULL ORDER BY text_sha256"
        )
    }
    texts, leads, refused = _Texts(connection), {}, set[tuple[str, str]]()

    def lead(text: str) -> str:
        while (above := leads.get(text, text)) != text:
            text = above
        return text

    for one, other in _candidates(signatures):
        first, second = sorted((lead(one), lead(other)))
        if first == second or (one, other) in refused:
            continue
        if alike(texts.pieces(one), texts.pieces(other)) >= ALIKE:
            leads[second] = first
        else:
            refused.add((one, other))
    return {text: lead(text) for text in signatures}


def _candidates(signatures: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """Pairs worth comparing: some band of their signatures is equal, and enough of the rest."""
    unpacked = struct.Struct(f"<{_SIZE}I").unpack
    for band in range(0, _SIZE - _ROWS + 1, _ROWS):
        buckets = defaultdict(list)
        for text, signature in signatures.items():
            buckets[signature[4 * band : 4 * (band + _ROWS)]].append(text)
        for bucket in buckets.values():
            for one, other in combinations(bucket, 2):
                if sum(map(eq, unpacked(signatures[one]), unpacked(signatures[other]))) >= _WORTH * _SIZE:
                    yield one, other


def _rows(group: list[sqlite3.Row], texts: _Texts) -> list[Row]:
    """Rows of `reprints` for the articles of one group."""
    cluster = min(row["uid"] for row in group)
    earliest = min(group, key=lambda row: (row["seen"], row["uid"]))["uid"]
    dated = [row for row in group if row["publish_date"]]
    if not dated:
        return [(row["uid"], row["version"], cluster, earliest, None, None) for row in group]
    first = min(dated, key=lambda row: (row["publish_date"], row["clock"] or "9999", row["seen"], row["uid"]))
    there = texts.pieces(first["text_sha256"])
    return [
        (row["uid"], row["version"], cluster, earliest, first["uid"],
         None if row is first else share(texts.pieces(row["text_sha256"]), there))
        for row in group
    ]  # fmt: skip
