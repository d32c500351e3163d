"""The second stage: a small network that looks at each candidate close up, says what it is and
where its edges lie.

Training environment only.  The detectors of this project find most things and rank them badly: of
the validation hall's objects 85 % have a box of their class, and half of what is wrong above them
has another class's name.  So what they propose is cut out with its surroundings, brought to
``SIDE`` px and named by a network that does nothing else (as the second stage of R-CNN does).

A candidate's region is its box with a margin on every side; the region is squeezed into a square,
and the box's own shape and size are told beside it (``models/closer.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import torch
from torch.nn import functional

from datasets.classes import CLASS_INDEX, CLASSES
from models.candidates import GROW
from models.closer import ANSWER, CROPS, EDGES, NOTHING, SHAPES, SIDE
from models.networks import Network
from vision.seen import ModelError


class _Block(torch.nn.Module):  # type: ignore[misc]  # torch is not seen by the check
    """What lies around, channel by channel, then all channels together; added to what was there.

    A depthwise and a pointwise convolution: an eighth of the numbers of one that does both.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.around = torch.nn.Conv2d(width, width, 3, 1, 1, groups=width)
        self.across = torch.nn.Conv2d(width, width, 1)
        self.act = torch.nn.SiLU()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.act(self.across(self.around(x)))


WORDS: Final = len(CLASSES) + 1
"""What a candidate may be: a class, or nothing of ours."""
CORNER: Final = 0.6
"""Where edges are taken to lie before anything is learnt: the box in its region, roughly."""


class SecondStage(torch.nn.Module):  # type: ignore[misc]  # torch is not seen by the check
    """Layers 0 to ``last`` of a YOLOv8 and ``blocks`` above them; of the mean and the most of each
    channel one layer names, of ``spots`` channels place by place another says the edges.

    Input: crops (N, 3, SIDE, SIDE) RGB 0..1 and ``closer.shapes`` (N, 2).  Output: (N, WORDS +
    EDGES), the logits, the last one of ``closer.NOTHING``, and the edges.
    """

    def __init__(self, start: Network, last: int, blocks: int, spots: int) -> None:
        super().__init__()
        self.body = torch.nn.Sequential(*[start.model[i] for i in range(last + 1)])
        with torch.no_grad():
            _, width, high, wide = self.body.eval()(torch.zeros(1, 3, SIDE, SIDE)).shape
        self.top = torch.nn.Sequential(*[_Block(width) for _ in range(blocks)])
        self.name = torch.nn.Linear(2 * width + 2, WORDS)
        self.spot = torch.nn.Conv2d(width, spots, 1)
        self.act = torch.nn.SiLU()
        self.edge = torch.nn.Linear(spots * high * wide + 2, EDGES)
        for layer in (self.name, self.edge):
            torch.nn.init.normal_(layer.weight, 0.0, 0.01)
            torch.nn.init.zeros_(layer.bias)
        with torch.no_grad():
            self.edge.bias.copy_(torch.tensor([-CORNER, -CORNER, CORNER, CORNER]))

    def forward(self, crops: torch.Tensor, shape: torch.Tensor) -> torch.Tensor:
        seen = self.top(self.body(crops))
        told = shape.to(seen.dtype)
        named = self.name(torch.cat([seen.mean((2, 3)), seen.amax((2, 3)), told], 1))
        where = self.edge(torch.cat([self.act(self.spot(seen)).flatten(1), told], 1))
        return torch.cat([named, where], 1)


LUMA: Final = (0.299, 0.587, 0.114)
"""Of R, G and B in grey (ITU-R BT.601)."""


