"""A knocked camera, seen by a person: turned back, or drawn anew; its verdicts count again."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from service.auth.roles import Permission
from service.db.models import CameraPause
from service.pauses import NoNewReferenceError, clear
from service.web.deps import Asked, CsrfGiven, DatabaseDep, NeedsObject, NowDep, RowId
from service.web.i18n import locale_of, translate
from service.web.views.cameras import list_page

router = APIRouter(include_in_schema=False)

NO_REFERENCE: Final = "移位之后还没有保存过新布局:请先在布局编辑器中取新的基准图并保存,再解除暂停。"


class NeedsPause(NeedsObject):
    """``{pause_id}`` in the path."""

    def __init__(self, permission: Permission) -> None:
        super().__init__(permission, CameraPause.id, CameraPause.hall_id)

    def __call__(self, request: Request, pause_id: RowId, given: CsrfGiven) -> Asked:
        return self.find(request, given, pause_id)


Looks = Annotated[Asked, Depends(NeedsPause(Permission.FINDINGS_DECIDE))]


@router.post("/cameras/pauses/{pause_id}/clear")
def clear_pause(
    request: Request,
    asked: Looks,
    database: DatabaseDep,
    now: NowDep,
    choice: Annotated[Literal["put_back", "new_reference"], Form()],
    note: Annotated[str, Form(max_length=500)] = "",
) -> Response:
    """Of two who clear at once the first is the one that is written down."""
    viewer = asked.viewer
    try:
        with database.write() as session:
            clear(
                session,
                asked.id,
                choice=choice,
                note=note,
                now=now,
                user_id=viewer.user_id,
                actor=viewer.login,
            )
    except NoNewReferenceError:
        said = translate(locale_of(request), NO_REFERENCE)
        return list_page(request, viewer, database, said=said, good=False, status=422)
    return RedirectResponse("/cameras", status_code=303)
