"""An inspector's evening in a real Chromium: log in, twenty findings by key, undo, dismiss, 补记.

Screenshots of every page go to ``build/screenshots``.
"""

from __future__ import annotations

import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright
from sqlalchemy import select

from service.db.models import AuditRow, Decision, Finding, FindingFrame, FrameRow
from service.web.app import create_app
from service.web.templating import manifest
from tests.web.seed import PASSWORD, SmallBook, World, fill, new_world

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium (apt install chromium)"),
    pytest.mark.skipif(not manifest(), reason="needs the browser parts (npm ci && npm run build)"),
]
DESK = (1366, 768)
PHONE = (390, 844)


@dataclass
class Site:
    """A running service and what it was filled with."""

    address: str
    world: World


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """A service that really listens: its address."""
    port = free_port()
    server = uvicorn.Server(
        uvicorn.Config(
            app, host="127.0.0.1", port=port, log_level="warning", ws="none", log_config=None
        )
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    deadline = time.monotonic() + 60
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(20)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    world = fill(new_world(tmp_path_factory.mktemp("site") / "data"), each=24)
    app = create_app(world.settings, database=world.database, book=SmallBook())
    with served(app) as address:
        yield Site(address, world)
    world.database.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def shots(root: Path) -> Path:
    folder = root / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@dataclass
class Tab:
    """A page, and everything that its console complained of."""

    page: Page
    complaints: list[str]

    def settled(self) -> None:
        """Wait until no picture is on its way."""
        self.page.wait_for_load_state("networkidle")
        self.page.wait_for_function("() => !document.body.dataset.busy")


def open_tab(
    chromium: Browser, site: Site, size: tuple[int, int], login: str, password: str = PASSWORD
) -> Tab:
    page = chromium.new_context(
        viewport={"width": size[0], "height": size[1]}, base_url=site.address, locale="zh-CN"
    ).new_page()
    tab = Tab(page, [])
    page.on(
        "console",
        lambda m: tab.complaints.append(m.text) if m.type in {"error", "warning"} else None,
    )
    page.on("pageerror", lambda error: tab.complaints.append(str(error)))
    page.goto("/login")
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/")
    return tab


@pytest.fixture
def tab(chromium: Browser, site: Site) -> Iterator[Tab]:
    opened = open_tab(chromium, site, DESK, "inspector")
    yield opened
    opened.page.context.close()
    assert opened.complaints == []


def shown(page: Page) -> int:
    """The number of the finding that is on the desk."""
    found = page.evaluate(
        "() => JSON.parse(document.querySelector('#panel article').dataset.finding).id"
    )
    return int(found)


def wait_for_another(page: Page, than: int) -> None:
    """Wait until another finding and its own picture are on the desk."""
    page.wait_for_function(
        "(id) => { const a = document.querySelector('#panel article');"
        " return !document.body.dataset.busy && (!a || JSON.parse(a.dataset.finding).id !== id); }",
        arg=than,
    )


def test_twenty_findings_by_keyboard_then_back(tab: Tab, site: Site, shots: Path) -> None:
    page = tab.page
    page.screenshot(path=shots / "start.png")
    page.goto("/queue")
    tab.settled()
    page.screenshot(path=shots / "queue.png")
    page.wait_for_selector("#panel article")
    seen: list[int] = []
    for number in range(20):
        current = shown(page)
        seen.append(current)
        if number % 5 == 4:
            page.keyboard.press("x")
            expect(page.locator("#reasons")).to_be_visible()
            if number == 4:
                page.screenshot(path=shots / "dismiss.png")
            page.keyboard.press("1")
        else:
            page.keyboard.press("Enter" if number % 2 else "j")
        wait_for_another(page, current)
    assert len(set(seen)) == 20
    expect(page.locator(".rail-head [data-count=open]")).to_have_text("4")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=shots / "queue-after-twenty.png")
    with site.world.database.read() as session:
        rows = session.scalars(select(Decision).order_by(Decision.id)).all()
        assert [row.finding_id for row in rows] == seen
        assert [row.action for row in rows].count("dismiss") == 4
        assert {row.reason for row in rows if row.action == "dismiss"} == {"citizen_item"}

    page.keyboard.press("z")
    expect(page.locator("#toast")).to_contain_text("已撤回")
    page.wait_for_function(f"() => location.search === '?finding={seen[-1]}'")
    expect(page.locator("#panel .verdicts [data-do=confirm]")).to_be_visible()

    page.goto("/decided")  # also after leaving the page
    tab.settled()
    page.screenshot(path=shots / "decided.png")
    page.keyboard.press("Control+z")
    expect(page.locator(f"#finding-{seen[-2]}")).to_have_count(0)
    page.wait_for_load_state("networkidle")
    row = page.locator(f"#finding-{seen[-3]}")
    row.get_by_role("button", name="撤回").click()
    expect(page.locator(f"#finding-{seen[-3]}")).to_contain_text("待确认")
    with site.world.database.read() as session:
        states = [session.get_one(Finding, id).status for id in seen[-3:]]
    assert states == ["open", "open", "open"]


