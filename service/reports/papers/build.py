"""The documents: 日巡查记录表, 周汇总, 月通报, 整改通知单, 年考核表."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Final, TypeAlias

from service.reports.day_sheet import SAID_ZH, WINDOW_ZH
from service.reports.papers import tables, words
from service.reports.papers.paper import Block, Break, Heading, Paper, Para, Photos, Sign, Table
from service.reports.shapes import Bulletin, CaseLine, DaySheet, Notice, Report
from service.review.book import shortened

Pictures: TypeAlias = Callable[[int], tuple[bytes | None, bytes | None]]
"""A case's id -> its masked pictures before and after, JPEG; None where there is none."""

PHOTOS_MOST: Final = 40
COLUMNS_A_TABLE: Final = 14
DRAFT_MARKS: Final = {"draft": "拟稿", "review": "待审核", "approved": "待签发"}


def bulletin_paper(
    report: Report, bulletin: Bulletin, pictures: Pictures, *, reader: str, made: datetime
) -> Paper:
    """月通报 (or a week's or year's): five parts and three annexes, by GB/T 9704."""
    blocks: list[Block] = [Heading("一、总体情况")]
    blocks += [Para(text) for text in words.overview(report)]
    blocks += [Heading("二、先进典型"), Para(bulletin.good or words.good_of(report))]
    blocks += _problems(report)
    blocks += [Heading("四、得分与排名"), *_ranking(report)]
    blocks += [Heading("五、工作要求"), Para(bulletin.demands or words.DEMANDS, keep=True)]
    blocks += [Para("附件:1.问题台账\n2.得分表\n3.整改前后对照照片", keep=True)]
    issued = words.day_zh(bulletin.issued_on) if bulletin.issued_on else "(签发后填写日期)"
    blocks += [Sign((bulletin.issuer or report.hall, issued))]
    blocks += [Break(), Heading("附件1 问题台账", 3), tables.ledger(report.lines)]
    blocks += [Break(), Heading("附件2 得分表", 3), *_books(report)]
    blocks += [Break(), Heading("附件3 整改前后对照照片", 3), *_photos(report.standing, pictures)]
    return Paper(
        title=bulletin.title,
        blocks=tuple(blocks),
        official=True,
        red_head=bulletin.issuer,
        number=bulletin.number,
        addressee=bulletin.addressee,
        reader=reader,
        mark=DRAFT_MARKS.get(bulletin.state, ""),
        made=made,
    )


def _problems(report: Report) -> list[Block]:
    blocks: list[Block] = [Heading("三、存在问题")]
    if not report.standing:
        judged, expected = report.coverage.judged, report.coverage.expected
        text = f"在可判定的 {judged} 项次(应检查 {expected} 项次)中未确认问题;未判定部分不作结论。"
        return [*blocks, Para(text)]
    for place, (unit, lines) in enumerate(words.by_unit(report), 1):
        blocks.append(Heading(f"({_zh(place)}){unit},共 {len(lines)} 个", 2))
        blocks.append(Para(words.unit_problems(lines)))
    blocks.append(tables.clauses(report.clauses, "各条款问题统计"))
    return blocks


def _zh(place: int) -> str:
    """1 to 99 in Chinese figures."""
    tens, ones = divmod(place, 10)
    if not tens:
        return words.NUMBERS[ones - 1]
    head = "十" if tens == 1 else f"{words.NUMBERS[tens - 1]}十"
    return head + (words.NUMBERS[ones - 1] if ones else "")


def _ranking(report: Report) -> list[Block]:
    if not report.units:
        return [Para("本期没有可计分的窗口单位。")]
    ranked = [unit for unit in report.units if unit.rank is not None]
    text = "、".join(
        f"{unit.unit}(第 {unit.rank} 名,{words.number(unit.score)} 分)" for unit in ranked
    )
    unranked = "、".join(unit.unit for unit in report.units if unit.rank is None)
    blocks: list[Block] = []
    if ranked:
        blocks.append(Para(f"{text}。"))
    if unranked:
        blocks.append(Para(f"{unranked}可判定覆盖率不足,不参与排名。"))
    blocks.append(Para(f"{words.RANK_NOTE}得分依据:{version_zh(report)}。"))
    return blocks


def version_zh(report: Report) -> str:
    """Which points table counted."""
    if not report.points_version:
        return f"规则包默认赋分表({report.points_source})"
    return f"本大厅赋分表第 {report.points_version} 版"


