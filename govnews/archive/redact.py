"""Takes a text out of an archive for good: rows, headlines in lists, search index, bytes, dictionaries, free pages. A tombstone stays.

The text is that of an article in all its states, and of every other address where the same text stands. Bytes go that are its own,
and those of other pages (lists) that hold its headline or the beginning of one of its paragraphs. Pages of other articles that only
name its headline (前一篇) are kept, and counted. Order: the rows and the tombstones in one transaction, then bytes, then the room they stood in;
the same command completes what was cut off. May import: its neighbours in this room, model.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from govnews.archive.compact import erase
from govnews.archive.database import Archive
from govnews.archive.redactions import LEAST
from govnews.archive.search.form import make_empty
from govnews.archive.transaction import transaction
from govnews.model import Failure

SHORTEST = 8
"""Characters of a headline that is looked for elsewhere: shorter ones stand in many texts."""
_OWN = ("articles", "revisions", "images", "attachments", "view_observations", "presence_events")
"""Tables whose rows of the article go."""
_SHAS = (
    "SELECT sha256 FROM articles WHERE uid = ?1 UNION SELECT sha256 FROM revisions WHERE uid = ?1 "
    "UNION SELECT sha256 FROM captures WHERE url_key = ?2 UNION SELECT sha256 FROM attachments WHERE uid = ?1 AND sha256 IS NOT NULL"
)
_ADDRESS = ("url", "_key", "sha256", "uid", "site")


@dataclass(slots=True)
class Taken:
    """What a redaction took out. uids: of the articles. pages: whose bytes were erased. kept: pages of other articles that name the
    headline."""

    uids: list[str] = field(default_factory=list)
    pages: int = 0
    kept: int = 0


def redact(
    archive: Archive, uid: str, *, reason: str, now: str, progress: Callable[[int], None] = lambda _: None
) -> Taken:
    """Redacts one article, or completes its redaction. The caller holds the archive's lock and fills the search index again.
    uid: whole. progress: called with the number of pages looked at. Raises Failure `unknown_article`, `tampered`, sqlite3.Error."""
    connection = archive.connection
    uids = _same_text(connection, uid)
    known = connection.execute("SELECT 1 FROM redactions WHERE uid = ?", (uid,)).fetchone()
    if not uids and known is None:
        raise Failure("unknown_article", f"no article has the uid {uid}", hint="govnews search WORD lists uids")
    taken = Taken(uids or [uid])
    words = [word for each in taken.uids for word in _words(connection, each)]
    pages, taken.kept = _holding(archive, words, _keys(connection, taken.uids), progress)
    connection.execute("PRAGMA secure_delete = ON")
    with transaction(connection):
        for each in taken.uids:
            pages |= _tombstone(connection, each, reason, now)
            _rows(connection, each)
        _sweep(connection, words)
        connection.executemany(
            "INSERT OR IGNORE INTO redacted_hashes VALUES (?, 'bytes', ?)",
            [(sha, taken.uids[0]) for sha in sorted(pages)],
        )
        make_empty(archive)
    taken.pages = _erase(archive)
    for file in (connection, archive.pages.connection):
        _overwrite(file)
    return taken


def enforce(archive: Archive) -> int:
    """Redacts again what came in by a merge: articles, headlines and texts that have a tombstone. How many. The caller holds the
    archive's lock. Raises sqlite3.Error, Failure `tampered`."""
    connection = archive.connection
    owed = connection.execute(
        "SELECT a.uid, r.reason, r.redacted_at FROM articles a JOIN redactions r USING (uid) UNION "
        "SELECT a.uid, r.reason, r.redacted_at FROM articles a JOIN redacted_hashes h ON h.sha256 = a.text_sha256 AND h.kind = 'text' "
        "JOIN redactions r ON r.uid = h.uid WHERE a.uid NOT IN (SELECT uid FROM redactions) AND length(a.body) >= ? UNION "
        "SELECT r.uid, r.reason, r.redacted_at FROM redactions r JOIN sightings s ON s.uid = r.uid AND s.list_title IS NOT NULL UNION "
        "SELECT r.uid, r.reason, r.redacted_at FROM redactions r JOIN frontier f ON f.kind = 'article' AND f.key = r.url_key UNION "
        "SELECT r.uid, r.reason, r.redacted_at FROM redactions r JOIN captures c USING (url_key) WHERE c.sha256 <> '' "
        "AND c.sha256 NOT IN (SELECT sha256 FROM redacted_hashes WHERE kind = 'bytes') ORDER BY 1, 3, 2",
        (LEAST,),
    ).fetchall()
    for uid, reason, at in owed:
        redact(archive, uid, reason=reason, now=at)
    if not owed and _erase(archive):
        _overwrite(archive.pages.connection)
    return len(owed)


def _erase(archive: Archive) -> int:
    """Erases every page whose hash has a tombstone; how many there were."""
    names = archive.connection.execute("SELECT DISTINCT sha256 FROM redacted_hashes WHERE kind = 'bytes'").fetchall()
    return sum(erase(archive.pages, row[0]) for row in names)


def _same_text(connection: sqlite3.Connection, uid: str) -> list[str]:
    """The article and every other that has or had the same text; none when it is not here."""
    if connection.execute("SELECT 1 FROM articles WHERE uid = ?", (uid,)).fetchone() is None:
        return []
    texts = (
        "SELECT text_sha256 FROM articles WHERE uid = ?1 AND length(body) >= ?2 "
        "UNION SELECT text_sha256 FROM revisions WHERE uid = ?1 AND length(body) >= ?2"
    )
    others = connection.execute(
        f"SELECT uid FROM articles WHERE text_sha256 IN ({texts}) UNION SELECT uid FROM revisions WHERE text_sha256 IN ({texts})",
        (uid, LEAST),
    )
    return [uid, *sorted({row[0] for row in others} - {uid})]


