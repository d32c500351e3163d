"""Train the second stage by a recipe: `deskcheck model train-second RECIPE --data D --rendered R`.

Training environment only.  First the candidates are gathered, window by window, and kept in
``--out``; then the network learns to name them.  Both go on where they were broken off.
"""

from __future__ import annotations

import argparse
import json
import math
import multiprocessing
import os
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, fields, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from datasets.classes import SLOTS
from models import registry
from models.batches import read_pools
from models.candidates import Candidates, balanced, draws, gather
from models.closer import EDGES
from models.networks import load_network, native_bfloat16, take_over
from models.quantise_second import quantise_second
from models.recipe import Recipe, load_recipe
from models.second_recipe import FOLDER, SecondRecipe, load_second_recipe
from models.second_stage import WORDS, SecondStage, export_second, shaken
from models.torch_shim import quiet_ultralytics
from models.train import garments_of
from models.training_side import finish, say
from vision.seen import ModelError

SAVED_STEPS: Final = 200
FAR: Final = 1.6
"""So far out an edge is taken to lie at most, in halves of the region."""


def gathered(
    recipe: SecondRecipe, data: Path, rendered: Path, out: Path, processes: int = 1
) -> list[Candidates]:
    """Every round's candidates, from ``out`` where they lie there already.

    What is missing is gathered by ``processes`` side by side: what they do runs on one core.
    """
    windows = load_recipe(recipe.windows)
    windows = replace(windows, pictures_per_epoch=recipe.windows_per_round, seed=recipe.seed)
    made_by = json.dumps([asdict(windows), recipe.proposer])
    paths = [out / f"candidates-{number:03d}.npz" for number in range(recipe.rounds)]
    one = partial(_gather, windows, recipe.proposer, data, rendered, made_by)
    missing = [(number, path) for number, path in enumerate(paths) if not path.is_file()]
    if missing:
        fresh = multiprocessing.get_context("spawn")  # a fork of torch's threads may hang
        with ProcessPoolExecutor(min(processes, len(missing)), mp_context=fresh) as pool:
            for done in as_completed([pool.submit(one, *m) for m in missing]):
                say(f"gathered {done.result().name}")
    rounds = []
    for number, path in enumerate(paths):
        with np.load(path) as held:
            if str(held["made_by"]) != made_by:
                raise ModelError(
                    f"{path}: gathered by another recipe; take another --out, or remove it."
                )
            rounds.append(Candidates(*(held[f.name] for f in fields(Candidates))))
        say(f"round {number + 1}/{recipe.rounds}: {len(rounds[-1].labels)} candidates")
    return rounds


def _gather(
    windows: Recipe,
    proposer: str,
    data: Path,
    rendered: Path,
    made_by: str,
    number: int,
    path: Path,
) -> Path:
    pools = read_pools(windows, data, rendered, garments_of(windows, data))
    found = gather(pools, windows, registry.find(proposer), number)
    part = path.with_suffix(".part.npz")
    columns = {f.name: getattr(found, f.name) for f in fields(found)}
    np.savez(part, made_by=made_by, **columns)
    part.replace(path)
    return path


