"""Cheap variety: things cut out of rendered pictures and laid into others, boxes kept exact.

    python -m datasets.collage --set build/render/train --things build/render/sheets \
        --out build/render/collage --count 2000

A rendered set holds, beside each picture, its instance map (``ids/*.png``, 16 bit) and its labels
(``meta/*.json``), so a thing can be cut along its own outline.  It is laid where such a thing can
lie: on a desk's top or on the floor, at the size it had, with a soft shadow, and only between
pictures of the same kind of light.  What it covers is taken from the boxes underneath.  Sheets
(``datasets.render.sheets``) give things of many looks, and look-alikes of no class, which get no
box: they teach what a phone is not.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray
from rich.progress import track

from datasets.classes import CLASS_INDEX
from datasets.render.labels import MIN_SIDE_PX, MIN_VISIBLE, yolo_rows
from vision.seen import DatasetError, DeskcheckError, Image

Ids = NDArray[np.uint16]

ROOM_ID: Final = 1  # the renderer puts the room on the stage first

ON_DESK: Final = frozenset({
    "phone", "charger", "earphones", "cup", "thermos", "bottle", "food", "paper", "folder", "book",
    "umbrella", "calculator", "stamp", "inkpad", "pen_base", "telephone", "plant", "bag", "litter",
    "pause_sign", "name_plate", "notice", "mouse", "rating_device", "laptop", "printer", "scanner",
    "doc_camera", "guide_rack", "service_box", "keyboard", "power_strip",
})  # fmt: skip
ON_FLOOR: Final = frozenset({
    "carton", "bag", "bin", "litter", "cable", "power_strip", "thermos", "heater", "stain",
    "umbrella", "extinguisher", "bottle", "plant",
})  # fmt: skip
OFTEN: Final = {"": 4.0, "phone": 2.0, "cup": 2.0, "cable": 2.0}
"""How much more often than another class; "" are the look-alikes, of many kinds."""
KNOWN_BY_COLOUR: Final = frozenset({"paper", "stain", "plant", "extinguisher", "notice", "litter"})


@dataclass(frozen=True)
class Box:
    """A label: ``box_xyxy_px`` of its visible pixels, ``visible`` share, ``id`` in the map.

    ``cls`` None is a look-alike of no class.  ``on`` where such a thing lies ("desk", "floor") when
    the picture does not show it: a sheet spreads everything on the floor.
    """

    id: int
    cls: str | None
    asset: str
    box_xyxy_px: tuple[int, int, int, int]
    visible: float
    area_px: int
    short_side_px: int
    on: str | None = None


@dataclass(frozen=True)
class Picture:
    """``image`` (H, W, 3) BGR, ``ids`` (H, W) instance map, ``light`` the rig's kind."""

    image: Image
    ids: Ids
    boxes: tuple[Box, ...]
    light: str
    assets: tuple[str, ...]


@dataclass(frozen=True)
class Cutout:
    """``patch`` (h, w, 3) BGR with ``mask`` (h, w) bool; ``on`` the desk or the floor."""

    patch: Image
    mask: NDArray[np.bool_]
    cls: str | None
    asset: str
    light: str
    on: str


def _box(row: dict[str, Any], *, sheet: bool) -> Box:
    x1, y1, x2, y2 = (int(v) for v in row["box_xyxy_px"])
    cls, on = row["cls"], None
    if sheet and cls is None:
        on = "floor" if "floor" in row["tags"] else "desk"
    elif sheet:
        # every other one of what lies on both: a number of its own decides, so that a seed holds
        both = cls in ON_DESK and cls in ON_FLOOR
        on = "floor" if cls not in ON_DESK or (both and int(row["id"]) % 2) else "desk"
    return Box(int(row["id"]), cls, str(row["asset"]), (x1, y1, x2, y2), float(row["visible"]),
               int(row["area_px"]), int(row["short_side_px"]), on)  # fmt: skip


