"""One's own API tokens: made, shown once, taken back.  A token itself can't do any of this."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from service.auth import tokens
from service.auth.roles import Permission
from service.auth.viewer import Viewer
from service.review.halls import halls_seen
from service.web.access import Scope
from service.web.deps import DatabaseDep, Needs, NowDep, RowId
from service.web.errors import NotThere
from service.web.i18n import locale_of, translate
from service.web.templating import render

router = APIRouter(include_in_schema=False)
Account = Annotated[Viewer, Depends(Needs(Permission.ACCOUNT, Scope.OWN))]

SCOPES: Final = {
    Permission.OVERVIEW: "查看巡检概况",
    Permission.FINDINGS_READ: "查看疑似问题和遮盖后的图片",
    Permission.FINDINGS_DECIDE: "处理疑似问题",
    Permission.HALLS_MANAGE: "设置大厅和摄像机",
    Permission.USERS_MANAGE: "管理用户",
    Permission.CASES_READ: "查看台账",
    Permission.CASES_WORK: "办理台账",
    Permission.CASES_ENTER: "登记巡查问题",
    Permission.REPORTS_READ: "查看报表",
    Permission.BULLETINS_WORK: "办理通报",
    Permission.POINTS_MANAGE: "修改赋分表",
    Permission.FEEDBACK_GIVE: "提交意见",
    Permission.FEEDBACK_ANSWER: "答复意见",
    Permission.AUDIT_READ: "查看审计日志",
}


@router.get("/account/tokens")
def show(request: Request, viewer: Account, database: DatabaseDep, now: NowDep) -> Response:
    return page(request, viewer, database, now)


def page(
    request: Request,
    viewer: Viewer,
    database: DatabaseDep,
    now: NowDep,
    *,
    made: str = "",
    said: str = "",
) -> Response:
    locale = locale_of(request)
    with database.read() as session:
        halls = halls_seen(session, viewer.hall_ids)
        names = {hall.id: hall.name for hall in halls}
        rows = [
            {
                "id": row.id,
                "name": row.name,
                "scopes": [word(p, locale) for p in Permission if p.value in row.scopes],
                "hall": names.get(row.hall_id or 0, ""),
                "expires_at": row.expires_at,
                "last_used_at": row.last_used_at,
            }
            for row in tokens.tokens_of(session, viewer.user_id, now=now)
        ]
    answer = render(
        request,
        "tokens.html",
        {
            "here": "account",
            "rows": rows,
            "halls": halls,
            "scopes": {p.value: word(p, locale) for p in tokens.grantable(viewer)},
            "made": made,
            "said": said,
            "most": tokens.DAYS_MOST,
        },
        status=422 if said else 200,
    )
    if made:
        answer.headers["Cache-Control"] = "no-store"
    return answer


def word(permission: Permission, locale: str) -> str:
    """What a permission lets one do, in words."""
    text = SCOPES.get(permission, permission.value)
    return translate("en" if locale == "en" else "zh_CN", text)


@router.post("/account/tokens")
def make(
    request: Request,
    viewer: Account,
    database: DatabaseDep,
    now: NowDep,
    name: Annotated[str, Form(max_length=200)] = "",
    scope: Annotated[tuple[str, ...], Form()] = (),
    hall: Annotated[str, Form(max_length=20)] = "",
    days: Annotated[int, Form()] = 90,
) -> Response:
    """The page with the new token on it, this once."""
    hall_id = int(hall) if hall.isdigit() else None
    try:
        made = tokens.make_token(
            database, viewer, name=name, scopes=scope, hall_id=hall_id, days=days, now=now
        )
    except tokens.BadToken as error:
        text = translate(locale_of(request), error.template).format(**error.values)
        return page(request, viewer, database, now, said=text)
    return page(request, viewer, database, now, made=made)


@router.post("/account/tokens/{token_id}/revoke")
def take_back(viewer: Account, token_id: RowId, database: DatabaseDep, now: NowDep) -> Response:
    if not tokens.revoke(database, viewer, token_id, now=now):
        raise NotThere
    return RedirectResponse("/account/tokens", status_code=303)
