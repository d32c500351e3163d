"""台账: the list, a case's page, and its steps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, File, Form, Query, Request, UploadFile
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from service.auth.roles import Permission
from service.auth.viewer import Viewer
from service.calendars import calendar_of
from service.clock import hall_day
from service.db.models import Case, Finding
from service.ledger.after import cut, proposals
from service.ledger.photos import PHOTO_BYTES_MOST, PhotoMasker, photo_of
from service.ledger.read import (
    appeals_of,
    before_media,
    card_of,
    case_page,
    counts,
    same_place,
    time_line,
    windows_of,
)
from service.ledger.states import State, Step
from service.ledger.work import Asked as StepAsked, Shown, StaleCase, chief_of, on_duty, take_step
from service.review.halls import halls_seen
from service.store import MediaStore
from service.web.case_words import (
    CHOICE_PERSON,
    CHOICE_UNIT,
    PATH,
    actions_of,
    proposed_day,
    responsible_choices,
    row_of,
    summary,
    unit_responsible,
)
from service.web.deps import (
    MAX_ID,
    Asked,
    DatabaseDep,
    Needs,
    NeedsCase,
    NowDep,
    SettingsDep,
)
from service.web.i18n import locale_of, translate
from service.web.ledger_filters import STATES, FiltersDep, kept
from service.web.paging import PageLinks
from service.web.templating import render
from vision.seen import DeniedError, InputError

router = APIRouter(include_in_schema=False)
Reader = Annotated[Viewer, Depends(Needs(Permission.CASES_READ))]
Reads = Annotated[Asked, Depends(NeedsCase(Permission.CASES_READ))]
Works = Annotated[Asked, Depends(NeedsCase(Permission.CASES_WORK))]


@router.get("/ledger")
def ledger(
    request: Request,
    viewer: Reader,
    database: DatabaseDep,
    now: NowDep,
    asked: FiltersDep,
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
) -> Response:
    locale, book, today = locale_of(request), request.app.state.book, hall_day(now)
    filters = kept(asked, viewer)
    with database.read() as session:
        found = case_page(session, viewer, filters, today=today, number=page)
        figures = counts(session, viewer, filters, today=today)
        halls = halls_seen(session, viewer.hall_ids)
        windows = windows_of(session, viewer, filters.hall)
    query = {
        "hall": str(filters.hall or ""),
        "window": filters.window,
        "state": filters.state,
        "clause": filters.clause,
        "channel": filters.channel,
        "overdue": "true" if filters.overdue else "",
    }
    context = {
        "here": "ledger",
        "cases": [row_of(book, card, locale) for card in found.cards],
        "total": found.total,
        "figures": [
            {**figure, "href": _address({"hall": query["hall"], **figure["query"]})}
            for figure in summary(figures, locale)
        ],
        "asked": figures.asked,
        "halls": halls,
        "windows": windows,
        "clauses": list(book.all_clauses()),
        "states": STATES,
        "f": filters,
        "page": PageLinks(found.number, found.pages, query),
        "export": "/ledger/export.xlsx?" + urlencode({k: v for k, v in query.items() if v}),
        "chief": viewer.role.value == "chief",
        "can_enter": viewer.may(Permission.CASES_ENTER),
    }
    return render(request, "ledger.html", context)


def _address(query: Mapping[str, str]) -> str:
    return "/ledger?" + urlencode({key: value for key, value in query.items() if value})


@router.get("/ledger/{case_id}")
def case(
    request: Request,
    asked: Reads,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
    done: Annotated[str, Query(max_length=16)] = "",
) -> Response:
    with database.read() as session:
        context = case_context(request, session, asked, settings, hall_day(now))
    known = done in {step.value for step in Step}
    return render(request, "case.html", {**context, "done": done if known else ""})


def case_context(
    request: Request, session: Session, asked: Asked, settings: SettingsDep, today: date
) -> dict[str, Any]:
    """Everything that a case's page shows."""
    locale, book, plans = locale_of(request), request.app.state.book, request.app.state.plans
    case = session.get_one(Case, asked.id)
    state = State(case.state)
    actions = actions_of(asked.viewer, case)
    steps = {action.step for action in actions}
    chief = chief_of(session, case.hall_id, case.window)
    people = on_duty(session, case.hall_id, case.window, case.day)
    finding = session.get(Finding, case.finding_id) if case.finding_id else None
    return {
        "here": "ledger",
        "c": row_of(book, card_of(case, case.hall.name, today), locale),
        "case": case,
        "camera": finding.camera if finding else None,
        "hall_window": finding.window if finding else None,
        "advisory": case.modality == "advise",
        "path": [{"state": s, "at": s is state, "past": _is_past(s, state)} for s in PATH],
        "off_path": state not in PATH,
        "before": before_media(session, case) is not None
        or any(p.kind == "before" and p.deleted_at is None for p in case.pictures),
        "pictures": {
            kind: [p for p in case.pictures if p.kind == kind and p.deleted_at is None]
            for kind in ("done", "after", "appeal")
        },
        "proposals": proposals(session, plans, case) if state is State.TO_CHECK else [],
        "actions": actions,
        "responsible": responsible_choices(case, chief, people, locale)
        if Step.ASSIGN in steps
        else [],
        "proposed_day": proposed_day(case, today, settings.case_days, calendar_of(settings)),
        "today": today,
        "chief_name": case.chief.name if case.chief else (chief.name if chief else ""),
        "lines": time_line(case),
        "appeals": appeals_of(case),
        "confirmed_by": case.confirmed_by.name,
        "closed_by": case.closed_by.name if case.closed_by else "",
        "same_place": same_place(session, asked.viewer, case),
        "given": {},
        "refused": "",
        "done": "",
        "reads_findings": asked.viewer.may(Permission.FINDINGS_READ),
    }


