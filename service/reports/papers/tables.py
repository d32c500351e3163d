"""Tables that several documents share."""

from __future__ import annotations

from collections.abc import Sequence

from service.reports.papers.paper import Table
from service.reports.papers.words import (
    CARDS,
    CHANNELS,
    number,
    percent,
    points_zh,
    rank_zh,
    state_zh,
)
from service.reports.shapes import CaseLine, ClauseCount, PersonScore, UnitScore, YearLine
from service.review.book import shortened

NOTHING = "本期无"


def ledger(lines: Sequence[CaseLine], caption: str = "") -> Table:
    """台账, one row a case."""
    head = (
        "序号",
        "编号",
        "日期",
        "来源",
        "单位及工位",
        "条款",
        "问题",
        "完成时限",
        "状态",
        "扣分",
    )
    rows = tuple(
        (
            str(place),
            short_number(line.number),
            f"{line.day:%m-%d}",
            CHANNELS.get(line.channel, line.channel),
            f"{line.who} {line.desk}",
            line.clause,
            shortened(line.problem, 60),
            f"{line.due_day:%m-%d}" if line.due_day else "—",
            state_zh(line),
            points_zh(line),
        )
        for place, line in enumerate(lines, 1)
    )
    widths = (0.9, 1.9, 1.3, 1.5, 2.4, 2.0, 4.2, 1.4, 1.6, 1.5)
    return Table(head, rows or (_none(len(head)),), widths, "cccclclccc", caption)


def short_number(number: str) -> str:
    """Without the hall's code: a report is of one hall, and the column is narrow."""
    return "-".join(number.rsplit("-", 2)[-2:])


def _none(columns: int) -> tuple[str, ...]:
    return (NOTHING, *("" for _ in range(columns - 1)))


def clauses(counts: Sequence[ClauseCount], caption: str = "") -> Table:
    """By clause: times, closed, late, whose."""
    head = ("条款", "要求", "次数", "已销号", "逾期", "涉及单位(次数)")
    rows = tuple(
        (
            count.clause,
            shortened(count.text, 48),
            str(count.cases),
            str(count.closed),
            str(count.late),
            "、".join(f"{unit} {times}" for unit, times in count.units),
        )
        for count in counts
    )
    return Table(
        head, rows or (_none(len(head)),), (1.7, 4.6, 0.9, 1.1, 0.9, 3.0), "clcccl", caption
    )


def units(scores: Sequence[UnitScore], caption: str = "") -> Table:
    """The window units' score book."""
    head = (
        "名次",
        "单位",
        "窗口",
        "问题",
        "已销号",
        "逾期",
        "复发",
        "扣分",
        "得分",
        "覆盖率",
        "千项扣分",
        "牌",
    )
    rows = tuple(
        (
            rank_zh(unit),
            unit.unit,
            "、".join(unit.windows),
            str(unit.cases),
            str(unit.closed),
            str(unit.late),
            str(unit.repeats),
            number(unit.taken),
            number(unit.score),
            percent(unit.coverage.share) if unit.coverage.expected else "未检查",
            "—" if unit.per_thousand is None else number(unit.per_thousand),
            CARDS[unit.card],
        )
        for unit in scores
    )
    widths = (1.5, 2.4, 1.5, 1.1, 1.3, 1.1, 1.1, 1.2, 1.4, 1.6, 1.5, 1.2)
    return Table(head, rows or (_none(len(head)),), widths, "clcccccccccc", caption)


def persons(scores: Sequence[PersonScore], caption: str = "") -> Table:
    """The persons' score book."""
    head = ("姓名", "单位", "身份", "问题", "扣分", "得分")
    rows = tuple(
        (
            score.name,
            score.unit,
            "首席代表" if score.role == "chief" else "窗口人员",
            str(score.cases),
            number(score.taken),
            number(score.score),
        )
        for score in scores
    )
    return Table(head, rows or (_none(len(head)),), (2, 3, 2, 1, 1.2, 1.4), "clcccc", caption)


def year(lines: Sequence[YearLine], caption: str = "") -> Table:
    """年考核表: points taken by month; — where the month was not checked."""
    head = ("单位", *(f"{m}月" for m in range(1, 13)), "问题", "扣分", "平均得分", "牌")
    rows = []
    for line in lines:
        cells = {cell.month: cell for cell in line.months}
        months = []
        for month in range(1, 13):
            cell = cells.get(month)
            unseen = cell is None or (cell.coverage is None and not cell.cases)
            months.append("—" if cell is None or unseen else number(cell.taken))
        cards = [f"{CARDS[c]}{line.cards.count(c)}" for c in dict.fromkeys(line.cards)]
        mean = "—" if line.mean_score is None else number(line.mean_score)
        rows.append(
            (line.unit, *months, str(line.cases), number(line.taken), mean, "、".join(cards))
        )
    widths = (3.0, *(1.0 for _ in range(12)), 1.1, 1.2, 1.7, 1.8)
    return Table(head, tuple(rows) or (_none(len(head)),), widths, "l", caption)
