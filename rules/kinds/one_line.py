"""七条线: desks, PC desks, printers, scanners, chairs, office items, plants, each on one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Final, Literal

from rules.homes import home_box, in_place, is_at, stood_for
from rules.kinds.base import (
    Answer,
    Sight,
    box_of,
    kind,
    part_of,
    passed,
    share_in,
    suspect,
    unjudged,
)
from rules.layout_schema import HomeSpec
from rules.lines import Fit, fit_line
from rules.plane import PointCm, cm_of, norm_px, shared_plane
from rules.verdict import Value
from vision.seen import Thing, ZoneKind

PLACE_OF: Final[Mapping[str, ZoneKind]] = {"desk": "desk_top", "chair": "chair"}
"""Where the layout draws a zone for each such thing."""
CARRIERS: Final = frozenset({"desk", "cabinet"})
"""What things stand on: its box lies behind them, not before."""


@dataclass(frozen=True, slots=True)
class Params:
    """``line``: which of the seven (L1..L7); ``classes``: what stands on it.

    Only with at least ``min_things``.  ``tolerance_cm`` is the largest distance from the line that
    is still straight; what is more than ``row_cm`` away is another row.  ``plane``: the surface
    that all of them stand on.
    """

    line: str
    classes: tuple[str, ...]
    plane: Literal["desk", "floor"] = "floor"
    tolerance_cm: float = 8.0
    row_cm: float = 60.0
    min_things: int = 3
    max_thing_hidden: float = 0.2
    accuse_px: float = 12.0
    empty_only: bool = False


@kind("one_line", Params, "七条线", "one line")
def judge(sight: Sight, p: Params) -> Answer:
    """Suspect with the worst residual in cm, unjudged with fewer than three."""
    found = row_of_things(sight, p)
    if isinstance(found, Answer):
        return found
    things, places, fit = found
    # what stands as in the clean picture stands right; else its foot's own error is allowed for
    slack = [inf if t.as_clean else foot_error_cm(sight, t, p.plane) for t in things]
    residual = list(fit.residual_cm)
    row = _as_clean_row(sight, p, things, places)
    if row is not None:
        residual = [row.distance_cm(place) for place in places]
        slack = [e + _home_off_cm(sight, p, row, t) for e, t in zip(slack, things, strict=True)]
    worst = max(range(len(things)), key=lambda i: (residual[i] - slack[i], i))
    off_cm = residual[worst]
    values: dict[str, Value] = {
        "line": p.line,
        "residual_cm": round(min(off_cm, p.tolerance_cm) if things[worst].as_clean else off_cm, 1),
        "tolerance_cm": p.tolerance_cm,
        "pieces": len(things),
    }
    if off_cm <= p.tolerance_cm + slack[worst]:
        unseen = _unseen_homes(sight, p, things)
        if unseen:  # one left its place and was not found again: nobody knows where it stands
            return unjudged(
                "line_not_seen",
                {"pieces": len(things), "expected": len(things) + unseen, "line": p.line},
            )
        return passed("on_one_line", values)
    off = [t for t, r, e in zip(things, residual, slack, strict=True) if r > p.tolerance_cm + e]
    return suspect(
        "off_the_line", values, [box_of(t) for t in off], round(things[worst].confidence, 4)
    )


def _as_clean_row(
    sight: Sight, p: Params, things: Sequence[Thing], places: Sequence[PointCm]
) -> Fit | None:
    """The line through what stands as in the clean picture, where that tells it.

    Of three things one that moved would bend the line of all of them, and the one in the middle
    would look as far off.  Two unmoved ones give the line where the homes of the others lie on it.
    """
    still = [place for t, place in zip(things, places, strict=True) if t.as_clean]
    moved = [t for t in things if not t.as_clean]
    if len(still) < 2 or not moved:
        return None
    row = fit_line(still)
    if row.worst_cm > p.tolerance_cm:
        return None
    if any(_home_off_cm(sight, p, row, t) > p.tolerance_cm for t in moved):
        return None
    return row


def _home_off_cm(sight: Sight, p: Params, row: Fit, thing: Thing) -> float:
    """How far from the line the thing's own home lies: so far off it may stand; inf without one."""
    plane = shared_plane(sight, p.plane)
    if thing.as_clean or plane is None:
        return 0.0
    own = [h for h in sight.camera.things if (h.thing, h.desk) == (thing.cls, thing.desk)]
    at = cm_of(sight, plane, norm_px(sight, [h.at for h in own]))
    return min((row.distance_cm(place) for place in at), default=inf)


def _unseen_homes(sight: Sight, p: Params, things: Sequence[Thing]) -> int:
    """How many homes of this line's things are neither as in the clean picture nor accounted for by
    a thing of their desk that was seen at all; none where nothing was compared."""
    if sight.facts.reference is None:
        return 0
    seen = {id(t): (t.cls, t.desk) for t in (*things, *sight.facts.of(*p.classes))}
    found = Counter(seen.values())
    wanted = Counter((h.thing, h.desk) for h in _homes(sight, p))
    return sum((wanted - found).values())


def _homes(sight: Sight, p: Params) -> list[HomeSpec]:
    return [h for h in sight.camera.things if h.thing in p.classes and h.desk is not None]


