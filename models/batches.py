"""Pictures and boxes for training: drawn by the recipe's shares, zoomed, shaken, batched.

NumPy and OpenCV only; training turns the arrays into tensors.  Everything random comes from one
generator per picture, seeded by (recipe seed, epoch, place in the epoch): the same recipe on the
same pictures gives the same batches, whatever the threads do.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from datasets.classes import CLASSES, COCO_NAMES, COCO_SLOTS, SLOTS
from datasets.compose import paste_flat
from datasets.compose_cables import paste_cable
from datasets.cutouts import hang_over
from datasets.samples import LabelledSet, Sample, read_yolo_set
from models.recipe import Recipe, Source
from vision.seen import DatasetError, Image

FIT_PX: Final = (
    640  # the size at which the product looks at a whole picture; the window may be less
)
GREY: Final = 114  # what fills the canvas beside a picture, as the product's letterbox does

SLOT_OF_CLASS: Final = {name: SLOTS.index(name) for name in CLASSES} | {
    "bag": COCO_NAMES.index("handbag"),
    "food": COCO_NAMES.index("cake"),
}
"""The slot that teaches a class; where several slots mean one class, the likeliest in a hall."""

AMBIGUOUS_COCO: Final = frozenset({COCO_NAMES.index("dining table")})
"""COCO boxes that may well be a thing of ours (a table is a desk here): left out."""


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """One training picture with what is known of it.

    ``image``: (S, S, 3) uint8 BGR.  ``boxes_norm``: (N, 4) float32 cx cy w h.  ``slots``: (N,)
    int64.  ``background``: (N,) bool, a thing that is none of our classes.  ``counts``: (80,)
    float32, 1 where "no box" means "not there".  ``distil``: the start weight's opinion counts.
    """

    image: Image
    boxes_norm: NDArray[np.float32]
    slots: NDArray[np.int64]
    background: NDArray[np.bool_]
    counts: NDArray[np.float32]
    distil: bool


@dataclass(frozen=True, slots=True)
class Pool:
    """One source of the recipe with its pictures read, and garments to hang into them."""

    source: Source
    set: LabelledSet
    garments: tuple[NDArray[np.uint8], ...] = ()


def read_pools(
    recipe: Recipe, data: Path, rendered: Path, garments: Sequence[NDArray[np.uint8]] = ()
) -> list[Pool]:
    """Read every source of a recipe; a source without pictures is an error."""
    pools = []
    for source in recipe.sources:
        root = (rendered if source.rendered else data) / source.path
        pools.append(
            Pool(
                source,
                read_yolo_set(root, split=source.split, class_map=source.class_map),
                tuple(garments),
            )
        )
    return pools


def slots_of(pool: Pool, sample: Sample) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """For each box its slot, and whether it is background to us."""
    if pool.source.labelled == "coco":
        if pool.set.names != COCO_NAMES:
            raise DatasetError(f"{pool.set.root}: labelled 'coco' needs COCO's own 80 names.")
        slots = sample.labels.astype(np.int64)
        return slots, np.array([COCO_SLOTS[s] is None for s in slots], bool).reshape(-1)
    classes = pool.set.class_indices(sample)
    slots = np.array([SLOT_OF_CLASS[CLASSES[c]] if c >= 0 else 0 for c in classes], np.int64)
    return slots.reshape(-1), (classes < 0).reshape(-1)


def counted_slots(pool: Pool, slots: NDArray[np.int64]) -> NDArray[np.float32]:
    """(80,) 1 where "no box" means "not there" in a picture with these boxes."""
    labelled = pool.source.labelled
    if labelled == "coco":
        names = {name for name in COCO_SLOTS if name is not None}
    elif labelled == "all":
        names = set(CLASSES)
    elif labelled == "present":
        names = {name for s in slots if (name := SLOTS[s]) is not None}
    else:
        names = set(labelled)
    return np.array([name in names for name in SLOTS], np.float32)


def draw_picture(
    pool: Pool, sample: Sample, rng: np.random.Generator, recipe: Recipe, *, plain: bool = False
) -> Drawn:
    """Read one picture and give its training view; ``plain`` leaves out all that is random."""
    image = cv2.imread(str(sample.image), cv2.IMREAD_COLOR)
    if image is None:
        raise DatasetError(f"{sample.image}: this training picture can't be read.")
    height, width = image.shape[:2]
    slots, background = slots_of(pool, sample)
    counts = counted_slots(pool, slots)
    boxes = sample.boxes_xyxy_px(width, height)
    if pool.source.labelled == "coco":
        clear = ~np.isin(slots, list(AMBIGUOUS_COCO))
        boxes, slots, background = boxes[clear], slots[clear], background[clear]
    if not pool.source.labelled:  # only the start weight speaks of what the picture itself holds
        boxes, slots, background = boxes[:0], slots[:0], background[:0]
    size = recipe.size_px
    zoom = FIT_PX / max(height, width) if pool.source.fit else 1.0
    if not plain:
        zoom *= float(np.exp(rng.uniform(*np.log(recipe.scale))))
    image, boxes, kept = _view(image, boxes, zoom, size, rng, plain, _wanted(slots, recipe))
    slots, background = slots[kept], background[kept]
    if not plain:
        if rng.random() < 0.5:
            image = np.ascontiguousarray(image[:, ::-1])
            turned = boxes[:, [2, 1, 0, 3]] * np.array([-1, 1, -1, 1], np.float32)
            boxes = turned + np.array([size, 0, size, 0], np.float32)
        if pool.garments and rng.random() < pool.source.hang:
            image, boxes, slots, background = _with_garment(
                image, boxes, slots, background, pool.garments, rng
            )
        if rng.random() < pool.source.paste:
            image, boxes, slots, background = _with_things(image, boxes, slots, background, rng)
        image = shake(image, rng)
    side = (boxes[:, 2:] - boxes[:, :2]).min(1) if len(boxes) else np.zeros(0)
    enough = side >= recipe.min_side_px
    # too small to be seen: neither taught nor held against the model in this picture
    counts[slots[~enough]] = 0
    boxes, slots, background = boxes[enough], slots[enough], background[enough]
    centre, extent = (boxes[:, :2] + boxes[:, 2:]) / 2, boxes[:, 2:] - boxes[:, :2]
    norm = (np.concatenate([centre, extent], 1) / size).astype(np.float32).reshape(-1, 4)
    return Drawn(image, norm, slots, background, counts, pool.source.distil)


def _wanted(slots: NDArray[np.int64], recipe: Recipe) -> NDArray[np.float64] | None:
    """(N,) each box's chance to have the window laid round it; None where all have the same."""
    if not recipe.focus or not len(slots):
        return None
    weights = np.array([recipe.focus.get(SLOTS[s] or "", 1.0) for s in slots])
    return np.asarray(weights / weights.sum())


