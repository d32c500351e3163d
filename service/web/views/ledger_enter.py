"""登记: what a 日巡查 or 集中检查 found, with a photo, also from a phone in the hall."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, File, Form, Query, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from service.auth.roles import Permission
from service.auth.viewer import Viewer
from service.clock import hall_day
from service.db.engine import Database
from service.ledger.enter import GROUND, enter, entry_of, hall_places
from service.ledger.work import Outcome
from service.review.halls import halls_seen
from service.settings import Settings
from service.store import MediaStore
from service.web.access import Scope
from service.web.deps import MAX_ID, DatabaseDep, Needs, NowDep, SettingsDep
from service.web.errors import NotThere
from service.web.templating import render
from service.web.views.ledger import photo_bytes, sentence_of
from vision.seen import InputError

router = APIRouter(include_in_schema=False)
Enters = Annotated[Viewer, Depends(Needs(Permission.CASES_ENTER, Scope.LIST))]


@router.get("/ledger/enter")
def show_form(
    request: Request,
    viewer: Enters,
    database: DatabaseDep,
    now: NowDep,
    hall: Annotated[int | None, Query(ge=1, le=MAX_ID)] = None,
) -> Response:
    return _form(request, viewer, database, now, hall)


def _form(
    request: Request,
    viewer: Viewer,
    database: Database,
    now: datetime,
    hall: int | None,
    *,
    given: Mapping[str, Any] | None = None,
    refused: str = "",
) -> Response:
    with database.read() as session:
        halls = halls_seen(session, viewer.hall_ids)
        chosen = next((h for h in halls if h.id == hall), halls[0] if halls else None)
        places: Mapping[str, Any] = {}
        if chosen is not None:
            try:
                _, places = hall_places(session, chosen.id)
            except InputError as error:
                refused = refused or sentence_of(request, error)
    context = {
        "here": "ledger",
        "halls": halls,
        "hall": chosen,
        "places": places,
        "ground": GROUND,
        # who organises what is nothing that a round finds at a desk
        "clauses": [
            clause
            for clause in request.app.state.book.all_clauses().values()
            if clause.modality != "organise"
        ],
        "today": hall_day(now),
        "given": given or {},
        "refused": refused,
    }
    return render(request, "ledger_enter.html", context, status=422 if given else 200)


@router.post("/ledger/enter")
def do_enter(
    request: Request,
    viewer: Enters,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
    hall: Annotated[int, Form(ge=1, le=MAX_ID)],
    day: Annotated[date, Form()],
    channel: Annotated[Literal["patrol", "joint"], Form()] = "patrol",
    desk: Annotated[str, Form(max_length=64)] = "",
    clause: Annotated[str, Form(max_length=32)] = "",
    text: Annotated[str, Form(max_length=2000)] = "",
    photo: Annotated[UploadFile | None, File()] = None,
) -> Response:
    given = {"channel": channel, "day": day, "desk": desk, "clause": clause, "text": text}
    try:
        outcome = entered(
            request, viewer, database, settings, now, hall,
            channel=channel, day=day, desk=desk, clause=clause, text=text, photo=photo,
        )  # fmt: skip
    except InputError as error:
        refused = sentence_of(request, error)
        return _form(request, viewer, database, now, hall, given=given, refused=refused)
    return RedirectResponse(f"/ledger/{outcome.id}?done=confirm", status_code=303)


def entered(
    request: Request,
    viewer: Viewer,
    database: Database,
    settings: Settings,
    now: datetime,
    hall: int,
    *,
    channel: Literal["patrol", "joint"],
    day: date,
    desk: str,
    clause: str,
    text: str,
    photo: UploadFile | None,
) -> Outcome:
    """The new case of what a round found, by page or API; InputError says what is wrong with it."""
    if not viewer.sees(hall):
        raise NotThere
    entry = entry_of(
        request.app.state.book, request.app.state.mask_photo, hall_id=hall, channel=channel,
        day=day, desk=desk, clause=clause, text=text, photo=photo_bytes(photo),
    )  # fmt: skip
    return enter(
        database, MediaStore(settings.media), viewer, entry,
        now=now, recurrence_days=settings.recurrence_days,
    )  # fmt: skip
