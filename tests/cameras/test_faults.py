"""Devices that fail, lie and attack: each row of the table is one fault put in on purpose."""

from __future__ import annotations

import asyncio
import resource
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from service.cameras.make import open_camera
from service.cameras.protocol import (
    CameraBusy,
    CameraPlaceholder,
    CameraRubbish,
    CameraSilent,
    Deadline,
    Kind,
    LoginRefused,
    Surroundings,
)
from service.net import AddressGuard
from service.secrets import Login, Secret
from tests.cameras.device import PASSWORD, Device, Reply, Request, wvp, zlm
from tests.cameras.pictures import flat, jpeg, png, png_bomb
from tests.cameras.test_kinds import GB, camera, take
from vision.seen import CameraError, InputError

WHOLE = jpeg(1, 640, 480)

FAULTS: list[tuple[str, Callable[[], Reply], type[CameraError], str]] = [
    ("half a picture, connection cut", lambda: Reply(body=WHOLE[:4000], length=len(WHOLE)),
     CameraRubbish, "broke off"),
    ("half a picture, length fits", lambda: Reply(body=WHOLE[: len(WHOLE) // 2]),
     CameraRubbish, "half a picture"),
    ("one byte a second", lambda: Reply(body=WHOLE, pace_s=0.3), CameraSilent, "in time"),
    ("a web page called JPEG", lambda: Reply(body=b"<html>login</html>"),
     CameraRubbish, "a web page"),
    ("JSON called JPEG", lambda: Reply(body=b'{"code": 1}'), CameraRubbish, "JSON"),
    ("nothing", lambda: Reply(body=b""), CameraRubbish, "empty"),
    ("a script called JPEG", lambda: Reply(body=b"GIF89a<svg onload=x>"), CameraRubbish, "no JPEG"),
    ("500", lambda: Reply(500, b"x", "text/plain"), CameraRubbish, "HTTP 500"),
    ("busy", lambda: Reply(503, b"x", "text/plain"), CameraBusy, "busy"),
    ("redirect to another host", lambda: Reply(302, headers={"Location": "http://localhost:1/x"}),
     CameraRubbish, "another host"),
    ("redirect to a file", lambda: Reply(302, headers={"Location": "file:///etc/passwd"}),
     CameraRubbish, "another host"),
    ("redirects for ever", lambda: Reply(302, headers={"Location": "/again.jpg"}),
     CameraRubbish, "redirects more than"),
    ("1 GB announced", lambda: Reply(body=b"\xff\xd8\xff", length=1_000_000_000),
     CameraRubbish, "announces 1000000000 bytes"),
    ("endless body", lambda: Reply(body=WHOLE * 8, endless=True), CameraRubbish, "more than the"),
    ("gzip bomb", lambda: Reply(body=b"\x1f\x8b" + bytes(99), headers={"Content-Encoding": "gzip"}),
     CameraRubbish, "packed"),
    ("PNG bomb", lambda: Reply(body=png_bomb(), content_type="image/png"),
     CameraRubbish, "pixels"),
    ("no signal", lambda: Reply(body=flat()), CameraPlaceholder, "no video signal"),
    ("one pixel", lambda: Reply(body=jpeg(1, 16, 16)), CameraRubbish, "only 16x16"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("reply", "error", "text"), [f[1:] for f in FAULTS], ids=[f[0] for f in FAULTS]
)
def test_fault(
    reply: Callable[[], Reply], error: type[CameraError], text: str, around: Surroundings
) -> None:
    started = time.monotonic()
    with Device(lambda _: reply(), auth="digest") as device:
        with pytest.raises(error, match=text) as raised:
            take(camera("http", device.url + "/a.jpg"), around, seconds=1.5)
        assert time.monotonic() - started < 3
        assert device.sent < 16_000_000
        assert PASSWORD not in str(raised.value)


def test_wrong_content_type_of_a_real_picture_is_no_fault(around: Surroundings) -> None:
    with Device(lambda _: Reply(body=png(1), content_type="text/plain")) as device:
        still = take(camera("http", device.url + "/a"), around)
        assert still.mime == "image/png"


def test_a_dark_hall_is_no_placeholder(around: Surroundings) -> None:
    with Device(lambda _: Reply(body=flat(5))) as device:
        assert take(camera("http", device.url + "/a"), around).width == 320


def test_401_for_ever_is_one_refused_login(around: Surroundings) -> None:
    with Device(lambda _: Reply(body=WHOLE), refuse_all=True) as device:
        with pytest.raises(LoginRefused, match="stopped"):
            take(camera("http", device.url + "/a.jpg"), around)
        assert device.refused == 1


def test_refused_connection(around: Surroundings) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(CameraSilent, match="refused"):
        take(camera("http", f"http://127.0.0.1:{port}/a.jpg"), around)


@contextmanager
def mute_listener() -> Iterator[int]:
    """Accepts connections and says nothing at all: no TLS hello, no RTSP answer."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(8)
        yield server.getsockname()[1]


@pytest.mark.parametrize("url", ["https://127.0.0.1:{}/a.jpg", "rtsp://127.0.0.1:{}/x"])
def test_hangs_in_the_handshake(url: str, around: Surroundings) -> None:
    with mute_listener() as port:
        kind: Kind = "rtsp" if url.startswith("rtsp") else "http"
        started = time.monotonic()
        with pytest.raises(CameraSilent):
            take(camera(kind, url.format(port)), around, seconds=0.8)
        assert time.monotonic() - started < 1.8


def test_same_host_redirect_is_followed(around: Surroundings) -> None:
    def handle(request: Request) -> Reply:
        if request.path == "/a.jpg":
            return Reply(302, headers={"Location": "/b.jpg"})
        return Reply(body=WHOLE)

    with Device(handle, auth="digest") as device:
        assert take(camera("http", device.url + "/a.jpg"), around).width == 640


# --------------------------------------------------------------------------- RTSP


@contextmanager
def rtsp_that_says(*answers: bytes) -> Iterator[tuple[int, list[bytes]]]:
    """A listener that gives each connection the next answers and keeps what it was asked."""
    asked: list[bytes] = []
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(8)
        server.settimeout(5)

        def serve() -> None:
            try:
                client, _ = server.accept()
                with client:
                    for answer in answers:
                        asked.append(client.recv(4096))
                        client.sendall(answer)
            except OSError:
                return

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield server.getsockname()[1], asked
        thread.join(1)


CHALLENGE = b'RTSP/1.0 401 X\r\nCSeq: 1\r\nWWW-Authenticate: Digest realm="r", nonce="n"\r\n\r\n'


@pytest.mark.parametrize(
    ("answers", "error", "text"),
    [
        ([b"RTSP/1.0 302 X\r\nCSeq: 1\r\nLocation: rtsp://198.51.100.1/x\r\n\r\n"],
         CameraRubbish, "redirects its stream"),
        ([b"RTSP/1.0 453 X\r\nCSeq: 1\r\n\r\n"], CameraBusy, "no free stream"),
        ([b"RTSP/1.0 200 X\r\nCSeq: 1\r\nContent-Length: 999999999\r\n\r\n"],
         CameraRubbish, "description of 999999999"),
        ([b"HTTP/1.1 200 OK\r\n\r\n"], CameraRubbish, "no RTSP"),
        ([CHALLENGE, CHALLENGE], LoginRefused, "refused the login"),
        ([b"RTSP/1.0 401 X\r\nWWW-Authenticate: Basic realm=r\r\n\r\n"], LoginRefused, "no Digest"),
    ],
)  # fmt: skip
def test_rtsp_fault(
    answers: list[bytes], error: type[CameraError], text: str, around: Surroundings
) -> None:
    with rtsp_that_says(*answers) as (port, asked):
        with pytest.raises(error, match=text):
            take(camera("rtsp", f"rtsp://127.0.0.1:{port}/x"), around, seconds=2)
        assert sum(b"Authorization" in a for a in asked) <= 1
        assert all(PASSWORD.encode() not in a for a in asked)


# --------------------------------------------------------------------------- GB/T 28181


def said(code: int, msg: str) -> Reply:
    return Reply(
        body=f'{{"code": {code}, "msg": "{msg}"}}'.encode(), content_type="application/json"
    )


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (lambda: Reply(body=png(2), content_type="image/png"), CameraPlaceholder),
        (lambda: said(486, "Busy Here"), CameraBusy),
        (lambda: said(100, "点播失败: 486"), CameraBusy),
        (lambda: said(100, "收流超时"), CameraSilent),
        (lambda: said(100, "no"), CameraRubbish),
        (lambda: Reply(body=b"{broken"), CameraRubbish),
    ],
)
def test_platform_answers_are_known_for_what_they_are(
    reply: Callable[[], Reply], error: type[CameraError], around: Surroundings
) -> None:
    with Device(wvp(answer=reply)) as device, pytest.raises(error):
        take(camera("wvp", device.url, options=GB), around)
    options = {"stream": "rtsp://127.0.0.1/live/1"}
    login = Login("", Secret(PASSWORD))
    with Device(zlm(answer=reply)) as device, pytest.raises(error):
        take(camera("zlm", device.url, login=login, options=options), around)


def test_a_default_picture_may_be_named_by_its_hash(around: Surroundings) -> None:
    still = jpeg(77)
    import hashlib

    known = {**GB, "placeholder_sha256": hashlib.sha256(still).hexdigest().upper()}
    with Device(wvp(answer=lambda: Reply(body=still))) as device:
        with pytest.raises(CameraPlaceholder) as error:
            take(camera("wvp", device.url, options=known), around)
        assert error.value.doubt == "default"


def test_zlm_is_not_sent_where_we_may_not_go() -> None:
    narrow = Surroundings(AddressGuard.of(["127.0.0.0/8"]))
    options = {"stream": "rtsp://203.0.113.9/live"}
    with Device(zlm()) as device:
        with pytest.raises(InputError, match="outside the allowed"):
            take(camera("zlm", device.url, options=options), narrow)
        assert not device.requests


# --------------------------------------------------------------------------- memory and ONVIF XML


def test_an_endless_body_costs_little_memory(around: Surroundings) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with Device(lambda _: Reply(body=bytes(65536), endless=True)) as device:
        for _ in range(3):
            with pytest.raises(CameraRubbish):
                take(camera("http", device.url + "/a.jpg"), around)
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) < 60_000


@pytest.mark.parametrize(
    "xml",
    [
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>',
        b"<x", b"", b"\xff\xfe\x00",
    ],
)  # fmt: skip
def test_onvif_xml_attacks_are_rubbish(xml: bytes, around: Surroundings) -> None:
    with (
        Device(lambda _: Reply(body=xml, content_type="application/soap+xml")) as device,
        pytest.raises(CameraRubbish),
    ):
        take(camera("onvif", device.url), around)


def test_cancelling_leaves_nothing_behind(around: Surroundings) -> None:
    async def go() -> None:
        with Device(lambda _: Reply(silent=True)) as device:
            source = open_camera(camera("http", device.url), around)
            task = asyncio.create_task(source.snapshot(Deadline.after(30)))
            await asyncio.sleep(0.2)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert [t for t in asyncio.all_tasks() if t is not asyncio.current_task()] == []

    asyncio.run(go())
