"""What a panel is asked for, and the columns and rows that answer it. May import: archive, selection.py, model, its neighbours."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from govnews.archive import Archive, require_views
from govnews.export.panel import meanings, work
from govnews.export.selection import Column, Selection, of_sql
from govnews.model import Failure

UNITS = ("county", "prefecture", "province")
PERIODS = ("week", "month", "year")
PANELS = tuple(f"{unit}-{period}" for unit in UNITS for period in PERIODS)
_LABELS = {
    "county": ("county", "name", "province", "prefecture"),
    "prefecture": ("province", "prefecture"),
    "province": ("province",),
}


@dataclass(frozen=True, slots=True)
class Ask:
    """kind: one of PANELS. hits: queries whose hits are counted. counties: only these; null = all of the coverage. base_year: counties
    as they were at the end of that year, one series each. ages: days after publication at which views count, both included. wide: a
    column for each period with this measure instead of a row. fields: columns of the long form and their order; all when empty."""

    kind: str
    hits: tuple[str, ...] = ()
    counties: Sequence[str] | None = None
    base_year: int | None = None
    ages: tuple[int, int] = (25, 35)
    wide: str | None = None
    fields: tuple[str, ...] = ()

    @property
    def unit(self) -> str:
        """county, prefecture or province."""
        return self.kind.partition("-")[0]

    @property
    def period(self) -> str:
        """week, month or year."""
        return self.kind.partition("-")[2]

    @property
    def single(self) -> bool:
        """Whether a cell is one county in one period of coverage, so that it has a status."""
        return self.unit == "county" and self.period != "year"

    @property
    def labels(self) -> tuple[str, ...]:
        """Columns that say where."""
        return _LABELS[self.unit]

    @property
    def measures(self) -> tuple[meanings.Measure, ...]:
        """The measures, in order."""
        first, *rest = meanings.measures(*self.ages)
        return (first, *meanings.hits(self.hits), *rest)


def measure_names() -> list[str]:
    """What a wide panel can be made of, besides hits."""
    return ["status", "listed", *(m.column.name for m in meanings.measures(25, 35))]


def panel(archive: Archive, ask: Ask) -> Selection:
    """A panel of what `govnews coverage` has worked out. A number is null where no part of the cell was observed, 0 only where lists
    were read and silent; `partial` parts count what is archived. Raises Failure `no_coverage`, `no_divisions`, `bad_query`,
    `unknown_field`, `bad_panel`, `old_schema`."""
    columns = _columns(ask)
    if ask.base_year is not None and ask.unit != "county":
        raise Failure("bad_panel", "a base year goes with a panel of counties", exit_code=2)
    if ask.wide is not None:
        _known(ask, [ask.wide], [n for n in columns if n in measure_names() or n.startswith("hits")])
    _known(ask, ask.fields, list(columns))
    require_views(archive)
    work.make(archive, ask, columns)
    if ask.wide is not None:
        return _wide(archive, ask, columns[ask.wide])
    count = archive.connection.execute("SELECT count(*) FROM temp.panel").fetchone()[0]
    chosen = {name: columns[name] for name in ask.fields or columns}
    sql = f"SELECT {', '.join(chosen)} FROM temp.panel ORDER BY cell"
    return Selection(archive, tuple(chosen.values()), int(count), sql)


def _columns(ask: Ask) -> dict[str, Column]:
    """The columns of the long form, in order."""
    counted = "week" if ask.period == "week" else "month"
    known = meanings.places(counted)
    names = list(ask.labels)
    if ask.unit == "county":
        names += ["code_then", "name_then"]
    if ask.base_year is not None:
        names.append("division")
    names += [ask.period, "begins"]
    if ask.single:
        names.append("status")
    if not ask.single or ask.base_year is not None:
        parts = f"county_{counted}s"
        names += [parts, f"{parts}_observed", f"{parts}_partial", f"{parts}_unobserved"]
    names.append("listed")
    return {name: known[name] for name in names} | {m.column.name: m.column for m in ask.measures}


def _known(ask: Ask, wanted: Sequence[str], names: Sequence[str]) -> None:
    for name in wanted:
        if name not in names:
            near = difflib.get_close_matches(name, names, n=1)
            hint = f"did you mean {near[0]}?" if near else f"one of {', '.join(names)}"
            raise Failure("unknown_field", f"a panel by {ask.kind} has no {name}", hint=hint, exit_code=2)


def _wide(archive: Archive, ask: Ask, measure: Column) -> Selection:
    """One row a place, one column a period."""
    periods = [row[0] for row in archive.connection.execute("SELECT DISTINCT period FROM temp.panel_cell ORDER BY 1")]
    known = meanings.places("month")
    columns = [known[name] for name in ask.labels]
    columns += [
        Column(period, measure.kind, f"{measure.name} of {period}", f"{period} {measure.zh}") for period in periods
    ]
    sql = ", ".join(f"max({name}) AS {name}" for name in ask.labels)
    sql += "".join(f", max(iif(period = '{period}', {measure.name}, NULL)) AS \"{period}\"" for period in periods)
    count = archive.connection.execute("SELECT count(DISTINCT unit) FROM temp.panel").fetchone()[0]
    return Selection(archive, tuple(columns), int(count), f"SELECT {sql} FROM temp.panel GROUP BY unit ORDER BY unit")


_SURVIVAL = (
    "SELECT l.*, d.uid IS NOT NULL AS redated, r.uid IS NOT NULL AS counter_reset FROM article_lives l "
    "LEFT JOIN (SELECT DISTINCT uid FROM redated_articles) d ON d.uid = l.uid "
    "LEFT JOIN (SELECT DISTINCT uid FROM observations_after_reset) r ON r.uid = l.uid ORDER BY l.site, l.uid"
)


def survival(archive: Archive) -> Selection:
    """The life of every article, one row each: view article_lives, and whether its day or its view counts are doubtful.
    Raises Failure `old_schema`."""
    require_views(archive)
    return of_sql(archive, _SURVIVAL)
