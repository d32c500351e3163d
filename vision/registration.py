"""Whether a camera still looks where it looked when its zones were drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

WIDTH_PX: Final = 640
"""Registration works on a grey copy of this width: 1 % of it is 6 px, 0.5° at its rim 3 px."""
FEATURES: Final = 700
MIN_MATCHES: Final = 12
MIN_FEATURES: Final = 60

Grey = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Shift:
    """How a frame lies against its reference.

    ``shift_percent``: how far the picture's centre moved, in percent of its width; ``turn_deg``;
    ``zoom_percent``; ``inliers`` the features that agree, ``matches`` those compared.
    ``found`` False: too few agree to say anything.
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
    """The reference's features, found once; then one comparison a frame."""

    def __init__(self, reference: Grey) -> None:
        self._orb: Any = cv2.ORB.create(nfeatures=FEATURES, fastThreshold=8)
        self._matcher: Any = cv2.BFMatcher(cv2.NORM_HAMMING)
        self._shape = reference.shape
        self._points, self._marks = self._features(reference)

    @property
    def usable(self) -> bool:
        """Whether the reference itself has enough to hold on to."""
        return len(self._points) >= MIN_FEATURES

    def _features(self, grey: Grey) -> tuple[NDArray[np.float64], Any]:
        # a local contrast stretch, so that lamp light and daylight give the same corners
        even = cv2.createCLAHE(2.0, (8, 8)).apply(grey)
        keys, marks = self._orb.detectAndCompute(even, None)
        points = np.array([k.pt for k in keys], np.float64).reshape(-1, 2)
        return points, marks

    def compare(self, grey: Grey) -> Shift:
        """The frame's shift, turn and zoom; ``grey`` of the reference's shape."""
        points, marks = self._features(grey)
        if len(points) < MIN_FEATURES or not self.usable:
            return Shift(found=False, matches=0)
        pairs = self._matcher.knnMatch(self._marks, marks, k=2)
        good = [p[0] for p in pairs if len(p) == 2 and p[0].distance < 0.8 * p[1].distance]
        if len(good) < MIN_MATCHES:
            return Shift(found=False, matches=len(good))
        src = self._points[[m.queryIdx for m in good]]
        dst = points[[m.trainIdx for m in good]]
        cv2.setRNGSeed(0)
        matrix, agreeing = cv2.estimateAffinePartial2D(
            src, dst, method=cv2.RANSAC, ransacReprojThreshold=2.0, maxIters=2000
        )
        inliers = int(agreeing.sum()) if agreeing is not None else 0
        if matrix is None or inliers < MIN_MATCHES:
            return Shift(found=False, inliers=inliers, matches=len(good))
        height, width = self._shape
        centre = np.array([width / 2, height / 2])
        moved = matrix[:, :2] @ centre + matrix[:, 2] - centre
        scale = float(np.hypot(matrix[0, 0], matrix[1, 0]))
        return Shift(
            found=True,
            shift_percent=round(100 * float(np.hypot(*moved)) / width, 3),
            turn_deg=round(float(np.degrees(np.arctan2(matrix[1, 0], matrix[0, 0]))), 3),
            zoom_percent=round(100 * (scale - 1), 3),
            inliers=inliers,
            matches=len(good),
            affine=tuple(float(v) for v in matrix.ravel()),
        )
