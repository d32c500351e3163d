"""Users from the browser: the command line's own functions, within the administrator's halls."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from service import users
from service.audit import append_by
from service.auth.roles import Role
from service.auth.sessions import end_all_sessions
from service.auth.viewer import Viewer
from service.db.engine import Database
from service.db.models import ChiefWindow, Hall, User, UserHall
from service.setup.draft import refuse_odd
from service.setup.faults import SetupError
from service.setup.roster import set_chief_windows

NAME_MAX: Final = 100


@dataclass(frozen=True, slots=True)
class Person:
    """A user as the administrator's page shows them; ``windows`` by hall id, for chiefs."""

    id: int
    login: str
    name: str
    role: str
    all_halls: bool
    active: bool
    locked: bool
    must_change: bool
    last_login_at: datetime | None
    hall_ids: tuple[int, ...]
    windows: Mapping[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Given:
    """What the form says of a user."""

    name: str
    role: str
    all_halls: bool
    hall_ids: tuple[int, ...]
    windows: tuple[tuple[int, str], ...] = ()
    """(hall id, window) of a chief representative."""


def sees_all(session: Session, viewer: Viewer) -> bool:
    """Whether the administrator's own scope is every hall."""
    return bool(session.scalar(select(User.all_halls).where(User.id == viewer.user_id)))


def within(viewer_halls: Collection[int], everywhere: bool, user: User) -> bool:
    """Whether a user lies within an administrator's halls: nobody governs wider than oneself."""
    if everywhere:
        return True
    return not user.all_halls and {hall.id for hall in user.halls} <= set(viewer_halls)


def people_of(session: Session, viewer: Viewer, now: datetime) -> list[Person]:
    """The users within the viewer's halls, by login."""
    everywhere = sees_all(session, viewer)
    windows: dict[int, dict[int, list[str]]] = {}
    for row in session.scalars(select(ChiefWindow).order_by(ChiefWindow.window)):
        windows.setdefault(row.user_id, {}).setdefault(row.hall_id, []).append(row.window)
    return [
        Person(
            user.id, user.login, user.name, user.role, user.all_halls, user.active,
            user.locked_until is not None and user.locked_until > now,
            user.must_change, user.last_login_at, tuple(hall.id for hall in user.halls),
            {hall: tuple(names) for hall, names in windows.get(user.id, {}).items()},
        )
        for user in session.scalars(select(User).order_by(User.login))
        if within(viewer.hall_ids, everywhere, user)
    ]  # fmt: skip


def add(
    database: Database, viewer: Viewer, login: str, given: Given, *, now: datetime
) -> tuple[int, str]:
    """A new user; gives the row's number and the one-time password, which is stored nowhere."""
    login = login.strip()
    if not users.LOGIN.fullmatch(login):
        raise SetupError(
            "登录名须为 2 到 32 位小写字母、数字、点、横线或下划线,以字母或数字开头。",
            field="login",
        )
    with database.read() as session:
        _check(session, viewer, given)
        if session.scalar(select(User.id).where(User.login == login)) is not None:
            raise SetupError("登录名“{login}”已被使用。", field="login", login=login)
        codes = session.scalars(select(Hall.code).where(Hall.id.in_(given.hall_ids))).all()
    password = users.add_user(
        database,
        login,
        role=given.role,
        now=now,
        name=given.name.strip() or None,
        halls=codes,
        all_halls=given.all_halls,
        actor=viewer.login,
    )
    with database.write() as session:
        user = session.scalars(select(User).where(User.login == login)).one()
        _set_windows(session, user, given)
        return user.id, password


def change(
    database: Database, viewer: Viewer, user_id: int, given: Given, *, now: datetime
) -> None:
    """Another name, role or scope; a narrower right holds at once, for every session ends."""
    with database.write() as session:
        _check(session, viewer, given)
        user = session.get_one(User, user_id)
        if user.id == viewer.user_id and (given.role != user.role):
            raise SetupError("不能更改自己的角色;请由另一位管理员操作。", field="role")
        narrower = (
            given.role != user.role
            or (user.all_halls and not given.all_halls)
            or not {hall.id for hall in user.halls} <= set(given.hall_ids)
        )
        before = {"role": user.role, "all_halls": user.all_halls,
                  "halls": sorted(hall.id for hall in user.halls)}  # fmt: skip
        user.name, user.role, user.all_halls = given.name.strip(), given.role, given.all_halls
        session.execute(delete(UserHall).where(UserHall.user_id == user.id))
        session.flush()
        for hall_id in dict.fromkeys(given.hall_ids):
            session.add(UserHall(user_id=user.id, hall_id=hall_id))
        _keep_an_administrator(session)
        _set_windows(session, user, given)
        if narrower and user.id != viewer.user_id:
            end_all_sessions(session, user.id)
        after = {"role": given.role, "all_halls": given.all_halls, "halls": sorted(given.hall_ids)}
        _log(session, viewer, now, "user.change", user, before=before, after=after)


def reset(database: Database, viewer: Viewer, user_id: int, *, now: datetime) -> str:
    """A new one-time password; the lock-out is lifted and every session of the user ends."""
    if user_id == viewer.user_id:
        raise SetupError("自己的密码请在“我的账户”中修改。")
    with database.read() as session:
        login = session.get_one(User, user_id).login
    return users.reset_password(database, login, now=now, actor=viewer.login)


def switch(
    database: Database, viewer: Viewer, user_id: int, *, active: bool, now: datetime
) -> None:
    """Switch a user on or off; off ends every session at once."""
    if user_id == viewer.user_id and not active:
        raise SetupError("不能停用自己的账户。")
    with database.read() as session:
        login = session.get_one(User, user_id).login
    users.set_active(database, login, active, now=now, actor=viewer.login)


def _check(session: Session, viewer: Viewer, given: Given) -> None:
    refuse_odd(given.name)
    if len(given.name.strip()) > NAME_MAX or not given.name.strip():
        raise SetupError("请填写姓名,最多 {most} 字。", field="name", most=NAME_MAX)
    if given.role not in {role.value for role in Role}:
        raise SetupError("请选择角色。", field="role")
    if given.all_halls and not sees_all(session, viewer):
        raise SetupError("您自己的范围不是全部大厅,不能授予全部大厅。", field="all_halls")
    if not given.hall_ids and not given.all_halls:
        raise SetupError("请至少选择一个大厅。", field="halls")
    if not set(given.hall_ids) <= viewer.hall_ids:
        raise SetupError("只能授予您自己范围内的大厅。", field="halls")


def _keep_an_administrator(session: Session) -> None:
    session.flush()
    left = session.scalar(
        select(func.count()).select_from(User).where(User.role == Role.ADMIN.value, User.active)
    )
    if not left:
        raise SetupError("至少要保留一位启用的系统管理员。", field="role")


def _set_windows(session: Session, user: User, given: Given) -> None:
    """A chief's windows, hall by hall; any other role has none."""
    wanted: dict[int, list[str]] = {hall_id: [] for hall_id in given.hall_ids}
    if user.role == Role.CHIEF.value:
        for hall_id, window in given.windows:
            if hall_id in wanted:
                wanted[hall_id].append(window)
    session.execute(delete(ChiefWindow).where(ChiefWindow.user_id == user.id))
    for hall_id, windows in wanted.items():
        if windows:
            set_chief_windows(session, user.id, hall_id, windows)


def _log(
    session: Session,
    viewer: Viewer,
    now: datetime,
    action: str,
    user: User,
    **detail: Mapping[str, object] | Sequence[object] | str,
) -> None:
    append_by(
        viewer,
        session,
        at=now,
        action=action,
        object_kind="user",
        object_id=str(user.id),
        detail={"login": user.login, **detail},
    )
