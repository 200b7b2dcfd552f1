"""The gate: scores the labelled corpus with its own scorers and fails when a number sinks below its floor.

    python bench/gate.py          score and compare with bench/gate.toml
    python bench/gate.py --pin    write what is measured now as the floors (lowering one is a change a reviewer sees)

The corpus is third-party data and no part of this repository: it is looked for at GOVNEWS_CORPUS (default ../shared/corpus), and
without it nothing is scored, said in one line. Floors of one set say nothing of another: a corpus other than the pinned one is
held to the numbers that are to hold on any.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FLOORS = ROOT / "bench" / "gate.toml"
CORPUS = Path(os.environ.get("GOVNEWS_CORPUS") or ROOT.parent / "shared" / "corpus")

ANY_CORPUS = {
    "articles.raised": 0.0,
    **{f"{field}.values": 97.0 for field in ("title", "publish_time", "source", "view_count")},
    **{f"{field}.nulls": 98.0 for field in ("source", "view_count")},
    "body.f1_95": 97.0,
    "lists.raised": 0.0,
    **{f"lists.{name}": 98.0 for name in ("rows", "precision", "dates", "titles")},
}
"""What is to hold on pages nobody tuned to (the house plan, "Numbers to hold")."""

_LISTS = re.compile(
    r"raised (?P<raised>\d+); rows found (?P<rows>[\d.]+) %.*precision (?P<precision>[\d.]+) %.*dates (?P<dates>[\d.]+) %"
    r".*titles (?P<titles>[\d.]+) %.*next page (?P<next_page>[\d.]+) %"
)


def digest(corpus: Path) -> str:
    """SHA-256 over names and bytes of all that is scored and of the scorers."""
    sha = hashlib.sha256()
    files = [*corpus.glob("*.jsonl"), *corpus.glob("*.py"), *corpus.glob("pages/*"), *corpus.glob("lists/**/*")]
    for path in sorted(p for p in files if p.is_file()):
        sha.update(path.relative_to(corpus).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return sha.hexdigest()


def measure(corpus: Path) -> dict[str, float]:
    """Name → percent, from the corpus's own scorers run on this govnews. Raises CalledProcessError when one fails."""
    table = json.loads(_run(corpus / "score.py", "--run", "--json"))
    found = {"articles.raised": 100.0 * table["errors"]}
    for field in ("title", "publish_time", "source", "view_count"):
        for part, name in (("of_values", "values"), ("of_nulls", "nulls")):
            if table[field][part] is not None:
                found[f"{field}.{name}"] = 100 * table[field][part]
    found["body.f1_95"] = 100 * table["body"]["share_ge_95"]
    found["whole_page"] = 100 * table["whole_page_right"]["exact"]
    lists = _LISTS.search(_run(corpus / "score_lists.py"))
    if lists is None:
        raise SystemExit("gate: the list scorer's line was not understood")
    found |= {f"lists.{name}": float(value) for name, value in lists.groupdict().items()}
    return {name: round(value, 1) for name, value in found.items()}


def _run(scorer: Path, *arguments: str) -> str:
    done = subprocess.run([sys.executable, scorer, *arguments], check=True, stdout=subprocess.PIPE, encoding="utf-8")
    return done.stdout


def main() -> int:
    """Exit code: 0 every floor holds (or there is no corpus), 1 a number sank."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pin", action="store_true", help="write the present numbers as floors")
    pin = parser.parse_args().pin
    if not (CORPUS / "labels.jsonl").exists():
        print(f"gate: no corpus at {CORPUS}; nothing was scored (GOVNEWS_CORPUS names another place)")
        return 0
    corpus, numbers = digest(CORPUS), measure(CORPUS)
    if pin:
        lines = [f'corpus = "{corpus}"', "", "[floors]", *(f'"{name}" = {value}' for name, value in numbers.items())]
        FLOORS.write_text(
            "# Percent on the labelled corpus; made by bench/gate.py --pin.\n" + "\n".join(lines) + "\n", "utf-8"
        )
        print(f"gate: pinned {len(numbers)} floors")
        return 0
    pinned = tomllib.loads(FLOORS.read_text("utf-8"))
    floors = pinned["floors"]
    if pinned["corpus"] != corpus:
        print(f"gate: the corpus at {CORPUS} is not the pinned one; it is held to the numbers for any corpus")
        floors = ANY_CORPUS
    sunk = 0
    print(f"{'what':22}{'now':>7}{'floor':>7}")
    for name, floor in floors.items():
        now = numbers.get(name, floor)  # no such value in another corpus: nothing to hold
        worse = now > floor if name.endswith("raised") else now < floor
        sunk += worse
        print(f"{name:22}{now:7.1f}{floor:7.1f}{'   SUNK' if worse else ''}")
    print(f"gate: {'every floor holds' if not sunk else f'{sunk} sank'}")
    return 1 if sunk else 0


if __name__ == "__main__":
    sys.exit(main())
