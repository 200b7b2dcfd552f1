"""Lines of a text file, packed with gzip or not, each with the byte at which it begins. May import: the standard library."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast


class Lines:
    """The lines of a file, as bytes. at: where the next one begins (in the unpacked text). position: bytes of the file read."""

    def __init__(self, path: Path) -> None:
        self._raw: IO[bytes] = path.open("rb")
        packed = path.name.lower().endswith(".gz")
        self._text = io.BufferedReader(cast("io.RawIOBase", gzip.GzipFile(fileobj=self._raw))) if packed else self._raw
        self.at = 0

    @property
    def position(self) -> int:
        return self._raw.tell()

    def __iter__(self) -> Iterator[bytes]:
        """Raises OSError, EOFError, zlib.error for a packed file that is damaged."""
        with self._raw:
            while line := self._text.readline():
                self.at += len(line)
                yield line
