"""Pictures of cloth: weaves and prints, and where collars, pockets, bands and zips lie on a cut."""

from __future__ import annotations

import math
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from datasets.render.assets.core import Lazy
from datasets.render.garment_looks import GarmentLook, ShellLook
from datasets.render.pieces import hash_seed

sh: Any = Lazy("datasets.render.shading")

FLAT_SPAN: Final = 2.4  # metres of cloth that a flat pattern's picture shows
SHELL_SPAN: Final = 3.0
TRIM_V: Final = 1.25  # where a shell's collar or hood lies on its picture

Field = NDArray[Any]


def _weave(weave: str, u: Field, v: Field, seed: int) -> tuple[Field, Field]:
    """The cloth's tone (times the colour) and how much of the second colour shows (0..1)."""
    tone = np.ones(u.shape, np.float32)
    mixed = np.zeros(u.shape, np.float32)
    own = np.random.default_rng(seed + 1)
    if weave == "knit":
        tone += (
            0.16 * np.sin(u * 2 * math.pi / 0.016) * (0.6 + 0.4 * np.sin(v * 2 * math.pi / 0.012))
        )
    elif weave == "quilt":
        tone -= 0.35 * (np.abs(((v / 0.085) % 1) - 0.5) > 0.44)
    elif weave == "plaid":
        for w, f in ((0.11, 0.5), (0.05, 0.3)):
            mixed += f * (((u / w) % 1) < 0.3) + f * (((v / w) % 1) < 0.3)
    elif weave == "herring":
        tone += 0.10 * np.sign(
            np.sin((u + np.abs(((v / 0.03) % 1) - 0.5) * 0.03) * 2 * math.pi / 0.012)
        )
    elif weave == "denim":
        tone += 0.12 * np.sin((u + v) * 2 * math.pi / 0.009)
        worn = sh.noise(u.shape, 7, own, 3)
        tone += 0.35 * np.clip(worn - 0.55, 0, 1)
    elif weave == "cord":
        tone += 0.22 * np.sin(u * 2 * math.pi / 0.011)
    elif weave == "camo":
        n, m = sh.noise(u.shape, 14, own, 2), sh.noise(u.shape, 11, own, 2)
        mixed += 0.9 * (n > 0.58)
        tone -= 0.45 * (m > 0.6)
    elif weave == "dots":
        cell = 0.045
        row = np.floor(v / cell)
        mixed += np.hypot(((u / cell + row * 0.5) % 1) - 0.5, ((v / cell) % 1) - 0.5) < 0.22
    elif weave == "stripes":
        mixed += ((v / 0.06) % 1) < 0.45
    elif weave == "pinstripe":
        mixed += 0.8 * (((u / 0.03) % 1) < 0.16)
    elif weave == "flowers":
        n = sh.noise(u.shape, 34, own, 1)
        mixed += 0.95 * (n > 0.66)
        tone -= 0.3 * ((n > 0.4) & (n < 0.46))
    elif weave == "diamond":
        tone -= 0.3 * (np.abs((((u + v) / 0.11) % 1) - 0.5) > 0.45)
        tone -= 0.3 * (np.abs((((u - v) / 0.11) % 1) - 0.5) > 0.45)
    return tone, mixed


def flat_picture(key: str, k: GarmentLook, size: int = 768) -> NDArray[np.float32]:
    """A flat pattern's cloth over u, v in -1.2..1.2 m (row 0 = v +1.2)."""
    seed = hash_seed(key)
    rng = np.random.default_rng(seed)
    px = size / FLAT_SPAN
    ys, xs = np.mgrid[0:size, 0:size].astype(np.float32)
    u, v = (xs - size / 2) / px, (size / 2 - ys) / px
    a, b = sh.hex_srgb(k.colour), sh.hex_srgb(k.second)
    tone, mixed = _weave(k.weave, u, v, seed)
    tone += 0.18 * (sh.noise((size, size), 5, rng) - 0.5) + 0.06 * (rng.random((size, size)) - 0.5)
    if k.sleeve[0]:
        hw, lf, lb = k.body
        hem = (v < -lf + 0.03) | (v > lb - 0.03) | (np.abs(u) > hw + k.sleeve[0] - 0.035)
        seam = np.abs(np.abs(u) - hw) < 0.005
        mixed = np.maximum(mixed, 0.7 * hem + 0.5 * seam)
        collar = np.hypot(u / 0.12, (v + 0.04) / 0.10) < 1
        mixed = np.maximum(mixed, 0.8 * collar)
        for s in (-1, 1):
            pocket = (np.abs(u - s * 0.17) < 0.07) & (np.abs(v + lf * 0.72) < 0.012)
            mixed = np.maximum(mixed, 0.8 * pocket)
    rgb = a[None, None] * (1 - mixed[..., None]) + b[None, None] * mixed[..., None]
    rgb = rgb * tone[..., None]
    if k.front != "none":
        lf = k.body[1]
        for i in range(6):
            if k.front == "buttons":
                yy = int(size / 2 + (0.12 + (lf - 0.16) * i / 5) * px)
                xx = int(size / 2 + 0.075 * px)
                cv2.circle(rgb, (xx, yy), 4, tuple(float(c) for c in b), -1)
        if k.front == "zip":
            band = (np.abs(np.abs(u) - 0.055) < 0.014) & (v < -0.1)
            rgb[band] = b
    held: NDArray[np.float32] = np.clip(rgb, 0, 1).astype(np.float32)
    return held


