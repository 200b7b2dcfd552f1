"""What cannot be: one clear line each, the right exit code, nothing lost and nothing left behind."""

from __future__ import annotations

import ctypes
import os
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from typed import ROOT, environment, one_line, page, rows, typed

BINARY = bytes(range(256)) * 200


# --- words -----------------------------------------------------------------------------------------------------------

WRONG_WORDS = {
    "unknown command": (["crwl", "维西"], 2, ["crwl", "did you mean crawl?"]),
    "unknown subcommand": (["site", "shw"], 2, ["site shw", "did you mean show?"]),
    "unknown option": (["crawl", "维西", "--sinse", "2021"], 2, ["--sinse", "--since"]),
    "unknown site": (["crawl", "维细"], 2, ["维细", "维西县"]),
    "nothing like it": (["crawl", "亚特兰蒂斯"], 2, ["亚特兰蒂斯"]),
    "ambiguous name": (["crawl", "朝阳"], 2, ["110105", "220104", "北京"]),
    "ambiguous name shown": (["site", "show", "朝阳"], 2, ["110105", "220104"]),
    "no site": (["crawl"], 2, ["--province"]),
    "unknown province": (["crawl", "--province", "云难"], 2, ["云难"]),
    "no day": (["crawl", "维西", "--since", "昨天"], 2, ["昨天", "2021-06-02"]),
    "impossible day": (["crawl", "维西", "--since", "2021-02-30"], 2, ["2021-02-30"]),
    "limit of nothing": (["crawl", "维西", "--limit", "0"], 2, ["--limit"]),
    "no such port": (["demo", "--port", "70000"], 2, ["--port"]),
    "unknown trouble": (["demo", "--trouble", "flood"], 2, ["flood", "wall"]),
    "unknown table": (["schema", "artcles"], 2, ["did you mean articles?"]),
    "two forms at once": (["search", "x", "--json", "--csv"], 2, ["--json", "--csv"]),
    "no address": (["site", "add", "ftp://x/"], 2, ["ftp://x/", "http://"]),
    "no such id": (["site", "add", "www.example.test", "--id", "53"], 2, ["53", "533423"]),
    "id and county differ": (["site", "add", "www.example.test", "--id", "110101", "--county", "维西"], 2, ["533423"]),
    "unknown family": (["site", "add", "www.example.test", "--family", "vbs"], 2, ["vbs", "vsb"]),
    "no folder of site files": (["site", "list", "--sites", "nowhere"], 2, ["nowhere"]),
    "no such page": (["extract", "nowhere.html"], 1, ["nowhere.html"]),
    "no such folder": (["import", "nowhere"], 2, ["nowhere"]),
    "no device": (["import", "/dev/null"], 2, ["/dev/null"]),
    "no archive": (["stats"], 1, ["data/govnews.db"]),
    **{
        f"{word} without an archive": ([*word.split()], 1, ["there is no archive at data/govnews.db"])
        for word in ("compact", "reextract", "index", "reprints", "sources", "leaders count")
    },
    "release of nothing": (
        ["release", "--out", "r"],
        2,
        ["--title", "--creator", "--publisher", "--version", "--year"],
    ),
    "no such release": (["release", "--check", "nowhere"], 2, ["nowhere"]),
    "a part too small": (["release", "--part-size", "9"], 2, ["'9'", "65536"]),
    "redaction without an archive": (["redact", "abc", "--reason", "x"], 1, ["data/govnews.db"]),
    "redaction without a reason": (["redact", "abc"], 2, ["--reason"]),
    "address for two": (["extract", "a", "b", "--url", "http://x.test/"], 2, ["--url"]),
    "codes of nowhere": (["annotations", "export"], 1, ["data/govnews.db"]),
    "coders without a codebook": (["annotations", "agree", "a", "b"], 2, ["--codebook"]),
    "this machine": (["extract", "http://127.0.0.1:9/"], 1, ["127.0.0.1", "--private"]),
}


@pytest.mark.parametrize(("words", "code", "said"), WRONG_WORDS.values(), ids=WRONG_WORDS)
def test_a_wrong_word_is_one_line_and_leaves_nothing(
    tmp_path: Path, words: list[str], code: int, said: list[str]
) -> None:
    one_line(typed(*words, cwd=tmp_path), code, *said)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("words", [["reextract", "--dry-run"], ["compact"]], ids=lambda w: w[0])
def test_a_site_that_the_archive_lacks_is_said(demo: Path, tmp_path: Path, words: list[str]) -> None:
    for name in ("demo.db", "demo.pages.db"):
        (tmp_path / name).write_bytes(demo.with_name(name).read_bytes())
    one_line(typed(*words, "--site", "nowhere", "--db", "demo.db", cwd=tmp_path), 2, "nowhere")
    one_line(typed(*words, "--site", "维西", "--db", "demo.db", cwd=tmp_path), 1, "is not in demo.db")