def read_picture(root: Path, stem: str) -> Picture:
    """One picture of a rendered set with its map and all its boxes, the ignored ones too."""
    meta_path = root / "meta" / f"{stem}.json"
    image = cv2.imread(str(root / "images" / f"{stem}.jpg"), cv2.IMREAD_COLOR)
    ids = cv2.imread(str(root / "ids" / f"{stem}.png"), cv2.IMREAD_UNCHANGED)
    if image is None or ids is None or not meta_path.exists():
        raise DatasetError(f"{root}: picture {stem} lacks its image, instance map or meta file; "
                          "render the set again")  # fmt: skip
    meta = json.loads(meta_path.read_text(encoding="utf-8"))
    boxes = tuple(
        _box(r, sheet=bool(meta.get("sheet")))
        for part in ("labels", "ignore", "negatives")
        for r in meta.get(part, ())
    )
    return Picture(np.asarray(image, np.uint8), np.asarray(ids, np.uint16), boxes, meta["light"],
                   tuple(meta["assets"]))  # fmt: skip


def stems(root: Path) -> list[str]:
    """Pictures of a set that have an instance map, in order."""
    return sorted(p.stem for p in (root / "ids").glob("*.png")
                  if (root / "meta" / f"{p.stem}.json").exists())  # fmt: skip


def cut(picture: Picture, *, min_visible: float = 0.92, min_side_px: int = 10) -> list[Cutout]:
    """Everything of ``picture`` that stands free and whole enough to be laid elsewhere."""
    h, w = picture.ids.shape
    out = []
    for b in picture.boxes:
        known = b.cls in ON_DESK | ON_FLOOR if b.cls else b.on is not None
        if not known or b.visible < min_visible:
            continue
        x1, y1, x2, y2 = b.box_xyxy_px
        if x1 < 1 or y1 < 1 or x2 > w - 1 or y2 > h - 1 or b.short_side_px < min_side_px:
            continue
        mask = picture.ids[y1:y2, x1:x2] == b.id
        foot = picture.ids[y2 - 1 : y2 + 1, x1:x2]
        on = b.on or ("floor" if b.cls not in ON_DESK or ROOM_ID in foot else "desk")
        if mask.any():
            out.append(Cutout(picture.image[y1:y2, x1:x2].copy(), np.asarray(mask), b.cls, b.asset,
                              picture.light, on))  # fmt: skip
    return out


