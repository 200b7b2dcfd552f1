"""Texts that stand in several places: table `reprints`.

MinHash (extra `near`, rensa) finds which texts are worth comparing; whether they belong together, and how much of one stands in the
other, is then counted on their pieces of four characters, exactly. A signature is kept with its text, so only new texts are signed;
the groups are those of the whole archive each time and do not depend on the order. May import: model, its neighbours in this room.
"""

from __future__ import annotations

import sqlite3
import struct
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
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
    articles = archive.connection.execute(_ARTICLES).fetchall()
    order: dict[str, tuple[str, ...]] = {}
    for row in articles:
        text = row["text_sha256"]
        order[text] = min(order.get(text, ("~",)), (*_published(row), text))
    groups, members = _groups(archive.connection, order), defaultdict(list)
    for row in articles:
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


def _groups(connection: sqlite3.Connection, order: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Text → the text its group begins with. A text goes with the one most like it among those that came before (`order`), and
    through that one with others: two stories do not become one because somebody printed both on one page."""
    signatures = {
        row["text_sha256"]: row["signature"]
        for row in connection.execute(
            "SELECT text_sha256, signature FROM text_signatures WHERE signature IS NOT NULL ORDER BY text_sha256"
        )
    }
    texts = _Texts(connection)
    nearest = {text: (ALIKE, order[text], text) for text in signatures}
    for pair in _candidates(signatures):
        earlier, later = sorted(pair, key=order.__getitem__)
        likeness = alike(texts.pieces(earlier), texts.pieces(later))
        held, at, _ = nearest[later]
        if likeness > held or (likeness == held and order[earlier] < at):
            nearest[later] = (likeness, order[earlier], earlier)
    begins: dict[str, str] = {}
    for text in sorted(signatures, key=order.__getitem__):
        before = nearest[text][2]
        begins[text] = begins.get(before, text)
    return begins


def _candidates(signatures: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """Pairs worth comparing, each once: some band of their signatures is equal, and enough of the rest."""
    unpacked = struct.Struct(f"<{_SIZE}I").unpack
    given = set[tuple[str, str]]()
    for band in range(0, _SIZE - _ROWS + 1, _ROWS):
        buckets = defaultdict(list)
        for text, signature in signatures.items():
            buckets[signature[4 * band : 4 * (band + _ROWS)]].append(text)
        for bucket in buckets.values():
            for pair in combinations(bucket, 2):
                if pair in given:
                    continue
                if sum(map(eq, unpacked(signatures[pair[0]]), unpacked(signatures[pair[1]]))) >= _WORTH * _SIZE:
                    given.add(pair)
                    yield pair


def _published(row: sqlite3.Row) -> tuple[str, str, str]:
    """What puts articles in order: the printed day, its clock, the first sight; what is not printed comes last."""
    return row["publish_date"] or "9999", row["clock"] or "9999", row["seen"]


def _rows(group: list[sqlite3.Row], texts: _Texts) -> list[Row]:
    """Rows of `reprints` for the articles of one group."""
    cluster = min(row["uid"] for row in group)
    earliest = min(group, key=lambda row: (row["seen"], row["uid"]))["uid"]
    dated = [row for row in group if row["publish_date"]]
    if not dated:
        return [(row["uid"], row["version"], cluster, earliest, None, None) for row in group]
    first = min(dated, key=lambda row: (*_published(row), row["uid"]))
    there = texts.pieces(first["text_sha256"])
    return [
        (row["uid"], row["version"], cluster, earliest, first["uid"],
         None if row is first else share(texts.pieces(row["text_sha256"]), there))
        for row in group
    ]  # fmt: skip
