"""The recorder's own clock: read on real frames and in several hands, or not said to be read."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from PIL import Image as PillowImage, ImageDraw, ImageFont

from rules.kinds.base import refused
from rules.layout import load_layout
from rules.messages import sentence
from tests.rules import made
from tests.vision.test_gate import compressed, hall
from vision.clock import clock_print
from vision.gate import FrameGate
from vision.images import read_frame
from vision.seen import HALL_TZ, Frame, Image, ImageError

SAMPLE = Path(__file__).resolve().parents[2] / "datasets" / "sample_hall"
FRAMES = sorted((SAMPLE / "frames").glob("*.jpg"))
AREA = ((0.01, 0.01), (0.5, 0.01), (0.5, 0.12), (0.01, 0.12))
AT = datetime(2026, 3, 11, 10, 42, 31, tzinfo=HALL_TZ)
FORMS = ("%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%d-%m-%Y %H:%M:%S", "%m-%d-%Y %H:%M:%S",
         "%Y-%m-%d %a %H:%M:%S", "%H:%M:%S")  # fmt: skip


@cache
def room(seed: int) -> Image:
    return np.asarray(cv2.resize(hall(seed), (1920, 1080)))


def written(
    text: str, *, hand: str = "plain", seed: int = 3, dark: bool = False, noise: float = 3.0
) -> Image:
    """A hall with the text in its corner, in one of several hands; noise and damage there only."""
    ink, edge = ((20, 20, 20), (235, 235, 235)) if dark else ((245, 245, 245), (15, 15, 15))
    out = room(seed).copy()
    image = out[:144, :976].copy()
    if hand == "plain":
        picture = PillowImage.fromarray(image)
        ImageDraw.Draw(picture).text(
            (30, 30), text, fill=ink, font=ImageFont.load_default(48), stroke_width=3,
            stroke_fill=edge,
        )  # fmt: skip
        image = np.array(picture)
    elif hand == "opencv":
        cv2.putText(image, text, (30, 80), cv2.FONT_HERSHEY_SIMPLEX, 1.6, edge, 8, cv2.LINE_AA)
        cv2.putText(image, text, (30, 80), cv2.FONT_HERSHEY_SIMPLEX, 1.6, ink, 3, cv2.LINE_AA)
    rng = np.random.default_rng(seed)
    image = np.clip(image + rng.normal(0, noise, image.shape), 0, 255).astype(np.uint8)
    out[:144, :976] = compressed(image)
    return out


@pytest.mark.parametrize("path", FRAMES, ids=lambda p: p.stem)
def test_every_clock_of_the_sample_hall_is_read(path: Path) -> None:
    try:
        frame = read_frame(path)
    except ImageError:
        return  # the one that is cut off
    area = load_layout(SAMPLE / "hall.yaml").view(frame.camera).clock_norm
    assert area is not None
    shown = clock_print(frame.image, area, frame.taken_at)
    assert frame.taken_at.replace(microsecond=0) in shown.shown
    assert shown.off_minutes() == 0.0


@pytest.mark.parametrize("hand", ["plain", "opencv"])
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("dark", [False, True])
def test_what_is_read_is_right_in_every_hand_and_form(hand: str, form: str, dark: bool) -> None:
    """Read or not: never read wrongly."""
    for i in range(4):
        at = AT + timedelta(minutes=97 * i, seconds=13 * i)
        shown = clock_print(written(at.strftime(form), hand=hand, seed=i, dark=dark), AREA, at)
        assert shown.off_minutes() in (None, 0.0), (at, shown.shown)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 24 * 60 * 365), st.sampled_from(["plain", "opencv"]), st.floats(0, 12))
def test_no_moment_is_read_wrongly(minute: int, hand: str, noise: float) -> None:
    at = datetime(2026, 1, 1, 0, 0, 17, tzinfo=HALL_TZ) + timedelta(minutes=minute)
    image = written(at.strftime(FORMS[0]), hand=hand, seed=minute % 7, noise=noise)
    assert clock_print(image, AREA, at).off_minutes() in (None, 0.0)


def test_most_are_read_at_all() -> None:
    times = [AT + timedelta(minutes=97 * i, seconds=13 * i) for i in range(20)]
    read = [
        clock_print(written(at.strftime(FORMS[0]), seed=i), AREA, at).off_minutes() == 0.0
        for i, at in enumerate(times)
    ]
    assert sum(read) >= 14


def test_a_room_without_a_clock_says_no_time() -> None:
    for seed in range(12):
        assert clock_print(written("", seed=seed), AREA, AT).shown == ()


# ------------------------------------------------------------------ at the gate


def frame(image: Image, at: datetime, sha: str) -> Frame:
    return Frame("cam", at, "cam.jpg", sha, image)


def gate() -> FrameGate:
    return FrameGate({"day": written("2026-03-02 07:40:11", seed=3)}, clock_norm=AREA)


TEXT = "2026-03-11 10:42:31"


def test_a_frozen_clock_is_frozen_though_noise_flickers() -> None:
    here = gate()
    noisy = (written(TEXT, noise=3.0), written(TEXT, noise=3.5))
    assert not np.array_equal(*noisy)
    assert here.judge(frame(noisy[0], AT, "a"))[0].ok
    still, _ = here.judge(frame(noisy[1], AT + timedelta(minutes=25), "b"), "a")
    assert (still.reason, still.detail) == ("frozen", {"minutes": 25.0})
    moved = written("2026-03-11 11:20:02")
    assert here.judge(frame(moved, AT + timedelta(minutes=37.5), "c"), "b")[0].ok


def test_frames_of_one_minute_may_show_one_time() -> None:
    here = gate()
    assert here.judge(frame(written(TEXT), AT, "a"))[0].ok
    soon = AT + timedelta(seconds=20)
    assert here.judge(frame(written(TEXT, noise=3.5), soon, "b"), "a")[0].ok


@pytest.mark.parametrize(
    ("minutes", "reason"),
    [(0, "ok"), (9, "ok"), (-9, "ok"), (40, "wrong_time"), (-40, "wrong_time"),
     (3000, "wrong_time")],
)  # fmt: skip
def test_a_wrong_clock_is_told_with_its_minutes(minutes: int, reason: str) -> None:
    at = AT + timedelta(hours=5)  # in the afternoon, when a clock of twelve hours shows another
    picture = written(f"{at:%Y-%m-%d %H:%M:%S}")
    said, _ = gate().judge(frame(picture, at + timedelta(minutes=minutes), "a"))
    assert said.reason == reason
    if reason == "wrong_time":
        assert said.detail == {"minutes": float(abs(minutes))}


def test_a_clock_of_twelve_hours_is_not_twelve_hours_wrong() -> None:
    said, _ = gate().judge(frame(written("2026-03-11 03:42:31"), AT + timedelta(hours=5), "a"))
    assert said.ok


@pytest.mark.parametrize("text", ["HALL 3 CAM", "大厅", "#########", "ABCDEFGH IJKLM"])
def test_a_name_that_is_always_there_is_no_frozen_clock(text: str) -> None:
    here = gate()
    for i in range(4):
        at = AT + timedelta(minutes=30 * i)
        picture = written(text, hand="opencv", noise=3.0 + 0.2 * i)
        said, _ = here.judge(frame(picture, at, str(i)), str(i - 1))
        assert said.reason not in ("frozen", "wrong_time"), said


def test_without_an_area_nothing_is_said_of_the_time() -> None:
    here = FrameGate({"day": written(TEXT)})
    assert here.judge(frame(written(TEXT), AT + timedelta(days=3), "a"))[0].ok


def test_a_layout_names_the_area_and_a_reason_its_minutes() -> None:
    extra = "    clock: [[0.01, 0.01], [0.5, 0.01], [0.5, 0.12], [0.01, 0.12]]"
    view = made.hall(extra=extra).view("C1")
    assert view.clock_norm == AREA
    assert AREA in view.ignore_norm
    assert made.hall().view("C1").clock_norm is None
    late, _ = gate().judge(frame(written(TEXT), AT + timedelta(minutes=40), "a"))
    reason = refused(made.facts(made.hall(), gate=late)).reason
    assert sentence(reason) == "画面时间不符, 相差 40 分钟"
    assert sentence(reason, "en") == "the picture's time is wrong by 40 minutes"
