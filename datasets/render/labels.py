"""Which labelled instances a picture teaches, and how a set is written down.  No bpy here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

MIN_VISIBLE = 0.25
MIN_SIDE_PX = 6


DARK = 26


def too_dark(image: NDArray[np.uint8], box_xyxy_px: tuple[int, int, int, int]) -> bool:
    """Whether the place is so black that nobody could tell what lies there.

    Looks at the box with its surroundings: a black phone on a lit desk is no dark place.
    """
    x1, y1, x2, y2 = box_xyxy_px
    m = max(2, min(x2 - x1, y2 - y1) // 4)
    part = image[max(0, y1 - m) : y2 + m, max(0, x1 - m) : x2 + m]
    return bool(np.percentile(part.max(-1), 90) < DARK)


class Boxed(Protocol):
    """The part of ``stage.Label`` that is needed here."""

    @property
    def cls(self) -> str | None: ...
    @property
    def box_xyxy_px(self) -> tuple[int, int, int, int]: ...
    @property
    def visible(self) -> float: ...
    @property
    def short_side_px(self) -> int: ...


def split_labels(
    labels: Iterable[Any],
    image: NDArray[np.uint8] | None = None,
    *,
    min_visible: float = MIN_VISIBLE,
    min_side_px: int = MIN_SIDE_PX,
) -> tuple[list[Any], list[Any]]:
    """(to be learnt, to be ignored): too hidden, too small or in the dark is ignored."""
    keep: list[Any] = []
    ignore: list[Any] = []
    for b in labels:
        if b.cls is None:
            continue
        fair = b.visible >= min_visible and b.short_side_px >= min_side_px
        if image is not None and too_dark(image, b.box_xyxy_px):
            fair = False
        (keep if fair else ignore).append(b)
    return keep, ignore


def yolo_rows(
    labels: Iterable[Boxed], size_px: tuple[int, int], index: Mapping[str, int]
) -> list[str]:
    """``class cx cy w h``, normalised by ``size_px`` (W, H)."""
    w, h = size_px
    rows = []
    for b in labels:
        if b.cls is None:
            continue
        x1, y1, x2, y2 = b.box_xyxy_px
        rows.append(
            f"{index[b.cls]} {(x1 + x2) / 2 / w:.6f} {(y1 + y2) / 2 / h:.6f} "
            f"{(x2 - x1) / w:.6f} {(y2 - y1) / h:.6f}"
        )
    return rows


def meta(
    split: str,
    seed: int,
    scene: int,
    view: int,
    light: str,
    size_px: tuple[int, int],
    keep: Iterable[Any],
    ignore: Iterable[Any],
    assets: Iterable[str],
) -> dict[str, Any]:
    """What is written beside each picture: its labels in full and the manifest of its assets."""
    return {
        "split": split,
        "seed": seed,
        "scene": scene,
        "view": view,
        "light": light,
        "size_px": list(size_px),
        "labels": [asdict(b) for b in keep],
        "ignore": [asdict(b) for b in ignore],
        "assets": sorted(assets),
    }


PARTS = ("images", "labels", "meta", "ids")
"""The folders of a rendered set, a file for each picture in each."""


def write_picture(
    out: Path,
    stem: str,
    jpeg: bytes,
    ids: NDArray[np.int32],
    keep: Iterable[Boxed],
    facts: Mapping[str, Any],
    index: Mapping[str, int],
) -> None:
    """A rendered picture with its instance map, whose values are the ids of ``facts``, and labels.

    The meta file comes last: with it the picture counts as made.
    """
    (out / "images" / f"{stem}.jpg").write_bytes(jpeg)
    cv2.imwrite(str(out / "ids" / f"{stem}.png"), ids.astype(np.uint16))
    height, width = ids.shape
    rows = yolo_rows(keep, (width, height), index)
    (out / "labels" / f"{stem}.txt").write_text("".join(r + "\n" for r in rows), encoding="utf-8")
    (out / "meta" / f"{stem}.json").write_text(
        json.dumps(facts, ensure_ascii=False), encoding="utf-8"
    )
