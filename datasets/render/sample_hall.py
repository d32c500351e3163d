"""Render the sample hall: ``python -m datasets.render.sample_hall [--only HALL1:W3] [--pack]``.

Pictures are rendered once into ``build/render/sample_hall/raw`` (resumable), then put through the
camera and written with layout and answer key to ``datasets/sample_hall``.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from datasets.render import sample_plan as plan
from datasets.render.camera_sim import auto_exposure
from datasets.render.sample_pack import pack

ROOT = Path(__file__).parents[2]
RAW = ROOT / "build" / "render" / "sample_hall" / "raw"
OUT = ROOT / "datasets" / "sample_hall"
BASE_SAMPLES, PART_SAMPLES = 5, 4


def _raw(cam: str, when: str, key: str) -> Path:
    return RAW / f"{cam}.{when}.{key}"


def scenes() -> list[tuple[plan.CameraPlan, str]]:
    """Every distinct picture to render, references first."""
    out: list[tuple[plan.CameraPlan, str]] = []
    for cam, when, _ in plan.moments():
        if (cam, when) not in out and plan.BROKEN.get(cam.id, {}).get(when) != "black":
            out.append((cam, when))
    return out


def render(only: list[str]) -> None:
    from datasets.render.sample_scene import Hall, scene_key
    from datasets.render.sample_zones import planes, zones

    RAW.mkdir(parents=True, exist_ok=True)
    hall = Hall(BASE_SAMPLES)
    bases: dict[tuple[str, str], tuple[Any, Any, float]] = {}

    def base(cam: plan.CameraPlan, when: str) -> tuple[Any, Any, float]:
        mode = cam.night if when == "N" else "day"
        if (cam.id, mode) not in bases:
            key = scene_key(cam, f"ref-{mode}", BASE_SAMPLES)
            path = RAW / f"{cam.id}.base.{mode}.{key}.npz"
            if not path.exists():
                t = time.monotonic()
                hall.light(cam.id, when)
                hall.stage.scene.cycles.samples = BASE_SAMPLES
                linear, ids = hall.stage.ideal(hall.cams[cam.id])
                # by lamp light at night a camera's gain runs out: darker than its day picture
                dim = {"day": 1.12, "lamp": 0.6, "ir": 0.8}[mode]
                exposure = auto_exposure(linear) * dim
                shot = hall.stage.develop(hall.cams[cam.id], linear, ids, exposure)
                np.savez(
                    path,
                    linear=linear.astype(np.float16),
                    ids=ids,
                    exposure=np.float64(shot.exposure),
                )
                _save(
                    _raw(cam.id, f"ref-{mode}", key),
                    shot,
                    {
                        "zones": [
                            z | {"polygon_px": np.asarray(z["polygon_px"]).tolist()}
                            for z in zones(hall, cam, shot.ids)
                        ],
                        "planes": planes(hall, cam),
                        "focal_px": hall.cams[cam.id].lens.focal_px,
                    },
                )
                print(f"{cam.id} {mode} reference {time.monotonic() - t:.0f} s", flush=True)
            with np.load(path) as z:
                bases[cam.id, mode] = (z["linear"], z["ids"], float(z["exposure"]))
        return bases[cam.id, mode]

    todo = [(c, m) for c, m in scenes() if not only or f"{c.id}:{m}" in only or c.id in only]
    for n, (cam, when) in enumerate(todo):
        key = scene_key(cam, when, PART_SAMPLES)
        stem = _raw(cam.id, when, key)
        b = base(cam, when)
        if Path(f"{stem}.json").exists():
            continue
        t = time.monotonic()
        hall.stage.scene.cycles.samples = PART_SAMPLES
        shot = hall.shoot(cam, when, (b[0], b[1]), b[2])
        _save(stem, shot, {})
        print(f"[{n + 1}/{len(todo)}] {cam.id} {when} {time.monotonic() - t:.0f} s", flush=True)


def _save(stem: Path, shot: Any, more: dict[str, Any]) -> None:
    cv2.imwrite(f"{stem}.png", shot.image, [cv2.IMWRITE_PNG_COMPRESSION, 2])
    cv2.imwrite(f"{stem}.ids.png", np.clip(shot.ids, 0, 65535).astype(np.uint16))
    Path(f"{stem}.json").write_text(json.dumps(shot.json() | more | {"exposure": shot.exposure}))


def find_raw(cam: str, when: str) -> Path | None:
    """Stem of the newest render of a moment."""
    found = list(RAW.glob(f"{cam}.{when}.*.json"))
    return max(found, key=lambda p: p.stat().st_mtime).with_suffix("") if found else None


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--only", action="append", default=[], help="CAMERA or CAMERA:MOMENT")
    p.add_argument("--pack", action="store_true", help="only write the shipped folder from renders")
    a = p.parse_args()
    if not a.pack:
        render(a.only)
    pack(find_raw, OUT)


if __name__ == "__main__":
    main()
