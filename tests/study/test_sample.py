"""Samples: the same anywhere, whole, and honest about what cannot be crawled; frames of earlier years."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnews.cli import sample
from govnews.model import Failure
from govnews.sites import frame
from govnews.sites.frame import County
from govnews.sites.sampling import allocate, draw


def county(n: int, province: str = "甲省", state: str = "crawlable") -> County:
    return County(f"{n:06d}", f"县{n}", province, None, "县", state)


FRAME = [county(n, "甲省" if n % 3 else "乙省", "crawlable" if n % 4 else "no_column") for n in range(1, 61)]


def test_the_same_seed_draws_the_same_counties_anywhere() -> None:
    """Pinned: another Python, machine or release must not move it."""
    rows = draw(FRAME, ["province"], seed=7, size=6)
    assert [(r.stratum, r.county.code, r.weight) for r in rows] == PINNED
    assert draw(list(reversed(FRAME)), ["province"], seed=7, size=6) == rows, (
        "the order of the frame makes no difference"
    )
    assert draw(FRAME, ["province"], seed=8, size=6) != rows


PINNED = [
    ("乙省", "000039", "10.000000"),
    ("乙省", "000009", "10.000000"),
    ("甲省", "000040", "10.000000"),
    ("甲省", "000044", "10.000000"),
    ("甲省", "000023", "10.000000"),
    ("甲省", "000020", "10.000000"),
]


def test_a_larger_sample_keeps_a_smaller_one() -> None:
    small, large = (draw(FRAME, ["province"], seed=7, size=size) for size in (9, 30))
    assert {r.county.code for r in small} < {r.county.code for r in large}


def test_what_cannot_be_crawled_stays_and_is_replaced_in_order() -> None:
    rows = draw(FRAME, [], seed=7, size=20, replacements=10)
    chosen, spare = rows[:20], rows[20:]
    assert [r.role for r in rows] == ["drawn"] * 20 + ["replacement"] * 10
    lacking = [r.county.code for r in chosen if r.county.state != "crawlable"]
    usable = [r for r in spare if r.county.state == "crawlable"]
    assert lacking and [r.replacement_for for r in usable[: len(lacking)]] == lacking
    assert all(r.reason for r in rows if r.county.state != "crawlable")
    assert not any(r.replacement_for for r in spare if r.county.state != "crawlable")


@given(st.dictionaries(st.text("甲乙丙丁戊", min_size=1), st.integers(1, 50), min_size=1), st.data())
def test_sizes_add_up(units: dict[str, int], data: st.DataObject) -> None:
    size = data.draw(st.integers(len(units), sum(units.values())))
    out = allocate(units, size)
    assert sum(out.values()) == size and all(1 <= out[name] <= units[name] for name in units)


def test_weights_add_up_to_the_frame() -> None:
    rows = draw(FRAME, ["province"], seed=1, size=17)
    assert sum(Fraction(r.units, r.taken) for r in rows) == len(FRAME)


@pytest.mark.parametrize(
    ("by", "size", "code"), [(["colour"], 5, "bad_strata"), (["province"], 1, "bad_size"), ([], 99, "bad_size")]
)
def test_what_cannot_be_drawn(by: list[str], size: int, code: str) -> None:
    with pytest.raises(Failure) as failed:
        draw(FRAME, by, seed=1, size=size)
    assert failed.value.code == code and failed.value.exit_code == 2


def test_a_frame_of_an_earlier_year_has_the_county_under_its_name_of_then() -> None:
    """延庆县 became 延庆区 in 2015: one county before and after, never two."""
    then = {c.code_then: c for c in frame(at=2014)}
    now = {c.code_then: c for c in frame(at=2016)}
    assert (then["110229"].code, then["110229"].name_then, then["110229"].type) == ("110119", "延庆县", "县")
    assert "110119" not in then and "110229" not in now and now["110119"].name == "延庆区"
    merged = {c.code_then: c for c in frame(at=2024)}
    assert merged["500105"].code == merged["500112"].code == "500157", "two districts that later became one"
    assert len(frame()) == 2847


def test_the_file_is_read_back(tmp_path: Path) -> None:
    words = "sample --by type --seed 7 --size 12 --province 云南 --replacements 2".split()
    said = subprocess.run([sys.executable, "-m", "govnews", *words], capture_output=True, encoding="utf-8", check=True)
    (tmp_path / "s.csv").write_text(said.stdout, "utf-8")
    rows = list(csv.DictReader(io.StringIO(said.stdout)))
    assert tuple(rows[0]) == sample.NAMES and "seed=7" in rows[0]["design"]
    kept = sample.drawn(tmp_path / "s.csv")
    assert [r["code"] for r in kept if r["role"] == "drawn"] == [r["code"] for r in rows if r["role"] == "drawn"]
    assert set(sample.crawlable(tmp_path / "s.csv")) == {r["code"] for r in kept if r["status"] == "crawlable"}
    (tmp_path / "no.csv").write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(Failure, match="is no sample"):
        sample.drawn(tmp_path / "no.csv")


def test_a_county_that_was_abolished_stays_in_the_coverage_of_its_sample(tmp_path: Path) -> None:
    """A frame of an earlier year draws counties whose code nobody knows any more."""
    former = next(c for c in frame(at=2010) if c.why)
    path = tmp_path / "sample.csv"
    path.write_text(
        f"role,replacement_for,code,status,name,reason\ndrawn,,{former.code},no_site,{former.name},{former.why}\n"
        "drawn,,533423,crawlable,,\n",
        "utf-8",
    )
    one, other = sample.drawn_counties(path, None)
    assert (one.code, one.name, one.state, one.why) == (former.code, former.name, "no_site", former.why)
    assert other.code == "533423" and other.state == "crawlable"


def test_a_frame_of_ones_own_with_its_own_strata(tmp_path: Path) -> None:
    path = tmp_path / "frame.csv"
    path.write_text("code,name,poor\n533423,,yes\n110119,,no\n999999,旧城县,yes\n", "utf-8")
    units = sample.own_frame(path, None)
    assert [(c.code, c.state, c.group("poor")) for c in units] == [
        ("110119", "crawlable", "no"), ("533423", "crawlable", "yes"), ("999999", "no_site", "yes"),
    ]  # fmt: skip
    assert {row.stratum for row in draw(units, ["poor"], seed=1, size=3)} == {"yes", "no"}
    with pytest.raises(Failure, match="there are no strata by rich"):
        draw(units, ["rich"], seed=1, size=3)
    path.write_text("code\n999999\n", "utf-8")
    with pytest.raises(Failure, match="no county is called 999999"):
        sample.own_frame(path, None)
    for number in ("533423.0", "5.33423E+05"):
        path.write_text(f"code,name\n{number},维西县\n", "utf-8")
        with pytest.raises(Failure, match=r"line 2: .* is a number that a program made of a code"):
            sample.own_frame(path, None)


def test_a_sample_that_excel_saved_in_its_own_encoding_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "sample.csv"
    path.write_bytes("role,replacement_for,code,status,name\ndrawn,,533423,crawlable,维西县\n".encode("gb18030"))
    with pytest.raises(Failure, match="not UTF-8") as failed:
        sample.drawn(path)
    assert "CSV UTF-8" in failed.value.hint
