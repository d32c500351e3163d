"""A model card's pictures: precision over recall by class, and hits and misses to look at.

Only pictures of our own renderer are shown, and the people in them masked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np

from datasets.classes import CLASS_INDEX, CLASSES
from datasets.samples import LabelledSet, read_yolo_set
from models.evaluate import Looked, look_at
from models.metrics import Truth, iou_matrix, short_side
from models.rendered import hidden_things, overlap_share, well_seen
from models.thresholds import CLAIM_IOU, CLAIM_IOU_ELSE, KIN, LEAST_PX, SCORED
from vision.images import read_image
from vision.mask import mask_people
from vision.model_file import ModelFile
from vision.seen import BoxPx, DatasetError, Detections, Image

PLOT_PX: Final = (132, 96)
PLOTS_A_ROW: Final = 6
THUMB_PX: Final = 128
CAPTION_PX: Final = 16
A_ROW: Final = 9
QUALITY: Final = 78
MAYBE_PERSON: Final = 0.2
MASKED_SHARE: Final = 0.15
COLOURS_BGR: Final[Mapping[str, tuple[int, int, int]]] = {
    "hit": (70, 170, 60),
    "miss": (50, 50, 220),
    "false": (0, 150, 240),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing on the contact sheet: ``what`` is hit, miss or false."""

    what: str
    cls: str
    picture: int
    box_xyxy_px: BoxPx
    confidence: float | None


def curves_svg(report: Mapping[str, Any]) -> str:
    """Small charts of precision (up) over recall (right), one for each class with boxes."""
    names = [n for n, points in report["curves"].items() if points]
    rows = -(-len(names) // PLOTS_A_ROW)
    wide, high = PLOT_PX[0] + 16, PLOT_PX[1] + 34
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide * PLOTS_A_ROW}" '
        f'height="{high * rows}" font-family="sans-serif" font-size="11">',
        '<rect width="100%" height="100%" fill="#fff"/>',
    ]
    for number, name in enumerate(names):
        x, y = number % PLOTS_A_ROW * wide + 8, number // PLOTS_A_ROW * high + 22
        boxes = report["rendered_val"]["classes"][name]["boxes"]
        points = [(0.0, report["curves"][name][0][1]), *report["curves"][name]]
        line = " ".join(
            f"{x + PLOT_PX[0] * recall:.1f},{y + PLOT_PX[1] * (1 - precision):.1f}"
            for recall, precision in points
        )
        out += [
            f'<text x="{x}" y="{y - 6}">{name}, {boxes} boxes</text>',
            f'<rect x="{x}" y="{y}" width="{PLOT_PX[0]}" height="{PLOT_PX[1]}" fill="none" '
            'stroke="#bbb"/>',
            f'<polyline points="{line}" fill="none" stroke="#1a5fb4" stroke-width="1.5"/>',
        ]
    return "\n".join([*out, "</svg>"]) + "\n"


