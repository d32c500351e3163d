"""Users from the command line: added, listed, given a new generated password, switched off."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from service.audit import append
from service.auth.passwords import generate_password, hash_password
from service.auth.roles import Role
from service.db.engine import Database
from service.db.models import LoginSession, User
from service.halls import halls_named
from vision.seen import InputError

LOGIN: Final = re.compile(r"^[a-z0-9][a-z0-9._-]{1,31}$")


def add_user(
    database: Database,
    login: str,
    *,
    role: str,
    now: datetime,
    name: str | None = None,
    halls: Sequence[str] = (),
    all_halls: bool = False,
    must_change: bool = True,
    actor: str = "cli",
) -> str:
    """A new user; gives the generated password, which is stored nowhere."""
    if not LOGIN.fullmatch(login):
        raise InputError(
            f"'{login}' is no login: 2 to 32 of a-z, 0-9, dot, dash and underscore, a letter or "
            "digit first."
        )
    if role not in {r.value for r in Role}:
        raise InputError(f"There is no role '{role}'; wanted one of {', '.join(Role)}.")
    if not halls and not all_halls:
        raise InputError(
            f"'{login}' would see no hall: name them with --hall CODE, or give --all-halls."
        )
    password = generate_password()
    with database.write() as session:
        if session.scalar(select(User.id).where(User.login == login)) is not None:
            raise InputError(
                f"There is already a user '{login}'; `deskcheck user reset-password {login}` gives "
                "them a new password."
            )
        user = User(
            login=login,
            name=name or login,
            password_hash=hash_password(password),
            role=role,
            all_halls=all_halls,
            must_change=must_change,
            password_changed_at=now,
            created_at=now,
        )
        user.halls = [halls_named(session, code)[0] for code in dict.fromkeys(halls)]
        session.add(user)
        session.flush()
        _log(session, now, actor, "user.add", user, role=role, halls=list(halls))
    return password


def reset_password(
    database: Database,
    login: str,
    *,
    now: datetime,
    must_change: bool = True,
    actor: str = "cli",
) -> str:
    """A new generated password; the lock-out is lifted and every session of the user ends."""
    password = generate_password()
    with database.write() as session:
        user = _find(session, login)
        user.password_hash = hash_password(password)
        user.password_changed_at = now
        user.must_change = must_change
        user.failed_count, user.locked_until = 0, None
        session.execute(delete(LoginSession).where(LoginSession.user_id == user.id))
        _log(session, now, actor, "user.reset_password", user)
    return password


def set_active(
    database: Database, login: str, active: bool, *, now: datetime, actor: str = "cli"
) -> None:
    """Switch a user on or off; off ends every session at once."""
    with database.write() as session:
        user = _find(session, login)
        user.active = active
        if not active:
            session.execute(delete(LoginSession).where(LoginSession.user_id == user.id))
        _log(session, now, actor, "user.enable" if active else "user.disable", user)


def _find(session: Session, login: str) -> User:
    user = session.scalar(select(User).where(User.login == login))
    if user is None:
        raise InputError(f"There is no user '{login}'; `deskcheck user list` shows them.")
    return user


def _log(
    session: Session, now: datetime, actor: str, action: str, user: User, **detail: object
) -> None:
    append(
        session,
        at=now,
        user_id=None,
        actor=actor,
        action=action,
        object_kind="user",
        object_id=str(user.id),
        detail={"login": user.login, **detail},
    )
