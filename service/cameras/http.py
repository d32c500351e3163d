"""HTTP to devices: guarded address, one login try, bounded in bytes and in time."""

from __future__ import annotations

import logging
import re
import ssl
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Final
from urllib.parse import urljoin, urlsplit

import httpx

from service.cameras.protocol import (
    BUSY_CODES,
    CameraBusy,
    CameraRubbish,
    CameraSilent,
    Deadline,
    Limits,
    LoginRefused,
    Surroundings,
)
from service.net import AddressError, AddressGuard, redact
from service.secrets import Login

MAX_REDIRECTS: Final = 3

# httpx logs whole request URLs at INFO and httpcore whole headers at DEBUG: both hold secrets.
logging.getLogger("httpx").setLevel(logging.WARNING)
logging.getLogger("httpcore").setLevel(logging.WARNING)


@cache
def _tls(verify: bool) -> ssl.SSLContext:
    """One context for all: loading the authorities anew costs more than a whole picture."""
    return httpx.create_ssl_context(verify=verify, trust_env=False)


class _Pinned(httpx.AsyncBaseTransport):
    """Connects to the address that the guard checked; Host header and TLS name stay as written."""

    def __init__(self, guard: AddressGuard, verify: bool) -> None:
        self._guard = guard
        self._pins: dict[tuple[str, str, int | None], str] = {}
        self._inner = httpx.AsyncHTTPTransport(verify=_tls(verify), retries=0, trust_env=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        key = (url.scheme, url.host, url.port)
        if key not in self._pins:
            self._pins[key] = (await self._guard.check(str(url))).address
        request.extensions = {**request.extensions, "sni_hostname": url.host}
        # the request object keeps the name: digest and redirects reckon with it
        pinned = httpx.Request(
            request.method,
            url.copy_with(host=self._pins[key]),
            headers=request.headers,
            stream=request.stream,
            extensions=request.extensions,
        )
        return await self._inner.handle_async_request(pinned)

    async def aclose(self) -> None:
        await self._inner.aclose()


_SCHEME: Final = re.compile(r"(?i)(?:^|,\s*)(digest|basic)\s+")


def challenges(response: httpx.Response) -> dict[str, str]:
    """The offered login schemes, lower case, with their parameters (first of each kind)."""
    found: dict[str, str] = {}
    for header in response.headers.get_list("www-authenticate"):
        marks = list(_SCHEME.finditer(header))
        if not marks and header.strip().lower() == "basic":
            found.setdefault("basic", "")
        for mark, following in zip(marks, [*marks[1:], None], strict=True):
            end = following.start() if following else len(header)
            found.setdefault(mark.group(1).lower(), header[mark.end() : end].strip(" ,"))
    return found


class OneTryAuth(httpx.Auth):
    """Digest where it is offered; Basic only where it is all there is and the wire is safe.

    One answer to one challenge, never a second: a device counts refused logins and locks.
    """

    def __init__(self, login: Login, *, allow_basic: bool) -> None:
        self._login = login
        self._allow_basic = allow_basic
        self.asked = False

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        response = yield request
        if response.status_code != 401:
            return
        self.asked = True
        where = request.url.host
        if not self._login.given:
            raise LoginRefused(f"{where} asks for a login and none is configured")
        offered = challenges(response)
        if "digest" in offered:
            inner = httpx.DigestAuth(self._login.user, self._login.password.reveal())
            for again in (False, True):
                flow = inner.auth_flow(request)
                next(flow)
                challenge = httpx.Response(
                    401,
                    headers={"www-authenticate": f"Digest {offered['digest']}"},
                    request=request,
                )
                try:
                    signed = flow.send(challenge)
                except (httpx.ProtocolError, NotImplementedError, KeyError, StopIteration):
                    raise LoginRefused(
                        f"{where} asks for a login in a way not known here"
                    ) from None
                response = yield signed
                # "stale": the name and password were right, only the nonce was too old
                offered = challenges(response) if response.status_code == 401 else {}
                stale = re.search(r'(?i)stale="?true', offered.get("digest", ""))
                if again or not stale:
                    return
                inner = httpx.DigestAuth(self._login.user, self._login.password.reveal())
        elif "basic" in offered:
            if not (request.url.scheme == "https" or self._allow_basic):
                raise LoginRefused(
                    f"{where} offers only Basic over plain http, which shows the password to the "
                    "network; use https, or allow it for this camera with --allow-basic"
                )
            inner_basic = httpx.BasicAuth(self._login.user, self._login.password.reveal())
            yield from inner_basic.auth_flow(request)
        else:
            raise LoginRefused(f"{where} asks for a login and offers neither Digest nor Basic")


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer, read whole.  ``date`` is the device's clock, aware, or None."""

    status: int
    data: bytes = field(repr=False)
    content_type: str
    date: datetime | None
    open_access: bool
    url: str = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)

    def clock_offset_s(self, now: datetime) -> float | None:
        return None if self.date is None else round((self.date - now).total_seconds(), 1)


