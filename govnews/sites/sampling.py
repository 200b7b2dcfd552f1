"""Drawing counties: stratified, with a seed, the same on every machine and with every version of Python.

Units of a stratum stand in the order of SHA-256 of seed, stratum and code; the first are drawn, the next replace. So a larger size
keeps what a smaller one drew, and a county that joins the frame moves no other. May import: model, frame.py, the standard library.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from govnews.model import Failure
from govnews.sites.frame import County

KEYS = ("province", "prefecture", "type", "state")
"""What strata can be made of, beside the columns of a person's own frame."""
REASONS = {"no_site": "no site of the county is known", "no_column": "no usable news column is known"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """One row of a sample. order: in its stratum, from 1. role: `drawn` or `replacement`. replacement_for: code of the drawn county
    it stands in for, or "". units, taken: counties of the stratum in the frame, and of them drawn. weight: how many it stands for."""

    county: County
    stratum: str
    order: int
    role: str
    replacement_for: str
    units: int
    taken: int

    @property
    def weight(self) -> str:
        """units / taken, six places: the same text everywhere."""
        millionths = round(Fraction(self.units, self.taken) * 1_000_000)
        return f"{millionths // 1_000_000}.{millionths % 1_000_000:06d}"

    @property
    def reason(self) -> str:
        """Why it cannot be crawled, or ""."""
        return self.county.why or REASONS.get(self.county.state, "")


def draw(frame: Sequence[County], by: Sequence[str], *, seed: int, size: int, replacements: int = 0) -> list[Drawn]:
    """The sample, by stratum and order. Sizes are proportional, each stratum at least one. replacements: further units of each
    stratum; those that can be crawled stand in, in order, for drawn ones that cannot. Raises Failure `bad_strata`, `bad_size`."""
    known = list(dict.fromkeys((*KEYS, *(key for county in frame for key in county.groups))))
    if wrong := [key for key in by if key not in known]:
        raise Failure(
            "bad_strata", f"there are no strata by {wrong[0]}", hint="one or more of " + ",".join(known), exit_code=2
        )
    strata: dict[str, list[County]] = {}
    for county in frame:
        strata.setdefault("/".join(county.group(key) for key in by) or "all", []).append(county)
    if not len(strata) <= size <= len(frame):
        sentence = f"a sample of {size:,} cannot be drawn from {len(frame):,} counties in {len(strata):,} strata"
        raise Failure(
            "bad_size", sentence, hint=f"--size {len(strata)} to {len(frame)}, or coarser strata", exit_code=2
        )
    sizes = allocate({name: len(units) for name, units in strata.items()}, size)
    return [row for name in sorted(strata) for row in _stratum(name, strata[name], sizes[name], seed, replacements)]


def _stratum(name: str, units: list[County], taken: int, seed: int, replacements: int) -> Iterable[Drawn]:
    ordered = sorted(units, key=lambda c: _place(seed, name, c.code_then))
    chosen, spare = ordered[:taken], ordered[taken : taken + replacements]
    lacking = [c for c in chosen if c.state != "crawlable"]
    stands = dict(zip((c.code_then for c in spare if c.state == "crawlable"), lacking, strict=False))
    for n, county in enumerate((*chosen, *spare), 1):
        role = "drawn" if n <= taken else "replacement"
        for_whom = stands[county.code_then].code_then if role == "replacement" and county.code_then in stands else ""
        yield Drawn(county, name, n, role, for_whom, len(units), taken)


def _place(seed: int, stratum: str, code: str) -> str:
    return hashlib.sha256(f"{seed}\n{stratum}\n{code}".encode()).hexdigest()


def allocate(units: Mapping[str, int], size: int) -> dict[str, int]:
    """How many of each stratum: one, and of the rest its share by the largest remainder (ties by name), never more than it has."""
    out = dict.fromkeys(sorted(units), 1)
    while (left := size - sum(out.values())) > 0:
        room = {name: units[name] - out[name] for name in out if units[name] > out[name]}
        whole = sum(room.values())
        shares = {name: Fraction(left * n, whole) for name, n in room.items()}
        for name, share in shares.items():
            out[name] += int(share)
        rest = size - sum(out.values())
        for name in sorted(shares, key=lambda n: (int(shares[n]) - shares[n], n))[:rest]:
            out[name] += 1
    return out


def digest(frame: Iterable[County]) -> str:
    """Of a frame: two samples of one seed agree where this agrees."""
    lines = sorted(f"{c.code_then}|{c.name_then}|{c.code}|{c.province}|{c.type}|{c.state}" for c in frame)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]
