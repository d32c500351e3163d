"""From bytes to a still: what it really is, whether it is whole, and whether it shows anything."""

from __future__ import annotations

import hashlib
import io
import warnings
from datetime import datetime
from typing import Final, Literal, TypeAlias

import cv2
import numpy as np
from PIL import Image as Pillow, ImageFile, UnidentifiedImageError

from service.cameras.protocol import CameraPlaceholder, CameraRubbish, Limits, SourceInfo, Still
from vision.same_picture import picture_sha256

Pixels: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
Mime = Literal["image/jpeg", "image/png"]

FLAT_STD: Final = 2.0
"""Pixels levels (0..255): below this spread a picture is one flat colour, an NVR's 'no signal'."""

DARK: Final = 24.0
"""Mean grey level below which a flat picture may be a dark hall: the frame gate says so later."""

GROUND_SHARE: Final = 0.85
"""Share of a picture within two grey levels of its commonest one: drawn grounds have over 0.9, a
camera's view, which has noise and light, a tenth."""

ImageFile.LOAD_TRUNCATED_IMAGES = False


def sniff(data: bytes) -> Mime | None:
    """What the bytes are, whatever the device calls them."""
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    return None


def _shown(data: bytes) -> str:
    head = data[:60].decode("latin-1").strip()
    if head.lower().startswith(("<!doctype", "<html")):
        return "a web page"
    if head.startswith(("{", "[")):
        return "JSON"
    if head.startswith("<?xml"):
        return "XML"
    return "no JPEG or PNG"


def still_of(
    data: bytes,
    source: SourceInfo,
    taken_at: datetime,
    limits: Limits,
    *,
    flat_is_placeholder: bool = True,
) -> Still:
    """Check bytes and make a still of them: sniffed, measured before decoding, decoded whole."""
    who = source.address
    if not data:
        raise CameraRubbish(f"{who} sent an empty picture")
    mime = sniff(data)
    if mime is None:
        raise CameraRubbish(f"{who} sent {_shown(data)} in place of a picture")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Pillow.DecompressionBombWarning)
            with Pillow.open(io.BytesIO(data), formats=("JPEG", "PNG")) as picture:
                width, height = picture.size
                if width * height > limits.max_pixels:
                    raise CameraRubbish(
                        f"{who} sent {width}x{height} pixels, more than the allowed "
                        f"{limits.max_pixels}"
                    )
                if min(width, height) < limits.min_side_px:
                    raise CameraRubbish(f"{who} sent a picture of only {width}x{height} pixels")
                # a quarter-size decode still reads every byte of a JPEG, at a third of the time
                picture.draft("L", (width // 4, height // 4))
                picture.load()
                thumb = np.asarray(picture.convert("L"))
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning):
        raise CameraRubbish(f"{who} sent a picture that unpacks to far too many pixels") from None
    except (OSError, UnidentifiedImageError, SyntaxError, ValueError, EOFError):
        raise CameraRubbish(f"{who} sent half a picture ({len(data)} bytes)") from None
    if mime == "image/jpeg" and b"\xff\xd9" not in data[-4096:]:
        raise CameraRubbish(f"{who} sent half a picture ({len(data)} bytes, no end mark)")
    if flat_is_placeholder:
        _refuse_flat(thumb, who)
    sha256 = hashlib.sha256(data).hexdigest()
    return Still(data, mime, taken_at, width, height, sha256, picture_sha256(data), source)


def _refuse_flat(thumb: Pixels, who: str) -> None:
    """One flat colour, or a drawn ground with a few words: NO VIDEO, 无视频信号, a clock."""
    if float(thumb.std()) < FLAT_STD:
        if float(thumb.mean()) > DARK:
            what = "a picture of one flat colour"
            raise CameraPlaceholder(f"{who} sent {what}: no video signal", "flat")
        return
    counts = np.bincount(thumb.ravel(), minlength=256)
    ground = int(counts.argmax())
    share = float(counts[max(0, ground - 2) : ground + 3].sum()) / thumb.size
    # a lamp or a burnt-in clock in a dark hall looks the same on black: that is the gate's to say
    if ground > DARK and share > GROUND_SHARE:
        what = "one flat colour with a text on it"
        raise CameraPlaceholder(f"{who} sent {what}: no video signal", "flat")


def jpeg_of(image: Pixels, quality: int = 95) -> bytes:
    """A decoded BGR frame as JPEG bytes."""
    done, coded = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise CameraRubbish("the decoded frame can't be stored as JPEG")
    return bytes(coded.tobytes())


def grey_share(grey: Pixels) -> float:
    """Share of rows that are one flat mid grey: what a decoder puts where it has nothing."""
    rows = grey.astype(np.float32)
    flat = (rows.std(axis=1) < 1.0) & (abs(rows.mean(axis=1) - 128.0) < 8.0)
    return float(flat.mean())
