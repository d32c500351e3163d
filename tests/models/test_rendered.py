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
    contrast,
    hidden_things,
    largest_empty,
    on_nothing,
    well_seen,
)
from models.thresholds import SCORED
from tools.what_limits import CLEAR, limits, main, table, things_of
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


@pytest.mark.parametrize(
    ("thing_grey", "noise", "least", "most"),
    [(90, 0, 0.0, 0.01), (90, 12, 0.0, 3.0), (30, 0, 24.0, 27.0), (30, 12, 22.0, 30.0)],
)
def test_contrast_is_of_the_thing_and_not_of_the_noise(
    thing_grey: int, noise: int, least: float, most: float
) -> None:
    # a line of 3 px across a floor of L 38, itself 38 or 12
    grey = np.full((60, 200), 90.0, np.float32)
    mask = np.zeros(grey.shape, bool)
    mask[30:33] = True
    grey[mask] = thing_grey
    grey += np.random.default_rng(5).normal(0, 1, grey.shape).astype(np.float32) * noise
    picture = np.repeat(grey.clip(0, 255)[..., None], 3, 2) / 255
    lab = cv2.cvtColor(picture.astype(np.float32), cv2.COLOR_BGR2LAB).astype(np.float32)
    assert least <= contrast(lab, mask) <= most
    assert contrast(lab, np.zeros_like(mask)) == 0.0


def test_faint_and_hidden_things_are_told_from_a_class_that_is_badly_outlined(
    tmp_path: Path,
) -> None:
    # the wallet's map number is the clear phone's here; the other two have no pixel of their own
    clear, faint, covered = (100, 100, 120, 130), (300, 300, 340, 340), (500, 500, 540, 540)
    labels = [
        thing(7, "phone", clear),
        thing(8, "phone", faint),
        thing(9, "phone", covered, visible=0.4),
    ]
    hall = a_set(tmp_path, labels, [])
    picture = np.full((640, 640, 3), 90, np.uint8)
    picture[100:130, 100:120] = 200
    cv2.imwrite(str(hall.samples[0].image), picture)
    things = things_of(hall)
    assert [t.contrast >= CLEAR for t in things[0]] == [True, False, False]

    # the faint one is missed, the clear one badly outlined, the covered one found
    boxes = np.array([(100, 100, 120, 112), covered], np.float32)
    seen = Detections(
        boxes, np.array([0.5, 0.9], np.float32), np.full(2, CLASS_INDEX["phone"], np.int16)
    )
    found = limits([seen], things, "phone")
    assert {name: row[0] for name, row in found.items()} == {
        "all": 3, "more than half shows": 2, "stands out": 1, "both": 1,
    }  # fmt: skip
    assert found["both"][1:] == [0.0, 1.0, 1.0]
    assert found["all"][2] == pytest.approx(67 / 101)
    assert "| phone | both | 1 | 0.000 | 1.000 | 1.000 |" in table({"phone": found})


def test_a_set_without_its_map_is_refused_with_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_set(tmp_path, [thing(7, "phone", (100, 100, 120, 130))], [])
    (tmp_path / "ids" / "000000.png").unlink()
    assert main(["--set", str(tmp_path)]) == 1
    assert "000000.png: there is no such picture" in capsys.readouterr().err
