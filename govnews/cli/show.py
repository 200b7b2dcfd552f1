"""How things are shown: tables, cards, JSON lines; Chinese characters are two columns wide.

May import: click, rich, model.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click
from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.table import Table

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def json_lines(rows: Iterable[Any]) -> None:
    """One JSON object a line, to stdout."""
    for row in rows:
        click.echo(json.dumps(row, ensure_ascii=False))


def say(text: str = "") -> None:
    """Talk: to stderr, never into data."""
    click.echo(text, err=True)


def clean(value: Any) -> Any:
    """Text of a page, safe in a terminal: control characters and signs that turn the reading direction become �.
    Goes through lists and dicts; line feeds and tabs stay."""
    if isinstance(value, str):
        return _CONTROL.sub("�", value)
    if isinstance(value, Mapping):
        return {k: clean(v) for k, v in value.items()}
    return [clean(v) for v in value] if isinstance(value, list | tuple) else value


def marked(text: str, marks: Iterable[Sequence[int]]) -> str:
    """The hits of a search in a text: bold on a terminal with colours, in 【】 elsewhere. marks: (start, end), in order."""
    out, at = [], 0
    for start, end in marks:
        hit = text[start:end]
        out += [text[at:start], click.style(hit, bold=True, fg="yellow") if _colours() else f"【{hit}】"]
        at = end
    return "".join(out) + text[at:]


def coloured(text: str, colour: str) -> str:
    """The text in a colour, on a terminal that has them."""
    return click.style(text, fg=colour) if text and _colours() else text


def _colours() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def table(rows: Sequence[Mapping[str, Any]], *, headers: Mapping[str, str] | None = None, cut: int = 48) -> None:
    """A table to stdout: drawn on a terminal, aligned plain text elsewhere. headers: column → heading. cut: widest cell."""
    if not rows:
        return
    names = list(headers or rows[0])
    heads = [(headers or {}).get(n, n) for n in names]
    cells = [[_cell(row.get(n), cut) for n in names] for row in rows]
    numeric = [all(isinstance(row.get(n), (int, float)) or row.get(n) is None for row in rows) for n in names]
    if sys.stdout.isatty():
        drawn = Table(box=None, header_style="bold", pad_edge=False)
        for head, number in zip(heads, numeric, strict=True):
            drawn.add_column(head, justify="right" if number else "left", overflow="fold")
        for line in cells:
            drawn.add_row(*line)
        Console(markup=False, emoji=False, highlight=False).print(drawn)
        return
    widths = [max(cell_len(x) for x in column) for column in zip(heads, *cells, strict=True)]
    for line in [heads, *cells]:
        click.echo("  ".join(_pad(x, w, right) for x, w, right in zip(line, widths, numeric, strict=True)).rstrip())


def _cell(value: Any, cut: int) -> str:
    text = "-" if value is None else " ".join(clean(str(value)).split())
    return text if cell_len(text) <= cut else set_cell_size(text, cut - 1).rstrip() + "…"


def _pad(text: str, size: int, right: bool) -> str:
    gap = " " * (size - cell_len(text))
    return gap + text if right else text + gap


def bold(text: str) -> str:
    """Emphasis on a terminal that wants it (NO_COLOR is honoured by click)."""
    return click.style(text, bold=True)


def card(pairs: Iterable[tuple[str, Any, str]]) -> None:
    """Lines of `name  value  (how it was found)`; null is shown as a dash."""
    rows = [(name, "-" if value is None else str(value), note) for name, value, note in pairs]
    size = max((cell_len(name) for name, _, _ in rows), default=0)
    for name, value, note in rows:
        click.echo(f"{_pad(name, size, False)}  {value}" + (click.style(f"   {note}", dim=True) if note else ""))
