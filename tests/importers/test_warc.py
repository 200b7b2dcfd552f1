"""WARC, WET and what is wrong with them, into a real archive by the library's own reader."""

from __future__ import annotations

import gzip
import io
import json
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcs import Warc, address, chunked, many, page, rows

from govnews.archive import open_archive
from govnews.importers import Imported, Options, import_paths
from govnews.importers.readers import warc as warc_reader
from govnews.model import Failure, Site

SITE = Site("990901", "松溪县", "http://www.songxi.test/", hosts=("www.songxi.test",))


def taken(tmp_path: Path, data: bytes, name: str = "a.warc.gz", site: Site | None = None) -> Imported:
    """Imports a file of these bytes into a.db."""
    (tmp_path / name).write_bytes(data)
    with open_archive(tmp_path / "a.db") as archive:
        return import_paths(archive, [tmp_path / name], site=site)


def test_a_response_is_a_fetched_page(tmp_path: Path) -> None:
    """Chunks and packing are undone, the encoding is noted, the date is the record's."""
    warc = Warc()
    head = (("Content-Type", "text/html"), ("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip"), ("X-A", "1"))
    warc.add(address(1), chunked(page(1)), headers=(*head, ("X-A", "2")))
    result = taken(tmp_path, warc.bytes)
    assert dict(result.outcomes) == {"new": 1} and not result.unreadable
    [capture] = rows(tmp_path / "a.db", "SELECT * FROM captures")
    assert capture["content_encoding"] == "gzip" and capture["fetched_at"] == "2024-05-07T01:02:03Z"
    assert capture["size"] == len(page(1)) and '"x-a": "1, 2"' in capture["headers"]
    [article] = rows(tmp_path / "a.db", "SELECT * FROM articles")
    assert article["url"] == address(1) and article["title"] == "松溪县第1次安排部署春季农业生产工作"
    with open_archive(tmp_path / "a.db", read_only=True) as archive:
        assert archive.pages.get(capture["sha256"]) == page(1)


@pytest.mark.parametrize("form", ["members", "plain", "one member"])
def test_all_ways_of_packing(tmp_path: Path, form: str) -> None:
    data = many(5, packed=form == "members").bytes
    name = "a.warc" if form == "plain" else "a.warc.gz"
    result = taken(tmp_path, gzip.compress(data) if form == "one member" else data, name)
    assert result.outcomes == {"new": 5} and not result.unreadable


def test_what_is_no_article_is_a_capture_with_its_class(tmp_path: Path) -> None:
    warc = Warc()
    warc.add("http://www.songxi.test/a.png", b"\x89PNG....", headers=(("Content-Type", "image/png"),))
    script = "window.title = '松溪县召开会议';\n发布时间：2024-05-06 09:30 来源：松溪县融媒体中心\n".encode()
    warc.add("http://www.songxi.test/a.js", script, headers=(("Content-Type", "application/javascript"),))
    warc.add(address(1), b"<html>moved</html>", status="301 Moved")
    warc.add(address(2), b"<html>not here</html>", status="404 Not Found")
    warc.add(address(3), b"<html>fault</html>", status="500 Fault")
    warc.add(address(4), b"", kind="request")
    warc.add("dns:www.songxi.test", b"20240507 192.0.2.1", kind="resource")
    result = taken(tmp_path, warc.bytes)
    assert result.pages == 5 and not result.outcomes
    found = {r["url"]: (r["response_class"], r["kind"]) for r in rows(tmp_path / "a.db", "SELECT * FROM captures")}
    assert found["http://www.songxi.test/a.png"] == ("ok", "attachment")
    assert found["http://www.songxi.test/a.js"] == ("ok", "attachment")
    assert [found[address(n)][0] for n in (1, 2, 3)] == ["redirect", "gone", "server_error"]
    assert sorted(result.passed_over) == [("a.warc.gz", "request records"), ("a.warc.gz", "resource records")]
    assert rows(tmp_path / "a.db", "SELECT * FROM issues WHERE detail = 'redirect'") == []


def test_a_revisit_is_the_page_seen_again(tmp_path: Path) -> None:
    """By SHA-1 and the record it names, as crawlers write it; a second file may refer to the first."""
    warc, later = Warc(), Warc()
    first = warc.add(address(1), page(1))
    warc.again(address(1), "2024-06-07T00:00:00Z", first)
    assert taken(tmp_path, warc.bytes).outcomes == {"new": 1, "same": 1}
    later.again(address(1), "2024-07-07T00:00:00Z", first)
    assert taken(tmp_path, later.bytes, "b.warc.gz").outcomes == {"same": 1}
    captures = rows(tmp_path / "a.db", "SELECT fetched_at, sha256 FROM captures ORDER BY fetched_at")
    assert len(captures) == 3 and len({c["sha256"] for c in captures}) == 1
    [article] = rows(tmp_path / "a.db", "SELECT first_seen, last_seen FROM articles")
    assert article == {"first_seen": "2024-05-07T01:02:03Z", "last_seen": "2024-07-07T00:00:00Z"}


