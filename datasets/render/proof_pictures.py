"""Render the layers of the proof's scenes; ``python -m datasets.scenes.picture_plan`` calls it.

Everything is rendered once into the plan's folder and kept: the clean pictures, and of each layer
only what differs from them, as WebP with transparency.  Started again it goes on where it stopped.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from datasets.scenes.layers import layer_of, solid_of

CHANGED = 4
"""From this many grey levels on a pixel belongs to a layer."""
QUALITY = 92
SPECK = 12
"""Fewer changed pixels than this together are noise."""


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("plan", type=Path, help="as datasets.scenes.picture_plan writes it")
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--limit", type=int, help="stop after so many layers")
    p.add_argument("--clause", help="only what this clause needs")
    a = p.parse_args()
    out = a.plan.parent
    plan = json.loads(a.plan.read_text(encoding="utf-8"))
    todo = [layer_of({k: v for k, v in one.items() if k != "clauses"})
            for one in plan["layers"] if not a.clause or a.clause in one["clauses"]]  # fmt: skip
    left = [(key, one) for key, one in todo if not (out / f"{key}.json").exists()]
    print(f"{len(todo)} layers, {len(left)} to render", flush=True)
    if not left:
        return
    solids = {k: tuple(solid_of(s) for s in v) for k, v in plan["clean"].items()}
    from datasets.render.proof_stage import ProofStage

    stage = ProofStage(solids, a.threads)
    clean: dict[tuple[str, Any], Any] = {}
    started = time.monotonic()
    for n, (key, one) in enumerate(left[: a.limit]):
        light = (one.camera, one.lamp)
        if light not in clean:
            clean[light] = _base(stage, out, *light)
        base, picture = clean[light]
        image, names = stage.layer(one, base)
        _keep(out / key, image, picture, names)
        spent = time.monotonic() - started
        _bar("layers", n + 1, len(left), f"{spent / (n + 1):.1f} s each")


def _bar(what: str, done: int, of: int, more: str = "") -> None:
    full = round(30 * done / max(of, 1))
    end = "\n" if done == of or not sys.stdout.isatty() else ""
    print(f"\r{what} [{'#' * full}{'.' * (30 - full)}] {done}/{of} {more}", end=end, flush=True)


def _base(stage: Any, out: Path, camera: str, lamp: Any) -> tuple[Any, Any]:
    """The clean picture in scene light and as the camera gives it; rendered where not kept."""
    from datasets.render.proof_stage import Base

    path = out / f"base.{camera}.{lamp}.npz"
    if not path.exists():
        base = stage.base(camera, lamp)
        np.savez(path, linear=base.linear.astype(np.float16), ids=base.ids, exposure=base.exposure)
        image = stage.develop(stage.cameras[camera], base.linear, base.exposure)
        cv2.imwrite(str(out / f"base.{camera}.{lamp}.webp"), image, [cv2.IMWRITE_WEBP_QUALITY, 96])
        homes = [
            [one.cls, list(one.at), box] for one, box in stage.boxes(camera, base.ids)
        ]  # where each own thing shows
        if lamp == "day":
            (out / f"homes.{camera}.json").write_text(json.dumps(homes))
    with np.load(path) as z:
        base = Base(z["linear"].astype(np.float32), z["ids"], float(z["exposure"]))
    return base, stage.develop(stage.cameras[camera], base.linear, base.exposure)


def _keep(stem: Path, image: Any, picture: Any, names: list[str]) -> None:
    differs = np.abs(image.astype(np.int16) - picture).max(axis=2) >= CHANGED
    mask = cv2.morphologyEx(differs.astype(np.uint8), cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    mask = cv2.dilate(_without_specks(mask), np.ones((5, 5), np.uint8))
    box = [0, 0, 0, 0]
    if mask.any():
        ys, xs = np.nonzero(mask)
        box = [int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1]
        cut = np.s_[box[1] : box[3], box[0] : box[2]]
        alpha = cv2.GaussianBlur(mask[cut] * 255, (3, 3), 0)
        colour = np.where(alpha[..., None] > 0, image[cut], 0)
        rgba = np.dstack([colour, alpha])
        cv2.imwrite(f"{stem}.webp", rgba, [cv2.IMWRITE_WEBP_QUALITY, QUALITY])
    Path(f"{stem}.json").write_text(json.dumps({"box": box, "assets": names}))


def _without_specks(mask: Any) -> Any:
    """Single pixels on which two renders of the same differ are no part of a layer."""
    count, parts, sizes, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    keep = np.zeros(count, np.uint8)
    keep[1:] = sizes[1:, cv2.CC_STAT_AREA] >= SPECK
    return keep[parts]


if __name__ == "__main__":
    main()
