"""A small real HTTP server on loopback that behaves, or misbehaves, like a camera.

Written on asyncio streams, so that a test may send half a body, one byte a second or nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import re
import secrets
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from types import TracebackType
from urllib.parse import parse_qs, urlsplit

from tests.cameras.pictures import jpeg

USER = "inspector"
PASSWORD = "canary-S3cret-7391"  # greped for in everything that leaves the program


@dataclass
class Request:
    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        return {k: v[0] for k, v in parse_qs(urlsplit(self.target).query).items()}


@dataclass
class Reply:
    status: int = 200
    body: bytes = b""
    content_type: str = "image/jpeg"
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None  # what Content-Length says, where it lies
    pace_s: float = 0.0  # seconds between bytes
    endless: bool = False  # goes on sending until nobody listens
    silent: bool = False  # never answers


Handler = Callable[[Request], "Reply | Awaitable[Reply]"]


class Device:
    """``with Device(handler) as device: device.url``; runs in a thread of its own.

    ``auth``: ``digest``, ``basic``, ``both`` or ``none``.  Counts requests and refused logins.
    """

    def __init__(
        self,
        handler: Handler,
        *,
        auth: str = "none",
        user: str = USER,
        password: str = PASSWORD,
        clock_off: timedelta = timedelta(0),
        refuse_all: bool = False,
    ) -> None:
        self.handler = handler
        self.auth = auth
        self.user, self.password = user, password
        self.clock_off = clock_off
        self.refuse_all = refuse_all
        self.requests: list[Request] = []
        self.refused = 0
        self.sent = 0
        self.at_once = 0
        self.most_at_once = 0
        self._nonces: set[str] = set()
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._stop: asyncio.Event | None = None
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Device:
        self._thread.start()
        assert self._ready.wait(5)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._stop is not None
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(5)

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._main())
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0.01))
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()

    async def _main(self) -> None:
        self._stop = asyncio.Event()
        server = await asyncio.start_server(self.client, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()

    async def client(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while (request := await self._read(reader)) is not None:
                self.at_once += 1
                self.most_at_once = max(self.most_at_once, self.at_once)
                try:
                    if not await self._answer(request, writer):
                        break
                finally:
                    self.at_once -= 1
        writer.close()

    async def _read(self, reader: asyncio.StreamReader) -> Request | None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        except asyncio.IncompleteReadError:
            return None
        first, *lines = head.split("\r\n")
        method, target, _ = first.split(" ", 2)
        headers = {
            n.strip().lower(): v.strip() for n, c, v in (x.partition(":") for x in lines) if c
        }
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        return Request(method, target, headers, body)

    async def _answer(self, request: Request, writer: asyncio.StreamWriter) -> bool:
        self.requests.append(request)
        refusal = self.login(request)
        if refusal is not None:
            reply = refusal
        else:
            answer = self.handler(request)
            reply = answer if isinstance(answer, Reply) else await answer
        if reply.silent:
            await asyncio.sleep(60)
            return False
        date = format_datetime(datetime.now(UTC) + self.clock_off, usegmt=True)
        length = len(reply.body) if reply.length is None else reply.length
        head = [
            f"HTTP/1.1 {reply.status} X",
            f"Date: {date}",
            f"Content-Type: {reply.content_type}",
        ]
        if not reply.endless:
            head.append(f"Content-Length: {length}")
        head += [f"{k}: {v}" for k, v in reply.headers.items()]
        writer.write(("\r\n".join(head) + "\r\n\r\n").encode())
        if reply.pace_s:
            for i in range(len(reply.body)):
                writer.write(reply.body[i : i + 1])
                await writer.drain()
                await asyncio.sleep(reply.pace_s)
        elif reply.endless:
            while True:
                writer.write(reply.body)
                self.sent += len(reply.body)
                await writer.drain()
        else:
            writer.write(reply.body)
        await writer.drain()
        return reply.length is None

    def login(self, request: Request) -> Reply | None:
        if self.auth == "none" and not self.refuse_all:
            return None
        given = request.headers.get("authorization", "")
        if not self.refuse_all and (
            (given.startswith("Digest ") and self.auth in ("digest", "both") and self._ok(request))
            or (
                given.startswith("Basic ") and self.auth in ("basic", "both") and self._basic(given)
            )
        ):
            return None
        if given:
            self.refused += 1
        nonce = secrets.token_hex(8)
        self._nonces.add(nonce)
        digest = f'Digest realm="cam", qop="auth", nonce="{nonce}", algorithm=MD5'
        offered = {
            "digest": digest,
            "basic": 'Basic realm="cam"',
            "both": f'Basic realm="cam", {digest}',
            "none": digest,
        }[self.auth]
        return Reply(401, b"no", "text/plain", {"WWW-Authenticate": offered})

    def _basic(self, given: str) -> bool:
        import base64

        return base64.b64decode(given[6:]).decode() == f"{self.user}:{self.password}"

    def _ok(self, request: Request) -> bool:
        header = request.headers["authorization"]
        got = {k: v.strip('"') for k, v in re.findall(r'(\w+)=("[^"]*"|[^,\s]+)', header)}
        if got.get("nonce") not in self._nonces or got.get("uri") != request.target:
            return False

        def md5(text: str) -> str:
            return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()

        one = md5(f"{self.user}:cam:{self.password}")
        two = md5(f"{request.method}:{got['uri']}")
        want = md5(f"{one}:{got['nonce']}:{got['nc']}:{got['cnonce']}:{got['qop']}:{two}")
        return bool(got["response"] == want and got["username"] == self.user)


class Shutter:
    """A new picture at every call: a live camera never sends the same bytes twice."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> bytes:
        self.count += 1
        return jpeg(self.count)


