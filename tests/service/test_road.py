"""The road with the shipped model: what runs side by side says the same as one step after another,
and what goes wrong on the way is said and leaves no thread behind."""

from __future__ import annotations

import shutil
import threading
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest
from numpy.typing import NDArray

from models import registry
from rules.layout import HallLayout, load_layout
from service.bench import bench
from service.road import Eyes, Stages, look_all
from vision.detector import Batch, Detector
from vision.images import read_frame
from vision.seen import Facts, InputError, ModelError

NAMES: Final = (
    "HALL1_20260311T095404.jpg",
    "HALL2_20260311T095417.jpg",
    "HALL3_20260311T095431.jpg",
    "HALL1_20260311T082404.jpg",
)


@pytest.fixture(scope="module")
def hall(root: Path) -> Path:
    return root / "datasets" / "sample_hall"


@pytest.fixture(scope="module")
def layout(hall: Path) -> HallLayout:
    return load_layout(hall / "hall.yaml")


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector.load(registry.find("deskcheck-n"), threads=2)


def plain(facts: Facts) -> dict[str, Any]:
    return {f.name: getattr(facts, f.name) for f in fields(facts) if f.name != "memo"}


def road_threads() -> set[str]:
    names = {thread.name.rsplit("_", 1)[0] for thread in threading.enumerate()}
    return names & {"read-ahead", "measure"}


def test_the_road_says_bit_for_bit_what_each_frame_says_by_itself(
    hall: Path, layout: HallLayout, detector: Detector, tmp_path: Path
) -> None:
    torn = tmp_path / "HALL1_20260311T104204.jpg"
    torn.write_bytes((hall / "frames" / NAMES[0]).read_bytes()[:50_000])
    strange = tmp_path / "HALL9_20260311T104204.jpg"
    shutil.copy(hall / "frames" / NAMES[0], strange)
    paths = [hall / "frames" / name for name in NAMES]
    told: dict[str, str] = {}

    def on_error(path: Path, error: InputError) -> None:
        told[path.name] = str(error)

    stages = Stages()
    mixed = [paths[0], torn, paths[1], strange, *paths[2:]]
    seen = list(look_all(mixed, layout, detector, on_error=on_error, stages=stages))
    assert list(told) == [torn.name, strange.name]
    assert "cut off" in told[torn.name]
    assert "HALL9 is not in the layout" in told[strange.name]
    assert [f.frame for f in seen] == [NAMES[0], torn.name, *NAMES[1:]]
    assert seen[1].gate.reason == "undecodable"
    eyes = Eyes(layout, detector)
    for path, facts in zip(paths, [seen[0], *seen[2:]], strict=True):
        frame = read_frame(path)
        assert plain(facts) == plain(eyes.of(frame.camera).look(frame))
    assert sum(len(f.things) for f in seen) > 100
    assert stages.frames == len(paths)
    assert min(stages.ms[s] for s in ("read", "gate", "tensors", "model", "boxes", "measure")) > 0
    assert road_threads() == set()


def test_a_model_that_fails_on_the_way_ends_the_road_in_its_own_words(
    hall: Path, layout: HallLayout, detector: Detector, monkeypatch: pytest.MonkeyPatch
) -> None:
    eyes = Eyes(layout, detector)
    paths = [hall / "frames" / name for name in NAMES]
    for camera in ("HALL1", "HALL2", "HALL3"):  # the clean pictures' runs are not the road's
        frame = next(read_frame(p) for p in paths if p.name.startswith(camera))
        eyes.of(frame.camera).look(frame)
    begun: list[Batch] = []
    run = detector.run

    def fails_later(batch: Batch) -> NDArray[np.float32]:
        begun.append(batch)
        if len(begun) > 7:
            raise ModelError("the model gave up")
        return run(batch)

    monkeypatch.setattr(detector, "run", fails_later)
    with pytest.raises(ModelError, match="the model gave up"):
        list(look_all(paths, layout, detector, eyes=eyes))
    assert road_threads() == set()


def test_the_bench_counts_the_bare_model_the_lanes_and_the_road_over_the_same_tiles(
    hall: Path, detector: Detector
) -> None:
    frames = [hall / "frames" / name for name in NAMES[:2]]
    result = bench(detector, hall / "hall.yaml", frames, rounds=1, memory_frames=3, threads=2)
    assert (result.frames, result.rounds, result.lanes) == (2, 1, 2)
    assert result.tiles_a_frame > 5
    assert result.ratio == pytest.approx(result.road_fps / result.bare_fps, rel=0.01)
    assert result.ratio_plain == pytest.approx(result.road_fps / result.plain_fps, rel=0.01)
    assert result.outside_cpu_ms == pytest.approx(sum(result.stage_cpu_ms.values()), abs=0.1)
    assert set(result.stage_cpu_ms) == {"read", "gate", "tensors", "boxes", "measure", "judge"}
    # what the three spend differs, but none of them does another's work
    assert 0.5 < result.bare_cpu_ms / result.plain_cpu_ms < 1.5
    assert result.road_cpu_ms > result.bare_cpu_ms / 1.5
    memory = result.memory_mib
    assert memory["peak"] >= max(memory["first_round"], memory["last"]) > 50
