"""A thing that belongs here and is not here: a sign, a fixture, a device of the fixed set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rules.homes import explained, home_box, in_place
from rules.kinds.base import (
    Answer,
    Clear,
    Sight,
    kind,
    no_reference,
    overlap,
    passed,
    percent,
    scale_at,
    suspect,
    unjudged,
    why_unclear,
)
from rules.layout_schema import HomeSpec
from rules.plane import zone_box
from rules.sizes import short_side_px
from rules.verdict import Box, Value
from vision.seen import BoxPx, ZoneKind


@dataclass(frozen=True, slots=True)
class Params:
    """What belongs where: the ``holds`` of zones of ``zones`` kinds, or with ``homes`` the desk's
    things with a fixed place in the layout (only ``classes``, if given).

    ``optional``: classes whose absence is lawful (a name plate that is worn).  A detection, also
    an unsure one, of the class at the place excuses.  A detector misses things that are there, so
    the place must also differ from the clean reference before anything is called missing; without
    a comparison that is left unjudged, unless ``trust_detector``.
    """

    zones: tuple[ZoneKind, ...] = ()
    holds: tuple[str, ...] = ()
    homes: bool = False
    classes: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    min_share: float = 0.2
    max_hidden: float = 0.1
    max_hidden_by_things: float = 0.2
    min_px: float = 14.0
    trust_detector: bool = False


@kind("object_missing", Params, "应有物品缺失", "object missing")
def judge(sight: Sight, p: Params) -> Answer:
    """Suspect with what is missing, unjudged where it may be hidden or is too small to see."""
    wanted = _wanted(sight, p)
    if not wanted:
        return unjudged("not_configured", {"zone": p.zones[0] if p.zones else "desk_top"})
    missing: list[tuple[str, BoxPx]] = []
    for cls, places, box, home in wanted:
        if _present(sight, cls, places, box, p) or (home is not None and in_place(sight, home)):
            continue
        if not sight.facts.looked_for(cls):
            return unjudged("class_not_known", {"class": cls})
        unclear = _why_unclear(sight, cls, box, p)
        if unclear is not None:
            return unclear
        if sight.facts.reference is None and not p.trust_detector:
            return no_reference(sight)
        if sight.facts.reference is not None and not _differs(sight, box):
            continue  # the detector missed it, the comparison says that nothing changed
        share = explained(sight.facts.differences, box, cls)
        if share > 0.5:  # something else stands there, or before it
            hidden: dict[str, Value] = {"zone": cls, "hidden_percent": percent(share)}
            return unjudged("things_hide", hidden)
        missing.append((cls, box))
    if missing:
        counts = {cls: sum(c == cls for c, _ in missing) for cls, _ in missing}
        values: dict[str, Value] = {
            "missing": ", ".join(f"{c}×{n}" for c, n in sorted(counts.items())),
            "pieces": len(missing),
            "expected": len(wanted),
            "compared": sight.facts.reference is not None,
        }
        confidence = 0.75 if sight.facts.reference is not None else 0.6
        return suspect("missing", values, [Box(c, b, 0.0) for c, b in missing], confidence)
    return passed("all_there", {"expected": len(wanted)})


def _wanted(sight: Sight, p: Params) -> list[tuple[str, tuple[str, ...], BoxPx, HomeSpec | None]]:
    """Class, zone ids in which it may be, the box where it should be, and its fixed place."""
    out: list[tuple[str, tuple[str, ...], BoxPx, HomeSpec | None]] = []
    for zone in sight.zones(*p.zones):
        for cls in sight.camera.holds.get(zone.id, p.holds):
            if cls not in p.optional and (not p.classes or cls in p.classes):
                out.append((cls, (zone.id,), zone_box(sight, zone), None))
    if p.homes and sight.desk is not None:
        own = tuple(z.id for z in sight.camera.zones if z.desk == sight.desk.id)
        for home in sight.camera.things:
            if home.desk != sight.desk.id or home.thing in p.optional:
                continue
            if not p.classes or home.thing in p.classes:
                box = home_box(sight, home.thing, home.at, home.desk)
                out.append((home.thing, own, box, home))
    return out


def _present(sight: Sight, cls: str, zones: Sequence[str], box: BoxPx, p: Params) -> bool:
    for thing in sight.facts.of(cls, sure=False):
        if p.homes and thing.as_clean and overlap(thing.box_xyxy_px, box) <= 0:
            continue  # the clean picture has it there as well: not the one that belongs here
        if sight.desk is not None and thing.desk == sight.desk.id:
            return True
        # a thing is in few zones, a place has many
        for shares in (thing.inside, thing.stands):
            if any(share >= p.min_share and zone in zones for zone, share in shares.items()):
                return True
    return False


def _why_unclear(sight: Sight, cls: str, box: BoxPx, p: Params) -> Answer | None:
    """Whether a person or a thing may stand before the place, or it is too small to be seen."""
    whole = max(1.0, (box[2] - box[0]) * (box[3] - box[1]))
    for person in sight.facts.of("person", sure=False):
        share = overlap(box, person.box_xyxy_px) / whole
        if share > p.max_hidden:
            values: dict[str, Value] = {
                "zone": cls,
                "hidden_percent": round(100 * min(1.0, share), 1),
            }
            return unjudged("person_hides", values)
    zones = sight.zones(*p.zones) if p.zones else sight.zones("desk_top")
    unclear = why_unclear(sight, zones, Clear(0.5, p.max_hidden_by_things, min_in_view=0.8))
    if unclear is not None:
        return unclear
    scales = [scale_at(sight, f)[0] for z in zones if (f := sight.facts.zones.get(z.id))]
    known = [s for s in scales if s is not None]
    side = short_side_px(cls, known[0]) if known else min(box[2] - box[0], box[3] - box[1])
    if side < p.min_px:
        small: dict[str, Value] = {
            "class": cls,
            "short_side_px": round(side, 1),
            "needed_px": p.min_px,
            "scale_measured": bool(known),
        }
        return unjudged("too_few_pixels", small)
    return None


def _differs(sight: Sight, box: BoxPx) -> bool:
    whole = max(1.0, (box[2] - box[0]) * (box[3] - box[1]))
    return any(overlap(d.box_xyxy_px, box) / whole >= 0.1 for d in sight.facts.differences)
