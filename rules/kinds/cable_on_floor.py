"""A cable or power strip that touches the floor; a bundle in its tray does not."""

from __future__ import annotations

from dataclasses import dataclass

from rules.kinds.base import (
    Answer,
    Clear,
    Sight,
    box_of,
    kind,
    named,
    overlap,
    passed,
    stands,
    suspect,
    unjudged,
    why_unclear,
)
from rules.verdict import Value
from vision.seen import CableTrace, Thing, Zone, ZoneKind


@dataclass(frozen=True, slots=True)
class Params:
    """``zones``: what is floor.  A box counts with ``min_share`` of its foot on it.

    Where the line inside a cable's box was traced, at least ``min_floor_share`` of it must lie on
    the floor and be ``min_length_cm`` long (a plug's end is none); ``max_bundled`` strands or fewer
    off the floor are a tied bundle and fine.
    """

    classes: tuple[str, ...] = ("cable", "power_strip")
    zones: tuple[ZoneKind, ...] = ("under_desk", "floor")
    min_share: float = 0.5
    min_floor_share: float = 0.3
    min_length_cm: float = 15.0
    accuse_px: float = 6.0
    max_thing_hidden: float = 0.6
    doubt_from: float = 0.3
    max_hidden: float = 0.25
    max_hidden_by_things: float = 0.6
    min_px: float = 8.0
    gate_classes: tuple[str, ...] = ("cable", "power_strip")


@kind("cable_on_floor", Params, "线缆触地", "cable on the floor")
def judge(sight: Sight, p: Params) -> Answer:
    """Suspect with length and strands where they were traced."""
    zones = sight.zones(*p.zones)
    if not zones:
        return unjudged("not_configured", {"zone": p.zones[0]})
    found = [
        (thing, _trace_of(thing, sight))
        for thing in sight.facts.new(*p.classes, sure=False)
        if sight.mine(thing) and stands(thing, zones) >= p.min_share
    ]
    lying = [(t, trace) for t, trace in found if _lies(t, trace, zones, p)]
    accused = [
        (t, trace)
        for t, trace in lying
        if t.sure and t.short_side_px >= p.accuse_px and t.hidden <= p.max_thing_hidden
    ]
    if accused:
        values: dict[str, Value] = {
            "things": named(t for t, _ in accused),
            "pieces": len(accused),
            "share_percent": round(100 * max(stands(t, zones) for t, _ in accused), 1),
        }
        lengths = [x.length_cm for _, x in accused if x is not None and x.length_cm is not None]
        if lengths:
            values["length_cm"] = round(max(lengths), 1)
        strands = [x.branches for _, x in accused if x is not None]
        if strands:
            values["strands"] = max(strands)
        confidence = round(max(t.confidence for t, _ in accused), 4)
        return suspect("cable_on_floor", values, [box_of(t) for t, _ in accused], confidence)
    clear = Clear(p.max_hidden, p.max_hidden_by_things, min_px=p.min_px)
    unclear = why_unclear(sight, zones, clear, p.gate_classes)
    if unclear is not None:
        return unclear
    doubt = max((t for t, _ in lying), key=lambda t: t.confidence, default=None)
    if doubt is not None and (doubt.sure or doubt.confidence >= p.doubt_from):
        doubted: dict[str, Value] = {"class": doubt.cls, "confidence": round(doubt.confidence, 2)}
        return unjudged("maybe_seen", doubted, [box_of(doubt)])
    return passed("floor_clear", {"cables_off_floor": len(found) - len(lying)})


def _trace_of(thing: Thing, sight: Sight) -> CableTrace | None:
    """The trace inside this thing's box, if its line was followed."""
    best: CableTrace | None = None
    most = 0.0
    for trace in sight.facts.cables:
        shared = overlap(trace.box_xyxy_px, thing.box_xyxy_px)
        if shared > most:
            best, most = trace, shared
    return best


def _lies(thing: Thing, trace: CableTrace | None, zones: tuple[Zone, ...], p: Params) -> bool:
    if thing.cls == "power_strip" or trace is None:
        return True
    on_floor = max((trace.floor_share.get(z.id, 0.0) for z in zones), default=0.0)
    if on_floor < p.min_floor_share:
        return False
    return trace.length_cm is None or trace.length_cm * on_floor >= p.min_length_cm
