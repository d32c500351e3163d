"""RTSP over TCP by PyAV: waits for a whole key frame, drops grey and broken ones.

Before the stream is opened, one DESCRIBE of our own finds out whether the login is right and
whether the device wants to send us elsewhere: FFmpeg would follow a redirect and says little of
a refusal.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
import re
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit, urlunsplit

import httpx
import numpy as np

from service.cameras.http import challenges, device_date
from service.cameras.picture import grey_share, jpeg_of, still_of
from service.cameras.protocol import (
    BUSY_CODES,
    CameraBusy,
    CameraConfig,
    CameraRubbish,
    CameraSilent,
    Deadline,
    LoginRefused,
    SourceInfo,
    Still,
    Surroundings,
)
from service.net import Target
from service.secrets import Login
from vision.seen import HALL_TZ

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

MAX_REPLY: Final = 64 * 1024
DECODERS: Final = 6
"""Streams opened at once: each costs a thread and a decoder's memory."""

AGAIN_S: Final = 0.7

GREY_ROWS: Final = 0.1
"""More rows than this in the decoder's own grey: parts of the frame never came."""

_slots = threading.BoundedSemaphore(DECODERS)


@dataclass(frozen=True, slots=True)
class Described:
    """What DESCRIBE told: the codec names in the SDP, the device's clock, asked for a login?"""

    codecs: tuple[str, ...]
    clock_offset_s: float | None
    open_access: bool


async def describe(target: Target, login: Login, deadline: Deadline, *, basic: bool) -> Described:
    """One DESCRIBE, answered to one challenge at most."""
    where = target.host
    try:
        async with deadline.scope():
            reader, writer = await asyncio.open_connection(
                target.address,
                target.port,
                ssl=True if target.scheme == "rtsps" else None,
                server_hostname=target.host if target.scheme == "rtsps" else None,
            )
            try:
                status, headers, body = await _ask(reader, writer, target.url, 1, "")
                asked = status == 401
                if asked:
                    if not login.given:
                        raise LoginRefused(f"{where} asks for a login and none is configured")
                    signed = _sign(target, login, headers, basic)
                    status, headers, body = await _ask(reader, writer, target.url, 2, signed)
            finally:
                writer.close()
    except TimeoutError:
        raise CameraSilent(f"{where} did not answer RTSP in time") from None
    except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        raise CameraSilent(f"{where}: RTSP connection refused or broken off") from None
    if status in (401, 403):
        raise LoginRefused(
            f"{where} refused the login (RTSP {status}): this camera is stopped, so that its "
            "account is not locked; mend the password, then reset the camera"
        )
    if 300 <= status < 400:
        raise CameraRubbish(f"{where} redirects its stream: not followed")
    if status in BUSY_CODES:
        raise CameraBusy(f"{where} has no free stream (RTSP {status})")
    if status != 200:
        raise CameraRubbish(f"{where} answered RTSP {status}")
    found = re.findall(r"(?m)^a=rtpmap:\d+ ([A-Za-z0-9]+)/", body)
    if "m=video" not in body:
        raise CameraRubbish(f"{where} describes no video")
    date = device_date(headers.get("date"))
    offset = None if date is None else round((date - datetime.now(UTC)).total_seconds(), 1)
    return Described(tuple(found), offset, login.given and not asked)


async def _ask(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, url: str, number: int, signed: str
) -> tuple[int, dict[str, str], str]:
    lines = [
        f"DESCRIBE {url} RTSP/1.0",
        f"CSeq: {number}",
        "Accept: application/sdp",
        "User-Agent: deskcheck",
    ]
    if signed:
        lines.append(f"Authorization: {signed}")
    writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
    await writer.drain()
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *rest = head.split("\r\n")
    match = re.match(r"RTSP/1\.\d (\d{3})", first)
    if match is None:
        raise CameraRubbish("the device speaks no RTSP")
    headers: dict[str, str] = {}
    for line in rest:
        name, colon, value = line.partition(":")
        if colon:
            key = name.strip().lower()
            # two challenges in two lines: kept as one, as HTTP would
            known = headers.get(key)
            headers[key] = f"{known}, {value.strip()}" if known else value.strip()
    length = headers.get("content-length", "0")
    size = int(length) if length.isdigit() else 0
    if size > MAX_REPLY:
        raise CameraRubbish(f"the device sends a description of {size} bytes")
    body = (await reader.readexactly(size)).decode("utf-8", "replace") if size else ""
    return int(match.group(1)), headers, body


