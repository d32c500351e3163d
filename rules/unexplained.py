"""What changed against the clean picture and nobody can name: never a reason to call a place clean.

A detector overlooks things, the comparison with the clean picture seldom does.  A compact change
that no seen thing explains, and where nothing of the clean picture left its place, is something
new: where nothing at all may lie it is a finding, where only some things may not, it leaves open
whether it is one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from rules.boxes import area, overlap, share_in
from rules.plane import zone_box
from rules.sizes import SIZE_CM
from vision.seen import Difference, Thing, Zone

if TYPE_CHECKING:  # the kinds import this module
    from rules.kinds.base import Sight

MOVABLE: Final = frozenset({"chair", "bin"})
"""Where one of these left its place, the bare place is no new thing."""
MIN_DELTA_E: Final = 8.0
MIN_FILL: Final = 0.25
MAX_ZONE_SHARE: Final = 0.6
"""What is as large as the zone is light or a knocked camera."""
SMALLER: Final = 0.35
LARGER: Final = 4.0
"""How much smaller or larger than a thing of a class a change may be and still be one."""
MIN_SHARE: Final = 0.01
"""Of its zone, where there is no scale."""
COVERS: Final = 0.4


def compact(sight: Sight, difference: Difference) -> bool:
    """Whether a region that differs fills its box: things do, edges of light and shadow don't.

    Only the part inside its zone's own box counts: the rest of the region is not measured here.
    """
    fact = sight.facts.zones.get(difference.zone)
    zone = next((z for z in sight.camera.zones if z.id == difference.zone), None)
    whole = area(difference.box_xyxy_px)
    if zone is not None:
        whole = overlap(difference.box_xyxy_px, zone_box(sight, zone))
    if fact is None or whole <= 0:
        return True
    return difference.share * fact.area_px >= MIN_FILL * whole


def unexplained(sight: Sight, zones: Sequence[Zone]) -> list[Difference]:
    """The changes of these zones that are something new which nobody can name, largest first.

    Empty where no comparison was made.
    """
    if sight.facts.reference is None:
        return []
    ids = {z.id for z in zones}
    found = [
        d
        for d in sight.facts.differences
        if d.zone in ids
        and d.known is None
        and d.gone not in MOVABLE
        and d.delta_e >= MIN_DELTA_E
        and d.share <= MAX_ZONE_SHARE
        and compact(sight, d)
    ]
    return sorted(found, key=lambda d: (-d.share, d.box_xyxy_px))


def could_be(difference: Difference, classes: Iterable[str]) -> str | None:
    """The first of the classes whose things are about as large as the change, or None.

    A thing that stands shows its side too, which on the plane it stands on looks longer still.
    """
    if difference.area_cm2 is None:
        return next(iter(classes), None) if difference.share >= MIN_SHARE else None
    for cls in classes:
        long, short, height = SIZE_CM[cls]
        if SMALLER * long * short <= difference.area_cm2 <= LARGER * long * (short + height):
            return cls
    return None


def likeliest(sight: Sight, difference: Difference, classes: Iterable[str]) -> Thing | None:
    """The surest thing of these classes, sure or not, whose box covers much of the change."""
    there = (
        t
        for t in sight.facts.new(*classes, sure=False)
        if share_in(difference.box_xyxy_px, t.box_xyxy_px) >= COVERS
    )
    return max(there, key=lambda t: t.confidence, default=None)
