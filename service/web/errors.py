"""One error shape under /api/v1, kind pages elsewhere; never a trace, never a guess at what exists.

JSON: ``{"error": {"code": "stale", "message": "一句话。", "details": {...}}}``.
"""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from service.clock import hall_day
from service.review.decide import NothingToUndo, StaleError
from service.web.i18n import locale_of, translate
from service.web.templating import render
from vision.seen import DeniedError, InputError, StoreError

log = structlog.get_logger(__name__)


class WebError(Exception):
    """An answer that is no success: status, code of the error shape, and a Chinese sentence.

    ``values`` fill the sentence's places after it was translated.
    """

    values: Mapping[str, object] | None = None

    def __init__(
        self, status: int, code: str, message: str, details: dict[str, Any] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.details = details


class NotLoggedIn(WebError):
    """No session, or one that ended."""

    def __init__(self) -> None:
        super().__init__(401, "not_logged_in", "请先登录。")


class NotThere(WebError):
    """It does not exist, or is none of the caller's business: the two look the same."""

    def __init__(self) -> None:
        super().__init__(404, "not_found", "没有这一项,或您无权查看。")


class EvidenceGone(WebError):
    """It was there, and its term has ended."""

    def __init__(self, at: datetime) -> None:
        super().__init__(410, "evidence_deleted", "证据已于 {date} 按留存期删除")
        self.values = {"date": hall_day(at).isoformat()}


class Forbidden(WebError):
    """Logged in, but this role may not."""

    def __init__(self) -> None:
        super().__init__(403, "forbidden", "您的角色无权进行此操作。")


class MustChange(WebError):
    """The first password was generated: its owner chooses one before anything else."""

    def __init__(self) -> None:
        super().__init__(403, "must_change", "请先在“我的账户”中修改初始密码。")


class BadCsrf(WebError):
    """A changing request that did not come from our own page."""

    def __init__(self) -> None:
        super().__init__(403, "csrf", "页面已过期,请刷新后重试。")


SENTENCES: Final[dict[int, tuple[str, str]]] = {
    400: ("bad_request", "请求有误。"),
    401: ("not_logged_in", "请先登录。"),
    403: ("forbidden", "您无权进行此操作。"),
    404: ("not_found", "没有这一项,或您无权查看。"),
    405: ("method_not_allowed", "此地址不接受这种请求。"),
    409: ("conflict", "数据已被他人更改,请刷新后重试。"),
    413: ("too_large", "提交的内容过大。"),
    422: ("invalid", "填写的内容有误。"),
    429: ("slow_down", "尝试过于频繁,请稍后再试。"),
    500: ("internal", "系统出错,已记录。请稍后再试。"),
    503: ("unavailable", "系统正忙,请稍后再试。"),
}


def wants_json(request: Request) -> bool:
    """API calls and htmx calls get the error shape, people get a page."""
    return request.url.path.startswith("/api/") or request.headers.get("HX-Request") == "true"


def answer(
    request: Request,
    status: int,
    code: str,
    message: str,
    details: dict[str, Any] | None = None,
    headers: dict[str, str] | None = None,
    values: Mapping[str, object] | None = None,
) -> Response:
    """The error in the shape that fits the caller."""
    text = translate(locale_of(request), message)
    if values:
        locale = locale_of(request)
        text = text.format(
            **{k: translate(locale, v) if isinstance(v, str) else v for k, v in values.items()}
        )
    if wants_json(request):
        error: dict[str, Any] = {"code": code, "message": text}
        if details:
            error["details"] = details
        return JSONResponse({"error": error}, status_code=status, headers=headers)
    if code == "must_change" and request.method in {"GET", "HEAD"}:
        return RedirectResponse("/account", status_code=303)
    if status == HTTPStatus.UNAUTHORIZED and request.method in {"GET", "HEAD"}:
        query = f"?{request.url.query}" if request.url.query else ""
        target = request.url.path + query
        return RedirectResponse(login_address(target), status_code=303)
    return render(
        request,
        "error.html",
        {"title": translate(locale_of(request), "无法完成"), "message": text},
        status=status,
        headers=headers,
    )


def login_address(target: str) -> str:
    """The log-in page that leads back to a page of ours."""
    from urllib.parse import quote

    return "/login" if target in {"/", ""} else f"/login?next={quote(target, safe='/')}"


def install(app: FastAPI) -> None:
    """Teach the application the one error shape."""

    async def web_error(request: Request, error: Exception) -> Response:
        if not isinstance(error, WebError):
            raise error
        return answer(
            request, error.status, error.code, error.message, error.details, values=error.values
        )

    async def http_error(request: Request, error: Exception) -> Response:
        if not isinstance(error, HTTPException):
            raise error
        code, message = SENTENCES.get(error.status_code, ("error", "请求未能完成。"))
        headers = dict(error.headers) if error.headers else None
        return answer(request, error.status_code, code, message, None, headers)

    async def invalid(request: Request, error: Exception) -> Response:
        if not isinstance(error, RequestValidationError):
            raise error
        fields = [
            {"field": ".".join(str(part) for part in item["loc"]), "problem": item["type"]}
            for item in error.errors()
        ]
        in_path = all(item["loc"] and item["loc"][0] == "path" for item in error.errors())
        if in_path:  # an address that can't exist is simply not there
            return answer(request, 404, *SENTENCES[404])
        code, message = SENTENCES[422]
        return answer(request, 422, code, message, {"fields": fields})

    async def input_error(request: Request, error: Exception) -> Response:
        template = getattr(error, "template", None)
        if isinstance(template, str):  # a sentence that is known in both languages
            values: Mapping[str, object] = getattr(error, "values", {})
            return answer(request, 422, "invalid", template, values=values)
        return answer(request, 422, "invalid", str(error))

    async def denied(request: Request, error: Exception) -> Response:
        template = getattr(error, "template", None) or str(error)
        values: Mapping[str, object] = getattr(error, "values", {})
        return answer(request, 403, "forbidden", template, values=values)

    async def store_error(request: Request, error: Exception) -> Response:
        log.error("store_error", path=request.url.path, error=str(error))
        code, message = SENTENCES[503]
        return answer(request, 503, code, message)

    async def unexpected(request: Request, error: Exception) -> Response:
        # the trace as plain text: a pretty printer would put local variables, and with them
        # passwords, into the log
        trace = "".join(traceback.format_exception(error))
        log.error("unexpected", path=request.url.path, error=type(error).__name__, trace=trace)
        code, message = SENTENCES[500]
        return answer(request, 500, code, message)

    async def stale(request: Request, error: Exception) -> Response:
        return answer(request, 409, "stale", str(error), getattr(error, "details", None))

    async def nothing_to_undo(request: Request, error: Exception) -> Response:
        return answer(request, 409, "nothing_to_undo", str(error))

    app.add_exception_handler(StaleError, stale)
    app.add_exception_handler(NothingToUndo, nothing_to_undo)
    app.add_exception_handler(WebError, web_error)
    app.add_exception_handler(HTTPException, http_error)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(InputError, input_error)
    app.add_exception_handler(DeniedError, denied)
    app.add_exception_handler(StoreError, store_error)
    app.add_exception_handler(Exception, unexpected)