def _sign(target: Target, login: Login, headers: dict[str, str], basic: bool) -> str:
    """The Authorization header for a 401, Digest first."""
    offered = challenges(
        httpx.Response(401, headers={"www-authenticate": headers.get("www-authenticate", "")})
    )
    if "digest" in offered:
        return _digest(offered["digest"], login, "DESCRIBE", target.url, target.host)
    if "basic" in offered and (target.scheme == "rtsps" or basic):
        request = httpx.Request("GET", "http://device/")
        signed = next(httpx.BasicAuth(login.user, login.password.reveal()).auth_flow(request))
        return signed.headers["authorization"]
    raise LoginRefused(
        f"{target.host} offers no Digest login; use rtsps, or allow Basic with --allow-basic"
    )


def _digest(params: str, login: Login, method: str, uri: str, where: str) -> str:
    """RFC 2069/2617 digest as RTSP devices speak it (no qop, or qop=auth)."""
    fields = dict(re.findall(r'(\w+)="?([^",]*)"?', params))
    name = fields.get("algorithm", "MD5").upper()
    algorithms = {"MD5": "md5", "SHA-256": "sha256"}
    if name not in algorithms:
        raise LoginRefused(f"{where} asks for the digest {name}, which is not known here")

    def hashed(text: str) -> str:
        return hashlib.new(algorithms[name], text.encode(), usedforsecurity=False).hexdigest()

    realm, nonce = fields.get("realm", ""), fields.get("nonce", "")
    one = hashed(f"{login.user}:{realm}:{login.password.reveal()}")
    two = hashed(f"{method}:{uri}")
    out = f'Digest username="{login.user}", realm="{realm}", nonce="{nonce}", uri="{uri}"'
    if "algorithm" in fields:
        out += f", algorithm={fields['algorithm']}"
    if "opaque" in fields:
        out += f', opaque="{fields["opaque"]}"'
    if "auth" in fields.get("qop", ""):
        client = os.urandom(8).hex()
        response = hashed(f"{one}:{nonce}:00000001:{client}:auth:{two}")
        return f'{out}, qop=auth, nc=00000001, cnonce="{client}", response="{response}"'
    return f'{out}, response="{hashed(f"{one}:{nonce}:{two}")}"'


class Rtsp:
    """An RTSP stream; give the main stream's address."""

    def __init__(self, config: CameraConfig, around: Surroundings) -> None:
        around.guard.split(config.url)
        parts = urlsplit(config.url)
        self._config = config
        self._around = around
        self.device = f"{parts.scheme}://{parts.netloc}"

    async def snapshot(self, deadline: Deadline) -> Still:
        target = await self._around.guard.check(self._config.url)
        config = self._config
        told = await describe(target, config.login, deadline, basic=config.allow_basic)
        loop = asyncio.get_running_loop()
        thread_result: asyncio.Future[tuple[bytes, str]] = loop.create_future()
        stop = threading.Event()

        def work() -> None:
            pixels = self._around.limits.max_pixels
            try:
                try:
                    value = _grab(target, config, deadline, pixels, stop)
                except CameraBusy:
                    # some devices still clear up after the DESCRIBE: once more, a moment later
                    if stop.wait(min(AGAIN_S, deadline.left)):
                        return
                    value = _grab(target, config, deadline, pixels, stop)
            except (CameraSilent, CameraRubbish, CameraBusy, LoginRefused) as error:
                _hand_over(loop, thread_result, error)
            else:
                _hand_over(loop, thread_result, value)

        threading.Thread(target=work, name=f"rtsp-{config.id}", daemon=True).start()
        try:
            async with deadline.scope():
                data, codec = await thread_result
        except TimeoutError:
            raise CameraSilent(f"{target.host} sent no whole key frame in time") from None
        finally:
            stop.set()
        source = SourceInfo(config.kind, target.host, codec, told.clock_offset_s, told.open_access)
        taken_at = datetime.now(HALL_TZ)
        return await asyncio.to_thread(still_of, data, source, taken_at, self._around.limits)


