"""One archive into another: the union of what both hold, the same whichever comes first and however often.

Rows that both hold become one by a rule that does not ask which came first: times of sight widen, and of two readings that cannot
both stand the one later in a fixed order does. States of an article are united as intervals: the newest is the article, the others
are revisions. Numbers private to a file (ids, versions, runs) are given anew. May import: model, its neighbours in this room.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from govnews.archive.articles import FIELDS, VERSIONED, next_version, sweep_versions
from govnews.archive.database import Archive
from govnews.archive.leaders import count_anew
from govnews.archive.pages import PageStore
from govnews.archive.presence import judge
from govnews.archive.redact import enforce
from govnews.archive.transaction import transaction
from govnews.model import Failure

BATCH = 500
"""Pages of one transaction."""
Row = dict[str, Any]

_RULES: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "captures": (("url_key", "fetched_at", "sha256"), (), (), ()),
    "view_observations": (("uid", "observed_at", "method", "value"), (), (), ()),
    "sightings": (
        ("target_key", "column_url", "list_title", "list_date", "target_url"),
        ("first_seen",),
        ("last_seen",),
        (),
    ),
    "list_reads": (("site", "column_url", "read_at", "page_number"), (), (), ()),
    "issues": (("code", "url", "detail", "site"), ("first_seen",), ("last_seen", "times"), ("last_seen",)),
    "sites": (("id",), ("first_seen",), ("last_seen",), ("last_seen",)),
    "site_columns": (("site", "url"), ("first_seen",), ("last_seen",), ("last_seen",)),
    "divisions": (("code",), (), (), ()),
    "division_changes": (("code", "name"), (), (), ()),
    "bridges": (("uid", "new_uid"), ("at",), (), ()),
    "redactions": (("uid",), ("redacted_at",), (), ()),
    "redacted_hashes": (("sha256", "kind", "uid"), (), (), ()),
    "frontier": (("kind", "key", "site"), ("added_at",), (), ("done_at", "state")),
    "leaders": (("leader",), (), (), ()),
    "annotations": (("coder", "codebook", "uid", "field", "made_at"), (), (), ()),
}
"""table → (what makes rows the same, columns of which the least counts, of which the greatest, what is compared first to choose
the others)."""
_CAUSES = ("site", "extractor", "merge")
"""The cause that counts when archives differ, first of these."""


def merge(into: Archive, source: Archive, progress: Callable[[str, int], None] = lambda _, __: None) -> int:
    """Takes everything of `source` into `into`; the caller holds both locks. How many articles were new or changed. The pages go
    first, then one transaction for all rows: a kill leaves bytes without rows at worst, and the same command completes it.
    progress: (what, how many). Raises sqlite3.Error, Failure `tampered`, `same_archive`."""
    if into.path.resolve() == source.path.resolve():
        raise Failure("same_archive", f"{into.path} cannot be merged into itself", exit_code=2)
    progress("pages", _pages(into.pages, source.pages))
    with transaction(into.connection):
        runs = _runs(into.connection, source.connection)
        held = {row[0] for row in source.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for table in filter(held.__contains__, _RULES):  # an older archive lacks some
            came = _table(into.connection, source.connection, table, runs)
            progress(table, came)
            if table == "leaders" and came:
                count_anew(into.connection)
        changed = _articles(into.connection, source.connection)
        if changed:  # what was made from the articles is of others now: `govnews reprints` makes it again
            into.connection.execute("DELETE FROM reprints")
        sweep_versions(into.connection)
    enforce(into)
    progress("articles", changed)
    return changed


def _pages(into: PageStore, source: PageStore) -> int:
    """Bytes that are not here yet, checked against their hash on the way and stored plainly: `compact` does the rest."""
    names = source.connection.execute("SELECT sha256, site, added_at FROM pages ORDER BY rowid").fetchall()
    missing = [
        row for row in names if not into.connection.execute("SELECT 1 FROM pages WHERE sha256 = ?", row[:1]).fetchone()
    ]
    for start in range(0, len(missing), BATCH):
        into.put_all(
            (name, body, site, at)
            for name, site, at in missing[start : start + BATCH]
            if (body := source.get(name)) is not None
        )
    return len(missing)


def _runs(into: sqlite3.Connection, source: sqlite3.Connection) -> dict[int | None, int | None]:
    """Run of the source → run here: the same command begun at the same second by the same version with the same settings."""
    own = ("command", "started_at", "version", "vantage", "settings")
    held = {tuple(row[c] for c in own): row for row in into.execute("SELECT * FROM runs ORDER BY id DESC")}
    numbers: dict[int | None, int | None] = {None: None}
    for row in source.execute("SELECT * FROM runs ORDER BY id"):
        known = held.get(tuple(row[c] for c in own))
        ends = ("finished_at", "counts", "sites", "reason")
        if known is None:
            cursor = into.execute(
                "INSERT INTO runs (command, started_at, version, vantage, settings, finished_at, counts, sites, reason) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [row[c] for c in (*own, *ends)],
            )
            numbers[row["id"]] = cursor.lastrowid
            continue
        numbers[row["id"]] = known["id"]
        if _order(row, ends) > _order(known, ends):
            into.execute(
                "UPDATE runs SET finished_at = ?, counts = ?, sites = ?, reason = ? WHERE id = ?",
                [*(row[c] for c in ends), known["id"]],
            )
    return numbers


def _table(into: sqlite3.Connection, source: sqlite3.Connection, table: str, runs: dict[int | None, int | None]) -> int:
    """One table by its rule; how many rows came or changed."""
    key, _, _, _ = _RULES[table]
    if not source.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone():
        return 0  # an older archive that was opened to be read
    columns = [row[1] for row in into.execute(f"PRAGMA table_info({table})") if row[1] != "id" or table == "sites"]
    same = " AND ".join(f"coalesce({c}, '') = coalesce(?, '')" if c.startswith("list_") else f"{c} = ?" for c in key)
    changed = 0
    for raw in source.execute(f"SELECT * FROM {table}"):
        row = {c: raw[c] for c in columns}
        if "run" in row:
            row["run"] = runs[row["run"]]
        held = into.execute(f"SELECT * FROM {table} WHERE {same}", [row[c] for c in key]).fetchone()
        if held is None:
            _insert(into, table, row)
            changed += 1
            continue
        old = {c: held[c] for c in columns}
        if (new := _united(into, table, old, row)) != old:
            values = ", ".join(f"{c} = ?" for c in columns)
            into.execute(f"UPDATE {table} SET {values} WHERE {same}", [*new.values(), *(row[c] for c in key)])
            changed += 1
    return changed


def _united(connection: sqlite3.Connection, table: str, one: Row, other: Row) -> Row:
    """Two rows of the same key as one. Which of them comes first makes no difference."""
    _, least, greatest, first = _RULES[table]
    names = [*first, *(c for c in one if c not in (*first, *least, *greatest, "run"))]
    ranks = [(_order(row, names), _run(connection, row)) for row in (one, other)]
    out = dict(one if ranks[0] >= ranks[1] else other)
    for column in least:
        out[column] = min(one[column], other[column])
    for column in greatest:
        out[column] = max(one[column], other[column])
    if table == "sightings":
        out["uid"] = one["uid"] or other["uid"]
    return out


def _run(connection: sqlite3.Connection, row: Row) -> tuple[Any, ...]:
    """What a run is called beyond its number, which differs from file to file."""
    if row.get("run") is None:
        return ()
    run = connection.execute("SELECT * FROM runs WHERE id = ?", (row["run"],)).fetchone()
    return _order(run, ("started_at", "command", "version", "vantage", "settings"))


def _articles(into: sqlite3.Connection, source: sqlite3.Connection) -> int:
    """Every article of the source; then the presence of all that were ever missed, since either may hold what witnesses it."""
    uids = [row["uid"] for row in source.execute("SELECT uid FROM articles ORDER BY id")]
    changed = sum(_article(into, source, uid) for uid in uids)
    missed = into.execute(
        "SELECT DISTINCT a.uid FROM captures c JOIN articles a USING (url_key) WHERE c.response_class IN ('gone', 'soft_404')"
    ).fetchall()
    for row in missed:
        judge(into, row["uid"])
    return changed


def _article(into: sqlite3.Connection, source: sqlite3.Connection, uid: str) -> bool:
    """All states of one article in both archives; whether this archive's changed."""
    ours, theirs = _states(into, uid), _states(source, uid)
    states = united_states([*ours, *theirs])
    changed = [_bare(s) for s in states] != [_bare(s) for s in sorted(ours, key=_rank)]
    if changed:
        _write(into, uid, states, ours)
        if not ours or _rank(theirs[-1]) > _rank(ours[-1]):
            _links(into, source, uid)
    _counts(into, uid)
    return changed


