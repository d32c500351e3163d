"""Arithmetic of boxes: xyxy in pixels."""

from __future__ import annotations

from vision.seen import BoxPx


def area(box: BoxPx) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def overlap(a: BoxPx, b: BoxPx) -> float:
    """The area that two boxes share, px²."""
    return area((max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])))


def iou(a: BoxPx, b: BoxPx) -> float:
    """Intersection over union, 0..1."""
    both = overlap(a, b)
    return both / (area(a) + area(b) - both) if both > 0 else 0.0


def share_in(a: BoxPx, b: BoxPx) -> float:
    """The share of ``a`` that lies in ``b``, 0..1."""
    whole = area(a)
    return overlap(a, b) / whole if whole > 0 else 0.0


def part_of(box: BoxPx, top: float, bottom: float) -> BoxPx:
    """The horizontal band of a box between two shares of its height (0 top, 1 bottom)."""
    height = box[3] - box[1]
    return (box[0], box[1] + top * height, box[2], box[1] + bottom * height)
