"""Forms of a header line that pages of other makers have: each between the same headline and the same text, all of our writing."""

from __future__ import annotations

import pytest

from govnews import extract

TEXT = """<p>　　近日，松溪县组织技术员到各村指导果树修剪，边讲边做，果农围在树下看得仔细。</p>
<p>　　技术员说，剪去重叠的枝条，阳光照得进来，来年的果子才匀称，病虫也会少一些。</p>
<p>　　到月底，全县还要办九期这样的培训，山上的村寨也会一一走到。</p>"""
BODY = "\n".join(line[5:-4] for line in TEXT.splitlines()).replace("　", "").replace(">", "")


def _page(header: str, below: str = "") -> str:
    return (
        "<html><head><meta charset=utf-8><title>果树修剪培训走进山村-松溪县人民政府</title></head><body>"
        "<ul><li><a href=/>首页</a></li><li><a href=/a/>新闻</a></li></ul>"
        f"<div><h1>果树修剪培训走进山村</h1>{header}<div>{TEXT}</div>{below}</div><div>版权所有 松溪县人民政府</div></body></html>"
    )


@pytest.mark.parametrize(
    ("header", "time", "source", "views"),
    [
        # a count in other words
        ("<p>2021-06-02　来源：县农业农村局　1520人看过</p>", "2021-06-02", "县农业农村局", 1520),
        ("<p>2021-06-02 09:30:00　已有 352 人已阅</p>", "2021-06-02T09:30:00+08:00", None, 352),
        ("<p>2021年6月2日 · admin · 61 views</p>", "2021-06-02", None, 61),
        ("<p>發布日期：2021-06-02　點閱數：352</p>", "2021-06-02", None, 352),
        # a count behind an icon
        ('<h6>2021年06月02日 <i class="fa fa-eye"></i>1665 <i class="fa fa-comment"></i>0</h6>', "2021-06-02", None, 1665),
        ('<div>2021-06-02<i class=i1></i>县政务服务局<i class="icon-eye"></i>1,290<i class="icon-like"></i>7</div>', "2021-06-02", "县政务服务局", 1290),
        ('<ul><li>2021-06-02</li><li><i class="bi bi-eye"></i> 1.2万</li></ul>', "2021-06-02", None, 12000),
        ("<p>2021-06-02 县教体局 👁 530 👍 12</p>", "2021-06-02", "县教体局", 530),
        ('<p>2021-06-02 <a><i class="fa fa-eye-slash"></i>隐藏</a></p>', "2021-06-02", None, None),
        # fields in elements without names, glued to one another
        ("<div><span>松溪融媒</span><span>2021-06-02 17:05</span><span>61人已阅读</span></div>", "2021-06-02T17:05+08:00", "松溪融媒", 61),
        ("<div><span>来源：县水务局</span><span>2021-06-02</span><span>1520人看过</span></div>", "2021-06-02", "县水务局", 1520),
        ("<div><span>2021-06-02 17:05:33</span><span>8次浏览</span></div>", "2021-06-02T17:05:33+08:00", None, 8),
        ("<div><span>2021-06-02</span><span>怒江报</span><a href=#>听新闻</a><a href=#>A+</a></div>", "2021-06-02", "怒江报", None),
        ("<div>2021-06-02 09:30<span>来源：新渝报-客户端</span><span>0条评论</span></div>", "2021-06-02T09:30+08:00", "新渝报-客户端", None),
        ("<div>2021-06-02　来源：广播电视台<span>播放量：315</span></div>", "2021-06-02", "广播电视台", None),
        ("<div><em>2021-06-02</em><em>怒江日报</em><em>记者 李云 通讯员 和丽</em></div>", "2021-06-02", "怒江日报", None),
        ("<p>（2021-06-02 07:55:00）　来源：[云南日报]　（阅读 876）</p>", "2021-06-02T07:55:00+08:00", "云南日报", 876),
        # the source ends in a full stop; the day of the week and the half of the day before the clock
        ("<p>来源：县委办。 2021-06-02 09:20</p>", "2021-06-02T09:20+08:00", "县委办", None),
        ("<p>2021年6月2日 星期三 上午 10:20　来源：松溪网</p>", "2021-06-02T10:20+08:00", "松溪网", None),
        # labels of other makers
        ("<p>Date: 2021-06-02 &nbsp; Source: 国际合作处 &nbsp; Hits: 77</p>", "2021-06-02", "国际合作处", 77),
        ("<p>原文来源：财政部网站　转载时间：2021-06-02　访问：45</p>", "2021-06-02", "财政部网站", 45),
        ("<p>【信息时间：2021/6/2 阅读次数：<span>73</span>】【我要打印】【关闭】</p>", "2021-06-02", None, 73),
        ("<p>2021-06-02｜来源｜县城管局｜阅读｜201</p>", "2021-06-02", "县城管局", 201),
        ("<div>Wed Jun 02 17:05:00 CST 2021</div>", "2021-06-02T17:05:00+08:00", None, None),
        ("<p>2021-06-02 | 县城管局 | 77 阅读</p>", "2021-06-02", "县城管局", 77),
        ("<div><span>来源:县林草局</span><span>登载时间:2021-06-02</span><span>被浏览:12次</span></div>", "2021-06-02", "县林草局", 12),
        # one field a line, or a cell: the outlet without a label need not stand beside the date
        ("<ul><li>县林草局</li><li>点击数：45</li><li>发布日期：2021-06-02</li></ul>", "2021-06-02", "县林草局", 45),
        ("<table><tr><td>浏览量：7次</td><td>云岭县融媒体中心</td><td>2021年6月2日</td></tr></table>", "2021-06-02", "云岭县融媒体中心", 7),
        ("<table><tr><td>作者：</td><td>浏览量：77</td><td>2021-06-02</td><td>稿源：云南网</td></tr></table>", "2021-06-02", "云南网", 77),
        # what stands behind a number, a name or a date is a field of its own
        ("<p>点击：45　人民网-云南频道　日期：2021-06-02　编辑：李强</p>", "2021-06-02", "人民网-云南频道", 45),
        ("<p>责任编辑：王菲　云南网　更新时间：2021年6月2日　阅读：20368</p>", "2021-06-02", "云南网", 20368),
        ("<p>访问量：1203次　2021-06-02 17:05:44　怒江州人民政府办公室</p>", "2021-06-02T17:05:44+08:00", "怒江州人民政府办公室", 1203),
        ("<p>更新时间：2021-06-02　央视新闻客户端　点击数：77</p>", "2021-06-02", "央视新闻客户端", 77),
        ("<div><span>来源：康普乡</span><span>发布于 2021-06-02</span><span>责任编辑：王菲</span></div>", "2021-06-02", "康普乡", None),
        ("<p>信息来源：松溪发布　日期：2021-06-02　阅读次数：1,203</p>", "2021-06-02", "松溪发布", 1203),
        ("<p>文章来源：县委办　45次浏览　2021.06.02</p>", "2021-06-02", "县委办", 45),
        ("<div><span>作者：</span><span>1203人阅读</span><span>日期：2021-06-02</span></div>", "2021-06-02", None, 1203),
        ("<p>信息来源：云南网 | 45人阅读 | 2021-06-02</p>", "2021-06-02", "云南网", 45),
        ("<p>作者：中共松溪县委宣传部　2021-06-02</p>", "2021-06-02", None, None),
        ("<div><span>云南网</span><span>浏览量：45</span><span>责任编辑：王菲</span><span>时间：2021年6月2日</span></div>", "2021-06-02", "云南网", 45),
        ("<div><span>7人阅读</span><span>来源：云南网</span><span>2021/6/2 9:03</span></div>", "2021-06-02T09:03+08:00", "云南网", 7),
        ("<div><i>2021-06-02</i> <i>人民网-云南频道</i><em>字号：<a>大</a><a>中</a><a>小</a></em><a>打印</a></div>", "2021-06-02", "人民网-云南频道", None),
        ("<div><span>2021年6月2日</span><span>来源：中共松溪县委宣传部</span></div>", "2021-06-02", "中共松溪县委宣传部", None),
        ("<div><span>更新时间：2021-06-02</span><span>77阅读</span><span>稿源：云南网</span></div>", "2021-06-02", "云南网", 77),
        ("<p>2021-06-02　县文联</p>", "2021-06-02", "县文联", None),
        ("<p>2021-06-02　县文化馆　浏览：45</p>", "2021-06-02", "县文化馆", 45),
        # who issued it is no source; the date beside it is the time
        ("<p>发布单位：县林草局　2021-06-02</p>", "2021-06-02", None, None),
        ("<p>2021-06-02　拟稿：办公室　核稿：宣传部</p>", "2021-06-02", None, None),
        # dates of what is told
        ("<p>直播时间：2021-06-02 14:00　来源：县融媒体中心</p>", None, "县融媒体中心", None),
        ("<p>报名截止日期：2021-06-02</p>", None, None, None),
        ("<p>截至2021-06-02</p>", None, None, None),
        # the day above its month
        ("<div><b>02</b><span>2021-06</span></div>", "2021-06-02", None, None),
        ("<div><p>02</p><p>2021/06</p></div>", "2021-06-02", None, None),
    ],
)  # fmt: skip
def test_header(header: str, time: str | None, source: str | None, views: int | None) -> None:
    article = extract(_page(header))
    assert (article.publish_time, article.source, article.view_count) == (time, source, views)
    assert article.body.replace("\u3000", "") == BODY


