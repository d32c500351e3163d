"""Smaller copies of a picture by area, the cheap way: whole steps first."""

from __future__ import annotations

import cv2
import numpy as np

from vision.seen import Image


def halved(image: Image) -> Image:
    """Half the size, each pixel the mean of four; an odd last row or column is left out."""
    height, width = (max(2, side // 2 * 2) for side in image.shape[:2])
    if min(image.shape[:2]) < 2:
        return image
    half = (width // 2, height // 2)
    return np.asarray(cv2.resize(image[:height, :width], half, interpolation=cv2.INTER_AREA))


def shrunk(image: Image, size: tuple[int, int]) -> Image:
    """A copy of ``size`` (width, height), without the moiré of leaving pixels out.

    A mean over whole pixels is ten times cheaper than one over parts of pixels.  So whole steps
    are taken by area, and what is left, less than a half, by interpolation.
    """
    height, width = image.shape[:2]
    step = min(width // size[0], height // size[1])
    if step > 1:
        whole = (width // step * step, height // step * step)
        part = image[: whole[1], : whole[0]]
        small = (whole[0] // step, whole[1] // step)
        image = np.asarray(cv2.resize(part, small, interpolation=cv2.INTER_AREA), np.uint8)
    if image.shape[1::-1] == size:
        return image
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_LINEAR), np.uint8)
