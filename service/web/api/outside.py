"""Seen from outside: alive, ready, figures.  No session, and nothing of any person."""

from __future__ import annotations

import hmac
import ipaddress
import os
import shutil
from typing import Annotated, Final

import structlog
from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from service.db import migrate
from service.metrics import exposition
from service.settings import Settings
from service.web.access import Access, Declares, Public, Scope
from service.web.deps import DatabaseDep, NowDep, SettingsDep, settings_of
from service.web.errors import Forbidden
from vision.seen import DeskcheckError

log = structlog.get_logger(__name__)
router = APIRouter(include_in_schema=False)
public = Depends(Public())
MB: Final = 1024 * 1024
FORWARDED: Final = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


class Machine(Declares):
    """Declares a route for monitoring: the metrics token, or a caller on this very machine."""

    access = Access(None, Scope.MACHINE)

    def __call__(self, request: Request) -> None:
        if not self.lets_in(request, settings_of(request)):
            raise Forbidden

    @staticmethod
    def lets_in(request: Request, settings: Settings) -> bool:
        """With a token only the token counts: behind a proxy everybody comes from loopback."""
        token = settings.metrics_token
        if token is not None and token.get_secret_value():
            given = request.headers.get("authorization", "")
            wanted = f"Bearer {token.get_secret_value()}"
            return hmac.compare_digest(given.encode(), wanted.encode())
        if any(name in request.headers for name in FORWARDED):
            return False
        try:
            client = ipaddress.ip_address(request.client.host if request.client else "")
        except ValueError:
            return False
        return client.is_loopback


@router.get("/healthz", dependencies=[public])
def healthz() -> Response:
    """The process answers; says nothing else to anybody."""
    return JSONResponse({"status": "ok"})


@router.get("/readyz", dependencies=[public])
def readyz(database: DatabaseDep, settings: SettingsDep) -> Response:
    """Whether it can do its work: the database of the right schema, a disk that can be written."""
    state = {"database": _database(database), "disk": _disk(settings)}
    ready = all(word == "ok" for word in state.values())
    if not ready:
        log.warning("not_ready", **state)
    return JSONResponse(
        {"status": "ok" if ready else "unready", **state}, status_code=200 if ready else 503
    )


def _database(database: DatabaseDep) -> str:
    try:
        with database.read() as session:
            session.execute(text("SELECT 1"))
        migrate.current(database.engine)
    except (SQLAlchemyError, DeskcheckError) as error:
        log.error("database", error=type(error).__name__)
        return "unreachable"
    try:
        migrate.require_current(database.engine)
    except DeskcheckError as error:
        log.error("database", error=str(error))
        return "wrong schema"
    return "ok"


def _disk(settings: Settings) -> str:
    try:
        free = shutil.disk_usage(settings.data).free // MB
    except OSError:
        return "missing"
    if not os.access(settings.data, os.W_OK | os.X_OK):
        return "read-only"
    return "ok" if free >= settings.min_free_mb else "full"


@router.get("/metrics")
def metrics(
    request: Request,
    _: Annotated[None, Depends(Machine())],
    database: DatabaseDep,
    settings: SettingsDep,
    now: NowDep,
) -> Response:
    """Figures for Prometheus."""
    figures = exposition(database, settings, now) + request.app.state.figures.exposition()
    return Response(figures, media_type=CONTENT_TYPE_LATEST)
