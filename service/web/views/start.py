"""The start page and the coverage table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import PlainTextResponse, Response

from service.auth.roles import Permission
from service.auth.viewer import Viewer
from service.clock import hall_day
from service.db.models import NoticeRow
from service.ledger.read import overdue_by_hall
from service.pauses import open_pauses
from service.registers import ending
from service.review.book import Book, Clause
from service.review.examples import Example, shown_examples
from service.review.halls import halls_seen
from service.review.overview import Cell, HallDay, coverage_table, hall_days
from service.review.running import Running, running
from service.web import words
from service.web.access import Public
from service.web.deps import MAX_ID, DatabaseDep, Needs, NowDep
from service.web.i18n import Locale, locale_of, translate
from service.web.templating import render
from service.web.views.cameras import PauseLine, pauses_of

router = APIRouter(include_in_schema=False)
Overview = Annotated[Viewer, Depends(Needs(Permission.OVERVIEW))]

EXAMPLES: Final = 6
"""Good examples on the start page; the rest is one link away."""


@router.get("/health", dependencies=[Depends(Public())])
def health() -> Response:
    """Alive; says nothing else to anybody."""
    return PlainTextResponse("ok\n")


@router.get("/")
def start(
    request: Request,
    viewer: Annotated[Viewer, Depends(Needs(Permission.ACCOUNT))],
    database: DatabaseDep,
    now: NowDep,
) -> Response:
    locale = locale_of(request)
    days: list[HallDay] = []
    paused: dict[int, list[PauseLine]] = {}
    ends: list[NoticeRow] = []
    late: dict[int, int] = {}
    going_on: list[Running] = []
    examples: list[Example] = []
    if viewer.may(Permission.OVERVIEW):
        with database.read() as session:
            going_on = running(session, viewer.hall_ids, now)
            days = hall_days(session, request.app.state.plans, viewer.hall_ids)
            paused = pauses_of(open_pauses(session, viewer.hall_ids))
            ends = ending(session, viewer.hall_ids, hall_day(now))
            if viewer.may(Permission.FINDINGS_READ):
                examples = shown_examples(session, viewer.hall_ids, most=EXAMPLES)
            late = overdue_by_hall(session, viewer, today=hall_day(now))
    halls = [
        {
            **_hall(day, locale),
            "overdue": late.get(day.hall.id, 0),
            "paused": paused.get(day.hall.id, []),
            "ending": [row for row in ends if row.hall_id == day.hall.id],
        }
        for day in days
    ]
    return render(
        request,
        "start.html",
        {
            "here": "start",
            "halls": halls,
            "overview": viewer.may(Permission.OVERVIEW),
            "running": going_on,
            "examples": examples,
        },
    )


@router.get("/running")
def running_now(request: Request, viewer: Overview, database: DatabaseDep, now: NowDep) -> Response:
    """The nights that are going on, for a page that asks again and again."""
    with database.read() as session:
        found = running(session, viewer.hall_ids, now)
    # when it has ended the page is loaded anew: it shows the night, and asks no more
    headers = None if found else {"HX-Refresh": "true"}
    return render(request, "running.html", {"running": found}, headers=headers)


def _hall(day: HallDay, locale: Locale) -> dict[str, Any]:
    silent = [camera.id for camera in day.cameras if not camera.usable]
    notice = day.notice
    bad = day.status in {"failed", "incomplete"}
    if not notice and day.status == "running":
        notice = translate(locale, "以下数字会继续变化。")
    elif not notice and day.status in {"failed", "incomplete"}:
        notice = translate(locale, "本次巡检没有做完,以下数字不完整。")
    elif not notice and silent:
        notice = translate(locale, "没有可用图像的摄像机:") + "、".join(silent)
    return {
        "id": day.hall.id,
        "name": day.hall.name,
        "day": day.day,
        "run_notice": notice,
        "run_bad": bad,
        "open": day.open,
        "confirmed": day.confirmed,
        "dismissed": day.dismissed,
        "coverage": day.coverage,
        "judged": day.judged,
        "expected": day.expected,
        "frames": sum(camera.frames for camera in day.cameras),
        "frames_bad": sum(camera.frames - camera.usable for camera in day.cameras),
        "cameras_seen": sum(camera.usable > 0 for camera in day.cameras),
        "windows": day.windows,
        "cameras": [
            {
                "id": camera.id,
                "frames": camera.frames,
                "usable": camera.usable,
                "trouble": trouble(camera.frames, camera.gate, locale),
            }
            for camera in day.cameras
        ],
    }


def trouble(frames: int, gate: str | None, locale: Locale) -> str:
    """Why a camera's frames were unusable, or that none came."""
    if not frames:
        return translate(locale, "未收到图像")
    return translate(locale, words.GATE_REASONS.get(gate, gate)) if gate else ""


@router.get("/coverage")
def coverage(
    request: Request,
    viewer: Overview,
    database: DatabaseDep,
    hall: Annotated[int | None, Query(ge=1, le=MAX_ID)] = None,
    day: date | None = None,
    window: Literal["W", "P", "N"] = "W",
) -> Response:
    locale = locale_of(request)
    book: Book = request.app.state.book
    with database.read() as session:
        halls = halls_seen(session, viewer.hall_ids)
        chosen = next((item for item in halls if item.id == hall), halls[0] if halls else None)
        table = coverage_table(session, chosen.id, day=day, window=window) if chosen else None
        plans = request.app.state.plans.newest(session, [chosen.id]) if chosen else {}
    names: Mapping[str, str] = plans[chosen.id].desks if chosen else {}
    known = book.clauses()
    cells = table.cells if table else {}
    clauses = [known.get(id, Clause(id, "")) for id in (table.clauses if table else [])]
    desks = sorted(table.desks if table else [], key=lambda desk: (_rank(names, desk), desk))
    rows = [
        {
            "desk_name": names.get(desk, desk),
            "cells": [_cell(book, cells.get((desk, clause.id)), locale) for clause in clauses],
        }
        for desk in desks
    ]
    kinds = [cell.kind for cell in cells.values()]
    context = {
        "here": "coverage",
        "halls": halls,
        "hall": chosen,
        "days": table.days if table else [],
        "day": table.day if table else None,
        "window": window,
        "clauses": clauses,
        "rows": rows,
        "totals": {
            "passed": kinds.count("pass"),
            "suspect": kinds.count("suspect"),
            "unjudged": kinds.count("unjudged"),
            "missing": kinds.count("missing"),
        },
    }
    return render(request, "coverage.html", context)


def _rank(names: Mapping[str, str], desk: str) -> int:
    order = list(names)
    return order.index(desk) if desk in order else len(order)


CELL_WORDS = {"pass": "合格", "suspect": "疑似", "unjudged": "无法判定", "missing": "未拍到"}


def _cell(book: Book, cell: Cell | None, locale: Locale) -> dict[str, Any]:
    if cell is None:
        return {"kind": "none", "text": "—", "why": "", "reason": "", "finding_id": None}
    reason = ""
    if cell.reason_code and cell.kind != "pass":
        reason = book.sentence(cell.reason_code, cell.reason_values or {}, locale)
    return {
        "kind": "none" if cell.kind == "missing" else cell.kind,
        "text": translate(locale, CELL_WORDS[cell.kind]),
        "why": reason if cell.kind == "unjudged" else "",
        "reason": reason,
        "finding_id": cell.finding_id,
    }
