"""Short invented news, put together from a few sentences: as many as a county's list needs, each of them different.

May import: the standard library.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

_NEWEST = datetime(2024, 6, 18, 16, 45, 30)
_PLACES = "城关镇 柳林乡 双河镇 青石坡村 白沙街道 桃花溪村 新桥镇 马鞍山村 北门社区 石门乡 杏花岭村".split()
_SOURCES = "融媒体中心 人民政府办公室 农业农村局 文化和旅游局 住房和城乡建设局".split()
_EVENTS = (
    (
        "推进农村公路养护",
        "组织三十余名养护员清理边沟、修补路面，整治隐患路段{n}公里",
        "道路通畅了，山里的蔬果当天就能运进城",
    ),
    (
        "开展森林防火巡查",
        "护林员分组进山入林，检查防火物资，劝导携带火种人员{n}人次",
        "守住一片林，就是守住全村人的饭碗",
    ),
    ("举办乡村厨艺比赛", "来自各村组的{n}名选手同台献艺，用本地食材做出一桌乡土好菜", "自家地里的菜，做出来格外香"),
    ("启动夏粮收购工作", "备足仓容和资金，设立收购点，首日收购新麦{n}吨", "排队不到半小时就结清了粮款"),
    ("完成饮水管网改造", "更换老旧管道{n}公里，新建蓄水池两座，家家通上了干净的自来水", "拧开龙头就有水，再也不用挑了"),
    ("组织老年人免费体检", "医护人员带着设备进村入户，为{n}位老人建立健康档案", "在家门口就做了检查，医生还讲得仔细"),
    ("推广水稻机械插秧", "调配插秧机二十台，完成机插面积{n}亩，比人工快了十倍", "机器下了田，我们只管看水"),
    ("整治河道乱堆乱放", "清理漂浮物和建筑垃圾{n}车，沿岸补种柳树", "河水清了，晚饭后散步的人多了起来"),
    ("开设暑期公益课堂", "志愿者开出书法、合唱、科学实验等课程，{n}名孩子报名参加", "孩子有人管，我们上班也安心"),
    ("建成集中充电车棚", "新装充电端口{n}个，配齐消防设施，方便居民安全充电", "不用再从楼上拉线下来了"),
    ("培育食用菌产业", "建起标准化菇棚{n}个，统一供种、统一技术、统一销售", "在菇棚里干活，一天能挣一百二十元"),
    ("开展食品安全检查", "执法人员检查小餐饮店和副食店{n}家，当场纠正问题七处", "检查勤一点，大家吃得放心一点"),
    ("改造提升农贸市场", "翻新摊位{n}个，硬化地面，增设公平秤和检测室", "地面干爽了，买菜也舒心"),
)
_CLOSINGS = (
    "下一步，{name}将总结经验做法，把这项工作推向更多乡村。",
    "据了解，这项工作已列入{name}今年的民生实事清单。",
    "目前，各项任务正按照时间节点有序推进，预计年底前全部完成。",
    "有关负责人表示，将加强后续管护，让群众长久受益。",
    "截至目前，{name}已有十二个村参与其中，受益群众超过八千人。",
)


@dataclass(frozen=True, slots=True)
class Story:
    """One row of a list and what stands behind it. kind: `article`, `off_site` (then url is its address) or `soft_404`. time: to
    the second, with a blank between."""

    number: int
    kind: str
    title: str
    time: str
    source: str
    views: int
    paragraphs: tuple[str, ...]
    url: str = ""


@cache
def stories(name: str, first: int, count: int, step: int) -> tuple[Story, ...]:
    """The stories of a county, newest first, `step` days apart; the fifth row leads elsewhere, behind the eighth is nothing."""
    return tuple(_story(name, first + count - 1 - n, n, step) for n in range(count))


def _story(name: str, number: int, n: int, step: int) -> Story:
    what, done, said = _EVENTS[(n * 5 + number) % len(_EVENTS)]
    place = _PLACES[n % len(_PLACES)]
    time = _NEWEST - timedelta(days=n * step, minutes=37 * n % 400, seconds=11 * n % 60)
    paragraphs = (
        f"{time.month}月{time.day}日，{name}{place}{what}，{done.format(n=18 + n * 7)}。",
        f"“{said}。”{place}居民这样说。近年来，{place}从群众身边的小事做起，一件一件抓落实。",
        _CLOSINGS[n % len(_CLOSINGS)].format(name=name),
    )
    kind = {4: "off_site", 7: "soft_404"}.get(n, "article")
    url = f"http://www.shengbao.test/a/{number}.html" if kind == "off_site" else ""
    source = f"{name}{_SOURCES[n % len(_SOURCES)]}"
    return Story(number, kind, f"{place}{what}", f"{time:%Y-%m-%d %H:%M:%S}", source, 120 + n * 37, paragraphs, url)