def _hand_over(
    loop: asyncio.AbstractEventLoop,
    future: asyncio.Future[tuple[bytes, str]],
    value: tuple[bytes, str] | Exception,
) -> None:
    def put() -> None:
        if future.done():
            return
        if isinstance(value, Exception):
            future.set_exception(value)
        else:
            future.set_result(value)

    if not loop.is_closed():
        loop.call_soon_threadsafe(put)


def _grab(
    target: Target, config: CameraConfig, deadline: Deadline, max_pixels: int, stop: threading.Event
) -> tuple[bytes, str]:
    """In a thread: open, read until one good key frame, encode it.  Returns (JPEG, codec)."""
    import av
    from av.error import FFmpegError

    av.logging.set_level(None)  # FFmpeg's own log would show the address with its password
    logging.getLogger("libav").setLevel(logging.CRITICAL)
    where = target.host
    if not _slots.acquire(timeout=max(0.1, deadline.left)):
        raise CameraBusy("too many streams are open at once")
    try:
        left = max(0.5, deadline.left)
        container = av.open(
            _with_login(target, config.login),
            format="rtsp",
            options={
                "rtsp_transport": "tcp",
                "allowed_media_types": "video",
                "protocol_whitelist": "rtsp,rtsps,rtp,srtp,tcp,tls",
                "timeout": str(int(left * 1e6)),
                # one key frame is all we want: no waiting for a frame rate
                "analyzeduration": "500000",
                "probesize": "1000000",
                "fpsprobesize": "0",
                "fflags": "nobuffer+discardcorrupt",
                "max_pixels": str(max_pixels),
            },
            timeout=(left, min(left, 5.0)),
        )
        with container:
            stream = container.streams.video[0]
            stream.codec_context.thread_count = 1
            codec = stream.codec_context.name
            for packet in container.demux(stream):
                if stop.is_set() or deadline.left <= 0:
                    break
                if packet.is_corrupt or time.monotonic() > deadline.at:
                    continue
                try:
                    frames = packet.decode()
                except FFmpegError:
                    continue  # joined in the middle of a group of pictures: wait for the next key
                for frame in frames:
                    if (data := _good(frame)) is not None:
                        return data, codec
    except FFmpegError as error:
        # from None: FFmpeg's error names the address with its password
        code = type(error).__name__
        if code in ("HTTPUnauthorizedError", "HTTPForbiddenError"):
            raise LoginRefused(f"{where} refused the login to its stream") from None
        if code == "HTTPServerError":
            raise CameraBusy(f"{where} has no free stream now") from None
        raise CameraSilent(f"{where}: the stream can't be read ({code})") from None
    except (IndexError, ValueError):
        raise CameraRubbish(f"{where}: the stream holds no readable video") from None
    finally:
        _slots.release()
    raise CameraSilent(f"{where} sent no whole key frame in time")


def _good(frame: VideoFrame) -> bytes | None:
    """The frame as JPEG if it is a whole key frame, else None."""
    if not frame.key_frame or frame.is_corrupt:
        return None
    image = frame.to_ndarray(format="bgr24").astype(np.uint8, copy=False)
    grey = image[::4, ::4].mean(axis=2).astype(np.uint8)
    if grey_share(grey) > GREY_ROWS:
        return None
    return jpeg_of(image)


def _with_login(target: Target, login: Login) -> str:
    parts = urlsplit(target.pinned_url)
    netloc = parts.netloc
    if login.given:
        user = quote(login.user, safe="")
        netloc = f"{user}:{quote(login.password.reveal(), safe='')}@{netloc}"
    return urlunsplit((parts.scheme, netloc, parts.path, parts.query, ""))
