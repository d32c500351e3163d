"""Pictures that a camera could send, and bytes that none should."""

from __future__ import annotations

import io
import struct
import zlib

import cv2
import numpy as np
from PIL import Image

from vision.seen import Image as Image8


def scene(seed: int = 0, width: int = 320, height: int = 240) -> Image8:
    """A seeded scene with edges and noise: BGR uint8, never flat, never the same for two seeds."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    base = ((x // 20 + y // 20) % 2) * 90 + 60 + (y * 60 // height)
    noise = rng.integers(0, 30, (height, width, 3))
    made: Image8 = np.clip(base[..., None] + noise, 0, 255).astype(np.uint8)
    return made


def jpeg(seed: int = 0, width: int = 320, height: int = 240) -> bytes:
    done, data = cv2.imencode(".jpg", scene(seed, width, height))
    assert done
    return bytes(data.tobytes())


def flat(level: int = 128) -> bytes:
    """One flat colour: what an NVR sends for a channel without signal."""
    done, data = cv2.imencode(".jpg", np.full((240, 320, 3), level, np.uint8))
    assert done
    return bytes(data.tobytes())


def png(seed: int = 0) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(scene(seed)).save(buffer, "PNG")
    return buffer.getvalue()


def png_bomb(side: int = 30000) -> bytes:
    """A PNG of a few hundred bytes that says it unpacks to side x side pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\0" * 100_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
