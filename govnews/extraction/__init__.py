"""A page to an Article, a list page to a Listing: pure functions that never raise, whatever the input.

Lives here: the reading of pages. May import: families, text, model, lxml, parsel. May not: Scrapy, databases, the network,
files, clocks; the time of fetching is an argument.
"""

from govnews.extraction.article import extract, find, read_page
from govnews.extraction.settle import settle

__all__ = ["extract", "find", "read_page", "settle"]