def _words(connection: sqlite3.Connection, uid: str) -> list[str]:
    """By what the text is found elsewhere: its headlines, and how its longer paragraphs begin."""
    states = "SELECT title, title_raw, body FROM articles WHERE uid = ?1 UNION SELECT title, title_raw, body FROM revisions WHERE uid = ?1"
    out: dict[str, None] = {}
    for title, raw, body in connection.execute(states, (uid,)):
        lines = [line[:LEAST] for line in body.split("\n") if len(line) >= LEAST]
        out |= dict.fromkeys(t for t in (title, raw, *lines) if t and len(t) >= SHORTEST)
    listed = connection.execute("SELECT DISTINCT list_title FROM sightings WHERE uid = ?", (uid,))
    out |= dict.fromkeys(row[0] for row in listed if row[0] and len(row[0]) >= SHORTEST)
    return list(out)


def _keys(connection: sqlite3.Connection, uids: list[str]) -> set[str]:
    """Identities of the addresses of the articles, or of their tombstones."""
    sql = "SELECT url_key FROM articles WHERE uid = ?1 UNION SELECT url_key FROM redactions WHERE uid = ?1"
    return {row[0] for uid in uids for row in connection.execute(sql, (uid,))}


def _holding(
    archive: Archive, words: Iterable[str], own: set[str], progress: Callable[[int], None]
) -> tuple[set[str], int]:
    """Pages that hold one of the words, as far as they are no other article's; and how many of those there are. own: addresses of
    the redacted."""
    forms = {form for word in words for form in _forms(word)}
    found, kept = set[str](), 0
    if not forms:
        return found, kept
    names = [row[0] for row in archive.pages.connection.execute("SELECT sha256 FROM pages ORDER BY dictionary, rowid")]
    for number, name in enumerate(names, 1):
        body = archive.pages.get(name) or b""
        if any(form in body for form in forms):
            if _is_anothers(archive.connection, name, own):
                kept += 1
            else:
                found.add(name)
        progress(number)
    return found, kept


def _forms(word: str) -> list[bytes]:
    """A word as pages write it: in both encodings, and in the escapes of JSON and of HTML."""
    escaped = json.dumps(word)[1:-1]
    entities = "".join(f"&#{ord(c)};" for c in word)
    return [word.encode("utf-8", "replace"), word.encode("gb18030", "replace"), escaped.encode(), entities.encode()]


def _is_anothers(connection: sqlite3.Connection, sha256: str, own: set[str]) -> bool:
    """Whether these bytes are a page of an article that stays."""
    sql = "SELECT DISTINCT url_key FROM captures WHERE sha256 = ? AND kind = 'article' AND response_class = 'ok'"
    keys = {row[0] for row in connection.execute(sql, (sha256,))}
    return bool(keys) and not keys & own


def _tombstone(connection: sqlite3.Connection, uid: str, reason: str, now: str) -> set[str]:
    """The article's tombstone and the hashes of its texts; the hashes of its bytes. One that stands already is left as it is."""
    row = connection.execute(
        "SELECT url_key, site FROM articles WHERE uid = ?1 UNION ALL SELECT url_key, site FROM redactions WHERE uid = ?1",
        (uid,),
    ).fetchone()
    connection.execute("INSERT OR IGNORE INTO redactions VALUES (?, ?, ?, ?, ?)", (uid, row[0], row[1], reason, now))
    connection.execute(
        "INSERT OR IGNORE INTO redacted_hashes SELECT text_sha256, 'text', uid FROM "
        "(SELECT text_sha256, uid, body FROM articles UNION ALL SELECT text_sha256, uid, body FROM revisions) "
        "WHERE uid = ? AND length(body) >= ?",
        (uid, LEAST),
    )
    return {sha for (sha,) in connection.execute(_SHAS, (uid, row[0])) if sha}


def _rows(connection: sqlite3.Connection, uid: str) -> None:
    """The rows of one article. What lists showed stays, without the headline; nothing of it is fetched again."""
    key = connection.execute("SELECT url_key FROM redactions WHERE uid = ?", (uid,)).fetchone()[0]
    urls = {
        url
        for row in connection.execute("SELECT url, requested_url FROM captures WHERE url_key = ?", (key,))
        for url in row
        if url
    }
    for url in sorted(urls):
        connection.execute("DELETE FROM issues WHERE url = ?", (url,))
    connection.execute("UPDATE OR REPLACE sightings SET list_title = NULL WHERE uid = ? OR target_key = ?", (uid, key))
    connection.execute("DELETE FROM frontier WHERE uid = ? OR kind = 'article' AND key = ?", (uid, key))
    for table in _OWN:
        connection.execute(f"DELETE FROM {table} WHERE uid = ?", (uid,))


def _sweep(connection: sqlite3.Connection, words: list[str]) -> None:
    """What else holds one of the words, in whatever table: emptied. Texts of other articles are theirs."""
    tables = [
        row[0]
        for row in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%STRICT%' AND name NOT IN ('articles', 'revisions', 'folding', 'redactions')"
        )
    ]
    for table in tables:
        for _, column, type, is_needed, _, in_key in connection.execute(f"PRAGMA table_info([{table}])").fetchall():
            if type != "TEXT" or in_key or column.endswith(_ADDRESS):
                continue
            empty = "''" if is_needed else "NULL"
            connection.executemany(
                f"UPDATE OR REPLACE [{table}] SET [{column}] = {empty} WHERE instr([{column}], ?)",
                [(w,) for w in words],
            )


def _overwrite(connection: sqlite3.Connection) -> None:
    """Folds the log in and writes the file anew, so that no free page holds what stood there."""
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
