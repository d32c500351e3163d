"""Whether a frame proves anything at all: dark, blurred, blocked, moved, frozen, no picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.clock import Print, clock_print, stands_still
from vision.registration import WIDTH_PX, Registrar, Shift
from vision.seen import Frame, Gate, GateReason, Image, Light, PointNorm
from vision.shrink import halved

GRID: Final = (6, 8)
PRINTS: Final = 8
"""So many frames' written times are kept."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Where the gate closes.  Luminances 0..255 of a grey copy, shares 0..1.

    ``moved_percent`` of the picture's width, ``moved_degrees``: from there on every zone is wrong.
    ``blur_ratio``: sharpness against the reference of the same light; ``blur_alone`` without one;
    ``soft_ratio``: the same by the median cell, which a stamped text can't save.
    ``clock_minutes``: so far the written time may be from the frame's own.
    ``other_light_inliers``: so many features must agree before a frame is held against a clean
    picture of another light.  A camera's own frame with as many shows its place beyond doubt
    (correlation 0.91, the limit is 0.87); infrared beside daylight has fifteen at most.
    """

    black_mean: float = 14.0
    black_spread: float = 12.0
    flat_spread: float = 3.0
    placeholder_share: float = 0.85
    ir_colour: float = 2.0
    lamp_below: float = 75.0
    dark_below: float = 30.0
    blur_ratio: float = 0.25
    blur_alone: float = 12.0
    soft_ratio: float = 0.55
    blocked_share: float = 0.5
    blocked_ratio: float = 0.12
    moved_percent: float = 1.0
    moved_degrees: float = 0.5
    clock_minutes: float = 10.0
    other_light_inliers: int = 50


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """A frame's small grey copy and what is measured on it.

    ``bgr``: (h, w, 3) uint8, ``WIDTH_PX`` wide; ``grey``: (h, w), the same; ``half``: the frame at
    half its size, ``whole``: as it came.
    ``edges``: (6, 8) mean edge strength a cell.
    ``shift``: how it lies against the reference, where that was measured.
    """

    whole: Image
    half: Image
    bgr: Image
    grey: NDArray[np.uint8]
    mean: float
    spread: float
    colour: float
    sharpness: float
    edges: NDArray[np.float64]
    flat_share: float
    shift: Shift | None = None

    def at_least(self, width: int) -> Image:
        """The smallest copy that is ``width`` wide or wider, the frame itself where none is."""
        return self.half if self.half.shape[1] >= width else self.whole


def look_at(image: Image) -> Look:
    """One pass over a small copy; every test of the gate reads from it."""
    height, width = image.shape[:2]
    half = halved(image)
    # by area in one step, or in two whole ones, which are cheaper and give the same
    source = half if half.shape[1] % WIDTH_PX == 0 else image
    size = (WIDTH_PX, max(8, round(WIDTH_PX * height / width)))
    small = np.asarray(cv2.resize(source, size, interpolation=cv2.INTER_AREA), np.uint8)
    grey = np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.uint8)
    laplacian = cv2.Laplacian(grey, cv2.CV_32F)
    rows, columns = GRID
    cells = cv2.resize(np.abs(laplacian), (columns, rows), interpolation=cv2.INTER_AREA)
    blue, green, red = np.moveaxis(small[::4, ::4], 2, 0)
    most, least = np.maximum(np.maximum(blue, green), red), np.minimum(np.minimum(blue, green), red)
    counts = cv2.calcHist([grey[::2, ::2]], [0], None, [32], [0, 256])
    mean, spread = _mean_and_spread(grey)
    return Look(
        whole=image,
        half=half,
        bgr=small,
        grey=grey,
        mean=mean,
        spread=spread,
        colour=float(np.mean(most - least)),
        sharpness=_mean_and_spread(laplacian)[1] ** 2,
        edges=np.asarray(cells, np.float64),
        flat_share=float(counts.max()) / float(counts.sum()),
    )


def _mean_and_spread(values: NDArray[np.generic]) -> tuple[float, float]:
    mean, spread = cv2.meanStdDev(values)
    return float(mean[0, 0]), float(spread[0, 0])


class FrameGate:
    """One camera's gate: its references looked at once, then frame by frame.

    ``clock_norm``: where the recorder writes the time.  Its look in the last few frames is kept,
    by their sha256, so that a frame can be held against the one before.
    """

    def __init__(
        self,
        references: Mapping[Light, Image],
        limits: Limits | None = None,
        clock_norm: tuple[PointNorm, ...] | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self._clock_norm = clock_norm
        self._prints: dict[str, Print] = {}
        looks = {light: look_at(image) for light, image in references.items()}
        self._registrars = {light: Registrar(look.grey) for light, look in looks.items()}
        nothing = np.zeros((0, 0, 3), np.uint8)  # of the references only the figures are kept
        self._looks = {
            light: replace(look, whole=nothing, half=nothing) for light, look in looks.items()
        }

    def judge(self, frame: Frame, previous: str | None = None) -> tuple[Gate, Look]:
        """Gate and the small copy it was measured on; ``previous``: sha256 of the frame before."""
        look = look_at(frame.image)
        light = self.light(look)
        before = None if previous is None else self._prints.get(previous)
        clock = self._read_clock(frame)
        reason, detail, shift = self._reason(frame, look, light, previous)
        if reason not in ("black", "placeholder", "frozen") and clock is not None:
            still = None if before is None else stands_still(clock, before, self._prints.values())
            off = clock.off_minutes()
            if still is not None:
                reason, detail = "frozen", {"minutes": still}
            elif reason == "ok" and off is not None and off > self.limits.clock_minutes:
                reason, detail = "wrong_time", {"minutes": off}
        look = replace(look, shift=shift)
        return Gate(reason, light, {k: round(float(v), 3) for k, v in detail.items()}), look

    def _read_clock(self, frame: Frame) -> Print | None:
        """The written time of this frame, kept for the next one."""
        if self._clock_norm is None:
            return None
        clock = clock_print(frame.image, self._clock_norm, frame.taken_at)
        self._prints.pop(frame.sha256, None)
        self._prints[frame.sha256] = clock
        while len(self._prints) > PRINTS:
            del self._prints[next(iter(self._prints))]
        return clock

    def light(self, look: Look) -> Light:
        """Grey pictures are IR; else the reference nearest in brightness; else by brightness."""
        limits = self.limits
        if look.mean < limits.black_mean and look.spread < limits.black_spread:
            return "dark"
        if look.colour < limits.ir_colour:
            return "ir"
        known = [light for light in self._looks if light != "ir"]
        if known:
            return min(known, key=lambda light: abs(self._looks[light].mean - look.mean))
        if look.mean < limits.dark_below:
            return "dark"
        return "lamp" if look.mean < limits.lamp_below else "day"

    def _reason(
        self, frame: Frame, look: Look, light: Light, previous: str | None
    ) -> tuple[GateReason, Mapping[str, float], Shift | None]:
        limits = self.limits
        if look.mean < limits.black_mean and look.spread < limits.black_spread:
            return "black", {"luminance": look.mean, "spread": look.spread}, None
        if look.spread < limits.flat_spread or look.flat_share > limits.placeholder_share:
            return "placeholder", {"flat_percent": 100 * look.flat_share}, None
        if previous == frame.sha256:
            return "frozen", {}, None
        base = self._looks.get(light)
        if base is None:
            if look.sharpness < limits.blur_alone:
                return "blurred", {"sharpness": look.sharpness}, None
        else:
            if look.sharpness < limits.blur_ratio * base.sharpness:
                percent = 100 * look.sharpness / base.sharpness
                return "blurred", {"sharpness_percent": percent}, None
            lost = self._lost(look, base)
            if lost > limits.blocked_share:
                return "blocked", {"blocked_percent": 100 * lost}, None
            kept = self._kept(look, base)
            if kept < limits.soft_ratio:
                return "blurred", {"sharpness_percent": 100 * kept}, None
        return self._place(look, light)

    def _lost(self, look: Look, base: Look) -> float:
        """The share of cells whose structure, there in the reference, is gone."""
        rich = base.edges > max(2.0, 0.3 * float(np.median(base.edges)))
        if not rich.any():
            return 0.0
        gone = look.edges[rich] < self.limits.blocked_ratio * base.edges[rich]
        return float(gone.mean())

    def _kept(self, look: Look, base: Look) -> float:
        """The median share of edge strength that the richest third of the cells kept: an overlay's
        crisp text and one person in front count for little in it, a lens out of focus shows in all
        of them.  A bare wall's cells hold noise alone, which no lens blurs.  Less contrast all over
        is no blur."""
        rich = base.edges > max(2.0, float(np.quantile(base.edges, 2 / 3)))
        if not rich.any():
            return 1.0
        dimmer = float(np.clip(look.spread / max(base.spread, 1e-6), 0.3, 1.0))
        return float(np.median(look.edges[rich] / base.edges[rich])) / dimmer

    def _place(
        self, look: Look, light: Light
    ) -> tuple[GateReason, Mapping[str, float], Shift | None]:
        """Whether it is this camera's view, as it was: held against the clean picture of its light.

        Without one in that light another must do, and says something only where much agrees: that
        infrared and daylight have nothing in common makes no frame another camera's.
        """
        own = self._registrars.get(light)
        registrar = own or next(iter(self._registrars.values()), None)
        if registrar is None or not registrar.usable:
            return "ok", {}, None
        shift = registrar.compare(look.grey)
        if own is None and shift.inliers < self.limits.other_light_inliers:
            return "ok", {}, None
        detail = {
            "shift_percent": shift.shift_percent,
            "turn_deg": shift.turn_deg,
            "zoom_percent": shift.zoom_percent,
            "inliers": float(shift.inliers),
        }
        if shift.moved(percent=self.limits.moved_percent, degrees=self.limits.moved_degrees):
            return "moved", detail, shift
        if not shift.found:
            return "wrong_camera", detail, shift
        return "ok", detail, shift
