"""Whether a camera still looks where it looked when its zones were drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

WIDTH_PX: Final = 640
"""Registration works on a grey copy of this width: 1 % of it is 6 px, 0.5° at its rim 3 px."""
FEATURES: Final = 700
MIN_MATCHES: Final = 12
MIN_FEATURES: Final = 60
CORNERS: Final = 160
MIN_CORNERS: Final = 30
SEEN_AGAIN: Final = 0.4
"""The share of the reference's corners that must still be where they were."""
PATCH_PX: Final = 15
LEVELS: Final = 2
ALIKE: Final = 0.75
"""Correlation from which the picture round a corner is the same."""
CLOSE_PERCENT: Final = 0.4
CLOSE_DEGREES: Final = 0.2
"""Well below the gate's limits: nearer to them the matched features have the word."""

STILL_PERCENT: Final = 1.0
STILL_DEGREES: Final = 0.5
SAME_PLACE: Final = 0.87
"""Median correlation round the reference's corners from which an unmoved frame shows its place.
Two halls that were furnished and hung with cameras alike agree in features and lie on each other
within a percent, and yet reach 0.83 at most; a place itself keeps above 0.9, lamp for daylight."""
MOVED_PLACE: Final = 0.5
"""The same for one that moved: turning and zooming cost some; another place has 0.41 at most."""

Grey = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Shift:
    """How a frame lies against its reference.

    ``shift_percent``: how far the picture's centre moved, in percent of its width; ``turn_deg``;
    ``zoom_percent``; ``inliers`` the features that agree, ``matches`` those compared.
    ``found`` False: too few agree to say anything, or the picture round them is another's.
    """

    found: bool
    shift_percent: float = 0.0
    turn_deg: float = 0.0
    zoom_percent: float = 0.0
    inliers: int = 0
    matches: int = 0
    affine: tuple[float, ...] | None = None
    """Six numbers, row by row: reference to frame, in pixels of the registration's copy."""

    def moved(self, *, percent: float, degrees: float) -> bool:
        return self.found and (
            self.shift_percent >= percent
            or abs(self.turn_deg) >= degrees
            or abs(self.zoom_percent) >= 2 * percent
        )


class Registrar:
    """The reference's features, found once; then one comparison a frame.

    Nearly every frame lies where its reference lies.  So its corners are first sought close by, at
    a third of what matching features over the whole picture costs; what isn't found there, or has
    moved by anything near the limits, is matched.
    """

    def __init__(self, reference: Grey) -> None:
        self._orb: Any = cv2.ORB.create(nfeatures=FEATURES, fastThreshold=8)
        self._matcher: Any = cv2.BFMatcher(cv2.NORM_HAMMING)
        self._shape = reference.shape
        even = _evened(reference)
        self._points, self._marks = self._features(even)
        self._close = _Close(even)

    @property
    def usable(self) -> bool:
        """Whether the reference itself has enough to hold on to."""
        return len(self._points) >= MIN_FEATURES

    def compare(self, grey: Grey) -> Shift:
        """The frame's shift, turn and zoom; ``grey`` of the reference's shape."""
        even = _evened(grey)
        close = self._close.compare(even)
        if close is not None and self.usable:
            return close
        return self._matched(even)

    def _features(self, even: Grey) -> tuple[NDArray[np.float64], Any]:
        keys, marks = self._orb.detectAndCompute(even, None)
        points = np.array([k.pt for k in keys], np.float64).reshape(-1, 2)
        return points, marks

    def _matched(self, even: Grey) -> Shift:
        points, marks = self._features(even)
        if len(points) < MIN_FEATURES or not self.usable:
            return Shift(found=False, matches=0)
        pairs = self._matcher.knnMatch(self._marks, marks, k=2)
        good = [p[0] for p in pairs if len(p) == 2 and p[0].distance < 0.8 * p[1].distance]
        if len(good) < MIN_MATCHES:
            return Shift(found=False, matches=len(good))
        src = self._points[[m.queryIdx for m in good]]
        dst = points[[m.trainIdx for m in good]]
        shift = _fitted(src, dst, self._shape)
        if shift.affine is None:
            return shift
        moved = shift.moved(percent=STILL_PERCENT, degrees=STILL_DEGREES)
        alike = self._close.agreement(even, shift.affine)
        if alike is not None and alike < (MOVED_PLACE if moved else SAME_PLACE):
            # features of furniture agree between two halls; what lies round the corners does not
            return replace(shift, found=False)
        return shift


