"""Turn a float model into its INT8 twin: static QDQ, weights per channel, activations calibrated.

Training environment only.  Calibrated on the windows that training shows, at the size of the
product's desk crops.  The last convolutions of the head and all that decodes boxes stay in float:
a box's pixels (0..640) and a class's logit share no scale that eight bits could hold.  So do the
first layers, which see the fine detail of large maps with few channels: see :data:`STEM`.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from models import registry
from models.batches import draw_picture, read_pools
from models.recipe import Recipe, load_recipe
from models.training_side import finish
from vision.seen import ModelError

Node: TypeAlias = Any
"""A node of an ONNX graph; the run-time environment, which checks these types, has no onnx."""

QUANTISED: Final = ("Conv", "Add", "Mul", "Concat", "MaxPool", "Resize", "Sigmoid", "Split")
"""Everything between two convolutions too, so that a tensor stays in eight bits all the way."""
STEM: Final = 3
"""So many modules at the entrance stay in float.  Of deskcheck-n 0.4.0 they made two fifths of the
twin's error in class probabilities (0.055 to 0.034 on average where anything is seen), and cost no
time: a map as wide as that, of so few channels, is no faster in eight bits (30.1 to 28.7 ms).  Each
other module left in float mended a twentieth of it at most."""
PICTURES: Final = 32
"""Windows that calibrate."""
PERCENTILE: Final = 99.999
"""Activations beyond it are cut: measured better than the whole range, which one outlier sets."""


def windows(
    recipe: Recipe, data: Path, rendered: Path, count: int
) -> Iterator[NDArray[np.float32]]:
    """``count`` plain training windows (1, 3, S, S) RGB 0..1, from every source by its share."""
    plain = replace(recipe, size_px=recipe.input_px)
    rng = np.random.default_rng(recipe.seed)
    pools = read_pools(plain, data, rendered)
    shares = np.array([p.source.share for p in pools])
    for chosen in rng.choice(len(pools), count, p=shares / shares.sum()):
        pool = pools[int(chosen)]
        sample = pool.set.samples[int(rng.integers(len(pool.set.samples)))]
        image = draw_picture(pool, sample, rng, plain, plain=True).image
        yield np.ascontiguousarray(
            image[None, :, :, ::-1].transpose(0, 3, 1, 2), np.float32
        ) / np.float32(255)


def kept_in_float(nodes: Sequence[Node]) -> list[str]:
    """The names of the nodes at the entrance, of those that decode, and of the head's last
    convolutions.
    """
    head = max(int(n.name.split("/")[1].split(".")[1]) for n in nodes if n.name[:7] == "/model.")
    inside = [n for n in nodes if n.name.startswith(f"/model.{head}/")]
    branches = [n for n in inside if "/cv2." in n.name or "/cv3." in n.name]
    last = [n.name for n in branches if n.op_type == "Conv" and "/conv/" not in n.name]
    if len(last) != 6:  # two branches at three strides
        raise ModelError(f"Wanted the 6 last convolutions of a YOLOv8 head, found {len(last)}.")
    entrance = tuple(f"/model.{i}/" for i in range(STEM))
    first = [n.name for n in nodes if n.name.startswith(entrance)]
    return first + last + [n.name for n in inside if n not in branches]


def write_qdq(
    source: Path,
    out: Path,
    reader: Any,  # noqa: ANN401 - onnxruntime is untyped
    kept: Callable[[Sequence[Node]], list[str]],
    *,
    whole_range: bool = False,
) -> None:
    """Static QDQ of ``source``, weights per channel, calibrated on what ``reader`` gives; ``kept``
    names those of its nodes that stay in float.
    """
    import onnx
    from onnxruntime import quantization
    from onnxruntime.quantization.shape_inference import quant_pre_process

    method = quantization.CalibrationMethod
    with TemporaryDirectory() as folder:
        prepared = Path(folder) / "prepared.onnx"
        quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
        quantization.quantize_static(
            str(prepared),
            str(out),
            reader,
            quant_format=quantization.QuantFormat.QDQ,
            per_channel=True,
            activation_type=quantization.QuantType.QUInt8,
            weight_type=quantization.QuantType.QInt8,
            calibrate_method=method.MinMax if whole_range else method.Percentile,
            extra_options={"CalibPercentile": PERCENTILE},
            op_types_to_quantize=list(QUANTISED),
            nodes_to_exclude=kept(onnx.load(str(prepared)).graph.node),
        )


def quantise(
    source: Path,
    out: Path,
    recipe: Recipe,
    data: Path,
    rendered: Path,
    *,
    count: int = PICTURES,
    whole_range: bool = False,
) -> Path:
    """Write the INT8 twin of ``source`` with its sidecar; thresholds are the float model's until
    they are measured.  ``whole_range``: cut no activation (an untrained network's may be constant,
    which has no percentile).
    """
    from onnxruntime import quantization

    class Reader(quantization.CalibrationDataReader):  # type: ignore[misc]  # onnxruntime is untyped
        def __init__(self) -> None:
            self.rest = windows(recipe, data, rendered, count)

        def get_next(self) -> dict[str, NDArray[np.float32]] | None:
            window = next(self.rest, None)
            return None if window is None else {"images": window}

    model = registry.find(str(source))
    content = registry.sidecar_of(model)
    if not content:
        raise ModelError(f"{source}: it has no sidecar; export it with `deskcheck model export`.")
    out.parent.mkdir(parents=True, exist_ok=True)
    write_qdq(source, out, Reader(), kept_in_float, whole_range=whole_range)
    content |= {
        "name": out.stem,
        "sha256": registry.sha256_of(out),
        "card": f"docs/models/{out.stem}.md",
        "quantised": {"from": content["name"], "sha256": content["sha256"], "windows": count},
    }
    registry.write_sidecar(out, content)
    return out


def main() -> int:
    """The training environment's side of ``deskcheck model quantise``."""
    parser = argparse.ArgumentParser(prog="python -m models.quantise", description=__doc__)
    parser.add_argument("recipe")
    parser.add_argument("--model", type=Path, required=True, help="NAME.onnx, in float")
    parser.add_argument("--data", type=Path, required=True, help="folder of the real sets")
    parser.add_argument("--rendered", type=Path, default=Path("build/render"))
    parser.add_argument("--out", type=Path, required=True, help="NAME-int8.onnx to write")
    parser.add_argument("--pictures", type=int, default=PICTURES)
    parser.add_argument("--whole-range", action="store_true", help="cut no activation")
    given = parser.parse_args()
    return finish(
        lambda: quantise(
            given.model,
            given.out,
            load_recipe(given.recipe),
            given.data,
            given.rendered,
            count=given.pictures,
            whole_range=given.whole_range,
        )
    )


if __name__ == "__main__":
    raise SystemExit(main())
