"""Where a text begins and ends: first paragraphs that look like header lines, last lines that are pagers. All of our writing."""

from __future__ import annotations

import pytest

from govnews import extract

TABLE = (
    "<table><tr><td>索引号</td><td>530000-2019-0003</td><td>发布机构</td><td>松溪县人民政府办公室</td></tr>"
    "<tr><td>文号</td><td>松政任〔2019〕4号</td><td>发布日期</td><td>2019-03-15</td></tr></table>"
)
REST = (
    "<p>　　任命：</p><p>　　李春林同志为县水务局副局长；</p><p>　　和丽同志为县档案馆馆长。</p>"
    "<p>　　免去：</p><p>　　杨帆同志县供销社主任职务。</p>"
)
TEXT = "<p>　　近日，松溪县组织技术员到各村指导果树修剪，边讲边做，果农围在树下看得仔细。</p><p>　　到月底，全县还要办九期这样的培训。</p>"


def _page(title: str, inner: str) -> str:
    return f"<html><head><meta charset=utf-8><title>{title}</title></head><body><div>{inner}</div><div>版权所有 松溪县人民政府</div></body></html>"


@pytest.mark.parametrize(
    "opening",
    [
        "经2019年3月8日县人民政府第28次常务会议研究，决定：",
        "经2019年3月8日县委常委会会议研究决定，现通知如下：",
        "根据2019年3月8日县人大常委会会议决定，",
    ],
)
def test_a_dated_opening_is_no_header_line(opening: str) -> None:
    title = "松溪县人民政府关于李春林等同志任免职的通知"
    hail = "各乡镇人民政府，县直各委、办、局："
    found = extract(_page(title, f"{TABLE}<h3>{title}</h3><div><p>{hail}</p><p>　　{opening}</p>{REST}</div>"))
    assert found.title == title
    assert found.publish_time == "2019-03-15"
    assert found.source is None
    assert found.body.startswith(f"{hail}\n{opening}\n任命：")


@pytest.mark.parametrize(
    "pager",
    [
        "<div><a>1</a><a href=_2.html>2</a><a>下一页</a></div>",
        "<div><span>首页</span> <span>上一页</span> 1 <a href=_2.html>2</a> <a href=_2.html>下一页</a> <span>尾页</span></div>",
        "<div>共2页 <b>1</b> <a href=_2.html>2</a></div>",
        "<div><span>1</span></div>",
    ],
)
def test_a_pager_below_the_text_is_none_of_it(pager: str) -> None:
    head = "<h1>果树修剪培训走进山村</h1><p>2021-06-02 09:30　来源：县农业农村局</p>"
    found = extract(_page("果树修剪培训走进山村", f"{head}<div class=content>{TEXT}{pager}</div>"))
    assert found.body.endswith("九期这样的培训。")


def test_a_number_that_ends_a_list_stays() -> None:
    head = "<h1>摇号结果公布</h1><p>2021-06-02 09:30　来源：县住建局</p>"
    found = extract(_page("摇号结果公布", f"{head}<div>{TEXT}<p>中签号：</p><p>18</p><p>27</p></div>"))
    assert found.body.endswith("\n18\n27")


@pytest.mark.parametrize(
    "title", ["视频：松溪新闻（2024年5月20日）", "松溪新闻联播 2024年5月20日", "摄影：雨后（2024年5月20日）"]
)
def test_a_day_in_a_headline_behind_an_ordinary_word(title: str) -> None:
    inner = f"<h1>{title}</h1><p>发布时间：2024-05-20 20:15</p><video src=/v/1.mp4></video>"
    older = "<h3>往期回顾</h3><ul><li><a href=v1.html>松溪新闻（2024年5月17日）</a></li><li><a href=v2.html>松溪新闻（2024年5月15日）</a></li></ul>"
    found = extract(_page(title, inner + older))
    assert (found.kind, found.title, found.publish_time) == ("article", title, "2024-05-20T20:15+08:00")


ROWS = "<tr><td>乡镇</td><td>户数</td><td>人数</td><td>金额（元）</td><td>备注</td></tr>" + "".join(
    f"<tr><td>{town}</td><td>{n * 17}</td><td>{n * 31}</td><td>{n * 1840}</td><td>按月发放到一卡通</td></tr>"
    for n, town in enumerate(["石桥镇", "塔城镇", "大坪乡", "格朗乡", "永春乡", "康普乡"], 7)
)


@pytest.mark.parametrize("tag", ["p", "div"])
@pytest.mark.parametrize(
    ("inner", "first", "last"),
    [
        pytest.param(
            f"<T>现公告如下：</T><T>单位：元</T><table>{ROWS}</table><T>监督电话：0800-000000</T><T>松溪县民政局</T><T>2022年4月20日</T>",
            "现公告如下：",
            "2022年4月20日",
            id="a table between short lines",
        ),
        pytest.param(
            f"<T>广大车主：</T><T>{'因供水管道抢修，定于三月十九日对玉泉路沿线停水，请用户提前储水，施工期间过往车辆请绕行滨河路，' * 3}敬请谅解。</T>"
            "<T>特此通告。</T><T>松溪县自来水公司</T>",
            "广大车主：",
            "松溪县自来水公司",
            id="one long paragraph between short ones",
        ),
    ],
)
def test_short_lines_beside_what_is_most_of_the_text(tag: str, inner: str, first: str, last: str) -> None:
    head = "<h1>低保资金发放公告</h1><div class=s>2022-04-20 11:11　来源：县民政局　点击：502</div>"
    text = inner.replace("<T>", f"<{tag}>").replace("</T>", f"</{tag}>")
    found = extract(_page("低保资金发放公告", f"{head}<div class=n>{text}</div><div>热门推荐</div>"))
    assert found.body.splitlines()[0] == first
    assert found.body.splitlines()[-1] == last
