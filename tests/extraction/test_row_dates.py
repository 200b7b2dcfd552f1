"""The day of a list row whose parts stand in elements of their own, beside other figures."""

from __future__ import annotations

import pytest

from govnews import listing
from govnews.extraction.row_dates import date_in


@pytest.mark.parametrize(
    ("texts", "day"),
    [
        (["18", "2024-06", "城关镇开设课堂", "6月2日,城关镇开设暑期课堂"], "2024-06-18"),
        (["2024-06", "18", "6月2日，城关镇"], "2024-06-18"),
        (["18日", "2024年6月", "3月5日起施行"], "2024-06-18"),
        (["06-18", "2024", "7月1日，城关镇"], "2024-06-18"),
        (["18", "/06月", "城关镇开设课堂", "6月2日，城关镇"], "--06-18"),
        (["18", "6月", "城关镇开设课堂", "7月2日"], "--06-18"),
        (["2024-06", "6月2日，城关镇开设暑期课堂"], None),
        (["2024-06 3月5日"], None),
    ],
)
def test_a_day_in_two_parts_is_not_mixed_with_the_text_below(texts: list[str], day: str | None) -> None:
    assert date_in(texts) == day


MAY, JUNE = (
    [(f"/xw/{n}/", f"城关镇第{n}次清理河道垃圾", 32 - n) for n in range(1, 4)],
    [(f"/xw/{n}/", f"柳林乡第{n}次推广机械插秧", 20 - n) for n in range(11, 14)],
)


@pytest.mark.parametrize("row", ["<p><a href='{}'>{}</a><span>{}日</span></p>", "<p>[{2}] <a href='{0}'>{1}</a></p>"])
@pytest.mark.parametrize("group", ["<h3>{}年{}月</h3>{}", "<div><h3>{}-{:02}</h3></div><div>{}</div>"])
def test_days_below_headings_of_months(row: str, group: str) -> None:
    """A day alone, under the heading of its month."""
    groups = [(2024, 6, JUNE), (2023, 5, MAY)]
    rows = "".join(group.format(year, month, "".join(row.format(*r) for r in told)) for year, month, told in groups)
    read = listing(f"<html><body><div>{rows}</div></body></html>", url="http://www.pucheng-zf.test/xw/")
    assert [(item.title, item.date) for item in read.items] == [
        (title, f"{year}-{month:02}-{day:02}") for year, month, told in groups for _, title, day in told
    ]