def test_header_below_the_text() -> None:
    below = "<div><span>来源：县林草局</span><span>发布时间：2021-06-02 10:30:00</span><span>点击数：<b>208</b></span><span>打印</span><span>关闭</span></div>"
    article = extract(_page("", below))
    assert (article.publish_time, article.source, article.view_count) == ("2021-06-02T10:30:00+08:00", "县林草局", 208)
    assert article.body.replace("\u3000", "") == BODY


@pytest.mark.parametrize(
    "below",
    [
        "<ul><li>45人阅读</li><li>作者：和丽</li><li>2021-06-02</li></ul>",
        "<p class=m>更新时间：2021-06-02 | 来源：县林草局 | 阅读：45次</p>",
        "<div>2021-06-02　45人阅读</div>",
    ],
)
def test_a_day_beside_a_count_below_the_text_is_no_signature(below: str) -> None:
    article = extract(_page("", below))
    assert (article.publish_time, article.view_count) == ("2021-06-02", 45)
    assert article.body.replace("\u3000", "") == BODY


def test_header_among_the_last_paragraphs() -> None:
    tail = "<p align=right>作者：和春　来源：县民政局</p><p align=right>发布时间：2021-06-02</p><p align=right>点击：<span>85</span></p>"
    article = extract(_page("").replace("走到。</p>", f"走到。</p>{tail}"))
    assert (article.publish_time, article.source, article.view_count) == ("2021-06-02", "县民政局", 85)


