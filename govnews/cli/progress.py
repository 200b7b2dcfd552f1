"""How far something long is: one moving line on a terminal, a plain line now and then elsewhere. To stderr.

May import: click, the standard library.
"""

from __future__ import annotations

import sys
import time

import click

QUICK = 0.2
"""Seconds between two lines on a terminal."""
SLOW = 10.0
"""Seconds between two lines elsewhere."""


class Progress:
    """Counts things of a kind; with a share done it also says when the end is due."""

    def __init__(self, things: str) -> None:
        self.things = things
        self.began = self.said = time.monotonic()
        self.moving = sys.stderr.isatty()
        self.shown = False

    def __call__(self, many: int, share: float | None = None) -> None:
        """many: things done. share: of the whole, 0 to 1, or null when that is not known."""
        now = time.monotonic()
        if now - self.said < (QUICK if self.moving else SLOW):
            return
        self.said, self.shown = now, True
        line = self._line(many, share, max(0.001, now - self.began))
        click.echo(f"\r\x1b[K{line}" if self.moving else line, nl=not self.moving, err=True)

    def of(self, many: int, total: int | None = None) -> None:
        """The same with the number of things in all; null when that is not known."""
        self(many, many / total if total else None)

    def _line(self, many: int, share: float | None, seconds: float) -> str:
        line = f"{many:,} {self.things}, {many / seconds:.0f}/s"
        if share and 0 < share <= 1:
            left = int(seconds / share - seconds)
            line += f", {share:.0%}, {left // 3600}:{left // 60 % 60:02}:{left % 60:02} left"
        return line

    def end(self) -> None:
        """Takes the moving line away."""
        if self.moving and self.shown:
            click.echo("\r\x1b[K", nl=False, err=True)
