"""Any picture, without a layout: the passes are chosen from its size."""

from __future__ import annotations

from typing import Final

from vision.detector import Detector
from vision.seen import Detections, Image
from vision.tiles import slices

CLOSE_PX: Final = 960
"""Longer side of the whole-frame pass where no slices are taken: small things grow with it."""


def detect_any(detector: Detector, image: Image) -> Detections:
    """Whole frame and, where the picture is larger than the model's input, native slices."""
    height, width = image.shape[:2]
    crops = slices(width, height, detector.model.input_px)
    return detector.detect(image, crops, whole_px=None if crops else CLOSE_PX)
