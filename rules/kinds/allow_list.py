"""A known thing on the desk that is not on the desk's list (桌面上除规定放置的物品外)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from datasets.classes import CLASSES
from rules.kinds import object_in_zone
from rules.kinds.base import Answer, Sight, kind, suspect, unjudged
from rules.kinds.object_in_zone import attended
from rules.unexplained import likeliest, unexplained
from rules.verdict import Box, Reason, Value, Verdict
from vision.seen import ZoneKind

NEVER_LISTED = ("person", "chair", "desk", "cabinet", "stain", "cable")
"""What no list of things on a desk speaks of: people, furniture, other clauses' business."""


@dataclass(frozen=True, slots=True)
class Params:
    """Also what nobody can name, where the clean picture does not show it and nobody is there.

    ``allowed``: the standard's own list; a desk's ``allowed`` in the layout replaces it.

    ``ignored``: classes that other clauses speak of.  ``in_use``: classes that are fine while
    somebody is at the desk (the case being handled).
    """

    allowed: tuple[str, ...]
    zones: tuple[ZoneKind, ...] = ("desk_top",)
    except_zones: tuple[ZoneKind, ...] = ("public_side", "cup_point", "phone_point")
    ignored: tuple[str, ...] = ()
    gate_classes: tuple[str, ...] = ("book",)
    unattended: bool = False
    min_share: float = 0.5
    accuse_px: float = 10.0
    max_hidden: float = 0.25
    min_px: float = 10.0
    min_area_cm2: float = 100.0
    may_be: float = 0.15
    """A listed thing seen with this confidence may be what nobody can name: left open."""


@kind("allow_list", Params, "规定物品之外", "not on the allow-list")
def judge(sight: Sight, p: Params) -> Answer:
    """As ``object_in_zone`` for every class that is not on the list."""
    allowed = p.allowed
    if sight.desk is not None and sight.desk.allowed is not None:
        allowed = sight.desk.allowed
    skip = {*allowed, *p.ignored, *NEVER_LISTED}
    answer = object_in_zone.judge(
        sight,
        object_in_zone.Params(
            classes=tuple(c for c in CLASSES if c not in skip),
            zones=p.zones,
            except_zones=p.except_zones,
            gate_classes=p.gate_classes,
            min_share=p.min_share,
            accuse_px=p.accuse_px,
            max_hidden=p.max_hidden,
            min_px=p.min_px,
            unattended=p.unattended,
            doubt_changes=False,
        ),
    )
    if answer.verdict is Verdict.PASS:
        return _unnamed(sight, p, (*allowed, *p.ignored)) or answer
    if answer.verdict is not Verdict.SUSPECT:
        return answer
    return replace(answer, reason=Reason("not_allowed", answer.reason.values))


def _unnamed(sight: Sight, p: Params, fine: tuple[str, ...]) -> Answer | None:
    """Something new on the desk that no seen thing explains, or None."""
    if attended(sight) is not None:
        return None
    except_ = [z for kind_ in p.except_zones for z in sight.shared(kind_)]
    elsewhere = {d.box_xyxy_px for d in unexplained(sight, except_)}
    large = [
        d
        for d in unexplained(sight, sight.zones(*p.zones))
        if d.area_cm2 is not None
        and d.area_cm2 >= p.min_area_cm2
        and d.box_xyxy_px not in elsewhere
    ]
    new = []
    for d in large:
        listed = likeliest(sight, d, fine)
        if listed is not None and listed.confidence >= p.may_be:
            continue
        new.append(d)
    if not large:
        return None
    best = max(new or large, key=lambda d: (d.share, d.delta_e))
    values: dict[str, Value] = {
        "area_cm2": round(best.area_cm2 or 0.0, 0),
        "delta_e": round(best.delta_e, 1),
    }
    boxes = [Box("unknown", d.box_xyxy_px, 0.0) for d in new or large]
    if not new:
        return unjudged("unnamed_change", values, boxes)
    values = {"pieces": len(new), "zone": p.zones[0], **values}
    values["share_percent"] = round(100 * best.share, 1)
    return suspect("unknown_thing", values, boxes, min(0.79, 0.4 + best.delta_e / 60))
