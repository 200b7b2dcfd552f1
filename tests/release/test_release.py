"""A release: the same bytes twice and after any merge, every table whole, nothing of the bodies or of persons where it must not be."""

from __future__ import annotations

import csv
import filecmp
import hashlib
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from govnews.archive import finish_run, open_archive, remember_sites, start_run
from govnews.archive.merge import merge
from govnews.ingest import Ingest
from govnews.model import Failure, Page, Site
from govnews.release import Citation, build, check, package
from govnews.release.tables import VARIANTS, renumber, tables
from govnews.release.withhold import RUN, runs, without_folders

SITE = Site("990901", "青杉县", "http://www.qingshan.test/", hosts=("www.qingshan.test",), province="示例省")
CITATION = Citation("青杉县新闻", ("Li, Hua", "青杉大学"), "青杉大学出版社", "1.0", "2026", license="CC-BY-4.0")
LONG = "青杉县召开春季森林防火工作会议并对全年任务作出安排部署"
MOBILE = "13812340987"


def html(title: str, body: str, views: int = 3) -> bytes:
    paragraphs = "".join(f"<p>{line}</p>" for line in body.split("\n"))
    return (
        f"<html><head><meta charset='utf-8'></head><body><h1>{title}</h1><div>发布时间：2024-03-01 09:30 来源：青杉县融媒体中心 "
        f"浏览次数：{views}</div><div class='content'>{paragraphs}</div></body></html>"
    ).encode()


def made(path: Path, numbers: list[int], *, vantage: str, at: str = "2024-03-05T08:00:00Z") -> Path:
    """An archive of one run: articles with a headline that stands in a text, one with a telephone, one that was edited."""
    with open_archive(path) as archive:
        remember_sites(archive, [SITE], now=at)
        run = start_run(
            archive, "crawl", now=at, version="0.1.0", vantage=vantage, settings={"paths": ["/home/someone/p.html"]}
        )
        with Ingest(archive, run) as ingest:
            for n in numbers:
                title = LONG if n == 1 else f"青杉县第{n}号通报，=1+1“引号”"
                body = f"3月1日上午，{LONG}，会议要求把责任落实到山头地块，不留死角{n * 11}处。\n联系电话{MOBILE}，热线12345。值守{n * 37}名，逐日上报。"
                ingest.add(
                    Page(f"http://www.qingshan.test/t20240301_{n}.html", html(title, body), at, site=SITE.id), SITE
                )
            ingest.flush()
            edited = html("青杉县第2号通报（更正）", "更正：原文所载人数有误，现予更正，特此说明，敬请谅解。", 9)
            if 2 in numbers:
                ingest.add(
                    Page("http://www.qingshan.test/t20240301_2.html", edited, "2024-03-07T08:00:00Z", site=SITE.id),
                    SITE,
                )
        finish_run(archive, run, now=at, reason="finished", counts={}, sites={})
    return path


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("a") / "a.db", [1, 2, 3, 4, 5, 6], vantage="青杉，电信")


def released(path: Path, goal: Path, **options: Any) -> Path:
    with open_archive(path, read_only=True) as archive:
        build(archive, goal, CITATION, **options)
    return goal


def same(one: Path, other: Path) -> bool:
    names = sorted(f.relative_to(one).as_posix() for f in one.rglob("*") if f.is_file())
    if names != sorted(f.relative_to(other).as_posix() for f in other.rglob("*") if f.is_file()):
        return False
    return not any(filecmp.cmpfiles(one, other, names, shallow=False)[1:])


def whole(folder: Path) -> bytes:
    """All bytes of a release, its Parquet values undone."""
    from pyarrow import parquet

    out = [f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file() and f.suffix != ".parquet"]
    for file in sorted(folder.rglob("*.parquet")):
        out += [str(value).encode() for column in parquet.read_table(file).to_pydict().values() for value in column]
    return b"\n".join(out)