class Run:
    """One training run, and where it stands."""

    def __init__(self, recipe: SecondRecipe, start: Path, out: Path) -> None:
        torch.manual_seed(recipe.seed)
        torch.set_flush_denormal(True)
        self.recipe, self.path = recipe, out / "last.pt"
        self.network = SecondStage(load_network(start), recipe.last, recipe.blocks, recipe.spots)
        if recipe.begin:
            mend = "of this recipe: last, blocks and spots must be those that file was made with."
            take_over(self.network, FOLDER / recipe.begin, mend, "stage.")
        self.network = self.network.to(memory_format=torch.channels_last)
        body = list(self.network.body.parameters())
        inside = {id(p) for p in body}
        above = [p for p in self.network.parameters() if id(p) not in inside]
        self.optimiser = torch.optim.AdamW(
            [{"params": body, "pace": recipe.body_lr}, {"params": above, "pace": 1.0}],
            lr=recipe.lr,
            betas=(0.9, 0.99),
            weight_decay=recipe.weight_decay,
        )
        self.average = {k: v.clone() for k, v in self.network.state_dict().items()}
        self.bf16 = native_bfloat16()
        self.step, self.log = 0, list[dict[str, float]]()

    def resume(self) -> None:
        if self.path.is_file():
            state = torch.load(self.path, weights_only=True)
            if state["recipe"] != json.dumps(asdict(self.recipe)):
                raise ModelError(
                    f"{self.path}: made by another recipe; take another --out, or remove it."
                )
            self.network.load_state_dict(state["network"])
            self.optimiser.load_state_dict(state["optimiser"])
            self.average, self.step, self.log = state["average"], state["step"], state["log"]
            say(f"goes on after step {self.step} of {self.recipe.steps}")

    def save(self) -> None:
        state = {
            "network": self.network.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "average": self.average,
            "step": self.step,
            "log": self.log,
            "recipe": json.dumps(asdict(self.recipe)),
        }
        part = self.path.with_suffix(".part")
        torch.save(state, part)
        part.replace(self.path)

    def train(self, rounds: list[Candidates]) -> None:
        """To the recipe's end; a checkpoint every ``SAVED_STEPS``."""
        recipe = self.recipe
        # by round: joined, the crops would lie in memory twice
        starts = np.cumsum([0, *(len(r.labels) for r in rounds)])
        every = Candidates(
            np.empty((0, 1, 1, 3), np.uint8),
            np.concatenate([r.labels for r in rounds]),
            np.concatenate([r.shapes for r in rounds]),
            np.concatenate([r.edges for r in rounds]),
        )
        chances = balanced(every, recipe.nothing)
        self.network.train()
        for module in self.network.modules():
            if isinstance(module, torch.nn.BatchNorm2d):  # statistics stay the start weight's
                module.eval()
        stream = draws(chances, recipe.batch, recipe.seed + self.step)
        sums, began, done = np.zeros(3), time.monotonic(), 0
        while self.step < recipe.steps:
            chosen = next(stream)
            crops = np.stack([_crop(rounds, starts, int(i)) for i in chosen])
            chance = torch.Generator().manual_seed(recipe.seed * 1_000_003 + self.step)
            told = (every.shapes[chosen], every.edges[chosen], every.labels[chosen])
            sums += self._learn(crops, *told, chance)
            done += 1
            if self.step % SAVED_STEPS == 0 or self.step == recipe.steps:
                row = dict(zip(("loss", "right", "edge"), sums / done, strict=True))
                row["seconds_per_step"] = (time.monotonic() - began) / done
                self.log.append({k: round(float(v), 4) for k, v in row.items()})
                say(f"step {self.step}/{recipe.steps} {json.dumps(self.log[-1])}")
                sums, began, done = np.zeros(3), time.monotonic(), 0
                self.save()

    def _learn(
        self,
        crops: NDArray[np.uint8],
        shape: NDArray[np.float32],
        edges: NDArray[np.float32],
        labels: NDArray[np.int64],
        chance: torch.Generator,
    ) -> NDArray[np.float64]:
        """One step; gives the loss, the share named rightly and the edges' mean error."""
        recipe = self.recipe
        cut, told, lies = (torch.from_numpy(a) for a in (crops, shape, edges))
        pictures, told, lies = shaken(cut, told, lies, chance)
        wanted = torch.from_numpy(labels)
        rise = min(1.0, (self.step + 1) / max(1, recipe.warmup_steps))
        rate = rise * (0.03 + 0.97 * 0.5 * (1 + math.cos(math.pi * self.step / recipe.steps)))
        for group in self.optimiser.param_groups:
            group["lr"] = recipe.lr * group["pace"] * rate
        with torch.autocast("cpu", torch.bfloat16, enabled=self.bf16):
            seen = self.network(pictures, told)
        said, where = seen.float().split([WORDS, EDGES], 1)
        there = ~lies.isnan().any(1)
        # what reaches far out of the region cannot be measured in it
        wrong = (where[there] - lies[there].clamp(-FAR, FAR)).abs()
        edge = wrong.mean() if len(wrong) else where.sum() * 0
        loss = functional.cross_entropy(said, wanted, label_smoothing=recipe.smooth)
        loss = loss + recipe.edges * edge
        self.optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 5.0)
        self.optimiser.step()
        self.step += 1
        keep = recipe.ema * (1 - math.exp(-self.step / 100))
        for name, value in self.network.state_dict().items():
            if value.is_floating_point():
                self.average[name].mul_(keep).add_(value.detach(), alpha=1 - keep)
        right = (said.argmax(1) == wanted).float().mean().item()
        return np.array([loss.item(), right, edge.item()])


def _crop(rounds: list[Candidates], starts: Any, index: int) -> Any:  # noqa: ANN401 - an array's row
    number = int(np.searchsorted(starts, index, side="right")) - 1
    return rounds[number].crops[index - starts[number]]


def trained(
    recipe: SecondRecipe, start: Path, data: Path, rendered: Path, out: Path, processes: int = 1
) -> Path:
    """Gather, train, export, quantise; gives the path of the INT8 file, its facts beside it."""
    out.mkdir(parents=True, exist_ok=True)
    rounds = gathered(recipe, data, rendered, out, processes)
    run = Run(recipe, start, out)
    run.resume()
    run.train(rounds)
    run.network.load_state_dict(run.average)
    export_second(run.network, out / f"{recipe.name}.onnx", SLOTS)
    path = out / f"{recipe.name}-int8.onnx"
    quantise_second(out / f"{recipe.name}.onnx", path, rounds, recipe.seed)
    facts = {
        "name": path.stem,
        "version": recipe.version,
        "sha256": registry.sha256_of(path),
        "slots": list(SLOTS),
        "recipe": asdict(recipe),
        "bf16": run.bf16,
        "candidates": sum(len(r.labels) for r in rounds),
        "log": run.log,
    }
    path.with_suffix(".json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    return path


def main() -> int:
    """The training environment's side of ``deskcheck model train-second``."""
    parser = argparse.ArgumentParser(prog="python -m models.train_second", description=__doc__)
    parser.add_argument("recipe")
    parser.add_argument("--weights", type=Path, required=True, help="the start weight (.pt)")
    parser.add_argument("--data", type=Path, required=True, help="folder of the real sets")
    parser.add_argument("--rendered", type=Path, default=Path("build/render"))
    parser.add_argument("--out", type=Path, required=True, help="candidates, checkpoints, result")
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    return finish(lambda: _trained(given))


def _trained(given: argparse.Namespace) -> Path:
    recipe = load_second_recipe(given.recipe)
    quiet_ultralytics(given.out / "ultralytics")
    torch.set_num_threads(given.threads)
    return trained(recipe, given.weights, given.data, given.rendered, given.out, given.threads)


if __name__ == "__main__":
    raise SystemExit(main())
