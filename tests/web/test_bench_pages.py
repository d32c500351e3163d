"""The tool that times the pages runs, over a database it filled itself; no time is asserted."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from service.clock import hall_day
from service.db.engine import Database
from service.db.models import Case, DayVerdict, Decision, Finding, FrameRow, Media
from service.settings import Settings
from tools import bench_pages
from tools.bench_pages_fill import Size


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bench") / "data"


SMALL = ["--halls", "2", "--findings", "300", "--verdicts", "4000", "--rounds", "2"]


def test_it_fills_once_and_times_every_page(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench_pages.main(["--data", str(folder), *SMALL, "--json"]) in {0, 1}
    timings = json.loads(capsys.readouterr().out)
    wanted = {*bench_pages.PAGES, "verdict"}
    for who in ("county", "town"):
        assert {t["what"] for t in timings if t["who"] == who} == wanted
    assert all(0 < t["p50_ms"] <= t["p95_ms"] and t["bytes"] > 0 for t in timings)

    database = Database.of(Settings(data=folder))
    try:
        with database.read() as session:
            count = {
                kind: session.scalar(select(func.count()).select_from(kind))
                for kind in (Finding, DayVerdict, Case, Decision, FrameRow, Media)
            }
            days = session.execute(select(func.min(Finding.day), func.max(Finding.day))).one()
            astray = session.scalar(
                select(func.count())
                .select_from(Finding)
                .join(FrameRow, FrameRow.id == Finding.frame_id)
                .where(
                    (FrameRow.hall_id != Finding.hall_id)
                    | (FrameRow.day != Finding.day)
                    | (FrameRow.camera != Finding.camera)
                )
            )
    finally:
        database.close()
    assert (count[Finding], count[DayVerdict]) == (300, 4000)
    assert count[Case]
    assert count[Decision]
    assert count[FrameRow] == 2 * 2 * 10 * 12
    assert (count[Media] or 0) > 300
    today = hall_day(bench_pages.NOW)
    assert tuple(days) == (today - timedelta(days=1), today)
    assert astray == 0, "a finding lies on a frame of its own hall, day and camera"

    # again, on what is there: as a table for people
    bench_pages.main(["--data", str(folder), *SMALL])
    said = capsys.readouterr().out
    assert "300 findings, 4000 day verdicts" in said
    assert "/ledger" in said


def test_a_folder_of_another_size_is_refused(folder: Path) -> None:
    with pytest.raises(SystemExit, match="another size"):
        bench_pages.main(["--data", str(folder), *SMALL[:2], "--findings", "7"])


def test_the_days_follow_from_the_verdicts() -> None:
    assert Size(halls=20, findings=200_000, verdicts=5_000_000).days == 250