def test_a_misspelt_key_of_a_site_file_names_the_nearest_and_the_line(tmp_path: Path) -> None:
    (tmp_path / "s" / "99").mkdir(parents=True)
    text = 'id = "990901"\nname = "青杉县"\nhome = "http://www.qingshan.test/"\ndelai = 3\n'
    (tmp_path / "s" / "99" / "990901.toml").write_text(text, "utf-8")
    for words in (["crawl", "990901"], ["site", "list"], ["site", "show", "990901"]):
        one_line(typed(*words, "--sites", "s", cwd=tmp_path), 1, "990901.toml:4", "`delai`", "`delay`")
    assert not list(tmp_path.glob("data"))


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        one_line(typed("demo", "--serve", "--port", port, cwd=tmp_path), 1, f"port {port}")


# --- pages -----------------------------------------------------------------------------------------------------------

PAGES = {
    "empty": (b"", "is empty"),
    "blank": (b" \n\n ", "is empty"),
    "binary": (BINARY, "is not an article"),
    "truncated": (page()[:140], "is not an article"),
    "wrong archive": (b"PK\x03\x04" + BINARY, "is not an article"),
}


@pytest.mark.parametrize(("body", "said"), PAGES.values(), ids=PAGES)
def test_a_page_that_is_none_is_said_on_stderr_and_answered(tmp_path: Path, body: bytes, said: str) -> None:
    """`other` is an answer (exit 0), one row of data; the line says so to whoever watches."""
    (tmp_path / "x.html").write_bytes(body)
    done = typed("extract", "x.html", "--json", cwd=tmp_path)
    assert done.returncode == 0 and done.stdout.count("\n") == 1
    assert done.stderr.startswith("govnews: x.html") and said in done.stderr and done.stderr.count("\n") == 1
    typed("import", "x.html", "--db", "a.db", cwd=tmp_path)
    assert not rows(tmp_path / "a.db", "SELECT * FROM articles")


def test_a_page_cut_in_the_middle_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    whole = page()
    (tmp_path / "x.html").write_bytes(whole[: whole.index("会议要求".encode()) + 40])
    done = typed("import", "x.html", "--db", "a.db", cwd=tmp_path)
    assert done.returncode == 0
    [row] = rows(tmp_path / "a.db", "SELECT * FROM articles")
    assert (row["title"], row["source"]) == ("青杉县部署春季森林防火工作", "青杉县融媒体中心")
    assert row["body"].startswith("3月1日上午")


