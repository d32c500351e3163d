"""Log-in, log-out, one's own account."""

from __future__ import annotations

import secrets
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from service.audit import append_by
from service.auth.csrf import csrf_token
from service.auth.login import Refusal, change_password, log_in
from service.auth.passwords import MAX_LENGTH, PasswordError
from service.auth.roles import Permission
from service.auth.sessions import COOKIE, end_session, find_viewer
from service.auth.viewer import Viewer
from service.review.halls import halls_seen
from service.settings import Settings
from service.web.access import Public, Scope
from service.web.deps import (
    PRE_LOGIN_COOKIE,
    CsrfGiven,
    DatabaseDep,
    Needs,
    NowDep,
    SettingsDep,
    check_csrf,
    client_of,
)
from service.web.errors import BadCsrf
from service.web.i18n import locale_of, translate
from service.web.templating import render

router = APIRouter(include_in_schema=False)
public = Depends(Public())
Account = Annotated[Viewer, Depends(Needs(Permission.ACCOUNT, Scope.OWN))]

WRONG: Final = "登录名或密码不对,或账户已停用。"
LOCKED: Final = "密码多次输错,账户已暂时锁定,请稍后再试。"
EXPIRED: Final = "登录页已过期,请重新登录。"


def safe_next(target: str) -> str:
    """A page of our own to go on to; anything that could lead elsewhere becomes the start page."""
    plain = target.isprintable() and "\\" not in target
    return target if plain and target.startswith("/") and not target.startswith("//") else "/"


def set_session_cookie(response: Response, token: str, settings: Settings) -> None:
    """The session cookie: no script reads it, no other site sends it."""
    response.set_cookie(
        COOKIE, token, httponly=True, samesite="strict", secure=settings.https, path="/"
    )


def login_page(
    request: Request,
    settings: Settings,
    *,
    message: str = "",
    login: str = "",
    target: str = "/",
    status: int = 200,
) -> Response:
    """The log-in form, tied to this browser by a cookie of its own."""
    binding = request.cookies.get(PRE_LOGIN_COOKIE) or secrets.token_urlsafe(24)
    response = render(
        request,
        "login.html",
        {
            "message": translate(locale_of(request), message) if message else "",
            "login": login,
            "next": target,
            "csrf_token": csrf_token(request.app.state.secret, "login:" + binding),
        },
        status=status,
    )
    response.set_cookie(
        PRE_LOGIN_COOKIE,
        binding,
        httponly=True,
        samesite="strict",
        secure=settings.https,
        path="/login",
    )
    return response


@router.get("/login", dependencies=[public])
def show_login(
    request: Request, database: DatabaseDep, settings: SettingsDep, now: NowDep, next: str = "/"
) -> Response:
    with database.read() as session:
        if find_viewer(session, request.cookies.get(COOKIE), now=now, settings=settings):
            return RedirectResponse(safe_next(next), status_code=303)
    return login_page(request, settings, target=safe_next(next))


@router.post("/login", dependencies=[public])
def do_login(
    request: Request,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
    given: CsrfGiven,
    login: Annotated[str, Form(max_length=64)] = "",
    password: Annotated[str, Form(max_length=MAX_LENGTH)] = "",
    next: Annotated[str, Form(max_length=2000)] = "/",
) -> Response:
    target = safe_next(next)
    try:
        check_csrf(request, "login:" + request.cookies.get(PRE_LOGIN_COOKIE, ""), given)
    except BadCsrf:
        return login_page(
            request, settings, message=EXPIRED, login=login, target=target, status=403
        )
    result = log_in(
        database,
        settings,
        login=login.strip(),
        password=password,
        now=now,
        client=client_of(request),
    )
    if isinstance(result, Refusal):
        locked = result is Refusal.LOCKED
        return login_page(
            request,
            settings,
            message=LOCKED if locked else WRONG,
            login=login,
            target=target,
            status=429 if locked else 401,
        )
    response = RedirectResponse(target, status_code=303)
    set_session_cookie(response, result, settings)
    response.delete_cookie(PRE_LOGIN_COOKIE, path="/login")
    return response


@router.post("/logout")
def do_logout(viewer: Account, database: DatabaseDep, now: NowDep) -> Response:
    with database.write() as session:
        end_session(session, viewer.session_key)
        append_by(
            viewer,
            session,
            at=now,
            action="logout",
            object_kind="user",
            object_id=str(viewer.user_id),
        )
    response = RedirectResponse("/login", status_code=303)
    response.delete_cookie(COOKIE, path="/")
    return response


def account_page(
    request: Request,
    viewer: Viewer,
    database: DatabaseDep,
    *,
    message: str = "",
    kind: str = "bad",
    status: int = 200,
) -> Response:
    with database.read() as session:
        halls = halls_seen(session, viewer.hall_ids)
    context = {"here": "account", "halls": halls, "message": message, "kind": kind}
    return render(request, "account.html", context, status=status)


@router.get("/account")
def show_account(
    request: Request, viewer: Account, database: DatabaseDep, changed: bool = False
) -> Response:
    locale = locale_of(request)
    if viewer.must_change:
        return account_page(
            request,
            viewer,
            database,
            message=translate(locale, "初始密码由系统生成,请先修改密码。"),
        )
    message = translate(locale, "密码已修改。") if changed else ""
    return account_page(request, viewer, database, message=message, kind="good")


@router.post("/account/password")
def do_change_password(
    request: Request,
    viewer: Account,
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
    current: Annotated[str, Form(max_length=MAX_LENGTH)],
    new: Annotated[str, Form(max_length=MAX_LENGTH)],
    again: Annotated[str, Form(max_length=MAX_LENGTH)],
) -> Response:
    try:
        if new != again:
            raise PasswordError("两次输入的新密码不一致。")
        token = change_password(
            database,
            settings,
            viewer,
            current=current,
            new=new,
            now=now,
            client=client_of(request),
        )
    except PasswordError as error:
        text = translate(locale_of(request), error.template).format(**error.values)
        return account_page(request, viewer, database, message=text, status=422)
    response = RedirectResponse("/account?changed=true", status_code=303)
    set_session_cookie(response, token, settings)
    return response
