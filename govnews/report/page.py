"""A report as one HTML file: every section asked in one read transaction, drawn, and written whole or not at all.

May import: archive, model, its neighbours in this room; jinja2 at first use.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from govnews.archive import Archive, require_views
from govnews.archive.output import staged
from govnews.model import Failure
from govnews.report import charts
from govnews.report.sections import Language, Row, Scope, answer, names, rows, word


def report(
    archive: Archive,
    scope: Scope,
    out: Path,
    *,
    language: Language = "en",
    provinces: Callable[[], list[Row]] | None = None,
    force: bool = False,
    progress: Callable[[int, int], None] = lambda *_: None,
) -> int:
    """Writes the report to `out`; gives the number of its sections. provinces: called among the other questions, gives how many counties
    of each province are known, crawlable and so on (`province` and counts), for a table at the end; null: no such table, as in a report on
    one county. progress: called with sections done and in all.

    Raises Failure `exists`, `cannot_write`, `no_extra` (with what to install), `old_schema`, `no_articles`.
    """
    try:
        import jinja2
        import vl_convert  # noqa: F401  asked for now: before anything is read
    except ImportError as error:
        raise Failure(
            "no_extra",
            f"the report needs {error.name}, which is not installed",
            hint="python -m pip install 'govnews[charts]'",
        ) from error
    require_views(archive)
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, undefined=jinja2.StrictUndefined)
    template = environment.from_string(files(__package__).joinpath("report.html.j2").read_text("utf-8"))
    with staged(out, force=force) as folder:
        archive.connection.execute("BEGIN")  # a crawl may be writing: all sections see one state
        try:
            totals = _totals(archive, scope)
            sections = []
            for n, name in enumerate(names(), 1):
                section = answer(archive, name, scope, language)
                sections.append((section, charts.image(section, language) if section.drawn else ""))
                progress(n, len(names()))
            about = _about(archive, scope, language)
            reached = provinces() if provinces is not None else []
        finally:
            archive.connection.execute("ROLLBACK")
        page = template.render(
            about=about,
            cell=lambda column, value: charts.cell(column, value, language),
            file=archive.path.name,
            language="zh-Hans" if language == "zh" else "en",
            provinces=reached,
            reached={name: sum(row[name] for row in reached) for name in list(reached[0])[1:]} if reached else {},
            sections=sections,
            style=files(__package__).joinpath("report.css").read_text("utf-8"),
            totals=totals,
            version=version("govnews"),
            w=lambda key, group="page", **values: _said(word(group, key, language), values),
        )
        # a lone half of a sign is nothing UTF-8 can hold
        (folder / out.name).write_bytes(page.encode("utf-8", "replace"))
    return len(sections) + bool(reached)


def _said(sentence: str, values: dict[str, Any]) -> str:
    return sentence.format(**values) if values else sentence


def _totals(archive: Archive, scope: Scope) -> Row:
    found = rows(
        archive,
        f"SELECT count(*) AS articles, count(DISTINCT site) AS sites, (SELECT count(*) FROM captures WHERE {scope.condition}) AS captures, "
        f"(SELECT max(fetched_at) FROM captures WHERE {scope.condition}) AS newest FROM articles WHERE {scope.condition}",
    )[0]
    if not found["articles"]:
        raise Failure(
            "no_articles", "there is no article to report on", hint="govnews stats says what the archive holds"
        )
    return {**found, "newest": (found["newest"] or "-")[:16].replace("T", " ")}


def _about(archive: Archive, scope: Scope, language: Language) -> str:
    """What the report is about, a county with its province."""
    if scope.site is None:
        return scope.province or word("page", "whole", language)
    found = rows(
        archive,
        f"SELECT province, prefecture, name FROM sites WHERE id IN (SELECT site FROM articles WHERE {scope.condition})",
    )
    parts = [part for row in found for part in dict.fromkeys(row.values()) if part]
    return " ".join([*parts, f"({scope.site})"])
