"""No object asset is shared between teaching, validation and the shipped sample."""

from __future__ import annotations

import itertools
import json
import random
import re
from collections import Counter
from functools import partial
from typing import Any, cast

import pytest

from datasets.classes import CLASSES
from datasets.render.assets import SPLITS, specs
from datasets.render.assets.__main__ import LIST_FILE, asset_list
from datasets.render.assets.core import add
from datasets.render.assets.drawn import drawn, drawn_colour, sisters

ELSEWHERE = {
    "person",
    "chair",
    "clothing",
    "cushion",
    "desk",
    "cabinet",
}  # the stage's own furniture
SCORED = {
    "phone", "charger", "earphones", "cup", "thermos", "bottle", "bag", "umbrella", "food", "paper",
    "folder", "book", "carton", "cable", "power_strip", "bin", "litter", "plant", "pause_sign",
}  # fmt: skip


def test_ids_name_class_and_split() -> None:
    for s in specs():
        cls, split, look = s.id.split(".")
        assert (cls, split) == (s.cls or "negative", s.split)
        assert look


def test_splits_share_no_id_and_no_look() -> None:
    for a, b in itertools.combinations(SPLITS, 2):
        first, second = specs(split=a), specs(split=b)
        assert not {s.id for s in first} & {s.id for s in second}
        shared = {s.fingerprint for s in first} & {s.fingerprint for s in second}
        assert not shared, [s.id for s in first + second if s.fingerprint in shared]


def test_no_two_assets_of_a_split_are_one_look() -> None:
    prints = Counter((s.split, s.fingerprint) for s in specs())
    assert [k for k, n in prints.items() if n > 1] == []


@pytest.mark.parametrize("cls", [c for c in CLASSES if c not in ELSEWHERE])
def test_every_class_has_looks_in_every_split(cls: str) -> None:
    have = {split: len(specs(cls, split)) for split in SPLITS}
    assert have["train"] >= (6 if cls in {"phone", "cup"} else 3)
    assert have["val"] >= 1
    assert have["sample"] >= 1
    if cls in SCORED:
        assert have["train"] >= 3


def test_hard_negatives_are_in_every_split() -> None:
    assert all(len(specs(split=s, negatives_only=True)) >= 4 for s in SPLITS)


def test_shipped_list_is_the_register() -> None:
    assert json.loads(LIST_FILE.read_text(encoding="utf-8")) == asset_list()


def test_two_entries_under_one_id_are_refused() -> None:
    s = specs("phone", "train")[0]
    assert isinstance(s.build, partial)
    maker = s.build.func
    with pytest.raises(ValueError, match="entered twice"):
        add("phone", "train", s.id.split(".")[2], maker, s.size_m)


@pytest.mark.parametrize(
    ("cls", "split", "message"),
    [
        ("phone", "test", "none of"),
        ("tea-set", "train", "not in the class list"),
    ],
)
def test_wrong_entries_are_refused(cls: str, split: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        add(cls, split, "x", lambda ident, rng: None, (1, 1, 1))


def test_drawn_looks_are_of_the_train_split_alone() -> None:
    kept_apart = {s.fingerprint for s in specs() if s.split != "train"}
    for s in specs(split="train"):
        for number in range(8):
            look = drawn(s, number)
            assert (look.split, look.cls, look.tags) == ("train", s.cls, s.tags)
            assert look.fingerprint not in kept_apart, look.id
            assert look.id == f"{s.id}~{number}"
    for s in specs():
        if s.split != "train":
            with pytest.raises(ValueError, match="train split only"):
                drawn(s, 0)


def test_a_drawn_look_is_the_same_each_time_and_another_than_its_neighbour() -> None:
    s = next(x for x in specs("keyboard", "train"))
    first = drawn(s, 3)
    drawn.cache_clear()
    assert drawn(s, 3).fingerprint == first.fingerprint
    assert len({drawn(s, n).fingerprint for n in range(24)}) == 24


@pytest.mark.parametrize("free", [True, False])
def test_a_drawn_colour_is_a_colour(free: bool) -> None:
    rng = random.Random(5)
    for given in ("#000000", "#ffffff", "#3a7f10"):
        for _ in range(50):
            assert re.fullmatch("#[0-9a-f]{6}", drawn_colour(given, rng, free=free))


def test_a_drawn_look_takes_after_its_sisters_and_only_after_them() -> None:
    bins = next(s for s in specs("bin", "train") if s.id == "bin.train.black")
    drawn_bins = [cast("Any", drawn(bins, n).build).keywords for n in range(60)]
    assert {b["lid"] for b in drawn_bins} == {True, False}
    assert {bool(b["liner"]) for b in drawn_bins} == {True, False}
    assert all(s.split == "train" and s.cls == "bin" for s in sisters(bins))
    edge = next(s for s in specs("phone", "train") if "edge" in s.tags)
    assert sisters(edge) == (), "the only one of its tags"
    kinds = {cast("Any", drawn(edge, n).build).keywords["lie"] for n in range(20)}
    assert kinds == {"edge"}