def hikvision(*, nvr: bool = False) -> Handler:
    """ISAPI as a camera answers it, or as an NVR does for its IP channels."""
    shutter = Shutter()
    bad = b'<?xml version="1.0"?><ResponseStatus><statusString>badXmlContent</statusString>'

    def handle(request: Request) -> Reply:
        if request.path == "/ISAPI/Streaming/channels/201/picture":
            if nvr:
                return Reply(400, bad + b"</ResponseStatus>", "application/xml")
            return Reply(body=shutter())
        if request.path == "/ISAPI/ContentMgmt/StreamingProxy/channels/201/picture" and nvr:
            assert request.query["videoResolutionWidth"] == "1920"
            return Reply(body=shutter())
        return Reply(404, b"<x/>", "application/xml")

    return handle


def dahua() -> Handler:
    shutter = Shutter()

    def handle(request: Request) -> Reply:
        if request.path == "/cgi-bin/snapshot.cgi" and request.query == {"channel": "2"}:
            return Reply(body=shutter())
        return Reply(400, b"Error\r\nBad Request", "text/plain")

    return handle


def wvp(*, redirecting: bool = True, answer: Callable[[], Reply] | None = None) -> Handler:
    """WVP-PRO: login gives a token, snap gives the picture's address on a host name of its own."""
    shutter = Shutter()
    md5 = hashlib.md5(PASSWORD.encode(), usedforsecurity=False).hexdigest()
    token = "token-" + secrets.token_hex(4)

    def handle(request: Request) -> Reply:
        def said(code: int, msg: str, data: object) -> Reply:
            body = json.dumps({"code": code, "msg": msg, "data": data}).encode()
            return Reply(body=body, content_type="application/json")

        if request.path == "/api/user/login":
            if request.query.get("password") != md5:
                return said(401, "用户名或密码错误", None)
            return said(0, "成功", {"accessToken": token})
        if request.headers.get("access-token") != token:
            return said(401, "请登录后重新请求", None)
        if request.path == "/api/play/snap/34020000001320000001/34020000001310000002":
            if answer is not None:
                return answer()
            where = "http://wvp.internal:18080/api/device/query/snap/1/2?mark=9"
            return said(0, "成功", where) if redirecting else Reply(body=shutter())
        if request.path == "/api/device/query/snap/1/2":
            return Reply(body=shutter())
        return said(404, "no", None)

    return handle


def zlm(*, answer: Callable[[], Reply] | None = None) -> Handler:
    """ZLMediaKit's getSnap; the secret is the test password."""
    shutter = Shutter()

    def handle(request: Request) -> Reply:
        if request.path != "/index/api/getSnap" or request.query.get("secret") != PASSWORD:
            body = json.dumps({"code": -100, "msg": "Incorrect secret"}).encode()
            return Reply(body=body, content_type="application/json")
        assert request.query["expire_sec"] == "1"
        return Reply(body=shutter()) if answer is None else answer()

    return handle
