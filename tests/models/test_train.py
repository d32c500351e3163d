"""The recipe walked once: one epoch on eight pictures, export, the same boxes from both engines."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import cv2
import numpy as np
import pytest
from onnxruntime import InferenceSession

from datasets.classes import CLASSES, SLOTS
from datasets.samples import write_data_yaml, write_yolo_labels
from models import registry
from vision.detector import Detector
from vision.images import read_image

RECIPE = """
name: eight
version: "0.0.1"
start: yolov8n.yaml
size_px: 64
input_px: 64
batch: 4
epochs: 1
pictures_per_epoch: 8
warmup_steps: 1
optimiser: adamw
lr: 0.001
sources:
  - {path: eight, rendered: true, share: 0.5, labelled: all, fit: false, distil: true, paste: 0.5}
  - {path: eight, rendered: true, share: 0.5, labelled: [phone], paste: 0.5}
"""

DIFFER = """
import sys, torch
from pathlib import Path
from models.networks import load_network
state = torch.load(sys.argv[1], weights_only=True)["network"]
start = load_network(Path("yolov8n.yaml")).named_parameters()
print(*(name for name, value in start if not torch.equal(value, state[name])))
"""


MEAN = """
import sys, numpy as np, onnx
from onnx import numpy_helper
# the last class layer's bias: no batch norm is folded into it
first, later, mean = (
    numpy_helper.to_array(i)
    for path in sys.argv[1:]
    for i in onnx.load(path).graph.initializer
    if i.name == "model.22.cv3.0.2.bias"
)
assert not np.array_equal(first, later)
np.testing.assert_allclose(mean, (first + later) / 2, atol=1e-6)
"""

SHARED = """
import torch
from pathlib import Path
from models.networks import load_network
from models.shared_backbone import SharedBackbone, same_backbone
from models.train import training_mode

start = Path("yolov8n.yaml")
pupil, teacher, alone = (load_network(start) for _ in range(3))
assert same_backbone(pupil, teacher)
for network in (pupil, teacher, alone):
    training_mode(network, frozen_norm=True)
shared = SharedBackbone(pupil, teacher)
marked = torch.tensor([False, True, True])
for seed in (1, 2):
    images = torch.rand(3, 3, 64, 96, generator=torch.Generator().manual_seed(seed))
    with torch.no_grad():
        pupil(images)
        shared.choose(marked)
        got, wanted = teacher(images[marked]), alone(images[marked])
        shared.forget()
    for name in ("boxes", "scores"):
        assert torch.allclose(got[name], wanted[name], atol=1e-5), (seed, name)
with torch.no_grad():
    pupil.model[3].conv.weight.mul_(1.5)