def _books(report: Report) -> list[Block]:
    note = "个人得分只统计巡检员根据值班表指认到人的问题;未列出者不代表已全部检查。"
    return [
        tables.units(report.units, "窗口单位"),
        tables.persons(report.persons, "个人"),
        Para(note, small=True, indent=False),
    ]


def _photos(lines: Sequence[CaseLine], pictures: Pictures) -> list[Block]:
    blocks: list[Block] = []
    for line in lines:
        before, after = pictures(line.id)
        if before is None and after is None:
            continue
        if len(blocks) == PHOTOS_MOST:
            blocks.append(Para(f"(其余照片见台账;此处列前 {PHOTOS_MOST} 组)", indent=False))
            break
        caption = f"{line.number} {line.who} {line.desk} {line.clause}"
        closed = f"整改后({words.short_day(line.closed_day)})" if line.closed_day else "整改后"
        blocks.append(
            Photos(caption, before, after, f"整改前({words.short_day(line.day)})", closed)
        )
    return blocks or [Para("本期没有照片。")]


def week_paper(report: Report, *, reader: str, made: datetime) -> Paper:
    """周汇总, one page where the problems are few."""
    open_ones = [line for line in report.standing if not line.closed]
    blocks: list[Block] = [
        *(Para(text) for text in words.overview(report)),
        Heading("一、各窗口单位"),
        tables.units(report.units),
        Heading("二、突出条款"),
        tables.clauses(report.clauses[:10]),
        Heading("三、未销号问题"),
        tables.ledger(open_ones),
        Sign((f"汇总人:{reader}", words.day_zh(report.last))),
    ]
    return Paper(
        title=f"{report.hall}6S管理周汇总",
        number=words.span_zh(report.first, report.last),
        blocks=tuple(blocks),
        reader=reader,
        mark="试行" if report.trial_days else "",
        made=made,
    )


def year_paper(report: Report, *, reader: str, made: datetime) -> Paper:
    """年考核表, across the page."""
    blocks: list[Block] = [
        *(Para(text) for text in words.overview(report)),
        tables.year(report.years, "各窗口单位逐月扣分"),
        Para("“—”表示当月未检查或未拍到,不作满分处理;平均得分只计有检查的月份。", small=True),
        tables.units(report.units, "全年得分与排名"),
        Para(words.RANK_NOTE, small=True),
        tables.persons(report.persons, "个人"),
        Sign(("考核人(签字):", "审核人(签字):", words.day_zh(report.last))),
    ]
    return Paper(
        title=f"{report.hall}{report.first.year}年度6S管理考核表",
        blocks=tuple(blocks),
        landscape=True,
        reader=reader,
        made=made,
    )


def day_paper(sheet: DaySheet, *, reader: str, made: datetime) -> Paper:
    """日巡查记录表: every clause; then desk by desk; then who signs."""
    seen = sheet.coverage
    status = {"": "当日没有开展视频抽查", "done": "完成", "incomplete": "未完成", "failed": "失败"}
    head = Table(
        (),
        (
            ("大厅", sheet.hall, "日期", words.day_zh(sheet.day)),
            ("抽查情况", status.get(sheet.status, sheet.status), "画面",
             f"{sheet.frames} 帧,可用 {sheet.frames_usable} 帧"),
            ("覆盖率", f"{words.percent(seen.share)}(应查 {seen.expected},已判 {seen.judged},"
             f"无法判定 {seen.unjudged},未拍到 {seen.missing})",
             "无可用画面", "、".join(sheet.cameras_missing) or "无"),
            ("依据", sheet.versions or "—", "复核人", "、".join(sheet.decided_by) or "—"),
        ),
        (1.4, 4.2, 1.4, 3.0),
        "clcl",
    )  # fmt: skip
    rows = tuple(
        (
            cell.clause,
            shortened(cell.text, 34),
            WINDOW_ZH[cell.window],
            str(cell.frames) if cell.window else "—",
            f"{cell.coverage.judged}/{cell.coverage.expected}" if cell.window else "—",
            _said(cell.said, cell.found, cell.waiting),
        )
        for cell in sheet.cells
    )
    blocks: list[Block] = [head]
    if sheet.notice:
        blocks.append(Para(sheet.notice, indent=False))
    blocks += [
        Heading("一、逐条结果"),
        Table(
            ("条款", "要求", "时段", "帧数", "已判/应查", "结果"),
            rows,
            (1.8, 4.6, 1.5, 0.9, 1.4, 3.0),
            "clcccl",
        ),
        Heading("二、当日问题"),
        tables.ledger(sheet.lines),
        Heading("三、逐工位"),
        Para(
            "√ 合格  × 发现问题  ? 待确认  ○ 无法判定  — 未拍到  空白 该时段不查",
            indent=False,
            small=True,
        ),
        *_matrix(sheet),
        Sign(("巡检员(签字):                ", "复核人(签字):                ")),
    ]
    return Paper(title="6S管理日巡查记录表", blocks=tuple(blocks), reader=reader, made=made)


