"""Litter, stains and spills on the floor against the clean reference."""

from __future__ import annotations

from dataclasses import dataclass

from rules.kinds.base import (
    Answer,
    Clear,
    Sight,
    box_of,
    compact,
    kind,
    maybe_seen,
    named,
    passed,
    share_in,
    stands,
    suspect,
    unjudged,
    why_unclear,
)
from rules.verdict import Box, Value
from vision.seen import ZoneKind


@dataclass(frozen=True, slots=True)
class Params:
    """Seen ``classes`` on the floor are a finding; so is an unexplained difference from the clean
    reference between ``min_area_cm2`` and ``max_area_cm2`` with at least ``min_delta_e``.

    Larger ones, and such that don't fill their box, are light, shadow or furniture and leave the
    floor unjudged.
    """

    zones: tuple[ZoneKind, ...] = ("floor",)
    classes: tuple[str, ...] = ("litter", "stain")
    min_share: float = 0.5
    accuse_px: float = 8.0
    min_area_cm2: float = 30.0
    max_area_cm2: float = 1500.0
    min_delta_e: float = 10.0
    max_hidden: float = 0.3
    max_hidden_by_things: float = 0.3
    min_px: float = 8.0
    doubt_from: float = 0.3


@kind("floor_dirt", Params, "地面污迹垃圾", "floor dirt")
def judge(sight: Sight, p: Params) -> Answer:
    """Suspect with pieces and area in cm², clean only where litter could have been seen."""
    zones = sight.zones(*p.zones)
    if not zones:
        return unjudged("not_configured", {"zone": p.zones[0]})
    found = [
        t
        for t in sight.facts.new(*p.classes, sure=False)
        if stands(t, zones) >= p.min_share and sight.mine(t) and t.hidden <= 0.5
    ]
    sure = [t for t in found if t.sure and t.short_side_px >= p.accuse_px]
    if sure:
        values: dict[str, Value] = {"things": named(sure), "pieces": len(sure)}
        sizes = [t.size_cm for t in sure if t.size_cm is not None]
        if sizes:
            values["longest_cm"] = round(max(max(s) for s in sizes), 1)
        confidence = round(max(t.confidence for t in sure), 4)
        return suspect("dirt_seen", values, [box_of(t) for t in sure], confidence)
    ids = {z.id for z in zones}
    covers = sight.facts.of("person", "chair", "bag", "carton", "bin", "plant", sure=False)
    unexplained = [
        d
        for d in sight.facts.differences
        if d.zone in ids
        and d.known is None
        and d.delta_e >= p.min_delta_e
        and d.area_cm2 is not None
        and d.area_cm2 >= p.min_area_cm2
        and not any(share_in(d.box_xyxy_px, t.box_xyxy_px) >= 0.2 for t in covers)
    ]
    small = [d for d in unexplained if (d.area_cm2 or 0.0) <= p.max_area_cm2 and compact(sight, d)]
    if small and len(small) == len(unexplained):
        best = max(small, key=lambda d: d.delta_e)
        differ: dict[str, Value] = {
            "pieces": len(small),
            "area_cm2": round(sum(d.area_cm2 or 0.0 for d in small), 0),
            "delta_e": round(best.delta_e, 1),
        }
        boxes = [Box("stain", d.box_xyxy_px, 0.0) for d in small]
        return suspect("floor_differs", differ, boxes, 0.55)
    if unexplained:
        return unjudged("light_on_floor", {"pieces": len(unexplained)})
    unclear = why_unclear(
        sight, zones, Clear(p.max_hidden, p.max_hidden_by_things, 0.5, min_px=p.min_px), p.classes
    )
    if unclear is not None:
        return unclear
    doubt = maybe_seen(found, p.doubt_from)
    if doubt is not None:
        return doubt
    return passed("floor_clean", {"compared": sight.facts.reference is not None})
