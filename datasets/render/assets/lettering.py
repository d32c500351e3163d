"""Pictures of printed matter: plates, notices, leaflets, codes, in Chinese and English.

``shapes.text`` fills a face with lines of one size, and stays as it is: the looks of all splits are
printed with it.  Here lines have ranks, and where no Chinese face is installed they are strokes.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import numpy as np

from datasets.render.assets.shapes import Picture, _font_file, page

Box = tuple[float, float, float, float]


def legible(ink: str, ground: str) -> str:
    """``ink``, or black or white where it would not be read on ``ground``."""

    def light(code: str) -> float:
        r, g, b = (int(code[i : i + 2], 16) for i in (1, 3, 5))
        return (0.3 * r + 0.59 * g + 0.11 * b) / 255

    if abs(light(ink) - light(ground)) > 0.4:
        return ink
    return "#18181a" if light(ground) > 0.5 else "#f5f4ef"


def canvas(size_px: tuple[int, int], ground: str) -> tuple[Any, Any]:
    """A picture of one colour and the pen that draws on it."""
    from PIL import Image, ImageDraw

    img = Image.new("RGB", size_px, ground)
    return img, ImageDraw.Draw(img)


def done(img: Any) -> Picture:
    return np.asarray(img, np.float32) / np.float32(255)


def size_px(size: Sequence[float], longest: int = 320) -> tuple[int, int]:
    """Pixels of a picture for a face of ``size`` metres."""
    k = longest / max(size[0], size[1])
    return max(24, int(size[0] * k)), max(24, int(size[1] * k))


def _glyph(draw: Any, char: str, x: float, y: float, px: float, ink: str) -> None:
    """Strokes of a made-up character, where this machine has no Chinese face."""
    rng = random.Random(char)
    w = max(1, round(px / 10))
    s = px * 0.86
    rows = sorted(rng.sample(range(6), rng.choice((3, 3, 4))))
    for r in rows:
        a, e = rng.choice(((0.0, 1.0), (0.0, 1.0), (0.1, 0.9), (0.0, 0.45), (0.5, 1.0)))
        draw.line((x + a * s, y + r / 5 * s, x + e * s, y + r / 5 * s), fill=ink, width=w)
    for _ in range(rng.choice((1, 2, 2, 3))):
        c, a, e = rng.choice((0.05, 0.25, 0.5, 0.75, 0.95)), rng.choice((0, 0.2)), 1.0
        draw.line((x + c * s, y + a * s, x + c * s, y + e * s), fill=ink, width=w)
    if rng.random() < 0.5:
        draw.line((x + s * 0.5, y + s * 0.4, x, y + s), fill=ink, width=w)
        draw.line((x + s * 0.5, y + s * 0.4, x + s, y + s), fill=ink, width=w)


def letters(draw: Any, line: str, box: Box, ink: str, *, left: bool = False) -> None:
    """One line of words as large as ``box`` (x0, y0, x1, y1) lets it be."""
    from PIL import ImageFont

    x0, y0, x1, y1 = box
    n = sum(1.0 if ord(c) > 0x2E80 else 0.58 for c in line)
    px = int(min((y1 - y0) * 0.9, (x1 - x0) / max(n, 1.0)))
    if px < 4:
        draw.line((x0, (y0 + y1) / 2, x1, (y0 + y1) / 2), fill=ink, width=max(1, px))
        return
    mid = (y0 + y1) / 2
    name = _font_file()
    if name is not None:
        at = (x0, mid) if left else ((x0 + x1) / 2, mid)
        face = ImageFont.truetype(name, px)
        draw.text(at, line, font=face, fill=ink, anchor="lm" if left else "mm")
        return
    x = x0 if left else (x0 + x1) / 2 - n * px / 2
    latin = ImageFont.load_default(px * 0.95)
    for c in line:
        if ord(c) > 0x2E80:
            _glyph(draw, c, x + px * 0.07, mid - px * 0.43, px, ink)
            x += px
        else:
            draw.text((x, mid), c, font=latin, fill=ink, anchor="lm")
            x += px * 0.58


def block(draw: Any, lines: Sequence[str], box: Box, ink: str, *, left: bool = False) -> None:
    """Lines below each other, the first the largest."""
    x0, y0, x1, y1 = box
    weights = [1.0 if i == 0 else 0.55 for i in range(len(lines))]
    y = y0
    for line, k in zip(lines, weights, strict=True):
        h = (y1 - y0) * k / sum(weights)
        letters(draw, line, (x0, y, x1, y + h), ink, left=left)
        y += h


def portrait(draw: Any, box: Box, ground: str = "#3f78b8") -> None:
    """A passport photograph: head and shoulders before one colour."""
    x0, y0, x1, y1 = box
    w, h = x1 - x0, y1 - y0
    draw.rectangle(box, fill=ground)
    draw.ellipse((x0 + w * 0.05, y0 + h * 0.7, x1 - w * 0.05, y1 + h * 0.3), fill="#20242c")
    draw.rectangle((x0 - 1, y1, x1 + 1, y1 + h * 0.32), fill=None)
    draw.ellipse((x0 + w * 0.25, y0 + h * 0.14, x1 - w * 0.25, y0 + h * 0.5), fill="#1a1614")
    draw.ellipse((x0 + w * 0.28, y0 + h * 0.2, x1 - w * 0.28, y0 + h * 0.72), fill="#dcb090")


def emblem(draw: Any, box: Box, disc: str, mark: str) -> None:
    """A round badge with a star in it."""
    x0, y0, x1, y1 = box
    r = min(x1 - x0, y1 - y0) / 2
    cx, cy = (x0 + x1) / 2, (y0 + y1) / 2
    draw.ellipse((cx - r, cy - r, cx + r, cy + r), fill=disc)
    draw.regular_polygon((cx, cy, r * 0.62), 3, rotation=0, fill=mark)
    draw.regular_polygon((cx, cy, r * 0.62), 3, rotation=180, fill=mark)


def plate(
    lines: Sequence[str],
    size: Sequence[float],
    ink: str,
    ground: str,
    layout: str = "plain",
    accent: str = "#b01c1c",
) -> Picture:
    """A plate's print: "plain", "photo" (a portrait beside the words), "emblem", "title" (a band
    above), "frame" (a line around), "icon" (a no-entry ring before the words)."""
    w, h = size_px(size)
    ink = legible(ink, ground)
    img, draw = canvas((w, h), ground)
    m = min(w, h) * 0.08
    box = (m * 1.5, m, w - m * 1.5, h - m)
    if layout == "photo":
        if w > h:
            pw = min(h * 0.66, w * 0.32)
            block(draw, lines, (m * 2 + pw, m, w - m, h - m), ink, left=True)
            portrait(draw, (m, m, m + pw, h - m), accent)
            draw.rectangle((m, h - m, m + pw, h), fill=ground)
        else:
            block(draw, lines, (m, h * 0.66, w - m, h - m), ink)
            portrait(draw, (w * 0.22, m, w * 0.78, h * 0.62), accent)
            draw.rectangle((0, h * 0.62, w, h * 0.645), fill=ground)
        return done(img)
    if layout == "emblem":
        d = min(h * 0.6, w * 0.24)
        emblem(draw, (m, (h - d) / 2, m + d, (h + d) / 2), accent, legible("#f0d060", accent))
        box = (m * 2 + d, m, w - m, h - m)
    elif layout == "icon":
        d = min(h * 0.6, w * 0.26)
        ring = (m, (h - d) / 2, m + d, (h + d) / 2)
        draw.ellipse(ring, fill=legible(accent, ground))
        y = h / 2
        draw.rectangle((m + d * 0.2, y - d * 0.1, m + d * 0.8, y + d * 0.1), fill=ground)
        box = (m * 1.6 + d, m, w - m * 0.6, h - m)
    elif layout == "title":
        draw.rectangle((0, 0, w, h * 0.26), fill=accent)
        letters(
            draw,
            "政务服务中心",
            (m, h * 0.03, w - m, h * 0.24),
            legible("#ffffff", accent),
        )
        box = (m, h * 0.3, w - m, h * 0.96)
    elif layout == "frame":
        k = m * 0.5
        draw.rectangle((k, k, w - k, h - k), outline=ink, width=max(2, int(m * 0.3)))
        box = (m * 1.5, m * 1.5, w - m * 1.5, h - m * 1.5)
    block(draw, lines, box, ink)
    return done(img)


def code(draw: Any, box: Box, seed: int, ink: str = "#101012") -> None:
    """A two-dimensional code to scan."""
    x0, y0, x1, _ = box
    rng, n = random.Random(seed), 21
    k = (x1 - x0) / n
    draw.rectangle((x0 - k, y0 - k, x1 + k, y0 + k * (n + 1)), fill="#f8f8f6")
    for i in range(n):
        for j in range(n):
            if rng.random() < 0.5:
                draw.rectangle((x0 + i * k, y0 + j * k, x0 + i * k + k, y0 + j * k + k), fill=ink)
    for i, j in ((0, 0), (n - 7, 0), (0, n - 7)):
        for pad, fill in ((-0.5, "#f8f8f6"), (0, ink), (1, "#f8f8f6"), (2, ink)):
            draw.rectangle(
                (
                    x0 + (i + pad) * k,
                    y0 + (j + pad) * k,
                    x0 + (i + 7 - pad) * k,
                    y0 + (j + 7 - pad) * k,
                ),
                fill=fill,
            )


def bill(
    seed: int,
    size: Sequence[float],
    title: str,
    ground: str,
    ink: str,
    accent: str,
    layout: str = "text",
) -> Picture:
    """A notice: "text", "table", "code" (a large code under the title), "steps" (boxes in a row
    with arrows), "poster" (a coloured ground with large words and a picture)."""
    from PIL import Image, ImageDraw

    w, h = size_px(size, 400)
    rng = random.Random(seed)
    if layout in ("text", "table"):
        body = page(seed, ground, ink, layout, (w, max(h, 200)))[:h]
        img = Image.fromarray((body * 255).astype(np.uint8))
    else:
        img = Image.new("RGB", (w, h), accent if layout == "poster" else ground)
    draw = ImageDraw.Draw(img)
    head = h * 0.16
    if layout == "poster":
        pale = legible("#fff6dc", accent)
        letters(draw, title, (w * 0.06, h * 0.06, w * 0.94, h * 0.3), pale)
        draw.rectangle((w * 0.08, h * 0.36, w * 0.92, h * 0.74), fill=ground)
        draw.ellipse((w * 0.3, h * 0.42, w * 0.52, h * 0.68), fill=ink)
        draw.rectangle((w * 0.5, h * 0.5, w * 0.78, h * 0.72), fill=accent)
        for k in range(3):
            y = h * (0.8 + 0.06 * k)
            draw.line((w * 0.12, y, w * rng.uniform(0.6, 0.9), y), fill=pale, width=max(2, h // 70))
        return done(img)
    draw.rectangle((0, 0, w, head), fill=accent if layout != "text" else ground)
    pen = legible("#ffffff", accent) if layout != "text" else accent
    letters(draw, title, (w * 0.1, head * 0.12, w * 0.9, head * 0.9), pen)
    if layout == "code":
        d = min(w * 0.62, h * 0.6)
        code(draw, ((w - d) / 2, head * 1.35, (w + d) / 2, head * 1.35 + d), seed)
        letters(draw, "扫码办理", (w * 0.15, head * 1.5 + d, w * 0.85, h * 0.97), ink)
    elif layout == "steps":
        n = 4
        for k in range(n):
            y = head * 1.25 + (h - head * 1.35) * k / n
            e = y + (h - head * 1.35) / n * 0.66
            draw.rounded_rectangle((w * 0.14, y, w * 0.86, e), 6, outline=accent, width=3)
            letters(draw, "受理审核办结", (w * 0.2, y, w * 0.8, e), ink)
            draw.rectangle((w * 0.48, e, w * 0.52, e + h * 0.05), fill=accent)
    return done(img)


def leaflet(seed: int, colours: Sequence[str], words: str, size: Sequence[float]) -> Picture:
    """A leaflet's front: a band with the title, a picture or lines of words below."""
    w, h = size_px(size, 240)
    rng = random.Random(seed)
    one, two = colours[0], colours[-1]
    img, draw = canvas((w, h), two)
    top = h * rng.uniform(0.26, 0.42)
    draw.rectangle((0, 0, w, top), fill=one)
    letters(draw, words, (w * 0.08, top * 0.15, w * 0.92, top * 0.65), legible("#ffffff", one))
    draw.line((w * 0.2, top * 0.8, w * 0.8, top * 0.8), fill=legible("#ffffff", one), width=2)
    pen = legible("#4a4e56", two)
    y = top + h * 0.07
    if rng.random() < 0.5:
        draw.rectangle((w * 0.12, y, w * 0.88, y + h * 0.22), fill=colours[len(colours) // 2])
        draw.polygon(
            (w * 0.12, y + h * 0.22, w * 0.45, y + h * 0.06, w * 0.7, y + h * 0.22), fill=pen
        )
        y += h * 0.28
    while y < h * 0.9:
        draw.line((w * 0.12, y, w * rng.uniform(0.6, 0.9), y), fill=pen, width=2)
        y += h * 0.045
    return done(img)
