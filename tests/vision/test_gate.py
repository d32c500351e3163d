"""The frame gate: a made hall, and all that may happen to its picture."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import cv2
import numpy as np
import pytest

from vision.gate import FrameGate
from vision.seen import HALL_TZ, Facts, Frame, Gate, Image

SIZE = (540, 960)


def hall(seed: int = 3) -> Image:
    """A picture with the structure of a room: panels, edges, texture."""
    rng = np.random.default_rng(seed)
    image = np.full((*SIZE, 3), 150, np.uint8)
    for _ in range(90):
        x, y = rng.integers(0, SIZE[1] - 40), rng.integers(0, SIZE[0] - 40)
        w, h = rng.integers(20, 180, 2)
        colour = tuple(int(c) for c in rng.integers(30, 230, 3))
        cv2.rectangle(image, (int(x), int(y)), (int(x + w), int(y + h)), colour, -1)
    noise = rng.normal(0, 3, image.shape)
    return np.clip(image + noise, 0, 255).astype(np.uint8)


def frame(image: Image, sha: str = "a") -> Frame:
    return Frame("cam", datetime(2026, 3, 11, 10, tzinfo=HALL_TZ), "cam_x.jpg", sha, image)


def shifted(dx: float, dy: float, turn: float = 0.0, zoom: float = 1.0) -> Callable[[Image], Image]:
    def move(image: Image) -> Image:
        h, w = image.shape[:2]
        matrix = cv2.getRotationMatrix2D((w / 2, h / 2), turn, zoom)
        matrix[:, 2] += (dx, dy)
        return np.asarray(cv2.warpAffine(image, matrix, (w, h), borderMode=cv2.BORDER_REFLECT))

    return move


def person_in_front(image: Image) -> Image:
    out = image.copy()
    cv2.ellipse(out, (420, 330), (90, 200), 0, 0, 360, (60, 50, 70), -1)
    return out


def compressed(image: Image) -> Image:
    data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, 35])[1]
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)


def half_covered(image: Image) -> Image:
    out = image.copy()
    out[:, : int(0.75 * out.shape[1])] = (90, 95, 88)
    return out


CASES: list[tuple[str, Callable[[Image], Image], str]] = [
    ("as it was", lambda i: i, "ok"),
    ("a person", person_in_front, "ok"),
    ("dimmer", lambda i: (i * 0.6).astype(np.uint8), "ok"),
    ("warmer", lambda i: np.clip(i * np.array([0.9, 1.05, 1.2]), 0, 255).astype(np.uint8), "ok"),
    ("compressed", compressed, "ok"),
    ("nudged by 0.3 %", shifted(3, 0), "ok"),
    ("knocked by 1.5 %", shifted(14, 4), "moved"),
    ("turned by 1°", shifted(0, 0, 1.0), "moved"),
    ("turned by 4°", shifted(10, 5, 4.0), "moved"),
    ("zoomed by 5 %", shifted(0, 0, 0.0, 1.05), "moved"),
    ("black", lambda i: np.full_like(i, 3), "black"),
    ("one colour", lambda i: np.full_like(i, 127), "placeholder"),
    ("blurred", lambda i: cv2.GaussianBlur(i, (0, 0), 9), "blurred"),
    ("sprayed", half_covered, "blocked"),
    ("another camera", lambda _: hall(99), "wrong_camera"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "done", "reason"), CASES, ids=[c[0] for c in CASES])
def test_what_happens_to_a_picture_is_named(
    what: str, done: Callable[[Image], Image], reason: str
) -> None:
    gate = FrameGate({"day": hall()})
    judged, _ = gate.judge(frame(np.asarray(done(hall()), np.uint8)))
    assert judged.reason == reason, (what, judged)
    assert judged.ok == (reason == "ok")


@pytest.mark.parametrize("degrees", [0.6, 1.0, 2.0, 3.0])
def test_the_turn_is_measured(degrees: float) -> None:
    gate = FrameGate({"day": hall()})
    judged, _ = gate.judge(frame(shifted(0, 0, degrees)(hall())))
    assert abs(judged.detail["turn_deg"]) == pytest.approx(degrees, abs=0.1)


def test_the_same_file_again_is_frozen() -> None:
    gate = FrameGate({"day": hall()})
    at = datetime(2026, 3, 11, 9, tzinfo=HALL_TZ)
    before = Facts("cam", at, "cam_w.jpg", "same", 960, 540, Gate("ok"))
    assert gate.judge(frame(hall(), "same"), before.sha256)[0].reason == "frozen"
    assert gate.judge(frame(hall(), "other"), before.sha256)[0].reason == "ok"


def test_grey_pictures_are_infrared_and_dim_ones_lamp_light() -> None:
    grey = cv2.cvtColor(cv2.cvtColor(hall(), cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
    gate = FrameGate({})
    assert gate.judge(frame(np.asarray(grey)))[0].light == "ir"
    assert gate.judge(frame(hall()))[0].light == "day"
    assert gate.judge(frame((hall() * 0.35).astype(np.uint8)))[0].light == "lamp"


def test_without_a_reference_nothing_is_called_moved() -> None:
    judged, _ = FrameGate({}).judge(frame(shifted(60, 30, 5)(hall())))
    assert judged.ok
