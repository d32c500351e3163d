"""An ONVIF device as far as a snapshot needs one: clock, capabilities, profiles, addresses."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import UTC, datetime, timedelta

from tests.cameras.device import PASSWORD, USER, Handler, Reply, Request, Shutter

_ENVELOPE = (
    '<?xml version="1.0"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" '
    'xmlns:tds="http://www.onvif.org/ver10/device/wsdl" '
    'xmlns:trt="http://www.onvif.org/ver10/media/wsdl" '
    'xmlns:tt="http://www.onvif.org/ver10/schema"><s:Body>{}</s:Body></s:Envelope>'
)
_FAULT = (
    '<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value xmlns:ter="x">'
    "ter:{}</s:Value></s:Subcode></s:Code><s:Reason><s:Text>{}</s:Text></s:Reason></s:Fault>"
)


class OnvifDevice:
    """Checks WS-Security digests against its own clock; ``snapshots`` False gives streams only."""

    def __init__(
        self, *, clock_off: timedelta = timedelta(0), snapshots: bool = True, stream: str = ""
    ) -> None:
        self.clock_off = clock_off
        self.snapshots = snapshots
        self.stream = stream
        self.refused = 0
        self._shutter = Shutter()
        self._nonces: set[str] = set()

    @property
    def now(self) -> datetime:
        return datetime.now(UTC) + self.clock_off

    def handler(self) -> Handler:
        return self.handle

    def handle(self, request: Request) -> Reply:
        if request.method == "GET" and request.path == "/onvif/snap/main":
            return Reply(body=self._shutter())
        text = request.body.decode()
        found = re.search(r"<s:Body><(\w+)", text)
        call = found.group(1) if found else ""
        if call == "GetSystemDateAndTime":
            return self._said(self._clock())
        if not self._signed(text):
            self.refused += 1
            return self._said(_FAULT.format("NotAuthorized", "Sender not Authorized"), 400)
        return self._call(call, text)

    def _call(self, call: str, text: str) -> Reply:
        if call == "GetDeviceInformation":
            return self._said(
                "<tds:GetDeviceInformationResponse><tds:Manufacturer>Sim</tds:Manufacturer>"
                "<tds:Model>S1</tds:Model><tds:FirmwareVersion>1.2</tds:FirmwareVersion>"
                "</tds:GetDeviceInformationResponse>"
            )
        if call == "GetCapabilities":
            return self._said(
                "<tds:GetCapabilitiesResponse><tds:Capabilities><tt:Media><tt:XAddr>"
                "http://192.168.1.64/onvif/media</tt:XAddr></tt:Media></tds:Capabilities>"
                "</tds:GetCapabilitiesResponse>"
            )
        if call == "GetProfiles":
            return self._said(
                "<trt:GetProfilesResponse>"
                + self._profile("sub", "v0", 640, 360)
                + self._profile("main", "v0", 2560, 1440)
                + self._profile("other", "v1", 1920, 1080)
                + "</trt:GetProfilesResponse>"
            )
        if call == "GetSnapshotUri":
            if not self.snapshots:
                return self._said(_FAULT.format("ActionNotSupported", "no snapshots"), 500)
            assert "<ProfileToken>main</ProfileToken>" in text
            return self._uri("Snapshot", "http://192.168.1.64/onvif/snap/main")
        if call == "GetStreamUri":
            return self._uri("Stream", self.stream)
        return self._said(_FAULT.format("ActionNotSupported", call), 500)

    @staticmethod
    def _said(body: str, status: int = 200) -> Reply:
        return Reply(status, _ENVELOPE.format(body).encode(), "application/soap+xml")

    def _uri(self, kind: str, uri: str) -> Reply:
        return self._said(
            f"<trt:Get{kind}UriResponse><trt:MediaUri><tt:Uri>{uri}</tt:Uri></trt:MediaUri>"
            f"</trt:Get{kind}UriResponse>"
        )

    def _clock(self) -> str:
        n = self.now
        return (
            "<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:UTCDateTime><tt:Time>"
            f"<tt:Hour>{n.hour}</tt:Hour><tt:Minute>{n.minute}</tt:Minute>"
            f"<tt:Second>{n.second}</tt:Second></tt:Time><tt:Date><tt:Year>{n.year}</tt:Year>"
            f"<tt:Month>{n.month}</tt:Month><tt:Day>{n.day}</tt:Day></tt:Date></tt:UTCDateTime>"
            "</tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>"
        )

    @staticmethod
    def _profile(token: str, source: str, width: int, height: int) -> str:
        return (
            f'<trt:Profiles token="{token}"><tt:Name>{token}</tt:Name>'
            f"<tt:VideoSourceConfiguration><tt:SourceToken>{source}</tt:SourceToken>"
            "</tt:VideoSourceConfiguration><tt:VideoEncoderConfiguration><tt:Encoding>H264"
            f"</tt:Encoding><tt:Resolution><tt:Width>{width}</tt:Width><tt:Height>{height}"
            "</tt:Height></tt:Resolution></tt:VideoEncoderConfiguration></trt:Profiles>"
        )

    def _signed(self, text: str) -> bool:
        parts = re.search(
            r"<Username>(.*?)</Username>.*<Password[^>]*>(.*?)</Password>"
            r"<Nonce[^>]*>(.*?)</Nonce><Created[^>]*>(.*?)</Created>",
            text,
        )
        if parts is None:
            return False
        user, digest, nonce, created = parts.groups()
        moment = datetime.fromisoformat(created.replace("Z", "+00:00"))
        if abs(moment - self.now) > timedelta(minutes=5) or nonce in self._nonces:
            return False  # too old, or a replay
        self._nonces.add(nonce)
        raw = base64.b64decode(nonce) + created.encode() + PASSWORD.encode()
        want = base64.b64encode(hashlib.sha1(raw, usedforsecurity=False).digest()).decode()
        return user == USER and digest == want