assert not same_backbone(pupil, alone)
"""


def eight_pictures(root: Path) -> None:
    """Eight noisy pictures with a dark slab each, labelled as a phone."""
    rng = np.random.default_rng(3)
    write_data_yaml(root)
    (root / "images").mkdir(parents=True)
    for i in range(8):
        image = rng.integers(120, 200, (80, 96, 3)).astype(np.uint8)
        cv2.rectangle(image, (20 + i, 30), (50 + i, 46), (20, 20, 20), -1)
        cv2.imwrite(str(root / "images" / f"{i}.jpg"), image)
        box = np.array([[(35 + i) / 96, 38 / 80, 30 / 96, 16 / 80]], np.float32)
        label = np.array([CLASSES.index("phone")], np.int16)
        write_yolo_labels(root / "labels" / f"{i}.txt", box, label)


@pytest.mark.train
@pytest.mark.timeout(600)
def test_the_recipe_trains_exports_and_runs(
    tmp_path: Path, root: Path, training_python: Path
) -> None:
    eight_pictures(tmp_path / "eight")
    recipe = tmp_path / "eight.yaml"
    recipe.write_text(RECIPE, encoding="utf-8")

    def start(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(training_python), "-m", *arguments]
        return subprocess.run(command, cwd=root, capture_output=True, text=True)

    def run(*arguments: str) -> str:
        done = start(*arguments)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    places = ["--data", str(tmp_path), "--rendered", str(tmp_path), "--out", str(tmp_path / "run")]
    run("models.train", str(recipe), "--weights", "yolov8n.yaml", *places)
    again = run("models.train", str(recipe), "--weights", "yolov8n.yaml", *places)
    assert "goes on after epoch 1 of 1" in again
    written = tmp_path / "eight.onnx"
    run(
        "models.export",
        str(recipe),
        *("--start", "yolov8n.yaml"),
        *("--trained", str(tmp_path / "run" / "model.pt")),
        *("--out", str(written)),
    )
    # export itself refuses a file in which onnxruntime gives other boxes than torch
    training = json.loads(written.with_suffix(".json").read_text())["training"]
    assert training["torch_onnxruntime_apart"]["box_px"] < 0.1
    # nothing is frozen: only a branch that these few phones gave no gradient may stand still
    assert training["parameter_tensors_changed"] > 0.9 * training["parameter_tensors"]
    assert training["pictures_seen"] == 8
    # a second stage that goes on from that file, the mean of both, and that of a stage and itself
    places[-1] = str(tmp_path / "next")
    run(
        "models.train", str(recipe), "--weights", str(written), "--teacher", "yolov8n.yaml", *places
    )
    files = {"next": [tmp_path / "next" / "model.pt"]}
    files["mean"] = [written, *files["next"]]
    files["twice"] = [tmp_path / "run" / "model.pt"] * 2
    for name, trained in files.items():
        run(
            "models.export",
            str(recipe),
            *("--start", "yolov8n.yaml"),
            *("--trained", *map(str, trained)),
            *("--out", str(tmp_path / f"{name}.onnx")),
        )
    for name in ("mean", "twice"):
        told = json.loads((tmp_path / f"{name}.json").read_text())["training"]
        assert told["mean_of"] == 2
    check = [str(training_python), "-c", MEAN]
    check += [str(tmp_path / f"{name}.onnx") for name in ("eight", "next", "mean")]
    assert subprocess.run(check, check=False).returncode == 0
    backwards = ["--trained", str(tmp_path / "next" / "model.pt"), str(written)]
    refused = start("models.export", str(recipe), "--start", "yolov8n.yaml", *backwards,
                    "--out", str(tmp_path / "no.onnx"))  # fmt: skip
    assert refused.returncode == 1
    assert "eight.onnx: a model file tells no run" in refused.stderr
    model = registry.find(str(written))
    assert model.slots == SLOTS
    image = read_image(tmp_path / "eight" / "images" / "0.jpg")
    detector = Detector.load(model, threads=1)
    first, second = detector.detect(image), detector.detect(image)
    assert (first.boxes_xyxy_px == second.boxes_xyxy_px).all()

    # a shipped model holds the network that it was exported from: training goes on from the file
    onward = tmp_path / "onward.yaml"
    onward.write_text(RECIPE.replace("lr: 0.001", "lr: 1.0e-12"), encoding="utf-8")
    going_on = ["--teacher", "yolov8n.yaml", *places[:-1], str(tmp_path / "onward")]
    run("models.train", str(onward), "--weights", str(written), *going_on)
    copy = tmp_path / "copy.onnx"
    run(
        "models.export",
        str(onward),
        *("--start", "yolov8n.yaml"),
        *("--trained", str(tmp_path / "onward" / "model.pt")),
        *("--out", str(copy)),
    )
    # the start weight alone, to measure beside: COCO's names, no sidecar
    plain = tmp_path / "plain.onnx"
    run("models.export", str(recipe), "--start", "yolov8n.yaml", "--out", str(plain))
    names = InferenceSession(str(plain)).get_modelmeta().custom_metadata_map["names"]
    assert "0: 'person'" in names
    assert "67: 'cell phone'" in names
    assert not plain.with_suffix(".json").exists()

    # drawn wholly back to the start weight, nothing but the slots' rows may differ from it
    held = tmp_path / "held.yaml"
    held.write_text(RECIPE.replace("lr: 0.001", "lr: 0.001\npull: 1.0e+9"), encoding="utf-8")
    run(
        "models.train", str(held), "--weights", "yolov8n.yaml", *places[:-1], str(tmp_path / "held")
    )
    differ = subprocess.run(
        [str(training_python), "-c", DIFFER, str(tmp_path / "held" / "last.pt")],
        cwd=root, capture_output=True, text=True, check=True,
    ).stdout.splitlines()[-1].split()  # fmt: skip
    assert differ
    assert all(re.fullmatch(r"model\.22\.cv3\.\d\.2\.(weight|bias)", name) for name in differ)

    window = np.ascontiguousarray(image[:64, :64, ::-1].transpose(2, 0, 1))
    batch = window[None].astype(np.float32) / 255
    one, other, averaged = (
        InferenceSession(str(p)).run(None, {"images": batch})[0]
        for p in (written, copy, tmp_path / "twice.onnx")
    )
    assert np.abs(one - other).max() < 0.01
    assert np.abs(one - averaged).max() < 1e-4

    small = tmp_path / "eight-int8.onnx"
    run(
        "models.quantise",
        str(recipe),
        *("--model", str(written), "--out", str(small), "--pictures", "4", "--whole-range"),
        *("--data", str(tmp_path), "--rendered", str(tmp_path)),
    )
    twin = registry.find(str(small))
    assert small.stat().st_size < 0.4 * written.stat().st_size
    assert registry.sidecar_of(twin)["quantised"]["sha256"] == model.sha256
    exact, rough = (
        InferenceSession(str(m.path)).run(None, {"images": batch})[0] for m in (model, twin)
    )
    # eight bits move a class's probability a little and a box by pixels, no more
    assert np.abs(exact[:, 4:] - rough[:, 4:]).max() < 0.1
    assert np.median(np.abs(exact[:, :4] - rough[:, :4])) < 2.0

    # and from an INT8 twin, whose weights are half a step off at most
    back = tmp_path / "back.onnx"
    run("models.train", str(onward), "--weights", str(small), *going_on[:-1], f"{back}.run")
    run(
        "models.export",
        str(onward),
        *("--start", "yolov8n.yaml", "--trained", str(Path(f"{back}.run") / "model.pt")),
        *("--out", str(back)),
    )
    returned = InferenceSession(str(back)).run(None, {"images": batch})[0]
    assert np.abs(exact[:, 4:] - returned[:, 4:]).max() < 0.05

    other_start = ["--teacher", "yolov8s.yaml", *going_on[2:-1], str(tmp_path / "other")]
    refused = start("models.train", str(onward), "--weights", str(small), *other_start)
    assert refused.returncode == 1
    assert "no weights for layer model.0.conv of yolov8s.yaml" in refused.stderr


@pytest.mark.train
@pytest.mark.timeout(300)
def test_a_teacher_on_the_pupils_backbone_says_the_same(root: Path, training_python: Path) -> None:
    command = [str(training_python), "-c", SHARED]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.mark.train
def test_bfloat16_is_taken_where_the_processor_has_it(root: Path, training_python: Path) -> None:
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="utf-8").split()
    except OSError:
        pytest.skip("no /proc/cpuinfo to hold the answer against")
    asked = "from models.networks import native_bfloat16; print(native_bfloat16())"
    said = subprocess.run(
        [str(training_python), "-c", asked], cwd=root, capture_output=True, text=True, check=True
    ).stdout.split()[-1]
    assert said == str(bool({"avx512_bf16", "amx_bf16", "bf16"} & set(flags)))
