"""The way of one page: a Page in, an archive changed. The same for crawl, import and re-extraction (DESIGN §4).

Lives here: understand (find and settle), unit (what to store), Ingest (both, and the writer). May import: archive, extraction
and below. May not: Scrapy, the registry, the command line.
"""

from govnews.ingest.answers import response_class
from govnews.ingest.extractor import extractor_version, package_version
from govnews.ingest.way import Ingest, find, make_unit, settle

__all__ = ["Ingest", "extractor_version", "find", "make_unit", "package_version", "response_class", "settle"]
