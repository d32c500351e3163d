"""What a surveillance camera does to a clean picture.  NumPy and OpenCV only, no bpy.

Pictures are (H, W, 3) BGR; "linear" ones float32 scene light, others uint8 sRGB.  Lens:
Brown-Conrady in the convention of ``vision.seen.Lens``: a point of the ideal picture, in units of
the focal length from the centre, moves to ``p * (1 + k1 r^2 + k2 r^4)``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


@dataclass(frozen=True)
class LensModel:
    """``size_px`` (W, H) of the delivered picture, ``focal_px`` in its pixels."""

    size_px: tuple[int, int]
    focal_px: float
    k1: float = 0.0
    k2: float = 0.0

    @staticmethod
    def of_hfov(
        size_px: tuple[int, int], hfov_deg: float, k1: float = 0.0, k2: float = 0.0
    ) -> LensModel:
        """``hfov_deg`` is the field of view of the ideal picture across its width."""
        return LensModel(size_px, size_px[0] / 2 / math.tan(math.radians(hfov_deg) / 2), k1, k2)

    @property
    def centre_px(self) -> tuple[float, float]:
        return self.size_px[0] / 2, self.size_px[1] / 2

    def bend(self, ideal_px: Array) -> Array:
        """(N, 2) ideal pixels -> pixels of the delivered (distorted) picture."""
        p = (np.asarray(ideal_px, np.float64) - self.centre_px) / self.focal_px
        r2 = (p**2).sum(-1, keepdims=True)
        # beyond the turning point of the polynomial the lens would fold back: hold it there
        if self.k1 < 0:
            r2 = np.minimum(r2, 1 / (3 * -self.k1))
        moved: Array = p * (1 + self.k1 * r2 + self.k2 * r2**2) * self.focal_px + self.centre_px
        return moved

    def unbend(self, bent_px: Array) -> Array:
        """(N, 2) delivered pixels -> ideal pixels, by fixed-point iteration."""
        d = (np.asarray(bent_px, np.float64) - self.centre_px) / self.focal_px
        p = d.copy()
        for _ in range(30):
            r2 = (p**2).sum(-1, keepdims=True)
            p = d / (1 + self.k1 * r2 + self.k2 * r2**2)
        return p * self.focal_px + self.centre_px

    @property
    def render_size_px(self) -> tuple[int, int]:
        """Size of the ideal picture, same focal length and centre, that covers the bent one."""
        w, h = self.size_px
        if self.k1 == 0 and self.k2 == 0:
            return w, h
        edge = np.array([[0, 0], [w, 0], [0, h], [w, h], [0, h / 2], [w / 2, 0]], float)
        far = np.abs(self.unbend(edge) - self.centre_px).max(0)
        return max(w, 2 * math.ceil(far[0])), max(h, 2 * math.ceil(far[1]))

    def maps(self) -> tuple[Array, Array]:
        """cv2.remap maps from the rendered ideal picture to the delivered one."""
        w, h = self.size_px
        rw, rh = self.render_size_px
        xs, ys = np.meshgrid(np.arange(w) + 0.5, np.arange(h) + 0.5)
        src = self.unbend(np.stack([xs.ravel(), ys.ravel()], 1))
        src += np.array([(rw - w) / 2 - 0.5, (rh - h) / 2 - 0.5])
        return (
            src[:, 0].reshape(h, w).astype(np.float32),
            src[:, 1].reshape(h, w).astype(np.float32),
        )


def tone(linear_bgr: Array, exposure: float) -> NDArray[np.uint8]:
    """Scene light to sRGB: straight up to mid grey, a soft shoulder above, as small cameras do."""
    x = np.maximum(linear_bgr.astype(np.float32) * exposure, 0)
    knee = 0.55
    over = np.maximum(x - knee, 0)
    x = np.where(x > knee, knee + (1 - knee) * (1 - np.exp(-over / (1 - knee))), x)
    y = np.where(x <= 0.0031308, x * 12.92, 1.055 * np.power(np.maximum(x, 1e-8), 1 / 2.4) - 0.055)
    return _bytes(y * 255 + 0.5)


def _bytes(x: Array) -> NDArray[np.uint8]:
    held: NDArray[np.uint8] = np.clip(x, 0, 255).astype(np.uint8)
    return held


def auto_exposure(linear_bgr: Array, target: float = 0.26) -> float:
    """The factor that brings the trimmed mean of scene light to ``target`` (linear)."""
    y = linear_bgr[::4, ::4] @ np.array([0.0722, 0.7152, 0.2126], np.float32)
    y = np.minimum(y, np.quantile(y, 0.97))
    return float(target / max(float(y.mean()), 1e-5))


def white_balance(image: Array, gains_bgr: tuple[float, float, float]) -> NDArray[np.uint8]:
    return np.clip(image.astype(np.float32) * np.array(gains_bgr, np.float32), 0, 255).astype(
        np.uint8
    )


def sensor_noise(image: Array, rng: np.random.Generator, sigma: float) -> NDArray[np.uint8]:
    """Shot-like noise (stronger in the dark), a little coarser in colour than in brightness."""
    h, w = image.shape[:2]
    luma = rng.standard_normal((h, w, 1), dtype=np.float32)
    chroma = rng.standard_normal((h // 2 + 1, w // 2 + 1, 3), dtype=np.float32)
    chroma = cv2.resize(chroma, (w, h), interpolation=cv2.INTER_LINEAR)
    x = image.astype(np.float32)
    gain = sigma * (1.25 - 0.6 * x / 255)
    return _bytes(x + gain * (0.8 * luma + 0.7 * chroma))


def sharpen(image: Array, amount: float, radius: float = 1.0) -> NDArray[np.uint8]:
    x = image.astype(np.float32)
    return _bytes(x + amount * (x - cv2.GaussianBlur(x, (0, 0), radius)))


def motion_blur(image: Array, length_px: int, angle_deg: float) -> NDArray[np.uint8]:
    k = np.zeros((length_px, length_px), np.float32)
    k[length_px // 2] = 1
    m = cv2.getRotationMatrix2D(((length_px - 1) / 2, (length_px - 1) / 2), angle_deg, 1)
    k = cv2.warpAffine(k, m, (length_px, length_px))
    out: NDArray[np.uint8] = cv2.filter2D(image, -1, k / max(float(k.sum()), 1e-6))
    return out


def defocus(image: Array, radius_px: int) -> NDArray[np.uint8]:
    k = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius_px + 1,) * 2).astype(np.float32)
    out: NDArray[np.uint8] = cv2.filter2D(image, -1, k / k.sum())
    return out


def ir_grey(image: Array) -> NDArray[np.uint8]:
    """Infrared night mode: grey, red reflects most, darker towards the corners."""
    h, w = image.shape[:2]
    g = image.astype(np.float32) @ np.array([0.15, 0.35, 0.5], np.float32)
    ys, xs = np.mgrid[0:h, 0:w].astype(np.float32)
    r = np.hypot((xs - w / 2) / w, (ys - h / 2) / w)
    g = np.clip(g * (1.12 - 0.55 * r), 0, 255).astype(np.uint8)
    out: NDArray[np.uint8] = cv2.cvtColor(g, cv2.COLOR_GRAY2BGR)
    return out


_DAYS = "一二三四五六日"


def overlay(
    image: Array, taken_at: datetime, camera: str, *, style: str = "us"
) -> NDArray[np.uint8]:
    """Burn in date and time (top left) and the camera's name (bottom right), white on dark edge."""
    out = np.ascontiguousarray(image).copy()
    h, w = out.shape[:2]
    scale = w / 1920 * 1.15
    text = taken_at.strftime("%Y-%m-%d %H:%M:%S" if style == "us" else "%d-%m-%Y %a %H:%M:%S")
    font = cv2.FONT_HERSHEY_DUPLEX
    for s, x, y in (
        (text, int(28 * scale), int(44 * scale)),
        (
            camera,
            w - int(28 * scale) - cv2.getTextSize(camera, font, scale, 2)[0][0],
            h - int(26 * scale),
        ),
    ):
        cv2.putText(out, s, (x, y), font, scale, (20, 20, 20), 5, cv2.LINE_AA)
        cv2.putText(out, s, (x, y), font, scale, (245, 245, 245), 2, cv2.LINE_AA)
    return out