def _view(
    image: Image,
    boxes: NDArray[np.float32],
    zoom: float,
    size: int,
    rng: np.random.Generator,
    plain: bool,
    wanted: NDArray[np.float64] | None = None,
) -> tuple[Image, NDArray[np.float32], NDArray[np.intp]]:
    """A square window of ``size`` px onto the zoomed picture, mostly around some labelled box,
    ``wanted`` (N,) each one's chance.

    Gives the window, the boxes in it (cut at its edge), and which of the boxes those are: one of
    which less than a quarter is left is dropped.
    """
    height, width = image.shape[:2]
    room = np.array([width, height]) * zoom - size
    if plain:
        offset = room / 2
    else:
        offset = rng.uniform(np.minimum(room, 0), np.maximum(room, 1e-6))
        if len(boxes) and room.max() > 0 and rng.random() < 0.75:
            chosen = (
                rng.integers(len(boxes)) if wanted is None else rng.choice(len(boxes), p=wanted)
            )
            box = boxes[chosen] * zoom
            near = (box[:2] + box[2:]) / 2 - size * rng.uniform(0.2, 0.8, 2)
            offset = np.where(room > 0, np.clip(near, 0, np.maximum(room, 0)), offset)
    interpolation = cv2.INTER_AREA if zoom < 0.7 else cv2.INTER_LINEAR
    if zoom < 0.7:  # the warp alone would skip pixels
        small = (max(1, round(width * zoom)), max(1, round(height * zoom)))
        image = cv2.resize(image, small, interpolation=interpolation)
        matrix = np.array([[1, 0, -offset[0]], [0, 1, -offset[1]]], np.float64)
    else:
        matrix = np.array([[zoom, 0, -offset[0]], [0, zoom, -offset[1]]], np.float64)
    view = cv2.warpAffine(
        image, matrix, (size, size), flags=cv2.INTER_LINEAR, borderValue=(GREY, GREY, GREY)
    )
    moved = boxes * zoom - np.concatenate([offset, offset])
    cut = np.clip(moved, 0, size)
    area = np.clip(moved[:, 2:] - moved[:, :2], 1e-6, None).prod(1)
    left = np.clip(cut[:, 2:] - cut[:, :2], 0, None).prod(1) / area
    kept = np.flatnonzero(left > 0.25)
    return view, cut[kept].astype(np.float32), kept


def _with_things(
    image: Image,
    boxes: NDArray[np.float32],
    slots: NDArray[np.int64],
    background: NDArray[np.bool_],
    rng: np.random.Generator,
) -> tuple[Image, NDArray[np.float32], NDArray[np.int64], NDArray[np.bool_]]:
    """Lay one to four drawn things into the picture: phones, paper, cables and what looks alike."""
    for _ in range(int(rng.integers(1, 5))):
        if rng.random() < 0.25:
            cls: str | None = "cable"
            image, box = paste_cable(image, rng)
        else:
            image, cls, box = paste_flat(image, rng, avoid_xyxy_px=boxes)
        if box is not None:
            boxes = np.concatenate([boxes, box[None]])
            slots = np.append(slots, 0 if cls is None else SLOT_OF_CLASS[cls])
            background = np.append(background, cls is None)
    return image, boxes, slots, background


