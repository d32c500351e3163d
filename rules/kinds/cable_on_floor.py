"""A cable or power strip that touches the floor; a bundle in its tray does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from datasets.classes import CLASSES
from rules.kinds.base import (
    Answer,
    Clear,
    Sight,
    box_of,
    kind,
    maybe_seen,
    named,
    overlap,
    passed,
    share_in,
    stands,
    suspect,
    unjudged,
    unnamed,
    why_unclear,
)
from rules.unexplained import could_be, unexplained
from rules.verdict import Box, Value
from vision.seen import CableTrace, Thing, Zone, ZoneKind

LINE_CONFIDENCE: Final = 0.45
TOUCHES: Final = 0.5
"""From this share of a line in something else's box on the line may be that thing's."""
OTHERS: Final = frozenset({"cable", "power_strip", "desk", "cabinet", None})


@dataclass(frozen=True, slots=True)
class Params:
    """``zones``: what is floor.  A box counts with ``min_share`` of its foot on it.

    Where the line inside a cable's box was traced, at least ``min_floor_share`` of it must lie on
    the floor and be ``min_length_cm`` long (a plug's end is none); ``max_bundled`` strands or fewer
    off the floor are a tied bundle and fine.  New lines on the floor, of ``line_length_cm``
    together, which the clean picture lacks and no seen thing explains, are a cable where the
    detector has a guess of one, and unjudged where it has none.
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
    line_length_cm: float = 25.0


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
    line = _new_line(sight, zones, [t for t, _ in lying], p)
    if line is not None:
        return line
    clear = Clear(p.max_hidden, p.max_hidden_by_things, min_px=p.min_px)
    unclear = why_unclear(sight, zones, clear, p.gate_classes)
    if unclear is not None:
        return unclear
    doubt = maybe_seen((t for t, _ in lying), p.doubt_from)
    if doubt is not None:
        return doubt
    for new in unexplained(sight, zones):
        if could_be(new, ["power_strip"]) is not None:
            return unnamed(new)
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


def _new_line(
    sight: Sight, zones: tuple[Zone, ...], guesses: Sequence[Thing], p: Params
) -> Answer | None:
    """A line on the floor that the clean picture lacks and that nothing else explains, or None.

    A finding where the detector has a guess of a cable there, however faint; else it may as well
    be a bundle before the desk's back: not judged.
    """
    lines: list[tuple[CableTrace, float]] = []
    for line in sight.facts.lines:
        on = max((line.floor_share.get(z.id, 0.0) for z in zones), default=0.0)
        if line.length_cm is None or on < p.min_floor_share or _explained(sight, line):
            continue
        lines.append((line, line.length_cm * on))
    # a cable passes behind a chair's leg: its pieces count together
    length = sum(cm for _, cm in lines)
    if length < p.line_length_cm:
        return None
    values: dict[str, Value] = {
        "length_cm": round(length, 1),
        "pieces": len(lines),
    }
    boxes = [Box("cable", line.box_xyxy_px, 0.0) for line, _ in lines]
    if any(overlap(g.box_xyxy_px, box.xyxy_px) > 0 for g in guesses for box in boxes):
        return suspect("line_on_floor", values, boxes, LINE_CONFIDENCE)
    return unjudged("line_on_floor", values, boxes)


def _explained(sight: Sight, line: CableTrace) -> bool:
    """Whether a person, something that stands there now or something that left may have drawn it.

    A chair's foot, a bag's strap and the edge of a shadow are lines as well.
    """
    box = line.box_xyxy_px
    near = (*sight.facts.of("person", sure=False), *sight.facts.new(*CLASSES))
    others = (t.box_xyxy_px for t in near if t.cls not in OTHERS)
    changes = (d.box_xyxy_px for d in sight.facts.differences if d.known not in OTHERS or d.gone)
    return any(share_in(box, other) >= TOUCHES for other in (*others, *changes))
