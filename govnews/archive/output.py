"""Files that appear whole or not at all: written in a folder of their own beside the goal, then given their names.

May import: model, the standard library.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from govnews.model import Failure

_SQLITE = b"SQLite format 3\0"
_MADE = "manifest.json"
"""What stands in every folder that an export or a release makes."""
_OTHER = "choose another name"


@contextlib.contextmanager
def staged(goal: Path, *, force: bool) -> Iterator[Path]:
    """A folder to write into. What is in it at the end is moved beside `goal`, the file of that name last; nothing is when the
    block fails. Raises Failure `exists` before and after the block for what would be overwritten without `force`, `not_ours` for what is
    not overwritten at all, `cannot_write`."""
    if goal.name in ("", ".."):
        raise Failure("not_ours", f"{goal} is a folder that is there already", hint="give a name in it")
    stage = goal.with_name(f".{goal.name}.{os.getpid()}.part")
    try:
        _refuse(goal, force)
        goal.parent.mkdir(parents=True, exist_ok=True)
        stage.mkdir()
    except OSError as error:
        raise Failure("cannot_write", f"{goal} cannot be written: {error.strerror}") from error
    try:
        yield stage
        made = sorted(stage.iterdir(), key=lambda path: path.name == goal.name)
        for path in made:
            _refuse(goal.with_name(path.name), force)
        for path in made:
            _sync(path)
            _move(path, goal.with_name(path.name), stage)
    except OSError as error:
        raise Failure("cannot_write", f"{goal} cannot be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _refuse(path: Path, force: bool) -> None:
    """An archive is months of work, and a folder may hold one: neither is what an export replaces, whatever was typed."""
    if not path.exists():
        return
    if not force:
        raise Failure("exists", f"{path} is there already", hint="--force overwrites it")
    if path.is_dir() and any(path.iterdir()) and not (path / _MADE).is_file():
        raise Failure("not_ours", f"{path} is a folder of other files, which --force does not replace", hint=_OTHER)
    if not path.is_dir() and not path.is_file():
        raise Failure("not_ours", f"{path} is a device, which --force does not replace", hint=_OTHER)
    if path.is_file() and _begins(path) == _SQLITE:
        raise Failure("not_ours", f"{path} is a database, which --force does not overwrite", hint=_OTHER)


def _begins(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(len(_SQLITE))


def _sync(path: Path) -> None:
    if path.is_file():
        with path.open("rb") as file:
            os.fsync(file.fileno())


def _move(path: Path, to: Path, stage: Path) -> None:
    """A file replaces a file at once; a folder can only take the place of one that was moved away."""
    if to.is_dir():
        to.rename(stage / f"{to.name}.old")
    path.replace(to)
