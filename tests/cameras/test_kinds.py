"""One suite for every camera kind, against real servers: what a kind is, is what passes here."""

from __future__ import annotations

import asyncio
import hashlib
import io
import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from service.cameras.make import open_camera
from service.cameras.protocol import (
    KINDS,
    CameraConfig,
    CameraSilent,
    Deadline,
    Kind,
    LoginRefused,
    Still,
    Surroundings,
)
from service.net import AddressError, AddressGuard
from service.secrets import Login, Secret
from tests.cameras.conftest import RtspPorts
from tests.cameras.device import (
    PASSWORD,
    USER,
    Device,
    Handler,
    Reply,
    Shutter,
    dahua,
    hikvision,
    wvp,
    zlm,
)
from tests.cameras.onvif_device import OnvifDevice
from tests.cameras.pictures import jpeg
from vision.seen import HALL_TZ

LOGIN = Login(USER, Secret(PASSWORD))
GB = {"device": "34020000001320000001", "gb_channel": "34020000001310000002"}


@dataclass
class Setup:
    """A configured camera and how often its device has refused a login so far."""

    config: CameraConfig
    refused: Callable[[], int] = lambda: 0
    device: Device | None = None


def camera(
    kind: Kind,
    url: str,
    *,
    login: Login = LOGIN,
    channel: int = 1,
    options: Mapping[str, str] | None = None,
) -> CameraConfig:
    return CameraConfig("h1", "CAM1", kind, url, login, channel, options=options or {})


@contextmanager
def setup_of(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Setup]:
    """Start the real server that a kind needs."""
    with ExitStack() as stack:

        def start(handler: Handler, auth: str = "digest") -> Device:
            return stack.enter_context(Device(handler, auth=auth))

        if name == "http":
            shutter = Shutter()
            device = start(lambda _: Reply(body=shutter()))
            yield Setup(camera("http", device.url + "/now.jpg"), lambda: device.refused, device)
        elif name in ("hikvision", "hikvision nvr"):
            device = start(hikvision(nvr="nvr" in name))
            config = camera("hikvision", device.url, channel=2)
            yield Setup(config, lambda: device.refused, device)
        elif name == "dahua":
            device = start(dahua())
            config = camera("dahua", device.url, channel=2)
            yield Setup(config, lambda: device.refused, device)
        elif name == "onvif":
            onvif = OnvifDevice()
            device = start(onvif.handle, "none")
            yield Setup(camera("onvif", device.url), lambda: onvif.refused, device)
        elif name in ("wvp", "wvp link"):
            device = start(wvp(redirecting="link" in name), "none")
            config = camera("wvp", device.url, options=GB)
            logins = [0]
            yield Setup(config, lambda: logins[0], device)
        elif name == "zlm":
            device = start(zlm(), "none")
            options = {"stream": "rtsp://127.0.0.1/live/1"}
            config = camera("zlm", device.url, login=Login("", Secret(PASSWORD)), options=options)
            yield Setup(config, lambda: 0, device)
        elif name in ("rtsp h264", "rtsp h265"):
            port = request.getfixturevalue("rtsp").closed
            path = name.split()[1]
            yield Setup(camera("rtsp", f"rtsp://127.0.0.1:{port}/{path}"))
        elif name == "onvif stream":
            port = request.getfixturevalue("rtsp").closed
            stream = f"rtsp://192.168.1.64:{port}/h264"
            device = start(OnvifDevice(snapshots=False, stream=stream).handle, "none")
            yield Setup(camera("onvif", device.url), device=device)
        else:
            assert name == "folder"
            drop(tmp_path, jpeg(1), datetime.now(HALL_TZ) - timedelta(seconds=20))
            options = {"settle_s": "0"}
            yield Setup(camera("folder", str(tmp_path), login=Login(), options=options))


def drop(folder: Path, data: bytes, named: datetime, name: str = "nvr") -> Path:
    path = folder / f"{name}_{named:%Y%m%dT%H%M%S}.jpg"
    path.write_bytes(data)
    return path


NAMES = [
    "http", "hikvision", "hikvision nvr", "dahua", "onvif", "onvif stream", "wvp", "wvp link",
    "zlm", "rtsp h264", "rtsp h265", "folder",
]  # fmt: skip
WITH_LOGIN = [n for n in NAMES if n != "folder"]


def take(config: CameraConfig, around: Surroundings, seconds: float = 10.0) -> Still:
    async def go() -> Still:
        return await open_camera(config, around).snapshot(Deadline.after(seconds))

    return asyncio.run(go())


@pytest.fixture(params=NAMES)
def setup(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Setup]:
    with setup_of(request.param, tmp_path, request) as made:
        yield made


@pytest.fixture(params=WITH_LOGIN)
def locked(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Setup]:
    with setup_of(request.param, tmp_path, request) as made:
        yield made


def test_every_kind_is_in_this_suite() -> None:
    assert {n.split()[0] for n in NAMES} == set(KINDS)


