"""Which pictures the proof wants: every scene's moments as layers over clean pictures.

``python -m datasets.scenes.picture_plan`` writes the plan and has the renderer, in its own
environment, make what is not there yet.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from datasets.scenes.clauses import THREES
from datasets.scenes.facts import Shot
from datasets.scenes.halls import Hall
from datasets.scenes.layers import Lamp, Layer, lamp_of, layers
from datasets.scenes.picture_hall import picture_hall
from datasets.scenes.threes import Scene, scenes

ROOT: Final = Path(__file__).resolve().parents[2]
KEEP: Final = ROOT / "build" / "render" / "proof"
SEEDS: Final[Sequence[int]] = (1, 2, 3)
DARK: Final = 0.1
"""A picture with less light than this is black whatever stands in it."""


def all_scenes(hall: Hall, seeds: Sequence[int] = SEEDS) -> Iterator[tuple[int, Scene]]:
    """The threes of every clause, once for all, then again; MUST clauses of the desks first."""
    for seed in seeds:
        for three in sorted(THREES, key=lambda t: not t.clause.startswith("2S")):
            for scene in scenes(three, hall, seed):
                yield seed, scene


def needed(hall: Hall, scene: Scene, shot: Shot) -> tuple[Layer, ...]:
    """The layers that show in a shot."""
    if shot.dim < DARK or shot.gate == "black":
        return ()
    return layers(hall, shot, lamp_of(scene))


def wanted(hall: Hall, seeds: Sequence[int] = SEEDS) -> dict[Layer, set[str]]:
    """Every layer once, with the clauses that it serves."""
    out: dict[Layer, set[str]] = {}
    for _, scene in all_scenes(hall, seeds):
        for shot in scene.shots:
            for layer in needed(hall, scene, shot):
                out.setdefault(layer, set()).add(scene.clause)
    return out


def bases() -> tuple[tuple[str, Lamp], ...]:
    return (("STAFF", "day"), ("PUBLIC", "day"), ("STAFF", "lamp"), ("PUBLIC", "lamp"))


def plan(hall: Hall) -> dict[str, object]:
    """All that the renderer needs to know: it has neither the rules nor their readers."""
    return {
        "clean": {name: [asdict(s) for s in solids] for name, solids in hall.clean.items()},
        "layers": [
            {**layer.json(), "clauses": sorted(clauses)} for layer, clauses in wanted(hall).items()
        ],
    }


def main(argv: Sequence[str] | None = None) -> int:
    """Write the plan, then render what is missing."""
    parser = argparse.ArgumentParser(prog="python -m datasets.scenes.picture_plan")
    parser.add_argument("--threads", type=int, default=1, help="threads of the renderer")
    parser.add_argument("--limit", type=int, default=10_000, help="layers to render at most")
    parser.add_argument("--clause", default="", help="only what this clause needs")
    args = parser.parse_args(argv)
    KEEP.mkdir(parents=True, exist_ok=True)
    path = KEEP / "plan.json"
    path.write_text(json.dumps(plan(picture_hall()), ensure_ascii=False), encoding="utf-8")
    python = ROOT / ".venv-render" / "bin" / "python"
    command = [str(python), "-m", "datasets.render.proof_pictures", str(path)]
    command += ["--threads", str(args.threads), "--limit", str(args.limit)]
    command += ["--clause", args.clause] if args.clause else []
    return subprocess.run(command, cwd=ROOT, check=False).returncode  # noqa: S603 - own words


if __name__ == "__main__":
    raise SystemExit(main())
