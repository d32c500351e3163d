"""Every page at a desk's and a phone's width: axe finds nothing serious, and keys reach it all.

The pages are taken from the routes themselves, so that a new one is looked at unasked.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Page

from service.auth.roles import Role
from service.web.access import route_table
from service.web.app import create_app
from tests.web.seed import SmallBook
from tests.web.test_access import address
from tests.web.test_browser import (
    DESK,
    PHONE,
    Site,
    chromium,
    open_tab,
    pytestmark as pytestmark,
    site,
)

__all__ = ["chromium", "site"]  # the fixtures of the browser's own test

SIZES: Final = {"desk": DESK, "phone": PHONE}
SERIOUS: Final = {"serious", "critical"}
NO_PAGE: Final = ("/api/", "/static/", "/media/", "/health", "/readyz", "/metrics", "/logout")
"""Addresses that answer with something other than a page."""
PARTS: Final = {"/running", "/overview/trends", "/queue/{finding_id}/panel"}
"""Parts of pages, looked at where they stand."""
AXE_RUN: Final = """async () => {
  for (let n = 0; n < 2; n += 1) await new Promise((done) => requestAnimationFrame(done));
  const found = await axe.run(document, {resultTypes: ["violations"]});
  return found.violations.map((v) => ({
    id: v.id, impact: v.impact, help: v.help,
    nodes: v.nodes.slice(0, 4).map((n) => n.html.slice(0, 160) + " " + (n.any[0] || {}).message),
  }));
}"""


@pytest.fixture(scope="module")
def axe(root: Path) -> str:
    found = root / "node_modules" / "axe-core" / "axe.min.js"
    if not found.exists():
        pytest.skip("needs axe-core (npm ci)")
    return found.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, list[str]]:
    """Role -> addresses: each page once, as the first role that may open it; and a chief's own."""
    app = create_app(site.world.settings, database=site.world.database, book=SmallBook())
    found: dict[str, list[str]] = {role.value: [] for role in Role}
    for row in route_table(app):
        page = row.method == "GET" and not row.path.startswith(NO_PAGE) and row.path not in PARTS
        if not page or row.access.permission is None:
            continue
        roles = [role for role in (Role.INSPECTOR, Role.ADMIN, *Role) if row.access.allows(role)]
        found[roles[0].value].append(address(row.path, site.world, "shiquan"))
    found["chief"] += ["/", "/ledger", address("/ledger/{case_id}", site.world, "shiquan")]
    return found


@pytest.fixture
def tabs(chromium: Browser, site: Site) -> Iterator[dict[str, Page]]:
    opened = {
        role: open_tab(chromium, site, DESK, role).page for role in ("inspector", "admin", "chief")
    }
    yield opened
    for page in opened.values():
        page.context.close()


def faults(page: Page, axe: str) -> list[str]:
    """What is wrong with the page that is open, at both widths."""
    wrong: list[str] = []
    page.evaluate(axe)
    for name, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        found: list[dict[str, Any]] = page.evaluate(AXE_RUN)
        wrong += [f"{name}: {v}" for v in found if v["impact"] in SERIOUS]
        wide = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
        if wide > 0:
            wrong.append(f"{name}: {wide} px wider than the screen")
    return wrong


def is_page(page: Page, path: str) -> bool:
    """Whether that address answers with a page: pictures and workbooks are none."""
    return page.request.get(path).headers.get("content-type", "").startswith("text/html")


def test_axe_finds_nothing_serious(
    tabs: dict[str, Page], pages: dict[str, list[str]], axe: str
) -> None:
    wrong: list[str] = []
    looked = 0
    for role, page in tabs.items():
        for path in dict.fromkeys(pages[role]):
            if not is_page(page, path):
                continue
            page.goto(path)
            wrong += [f"{role} {path}: {fault}" for fault in faults(page, axe)]
            looked += 1
    assert "\n".join(wrong) == ""
    assert looked >= 20


def test_axe_finds_nothing_serious_before_a_log_in(chromium: Browser, site: Site, axe: str) -> None:
    page = chromium.new_context(base_url=site.address).new_page()
    page.goto("/login")
    assert faults(page, axe) == []
    page.context.close()


REACHED: Final = """() => {
  const shown = (e) => e.offsetParent !== null && !e.disabled && e.tabIndex >= 0
    && getComputedStyle(e).visibility !== "hidden";
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")];
  return all.filter(shown).filter((e) => e.type !== "hidden" && !(e.type === "radio" && !e.checked))
    .length;
}"""


MARK_FOCUSED: Final = """() => {
  const e = document.activeElement;
  if (e === document.body) return "";
  e.dataset.reached = "1";
  return e.tagName;
}"""


def test_the_tab_key_reaches_every_control(chromium: Browser, site: Site) -> None:
    page = open_tab(chromium, site, DESK, "inspector").page
    for path in ("/", "/overview", "/ledger", "/registers", "/good"):
        page.goto(path)
        wanted = page.evaluate(REACHED)
        seen = set()
        for _ in range(wanted + 40):
            page.keyboard.press("Tab")
            seen.add(page.evaluate(MARK_FOCUSED))
            if page.evaluate("() => document.querySelectorAll('[data-reached]').length") >= wanted:
                break
        assert {"A", "BUTTON"} <= seen, path
        reached = page.evaluate("() => document.querySelectorAll('[data-reached]').length")
        assert reached >= wanted, path
    page.context.close()