def test_a_page_of_thirty_megabytes_is_cut_with_a_flag_and_kept_whole(tmp_path: Path) -> None:
    filler = b"<!-- " + b"x" * 1000 + b" -->\n"
    huge = page().replace(b"</body>", filler * (30 * 2**20 // len(filler)) + b"</body>")
    (tmp_path / "huge.html").write_bytes(huge)
    done = typed("extract", "huge.html", "--json", cwd=tmp_path)
    assert done.returncode == 0 and '"truncated_for_reading"' in done.stdout
    assert done.stderr.startswith("govnews: huge.html: over 8 MB") and done.stderr.count("\n") == 1
    assert typed("import", "huge.html", "--db", "a.db", cwd=tmp_path).returncode == 0
    assert rows(tmp_path / "a.db", "SELECT title FROM articles") == [{"title": "青杉县部署春季森林防火工作"}]
    assert rows(tmp_path / "a.pages.db", "SELECT size FROM pages") == [{"size": len(huge)}]


def test_a_file_too_large_for_a_page_is_not_read(tmp_path: Path) -> None:
    """A sparse file: 5 GB that cost nothing, as long as nobody reads them."""
    with (tmp_path / "disk.html").open("wb") as file:
        file.truncate(5 * 2**30)
    one_line(typed("extract", "disk.html", cwd=tmp_path), 1, "disk.html", "too many")
    done = typed("import", "disk.html", "--db", "a.db", cwd=tmp_path)
    assert done.returncode == 1 and "could not read disk.html" in done.stderr


def test_one_bad_page_of_many_does_not_stop_the_others(tmp_path: Path) -> None:
    """Also a name that is not UTF-8, a time outside the calendar, a link that leads nowhere."""
    saved = tmp_path / "saved"
    saved.mkdir()
    (saved / "a.html").write_bytes(page())
    (saved / "b.html").write_bytes(b"")
    (saved / "c.html").write_bytes(BINARY)
    (saved / "d.json").write_text("{}")
    (saved / "lost.html").symlink_to("nowhere.html")
    with open(os.fsencode(saved) + b"/\xb7\xc0.html", "wb") as file:  # noqa: PTH123 - a name that pathlib has no text for
        file.write(page("青杉县开展清明防火宣传"))
    done = typed("import", "saved", "--db", "a.db", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "5 files: 2 new, 0 changed, 0 same"
    assert "govnews: could not read b.html: the file is empty" in done.stderr
    assert "govnews: passed over d.json: .json is not a page" in done.stderr
    codes = rows(tmp_path / "a.db", "SELECT code, severity, url FROM issues ORDER BY url")
    assert [(r["code"], r["severity"], r["url"]) for r in codes] == [
        ("unreadable_file", "warning", "b.html"),
        ("not_an_article", "warning", "c.html"),
        ("passed_over", "info", "d.json"),
    ]
    read = typed("extract", "saved", "--json", cwd=tmp_path)
    assert read.returncode == 0 and read.stdout.count("\n") == 4


def test_a_folder_without_pages(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    one_line(typed("extract", "none", cwd=tmp_path), 1, "no page in none")
    done = typed("import", "none", "--db", "a.db", cwd=tmp_path)
    assert done.returncode == 0 and done.stdout.startswith("0 files") and "no file in none" in done.stderr


@pytest.mark.parametrize("name", ["pages.csv", "pages.jsonl", "pages.warc.gz"])
def test_an_empty_file_is_said(tmp_path: Path, name: str) -> None:
    """What a broken download leaves is told from a file in which there was nothing to take."""
    (tmp_path / name).touch()
    done = typed("import", name, "--db", "a.db", cwd=tmp_path)
    assert done.returncode == 1 and f"{name}: the file is empty" in done.stderr


def test_a_time_outside_the_calendar_is_an_unreadable_file(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_bytes(page())
    try:
        os.utime(tmp_path / "x.html", (0, 2**40))
    except OSError:
        pytest.skip("this file system keeps no such time")
    if (tmp_path / "x.html").stat().st_mtime < 253402300800:
        pytest.skip("this file system keeps no such time")
    one_line(typed("extract", "x.html", cwd=tmp_path), 1, "x.html")
    done = typed("import", "x.html", "--db", "a.db", cwd=tmp_path)
    assert done.returncode == 1 and "could not read x.html" in done.stderr and "Traceback" not in done.stderr


# --- databases -------------------------------------------------------------------------------------------------------


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    (tmp_path / "x.html").write_bytes(page())
    return tmp_path


def refused(folder: Path, db: str | Path, *said: str) -> None:
    """Every command that opens an archive says the same of one that it cannot use, and leaves it as it was."""
    for words in (["import", "x.html"], ["stats"], ["search", "防火"], ["show", "abc"], ["crawl", "维西"]):
        one_line(typed(*words, "--db", db, cwd=folder), 1, *said)


def test_what_is_no_database_is_left_alone(saved: Path) -> None:
    (saved / "text.db").write_text("这只是一个文本文件。" * 100, "utf-8")
    refused(saved, "text.db", "text.db is not a database")
    assert (saved / "text.db").read_text("utf-8") == "这只是一个文本文件。" * 100


def test_a_foreign_database_is_left_alone(saved: Path) -> None:
    with sqlite3.connect(saved / "bank.db") as connection:
        connection.execute("CREATE TABLE accounts (name, money)")
    connection.close()
    before = (saved / "bank.db").read_bytes()
    refused(saved, "bank.db", "not a govnews archive")
    assert (saved / "bank.db").read_bytes() == before


def test_a_folder_in_place_of_the_database(saved: Path) -> None:
    (saved / "a.db").mkdir()
    refused(saved, "a.db", "a.db is a folder")
    assert sorted(p.name for p in saved.iterdir()) == ["a.db", "x.html"]


def test_a_newer_schema_is_refused(saved: Path) -> None:
    typed("import", "x.html", "--db", "a.db", cwd=saved)
    with sqlite3.connect(saved / "a.db") as connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('govnews', 'm0999_x', '2040')"
        )
    connection.close()
    before = (saved / "a.db").read_bytes()
    refused(saved, "a.db", "newer govnews", "m0999_x")
    assert (saved / "a.db").read_bytes() == before


def test_an_empty_file_is_no_archive_to_read_and_one_to_begin(saved: Path) -> None:
    (saved / "a.db").touch()
    for words in (["stats"], ["search", "防火"], ["show", "abc"]):
        one_line(typed(*words, "--db", "a.db", cwd=saved), 1, "a.db is empty")
    assert typed("site", "show", "维西", "--db", "a.db", cwd=saved).returncode == 0
    assert "1 new" in typed("import", "x.html", "--db", "a.db", cwd=saved).stdout


def test_where_the_demo_is_but_no_archive_the_demo_is_named(tmp_path: Path) -> None:
    one_line(typed("stats", cwd=tmp_path), 1, "data/govnews.db", "--db data/demo.db")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "demo.db").touch()
    said = typed("stats", cwd=tmp_path)
    one_line(said, 1, "data/govnews.db", "--db data/demo.db")
    assert "govnews demo" not in said.stderr


def test_an_archive_that_was_copied_without_its_pages(saved: Path) -> None:
    typed("import", "x.html", "--db", "a.db", cwd=saved)
    (saved / "a.pages.db").unlink()
    for word in ("compact", "reextract"):
        one_line(typed(word, "--db", "a.db", cwd=saved), 1, "a.pages.db is missing")
    assert not (saved / "a.pages.db").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_what_cannot_come_out_is_one_line(saved: Path) -> None:
    typed("import", "x.html", "--db", "a.db", cwd=saved)
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "govnews", "export", "--db", "a.db"]
        done = subprocess.run(command, cwd=saved, env=environment(), stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr.count(b"\n")) == (1, 1) and b"could not be written: No space" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["export", "--out", "a.xlsx"],
        ["release", "--out", "r", "--title=a", "--creator=b", "--publisher=c", "--version=1", "--year=2026"],
    ],
    ids=lambda w: w[0],
)
def test_a_disk_that_is_full_leaves_nothing_half(demo: Path, tmp_path: Path, words: list[str]) -> None:
    """The libraries that write these files have words of their own for it."""
    pytest.importorskip("xlsxwriter")
    resource = pytest.importorskip("resource")
    command = [sys.executable, "-m", "govnews", *words, "--db", str(demo)]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192)),
    )
    one_line(done, 1, words[2], "written")
    assert not list(tmp_path.iterdir())