def view_of(page: Page) -> list[float]:
    """Where the first box lies on the screen: what zoom and pan come to."""
    box = page.locator("#picture .mark").first.bounding_box()
    assert box is not None
    return [box["x"], box["y"], box["width"], box["height"]]


def test_zoom_stays_between_findings_and_between_crop_and_whole_frame(
    tab: Tab, shots: Path
) -> None:
    page = tab.page
    page.goto("/queue")
    tab.settled()
    page.wait_for_selector("#picture .mark")
    before = view_of(page)
    for _ in range(3):
        page.keyboard.press("+")
    page.wait_for_timeout(500)
    close = view_of(page)
    assert close[2] == pytest.approx(before[2] * 1.4**3, rel=0.05)
    page.keyboard.press("f")
    tab.settled()
    page.wait_for_timeout(300)
    assert view_of(page) == pytest.approx(close, abs=3)
    page.keyboard.press("0")
    page.wait_for_timeout(500)
    assert view_of(page)[2] < before[2]
    page.screenshot(path=shots / "whole-frame.png")
    page.keyboard.press("f")
    tab.settled()
    page.keyboard.press("b")
    expect(page.locator("#picture .mark")).to_have_count(0)
    page.keyboard.press("b")
    expect(page.locator("#picture .mark")).to_have_count(1)


def test_an_earlier_night_beside_the_picture_or_under_a_slider(tab: Tab, site: Site) -> None:
    page = tab.page
    first, other = site.world.findings["shiquan"][-2:]
    with site.world.database.write() as session:
        shot = session.scalars(select(FindingFrame).where(FindingFrame.finding_id == other)).one()
        session.get_one(FrameRow, shot.frame_id).taken_at -= timedelta(days=1)
        session.add(FindingFrame(finding_id=first, frame_id=shot.frame_id, deciding=False))
    page.goto(f"/queue?finding={first}")
    tab.settled()
    beside, slider = page.locator("#reference"), page.locator("#swipe")
    expect(beside).to_be_hidden()
    page.keyboard.press("r")
    expect(page.locator("#toast")).to_contain_text("没有参照图")
    expect(beside).to_be_hidden()
    page.keyboard.press("e")
    expect(beside).to_be_visible()
    expect(page.locator("[data-do=earlier]")).to_have_attribute("aria-pressed", "true")
    tab.settled()
    page.keyboard.press("s")
    expect(beside).to_have_class(re.compile("is-over"))
    slider.fill("30")
    expect(beside).to_have_css("clip-path", "inset(0px 0px 0px 30%)")
    slider.blur()
    page.keyboard.press("s")
    expect(slider).to_be_hidden()
    expect(beside).to_be_visible()
    page.keyboard.press("n")  # the next one has no earlier night
    wait_for_another(page, first)
    expect(beside).to_be_hidden()
    expect(page.locator("[data-do=earlier]")).to_have_attribute("aria-pressed", "false")


def test_two_inspectors_the_second_is_told(chromium: Browser, site: Site, tab: Tab) -> None:
    first, second = tab.page, open_tab(chromium, site, DESK, "second").page
    for page in (first, second):
        page.goto("/queue")
        page.wait_for_selector("#panel article")
        page.wait_for_function("() => !document.body.dataset.busy")
    contested = shown(second)
    first.goto(f"/queue?finding={contested}")
    first.wait_for_selector("#panel article")
    first.wait_for_function("() => !document.body.dataset.busy")
    first.keyboard.press("Enter")
    expect(first.locator("#toast")).to_contain_text("已确认成立")
    second.keyboard.press("Enter")
    expect(second.locator("#toast")).to_contain_text("刚被他人处理过")
    expect(second.locator("#panel header")).to_contain_text("已确认")
    second.context.close()
    tab.page.keyboard.press("z")
    expect(first.locator("#toast")).to_contain_text("已撤回")


