"""Windows where nothing scored lies, and what is claimed in them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from datasets.classes import CLASS_INDEX
from datasets.samples import LabelledSet, read_yolo_set
from models.metrics import Truth
from models.rendered import (
    CLEAN_PX,
    claims_in,
    clean_windows,
    hidden_things,
    largest_empty,
    on_nothing,
    well_seen,
)
from models.thresholds import SCORED
from vision.seen import DatasetError, Detections


@given(st.integers(0, 2**32 - 1), st.floats(0, 0.4), st.integers(1, 4))
@settings(max_examples=60, deadline=None)
def test_the_largest_empty_rectangle_is_empty_and_the_largest(
    seed: int, share: float, least: int
) -> None:
    taken = np.random.default_rng(seed).random((7, 9)) < share
    best = max(
        (
            (x1 - x0) * (y1 - y0)
            for x0 in range(9)
            for x1 in range(x0 + least, 10)
            for y0 in range(7)
            for y1 in range(y0 + least, 8)
            if not taken[y0:y1, x0:x1].any()
        ),
        default=0,
    )
    found = largest_empty(taken, least)
    if found is None:
        assert best == 0
    else:
        x0, y0, x1, y1 = found
        assert not taken[y0:y1, x0:x1].any()
        assert min(x1 - x0, y1 - y0) >= least
        assert (x1 - x0) * (y1 - y0) == best


def thing(ident: int, cls: str, box: tuple[int, int, int, int], visible: float = 1.0) -> Any:
    return {"id": ident, "cls": cls, "box_xyxy_px": list(box), "visible": visible}


def a_set(root: Path, labels: list[Any], ignore: list[Any]) -> LabelledSet:
    """One picture of 640 px with a wallet (an instance of no class) at 100, 100."""
    for part in ("images", "labels", "meta", "ids"):
        (root / part).mkdir(parents=True)
    cv2.imwrite(str(root / "images" / "000000.jpg"), np.full((640, 640, 3), 90, np.uint8))
    ids = np.ones((640, 640), np.uint16)
    ids[100:130, 100:120] = 7
    cv2.imwrite(str(root / "ids" / "000000.png"), ids)
    about = {"size_px": [640, 640], "labels": labels, "ignore": ignore, "scene": 0}
    (root / "meta" / "000000.json").write_text(json.dumps(about), encoding="utf-8")
    return read_yolo_set(root)


def test_clean_windows_hold_nothing_scored_not_even_hidden(tmp_path: Path) -> None:
    phone = thing(2, "phone", (300, 0, 340, 640))
    cup = thing(3, "cup", (400, 400, 640, 640), 0.1)
    mouse = thing(4, "mouse", (20, 20, 40, 40))
    hall = a_set(tmp_path, [phone, mouse], [cup])
    windows = clean_windows(hall, SCORED)
    assert windows[0].box_xyxy_px == (0, 0, 288, 640)
    assert windows[0].hard == ("mouse", "negative")
    assert windows[1].box_xyxy_px == (352, 0, 640, 400)
    assert windows[1].hard == ()
    assert all(min(w.box_xyxy_px[2:]) >= CLEAN_PX for w in windows)


def test_claims_are_counted_where_most_of_them_lies(tmp_path: Path) -> None:
    hall = a_set(tmp_path, [thing(2, "phone", (300, 0, 340, 640))], [])
    windows = clean_windows(hall, SCORED)
    seen = Detections(
        np.array([[270, 0, 300, 30], [280, 0, 340, 30], [10, 10, 30, 30]], np.float32),
        np.array([0.9, 0.8, 0.7], np.float32),
        np.array([CLASS_INDEX["cup"], CLASS_INDEX["phone"], CLASS_INDEX["mouse"]], np.int16),
    )
    claimed = [(n, w) for n, _, i in claims_in(windows, [seen], SCORED) for w in [windows[i]]]
    assert [(n, w.box_xyxy_px[0]) for n, w in claimed] == [("cup", 0)]


def test_a_box_on_nothing_touches_nothing_scored(tmp_path: Path) -> None:
    hall = a_set(
        tmp_path, [thing(2, "phone", (0, 0, 40, 20))], [thing(3, "cup", (100, 0, 120, 20), 0.1)]
    )
    seen = Detections(
        np.array([[30, 0, 60, 20], [110, 0, 130, 20], [300, 0, 320, 20]], np.float32),
        np.array([0.9, 0.8, 0.7], np.float32),
        np.full(3, CLASS_INDEX["phone"], np.int16),
    )
    truths = [Truth(np.array([[0, 0, 40, 20]], np.float32), np.array([2], np.int16))]
    hidden = hidden_things(hall)
    assert on_nothing([seen], truths, hidden, SCORED, {"phone": 0.5}) == 1
    assert on_nothing([seen], truths, hidden, SCORED, {"phone": 0.75}) == 0


def test_well_seen_is_at_least_half_in_sight(tmp_path: Path) -> None:
    labels = [thing(2, "phone", (0, 0, 40, 20), 0.5), thing(3, "cup", (0, 0, 40, 20), 0.4)]
    (truth,) = well_seen(a_set(tmp_path, labels, []))
    assert truth.class_index.tolist() == [CLASS_INDEX["phone"]]


def test_a_set_that_was_not_rendered_is_refused(tmp_path: Path) -> None:
    hall = a_set(tmp_path, [], [])
    (tmp_path / "meta" / "000000.json").unlink()
    with pytest.raises(DatasetError, match="wanted a set of datasets/render"):
        clean_windows(hall, SCORED)
