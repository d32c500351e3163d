"""用户: the administrator's page to add, change and switch off users, and to reset passwords."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from service.auth.roles import Permission, Role
from service.auth.viewer import Viewer
from service.review.halls import halls_seen
from service.setup import people, roster
from service.setup.faults import SetupError
from service.setup.people import Given
from service.web.deps import Asked, DatabaseDep, Needs, NowDep
from service.web.i18n import locale_of, translate
from service.web.setup_deps import NeedsUser
from service.web.templating import render

router = APIRouter(prefix="/setup/users", include_in_schema=False)
Admin = Annotated[Viewer, Depends(Needs(Permission.USERS_MANAGE))]
AskedUser = Annotated[Asked, Depends(NeedsUser())]
Text = Annotated[str, Form(max_length=200)]
Rows = Annotated[list[int] | None, Form(max_length=2000)]
Names = Annotated[list[str] | None, Form(max_length=2000)]


def page(
    request: Request,
    viewer: Viewer,
    database: DatabaseDep,
    now: NowDep,
    *,
    message: str = "",
    kind: str = "bad",
    password: tuple[str, str] | None = None,
    open_id: int | None = None,
    status: int = 200,
) -> Response:
    with database.read() as session:
        found = people.people_of(session, viewer, now)
        halls = halls_seen(session, viewer.hall_ids)
        windows = {hall.id: roster.windows_of(session, hall.id) for hall in halls}
        everywhere = people.sees_all(session, viewer)
    context = {
        "here": "users",
        "people": found,
        "halls": halls,
        "hall_names": {hall.id: hall.name for hall in halls},
        "windows": windows,
        "roles": [role.value for role in Role],
        "everywhere": everywhere,
        "message": message,
        "kind": kind,
        "password": password,
        "open_id": open_id,
    }
    return render(request, "setup_users.html", context, status=status)


def given_of(
    name: str,
    role: str,
    all_halls: bool,
    halls: list[int] | None,
    windows: list[str] | None,
) -> Given:
    pairs = (text.partition(":") for text in windows or ())
    return Given(
        name,
        role,
        all_halls,
        tuple(halls or ()),
        tuple((int(hall), window) for hall, _, window in pairs if hall.isdigit() and window),
    )


def refusal(
    request: Request,
    viewer: Viewer,
    database: DatabaseDep,
    now: NowDep,
    error: SetupError,
    open_id: int | None = None,
) -> Response:
    text = translate(locale_of(request), error.template).format(**error.values)
    return page(request, viewer, database, now, message=text, open_id=open_id, status=422)


@router.get("")
def show(
    request: Request, viewer: Admin, database: DatabaseDep, now: NowDep, done: bool = False
) -> Response:
    text = translate(locale_of(request), "已保存。") if done else ""
    return page(request, viewer, database, now, message=text, kind="good")


@router.post("")
def add(
    request: Request,
    viewer: Admin,
    database: DatabaseDep,
    now: NowDep,
    login: Text = "",
    name: Text = "",
    role: Text = "",
    all_halls: Annotated[bool, Form()] = False,
    halls: Rows = None,
    windows: Names = None,
) -> Response:
    try:
        given = given_of(name, role, all_halls, halls, windows)
        _, password = people.add(database, viewer, login, given, now=now)
    except SetupError as error:
        return refusal(request, viewer, database, now, error)
    return page(request, viewer, database, now, password=(login.strip(), password))


@router.post("/{user_id}")
def change(
    request: Request,
    asked: AskedUser,
    database: DatabaseDep,
    now: NowDep,
    name: Text = "",
    role: Text = "",
    all_halls: Annotated[bool, Form()] = False,
    halls: Rows = None,
    windows: Names = None,
) -> Response:
    try:
        given = given_of(name, role, all_halls, halls, windows)
        people.change(database, asked.viewer, asked.id, given, now=now)
    except SetupError as error:
        return refusal(request, asked.viewer, database, now, error, asked.id)
    return RedirectResponse("/setup/users?done=true", status_code=303)


@router.post("/{user_id}/password")
def reset(request: Request, asked: AskedUser, database: DatabaseDep, now: NowDep) -> Response:
    try:
        password = people.reset(database, asked.viewer, asked.id, now=now)
    except SetupError as error:
        return refusal(request, asked.viewer, database, now, error, asked.id)
    with database.read() as session:
        found = people.people_of(session, asked.viewer, now)
    login = next(person.login for person in found if person.id == asked.id)
    return page(request, asked.viewer, database, now, password=(login, password))


@router.post("/{user_id}/active")
def switch(
    request: Request,
    asked: AskedUser,
    database: DatabaseDep,
    now: NowDep,
    active: Annotated[bool, Form()] = False,
) -> Response:
    try:
        people.switch(database, asked.viewer, asked.id, active=active, now=now)
    except SetupError as error:
        return refusal(request, asked.viewer, database, now, error, asked.id)
    return RedirectResponse("/setup/users?done=true", status_code=303)
