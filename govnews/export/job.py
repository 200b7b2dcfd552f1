"""One export: a selection, a format, a goal. May import: archive, model, its neighbours in this room."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from govnews.archive.output import staged
from govnews.export import companions, formats
from govnews.export.selection import Selection
from govnews.model import Failure

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Job:
    """What a format is given. folder, name: where to write and how the file is called. bom: for CSV. progress: called with rows
    done."""

    selection: Selection
    folder: Path
    name: str
    bom: bool = True
    progress: Callable[[int], None] = lambda _: None

    @property
    def path(self) -> Path:
        """The file (or folder) to write."""
        return self.folder / self.name

    def counted(self, rows: Iterable[_T]) -> Iterator[_T]:
        """The rows, with progress."""
        for n, row in enumerate(rows, 1):
            yield row
            self.progress(n)


@dataclass(slots=True)
class Written:
    """What an export made. rows: of the selection (captures for a WARC). notes: what a person should know."""

    rows: int = 0
    notes: list[str] = field(default_factory=list)


def format_names() -> list[str]:
    """The formats there are."""
    return sorted(info.name for info in pkgutil.iter_modules(formats.__path__))


def _module(name: str) -> Any:
    return importlib.import_module(f"{formats.__name__}.{name}")


def format_of(path: Path) -> str | None:
    """The format a file name means, by its ending; null when it means none."""
    name = path.name.lower()
    return next((f for f in format_names() if name.endswith(tuple(_module(f).ENDINGS))), None)


def stream_of(format: str) -> Callable[[Selection, BinaryIO], Written] | None:
    """What sends a selection down a pipe in this format; null for formats that need a file."""
    send: Callable[[Selection, BinaryIO], Written] | None = getattr(_module(format), "stream", None)
    return send


def export(
    selection: Selection,
    format: str,
    goal: Path,
    *,
    force: bool = False,
    bom: bool = True,
    progress: Callable[[int], None] = lambda _: None,
) -> Written:
    """Writes the selection to `goal` and, beside it, its data dictionary and how to read it. Raises Failure `exists`,
    `cannot_write`, `no_extra` (with what to install) and what the format cannot hold."""
    module = _module(format)
    with staged(goal, force=force) as folder:
        job = Job(selection, folder, goal.name, bom, progress)
        try:
            written: Written = module.write(job)
        except ImportError as error:
            raise Failure(
                "no_extra", f"{format} needs {error.name}", hint=f"pip install 'govnews[{module.EXTRA}]'"
            ) from error
        if module.TABLE:
            companions.write(job, format)
        written.notes += companions.tombstones(job)
    return written
