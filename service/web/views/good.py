"""好样板: the pictures chosen, choosing one from a masked frame, taking one back."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import select

from service.auth.roles import Permission
from service.auth.viewer import Viewer
from service.db.models import GoodExample
from service.review.detail import load_frame
from service.review.examples import NOTE_MOST, choose, shown_examples, withdraw
from service.store import MediaStore
from service.web.deps import (
    Asked,
    CsrfGiven,
    DatabaseDep,
    Needs,
    NeedsFrame,
    NeedsObject,
    NowDep,
    RowId,
    SettingsDep,
)
from service.web.errors import NotThere
from service.web.pictures import look_at, send
from service.web.small import small
from service.web.templating import render
from service.web.views.ledger import sentence_of
from vision.seen import InputError

router = APIRouter(include_in_schema=False)
SHOWN_MOST: Final = 200


class NeedsExample(NeedsObject):
    """``{example_id}`` in the path."""

    def __init__(self, permission: Permission) -> None:
        super().__init__(permission, GoodExample.id, GoodExample.hall_id)

    def __call__(self, request: Request, example_id: RowId, given: CsrfGiven) -> Asked:
        return self.find(request, given, example_id)


Looks = Annotated[Asked, Depends(NeedsExample(Permission.FINDINGS_READ))]
Chooses = Annotated[Asked, Depends(NeedsFrame(Permission.FINDINGS_DECIDE))]


@router.get("/good")
def examples(
    request: Request,
    viewer: Annotated[Viewer, Depends(Needs(Permission.FINDINGS_READ))],
    database: DatabaseDep,
) -> Response:
    with database.read() as session:
        found = shown_examples(session, viewer.hall_ids, most=SHOWN_MOST)
    return render(request, "good.html", {"here": "start", "examples": found})


@router.get("/good/new/{frame_id}")
def new_example(request: Request, asked: Chooses, database: DatabaseDep) -> Response:
    return _form(request, asked, database)


@router.post("/good/new/{frame_id}")
def add_example(
    request: Request,
    asked: Chooses,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
    desk: Annotated[str, Form(max_length=64)] = "",
    note: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    try:
        choose(
            database,
            MediaStore(settings.media),
            request.app.state.plans,
            asked.viewer,
            asked.id,
            desk=desk,
            note=note,
            now=now,
        )
    except InputError as error:
        refused = sentence_of(request, error)
        return _form(request, asked, database, desk=desk, note=note, refused=refused)
    return RedirectResponse("/good", status_code=303)


def _form(
    request: Request,
    asked: Asked,
    database: DatabaseDep,
    *,
    desk: str = "",
    note: str = "",
    refused: str = "",
) -> Response:
    with database.read() as session:
        frame = load_frame(session, {asked.hall_id}, asked.id)
        plan = request.app.state.plans.newest(session, [asked.hall_id])[asked.hall_id]
    if frame is None:
        raise NotThere
    seen = {area.desk for area in plan.areas.get(frame.camera, ())}
    context = {
        "here": "missed",
        "frame": frame,
        "desks": [(id, name) for id, name in plan.desks.items() if id in seen],
        "desk": desk,
        "note": note,
        "note_most": NOTE_MOST,
        "refused": refused,
    }
    return render(request, "good_new.html", context, status=422 if refused else 200)


@router.post("/good/{example_id}/withdraw")
def withdraw_example(
    asked: Annotated[Asked, Depends(NeedsExample(Permission.FINDINGS_DECIDE))],
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
) -> Response:
    withdraw(database, MediaStore(settings.media), asked.viewer, asked.id, now=now)
    return RedirectResponse("/good", status_code=303)


@router.get("/good/{example_id}/picture")
def picture(
    request: Request, asked: Looks, database: DatabaseDep, settings: SettingsDep, now: NowDep
) -> Response:
    return send(_read(request, asked, database, settings, now, "example.picture"))


@router.get("/good/{example_id}/picture/small")
def small_picture(
    request: Request, asked: Looks, database: DatabaseDep, settings: SettingsDep, now: NowDep
) -> Response:
    return send(small(_read(request, asked, database, settings, now, "example.small")))


def _read(
    request: Request,
    asked: Asked,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
    action: str,
) -> bytes:
    """The picture's bytes; the look is in the log before they leave."""
    with database.read() as session:
        found = session.execute(
            select(GoodExample.path, GoodExample.sha256).where(
                GoodExample.id == asked.id, GoodExample.withdrawn_at.is_(None)
            )
        ).one_or_none()
    if found is None:
        raise NotThere
    return look_at(request, asked, settings, now, action, found.path, found.sha256, kind="example")
