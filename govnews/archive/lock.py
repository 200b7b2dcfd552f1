"""One crawl a database: a lock on `<db>.lock` that the kernel frees when its holder dies.

May import: model, the standard library.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from govnews.model import Failure

try:
    import fcntl
except ImportError:  # not a Unix: SQLite's own locks remain, two crawls would only be slow
    fcntl = None  # type: ignore[assignment]


@contextmanager
def crawl_lock(path: Path, *, started_at: str) -> Iterator[None]:
    """Holds the lock of the archive at `path`. Raises Failure `locked`, naming the process that holds it, `read_only`,
    `cannot_open`."""
    lock = path.with_name(path.name + ".lock")
    if path.is_dir():
        raise Failure("cannot_open", f"{path} is a folder, not a database file")
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise Failure(
            "read_only", f"{lock} cannot be written: {error.strerror}", hint="choose another place with --db PATH"
        ) from error
    try:
        if fcntl is not None:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise Failure(
                    "locked",
                    f"{path} is in use by {_holder(handle)}",
                    hint="one writer a database: wait until it has ended, or use another --db",
                ) from error
        holder = {"pid": os.getpid(), "host": socket.gethostname(), "started_at": started_at}
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps(holder).encode(), 0)
        try:
            yield
        finally:
            os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def _holder(handle: int) -> str:
    try:
        known = json.loads(os.pread(handle, 1000, 0))
        return f"another govnews (process {known['pid']} on {known['host']}, since {known['started_at']})"
    except (ValueError, KeyError):
        return "another govnews"
