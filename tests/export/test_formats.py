"""Every value comes back from every format, read by the programs people read them with."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas
import pyarrow.dataset
import pytest
from conftest import Govnews
from exported import LONG, TRIALS, make, stored
from hypothesis import given
from hypothesis import strategies as st

from govnews.archive import open_archive
from govnews.cli import progress
from govnews.export import Selection, articles, export, of_sql
from govnews.export.formats import csv as csv_format
from govnews.export.formats import xlsx
from govnews.model import Failure


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("县 export") / "a.db")


def written(db: Path, goal: Path, format: str, sql: str | None = None) -> Path:
    """An export of everything, or of a query."""
    with open_archive(db, read_only=True) as archive:
        export(of_sql(archive, sql) if sql else articles(archive), format, goal)
    return goal


def same(found: Iterable[dict[str, Any]], db: Path, **changes: Any) -> None:
    """What was read is what is stored, but for what the format cannot tell: `changes` maps a stored value."""
    by_uid = {row["uid"]: row for row in found}
    wanted = stored(db)
    assert by_uid.keys() == wanted.keys() and len(wanted) == len(TRIALS)
    for uid, article in wanted.items():
        expected = {name: changes.get(name, lambda v: v)(value) for name, value in article.items()}
        assert by_uid[uid] == expected


def test_the_trial_is_one(db: Path) -> None:
    """The archive really holds what formats get wrong."""
    rows = stored(db).values()
    assert {row["title"] for row in rows} == set(TRIALS)
    assert {row["publish_time_precision"] for row in rows} == {"second", "minute", "day"}
    assert {row["view_count"] for row in rows} == {31, 7, None} and {row["province"] for row in rows} == {
        "云南省",
        None,
    }
    assert max(len(row["body"]) for row in rows) > len(LONG)


def test_csv_by_the_csv_module(db: Path, tmp_path: Path) -> None:
    """Null and "" are told apart by the quotes; a formula is defused and comes back."""
    goal = written(db, tmp_path / "a.csv", "csv")
    raw = goal.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") and b"\"'=HYPERLINK" in raw and b"\r\n" in raw
    with goal.open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    numbers = ("version", "view_count")
    rows = [
        {n: (int(v) if v else None) if n in numbers else csv_format.restored(v) for n, v in row.items()}
        for row in found
    ]
    nothing = {name: lambda v: "" if v is None else v for name in rows[0] if name not in numbers}
    same(rows, db, **nothing)
    for row in found:
        assert not any(v.startswith(("=", "+", "-", "@", "\t", "\r")) for v in row.values())


@given(text=st.text(st.sampled_from("=+-@'\t\r\n \"県a,；＝"), max_size=6))
def test_any_text_is_defused_and_comes_back(text: str) -> None:
    defused = csv_format.defused(text)
    assert csv_format.restored(defused) == text and not defused.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_csv_tells_null_from_empty_in_duckdb(db: Path, tmp_path: Path) -> None:
    sql = "SELECT uid, title, source, view_count, '' AS empty, NULL AS unknown FROM articles"
    goal = written(db, tmp_path / "a.csv", "csv", sql)
    query = "FROM read_csv(?, all_varchar = true, allow_quoted_nulls = false)"
    rows = duckdb.execute(query, [str(goal)]).fetchall()
    assert all(row[4] == "" and row[5] is None for row in rows) and len(rows) == len(TRIALS)
    assert {row[3] for row in rows} == {"31", "7", None}


def test_csv_as_the_snippet_reads_it(db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pandas lines of the note that goes with the file, run as they stand."""
    space = snippet(written(db, tmp_path / "a.csv", "csv"), monkeypatch)
    frame = space["frame"]
    wanted = stored(db)
    assert frame["view_count"].dtype == "Int64" and frame["view_count"].isna().sum() == sum(
        row["view_count"] is None for row in wanted.values()
    )
    assert set(frame["title"]) == set(TRIALS) and set(frame["site"]) == {"533423", "990901"}
    assert str(space["times"].max()) == "2024-05-06 09:30:01+08:00"


