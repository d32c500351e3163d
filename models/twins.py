"""A model in float and its INT8 twin, side by side: what the twin loses, what time it saves.

Both are timed in turns within one run, on the same pictures, so that a machine whose speed drifts
slows both alike.
"""

from __future__ import annotations

import platform
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from datasets.samples import LabelledSet
from models.evaluate import Looked, box_report, look_at
from vision.detector import Detector
from vision.images import read_image
from vision.model_file import ModelFile
from vision.seen import Image

TILES: Final = 6
ROUNDS: Final = 12
VNNI_FLAGS: Final = frozenset({"avx512_vnni", "avx_vnni"})


def compare(
    model: ModelFile, twin: ModelFile, sets: Sequence[LabelledSet], *, on: Sequence[Looked]
) -> dict[str, Any]:
    """mAP50 over all labelled classes of each set for both, and their speeds in one run.

    ``on``: what ``model`` saw in the sets already, in one pass over each picture.
    """
    swapped = Path(model.path).stat().st_size < Path(twin.path).stat().st_size
    rows = []
    for labelled, mine in zip(sets, on, strict=True):
        theirs = look_at(labelled, twin, road=mine.road)
        values = [box_report(looked)["all"]["map50"] for looked in (mine, theirs)]
        exact, small = reversed(values) if swapped else values
        name = (
            "rendered validation hall"
            if labelled.root.name == "val"
            else f"{labelled.root.name} val"
        )
        rows.append({"set": name, "float": exact, "int8": small, "lost": round(exact - small, 4)})
    pictures = [read_image(s.image) for s in sets[0].samples[:TILES]]
    exact_file, small_file = (twin, model) if swapped else (model, twin)
    return {
        "float": exact_file.name,
        "int8": small_file.name,
        "int8_sha256": small_file.sha256,
        "map50": rows,
        "speed": speeds(exact_file, small_file, pictures),
        "processor": processor(),
        "vnni": bool(VNNI_FLAGS & cpu_flags()),
    }


def speeds(
    first: ModelFile, second: ModelFile, pictures: Sequence[Image], *, rounds: int = ROUNDS
) -> dict[str, Any]:
    """Both models' network time for a tile, in turns; the ratio is the median of the rounds'."""
    detectors = [Detector.load(first), Detector.load(second)]
    batches = [next(iter(detectors[0].batches(picture))) for picture in pictures]
    for detector in detectors:
        detector.run(batches[0])  # warm up
    spent: list[list[float]] = []
    for turn in range(rounds):
        took = [0.0, 0.0]
        for which in (0, 1) if turn % 2 == 0 else (1, 0):
            began = time.perf_counter()
            for batch in batches:
                detectors[which].run(batch)
            took[which] = 1e3 * (time.perf_counter() - began) / len(batches)
        spent.append(took)
    table = np.array(spent)
    return {
        "rounds": rounds,
        "tiles": len(pictures),
        "float_ms": round(float(np.median(table[:, 0])), 2),
        "int8_ms": round(float(np.median(table[:, 1])), 2),
        "ratio": round(float(np.median(table[:, 0] / table[:, 1])), 3),
    }


def cpu_flags() -> frozenset[str]:
    """What the processor can do, by Linux's names; empty where that can't be read."""
    return frozenset(_cpu("flags").split())


def processor() -> str:
    """The processor's name."""
    return _cpu("model name") or platform.processor() or platform.machine()


def _cpu(field: str) -> str:
    path = Path("/proc/cpuinfo")
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    for line in text.splitlines():
        name, _, value = line.partition(":")
        if name.strip() == field:
            return value.strip()
    return ""
