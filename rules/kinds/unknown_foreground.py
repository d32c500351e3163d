"""Something that the clean reference does not show and no class explains."""

from __future__ import annotations

from dataclasses import dataclass

from rules.kinds.base import (
    Answer,
    Clear,
    Sight,
    compact,
    inside,
    kind,
    no_reference,
    passed,
    scale_at,
    share_in,
    suspect,
    unjudged,
    why_unclear,
)
from rules.unexplained import MOVABLE
from rules.verdict import Box, Value
from vision.seen import Difference, Thing, ZoneKind


@dataclass(frozen=True, slots=True)
class Params:
    """A difference counts from ``min_area_cm2`` on (or ``min_share`` of the zone where there is no
    scale) and a colour distance of ``min_delta_e``.

    ``known``: classes that may explain it and are fine; others explain it as a finding only where
    ``accuse_known``.  ``allow_notices``: as many as the register of approved notices allows.
    """

    zones: tuple[ZoneKind, ...]
    min_area_cm2: float = 60.0
    min_share: float = 0.01
    min_delta_e: float = 8.0
    max_area_share: float = 0.6
    known: tuple[str, ...] = ("person", "chair")
    accuse_known: bool = False
    explains_from: float = 0.3
    allow_notices: bool = False
    unattended: bool = True
    max_hidden: float = 0.1
    min_px_per_cm: float = 0.8


@kind("unknown_foreground", Params, "与基准图不符", "unknown foreground against the reference")
def judge(sight: Sight, p: Params) -> Answer:
    """Suspect with area and colour distance; unjudged without a comparison in this light."""
    zones = sight.zones(*p.zones)
    if not zones:
        return unjudged("not_configured", {"zone": p.zones[0]})
    if sight.facts.reference is None:
        return no_reference(sight)
    if p.unattended and (person := _somebody(sight)) is not None:
        return unjudged("in_use", {"person_confidence": round(person.confidence, 2)})
    ids = {z.id for z in zones}
    facts = [sight.facts.zones[z.id] for z in zones if z.id in sight.facts.zones]
    here = [d for d in sight.facts.differences if d.zone in ids and _counts(d, p)]
    found = [d for d in here if not _explained(d, sight, p)]
    if p.allow_notices:
        allowed = sum(sight.registers.notices_in(z.id, sight.facts.taken_at.date()) for z in zones)
        found = sorted(found, key=lambda d: -d.share)[: max(0, len(found) - allowed)]
    unclear = why_unclear(sight, zones, Clear(max_hidden=p.max_hidden))
    if found and not any(d.share <= p.max_area_share and compact(sight, d) for d in found):
        # what is as large as the zone or does not fill its box is light or a knocked camera
        return unjudged("all_changed", {"share_percent": round(100 * max(d.share for d in found))})
    found = [d for d in found if d.share <= p.max_area_share and compact(sight, d)]
    if found:
        best = max(found, key=lambda d: (d.share, d.delta_e))
        values: dict[str, Value] = {
            "pieces": len(found),
            "zone": zones[0].kind,
            "delta_e": round(best.delta_e, 1),
            "share_percent": round(100 * best.share, 1),
        }
        if best.area_cm2 is not None:
            values["area_cm2"] = round(best.area_cm2, 0)
        boxes = [Box(d.known or "unknown", d.box_xyxy_px, 0.0) for d in found]
        return suspect("unknown_thing", values, boxes, min(0.79, 0.4 + best.delta_e / 60))
    if unclear is not None:
        return unclear
    for fact in facts:
        scale, _ = scale_at(sight, fact)
        if scale is not None and scale[0] < p.min_px_per_cm:
            coarse: dict[str, Value] = {
                "px_per_cm": round(scale[0], 2),
                "needed_px_per_cm": p.min_px_per_cm,
            }
            return unjudged("too_coarse", coarse)
    return passed("as_reference", {"differences": len(here)})


def _counts(difference: Difference, p: Params) -> bool:
    if difference.delta_e < p.min_delta_e:
        return False
    if difference.area_cm2 is not None:
        return difference.area_cm2 >= p.min_area_cm2
    return difference.share >= p.min_share


def _explained(difference: Difference, sight: Sight, p: Params) -> bool:
    """Whether a known and fine thing, a person in the way or a moved chair accounts for it."""
    if difference.gone in MOVABLE:
        return True
    if difference.known is not None:
        return not p.accuse_known or difference.known in p.known
    # a chair that stands as in the clean picture explains no change
    there = (*sight.facts.of("person", sure=False), *sight.facts.new(*p.known, sure=False))
    return any(
        share_in(difference.box_xyxy_px, thing.box_xyxy_px) >= 0.3
        for thing in there
        if thing.cls == "person" or thing.confidence >= p.explains_from
    )


def _somebody(sight: Sight) -> Thing | None:
    """A person at the desk or in the zone, also an unsure one."""
    places = (*sight.zones("staff", "chair", "seat", "desk_top"), *filter(None, (sight.zone,)))
    for person in sight.facts.of("person", sure=False):
        own = sight.desk is not None and person.desk == sight.desk.id
        if own or inside(person, places) > 0.1:
            return person
    return None
