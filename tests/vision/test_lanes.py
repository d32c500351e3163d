"""Runs side by side: nothing but the time may depend on how the model shares the cores."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from models import registry
from vision.detector import Batch, Detector
from vision.images import read_image
from vision.lanes import MOST, Lanes
from vision.seen import Image, ModelError

FRAME = "HALL2_20260311T095417.jpg"
CROPS = tuple((x, y, x + 640, y + 640) for y in (0, 440) for x in (0, 640, 1280))


@pytest.fixture(scope="module")
def picture(root: Path) -> Image:
    return read_image(root / "datasets" / "sample_hall" / "frames" / FRAME)


@pytest.mark.parametrize(
    ("threads", "lanes", "within"), [(1, 1, 1), (2, 2, 1), (MOST, MOST, 1), (16, MOST, 13)]
)
def test_a_core_a_lane_and_what_is_left_helps_within(threads: int, lanes: int, within: int) -> None:
    assert Lanes.shared(threads) == (lanes, within)


def test_side_by_side_finds_bit_for_bit_what_one_run_after_the_other_finds(picture: Image) -> None:
    model = registry.find()
    beside = Detector.load(model, threads=3).detect(picture, CROPS)
    plain = Detector.plain(model, threads=1).detect(picture, CROPS)
    assert len(beside) > 50
    for name in ("boxes_xyxy_px", "confidence", "class_index"):
        assert getattr(beside, name).tobytes() == getattr(plain, name).tobytes()


class Counting:
    """A session's place: one box a run, that says which run it was, and how many went at once."""

    def __init__(self, slots: int) -> None:
        self.slots = slots
        self.lock = threading.Lock()
        self.running = self.most = 0
        self.together = threading.Barrier(2, timeout=20)

    def get_inputs(self) -> list[Any]:
        return [SimpleNamespace(name="images", shape=["n", 3, "h", "w"])]

    def run(self, _: None, feed: dict[str, NDArray[np.float32]]) -> list[NDArray[np.float32]]:
        with self.lock:
            self.running += 1
            self.most = max(self.most, self.running)
        self.together.wait()  # breaks where the runs don't come in pairs
        with self.lock:
            self.running -= 1
        out = np.zeros((1, 4 + self.slots, 1), np.float32)
        out[0, :4, 0] = 50
        out[0, 4, 0] = feed["images"][0, 0, 0, 0]
        return [out]


def runs(count: int, made: list[int]) -> Any:
    for i in range(count):
        made.append(i)
        yield Batch(np.full((1, 3, 4, 4), (i + 1) / 100, np.float32), ((0, 0, 640, 640),))


def test_two_lanes_work_at_once_answer_in_order_and_never_hold_more_than_one_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session = Counting(1)
    model = replace(registry.find(), slots=("person",), floor=0.0)
    detector = Detector(model, session, lanes=2)
    made: list[int] = []
    held: list[int] = []
    plain = detector.run

    def watched(batch: Batch) -> NDArray[np.float32]:
        held.append(len(made) - len(held))  # tensors there are, without those that were begun
        return plain(batch)

    monkeypatch.setattr(detector, "run", watched)
    passes = detector.passes(runs(8, made), 640, 640)
    assert session.most == 2
    assert [round(float(one[1][0]) * 100) for one in passes] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert max(held) <= 3  # its own and what the other lane and the next one hold


def test_what_goes_wrong_in_a_lane_is_said_where_the_answer_is_wanted() -> None:
    class Broken(Counting):
        def run(self, _: None, feed: dict[str, NDArray[np.float32]]) -> list[NDArray[np.float32]]:
            raise RuntimeError("out of order")

    detector = Detector(registry.find(), Broken(1), lanes=2)
    with pytest.raises(ModelError, match="out of order"):
        detector.passes(runs(3, []), 640, 640)


def test_a_tensor_is_each_byte_divided_by_255_rounded_once() -> None:
    image = np.arange(32 * 32 * 3, dtype=np.uint32).reshape(32, 32, 3).astype(np.uint8)
    image[:, :, 1] += 85
    image[:, :, 2] += 170
    detector = Detector(replace(registry.find(), input_px=32), Counting(1))
    (batch,) = detector.batches(image)
    wanted = image[:, :, ::-1].transpose(2, 0, 1).astype(np.float32) * np.float32(1 / 255)
    assert set(range(256)) == set(image.ravel().tolist())
    assert batch.tensor.tobytes() == wanted[None].tobytes()
