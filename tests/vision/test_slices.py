"""Any picture without a layout, through the shipped model: which passes, and what they find."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from datasets.classes import CLASS_INDEX
from models import registry
from models.metrics import iou_matrix
from vision.detector import Detector
from vision.images import read_image
from vision.seen import Detections, Image
from vision.slices import MOST_PIXELS, detect_any

# phones in the sample hall's frames: picture, a window of 1920×1080 in it, the phone's box
SMALL_PHONES = [
    ("HALL1_20260311T104204.jpg", (400, 100), (1003, 511, 1042, 529)),
    ("HALL2_20260311T095417.jpg", (0, 0), (1413, 720, 1464, 749)),
]


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector.load(registry.find())


def frame(root: Path, name: str, corner: tuple[int, int]) -> Image:
    image = read_image(root / "datasets" / "sample_hall" / "images" / name)
    x, y = corner
    return np.ascontiguousarray(image[y : y + 1080, x : x + 1920])


def sureness(found: Detections, box: tuple[float, ...]) -> float:
    """How sure the detector is of a phone at a place."""
    phones = found.class_index == CLASS_INDEX["phone"]
    overlap = iou_matrix(found.boxes_xyxy_px[phones], np.array([box], np.float32))[:, 0]
    return float(found.confidence[phones][overlap >= 0.3].max(initial=0.0))


@pytest.mark.parametrize(("name", "corner", "box"), SMALL_PHONES, ids=["18 px", "29 px"])
def test_a_small_phone_in_a_1080p_frame_is_found(
    root: Path, detector: Detector, name: str, corner: tuple[int, int], box: tuple[int, ...]
) -> None:
    image = frame(root, name, corner)
    assert image.shape == (1080, 1920, 3)
    here = tuple(v - corner[i % 2] for i, v in enumerate(box))
    alone = sureness(detector.detect(image), here)
    found = sureness(detect_any(detector, image), here)
    assert found >= 0.25 > alone  # in the whole frame shrunk to 640 px it is gone


def test_each_thing_once_though_slices_overlap(root: Path, detector: Detector) -> None:
    found = detect_any(detector, frame(root, *SMALL_PHONES[1][:2]))
    sure = found.confidence >= 0.3
    for cls in np.unique(found.class_index[sure]):
        boxes = found.boxes_xyxy_px[sure & (found.class_index == cls)]
        overlap = iou_matrix(boxes, boxes)
        np.fill_diagonal(overlap, 0)
        assert overlap.max(initial=0) <= 0.5


def test_a_small_picture_is_looked_at_twice(root: Path, detector: Detector) -> None:
    """At the model's own size and enlarged: what either sees is there."""
    x, y = 1300, 600
    whole = read_image(root / "datasets" / "sample_hall" / "images" / SMALL_PHONES[1][0])
    image = np.ascontiguousarray(whole[y : y + 320, x : x + 480])
    found = detect_any(detector, image)
    for px in (640, 960):
        alone = detector.detect(image, whole_px=px)
        for box, sure, cls in zip(
            alone.boxes_xyxy_px, alone.confidence, alone.class_index, strict=True
        ):
            same = found.class_index == cls
            overlap = iou_matrix(found.boxes_xyxy_px[same], box[None])[:, 0]
            assert found.confidence[same][overlap > 0.5].max(initial=0.0) >= sure
    again = detect_any(detector, image)
    assert np.array_equal(found.boxes_xyxy_px, again.boxes_xyxy_px)


def test_a_huge_picture_is_shrunk_first_and_its_boxes_grown_back(
    root: Path, detector: Detector, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = frame(root, *SMALL_PHONES[1][:2])
    monkeypatch.setattr("vision.slices.MOST_PIXELS", 640 * 360)
    found = detect_any(detector, image)
    assert len(found)
    assert found.boxes_xyxy_px[:, 2].max() > 960
    assert found.boxes_xyxy_px[:, 2].max() <= 1920
    assert MOST_PIXELS >= 3840 * 2160