def _is_past(state: State, now: State) -> bool:
    return now in PATH and PATH.index(state) < PATH.index(now)


@router.post("/ledger/{case_id}/step")
def step(
    request: Request,
    asked: Works,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
    step: Annotated[Step, Form()],
    row_version: Annotated[int, Form(ge=1, le=2**31)],
    text: Annotated[str, Form(max_length=2000)] = "",
    responsible: Annotated[str, Form(max_length=40)] = "",
    due_day: Annotated[date | Literal[""], Form()] = "",
    appeal: Annotated[str, Form(max_length=16)] = "",
    frame_id: Annotated[int | Literal[""], Form()] = "",
    photo: Annotated[UploadFile | None, File()] = None,
) -> Response:
    given = {
        "step": step.value,
        "text": text,
        "responsible": responsible,
        "due_day": due_day,
        "appeal": appeal,
        "frame_id": frame_id,
    }
    store = MediaStore(settings.media)
    try:
        shown = _shown(request, database, store, asked, frame_id or None, photo)
        name, person = _responsible(database, asked, responsible)
        outcome = take_step(
            database,
            store,
            asked.viewer,
            asked.id,
            StepAsked(
                step,
                row_version,
                text=text,
                responsible=name,
                person_id=person,
                due_day=due_day or None,
                appeal=appeal,
                shown=shown,
            ),
            now,
        )
    except (InputError, DeniedError, StaleCase) as error:
        return _again(request, asked, database, settings, now, given, error)
    if outcome.state is State.PENDING:  # taken back: there is nothing left to look at
        return RedirectResponse("/ledger", status_code=303)
    return RedirectResponse(f"/ledger/{asked.id}?done={step.value}", status_code=303)


def _again(
    request: Request,
    asked: Asked,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
    given: Mapping[str, Any],
    error: InputError | DeniedError | StaleCase,
) -> Response:
    """The page as it now stands, with what was typed, and why the step was not taken."""
    with database.read() as session:
        context = case_context(request, session, asked, settings, hall_day(now))
    status = 409 if isinstance(error, StaleCase) else 403 if isinstance(error, DeniedError) else 422
    refused = sentence_of(request, error)
    return render(
        request, "case.html", {**context, "given": given, "refused": refused}, status=status
    )


def sentence_of(request: Request, error: Exception) -> str:
    """The refusal in the reader's language."""
    locale = locale_of(request)
    template = getattr(error, "template", None) or str(error)
    values: Mapping[str, Any] = getattr(error, "values", {})
    words = {k: translate(locale, v) if isinstance(v, str) else v for k, v in values.items()}
    text = translate(locale, template)
    return text.format(**words) if words else text


def _responsible(database: DatabaseDep, asked: Asked, choice: str) -> tuple[str, int | None]:
    """The choice of the form: a person of the roster, or the window itself."""
    if choice.startswith(CHOICE_PERSON) and choice.removeprefix(CHOICE_PERSON).isdigit():
        return "", min(int(choice.removeprefix(CHOICE_PERSON)), MAX_ID)
    if choice != CHOICE_UNIT:
        return "", None
    with database.read() as session:
        case = session.get_one(Case, asked.id)
        return unit_responsible(case, chief_of(session, case.hall_id, case.window)), None


def _shown(
    request: Request,
    database: DatabaseDep,
    store: MediaStore,
    asked: Asked,
    frame_id: int | None,
    photo: UploadFile | None,
) -> Shown | None:
    """The picture that comes with the step: a photo by hand, else the camera's own later one."""
    uploaded = photo_bytes(photo)
    if uploaded:
        mask: PhotoMasker = request.app.state.mask_photo
        return Shown(photo_of(uploaded, mask))
    if frame_id is None:
        return None
    with database.read() as session:
        case = session.get_one(Case, asked.id)
        found = proposals(session, request.app.state.plans, case, frame_id=frame_id)
    if not found:
        raise InputError("这张整改后的图已不可用,请重新选择。")
    return Shown(cut(store, found[0]), found[0].taken_at, found[0].frame_id)


def photo_bytes(photo: UploadFile | None) -> bytes:
    """What was uploaded, a little more than is allowed at most."""
    return photo.file.read(PHOTO_BYTES_MOST + 1) if photo is not None else b""
