"""Which records of a set of WARC files an index points at: lines of CDXJ and CDX (11, 10 or 9 fields), chosen by host.

An index may have many more lines than memory has room for; what is kept is one entry for each line that is chosen. May import:
extraction (hosts), model, its neighbours in this room, the standard library.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from govnews.extraction import host_of
from govnews.importers.folder import page_files, printable
from govnews.model import Failure, Issue

_FIELDS = {11: "N b a m s k r M S V g", 10: "N b a m s k r M V g", 9: "N b a m s k r V g"}
"""Letters of a CDX line without a heading, by how many fields it has."""
_PAGES = ("text/", "application/xhtml", "application/xml", "application/json", "warc/revisit", "unk", "-")
"""Beginnings of media types that can be a page, or a word for one that is not known."""
_NO_LINE = "cannot be read as a line of an index"


@dataclass(frozen=True, slots=True)
class Entry:
    """One record: where it begins in its file, the address the index gives it, and the site whose it is."""

    offset: int
    url: str
    site: str


@dataclass(slots=True)
class Selection:
    """What an index chose. entries: file → its records by offset. notes: (where, issue, of how many lines) of what was not."""

    entries: dict[Path, list[Entry]] = field(default_factory=dict)
    notes: list[tuple[str, Issue, int]] = field(default_factory=list)


def select(indexes: Iterable[Path], places: Sequence[Path], whose: Callable[[str], str | None]) -> Selection:
    """The records that lines of the indexes name, of hosts that `whose` knows (host → site id or null). places: files and folders
    in which the WARC files are, found by the end of the name that the index gives. Raises Failure `cannot_read`."""
    known: dict[str, list[Path]] = {}
    for _, file in page_files(places):
        known.setdefault(file.name, []).append(file)
    out, absent = Selection(), Counter[str]()
    chosen: dict[Path, dict[int, Entry]] = {}
    for index in indexes:
        passed = Counter[str]()
        for record in _records(index):
            entry, why = _entry(record, whose)
            if entry is None:
                passed[why] += 1
                continue
            place = _file(record["filename"], known)
            if place is None:
                absent[record["filename"]] += 1
            else:
                chosen.setdefault(place, {})[entry.offset] = entry
        for why, n in passed.items():
            out.notes.append((printable(index), Issue("unreadable_file" if why == _NO_LINE else "passed_over", why), n))
    missing = Issue("unreadable_file", "records of a file that is not among those given")
    out.notes += [(name, missing, n) for name, n in sorted(absent.items())]
    out.entries = {file: [found[at] for at in sorted(found)] for file, found in sorted(chosen.items())}
    return out


def _entry(record: Mapping[str, str], whose: Callable[[str], str | None]) -> tuple[Entry | None, str]:
    """The entry of a line, or why there is none."""
    if not record.get("filename") or not record.get("offset", "").isdecimal():
        return None, _NO_LINE
    site = whose(host_of(record["url"]))
    if site is None:
        return None, "records of other hosts"
    if not record.get("mime", "-").lower().startswith(_PAGES):
        return None, "pictures and other files"
    return Entry(int(record["offset"]), record["url"], site), ""


def _file(name: str, known: Mapping[str, list[Path]]) -> Path | None:
    """The file an index means: of those with its last name the one that shares most of the folders before it."""
    parts = Path(name.replace("\\", "/")).parts
    found = known.get(parts[-1], []) if parts else []

    def shared(path: Path) -> int:
        return next(
            (n for n, (a, b) in enumerate(zip(reversed(path.parts), reversed(parts), strict=False)) if a != b), 99
        )

    return max(found, key=shared, default=None)


def _records(index: Path) -> Iterator[dict[str, str]]:
    """The lines of an index, plain or packed, as url, mime, offset, filename; {} for one that is none."""
    try:
        with index.open("rb") as file:
            packed = file.read(2) == b"\x1f\x8b"
        with gzip.open(index) if packed else index.open("rb") as lines:
            letters: list[str] = []
            for raw in lines:
                line = raw.decode("utf-8", "replace").strip()
                if line.startswith("CDX "):
                    letters = line.split()[1:]
                elif line and not line.startswith("!"):  # a heading of pywb
                    yield _cdxj(line) if line.endswith("}") else _cdx(line, letters)
    except (OSError, EOFError) as error:
        raise Failure("cannot_read", f"{printable(index)} cannot be read: {error}") from error


def _cdxj(line: str) -> dict[str, str]:
    _, brace, rest = line.partition("{")
    try:
        held = json.loads(brace + rest)
    except ValueError:
        return {}
    return {key: str(value) for key, value in held.items()} if isinstance(held, dict) and held.get("url") else {}


def _cdx(line: str, letters: Sequence[str]) -> dict[str, str]:
    values = line.split(" ")
    held = dict(zip(letters or _FIELDS.get(len(values), "").split(), values, strict=False))
    if "a" not in held or "V" not in held or "g" not in held:
        return {}
    return {"url": held["a"], "mime": held.get("m", "-"), "offset": held["V"], "filename": held["g"]}
