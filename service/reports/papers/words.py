"""Words of the documents, all in Chinese: official papers have no second language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from service.ledger.states import STATE_ZH, State
from service.reports.shapes import CaseLine, Report, UnitScore, Unscored
from service.review.book import shortened

CHANNELS: Final[Mapping[str, str]] = {
    "camera": "视频抽查",
    "manual": "人工补记",
    "patrol": "日巡查",
    "joint": "集中检查",
}
CARDS: Final[Mapping[str, str]] = {"": "", "blue": "蓝牌", "yellow": "黄牌", "red": "红牌"}
UNSCORED: Final[Mapping[Unscored, str]] = {
    Unscored.TRIAL: "试行不计分",
    Unscored.ADVISE: "提醒不计分",
    Unscored.APPEALED: "申诉中",
    Unscored.UPHELD: "申诉成立",
    Unscored.NO_POINTS: "未设分值",
}
NUMBERS: Final = "一二三四五六七八九十"
GOOD_LEAST: Final = 0.8
"""Share of cells that must have been judged before a unit without a problem is praised."""
DAYS_NAMED: Final = 10

DEMANDS: Final = (
    "请各窗口单位对照本期通报的问题逐项整改,明确责任人和完成时限,"
    "整改一项、销号一项,并于规定时限内在台账中报送整改结果和整改后照片。"
    "对复发和逾期问题,窗口首席代表要查明原因,落实日常自查。"
    "对判定有异议的,可在台账中申诉,由另一名巡检员裁定。"
)
"""A first text of 工作要求; the drafter edits it."""


def day_zh(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def short_day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def span_zh(first: date, last: date) -> str:
    if first == last:
        return day_zh(first)
    return f"{day_zh(first)}至{day_zh(last) if first.year != last.year else short_day(last)}"


def percent(share: float) -> str:
    """One digit, rounded down: 99.96 % seen is not all of it."""
    return f"{int(share * 1000) / 10:g}%"


def number(value: float) -> str:
    return f"{value:g}"


def state_zh(line: CaseLine) -> str:
    text = STATE_ZH[State(line.state)]
    return f"{text}(逾期)" if line.late else text


def points_zh(line: CaseLine) -> str:
    return UNSCORED[line.unscored] if line.unscored else number(line.points)


def overview(report: Report) -> list[str]:
    """一、总体情况, every figure computed; what was not seen is said to be so."""
    span = span_zh(report.first, report.last)
    checked = f"{span},共开展视频抽查 {report.days_checked} 天"
    if report.workdays is not None:
        checked = (
            f"{span},截至统计时共有工作日 {report.workdays} 天,"
            f"开展视频抽查 {report.days_checked} 天"
        )
    missed = report.workdays_unchecked
    if missed and len(missed) <= DAYS_NAMED:
        checked += f",其中 {len(missed)} 个工作日未开展({'、'.join(map(short_day, missed))})"
    elif missed:
        checked += f",其中 {len(missed)} 个工作日未开展"
    seen = report.coverage
    texts = [
        f"{checked}。共采集画面 {report.frames} 帧,可用 {report.frames_usable} 帧。"
        f"应检查 {seen.expected} 项次,可判定 {seen.judged} 项次,覆盖率 {percent(seen.share)};"
        f"{seen.unjudged} 项次因遮挡、清晰度等原因无法判定,{seen.missing} 项次未拍到,"
        "均不作合格处理。"
    ]
    if report.gaps:
        gaps = "、".join(f"{gap.camera}({gap.days} 天)" for gap in report.gaps)
        texts.append(f"下列摄像机有未提供可用画面的情况:{gaps}。")
    flags = report.flags
    found = (
        f"系统提示疑似问题 {flags.found} 条,经巡检员确认 {flags.confirmed} 条、"
        f"认定不成立 {flags.dismissed} 条"
    )
    found += f",尚有 {flags.waiting} 条待确认。" if flags.waiting else "。"
    standing = report.standing
    found += f"视频抽查、日巡查、集中检查共确认问题 {len(standing)} 个"
    if report.rate is not None:
        found += f",已销号 {report.closed} 个,整改率 {percent(report.rate)}"
        found += f",逾期 {report.late} 个,复发 {report.repeats} 个"
    upheld = len(report.lines) - len(standing)
    texts.append(found + (f";另有 {upheld} 个经申诉成立,不予计入。" if upheld else "。"))
    if report.trial_days:
        texts.append(f"本期有 {report.trial_days} 天处于试行期,试行期内发现的问题只通报、不计分。")
    return texts


def good_of(report: Report) -> str:
    """A first text of 二、先进典型: only who was seen enough and had nothing."""
    best = [
        unit.unit
        for unit in report.units
        if unit.rank == 1 and not unit.cases and unit.coverage.share >= GOOD_LEAST
    ]
    if not best:
        return "本期没有同时满足“未发现问题”和“可判定覆盖率达到八成”两项条件的窗口单位。"
    return (
        f"{'、'.join(best)}本期可判定项目覆盖率均在{percent(GOOD_LEAST)}以上且未发现问题,予以表扬。"
    )


def by_unit(report: Report) -> list[tuple[str, list[CaseLine]]]:
    """Problems by who answers for them, the most first."""
    groups: dict[str, list[CaseLine]] = {}
    for line in report.standing:
        groups.setdefault(line.who, []).append(line)
    return sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))


def unit_problems(lines: Sequence[CaseLine]) -> str:
    """One unit's problems: clause, times, desks."""
    clauses: dict[str, list[CaseLine]] = {}
    for line in lines:
        clauses.setdefault(line.clause, []).append(line)
    parts = []
    for clause, found in sorted(clauses.items(), key=lambda item: (-len(item[1]), item[0])):
        desks = "、".join(dict.fromkeys(line.desk for line in found))
        parts.append(
            f"违反 {clause}“{shortened(found[0].clause_text, 40)}”{len(found)} 次({desks})"
        )
    closed = sum(line.closed for line in lines)
    return f"{';'.join(parts)}。已销号 {closed} 个,未销号 {len(lines) - closed} 个。"


def rank_zh(unit: UnitScore) -> str:
    return str(unit.rank) if unit.rank is not None else "不排名"


RANK_NOTE: Final = (
    "名次按每千项可判定检查项的扣分由低到高排列,以修正各窗口被拍到多少的差别;"
    "可判定覆盖率不足的单位不参与排名,不代表没有问题。"
)
