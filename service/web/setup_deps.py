"""What the set-up routes ask for: a hall or a user within the caller's halls, the setup's eyes."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import Depends, Request

from service.auth.roles import Permission
from service.db.models import Hall, User
from service.setup.eyes import SetupEyes
from service.setup.people import sees_all, within
from service.setup.references import Shown
from service.web.access import Access, Declares, Scope
from service.web.deps import Asked, CsrfGiven, Needs, NeedsObject, RowId, database_of
from service.web.errors import NotThere


class NeedsHall(NeedsObject):
    """``{hall_id}`` in the path."""

    def __init__(self, permission: Permission) -> None:
        super().__init__(permission, Hall.id, Hall.id)

    def __call__(self, request: Request, hall_id: RowId, given: CsrfGiven) -> Asked:
        return self.find(request, given, hall_id)


class NeedsUser(Declares):
    """``{user_id}`` in the path: a user whose halls all lie within the caller's."""

    def __init__(self) -> None:
        self.access = Access(Permission.USERS_MANAGE, Scope.OBJECT)
        self.needs = Needs(Permission.USERS_MANAGE, Scope.OBJECT)

    def __call__(self, request: Request, user_id: RowId, given: CsrfGiven) -> Asked:
        viewer = self.needs.viewer(request, given)
        with database_of(request).read() as session:
            user = session.get(User, user_id)
            if user is None or not within(viewer.hall_ids, sees_all(session, viewer), user):
                raise NotThere
        return Asked(viewer, user_id, 0)


def eyes_of(request: Request) -> SetupEyes:
    return cast(SetupEyes, request.app.state.setup_eyes)


def shown_of(request: Request) -> Shown:
    return cast(Shown, request.app.state.setup_shown)


SetsUpHall = Annotated[Asked, Depends(NeedsHall(Permission.HALLS_MANAGE))]
EyesDep = Annotated[SetupEyes, Depends(eyes_of)]
ShownDep = Annotated[Shown, Depends(shown_of)]
