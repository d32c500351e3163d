"""What chance draws for the teaching halls: bounded, repeatable, and of the train split alone."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given, strategies as st

from datasets.render import camera_faults, furniture, garments, rooms_train
from datasets.render.assets import specs
from datasets.render.assets.drawn import any_look
from datasets.render.camera_faults import Faults
from datasets.render.furniture_parts import drawn_design
from datasets.render.register import everything, plain

MOST_SIMULATIONS = 200


def test_a_construction_is_chosen_before_its_looks() -> None:
    pool = specs("food", "train")
    makers = {cast("Any", s.build).func.__qualname__ for s in pool}
    assert len(makers) >= 4
    rng = random.Random(3)
    told = Counter(
        cast("Any", any_look(pool, rng, plain=0.5).build).func.__qualname__ for _ in range(600)
    )
    assert set(told) == makers
    assert max(told.values()) < 2 * min(told.values())


def test_furniture_of_other_splits_is_what_the_tables_name() -> None:
    for split in ("val", "sample"):
        pieces = [p for p in furniture.all_pieces() if p.split == split]
        assert pieces
        assert not [p.id for p in pieces if "~" in p.id]
    for kind in (furniture.desks, furniture.counters, furniture.cabinets):
        drawn = [p for p in kind("train") if "~" in p.id]
        assert len(drawn) == furniture.POOL
        first, again = ([(p.id, p.size_m, p.dims) for p in kind("train")] for _ in range(2))
        assert first == again
        assert all(p.split == "train" for p in drawn)


def test_a_drawn_design_is_the_same_each_time() -> None:
    kinds = {k.split(".")[0] for k in furniture.TAUGHT}
    for kind in kinds:
        table = {k: v for k, v in furniture.TAUGHT.items() if k.split(".")[0] == kind}
        first = [drawn_design(table, kind, n) for n in range(12)]
        assert first == [drawn_design(table, kind, n) for n in range(12)]
        assert len({str(d.facts()) for _, d in first}) == 12


def test_only_the_train_split_has_chairs_in_other_colours() -> None:
    taught, other = furniture.chairs("train")[0], furniture.chairs("val")[0]
    assert furniture.recoloured(taught, 3).id == f"{taught.id}~3"
    assert furniture.recoloured(taught, 3).dims == taught.dims, "a garment lies on it as before"
    with pytest.raises(ValueError, match="train split only"):
        furniture.recoloured(other, 3)


def test_simulations_of_cloth_are_bounded() -> None:
    asked = set()
    for chair in (k for k in furniture.CHAIRS if k.startswith("train.")):
        for where in ("back", "seat"):
            meetings = garments.meetings(chair, where)
            assert len(meetings) >= 3
            assert all(key.startswith("train.") for key, _, _ in meetings)
            asked |= {(*m, chair) for m in meetings if m[1] not in garments.PARCELS}
    assert len(asked) <= MOST_SIMULATIONS
    assert {key for key, *_ in asked} == set(garments.keys("train")), "every garment is worn"


@given(st.integers(0, 2**32))
def test_a_drawn_room_is_one_room(seed: int) -> None:
    key = rooms_train.key_of(random.Random(seed))
    room = rooms_train.draw(key)
    assert room == rooms_train.draw(key)
    listed = {ident for ident, _, _ in everything()}
    assert {plain(f"room.{key}"), plain(f"walls.{key}"), plain(f"panes.{key}")} <= listed
    if room.floor.laying == "herringbone":
        assert room.floor.tile[1] >= 2 * room.floor.tile[0]


def test_a_room_stands_on_a_stage_of_its_split() -> None:
    class Elsewhere:
        split = "val"

    with pytest.raises(ValueError, match="does not belong to val"):
        rooms_train.put(cast("Any", Elsewhere()), "train.stone_tile~1", (0, 1), (0, 1), 3.0)


def test_about_half_of_the_cameras_have_no_fault() -> None:
    rng = random.Random(1)
    none = sum(camera_faults.drawn(rng) == Faults() for _ in range(800))
    assert 340 < none < 460


def test_a_camera_without_faults_changes_nothing() -> None:
    rng = np.random.default_rng(2)
    linear = rng.random((40, 60, 3), np.float32)
    picture = rng.integers(0, 256, (40, 60, 3)).astype(np.uint8)
    assert np.array_equal(camera_faults.veil(linear, Faults()), linear)
    assert np.array_equal(camera_faults.curve(picture, Faults()), picture)
    assert np.array_equal(camera_faults.stream(picture, Faults()), picture)


@given(st.integers(0, 2**32))
def test_faults_keep_the_picture_s_shape_and_move_nothing(seed: int) -> None:
    faults = camera_faults.drawn(random.Random(seed))
    picture = np.full((64, 96, 3), 40, np.uint8)
    picture[20:44, 60:84] = 210
    seen = camera_faults.stream(camera_faults.curve(picture, faults), faults)
    assert seen.shape == picture.shape
    assert seen.dtype == np.uint8
    light = seen.astype(int).sum(-1)
    assert light[26:38, 66:78].mean() > light[26:38, 10:22].mean(), "bright where it was bright"
