"""Every kind of file that a hall may hold: read rightly, or refused with one sentence."""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image as PillowImage

from vision import strict
from vision.images import parse_name, read_frame, read_image
from vision.seen import HALL_TZ, Image, ImageError


def gradient(height: int = 48, width: int = 64) -> np.ndarray:
    """A smooth BGR picture with a different ramp a channel."""
    y, x = np.mgrid[0:height, 0:width]
    return np.stack((x * 3, y * 4, 255 - x * 3), axis=2).clip(0, 255).astype(np.uint8)


def jpeg(image: np.ndarray) -> bytes:
    return cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, 98])[1].tobytes()


def png(image: np.ndarray) -> bytes:
    return cv2.imencode(".png", image)[1].tobytes()


def huge_png(width: int = 20_000, height: int = 20_000) -> bytes:
    """A PNG whose header claims that many pixels over a few bytes of data."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)

    def chunk(kind: bytes, data: bytes) -> bytes:
        whole = kind + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize("encode", [jpeg, png])
def test_plain_pictures_come_back_as_they_were(
    tmp_path: Path, encode: Callable[[np.ndarray], bytes]
) -> None:
    path = tmp_path / "图 片.bin"
    path.write_bytes(encode(gradient()))
    image = read_image(path)
    assert image.dtype == np.uint8
    assert np.abs(image.astype(int) - gradient()).max() <= 12


def test_grey_and_16_bit_and_cmyk_and_palette_keep_their_brightness(tmp_path: Path) -> None:
    ramp = np.tile(np.linspace(0, 255, 64), (48, 1))
    made = {
        "grey.png": PillowImage.fromarray(ramp.astype(np.uint8), "L"),
        "deep.png": PillowImage.fromarray((ramp * 257).astype(np.uint16)),
        "cmyk.jpg": PillowImage.fromarray(gradient()[:, :, ::-1]).convert("CMYK"),
        "palette.png": PillowImage.fromarray(gradient()[:, :, ::-1]).quantize(256),
        "alpha.png": PillowImage.fromarray(gradient()[:, :, ::-1]).convert("RGBA"),
    }
    for name, picture in made.items():
        picture.save(tmp_path / name, quality=98) if name.endswith("jpg") else picture.save(
            tmp_path / name
        )
        image = read_image(tmp_path / name)
        want = np.repeat(ramp[:, :, None], 3, axis=2) if name[0] in "gd" else gradient()
        assert image.shape == (48, 64, 3), name
        assert np.abs(image.astype(int) - want).mean() < 6, name


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation_is_applied(tmp_path: Path, orientation: int) -> None:
    upright = gradient(40, 60)
    turns = {
        1: lambda a: a,
        2: np.fliplr,
        3: lambda a: np.rot90(a, 2),
        4: np.flipud,
        5: lambda a: np.fliplr(np.rot90(a, -1)),
        6: lambda a: np.rot90(a, 1),
        7: lambda a: np.fliplr(np.rot90(a, 1)),
        8: lambda a: np.rot90(a, -1),
    }
    stored = PillowImage.fromarray(np.ascontiguousarray(turns[orientation](upright)[:, :, ::-1]))
    exif = PillowImage.Exif()
    exif[0x0112] = orientation
    stored.save(tmp_path / "turned.jpg", exif=exif, quality=98)
    image = read_image(tmp_path / "turned.jpg")
    assert image.shape == upright.shape
    assert np.abs(image.astype(int) - upright).mean() < 6


BAD = [
    ("empty.jpg", b"", "empty"),
    ("text.jpg", b"this is no picture at all", "no picture"),
    ("cut.jpg", jpeg(gradient(400, 400))[:2000], "cut off"),
    ("cut.png", png(gradient(400, 400))[:900], "truncated"),
    ("head.jpg", b"\xff\xd8\xff\xe0", "picture"),
    ("huge.png", huge_png(), "400000000 pixels"),
    ("large.png", huge_png(12_000, 10_000), "12000×10000"),
    ("flat.png", huge_png(0, 0), "flat.png"),
]


@pytest.mark.parametrize(("name", "data", "says"), BAD, ids=[b[0] for b in BAD])
def test_bad_files_are_refused_with_a_sentence(
    tmp_path: Path, name: str, data: bytes, says: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ImageError) as caught:
        read_image(path)
    text = str(caught.value)
    assert name in text
    assert says in text
    assert text.endswith(".")
    assert "\n" not in text


def test_every_way_of_cutting_a_jpeg_is_refused_or_whole(tmp_path: Path) -> None:
    data = jpeg(gradient(200, 300))
    path = tmp_path / "cut.jpg"
    for length in range(1, len(data), max(1, len(data) // 60)):
        path.write_bytes(data[:length])
        with pytest.raises(ImageError):
            read_image(path)


def damaged(data: bytes, at: float, length: int, seed: int) -> bytes:
    """Bytes of the coded pixels overwritten, no marker among them: markers and size stay whole."""
    start = data.index(b"\xff\xda") + 14
    place = start + int(at * (len(data) - 2 - start - length))
    rubbish = np.random.default_rng(seed).integers(1, 255, length, dtype=np.uint8).tobytes()
    return data[:place] + rubbish + data[place + length :]


def noisy(height: int = 300, width: int = 400) -> np.ndarray:
    rng = np.random.default_rng(5)
    return np.clip(gradient(height, width).astype(int) + rng.normal(0, 20, (height, width, 1)), 0,
                   255).astype(np.uint8)  # fmt: skip


@pytest.mark.parametrize("at", [0.05, 0.3, 0.5, 0.8])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_jpeg_damaged_in_the_middle_is_refused_in_silence(
    tmp_path: Path, at: float, seed: int, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "hit.jpg"
    path.write_bytes(damaged(jpeg(noisy()), at, 400, seed))
    with pytest.raises(ImageError, match=r"hit.jpg: the picture is damaged \(.*\); fetch it again"):
        read_image(path)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("padding", [b"\x00" * 40, b"\xff" * 7])
def test_padding_before_the_end_is_no_damage(
    tmp_path: Path, padding: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    data = jpeg(noisy())
    path = tmp_path / "padded.jpg"
    path.write_bytes(data[:-2] + padding + data[-2:])
    expected = cv2.imdecode(np.frombuffer(data, np.uint8), 1)
    assert expected is not None
    assert np.array_equal(read_image(path), expected)
    assert capfd.readouterr().err == ""


def test_what_others_say_meanwhile_is_not_lost(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    plain = strict._pixels

    def talking(data: bytes) -> Image | None:
        os.write(2, b"disk nearly full\n")
        return plain(data)

    monkeypatch.setattr(strict, "_pixels", talking)
    image, damage = strict.decoded(jpeg(gradient()))
    assert image is not None
    assert damage == ""
    assert capfd.readouterr().err == "disk nearly full\n"


def test_many_threads_decode_without_mixing_up_whose_picture_is_damaged(
    capfd: pytest.CaptureFixture[str],
) -> None:
    good = jpeg(noisy())
    bad = damaged(good, 0.4, 400, 1)
    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(lambda i: strict.decoded(bad if i % 3 == 0 else good)[1], range(60)))
    assert [bool(s) for s in said] == [i % 3 == 0 for i in range(60)]
    assert capfd.readouterr().err == ""


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.jpg", tmp_path):
        with pytest.raises(ImageError, match="can't be read"):
            read_image(path)


NAMES = [
    ("cam1_20260311T093000.jpg", ("cam1", datetime(2026, 3, 11, 9, 30, tzinfo=HALL_TZ))),
    ("b_2_20260311T235959.JPEG", ("b_2", datetime(2026, 3, 11, 23, 59, 59, tzinfo=HALL_TZ))),
    ("cam1.jpg", ImageError),
    ("cam1_20261311T093000.jpg", ImageError),
    ("cam1_20260311T093000.exe", ImageError),
    ("_20260311T093000.jpg", ImageError),
]  # fmt: skip


@pytest.mark.parametrize(("name", "expected"), NAMES)
def test_names_say_camera_and_time(name: str, expected: object) -> None:
    if expected is ImageError:
        with pytest.raises(ImageError, match=r"the name says|is no time"):
            parse_name(name)
    else:
        assert parse_name(name) == expected


def test_a_frame_carries_its_hash_and_time(tmp_path: Path) -> None:
    path = tmp_path / "cam1_20260311T093000.jpg"
    path.write_bytes(jpeg(gradient()))
    frame = read_frame(path)
    assert (frame.camera, frame.width, frame.height) == ("cam1", 64, 48)
    assert frame.taken_at.utcoffset() is not None
    assert len(frame.sha256) == 64
