"""The fixed set stands in its order, left to right (摆放次序区域位置统一且固定)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from rules.homes import stood_for
from rules.kinds.base import (
    Answer,
    Sight,
    box_of,
    inside,
    kind,
    passed,
    stands,
    suspect,
    unjudged,
)
from rules.verdict import Value
from vision.seen import Thing, ZoneKind


@dataclass(frozen=True, slots=True)
class Params:
    """``order``: class names left to right; a desk's ``order`` in the layout replaces it.

    Two things count as swapped when their feet are at least ``min_gap_px`` apart the wrong way and
    not both stand as in the clean picture.
    """

    order: tuple[str, ...] = ()
    zones: tuple[ZoneKind, ...] = ("desk_top", "counter_top")
    min_gap_px: float = 12.0
    min_share: float = 0.3
    accuse_px: float = 10.0


@kind("order", Params, "次序不符", "left-to-right order")
def judge(sight: Sight, p: Params) -> Answer:
    """Suspect with the order seen; pass only where every thing of the order was seen once."""
    wanted = p.order
    if sight.desk is not None and sight.desk.order:
        wanted = sight.desk.order
    zones = sight.zones(*p.zones)
    if len(wanted) < 2 or not zones:
        return unjudged("not_configured", {"zone": p.zones[0]})
    homes = [h for h in sight.camera.things if sight.desk is not None and h.desk == sight.desk.id]
    seen: list[Thing] = []
    for cls in wanted:
        here = [
            t
            for t in sight.facts.of(cls)
            if sight.mine(t)
            and max(stands(t, zones), inside(t, zones)) >= p.min_share
            and t.short_side_px >= p.accuse_px
        ]
        if not here:  # overlooked, but its home looks as in the clean picture: it stands there
            here = stood_for(sight, [h for h in homes if h.thing == cls], ())
        if len(here) == 1:  # two of a kind have no place in an order
            seen.append(here[0])
    for left, right in pairwise(seen):
        if left.as_clean and right.as_clean:
            continue  # so they stand in the clean picture: one of them is taken for another
        if left.contact_px[0] - right.contact_px[0] >= p.min_gap_px:
            found = sorted(seen, key=lambda t: t.contact_px[0])
            values: dict[str, Value] = {
                "wanted": " ".join(t.cls for t in seen),
                "found": " ".join(t.cls for t in found),
                "pieces": len(seen),
                "gap_px": round(left.contact_px[0] - right.contact_px[0], 1),
            }
            confidence = round(min(left.confidence, right.confidence), 4)
            return suspect("wrong_order", values, [box_of(left), box_of(right)], confidence)
    if len(seen) < len(wanted):
        blind = [c for c in wanted if not sight.facts.looked_for(c)]
        if blind:
            return unjudged("class_not_known", {"class": blind[0]})
        return unjudged("set_not_seen", {"pieces": len(seen), "expected": len(wanted)})
    return passed("order_right", {"pieces": len(seen)})
