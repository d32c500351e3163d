"""The time that a recorder writes into its picture: whether it moves on, and what it says.

Nothing here accuses on a guess.  A clock that can't be read plainly says nothing, and one area
that never changes may be a camera's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.seen import HALL_TZ, Image, PointNorm

GLYPH: Final = (14, 22)
"""Width and height that every character is brought to before it is compared."""
SURE: Final = 0.72
"""Correlation with a digit's shape from which a character may be that digit."""
APART: Final = 0.04
"""So much less every other digit must fit."""
INK: Final = 45
"""How much brighter (or darker) than all around it writing is, 0..255."""
SAME_INK: Final = 0.93
"""The share of two frames' writing that must coincide: one changed digit of fourteen costs more."""
LEAST_INK: Final = 0.01
EVEN: Final = 1.4
"""How many times the narrowest step between two figures the widest may be: a one is narrow."""
MINUTES_BETWEEN: Final = 2.0
"""So far apart two frames must be taken before an unchanged clock speaks of a frozen picture."""

Mask = NDArray[np.bool_]
Stroke = NDArray[np.float64]
"""Shape (N, 2): x and y along a pen's way."""


@dataclass(frozen=True, slots=True, eq=False)
class Print:
    """A clock's area in one frame: when the frame was taken, its writing's ink, and the time read.

    ``ink``: (h, w) bool.  ``shown``: what the clock may say, each reading that its figures allow
    (the order of day and month is not known); empty where it can't be read plainly.
    """

    taken_at: datetime
    ink: Mask
    shown: tuple[datetime, ...] = ()

    def off_minutes(self) -> float | None:
        """How far the clock is from the frame's own time, by the kindest reading; None: unread."""
        if not self.shown:
            return None
        return min(abs((at - self.taken_at) / timedelta(minutes=1)) for at in self.shown)

    def same_writing(self, other: Print) -> bool:
        """Whether the ink of both coincides, but for what noise and compression change."""
        if self.ink.shape != other.ink.shape:
            return False
        most = max(np.count_nonzero(self.ink), np.count_nonzero(other.ink))
        if most < LEAST_INK * self.ink.size:
            return False
        # a pixel's edge flickers: what has ink beside it in the other frame is no difference
        lost = np.count_nonzero(self.ink & ~_grown(other.ink))
        new = np.count_nonzero(other.ink & ~_grown(self.ink))
        both = np.count_nonzero(self.ink & other.ink)
        return bool(both >= 0.7 * most and max(lost, new) <= (1 - SAME_INK) / 5 * most)


def clock_print(image: Image, area_norm: Sequence[PointNorm], taken_at: datetime) -> Print:
    """What the clock's area shows."""
    height, width = image.shape[:2]
    xs, ys = zip(*area_norm, strict=True)
    left, right = int(min(xs) * width), max(int(max(xs) * width), int(min(xs) * width) + 8)
    top, bottom = int(min(ys) * height), max(int(max(ys) * height), int(min(ys) * height) + 8)
    part = image[top:bottom, left:right]
    grey = np.asarray(cv2.cvtColor(np.ascontiguousarray(part), cv2.COLOR_BGR2GRAY), np.uint8)
    best: _Line | None = None
    for ink in _inks(grey):
        line = _line(ink)
        if line is None:
            continue
        if line.ends_in_time and (shown := tuple(_times(line.digits, taken_at))):
            return Print(taken_at, line.where, shown)
        if best is None or len(line.digits) > len(best.digits):
            best = line
    return Print(taken_at, _ink(grey) if best is None else best.where)


def stands_still(now: Print, before: Print, known: Iterable[Print]) -> float | None:
    """Minutes between two frames whose clock shows the very same, None where that says nothing.

    Only for a clock that was read, or whose writing was another in one of the ``known`` frames: a
    camera's name is always there and is no clock.
    """
    minutes = abs((now.taken_at - before.taken_at) / timedelta(minutes=1))
    if minutes < MINUTES_BETWEEN:
        return None
    if now.shown and before.shown:
        # without a date the frame's own day completes what was read: the time alone is compared
        same = {at.time() for at in now.shown} == {at.time() for at in before.shown}
        return minutes if same else None
    if not now.same_writing(before):
        return None
    changes = any(k.ink.shape == now.ink.shape and not now.same_writing(k) for k in known)
    return minutes if changes else None


def _grown(ink: Mask) -> Mask:
    return np.asarray(cv2.dilate(ink.astype(np.uint8), np.ones((3, 3), np.uint8)), np.bool_)


