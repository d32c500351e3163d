"""Take the screenshots of the docs anew from the sample hall.

    python -m tools.docs_pictures --out docs/img

runs `deskcheck demo` with data of its own, walks its pages in Debian's Chromium as the people of
the sample hall do, and writes queue.png, compare.png, ledger.png, report.png and layout.png.  Look
at them before they are committed.  docs/img/bulletin.png is a page of a document, not of the site:
it is not taken here.
"""

from __future__ import annotations

import argparse
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

DESK: Final = ViewportSize(width=1366, height=768)
NIGHT: Final = "2026-03-11"
"""The sample hall's one day."""
FIRST_S: Final = 480.0
"""How long the demo's first night may take on a slow machine."""
CONFIRMED: Final = 9
ASSIGNED: Final = 4


@contextmanager
def demo(data: Path, port: int) -> Iterator[dict[str, str]]:
    """A running demo; gives the password of each login."""
    words = data / "said.txt"
    data.mkdir(parents=True, exist_ok=True)
    program = Path(sys.executable).with_name("deskcheck")
    with words.open("w", encoding="utf-8") as said:
        running = subprocess.Popen(  # noqa: S603 - this project's own program
            [program, "demo", "--no-open", "--port", str(port), "--data", data / "hall"],
            stdout=said,
            stderr=subprocess.STDOUT,
        )
    try:
        until = time.monotonic() + FIRST_S
        while not (passwords := _logins(words.read_text(encoding="utf-8"))) or not _answers(port):
            if running.poll() is not None or time.monotonic() > until:
                raise SystemExit(f"the demo did not start:\n{words.read_text(encoding='utf-8')}")
            time.sleep(0.5)
        yield passwords
    finally:
        running.terminate()
        running.wait(30)


def _answers(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def _logins(said: str) -> dict[str, str]:
    return dict(re.findall(r"([a-z]+)\s+/\s+(\S+)", said))


class Visitor:
    """Somebody logged in at the demo, in a window of one size."""

    def __init__(self, browser: Browser, site: str, login: str, password: str) -> None:
        context = browser.new_context(viewport=DESK, base_url=site, locale="zh-CN")
        self.page: Page = context.new_page()
        self.page.set_default_timeout(20_000)
        self.page.goto("/login")
        self.page.get_by_label("登录名").fill(login)
        self.page.get_by_label("密码").fill(password)
        self.page.get_by_role("button", name="登录").click()
        self.page.wait_for_url("**/")

    def go(self, path: str) -> None:
        self.page.goto(path)
        self.settle()

    def settle(self) -> None:
        """Wait until no picture is on its way."""
        self.page.wait_for_load_state("networkidle")
        self.page.wait_for_function("() => !document.body.dataset.busy")
        self.page.wait_for_timeout(500)

    def shot(self, path: Path) -> None:
        self.page.screenshot(path=path)
        sys.stdout.write(f"{path}\n")

    def open_finding(self, clause: str) -> None:
        """Open the first finding of a clause in the queue, or stay where it stands."""
        found = self.page.locator(".rail-item", has_text=clause)
        if found.count():
            found.first.click()
            self.settle()


def review(inspector: Visitor, out: Path) -> None:
    """The queue at a phone, and a garment beside the camera's clean picture."""
    inspector.go("/queue")
    inspector.open_finding("2S-2-(4)")
    inspector.shot(out / "queue.png")
    inspector.open_finding("2S-2-(8)")
    # masked at the first look at it, by a detector that is loaded for that
    with inspector.page.expect_response(lambda answer: "/reference" in answer.url):
        inspector.page.keyboard.press("r")
    inspector.page.wait_for_function(
        "() => !document.querySelector('#reference .picture-note').textContent.endsWith('…')"
    )
    inspector.settle()
    inspector.shot(out / "compare.png")


def ledger(inspector: Visitor, out: Path) -> None:
    """Some findings confirmed, some of those cases assigned, and the list of them."""
    inspector.go("/queue")
    for _ in range(CONFIRMED):
        inspector.page.keyboard.press("Enter")
        inspector.settle()
    inspector.go("/ledger")
    links = inspector.page.get_by_role("link", name=re.compile("^sample-"))
    cases = [str(links.nth(i).get_attribute("href")) for i in range(min(ASSIGNED, links.count()))]
    for case in cases:
        inspector.go(case)
        inspector.page.get_by_role("button", name="派单").click()
        inspector.settle()
    inspector.go("/ledger")
    inspector.shot(out / "ledger.png")
    inspector.go(f"/halls/1/reports?kind=month&day={NIGHT}")
    inspector.shot(out / "report.png")


def layout(admin: Visitor, out: Path) -> None:
    """The layout editor with a desk's area chosen."""
    admin.go("/setup/halls/1/layout")
    admin.page.get_by_text("D1 桌面").first.click()
    admin.settle()
    admin.shot(out / "layout.png")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--port", type=int, default=8031)
    given = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        parser.error("needs Debian's chromium (apt install chromium)")
    given.out.mkdir(parents=True, exist_ok=True)
    site = f"http://127.0.0.1:{given.port}"
    with (
        tempfile.TemporaryDirectory() as data,
        demo(Path(data), given.port) as passwords,
        sync_playwright() as play,
    ):
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        inspector = Visitor(browser, site, "inspector", passwords["inspector"])
        review(inspector, given.out)
        ledger(inspector, given.out)
        layout(Visitor(browser, site, "admin", passwords["admin"]), given.out)
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
