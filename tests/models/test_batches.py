"""What training is shown: windows whose boxes stay true, and what counts as background in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from datasets.classes import CLASSES, COCO_NAMES, SLOTS
from datasets.samples import write_data_yaml, write_yolo_labels
from models.batches import (
    SLOT_OF_CLASS,
    Pool,
    batches,
    draw_picture,
    plan_epoch,
    read_pools,
)
from models.recipe import Labelled, Recipe, Source
from vision.seen import DatasetError

SIZE = (480, 360)
RED, GREEN = (40, 40, 220), (40, 200, 40)
PHONE, CUP = CLASSES.index("phone"), CLASSES.index("cup")

Row = tuple[int, float, float, float, float]
PHONE_ROW: Row = (PHONE, 0.1, 0.15, 0.1, 0.1)
CUP_ROW: Row = (CUP, 0.85, 0.8, 0.15, 0.2)


def a_set(
    root: Path, rows: Sequence[Row] = (PHONE_ROW, CUP_ROW), names: Sequence[str] = CLASSES
) -> Path:
    """One picture with a red phone at its top left and a green cup at its bottom right."""
    (root / "images").mkdir(parents=True)
    (root / "labels").mkdir()
    picture = np.full((SIZE[1], SIZE[0], 3), 128, np.uint8)
    for row, colour in zip(rows, (RED, GREEN), strict=False):
        x, y, w, h = np.array(row[1:]) * (*SIZE, *SIZE)
        corner, other = (round(x - w / 2), round(y - h / 2)), (round(x + w / 2), round(y + h / 2))
        cv2.rectangle(picture, corner, other, colour, -1)
    cv2.imwrite(str(root / "images/a.png"), picture)
    boxes = np.array([row[1:] for row in rows], np.float32)
    write_yolo_labels(root / "labels/a.txt", boxes, np.array([row[0] for row in rows], np.int16))
    write_data_yaml(root, names)
    return root


def a_recipe(**fields: object) -> Recipe:
    source = Source(path="some", share=1.0, labelled="all", rendered=True, fit=False)
    base = Recipe("one", "1", "yolov8n.pt", (source,), size_px=160, batch=2, pictures_per_epoch=8)
    return replace(base, **fields)  # type: ignore[arg-type]  # whatever the case asks for


def a_pool(tmp_path: Path, recipe: Recipe) -> Pool:
    return read_pools(recipe, tmp_path, tmp_path)[0]


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**31))
def test_a_window_keeps_its_boxes_on_their_things(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.getbasetemp() / "kept"
    if not root.exists():
        a_set(root / "some")
    recipe = a_recipe(size_px=320)
    pool = a_pool(root, recipe)
    drawn = draw_picture(pool, pool.set.samples[0], np.random.default_rng(seed), recipe)
    assert drawn.image.shape == (320, 320, 3)
    assert ((drawn.boxes_norm[:, :2] >= 0) & (drawn.boxes_norm[:, :2] <= 1)).all()
    for slot, (x, y, w, h) in zip(drawn.slots, drawn.boxes_norm * 320, strict=True):
        if min(w, h) < 12:  # a sliver at the window's edge
            continue
        rows, columns = slice(int(y) - 2, int(y) + 3), slice(int(x) - 2, int(x) + 3)
        redder = float(np.diff(drawn.image[rows, columns].mean((0, 1))[1:])[0])
        # whatever light and camera did to it, red stays redder and green greener; but for infrared
        if abs(redder) > 20:
            assert (redder > 0) == (slot == SLOT_OF_CLASS["phone"])


def test_the_same_seed_gives_the_same_batches(tmp_path: Path) -> None:
    a_set(tmp_path / "some")
    recipe = a_recipe()
    pools = read_pools(recipe, tmp_path, tmp_path)
    once, again = list(batches(pools, recipe, 3)), list(batches(pools, recipe, 3))
    assert len(once) == len(again) == 4
    for first, second in zip(chain(*once), chain(*again), strict=True):
        assert np.array_equal(first.image, second.image)
        assert np.array_equal(first.boxes_norm, second.boxes_norm)
    other = next(iter(batches(pools, recipe, 4)))
    assert not np.array_equal(once[0][0].image, other[0].image)


def seen(tmp_path: Path, recipe: Recipe, slot: int) -> int:
    """in how many of 100 windows a thing of the slot is seen."""
    pool = a_pool(tmp_path, recipe)
    drawn = (
        draw_picture(pool, pool.set.samples[0], np.random.default_rng(i), recipe)
        for i in range(100)
    )
    return sum(bool((d.slots == slot).any()) for d in drawn)


def test_a_class_in_focus_is_shown_more_often(tmp_path: Path) -> None:
    a_set(tmp_path / "some")
    plain, focused = a_recipe(), a_recipe(focus={"phone": 9.0})
    phone, cup = SLOT_OF_CLASS["phone"], SLOT_OF_CLASS["cup"]
    assert seen(tmp_path, focused, phone) > 1.2 * seen(tmp_path, plain, phone)
    assert 0 < seen(tmp_path, focused, cup) < 0.8 * seen(tmp_path, plain, cup)


@pytest.mark.parametrize(
    ("labelled", "names", "row", "counted", "not_counted"),
    [
        ("all", CLASSES, PHONE_ROW, ("phone", "cup", "cable"), ()),
        ("present", CLASSES, PHONE_ROW, ("phone",), ("cup", "cable")),
        (("phone", "cup"), CLASSES, PHONE_ROW, ("phone", "cup"), ("cable",)),
        ("coco", COCO_NAMES, (COCO_NAMES.index("cell phone"), 0.5, 0.5, 0.3, 0.3),
         ("phone", "cup", "person"), ("cable", "clothing", "paper")),
    ],
)  # fmt: skip
def test_what_a_set_does_not_label_is_never_taught_as_background(
    tmp_path: Path,
    labelled: Labelled | tuple[str, ...],
    names: Sequence[str],
    row: Row,
    counted: tuple[str, ...],
    not_counted: tuple[str, ...],
) -> None:
    a_set(tmp_path / "some", [row], names)
    source = replace(a_recipe().sources[0], labelled=labelled)
    recipe = a_recipe(sources=(source,), size_px=480)
    pool = a_pool(tmp_path, recipe)
    drawn = draw_picture(pool, pool.set.samples[0], np.random.default_rng(0), recipe, plain=True)
    told = {SLOTS[i] for i in np.flatnonzero(drawn.counts)}
    assert told >= set(counted)
    assert not told & set(not_counted)
    assert [SLOTS[s] for s in drawn.slots] == ["phone"]
    assert not drawn.background.any()


def test_a_coco_thing_of_no_class_of_ours_is_background(tmp_path: Path) -> None:
    truck = (COCO_NAMES.index("truck"), 0.5, 0.5, 0.4, 0.4)
    a_set(tmp_path / "some", [truck], COCO_NAMES)
    source = replace(a_recipe().sources[0], labelled="coco")
    recipe = a_recipe(sources=(source,), size_px=480)
    pool = a_pool(tmp_path, recipe)
    drawn = draw_picture(pool, pool.set.samples[0], np.random.default_rng(0), recipe, plain=True)
    assert drawn.background.tolist() == [True]


def test_what_is_too_small_to_be_seen_is_neither_taught_nor_held_against_it(
    tmp_path: Path,
) -> None:
    speck = (PHONE, 0.5, 0.5, 0.008, 0.008)
    a_set(tmp_path / "some", [speck])
    recipe = a_recipe(size_px=480)
    pool = a_pool(tmp_path, recipe)
    drawn = draw_picture(pool, pool.set.samples[0], np.random.default_rng(0), recipe, plain=True)
    assert len(drawn.slots) == 0
    assert drawn.counts[SLOT_OF_CLASS["phone"]] == 0
    assert drawn.counts[SLOT_OF_CLASS["cup"]] == 1


def test_shares_decide_how_often_a_source_is_drawn(tmp_path: Path) -> None:
    a_set(tmp_path / "some")
    a_set(tmp_path / "other")
    much, little = (replace(a_recipe().sources[0], path=p) for p in ("some", "other"))
    recipe = a_recipe(
        sources=(replace(much, share=0.75), replace(little, share=0.25)), pictures_per_epoch=40
    )
    plan = plan_epoch(read_pools(recipe, tmp_path, tmp_path), recipe, 0)
    assert [i for i, _ in plan].count(0) == 30
    assert [i for i, _ in plan].count(1) == 10


def test_a_picture_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    root = a_set(tmp_path / "some")
    recipe = a_recipe()
    pools = read_pools(recipe, tmp_path, tmp_path)
    (root / "images/a.png").write_bytes(b"no picture")
    with pytest.raises(DatasetError, match=r"a\.png"):
        list(batches(pools, recipe, 0))