def _ink(grey: NDArray[np.uint8]) -> Mask:
    """What is brighter or darker than all wider things round it: strokes, whatever lies behind."""
    side = max(3, round(0.12 * grey.shape[0])) | 1
    kernel = np.ones((side, side), np.uint8)
    hats = [cv2.morphologyEx(grey, hat, kernel) for hat in (cv2.MORPH_TOPHAT, cv2.MORPH_BLACKHAT)]
    return np.asarray(cv2.max(*hats) > INK, np.bool_)


def _inks(grey: NDArray[np.uint8]) -> Iterator[Mask]:
    """Masks in which the writing may stand by itself: it is the brightest or the darkest there is,
    and its own edge parts it from a background that is as bright or dark."""
    for level in (225, 200, 170):
        yield grey > level
    for level in (30, 60, 90):
        yield grey < level


@dataclass(frozen=True, slots=True, eq=False)
class _Line:
    """The characters that stand level, left to right: which digit each is (-1: none plainly), where
    their middles are, and their pixels in the area, (h, w) bool."""

    digits: tuple[int, ...]
    middles: tuple[float, ...]
    where: Mask

    @property
    def ends_in_time(self) -> bool:
        """Whether the last six stand as three pairs, evenly, with a colon's room between them.

        Where a figure was lost on the way, those left stand otherwise, and nothing is read.
        """
        steps = [b - a for a, b in pairwise(self.middles[-6:])]
        within, between = steps[::2], steps[1::2]
        even = max(within) <= EVEN * min(within) and max(between) <= EVEN * min(between)
        return even and min(between) > max(within)


def _line(ink: Mask) -> _Line | None:
    """The area's line of figures, None where nothing looks like one."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    height = ink.shape[0]
    tall = [
        (i, (x, y, w, h))
        for i, (x, y, w, h, area) in enumerate(stats.tolist())
        if i and 0.25 * height <= h < height and h >= 8 and w <= 1.1 * h and area >= 0.12 * w * h
    ]
    if not 6 <= len(tall) <= 60:
        return None
    # the line: the height and the foot that most characters share
    line = max(([pair for pair in tall if _level(pair[1], box)] for _, box in tall), key=len)
    if len(line) < 6:
        return None
    line.sort(key=lambda pair: pair[1][0])
    digits = tuple(_digit(labels[y : y + h, x : x + w] == i) for i, (x, y, w, h) in line)
    middles = tuple(x + w / 2 for _, (x, _, w, _) in line)
    return _Line(digits, middles, np.isin(labels, [i for i, _ in line]))


def _level(a: tuple[int, ...], b: tuple[int, ...]) -> bool:
    slack = max(2.0, 0.16 * b[3])
    return abs(a[1] - b[1]) <= slack and abs(a[1] + a[3] - b[1] - b[3]) <= slack


def _digit(shape: Mask) -> int:
    """The digit that a character's shape fits, and no other nearly as well; else -1."""
    height, width = shape.shape
    if width <= 0.42 * height:  # only a one is so narrow, and it has a stem from top to bottom
        return 1 if shape.mean(axis=0).max() >= 0.9 else -1
    names, shapes = _fonts()
    fits = shapes @ _normal(shape)
    best = [float(fits[names == d].max()) for d in range(10)]
    first, second = sorted(range(10), key=lambda d: -best[d])[:2]
    return first if best[first] >= SURE and best[first] - best[second] >= APART else -1


def _normal(shape: NDArray[np.generic]) -> NDArray[np.float32]:
    """A shape at ``GLYPH`` size, a little softened, of mean 0 and length 1, flat."""
    image = cv2.resize(shape.astype(np.float32), GLYPH, interpolation=cv2.INTER_AREA)
    image = cv2.GaussianBlur(image, (0, 0), 0.9)
    flat = np.asarray(image, np.float32).ravel()
    flat = flat - flat.mean()
    return np.asarray(flat / max(float(np.linalg.norm(flat)), 1e-6), np.float32)


_DOTS: Final = (
    "01110100011001110101110011000101110", "00100011000010000100001000010001110",
    "01110100010000100010001000100011111", "11111000100010000010000011000101110",
    "00010001100101010010111110001000010", "11111100001111000001000011000101110",
    "00110010001000011110100011000101110", "11111000010001000100010000100001000",
    "01110100011000101110100011000101110", "01110100011000101111000010001001100",
)  # fmt: skip
"""The digits of a 5 × 7 dot matrix, row by row: what simple recorders write with."""


def _arc(cx: float, cy: float, rx: float, ry: float, start: float, end: float) -> Stroke:
    """Points of an ellipse's arc from one angle to another, degrees, clockwise from the right."""
    turn = np.radians(np.linspace(start, end, 24))
    return np.stack([cx + rx * np.cos(turn), cy + ry * np.sin(turn)], axis=1)


