"""Turn a second stage into eight bits: static QDQ, weights per channel, calibrated on candidates.

Training environment only.  See ``models/quantise.py``, which does the same for detectors; the first
layers, the pooled numbers and the layer that names stay in float.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.candidates import Candidates
from models.closer import CROPS, SHAPES
from models.quantise import STEM, Node, write_qdq

BATCHES: Final = 12
BATCH: Final = 64
FLOAT_PARTS: Final = tuple(f"/stage/body/body.{i}/" for i in range(STEM))
"""With all of their nodes; they made half of the twin's error (0.98 to 0.46 thousandths of
probability), each other module a tenth at most."""


def kept_in_float(nodes: Sequence[Node]) -> list[str]:
    """The names of the nodes of FLOAT_PARTS, and of all that is neither body nor top."""
    inside = ("/stage/body/", "/stage/top/")
    return [
        n.name for n in nodes if n.name.startswith(FLOAT_PARTS) or not n.name.startswith(inside)
    ]


def quantise_second(source: Path, out: Path, lessons: Sequence[Candidates], seed: int) -> Path:
    """Write the eight-bit twin of the second stage ``source``."""
    import torch
    from onnxruntime import quantization

    from models.second_stage import shaken

    rng = np.random.default_rng(seed)

    class Reader(quantization.CalibrationDataReader):  # type: ignore[misc]  # onnxruntime is untyped
        left = BATCHES

        def get_next(self) -> dict[str, NDArray[np.float32]] | None:
            if not self.left:
                return None
            self.left -= 1
            some = lessons[int(rng.integers(len(lessons)))]
            chosen = rng.integers(len(some.labels), size=BATCH)
            crops, told, edges = (
                torch.from_numpy(a[chosen]) for a in (some.crops, some.shapes, some.edges)
            )
            pictures, _, _ = shaken(crops, told, edges, None)
            return {CROPS: pictures.contiguous().numpy(), SHAPES: some.shapes[chosen]}

    write_qdq(source, out, Reader(), kept_in_float)
    return out
