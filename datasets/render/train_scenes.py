"""Teaching pictures: crops of workplaces as a hall camera would give them, with exact boxes.

    python -m datasets.render.train_scenes --out build/render/train --count 300 --seed 1

Resumable: a picture whose meta file is there is not made again.  Same seed and index, same scene.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from datasets.classes import CLASS_INDEX, CLASSES
from datasets.render import camera_faults, camera_sim
from datasets.render.assets.shapes import lettered
from datasets.render.labels import PARTS, meta, split_labels, write_picture
from datasets.render.lights_train import RIGS
from datasets.render.stage import Camera, Stage
from datasets.render.workplace import ROOM_X, ROOM_Y, Workplace

SIZE = 640
VIEWS = 3  # pictures of one scene, if not told otherwise: another camera, another light


def _camera(stage: Stage, place: Workplace, rng: random.Random, name: str) -> Camera:
    cx, _ = rng.choice(place.centres)
    target = (cx + rng.gauss(0, 0.3), rng.gauss(-0.25, 0.3), rng.uniform(0.35, 0.8))
    for _ in range(60):
        # mostly from the staff's side, where chairs and floors are seen
        staff = rng.random() < 0.84
        a = rng.gauss(-math.pi / 2, 0.75) if staff else rng.gauss(math.pi / 2, 0.6)
        # over the counter only a high camera sees the desk
        z, far = rng.uniform(2.4 if staff else 2.9, 3.4), rng.uniform(2.4, 6.3)
        x, y = target[0] + far * math.cos(a), target[1] + far * math.sin(a)
        if ROOM_X[0] + 0.2 < x < ROOM_X[1] - 0.2 and ROOM_Y[0] + 0.2 < y < ROOM_Y[1] - 0.2:
            break
    d = math.dist((x, y, z), target)
    span = rng.uniform(260, 600) if rng.random() < 0.86 else rng.uniform(140, 260)
    focal = span * d / 1.4
    hfov = 2 * math.degrees(math.atan(SIZE / 2 / focal))
    return stage.add_camera(
        (x, y, z), target, hfov, (SIZE, SIZE), name=name, roll_deg=rng.gauss(0, 3)
    )


def cheaply(stage: Stage) -> None:
    """A third of the full price: ambient light stands in for all but the first bounce.

    Under sensor noise and compression the difference does not show.
    """
    c = stage.scene.cycles
    c.use_fast_gi = True
    c.fast_gi_method = "REPLACE"
    c.ao_bounces_render = 1
    c.max_bounces, c.diffuse_bounces, c.glossy_bounces = 2, 1, 1


def develop(
    linear: Any, exposure: float, mode: str, rng: random.Random, split: str = "val"
) -> tuple[Any, int]:
    """The camera's picture and the JPEG quality for it; the train split's cameras have faults."""
    faults = camera_faults.drawn(rng) if split == "train" else camera_faults.Faults()
    gen = np.random.default_rng(rng.randrange(1 << 30))
    if split == "train":
        linear, exposure = camera_faults.veil(linear, faults), exposure * faults.exposure
    img = camera_sim.tone(linear, exposure * rng.uniform(0.75, 1.25))
    if split == "train":
        img = camera_faults.curve(img, faults)
    if rng.random() < 0.25:
        img = camera_sim.motion_blur(img, rng.choice((3, 3, 5)), rng.uniform(0, 180))
    elif rng.random() < 0.2:
        img = camera_sim.defocus(img, 1)
    dark = mode in ("night", "ir")
    look = camera_sim.Look(
        noise=rng.uniform(3, 8) if dark else rng.uniform(0.8, 4.5),
        sharpen=rng.uniform(0.0, 1.1),
        gains_bgr=(rng.uniform(0.9, 1.1), 1.0, rng.uniform(0.9, 1.1)),
        video_quality=rng.randint(55, 92),
        grey=mode == "ir",
    )
    taken = camera_sim.shoot(img, look, gen)
    if split == "train":
        taken = camera_faults.stream(taken, faults)
    return taken, rng.randint(75, 93)


def render_set(
    out: Path,
    count: int,
    seed: int,
    split: str,
    *,
    samples: int,
    stop_file: Path | None,
    threads: int = 2,
    views: int = VIEWS,
) -> int:
    for part in PARTS:
        (out / part).mkdir(parents=True, exist_ok=True)
    lettered()
    (out / "classes.txt").write_text("\n".join(CLASSES) + "\n", encoding="utf-8")
    stage = Stage.new(seed, split, samples=samples, threads=threads)
    cheaply(stage)
    made, began = 0, time.monotonic()
    for scene in range((count + views - 1) // views):
        todo = [
            v
            for v in range(views)
            if scene * views + v < count
            and not (out / "meta" / f"{scene * views + v:06d}.json").exists()
        ]
        if not todo:
            continue
        if stop_file is not None and stop_file.exists():
            print(f"\nstopped: {stop_file} is there")
            break
        rng = random.Random(f"{split}/{seed}/{scene}")
        stage.clear()
        stage.forget_looks()
        place = Workplace(stage, rng)
        room = place.build(rng.choice((2, 3)))
        for view in todo:
            index = scene * views + view
            vr = random.Random(f"{split}/{seed}/{scene}/{view}")
            cam = _camera(stage, place, vr, f"cam{view}")
            mode = vr.choices(("day", "lamp", "night", "ir"), (0.46, 0.36, 0.08, 0.10))[0]
            room.light(stage, mode, vr.randrange(RIGS if split == "train" else 12), cam)
            shot = stage.render(cam, keep_linear=True)
            image, quality = develop(shot.linear, shot.exposure, mode, vr, split)
            keep, ignore = split_labels(shot.labels, image)
            stem = f"{index:06d}"
            facts = meta(split, seed, scene, view, mode, (SIZE, SIZE), keep, ignore, shot.assets)
            jpeg = camera_sim.jpeg(image, quality)
            write_picture(out, stem, jpeg, shot.ids, keep, facts, CLASS_INDEX)
            made += 1
            each = (time.monotonic() - began) / made
            done = index + 1
            bar = "#" * (24 * done // count)
            print(
                f"\r[{bar:<24}] {done}/{count}  {each:.1f} s a picture  {len(keep)} boxes   ",
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
    p.add_argument("--count", type=int, default=300)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--split", choices=("train", "val", "sample"), default="train")
    p.add_argument("--samples", type=int, default=3)
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--views", type=int, default=VIEWS, help="pictures of each scene")
    p.add_argument(
        "--stop-file", type=Path, default=None, help="stop between scenes once this file is there"
    )
    a = p.parse_args(argv)
    render_set(
        a.out,
        a.count,
        a.seed,
        a.split,
        samples=a.samples,
        stop_file=a.stop_file,
        threads=a.threads,
        views=a.views,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
