"""How often a text names a person: homonyms inside longer names and words do not count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnews.text.names import count_name


@pytest.mark.parametrize(
    ("text", "name", "count"),
    [
        ("县长李明主持会议。李明强调，要抓好落实。", "李明", 2),
        ("李明华、李明亮参加。", "李明", 0),
        ("王李明主持会议。", "李明", 0),
        ("加强精神文明建设，创建文明城市。", "文明", 0),
        ("县委书记文明到叶枝镇调研", "文明", 1),
        ("县长 李　明 出席，副县长李 明讲话", "李明", 2),
        ("余文清到塔城镇调研，余文清指出", "余文清", 2),
        ("阿卜杜拉·买买提与阿卜杜拉•买买提", "阿卜杜拉·买买提", 2),
        ("高峰期用电", "高峰", 0),
        ("", "李明", 0),
    ],
)
def test_names(text: str, name: str, count: int) -> None:
    assert count_name(text, name) == count


def test_a_longer_name_that_is_known_is_not_the_shorter() -> None:
    assert count_name("县长李明主出席，李明出席", "李明", ["李明主"]) == 1
    assert count_name("欧阳余文清到会，余文清讲话", "余文清", ["欧阳余文清"]) == 1


@given(st.text("李明华主持、。书记", max_size=40), st.text("李明华", min_size=2, max_size=3))
def test_never_more_than_stand_there(text: str, name: str) -> None:
    assert 0 <= count_name(text, name) <= text.count(name)
