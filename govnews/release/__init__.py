"""Release: a frozen, citable data set from an archive, and its check. The archive is only read.

Lives here: what goes into a release and in which order (tables), what is withheld from it (withhold), the files (database, csv_files,
parquet_files), what is said of them (describe, citation), the check (check, package). Equal archives give equal bytes: rows in an order
of their own values, numbers of a file given anew, no clock. May import: archive, sites and below, ingest (the version); pyarrow where
Parquet is written. May not: the crawl, the exports.
"""

from govnews.release.build import Built, build, least_part
from govnews.release.check import check
from govnews.release.citation import Citation
from govnews.release.tables import VARIANTS

__all__ = ["VARIANTS", "Built", "Citation", "build", "check", "least_part"]