def _with_garment(
    image: Image,
    boxes: NDArray[np.float32],
    slots: NDArray[np.int64],
    background: NDArray[np.bool_],
    garments: Sequence[NDArray[np.uint8]],
    rng: np.random.Generator,
) -> tuple[Image, NDArray[np.float32], NDArray[np.int64], NDArray[np.bool_]]:
    """Hang one garment over a chair of the picture, or drop it anywhere where there is none."""
    chairs = boxes[slots == SLOT_OF_CLASS["chair"]]
    if len(chairs) and rng.random() < 0.85:
        place = chairs[rng.integers(len(chairs))]
    else:
        side = rng.uniform(60, 300, 2)
        corner = rng.uniform(0, np.maximum(np.array(image.shape[1::-1]) - side, 1))
        place = np.concatenate([corner, corner + side]).astype(np.float32)
    cut = garments[int(rng.integers(len(garments)))]
    image, box = hang_over(image, place, cut, rng)
    if box is None:
        return image, boxes, slots, background
    # what the cloth hides by three quarters is no longer taught
    low, high = np.maximum(boxes[:, :2], box[:2]), np.minimum(boxes[:, 2:], box[2:])
    hidden = np.clip(high - low, 0, None).prod(1) / (boxes[:, 2:] - boxes[:, :2]).prod(1).clip(1)
    open_ = (hidden < 0.75) | (slots == SLOT_OF_CLASS["chair"])
    return (
        image,
        np.concatenate([boxes[open_], box[None]]),
        np.append(slots[open_], SLOT_OF_CLASS["clothing"]),
        np.append(background[open_], False),
    )


def shake(image: Image, rng: np.random.Generator) -> Image:
    """What a camera and a room do: light, colour, grey mode, blur, noise, compression."""
    gain = rng.uniform(0.75, 1.25) * rng.uniform(0.93, 1.07, 3)
    ramp = np.arange(256, dtype=np.float32)[:, None] / 255
    table = np.clip(ramp ** rng.uniform(0.7, 1.4) * gain * 255 + rng.uniform(-12, 12), 0, 255)
    image = cv2.LUT(image, table.astype(np.uint8).reshape(1, 256, 3))
    draw = rng.random(5)
    if draw[0] < 0.5:
        hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
        hue = (np.arange(256) + int(rng.integers(-5, 6))) % 180
        full = np.clip(np.arange(256) * rng.uniform(0.5, 1.5), 0, 255)
        both = np.stack([hue, full, np.arange(256)], 1).astype(np.uint8).reshape(1, 256, 3)
        image = cv2.cvtColor(cv2.LUT(hsv, both), cv2.COLOR_HSV2BGR)
    if draw[1] < 0.06:  # infrared night mode
        image = cv2.cvtColor(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
    if draw[2] < 0.2:
        image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.4, 1.3))
    if draw[3] < 0.3:
        noise = np.empty(image.shape, np.int16)
        cv2.setRNGSeed(int(rng.integers(2**31)))
        cv2.randn(noise, 0.0, float(rng.uniform(2, 9)))
        image = np.clip(image.astype(np.int16) + noise, 0, 255).astype(np.uint8)
    if draw[4] < 0.35:
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(35, 90))]
        packed = cv2.imencode(".jpg", image, quality)[1]
        image = np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)
    return image


def plan_epoch(pools: Sequence[Pool], recipe: Recipe, epoch: int) -> list[tuple[int, int]]:
    """(pool, sample) for each picture of an epoch: by share, none twice before all were drawn."""
    rng = np.random.default_rng([recipe.seed, epoch, 1])
    total = sum(p.source.share for p in pools)
    picks: list[tuple[int, int]] = []
    for i, pool in enumerate(pools):
        count = max(1, round(recipe.pictures_per_epoch * pool.source.share / total))
        size = len(pool.set.samples)
        rounds = [rng.permutation(size) for _ in range(-(-count // size))]
        picks += [(i, int(j)) for j in np.concatenate(rounds)[:count]]
    return [picks[int(k)] for k in rng.permutation(len(picks))]


def batches(pools: Sequence[Pool], recipe: Recipe, epoch: int) -> Iterator[list[Drawn]]:
    """The batches of an epoch, drawn ahead in one thread; a last short batch is left out."""
    plan = plan_epoch(pools, recipe, epoch)
    ready: queue.Queue[list[Drawn] | BaseException | None] = queue.Queue(maxsize=3)
    stop = threading.Event()

    def work() -> None:
        try:
            for start in range(0, len(plan) - recipe.batch + 1, recipe.batch):
                drawn = [
                    draw_picture(
                        pools[i],
                        pools[i].set.samples[j],
                        np.random.default_rng([recipe.seed, epoch, 2, start + k]),
                        recipe,
                    )
                    for k, (i, j) in enumerate(plan[start : start + recipe.batch])
                ]
                if stop.is_set():
                    return
                ready.put(drawn)
            ready.put(None)
        except (DatasetError, OSError, ValueError, cv2.error) as error:
            ready.put(error)

    thread = threading.Thread(target=work, daemon=True, name="batches")
    thread.start()
    try:
        while (item := ready.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        stop.set()
        while not ready.empty():
            ready.get_nowait()
