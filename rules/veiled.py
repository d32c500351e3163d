"""Who is masked before anybody sees a picture, and what disappears under the masks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rules.boxes import iou, share_in
from rules.verdict import Box
from vision.seen import BoxPx, Facts, Thing

SAME_PLACE_IOU: Final = 0.4
FAR_SURER: Final = 4.0
"""So many times as sure of a chair as of a person: it is the chair."""
VEILED: Final = 0.5
"""With more of its box under one person's mask a thing can't be recognised in the evidence."""


def people_of(facts: Facts) -> tuple[BoxPx, ...]:
    """Every box that may hold a person, the unsure ones too.

    Left out: what stands in the clean picture as well, where nobody is, and what the detector
    itself, far more surely, takes for a chair or a coat at the same place: masking that would hide
    the evidence and nobody.
    """
    surely = [t for t in facts.things if t.sure and t.cls not in ("person", "desk")]
    return tuple(
        t.box_xyxy_px
        for t in facts.things
        if t.cls == "person"
        and not t.as_clean
        and not (t.faint and any(_is_rather(t, other) for other in surely))
    )


def can_be_shown(facts: Facts, boxes: Iterable[Box]) -> bool:
    """Whether one still sees each of these boxes once the people of the frame are masked."""
    people = people_of(facts)
    return not any(share_in(box.xyxy_px, who) > VEILED for box in boxes for who in people)


def _is_rather(faint: Thing, other: Thing) -> bool:
    return (
        other.confidence >= FAR_SURER * faint.confidence
        and iou(faint.box_xyxy_px, other.box_xyxy_px) >= SAME_PLACE_IOU
    )
