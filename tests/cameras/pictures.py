"""Pictures that a camera could send, and bytes that none should."""

from __future__ import annotations

import io
import struct
import zlib

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

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


def stand_in(text: str, ground: tuple[int, int, int] = (0, 0, 255), clock: str = "") -> bytes:
    """What an NVR shows for a channel without video: a text on a drawn ground (RGB), a clock."""
    image = Image.new("RGB", (704, 576), ground)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(48)
    if text.isascii():
        draw.text((352, 288), text, (255, 255, 255), font, anchor="mm")
    else:  # no Chinese font need be there: each character as a box with strokes in it
        for i in range(len(text)):
            x = 352 + 60 * i - 30 * len(text)
            draw.rectangle((x, 264, x + 48, 312), outline=(255, 255, 255), width=4)
            draw.line((x, 288, x + 48, 288), (255, 255, 255), 4)
            draw.line((x + 24, 264, x + 24, 312), (255, 255, 255), 4)
    draw.text((20, 20), clock, (255, 255, 255), ImageFont.load_default(24))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()


def stamped(picture: bytes, stamp: str) -> bytes:
    """The same pixels under another comment, EXIF block and maker's tail (JPEG), or text (PNG)."""
    text = stamp.encode()
    if picture.startswith(b"\xff\xd8"):
        exif = b"Exif\0\0" + text + b"\xff\xd9"
        said = b"".join(
            b"\xff" + kind + (len(body) + 2).to_bytes(2, "big") + body
            for kind, body in ((b"\xfe", text), (b"\xe1", exif))
        )
        return picture[:2] + said + picture[2:] + text
    body = b"Comment\0" + text
    chunk = len(body).to_bytes(4, "big") + b"tEXt" + body
    chunk += zlib.crc32(b"tEXt" + body).to_bytes(4, "big")
    return picture[:33] + chunk + picture[33:]
