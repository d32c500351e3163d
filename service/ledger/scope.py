"""Which cases somebody may see: of their halls; a chief representative only their own windows."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists

from service.auth.roles import Role
from service.auth.viewer import Viewer
from service.db.models import Case, ChiefWindow
from service.ledger.states import State


def visible(viewer: Viewer) -> ColumnElement[bool]:
    """The condition that every query of cases carries; what was taken back is not there."""
    seen = and_(Case.hall_id.in_(viewer.hall_ids), Case.state != State.PENDING)
    if viewer.role is not Role.CHIEF:
        return seen
    return and_(
        seen,
        exists().where(
            ChiefWindow.user_id == viewer.user_id,
            ChiefWindow.hall_id == Case.hall_id,
            ChiefWindow.window == Case.window,
        ),
    )
