"""Turn a second stage into eight bits: static QDQ, weights per channel, calibrated on candidates.

Training environment only.  See ``models/quantise.py``, which does the same for detectors; the first
layers, the pooled numbers and the layer that names stay in float.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.candidates import Candidates
from models.closer import CROPS, SHAPES
from models.quantise import PERCENTILE, QUANTISED, STEM

BATCHES: Final = 12
BATCH: Final = 64
FLOAT_PARTS: Final = tuple(f"/stage/body/body.{i}/" for i in range(STEM))
"""With all of their nodes; they made half of the twin's error (0.98 to 0.46 thousandths of
probability), each other module a tenth at most."""


def quantise_second(source: Path, out: Path, lessons: Sequence[Candidates], seed: int) -> Path:
    """Write the eight-bit twin of the second stage ``source``."""
    import onnx
    import torch
    from onnxruntime import quantization
    from onnxruntime.quantization.shape_inference import quant_pre_process

    from models.train_second import shaken

    rng = np.random.default_rng(seed)

    class Reader(quantization.CalibrationDataReader):  # type: ignore[misc]  # onnxruntime is untyped
        left = BATCHES

        def get_next(self) -> dict[str, NDArray[np.float32]] | None:
            if not self.left:
                return None
            self.left -= 1
            some = lessons[int(rng.integers(len(lessons)))]
            chosen = rng.integers(len(some.labels), size=BATCH)
            crops, told = (torch.from_numpy(a[chosen]) for a in (some.crops, some.shapes))
            pictures, _ = shaken(crops, told, None)
            return {CROPS: pictures.contiguous().numpy(), SHAPES: some.shapes[chosen]}

    with TemporaryDirectory() as folder:
        prepared = Path(folder) / "prepared.onnx"
        quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
        nodes = onnx.load(str(prepared)).graph.node
        kept = [n.name for n in nodes if n.name.startswith(FLOAT_PARTS)]
        kept += [n.name for n in nodes if not n.name.startswith(("/stage/body/", "/stage/top/"))]
        quantization.quantize_static(
            str(prepared),
            str(out),
            Reader(),
            quant_format=quantization.QuantFormat.QDQ,
            per_channel=True,
            activation_type=quantization.QuantType.QUInt8,
            weight_type=quantization.QuantType.QInt8,
            calibrate_method=quantization.CalibrationMethod.Percentile,
            extra_options={"CalibPercentile": PERCENTILE},
            op_types_to_quantize=list(QUANTISED),
            nodes_to_exclude=kept,
        )
    return out
