"""Going on with a second stage that is there already, from its file in float or INT8.

Training environment only.  A file holds each convolution with its batch norm folded in; the norm of
the network at hand is taken out of it again, so that both say the same.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from models.second_stage import SecondStage
from vision.seen import ModelError

Array = NDArray[np.float32]


def numbers_of(path: Path) -> dict[str, Array]:
    """Weights and biases of a second stage's file by their names in the network, widened to float.

    Raises ModelError for a file that is none.
    """
    import onnx
    from onnx import numpy_helper

    try:
        graph = onnx.load(str(path)).graph
    except Exception as error:  # protobuf and the file system raise kinds of their own
        raise ModelError(f"{path}: not an ONNX file that can be read ({error}).") from error
    held = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    found = {n: a.astype(np.float32) for n, a in held.items() if n.startswith("stage.")}
    for node in graph.node:
        if node.op_type == "DequantizeLinear" and node.input[0] in held:
            given, scale, zero = (held[n] for n in node.input)
            wide = (given.astype(np.float32).T - zero) * scale  # one scale a first axis, or one
            found[node.input[0].removesuffix("_quantized")] = wide.T.astype(np.float32)
    return {n.removeprefix("stage."): a for n, a in found.items()}


def go_on(network: SecondStage, path: Path) -> None:
    """Give ``network`` what the second stage at ``path`` has learnt.

    Raises ModelError where the file lacks something that the network has, or has it otherwise.
    """
    numbers = numbers_of(path)

    def of(name: str, like: torch.Tensor) -> torch.Tensor:
        if name not in numbers or numbers[name].shape != tuple(like.shape):
            there = numbers[name].shape if name in numbers else "nothing"
            raise ModelError(
                f"{path}: {name} should be {tuple(like.shape)}, and is {there}; the recipe's last, "
                "blocks and spots must be those that the file was made with."
            )
        return torch.from_numpy(numbers[name].copy())

    with torch.no_grad():
        folded: set[str] = set()
        for name, module in network.named_modules():
            norm: Any = getattr(module, "bn", None)
            if norm is None:
                continue
            part, conv = f"{name}.conv", module.conv
            stretch = norm.weight / torch.sqrt(norm.running_var + norm.eps)
            weight = of(f"{part}.weight", conv.weight)
            conv.weight.copy_(weight / stretch.view(-1, 1, 1, 1))
            bias = of(f"{part}.bias", norm.bias)
            norm.bias.copy_(bias + norm.running_mean * stretch)
            folded |= {f"{part}.weight", f"{name}.bn.weight", f"{name}.bn.bias"}
        for name, value in network.named_parameters():
            if name not in folded:
                value.copy_(of(name, value))
