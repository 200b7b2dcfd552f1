"""The panel: counties, prefectures or provinces by month or year, from the coverage tables; null where nobody observed.

One SELECT, so that every format writes it and a reader can run it himself. May import: archive, selection.py, model.
"""

from __future__ import annotations

from govnews.archive import Archive, find
from govnews.export.selection import Selection, of_sql
from govnews.model import Failure

UNITS = ("county", "prefecture", "province")
PERIODS = ("month", "year")
PANELS = tuple(f"{unit}-{period}" for unit in UNITS for period in PERIODS)

_COUNTY = """
SELECT c.county, c.name, c.province, c.prefecture, c.month, c.status, c.listed,
       CASE WHEN c.status = 'observed_zero' THEN 0 WHEN c.status IN ('observed', 'partial') AND c.archived > 0 THEN c.archived END
           AS articles{numbers}
FROM coverage_county_month c LEFT JOIN (
    SELECT coalesce(s.division_code, a.site) AS county, substr(a.publish_date, 1, 7) AS month{counted}
    FROM articles a LEFT JOIN sites s ON s.id = a.site
         LEFT JOIN source_kinds k ON k.site = a.site AND k.source = a.source
    WHERE a.publish_date IS NOT NULL GROUP BY 1, 2
) a ON a.county = c.county AND a.month = c.month
{where}ORDER BY c.county, c.month"""
_NUMBERS = {
    "characters": "sum(length(a.body))",
    "edited": "sum(EXISTS (SELECT 1 FROM revisions r WHERE r.uid = a.uid AND r.cause = 'site'))",
    "no_longer_found": "sum(a.presence = 'gone')",
    "own_words": "sum(k.kind IN ('own-county', 'party', 'department'))",
    "from_above": "sum(k.kind IN ('prefecture', 'province', 'central'))",
    "unknown_source": "sum(a.source IS NOT NULL AND coalesce(k.kind, 'unknown') = 'unknown')",
    "text_elsewhere": "CASE WHEN EXISTS (SELECT 1 FROM text_signatures) "
    "THEN sum(EXISTS (SELECT 1 FROM reprints t WHERE t.uid = a.uid)) END",
}
"""Of the articles of a county and month. Whose words: null while no source of them is sorted (govnews sources). text_elsewhere: null
until texts were compared (govnews reprints)."""
_HITS = "sum(a.uid IN (SELECT uid FROM temp.hits))"
_OBSERVED = (
    "CASE WHEN c.status = 'observed_zero' THEN 0 WHEN c.status IN ('observed', 'partial') THEN a.{name} END AS {name}"
)


def panel(archive: Archive, kind: str, *, query: str = "", counties: list[str] | None = None) -> Selection:
    """A panel of what `govnews coverage` has worked out. kind: one of PANELS. query: counts its hits too, in column `hits`.
    counties: only these. A total is null where no month was observed, 0 only where a month was read and silent; `partial` months
    count what is archived. Raises Failure `no_coverage`, `bad_query`."""
    unit, _, period = kind.partition("-")
    if not archive.connection.execute("SELECT 1 FROM coverage_county_month LIMIT 1").fetchone():
        raise Failure("no_coverage", "no coverage has been worked out yet", hint="govnews coverage", exit_code=1)
    numbers = dict(_NUMBERS)
    if query:
        archive.connection.execute("DROP TABLE IF EXISTS temp.hits")
        archive.connection.execute("CREATE TEMP TABLE hits (uid TEXT PRIMARY KEY)")
        found = find.uids(archive, find.Query(text=query))
        archive.connection.executemany("INSERT INTO temp.hits VALUES (?)", ((uid,) for uid in found))
        numbers["hits"] = _HITS
    counted = "".join(f",\n           {said} AS {name}" for name, said in numbers.items())
    listed = "".join(",\n       " + _OBSERVED.format(name=name) for name in numbers)
    where = f"WHERE c.county IN ({', '.join(map(_quoted, counties))}) " if counties is not None else ""
    sql = _COUNTY.format(numbers=listed, counted=counted, where=where)
    if (unit, period) != ("county", "month"):
        sql = _grouped(sql, unit, period, ["articles", *numbers])
    return of_sql(archive, sql)


def _grouped(sql: str, unit: str, period: str, numbers: list[str]) -> str:
    """Sums over what was observed, beside how many county-months there are and how many of them were observed. A number that some
    of them lack (sources not sorted yet) is null, not the sum of the others."""
    names = {
        "county": "county, name, province, prefecture",
        "prefecture": "province, prefecture",
        "province": "province",
    }[unit]
    when = "month" if period == "month" else "substr(month, 1, 4) AS year"
    sums = ", ".join(f"CASE WHEN count({name}) = count(articles) THEN sum({name}) END AS {name}" for name in numbers)
    return (
        f"SELECT {names}, {when}, count(*) AS county_months, sum(status IN ('observed', 'observed_zero')) AS county_months_observed, "
        f"sum(status = 'partial') AS county_months_partial, {sums} FROM ({sql}) GROUP BY {names}, {when.split(' AS ')[0]} "
        f"ORDER BY {names}, {when.split(' AS ')[0]}"
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def survival(archive: Archive) -> Selection:
    """The life of every article, one row each: view article_lives."""
    return of_sql(archive, "SELECT * FROM article_lives ORDER BY site, uid")