def test_pages_that_are_no_database_are_named_rightly(saved: Path) -> None:
    typed("import", "x.html", "--db", "a.db", cwd=saved)
    (saved / "a.pages.db").write_text("x" * 5000)
    one_line(typed("import", "x.html", "--db", "a.db", cwd=saved), 1, "a.pages.db is not a database")


def without_override() -> None:
    """Lets file permissions bind root as well: the tests may run as root in a container."""
    if os.geteuid() == 0 and ctypes.CDLL(None).prctl(24, 1, 0, 0, 0) != 0:  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE
        os._exit(99)


def test_a_read_only_archive_is_read_and_not_written(saved: Path) -> None:
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-B", "-m", "govnews", *words]
        done = subprocess.run(
            command,
            cwd=saved,
            env=environment(),
            capture_output=True,
            encoding="utf-8",
            check=False,
            preexec_fn=without_override,
        )
        if done.returncode == 99:
            pytest.skip("permissions do not bind this user")
        return done

    typed("import", "x.html", "--db", "a.db", cwd=saved)
    before = {path: path.read_bytes() for path in saved.iterdir()}
    for path in before:
        path.chmod(0o444)
    saved.chmod(0o555)
    try:
        found = run("search", "防火", "--db", "a.db")
        assert found.returncode == 0 and "青杉县部署春季森林" in found.stdout, found.stderr
        assert run("stats", "--db", "a.db").returncode == 0
        for db in ("a.db", "new.db", "deeper/new.db"):
            one_line(run("import", "x.html", "--db", db), 1, "cannot be written", "--db")
        (saved / "a.db.lock").chmod(0o644)
        one_line(run("import", "x.html", "--db", "a.db"), 1, "a.db", "cannot be written")
    finally:
        saved.chmod(0o755)
    assert {path: path.read_bytes() for path in saved.iterdir()} == before


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs /proc")
@pytest.mark.parametrize("db", ["/proc/a.db", "/proc/none/a.db"])
def test_where_nothing_can_be_made(saved: Path, db: str) -> None:
    for words in (["import", "x.html"], ["crawl", "维西"]):
        one_line(typed(*words, "--db", db, cwd=saved, GOVNEWS_CONTACT="a@b.test"), 1, db)


# --- Scrapy's own commands -------------------------------------------------------------------------------------------


def test_scrapy_list_and_an_unknown_spider() -> None:
    listed = typed("list", program="scrapy", cwd=ROOT)
    assert listed.returncode == 0 and "533423" in listed.stdout.split()
    done = typed("crawl", "维细", program="scrapy", cwd=ROOT)
    assert done.returncode != 0 and "Traceback" not in done.stderr + done.stdout
    assert "维细" in done.stdout + done.stderr and "维西县" in done.stdout + done.stderr
    assert "维细" in (done.stdout + done.stderr).splitlines()[-1]
