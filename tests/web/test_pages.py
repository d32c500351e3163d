"""Every page opens for an inspector, shows its own, and leaks nothing of another hall."""

from __future__ import annotations

import pytest

from service.web.present import mark_label
from tests.web.conftest import Login
from tests.web.seed import World


@pytest.mark.parametrize("path", ["/", "/queue", "/decided", "/missed", "/coverage", "/account"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_opens_in_both_languages(login: Login, path: str, lang: str) -> None:
    client = login()
    answer = client.get(path, params={"lang": lang})
    assert answer.status_code == 200, answer.text
    assert f'<html lang="{"en" if lang == "en" else "zh-CN"}">' in answer.text
    assert "城关镇" not in answer.text


def test_the_queue_holds_the_open_findings_of_ones_own_hall_only(
    login: Login, world: World
) -> None:
    html = login().get("/queue").text
    for finding_id in world.findings["shiquan"]:
        assert f'data-id="{finding_id}"' in html
    for finding_id in world.findings["chengguan"]:
        assert f'data-id="{finding_id}"' not in html


@pytest.mark.parametrize(
    ("cls", "confidence", "said"),
    [("phone", 0.904, "手机 90%"), ("pause_sign", 0.0, "暂停服务牌"), ("manual", 1.0, "人工补记")],
)
def test_a_box_says_how_sure_only_where_something_was_detected(
    cls: str, confidence: float, said: str
) -> None:
    assert mark_label(cls, confidence, "zh_CN") == said
