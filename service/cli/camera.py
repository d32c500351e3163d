"""``deskcheck camera``: find, add, test and reset cameras; how often they are looked at."""

from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from service.secrets import Login

Data = Annotated[Path | None, typer.Option(help="The data folder.")]
HallArg = Annotated[str, typer.Argument(help="The hall's id.")]
CameraArg = Annotated[str, typer.Argument(help="The camera's id, as in the hall's layout.")]
User = Annotated[str, typer.Option(help="User name at the device.")]
Channel = Annotated[int, typer.Option(min=1, help="Channel, counted from 1.")]
Basic = Annotated[
    bool, typer.Option("--allow-basic", help="Allow Basic over plain http (shows the password).")
]
Options = Annotated[
    list[str] | None,
    typer.Option("--option", help="NAME=VALUE of its kind; may be repeated."),
]
PASSWORD_ENV = "DESKCHECK_CAMERA_PASSWORD"  # noqa: S105 - the variable's name


def _login(user: str) -> Login:
    """User and password; the password from the environment, a pipe or a prompt, never arguments."""
    from service.secrets import Login, Secret

    if PASSWORD_ENV in os.environ:
        return Login(user, Secret(os.environ[PASSWORD_ENV]))
    if not user:
        return Login()
    if not sys.stdin.isatty():
        return Login(user, Secret(sys.stdin.readline().rstrip("\n")))
    return Login(user, Secret(typer.prompt("密码 password", hide_input=True)))


def _options(given: list[str] | None) -> dict[str, str]:
    options: dict[str, str] = {}
    for one in given or ():
        key, equals, value = one.partition("=")
        if not equals or not key:
            raise typer.BadParameter(f"{one!r}; wanted NAME=VALUE", param_hint="--option")
        options[key] = value
    return options


def register(app: typer.Typer) -> None:
    """Add the commands."""
    camera = typer.Typer(
        help="Cameras: find, add, test, list, reset, remove.", no_args_is_help=True
    )
    app.add_typer(camera, name="camera")
    _register_probe(camera)
    _register_add(camera)
    _register_rest(camera)
    _register_plan(camera)


def _register_probe(camera: typer.Typer) -> None:
    @camera.command()
    def probe(
        url: Annotated[str, typer.Argument(help="http://ADDRESS, or a picture's or stream's URL.")],
        user: User = "",
        kind: Annotated[
            str | None,
            typer.Option(help="One of the kinds, as wvp or folder; left out: found out."),
        ] = None,
        channel: Channel = 1,
        view: Annotated[
            float, typer.Option(help="Horizontal field of view in degrees (4 mm lens: 84).")
        ] = 84.0,
        distance: Annotated[
            float | None,
            typer.Option(min=1.0, max=100.0, help="Metres to the desk; left out: 3, 5 and 10."),
        ] = None,
        name: Annotated[str, typer.Option("--id", help="Id for the YAML to paste.")] = "CAM1",
        option: Options = None,
        allow_basic: Basic = False,
        data: Data = None,
    ) -> None:
        """Say what is at an address: kind, resolution, codec, clock, pixels of a phone, YAML."""
        from service.cameras.make import check_config
        from service.cameras.probe import probe as ask
        from service.cameras.protocol import KINDS, CameraConfig
        from service.cameras.store import surroundings_of
        from service.settings import load_settings

        if kind is not None and kind not in KINDS:
            raise typer.BadParameter(f"{kind!r}; known: {', '.join(KINDS)}", param_hint="--kind")
        check_config(CameraConfig("", name, "http", url))  # an id that no layout takes is no help
        found = asyncio.run(
            ask(
                url,
                _login(user),
                surroundings_of(load_settings(data=data)),
                kind=kind,
                channel=channel,
                view_deg=view,
                allow_basic=allow_basic,
                options=_options(option),
            )
        )
        if distance is not None:
            found = replace(found, distances_m=(distance,))
        for line in found.lines():
            typer.echo(line)
        if found.still is None:
            raise typer.Exit(1)
        typer.echo("\n# HALL.yaml\n" + found.yaml(name))
        typer.echo("\n" + found.add_line(name))


def _register_add(camera: typer.Typer) -> None:
    @camera.command()
    def add(
        hall: HallArg,
        name: CameraArg,
        url: Annotated[str, typer.Argument(help="Its address; for a folder drop, the folder.")],
        kind: Annotated[str, typer.Option(help="As `probe` found, or wvp, zlm, folder.")],
        user: User = "",
        channel: Channel = 1,
        place: Annotated[str, typer.Option(help="Where it hangs.")] = "",
        streams: Annotated[
            int, typer.Option(min=1, max=16, help="Requests that its device bears at once.")
        ] = 2,
        option: Options = None,
        allow_basic: Basic = False,
        insecure_tls: Annotated[
            bool, typer.Option("--insecure-tls", help="Don't check its TLS certificate.")
        ] = False,
        data: Data = None,
    ) -> None:
        """Add a camera to a hall, or give it new settings; its password is kept encrypted."""
        from typing import cast

        from service.audit import append
        from service.cameras.make import open_camera
        from service.cameras.protocol import CameraConfig, Kind
        from service.cameras.store import add_camera, sealer_of, shown_address, surroundings_of
        from service.clock import utc_now
        from service.db.open import opened
        from service.settings import load_settings

        settings = load_settings(data=data)
        config = CameraConfig(
            hall, name, cast("Kind", kind), url, _login(user), channel, place, "",
            allow_basic, not insecure_tls, streams, _options(option),
        )  # fmt: skip
        open_camera(config, surroundings_of(settings))  # every setting checked, nothing sent
        now = utc_now()
        with opened(settings) as database, database.write() as session:
            row = add_camera(session, config, sealer_of(settings, create=True), now)
            append(
                session,
                at=now,
                user_id=None,
                actor="cli",
                action="camera.add",
                object_kind="camera",
                object_id=str(row.id),
                hall_id=row.hall_id,
                detail={"camera": name, "kind": kind, "address": shown_address(url)},
            )
        typer.echo(f"{hall} {name}: 已登记。测试: deskcheck camera test {hall} {name}")


