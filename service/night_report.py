"""What a night says of itself: figures, cameras, and a summary that starts with the missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from rules.layout import HallLayout
from rules.verdict import Judgement
from service.db.models import CameraPause, FrameRow, Hall, Run
from service.pauses import measured
from vision.seen import HALL_TZ

GATE_ZH: Final[Mapping[str, str]] = {
    "undecodable": "无法读取",
    "placeholder": "占位图",
    "frozen": "画面冻结",
    "black": "黑屏",
    "blurred": "模糊",
    "blocked": "被遮挡",
    "moved": "镜头移位",
    "camera_moved": "移位后待确认",
    "wrong_camera": "不是这台摄像机",
    "wrong_time": "时间不符",
}


@dataclass(frozen=True, slots=True)
class NightReport:
    """How one hall's night ended.  ``repeated``: nothing had changed, the last run stands;
    ``expired``: originals already deleted by their term, so the day stays as it was judged."""

    hall: str
    hall_name: str
    day: date
    status: str
    notice: str
    counts: Mapping[str, Any]
    cameras: Mapping[str, Any]
    cameras_missing: Sequence[str]
    repeated: bool = False
    expired: int = 0

    @property
    def exit_code(self) -> int:
        """0 done, 1 some frames unreadable or cameras missing."""
        return 0 if self.status == "done" else 1

    def lines(self) -> list[str]:
        """The summary; its first line names missing cameras."""
        c = self.counts
        judged = c["passed"] + c["suspect"]
        total = judged + c["unjudged"]
        share = 100 * judged / total if total else 0.0
        lines = [
            f"{self.hall_name} {self.day}:{self.notice}",
            f"图像 {c['frames']} 张,可用 {c['usable']} 张,无法读取 {c['unreadable']} 张。",
            f"合格 {c['passed']},疑似 {c['suspect']},无法判定 {c['unjudged']};"
            f"覆盖率 {share:.0f}%({judged}/{total})。",
            f"新增疑似 {c['findings_new']} 条,延续 {c['findings_aged']} 条,"
            f"已知不再提示 {c['findings_known']} 条。",
        ]
        if self.repeated:
            lines.append("与上次相比没有变化,结果不变。")
        if self.expired:
            lines.append(f"{self.expired} 张原图已按留存期删除,当日结果不再改动。")
        return lines


def camera_state(layout: HallLayout, frames: Sequence[FrameRow]) -> dict[str, dict[str, Any]]:
    """Camera id -> frames, usable frames, and what troubles it ("" for nothing)."""
    state: dict[str, dict[str, Any]] = {}
    for camera in layout.cameras:
        gates = Counter(f.gate for f in frames if f.camera == camera.id)
        total, usable = sum(gates.values()), gates["ok"]
        trouble = ""
        if not total:
            trouble = "没有图像"
        elif usable < total:
            worst = sorted((g for g in gates if g != "ok"), key=lambda g: (-gates[g], g or ""))
            trouble = "、".join(f"{GATE_ZH.get(g or '', g)}{gates[g]}张" for g in worst)
        state[camera.id] = {"frames": total, "usable": usable, "trouble": trouble}
    return state


def counts_of(
    frames: Sequence[FrameRow], judgements: Sequence[Judgement], filed: Mapping[str, int]
) -> dict[str, int]:
    """The run's figures."""
    gates = Counter(f.gate for f in frames)
    verdicts = Counter(j.verdict.value for j in judgements)
    unknown = sum(1 for f in frames if f.gate == "wrong_camera" and f.error is not None)
    return {
        "frames": len(frames),
        "usable": gates["ok"],
        "unreadable": gates["undecodable"],
        "unknown_camera": unknown,
        "bad_gate": len(frames) - gates["ok"] - gates["undecodable"] - unknown,
        "passed": verdicts["pass"],
        "suspect": verdicts["suspect"],
        "unjudged": verdicts["unjudged"],
        **filed,
    }


def notice_of(
    cameras: Mapping[str, Mapping[str, Any]],
    counts: Mapping[str, int],
    paused: Sequence[CameraPause] = (),
    stopped: datetime | None = None,
) -> str:
    """One sentence: missing cameras first, then what else kept frames from being judged.

    ``stopped``: when capture stopped for want of room on the disk.
    """
    missing = [c for c, state in cameras.items() if not state["frames"]]
    blind = [c for c, state in cameras.items() if state["frames"] and not state["usable"]]
    parts: list[str] = []
    if stopped is not None:
        parts.append(f"磁盘空间不足,{stopped.astimezone(HALL_TZ):%H:%M} 起停止取图")
    if missing:
        parts.append(f"缺 {len(missing)} 台摄像机:{'、'.join(missing)}(当日没有图像)")
    if blind:
        named = "、".join(f"{c}({cameras[c]['trouble']})" for c in blind)
        parts.append(f"{len(blind)} 台摄像机没有可用图像:{named}")
    if paused:
        named = "、".join(
            f"{p.camera}(自 {p.since.astimezone(HALL_TZ):%m-%d %H:%M},{measured(p)})"
            for p in paused
        )
        parts.append(f"{len(paused)} 台摄像机移位,判定已暂停,待人工确认:{named}")
    if counts["unreadable"]:
        parts.append(f"{counts['unreadable']} 张图像无法读取")
    if counts["unknown_camera"]:
        parts.append(f"{counts['unknown_camera']} 张图像的摄像机不在布局中")
    if not parts:
        return f"{len(cameras)} 台摄像机均有图像。"
    return ";".join(parts) + "。"


def report_of(run: Run, hall: Hall, *, repeated: bool = False, expired: int = 0) -> NightReport:
    """A finished run as a report."""
    return NightReport(
        hall=hall.code,
        hall_name=hall.name,
        day=run.day,
        status=run.status,
        notice=run.notice,
        counts=dict(run.counts),
        cameras=dict(run.cameras),
        cameras_missing=tuple(run.cameras_missing),
        repeated=repeated,
        expired=expired,
    )
