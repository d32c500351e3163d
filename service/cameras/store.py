"""Cameras in the database: passwords sealed, states kept, nothing secret given out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.cameras.make import check_config
from service.cameras.protocol import CameraConfig, Kind, Limits, Still, Surroundings
from service.db.camera_tables import Camera
from service.db.halls import Hall
from service.net import AddressGuard
from service.secrets import Login, Sealer, Secret, load_sealer
from service.settings import Settings
from vision.seen import InputError, StoreError

TROUBLE_AFTER = 2
"""So many failures in a row make a camera's state "trouble"."""


def key_path(settings: Settings) -> Path:
    """The key file that seals camera passwords."""
    return settings.camera_key or settings.data / "camera.key"


def sealer_of(settings: Settings, *, create: bool = False) -> Sealer:
    return load_sealer(key_path(settings), create=create)


def surroundings_of(settings: Settings) -> Surroundings:
    """The address guard and limits that the settings say."""
    texts = [t for t in settings.camera_networks.replace(" ", "").split(",") if t]
    return Surroundings(AddressGuard.of(texts), Limits())


def purpose_of(hall: str, camera: str) -> str:
    """What a camera's password is sealed for."""
    return f"camera:{hall}/{camera}"


@dataclass(frozen=True, slots=True)
class CameraLine:
    """What may be shown of a camera: no address query, no login, no password."""

    hall: str
    id: str
    kind: str
    address: str
    channel: int
    state: str
    reason: str
    last_ok_at: datetime | None
    clock_offset_s: float | None
    open_access: bool


def hall_of(session: Session, code: str) -> Hall:
    """The hall of that code; InputError names the known ones."""
    found = session.scalar(select(Hall).where(Hall.code == code))
    if found is None:
        known = ", ".join(session.scalars(select(Hall.code).order_by(Hall.code))) or "none yet"
        raise InputError(f"There is no hall {code!r}; known: {known}.")
    return found


def camera_of(session: Session, hall: str, code: str) -> Camera:
    """One camera's row; InputError names the known ones."""
    place = hall_of(session, hall)
    query = select(Camera).where(Camera.hall_id == place.id)
    found = session.scalar(query.where(Camera.code == code))
    if found is None:
        known = ", ".join(c.code for c in session.scalars(query.order_by(Camera.code))) or "none"
        raise InputError(f"Hall {hall!r} has no camera {code!r}; known: {known}.")
    return found


def cameras_of(session: Session, hall_id: int) -> Sequence[Camera]:
    """A hall's cameras in the order of their ids."""
    query = select(Camera).where(Camera.hall_id == hall_id).order_by(Camera.code)
    return session.scalars(query).all()


def add_camera(session: Session, config: CameraConfig, sealer: Sealer, now: datetime) -> Camera:
    """A new camera, or the same one with new settings (its state starts anew)."""
    check_config(config)
    hall = hall_of(session, config.hall)
    row = session.scalar(
        select(Camera).where(Camera.hall_id == hall.id, Camera.code == config.id)
    ) or Camera(hall_id=hall.id, code=config.id, created_at=now)
    row.name, row.place = config.name, config.place
    row.kind, row.url, row.channel = config.kind, config.url, config.channel
    row.login = config.login.user
    row.sealed = (
        sealer.seal(config.login.password, purpose=purpose_of(hall.code, config.id))
        if config.login.password
        else None
    )
    row.allow_basic, row.verify_tls = config.allow_basic, config.verify_tls
    row.device_streams = config.device_streams
    row.options = dict(config.options)
    row.state, row.state_reason, row.state_since = "new", "", now
    row.failures, row.last_sha256, row.last_ok_at = 0, None, None
    row.clock_offset_s, row.open_access = None, False
    session.add(row)
    session.flush()
    return row


def config_of(row: Camera, sealer: Sealer | None) -> CameraConfig:
    """A row as a configuration, its password opened."""
    hall = row.hall.code
    password = Secret("")
    if row.sealed is not None:
        if sealer is None:
            raise StoreError(f"Camera {row.code}: its password is sealed and no key file is there.")
        password = sealer.open(row.sealed, purpose=purpose_of(hall, row.code))
    return CameraConfig(
        hall,
        row.code,
        cast("Kind", row.kind),
        row.url,
        Login(row.login, password),
        row.channel,
        row.place,
        row.name,
        row.allow_basic,
        row.verify_tls,
        row.device_streams,
        {str(k): str(v) for k, v in row.options.items()},
    )


def line_of(row: Camera) -> CameraLine:
    """What may be shown of it."""
    config = config_without_secret(row)
    return CameraLine(
        config.hall,
        row.code,
        row.kind,
        shown_address(row.url),
        row.channel,
        row.state,
        row.state_reason,
        row.last_ok_at,
        row.clock_offset_s,
        row.open_access,
    )


def config_without_secret(row: Camera) -> CameraConfig:
    """The configuration without its password: for limits and lists."""
    return CameraConfig(
        row.hall.code, row.code, cast("Kind", row.kind), row.url, Login(row.login), row.channel
    )


def shown_address(url: str) -> str:
    """Scheme, host and path: a query may hold a token."""
    return url.split("?", 1)[0].split("#", 1)[0]


def succeeded(row: Camera, still: Still, now: datetime) -> None:
    """Write down that a still came."""
    if row.state != "ok":
        row.state, row.state_reason, row.state_since = "ok", "", now
    row.failures = 0
    row.last_ok_at, row.last_sha256 = now, still.picture_sha256
    row.clock_offset_s = still.source.clock_offset_s
    row.open_access = still.source.open_access


def failed(row: Camera, why: str, now: datetime) -> None:
    """Write down that none came; a few in a row are trouble."""
    row.failures += 1
    row.state_reason = why
    if row.state in ("ok", "new") and row.failures >= TROUBLE_AFTER:
        row.state, row.state_since = "trouble", now


def stopped(row: Camera, why: str, now: datetime) -> bool:
    """Stop a camera whose login was refused; True where that is news."""
    news = row.state != "stopped"
    if news:
        row.state, row.state_since = "stopped", now
    row.state_reason = why
    return news


def reset(row: Camera, now: datetime) -> None:
    """Let a stopped camera be asked again."""
    row.state, row.state_reason, row.state_since, row.failures = "new", "", now, 0