def _register_rest(camera: typer.Typer) -> None:
    @camera.command()
    def test(hall: HallArg, name: CameraArg, data: Data = None) -> None:
        """Take one still now and say what came; nothing is kept."""
        from service.cameras.trial import trial
        from service.db.open import opened
        from service.settings import load_settings

        settings = load_settings(data=data)
        with opened(settings) as database:
            result = trial(database, settings, hall, name)
        typer.echo(result.sentence)
        if result.still is None:
            raise typer.Exit(1)

    @camera.command("list")
    def list_(
        hall: Annotated[str | None, typer.Option(help="Only this hall.")] = None, data: Data = None
    ) -> None:
        """All cameras and their state; never a login."""
        from rich.console import Console
        from rich.table import Table

        from service.cameras.store import cameras_of, line_of
        from service.clock import iso
        from service.db.open import opened
        from service.halls import halls_named
        from service.settings import load_settings

        table = Table("大厅", "摄像机", "种类", "地址", "通道", "状态", "最近取图", "说明")
        words = {"new": "未试", "ok": "正常", "trouble": "异常", "stopped": "停用(登录被拒)"}
        with opened(load_settings(data=data)) as database, database.read() as session:
            for row in halls_named(session, hall):
                for line in map(line_of, cameras_of(session, row.id)):
                    last = "—" if line.last_ok_at is None else iso(line.last_ok_at)
                    why = line.reason or ("无需登录即可取图" if line.open_access else "")
                    table.add_row(
                        line.hall, line.id, line.kind, line.address, str(line.channel),
                        words[line.state], last, why,
                    )  # fmt: skip
        Console().print(table)

    @camera.command()
    def reset(hall: HallArg, name: CameraArg, data: Data = None) -> None:
        """Let a camera be asked again whose login was refused; mend the password first."""
        _change(hall, name, data, "reset")
        typer.echo(f"{hall} {name}: 已恢复")

    @camera.command()
    def remove(hall: HallArg, name: CameraArg, data: Data = None) -> None:
        """Take a camera and its password out; its stills and findings stay."""
        _change(hall, name, data, "remove")
        typer.echo(f"{hall} {name}: 已删除")


def _change(hall: str, name: str, data: Path | None, what: str) -> None:
    from service.audit import append
    from service.cameras import store
    from service.clock import utc_now
    from service.db.open import opened
    from service.settings import load_settings

    now = utc_now()
    with opened(load_settings(data=data)) as database, database.write() as session:
        row = store.camera_of(session, hall, name)
        append(
            session,
            at=now,
            user_id=None,
            actor="cli",
            action=f"camera.{what}",
            object_kind="camera",
            object_id=str(row.id),
            hall_id=row.hall_id,
            detail={"camera": name},
        )
        if what == "reset":
            store.reset(row, now)
        else:
            session.delete(row)


def _register_plan(camera: typer.Typer) -> None:
    @camera.command()
    def plan(
        hall: HallArg,
        per_half_day: Annotated[int | None, typer.Option(help="Draws per half day.")] = None,
        burst: Annotated[int | None, typer.Option(help="Stills a draw by day.")] = None,
        burst_minutes: Annotated[int | None, typer.Option(help="Minutes of a burst.")] = None,
        before_open: Annotated[int | None, typer.Option(help="Draws before opening (P).")] = None,
        after_close: Annotated[int | None, typer.Option(help="Draws after close (N).")] = None,
        p_minutes: Annotated[
            int | None, typer.Option(help="Minutes up to opening in which P is drawn.")
        ] = None,
        n_minutes: Annotated[
            int | None, typer.Option(help="Minutes after close in which N is drawn.")
        ] = None,
        late_minutes: Annotated[
            int | None, typer.Option(help="Minutes that a still by day may be late.")
        ] = None,
        closed_days: Annotated[
            bool | None,
            typer.Option("--closed-days/--no-closed-days", help="N on days the hall is shut too."),
        ] = None,
        data: Data = None,
    ) -> None:
        """Show or change a hall's spot-check plan; a change counts from the next day's draw."""
        from service.capture_draw import plan_of, set_plan
        from service.clock import utc_now
        from service.db.open import opened
        from service.halls import halls_named
        from service.plan import SpotPlan
        from service.settings import load_settings

        given = {
            "per_half_day": per_half_day, "burst": burst, "burst_minutes": burst_minutes,
            "before_open": before_open, "after_close": after_close, "p_minutes": p_minutes,
            "n_minutes": n_minutes, "late_minutes": late_minutes, "closed_days": closed_days,
        }  # fmt: skip
        changes = {k: v for k, v in given.items() if v is not None}
        with opened(load_settings(data=data)) as database, database.write() as session:
            row = halls_named(session, hall)[0]
            current = plan_of(session, row)
            if changes:
                current = SpotPlan.of({**current.as_dict(), **changes})
                set_plan(session, row, current, utc_now(), "cli")
        for key, value in current.as_dict().items():
            typer.echo(f"{key}: {value}")
