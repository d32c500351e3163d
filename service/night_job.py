"""A whole night as a timer starts it: what is past its term deleted, judged, told to people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import structlog

from service.capture_report import Report
from service.clock import hall_day
from service.halls import halls_named
from service.messages import Message, Way, send_all, ways_of
from service.night import Night
from service.night_report import NightReport
from service.registers import ending, ending_line
from service.retention import Deleted, apply
from service.settings import Settings
from vision.seen import BusyError, DeskcheckError

log = structlog.get_logger(__name__)
Sender = Callable[[Iterable[Way], Message], list[str]]


@dataclass(frozen=True, slots=True)
class NightEnd:
    """How a night ended: its reports, what was deleted, and messages that nobody took."""

    reports: Sequence[NightReport]
    deleted: Deleted
    unsent: Sequence[str]

    @property
    def exit_code(self) -> int:
        return max((report.exit_code for report in self.reports), default=0)


def night_job(
    night: Night,
    *,
    day: date | None = None,
    hall: str | None = None,
    until: date | None = None,
    send: Sender = send_all,
) -> NightEnd:
    """Run the night and send its summary; a failed night is told too, then raised."""
    ways = ways_of(night.settings)  # wrong settings are said before the work, not after it
    told: list[NightReport] = []

    def listen(report: NightReport) -> None:
        told.append(report)
        _logged(report)
        night.told(report)

    deleted = apply(night.database, night.settings, now=night.clock())  # room for tonight first
    try:
        replace(night, told=listen).run(day=day, hall=hall, until=until)
    except BusyError:
        raise  # the other run tells
    except DeskcheckError as error:
        log.error("night_failed", error=str(error))
        for sentence in send(ways, summary(told, str(error))):
            log.error("message_not_sent", why=sentence)
        raise
    news = [r for r in told if not r.repeated]
    unsent = send(ways, summary(news, ends=_ending(night))) if news and ways else []
    for sentence in unsent:
        log.error("message_not_sent", why=sentence)
    return NightEnd(tuple(told), deleted, tuple(unsent))


def _ending(night: Night) -> list[str]:
    """Approved notices that end today or tomorrow, a sentence each."""
    with night.database.read() as session:
        halls = {hall.id: hall.name for hall in halls_named(session, None)}
        rows = ending(session, halls, hall_day(night.clock()))
        return [f"{halls[row.hall_id]}:{ending_line(row)}" for row in rows]


def _logged(report: NightReport) -> None:
    say = log.info if report.exit_code == 0 else log.warning
    say(
        "night_judged",
        hall=report.hall,
        day=str(report.day),
        status=report.status,
        missing=list(report.cameras_missing),
        repeated=report.repeated,
        counts=dict(report.counts),
    )


def summary(reports: Sequence[NightReport], error: str = "", ends: Sequence[str] = ()) -> Message:
    """The nights as one message: what went wrong in the first line."""
    if error:
        body = [line for report in reports for line in report.lines()]
        return Message(f"桌面巡检未能完成:{error}", tuple(body))
    ordered = sorted(reports, key=lambda r: -r.exit_code)  # stable: the troubled ones first
    lines = [line for report in ordered for line in report.lines()]
    return Message(lines[0], (*lines[1:], *ends))


def tell_alarms(settings: Settings, report: Report, *, send: Sender = send_all) -> None:
    """A refused login and a full disk are news at once, not only in the morning."""
    alarms = tuple(f"{one.hall} {text}" for one in report.halls for text in one.alarms)
    stops = tuple(one.stopped for one in report.halls if one.stopped)
    news: list[Message] = []
    if alarms:
        first = f"桌面巡检告警:{len(alarms)} 台摄像机拒绝登录,已停用以免账户被锁"
        news.append(Message(first, alarms))
    if stops:
        first = f"桌面巡检告警:磁盘空间不足,{len(stops)} 个大厅已停止取图"
        news.append(Message(first, stops))
    for message in news:
        for sentence in send(ways_of(settings), message):
            log.error("message_not_sent", why=sentence)
