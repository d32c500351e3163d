"""API tokens: a program works in its owner's name, within the scopes and the hall given to it.

A token is shown once and kept as a hash.  It ends by its day, when it is taken back, when its
owner is switched off, and when the owner's password changes.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.audit import append_by
from service.auth.roles import Permission, Role, may, scopes_of
from service.auth.sessions import TOUCH_EVERY, halls_of, token_hash
from service.auth.viewer import Viewer
from service.db.engine import Database
from service.db.models import ApiToken, User
from vision.seen import InputError

PREFIX: Final = "dck_"
"""So that a token is known as one wherever it turns up."""
DAYS_MOST: Final = 366
TOKENS_MOST: Final = 20
ALWAYS: Final = Permission.ACCOUNT
"""Every token may ask who it is."""


class BadToken(InputError):
    """A token that can't be made as asked for."""

    def __init__(self, template: str, **values: str) -> None:
        self.template, self.values = template, values
        super().__init__(template.format(**values))


def grantable(viewer: Viewer) -> list[Permission]:
    """What the viewer may hand on: their own permissions, the account itself aside."""
    return [p for p in Permission if p is not ALWAYS and viewer.may(p)]


def make_token(
    database: Database,
    viewer: Viewer,
    *,
    name: str,
    scopes: Collection[str],
    hall_id: int | None,
    days: int,
    now: datetime,
) -> str:
    """A new token of the viewer; it is given here and nowhere else."""
    name = name.strip()[:100]
    allowed = {permission.value for permission in grantable(viewer)}
    if not name:
        raise BadToken("请填写用途。")
    if not scopes or not set(scopes) <= allowed:
        raise BadToken("请至少选择一项您自己拥有的权限。")
    if hall_id is not None and not viewer.sees(hall_id):
        raise BadToken("您看不到这个大厅。")
    if not 1 <= days <= DAYS_MOST:
        raise BadToken("有效期须在 1 至 {most} 天之间。", most=str(DAYS_MOST))
    token = PREFIX + secrets.token_urlsafe(32)
    with database.write() as session:
        if len(tokens_of(session, viewer.user_id, now=now)) >= TOKENS_MOST:
            raise BadToken("每人最多 {most} 个有效令牌,请先撤销不用的。", most=str(TOKENS_MOST))
        row = ApiToken(
            token_hash=token_hash(token), user_id=viewer.user_id, name=name,
            scopes=sorted(set(scopes)), hall_id=hall_id, created_at=now,
            expires_at=now + timedelta(days=days),
        )  # fmt: skip
        session.add(row)
        session.flush()
        append_by(
            viewer, session, at=now, action="token.make",
            object_kind="token", object_id=str(row.id), hall_id=hall_id,
            detail={"scopes": list(row.scopes), "days": days},
        )  # fmt: skip
    return token


def tokens_of(session: Session, user_id: int, *, now: datetime) -> Sequence[ApiToken]:
    """A user's tokens that still work, the newest first."""
    return session.scalars(
        select(ApiToken)
        .where(
            ApiToken.user_id == user_id, ApiToken.revoked_at.is_(None), ApiToken.expires_at > now
        )
        .order_by(ApiToken.id.desc())
    ).all()


def revoke(database: Database, viewer: Viewer, token_id: int, *, now: datetime) -> bool:
    """Take one of one's own back; False where there is none such."""
    with database.write() as session:
        row = session.get(ApiToken, token_id)
        if row is None or row.user_id != viewer.user_id or row.revoked_at is not None:
            return False
        row.revoked_at = now
        append_by(
            viewer, session, at=now, action="token.revoke",
            object_kind="token", object_id=str(row.id), hall_id=row.hall_id, detail={},
        )  # fmt: skip
    return True


def token_viewer(
    session: Session, token: str, *, now: datetime, separate: bool
) -> tuple[Viewer, bool] | None:
    """Who a token stands for, and whether its use should be written down; None if it is over."""
    row = session.execute(
        select(ApiToken, User)
        .join(User, User.id == ApiToken.user_id)
        .where(ApiToken.token_hash == token_hash(token))
    ).first()
    if row is None:
        return None
    given, user = row
    over = given.revoked_at is not None or given.expires_at <= now
    if over or not user.active or given.created_at < user.password_changed_at:
        return None
    role = Role(user.role)
    left = scopes_of(role, separate=separate) or frozenset(Permission)
    scopes = frozenset(p for p in left if p is ALWAYS or (p.value in given.scopes and may(role, p)))
    halls = frozenset(halls_of(session, user))
    viewer = Viewer(
        user_id=user.id,
        login=user.login,
        name=user.name,
        role=role,
        hall_ids=halls if given.hall_id is None else halls & {given.hall_id},
        session_key=f"token:{given.id}",
        must_change=user.must_change,
        scopes=scopes,
    )
    stale = given.last_used_at is None or now - given.last_used_at >= TOUCH_EVERY
    return viewer, stale


def touch_token(session: Session, session_key: str, *, now: datetime) -> None:
    """Write down that a token was used."""
    row = session.get(ApiToken, int(session_key.removeprefix("token:")))
    if row is not None:
        row.last_used_at = now
