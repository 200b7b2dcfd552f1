"""The words of the house: what an article, a list, a page, a site and a task are, and every code we say.

Lives here: frozen dataclasses and the one table of codes. Nothing here does anything.
May import: the standard library only. Everything else may import this room.
"""

from govnews.model.article import FIELDS, Article
from govnews.model.codes import CODES, Code, Issue
from govnews.model.failure import Failure
from govnews.model.listing import Listing, ListItem, ListRequest
from govnews.model.page import Page, Task
from govnews.model.reading import CounterCall, Findings, Found, Reading
from govnews.model.site import Column, Expect, Layout, LearnedLayout, Site

__all__ = [
    "CODES",
    "FIELDS",
    "Article",
    "Code",
    "Column",
    "CounterCall",
    "Expect",
    "Failure",
    "Findings",
    "Found",
    "Issue",
    "Layout",
    "LearnedLayout",
    "ListItem",
    "ListRequest",
    "Listing",
    "Page",
    "Reading",
    "Site",
    "Task",
]
