"""The networks that training starts from: a start weight, an earlier run, a shipped model.

Training environment only.
"""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np

from vision.seen import ModelError

BACKBONE_LAST: Final = 9
"""YOLOv8's layers 0 to 9 are its backbone, the last one its head, those between its neck."""
DEAD_GAIN: Final = 1e-3
"""A channel that batch norm scales by less can't be divided by its scale; it gets scale one."""

Network: TypeAlias = Any
"""A torch network; the run-time environment, which checks these types, has no torch."""


def native_bfloat16() -> bool:
    """Whether this processor multiplies bfloat16 by itself (avx512_bf16, amx_bf16 or alike).

    Where it does not it is imitated: a step of YOLOv8s then took 6 s a picture where float32 took
    0.4 s (two cores with AVX2).
    """
    import torch

    able = torch.cpu.get_capabilities()
    return any(has is True for name, has in able.items() if name.endswith("bf16"))


def continued_network(path: Path, start: Path) -> Network:
    """The network to train: a start weight's own, or an earlier one to go on from.

    ``path`` is the start weight itself, an earlier run's ``model.pt``, or a shipped model (.onnx).
    """
    import torch

    if path == start:
        return load_network(start)
    if path.suffix == ".onnx":
        return network_of_onnx(path, start)
    try:
        state = torch.load(path, weights_only=True)
    except FileNotFoundError:
        raise ModelError(f"{path}: there is no such weight file; give it with --weights.") from None
    except pickle.UnpicklingError:  # an ultralytics checkpoint holds more than tensors
        return load_network(path)
    network = load_network(start)
    network.load_state_dict(state["average"])
    return network


def load_network(path: Path) -> Network:
    """The float32 network of an ultralytics start weight, every layer trainable.

    A name that ends in .yaml (yolov8n.yaml) gives an untrained network of that shape.
    """
    import torch
    from ultralytics.nn.tasks import DetectionModel, load_checkpoint

    if path.suffix == ".yaml":  # an untrained network of that shape: what a quick check starts from
        torch.manual_seed(0)
        network = DetectionModel(path.name, nc=80, verbose=False)
    elif path.is_file():
        network, _ = load_checkpoint(path)
    else:
        raise ModelError(f"{path}: there is no such weight file; give it with --weights.")
    if not isinstance(network, DetectionModel) or network.model[-1].nc != 80:
        raise ModelError(f"{path}: wanted a detection model with 80 outputs.")
    network = network.float().to(memory_format=torch.channels_last)
    for parameter in network.parameters():
        parameter.requires_grad_(True)
    network.model[-1].dfl.conv.weight.requires_grad_(False)  # a constant: 0..15
    return network


def network_of_onnx(path: Path, start: Path) -> Network:
    """The network that a shipped model was exported from, so that a hall can go on from it.

    Statistics stay those of the start weight during training (``frozen_norm``).
    """
    network = load_network(start)
    take_over(
        network,
        path,
        f"of {start.name}; go on from a model that was exported from this start weight, or from "
        "its INT8 twin.",
    )
    return network


def take_over(network: Network, path: Path, mend: str, prefix: str = "") -> None:
    """Give ``network`` the weights of its export ``path``, whose names there begin with ``prefix``.

    An export folds batch norm into the convolution before it: weight = w * gamma / sigma, bias =
    beta - gamma * mu / sigma.  w and beta follow from the file; mu, sigma and gamma stay.  Raises
    ModelError for a layer that the file lacks or has in another shape; ``mend`` ends its sentence.
    """
    import torch

    given = numbers_of_onnx(path)
    modules = dict(network.named_modules())
    with torch.no_grad():
        for name, module in modules.items():
            weighted = isinstance(module, torch.nn.Conv2d | torch.nn.Linear)
            if not weighted or ".dfl." in f".{name}.":
                continue
            weight, bias = (given.get(f"{prefix}{name}.{part}") for part in ("weight", "bias"))
            if weight is None or bias is None or weight.shape != module.weight.shape:
                raise ModelError(f"{path}: no weights for layer {name} {mend}")
            norm = modules.get(name.removesuffix(".conv") + ".bn")
            if norm is None or norm is module:
                module.weight.copy_(weight)
                module.bias.copy_(bias)
                continue
            sigma = (norm.running_var + norm.eps).sqrt()
            gain = norm.weight / sigma
            dead = gain.abs() < DEAD_GAIN
            norm.weight.copy_(torch.where(dead, sigma, norm.weight))
            gain = norm.weight / sigma
            module.weight.copy_(weight / gain.view(-1, 1, 1, 1))
            norm.bias.copy_(bias + gain * norm.running_mean)


def numbers_of_onnx(path: Path) -> dict[str, Any]:
    """An export's weights by their names, as float tensors.

    An INT8 twin's weights are their eight bits times their scale: half a step off at most.
    """
    import onnx
    import torch
    from onnx import numpy_helper

    try:
        content = onnx.load(str(path))
    except FileNotFoundError:
        raise ModelError(f"{path}: there is no such model file.") from None
    held = {t.name: numpy_helper.to_array(t) for t in content.graph.initializer}
    given = {name: torch.from_numpy(value.copy()) for name, value in held.items()}
    for name, value in held.items():
        if name.endswith("_quantized"):
            plain = name.removesuffix("_quantized")
            # onnxruntime names a weight's scale after the weight, a bias's after its eight bits
            of = plain if f"{plain}_scale" in held else name
            scale, zero = held[f"{of}_scale"], held[f"{of}_zero_point"]
            each = (-1, *[1] * (value.ndim - 1))  # one scale an output channel, or one in all
            real = (value.astype(np.float32) - zero.reshape(each)) * scale.reshape(each)
            given[plain] = torch.from_numpy(real.astype(np.float32))
    return given