def snippet(goal: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Runs the Python of the note beside (or in) an export; gives its variables."""
    note = goal / "reading.md" if goal.is_dir() else goal.with_name(f"{goal.name}.reading.md")
    code = note.read_text("utf-8").split("```python\n")[1].split("```")[0]
    monkeypatch.chdir(goal.parent)
    space: dict[str, Any] = {}
    exec(code, space)  # our own note
    return space


@pytest.mark.parametrize("format", ["csv", "jsonl", "parquet", "xlsx", "stata"])
def test_the_notes_run(db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format: str) -> None:
    space = snippet(written(db, tmp_path / f"导出.{format}", format), monkeypatch)
    found = space.get("frame", space.get("rows", space.get("table")))
    assert len(found) == len(TRIALS)
    if format in ("csv", "jsonl", "parquet"):
        note = (tmp_path / f"导出.{format}.reading.md") if format != "parquet" else tmp_path / "导出.parquet/reading.md"
        sql = note.read_text("utf-8").split("```sql\n")[1].split("```")[0]
        assert duckdb.sql(sql).fetchall()


def test_jsonl_is_lossless(db: Path, tmp_path: Path) -> None:
    goal = written(db, tmp_path / "a.jsonl", "jsonl")
    rows = [json.loads(line) for line in goal.read_bytes().splitlines()]
    names = ("flags", "via", "images", "attachments")
    same(rows, db, **dict.fromkeys(names, json.loads))
    assert [list(row) for row in rows[:1]] == [list(stored_names(db))]


def stored_names(db: Path) -> list[str]:
    with open_archive(db, read_only=True) as archive:
        return articles(archive).names


def test_parquet_by_pyarrow_and_duckdb(db: Path, tmp_path: Path) -> None:
    """Folders by province and year; codes are text; the manifest names every file with its hash."""
    goal = written(db, tmp_path / "a.parquet", "parquet")
    table = pyarrow.dataset.dataset(goal, partitioning="hive", exclude_invalid_files=True).to_table()
    rows = table.to_pylist()
    years = {row["uid"]: row.pop("year") for row in rows}
    same(rows, db)
    assert years == {uid: int(row["publish_date"][:4]) for uid, row in stored(db).items()}
    assert (
        table.schema.field("site").type == pyarrow.string() and table.schema.field("view_count").type == pyarrow.int64()
    )
    sql = "SELECT count(*), sum(view_count), min(typeof(site)) FROM read_parquet(?, hive_partitioning = true) WHERE province = '云南省'"
    in_yunnan = [row for row in stored(db).values() if row["province"] == "云南省"]
    counted = (len(in_yunnan), sum(row["view_count"] or 0 for row in in_yunnan), "VARCHAR")
    assert duckdb.execute(sql, [f"{goal}/**/*.parquet"]).fetchall() == [counted]
    manifest = json.loads((goal / "manifest.json").read_text("utf-8"))
    assert manifest["rows"] == len(TRIALS)
    assert {f["file"] for f in manifest["files"]} == {p.relative_to(goal).as_posix() for p in goal.rglob("*.parquet")}
    for file in manifest["files"]:
        assert hashlib.sha256((goal / file["file"]).read_bytes()).hexdigest() == file["sha256"]


def test_xlsx_by_openpyxl(db: Path, tmp_path: Path) -> None:
    """Days are dates, numbers numbers, nothing is a formula; the long text stands whole in the second file."""
    goal = written(db, tmp_path / "a.xlsx", "xlsx")
    book = openpyxl.load_workbook(goal)
    lines = list(book["data"].iter_rows())
    names = [cell.value for cell in lines[0]]
    assert lines[1][names.index("title")].value == "标题" and book.sheetnames[-1].startswith("dictionary")
    assert not any(cell.data_type == "f" or cell.hyperlink for line in lines for cell in line)
    rows = [dict(zip(names, (cell.value for cell in line), strict=True)) for line in lines[2:]]
    long = [json.loads(x) for x in (tmp_path / "a.xlsx.long-texts.jsonl").read_text("utf-8").splitlines()]
    [text] = long
    rows[text["row"] - 3]["body"] = text["text"]
    same(rows, db, publish_date=datetime.fromisoformat, body=lambda v: v)


def test_xlsx_goes_on_on_a_second_sheet(db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "ROWS", 5)
    book = openpyxl.load_workbook(written(db, tmp_path / "a.xlsx", "xlsx"))
    sheets = [list(book[name].values) for name in book.sheetnames if name.startswith("data")]
    assert [len(sheet) for sheet in sheets] == [5, 5, 4] and all(sheet[:2] == sheets[0][:2] for sheet in sheets)


def test_stata_by_pandas(db: Path, tmp_path: Path) -> None:
    goal = written(db, tmp_path / "a.dta", "stata")
    with pandas.read_stata(goal, iterator=True) as reader:
        labels = reader.variable_labels()
        frame = reader.read()
    assert labels["title"].startswith("the printed headline") and all(len(label) <= 80 for label in labels.values())
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    text = {n: lambda v: "" if v is None else v for n in frame if n not in ("view_count", "version")}
    same(rows, db, **text)


def test_stata_names(tmp_path: Path) -> None:
    from govnews.export.formats.stata import variable_names

    assert variable_names(["a b", "a_b", "1st", "x" * 40, "x" * 41]) == [
        "a_b",
        "a_b_2",
        "_1st",
        "x" * 32,
        "x" * 30 + "_2",
    ]


@pytest.mark.parametrize("format", ["csv", "jsonl", "parquet", "xlsx", "stata"])
def test_a_query_and_an_empty_one(db: Path, tmp_path: Path, format: str) -> None:
    """Any SELECT can be exported, also one that gives nothing; columns keep their types."""
    sql = "SELECT substr(publish_date, 1, 4) AS year, count(*) AS n, avg(view_count) AS mean, max(view_count) FROM articles {} GROUP BY 1;"
    written(db, tmp_path / f"q.{format}", format, sql.format(""))
    empty = written(db, tmp_path / f"e.{format}", format, sql.format("WHERE 0"))
    assert empty.exists() and (empty.stat().st_size > 0) == (format != "jsonl")
    if format == "parquet":
        found = pyarrow.parquet.read_table(tmp_path / "q.parquet")
        assert [str(t) for t in found.schema.types] == ["string", "int64", "double", "int64"] and found.num_rows == 2


def test_nothing_half_is_left(db: Path, tmp_path: Path) -> None:
    """A fault in the middle leaves no file, and what was there before stays as it was."""
    goal = tmp_path / "a.csv"
    goal.write_text("before")

    class Torn(Selection):
        def rows(self) -> Any:
            yield from list(super().rows())[:2]
            raise OSError(28, "No space left on device")

    with open_archive(db, read_only=True) as archive:
        whole = articles(archive)
        torn = Torn(whole.archive, whole.columns, whole.count, whole.sql, True)
        for format in ("csv", "jsonl", "parquet", "xlsx"):
            with pytest.raises(Failure) as failed:
                export(torn, format, goal, force=True)
            assert failed.value.code == "cannot_write"
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"] and goal.read_text() == "before"


@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_an_archive_is_never_overwritten(db: Path, tmp_path: Path, format: str) -> None:
    """Not by its own name, not by that of the folder it is in, not by the folder one is in: force is for what an export made."""
    copy = tmp_path / "data" / "a.db"
    copy.parent.mkdir()
    shutil.copy(db, copy)
    before = copy.read_bytes()
    os.mkfifo(tmp_path / "pipe")
    with open_archive(db, read_only=True) as archive:
        for goal in (copy, copy.parent, copy.parent / "..", Path(), tmp_path / "pipe"):
            with pytest.raises(Failure) as refused:
                export(articles(archive), format, goal, force=True)
            assert refused.value.code == "not_ours"
        for _ in range(2):
            export(articles(archive), format, tmp_path / "made", force=True)
    assert copy.read_bytes() == before and sorted(p.name for p in copy.parent.iterdir()) == ["a.db"]


def test_the_command(db: Path, govnews: Govnews, tmp_path: Path) -> None:
    """Filters as in search, refusal to overwrite, what a pipe gets, wrong names in one line."""
    done = govnews(
        "export", "--db", db, "--province", "云南", "--since", "2024", "--fields", "uid,title", "--out", "y.csv"
    )
    assert done.returncode == 0 and "rows: y.csv" in done.stderr and done.stdout == ""
    wanted = [r for r in stored(db).values() if r["province"] == "云南省" and r["publish_date"] >= "2024"]
    lines = (tmp_path / "y.csv").read_text("utf-8-sig").splitlines()
    assert lines[0] == '"uid","title"' and len(lines) == len(wanted) + 1
    again = govnews("export", "--db", db, "--out", "y.csv")
    assert again.returncode == 1 and "y.csv is there already" in again.stderr
    assert govnews("export", "--db", db, "--out", "y.csv", "--force", "--no-bom").returncode == 0
    assert (tmp_path / "y.csv").read_bytes().startswith(b'"uid"')
    piped = govnews("export", "--db", db, "--format", "jsonl", "--query", "低温预警")
    assert [json.loads(line)["title"] for line in piped.stdout.splitlines()] == ["-12℃低温预警"]
    counted = govnews("export", "--db", db, "--sql", "SELECT site, count(*) AS n FROM articles GROUP BY site")
    assert counted.stdout.replace("\r", "") == '"site","n"\n"533423",4\n"990901",4\n'


def test_only_the_articles_of_a_sample(db: Path, govnews: Govnews, tmp_path: Path) -> None:
    (tmp_path / "sample.csv").write_text(
        "role,replacement_for,code,status\ndrawn,,533423,crawlable\ndrawn,,110119,no_column\nreplacement,,990901,crawlable\n"
    )
    done = govnews("export", "--db", db, "--sample", "sample.csv", "--fields", "uid,site", "--format", "csv")
    rows = list(csv.DictReader(done.stdout.splitlines()))
    assert {row["uid"] for row in rows} == {uid for uid, r in stored(db).items() if r["site"] == "533423"}
    assert len(rows) == 4, "a spare replacement is not of the sample"
    narrower = govnews("export", "--db", db, "--sample", "sample.csv", "--query", "低温预警", "--fields", "title,site")
    elsewhere = {r["title"] for r in stored(db).values() if "低温预警" in r["title"] and r["site"] == "533423"}
    assert {row["title"].removeprefix("'") for row in csv.DictReader(narrower.stdout.splitlines())} == elsewhere


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--fields", "titel"], 2, "did you mean title?"),
        (["--wide", "articles"], 2, "--panel"),
        (["--panel", "county-month"], 1, "no coverage"),
        (["--panel", "county-month", "--wide", "articels"], 2, "did you mean articles?"),
        (["--panel", "county-month", "--fields", "count"], 2, "a panel by county-month has no count"),
        (["--panel", "province-year", "--base-year", "2024"], 2, "a panel of counties"),
        (["--panel", "county-month", "--views-age", "35"], 2, "write 25-35"),
        (["--panel", "county-month", "--sample", "nobody.csv"], 2, "cannot be read"),
        (["--sql", "DELETE FROM articles"], 2, "--sql"),
        (["--sql", "SELECT nobody FROM articles"], 2, "no such column"),
        (["--sql", "SELECT 1", "--province", "云南"], 2, "--sql chooses"),
        (["--out", "a.what"], 2, "--format"),
        (["--format", "xlsx"], 2, "needs --out"),
        (["--format", "warc", "--fields", "uid", "--out", "a.warc"], 2, "captures"),
        (["--out", "no/\0/a.csv"], 1, ""),
    ],
)
def test_what_cannot_be_is_one_line(
    db: Path, govnews: Govnews, tmp_path: Path, words: list[str], code: int, said: str
) -> None:
    if any("\0" in word for word in words):
        (tmp_path / "no").write_text("a file in the way")
        words = ["--out", "no/a.csv"]
    done: subprocess.CompletedProcess[str] = govnews("export", "--db", db, *words)
    assert done.returncode == code and said in done.stderr and "Traceback" not in done.stderr, done.stderr
    assert len(done.stderr.splitlines()) <= 2 and done.stdout == ""


@pytest.mark.parametrize(
    ("format", "module"),
    [("parquet", "pyarrow"), ("xlsx", "xlsxwriter"), ("stata", "pandas"), ("warc", "warcio.warcwriter")],
)
def test_without_its_library_a_format_says_what_to_install(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format: str, module: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(Failure) as failed:
        written(db, tmp_path / "a", format)
    assert failed.value.code == "no_extra" and f"govnews[{format}]" in failed.value.hint
    assert list(tmp_path.iterdir()) == []


def test_progress_is_plain_lines_where_there_is_no_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "SLOW", 0.0)
    tell = progress.Progress("pages")
    tell.began -= 60
    tell(1200, 0.25)
    tell(2400)
    tell.end()
    first, second = capsys.readouterr().err.splitlines()
    assert first.startswith("1,200 pages, ") and ", 25%, 0:0" in first and first.endswith(" left")
    assert second.startswith("2,400 pages, ") and "\r" not in first + second
