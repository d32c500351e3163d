"""Cameras behind a GB/T 28181 platform: WVP-PRO's snap and ZLMediaKit's getSnap.

Both open a stream for one picture, so one at a time per device.  Both may answer with a picture
that is not the camera's: the platform's own default, or one from before.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import Final
from urllib.parse import quote, urlencode, urljoin, urlsplit

from service.cameras.http import Answer, DeviceHttp
from service.cameras.kinds.still_http import origin, picture_of
from service.cameras.picture import sniff
from service.cameras.protocol import (
    CameraBusy,
    CameraConfig,
    CameraPlaceholder,
    CameraRubbish,
    CameraSilent,
    Deadline,
    LoginRefused,
    Still,
    Surroundings,
)
from service.secrets import Login
from vision.seen import InputError

_ID: Final = re.compile(r"[0-9A-Za-z_-]{1,64}")
_BUSY: Final = re.compile(r"486|busy|忙")
_OFFLINE: Final = re.compile(r"408|timeout|超时|离线|offline")


class _Platform:
    """What both platforms share: no HTTP login of their own, known default pictures."""

    def __init__(self, config: CameraConfig, around: Surroundings) -> None:
        around.guard.split(config.url)
        self._config = config
        self._around = around
        known = config.options.get("placeholder_sha256", "")
        self._known = frozenset(known.lower().replace(",", " ").split())

    def _http(self) -> DeviceHttp:
        return DeviceHttp(self._around, Login(), verify_tls=self._config.verify_tls)

    def _need(self, name: str) -> str:
        value = self._config.options.get(name, "")
        if not value:
            raise InputError(f"camera {self._config.id}: kind {self._config.kind} needs {name}=...")
        return value

    async def _still(self, answer: Answer) -> Still:
        data = answer.data
        host = urlsplit(self._config.url).hostname
        if sniff(data) is None and data[:1] in (b"{", b"["):
            self._complain(data)
        # real snapshots are JPEG; the platforms' stand-in is a PNG logo
        stand_in = sniff(data) == "image/png"
        if stand_in or hashlib.sha256(data).hexdigest() in self._known:
            raise CameraPlaceholder(f"{host} sent its default picture: no video came", "default")
        return await picture_of(answer, self._config, self._around)

    def _complain(self, data: bytes) -> None:
        """Turn a platform's JSON complaint into the right error; its own text is cut short."""
        host = urlsplit(self._config.url).hostname
        try:
            body = json.loads(data)
        except ValueError:
            raise CameraRubbish(f"{host} sent broken JSON in place of a picture") from None
        code = body.get("code") if isinstance(body, dict) else None
        text = str(body.get("msg", ""))[:80] if isinstance(body, dict) else ""
        if code in (401, 403, -100):
            raise LoginRefused(f"{host} refused the login or key (code {code})")
        if _BUSY.search(f"{code} {text}"):
            raise CameraBusy(f"{host}: the device is busy (486)")
        if _OFFLINE.search(f"{code} {text}"):
            raise CameraSilent(f"{host}: the device did not answer the platform")
        raise CameraRubbish(f"{host} refused the snapshot (code {code})")


class Wvp(_Platform):
    """WVP-PRO.  ``options``: ``device`` and ``gb_channel``, the two national ids.

    Login: with a user name ``/api/user/login`` (the password leaves as MD5, as that API wants);
    without one, the password is an API key.
    """

    def __init__(self, config: CameraConfig, around: Surroundings) -> None:
        super().__init__(config, around)
        self._gb_device = self._need("device")
        self._gb_channel = self._need("gb_channel")
        for value in (self._gb_device, self._gb_channel):
            if not _ID.fullmatch(value):
                raise InputError(f"camera {config.id}: {value!r} is no GB/T 28181 id")
        self.device = f"{origin(config.url)}/{self._gb_device}"

    async def _headers(self, http: DeviceHttp, deadline: Deadline) -> dict[str, str]:
        login = self._config.login
        if not login.given:
            return {}
        if not login.user:
            return {"api-key": login.password.reveal()}
        # MD5 is what the platform's interface asks for, not a choice
        md5 = hashlib.md5(login.password.reveal().encode(), usedforsecurity=False).hexdigest()
        query = urlencode({"username": login.user, "password": md5})
        url = f"{origin(self._config.url)}/api/user/login?{query}"
        answer = await http.request("GET", url, deadline, login=False)
        token = answer.headers.get("access-token", "")
        try:
            body = json.loads(answer.data)
        except ValueError:
            body = {}
        data = body.get("data") if isinstance(body, dict) else None
        if not token and isinstance(data, dict):
            token = str(data.get("accessToken") or "")
        if not token:
            raise LoginRefused(f"{urlsplit(url).hostname} refused the login")
        return {"access-token": token}

    async def snapshot(self, deadline: Deadline) -> Still:
        base = origin(self._config.url)
        any_status = frozenset({200, 400, 404, 500})
        async with self._http() as http:
            headers = await self._headers(http, deadline)
            path = f"/api/play/snap/{quote(self._gb_device)}/{quote(self._gb_channel)}"
            answer = await http.request(
                "GET", base + path, deadline, headers=headers, ok=any_status
            )
            if answer.status in (400, 404):
                query = urlencode({"deviceId": self._gb_device, "channelId": self._gb_channel})
                url = f"{base}/api/play/snap?{query}"
                answer = await http.request("GET", url, deadline, headers=headers, ok=any_status)
            where = _link(answer.data)
            if where is not None:
                # the platform names itself as its browser sees it: only the path is taken
                parts = urlsplit(urljoin(base, where))
                url = base + parts.path + (f"?{parts.query}" if parts.query else "")
                answer = await http.request("GET", url, deadline, headers=headers)
        return await self._still(answer)


def _link(data: bytes) -> str | None:
    """The picture's address in ``{"code": 0, "data": URL}``, or None."""
    if sniff(data) is not None or data[:1] != b"{":
        return None
    try:
        body = json.loads(data)
    except ValueError:
        return None
    found = body.get("data")
    if body.get("code") == 0 and isinstance(found, str) and found:
        return found
    return None


class Zlm(_Platform):
    """ZLMediaKit ``/index/api/getSnap``.  ``options``: ``stream``, the address it shall look at.

    The password is the server's ``secret``.  A picture younger than ``expire_sec`` comes from its
    cache, so that is one second, and bytes seen before are refused (see capture).
    """

    def __init__(self, config: CameraConfig, around: Surroundings) -> None:
        super().__init__(config, around)
        self._stream = self._need("stream")
        # the server fetches this address for us: it must not be a way around the guard
        around.guard.split(self._stream)
        self.device = f"{origin(config.url)}/{origin(self._stream)}"

    async def snapshot(self, deadline: Deadline) -> Still:
        await self._around.guard.check(self._stream)
        wait = max(1, int(deadline.left) - 1)
        query = urlencode(
            {
                "secret": self._config.login.password.reveal(),
                "url": self._stream,
                "timeout_sec": str(min(wait, 15)),
                "expire_sec": "1",
            }
        )
        async with self._http() as http:
            url = f"{origin(self._config.url)}/index/api/getSnap?{query}"
            answer = await http.request("GET", url, deadline)
        return await self._still(answer)
