"""The day of a list row whose parts stand in elements of their own, beside other figures."""

from __future__ import annotations

import pytest

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