def row_of_things(
    sight: Sight, p: Params
) -> Answer | tuple[list[Thing], list[tuple[float, float]], Fit]:
    """The things of one row with their places in cm and the line through them, or why not."""
    plane = shared_plane(sight, p.plane)
    if plane is None:
        return unjudged("no_shared_plane", {"plane": p.plane})
    seen = [
        t
        for t in sight.facts.of(*p.classes)
        if t.desk is not None
        and t.hidden <= p.max_thing_hidden
        and t.short_side_px >= p.accuse_px
        and not _cut_off(t, sight)
        and not _foot_hidden(t, sight)
        and not (p.empty_only and _used(t, sight))
    ]
    homes = _homes(sight, p)
    standing = stood_for(sight, homes, seen)
    things = [*(t for t in seen if not _another(t, sight, homes)), *standing]
    if len(things) < p.min_things:
        blind = [c for c in p.classes if not sight.facts.looked_for(c)]
        if blind:
            return unjudged("class_not_known", {"class": blind[0]})
        return _too_few(sight, p, len(things), len(things))
    places = cm_of(sight, plane, [t.contact_px for t in things])
    fit = fit_line(places)
    same_row = [i for i, r in enumerate(fit.residual_cm) if r <= p.row_cm]
    if len(same_row) < p.min_things:
        return _too_few(sight, p, len(things), len(same_row))
    if len(same_row) < len(things):
        things = [things[i] for i in same_row]
        places = [places[i] for i in same_row]
        fit = fit_line(places)
    return things, places, fit


def _another(thing: Thing, sight: Sight, homes: Sequence[HomeSpec]) -> bool:
    """Whether the desk's own thing stands in its home, so that this is some other one."""
    if thing.as_clean:
        return False
    own = [h for h in homes if h.desk == thing.desk and h.thing == thing.cls]
    at = [home_box(sight, h.thing, h.at, h.desk) for h in own]
    return (
        bool(own)
        and not any(is_at(thing, box) for box in at)
        and all(in_place(sight, home) for home in own)
    )


def _too_few(sight: Sight, p: Params, seen_well: int, pieces: int) -> Answer:
    """No line of this kind here, or one that is here but could not be seen well enough.

    ``pieces``: how many of the things that were seen well stand in one row.
    """
    there = max(_expected(sight, p), sum(t.desk is not None for t in _maybe(sight, p)))
    unseen = max(0, there - seen_well)
    if unseen and pieces + unseen >= p.min_things:
        seen: dict[str, Value] = {"pieces": pieces, "expected": there}
        if p.line:
            seen["line"] = p.line
        return unjudged("line_not_seen", seen)
    return unjudged("too_few_things", {"pieces": pieces, "needed": p.min_things})


def _maybe(sight: Sight, p: Params) -> Sequence[Thing]:
    return sight.facts.of(*p.classes, sure=False)


def _expected(sight: Sight, p: Params) -> int:
    """How many things of the line the layout puts before this camera."""
    camera = sight.camera
    homes = sum(1 for home in camera.things if home.thing in p.classes)
    places = [PLACE_OF[cls] for cls in p.classes if cls in PLACE_OF]
    zones = sum(1 for z in camera.zones if z.kind in places and z.desk is not None)
    return max(homes, zones)


def foot_error_cm(sight: Sight, thing: Thing, kind: str) -> float:
    """How far, in cm on its plane, the middle of a box's lower edge may be from the thing's foot.

    A box has no corners of its own: 3 % of its sides, and two pixels, either way.
    """
    plane = shared_plane(sight, kind)
    if plane is None:
        return 0.0
    x1, y1, x2, y2 = thing.box_xyxy_px
    across, along = max(2.0, 0.03 * (x2 - x1)), max(2.0, 0.03 * (y2 - y1))
    x, y = thing.contact_px
    foot, *moved = cm_of(
        sight, plane, [(x, y), (x + across, y), (x - across, y), (x, y + along), (x, y - along)]
    )
    return max(float(((u - foot[0]) ** 2 + (v - foot[1]) ** 2) ** 0.5) for u, v in moved)


def _foot_hidden(thing: Thing, sight: Sight) -> bool:
    """Whether something nearer to the camera stands before the lowest part of this thing."""
    foot = part_of(thing.box_xyxy_px, 0.8, 1.0)
    left, top, right, bottom = foot
    # a chair before a desk leaves enough of its long lower edge
    most = 0.5 if thing.cls == "desk" else 0.25
    for other in sight.facts.things:
        x1, y1, x2, y2 = other.box_xyxy_px
        if y2 <= bottom + 2 or x1 >= right or x2 <= left or y1 >= bottom or y2 <= top:
            continue  # not nearer, or not before it: most things of a picture
        # one desk before the next hides its foot; a desk under a printer does not
        if other.cls in CARRIERS and thing.cls not in CARRIERS:
            continue
        if share_in(foot, other.box_xyxy_px) > most:
            return True
    return False


def _cut_off(thing: Thing, sight: Sight) -> bool:
    """At the picture's edge the foot of a thing is not its foot."""
    x1, _, x2, y2 = thing.box_xyxy_px
    return x1 < 2 or x2 > sight.facts.width - 2 or y2 > sight.facts.height - 2


def _used(thing: Thing, sight: Sight) -> bool:
    return any(
        share_in(thing.box_xyxy_px, person.box_xyxy_px) > 0.1
        for person in sight.facts.of("person", sure=False)
    )
