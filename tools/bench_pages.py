"""How long the server takes for its pages over a county's data of years.

    python -m tools.bench_pages --data /tmp/county

makes a SQLite database of 200,000 findings and 5 million day verdicts there (once; a few minutes)
and prints the median and the 95th percentile of the server's own time, in milliseconds, for an
inspector of all halls and for one of a single hall.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from fastapi import FastAPI
from fastapi.testclient import TestClient

from service.db.engine import Database
from service.settings import Settings
from service.users import reset_password
from service.web.app import create_app
from tools.bench_pages_fill import LOGINS, Size, fill

NOW: Final = datetime(2026, 3, 11, 12, 0, tzinfo=UTC)
TARGET_MS: Final = {"/queue": 150.0, "/ledger": 150.0, "/": 150.0, "verdict": 50.0}


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of the server's own time for one address, and the bytes of its answer.

    ``cpu_ms``: the median of the processor's time, which a busy machine does not stretch.
    """

    who: str
    what: str
    rounds: int
    p50_ms: float
    p95_ms: float
    cpu_ms: float
    bytes: int


Taken = tuple[float, float, int]
"""Milliseconds by the clock and of the processor, and the bytes of the answer."""


PAGES: Final = ("/queue", "/ledger", "/ledger?overdue=true", "/", "/overview", "/coverage",
                "/decided", "/missed")  # fmt: skip


class Desk:
    """A logged-in inspector in front of the application, in this process."""

    def __init__(self, app: FastAPI, login: str, password: str) -> None:
        self.client = TestClient(app, base_url="http://127.0.0.1")
        page = self.client.get("/login").text
        self.client.post(
            "/login", data={"login": login, "password": password, "csrf_token": _token(page)}
        )
        self.client.headers["X-CSRF-Token"] = _token(self.client.get("/account").text)

    def page(self, path: str) -> Taken:
        """One answer."""
        start, cpu = time.perf_counter(), time.process_time()
        answer = self.client.get(path)
        spent, cpu = 1000 * (time.perf_counter() - start), 1000 * (time.process_time() - cpu)
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: status {answer.status_code}")
        return spent, cpu, len(answer.content)

    def verdict(self, finding_id: int, action: str) -> Taken:
        """One verdict on an open finding, taken back again so that the queue stays what it was."""
        found = self.client.get(f"/api/v1/findings/{finding_id}").json()
        given = {"action": action, "row_version": found["row_version"]}
        if action == "dismiss":
            given["reason"] = "mistaken"
        start, cpu = time.perf_counter(), time.process_time()
        answer = self.client.post(f"/api/v1/findings/{finding_id}/decision", json=given)
        spent, cpu = 1000 * (time.perf_counter() - start), 1000 * (time.process_time() - cpu)
        if answer.status_code != 200:
            raise RuntimeError(f"finding {finding_id}: {answer.text}")
        seen = {"row_version": answer.json()["row_version"]}
        self.client.post(f"/api/v1/findings/{finding_id}/undo", json=seen).raise_for_status()
        return spent, cpu, len(answer.content)


def _token(html: str) -> str:
    for mark in ('name="csrf-token" content="', 'name="csrf_token" value="'):
        if mark in html:
            token = html.split(mark, 1)[1].split('"', 1)[0]
            if token:
                return token
    raise RuntimeError("no CSRF token in the page")


def measure(app: FastAPI, database: Database, *, rounds: int) -> list[Timing]:
    """Every page for both inspectors, then verdicts; the first call of each is not counted."""
    timings: list[Timing] = []
    for login in LOGINS:
        password = reset_password(database, login, now=NOW, must_change=False)
        desk = Desk(app, login, password)
        for path in PAGES:
            desk.page(path)
            timings.append(_timing(login, path, [desk.page(path) for _ in range(rounds)]))
        waiting = _open_findings(desk, rounds + 1)
        taken = [
            desk.verdict(id, "confirm" if n % 2 else "dismiss") for n, id in enumerate(waiting)
        ]
        timings.append(_timing(login, "verdict", taken[1:]))
    return timings


def _open_findings(desk: Desk, most: int) -> list[int]:
    found = desk.client.get("/api/v1/findings", params={"state": "open", "size": 200}).json()
    return [item["id"] for item in found["findings"]][:most]


def _timing(who: str, what: str, taken: Sequence[Taken]) -> Timing:
    spent = sorted(ms for ms, _, _ in taken)
    cpu = sorted(ms for _, ms, _ in taken)
    at95 = spent[min(len(spent) - 1, round(0.95 * (len(spent) - 1)))]
    middle = len(spent) // 2
    return Timing(
        who,
        what,
        len(spent),
        round(spent[middle], 1),
        round(at95, 1),
        round(cpu[middle], 1),
        taken[-1][2],
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Fill where nothing is yet, measure, print; 1 where a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench_pages", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the database")
    parser.add_argument("--findings", type=int, default=200_000)
    parser.add_argument("--verdicts", type=int, default=5_000_000)
    parser.add_argument("--halls", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(argv)
    settings = Settings(data=args.data)
    start = time.perf_counter()
    size = Size(halls=args.halls, findings=args.findings, verdicts=args.verdicts)
    database = fill(settings, size, now=NOW)
    made_s = time.perf_counter() - start
    try:
        app = create_app(settings, database=database, clock=lambda: NOW + timedelta(seconds=1))
        timings = measure(app, database, rounds=args.rounds)
    finally:
        database.close()
    said = json.dumps([asdict(timing) for timing in timings]) if args.json else None
    sys.stdout.write((said or table(timings, size, made_s)) + "\n")
    missed = [t for t in timings if t.p95_ms > TARGET_MS.get(t.what, float("inf"))]
    return 1 if missed else 0


def table(timings: Sequence[Timing], size: Size, made_s: float) -> str:
    """The figures for people."""
    lines = [
        f"{size.halls} halls, {size.findings} findings, {size.verdicts} day verdicts; "
        f"the database was ready after {made_s:.0f} s",
        f"{'who':8} {'what':22} {'p50 ms':>8} {'p95 ms':>8} {'cpu ms':>8} {'KB':>8}  target",
    ]
    for t in timings:
        target = TARGET_MS.get(t.what)
        say = f"{target:.0f} {'ok' if t.p95_ms <= target else 'MISSED'}" if target else ""
        lines.append(
            f"{t.who:8} {t.what:22} {t.p50_ms:8.1f} {t.p95_ms:8.1f} {t.cpu_ms:8.1f} "
            f"{t.bytes / 1000:8.0f}  {say}"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