def _counts(connection: sqlite3.Connection, uid: str) -> None:
    """View counts of all states: the newest observation before the state that follows."""
    newest = (
        "SELECT value, observed_at FROM view_observations WHERE uid = ? AND observed_at < ? "
        "ORDER BY observed_at DESC, value DESC LIMIT 1"
    )
    found = connection.execute(newest, (uid, "9999")).fetchone()
    if found:
        connection.execute("UPDATE articles SET view_count = ?, view_count_at = ? WHERE uid = ?", (*found, uid))
    captures = "SELECT fetched_at FROM revisions WHERE uid = ?1 UNION SELECT fetched_at FROM articles WHERE uid = ?1"
    times = sorted(row[0] for row in connection.execute(captures, (uid,)))
    for row in connection.execute("SELECT version, fetched_at FROM revisions WHERE uid = ?", (uid,)).fetchall():
        ends = next((at for at in times if at > row["fetched_at"]), "9999")
        found = connection.execute(newest, (uid, ends)).fetchone()
        value = found["value"] if found else None
        connection.execute("UPDATE revisions SET view_count = ? WHERE version = ?", (value, row["version"]))


def _states(connection: sqlite3.Connection, uid: str) -> list[Row]:
    """Every state of an article as a row of `articles`, with `cause` (null: the present one)."""
    present = connection.execute("SELECT * FROM articles WHERE uid = ?", (uid,)).fetchone()
    if present is None:
        return []
    now = {**dict(present), "cause": None}
    earlier = connection.execute("SELECT * FROM revisions WHERE uid = ?", (uid,)).fetchall()
    return [{**now, **dict(row)} for row in earlier] + [now]


