"""Log-in sessions: a random token in the browser, only its hash here, three ways to end.

A session ends after a time without use, after a time anyway, and when its user's password, or
anything else that its rights rest on, changes.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from service.auth.roles import Role, scopes_of
from service.auth.viewer import Viewer
from service.db.models import Hall, LoginSession, User, UserHall
from service.settings import Settings

COOKIE: Final = "deskcheck_session"
TOKEN_BYTES: Final = 32
TOUCH_EVERY: Final = timedelta(seconds=60)
"""How often a session's last use is written; finer would be a write for every picture."""


def token_hash(token: str) -> str:
    """What is stored in place of the token."""
    return hashlib.sha256(token.encode()).hexdigest()


def start_session(
    session: Session, user: User, *, now: datetime, settings: Settings, client: str = ""
) -> str:
    """A new session of this user; gives the token, which is nowhere else.  Sweeps out old ones."""
    idle = timedelta(minutes=settings.session_idle_minutes)
    session.execute(
        delete(LoginSession).where(
            or_(LoginSession.expires_at <= now, LoginSession.last_seen_at <= now - idle)
        )
    )
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session.add(
        LoginSession(
            token_hash=token_hash(token),
            user_id=user.id,
            created_at=now,
            last_seen_at=now,
            expires_at=now + timedelta(hours=settings.session_hours),
            client=client[:200],
        )
    )
    user.last_login_at = now
    return token


def find_viewer(
    session: Session, token: str | None, *, now: datetime, settings: Settings
) -> tuple[Viewer, bool] | None:
    """The viewer behind a token and whether its last use should be written again; None if over."""
    if not token:
        return None
    row = session.execute(
        select(LoginSession, User)
        .join(User, User.id == LoginSession.user_id)
        .where(LoginSession.token_hash == token_hash(token))
    ).first()
    if row is None:
        return None
    login, user = row
    idle = timedelta(minutes=settings.session_idle_minutes)
    if not user.active or login.expires_at <= now or login.last_seen_at + idle <= now:
        return None
    if login.created_at < user.password_changed_at:
        return None  # the password changed after this log-in, whoever forgot to end it
    viewer = Viewer(
        user_id=user.id,
        login=user.login,
        name=user.name,
        role=Role(user.role),
        hall_ids=frozenset(halls_of(session, user)),
        session_key=login.token_hash,
        must_change=user.must_change,
        scopes=scopes_of(Role(user.role), separate=settings.separate_admins),
    )
    return viewer, now - login.last_seen_at >= TOUCH_EVERY


def halls_of(session: Session, user: User) -> list[int]:
    """Ids of the active halls that the user may see."""
    query = select(Hall.id).where(Hall.active).order_by(Hall.id)
    if not user.all_halls:
        query = query.join(UserHall, UserHall.hall_id == Hall.id).where(UserHall.user_id == user.id)
    return list(session.scalars(query))


def touch(session: Session, session_key: str, *, now: datetime) -> None:
    """Write down that a session was used just now."""
    login = session.scalar(select(LoginSession).where(LoginSession.token_hash == session_key))
    if login is not None and login.last_seen_at < now:
        login.last_seen_at = now


def end_session(session: Session, session_key: str) -> None:
    """Log out."""
    session.execute(delete(LoginSession).where(LoginSession.token_hash == session_key))


def end_all_sessions(session: Session, user_id: int) -> int:
    """Log a user out everywhere; gives how many sessions ended."""
    ended = session.execute(delete(LoginSession).where(LoginSession.user_id == user_id))
    return int(getattr(ended, "rowcount", 0))
