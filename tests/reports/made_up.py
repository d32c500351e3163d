"""A made-up month: four units, seven cases, a dark camera; and its papers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from service.reports.figures import clause_counts, person_scores, unit_scores
from service.reports.points import PointsTable
from service.reports.shapes import (
    Bulletin,
    CameraGap,
    CaseLine,
    Coverage,
    Flags,
    Kind,
    Report,
    Unscored,
)
from vision.seen import HALL_TZ

MADE: Final = datetime(2026, 4, 1, 9, 30, tzinfo=HALL_TZ)
TABLE: Final = PointsTable(deduct={"2S-2-(4)": 0.5, "2S-1-(3)": 0.5, "3S-1-(3)": 1.0})
TEXTS: Final = {
    "2S-2-(4)": "工作时间手机应入屉存放或放置在后台办公区,前台桌面不得摆放手机及其他配件",
    "2S-1-(3)": "座椅上不得放置其他物品",
    "3S-1-(3)": "地面无垃圾、无积水",
}
SEEN: Final = {
    "市场监管局": (Coverage(700, 12, 80, 0), frozenset({"W1", "W2"})),
    "税务局": (Coverage(390, 2, 20, 0), frozenset({"W3"})),
    "人社局": (Coverage(350, 4, 40, 10), frozenset({"W4"})),
    "医保局": (Coverage(60, 0, 20, 320), frozenset({"W5"})),
}


def line(id: int, unit: str, window: str, clause: str = "2S-2-(4)", **more: Any) -> CaseLine:
    """One case; anything of it can be given."""
    made = CaseLine(
        id=id,
        number=f"shiquan-2026-{id:04d}",
        day=date(2026, 3, 1 + id % 28),
        channel="camera",
        window=window,
        desk=f"{id % 9 + 1}号工位",
        unit=unit,
        clause=clause,
        clause_text=TEXTS[clause],
        problem="桌面有手机 1 部,短边 31 px,在桌面区域内 92%。",
        state="assigned",
        responsible=f"{unit} 张首席",
        due_day=date(2026, 3, 28),
        points=TABLE.deduct[clause],
    )
    return replace(made, **more)


LINES: Final = (
    line(1, "市场监管局", "W1", state="closed", closed_day=date(2026, 3, 4), checker="李巡检"),
    line(2, "市场监管局", "W1", recurrence=1, points=1.0, late=True, chief="张首席"),
    line(3, "市场监管局", "W2", "2S-1-(3)", person_id=7, person="陈晓", state="rectifying"),
    line(4, "税务局", "W3", "2S-1-(3)", state="appealed", unscored=Unscored.APPEALED, points=0.0),
    line(5, "人社局", "W4", state="appeal_upheld", unscored=Unscored.UPHELD, points=0.0),
    line(6, "", "", "3S-1-(3)", channel="patrol", problem="大厅东侧地面有纸巾一处。"),
    line(7, "人社局", "W4", "3S-1-(3)", channel="joint", problem="工位旁地面有积水。"),
)


def report(lines: tuple[CaseLine, ...] = LINES, **more: Any) -> Report:
    """March 2026 of a made-up hall."""
    whole = Coverage()
    for cells, _ in SEEN.values():
        whole += cells
    made = Report(
        kind=Kind.MONTH,
        hall_id=1,
        hall="石泉县政务服务中心",
        first=date(2026, 3, 1),
        last=date(2026, 3, 31),
        as_of=MADE,
        days_checked=20,
        workdays=22,
        workdays_unchecked=(date(2026, 3, 12), date(2026, 3, 13)),
        frames=1920,
        frames_usable=1811,
        coverage=whole,
        gaps=(CameraGap("CAM5", 16),),
        flags=Flags(31, 5, 24, 2),
        lines=lines,
        clauses=tuple(clause_counts(lines)),
        units=tuple(unit_scores(lines, SEEN, TABLE)),
        persons=tuple(person_scores(lines, TABLE)),
        points_version=2,
        points_source="",
        trial_days=0,
    )
    return replace(made, **more)


BULLETIN: Final = Bulletin(
    number="石行审通〔2026〕3号",
    title="关于2026年3月6S管理情况的通报",
    issuer="石泉县行政审批服务局",
    addressee="各窗口单位,物业公司",
    good="",
    demands="",
    state="issued",
    issued_on=date(2026, 4, 1),
)
