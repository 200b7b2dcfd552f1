"""What the directory costs to load and to resolve, over reading its four tables with csv.DictReader in the same process.

    python bench/directory.py [--rounds N]

Each round is a fresh interpreter, in CPU seconds: one name (`govnews site show 维西`), then every county. Grows with the rows of the
tables, not with what is asked.
"""

from __future__ import annotations

import argparse
import subprocess
import sys

ONE, ALL = 0.3, 1.0
"""Seconds of CPU that one name, and all counties, may cost."""
PROGRAM = """
import csv, time
import govnews
from govnews.sites import all_sites, resolve
from govnews.sites.place import data_dir

began = time.process_time()
resolve("维西")
one = time.process_time() - began
sites = list(all_sites())
whole = time.process_time() - began
began = time.process_time()
for name in ("divisions", "gov_sites", "news_columns", "divisions_history"):
    with (data_dir() / "directory" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        list(csv.DictReader(file))
print(one, whole, time.process_time() - began, len(sites), sum(bool(site.columns) for site in sites))
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    seen = [
        [float(word) for word in subprocess.check_output([sys.executable, "-c", PROGRAM], text=True).split()]
        for _ in range(rounds)
    ]
    one, whole, floor = (min(row[n] for row in seen) for n in range(3))
    sites, crawlable = int(seen[0][3]), int(seen[0][4])
    print(
        f"{sites} sites, {crawlable} with a column; best of {rounds}, CPU seconds; floor: the tables through csv.DictReader"
    )
    print(f"{'':12}{'seconds':>9}{'of floor':>10}")
    for name, seconds in (("floor", floor), ("one name", one), ("all sites", whole)):
        print(f"{name:12}{seconds:9.3f}{seconds / floor:10.2f}")
    holds = one <= ONE and whole <= ALL
    print(f"goal: one name ≤ {ONE} s, all ≤ {ALL} s: {'holds' if holds else 'MISSED'}")
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
