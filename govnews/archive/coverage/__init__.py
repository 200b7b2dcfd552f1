"""Coverage: which county-months the archive observed, and why not the others.

Lives here: the rules (rules.py, pure), what they are asked of (facts.py, queries), the tables they fill (table.py), and what a paper
prints of a sample (strata.py). May import: model, the archive's own neighbours, the standard library. May not: the registry; a shell
passes the counties.
"""

from govnews.archive.coverage.rules import Place, months
from govnews.archive.coverage.strata import by_stratum
from govnews.archive.coverage.table import compute, county_months

__all__ = ["Place", "by_stratum", "compute", "county_months", "months"]
