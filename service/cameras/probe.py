"""``deskcheck camera probe URL``: what is at an address, found with at most one login.

The make is found without any login first: a wrong guess answered with the password would count as a
refused login at the device.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from service.cameras.http import DeviceHttp
from service.cameras.kinds.onvif import Onvif
from service.cameras.kinds.still_http import origin
from service.cameras.make import open_camera
from service.cameras.optics import PhonePixels, phone_pixels
from service.cameras.protocol import CameraConfig, Deadline, Kind, Still, Surroundings
from service.secrets import Login
from vision.seen import CameraError, InputError

DISTANCES_M: Final = (3.0, 5.0, 10.0)
CLOCK_WARN_S: Final = 60.0
_ANY: Final = frozenset(range(200, 600))
_GUESSES: Final[tuple[tuple[Kind, str], ...]] = (
    ("hikvision", "/ISAPI/System/deviceInfo"),
    ("dahua", "/cgi-bin/magicBox.cgi?action=getDeviceType"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """What a probe found; ``still`` is None where no picture came (``trouble`` says why)."""

    config: CameraConfig
    still: Still | None
    trouble: str = ""
    view_deg: float = 84.0
    distances_m: tuple[float, ...] = DISTANCES_M

    @property
    def url(self) -> str:
        return self.config.url

    @property
    def kind(self) -> Kind:
        return self.config.kind

    def phone(self, distance_m: float) -> PhonePixels | None:
        if self.still is None:
            return None
        return phone_pixels(self.still.width, self.view_deg, distance_m)

    def lines(self) -> list[str]:
        """The report for people, without any secret."""
        out = [f"种类 kind: {self.kind}"]
        if self.still is None:
            return [*out, f"没有取到图片: {self.trouble}"]
        still = self.still
        mega = still.width * still.height / 1e6
        out.append(f"分辨率 resolution: {still.width}×{still.height} ({mega:.1f} MP)")
        out.append(f"编码 codec: {still.source.codec or still.mime}")
        offset = still.source.clock_offset_s
        if offset is None:
            out.append("时钟 clock: 设备未报时间")
        else:
            warn = " — 请校时 (NTP)" if abs(offset) > CLOCK_WARN_S else ""
            out.append(f"时钟 clock: 与本机相差 {offset:+.0f} s{warn}")
        for distance in self.distances_m:
            phone = phone_pixels(still.width, self.view_deg, distance)
            across, end_on = phone.across, phone.end_on
            verdict = "可判" if phone.enough else "不足,将答“无法判定”"
            out.append(
                f"手机 phone @{distance:g} m: 横放 {across[0]:.0f}×{across[1]:.0f} px, "
                f"竖放 {end_on[0]:.0f}×{end_on[1]:.0f} px ({verdict})"
            )
        out.append(f"(按水平视场角 {self.view_deg:.0f}°、架高 3 m 估算; --view 可改)")
        if still.source.open_access:
            out.append("注意: 设备不要求登录即给出图片,请在设备上关闭匿名访问")
        return out

    def yaml(self, camera: str) -> str:
        """The piece of HALL.yaml to paste; the id in quotes, as ``0012`` is an id too."""
        size = (
            "" if self.still is None else f"\n    size: [{self.still.width}, {self.still.height}]"
        )
        name = json.dumps(camera, ensure_ascii=False)
        return f"cameras:\n  - id: {name}{size}\n    zones: []  # 在页面上画区域"

    def add_line(self, camera: str) -> str:
        """The command that keeps this camera; the hall's id is to be filled in."""
        words = [camera, self.url, "--kind", self.kind, "--channel", str(self.config.channel)]
        if self.config.login.user:
            words += ["--user", self.config.login.user]
        for name, value in self.config.options.items():
            words += ["--option", f"{name}={value}"]
        if self.config.allow_basic:
            words.append("--allow-basic")
        return "deskcheck camera add HALL " + shlex.join(words)


async def guess_kind(url: str, around: Surroundings, deadline: Deadline) -> Kind:
    """What speaks at an address, asked without a login."""
    parts = around.guard.split(url)
    if parts.scheme in ("rtsp", "rtsps"):
        return "rtsp"
    if parts.path not in ("", "/"):
        if "/ISAPI/" in parts.path:
            return "hikvision"
        if "/cgi-bin/snapshot.cgi" in parts.path:
            return "dahua"
        if "/onvif/" in parts.path.lower():
            return "onvif"
        return "http"
    base = origin(url)
    async with DeviceHttp(around, Login()) as http:
        # who answers 401 to everything tells nothing by it
        odd = await http.request("GET", f"{base}/deskcheck-probe", deadline, login=False, ok=_ANY)
        for kind, path in _GUESSES:
            answer = await http.request("GET", base + path, deadline, login=False, ok=_ANY)
            known = answer.status in (200, 401) and answer.status != odd.status
            if known:
                return kind
        config = CameraConfig("", "probe", "onvif", base)
        try:
            await Onvif(config, around).clock(http, deadline)
        except CameraError:
            return "http"
    return "onvif"


async def probe(
    url: str,
    login: Login,
    around: Surroundings,
    *,
    kind: Kind | None = None,
    channel: int = 1,
    view_deg: float = 84.0,
    allow_basic: bool = False,
    options: Mapping[str, str] | None = None,
    seconds: float = 20.0,
) -> Found:
    """Find out what is at an address and take one still, with at most one login."""
    if not 10 <= view_deg <= 170:
        raise InputError(f"--view {view_deg}: a horizontal field of view is 10 to 170 degrees")
    deadline = Deadline.after(seconds)
    config = CameraConfig(
        "", "probe", kind or "http", url, login, channel, allow_basic=allow_basic,
        device_streams=1, options=options or {},
    )  # fmt: skip
    try:
        if kind is None:
            config = replace(config, kind=await guess_kind(url, around, deadline))
        still = await open_camera(config, around).snapshot(deadline)
    except CameraError as error:
        return Found(config, None, str(error), view_deg)
    return Found(config, still, "", view_deg)