def _strokes() -> list[tuple[int, list[Stroke]]]:
    """The digits as a pen draws them, on a sheet of 1 × 1: each with the ways it is written."""
    bowl = _arc(0.5, 0.68, 0.46, 0.3, 0, 360)
    ring = _arc(0.5, 0.32, 0.46, 0.3, 0, 360)
    return [
        (0, [_arc(0.5, 0.5, 0.46, 0.48, 0, 360)]),
        (0, [_arc(0.5, 0.5, 0.46, 0.48, 0, 360), _points((0.25, 0.75), (0.75, 0.25))]),
        (1, [_points((0.2, 0.2), (0.5, 0.02), (0.5, 0.98)), _points((0.15, 0.98), (0.85, 0.98))]),
        (2, [_arc(0.5, 0.28, 0.44, 0.26, -170, 35), _points((0.86, 0.42), (0.06, 0.97)),
             _points((0.06, 0.97), (0.96, 0.97))]),
        (3, [_arc(0.48, 0.27, 0.42, 0.25, -160, 90), _arc(0.48, 0.74, 0.46, 0.24, -90, 160)]),
        (3, [_points((0.08, 0.03), (0.9, 0.03), (0.45, 0.38)),
             _arc(0.45, 0.68, 0.48, 0.3, -90, 160)]),
        (4, [_points((0.72, 0.98), (0.72, 0.02), (0.03, 0.68), (0.98, 0.68))]),
        (5, [_points((0.88, 0.03), (0.18, 0.03), (0.12, 0.44)),
             _arc(0.48, 0.66, 0.46, 0.31, -145, 150)]),
        (6, [bowl, _arc(0.62, 0.56, 0.58, 0.54, 180, 300)]),
        (6, [bowl, _points((0.07, 0.62), (0.6, 0.02))]),
        (7, [_points((0.04, 0.03), (0.96, 0.03), (0.36, 0.98))]),
        (8, [_arc(0.5, 0.26, 0.4, 0.24, 0, 360), _arc(0.5, 0.74, 0.46, 0.24, 0, 360)]),
        (9, [ring, _arc(0.38, 0.44, 0.58, 0.54, 0, 120)]),
        (9, [ring, _points((0.93, 0.38), (0.4, 0.98))]),
    ]  # fmt: skip


def _points(*at: tuple[float, float]) -> Stroke:
    return np.array(at, np.float64)


@cache
def _fonts() -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """The digits' shapes in the manners that recorders write: names (N,) and shapes (N, P)."""
    names: list[int] = []
    shapes: list[NDArray[np.float32]] = []
    for digit, dots in enumerate(_DOTS):
        matrix = np.array([int(c) for c in dots], np.float32).reshape(7, 5)
        names.append(digit)
        shapes.append(_normal(np.kron(matrix, np.ones((6, 6), np.float32))))
    for digit, strokes in _strokes():
        for thick in (10, 16, 24):
            sheet = np.zeros((180, 140), np.uint8)
            for stroke in strokes:
                line = np.rint(stroke * (80, 120) + (30, 30)).astype(np.int32)
                cv2.polylines(sheet, [line], False, 255, thick)
            ys, xs = np.nonzero(sheet)
            names.append(digit)
            shapes.append(_normal(sheet[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1] > 0))
    return np.array(names), np.stack(shapes)


def _times(figures: Sequence[int], taken_at: datetime) -> Iterator[datetime]:
    """All moments that a line may mean: its last six figures a time, eight before them a date.

    Each figure of the time must be plain.  Without a date the frame's own day is meant, or the one
    before or after it.
    """
    if len(figures) < 6 or min(figures[-6:]) < 0:
        return
    hour, minute, second = (10 * a + b for a, b in zip(figures[-6::2], figures[-5::2], strict=True))
    if hour > 23 or minute > 59 or second > 59:
        return
    own = taken_at.astimezone(HALL_TZ)
    days = [own + timedelta(days=d) for d in (-1, 0, 1)]
    date = figures[:8]
    if len(figures) >= 14 and min(date) >= 0:
        days = list(_dates(date))
        if not days:
            return
    for day in days:
        yield day.replace(hour=hour, minute=minute, second=second, microsecond=0)
        if hour <= 12:  # a clock of twelve hours shows no more
            yield day.replace(hour=(hour + 12) % 24, minute=minute, second=second, microsecond=0)


def _dates(figures: Sequence[int]) -> Iterator[datetime]:
    text = "".join(map(str, figures))
    for form in ("%Y%m%d", "%d%m%Y", "%m%d%Y"):
        try:
            day = datetime.strptime(text, form).replace(tzinfo=HALL_TZ)
        except ValueError:
            continue
        if 2000 <= day.year <= 2099:
            yield day