def write_pictures(
    model: ModelFile, report: Mapping[str, Any], rendered: Path, docs: Path
) -> list[Path]:
    """Write the curves, and where the rendered set is at hand the contact sheet; their paths."""
    docs.mkdir(parents=True, exist_ok=True)
    written = [docs / f"{model.name}-curves.svg"]
    written[0].write_text(curves_svg(report), encoding="utf-8")
    if (rendered / "val" / "meta").is_dir():
        hall = read_yolo_set(rendered / "val")
        sheet = contact_sheet(hall, look_at(hall, model, road="whole"))
        ok, data = cv2.imencode(".jpg", sheet, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
        if not ok:
            raise DatasetError(f"{docs}: the contact sheet could not be encoded.")
        written.append(docs / f"{model.name}-sheet.jpg")
        written[1].write_bytes(data.tobytes())
    return written


def contact_sheet(hall: LabelledSet, looked: Looked) -> Image:
    """Rows of hits, of misses and of false boxes, each thing framed in its picture."""
    shown = choose_shown(looked, well_seen(hall), hidden_things(hall))
    rows = []
    for what in COLOURS_BGR:
        some = [s for s in shown if s.what == what]
        for start in range(0, len(some), A_ROW):
            thumbs = [_thumb(hall, looked, s) for s in some[start : start + A_ROW]]
            blank = np.full_like(thumbs[0], 255)
            rows.append(np.hstack(thumbs + [blank] * (A_ROW - len(thumbs))))
    return np.vstack(rows) if rows else np.full((THUMB_PX, THUMB_PX, 3), 255, np.uint8)


def choose_shown(looked: Looked, clear: Sequence[Truth], hidden: Sequence[Truth]) -> list[Shown]:
    """For each scored class a hit of middling sureness, the largest miss, the surest false box.

    Neither the best nor, of the hits, the worst: what an inspector may expect.
    """
    out: list[Shown] = []
    people = [_people(truth, seen) for truth, seen in zip(looked.truths, looked.seen, strict=True)]
    for name in (n for n in CLASSES if n in SCORED and CLASS_INDEX[n] in looked.matches):
        every = _of_class(name, looked, clear, hidden)
        found = {
            what: [s for s in shown if not _masked(s.box_xyxy_px, people[s.picture])]
            for what, shown in every.items()
        }
        ranked = sorted(found["hit"], key=lambda s: s.confidence or 0.0)
        out += ranked[len(ranked) // 2 :][:1]
        out += sorted(found["miss"], key=_side)[-1:]
        out += sorted(found["false"], key=lambda s: s.confidence or 0.0)[-1:]
    return out


def _of_class(
    name: str, looked: Looked, clear: Sequence[Truth], hidden: Sequence[Truth]
) -> dict[str, list[Shown]]:
    cls, least = CLASS_INDEX[name], looked.model.thresholds.get(name, 1.1)
    kind = [CLASS_INDEX[n] for group in KIN if name in group for n in group] or [cls]
    iou = CLAIM_IOU.get(name, CLAIM_IOU_ELSE)
    out: dict[str, list[Shown]] = {"hit": [], "miss": [], "false": []}
    for number, seen in enumerate(looked.seen):
        mine = (seen.class_index == cls) & (seen.confidence >= least)
        boxes, sure = seen.boxes_xyxy_px[mine], seen.confidence[mine]
        truth = looked.truths[number]
        own = truth.boxes_xyxy_px[truth.class_index == cls]
        overlap = iou_matrix(boxes, own)
        right = overlap.max(1, initial=0.0) >= iou
        unseen = hidden[number]
        there = [t.boxes_xyxy_px[np.isin(t.class_index, kind)] for t in (truth, unseen)]
        wrong = iou_matrix(boxes, np.concatenate(there)).max(1, initial=0.0) < iou
        wrong &= short_side(boxes) >= LEAST_PX
        for what, chosen in (("hit", right), ("false", wrong)):
            out[what] += [
                Shown(what, name, number, _box(boxes[i]), float(sure[i]))
                for i in np.flatnonzero(chosen)
            ]
        well = clear[number].boxes_xyxy_px[clear[number].class_index == cls]
        every = seen.boxes_xyxy_px[np.isin(seen.class_index, kind) & (seen.confidence >= least)]
        missed = iou_matrix(well, every).max(1, initial=0.0) < iou
        missed &= short_side(well) >= LEAST_PX
        out["miss"] += [
            Shown("miss", name, number, _box(well[i]), None) for i in np.flatnonzero(missed)
        ]
    return out


def _thumb(hall: LabelledSet, looked: Looked, shown: Shown) -> Image:
    """A square around a thing, framed, with a caption below."""
    image = read_image(hall.samples[shown.picture].image)
    people = _people(looked.truths[shown.picture], looked.seen[shown.picture])
    image = mask_people(image, people)
    x1, y1, x2, y2 = shown.box_xyxy_px
    side = int(min(*image.shape[:2], max(96.0, 1.6 * max(x2 - x1, y2 - y1))))
    left = int(np.clip((x1 + x2 - side) / 2, 0, image.shape[1] - side))
    top = int(np.clip((y1 + y2 - side) / 2, 0, image.shape[0] - side))
    inner = THUMB_PX - 2
    part = cv2.resize(
        image[top : top + side, left : left + side], (inner, inner), interpolation=cv2.INTER_AREA
    )
    scale = inner / side
    first = (round((x1 - left) * scale), round((y1 - top) * scale))
    last = (round((x2 - left) * scale), round((y2 - top) * scale))
    cv2.rectangle(part, first, last, COLOURS_BGR[shown.what], 1)
    out = np.full((THUMB_PX + CAPTION_PX, THUMB_PX, 3), 255, np.uint8)
    out[:inner, :inner] = part
    sure = "" if shown.confidence is None else f" {shown.confidence:.2f}"
    text = f"{shown.what}: {shown.cls}{sure}"
    at = (1, THUMB_PX + CAPTION_PX - 5)
    cv2.putText(
        out, text, at, cv2.FONT_HERSHEY_SIMPLEX, 0.36, COLOURS_BGR[shown.what], 1, cv2.LINE_AA
    )
    return out


def _people(truth: Truth, seen: Detections) -> list[BoxPx]:
    """Whoever is or may be in a picture."""
    person = CLASS_INDEX["person"]
    sure = (seen.class_index == person) & (seen.confidence >= MAYBE_PERSON)
    there = [*truth.boxes_xyxy_px[truth.class_index == person], *seen.boxes_xyxy_px[sure]]
    return [_box(box) for box in there]


def _masked(box: BoxPx, people: Sequence[BoxPx]) -> bool:
    """Whether a mask would hide more than a little of a thing."""
    return any(overlap_share(box, person) > MASKED_SHARE for person in people)


def _side(shown: Shown) -> float:
    x1, y1, x2, y2 = shown.box_xyxy_px
    return min(x2 - x1, y2 - y1)


def _box(row: Any) -> BoxPx:  # noqa: ANN401 - any row of four numbers
    x1, y1, x2, y2 = (float(v) for v in row)
    return (x1, y1, x2, y2)
