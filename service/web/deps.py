"""What routes ask for: the caller (checked), one object (checked), the database, the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final, cast
from urllib.parse import urlsplit

from fastapi import Depends, Path, Request
from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from service.auth.csrf import csrf_matches
from service.auth.roles import Permission
from service.auth.sessions import COOKIE, find_viewer, touch
from service.auth.tokens import PREFIX, token_viewer, touch_token
from service.auth.viewer import Viewer
from service.clock import Clock
from service.db.engine import Database
from service.db.models import Case, Finding, FrameRow, Media
from service.ledger.scope import visible
from service.settings import Settings
from service.web.access import Access, Declares, Scope
from service.web.errors import BadCsrf, Forbidden, MustChange, NotLoggedIn, NotThere
from vision.seen import BusyError

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")
PRE_LOGIN_COOKIE: Final = "deskcheck_login"
API: Final = "/api/"
MAX_ID: Final = 2**62

RowId = Annotated[int, Path(ge=1, le=MAX_ID)]


def database_of(request: Request) -> Database:
    return cast(Database, request.app.state.database)


def settings_of(request: Request) -> Settings:
    return cast(Settings, request.app.state.settings)


def now_of(request: Request) -> datetime:
    clock: Clock = request.app.state.clock
    return clock()


DatabaseDep = Annotated[Database, Depends(database_of)]
SettingsDep = Annotated[Settings, Depends(settings_of)]
NowDep = Annotated[datetime, Depends(now_of)]


def client_of(request: Request) -> str:
    """Where the caller comes from, for the log."""
    return request.client.host if request.client else ""


async def csrf_given(request: Request) -> str | None:
    """The CSRF token that came with a changing request: header first, else the form's field."""
    if request.method in SAFE_METHODS:
        return None
    token = request.headers.get("X-CSRF-Token")
    if token:
        return token
    if request.headers.get("Content-Type", "").startswith(FORMS):
        field = (await request.form()).get("csrf_token")
        return field if isinstance(field, str) else None
    return None


CsrfGiven = Annotated[str | None, Depends(csrf_given)]


def check_origin(request: Request) -> None:
    """A browser says where a changing request comes from; from elsewhere it is refused."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        raise BadCsrf
    origin = request.headers.get("Origin")
    if origin and urlsplit(origin).netloc != request.headers.get("Host"):
        raise BadCsrf


def check_csrf(request: Request, binding: str, given: str | None) -> None:
    """Refuse a changing request that did not come from our own page."""
    if request.method in SAFE_METHODS:
        return
    check_origin(request)
    if not csrf_matches(request.app.state.secret, binding, given):
        raise BadCsrf


def bearer_of(request: Request) -> str | None:
    """The API token of a call, "" for one that is none of ours; None: no token at all, or a page.

    A call with a token is never taken for the browser that it may come from.
    """
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.casefold() != "bearer" or not request.url.path.startswith(API):
        return None
    return token.strip() if token.strip().startswith(PREFIX) else ""


class Needs(Declares):
    """Declares a route: the caller is logged in, holds the permission, and is handed over."""

    def __init__(self, permission: Permission, scope: Scope = Scope.LIST) -> None:
        self.access = Access(permission, scope)

    def __call__(self, request: Request, given: CsrfGiven) -> Viewer:
        return self.viewer(request, given)

    def viewer(self, request: Request, given: str | None) -> Viewer:
        """The caller, or the refusal; nothing else decides who is let in."""
        now, settings, database = now_of(request), settings_of(request), database_of(request)
        token = bearer_of(request)
        with database.read() as session:
            if token is not None:
                found = token_viewer(session, token, now=now, separate=settings.separate_admins)
            else:
                cookie = request.cookies.get(COOKIE)
                found = find_viewer(session, cookie, now=now, settings=settings)
        if found is None:
            raise NotLoggedIn
        viewer, stale = found
        if token is None:  # no browser adds a token by itself: there is nothing to forge
            check_csrf(request, viewer.session_key, given)
        request.state.viewer = viewer
        permission = self.access.permission
        if permission is None or not viewer.may(permission):
            raise Forbidden
        if viewer.must_change and permission is not Permission.ACCOUNT:
            raise MustChange
        if stale:
            try:
                with database.write() as session:
                    if token is not None:
                        touch_token(session, viewer.session_key, now=now)
                    else:
                        touch(session, viewer.session_key, now=now)
            except BusyError:
                pass  # the next request writes it; looking must not fail for it
        return viewer


@dataclass(frozen=True, slots=True)
class Asked:
    """An object that the caller may see: who asks, its id, its hall."""

    viewer: Viewer
    id: int
    hall_id: int


class NeedsObject(Declares):
    """Declares a route about one object: of a hall that is not the caller's it is not there."""

    def __init__(
        self,
        permission: Permission,
        id_column: InstrumentedAttribute[int],
        hall_column: InstrumentedAttribute[int],
    ) -> None:
        self.access = Access(permission, Scope.OBJECT)
        self.needs = Needs(permission, Scope.OBJECT)
        self.id_column = id_column
        self.hall_column = hall_column

    def find(self, request: Request, given: str | None, row_id: int) -> Asked:
        viewer = self.needs.viewer(request, given)
        with database_of(request).read() as session:
            hall_id = session.scalar(select(self.hall_column).where(self.id_column == row_id))
        if hall_id is None or not viewer.sees(hall_id):
            raise NotThere
        return Asked(viewer, row_id, hall_id)


class NeedsFinding(NeedsObject):
    """``{finding_id}`` in the path."""

    def __init__(self, permission: Permission) -> None:
        super().__init__(permission, Finding.id, Finding.hall_id)

    def __call__(self, request: Request, finding_id: RowId, given: CsrfGiven) -> Asked:
        return self.find(request, given, finding_id)


class NeedsFrame(NeedsObject):
    """``{frame_id}`` in the path."""

    def __init__(self, permission: Permission) -> None:
        super().__init__(permission, FrameRow.id, FrameRow.hall_id)

    def __call__(self, request: Request, frame_id: RowId, given: CsrfGiven) -> Asked:
        return self.find(request, given, frame_id)


class NeedsMedia(NeedsObject):
    """``{media_id}`` in the path."""

    def __init__(self, permission: Permission) -> None:
        super().__init__(permission, Media.id, Media.hall_id)

    def __call__(self, request: Request, media_id: RowId, given: CsrfGiven) -> Asked:
        return self.find(request, given, media_id)


class NeedsCase(NeedsObject):
    """``{case_id}`` in the path; of a window that a chief does not answer for it is not there."""

    def __init__(self, permission: Permission) -> None:
        super().__init__(permission, Case.id, Case.hall_id)

    def __call__(self, request: Request, case_id: RowId, given: CsrfGiven) -> Asked:
        asked = self.find(request, given, case_id)
        with database_of(request).read() as session:
            seen = session.scalar(select(Case.id).where(Case.id == case_id, visible(asked.viewer)))
        if seen is None:
            raise NotThere
        return asked
