"""Several models in one file: the mean of what they say, anchor by anchor, mirrored as well."""

from __future__ import annotations

import json
import subprocess
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from onnxruntime import InferenceSession

from datasets.classes import CLASSES, SLOTS
from models import registry
from models.combine import Plan, read_plan, slot_weights
from models.second_recipe import SecondRecipe, load_second_recipe
from vision.seen import InputError

PLAN = """
name: two
version: "1.2"
mirrored: [deskcheck-n, deskcheck-n-int8]
members: {deskcheck-n: 3, deskcheck-n-int8: 1}
by_class:
  phone: {deskcheck-n: 0, deskcheck-n-int8: 1}
cubic: [cup, clothing]
"""


def written(folder: Path, text: str = PLAN) -> Path:
    path = folder / "two.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_each_slots_weights_sum_to_one(tmp_path: Path) -> None:
    plan = read_plan(written(tmp_path))
    assert plan == Plan(
        "two",
        "1.2",
        {"deskcheck-n": 3, "deskcheck-n-int8": 1},
        mirrored=("deskcheck-n", "deskcheck-n-int8"),
        by_class={"phone": {"deskcheck-n": 0, "deskcheck-n-int8": 1}},
        cubic=("cup", "clothing"),
    )
    table = slot_weights(plan, SLOTS)
    assert table.shape == (2, len(SLOTS))
    assert np.allclose(table.sum(axis=0), 1)
    phone = np.array([name == "phone" for name in SLOTS])
    assert (table[0, phone] == 0).all()
    assert (table[0, ~phone] == 0.75).all()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("name: two", "title: two", "'title' is no field; known are name, version, members"),
        ("members: {", "twins: {", "'twins' is no field"),
        ("name: two\n", "", "the field 'name' is missing"),
        ("mirrored: [deskcheck-n, ", "mirrored: [deskcheck-s, ", "'mirrored' lists members"),
        ("mirrored: [deskcheck-n, deskcheck-n-int8]", "mirrored: true", "'mirrored' lists members"),
        ("mirrored: [", "mirrored: [[", "no readable YAML"),
        ("mirrored: [", "half: much\nmirrored: [", "'half' must be bool, not 'much'"),
        ("deskcheck-n: 3", "deskcheck-n: much", "'members': numbers of 0 or more"),
        ("{deskcheck-n: 3, deskcheck-n-int8: 1}", "[a, b]", "each want names"),
        (
            "deskcheck-n: 3, deskcheck-n-int8: 1",
            "deskcheck-n: -1, deskcheck-n-int8: 1",
            "0 or more",
        ),
        (
            "{deskcheck-n: 0, deskcheck-n-int8: 1}",
            "{deskcheck-n: 0, deskcheck-n-int8: 0}",
            "not all 0",
        ),
        ("{deskcheck-n: 0, deskcheck-n-int8: 1}", "{deskcheck-n: 1}", "'phone' must say of each"),
        ("{deskcheck-n: 0, deskcheck-n-int8: 1}", "1", "'phone' must say of each"),
        ("phone:", "hat:", "'hat' is none of ours"),
        ("[cup, ", "[hat, ", "'hat' is none of ours"),
        ("cubic: ", "second: {model: x.onnx, share: 3}\ncubic: ", "'share' must be 0 to 1"),
    ],
)
def test_a_plan_that_does_not_fit_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in PLAN
    with pytest.raises(InputError, match=said):
        read_plan(written(tmp_path, PLAN.replace(old, new)))


def test_a_plan_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such plan"):
        read_plan(tmp_path / "none.yaml")


def says(model: Path, picture: NDArray[np.float32]) -> NDArray[np.float32]:
    session = InferenceSession(str(model), providers=["CPUExecutionProvider"])
    return np.asarray(session.run(None, {"images": picture})[0])


def turned_back(said: NDArray[np.float32], height: int, width: int) -> NDArray[np.float32]:
    """What was said of a mirrored picture, in the coordinates and the order of the picture."""
    maps, start = [], 0
    for stride in (8, 16, 32):
        h, w = height // stride, width // stride
        one = said[:, :, start : start + h * w].reshape(*said.shape[:2], h, w)
        maps.append(one[..., ::-1].reshape(*said.shape[:2], h * w))
        start += h * w
    back = np.concatenate(maps, axis=2)
    back[:, 0] = width - back[:, 0]
    return back


