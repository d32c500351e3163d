"""A second stage walked once: candidates, a few steps, export, and its word inside an ensemble."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from onnxruntime import InferenceSession

from datasets.classes import SLOTS
from models import registry
from models.candidates import apart, cut
from models.closer import LEAST, SIDE, Second, regions, shapes
from tests.models.test_train import RECIPE, eight_pictures
from vision.images import read_image

SECOND = """
name: second
version: "0.0.1"
start: yolov8n.yaml
windows: {windows}
proposer: deskcheck-n-int8
rounds: 2
windows_per_round: 4
last: 2
blocks: 1
steps: 6
batch: 8
"""

PLAN = """
name: closer
version: "0.0.1"
members: {deskcheck-n: 1}
second: {model: run/second-int8.onnx, share: 0.4, by_class: {cup: 0.0}, most: 5,
  edges: 0.5}
"""


@pytest.mark.train
@pytest.mark.timeout(600)
def test_a_second_stage_is_trained_and_has_its_word(
    tmp_path: Path, root: Path, training_python: Path
) -> None:
    eight_pictures(tmp_path / "eight")
    windows, recipe = tmp_path / "eight.yaml", tmp_path / "second.yaml"
    windows.write_text(RECIPE, encoding="utf-8")
    recipe.write_text(SECOND.format(windows=windows), encoding="utf-8")

    def run(*arguments: str) -> str:
        command = [str(training_python), "-m", *arguments]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    places = ["--data", str(tmp_path), "--rendered", str(tmp_path), "--out", str(tmp_path / "run")]
    run("models.train_second", str(recipe), "--weights", "yolov8n.yaml", *places)
    again = run("models.train_second", str(recipe), "--weights", "yolov8n.yaml", *places)
    assert "goes on after step 6 of 6" in again
    for field, said in (("steps: 7", "made by another"), ("seed: 8", "gathered by another")):
        name = field.split(":")[0]
        kept = "\n".join(x for x in SECOND.splitlines() if not x.startswith(f"{name}:"))
        other = tmp_path / "other.yaml"
        other.write_text(f"{kept.format(windows=windows)}\n{field}\n", encoding="utf-8")
        command = [str(training_python), "-m", "models.train_second", str(other)]
        command += ["--weights", "yolov8n.yaml", *places]
        refused = subprocess.run(command, cwd=root, capture_output=True, text=True)
        assert refused.returncode == 1
        assert f"{said} recipe; take another --out" in refused.stderr
    about = json.loads((tmp_path / "run" / "second-int8.json").read_text(encoding="utf-8"))
    assert about["slots"] == list(SLOTS)
    assert about["candidates"] >= 2 * 4

    begun = tmp_path / "run" / "second.onnx"
    further = tmp_path / "further.yaml"
    further.write_text(f"{recipe.read_text()}lr: 0.0\nbegin: {begun}\n", encoding="utf-8")
    apart_from = [*places[:-1], str(tmp_path / "further")]
    run("models.train_second", str(further), "--weights", "yolov8n.yaml", *apart_from)
    crops = np.random.default_rng(4).random((5, 3, SIDE, SIDE), np.float32)
    given = {"crops": crops, "shapes": np.zeros((5, 2), np.float32)}
    first, on = (
        InferenceSession(path).run(None, given)[0]
        for path in (begun, tmp_path / "further" / "second.onnx")
    )
    assert np.allclose(first, on, atol=2e-3), "with no step taken it says what it said"
    deeper = further.read_text().replace("blocks: 1", "blocks: 2")
    further.write_text(deeper, encoding="utf-8")
    command = [str(training_python), "-m", "models.train_second", str(further)]
    command += ["--weights", "yolov8n.yaml", *places[:-1], str(tmp_path / "deeper")]
    refused = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert refused.returncode == 1
    assert "top.1" in refused.stderr
    assert "last, blocks and spots must be those that file was made with" in refused.stderr

    plan, out = tmp_path / "closer.yaml", tmp_path / "closer.onnx"
    plan.write_text(PLAN, encoding="utf-8")
    run("models.combine", str(plan), "--out", str(out))
    kept = registry.sidecar_of(registry.find(str(out)))["combined"]["second"]
    assert kept["sha256"] == about["sha256"]

    frame = read_image(root / "datasets" / "sample_hall" / "frames" / "HALL1_20260311T093604.jpg")
    picture = np.ascontiguousarray(frame[200:584, 300:940])
    empty = np.full_like(picture, 114)
    tensor = np.stack([tensor_of(picture), tensor_of(empty)])
    alone, both = (says(registry.find(m).path, tensor) for m in ("deskcheck-n", str(out)))
    assert not (both[1, 4:] > alone[1, 4:].max()).any()
    assert (says(registry.find(str(out)).path, tensor) == both).all(), "the same bit for bit"
    compare(picture, alone[0], both[0], tmp_path / "run" / "second-int8.onnx")
    nothing = says(registry.find(str(out)).path, tensor[1:])
    assert np.isfinite(nothing).all()


FLOOR = Second("", 0.0).floor


def tensor_of(picture: NDArray[np.uint8]) -> NDArray[np.float32]:
    return np.ascontiguousarray(picture[:, :, ::-1].transpose(2, 0, 1)).astype(
        np.float32
    ) / np.float32(255)


def says(model: Path, tensor: NDArray[np.float32]) -> NDArray[np.float32]:
    session = InferenceSession(str(model), providers=["CPUExecutionProvider"])
    return np.asarray(session.run(None, {"images": tensor})[0])


def compare(
    picture: NDArray[np.uint8],
    alone: NDArray[np.float32],
    both: NDArray[np.float32],
    stage: Path,
) -> None:
    """The file's word against the same done by hand, with OpenCV's way to cut a crop."""
    share = Second("", 0.4, {"cup": 0.0}).shares(SLOTS)[0]
    centre, half = alone[:2].T, alone[2:4].T / 2
    boxes = np.concatenate([centre - half, centre + half], 1)
    found: set[int] = set()
    for row in alone[4:][share > 0]:
        sure = np.flatnonzero(row > FLOOR)
        found |= {int(i) for i in sure[apart(boxes[sure], row[sure], 5)]}
    assert len(found) > 8
    chosen = np.array(sorted(found))
    others = np.setdiff1d(np.arange(alone.shape[1]), [0, *chosen])
    little = (alone[4:] < FLOOR) | (share == 0)[:, None]
    assert (both[4:, others] == np.where(little, alone[4:], 0)[:, others]).all()
    assert np.allclose(both[:4, others], alone[:4, others], atol=1e-2), "boxes stay"
    crops = np.stack([cut(picture, r, SIDE) for r in regions(boxes[chosen])])
    given = crops.transpose(0, 3, 1, 2).astype(np.float32) / np.float32(255)
    session = InferenceSession(str(stage), providers=["CPUExecutionProvider"])
    answer = np.asarray(session.run(None, {"crops": given, "shapes": shapes(boxes[chosen])})[0])
    said, edges = answer[:, : len(SLOTS)], answer[:, len(SLOTS) :]
    wanted = alone[4:, chosen].T ** (1 - share) * np.maximum(said, LEAST) ** share
    assert np.abs(both[4:, chosen].T - wanted).max() < 0.05
    cup = SLOTS.index("cup")
    assert np.allclose(both[4 + cup, chosen], alone[4 + cup, chosen], atol=1e-6)
    assert not np.allclose(both[4:, chosen], alone[4:, chosen], atol=0.01)
    # half of the way to the edges that were seen, unless the surest is a class it has no share in
    region = regions(boxes[chosen])
    low, high = region[:, :2], region[:, 2:]
    ends = np.tile((low + high) / 2, 2) + edges * np.tile((high - low) / 2, 2)
    seen = np.concatenate([(ends[:, :2] + ends[:, 2:]) / 2, ends[:, 2:] - ends[:, :2]], 1)
    asked = share[alone[4:, chosen].argmax(0)] > 0
    halfway = np.where(asked[:, None], (alone[:4, chosen].T + seen) / 2, alone[:4, chosen].T)
    assert np.abs(both[:4, chosen].T - halfway).max() < 0.5
    assert asked.any()


SHAKEN = """
import numpy as np, torch
from models.candidates import GROW, KEPT_PX
from models.closer import SIDE
from models.second_stage import shaken

