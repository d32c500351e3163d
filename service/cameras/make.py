"""From a camera's configuration to the object that takes its stills."""

from __future__ import annotations

import re
from typing import Final

from rules.no_camera import private_place
from service.cameras.kinds.folder import Folder
from service.cameras.kinds.gb28181 import Wvp, Zlm
from service.cameras.kinds.onvif import Onvif
from service.cameras.kinds.rtsp import Rtsp
from service.cameras.kinds.still_http import Dahua, Hikvision, HttpPicture
from service.cameras.protocol import KINDS, CameraConfig, CameraSource, Surroundings
from vision.seen import InputError

_ID: Final = re.compile(r"[^\s/\\:.\x00-\x1f][^\s/\\:\x00-\x1f]{0,63}")


def refuse_private_places(*texts: str) -> None:
    """InputError where an id, name or place speaks of a toilet, changing room or the like."""
    for text in texts:
        word = private_place(text)
        if word is not None:
            raise InputError(
                f"{text!r} names a place ({word}) where no camera may be (公共安全视频图像信息"
                "系统管理条例): such a camera is not configured; a corridor outside needs a "
                "name that does not speak of it"
            )


def check_config(config: CameraConfig) -> None:
    """Everything about a configuration that can be said without asking the device."""
    if not _ID.fullmatch(config.id):
        raise InputError(
            f"camera id {config.id!r}: 1 to 64 characters without spaces, slashes and colons, as "
            "the hall's layout names it"
        )
    if config.kind not in KINDS:
        raise InputError(f"camera kind {config.kind!r} is unknown; known: {', '.join(KINDS)}")
    if not 1 <= config.channel <= 4096:
        raise InputError(f"camera {config.id}: channel {config.channel} is not between 1 and 4096")
    if not 1 <= config.device_streams <= 16:
        raise InputError(f"camera {config.id}: streams {config.device_streams}, wanted 1 to 16")
    if config.allow_basic and config.kind in ("wvp", "zlm", "folder"):
        raise InputError(f"camera {config.id}: --allow-basic means nothing for {config.kind}")
    refuse_private_places(config.id, config.name, config.place)


def open_camera(config: CameraConfig, around: Surroundings) -> CameraSource:
    """The camera kind of a checked configuration; InputError names what is wrong with it."""
    check_config(config)
    kind = config.kind
    if kind == "http":
        return HttpPicture(config, around)
    if kind == "hikvision":
        return Hikvision(config, around)
    if kind == "dahua":
        return Dahua(config, around)
    if kind == "onvif":
        return Onvif(config, around)
    if kind == "rtsp":
        return Rtsp(config, around)
    if kind == "wvp":
        return Wvp(config, around)
    if kind == "zlm":
        return Zlm(config, around)
    return Folder(config, around)
