"""What goes with a table: its data dictionary in two languages, and how to read it in pandas, R and DuckDB.

May import: the standard library, its neighbours in this room.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from govnews.export.job import Job
    from govnews.export.selection import Selection

_NOTES = Path(__file__).with_name("reading")


def write(job: Job, format: str) -> None:
    """`NAME.dictionary.csv` and `NAME.reading.md` beside the file; in it when it is a folder."""
    folder, prefix = (job.path, "") if job.path.is_dir() else (job.folder, f"{job.name}.")
    dictionary(job.selection, folder / f"{prefix}dictionary.csv")
    text = (_NOTES / f"{format}.md").read_text("utf-8")
    (folder / f"{prefix}reading.md").write_text(text.replace("FILE", job.name), "utf-8")


def tombstones(job: Job) -> list[str]:
    """`NAME.redacted.csv` with a line for each text that was taken out of the archive, and a note that says so; nothing when none
    was. A tombstone is no article: it never stands among the rows."""
    connection = job.selection.archive.connection
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'redactions'").fetchone():
        return []
    rows = connection.execute("SELECT uid, url_key, site, reason, redacted_at FROM redactions ORDER BY uid").fetchall()
    if not rows:
        return []
    name = f"{job.name}.redacted.csv"
    with (job.folder / name).open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(("uid", "url_key", "site", "reason", "redacted_at"))
        table.writerows(tuple(row) for row in rows)
    return [f"{len(rows)} {'text was' if len(rows) == 1 else 'texts were'} redacted, not exported: {name}"]


def dictionary(selection: Selection, path: Path) -> None:
    """One row a column: name, type, meaning in English and Chinese. CSV, UTF-8 with a byte order mark."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(("column", "type", "meaning", "含义"))
        table.writerows(dictionary_rows(selection))


def dictionary_rows(selection: Selection) -> list[tuple[Any, ...]]:
    """The rows of the dictionary."""
    return [(c.name, c.kind, c.en, c.zh) for c in selection.columns]
