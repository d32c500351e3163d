"""``deskcheck user``: who may log in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Data = Annotated[Path | None, typer.Option(help="The data folder.")]
Login = Annotated[str, typer.Argument(help="Login name.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    user = typer.Typer(help="Users: who may log in, and what they may see.", no_args_is_help=True)
    app.add_typer(user, name="user")

    @user.command()
    def add(
        login: Login,
        role: Annotated[
            str, typer.Option(help="admin, inspector, chief, leader or auditor; none by default.")
        ],
        hall: Annotated[
            list[str] | None, typer.Option(help="A hall that they may see; may be repeated.")
        ] = None,
        all_halls: Annotated[bool, typer.Option("--all-halls", help="Every hall.")] = False,
        name: Annotated[str | None, typer.Option(help="Name as people read it.")] = None,
        data: Data = None,
    ) -> None:
        """A new user with a generated password, shown once."""
        from service.clock import utc_now
        from service.db.open import opened
        from service.settings import load_settings
        from service.users import add_user

        with opened(load_settings(data=data), create=True) as database:
            password = add_user(
                database,
                login,
                role=role,
                name=name,
                halls=hall or (),
                all_halls=all_halls,
                now=utc_now(),
            )
        typer.echo(f"{login}  /  {password}  (只显示这一次,首次登录须修改)")

    @user.command("list")
    def list_(data: Data = None) -> None:
        """All users, their role, halls and state; never a password."""
        from rich.console import Console
        from rich.table import Table
        from sqlalchemy import select

        from service.clock import iso, utc_now
        from service.db.models import User
        from service.db.open import opened
        from service.settings import load_settings

        table = Table("登录名", "姓名", "角色", "大厅", "状态", "上次登录")
        with opened(load_settings(data=data)) as database, database.read() as session:
            for row in session.scalars(select(User).order_by(User.login)):
                halls = "全部" if row.all_halls else "、".join(h.code for h in row.halls)
                locked = row.locked_until is not None and row.locked_until > utc_now()
                state = "停用" if not row.active else "锁定" if locked else "正常"
                last = iso(row.last_login_at) if row.last_login_at else "—"
                table.add_row(row.login, row.name, row.role, halls, state, last)
        Console().print(table)

    @user.command("reset-password")
    def reset_password(login: Login, data: Data = None) -> None:
        """A new generated password; lifts a lock-out and ends every session of the user."""
        from service.clock import utc_now
        from service.db.open import opened
        from service.settings import load_settings
        from service.users import reset_password as reset

        with opened(load_settings(data=data)) as database:
            password = reset(database, login, now=utc_now())
        typer.echo(f"{login}  /  {password}  (只显示这一次,首次登录须修改)")

    @user.command()
    def disable(login: Login, data: Data = None) -> None:
        """Switch a user off; what they decided stays."""
        _set_active(login, False, data)

    @user.command()
    def enable(login: Login, data: Data = None) -> None:
        """Switch a user on again."""
        _set_active(login, True, data)


def _set_active(login: str, active: bool, data: Path | None) -> None:
    from service.clock import utc_now
    from service.db.open import opened
    from service.settings import load_settings
    from service.users import set_active

    with opened(load_settings(data=data)) as database:
        set_active(database, login, active, now=utc_now())
