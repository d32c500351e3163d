"""A known thing on the desk that is not on the desk's list (桌面上除规定放置的物品外)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from datasets.classes import CLASSES
from rules.kinds import object_in_zone
from rules.kinds.base import Answer, Sight, kind
from rules.verdict import Reason, Verdict
from vision.seen import ZoneKind

NEVER_LISTED = ("person", "chair", "desk", "cabinet", "stain", "cable")
"""What no list of things on a desk speaks of: people, furniture, other clauses' business."""


@dataclass(frozen=True, slots=True)
class Params:
    """``allowed``: the standard's own list; a desk's ``allowed`` in the layout replaces it.

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
        ),
    )
    if answer.verdict is not Verdict.SUSPECT:
        return answer
    return replace(answer, reason=Reason("not_allowed", answer.reason.values))
