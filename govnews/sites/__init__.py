"""The registry: divisions, homes, news columns and site files, and which Site a name means.

Lives here: what is known of counties before a page is fetched. May import: families, model, the standard library, parsel
(to check selectors). May not: the archive (a shell passes what it has learned), Scrapy, the network.
"""

from govnews.sites.directory import Directory, directory
from govnews.sites.former import division_changes
from govnews.sites.frame import County, counties, frame
from govnews.sites.place import data_dir
from govnews.sites.resolve import (
    all_sites,
    division_of,
    full_province,
    others_of,
    resolve,
    search,
    search_files,
    with_learned,
)
from govnews.sites.site_file import load_site_files, read_site_file
from govnews.sites.steps import STEPS, step_rows, steps

__all__ = [
    "STEPS",
    "County",
    "Directory",
    "all_sites",
    "counties",
    "data_dir",
    "directory",
    "division_changes",
    "frame",
    "division_of",
    "full_province",
    "load_site_files",
    "read_site_file",
    "others_of",
    "resolve",
    "search",
    "search_files",
    "step_rows",
    "steps",
    "with_learned",
]