def test_gives_a_whole_still_of_now(
    setup: Setup, around: Surroundings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    before = datetime.now(HALL_TZ)
    still = take(setup.config, around)
    picture = Image.open(io.BytesIO(still.data))
    picture.load()
    assert picture.size == (still.width, still.height) == (320, 240)
    assert still.mime == "image/jpeg"
    assert still.sha256 == hashlib.sha256(still.data).hexdigest()
    assert still.taken_at.utcoffset() == timedelta(hours=8)
    assert before - timedelta(minutes=1) < still.taken_at <= datetime.now(HALL_TZ)
    assert still.source.kind == setup.config.kind
    assert setup.refused() == 0
    assert PASSWORD not in caplog.text + repr(still) + repr(setup.config)


def test_a_wrong_password_is_refused_once_and_shown_nowhere(
    locked: Setup, around: Surroundings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    wrong = "wrong-canary-5521"
    config = replace(locked.config, login=replace(locked.config.login, password=Secret(wrong)))
    with pytest.raises(LoginRefused) as error:
        take(config, around)
    assert locked.refused() <= 1
    assert error.value.__cause__ is None
    assert wrong not in str(error.value) + repr(error.value) + caplog.text + repr(config)


def test_nothing_is_sent_outside_the_allowed_networks(locked: Setup, around: Surroundings) -> None:
    narrow = replace(around, guard=AddressGuard.of(["10.0.0.0/8"]))
    seen = 0 if locked.device is None else len(locked.device.requests)
    with pytest.raises(AddressError, match="outside the allowed networks"):
        take(locked.config, narrow)
    assert locked.device is None or len(locked.device.requests) == seen


@pytest.mark.parametrize("name", ["http", "hikvision", "dahua", "onvif", "wvp", "zlm", "rtsp"])
def test_a_device_that_accepts_and_says_nothing_ends_at_the_deadline(
    name: Kind, around: Surroundings
) -> None:
    with Device(lambda _: Reply(silent=True)) as device:
        url = device.url if name != "rtsp" else device.url.replace("http", "rtsp") + "/x"
        options = {**GB, "stream": "rtsp://127.0.0.1/x"} if name in ("wvp", "zlm") else {}
        config = camera(name, url, options=options)
        started = time.monotonic()
        with pytest.raises(CameraSilent):
            take(config, around, seconds=0.6)
        assert time.monotonic() - started < 1.5


@pytest.mark.parametrize(("auth", "uses"), [("digest", "Digest"), ("both", "Digest")])
def test_digest_comes_first(auth: str, uses: str, around: Surroundings) -> None:
    shutter = Shutter()
    with Device(lambda _: Reply(body=shutter()), auth=auth) as device:
        take(camera("http", device.url + "/a.jpg"), around)
        given = [
            r.headers["authorization"] for r in device.requests if "authorization" in r.headers
        ]
        assert [g.split()[0] for g in given] == [uses]


def test_basic_over_plain_http_only_where_the_administrator_says_so(around: Surroundings) -> None:
    with Device(lambda _: Reply(body=jpeg(3)), auth="basic") as device:
        config = camera("http", device.url + "/a.jpg")
        with pytest.raises(LoginRefused, match="--allow-basic"):
            take(config, around)
        assert not any("authorization" in r.headers for r in device.requests)
        assert take(replace(config, allow_basic=True), around).width == 320


def test_open_access_is_reported(around: Surroundings) -> None:
    with Device(lambda _: Reply(body=jpeg(4))) as device:
        still = take(camera("http", device.url + "/a.jpg"), around)
        assert still.source.open_access


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_a_clock_a_day_off_is_measured_and_does_not_lock_us_out(
    days: int, around: Surroundings
) -> None:
    off = timedelta(days=days)
    onvif = OnvifDevice(clock_off=off)
    with Device(onvif.handle, clock_off=off) as device:
        still = take(camera("onvif", device.url), around)
        assert still.source.clock_offset_s == pytest.approx(off.total_seconds(), abs=3)
        assert onvif.refused == 0
        assert abs(still.taken_at - datetime.now(HALL_TZ)) < timedelta(minutes=1)


def test_rtsp_names_its_codec_and_waits_for_a_key_frame(
    rtsp: RtspPorts, around: Surroundings
) -> None:
    for path, codec in (("h264", "h264"), ("h265", "hevc"), ("slow", "h264")):
        config = camera("rtsp", f"rtsp://127.0.0.1:{rtsp.open}/{path}", login=Login())
        assert take(config, around).source.codec == codec


def test_rtsp_drops_grey_frames(rtsp: RtspPorts, around: Surroundings) -> None:
    config = camera("rtsp", f"rtsp://127.0.0.1:{rtsp.open}/grey", login=Login())
    with pytest.raises(CameraSilent, match="no whole key frame"):
        take(config, around, seconds=4)
