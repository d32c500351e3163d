"""A month's bulletin in a real Chromium: drafted, checked, signed by three people; looked at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, Page, expect

from tests.web.test_browser import (
    DESK,
    PHONE,
    Site,
    chromium,
    open_tab,
    pytestmark,
    shots,
    site,
)

__all__ = ["chromium", "pytestmark", "shots", "site"]
ON = "day=2026-03-11"


@pytest.fixture
def people(chromium: Browser, site: Site) -> Iterator[dict[str, Page]]:
    names = ("inspector", "second", "leader", "admin")
    tabs = {name: open_tab(chromium, site, DESK, name) for name in names}
    tabs["phone"] = open_tab(chromium, site, PHONE, "leader")
    yield {name: tab.page for name, tab in tabs.items()}
    for tab in tabs.values():
        tab.page.context.close()
        assert tab.complaints == []


def test_a_months_bulletin_from_draft_to_signature(
    people: dict[str, Page], shots: Path, tmp_path: Path, site: Site
) -> None:
    hall = f"/halls/{site.world.halls['shiquan']}"
    writer, checker, leader = people["inspector"], people["second"], people["leader"]
    writer.get_by_role("link", name="报表").click()
    expect(writer.get_by_role("heading", level=1)).to_contain_text("月通报")
    writer.goto(f"{hall}/reports?kind=month&{ON}")
    writer.screenshot(path=shots / "report_month.png", full_page=True)

    # a figure opens into its rows, and the rows into the case
    writer.locator("table a", has_text="1").first.click()
    expect(writer.get_by_role("heading", level=1)).to_contain_text("明细")
    writer.get_by_role("link", name="shiquan-2026-0001").click()
    writer.wait_for_url("**/ledger/*")
    writer.go_back()
    writer.go_back()

    writer.get_by_role("button", name="为本期拟稿").click()
    writer.wait_for_url("**/bulletins/*")
    path = writer.url
    writer.get_by_label("发文字号").fill("石行审通〔2026〕3号")
    writer.get_by_label("五、工作要求").fill("请于五个工作日内完成整改。")
    writer.get_by_role("button", name="保存").click()
    expect(writer.get_by_label("发文字号")).to_have_value("石行审通〔2026〕3号")
    writer.screenshot(path=shots / "bulletin_draft.png", full_page=True)
    writer.get_by_role("button", name="提交审核").click()
    expect(writer.get_by_text("拟稿、审核、签发须由不同的人办理。")).to_be_visible()

    checker.goto(path)
    checker.get_by_label("理由").fill("文号有误")
    checker.get_by_role("button", name="退回").click()
    writer.reload()
    writer.get_by_role("button", name="提交审核").click()
    checker.reload()
    checker.get_by_role("button", name="审核通过").click()
    leader.goto(path)
    leader.get_by_label("理由").fill("工作要求再具体些")
    leader.get_by_role("button", name="退回").click()
    expect(leader.get_by_role("button", name="签发", exact=True)).to_have_count(0)
    writer.reload()
    expect(writer.get_by_text("工作要求再具体些")).to_be_visible()
    writer.get_by_role("button", name="提交审核").click()
    checker.reload()
    checker.get_by_role("button", name="审核通过").click()
    leader.reload()
    leader.get_by_role("button", name="签发", exact=True).click()
    expect(leader.get_by_text("核验通过")).to_be_visible()
    leader.screenshot(path=shots / "bulletin_issued.png", full_page=True)
    with leader.expect_download() as got:
        leader.get_by_role("link", name="Word").first.click()
    got.value.save_as(tmp_path / "issued.docx")
    text = "\n".join(line.text for line in Document(str(tmp_path / "issued.docx")).paragraphs)
    assert "石行审通〔2026〕3号" in text
    assert "请于五个工作日内完成整改。" in text

    # the rest of a leader's day is reading: the ledger and the queue, and no button in them
    leader.goto("/ledger")
    leader.get_by_role("link", name="shiquan-2026-0001").click()
    expect(leader.locator(".time-line")).to_be_visible()
    expect(leader.locator(".actions, form.step")).to_have_count(0)
    leader.goto("/queue")
    expect(leader.locator("#panel article")).to_be_visible()
    expect(leader.locator("[data-do=confirm], [data-do=dismiss]")).to_have_count(0)


def test_points_feedback_and_every_period_on_a_phone(
    people: dict[str, Page], shots: Path, site: Site
) -> None:
    hall = f"/halls/{site.world.halls['shiquan']}"
    phone = people["phone"]
    for kind in ("day", "week", "month", "year"):
        phone.goto(f"{hall}/reports?kind={kind}&{ON}")
        phone.screenshot(path=shots / f"phone_report_{kind}.png", full_page=True)
        wide = phone.evaluate("() => document.documentElement.scrollWidth")
        assert wide <= PHONE[0], kind
    phone.goto("/feedback")
    phone.get_by_label("意见").fill("短边 10 像素的手机看不清,建议放宽。")
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_role("cell", name="短边 10 像素")).to_be_visible()

    admin = people["admin"]
    admin.goto("/feedback")
    admin.get_by_role("button", name="已采纳").click()
    expect(admin.get_by_role("heading", name="标准修订清单")).to_be_visible()
    admin.goto(f"{hall}/points")
    admin.get_by_label("2S-2-(4)", exact=True).fill("2")
    admin.get_by_role("button", name="保存为新版本").click()
    expect(admin.get_by_role("heading", level=1)).to_contain_text("第 1 版")
    admin.screenshot(path=shots / "points.png")
