"""The tables of a release as a Frictionless data package (version 1), and the rules by which one is checked.

May import: the standard library, its neighbours in this room.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Any

from govnews.release.citation import Citation
from govnews.release.tables import Table

NAME = "datapackage.json"
_TYPES = {"INTEGER": "integer", "TEXT": "string", "REAL": "number", "BLOB": "string"}
_DATES = frozenset({"publish_date"})
_TIMES = re.compile(r".*(?:_seen|_at|_since)$")
"""Columns of our machine times, UTC to the second."""
_REFERENCES = {
    ("revisions", "uid"): ("articles", "uid"),
    ("images", "uid"): ("articles", "uid"),
    ("attachments", "uid"): ("articles", "uid"),
    ("view_observations", "uid"): ("articles", "uid"),
    ("presence_events", "uid"): ("articles", "uid"),
    ("private_marks", "uid"): ("articles", "uid"),
    ("captures", "run"): ("runs", "id"),
    ("issues", "run"): ("runs", "id"),
}
"""(table, column) → what it refers to."""


def describe(citation: Citation, tables: list[Table], files: dict[str, list[str]], as_of: str) -> dict[str, Any]:
    """The descriptor. files: table → its CSV files."""
    out: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": f"govnews-{re.sub(r'[^a-z0-9._-]+', '-', citation.version.lower()).strip('-') or 'release'}",
        "title": citation.title,
        "version": citation.version,
        "created": as_of,
        "contributors": [{"title": name, "role": "author"} for name in citation.creators],
    }
    if citation.doi:
        out["id"] = f"https://doi.org/{citation.doi}"
    if citation.license:
        out["licenses"] = [{"path" if "://" in citation.license else "name": citation.license}]
    names = {t.name for t in tables}
    out["resources"] = [_resource(t, files[t.name], names) for t in tables]
    return out


def _resource(table: Table, files: list[str], names: set[str]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(f.name, f.type, f.en, f.zh) for f in table.fields],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    keys = [
        {"fields": column, "reference": {"resource": there, "fields": field}}
        for (of, column), (there, field) in _REFERENCES.items()
        if of == table.name and there in names and column in table.names
    ]
    if keys:
        schema["foreignKeys"] = keys
    return {
        "name": table.name,
        "profile": "tabular-data-resource",
        "path": files[0] if len(files) == 1 else files,
        "description": f"{table.en} ({table.zh})",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\r\n", "header": True},
        "schema": schema,
    }


def _field(name: str, type: str, en: str, zh: str) -> dict[str, Any]:
    kind = _TYPES[type]
    if kind == "string":
        kind = "date" if name in _DATES else "datetime" if _TIMES.fullmatch(name) else kind
    return {"name": name, "type": kind, "description": en, "title": zh}


def faults(package: Any) -> Iterator[str]:
    """Rules of a tabular data package that a descriptor breaks."""
    resources = package.get("resources") if isinstance(package, dict) else None
    if not isinstance(resources, list) or not resources:
        yield "has no resources"
        return
    if not re.fullmatch(r"[a-z0-9._-]+", str(package.get("name", ""))):
        yield f"name {package.get('name')!r} may hold a-z, 0-9, . _ - only"
    names = [r.get("name") for r in resources]
    if len(set(names)) != len(names):
        yield "two resources have one name"
    fields = {r.get("name"): [f.get("name") for f in r.get("schema", {}).get("fields", [])] for r in resources}
    for resource in resources:
        yield from (f"resource {resource.get('name')}: {fault}" for fault in _resource_faults(resource, fields))


def _resource_faults(resource: dict[str, Any], fields: dict[Any, list[Any]]) -> Iterator[str]:
    name = resource.get("name")
    if not re.fullmatch(r"[a-z0-9._-]+", str(name)):
        yield "its name may hold a-z, 0-9, . _ - only"
    for path in paths(resource):
        if not path or PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
            yield f"path {path!r} does not lead into the package"
    schema, mine = resource.get("schema", {}), fields[name]
    if not mine:
        yield "has no fields"
    if len(set(mine)) != len(mine):
        yield "two fields have one name"
    for field in schema.get("fields", []):
        if field.get("type") not in READERS:
            yield f"field {field.get('name')} has the type {field.get('type')!r}"
    key = schema.get("primaryKey", [])
    yield from (f"key {c} is no field" for c in ([key] if isinstance(key, str) else key) if c not in mine)
    for each in schema.get("foreignKeys", []):
        there = each["reference"]
        if each["fields"] not in mine or there["fields"] not in fields.get(there["resource"], []):
            yield f"refers to {there['resource']}.{there['fields']}, which is not there"


def paths(resource: dict[str, Any]) -> list[str]:
    """The files of a resource, in order."""
    path = resource.get("path", [])
    return [path] if isinstance(path, str) else list(path)


def _time(value: str) -> None:
    datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ")


READERS: dict[str, Callable[[str], Any]] = {
    "string": str,
    "integer": int,
    "number": float,
    "date": date.fromisoformat,
    "datetime": _time,
}
"""Type of a field → what reads a value, and raises ValueError for one that is not of it."""
