"""``deskcheck check --json``: exactly the keys that scripts rely on."""

from __future__ import annotations

import json
from typing import Any

import cv2
import numpy as np
import pytest
from typer.testing import CliRunner, Result

from service.cli import build_app
from tests.models.test_registry import sidecar
from tests.models.tiny_onnx import write_model
from tests.service.made_up import HALL_YAML

KEYS = ["camera", "desk", "clause", "window", "frame", "frames", "verdict", "reason", "measured",
        "boxes", "confidence"]  # fmt: skip


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    """Two good frames of one day, one of another, one black and one that does not decode."""
    folder = tmp_path_factory.mktemp("check")
    (folder / "hall.yaml").write_text(HALL_YAML, encoding="utf-8")
    rng = np.random.default_rng(3)
    frames = []
    for at in ("20260311T100000", "20260311T103000", "20260312T100000"):
        frames.append(folder / f"cam1_{at}.jpg")
        cv2.imwrite(str(frames[-1]), rng.integers(0, 255, (480, 640, 3), dtype=np.uint8))
    frames.append(folder / "cam1_20260311T110000.jpg")
    cv2.imwrite(str(frames[-1]), np.zeros((480, 640, 3), np.uint8))
    frames.append(folder / "cam1_20260311T113000.jpg")
    frames[-1].write_bytes(frames[0].read_bytes()[:4000])
    model = sidecar(write_model(folder / "tiny.onnx"))
    words = ["check", "--hall", str(folder / "hall.yaml"), "--model", str(model), *map(str, frames)]
    runner = CliRunner()
    return {
        "json": runner.invoke(build_app(), [*words, "--json"]),
        "per_frame": runner.invoke(build_app(), [*words, "--json", "--per-frame"]),
    }


def lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_each_line_has_the_fixed_keys_and_no_other(checked: dict[str, Result]) -> None:
    *verdicts, last = lines(checked["json"])
    assert verdicts
    for line in verdicts:
        assert list(line) == KEYS
        assert line["window"] in ("W", "P", "N")
        assert line["verdict"] in ("pass", "suspect", "unjudged")
        assert line["frame"] is None or isinstance(line["frame"], str)
        assert isinstance(line["reason"], str)
        assert isinstance(line["measured"], dict)
        for box in line["boxes"]:
            assert set(box) == {"class", "box", "confidence"}
    assert list(last) == ["coverage"]


def test_only_frames_that_passed_the_gate_were_used(checked: dict[str, Result]) -> None:
    *verdicts, last = lines(checked["json"])
    used = {name for line in verdicts for name in line["frames"]}
    assert used == {f"cam1_{at}.jpg" for at in
                    ("20260311T100000", "20260311T103000", "20260312T100000")}  # fmt: skip
    refused = last["coverage"]["cameras"]["cam1"]["refused"]
    assert refused == {"gate_black": 1, "gate_undecodable": 1}


def test_a_file_that_does_not_decode_is_told_on_standard_error(checked: dict[str, Result]) -> None:
    assert checked["json"].exit_code == 1
    (told,) = [json.loads(line) for line in checked["json"].stderr.splitlines()]
    assert list(told) == ["image", "error"]
    assert told["image"].endswith("cam1_20260311T113000.jpg")


def test_a_frames_own_line_is_told_by_one_key_more(checked: dict[str, Result]) -> None:
    every = lines(checked["per_frame"])
    own = [line for line in every if "per_frame" in line]
    assert own
    for line in own:
        assert list(line) == [*KEYS, "per_frame"]
        assert line["frames"] == [line["frame"]]
    assert [line for line in every if "per_frame" not in line] == lines(checked["json"])