def overlay_boxes_px(
    size_px: tuple[int, int], taken_at: datetime, camera: str
) -> list[tuple[int, int, int, int]]:
    """The rectangles that ``overlay`` writes in, xyxy, with a margin."""
    w, h = size_px
    scale = w / 1920 * 1.15
    font = cv2.FONT_HERSHEY_DUPLEX
    tw = cv2.getTextSize(taken_at.strftime("%Y-%m-%d %H:%M:%S"), font, scale, 2)[0][0]
    cw = cv2.getTextSize(camera, font, scale, 2)[0][0]
    m = int(14 * scale)
    return [
        (int(28 * scale) - m, int(8 * scale), int(28 * scale) + tw + m, int(62 * scale)),
        (w - int(28 * scale) - cw - m, h - int(66 * scale), w - int(28 * scale) + m, h - 4),
    ]


def jpeg(image: Array, quality: int) -> bytes:
    ok, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not ok:
        raise ValueError(f"a picture of shape {image.shape} does not fit JPEG")
    return bytes(data)


def video_like(image: Array, quality: int) -> NDArray[np.uint8]:
    """Damage like a hall's H.264/H.265 main stream: half-size colour, coarse DCT."""
    h, w = image.shape[:2]
    ycc = cv2.cvtColor(image, cv2.COLOR_BGR2YCrCb)
    small = cv2.resize(ycc[..., 1:], (w // 2, h // 2), interpolation=cv2.INTER_AREA)
    ycc[..., 1:] = cv2.resize(small, (w, h), interpolation=cv2.INTER_LINEAR)
    bgr = cv2.cvtColor(ycc, cv2.COLOR_YCrCb2BGR)
    back = cv2.imdecode(np.frombuffer(jpeg(bgr, quality), np.uint8), cv2.IMREAD_COLOR)
    return np.asarray(back, np.uint8)


@dataclass(frozen=True)
class Look:
    """One camera's character at one time."""

    noise: float = 2.0
    sharpen: float = 0.5
    gains_bgr: tuple[float, float, float] = (1.0, 1.0, 1.0)
    video_quality: int = 82
    grey: bool = False


def shoot(image: Array, look: Look, rng: np.random.Generator) -> NDArray[np.uint8]:
    """The whole chain between lens and stream for one still (the overlay comes after)."""
    x: Array = ir_grey(image) if look.grey else white_balance(image, look.gains_bgr)
    x = sensor_noise(x, rng, look.noise)
    if look.grey:
        x = cv2.cvtColor(cv2.cvtColor(x, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
    x = sharpen(x, look.sharpen)
    return video_like(x, look.video_quality)
