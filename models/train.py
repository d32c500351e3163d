"""Train a model by a recipe: `deskcheck model train RECIPE --weights W --data D --rendered R`.

Training environment only.  What is kept from the start weight, and how: its batch statistics are
frozen, its head keeps 80 slots, COCO pictures are replayed with their labels, and on real pictures
its own opinion is taught beside the labels.  All layers are trained.

A checkpoint is written after every epoch; the same command goes on from it.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import re
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from datasets.cutouts import make_cutouts, read_cutouts
from models.batches import Drawn, Pool, batches, read_pools
from models.networks import (
    BACKBONE_LAST,
    Network,
    continued_network,
    load_network,
    native_bfloat16,
)
from models.recipe import Recipe, load_recipe
from models.torch_shim import quiet_ultralytics
from models.training_side import finish, say
from vision.seen import ModelError

if TYPE_CHECKING:
    from models.shared_backbone import SharedBackbone

CUTOUTS: Final = Path("build/cutouts")


def training_mode(network: Network, *, frozen_norm: bool) -> None:
    """Training mode; with ``frozen_norm`` batch norm keeps the start weight's mean and variance.

    The norms of a frozen part keep theirs in any case.
    """
    import torch

    network.train()
    for module in network.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.train(not frozen_norm and module.weight.requires_grad)
            module.momentum = 0.03


def optimiser(network: Network, recipe: Recipe) -> Network:
    """One group a part: backbone slow, neck faster, head as given, its class rows ``rows_lr``.

    No weight decay on norms and biases.
    """
    import torch

    groups: dict[tuple[float, float], list[Any]] = {}
    last = len(network.model) - 1
    for index, module in enumerate(network.model):
        pace = (
            recipe.backbone_lr
            if index <= BACKBONE_LAST
            else 1.0
            if index == last
            else recipe.neck_lr
        )
        if pace == 0:  # frozen: no gradient is computed for it, which saves a third of a step
            module.requires_grad_(False)
        for name, parameter in module.named_parameters():
            if parameter.requires_grad:
                decay = recipe.weight_decay if parameter.ndim > 1 else 0.0
                # the last layer of the class branch, cv3.SCALE.2, holds the slots' own rows
                rows = index == last and name.startswith("cv3.") and name.split(".")[2] == "2"
                groups.setdefault((recipe.rows_lr if rows else pace, decay), []).append(parameter)
    listed = [
        {"params": params, "lr": recipe.lr * pace, "pace": pace, "weight_decay": decay}
        for (pace, decay), params in groups.items()
    ]
    if recipe.optimiser == "sgd":
        return torch.optim.SGD(listed, lr=recipe.lr, momentum=0.9, nesterov=True)
    return torch.optim.AdamW(listed, betas=(0.9, 0.99))


def known_weights(network: Network, start: Network) -> list[tuple[Any, Any]]:
    """(parameter, the start weight's value) of all but the slots' rows, whose meanings differ."""
    values = dict(start.named_parameters())
    rows = re.compile(rf"model\.{len(network.model) - 1}\.cv3\.\d\.2\.")
    return [
        (parameter, values[name].detach())
        for name, parameter in network.named_parameters()
        if parameter.requires_grad and not rows.match(name)
    ]


def to_tensors(drawn: list[Drawn]) -> tuple[Any, dict[str, Any]]:
    """Stack a batch: pictures (B, 3, S, S) RGB 0..1, and the loss's fields."""
    import torch

    pixels = np.stack([d.image[:, :, ::-1] for d in drawn])
    images = torch.from_numpy(pixels).permute(0, 3, 1, 2).float().div_(255)
    owner = np.concatenate([np.full(len(d.slots), i) for i, d in enumerate(drawn)])
    fields = {
        "batch_idx": torch.from_numpy(owner).float(),
        "slots": torch.from_numpy(np.concatenate([d.slots for d in drawn])).float(),
        "background": torch.from_numpy(np.concatenate([d.background for d in drawn])),
        "bboxes": torch.from_numpy(np.concatenate([d.boxes_norm for d in drawn])),
        "counts": torch.from_numpy(np.stack([d.counts for d in drawn])),
        "distil": torch.tensor([d.distil for d in drawn]),
    }
    return images.contiguous(memory_format=torch.channels_last), fields


class Run:
    """One training run: network, its moving average, teacher, optimiser, and where it stands."""

    def __init__(self, recipe: Recipe, weights: Path, teacher: Path, out: Path) -> None:
        import torch

        from models.masked_loss import MaskedLoss

        torch.manual_seed(recipe.seed)
        torch.set_flush_denormal(True)
        self.recipe, self.out = recipe, out
        self.network = continued_network(weights, teacher)
        self.loss = MaskedLoss(self.network)
        self.average = {k: v.clone() for k, v in self.network.state_dict().items()}
        self.teacher = load_network(teacher).requires_grad_(False)
        training_mode(self.teacher, frozen_norm=True)
        self.optimiser = optimiser(self.network, recipe)
        self.home = dict(known_weights(self.network, self.teacher))
        self.shared = self._share_backbone()
        self.bf16 = recipe.bf16 and native_bfloat16()
        self.epoch, self.step, self.seen = 0, 0, 0
        self.log: list[dict[str, float]] = []

    def _share_backbone(self) -> SharedBackbone | None:
        """One backbone for both networks where it is frozen and the teacher's own; else None."""
        from models.shared_backbone import SharedBackbone, same_backbone

        frozen = self.recipe.backbone_lr == 0 and self.recipe.frozen_norm
        if not frozen or not same_backbone(self.network, self.teacher):
            return None
        return SharedBackbone(self.network, self.teacher)

    @property
    def checkpoint(self) -> Path:
        return self.out / "last.pt"

    def save(self) -> None:
        import torch

        state = {
            "network": self.network.state_dict(),
            "average": self.average,
            "optimiser": self.optimiser.state_dict(),
            "at": (self.epoch, self.step, self.seen),
            "log": self.log,
            "recipe": json.dumps(asdict(self.recipe)),
        }
        part = self.checkpoint.with_suffix(".part")
        torch.save(state, part)
        part.replace(self.checkpoint)

    def resume(self) -> bool:
        """Go on from the checkpoint of the same recipe, if there is one."""
        import torch

        if not self.checkpoint.is_file():
            return False
        state = torch.load(self.checkpoint, weights_only=True)
        if state["recipe"] != json.dumps(asdict(self.recipe)):
            raise ModelError(
                f"{self.checkpoint}: made by another recipe; take another --out, or remove it."
            )
        self.network.load_state_dict(state["network"])
        self.average = state["average"]
        self.optimiser.load_state_dict(state["optimiser"])
        self.epoch, self.step, self.seen = state["at"]
        self.log = state["log"]
        return True

    def rate(self, total: int) -> float:
        """The learning rate's factor at this step: a short rise, then half a cosine to 5 %."""
        rise = min(1.0, (self.step + 1) / max(1, self.recipe.warmup_steps))
        return rise * (0.05 + 0.95 * 0.5 * (1 + math.cos(math.pi * min(1.0, self.step / total))))

    def train_epoch(self, pools: list[Pool], total: int) -> dict[str, float]:
        """One pass over an epoch's pictures; gives the mean of each loss term and the pace."""
        import torch

        from models.masked_loss import distillation

        recipe, sums, steps, began = self.recipe, np.zeros(5), 0, time.monotonic()
        training_mode(self.network, frozen_norm=recipe.frozen_norm)
        for drawn in batches(pools, recipe, self.epoch):
            images, fields = to_tensors(drawn)
            for group in self.optimiser.param_groups:
                group["lr"] = recipe.lr * group["pace"] * self.rate(total)
            mixed = torch.autocast("cpu", torch.bfloat16, enabled=self.bf16)
            with mixed:
                ours = _floats(self.network(images))
            with torch.no_grad(), mixed:
                marked = fields["distil"]
                if self.shared is not None:
                    self.shared.choose(marked)
                theirs = _floats(self.teacher(images[marked])) if marked.any() else None
                if self.shared is not None:
                    self.shared.forget()
            terms = self.loss.terms(ours, fields)
            extra = terms.new_zeros(2)
            if theirs is not None:
                mine = {k: ours[k][marked] for k in ("boxes", "scores")}
                spoken_for = self.loss.spoken_for[marked]
                # the teacher weighs as much as the share of pictures that it saw
                part = float(marked.float().mean())
                extra = torch.stack(distillation(mine, theirs, spoken_for)) * part
            weights = extra.new_tensor([recipe.distil_class, recipe.distil_box])
            loss = terms.sum() + (extra * weights).sum()
            self.optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.network.parameters(), 10.0)
            self.optimiser.step()
            self._pull_back()
            self.step, self.seen, steps = self.step + 1, self.seen + len(drawn), steps + 1
            self._follow()
            sums += np.array([*terms.tolist(), *extra.tolist()])
            if steps % 20 == 0:
                pace = (time.monotonic() - began) / (steps * recipe.batch)
                say(f"epoch {self.epoch} step {self.step}/{total} {sums / steps} {pace:.3f}s")
        self.epoch += 1
        names = ("box", "class", "distribution", "distil_class", "distil_box")
        row = dict(zip(names, (sums / max(steps, 1)).round(4).tolist(), strict=True))
        row["seconds_per_picture"] = round(
            (time.monotonic() - began) / max(1, steps * recipe.batch), 4
        )
        self.log.append(row)
        return row

    def _pull_back(self) -> None:
        """Each weight that the start weight knows a little towards it, see ``Recipe.pull``."""
        import torch

        with torch.no_grad():
            for group in self.optimiser.param_groups:
                share = min(1.0, group["lr"] * self.recipe.pull)
                for parameter in group["params"] if share else ():
                    if parameter in self.home:
                        parameter.lerp_(self.home[parameter], share)

    def _follow(self) -> None:
        """Move the average towards the network; faster at first."""
        keep = self.recipe.ema * (1 - math.exp(-self.step / 50))
        for name, value in self.network.state_dict().items():
            if value.is_floating_point():
                self.average[name].mul_(keep).add_(value.detach(), alpha=1 - keep)