def _spot(p: Picture, c: Cutout, rng: np.random.Generator) -> tuple[int, int] | None:
    """Upper left corner such that the thing's foot rests on a desk's top or on the floor."""
    h, w = p.ids.shape
    if c.on == "desk":
        desks = [b.id for b in p.boxes if b.cls == "desk"]
        ground = np.isin(p.ids, desks)
        for b in p.boxes:  # a desk's front is no place: keep to its upper half
            if b.cls == "desk":
                y1, y2 = b.box_xyxy_px[1], b.box_xyxy_px[3]
                ground[(y1 + y2) // 2 :, b.box_xyxy_px[0] : b.box_xyxy_px[2]] = False
    else:
        ground = p.ids == ROOM_ID
        ground[: int(h * 0.5)] = False
    ys, xs = np.nonzero(ground)
    if len(ys) == 0:
        return None
    ph, pw = c.mask.shape
    for _ in range(12):
        k = int(rng.integers(len(ys)))
        x, y = int(xs[k]) - pw // 2, int(ys[k]) - int(ph * 0.85)
        if x < 0 or y < 0 or x + pw > w or y + ph > h:
            continue
        foot = ground[y + ph // 2 : y + ph, x : x + pw][c.mask[ph // 2 :]]
        if foot.size and foot.mean() > 0.75:
            return x, y
    return None


def paste(p: Picture, c: Cutout, at: tuple[int, int], rng: np.random.Generator) -> Picture:
    """``p`` with ``c`` laid at ``at`` (x, y of its corner), covered boxes made smaller."""
    x, y = at
    ph, pw = c.mask.shape
    image, ids = p.image.copy(), p.ids.copy()
    ident = max([int(ids.max()), *(b.id for b in p.boxes)]) + 1
    pad = max(2, min(ph, pw) // 5)
    h, w = ids.shape
    y0, y1, x0, x1 = max(0, y - pad), min(h, y + ph + pad), max(0, x - pad), min(w, x + pw + pad)
    alpha = np.zeros((y1 - y0, x1 - x0), np.float32)
    alpha[y - y0 : y - y0 + ph, x - x0 : x - x0 + pw] = c.mask
    shade = cv2.GaussianBlur(alpha, (0, 0), max(1.0, pad * 0.6))
    shift = np.array([[1, 0, rng.uniform(-1, 1) * pad * 0.4], [0, 1, pad * 0.3]], np.float64)
    shade = cv2.warpAffine(shade, shift, (shade.shape[1], shade.shape[0]))
    soft = cv2.GaussianBlur(alpha, (0, 0), 0.6) * alpha
    area = image[y0:y1, x0:x1].astype(np.float32)
    area *= (1 - rng.uniform(0.25, 0.5) * shade)[..., None]
    thing = np.zeros_like(area)
    thing[y - y0 : y - y0 + ph, x - x0 : x - x0 + pw] = c.patch.astype(np.float32)
    thing *= rng.uniform(0.85, 1.15)
    area = area * (1 - soft[..., None]) + thing * soft[..., None]
    image[y0:y1, x0:x1] = np.clip(area + 0.5, 0, 255).astype(np.uint8)
    under = ids[y : y + ph, x : x + pw]
    touched = set(np.unique(under[c.mask]).tolist())
    under[c.mask] = ident
    boxes = [_shrink(b, ids) if b.id in touched else b for b in p.boxes]
    boxes.append(Box(ident, c.cls, c.asset, (x, y, x + pw, y + ph), 1.0, int(c.mask.sum()),
                     min(ph, pw)))  # fmt: skip
    return Picture(image, ids, tuple(b for b in boxes if b.area_px > 0), p.light,
                   tuple(sorted({*p.assets, c.asset})))  # fmt: skip


def _shrink(b: Box, ids: Ids) -> Box:
    ys, xs = np.nonzero(ids == b.id)
    if len(ys) == 0:
        return replace(b, area_px=0, visible=0.0)
    box = (int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1)
    return replace(
        b,
        box_xyxy_px=box,
        visible=round(b.visible * len(ys) / max(1, b.area_px), 3),
        area_px=len(ys),
        short_side_px=min(box[2] - box[0], box[3] - box[1]),
    )


def mirror(c: Cutout) -> Cutout:
    return replace(c, patch=c.patch[:, ::-1].copy(), mask=c.mask[:, ::-1].copy())


def recolour(c: Cutout, rng: np.random.Generator) -> Cutout:
    """The same thing in another colour, as another make of it would be; grey stays grey in IR."""
    hsv = cv2.cvtColor(c.patch, cv2.COLOR_BGR2HSV).astype(np.int16)
    hsv[..., 0] = (hsv[..., 0] + int(rng.integers(180))) % 180
    hsv[..., 1] = np.clip(hsv[..., 1] * rng.uniform(0.3, 1.6), 0, 255).astype(np.int16)
    hsv[..., 2] = np.clip(hsv[..., 2] * rng.uniform(0.6, 1.3), 0, 255).astype(np.int16)
    patch = cv2.cvtColor(hsv.astype(np.uint8), cv2.COLOR_HSV2BGR)
    return replace(c, patch=np.asarray(patch, np.uint8))


def shrink(c: Cutout, scale: float) -> Cutout:
    """The thing seen from further away; too small a result is left as it was."""
    h, w = c.mask.shape
    size = max(1, round(w * scale)), max(1, round(h * scale))
    if min(size) < MIN_SIDE_PX:
        return c
    patch = cv2.resize(c.patch, size, interpolation=cv2.INTER_AREA)
    mask = cv2.resize(c.mask.astype(np.float32), size, interpolation=cv2.INTER_AREA) >= 0.5
    if not (mask.any(0).all() and mask.any(1).all()):
        return c
    return replace(c, patch=np.asarray(patch, np.uint8), mask=np.asarray(mask))


def _grey(light: str) -> bool:
    return light == "ir"


def compose(p: Picture, store: Sequence[Cutout], rng: np.random.Generator, count: int) -> Picture:
    """``p``, perhaps mirrored, with up to ``count`` things of ``store`` laid into it."""
    fit = [c for c in store if _grey(c.light) == _grey(p.light)]
    if fit:
        # every class as likely as any other, or the common ones would drown the rare ones
        by_class: dict[str, list[Cutout]] = {}
        for c in fit:
            by_class.setdefault(c.cls or "", []).append(c)
        names = sorted(by_class)
        weight = np.array([OFTEN.get(n, 1.0) for n in names])
        for _ in range(count):
            pool = by_class[names[int(rng.choice(len(names), p=weight / weight.sum()))]]
            c = pool[int(rng.integers(len(pool)))]
            if rng.random() < 0.5 and c.cls not in {"pause_sign", "name_plate", "notice"}:
                c = mirror(c)
            if rng.random() < 0.4 and c.cls not in KNOWN_BY_COLOUR and not _grey(c.light):
                c = recolour(c, rng)
            if rng.random() < 0.4:
                c = shrink(c, float(rng.uniform(0.55, 0.95)))
            at = _spot(p, c, rng)
            if at is not None:
                p = paste(p, c, at, rng)
    return p


def write(p: Picture, out: Path, stem: str, seed: int) -> None:
    named = [b for b in p.boxes if b.cls]
    keep = [b for b in named if b.visible >= MIN_VISIBLE and b.short_side_px >= MIN_SIDE_PX]
    ignore = [b for b in named if b not in keep]
    h, w = p.ids.shape
    rows = yolo_rows(keep, (w, h), CLASS_INDEX)
    (out / "labels" / f"{stem}.txt").write_text("".join(r + "\n" for r in rows), encoding="utf-8")
    (out / "meta" / f"{stem}.json").write_text(json.dumps({
        "seed": seed, "light": p.light, "size_px": [w, h], "assets": list(p.assets),
        "labels": [vars(b) for b in keep], "ignore": [vars(b) for b in ignore],
    }), encoding="utf-8")  # fmt: skip
    # last: a training that goes on meanwhile finds pictures by their images
    cv2.imwrite(str(out / "images" / f"{stem}.jpg"), p.image, [cv2.IMWRITE_JPEG_QUALITY, 90])


def compose_set(
    root: Path,
    out: Path,
    count: int,
    seed: int,
    *,
    things: Path | None = None,
    first: int = 0,
    most: int = 14,
    store_pictures: int = 400,
) -> int:
    """``count`` composed pictures from the rendered set ``root``; the same seed gives the same.

    ``things``: a set of sheets, whose things are laid in beside those of ``root`` itself.
    ``first``: the number of the first picture, to add to a set that is there.  ``most``: fewer
    things than this, four at least, are laid into a picture.
    """
    names = stems(root)
    if len(names) < 2:
        raise DatasetError(f"{root}: no rendered pictures with instance maps; render a set first")
    rng = np.random.default_rng(seed)
    store: list[Cutout] = []
    for i in rng.permutation(len(names))[:store_pictures]:
        store += cut(read_picture(root, names[int(i)]))
    if things is not None:
        for name in stems(things):
            store += cut(read_picture(things, name))
    for part in ("images", "labels", "meta"):
        (out / part).mkdir(parents=True, exist_ok=True)
    for k in track(range(first, first + count), "composing"):
        gen = np.random.default_rng([seed, k])
        p = read_picture(root, names[int(gen.integers(len(names)))])
        write(compose(p, store, gen, int(gen.integers(4, most))), out, f"{k:06d}", seed)
    return count


def main(argv: Sequence[str] | None = None) -> int:
    p = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    p.add_argument("--set", type=Path, required=True, help="a rendered set with ids/")
    p.add_argument("--things", type=Path, help="a set of sheets to take more things from")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--count", type=int, default=1000)
    p.add_argument("--first", type=int, default=0, help="number of the first picture")
    p.add_argument("--most", type=int, default=14, help="fewer things than this in a picture")
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args(argv)
    try:
        if a.most < 5:
            raise DatasetError(f"--most: at least 5 is wanted, not {a.most}.")
        compose_set(a.set, a.out, a.count, a.seed, things=a.things, first=a.first, most=a.most)
    except DeskcheckError as e:
        sys.stderr.write(f"{e}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