def test_a_revisit_of_what_is_not_here_is_an_issue(tmp_path: Path) -> None:
    warc, other = Warc(), Warc()
    warc.again(address(1), "2024-06-07T00:00:00Z", other.add(address(1), page(1)))
    warc.add(address(2), page(2))
    result = taken(tmp_path, warc.bytes)
    assert result.outcomes == {"new": 1} and "revisit" in result.unreadable[0][1]


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("damage", ["head", "middle", "tail"])
def test_a_broken_record_costs_itself_only(tmp_path: Path, packed: bool, damage: str) -> None:
    """Any part of the third of six records is overwritten: five articles, and an issue with the file and the byte."""
    warc = many(6, packed=packed)
    begin, end = warc.offsets[2], warc.offsets[3]
    at = {"head": begin, "middle": (begin + end) // 2, "tail": end - 60}[damage]
    data = bytearray(warc.bytes)
    data[at : at + 24] = b"\xaa" * 24
    name = "a.warc.gz" if packed else "a.warc"
    result = taken(tmp_path, bytes(data), name)
    assert result.outcomes == {"new": 5}, result.unreadable
    [issue] = rows(tmp_path / "a.db", "SELECT code, url, detail FROM issues WHERE code = 'unreadable_file'")
    assert issue["url"] == name and issue["detail"].startswith(f"byte {begin}: ")


@pytest.mark.parametrize("packed", [True, False])
def test_a_file_cut_short_gives_what_is_whole(tmp_path: Path, packed: bool) -> None:
    warc = many(4, packed=packed)
    result = taken(tmp_path, warc.bytes[: warc.offsets[3] + 150], "a.warc.gz" if packed else "a.warc")
    assert result.outcomes == {"new": 3} and len(result.unreadable) == 1
    assert result.unreadable[0][1].startswith(f"byte {warc.offsets[3]}: ")


@pytest.mark.parametrize(
    "data", [b"", b"nothing of the kind", b"\x1f\x8b\x08broken", b"WARC/1.0\r\n", b"WARC/1.0\r\n\r\n"]
)
def test_no_warc_at_all_is_said(tmp_path: Path, data: bytes) -> None:
    result = taken(tmp_path, data)
    assert result.pages == 0 and (not data or len(result.unreadable) == 1)


def test_wet_and_dumps_of_plain_text(tmp_path: Path) -> None:
    """Documents as in WET; also when the file is only called .txt."""
    text = "\n".join(
        [
            "松溪县人民政府",
            "松溪县召开防汛工作会议",
            "发布时间：2024-05-06 09:30 来源：松溪县融媒体中心 浏览次数：12",
            "5月6日，松溪县召开防汛工作会议，安排部署汛期各项任务，要求落实责任，加强值守。",
            "会议强调，各乡镇要备足物资，确保人民群众生命财产安全。",
        ]
    )
    warc = Warc(packed=False)
    warc.add(address(1), text.encode(), kind="conversion")
    assert taken(tmp_path, gzip.compress(warc.bytes), "a.warc.wet.gz").outcomes == {"new": 1}
    assert taken(tmp_path, warc.bytes, "dump.txt").outcomes == {"same": 1}
    [article] = rows(tmp_path / "a.db", "SELECT url, title, source, view_count FROM articles")
    assert article == {
        "url": address(1),
        "title": "松溪县召开防汛工作会议",
        "source": "松溪县融媒体中心",
        "view_count": 12,
    }


def test_arc_the_older_form(tmp_path: Path) -> None:
    head = "filedesc://a.arc 0.0.0.0 20080501000000 text/plain 68\n1 0 Crawler\nURL IP-address Archive-date Content-type Archive-length\n\n"
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page(1)
    line = f"{address(1)} 192.0.2.1 20080507010203 text/html {len(http)}\n"
    result = taken(tmp_path, head.encode() + line.encode() + http + b"\n", "a.arc")
    assert result.outcomes == {"new": 1}, result
    assert rows(tmp_path / "a.db", "SELECT fetched_at, ip_address FROM captures") == [
        {"fetched_at": "2008-05-07T01:02:03Z", "ip_address": "192.0.2.1"}
    ]


def test_pages_of_other_hosts_are_passed_over_when_it_is_said_whose_they_are(tmp_path: Path) -> None:
    warc = many(2)
    warc.add("http://www.elsewhere.test/202405/t20240506_9.html", page(9))
    result = taken(tmp_path, warc.bytes, site=SITE)
    assert result.outcomes == {"new": 2} and result.passed_over == [("a.warc.gz", "pages of other hosts")]
    assert {r["site"] for r in rows(tmp_path / "a.db", "SELECT site FROM captures")} == {"990901"}


def test_another_payload_digest_is_noted_and_taken_in(tmp_path: Path) -> None:
    """As crawlers write it that count the payload without its chunks; a damaged block has a digest of its own."""
    warc = Warc()
    head = (("Content-Type", "text/html"), ("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip"))
    http = StatusAndHeaders("200 OK", list(head), protocol="HTTP/1.1")
    stated = {"WARC-Date": "2024-05-07T01:02:03Z", "WARC-Payload-Digest": "sha1:" + "A" * 32}
    body = chunked(page(1))
    record = warc.writer.create_warc_record(
        address(1), "response", io.BytesIO(body), len(body), warc_headers_dict=stated, http_headers=http
    )
    warc.writer.write_record(record)
    result = taken(tmp_path, warc.bytes)
    assert result.outcomes == {"new": 1} and not result.unreadable
    assert result.noted == [("a.warc.gz", "records with another payload digest")]
    [issue] = rows(tmp_path / "a.db", "SELECT code, severity FROM issues")
    assert issue == {"code": "digest_differs", "severity": "info"}


def test_a_second_time_reads_nothing_again(tmp_path: Path) -> None:
    warc = many(5)
    assert taken(tmp_path, warc.bytes).known == 0
    before = rows(tmp_path / "a.db", "SELECT * FROM captures")
    again = taken(tmp_path, warc.bytes)
    assert again.known == 5 and again.outcomes == {"same": 5}
    assert rows(tmp_path / "a.db", "SELECT * FROM captures") == before


OURS = {
    "format": "govnews/1",
    "status": 0,
    "response_class": "timeout",
    "site": "",
    "requested_url": address(1),
    "url": None,
}


@pytest.mark.parametrize(
    "stated",
    [
        {},
        {"format": "govnews/1"},
        {**OURS, "response_class": "made_up"},
        {**OURS, "headers": [], "redirects": 3},
        {**OURS, "task": {"kind": "spell", "url": "x"}},
        {**OURS, "run": ["x"]},
    ],
)
def test_a_metadata_record_that_claims_to_be_ours(tmp_path: Path, stated: dict[str, object]) -> None:
    """Whatever it says, it is passed over or an issue, and the page before it goes in."""
    warc = Warc()
    warc.add(address(1), page(1))
    text = json.dumps(stated).encode()
    record = warc.writer.create_warc_record(address(1), "metadata", io.BytesIO(text), len(text), "application/json")
    warc.writer.write_record(record)
    for context in ([1], {"runs": [{}], "sites": [3]}, {"runs": 5}):
        text = json.dumps({"format": "govnews/1", **(context if isinstance(context, dict) else {"sites": 1})}).encode()
        record = warc.writer.create_warc_record(
            "urn:govnews:context", "metadata", io.BytesIO(text), len(text), "application/json"
        )
        warc.writer.write_record(record)
    warc.add(address(2), page(2))
    result = taken(tmp_path, warc.bytes)
    assert result.outcomes == {"new": 2} and len(result.unreadable) >= 3


WHOLE = {packed: many(4, packed=packed).bytes for packed in (True, False)}


@given(packed=st.booleans(), data=st.data())
@settings(max_examples=60, deadline=None)
def test_no_damage_stops_the_reading(packed: bool, data: st.DataObject) -> None:
    """Bytes overwritten, taken out or repeated anywhere: reading ends, with pages and issues and nothing raised."""
    whole = WHOLE[packed]
    at = data.draw(st.integers(0, len(whole) - 1))
    end = data.draw(st.integers(at, min(len(whole), at + 400)))
    put = data.draw(st.one_of(st.binary(max_size=40), st.just(whole[at:end] * 2)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.warc.gz" if packed else "a.warc")
        path.write_bytes(whole[:at] + put + whole[end:])
        items = list(warc_reader.read(path, path.name, Options(), lambda *_: None))
    pages = [item.page for item in items if item.page is not None]
    bodies = {page(n) for n in range(4)}
    assert all(p.body in bodies for p in pages) or put
    assert len({p.url for p in pages} & {address(n) for n in range(4)}) >= 1


def test_without_warcio_one_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "warcio.archiveiterator", None)
    with pytest.raises(Failure) as failed:
        taken(tmp_path, many(1).bytes)
    assert failed.value.code == "no_extra" and "govnews[warc]" in failed.value.hint
