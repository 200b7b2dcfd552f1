"""The SQL of a panel, step by step, each step a table of the connection's own. Data only: work.py puts it together.

`panel_part` has a row for each county and period of coverage with the cell it belongs to, `panel_cell` a row for each cell,
`panel_count` and `panel_view` what its articles say, `panel` the result.
"""

from __future__ import annotations

PARTS = {
    "week": "SELECT county, week AS period, monday AS first, date(monday, '+6 days') AS last, CAST(substr(week, 1, 4) AS INTEGER) AS year, "
    "name, province, prefecture, listed, archived, status FROM coverage_county_week",
    "month": "SELECT county, month AS period, month || '-01' AS first, month || '-31' AS last, CAST(substr(month, 1, 4) AS INTEGER) AS year, "
    "name, province, prefecture, listed, archived, status FROM coverage_county_month",
    "year": "SELECT county, substr(month, 1, 4) AS period, month || '-01' AS first, month || '-31' AS last, "
    "CAST(substr(month, 1, 4) AS INTEGER) AS year, name, province, prefecture, listed, archived, status FROM coverage_county_month",
}
PLACES = "SELECT county, year, max(name) AS name, max(province) AS province, max(prefecture) AS prefecture FROM ({parts}) GROUP BY 1, 2 ORDER BY 1, 2"
UNIT = (
    "CREATE TEMP TABLE panel_unit (county TEXT, year INTEGER, unit INTEGER NOT NULL, code_then TEXT, name_then TEXT, mark INTEGER, "
    "PRIMARY KEY (county, year)) WITHOUT ROWID"
)
NAME = "CREATE TEMP TABLE panel_name (unit INTEGER PRIMARY KEY, county TEXT, name TEXT, province TEXT, prefecture TEXT)"
CELLS = (
    """CREATE TEMP TABLE panel_cell AS
    SELECT row_number() OVER (ORDER BY unit, period) AS cell, unit, period, min(first) AS begins,
           group_concat(DISTINCT code_then) AS code_then, group_concat(DISTINCT name_then) AS name_then, min(mark) AS mark,
           count(*) AS parts, sum(status IN ('observed', 'observed_zero')) AS observed, sum(status = 'observed_zero') AS zeros,
           sum(status = 'partial') AS partial, sum(status NOT IN ('observed', 'observed_zero', 'partial')) AS unobserved,
           min(place) AS place, sum(listed) AS listed
    FROM (SELECT p.*, {place} AS place FROM ({parts}) p) JOIN temp.panel_unit USING (county, year) GROUP BY unit, period""",
    """CREATE TEMP TABLE panel_part (cell INTEGER, county TEXT, first TEXT, last TEXT, PRIMARY KEY (cell, county, first)) WITHOUT ROWID""",
    """INSERT INTO temp.panel_part SELECT c.cell, p.county, p.first, p.last FROM ({parts}) p JOIN temp.panel_unit u USING (county, year)
    JOIN temp.panel_cell c ON c.unit = u.unit AND c.period = p.period WHERE p.status IN ('observed', 'partial') AND p.archived > 0""",
    """CREATE TEMP TABLE panel_site AS SELECT coalesce(s.division_code, x.site) AS county, x.site
    FROM (SELECT DISTINCT site FROM articles) x LEFT JOIN sites s ON s.id = x.site""",
    "CREATE INDEX temp.panel_sites ON panel_site (county, site)",
    "CREATE TEMP TABLE panel_redated AS SELECT DISTINCT uid FROM redated_articles",
    "CREATE TEMP TABLE panel_reset AS SELECT uid, observed_at, method, value FROM observations_after_reset",
    """CREATE TEMP TABLE panel_edited AS SELECT uid, count(*) AS edits FROM revisions WHERE cause = 'site' GROUP BY uid""",
)
ARTICLES = (
    "temp.panel_part p CROSS JOIN temp.panel_site s ON s.county = p.county "
    "CROSS JOIN articles a ON a.site = s.site AND a.publish_date BETWEEN p.first AND p.last"
)
COUNTS = (
    "CREATE TEMP TABLE panel_count AS SELECT p.cell, {measures} FROM "
    + ARTICLES
    + """ LEFT JOIN source_kinds k ON k.site = a.site AND k.source = a.source
    LEFT JOIN text_signatures t ON t.text_sha256 = a.text_sha256 LEFT JOIN reprints e ON e.uid = a.uid
    LEFT JOIN temp.panel_edited v ON v.uid = a.uid LEFT JOIN temp.panel_redated d ON d.uid = a.uid GROUP BY p.cell"""
)
_AGE = "julianday(date(o.observed_at, '+8 hours')) - julianday(a.publish_date)"
VIEWS = (
    """CREATE TEMP TABLE panel_view AS SELECT cell, {measures} FROM (
    SELECT cell, how, value, reset, row_number() OVER (PARTITION BY cell, how ORDER BY value) AS n, count(*) OVER (PARTITION BY cell, how) AS many
    FROM (SELECT p.cell, iif(o.method = 'inline', 'printed', 'counter') AS how, o.value, r.uid IS NOT NULL AS reset,
                 row_number() OVER (PARTITION BY a.uid, o.method = 'inline'
                 ORDER BY abs("""
    + _AGE
    + """ - ({low} + {high}) / 2.0), o.observed_at, o.value) AS choice FROM """
    + ARTICLES
    + """ CROSS JOIN view_observations o ON o.uid = a.uid LEFT JOIN temp.panel_reset r ON r.uid = o.uid
          AND r.observed_at = o.observed_at AND r.method = o.method AND r.value = o.value
          WHERE """
    + _AGE
    + """ BETWEEN {low} AND {high}) WHERE choice = 1) GROUP BY cell"""
)
"""Of each article one reading a method: the one nearest to the middle of the ages asked for."""
RESULT = (
    "CREATE TEMP TABLE panel AS SELECT {columns} FROM temp.panel_cell c JOIN temp.panel_name n USING (unit) "
    "LEFT JOIN temp.panel_count m USING (cell) LEFT JOIN temp.panel_view w USING (cell) ORDER BY c.cell"
)
TABLES = (
    "panel",
    "panel_cell",
    "panel_part",
    "panel_site",
    "panel_redated",
    "panel_reset",
    "panel_edited",
    "panel_count",
    "panel_view",
)
