"""A sheet goes out blind, comes back filled, and two coders' figures are those of a calculation by hand."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from conftest import Govnews
from making import SITE, address, day, html, page

from govnews.archive import open_archive
from govnews.archive.coding_sheet import codes_of, sheet
from govnews.archive.find import Query
from govnews.ingest import Ingest
from govnews.model import Failure


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "a.db"
    with open_archive(path) as archive, Ingest(archive) as ingest:
        for n in range(10):
            body = (
                f"3月1日，青杉县第{n}次会议召开，=1+1，总结去年工作。",
                "会议要求各乡镇把责任落实到山头地块，加强巡护值守。",
            )
            ingest.add(page(html(f"青杉县召开第{n}次会议", body=body), day(n), address(n)), SITE)
    return path


def filled(text: str, codes: str) -> str:
    """The sheet with a code a line, in its order."""
    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows({**row, "praise": code} for row, code in zip(rows, codes, strict=True))
    return out.getvalue()


def test_two_coders_from_sheet_to_agreement(govnews: Govnews, db: Path, tmp_path: Path) -> None:
    """Ten articles: y-y 4, y-n 1, n-y 2, n-n 3. Agreed 0.7. Kappa: chance 0.5 × 0.6 + 0.5 × 0.4 = 0.5, so (0.7 - 0.5) / 0.5 = 0.4.
    Alpha: of 20 codes 11 are y and 9 n; disagreement observed 6 of 20, expected 2 × 11 × 9 / (20 × 19); 1 - 0.3 × 380 / 198 = 0.424."""
    sheets = {}
    for coder in ("王", "李"):
        done = govnews(
            "annotations", "sheet", "--db", "a.db", "--coder", coder, "--codebook", "tone", "--codes", "praise"
        )
        assert done.returncode == 0, done.stderr
        sheets[coder] = done.stdout
    assert sheets["王"].replace("王", "李") == sheets["李"], "the same articles in the same order, and nobody's codes"
    for coder, codes in (("王", "yyyyynnnnn"), ("李", "yyyynyynnn")):
        (tmp_path / "filled.csv").write_text(filled(sheets[coder], codes), "utf-8-sig")
        assert govnews("annotations", "import", "filled.csv", "--db", "a.db").stdout.startswith("10 annotations new")
    done = govnews("annotations", "agree", "王", "李", "--codebook", "tone", "--db", "a.db", "--json")
    said = json.loads(done.stdout)
    assert (said["units"], said["percent"]) == (10, 70)
    assert (round(said["kappa"], 6), round(said["alpha"], 6)) == (0.4, round(1 - 0.3 * 380 / 198, 6))


def test_what_was_coded_is_left_out_and_others_codes_do_not_show(db: Path) -> None:
    with open_archive(db) as archive:
        before = list(sheet(archive, Query(), "王", "tone", ["praise", "topic"], size=4))
        archive.connection.execute(
            "INSERT INTO annotations VALUES ('王', 'tone', ?, 'praise', '2026-01-01', 'secret', '')",
            (before[1]["uid"],),
        )
        after = list(sheet(archive, Query(), "王", "tone", ["praise", "topic"], size=4))
        other = list(sheet(archive, Query(), "李", "tone", ["praise", "topic"], size=4))
    assert [r["uid"] for r in after] == [r["uid"] for n, r in enumerate(before) if n != 1]
    assert [r["uid"] for r in other] == [r["uid"] for r in before] and "secret" not in str(other)
    assert all(row["praise"] == row["topic"] == "" for row in other)


def test_a_seed_draws_a_query_chooses_an_excerpt_cuts(db: Path) -> None:
    with open_archive(db, read_only=True) as archive:
        every = [row["uid"] for row in sheet(archive, Query(), "王", "t", ["a"])]
        assert [row["uid"] for row in sheet(archive, Query(), "王", "t", ["a"], size=3)] == every[:3]
        assert [row["uid"] for row in sheet(archive, Query(), "王", "t", ["a"], seed=2)] != every
        [row] = sheet(archive, Query(text="第3次会议"), "王", "t", ["a"], excerpt=5)
        assert row["text"] == "3月1日，…"
        with pytest.raises(Failure, match="cannot be the name of a code"):
            list(sheet(archive, Query(), "王", "t", ["title"]))


def test_a_uid_that_a_spreadsheet_spoilt_is_found_by_the_text(db: Path) -> None:
    with open_archive(db, read_only=True) as archive:
        row = {**next(sheet(archive, Query(), "王", "t", ["a"])), "a": "1"}
        good = row["uid"]
        [(line, back)] = codes_of(archive, [(2, {**row, "uid": "1.2E+15"})])
        assert (line, back["uid"], back["field"], back["value"]) == (2, good, "a", "1")
        with pytest.raises(Failure, match="line 3: no article"):
            list(codes_of(archive, [(3, {**row, "uid": "1.2E+15", "text_sha256": "0"})]))
