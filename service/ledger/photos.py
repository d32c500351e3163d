"""Photos by hand: really a picture, of a sane size, people covered before anything is stored.

What a phone adds to a picture (place, time, device) does not outlive this: the picture is decoded,
turned upright, shrunk, masked and encoded anew.
"""

from __future__ import annotations

import io
import threading
import warnings
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Final, TypeAlias

import cv2
import numpy as np
from PIL import Image as Pillow, UnidentifiedImageError

from datasets.classes import CLASS_INDEX
from service.evidence import Picture, mask_people, whole
from service.settings import Settings
from vision.seen import BoxPx, Image, InputError, ModelError

if TYPE_CHECKING:
    from vision.detector import Detector

PhotoMasker: TypeAlias = Callable[[Image], Image]
"""A photo -> a copy in which its people can't be known again."""

PHOTO_BYTES_MOST: Final = 12_000_000
PIXELS_MOST: Final = 60_000_000
SIDE_LEAST_PX: Final = 240
LONGEST_PX: Final = 2560
QUALITY: Final = 88
LOOK_PX: Final = 1280
"""Longer side of the pass that looks for people."""


BROKEN: Final = "照片已损坏或没有传完,请重新上传。"
TOO_MANY: Final = "照片像素过多,请用较小的尺寸重拍。"


class BadPhoto(InputError):
    """The upload is no photo that can be kept."""


def photo_of(data: bytes, mask: PhotoMasker) -> Picture:
    """The upload as it is stored; a sentence where it can't be."""
    try:
        masked = mask(_decoded(data))
    except ModelError:
        raise BadPhoto("无法遮盖照片中的人,照片未保存;请系统管理员检查识别模型。") from None
    return whole(masked, quality=QUALITY)


def _decoded(data: bytes) -> Image:
    if len(data) > PHOTO_BYTES_MOST:
        raise BadPhoto("照片超过 12 MB,请用较小的尺寸重拍。")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Pillow.DecompressionBombWarning)
            with Pillow.open(io.BytesIO(data), formats=("JPEG", "PNG")) as picture:
                _check_size(*picture.size)
                # a small decode still reads every byte: half a picture is found out
                picture.draft("L", (picture.width // 8, picture.height // 8))
                picture.load()
    except UnidentifiedImageError:
        raise BadPhoto("这个文件不是 JPEG 或 PNG 照片,请重新拍照上传。") from None
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning):
        raise BadPhoto(TOO_MANY) from None
    except (OSError, SyntaxError, ValueError, EOFError):
        raise BadPhoto(BROKEN) from None
    image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)  # turned upright
    if image is None:
        raise BadPhoto(BROKEN)
    scale = LONGEST_PX / max(image.shape[:2])
    if scale < 1:
        size = (round(image.shape[1] * scale), round(image.shape[0] * scale))
        image = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    return np.asarray(image, np.uint8)


def _check_size(width: int, height: int) -> None:
    if width * height > PIXELS_MOST:
        raise BadPhoto(TOO_MANY)
    if min(width, height) < SIDE_LEAST_PX:
        raise BadPhoto("照片太小,看不清问题,请重新拍照上传。")


def people_masker(settings: Settings) -> PhotoMasker:
    """Covers everybody that the model in use finds, the unsure ones too; loaded at first use."""
    guard = threading.Lock()

    def mask(image: Image) -> Image:
        with guard:  # one detector is not for two threads at once
            found = _detector(settings.model).detect(image, whole_px=LOOK_PX)
        people = found.boxes_xyxy_px[found.class_index == CLASS_INDEX["person"]]
        boxes: list[BoxPx] = [(float(a), float(b), float(c), float(d)) for a, b, c, d in people]
        return mask_people(image, boxes)

    return mask


@cache
def _detector(name: str | None) -> Detector:
    from models.registry import find
    from vision.detector import Detector

    return Detector.load(find(name))
