"""How the newest runs ended, read without the runs before: the same as the view that reads them all."""

from __future__ import annotations

from pathlib import Path

from making import SITE, day, html, ingested, page, rows

from govnews.archive import finish_run, newest_runs, open_archive, start_run


def test_the_newest_run_of_each_site_is_what_the_view_says(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    ingested(path, [page(html(), day(0))])
    runs = ({SITE.id: "blocked", "990199": "ok"}, {SITE.id: "ok"}, {"990199": "nothing_new"}, {SITE.id: "unreachable"})
    with open_archive(path) as archive:
        for n, ended in enumerate(runs):
            run = start_run(archive, "crawl", now=day(n), version="x", vantage=None, settings={})
            sites = {site: {"verdict": verdict} for site, verdict in ended.items()}
            finish_run(archive, run, now=day(n), reason="finished", counts={}, sites=sites)
        archive.connection.execute(
            "INSERT INTO sites (id, name, hosts, learned, first_seen, last_seen) VALUES ('990199', '', '[]', '{}', '', '')"
        )
        newest = newest_runs(archive)
    assert newest == {SITE.id: (day(3), "unreachable"), "990199": (day(2), "nothing_new")}
    view = rows(path, "SELECT site, finished_at, verdict FROM latest_verdicts")
    assert newest == {row["site"]: (row["finished_at"], row["verdict"]) for row in view}