def device_date(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


async def _body(response: httpx.Response, limits: Limits, where: str) -> bytes:
    announced = response.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > limits.max_bytes:
        raise CameraRubbish(
            f"{where} announces {int(announced)} bytes, more than the allowed {limits.max_bytes}"
        )
    coding = response.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("", "identity"):
        raise CameraRubbish(f"{where} sends packed data ({coding}), which was not asked for")
    parts: list[bytes] = []
    size = 0
    async for part in response.aiter_raw(65536):
        size += len(part)
        if size > limits.max_bytes:
            raise CameraRubbish(f"{where} sends more than the allowed {limits.max_bytes} bytes")
        parts.append(part)
    return b"".join(parts)


class DeviceHttp:
    """One device's HTTP for one operation: ``async with DeviceHttp(...) as http``."""

    def __init__(
        self,
        around: Surroundings,
        login: Login,
        *,
        allow_basic: bool = False,
        verify_tls: bool = True,
    ) -> None:
        self._around = around
        self._auth = OneTryAuth(login, allow_basic=allow_basic)
        self._login = login
        self._client = httpx.AsyncClient(
            transport=_Pinned(around.guard, verify_tls),
            follow_redirects=False,
            trust_env=False,
            headers={"accept-encoding": "identity", "user-agent": "deskcheck"},
        )

    async def __aenter__(self) -> DeviceHttp:
        return self

    async def __aexit__(self, *args: object) -> None:
        await self._client.aclose()

    async def request(
        self,
        method: str,
        url: str,
        deadline: Deadline,
        *,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        login: bool = True,
        ok: frozenset[int] = frozenset({200}),
    ) -> Answer:
        """One request, redirects within the same host followed; CameraError for everything else."""
        first = urlsplit(url)
        where = first.hostname or "camera"
        try:
            async with deadline.scope():
                for _ in range(MAX_REDIRECTS + 1):
                    answer, onward = await self._once(
                        method, url, content, headers, login, deadline
                    )
                    if onward is None:
                        self._judge(answer, where, ok)
                        return answer
                    target = urlsplit(onward)
                    if target.hostname != first.hostname:
                        raise CameraRubbish(
                            f"{where} redirects to another host ({target.hostname}): not followed"
                        )
                    if first.scheme == "https" and target.scheme != "https":
                        raise CameraRubbish(f"{where} redirects from https to plain http")
                    url = onward
                raise CameraRubbish(f"{where} redirects more than {MAX_REDIRECTS} times")
        except TimeoutError:
            raise CameraSilent(f"{where} did not answer in time") from None
        except httpx.TimeoutException as error:
            kind = "connect" if isinstance(error, httpx.ConnectTimeout) else "answer"
            raise CameraSilent(f"{where} did not {kind} in time") from None
        except httpx.RemoteProtocolError:
            raise CameraRubbish(f"{where} broke off or spoke no proper HTTP") from None
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, OSError) as error:
            raise CameraSilent(f"{where}: {_plain(error)}") from None

    async def _once(
        self,
        method: str,
        url: str,
        content: bytes | None,
        headers: Mapping[str, str] | None,
        login: bool,
        deadline: Deadline,
    ) -> tuple[Answer, str | None]:
        self._around.guard.split(url)
        limits = self._around.limits
        # a connection that is cancelled half-way through its TLS handshake is left open by httpx:
        # its own time-out, a moment before ours, closes it
        left = max(0.05, deadline.left - 0.05)
        async with self._client.stream(
            method,
            url,
            content=content,
            headers=dict(headers or {}),
            auth=self._auth if login else None,
            timeout=httpx.Timeout(min(limits.read_s, left), connect=min(limits.connect_s, left)),
        ) as response:
            onward = None
            if response.status_code in (301, 302, 303, 307, 308):
                onward = urljoin(url, response.headers.get("location", ""))
            where = urlsplit(url).hostname or "camera"
            data = b"" if onward else await _body(response, limits, where)
            return (
                Answer(
                    response.status_code,
                    data,
                    response.headers.get("content-type", "").split(";")[0].strip().lower(),
                    device_date(response.headers.get("date")),
                    self._login.given and not self._auth.asked,
                    url,
                    {k.lower(): v for k, v in response.headers.items()},
                ),
                onward,
            )

    @staticmethod
    def _judge(answer: Answer, where: str, ok: frozenset[int]) -> None:
        status = answer.status
        if status in ok:
            return
        if status in (401, 403):
            raise LoginRefused(
                f"{where} refused the login (HTTP {status}): this camera is stopped, so that its "
                "account is not locked; mend the password, then reset the camera"
            )
        if status in BUSY_CODES:
            raise CameraBusy(f"{where} is busy (HTTP {status})")
        raise CameraRubbish(f"{where} answered HTTP {status}")


def _plain(error: Exception) -> str:
    """What went wrong with a connection, in words, without address or credentials."""
    text = redact(str(error)) or type(error).__name__
    if "certificate" in text.lower():
        return "its TLS certificate is not trusted; give its authority or switch checking off"
    if isinstance(error, httpx.ConnectError):
        return "connection refused or no way to it"
    return f"connection broke off ({type(error).__name__})"


__all__ = ["AddressError", "Answer", "DeviceHttp", "OneTryAuth", "challenges"]
