"""Files to pixels: upright BGR, or one sentence that says why not.

A JPEG that is cut off or damaged is refused, never shown half grey; a picture that claims more
pixels than allowed is refused from its header, before a byte of it is unpacked.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
from PIL import Image as PillowImage, ImageOps, UnidentifiedImageError

from vision.same_picture import picture_sha256
from vision.seen import HALL_TZ, Frame, Image, ImageError
from vision.strict import decoded

MAX_PIXELS: Final = 100_000_000
MAX_BYTES: Final = 64 * 1024 * 1024
NAME: Final = re.compile(r"^(?P<camera>.+)_(?P<at>\d{8}T\d{6})\.(?:jpe?g|png)$", re.IGNORECASE)
Reader: TypeAlias = Callable[[str | Path], bytes]

FORMATS: Final = ("JPEG", "PNG", "BMP", "WEBP", "TIFF")


def read_bytes(path: str | Path) -> bytes:
    """A file's bytes; ImageError where there are none or far too many."""
    file = Path(path)
    try:
        size = file.stat().st_size
        if size > MAX_BYTES:
            raise ImageError(
                f"{path}: {size // 2**20} MiB is too large for a still; at most "
                f"{MAX_BYTES // 2**20} MiB are read."
            )
        data = file.read_bytes()
    except OSError as error:
        raise ImageError(f"{path}: can't be read ({error.strerror or error}).") from None
    if not data:
        raise ImageError(f"{path}: the file is empty.")
    return data


def read_image(
    path: str | Path, *, max_pixels: int = MAX_PIXELS, read: Reader = read_bytes
) -> Image:
    """The picture in a file: (H, W, 3) uint8 BGR, EXIF orientation applied.

    ``read`` gives a file's bytes, for files that do not hold a picture as it is.  Raises
    ImageError with one sentence that names the file.
    """
    return decode(read(path), name=str(path), max_pixels=max_pixels)


def decode(data: bytes, *, name: str, max_pixels: int = MAX_PIXELS) -> Image:
    """Encoded bytes to pixels, as :func:`read_image`; ``name`` is for the sentence only."""
    plain = _header(data, name, max_pixels)
    if plain:
        # OpenCV's own decoder is about twice as fast, and right for plain 8-bit pictures
        image, damage = decoded(data)
        if damage:
            raise ImageError(f"{name}: the picture is damaged ({damage}); fetch it again.")
        if image is not None:
            return np.ascontiguousarray(image, dtype=np.uint8)
    return _by_pillow(data, name)


def _header(data: bytes, name: str, max_pixels: int) -> bool:
    """Check format and size from the header; whether it is a plain 8-bit upright picture."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with PillowImage.open(io.BytesIO(data), formats=FORMATS) as image:
                _check_size(*image.size, name, max_pixels)
                mode, kind = image.mode, image.format
                turned = image.getexif().get(0x0112, 1) not in (0, 1)
    except UnidentifiedImageError:
        raise ImageError(
            f"{name}: no picture in a known format ({', '.join(FORMATS)}); it may be cut off."
        ) from None
    except (OSError, SyntaxError, ValueError, PillowImage.DecompressionBombError) as error:
        raise ImageError(f"{name}: its header can't be read ({error}).") from None
    if kind == "JPEG" and b"\xff\xd9" not in data[-4096:]:
        raise ImageError(f"{name}: the JPEG is cut off before its end; fetch it again.")
    if kind == "PNG" and b"IEND" not in data[-64:]:
        raise ImageError(f"{name}: the PNG is cut off before its end; fetch it again.")
    return kind in ("JPEG", "PNG") and mode in ("RGB", "L") and not turned


def _check_size(width: int, height: int, name: str, max_pixels: int) -> None:
    if width < 1 or height < 1:
        raise ImageError(f"{name}: the picture has no pixels ({width}×{height}).")
    if width * height > max_pixels:
        raise ImageError(
            f"{name}: {width}×{height} pixels are more than the {max_pixels} that are allowed."
        )


def _by_pillow(data: bytes, name: str) -> Image:
    """The slow, thorough road: CMYK, 16 bit, palettes, transparency, orientation."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with PillowImage.open(io.BytesIO(data), formats=FORMATS) as opened:
                opened.load()
                turned = ImageOps.exif_transpose(opened)
                if turned.mode.startswith(("I", "F")):
                    # 16-bit grey: the full range becomes 0..255 (Pillow would clip instead)
                    grey = np.asarray(turned, np.float64)
                    top = 65535.0 if grey.max(initial=0) > 255 else 255.0
                    eight = np.clip(grey / top * 255.0 + 0.5, 0, 255).astype(np.uint8)
                    rgb = np.repeat(eight[:, :, None], 3, axis=2)
                else:
                    rgb = np.asarray(turned.convert("RGB"), np.uint8)
    except (OSError, SyntaxError, ValueError, PillowImage.DecompressionBombError) as error:
        raise ImageError(f"{name}: the picture is damaged ({error}).") from None
    return np.ascontiguousarray(rgb[:, :, ::-1])


def parse_name(name: str) -> tuple[str, datetime]:
    """``cam1_20260311T093000.jpg`` -> camera and time (aware, Asia/Shanghai); else ImageError."""
    match = NAME.match(name)
    if match is None:
        raise ImageError(
            f"{name}: the name says no camera and time; wanted CAMERA_YYYYMMDDTHHMMSS.jpg."
        )
    try:
        at = datetime.strptime(match["at"], "%Y%m%dT%H%M%S").replace(tzinfo=HALL_TZ)
    except ValueError:
        raise ImageError(f"{name}: {match['at']} is no time; wanted YYYYMMDDTHHMMSS.") from None
    return match["camera"], at


def read_frame(
    path: str | Path,
    *,
    camera: str | None = None,
    taken_at: datetime | None = None,
    read: Reader = read_bytes,
) -> Frame:
    """One still with its camera and time, from its name where they are not given."""
    name = Path(path).name
    if camera is None or taken_at is None:
        named_camera, named_at = parse_name(name)
        camera, taken_at = camera or named_camera, taken_at or named_at
    data = read(path)
    return Frame(
        camera=camera,
        taken_at=taken_at,
        name=name,
        sha256=picture_sha256(data),
        image=decode(data, name=str(path)),
    )