rng = np.random.default_rng(5)
low, high = rng.uniform(-0.7, -0.2, (64, 2)), rng.uniform(0.2, 0.7, (64, 2))
edges = np.concatenate([low, high], 1).astype(np.float32)
ends = np.round((edges / GROW + 1) / 2 * KEPT_PX).astype(int)
crops = np.zeros((64, KEPT_PX, KEPT_PX, 3), np.uint8)
for crop, (x0, y0, x1, y1) in zip(crops, ends, strict=True):
    crop[y0:y1, x0:x1] = 255
given = [torch.from_numpy(a) for a in (crops, np.zeros((64, 2), np.float32), edges)]
for chance in (None, torch.Generator().manual_seed(3)):
    pictures, _, lies = shaken(*given, chance)
    assert pictures.min() >= 0 and pictures.max() <= 1
    for picture, there in zip(pictures.numpy(), lies.numpy(), strict=True):
        bright = picture.mean(0) > picture.mean(0).max() / 2
        rows, columns = np.flatnonzero(bright.any(1)), np.flatnonzero(bright.any(0))
        seen = np.array([columns[0], rows[0], columns[-1] + 1, rows[-1] + 1]) / SIDE * 2 - 1
        inside = np.abs(there) < 0.95
        assert np.abs(seen - there)[inside].max(initial=0) < 0.12, (seen, there)
"""


@pytest.mark.train
def test_edges_go_where_a_shaken_crop_goes(root: Path, training_python: Path) -> None:
    done = subprocess.run(
        [str(training_python), "-c", SHAKEN], cwd=root, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-2000:]