def test_a_source_behind_a_bar_in_the_last_paragraphs() -> None:
    article = extract(
        _page("<p>2021-06-02 09:30</p>").replace(
            "走到。</p>", "走到。</p><p>来源丨松溪县融媒体中心</p><p>编辑丨李云</p>"
        )
    )
    assert (article.source, article.editor) == ("松溪县融媒体中心", "李云")


def test_dates_and_numbers_of_the_text_are_no_header() -> None:
    tail = "<p>　　报名时间：2021-06-02</p><p>　　本次活动的点击：85</p><p>　　松溪县果业站</p><p>2021年6月1日</p>"
    article = extract(_page("").replace("走到。</p>", f"走到。</p>{tail}"))
    assert (article.publish_time, article.source, article.view_count) == (None, None, None)


@pytest.mark.parametrize(
    "below",
    [
        "<p>【<a href=#>返回</a>】</p>",
        "<p>责任编辑：<span></span></p>",
        "<p>本文地址：http://www.songxi.test/n/1.html</p>",
        "<p>您的浏览器版本过低，建议升级</p>",
    ],
)
def test_controls_and_empty_labels_end_a_known_container(below: str) -> None:
    page = _page("<p>2021-06-02　来源：县林草局</p>").replace("<div><p>", "<div class=TRS_Editor><p>")
    article = extract(page.replace("走到。</p>", f"走到。</p>{below}"))
    assert article.body.replace("\u3000", "") == BODY


def test_what_stands_around_an_editors_block_is_of_the_template() -> None:
    below = "<p>编辑：贾宜</p><div>松溪新闻热线：0599-0000000，更多精彩资讯请在应用市场下载“松溪新闻”，欢迎提供新闻线索。</div>"
    page = _page("<p>2021-06-02　来源：县林草局</p>").replace(
        "<div><p>", "<div class=article-body><div class=TRS_Editor><p>"
    )
    article = extract(page.replace("走到。</p>", f"走到。</p></div>{below}"))
    assert article.body.replace("\u3000", "") == BODY


@pytest.mark.parametrize("column", ["乡镇动态", "通知公告", "部门信息"])
def test_a_column_named_in_the_title_tag_is_no_headline(column: str) -> None:
    page = _page("<p>2021-06-02　来源：县林草局</p>").replace("果树修剪培训走进山村-松溪县人民政府", column)
    page = page.replace(
        "<h1>果树修剪培训走进山村</h1>", f"<div class=head>{column}</div><div class=newstit>果树修剪培训走进山村</div>"
    )
    assert extract(page).title == "果树修剪培训走进山村"


def test_a_headline_that_begins_like_a_control() -> None:
    page = (
        _page("<p>2021-06-02　来源：县林草局</p>")
        .replace("果树修剪培训走进山村", "打印店老板的“公益账本”")
        .replace("h1>", "div>")
    )
    assert extract(page.replace("-松溪县人民政府", "")).title == "打印店老板的“公益账本”"
