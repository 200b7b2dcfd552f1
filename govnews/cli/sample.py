"""A file of `govnews sample`, as crawl, coverage and export read it, and a frame that a person brings. May import: sites, model, the
standard library, its neighbours in the command line."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from govnews.cli.table_file import table_rows
from govnews.model import Failure
from govnews.sites import County, counties

NAMES = (
    "order", "role", "replacement_for", "code", "name", "province", "prefecture", "type", "code_then", "name_then", "stratum",
    "stratum_units", "stratum_drawn", "weight", "status", "reason", "design",
)  # fmt: skip
"""Columns, in order."""
_NUMBER = re.compile(r"\d+\.\d*(?:[Ee]\+?\d+)?|\d+[Ee]\+?\d+")


def drawn(path: Path) -> list[dict[str, str]]:
    """The rows that count: what was drawn, crawlable or not, and replacements that stand in for one. Raises Failure `bad_sample`."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except UnicodeDecodeError as error:
        hint = "in Excel save it as CSV UTF-8"
        raise Failure("bad_sample", f"{path} cannot be read: it is not UTF-8", hint=hint, exit_code=2) from error
    except (OSError, csv.Error) as error:
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


def drawn_counties(path: Path, sites_dir: Path | None) -> list[County]:
    """The counties of the rows that count, each once; one that nobody here knows any more is what the file says of it. Raises
    Failure `bad_sample`."""
    rows = {row["code"]: row for row in drawn(path)}
    return counties(rows, sites_dir, strangers={code: _stranger(code, row) for code, row in rows.items()})


def own_frame(path: Path, sites_dir: Path | None) -> list[County]:
    """The counties of a person's own frame, in the order of their codes. One that neither the directory nor a site file knows needs
    a name, and has no site. Raises Failure `cannot_read`, `missing_column`, `bad_code`, `unknown_site`, `several_sites`."""
    rows = dict[str, dict[str, str]]()
    for line, row in table_rows(path, ("code",)):
        code = row["code"].strip()
        if _NUMBER.fullmatch(code):  # would be a county that nobody knows, without a word
            wrong = f"{path}, line {line}: {code} is a number that a program made of a code"
            raise Failure(
                "bad_code", wrong, hint="codes are text, 533423; in pandas read them with dtype=str", exit_code=2
            )
        if code:
            rows[code] = row
    named = {code: _stranger(code, row) for code, row in rows.items() if row.get("name")}
    out = []
    for code, row in rows.items():
        (county,) = counties([code], sites_dir, strangers=named)
        said = {key: value.strip() for key, value in row.items() if key not in NAMES and value.strip()}
        province, prefecture = row.get("province") or county.province, row.get("prefecture") or county.prefecture
        kind = row.get("type") or county.type
        out.append(replace(county, province=province, prefecture=prefecture, type=kind, groups=said))
    return sorted(out, key=lambda county: county.code)


def _stranger(code: str, row: Mapping[str, str]) -> County:
    province, prefecture, kind = (row.get(key) or None for key in ("province", "prefecture", "type"))
    why = row.get("reason") or ""
    return County(code, row.get("name") or code, province, prefecture, kind, "no_site", why=why)
