"""How well reprints are found: precision and recall on made articles, by the kind of edit, and what signing costs.

    python bench/reprints.py [--stories 300]

Every story is made of its own sentences and of stock phrases that all stories share. It is printed again elsewhere: as it is, cut to
three quarters, with by-lines and an outlet's opening, with other leaders' names, with a sign changed every 80 characters, or behind
another story (`merged`). Beside them stand notices of one template that differ in dates and numbers only (a weather warning a day):
they are different articles whose words are the same, and no comparison of words can part them, so they have a line of their own.
Two articles of one group are a claim; a claim is right when both tell the same story.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import defaultdict
from itertools import combinations
from pathlib import Path

from govnews.archive import Unit, Writer, open_archive
from govnews.archive.reprints import update_reprints
from govnews.extraction import uid
from govnews.model import Article, Page

HOLD = {"precision": 0.99, "recall": 0.97}
"""Of all but the notices and the merged."""
_SIGNS = "山水田林路桥村镇茶果菜粮畜药学医养保水电网厂店站场园库渠坝沟坡岭河湖泉井仓棚圈池塘苗种收播浇修建查访谈帮带教护巡防救治改清拆补"
_STOCK = (
    "会议指出，要提高政治站位，压实工作责任，确保各项任务落到实处。",
    "下一步，将继续加大工作力度，为全县高质量发展作出贡献。",
    "县级有关部门主要负责人参加活动。",
    "各乡镇要结合实际，细化措施，抓好落实。",
)
_LEADERS = ("和志远", "余文清", "阿普次仁", "李建平", "杨丽芬", "王成")


def story(dice: random.Random) -> list[str]:
    """The sentences of one story: mostly its own, some of everybody's."""
    own = ["".join(dice.choices(_SIGNS, k=dice.randint(12, 40))) + "。" for _ in range(dice.randint(5, 12))]
    named = f"县委书记{dice.choice(_LEADERS)}，县长{dice.choice(_LEADERS)}出席。"
    mixed = [*own, *dice.sample(_STOCK, 2), named]
    dice.shuffle(mixed)
    return mixed


def edits(text: list[str], other: list[str], dice: random.Random) -> dict[str, str]:
    """Kind of edit → the story as printed elsewhere."""
    whole = "".join(text)
    names = whole
    for name in _LEADERS:
        names = names.replace(name, dice.choice(_LEADERS))
    signs = [dice.choice(_SIGNS) if n % 80 == 40 else c for n, c in enumerate(whole)]
    return {
        "as it is": whole,
        "cut": "".join(text[: max(3, len(text) * 3 // 4)]),
        "by-lines": f"本网讯（记者 周小河 通讯员 段晓）{whole}（编辑：段晓 审核：周小河 来源：青杉县融媒体中心）",
        "leaders": names,
        "signs": "".join(signs),
        "merged": whole + "".join(other),
    }


def made(stories: int) -> list[tuple[str, str, str]]:
    """(story, kind of edit, text) of every article."""
    dice = random.Random(2260)
    texts = [story(dice) for _ in range(stories)]
    out = []
    for n, text in enumerate(texts):
        out.append((f"s{n}", "first", "".join(text)))
        printed = edits(text, texts[n - 1], dice)
        out += [(f"s{n}", kind, printed[kind]) for kind in dice.sample(sorted(set(printed) - {"merged"}), 2)]
        if n % 10 == 0:
            out.append((f"s{n}", "merged", printed["merged"]))
    for day in range(60):
        warned = (
            f"青杉县气象台{day % 12 + 1}月{day % 28 + 1}日{day % 24}时发布暴雨黄色预警信号：预计未来6小时内，我县{day % 9 + 2}个乡镇降雨量将达"
            f"{50 + day}毫米以上，山洪和地质灾害气象风险较高，请有关单位和个人做好防范，注意安全。"
        )
        out.append((f"warning {day}", "notice", warned))
    return out


def fill(path: Path, articles: list[tuple[str, str, str]]) -> dict[str, int]:
    """Stores them, each on a site of its own; uid → its place in the list."""
    out = {}
    with open_archive(path) as archive:
        writer = Writer(archive)
        for n, (_, _, text) in enumerate(articles):
            url = f"http://www.site{n % 97}.test/{n}.html"
            key = url.removeprefix("http://www.")
            article = Article("article", f"第{n}篇", "2024-03-01", "day", "2024-03-01", None, None, "absent", text)
            page = Page(url, str(n).encode(), f"2024-03-01T00:00:{n % 60:02d}Z", site=f"99{n % 97:04d}")
            writer.add(Unit(page, key, uid(key), "bench", kind="article", article=article))
            out[uid(key)] = n
        writer.close()
    return out


def main() -> int:
    """Prints the figures; 1 when they fall below what is held."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--stories", type=int, default=300)
    articles = made(parser.parse_args().stories)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        numbers = fill(path, articles)
        with open_archive(path) as archive:
            began = time.process_time()
            update_reprints(archive)
            spent = time.process_time() - began
            groups = defaultdict(list)
            for row in archive.connection.execute("SELECT uid, cluster FROM reprints"):
                groups[row["cluster"]].append(numbers[row["uid"]])
    claimed = {pair for group in groups.values() for pair in combinations(sorted(group), 2)}
    kinds = [kind for _, kind, _ in articles]
    plain = {pair for pair in claimed if not {"notice", "merged"} & {kinds[n] for n in pair}}
    true = [p for p in combinations(range(len(articles)), 2) if articles[p[0]][0] == articles[p[1]][0]]
    wanted = {p for p in true if "merged" not in (kinds[p[0]], kinds[p[1]])}
    precision, recall = len(plain & wanted) / len(plain), len(plain & wanted) / len(wanted)
    print(f"{len(articles)} articles, {len(wanted)} true pairs: precision {precision:.3f}, recall {recall:.3f}")
    for kind in dict.fromkeys(kinds):
        pairs = [p for p in true if "first" in (kinds[p[0]], kinds[p[1]]) and kind in (kinds[p[0]], kinds[p[1]])]
        if kind not in ("first", "notice"):
            print(f"  {kind:9} {sum(p in claimed for p in pairs)} of {len(pairs)} found")
    wrong = sum(kinds[a] == kinds[b] == "notice" for a, b in claimed)
    joined = sum(articles[a][0] != articles[b][0] for a, b in claimed - plain) - wrong
    print(
        f"  notices of one template: {wrong} of {60 * 59 // 2} pairs taken for the same; by merged articles {joined} pairs joined"
    )
    print(f"  {1e6 * spent / len(articles):.0f} us of CPU an article")
    return 0 if precision >= HOLD["precision"] and recall >= HOLD["recall"] else 1


if __name__ == "__main__":
    sys.exit(main())
