"""How far two coders agree: share of equal codes, Cohen's kappa, Krippendorff's alpha (nominal).

Pure. Null where a measure says nothing: without units, or where chance alone would give full agreement (all codes alike). May import:
the standard library.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agreement:
    """units: coded by both. percent: 0 to 100."""

    units: int
    percent: float | None
    kappa: float | None
    alpha: float | None


def agreement(pairs: Iterable[tuple[str, str]]) -> Agreement:
    """Agreement of two coders on the units that both coded: (code of the first, code of the second)."""
    pairs = list(pairs)
    equal = sum(one == other for one, other in pairs)
    percent = 100 * equal / len(pairs) if pairs else None
    return Agreement(len(pairs), percent, kappa(pairs), alpha(pairs))


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa (1960): agreement beyond what each coder's own frequencies would give by chance."""
    if not pairs:
        return None
    n = len(pairs)
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    chance = sum(first[code] * second[code] for code in first) / n**2
    return None if chance == 1 else (sum(one == other for one, other in pairs) / n - chance) / (1 - chance)


def alpha(units: Iterable[Sequence[str]]) -> float | None:
    """Krippendorff's alpha for nominal codes, of any number of coders: for each unit the codes it was given. Units with fewer than
    two codes cannot be paired and do not count."""
    totals, within = Counter[str](), 0.0
    for codes in units:
        if len(codes) < 2:
            continue
        given = Counter(codes)
        totals += given
        within += (len(codes) ** 2 - sum(n * n for n in given.values())) / (len(codes) - 1)
    n = totals.total()
    between = n * n - sum(count * count for count in totals.values())
    return None if between == 0 else 1 - (n - 1) * within / between
