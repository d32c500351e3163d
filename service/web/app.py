"""The web application: settings in, a FastAPI app out that denies what no route has declared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from fastapi import Depends, FastAPI, Request
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from service.auth.csrf import csrf_token
from service.auth.roles import Permission
from service.auth.viewer import Viewer
from service.clock import Clock, utc_now
from service.db.engine import Database
from service.ledger.photos import PHOTO_BYTES_MOST, PhotoMasker, people_masker
from service.reports.office import Office
from service.review.book import Book
from service.review.claims import Claims
from service.review.halls import Plans
from service.review.queue import Counted, count_open
from service.settings import Settings
from service.setup.eyes import RealEyes, SetupEyes
from service.setup.references import Shown
from service.web import errors
from service.web.access import deny_undeclared, refuse_undeclared
from service.web.api import (
    cases as api_cases,
    findings as api_findings,
    frames as api_frames,
    layout_pictures,
    layouts,
    many as api_many,
    meta as api_meta,
    outside,
    overview as api_overview,
    registers as api_registers,
    reports as api_reports,
    second as api_second,
)
from service.web.headers import BodyLimit, SecurityHeaders
from service.web.i18n import Locale, translate
from service.web.looks import LookLog
from service.web.request_figures import Measured, RequestFigures
from service.web.templating import DIST
from service.web.views import (
    account,
    audit,
    bulk,
    bulletins,
    cameras,
    compare,
    feedback,
    findings,
    good,
    ledger,
    ledger_enter,
    ledger_export,
    ledger_media,
    media,
    missed,
    overview,
    pauses,
    points,
    queue,
    registers,
    report_behind,
    reports,
    second,
    setup_halls,
    setup_hours,
    setup_people,
    start,
    tokens,
)
from vision.seen import StoreError

BODY_LIMIT: Final = 1_000_000
"""Bytes; no form or call of today needs more."""
LARGER: Final = {
    r"/ledger/(enter|\d+/step)|/api/v1/cases(/\d+/step/photo)?": PHOTO_BYTES_MOST + 100_000,
    layout_pictures.UPLOADS: layout_pictures.UPLOAD_LIMIT,
}
"""Bytes, by address: what takes a photo from a phone, or a reference picture."""
SECRET_LEAST: Final = 32
KNOWN_SECRETS: Final = frozenset({"changethis", "secret", "deskcheck", "password"})

MENU: Final = (
    ("start", "/", "首页", Permission.OVERVIEW),
    ("queue", "/queue", "复核", Permission.FINDINGS_READ),
    ("decided", "/decided", "已处理", Permission.FINDINGS_READ),
    ("second", "/second", "抽检", Permission.FINDINGS_DECIDE),
    ("ledger", "/ledger", "台账", Permission.CASES_READ),
    ("missed", "/missed", "补记", Permission.FINDINGS_DECIDE),
    ("reports", "/reports", "报表", Permission.REPORTS_READ),
    ("registers", "/registers", "登记簿", Permission.FINDINGS_READ),
    ("coverage", "/coverage", "覆盖情况", Permission.OVERVIEW),
    ("cameras", "/cameras", "摄像机", Permission.OVERVIEW),
    ("feedback", "/feedback", "意见", Permission.FEEDBACK_GIVE),
    ("setup", "/setup", "大厅设置", Permission.HALLS_MANAGE),
    ("users", "/setup/users", "用户", Permission.USERS_MANAGE),
    ("audit", "/audit", "审计", Permission.AUDIT_READ),
)


def create_app(
    settings: Settings,
    *,
    database: Database | None = None,
    book: Book | None = None,
    clock: Clock = utc_now,
    mask_photo: PhotoMasker | None = None,
    eyes: SetupEyes | None = None,
) -> FastAPI:
    """The application; raises where it would not be safe to start."""
    if book is None:
        from service.review.standard import StandardBook

        book = StandardBook(settings)
    app = FastAPI(
        title="deskcheck",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        dependencies=[Depends(deny_undeclared)],
        strict_content_type=True,
    )
    app.state.settings = settings
    app.state.secret = checked_secret(settings.secret())
    app.state.database = database or Database.of(settings)
    app.state.looks = LookLog(app.state.database)
    app.state.book = book
    app.state.plans = Plans(book)
    app.state.claims = Claims()
    app.state.clock = clock
    app.state.setup_eyes = eyes or RealEyes(settings)
    app.state.setup_shown = Shown(settings, app.state.setup_eyes)
    app.state.mask_photo = mask_photo or people_masker(settings)
    app.state.shell = shell
    app.state.office = Office(settings, book)
    app.state.stakes = Counted(app.state.office.deduct)
    for router in (
        account.router,
        audit.router,
        tokens.router,
        start.router,
        overview.router,
        bulk.router,
        queue.router,
        findings.router,
        compare.router,
        second.router,
        missed.router,
        good.router,
        ledger_enter.router,
        ledger_export.router,
        ledger.router,
        ledger_media.router,
        media.router,
        cameras.router,
        pauses.router,
        registers.router,
        report_behind.router,
        reports.router,
        bulletins.router,
        points.router,
        feedback.router,
        api_registers.router,
        api_reports.router,
        outside.router,
        api_meta.router,
        api_findings.router,
        api_many.router,
        api_second.router,
        api_overview.router,
        api_frames.router,
        setup_people.router,
        setup_halls.router,
        setup_hours.router,
        layouts.router,
        layout_pictures.router,
        api_cases.router,
    ):
        app.include_router(router)
    static = GZipMiddleware(StaticFiles(directory=DIST, check_dir=False), minimum_size=1000)
    app.mount("/static", static)
    errors.install(app)
    app.add_middleware(BodyLimit, limit=BODY_LIMIT, larger=LARGER)
    app.add_middleware(SecurityHeaders, https=settings.https)
    app.state.figures = RequestFigures()
    app.add_middleware(Measured, figures=app.state.figures)
    refuse_undeclared(app)
    return app


def checked_secret(secret: str) -> str:
    """The secret, or a refusal to start with one that anybody could guess."""
    if len(secret) < SECRET_LEAST or secret.casefold() in KNOWN_SECRETS or len(set(secret)) < 8:
        raise StoreError(
            "The secret is too short or a known default; delete secret.key in the data folder so "
            "that a random one is drawn."
        )
    return secret


def shell(request: Request, locale: Locale) -> Mapping[str, Any]:
    """What every page has around it: who is logged in, the menu, the CSRF token."""
    viewer: Viewer | None = getattr(request.state, "viewer", None)
    if viewer is None:
        return {"viewer": None, "menu": [], "csrf_token": "", "here": ""}
    waiting: int | None = None
    if viewer.may(Permission.FINDINGS_READ):
        with request.app.state.database.read() as session:
            waiting = count_open(session, viewer.hall_ids)
    menu = [
        {
            "key": key,
            "href": href,
            "text": translate(locale, text),
            "count": waiting if key == "queue" else None,
        }
        for key, href, text, permission in MENU
        if viewer.may(permission)
    ]
    return {
        "viewer": viewer,
        "menu": menu,
        "csrf_token": csrf_token(request.app.state.secret, viewer.session_key),
        "here": "",
        "can_decide": viewer.may(Permission.FINDINGS_DECIDE),
        "can_read": viewer.may(Permission.FINDINGS_READ),
    }
