"""Numbers and list names of private persons: found when they are such, and nothing else is. All numbers are computed here."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnews import extract
from govnews.text import private
from govnews.text.private import counted, is_bank_card, is_identity_number, marks, masked


def identity(place: str = "533423", born: str = "19900307", order: str = "002") -> str:
    """A number that no one has, with its check character."""
    weights = [2 ** (17 - n) % 11 for n in range(17)]
    body = place + born + order
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


def card(start: str = "622848", length: int = 19) -> str:
    """A number with a Luhn digit."""
    body = start + "0123456789012"[: length - 1 - len(start)]
    return next(body + str(d) for d in range(10) if is_bank_card(body + str(d)))


ID, CARD, MOBILE = identity(), card(), "13812340987"

FOUND = {
    f"身份证号：{ID}": {"identity_card": 1},
    f"公民身份号码{identity(order='117').lower()}，男": {"identity_card": 1},
    f"卡号{CARD}（农行）": {"bank_card": 1},
    f"卡号{card('622202', 16)}": {"bank_card": 1},
    f"联系人：王某，电话{MOBILE}。": {"mobile": 1},
    "电话：138-1234-0987": {"mobile": 1},
    "电话：138 1234 0987；+86 13812340987": {"mobile": 2},
    f"{ID}、{MOBILE}": {"identity_card": 1, "mobile": 1},
}
NOTHING = [
    "热线12345，24小时值守；报警110，急救120",
    "咨询电话：0887-8626001，（0887）8626002，400-810-1234",
    "云政发〔2024〕12号，索引号：015274653-202403-138123",
    "索引号：13812340987",
    "项目代码：2403-533423-04-01-138123",
    "总投资13812340987元，补助15912345678.50元",
    "2024年3月1日20240301093000",
    f"统一社会信用代码：{ID}",
    "http://www.qingshan.test/202403/t13812340987.html",
    "www.qingshan.test/13812340987",
    ID[:17] + ("1" if ID[17] != "1" else "2"),
    identity(place="993423"),
    identity(born="19901332"),
    "编号：" + CARD,
    CARD[:-1] + str((int(CARD[-1]) + 1) % 10),
    "产量13812340987吨",
    "坐标99.138123409871234",
]


@pytest.mark.parametrize(("text", "kinds"), FOUND.items())
def test_what_is_found(text: str, kinds: dict[str, int]) -> None:
    assert counted(text) == kinds
    hidden = masked(text)
    assert len(hidden) == len(text) and not counted(hidden)
    assert not any(number in hidden for number in (ID, CARD, MOBILE, "1234 0987", "1234-0987"))


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_left_alone(text: str) -> None:
    assert masked(text) == text


LIST = "姓名\t身份证号\t金额\n赵大山\t5334231990****0021\t600\n钱小河\t533423********1234\t600\n孙二\t53342319880101****\t300"


def test_names_of_a_public_notice_are_covered_in_rows_only() -> None:
    text = f"青杉县民政局公布如下名单，由李明负责。\n{LIST}\n联系人：周正"
    hidden = masked(text, "青杉县低保对象公示")
    assert counted(text, "青杉县低保对象公示") == {"notice_name": 3}
    assert "赵＊＊" in hidden and "孙＊" in hidden and "李明" in hidden and "周正" in hidden and "姓名" in hidden
    assert masked(LIST, "青杉县召开会议") == LIST, "not a notice"
    assert masked(LIST.rsplit("\n", 2)[0], "公示") == LIST.rsplit("\n", 2)[0], "two rows are no list"


@given(st.text(alphabet="0123456789Xx*年月日元 -\t\n张三公示号：.", max_size=120), st.sampled_from(["", "公示"]))
def test_masking_keeps_the_length_and_leaves_nothing_twice(text: str, title: str) -> None:
    hidden = masked(text, title)
    assert len(hidden) == len(text)
    places = marks(text, title)
    assert all(a.end <= b.start for a, b in pairwise(places))
    kept = [c for n, c in enumerate(text) if not any(m.start <= n < m.end for m in places)]
    assert kept == [c for n, c in enumerate(hidden) if not any(m.start <= n < m.end for m in places)]


@given(st.integers(1900, 2020), st.integers(1, 12), st.integers(1, 28), st.integers(0, 999))
def test_one_wrong_digit_is_no_identity_number(year: int, month: int, day: int, order: int) -> None:
    number = identity(born=f"{year}{month:02}{day:02}", order=f"{order:03}")
    assert is_identity_number(number)
    wrong = number[:16] + str((int(number[16]) + 1) % 10) + number[17]
    assert not is_identity_number(wrong)


@pytest.mark.parametrize("number", [ID, CARD, MOBILE, "138 1234 0987", "138-1234-0987", "+86 13812340987"])
def test_a_text_with_nothing_else_is_looked_at(number: str) -> None:
    assert private._NUMBER.search(f"电话{number}。") and counted(f"电话{number}。")


def page(title: str, *lines: str) -> str:
    text = "".join(f"<p>{line}</p>" for line in lines)
    return (
        f"<html><head><meta charset='utf-8'></head><body><h1>{title}</h1><div>发布时间：2024-03-01 来源：青杉县民政局</div>"
        f"<div class='content'>{text}<p>以上情况经研究予以公布，欢迎社会各界监督，意见可以向县民政局办公室反映。</p></div></body></html>"
    )


def test_an_article_says_what_it_holds_of_persons() -> None:
    """The flag stands in the archive itself, so that such articles can be seen and left out without a release."""
    people = [f"{name} {ID[:6]}********{ID[-4:]}" for name in ("和丽英", "木正福", "欧阳青")]
    assert extract(page("青杉县低保对象公示", *people)).flags == ("notice_name",)
    assert extract(page("青杉县寻人启事", f"身份证号：{ID}，联系电话{MOBILE}。")).flags == ("identity_card", "mobile")
    assert extract(page("青杉县发布捐款账号", f"账号：{CARD}，户名为县红十字会。")).flags == ("bank_card",)
    assert extract(page("青杉县部署春季生产", "投资18000000元，热线12345，电话0887-8621234。")).flags == ()
