"""What a rendered picture teaches, and how it is written down."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, strategies as st

from datasets.classes import CLASS_INDEX
from datasets.render.labels import meta, split_labels, too_dark, yolo_rows


@dataclass(frozen=True)
class Label:
    cls: str | None
    box_xyxy_px: tuple[int, int, int, int]
    visible: float = 1.0
    short_side_px: int = 20


@pytest.mark.parametrize(
    ("cls", "visible", "short", "kept", "ignored"),
    [
        ("phone", 1.0, 6, 1, 0),
        ("phone", 0.25, 6, 1, 0),
        ("phone", 0.24, 60, 0, 1),
        ("phone", 1.0, 5, 0, 1),
        (None, 1.0, 60, 0, 0),
    ],
)
def test_too_hidden_or_too_small_is_ignored(
    cls: str | None, visible: float, short: int, kept: int, ignored: int
) -> None:
    keep, ignore = split_labels([Label(cls, (0, 0, 60, 60), visible, short)])
    assert (len(keep), len(ignore)) == (kept, ignored)


def test_rows_are_centre_and_size_over_the_picture() -> None:
    rows = yolo_rows(
        [Label("phone", (64, 32, 128, 96)), Label(None, (0, 0, 5, 5))], (640, 320), CLASS_INDEX
    )
    assert rows == [f"{CLASS_INDEX['phone']} 0.150000 0.200000 0.100000 0.200000"]


@given(st.integers(0, 630), st.integers(0, 630), st.integers(1, 640), st.integers(1, 640))
def test_rows_give_the_box_back(x1: int, y1: int, w: int, h: int) -> None:
    box = (x1, y1, min(640, x1 + w), min(640, y1 + h))
    (row,) = yolo_rows([Label("cup", box)], (640, 640), CLASS_INDEX)
    cx, cy, bw, bh = (float(v) * 640 for v in row.split()[1:])
    got = (cx - bw / 2, cy - bh / 2, cx + bw / 2, cy + bh / 2)
    assert got == pytest.approx(box, abs=0.002)
    assert all(0 <= float(v) <= 1 for v in row.split()[1:])


def test_meta_holds_labels_and_sorted_manifest() -> None:
    m = meta(
        "train",
        1,
        2,
        0,
        "lamp",
        (640, 640),
        [Label("cup", (1, 2, 30, 40))],
        [Label("cable", (0, 0, 3, 90), 1.0, 3)],
        ["b.train.x", "a.train.y"],
    )
    m = json.loads(json.dumps(m))
    assert m["assets"] == ["a.train.y", "b.train.x"]
    assert m["labels"][0]["box_xyxy_px"] == [1, 2, 30, 40]
    assert [b["cls"] for b in m["ignore"]] == ["cable"]
    assert (m["split"], m["light"], m["size_px"]) == ("train", "lamp", [640, 640])


def test_what_lies_in_the_dark_is_ignored_and_a_black_thing_in_light_is_not() -> None:
    image = np.full((100, 100, 3), 5, np.uint8)
    image[:, :50] = 150
    image[20:40, 10:20] = 8
    assert not too_dark(image, (10, 20, 20, 40))
    assert too_dark(image, (70, 20, 80, 40))
    keep, ignore = split_labels(
        [Label("phone", (10, 20, 20, 40)), Label("cup", (70, 20, 80, 40))], image
    )
    assert [b.cls for b in keep] == ["phone"]
    assert [b.cls for b in ignore] == ["cup"]
