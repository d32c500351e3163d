"""Texts cut for lists and tables."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from service.review.book import shortened

AWAY = "工作人员暂时不在岗时,应将“暂停服务”的标识牌放置在窗口正面"


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        ("热水瓶、水杯等定点放置", 16, "热水瓶、水杯等定点放置"),
        (AWAY, 16, "工作人员暂时不在岗时,应将…"),  # not: 应将“暂…
        (AWAY, 22, "工作人员暂时不在岗时,应将“暂停服务”的标…"),
        (
            "对于现场不需要的物品,诸如无用的费纸和个人生活用品",
            12,
            "对于现场不需要的物品…",
        ),  # no comma before …
        ("“暂停服务”", 4, "“暂停…"),  # nothing would be left
    ],
)
def test_a_cut_text_ends_where_one_can_read_on(text: str, most: int, shown: str) -> None:
    assert shortened(text, most) == shown


@given(st.text(alphabet="工位,“”()《》、", max_size=60), st.integers(4, 50))
def test_never_longer_than_asked(text: str, most: int) -> None:
    got = shortened(text, most)
    assert len(got) <= most
    assert got == text or got.endswith("…")
