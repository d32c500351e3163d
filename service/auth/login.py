"""Log-in with lock-out, and changing a password."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select

from service.audit import append, append_by
from service.auth.passwords import (
    PasswordError,
    check_password_rules,
    dummy_hash,
    hash_password,
    needs_rehash,
    verify_password,
)
from service.auth.sessions import end_all_sessions, start_session
from service.auth.viewer import Viewer
from service.db.engine import Database
from service.db.models import User
from service.settings import Settings


class Refusal(StrEnum):
    """Why a log-in failed; a wrong login and a wrong password look the same from outside."""

    WRONG = "wrong"
    LOCKED = "locked"


def log_in(
    database: Database,
    settings: Settings,
    *,
    login: str,
    password: str,
    now: datetime,
    client: str = "",
) -> str | Refusal:
    """The token of a new session, or why not.

    Each try is counted before the password is looked at, so that many tries at once can't slip
    through under the limit together; the right password sets the count back.
    """
    with database.write() as session:
        user = session.scalar(select(User).where(User.login == login))
        if user is None or not user.active:
            stored, user_id = dummy_hash(), None
        elif user.locked_until is not None and user.locked_until > now:
            append(
                session,
                at=now,
                user_id=user.id,
                actor=user.login,
                action="login.locked",
                object_kind="user",
                object_id=str(user.id),
            )
            return Refusal.LOCKED
        else:
            if user.locked_until is not None:  # the lock-out is over: a fresh count
                user.locked_until, user.failed_count = None, 0
            user.failed_count += 1
            if user.failed_count >= settings.login_tries:
                user.locked_until = now + timedelta(minutes=settings.lockout_minutes)
            stored, user_id = user.password_hash, user.id

    right = verify_password(stored, password)

    with database.write() as session:
        user = session.get(User, user_id) if user_id is not None else None
        if not right or user is None or user.password_hash != stored:
            append(
                session,
                at=now,
                user_id=user_id,
                actor=login[:64],
                action="login.failed",
                object_kind="user",
                object_id=str(user_id or ""),
            )
            return Refusal.WRONG
        user.failed_count, user.locked_until = 0, None
        if needs_rehash(stored):
            user.password_hash = hash_password(password)
        append(
            session,
            at=now,
            user_id=user.id,
            actor=user.login,
            action="login",
            object_kind="user",
            object_id=str(user.id),
            detail={"client": client[:200]},
        )
        return start_session(session, user, now=now, settings=settings, client=client)


def change_password(
    database: Database,
    settings: Settings,
    viewer: Viewer,
    *,
    current: str,
    new: str,
    now: datetime,
    client: str = "",
) -> str:
    """Set a new password, end all sessions of the user, and give the token of a new one."""
    with database.read() as session:
        user = session.get_one(User, viewer.user_id)
        stored = user.password_hash
    if not verify_password(stored, current):
        with database.write() as session:
            append_by(
                viewer,
                session,
                at=now,
                action="password.refused",
                object_kind="user",
                object_id=str(viewer.user_id),
            )
        raise PasswordError("现密码不对。")
    check_password_rules(new, login=viewer.login)
    if new == current:
        raise PasswordError("新密码须与现密码不同。")
    fresh = hash_password(new)
    with database.write() as session:
        user = session.get_one(User, viewer.user_id)
        user.password_hash = fresh
        user.password_changed_at = now
        user.must_change = False
        ended = end_all_sessions(session, user.id)
        append(
            session,
            at=now,
            user_id=user.id,
            actor=user.login,
            action="password.changed",
            object_kind="user",
            object_id=str(user.id),
            detail={"sessions_ended": ended},
        )
        return start_session(session, user, now=now, settings=settings, client=client)
