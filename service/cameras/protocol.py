"""What every camera kind is: one method that gives one still before a deadline.

CameraError (vision.seen)
|-- CameraSilent      no answer in time, refused, broken off: worth another try later
|-- CameraBusy        the device has no free stream (486, 503): back off, then try again
|-- CameraRubbish     an answer that is no whole picture
|-- CameraPlaceholder a picture that shows no camera's view: default, cached or frozen
`-- LoginRefused      name or password refused: never tried again until someone resets it
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol, TypeAlias, get_args

from service.net import AddressGuard
from service.secrets import Login
from vision.seen import CameraError

Kind: TypeAlias = Literal["http", "hikvision", "dahua", "onvif", "rtsp", "wvp", "zlm", "folder"]
KINDS: tuple[Kind, ...] = get_args(Kind)

BUSY_CODES = frozenset({429, 453, 486, 503})
"""HTTP, RTSP and SIP status codes by which a device says that it has no free stream."""

Doubt: TypeAlias = Literal["default", "cached", "frozen", "flat", "shared"]


class CameraSilent(CameraError):
    """No answer in time, connection refused or broken off."""


class CameraBusy(CameraError):
    """The device has no free stream or session now."""


class CameraRubbish(CameraError):
    """What came is no whole picture of an allowed kind and size."""


class CameraPlaceholder(CameraError):
    """A picture came that is not this camera's view now."""

    def __init__(self, text: str, doubt: Doubt) -> None:
        super().__init__(text)
        self.doubt: Doubt = doubt


class LoginRefused(CameraError):
    """The device refused the login; a second try could lock the account."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment on the monotonic clock by which the whole operation must be over."""

    at: float

    @staticmethod
    def after(seconds: float) -> Deadline:
        return Deadline(time.monotonic() + seconds)

    @property
    def left(self) -> float:
        return max(0.0, self.at - time.monotonic())

    def scope(self) -> asyncio.Timeout:
        """``async with deadline.scope():`` cancels what is still running when time is up."""
        return asyncio.timeout(self.left)


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """Where a still came from, for the record; holds no secret.

    ``clock_offset_s``: the device's clock minus ours, None where it doesn't say.  ``open_access``:
    the device gave the picture without asking for a login (a finding for its owner).
    """

    kind: Kind
    address: str
    codec: str = ""
    clock_offset_s: float | None = None
    open_access: bool = False
    detail: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Still:
    """One whole, decodable picture.  ``taken_at`` is aware, Asia/Shanghai; sizes in pixels.

    ``sha256`` is that of the bytes, ``picture_sha256`` the same without comments and EXIF.
    """

    data: bytes = field(repr=False)
    mime: Literal["image/jpeg", "image/png"]
    taken_at: datetime
    width: int
    height: int
    sha256: str
    picture_sha256: str
    source: SourceInfo


class CameraSource(Protocol):
    """A camera that can be asked for a still.

    ``device`` names the box that bears the load (an NVR for all its channels): limits are per
    device.
    """

    device: str

    async def snapshot(self, deadline: Deadline) -> Still:
        """One still from now on, or a CameraError; never later than the deadline."""
        ...


@dataclass(frozen=True, slots=True)
class Limits:
    """What is accepted of a device.  Bytes, pixels, seconds."""

    max_bytes: int = 20 * 1024 * 1024
    max_pixels: int = 40_000_000
    min_side_px: int = 64
    connect_s: float = 5.0
    read_s: float = 10.0


@dataclass(frozen=True, slots=True)
class CameraConfig:
    """One camera as configured.  ``options`` are the kind's own settings, each checked by it.

    ``device_streams`` is how many requests its device bears at once (NVRs often four in all).
    """

    hall: str
    id: str
    kind: Kind
    url: str
    login: Login = Login()  # noqa: RUF009 - immutable
    channel: int = 1
    place: str = ""
    name: str = ""
    allow_basic: bool = False
    verify_tls: bool = True
    device_streams: int = 2
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a camera kind is given besides its own settings."""

    guard: AddressGuard = AddressGuard()  # noqa: RUF009 - immutable
    limits: Limits = Limits()
