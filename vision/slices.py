"""Any picture, without a layout: the passes are chosen from its size."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from vision.detector import Detector, merged
from vision.seen import Detections, Image
from vision.tiles import slices

CLOSE_PX: Final = 960
"""Longer side of a second whole-frame pass where no slices are taken: small things grow with it,
and what would grow too large is seen in the first, at the model's own size."""
MOST_PIXELS: Final = 10_000_000
"""A larger picture is shrunk to this many pixels first: a 4K frame is 8.3 million."""


def detect_any(detector: Detector, image: Image) -> Detections:
    """Whole frame and, where the picture is larger than the model's input, native slices.

    A picture that needs no slices is looked at twice, at the model's own size and enlarged.
    Boxes in pixels of the picture as given.
    """
    height, width = image.shape[:2]
    shrink = float(np.sqrt(MOST_PIXELS / (height * width)))
    if shrink >= 1:
        return _at_this_size(detector, image)
    size = (max(1, round(width * shrink)), max(1, round(height * shrink)))
    smaller = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
    found = _at_this_size(detector, smaller)
    grow = np.array([width / size[0], height / size[1]] * 2, np.float32)
    return Detections(found.boxes_xyxy_px * grow, found.confidence, found.class_index)


def _at_this_size(detector: Detector, image: Image) -> Detections:
    height, width = image.shape[:2]
    own = detector.model.input_px
    crops = slices(width, height, own)
    if crops:
        return detector.detect(image, crops)
    sizes = dict.fromkeys((own, max(own, CLOSE_PX)))
    batches = (batch for px in sizes for batch in detector.batches(image, whole_px=px))
    return merged(detector.passes(batches, width, height), width, height)
