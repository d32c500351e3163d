"""Things alone: sheets of objects spread out on a floor, each to be cut out along its outline.

    python -m datasets.render.sheets --out build/render/sheets --count 200 --seed 1

One picture of a furnished hall holds twenty things for ten seconds of work; a sheet holds fifty,
with nothing in front of any, and each in a look drawn for it alone.  ``datasets.collage`` lays
them into the rendered halls.  Look-alikes that are of no class lie among them ("negatives").
Resumable as ``train_scenes`` is.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Final

from datasets.classes import CLASS_INDEX, CLASSES
from datasets.render import camera_sim, rooms_train
from datasets.render.assets import AssetSpec, specs
from datasets.render.assets.drawn import any_look
from datasets.render.assets.shapes import lettered
from datasets.render.furniture import cushions
from datasets.render.labels import PARTS, meta, split_labels, write_picture
from datasets.render.lights_train import RIGS
from datasets.render.stage import Camera, Stage
from datasets.render.tint import any_colour, tint_objects
from datasets.render.train_scenes import cheaply, develop
from datasets.render.workplace import CHANCY, ROOM_H, ROOM_X, ROOM_Y, Free

SIZE: Final = 800
VIEWS: Final = 2  # pictures of one sheet: another camera, another light
HALF_M: Final = 1.25  # half of the strewn square's side
THINGS: Final = 150
BIG_M: Final = 0.4  # longer things take the room of five others
BIG_COUNT: Final = 5

OFTEN: Final = {
    "": 5.0, "phone": 4.0, "cable": 4.0, "cup": 2.5, "power_strip": 3.0, "earphones": 3.0,
    "charger": 4.0, "litter": 3.0, "stain": 1.5, "umbrella": 3.0, "book": 2.5, "food": 3.0,
    "paper": 2.0, "thermos": 1.5, "bottle": 1.5, "inkpad": 1.5, "name_plate": 3.0,
    "pause_sign": 3.0, "cushion": 1.5, "notice": 2.5, "heater": 4.0, "carton": 2.5, "bag": 2.5,
    "bin": 4.0, "guide_rack": 3.0, "laptop": 2.5, "folder": 2.0, "scanner": 2.0, "calculator": 1.5,
    "doc_camera": 2.0, "extinguisher": 1.5, "monitor": 0.5, "printer": 1.5,
}  # fmt: skip
"""How much more often than any other; "" are the look-alikes.  Scored and hard classes first."""


def _draw(by_class: dict[str, list[AssetSpec]], rng: random.Random) -> AssetSpec:
    names = sorted(by_class)
    cls = rng.choices(names, [OFTEN.get(n, 1.0) for n in names])[0]
    if cls == "cushion":
        return rng.choice(by_class[cls])
    return any_look(by_class[cls], rng, plain=0.1)


def strew(stage: Stage, rng: random.Random, count: int = THINGS) -> None:
    """Lay ``count`` things of chance onto the square, none on another."""
    by_class: dict[str, list[AssetSpec]] = {}
    for s in specs(split=stage.split):
        by_class.setdefault(s.cls or "", []).append(s)
    for piece in cushions(stage.split):  # furniture, so in no list of assets
        by_class.setdefault("cushion", []).append(AssetSpec(
            piece.id, piece.cls, piece.split, piece.build, piece.size_m, piece.tags
        ))  # fmt: skip
    free = Free((-HALF_M, -HALF_M, HALF_M, HALF_M))
    chosen = sorted((_draw(by_class, rng) for _ in range(count)), key=lambda s: -max(s.size_m[:2]))
    big = 0
    for s in chosen:
        w, d, h = s.size_m
        # strung out things leave room inside their bends; a tall thing hides what lies behind it
        thin = s.cls == "cable" or (s.cls is None and "floor" in s.tags)
        if not thin and s.cls != "power_strip" and max(s.size_m) > BIG_M:
            big += 1
            if big > BIG_COUNT:
                continue
        r = 0.12 if thin else 0.45 * math.hypot(w, d) + 0.2 * h + 0.01
        at = free.find(rng, r, 60)
        if at is None or (thin and s.cls is None and rng.random() < 0.7):
            continue
        tags = ("negative", *s.tags) if s.cls is None else ()
        ident = stage.place(
            s,
            (*at, 0.0),
            rng.uniform(0, 2 * math.pi),
            rng.uniform(0.94, 1.07),
            place="floor",
            tags=tags,
            variant=rng.randrange(4) if s.cls in CHANCY else 0,
        )
        if s.cls == "cushion":
            tint_objects(stage.instances[ident].objects, any_colour(rng))


def _camera(stage: Stage, rng: random.Random, name: str) -> Camera:
    z, far = rng.uniform(2.3, 3.3), rng.uniform(1.2, 4.2)
    a = rng.uniform(0, 2 * math.pi)
    at = (far * math.cos(a), far * math.sin(a), z)
    at = (
        min(max(at[0], ROOM_X[0] + 0.2), ROOM_X[1] - 0.2),
        min(max(at[1], ROOM_Y[0] + 0.2), ROOM_Y[1] - 0.2),
        z,
    )
    px_per_m = rng.uniform(230, 420)
    hfov = 2 * math.degrees(math.atan(SIZE / 2 / (px_per_m * math.dist(at, (0, 0, 0)))))
    target = (rng.gauss(0, 0.1), rng.gauss(0, 0.1), 0.0)
    return stage.add_camera(at, target, hfov, (SIZE, SIZE), name=name, roll_deg=rng.gauss(0, 3))


def render_sheets(
    out: Path, count: int, seed: int, *, samples: int, threads: int, stop_file: Path | None
) -> int:
    """Render what is missing of ``count`` sheets; gives how many were made."""
    for part in PARTS:
        (out / part).mkdir(parents=True, exist_ok=True)
    lettered()
    (out / "classes.txt").write_text("\n".join(CLASSES) + "\n", encoding="utf-8")
    made, began = 0, time.monotonic()
    stage = Stage.new(seed, "train", samples=samples, threads=threads)
    cheaply(stage)
    for scene in range((count + VIEWS - 1) // VIEWS):
        todo = [
            v
            for v in range(VIEWS)
            if scene * VIEWS + v < count
            and not (out / "meta" / f"{scene * VIEWS + v:06d}.json").exists()
        ]
        if not todo:
            continue
        if stop_file is not None and stop_file.exists():
            print(f"\nstopped: {stop_file} is there")
            break
        rng = random.Random(f"sheet/{seed}/{scene}")
        stage.clear()
        stage.forget_looks()
        room = rooms_train.choose(stage, rng, ROOM_X, ROOM_Y, ROOM_H)
        strew(stage, rng)
        for view in todo:
            vr = random.Random(f"sheet/{seed}/{scene}/{view}")
            cam = _camera(stage, vr, f"cam{view}")
            mode = vr.choices(("day", "lamp", "night", "ir"), (0.46, 0.36, 0.08, 0.10))[0]
            room.light(stage, mode, vr.randrange(RIGS), cam)
            shot = stage.render(cam, keep_linear=True)
            image, quality = develop(shot.linear, shot.exposure, mode, vr, "train")
            keep, ignore = split_labels(shot.labels, image)
            facts = meta("train", seed, scene, view, mode, (SIZE, SIZE), keep, ignore, shot.assets)
            facts["sheet"] = True
            facts["negatives"] = [
                asdict(b) for b in shot.labels if b.cls is None and "negative" in b.tags
            ]
            stem = f"{scene * VIEWS + view:06d}"
            # compressed again when laid into a picture: kept fine here
            jpeg = camera_sim.jpeg(image, max(90, quality))
            write_picture(out, stem, jpeg, shot.ids, keep, facts, CLASS_INDEX)
            made += 1
            number, each = scene * VIEWS + view + 1, (time.monotonic() - began) / made
            print(
                f"\r{number}/{count}  {each:.1f} s a sheet  {len(keep)} things   ",
                end="",
                flush=True,
            )
    print()
    return made


def main(argv: list[str] | None = None) -> int:
    p = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--count", type=int, default=200)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--samples", type=int, default=3)
    p.add_argument("--threads", type=int, default=2)
    p.add_argument(
        "--stop-file", type=Path, default=None, help="stop between sheets once this file is there"
    )
    a = p.parse_args(argv)
    render_sheets(
        a.out, a.count, a.seed, samples=a.samples, threads=a.threads, stop_file=a.stop_file
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
