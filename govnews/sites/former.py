"""Counties that are no longer in force, and what became of them, from data/directory/divisions_history.csv; never by a successor of
low confidence. May import: its neighbours in this room, the standard library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from govnews.sites.directory import TRUSTED, directory, rows_of, stem

_EVENT = re.compile(r"event (\d{4})|approved change (\d{4})")
_SAME = frozenset("recoded 更名 撤县设市 撤县设区 撤市设区 撤旗设区 同名改码 renamed".split())
"""Changes after which the county goes on under another code or name; of others the successor is another county."""
_TYPES = (
    ("自治县", "自治县"),
    ("自治旗", "自治旗"),
    ("林区", "林区"),
    ("特区", "特区"),
    ("县", "县"),
    ("旗", "旗"),
    ("市", "县级市"),
    ("区", "市辖区"),
)


@dataclass(frozen=True, slots=True)
class Former:
    """One county that was. successor: code of today, or null where none is known with confidence. until: the last year at whose end
    it stood. same_unit: the successor is the same county under another code or name. named: code and name of the successor that the
    directory names, however sure; "" for none."""

    code: str
    name: str
    province: str
    first: int
    until: int
    change: str
    successor: str | None
    confidence: str
    same_unit: bool
    named: tuple[str, str] = ("", "")

    def alive(self, year: int) -> bool:
        """Whether it stood at the end of a year."""
        return self.first <= year <= self.until


@cache
def former_counties() -> tuple[Former, ...]:
    """All of them but the statistical units, by code."""
    out = []
    for row in rows_of("divisions_history.csv"):
        if row["level"] != "county" or row["status"] == "statistical-unit":
            continue
        trusted = row["successor_confidence"] in TRUSTED and row["successor_code"] != ""
        found = _EVENT.search(row["evidence"])
        last = int(row["last_seen"][:4])
        until = int(found[1] or found[2]) - 1 if found else last if row["last_seen"][4:] >= "12" else last - 1
        out.append(
            Former(
                row["code"],
                row["name"],
                row["province"],
                int(row["first_seen"][:4]),
                until,
                row["status"],
                row["successor_code"] if trusted else None,
                row["successor_confidence"],
                trusted and (row["status"] in _SAME or _only_rank(row)),
                (row["successor_code"], row["successor_name"]),
            )
        )
    return tuple(sorted(out, key=lambda f: (f.code, f.first)))


def _only_rank(row: dict[str, str]) -> bool:
    """A change without a name (`changed`) from 长泰县 to 长泰区: only the rank is another."""
    return row["status"] == "changed" and stem(row["name"]) == stem(row["successor_name"])


def division_changes() -> Iterator[tuple[str | int | float | None, ...]]:
    """Rows for the archive's table `division_changes`, with what each relation rests on: `same` where the county went on under another
    code or name, `merged` where a named other county took it over, `unclear` where the successor is of low confidence, not known, or
    the same as that of another county at the same time. The directory has no shares: weight is 1 when same, else null."""
    known, former = directory().divisions, former_counties()
    own: dict[str | None, list[Former]] = {}
    for one in former:
        if one.same_unit:
            own.setdefault(one.successor, []).append(one)
    for one in former:
        there = known.get(one.successor or "")
        relation = "merged" if there is not None and there.level == "county" else "unclear"
        if one.same_unit and relation == "merged":
            relation = "unclear" if any(_beside(one, other) for other in own[one.successor]) else "same"
        code, name = one.named
        yield (
            one.code, one.name, one.province, one.first, one.until, one.change, code or None, name or None,
            one.confidence or None, relation, 1.0 if relation == "same" else None,
        )  # fmt: skip


def _beside(one: Former, other: Former) -> bool:
    """Whether both stood at the end of one year."""
    return one is not other and one.first <= other.until and other.first <= one.until


def type_then(name: str) -> str:
    """The type of a county by the end of its name."""
    return next((kind for end, kind in _TYPES if name.endswith(end)), "县")