def _said(said: str, found: Sequence[str], waiting: Sequence[str]) -> str:
    parts = []
    if found:
        parts.append(f"发现问题 {len(found)} 处:{'、'.join(found)}")
    if waiting:
        parts.append(f"待确认 {len(waiting)} 处:{'、'.join(waiting)}")
    return ";".join(parts) or SAID_ZH[said]


def _matrix(sheet: DaySheet) -> list[Table]:
    """Desks down, clauses across, a table for each window and every so many clauses."""
    made: list[Table] = []
    places = list(enumerate(sheet.columns))
    for window, group in groupby(places, key=lambda item: item[1][0]):
        columns = list(group)
        for start in range(0, len(columns), COLUMNS_A_TABLE):
            part = columns[start : start + COLUMNS_A_TABLE]
            rows = tuple(
                (row.desk, *(row.marks[place] for place, _ in part))
                for row in sheet.desks
                if any(row.marks[place] for place, _ in part)
            )
            if rows:
                head = (WINDOW_ZH[window], *(clause for _, (_, clause) in part))
                widths = (1.6, *(1.0 for _ in part))
                made.append(Table(head, rows, widths, "l"))
    return made


def notice_paper(notice: Notice, pictures: Pictures, *, reader: str, made: datetime) -> Paper:
    """整改通知单, one unit's; 蓝、黄、红 by its card."""
    due = max((line.due_day for line in notice.lines if line.due_day), default=None)
    card = words.CARDS[notice.card]
    head = Table(
        (),
        (
            ("被通知单位", notice.unit, "窗口", "、".join(notice.windows) or "公共区域"),
            ("首席代表", notice.chief or "—", "等级", card or "整改提醒"),
            ("问题数", str(len(notice.lines)), "完成时限", words.day_zh(due) if due else "见各条"),
        ),
        (1.4, 3.4, 1.4, 3.0),
        "clcl",
    )
    problems = Table(
        ("序号", "编号", "日期", "工位", "条款", "标准要求", "存在问题", "完成时限"),
        tuple(
            (
                str(place),
                tables.short_number(line.number),
                f"{line.day:%m-%d}",
                line.desk,
                line.clause,
                shortened(line.clause_text, 50),
                line.problem,
                f"{line.due_day:%m-%d}" if line.due_day else "—",
            )
            for place, line in enumerate(notice.lines, 1)
        ),
        (0.8, 2.0, 1.0, 1.3, 1.6, 3.4, 3.0, 1.2),
        "cccccllc",
    )
    blocks: list[Block] = [
        head,
        Para(f"经检查,你单位存在下列问题,请按时限整改并在台账中报送结果。{notice.demands}"),
        problems,
        Heading("照片"),
        *_photos(notice.lines, pictures),
        Para("如有异议(群众物品、共用工位、误判等),请在台账中申诉,由另一名巡检员裁定。"),
        Table((), (("整改措施", "", "签收人及日期", ""),), (1.4, 3.6, 1.6, 2.4), "clcl"),
        Sign((notice.issuer or notice.hall, words.day_zh(notice.on))),
    ]
    return Paper(
        title=f"6S管理整改通知单{f'({card})' if card else ''}",
        number=notice.number,
        blocks=tuple(blocks),
        reader=reader,
        made=made,
    )


def title_of(report: Report) -> str:
    """A first title of a bulletin."""
    if report.kind == "month":
        return f"关于{report.first.year}年{report.first.month}月6S管理情况的通报"
    if report.kind == "year":
        return f"关于{report.first.year}年度6S管理考核情况的通报"
    return f"关于{words.span_zh(report.first, report.last)}6S管理情况的通报"


def no_pictures(case_id: int) -> tuple[bytes | None, bytes | None]:
    """For documents that show none."""
    del case_id
    return None, None
