"""A case's week in a real Chromium: confirmed, assigned, mended, closed; appealed; put off, late.

Each person at their own desk: two inspectors, a chief with a phone, the administrator.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from service.clock import hall_day, utc_now
from service.db.models import Case
from tests.ledger.conftest import PHOTO, Desk
from tests.web.conftest import Wall
from tests.web.seed import PASSWORD, World
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
    """The inspector at a desk, a second one, the administrator, and the chief with a phone."""
    sizes = {"inspector": DESK, "second": DESK, "admin": DESK, "chief": PHONE}
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
    first.get_by_label("照片(可不传)").set_input_files(photo)
    chief.screenshot(path=shots / "ledger_phone_case.png", full_page=True)
    first.get_by_role("button", name="报整改完成").click()
    # the photo is kept once the model has covered whoever is on it: the first one loads the model
    expect(chief.locator("h1 .case-to_check")).to_be_visible(timeout=60_000)
    expect(chief.get_by_alt_text("窗口上传")).to_be_visible()
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


def step(page: Page, name: str, words: str = "", *, day: date | None = None) -> None:
    """Open a step's form, fill it in, send it, and see that it was taken."""
    form = page.locator("details", has=page.locator("summary", has_text=re.compile(f"^{name}$")))
    if form.get_attribute("open") is None:
        form.locator("summary").click()
    if day is not None:
        form.get_by_label("完成时限(当日含)").fill(day.isoformat())
    if words:
        form.get_by_label("理由", exact=True).fill(words)
    form.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text(f"已办理:{name}")


def test_a_deadline_is_put_off_refused_and_passed(
    people: dict[str, Page], site: Site, shots: Path
) -> None:
    inspector, chief = people["inspector"], people["chief"]
    number = confirm(inspector, site.world, 4)
    open_case(inspector, number)
    step(inspector, "派单")
    with site.world.database.read() as session:
        due = session.scalars(select(Case.due_day).where(Case.number == number)).one()
    assert due is not None
    open_case(chief, number)
    step(chief, "申请延期", "配件未到。", day=due + timedelta(days=3))
    open_case(inspector, number)
    expect(inspector.locator("h1")).to_contain_text("申请延期")
    step(inspector, "不同意延期", "先用备用件。")
    open_case(chief, number)
    expect(chief.locator(".time-line")).to_contain_text("先用备用件。")
    step(chief, "申请延期", "备用件也没有。", day=due + timedelta(days=3))
    open_case(inspector, number)
    step(inspector, "延期", "同意。")
    expect(inspector.locator("h1")).to_contain_text("已延期 1")
    expect(inspector.locator(".facts")).to_contain_text(str(due + timedelta(days=3)))

    with site.world.database.write() as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        case.due_day = hall_day(utc_now()) - timedelta(days=1)
    for page in (inspector, chief):
        page.goto("/ledger")
        page.get_by_role("link", name="逾期").click()
        page.wait_for_url("**overdue=true**")
        expect(page.locator("tbody tr")).to_have_count(1)
        expect(page.locator("tbody tr.is-late")).to_contain_text(number)
    chief.screenshot(path=shots / "ledger_phone_overdue.png", full_page=True)
    open_case(inspector, number)
    expect(inspector.locator("h1 .tag-late")).to_be_visible()
    step(inspector, "延期", "最后一次。", day=hall_day(utc_now()) + timedelta(days=2))
    expect(inspector.locator("h1 .tag-late")).to_have_count(0)
    expect(inspector.locator("h1")).to_contain_text("已延期 2")


def test_an_administrator_gives_windows_and_each_chief_sees_their_own(
    people: dict[str, Page], chromium: Browser, site: Site, shots: Path
) -> None:
    first = confirm(people["inspector"], site.world, 5)  # D2, window W1
    other = confirm(people["inspector"], site.world, 6)  # D3, window W2
    admin = people["admin"]
    admin.get_by_role("link", name="用户", exact=True).click()
    new = admin.locator(".card", has=admin.get_by_role("heading", name="新增用户"))
    new.get_by_label("登录名(小写字母、数字)").fill("chief2")
    new.get_by_label("姓名").fill("郑首席")
    new.get_by_label("角色").select_option("chief")
    new.get_by_label("石泉县政务服务中心").first.check()
    new.locator("summary").click()
    new.get_by_label("W2 税务局").check()
    new.get_by_role("button", name="新增,并生成一次性密码").click()
    password = admin.locator("#one-time").inner_text()
    admin.locator("summary", has_text="chief2").click()
    admin.screenshot(path=shots / "setup_users.png", full_page=True)

    newcomer = open_tab(chromium, site, PHONE, "chief2", password)
    page = newcomer.page
    page.goto("/ledger")  # leads to the account: the password was made for them
    page.get_by_label("现密码").fill(password)
    for label in ("新密码(至少", "再输一遍新密码"):
        page.get_by_label(label).fill(PASSWORD + "x")
    page.get_by_role("button", name="修改密码").click()
    expect(page.get_by_role("alert")).to_contain_text("已修改")
    for who, own, foreign in ((people["chief"], first, other), (page, other, first)):
        who.goto("/ledger")
        expect(who.get_by_role("heading", level=1)).to_contain_text("我的窗口")
        expect(who.get_by_role("link", name=own)).to_have_count(1)
        expect(who.get_by_role("link", name=foreign)).to_have_count(0)
        expect(who.get_by_role("link", name="复核", exact=True)).to_have_count(0)
        with site.world.database.read() as session:
            id = session.scalars(select(Case.id).where(Case.number == foreign)).one()
        for path in (f"/ledger/{id}", f"/ledger/{id}/before"):
            assert who.request.get(path).status == 404, path
    page.context.close()
    assert newcomer.complaints == []

    admin.goto("/audit")
    admin.get_by_role("link", name="核验日志").click()
    expect(admin.get_by_role("status")).to_contain_text("日志完整")
    admin.goto("/ledger")
    admin.get_by_role("link", name=first).click()
    expect(admin.locator(".actions button")).to_have_count(0)
