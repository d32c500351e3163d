"""ONVIF: the few SOAP calls that lead to a snapshot, WS-Security digest, nothing else.

Way: GetSystemDateAndTime (without login: the digest needs the device's clock) -> GetCapabilities ->
GetProfiles -> GetSnapshotUri of the largest profile; a device without snapshots gives its stream
address instead, which is read by the RTSP kind.
"""

from __future__ import annotations

import base64
import hashlib
import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit, urlunsplit
from xml.etree.ElementTree import Element, ParseError
from xml.sax.saxutils import escape, quoteattr

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from service.cameras.http import DeviceHttp
from service.cameras.kinds.rtsp import Rtsp
from service.cameras.kinds.still_http import HttpDevice, picture_of
from service.cameras.protocol import (
    CameraConfig,
    CameraRubbish,
    Deadline,
    LoginRefused,
    Still,
    Surroundings,
)

_SOAP: Final = "http://www.w3.org/2003/05/soap-envelope"
_WSSE: Final = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
_WSU: Final = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
_DIGEST: Final = (
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0"
    "#PasswordDigest"
)
_DEVICE: Final = "http://www.onvif.org/ver10/device/wsdl"
_MEDIA: Final = "http://www.onvif.org/ver10/media/wsdl"
_SCHEMA: Final = "http://www.onvif.org/ver10/schema"
MAX_XML: Final = 512 * 1024
REFUSED: Final = ("notauthorized", "not authorized", "authority failure", "unauthorized")


@dataclass(frozen=True, slots=True)
class Profile:
    """One media profile: token, codec and size in pixels as configured (0 where not said)."""

    token: str
    codec: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Device:
    """What a device says of itself."""

    maker: str
    model: str
    firmware: str
    media_url: str
    clock_offset_s: float | None
    profiles: tuple[Profile, ...]


def _named(root: Element, name: str) -> Element | None:
    """The first element of this local name: makers disagree on namespaces."""
    return next((e for e in root.iter() if e.tag.rpartition("}")[2] == name), None)


def _text(root: Element | None, name: str) -> str:
    found = None if root is None else _named(root, name)
    return (found.text or "").strip() if found is not None else ""


def _whole(text: str) -> int:
    return int(text) if text.isdigit() else 0