def united_states(states: Iterable[Row]) -> list[Row]:
    """States of one article, oldest first. Those of equal title, time, source and body whose times of sight meet are one: of the
    newest capture, from the first sight to the last. The result does not depend on the order, nor on what was united before."""
    by_values: dict[tuple[Any, ...], list[Row]] = {}
    for state in states:
        by_values.setdefault(tuple(state[name] for name in VERSIONED), []).append(state)
    out: list[Row] = []
    for same in by_values.values():
        same.sort(key=lambda s: (s["first_seen"], s["last_seen"]))
        group = [same[0]]
        for state in same[1:]:
            if state["first_seen"] <= max(s["last_seen"] for s in group):
                group.append(state)
            else:
                out.append(_one(group))
                group = [state]
        out.append(_one(group))
    out.sort(key=_rank)
    for state in out[:-1]:
        state["cause"] = state["cause"] or "merge"
    for state in out[-1:]:
        state["cause"] = None
    return out


def _one(group: Sequence[Row]) -> Row:
    newest = max(group, key=_rank)
    causes = [s["cause"] for s in group if s["cause"]]
    return {
        **newest,
        "cause": min(causes, key=_CAUSES.index, default=None),
        "first_seen": min(s["first_seen"] for s in group),
        "last_seen": max(s["last_seen"] for s in group),
    }


_KEPT = (*FIELDS, "sha256", "text_sha256")
_SAID = tuple(name for name in _KEPT if name != "view_count")
"""What a page says. View counts are observations and are put in afterwards."""


def _rank(state: Row) -> tuple[Any, ...]:
    """What makes a state newer than another: its capture, then a fixed order of what it says."""
    return _order(state, ("fetched_at", "extractor", *_SAID))


def _bare(state: Row) -> tuple[Any, ...]:
    """A state without the numbers of its file."""
    return tuple(state[c] for c in ("cause", "first_seen", "last_seen", "fetched_at", "extractor", *_SAID))


def _write(into: sqlite3.Connection, uid: str, states: list[Row], ours: list[Row]) -> None:
    """The states as rows. One that was here keeps its version, since the search index goes by it."""
    versions = {tuple(s[c] for c in (*VERSIONED, "first_seen")): s["version"] for s in ours}
    values = {tuple(s[c] for c in VERSIONED): s["version"] for s in ours}
    taken = set[int]()
    into.execute("DELETE FROM revisions WHERE uid = ?", (uid,))
    for state in states:
        key = tuple(state[c] for c in VERSIONED)
        version = versions.get((*key, state["first_seen"])) or values.get(key)
        state["version"] = version if version and version not in taken else next_version(into)
        taken.add(state["version"])
    *earlier, present = states
    for state in earlier:
        row = {c: state[c] for c in ("version", "uid", "extractor", "first_seen", "last_seen", "fetched_at", *_KEPT)}
        _insert(into, "revisions", {**row, "cause": state["cause"]})
    held = next((s for s in ours if s["cause"] is None), None)
    row = {c: v for c, v in present.items() if c not in ("id", "cause")}
    into.execute("DELETE FROM articles WHERE uid = ?", (uid,))
    _insert(into, "articles", {**({"id": held["id"]} if held else {}), **row})


def _links(into: sqlite3.Connection, source: sqlite3.Connection, uid: str) -> None:
    """Pictures and files of the state that is now the present one."""
    for table in ("images", "attachments"):
        into.execute(f"DELETE FROM {table} WHERE uid = ?", (uid,))
        for row in source.execute(f"SELECT * FROM {table} WHERE uid = ?", (uid,)).fetchall():
            _insert(into, table, dict(row))


def _insert(connection: sqlite3.Connection, table: str, row: Row) -> None:
    marks = ", ".join("?" * len(row))
    connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))


def _order(row: Any, names: Iterable[str]) -> tuple[tuple[int, float, str], ...]:
    """A sortable form of some columns: null, then numbers, then text."""
    return tuple(_sortable(row[name]) for name in names)


def _sortable(value: Any) -> tuple[int, float, str]:
    if value is None:
        return (0, 0, "")
    return (1, value, "") if isinstance(value, int | float) else (2, 0, str(value))
