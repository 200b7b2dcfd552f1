"""A WARC set by its index: only what is chosen is read, each page is its county's, and coverage says how much it filled."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path

import pytest
from conftest import Govnews
from warcs import HOST, Warc, address, page, rows

from govnews.importers import select
from govnews.model import Failure

TOML = """id = "{id}"
name = "{name}"
home = "http://{host}/"
hosts = ["{host}"]
[[columns]]
name = "要闻"
url = "http://{host}/xwzx/"
"""


def made(folder: Path) -> tuple[list[int], Warc]:
    """warcs/2019/a.warc.gz with six articles (of the county and of another), a picture and a request; site files of two counties."""
    warc = Warc()
    for n in range(4):
        warc.add(address(n), page(n), at="2024-05-09T00:00:00Z")
    warc.add("http://www.heping.test/xw/t20240506_1.html", page(8).replace("松溪".encode(), "和坪".encode()))
    warc.add("http://www.stranger.test/xw/t20240506_1.html", page(9))
    warc.add(f"{HOST}/logo.png", b"\x89PNG", headers=(("Content-Type", "image/png"),))
    (folder / "warcs" / "2019").mkdir(parents=True)
    (folder / "warcs" / "2019" / "a.warc.gz").write_bytes(warc.bytes)
    for id, name, host in (("990901", "松溪县", "www.songxi.test"), ("990902", "和坪县", "www.heping.test")):
        path = folder / "sites" / "99" / f"{id}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TOML.format(id=id, name=name, host=host), "utf-8")
    return warc.offsets, warc


URLS = [address(n) for n in range(4)] + [
    "http://www.heping.test/xw/t20240506_1.html",
    "http://www.stranger.test/xw/t20240506_1.html",
    f"{HOST}/logo.png",
]


def cdxj(offsets: list[int], file: str = "2019/a.warc.gz") -> str:
    lines = ['!meta {"format": "cdxj"}']
    for url, at in zip(URLS, offsets, strict=True):
        mime = "image/png" if url.endswith("png") else "text/html"
        held = {"url": url, "mime": mime, "status": "200", "offset": str(at), "length": "900", "filename": file}
        lines.append(f"test,x)/ 20240509000000 {json.dumps(held)}")
    return "\n".join(lines) + "\n"


def cdx11(offsets: list[int], heading: bool = True) -> str:
    head = " CDX N b a m s k r M S V g\n" if heading else ""
    lines = [
        f"test,x)/ 20240509000000 {url} {'image/png' if url.endswith('png') else 'text/html'} 200 ABC - - 900 {at} a.warc.gz"
        for url, at in zip(URLS, offsets, strict=True)
    ]
    return head + "\n".join(lines) + "\n"


@pytest.mark.parametrize("form", ["cdxj", "cdxj.gz", "cdx11", "cdx11 without heading"])
def test_every_form_chooses_the_same(tmp_path: Path, form: str) -> None:
    offsets, _ = made(tmp_path)
    text = cdxj(offsets) if form.startswith("cdxj") else cdx11(offsets, "without" not in form)
    index = tmp_path / "index"
    index.write_bytes(gzip.compress(text.encode()) if form.endswith("gz") else text.encode())
    whose = {"songxi.test": "990901", "heping.test": "990902"}.get
    chosen = select([index], [tmp_path / "warcs"], lambda host: whose(host.removeprefix("www.")))
    [(file, entries)] = chosen.entries.items()
    assert file == tmp_path / "warcs" / "2019" / "a.warc.gz"
    assert [(e.offset, e.url, e.site) for e in entries] == [
        *((at, url, "990901") for at, url in zip(offsets[:4], URLS[:4], strict=True)),
        (offsets[4], URLS[4], "990902"),
    ]
    assert {(issue.detail, n) for _, issue, n in chosen.notes} == {
        ("records of other hosts", 1),
        ("pictures and other files", 1),
    }


def test_only_the_chosen_records_go_in_each_to_its_county(govnews: Govnews, tmp_path: Path) -> None:
    offsets, _ = made(tmp_path)
    lines = cdxj(offsets).splitlines()
    (tmp_path / "i.cdxj").write_text(
        "\n".join([*lines[:3], *lines[5:]]), "utf-8"
    )  # the second and third article are not in it
    words = ("import", "--cdx", "i.cdxj", "warcs", "--sites", "sites", "--db", "a.db")
    done = govnews(*words)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "1 file: 3 new, 0 changed, 0 same\n"
    held = rows(
        tmp_path / "a.db", "SELECT url, site, fetched_at FROM articles JOIN sites s ON s.id = site ORDER BY url"
    )
    assert [(r["url"], r["site"]) for r in held] == [
        (URLS[4], "990902"),
        (URLS[0], "990901"),
        (URLS[1], "990901"),
    ]
    assert held[1]["fetched_at"] == "2024-05-09T00:00:00Z"
    again = govnews(*words)
    assert again.stdout == "1 file: 0 new, 0 changed, 3 same\n"
    noted = rows(tmp_path / "a.db", "SELECT code, detail, times FROM issues ORDER BY detail")
    assert {(r["code"], r["detail"], r["times"]) for r in noted} == {
        ("passed_over", "records of other hosts", 1),
        ("passed_over", "pictures and other files", 1),
    }
    only = govnews(*words[:-1], "b.db", "--site", "990902")
    assert only.stdout == "1 file: 1 new, 0 changed, 0 same\n"


def test_what_the_index_has_wrong_is_told_and_the_rest_goes_in(govnews: Govnews, tmp_path: Path) -> None:
    offsets, _ = made(tmp_path)
    wrong = [offsets[0], offsets[2] + 7, offsets[3], *offsets[3:]]  # one lies inside a record, one is another article's
    text = cdxj(wrong) + "no line of an index\n" + cdxj(offsets, "gone.warc.gz").splitlines()[1] + "\n"
    (tmp_path / "i.cdxj").write_text(text, "utf-8")
    done = govnews("import", "--cdx", "i.cdxj", "warcs", "--sites", "sites", "--db", "a.db")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("1 file: 3 new")
    for said in ("could not read", "gone.warc.gz: records of a file that is not among those given", "line of an index"):
        assert said in done.stderr, done.stderr


def test_an_index_that_is_absent_is_refused_before_an_archive_is_made(govnews: Govnews, tmp_path: Path) -> None:
    made(tmp_path)
    done = govnews("import", "--cdx", "none.cdxj", "warcs", "--db", "a.db")
    assert done.returncode == 2 and "none.cdxj" in done.stderr and not (tmp_path / "a.db").exists()
    (tmp_path / "i.cdx.gz").write_bytes(gzip.compress(b"x" * 5000)[:30])
    with pytest.raises(Failure, match="cannot be read"):
        select([tmp_path / "i.cdx.gz"], [tmp_path / "warcs"], lambda _: None)


def test_coverage_says_how_much_it_filled(govnews: Govnews, tmp_path: Path) -> None:
    offsets, _ = made(tmp_path)
    (tmp_path / "i.cdx").write_text(cdx11(offsets), "utf-8")
    where = ("--sites", "sites", "--db", "a.db")
    assert govnews("import", "--cdx", "i.cdx", "warcs", *where).returncode == 0
    done = govnews("coverage", "990901", "990902", *where, "--from", "2024-04", "--to", "2024-05", "--csv")
    said = {(r["county"], r["month"]): r for r in csv.DictReader(io.StringIO(done.stdout))}
    assert [said["990901", "2024-05"][c] for c in ("status", "archived", "left_truncated")] == ["partial", "4", "4"]
    assert [said["990902", "2024-05"][c] for c in ("status", "archived", "left_truncated")] == ["partial", "1", "1"]
    assert [said["990901", "2024-04"][c] for c in ("status", "archived", "left_truncated")] == ["never_tried", "", ""]
    done = govnews("coverage", "990901", *where, "--from", "2024-05", "--to", "2024-05")
    assert "4 articles in 1 of them are known from imported files only" in done.stderr
    lives = rows(tmp_path / "a.db", "SELECT sum(left_truncated) AS n FROM article_lives")
    assert lives == [{"n": 5}]
