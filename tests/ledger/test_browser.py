"""A case's week in a real Chromium: confirmed, assigned, mended, closed; and another, appealed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from service.clock import utc_now
from tests.ledger.conftest import PHOTO, Desk
from tests.web.conftest import Wall
from tests.web.seed import World
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


@pytest.fixture
def desk(site: Site) -> Desk:
    return Desk(site.world, Wall(utc_now()))


@pytest.fixture
def people(chromium: Browser, site: Site) -> Iterator[dict[str, Page]]:
    """The inspector at a desk, a second one, and the chief with a phone."""
    sizes = {"inspector": DESK, "second": DESK, "chief": PHONE}
    tabs = {name: open_tab(chromium, site, size, name) for name, size in sizes.items()}
    yield {name: tab.page for name, tab in tabs.items()}
    for tab in tabs.values():
        tab.page.context.close()
        assert tab.complaints == []


def confirm(page: Page, world: World, number: int) -> str:
    """Confirm a finding by key in the queue; gives the number of its case."""
    finding = world.findings["shiquan"][number]
    page.goto(f"/queue?finding={finding}")
    expect(page.locator(f'.rail-item.is-current[data-id="{finding}"]')).to_be_visible()
    page.wait_for_function("() => !document.body.dataset.busy")
    page.wait_for_load_state("networkidle")
    with page.expect_response(f"**/api/v1/findings/{finding}/decision"):
        page.keyboard.press("Enter")
    page.goto(f"/ledger?finding={finding}")
    return page.locator(".stack tbody a b").inner_text()


def open_case(page: Page, number: str) -> None:
    page.goto("/ledger")
    page.get_by_role("link", name=number).click()
    expect(page.locator(".crumbs")).to_contain_text(number)


def test_from_confirm_to_closed(
    people: dict[str, Page],
    site: Site,
    desk: Desk,
    shots: Path,
    tmp_path: Path,
) -> None:
    inspector, chief = people["inspector"], people["chief"]
    number = confirm(inspector, site.world, 0)
    open_case(inspector, number)
    inspector.get_by_role("button", name="派单").click()
    expect(inspector.get_by_role("status").first).to_contain_text("派单")
    open_case(chief, number)
    chief.get_by_role("button", name="接单整改").click()
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(PHOTO)
    first = chief.locator(".actions details").first
    first.get_by_label("整改措施").fill("手机已放入抽屉。")
    chief.screenshot(path=shots / "ledger_phone_case.png", full_page=True)
    first.get_by_role("button", name="报整改完成").click()
    expect(chief.locator("h1 .case-to_check")).to_be_visible()
    desk.later_frame("CAM1", utc_now() + timedelta(hours=12))
    open_case(inspector, number)
    expect(inspector.get_by_text("系统建议,待巡检员核定")).to_be_visible()
    inspector.wait_for_load_state("networkidle")
    inspector.screenshot(path=shots / "ledger_case.png", full_page=True)
    inspector.get_by_role("button", name="销号").click()
    expect(inspector.locator("h1 .case-closed")).to_be_visible()
    expect(inspector.locator(".pair img")).to_have_count(2)
    inspector.goto("/ledger")
    inspector.wait_for_load_state("networkidle")
    inspector.screenshot(path=shots / "ledger.png")


def test_an_appeal_by_phone_is_decided_by_another(people: dict[str, Page], site: Site) -> None:
    number = confirm(people["inspector"], site.world, 1)
    chief = people["chief"]
    open_case(chief, number)
    chief.locator("summary", has_text="申诉").click()
    chief.get_by_label("群众物品").check()
    chief.locator("details[open]").get_by_label("理由", exact=True).fill("是群众遗落的。")
    chief.locator("details[open]").get_by_role("button", name="申诉").click()
    expect(chief.locator("h1 .case-appealed")).to_be_visible()
    open_case(people["inspector"], number)
    expect(people["inspector"].get_by_role("button", name="申诉成立")).to_have_count(0)
    second = people["second"]
    open_case(second, number)
    second.locator("details[open]").get_by_label("裁定意见").fill("属实。")
    second.get_by_role("button", name="申诉成立").click()
    expect(second.locator("h1 .case-appeal_upheld")).to_be_visible()