def test_two_inspectors_are_not_led_to_the_same_finding(
    chromium: Browser, site: Site, tab: Tab, shots: Path
) -> None:
    first, other = tab.page, open_tab(chromium, site, DESK, "second")
    second = other.page
    for page in (first, second):
        with page.expect_response("**/claim"):
            page.goto("/queue")
        page.wait_for_function("() => !document.body.dataset.busy")
    held = shown(first)
    assert shown(second) != held
    expect(second.locator(f"#rail [data-id='{held}']")).to_contain_text("李巡检")
    second.goto(f"/queue?finding={held}")  # asked for by name it is shown all the same, and said
    expect(second.locator("#held")).to_contain_text("李巡检正在看这一条")
    second.screenshot(path=shots / "claimed.png")
    second.context.close()
    assert other.complaints == []


def test_what_was_missed_is_added_with_a_box(tab: Tab, site: Site, shots: Path) -> None:
    page = tab.page
    page.goto("/missed")
    tab.settled()
    page.screenshot(path=shots / "missed.png")
    page.locator(".gallery a").first.click()
    page.wait_for_selector("#picture canvas")
    tab.settled()
    page.wait_for_timeout(300)
    area = page.locator("#picture").bounding_box()
    assert area is not None
    x, y = area["x"] + area["width"] * 0.85, area["y"] + area["height"] * 0.55
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 50, y + 34, steps=4)
    page.mouse.up()
    expect(page.get_by_label("工位")).to_have_value("D4")  # the desk whose area the box lies in
    page.get_by_label("条款").select_option("2S-2-(9)a")
    page.get_by_label("说明").fill("杯子不在定点")
    page.screenshot(path=shots / "missed-box.png")
    page.get_by_role("button", name="记为已确认").click()
    page.wait_for_url("**/findings/*")
    tab.settled()
    expect(page.locator("h1")).to_contain_text("已确认")
    expect(page.locator(".history")).to_contain_text("杯子不在定点")
    page.screenshot(path=shots / "finding.png")
    with site.world.database.read() as session:
        added = session.scalars(select(Finding).where(Finding.source == "manual")).one()
        assert (added.desk, added.clause, added.status) == ("D4", "2S-2-(9)a", "confirmed")
        x1, y1, x2, y2 = added.boxes[0]["xyxy_px"]
        assert 1200 < x1 < x2 < 1600
        assert 0 < y1 < y2 < 900


def test_the_next_finding_is_there_before_it_is_asked_for(tab: Tab) -> None:
    page = tab.page
    page.goto("/queue")
    tab.settled()
    page.wait_for_selector("#panel article")
    page.wait_for_timeout(400)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    before = shown(page)
    page.keyboard.press("n")
    wait_for_another(page, before)
    coming = shown(page)
    assert not [url for url in asked if url.endswith(f"/queue/{coming}/panel")]


@pytest.mark.parametrize("size", [DESK, PHONE])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_fits_its_screen(
    chromium: Browser, site: Site, shots: Path, size: tuple[int, int], lang: str
) -> None:
    opened = open_tab(chromium, site, size, "inspector")
    page, name = opened.page, "phone" if size == PHONE else "desk"
    for path in ("/", "/queue", "/decided", "/missed", "/coverage", "/account"):
        page.goto(f"{path}?lang={lang}")
        opened.settled()
        page.screenshot(path=shots / f"{path.strip('/') or 'start'}-{name}-{lang}.png")
        wide = page.evaluate("() => document.documentElement.scrollWidth")
        assert wide <= size[0], f"{path} is {wide} px wide on {size[0]}"
    page.context.close()
    assert opened.complaints == []


def test_the_first_page_is_light(chromium: Browser, site: Site) -> None:
    page = chromium.new_context(base_url=site.address).new_page()
    requests: list[Request] = []

    def remember(request: Request) -> None:  # Playwright can't take a built-in method
        requests.append(request)

    page.on("requestfinished", remember)
    page.goto("/login")
    page.wait_for_load_state("networkidle")
    sizes = [request.sizes() for request in requests]
    received = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)
    assert 5_000 < received < 300_000
    page.context.close()


def test_looking_was_written_down(site: Site) -> None:
    with site.world.database.read() as session:
        actions = set(session.scalars(select(AuditRow.action)))
    assert {"media.view", "media.small", "finding.confirm", "finding.undo", "login"} <= actions
