"""A page to an Article, a list page to a Listing: pure functions that never raise, whatever the input.

Lives here: the reading of pages. May import: families, text, model, lxml, parsel. May not: Scrapy, databases, the network,
files, clocks; the time of fetching is an argument.
"""

from govnews.extraction.article import extract, find, read_page
from govnews.extraction.identity import host_of, key_of, uid, url_key
from govnews.extraction.listing import listing, read_list
from govnews.extraction.row_years import with_years
from govnews.extraction.settle import settle

__all__ = [
    "extract",
    "find",
    "host_of",
    "key_of",
    "listing",
    "read_list",
    "read_page",
    "settle",
    "uid",
    "url_key",
    "with_years",
]
