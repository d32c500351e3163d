"""What a stage hands out: cameras, instances, labels, shots.  Plain data and picture arithmetic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from datasets.render.camera_sim import LensModel

if TYPE_CHECKING:
    import bpy


@dataclass(frozen=True)
class Label:
    """One instance in one picture.

    ``box_xyxy_px`` bounds its visible pixels in the delivered picture (pixel edges, so x2 is one
    past the last pixel), ``visible`` is visible pixels / pixels it would have alone within the
    picture.  ``tags`` is what the scene said of it.
    """

    id: int
    cls: str | None
    asset: str
    box_xyxy_px: tuple[int, int, int, int]
    visible: float
    area_px: int
    short_side_px: int
    desk: str | None = None
    place: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shot:
    """``image`` (H, W, 3) BGR uint8, ``ids`` (H, W) int32 instance map (0 = nothing labelled)."""

    image: NDArray[np.uint8]
    ids: NDArray[np.int32]
    labels: tuple[Label, ...]
    assets: tuple[str, ...]
    exposure: float
    linear: NDArray[np.float32] | None = None

    def json(self) -> dict[str, Any]:
        return {"labels": [asdict(x) for x in self.labels], "assets": list(self.assets)}

    def mask(self, instance: int) -> NDArray[np.bool_]:
        return np.asarray(self.ids == instance)


@dataclass
class Camera:
    name: str
    lens: LensModel
    object: bpy.types.Object
    exposure: float | None = None
    _maps: tuple[Any, Any] | None = None

    def maps(self) -> tuple[Any, Any]:
        if self._maps is None:
            self._maps = self.lens.maps()
        return self._maps

    def project(
        self, points: NDArray[Any] | Sequence[Sequence[float]], *, bent: bool = True
    ) -> NDArray[np.float64]:
        """World points (N, 3) in metres -> (N, 2) pixels; NaN behind the camera."""
        m = np.array(self.object.matrix_world.inverted())
        p = np.asarray(points, np.float64).reshape(-1, 3)
        c = p @ m[:3, :3].T + m[:3, 3]
        z = -c[:, 2]
        with np.errstate(divide="ignore", invalid="ignore"):
            px = np.stack([c[:, 0] / z, -c[:, 1] / z], 1) * self.lens.focal_px
        px = px + self.lens.centre_px
        px[z < 0.05] = np.nan
        return self.lens.bend(px) if bent else px


@dataclass
class Instance:
    id: int
    cls: str | None
    asset: str
    objects: list[bpy.types.Object]
    desk: str | None
    place: str | None
    tags: tuple[str, ...] = ()
    parts: list[int] = field(default_factory=list)
    """Instances of another class that belong to this one, as cords do: they go where it goes."""

    @property
    def root(self) -> bpy.types.Object:
        return self.objects[0]


def yolo_lines(
    labels: Sequence[Label],
    size_px: tuple[int, int],
    class_index: Mapping[str, int],
    *,
    min_visible: float = 0.15,
    min_side_px: int = 3,
) -> list[str]:
    """YOLO rows (class cx cy w h, normalised) of the labels that can fairly be asked for."""
    w, h = size_px
    out = []
    for b in labels:
        if b.cls is None or b.visible < min_visible or b.short_side_px < min_side_px:
            continue
        x1, y1, x2, y2 = b.box_xyxy_px
        out.append(
            f"{class_index[b.cls]} {(x1 + x2) / 2 / w:.6f} {(y1 + y2) / 2 / h:.6f} "
            f"{(x2 - x1) / w:.6f} {(y2 - y1) / h:.6f}"
        )
    return out


def set_in(
    base: tuple[Any, Any], new: tuple[Any, Any], part: tuple[int, int, int, int], soft: int = 16
) -> tuple[Any, Any]:
    """``new`` inside ``part`` over ``base``, its brightness faded in over ``soft`` pixels."""
    x1, y1, x2, y2 = part
    h, w = base[1].shape
    ramp_x = np.minimum(
        np.arange(x2 - x1) + 1 if x1 > 0 else soft, np.arange(x2 - x1)[::-1] + 1 if x2 < w else soft
    )
    ramp_y = np.minimum(
        np.arange(y2 - y1) + 1 if y1 > 0 else soft, np.arange(y2 - y1)[::-1] + 1 if y2 < h else soft
    )
    a = np.clip(
        np.minimum.outer(np.broadcast_to(ramp_y, y2 - y1), np.broadcast_to(ramp_x, x2 - x1)) / soft,
        0,
        1,
    )
    a = a[..., None].astype(np.float32)
    linear, ids = base[0].astype(np.float32).copy(), base[1].copy()
    # the first rows and columns of a border render may be empty: keep a pixel of the base there
    cut = np.s_[y1:y2, x1:x2]
    empty = (new[0][cut].sum(-1, keepdims=True) <= 0).astype(np.float32)
    a = a * (1 - empty)
    linear[cut] = linear[cut] * (1 - a) + new[0][cut] * a
    ids[cut] = np.where(a[..., 0] > 0, new[1][cut], ids[cut])
    return linear, ids


PxBox = tuple[int, int, int, int]


def merged(boxes: Sequence[PxBox]) -> list[PxBox]:
    """Boxes (xyxy) joined where they overlap, until none do; ordered."""
    left = sorted(boxes)
    out: list[PxBox] = []
    while left:
        box = left.pop(0)
        for i, other in enumerate(left):
            if box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]:
                left[i] = (
                    min(box[0], other[0]),
                    min(box[1], other[1]),
                    max(box[2], other[2]),
                    max(box[3], other[3]),
                )
                # the joined box may now reach one that was done
                left += out
                out.clear()
                break
        else:
            out.append(box)
    return sorted(out)
