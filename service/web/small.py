"""Small pictures for lists: made from the masked evidence, never from a frame itself."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from vision.seen import StoreError

LONGEST_PX: Final = 224
QUALITY: Final = 78


def small(jpeg: bytes) -> bytes:
    """The picture shrunk to ``LONGEST_PX``; one that is small already stays as it is."""
    image = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    if image is None:
        raise StoreError("A stored picture can't be decoded.")
    height, width = image.shape[:2]
    scale = LONGEST_PX / max(height, width)
    if scale >= 1:
        return jpeg
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    shrunk = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    done, data = cv2.imencode(".jpg", shrunk, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    if not done:
        raise StoreError("A stored picture can't be shrunk.")
    return bytes(data.tobytes())