def bodies(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [r[0] for r in connection.execute("SELECT body FROM articles UNION ALL SELECT body FROM revisions")]


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_column_is_one_that_a_csv_can_hold(path: Path, variant: str) -> None:
    with open_archive(path, read_only=True) as archive:
        renumber(archive.connection)
        assert {f.type for t in tables(archive.connection, variant) for f in t.fields} <= {"TEXT", "INTEGER", "REAL"}


@pytest.mark.parametrize("variant", VARIANTS)
def test_twice_the_same_bytes_and_whole(path: Path, tmp_path: Path, variant: str) -> None:
    one = released(path, tmp_path / "one", variant=variant)
    assert list(check(one)) == []
    assert same(one, released(path, tmp_path / "two", variant=variant))


def test_the_same_after_a_merge_in_either_order(tmp_path: Path) -> None:
    """Ids, versions and runs are numbers of a file; a release has its own."""
    parts = [
        made(tmp_path / "x.db", [1, 2, 3], vantage="甲"),
        made(tmp_path / "y.db", [2, 4, 5], vantage="乙", at="2024-03-06T08:00:00Z"),
    ]
    out = []
    for n, order in enumerate((parts, parts[::-1])):
        both = tmp_path / f"both{n}.db"
        with open_archive(both) as into:
            for part in order:
                with open_archive(part, read_only=True) as source:
                    merge(into, source)
        out.append(released(both, tmp_path / f"r{n}"))
    with closing(sqlite3.connect(tmp_path / "both0.db")) as a, closing(sqlite3.connect(tmp_path / "both1.db")) as b:
        numbers = "SELECT uid, id, version FROM articles ORDER BY uid"
        assert a.execute(numbers).fetchall() != b.execute(numbers).fetchall()
    assert same(*out)
    assert list(check(out[0])) == []


def test_the_database_holds_what_the_archive_holds(path: Path, tmp_path: Path) -> None:
    out = released(path, tmp_path / "r", mask=False)
    with closing(sqlite3.connect(out / "govnews.db")) as connection:
        connection.execute("ATTACH ? AS a", (str(path),))
        shown = "uid, title, publish_time, source, body, view_count, url, sha256, flags"
        for one, other in (("main", "a"), ("a", "main")):
            assert not connection.execute(
                f"SELECT {shown} FROM {one}.articles EXCEPT SELECT {shown} FROM {other}.articles"
            ).fetchall()
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
        assert connection.execute("SELECT id FROM articles ORDER BY uid").fetchall() == [(n,) for n in range(1, 7)]
        assert connection.execute("SELECT count(*) FROM revisions JOIN articles USING (uid)").fetchone()[0] == 1
        assert connection.execute("SELECT sum(articles) FROM articles_by_month").fetchone()[0] == 6
        assert "/home" not in connection.execute("SELECT settings FROM runs").fetchone()[0]
    rows = list(csv.DictReader((out / "csv" / "articles.csv").open(encoding="utf-8", newline="")))
    assert sorted(row["body"] for row in rows) == sorted(bodies(out / "govnews.db"))[: len(rows)] or len(rows) == 6
    described = json.loads((out / package.NAME).read_text("utf-8"))
    schema = next(r["schema"] for r in described["resources"] if r["name"] == "articles")
    types = {f["name"]: f["type"] for f in schema["fields"]}
    assert (types["publish_date"], types["view_count"], types["first_seen"], types["title"]) == (
        "date",
        "integer",
        "datetime",
        "string",
    )


@pytest.mark.parametrize("variant", ["metadata", "features"])
def test_no_run_of_a_body_is_anywhere(path: Path, tmp_path: Path, variant: str) -> None:
    out = released(path, tmp_path / "r", variant=variant)
    data = whole(out)
    texts = bodies(path)
    assert any(LONG in text for text in texts) and len(texts) == 7
    assert not [run for text in texts for run in runs(text) if run.encode() in data]
    with closing(sqlite3.connect(out / "govnews.db")) as connection:
        assert connection.execute("SELECT count(*) FROM articles WHERE characters > 0").fetchone()[0] == 6
        if variant == "metadata":
            cut = connection.execute("SELECT title FROM articles WHERE url LIKE '%\\_1.html' ESCAPE '\\'").fetchone()[0]
            assert cut == LONG[: RUN - 2] + "…"
            assert json.loads((out / "manifest.json").read_text("utf-8"))["shortened"]["articles.title"] == 1


def test_persons_are_covered_unless_asked_otherwise(path: Path, tmp_path: Path) -> None:
    covered, plain = released(path, tmp_path / "a"), released(path, tmp_path / "b", mask=False)
    assert MOBILE.encode() not in whole(covered) and b"12345" in whole(covered)
    assert MOBILE.encode() in whole(plain)
    with closing(sqlite3.connect(covered / "govnews.db")) as connection:
        marked = connection.execute("SELECT kind, count(*), sum(places) FROM private_marks GROUP BY kind").fetchall()
        assert marked == [("mobile", 6, 6)]
        lost = "SELECT count(*) FROM private_marks m WHERE NOT EXISTS (SELECT 1 FROM articles WHERE uid = m.uid AND version = m.version)"
        assert connection.execute(lost).fetchone()[0] == 1, "the one of the revision"


def test_parts_put_together_are_the_whole(path: Path, tmp_path: Path) -> None:
    out = released(path, tmp_path / "r", part=65_536, mask=False)
    assert list(check(out)) == []
    files = [f for f in out.rglob("*") if f.is_file()]
    assert max(f.stat().st_size for f in files) <= 65_536
    parts = sorted(out.glob("govnews.db.*"))
    assert len(parts) > 1
    one = released(path, tmp_path / "one", mask=False)
    joined = b"".join(p.read_bytes() for p in parts)
    assert hashlib.sha256(joined).digest() == hashlib.sha256((one / "govnews.db").read_bytes()).digest()


def test_tables_in_parts(tmp_path: Path) -> None:
    """CSV goes on byte by byte; of Parquet each part is a file."""
    from pyarrow import parquet

    from govnews.release import csv_files, parquet_files
    from govnews.release.tables import Field, Table

    table = Table("t", "", "", (Field("n", "INTEGER", "", ""), Field("text", "TEXT", "", "")), ("n",), "")
    rows = [(n, f'青杉"{n}"\n' * 20 if n % 3 else None) for n in range(500)]
    files = csv_files.write(tmp_path, "t", table.names, rows, 10_000)
    assert len(files) > 3 and max(f.stat().st_size for f in files) <= 10_000
    [whole_file] = csv_files.write(tmp_path / "..", "whole", table.names, rows, 10**9)
    assert b"".join(f.read_bytes() for f in files) == whole_file.read_bytes()
    made_of = parquet_files.write(tmp_path, table, rows, 100_000)
    assert len(made_of) > 1
    assert [tuple(r.values()) for f in made_of for r in parquet.read_table(f).to_pylist()] == rows
    with pytest.raises(Failure, match="a row of t has"):
        csv_files.write(tmp_path, "t", table.names, [(1, "x" * 100)], 50)


FAULTS = {
    "a changed byte": lambda f: (f / "csv" / "articles.csv").write_bytes(
        (f / "csv" / "articles.csv").read_bytes()[:-3] + b"9\r\n"
    ),
    "a file gone": lambda f: (f / "codebook.md").unlink(),
    "a file more": lambda f: (f / "more.txt").write_text("x"),
}


@pytest.mark.parametrize("harm", FAULTS.values(), ids=FAULTS)
def test_damage_is_found(path: Path, tmp_path: Path, harm: Any) -> None:
    out = released(path, tmp_path / "r")
    harm(out)
    assert len(list(check(out))) == 1


def rehash(folder: Path) -> None:
    """As one who changes a release and its hashes too."""
    files = sorted(
        f.relative_to(folder).as_posix() for f in folder.rglob("*") if f.is_file() and f.name != "SHA256SUMS"
    )
    lines = [f"{hashlib.sha256((folder / n).read_bytes()).hexdigest()}  {n}\n" for n in files]
    (folder / "SHA256SUMS").write_text("".join(lines), "utf-8")


CHANGES = [
    ("csv/revisions.csv", '"2024-03-07T08:00:00Z"', '"yesterday"', "not of its type"),
    ("csv/view_observations.csv", '"inline",3', '"inline","three"', "not of its type"),
    ("datapackage.json", '"name": "captures"', '"name": "Captures!"', "may hold"),
    ("datacite.json", '"publicationYear": "2026"', '"publicationYear": ""', "publicationYear"),
    ("manifest.json", '"rows": 6', '"rows": 60', "manifest says 60"),
]


@pytest.mark.parametrize(("name", "old", "new", "said"), CHANGES)
def test_what_hashes_do_not_tell(path: Path, tmp_path: Path, name: str, old: str, new: str, said: str) -> None:
    out = released(path, tmp_path / "r")
    text = (out / name).read_bytes().decode()
    if old not in text:  # times of a revision are those of its capture
        old = old.replace("07T", "05T")
    assert old in text
    (out / name).write_bytes(text.replace(old, new, 1).encode())
    rehash(out)
    assert any(said in fault for fault in check(out))


def test_a_lost_reference_is_found(path: Path, tmp_path: Path) -> None:
    out = released(path, tmp_path / "r")
    table = out / "csv" / "view_observations.csv"
    lines = table.read_bytes().splitlines(keepends=True)
    table.write_bytes(b"".join([lines[0], b'"0000000000000000"' + lines[1][18:], *lines[2:]]))
    rehash(out)
    assert any("are not in articles" in fault for fault in check(out))


def test_nothing_is_invented_for_the_record() -> None:
    with pytest.raises(Failure, match="no DOI"):
        Citation("t", ("a",), "p", "1", "2026", doi="to be assigned")
    with pytest.raises(Failure, match="publisher is empty"):
        Citation("t", ("a",), " ", "1", "2026")


def test_as_of_and_sample(path: Path, tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text("code\n990901\n", "utf-8")
    out = released(path, tmp_path / "r", as_of="2024-06-30T00:00:00Z", sample=tmp_path / "s.csv")
    assert (out / "sample.csv").read_text("utf-8") == "code\n990901\n"
    record = json.loads((out / "datacite.json").read_text("utf-8"))
    assert record["dates"][0]["date"] == "2024-06-30T00:00:00Z" and "doi" not in record
    assert list(check(out)) == []
    with pytest.raises(Failure, match="is there already"):
        released(path, out)
    assert same(
        out,
        released(
            path,
            shutil.copytree(out, tmp_path / "again"),
            as_of="2024-06-30T00:00:00Z",
            sample=tmp_path / "s.csv",
            force=True,
        ),
    )


def test_folders_of_the_machine_stay_at_home() -> None:
    settings = json.dumps(
        {"paths": ["/home/a/b.html", "C:\\x\\y.warc"], "site": None, "all": "http://a.test/b", "n": 3}
    )
    assert json.loads(without_folders(settings)) == {
        "paths": ["b.html", "y.warc"],
        "site": None,
        "all": "http://a.test/b",
        "n": 3,
    }
