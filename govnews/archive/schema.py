"""The data dictionary: every table and column of the archive with its meaning, read from the pages of `dictionary/`.

`govnews schema`, docs/database.md, the desk (Datasette metadata) and export headers are made from it; a test compares it with a real
archive in both directions. A page is found by its name, in order; `# name|English|Chinese` opens a table or view, the lines below it
are its columns, and `@fields` stands for the fields of an article (fields.txt). May import: the standard library.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class ColumnMeaning:
    """One column: its meaning in English and Chinese."""

    name: str
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class TableMeaning:
    """One table or view."""

    name: str
    en: str
    zh: str
    columns: tuple[ColumnMeaning, ...]


def _read() -> tuple[TableMeaning, ...]:
    folder = files("govnews.archive") / "dictionary"
    fields = (folder / "fields.txt").read_text(encoding="utf-8")
    pages = sorted((p for p in folder.iterdir() if p.name[0].isdigit()), key=lambda p: p.name)
    text = "".join(page.read_text(encoding="utf-8").replace("@fields\n", fields) for page in pages)
    tables: list[tuple[str, str, str, list[ColumnMeaning]]] = []
    for line in filter(None, text.splitlines()):
        name, en, zh = line.removeprefix("# ").split("|")
        if line.startswith("# "):
            tables.append((name, en, zh, []))
        else:
            tables[-1][3].append(ColumnMeaning(name, en, zh))
    return tuple(TableMeaning(name, en, zh, tuple(columns)) for name, en, zh, columns in tables)


SCHEMA: tuple[TableMeaning, ...] = _read()


def as_markdown() -> str:
    """The tables section of docs/database.md."""
    out = []
    for table in SCHEMA:
        out.append(
            f"### `{table.name}`\n\n{table.en[0].upper()}{table.en[1:]}. {table.zh}。\n\n| column | meaning | 含义 |\n| --- | --- | --- |"
        )
        out += [f"| `{c.name}` | {c.en} | {c.zh} |" for c in table.columns]
        out.append("")
    return "\n".join(out)
