"""Who led a county when, and which of its articles name them: tables `leaders` and `mentions`.

Only the own county's articles count, and only those dated within the tenure: a homonym elsewhere, or before, is another person. May
import: text, model, its neighbours in this room.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from govnews.archive.database import Archive
from govnews.archive.transaction import transaction
from govnews.model import Failure
from govnews.text.names import count_name

COLUMNS = ("county", "name", "post", "from", "to")
"""Columns of leaders.csv."""
BATCH = 1000
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_NEXT = (
    "SELECT a.uid, a.version, a.title, a.body, a.publish_date, coalesce(s.division_code, a.site) AS county "
    "FROM articles a LEFT JOIN sites s ON s.id = a.site WHERE a.version > ? ORDER BY a.version LIMIT ?"
)


def import_leaders(
    archive: Archive,
    rows: Iterable[tuple[int, Mapping[str, str]]],
    code_of: Callable[[str], str],
    *,
    replace: bool = False,
) -> int:
    """Takes (line, row) of leaders.csv in; all or none. How many leaders the file holds. The same person, post and first day is one
    row, so a file with later last days can be read again. code_of: a county's name → its code, raises Failure. replace: the file is
    the whole list. Raises Failure `bad_row`, naming the line."""
    read = [_leader(line, row, code_of) for line, row in rows]
    with transaction(archive.connection):
        if replace:
            archive.connection.execute("DELETE FROM leaders")
        archive.connection.executemany("INSERT OR REPLACE INTO leaders VALUES (?, ?, ?, ?, ?, ?)", read)
        count_anew(archive.connection)
    return len({row[0] for row in read})


def count_anew(connection: sqlite3.Connection) -> None:
    """Forgets all mentions, in the caller's transaction; `update_mentions` counts them again."""
    connection.execute("DELETE FROM mentions")
    connection.execute("UPDATE mention_state SET watermark = 0")


def update_mentions(archive: Archive) -> int:
    """Counts mentions in the articles that were new or changed since the last time; how many articles were read."""
    leaders: dict[str, list[sqlite3.Row]] = defaultdict(list)
    for row in archive.connection.execute("SELECT * FROM leaders ORDER BY leader"):
        leaders[row["county"]].append(row)
    done = 0
    while taken := _batch(archive.connection, leaders):
        done += taken
    return done


def _batch(connection: sqlite3.Connection, leaders: Mapping[str, list[sqlite3.Row]]) -> int:
    with transaction(connection):
        watermark = connection.execute("SELECT watermark FROM mention_state").fetchone()[0]
        if not leaders:
            return 0
        rows = connection.execute(_NEXT, (watermark, BATCH)).fetchall()
        if not rows:
            return 0
        connection.executemany("DELETE FROM mentions WHERE uid = ?", [(row["uid"],) for row in rows])
        connection.executemany(
            "INSERT INTO mentions (uid, leader, version, count, in_title) VALUES (?, ?, ?, ?, ?)",
            [found for row in rows for found in _mentions(row, leaders.get(row["county"], ()))],
        )
        connection.execute("UPDATE mention_state SET watermark = ?", (rows[-1]["version"],))
    return len(rows)


def _mentions(article: sqlite3.Row, leaders: Iterable[sqlite3.Row]) -> list[tuple[str, str, int, int, int]]:
    """Rows of `mentions` for one article. One without a date is within nobody's tenure."""
    day, out = article["publish_date"], []
    leaders = list(leaders)
    names = {row["name"] for row in leaders}
    for row in leaders if day else ():
        if not (row["from_date"] or "") <= day <= (row["to_date"] or "9999"):
            continue
        longer = [n for n in names if row["name"] in n and n != row["name"]]
        title = count_name(article["title"] or "", row["name"], longer)
        if count := title + count_name(article["body"], row["name"], longer):
            out.append((article["uid"], row["leader"], article["version"], count, int(title > 0)))
    return out


def _leader(
    line: int, row: Mapping[str, str], code_of: Callable[[str], str]
) -> tuple[str, str, str, str, str | None, str | None]:
    """A line of the file as a row of `leaders`."""
    county, name, post = (" ".join((row[c] or "").split()) for c in ("county", "name", "post"))
    name = re.sub(r"(?<=^.) (?=.$)", "", name)  # 李 明
    if not county or len(name) < 2 or not post:
        raise Failure("bad_row", f"line {line}: county, name (two characters or more) and post are needed")
    try:
        code = code_of(county)
    except Failure as failure:
        raise Failure("bad_row", f"line {line}: {failure.sentence}", hint=failure.hint) from failure
    first, last = _day(line, row["from"]), _day(line, row["to"], last=True)
    if first and last and first > last:
        raise Failure("bad_row", f"line {line}: {name} left the post ({last}) before the first day in it ({first})")
    leader = hashlib.sha256("\n".join((code, name, post, first or "")).encode()).hexdigest()[:16]
    return leader, code, name, post, first, last


def _day(line: int, text: str | None, *, last: bool = False) -> str | None:
    """2021, 2021-05 or 2021-05-03 as a day: the first, or the last, that it may mean. Empty: null."""
    text = (text or "").strip()
    if not text:
        return None
    found = _DAY.fullmatch(text)
    try:
        year, month, day = (int(part) if part else 0 for part in found.groups()) if found else (0, 0, 0)
        month = month or (12 if last else 1)
        return date(year, month, day or (monthrange(year, month)[1] if last else 1)).isoformat()
    except ValueError:
        raise Failure("bad_row", f"line {line}: {text!r} is no day; write 2021-06-02, 2021-06 or 2021") from None


def months(archive: Archive) -> list[dict[str, object]]:
    """Mentions by leader and month, for the command line."""
    order = "SELECT * FROM leader_mentions_by_month ORDER BY county, name, post, month"
    return [dict(row) for row in archive.connection.execute(order)]