@pytest.mark.train
@pytest.mark.parametrize(
    ("mirrored", "half", "near"),
    [
        ((), False, 1e-5),
        (("deskcheck-n", "deskcheck-n-int8"), False, 1e-5),
        (("deskcheck-n-int8",), False, 1e-5),
        (("deskcheck-n",), True, 2e-3),
    ],
)
def test_the_file_says_the_mean_of_its_members(
    tmp_path: Path,
    root: Path,
    training_python: Path,
    mirrored: tuple[str, ...],
    half: bool,
    near: float,
) -> None:
    out = tmp_path / "two.onnx"
    given = "mirrored: [deskcheck-n, deskcheck-n-int8]"
    assert given in PLAN
    text = PLAN.replace(given, f"mirrored: [{', '.join(mirrored)}]\nhalf: {half}")
    if half:  # of an INT8 network some numbers would round to the neighbouring step
        text = text.split("by_class")[0].replace(", deskcheck-n-int8: 1", "")
    plan = written(tmp_path, text)
    subprocess.run(
        [str(training_python), "-m", "models.combine", str(plan), "--out", str(out)],
        cwd=root, check=True, capture_output=True,
    )  # fmt: skip
    height, width = 96, 160
    picture = np.random.default_rng(5).random((2, 3, height, width), np.float32)
    wanted = boxes = total = cubes = np.float32(0)
    members = tuple(read_plan(plan).members)
    for name, weight in zip(members, slot_weights(read_plan(plan), SLOTS), strict=True):
        member = registry.find(name).path
        looks = [says(member, picture)]
        if name in mirrored:
            flipped = np.ascontiguousarray(picture[..., ::-1])
            looks.append(turned_back(says(member, flipped), height, width))
        for said in looks:
            share = said[:, 4:] * weight[None, :, None] / len(looks)
            mass = share.max(axis=1, keepdims=True) + 1e-6
            wanted, boxes, total = wanted + share, boxes + said[:, :4] * mass, total + mass
            cubes = cubes + said[:, 4:] ** 3 * weight[None, :, None] / len(looks)
    cubic = np.array([name in read_plan(plan).cubic for name in SLOTS])
    shares = np.where(cubic[None, :, None], np.cbrt(cubes), wanted)
    got = says(out, picture)
    assert np.abs(got[:, 4:] - shares).max() < near
    surely = np.broadcast_to(total > 0.02, got[:, :4].shape)
    assert surely.any()
    assert np.abs(got[:, :4] - boxes / total)[surely].max() < 100 * near
    assert (says(out, picture) == got).all(), "the same bit for bit"

    model = registry.find(str(out))
    assert (model.name, model.version, registry.is_ours(model)) == ("two", "1.2", True)
    about = json.loads(out.with_suffix(".json").read_text(encoding="utf-8"))
    assert about["combined"]["mirrored"] == list(mirrored)
    assert tuple(m["name"] for m in about["combined"]["members"]) == members
    assert "training" not in about
    assert set(about["thresholds"]) <= set(CLASSES)


@pytest.mark.parametrize(
    "name", [n for n in registry.names() if "combined" in registry.sidecar_of(registry.find(n))]
)
def test_a_shipped_file_holds_what_its_plan_says(root: Path, name: str) -> None:
    about = registry.sidecar_of(registry.find(name))["combined"]
    plan = read_plan(root / "models" / "plans" / f"{name}.yaml")
    assert {m["name"]: m["weight"] for m in about["members"]} == plan.members
    assert about["by_class"] == {c: list(row.values()) for c, row in plan.by_class.items()}
    assert (tuple(about["mirrored"]), about["half"]) == (plan.mirrored, plan.half)
    assert tuple(about["cubic"]) == plan.cubic
    if plan.second is None:
        assert about.get("second") is None
    else:
        kept = {k: v for k, v in asdict(plan.second).items() if k != "model"}
        assert {k: about["second"][k] for k in kept} == kept
        assert about["second"]["name"] == Path(plan.second.model).stem
        recipe = load_second_recipe(about["second"]["recipe"]["name"])
        # a field that came later has its default
        assert SecondRecipe(**about["second"]["recipe"]) == recipe
    shipped = registry.names()
    for member in about["members"]:
        if member["name"] in shipped:
            assert registry.find(member["name"]).sha256 == member["sha256"]
        changed, every = member["parameter_tensors_changed"], member["parameter_tensors"]
        assert changed == every, "all layers are trained"