def _floats(preds: dict[str, Any]) -> dict[str, Any]:
    return {
        k: [f.float() for f in v] if isinstance(v, list | tuple) else v.float()
        for k, v in preds.items()
    }


def garments_of(recipe: Recipe, data: Path) -> list[NDArray[np.uint8]]:
    """The cut-out garments that a recipe hangs into its pictures; none where it names none."""
    if not recipe.garments:
        return []
    return read_cutouts(make_cutouts(data / recipe.garments, CUTOUTS / recipe.garments))


def train(
    recipe: Recipe, weights: Path, teacher: Path, data: Path, rendered: Path, out: Path
) -> Path:
    """Train to the recipe's end and write ``model.pt`` (the average's weights); gives its path."""
    import torch

    out.mkdir(parents=True, exist_ok=True)
    run = Run(recipe, weights, teacher, out)
    if run.resume():
        say(f"goes on after epoch {run.epoch} of {recipe.epochs}")
    garments = garments_of(recipe, data)
    while run.epoch < recipe.epochs:
        pools = read_pools(recipe, data, rendered, garments)  # anew: rendering may have gone on
        sizes = {p.source.path: len(p.set.samples) for p in pools}
        steps = sum(
            max(
                1, round(recipe.pictures_per_epoch * s.share / sum(x.share for x in recipe.sources))
            )
            for s in recipe.sources
        )
        row = run.train_epoch(pools, recipe.epochs * (steps // recipe.batch))
        row["pictures"] = float(sum(sizes.values()))
        run.save()
        say(f"epoch {run.epoch}/{recipe.epochs} {json.dumps(row)} {sizes}")
    final = out / "model.pt"
    facts = {
        "recipe": asdict(recipe),
        "start": weights.name,
        "teacher": teacher.name,
        "epochs": run.epoch,
        "steps": run.step,
        "pictures_seen": run.seen,
        "bf16": run.bf16,
        "log": run.log,
    }
    torch.save({"average": run.average, "facts": json.dumps(facts, default=str)}, final)
    return final


def main() -> int:
    """The training environment's side of ``deskcheck model train``."""
    parser = argparse.ArgumentParser(prog="python -m models.train", description=__doc__)
    parser.add_argument("recipe")
    parser.add_argument(
        "--weights",
        type=Path,
        required=True,
        help="start weight (.pt), or a model.pt or .onnx to go on from",
    )
    parser.add_argument("--teacher", type=Path, help="whose opinion is kept; the start weight")
    parser.add_argument("--data", type=Path, required=True, help="folder of the real sets")
    parser.add_argument("--rendered", type=Path, default=Path("build/render"))
    parser.add_argument("--out", type=Path, required=True, help="checkpoints and result")
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    # beside another busy program, threads that spin while they wait cost ten times their worth
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    return finish(lambda: _trained(given))


def _trained(given: argparse.Namespace) -> Path:
    recipe = load_recipe(given.recipe)
    quiet_ultralytics(given.out / "ultralytics")
    import torch

    torch.set_num_threads(given.threads)
    teacher = given.teacher or given.weights
    return train(recipe, given.weights, teacher, given.data, given.rendered, given.out)


if __name__ == "__main__":
    raise SystemExit(main())
