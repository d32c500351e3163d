"""Clean reference pictures: checked when they come in, masked whenever they are shown."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2

from service.evidence import mask_people, whole
from service.settings import Settings
from service.setup.eyes import SetupEyes
from service.setup.faults import SetupError
from vision.images import decode
from vision.seen import Image, ImageError, ModelError, StoreError

MIN_PX: Final = (320, 240)
MAX_PX: Final = 40_000_000
QUALITY: Final = 95
SHOWN_QUALITY: Final = 88
KEEP_S: Final = 7 * 24 * 3600
FLAT: Final = 6.0
"""Standard deviation of grey below which a picture shows nothing."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A picture that was taken in: its name in the layout, its size in px, people seen on it."""

    name: str
    width: int
    height: int
    people: int | None


def drafts_of(settings: Settings, hall_id: int) -> Path:
    """Where a hall's pictures wait until a layout that names them is saved."""
    return settings.data / "layout-drafts" / str(hall_id)


def take_in(
    settings: Settings,
    hall_id: int,
    data: bytes,
    *,
    light: str,
    eyes: SetupEyes,
    empty: bool,
    size: tuple[int, int] | None = None,
) -> Reference:
    """Check a picture and keep it for the next save.

    It is written anew, so that nothing but its pixels is kept.  ``empty``: the uploader vouches
    that nobody is on it, which counts only while there is no model to look.  ``size``: what the
    camera sends; another shape is no picture of this camera.
    """
    try:
        image = decode(data, name="-", max_pixels=MAX_PX)
    except ImageError:
        raise SetupError("这不是可读取的图片(JPEG 或 PNG),或图片已损坏、过大。") from None
    height, width = image.shape[:2]
    if width < MIN_PX[0] or height < MIN_PX[1]:
        raise SetupError(
            "图片只有 {width}×{height} 像素,太小;请用摄像机原图。", width=width, height=height
        )
    if size is not None and abs(width / height - size[0] / size[1]) > 0.02:
        raise SetupError(
            "图片为 {width}×{height},与该机位画面 {w}×{h} 比例不同;请用该机位的原图。",
            width=width, height=height, w=size[0], h=size[1],
        )  # fmt: skip
    if float(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY).std()) < FLAT:
        raise SetupError("图片几乎是一片单色,不能作为基准图。")
    people: int | None = None
    try:
        people = len(eyes.people(image))
    except ModelError:
        if not empty:
            raise SetupError(
                "没有可用的识别模型,无法自动遮盖人员。请确认画面中没有人后勾选再上传。"
            ) from None
    jpeg = whole(image, quality=QUALITY).jpeg
    sha256 = hashlib.sha256(jpeg).hexdigest()
    name = f"reference/{light}-{sha256[:16]}.jpg"
    folder = drafts_of(settings, hall_id)
    _forget_old(folder)
    target = folder / name
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(jpeg)
        if people is None:
            vouched = settings.data / "layout-drafts" / "empty"
            vouched.mkdir(parents=True, exist_ok=True)
            (vouched / sha256).touch()
    except OSError as error:
        raise StoreError(f"The reference picture can't be written: {error.strerror}.") from None
    return Reference(name, width, height, people)


def _forget_old(folder: Path) -> None:
    """Pictures of drafts that nobody saved within a week."""
    limit = time.time() - KEEP_S
    for file in folder.glob("reference/*.jpg"):
        if file.stat().st_mtime < limit:
            file.unlink(missing_ok=True)
    for stage in folder.glob("stage-*"):
        if stage.stat().st_mtime < limit:
            shutil.rmtree(stage, ignore_errors=True)


class Shown:
    """Pictures as people may see them, masked once and kept while they are looked at."""

    KEPT: Final = 12

    def __init__(self, settings: Settings, eyes: SetupEyes) -> None:
        self._settings = settings
        self._eyes = eyes
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    def of(self, file: Path) -> bytes:
        """The JPEG of a reference picture, with the people on it covered."""
        data = file.read_bytes()
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 in self._kept:
            self._kept.move_to_end(sha256)
            return self._kept[sha256]
        image = decode(data, name=file.name, max_pixels=MAX_PX)
        jpeg = whole(self.masked(image, sha256), quality=SHOWN_QUALITY).jpeg
        self._kept[sha256] = jpeg
        while len(self._kept) > self.KEPT:
            self._kept.popitem(last=False)
        return jpeg

    def masked(self, image: Image, sha256: str) -> Image:
        """People covered; without a model only what somebody vouched to be empty is shown."""
        try:
            return mask_people(image, self._eyes.people(image))
        except ModelError:
            if (self._settings.data / "layout-drafts" / "empty" / sha256).is_file():
                return image
            raise SetupError(
                "没有可用的识别模型,无法遮盖人员,因此不显示这张图。可在编辑页重新上传一张确认无人的图。"
            ) from None