class Onvif(HttpDevice):
    """An ONVIF camera or NVR: the largest profile of the n-th video source (``channel``)."""

    def __init__(self, config: CameraConfig, around: Surroundings) -> None:
        super().__init__(config, around)
        path = urlsplit(config.url).path
        self._entry = config.url if path not in ("", "/") else self.device + "/onvif/device_service"
        self._skew = timedelta(0)

    def _security(self) -> str:
        login = self._config.login
        if not login.given:
            return ""
        nonce = os.urandom(16)
        # stamped by the device's clock: one a day off would refuse our time as a replay
        created = (datetime.now(UTC) + self._skew).strftime("%Y-%m-%dT%H:%M:%SZ")
        body = nonce + created.encode() + login.password.reveal().encode()
        # SHA-1 is what WS-Security's UsernameToken profile says
        digest = base64.b64encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()
        return (
            f'<s:Header><Security s:mustUnderstand="1" xmlns="{_WSSE}"><UsernameToken>'
            f"<Username>{escape(login.user)}</Username>"
            f"<Password Type={quoteattr(_DIGEST)}>{digest}</Password>"
            f"<Nonce>{base64.b64encode(nonce).decode()}</Nonce>"
            f'<Created xmlns="{_WSU}">{created}</Created>'
            "</UsernameToken></Security></s:Header>"
        )

    async def _call(
        self, http: DeviceHttp, url: str, body: str, deadline: Deadline, *, signed: bool = True
    ) -> Element:
        envelope = (
            f'<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="{_SOAP}">'
            f"{self._security() if signed else ''}<s:Body>{body}</s:Body></s:Envelope>"
        )
        answer = await http.request(
            "POST",
            url,
            deadline,
            content=envelope.encode(),
            headers={"content-type": "application/soap+xml; charset=utf-8"},
            login=signed,
            ok=frozenset({200, 400, 500}),
        )
        where = urlsplit(url).hostname
        if len(answer.data) > MAX_XML:
            raise CameraRubbish(f"{where} sent {len(answer.data)} bytes of XML")
        try:
            root: Element = fromstring(answer.data)
        except (ParseError, DefusedXmlException, ValueError):
            raise CameraRubbish(f"{where} sent no proper ONVIF answer") from None
        fault = _named(root, "Fault")
        if fault is not None:
            words = " ".join(t for e in fault.iter() if (t := (e.text or "").strip()))[:200]
            if any(mark in words.lower() for mark in REFUSED):
                raise LoginRefused(f"{where} refused the login (ONVIF)")
            raise CameraRubbish(f"{where} answered an ONVIF fault: {words[:120]}")
        return root

    def _own(self, url: str) -> str:
        """A device names itself as it likes (0.0.0.0, an inner address): keep our host and port.

        Only the scheme's own ports are kept as the device says them, for RTSP.
        """
        given = urlsplit(url)
        base = urlsplit(self.device)
        if given.scheme in ("http", "https"):
            return urlunsplit((base.scheme, base.netloc, given.path, given.query, ""))
        host = base.hostname or ""
        host = f"[{host}]" if ":" in host else host
        return urlunsplit(
            (given.scheme, f"{host}:{given.port or 554}", given.path, given.query, "")
        )

    async def describe(self, deadline: Deadline) -> Device:
        """Clock, maker, media service and profiles; the probe's question."""
        async with self._http() as http:
            return await self._describe(http, deadline)

    async def _describe(self, http: DeviceHttp, deadline: Deadline) -> Device:
        offset = await self.clock(http, deadline)
        info = await self._call(
            http, self._entry, f'<GetDeviceInformation xmlns="{_DEVICE}"/>', deadline
        )
        caps = await self._call(
            http,
            self._entry,
            f'<GetCapabilities xmlns="{_DEVICE}"><Category>Media</Category></GetCapabilities>',
            deadline,
        )
        media = self._own(_text(_named(caps, "Media"), "XAddr") or self._entry)
        listed = await self._call(http, media, f'<GetProfiles xmlns="{_MEDIA}"/>', deadline)
        return Device(
            _text(info, "Manufacturer"),
            _text(info, "Model"),
            _text(info, "FirmwareVersion"),
            media,
            offset,
            self._profiles(listed),
        )

    async def clock(self, http: DeviceHttp, deadline: Deadline) -> float | None:
        """The device's clock minus ours, asked without a login; None where it doesn't say."""
        body = f'<GetSystemDateAndTime xmlns="{_DEVICE}"/>'
        root = await self._call(http, self._entry, body, deadline, signed=False)
        utc = _named(root, "UTCDateTime")
        if utc is None:
            return None
        try:
            year, month, day, hour, minute, second = (
                int(_text(utc, name))
                for name in ("Year", "Month", "Day", "Hour", "Minute", "Second")
            )
            moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        except ValueError:
            return None
        self._skew = moment - datetime.now(UTC)
        return round(self._skew.total_seconds(), 1)

    def _profiles(self, root: Element) -> tuple[Profile, ...]:
        sources: dict[str, list[Profile]] = {}
        for element in root.iter():
            if element.tag.rpartition("}")[2] != "Profiles":
                continue
            encoder = _named(element, "VideoEncoderConfiguration")
            size = None if encoder is None else _named(encoder, "Resolution")
            profile = Profile(
                element.get("token", ""),
                _text(encoder, "Encoding").lower(),
                _whole(_text(size, "Width")),
                _whole(_text(size, "Height")),
            )
            source = _text(_named(element, "VideoSourceConfiguration"), "SourceToken")
            if profile.token:
                sources.setdefault(source, []).append(profile)
        where = urlsplit(self.device).hostname
        if not sources:
            raise CameraRubbish(f"{where} lists no video profile")
        channel = self._config.channel
        if channel > len(sources):
            raise CameraRubbish(f"{where} has {len(sources)} video sources, no channel {channel}")
        chosen = list(sources.values())[channel - 1]
        return tuple(sorted(chosen, key=lambda p: -p.width * p.height))

    async def addresses(self, deadline: Deadline) -> tuple[Device, str, str]:
        """The device, its snapshot address and its stream address (either may be empty)."""
        async with self._http() as http:
            device = await self._describe(http, deadline)
            token = escape(device.profiles[0].token)
            snapshot = stream = ""
            try:
                root = await self._call(
                    http,
                    device.media_url,
                    f'<GetSnapshotUri xmlns="{_MEDIA}"><ProfileToken>{token}</ProfileToken>'
                    "</GetSnapshotUri>",
                    deadline,
                )
                snapshot = _text(root, "Uri")
            except LoginRefused:
                raise
            except CameraRubbish:
                snapshot = ""  # optional in ONVIF: the stream is asked for instead
            if not snapshot:
                root = await self._call(
                    http,
                    device.media_url,
                    f'<GetStreamUri xmlns="{_MEDIA}"><StreamSetup>'
                    f'<Stream xmlns="{_SCHEMA}">RTP-Unicast</Stream>'
                    f'<Transport xmlns="{_SCHEMA}"><Protocol>RTSP</Protocol></Transport>'
                    f"</StreamSetup><ProfileToken>{token}</ProfileToken></GetStreamUri>",
                    deadline,
                )
                stream = _text(root, "Uri")
        return device, snapshot and self._own(snapshot), stream and self._own(stream)

    async def snapshot(self, deadline: Deadline) -> Still:
        device, snapshot, stream = await self.addresses(deadline)
        if snapshot:
            async with self._http() as http:
                answer = await http.request("GET", snapshot, deadline)
            still = await picture_of(answer, self._config, self._around)
        elif stream:
            config = replace(self._config, url=stream, kind="rtsp")
            still = await Rtsp(config, self._around).snapshot(deadline)
        else:
            raise CameraRubbish(
                f"{urlsplit(self.device).hostname} gives neither a snapshot nor a stream address"
            )
        source = replace(
            still.source,
            kind="onvif",
            clock_offset_s=device.clock_offset_s,
            detail={"maker": device.maker, "model": device.model, "firmware": device.firmware},
        )
        return replace(still, source=source)
