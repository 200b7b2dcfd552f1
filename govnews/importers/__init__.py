"""Importers: pages that someone has saved, into the archive by the same way as a crawl's.

Lives here: folders of HTML and plain-text pages. May import: ingest, archive and below. May not: Scrapy, the registry.
"""

from govnews.importers.folder import Imported, import_paths, refuse_absent

__all__ = ["Imported", "import_paths", "refuse_absent"]
