"""Export: what the archive holds, into files that other programs read. Nothing is changed; files appear whole or not at all.

Lives here: what is chosen (selection, panel), what goes with them (companions), one module a format
(formats/, found by scanning). May import: archive, extraction and below; pyarrow, xlsxwriter, pandas, warcio where a format
needs one. May not: ingest, the crawl, the registry.
"""

from govnews.export.job import Job, Written, export, format_names, format_of, stream_of
from govnews.export.panel import PANELS, Ask, panel, survival
from govnews.export.selection import Selection, all_fields, articles, of_sql

__all__ = [
    "PANELS",
    "Ask",
    "Job",
    "Selection",
    "Written",
    "all_fields",
    "articles",
    "export",
    "format_names",
    "format_of",
    "of_sql",
    "panel",
    "stream_of",
    "survival",
]
