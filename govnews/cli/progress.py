"""One line of progress on a terminal, with rate and time to go. May import: click, the standard library."""

from __future__ import annotations

import sys
import time

import click


class Progress:
    """Called with what is done and (null: unknown) the total; writes to stderr at most five times a second, only on a terminal."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.began = time.monotonic()
        self.shown = 0.0

    def __call__(self, done: int, total: int | None = None) -> None:
        now = time.monotonic()
        if not sys.stderr.isatty() or now - self.shown < 0.2:
            return
        self.shown = now
        rate = done / max(0.001, now - self.began)
        left = f", {(total - done) / rate:.0f} s to go" if total and rate else ""
        click.echo(
            f"\r\x1b[K{done}{f' of {total}' if total else ''} {self.what}, {rate:.0f}/s{left}", nl=False, err=True
        )

    def clear(self) -> None:
        """Takes the line away."""
        if self.shown:
            click.echo("\r\x1b[K", nl=False, err=True)
