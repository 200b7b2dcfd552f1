"""What is said of a release: codebook, codes, crawl manifest, provenance sheet. All from the database of the release itself.

May import: model, sites, the standard library, its neighbours in this room.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from govnews.model import CODES, Site
from govnews.release.citation import Citation
from govnews.release.tables import Table

_SHEET = Path(__file__).with_name("provenance.md")


def codebook_csv(tables: list[Table]) -> str:
    """One row a column: table, column, type, meaning in English and Chinese."""
    rows = [(t.name, f.name, f.type.lower(), f.en, f.zh) for t in tables for f in t.fields]
    return _csv(("table", "column", "type", "meaning", "含义"), rows)


def codes_csv() -> str:
    """Every code that a column may hold."""
    rows = [(c.group, c.code, c.severity, c.en, c.zh) for c in CODES.values()]
    return _csv(("group", "code", "severity", "meaning", "含义"), rows)


def codebook_md(tables: list[Table], counts: dict[str, int]) -> str:
    """The same to be read, with the rows of each table."""
    out = ["# Codebook 变量说明\n"]
    for t in tables:
        out.append(f"## {t.name}\n\n{t.en[0].upper()}{t.en[1:]}. {t.zh}。 {counts[t.name]:,} rows.\n")
        out.append("| column | type | meaning | 含义 |\n| --- | --- | --- | --- |")
        out += [f"| `{f.name}` | {f.type.lower()} | {f.en} | {f.zh} |" for f in t.fields]
        out.append("")
    return "\n".join(out)


def _csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(head)
    table.writerows(rows)
    return text.getvalue()


def crawl(connection: sqlite3.Connection, sites: dict[str, Site], version: str) -> dict[str, Any]:
    """The crawl manifest: by which versions, with which settings, from which vantages, over which sites and site files. connection:
    of the release."""
    connection.row_factory = sqlite3.Row
    runs = [
        _json(dict(row), ("settings", "counts", "sites"))
        for row in connection.execute("SELECT * FROM runs ORDER BY id")
    ]
    visited = [dict(row) for row in connection.execute("SELECT id, name, home, family FROM sites ORDER BY id")]
    for site in visited:
        site["site_file"] = _site_file(sites.get(site["id"]))
    return {
        "govnews": version,
        "versions": sorted({run["version"] for run in runs}),
        "vantages": sorted({run["vantage"] for run in runs if run["vantage"]}),
        "runs_without_vantage": sum(1 for run in runs if not run["vantage"]),
        "runs": runs,
        "sites": visited,
    }


def _json(row: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {k: json.loads(v) if k in names and v else v for k, v in row.items()}


def _site_file(site: Site | None) -> dict[str, str] | None:
    """Name and hash of a site's file as it is now; null for a site without one."""
    if site is None or not site.origin.endswith(".toml"):
        return None
    path = Path(site.origin)
    return {"file": f"{path.parent.name}/{path.name}", "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}


def provenance(
    citation: Citation, connection: sqlite3.Connection, *, facts: dict[str, Any], shortened: dict[str, int]
) -> str:
    """The provenance sheet, filled in. facts: variant, masked, as_of, version, rows by table."""
    one = connection.execute(
        "SELECT count(*), count(publish_date), min(publish_date), max(publish_date), min(first_seen), max(last_seen) FROM articles"
    ).fetchone()
    redacted = connection.execute("SELECT count(*) FROM redactions").fetchone()[0]
    vantages = [row[0] for row in connection.execute("SELECT DISTINCT vantage FROM runs WHERE vantage > '' ORDER BY 1")]
    values = {
        "title": citation.title,
        "creators": "; ".join(citation.creators),
        "publisher": citation.publisher,
        "edition": citation.version,
        "year": citation.year,
        "doi": citation.doi or "not registered",
        "license": citation.license or "none stated",
        "articles": f"{one[0]:,}",
        "undated": f"{one[0] - one[1]:,}",
        "days": f"{one[2]} to {one[3]}" if one[2] else "no article is dated",
        "seen": f"{one[4]} to {one[5]}" if one[4] else "nothing was captured",
        "vantages": "; ".join(vantages) or "none was named",
        "redacted": f"{redacted:,}",
        "persons": _persons(facts),
        "shortened": "; ".join(f"{k}: {n:,}" for k, n in sorted(shortened.items())) or "none",
        "as_of": facts["as_of"],
        "variant": facts["variant"],
        "version": facts["govnews"],
        "bodies": "are in it" if facts["variant"] == "full" else "are not in it, nor any run of 20 characters of them",
        "coverage": "`coverage_month` says what was observed, and why not where it was not"
        if any(name.startswith("coverage") for name in facts["tables"])
        else "not computed: a month without rows is not a month without news",
    }
    return _SHEET.read_text("utf-8").format_map(values)


def _persons(facts: dict[str, Any]) -> str:
    if facts["variant"] == "features":
        return "no text is in it"
    return "covered; `private_marks` counts them by article" if facts["masked"] else "NOT covered"