def _blocks(k: ShellLook, u: Field, v: Field) -> Field:
    """Where the cut is of the second colour: yoke, sides, sleeves, hem or trim."""
    hw, down = k.body[0], np.abs(v)
    out = np.zeros(u.shape, bool)
    on_sleeve = (np.abs(u) > hw + 0.005) & (down < 0.3)
    if k.blocks == "yoke":
        out |= (down < 0.22) | (on_sleeve & (np.abs(u) < hw + 0.1))
    elif k.blocks == "sleeves":
        out |= on_sleeve
    elif k.blocks == "sides":
        out |= (np.abs(u) > hw * 0.7) & ~on_sleeve
    elif k.blocks == "lower":
        out |= (down > k.body[1] * 0.55) & ~on_sleeve
    elif k.blocks == "ends":  # a towel's or scarf's borders
        out |= np.abs(down - (k.body[1] - 0.1)) < 0.035
    return out


def shell_picture(key: str, k: ShellLook, size: int = 704) -> NDArray[np.float32]:
    """A shell's cloth over u, v in -1.5..1.5 m: v counts down the back, -v down the front, sleeves
    lie beyond the half width, the collar or hood about ``TRIM_V``."""
    seed = hash_seed(key)
    rng = np.random.default_rng(seed)
    px = size / SHELL_SPAN
    ys, xs = np.mgrid[0:size, 0:size].astype(np.float32)
    u, v = (xs - size / 2) / px, (size / 2 - ys) / px
    a, b, lit = (sh.hex_srgb(c) for c in (k.colour, k.second, k.bright))
    hw, length = k.body[0], k.body[1]
    tone, mixed = _weave(k.weave, u, v, seed)
    tone += 0.18 * (sh.noise((size, size), 5, rng) - 0.5) + 0.06 * (rng.random((size, size)) - 0.5)
    block = _blocks(k, u, v)
    mixed = np.where(block, 1 - mixed * 0.6, mixed)
    down = np.abs(v)
    trim = v > TRIM_V - 0.22
    if k.trim:
        mixed = np.where(trim, 1.0, mixed)
        if k.sleeve[0]:
            cuff = (np.abs(u) > hw + k.sleeve[0] - 0.06) & ~trim
            hem = (down > length - 0.05) & (np.abs(u) < hw) & ~trim
            mixed = np.where(cuff | hem, 1.0, mixed)
    rgb = a[None, None] * (1 - mixed[..., None]) + b[None, None] * mixed[..., None]
    rgb = rgb * tone[..., None]
    front = v < 0
    body = (np.abs(u) < hw) & ~trim
    if k.cut != "sheet":
        seams = (np.abs(np.abs(u) - hw) < 0.006) | (np.abs(down - 0.20) < 0.004)
        rgb[seams & ~trim] *= 0.72
        for s in (-1, 1):
            pocket = (np.abs(u - s * hw * 0.6) < 0.075) & front
            edge = pocket & (np.abs(down - length * 0.68) < 0.012)
            rgb[edge] = rgb[edge] * 0.3 + b * 0.5
            if k.pockets == "patch":
                box = pocket & (np.abs(down - length * 0.4) < 0.075)
                inner = (np.abs(u - s * hw * 0.6) < 0.066) & (np.abs(down - length * 0.4) < 0.066)
                rgb[box & ~inner] *= 0.6
    if k.front == "zip":
        rgb[(np.abs(u) < 0.022) & front & body] = b * 0.7
    elif k.front == "buttons":
        for i in range(6):
            yy = int(size / 2 + (0.07 + (length - 0.14) * i / 5) * px)
            cv2.circle(rgb, (int(size / 2 + 0.022 * px), yy), 3, tuple(map(float, b)), -1)
    for at in {"chest": (0.34,), "hem": (0.34, 0.50), "arms": ()}.get(k.band, ()):
        rgb[body & (np.abs(down - at * length / 0.7) < 0.026)] = lit
    if k.band in ("chest", "arms"):
        for at in (0.55, 0.75):
            on = (np.abs(np.abs(u) - hw - k.sleeve[0] * at) < 0.024) & (down < 0.3)
            rgb[on] = lit
    if k.band == "side":  # stripes along the sleeves, as of a track suit
        for w in (-0.03, 0.0, 0.03):
            rgb[(np.abs(u) > hw) & (np.abs(v - w - 0.02) < 0.008)] = lit
    if k.mark == "badge":
        rgb[front & (np.abs(u - 0.13) < 0.03) & (np.abs(down - 0.2) < 0.016)] = lit
        rgb[(np.abs(np.abs(u) - hw - 0.12) < 0.03) & (np.abs(v) < 0.035)] = lit
    elif k.mark == "back":
        words = sh_text(size)
        h, w = words.shape
        y0, x0 = int(size / 2 - 0.24 * px), int(size / 2 - w / 2)
        rgb[y0 : y0 + h, x0 : x0 + w][words] = lit
    elif k.mark == "logo":
        rgb[(np.hypot(u / 1.2, down - 0.28) < 0.075) & body] = lit
    held: NDArray[np.float32] = np.clip(rgb, 0, 1).astype(np.float32)
    return held


def sh_text(size: int) -> NDArray[np.bool_]:
    """Strokes in a row as of printed characters, 26 cm wide."""
    h, w = int(0.07 / SHELL_SPAN * size), int(0.26 / SHELL_SPAN * size)
    out = np.zeros((h, w), np.uint8)
    n = 4
    for i in range(n):
        x0, x1 = i * w // n + 2, (i + 1) * w // n - 2
        cv2.rectangle(out, (x0, 1), (x1, h - 2), 1, 2)
        cv2.line(out, (x0, h // 2), (x1, h // 2), 1, 2)
        cv2.line(out, ((x0 + x1) // 2, 1), ((x0 + x1) // 2, h - 2), 1, 2)
    held: NDArray[np.bool_] = out > 0
    return held
