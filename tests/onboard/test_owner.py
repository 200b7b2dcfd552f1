"""Whose site it is: marks agree, contradict one another, or a person says so."""

from __future__ import annotations

import pytest
from invented import home

from govnews.onboard.links import read_front
from govnews.onboard.owner import Owner, prove
from govnews.sites import directory


def _proved(page: str, url: str = "http://www.nobody.test/", given: str = "") -> Owner:
    return prove(read_front(page.encode(), url), directory(), given)


def test_marks_that_agree_leave_no_doubt() -> None:
    owner = _proved(home(""), "http://www.weixi.gov.cn/")
    assert (owner.code, owner.doubts) == ("533423", ())
    assert {m.kind for m in owner.marks} == {"directory", "site code", "title", "host's name"}


@pytest.mark.parametrize(
    ("title", "foot", "code"),
    [
        ("云南省维西傈僳族自治县人民政府", "", "533423"),
        ("首页-维西县人民政府门户网站", "", "533423"),
        ("欢迎访问维西县人民政府网", "滇公网安备 53342302000010号", "533423"),
        ("政府门户网站", "网站标识码：5334230001", "533423"),
        ("首页", "主办：维西傈僳族自治县人民政府办公室", "533423"),
    ],
)
def test_each_mark_by_itself(title: str, foot: str, code: str) -> None:
    assert _proved(home("", title=title, foot=foot)).code == code


def test_a_foot_that_names_another_county_is_a_doubt() -> None:
    owner = _proved(home("", title="维西县人民政府", foot="主办单位：德钦县人民政府"))
    assert any("other marks mean" in doubt for doubt in owner.doubts)


def test_a_person_wins_and_is_told_what_speaks_against_it() -> None:
    owner = _proved(home(""), given="533422")
    assert (owner.code, owner.given) == ("533422", True)
    assert any("维西" in doubt for doubt in owner.doubts)


def test_another_provinces_licence_and_an_offices_title_are_doubts() -> None:
    foot = "网站标识码：5334230001 粤ICP备00000001号"
    owner = _proved(home("", title="维西傈僳族自治县卫生健康局", foot=foot))
    assert any("ICP" in d for d in owner.doubts) and any("an office's" in d for d in owner.doubts)


def test_a_page_that_says_nothing_names_nobody() -> None:
    assert _proved("<p>你好</p>").code == ""


def test_a_county_of_many_names_is_told_by_its_site_code() -> None:
    owner = _proved(home("", title="鼓楼区人民政府", foot="主办：鼓楼区人民政府 网站标识码：3201060001"))
    assert (owner.code, [d for d in owner.doubts if "other" in d]) == ("320106", [])
