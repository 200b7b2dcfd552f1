"""Stata (.dta, version 118: Unicode, long texts): labelled variables. Null text is "", the only way Stata has; null numbers are missing.

Stata reads a file whole, so this format holds the selection in memory. Needs pandas (extra `stata`). May import: pandas, its
neighbours in this room.
"""

from __future__ import annotations

import re
from typing import Any

from govnews.export.job import Job, Written

ENDINGS = (".dta",)
EXTRA = "stata"
TABLE = True
SHORT = 2045
"""Bytes of a plain string variable; longer ones are strL."""
NAME = 32
LABEL = 80


def write(job: Job) -> Written:
    """The file."""
    import pandas

    columns = job.selection.columns
    rows = list(job.counted(job.selection.rows()))
    names = variable_names(job.selection.names)
    data: dict[str, Any] = {}
    long = []
    for n, (name, column) in enumerate(zip(names, columns, strict=True)):
        values = [row[n] for row in rows]
        if column.kind == "text":
            texts = ["" if v is None else v.hex() if isinstance(v, bytes) else str(v) for v in values]
            data[name] = pandas.Series(texts, dtype=object)
            if any(len(text.encode("utf-8", "replace")) > SHORT for text in texts):
                long.append(name)
        else:
            data[name] = pandas.Series([float("nan") if v is None else v for v in values], dtype="float64")
    labels = {name: (c.en or c.name)[:LABEL] for name, c in zip(names, columns, strict=True)}
    frame = pandas.DataFrame(data, columns=names)
    frame.to_stata(job.path, version=118, write_index=False, variable_labels=labels, convert_strl=long)
    return Written(len(rows))


def variable_names(names: list[str]) -> list[str]:
    """Names Stata allows, each once: letters, digits and _, at most 32."""
    out: list[str] = []
    for name in names:
        plain = re.sub(r"\W", "_", name)[:NAME] or "v"
        plain = f"_{plain}"[:NAME] if plain[0].isdigit() else plain
        n = 1
        base = plain
        while plain in out:
            n += 1
            plain = f"{base[: NAME - len(str(n)) - 1]}_{n}"
        out.append(plain)
    return out