def shaken(
    crops: torch.Tensor,
    shape: torch.Tensor,
    edges: torch.Tensor,
    chance: torch.Generator | None,
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Crops (N, KEPT_PX, KEPT_PX, 3) uint8 as (N, 3, SIDE, SIDE) 0..1, shifted, zoomed, mirrored,
    in another light, their edges with them; without ``chance`` only brought to size.
    """
    count = len(crops)
    pictures = crops.permute(0, 3, 1, 2).float().div_(255)
    scale, shift = torch.full((count, 2), 1 / GROW), torch.zeros(count, 2)
    turn = torch.ones(count)

    def some(*size: int) -> torch.Tensor:
        return torch.rand(*size, generator=chance)

    if chance is not None:
        scale = scale * torch.exp((some(count, 1) - 0.5) * 0.35 + (some(count, 2) - 0.5) * 0.2)
        shift = (some(count, 2) - 0.5) * 0.2
        turn = torch.where(some(count) < 0.5, -1.0, 1.0)
        told = torch.tensor([0.08, 0.25])
        shape = shape + torch.randn(shape.shape, generator=chance) * told
    low, high = ((edges[:, i : i + 2] / GROW - shift) / scale for i in (0, 2))
    left, right = low[:, 0] * turn, high[:, 0] * turn
    edges = torch.stack([left.minimum(right), low[:, 1], left.maximum(right), high[:, 1]], 1)
    view = torch.zeros(count, 2, 3)
    view[:, 0, 0], view[:, 1, 1], view[:, :, 2] = scale[:, 0] * turn, scale[:, 1], shift
    grid = functional.affine_grid(view, [count, 3, SIDE, SIDE], align_corners=False)
    seen = functional.grid_sample(pictures, grid, padding_mode="border", align_corners=False)
    if chance is not None:
        seen = seen.clamp(1e-4, 1) ** torch.exp((some(count, 1, 1, 1) - 0.5) * 0.4)
        gain = torch.exp((some(count, 1, 1, 1) - 0.5) * 0.3 + (some(count, 3, 1, 1) - 0.5) * 0.1)
        seen = seen * gain
        # as another make, a washed out picture or an infrared camera would show it
        vivid = some(count, 1, 1, 1) * 1.1 + 0.4
        vivid = torch.where(some(count, 1, 1, 1) < 0.12, torch.zeros(1), vivid)
        grey = (seen * torch.tensor(LUMA).view(1, 3, 1, 1)).sum(1, keepdim=True)
        seen = grey + (seen - grey) * vivid
        soft = some(count) < 0.25
        if soft.any():
            side = int(torch.randint(24, 52, (1,), generator=chance))
            small = functional.interpolate(seen[soft], size=(side, side), mode="area")
            seen[soft] = functional.interpolate(small, size=(SIDE, SIDE), mode="bilinear")
        seen = seen.clamp(0, 1)
    return seen.contiguous(memory_format=torch.channels_last), shape, edges


class _Slots(torch.nn.Module):  # type: ignore[misc]  # torch is not seen by the check
    """What is exported: probabilities (N, slots), 0 where a slot means no class of ours, with the
    edges (N, EDGES) after them."""

    def __init__(self, stage: SecondStage, slots: Sequence[str | None]) -> None:
        super().__init__()
        self.stage = stage
        self.pick = torch.tensor([NOTHING if s is None else CLASS_INDEX[s] for s in slots])
        self.known = torch.tensor([float(s is not None) for s in slots])

    def forward(self, crops: torch.Tensor, shape: torch.Tensor) -> torch.Tensor:
        seen = self.stage(crops, shape)
        said = torch.softmax(seen[:, :WORDS], 1)
        return torch.cat([said.index_select(1, self.pick) * self.known, seen[:, WORDS:]], 1)


def export_second(stage: SecondStage, path: Path, slots: Sequence[str | None]) -> None:
    """Write a second stage as ONNX: ``crops`` and ``shapes`` to the slots' probabilities and the
    edges."""
    import onnx
    import onnxruntime
    import onnxslim
    from ultralytics.utils.torch_utils import fuse_conv_and_bn

    from models.export import OPSET

    stage = stage.float().eval().to(memory_format=torch.contiguous_format)
    for module in stage.body.modules():  # batch norm into the convolution before it
        if hasattr(module, "bn") and hasattr(module, "conv"):
            module.conv = fuse_conv_and_bn(module.conv, module.bn)
            del module.bn
            module.forward = module.forward_fuse
    network = _Slots(stage, slots)
    given = (torch.rand(3, 3, SIDE, SIDE), torch.zeros(3, 2))
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(
        network,
        given,
        str(path),
        input_names=[CROPS, SHAPES],
        output_names=[ANSWER],
        dynamic_axes={name: {0: "candidates"} for name in (CROPS, SHAPES, ANSWER)},
        opset_version=OPSET,
        do_constant_folding=True,
        dynamo=False,
    )
    onnx.save(onnxslim.slim(onnx.load(str(path))), str(path))
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    names = (CROPS, SHAPES)
    theirs = session.run(None, {n: g.numpy() for n, g in zip(names, given, strict=True)})[0]
    with torch.no_grad():
        apart = float(np.abs(network(*given).numpy() - theirs).max())
    if apart > 1e-3:
        raise ModelError(f"{path}: torch and onnxruntime differ by {apart:.5f}.")