class _Close:
    """The reference's corners, sought where they were."""

    def __init__(self, even: Grey) -> None:
        self._shape = even.shape
        found = cv2.goodFeaturesToTrack(even, CORNERS, 0.02, 10)
        margin, (height, width) = PATCH_PX // 2 + 1, even.shape
        points = np.zeros((0, 2), np.float32) if found is None else found.reshape(-1, 2)
        inner = (points >= margin).all(axis=1) & (points < (width - margin, height - margin)).all(
            axis=1
        )
        self._points = np.ascontiguousarray(points[inner], np.float32)
        self._even = even
        self._patches = _patches(even, self._points)

    def compare(self, even: Grey) -> Shift | None:
        """The shift, or None where it isn't small or too few corners look as they did."""
        if len(self._points) < MIN_CORNERS or even.shape != self._shape:
            return None
        moved, status, _ = cv2.calcOpticalFlowPyrLK(
            self._even, even, self._points, None, winSize=(PATCH_PX, PATCH_PX),
            maxLevel=LEVELS,
        )  # fmt: skip
        margin, (height, width) = PATCH_PX // 2 + 1, even.shape
        inner = (moved >= margin).all(axis=1) & (moved < (width - margin, height - margin)).all(
            axis=1
        )
        rows = np.flatnonzero(inner & (status.ravel() == 1))
        # a corner counts only where the picture round it is the same: flow finds something anywhere
        alike = (_patches(even, moved[rows]) * self._patches[rows]).sum(axis=1) > ALIKE
        rows = rows[alike]
        if len(rows) < max(MIN_CORNERS, SEEN_AGAIN * len(self._points)):
            return None
        src, dst = (p[rows].astype(np.float64) for p in (self._points, moved))
        shift = _fitted(src, dst, self._shape)
        still = not shift.moved(percent=CLOSE_PERCENT, degrees=CLOSE_DEGREES)
        return shift if shift.found and still and shift.inliers > 0.8 * len(rows) else None

    def agreement(self, even: Grey, affine: tuple[float, ...]) -> float | None:
        """The median correlation, -1..1, of what lies round the corners once the frame is laid back
        onto the reference; None where too few of them are in the picture."""
        matrix = np.array(affine, np.float64).reshape(2, 3)
        height, width = even.shape
        back = cv2.warpAffine(
            even, matrix, (width, height), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        )
        there = self._points @ matrix[:, :2].T + matrix[:, 2]
        margin = PATCH_PX // 2 + 1
        inner = (there >= margin).all(axis=1) & (there < (width - margin, height - margin)).all(
            axis=1
        )
        if np.count_nonzero(inner) < MIN_CORNERS:
            return None
        patches = _patches(np.asarray(back, np.uint8), self._points[inner])
        return float(np.median((patches * self._patches[inner]).sum(axis=1)))


def _evened(grey: Grey) -> Grey:
    """With a local contrast stretch, so that lamp light and daylight give the same corners."""
    return np.asarray(cv2.createCLAHE(2.0, (8, 8)).apply(grey), np.uint8)


def _patches(grey: Grey, points: NDArray[np.float32]) -> NDArray[np.float32]:
    """Shape (N, PATCH_PX²): what lies round each point (x, y), of mean 0 and length 1."""
    steps = np.arange(PATCH_PX) - PATCH_PX // 2
    columns, rows = np.rint(points).astype(np.intp).T
    out = grey[(rows[:, None] + steps)[:, :, None], (columns[:, None] + steps)[:, None]]
    flat = out.reshape(len(points), PATCH_PX**2).astype(np.float32)
    flat -= flat.mean(axis=1, keepdims=True)
    return np.asarray(flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-6))


def _fitted(src: NDArray[np.float64], dst: NDArray[np.float64], shape: tuple[int, ...]) -> Shift:
    """The shift, turn and zoom that most of the points (N, 2) agree on."""
    cv2.setRNGSeed(0)
    matrix, agreeing = cv2.estimateAffinePartial2D(
        src, dst, method=cv2.RANSAC, ransacReprojThreshold=2.0, maxIters=2000
    )
    inliers = int(agreeing.sum()) if agreeing is not None else 0
    if matrix is None or inliers < MIN_MATCHES:
        return Shift(found=False, inliers=inliers, matches=len(src))
    height, width = shape
    centre = np.array([width / 2, height / 2])
    moved = matrix[:, :2] @ centre + matrix[:, 2] - centre
    scale = float(np.hypot(matrix[0, 0], matrix[1, 0]))
    return Shift(
        found=True,
        shift_percent=round(100 * float(np.hypot(*moved)) / width, 3),
        turn_deg=round(float(np.degrees(np.arctan2(matrix[1, 0], matrix[0, 0]))), 3),
        zoom_percent=round(100 * (scale - 1), 3),
        inliers=inliers,
        matches=len(src),
        affine=tuple(float(v) for v in matrix.ravel()),
    )
