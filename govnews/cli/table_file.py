"""A CSV that a person brings: its rows with their line numbers, or one clear line about what is wrong. May import: model, the standard
library."""

from __future__ import annotations

import csv
import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path

from govnews.model import Failure


def table_rows(path: Path, needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, row) of a CSV in UTF-8, with or without a byte order mark, as Excel writes it. Every column of `needed` must be there;
    others are kept. Raises Failure `cannot_read`, `missing_column`."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restval="")
            have = [name.strip() for name in reader.fieldnames or ()]
            reader.fieldnames = have
            for name in needed:
                if name not in have:
                    near = difflib.get_close_matches(name, have, n=1)
                    hint = (
                        f"is {near[0]} meant to be it?" if near else f"its first line should name {', '.join(needed)}"
                    )
                    raise Failure("missing_column", f"{path} has no column {name}", hint=hint, exit_code=2)
            for row in reader:
                yield reader.line_num, {name: value for name, value in row.items() if name and value is not None}
    except UnicodeDecodeError as error:
        raise Failure("cannot_read", f"{path} is not UTF-8", hint="in Excel save it as CSV UTF-8") from error
    except (OSError, csv.Error) as error:
        raise Failure("cannot_read", f"{path} cannot be read: {getattr(error, 'strerror', None) or error}") from error


def table_names(path: Path) -> list[str]:
    """The columns that the first line of a CSV names. Raises Failure `cannot_read`."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [name.strip() for name in next(csv.reader(file), [])]
    except UnicodeDecodeError as error:
        raise Failure("cannot_read", f"{path} is not UTF-8", hint="in Excel save it as CSV UTF-8") from error
    except (OSError, csv.Error) as error:
        raise Failure("cannot_read", f"{path} cannot be read: {getattr(error, 'strerror', None) or error}") from error
