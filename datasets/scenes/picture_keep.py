"""Keep rendered parts in the repository: of each layer only what really differs, compressed.

``python -m datasets.scenes.picture_keep`` after ``python -m datasets.scenes.picture_plan``.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from datasets.scenes.layers import Layer
from datasets.scenes.picture_hall import picture_hall
from datasets.scenes.picture_plan import KEEP, ROOT, wanted
from datasets.scenes.pictures import Pieces

KEPT: Final = ROOT / "tests" / "datasets" / "proof_pictures"
CHANGED: Final = 9
"""Grey levels by which a place differs; two renders of the same differ by less."""
SPECK: Final = 60
QUALITY: Final = [cv2.IMWRITE_WEBP_QUALITY, 80]
BASE_QUALITY: Final = [cv2.IMWRITE_WEBP_QUALITY, 92]


def keep(source: Path, target: Path) -> int:
    """Copy every wanted part that was rendered; how many layers there are."""
    target.mkdir(parents=True, exist_ok=True)
    for old in target.iterdir():
        old.unlink()
    pieces = Pieces(source)
    for (camera, lamp), image in pieces.bases.items():
        cv2.imwrite(str(target / f"base.{camera}.{lamp}.webp"), image, BASE_QUALITY)
    for path in source.glob("homes.*.json"):
        shutil.copy(path, target / path.name)
    layers = [layer for layer in wanted(picture_hall()) if pieces.has([layer])]
    for layer in layers:
        _keep(pieces, layer, target)
    return len(layers)


def _keep(pieces: Pieces, layer: Layer, target: Path) -> None:
    told = json.loads((pieces.folder / f"{layer.key}.json").read_text(encoding="utf-8"))
    base = pieces.bases[layer.camera, layer.lamp]
    image = pieces.scene(layer.camera, layer.lamp, [layer])
    mask = _changed(base, image)
    told["box"] = [0, 0, 0, 0]
    if mask.any():
        ys, xs = np.nonzero(mask)
        x1, y1, x2, y2 = int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1
        told["box"] = [x1, y1, x2, y2]
        alpha = cv2.GaussianBlur(mask[y1:y2, x1:x2] * 255, (7, 7), 0)
        rgba = np.dstack([image[y1:y2, x1:x2], alpha])
        cv2.imwrite(str(target / f"{layer.key}.webp"), rgba, QUALITY)
    (target / f"{layer.key}.json").write_text(json.dumps(told) + "\n", encoding="utf-8")


def _changed(base: NDArray[np.uint8], image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """(h, w) 0 or 1: whole shapes, without specks, with a margin."""
    apart = np.abs(image.astype(np.float32) - base).max(axis=2)
    core = (cv2.GaussianBlur(apart, (0, 0), 1.0) >= CHANGED).astype(np.uint8)
    count, parts, sizes, _ = cv2.connectedComponentsWithStats(core, connectivity=8)
    large = np.zeros(count, np.uint8)
    large[1:] = sizes[1:, cv2.CC_STAT_AREA] >= SPECK
    shape = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (31, 31))
    whole = cv2.morphologyEx(large[parts], cv2.MORPH_CLOSE, shape)
    return np.asarray(cv2.dilate(whole, np.ones((9, 9), np.uint8)), np.uint8)


if __name__ == "__main__":
    sys.stdout.write(f"{keep(KEEP, KEPT)} layers kept in {KEPT.relative_to(ROOT)}\n")
