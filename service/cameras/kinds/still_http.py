"""Cameras that give a picture by HTTP: a plain address, Hikvision ISAPI, Dahua snapshot.cgi."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from urllib.parse import urlsplit

from service.cameras.http import Answer, DeviceHttp
from service.cameras.picture import sniff, still_of
from service.cameras.protocol import (
    CameraBusy,
    CameraConfig,
    CameraRubbish,
    Deadline,
    SourceInfo,
    Still,
    Surroundings,
)
from vision.seen import HALL_TZ, InputError


def origin(url: str) -> str:
    """``scheme://host:port`` of a URL: what a device is told apart by."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


async def picture_of(answer: Answer, config: CameraConfig, around: Surroundings) -> Still:
    """The still in an HTTP answer, taken now by our clock; decoded beside the event loop."""
    now = datetime.now(UTC)
    host = urlsplit(config.url).hostname or config.id
    source = SourceInfo(
        config.kind,
        host,
        (sniff(answer.data) or "").removeprefix("image/"),
        answer.clock_offset_s(now),
        answer.open_access,
    )
    taken_at = now.astimezone(HALL_TZ)
    return await asyncio.to_thread(still_of, answer.data, source, taken_at, around.limits)


class HttpDevice:
    """What is asked over HTTP under its own login: which address may be asked, and how."""

    def __init__(self, config: CameraConfig, around: Surroundings) -> None:
        around.guard.split(config.url)
        self._config = config
        self._around = around
        self.device = origin(config.url)

    def _http(self) -> DeviceHttp:
        config = self._config
        return DeviceHttp(
            self._around,
            config.login,
            allow_basic=config.allow_basic,
            verify_tls=config.verify_tls,
        )


class HttpPicture(HttpDevice):
    """A plain HTTP(S) address that answers with a picture."""

    async def snapshot(self, deadline: Deadline) -> Still:
        async with self._http() as http:
            answer = await http.request("GET", self._config.url, deadline)
        return await picture_of(answer, self._config, self._around)


class Hikvision(HttpPicture):
    """ISAPI: a camera's own channel, or an NVR's IP channel by its streaming proxy.

    ``options``: ``way`` = ``camera`` | ``nvr`` | ``auto`` (camera first; an NVR answers 400 or 404
    there and is asked by its proxy).  ``channel`` counts from 1; the main stream is taken.
    """

    def __init__(self, config: CameraConfig, around: Surroundings) -> None:
        super().__init__(config, around)
        self._way = config.options.get("way", "auto")
        if self._way not in ("auto", "camera", "nvr"):
            raise InputError(
                f"camera {config.id}: option way is {self._way!r}; auto, camera or nvr"
            )

    async def snapshot(self, deadline: Deadline) -> Still:
        base = origin(self._config.url)
        track = self._config.channel * 100 + 1
        camera = f"{base}/ISAPI/Streaming/channels/{track}/picture"
        width = self._config.options.get("width", "1920")
        height = self._config.options.get("height", "1080")
        if not (width.isdigit() and height.isdigit()):
            raise InputError(
                f"camera {self._config.id}: options width and height are whole numbers"
            )
        nvr = (
            f"{base}/ISAPI/ContentMgmt/StreamingProxy/channels/{track}/picture"
            f"?videoResolutionWidth={width}&videoResolutionHeight={height}"
        )
        async with self._http() as http:
            if self._way == "nvr":
                answer = await http.request("GET", nvr, deadline)
            elif self._way == "camera":
                answer = await http.request("GET", camera, deadline)
            else:
                either = frozenset({200, 400, 404, 405})
                answer = await http.request("GET", camera, deadline, ok=either)
                if answer.status != 200:
                    answer = await http.request("GET", nvr, deadline)
        busy = b"deviceBusy" in answer.data[:2000] or b"Device Busy" in answer.data[:2000]
        if busy and sniff(answer.data) is None:
            raise CameraBusy(f"{urlsplit(base).hostname} is busy (ISAPI Device Busy)")
        return await picture_of(answer, self._config, self._around)


class Dahua(HttpPicture):
    """``/cgi-bin/snapshot.cgi?channel=N``; some NVRs count the channel from 0: option ``zero``."""

    async def snapshot(self, deadline: Deadline) -> Still:
        first = 0 if self._config.options.get("zero") == "yes" else 1
        channel = self._config.channel - 1 + first
        url = f"{origin(self._config.url)}/cgi-bin/snapshot.cgi?channel={channel}"
        async with self._http() as http:
            answer = await http.request("GET", url, deadline)
        if answer.data[:6] == b"Error\r" or answer.data[:5] == b"Error":
            raise CameraRubbish(f"{urlsplit(url).hostname} answered Error for channel {channel}")
        return await picture_of(answer, self._config, self._around)
