"""Importers: pages that someone has saved, into the archive by the same way as a crawl's.

Lives here: the loop over files (taking), the readers of file formats (readers/, found by scanning that folder), walking folders, choosing records
of WARC files by an index (cdx).
May import: ingest, archive and below; warcio where a WARC is read. May not: Scrapy, the registry.
"""

from govnews.importers.cdx import Selection, select
from govnews.importers.folder import address, page_files, printable, refuse_absent
from govnews.importers.item import Done, Options
from govnews.importers.taking import Imported, import_paths

__all__ = [
    "Done",
    "Imported",
    "Options",
    "Selection",
    "address",
    "import_paths",
    "page_files",
    "printable",
    "refuse_absent",
    "select",
]
