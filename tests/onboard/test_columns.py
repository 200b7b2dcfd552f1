"""Names of columns are judged by data: whose news they are, or why they are nobody's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnews.model import ListItem
from govnews.onboard.columns import ENOUGH, Place, channel, doubt_of_rows, judge
from govnews.onboard.links import tidy
from govnews.onboard.owner import Owner, place_of
from govnews.sites import directory

WEIXI = place_of(Owner("533423", "维西县", 9, False, (), ()), directory())


OWN = (
    "维西要闻 维西新闻 维西县动态 维西县要闻 维西时政要闻 今日维西 县内要闻 本地动态 本县新闻 政务要闻 时政要闻 要闻 要闻动态 工作动态 新闻动态 今日要闻 "
    "今日维西news 查看更多维西要闻 新闻中心政务要闻 县级要闻 镇街播报 街镇信息 部门信息 "
    "头条新闻 政务资讯 综合新闻 部门动态 乡镇动态 部门乡镇 基层动态 政府动态 党政要闻 县域要闻 县政府要闻"
)
OTHERS = (
    "国务院要闻 国务要闻 中央要闻 国内新闻 国际新闻 省内要闻 省府要闻 云南要闻 云南省要闻 迪庆要闻 迪庆州动态 州内要闻 昆明动态 德钦县要闻 省市要闻 自治区要闻 "
    "区内要闻 市政府要闻 媒体聚焦 外媒新闻 通知公告 公示公告 政策解读 政策动态 法规文件 图片新闻 视频新闻 新闻发布会 招聘信息 专题专栏 办事服务 领导之窗 "
    "县情概况 首页 更多 联系我们 旅游资讯"
)


@pytest.mark.parametrize("name", OWN.split())
def test_its_own_news(name: str) -> None:
    points, reason = judge(name, WEIXI)
    assert points >= ENOUGH, reason


@pytest.mark.parametrize("name", OTHERS.split())
def test_not_its_own_news(name: str) -> None:
    points, reason = judge(name, WEIXI)
    assert points < ENOUGH and reason


def test_a_county_is_not_taken_for_what_it_is_called_like() -> None:
    chaoyang = place_of(Owner("110105", "朝阳区", 9, False, (), ()), directory())
    assert judge("朝阳要闻", chaoyang)[0] >= ENOUGH  # though there is a prefecture 朝阳
    assert judge("北京要闻", chaoyang)[0] == 0


def test_names_that_lead_to_columns() -> None:
    assert channel("新闻中心", WEIXI) and channel("走进维西", WEIXI) and not channel("走进大理", WEIXI)


@given(st.text(max_size=20))
def test_any_name_is_judged(name: str) -> None:
    points, reason = judge(tidy(name), Place(frozenset({"维西", "(["})))
    assert 0 <= points <= 12 and reason


@pytest.mark.parametrize(
    ("titles", "host", "said"),
    [
        (["敬老院里书声琅琅迎端午"] * 6, "www.weixi.gov.cn", ""),
        (["国务院部署夏粮收购工作会议"] * 6, "www.weixi.gov.cn", "upper level"),
        (["关于道路施工的通告和说明"] * 6, "www.weixi.gov.cn", "notices"),
        (["敬老院里书声琅琅迎端午"] * 6, "www.yn.gov.cn", "other sites"),
        (["公开指南"] * 6, "www.weixi.gov.cn", "too short"),
        ([], "www.weixi.gov.cn", "no rows"),
    ],
)
def test_rows_are_judged_too(titles: list[str], host: str, said: str) -> None:
    doubt = doubt_of_rows([ListItem(f"http://{host}/{n}.html", t) for n, t in enumerate(titles)], {"weixi.gov.cn"})
    assert said in doubt if said else doubt == ""
