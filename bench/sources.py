"""How well sources are sorted: precision and recall on bench/sources.txt, and how many of a corpus are not unknown.

    python bench/sources.py [--develop] [--corpus LABELS.jsonl]

The labelled names are cut into two halves by their hash. The rules were read against the first (`--develop` lists its misses); the
held-out half was never printed name by name. The names were written before the rules, but by the same hand: the figures say how the
rules hold on names of those forms, not on every site. Names that stand in the word lists letter by letter are left out: looking them
up proves nothing. Precision and recall are over names that a person could place.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from govnews.sites import directory, source_words
from govnews.sites.directory import netloc
from govnews.sites.source_kinds import KINDS, place_of, source_kind

HOLD = 0.9
"""Precision and recall of the held-out half."""
Case = tuple[str, str, str]


_LOOKED_UP = {
    *source_words.CENTRAL,
    *source_words.SELF,
    *source_words.NOBODY,
    *(name for names in source_words.OUTLETS.values() for name in names),
}


def labelled() -> list[Case]:
    """(code, source, kind) of every labelled name that no word list holds."""
    lines = (Path(__file__).parent / "sources.txt").read_text("utf-8").splitlines()
    split = (line.split("|") for line in lines if not line.startswith("#"))
    return [(code, name, kind) for code, kind, names in split for name in names.split() if name not in _LOOKED_UP]


def held_out(case: Case) -> bool:
    """Which half a name belongs to."""
    return int(hashlib.sha256(f"{case[0]}{case[1]}".encode()).hexdigest(), 16) % 2 == 1


def measure(cases: Iterable[Case]) -> tuple[float, float, dict[str, tuple[int, int, int]]]:
    """Precision, recall, and of each kind (right, given, labelled). `unknown` counts in neither: saying so is no claim."""
    right, given, meant = Counter[str](), Counter[str](), Counter[str]()
    for code, name, kind in cases:
        said = source_kind(name, place_of(code)).kind
        right[kind] += said == kind
        given[said] += 1
        meant[kind] += 1
    known = [k for k in KINDS if k != "unknown"]
    hits = sum(right[k] for k in known)
    table = {k: (right[k], given[k], meant[k]) for k in KINDS}
    return hits / sum(given[k] for k in known), hits / sum(meant[k] for k in known), table


def coverage(labels: Path) -> tuple[int, int]:
    """(sources that are not unknown, sources) of a labelled corpus; the site's division by its host."""
    hosts = {}
    for code, row in directory().homes.items():
        for host in (row["homepage"], *row["alt_hosts"].split("|")):
            if host:
                hosts[netloc(host).removeprefix("www.")] = code
    known = total = 0
    for line in labels.read_text("utf-8").splitlines():
        label = json.loads(line)
        if label.get("source"):
            host = urlsplit(label.get("url") or "").netloc.removeprefix("www.")
            total += 1
            known += source_kind(label["source"], place_of(hosts.get(host))).kind != "unknown"
    return known, total


def main() -> int:
    """Prints the figures; 1 when the held-out half falls below what is held."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--develop", action="store_true", help="list the misses of the first half")
    corpus = Path(os.environ.get("GOVNEWS_CORPUS", "../shared/corpus")) / "labels.jsonl"
    parser.add_argument("--corpus", type=Path, default=corpus)
    arguments = parser.parse_args()
    cases = labelled()
    if arguments.develop:
        for code, name, kind in cases:
            said = source_kind(name, place_of(code))
            if not held_out((code, name, kind)) and said.kind != kind:
                print(f"{code} {name}: {said.kind} ({said.via}), labelled {kind}")
    for title, half in (
        ("develop", [c for c in cases if not held_out(c)]),
        ("held out", [c for c in cases if held_out(c)]),
    ):
        precision, recall, table = measure(half)
        print(f"{title}: {len(half)} names, precision {precision:.3f}, recall {recall:.3f}")
    for kind, (right, given, meant) in table.items():
        print(f"  {kind:12}  {right} right of {given} given, {meant} labelled")
    if arguments.corpus.exists():
        known, total = coverage(arguments.corpus)
        print(f"corpus: {known} of {total} sources are not unknown ({known / total:.0%})")
    return 0 if min(precision, recall) >= HOLD else 1


if __name__ == "__main__":
    sys.exit(main())
