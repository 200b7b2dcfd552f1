"""Report: an archive, or a part of it, as one HTML file with charts; it needs nothing from outside and runs nothing.

Lives here: what is asked and said (sections.toml, words.toml), how rows become drawings (charts) and a page (page, report.html.j2).
May import: archive, model; vl_convert and jinja2 at first use (extra `charts`). May not: the other shells, ingest, the registry.
"""

from govnews.report.page import report
from govnews.report.sections import Scope

__all__ = ["Scope", "report"]
