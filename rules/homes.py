"""What the clean picture says where the detector is silent: a home where nothing changed.

A detector overlooks things that are there.  Where a layout names a thing's fixed place, and the
place looks as in the clean picture, the thing stands in it, named or not.  That only ever speaks
for a place: what nobody saw is accused of nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from rules.boxes import area, overlap
from rules.layout_schema import HomeSpec
from rules.plane import norm_px
from rules.sizes import SIZE_CM, scale_at, short_side_px
from vision.seen import BoxPx, Difference, PointNorm, Thing

if TYPE_CHECKING:  # the kinds import this module
    from rules.kinds.base import Sight

SMALLEST_PX: Final = 10.0
"""A smaller thing may go without leaving a change behind."""
DARKEST: Final = 12.0
"""L* of a place in which a change would no longer show."""
TOUCHED: Final = 0.05
"""The share of a home that something changed may take up without the home counting as changed."""
AROUND: Final = 0.06
"""So much of a person's size about it is left out of the comparison."""


def home_box(sight: Sight, cls: str, at: PointNorm, desk: str | None) -> BoxPx:
    """About where a thing's box should be, from where it touches its surface."""
    ((x, y),) = norm_px(sight, [at])
    scale = _scale(sight, desk)
    better = scale[1] if scale is not None else sight.facts.width / 500
    long, short, height = SIZE_CM[cls]
    half = 0.5 * (long + short) / 2 * better
    return (x - half, y - max(height, 0.5 * short) * better, x + half, y)


def _scale(sight: Sight, desk: str | None) -> tuple[float, float] | None:
    for zone in sight.camera.of("desk_top", desk) if desk is not None else ():
        fact = sight.facts.zones.get(zone.id)
        if fact is not None and (scale := scale_at(sight, fact)[0]) is not None:
            return scale
    return None


def unchanged(sight: Sight, box: BoxPx) -> bool:
    """Whether a place was compared with the clean picture, could be seen, and shows nothing new."""
    if sight.facts.reference is None:
        return False
    whole = max(1.0, area(box))
    for person in sight.facts.of("person", sure=False):
        x1, y1, x2, y2 = person.box_xyxy_px
        dx, dy = AROUND * (x2 - x1), AROUND * (y2 - y1)
        if overlap(box, (x1 - dx, y1 - dy, x2 + dx, y2 + dy)) > 0:
            return False
    return all(overlap(d.box_xyxy_px, box) < TOUCHED * whole for d in sight.facts.differences)


def in_place(sight: Sight, home: HomeSpec) -> bool:
    """Whether a thing stands in its home by the comparison alone, whatever the detector named.

    Only for a home that lies in a drawn, lit zone (elsewhere no change is looked for) and whose
    thing is large enough to leave a change behind when it goes.
    """
    if sight.facts.reference is None or not sight.facts.looked_for(home.thing):
        return False
    key = ("in place", home.thing, home.at, home.desk)
    if key not in sight.facts.memo:
        sight.facts.memo[key] = _in_place(sight, home)
    return bool(sight.facts.memo[key])


def _in_place(sight: Sight, home: HomeSpec) -> bool:
    around = sight.camera.watched(home.at)
    if not around:
        return False
    for zone in around:
        fact = sight.facts.zones.get(zone)
        if fact is None or (fact.luminance is not None and fact.luminance < DARKEST):
            return False
    box = home_box(sight, home.thing, home.at, home.desk)
    scale = _scale(sight, home.desk)
    side = min(box[2] - box[0], box[3] - box[1])
    if (side if scale is None else short_side_px(home.thing, scale)) < SMALLEST_PX:
        return False
    return unchanged(sight, box)


def stood_for(sight: Sight, homes: Sequence[HomeSpec], seen: Sequence[Thing]) -> list[Thing]:
    """The things of homes in place that none of the seen things is: each as the clean picture has
    it, with no confidence of its own."""
    out: list[Thing] = []
    for home in homes:
        box = home_box(sight, home.thing, home.at, home.desk)
        if any(t.cls == home.thing and is_at(t, box) for t in seen) or not in_place(sight, home):
            continue
        (foot,) = norm_px(sight, [home.at])
        out.append(Thing(home.thing, 0.0, True, box, foot, desk=home.desk, as_clean=True))
    return out


def is_at(thing: Thing, box: BoxPx) -> bool:
    """Whether a seen thing is the one of this home: its foot is in it, or the home's in its box."""
    wide, high = 0.25 * (box[2] - box[0]), 0.25 * (box[3] - box[1])
    x, y = thing.contact_px
    if box[0] - wide <= x <= box[2] + wide and box[1] - high <= y <= box[3] + high:
        return True
    x1, y1, x2, y2 = thing.box_xyxy_px
    foot = ((box[0] + box[2]) / 2, box[3])
    return x1 <= foot[0] <= x2 and y1 <= foot[1] <= y2 + high


def explained(differences: Sequence[Difference], box: BoxPx, cls: str) -> float:
    """The largest share of a place that a known new thing of another class takes up, 0..1."""
    whole = max(1.0, area(box))
    return max(
        (
            min(1.0, overlap(d.box_xyxy_px, box) / whole)
            for d in differences
            if d.known is not None and d.known != cls
        ),
        default=0.0,
    )
