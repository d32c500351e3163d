"""One backbone for pupil and teacher, where it is frozen: half of the teacher's work is done once.

Training environment only.  A frozen backbone whose weights are the teacher's gives the teacher's
features as well; the teacher's neck and head then start from those of the marked pictures.
"""

from __future__ import annotations

from collections.abc import Callable

import torch

from models.networks import BACKBONE_LAST, Network


class _Said(torch.nn.Module):  # type: ignore[misc]  # torch is not seen by the check
    """Stands in the teacher for a layer of the backbone: what the pupil's layer gave."""

    def __init__(self, layer: torch.nn.Module, heard: dict[int, torch.Tensor]) -> None:
        super().__init__()
        self.i, self.f, self.type = layer.i, layer.f, layer.type
        self.heard = heard

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.heard.get(self.i, x)


class SharedBackbone:
    """Lets a teacher think on from the pupil's own features; the teacher is changed for good."""

    def __init__(self, network: Network, teacher: Network) -> None:
        self.heard: dict[int, torch.Tensor] = {}
        needed = sorted({i for i in network.save if i < BACKBONE_LAST} | {BACKBONE_LAST})
        for i in needed:
            network.model[i].register_forward_hook(self._listener(i))
        for i in range(BACKBONE_LAST + 1):
            teacher.model[i] = _Said(teacher.model[i], self.heard)

    def choose(self, marked: torch.Tensor) -> None:
        """Keep these pictures' features (B,) bool of the pupil's last pass for the teacher."""
        for i, features in list(self.heard.items()):
            self.heard[i] = features[marked]

    def forget(self) -> None:
        """Drop the features, so that a later pass can't take them for its own."""
        self.heard.clear()

    def _listener(self, i: int) -> Callable[[torch.nn.Module, object, torch.Tensor], None]:
        def listen(_module: torch.nn.Module, _given: object, output: torch.Tensor) -> None:
            self.heard[i] = output.detach()

        return listen


def same_backbone(network: Network, teacher: Network) -> bool:
    """Whether all that layers 0 to 9 hold is the same in both, bit for bit."""
    ours, theirs = network.state_dict(), teacher.state_dict()
    names = [name for name in ours if int(name.split(".")[1]) <= BACKBONE_LAST]
    return all(torch.equal(ours[name], theirs[name]) for name in names)
