"""A thing away from its fixed place: a device, a bin, an unused chair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rules.homes import stood_for
from rules.kinds.base import (
    Answer,
    Clear,
    Sight,
    box_of,
    compact,
    inside,
    kind,
    overlap,
    passed,
    share_in,
    stands,
    suspect,
    unjudged,
    why_unclear,
)
from rules.plane import cm_of, norm_px, plane_for
from rules.verdict import Box, Value
from vision.seen import PointNorm, Thing, Zone, ZoneKind

LEFT_SHARE: Final = 0.25
"""So much of a home changes when its thing goes."""
FLOOR_THINGS: Final = frozenset({"chair", "bin", "desk", "cabinet", "heater", "extinguisher"})


@dataclass(frozen=True, slots=True)
class Params:
    """Either ``home_zone``: every ``classes`` thing of the desk stands in it; or, without one, the
    layout's things with a fixed place, within ``tolerance_cm`` of it on their plane.

    One thing at home is enough; another desk's may stand near.  What is more than ``max_home_cm``
    (without a zone ``max_cm``, about half a desk) away is not this desk's, nor is what stands
    elsewhere while the home looks as in the clean picture.  ``empty_only``: not judged while
    somebody (also unsure) may use it.  A thing that was not seen leaves this one unjudged, unless
    the clean picture's own is gone from a ``home_zone`` that lies bare.
    """

    classes: tuple[str, ...] = ()
    home_zone: ZoneKind | None = None
    tolerance_cm: float = 10.0
    min_share: float = 0.4
    empty_only: bool = False
    max_thing_hidden: float = 0.2
    accuse_px: float = 10.0
    max_cm: float = 80.0
    max_home_cm: float = 200.0


@kind("out_of_position", Params, "偏离定位", "out of position")
def judge(sight: Sight, p: Params) -> Answer:
    """Suspect with the distance from its place in cm (or the share of it at home)."""
    return _by_zone(sight, p) if p.home_zone is not None else _by_home(sight, p)


def _usable(thing: Thing, p: Params) -> bool:
    return thing.sure and thing.hidden <= p.max_thing_hidden and thing.short_side_px >= p.accuse_px


def _in_use(sight: Sight, thing: Thing) -> bool:
    return any(
        share_in(thing.box_xyxy_px, person.box_xyxy_px) > 0.1
        or (
            overlap(thing.box_xyxy_px, person.box_xyxy_px) > 0
            and sight.desk is not None
            and person.desk == sight.desk.id
        )
        for person in sight.facts.of("person", sure=False)
    )


def _by_zone(sight: Sight, p: Params) -> Answer:
    assert p.home_zone is not None  # noqa: S101 - the caller's branch
    homes = sight.zones(p.home_zone)
    if not homes:
        return unjudged("not_configured", {"zone": p.home_zone})
    mine = [t for t in sight.facts.of(*p.classes) if _belongs(t, sight, homes)]
    mine = mine or _strays(sight, p, homes)
    if not mine:
        blind = [c for c in p.classes if not sight.facts.looked_for(c)]
        if blind:
            return unjudged("class_not_known", {"class": blind[0]})
        return _left(sight, homes, p) or unjudged("thing_not_seen", {"class": p.classes[0]})
    at_home = [t for t in mine if max(stands(t, homes), inside(t, homes)) >= p.min_share]
    if at_home:
        unclear = why_unclear(sight, homes, Clear(max_hidden=0.5, max_hidden_by_things=1.0))
        return unclear or passed("in_place", {"pieces": len(at_home)})
    plane = plane_for(sight, None if mine[0].cls in FLOOR_THINGS else mine[0].desk)
    away: list[tuple[float, Thing]] = []
    for thing in mine:
        if p.empty_only and _in_use(sight, thing):
            return unjudged("in_use", {"person_confidence": 0.0})
        if not _usable(thing, p):
            return unjudged("person_over_thing", {"class": thing.cls}, [box_of(thing)])
        distance = 0.0
        if plane is not None:
            at, *corners = cm_of(
                sight, plane, [thing.contact_px, *norm_px(sight, homes[0].polygon_norm)]
            )
            distance = _distance(at, _mean(corners))
        away.append((distance, thing))
    distance, worst = min(away, key=lambda pair: pair[0])
    untouched = all(_untouched(sight, _mean(zone.polygon_norm)) for zone in homes)
    # too far to be this desk's, or another thing: its own is somewhere unseen, or where it was
    if distance > p.max_home_cm or untouched:
        return unjudged("thing_not_seen", {"class": worst.cls})
    values: dict[str, Value] = {
        "class": worst.cls,
        "pieces": len(away),
        "share_percent": round(100 * max(stands(worst, homes), inside(worst, homes)), 1),
    }
    if plane is not None:
        values["distance_cm"] = round(distance, 1)
    return suspect("off_home", values, [box_of(worst)], round(worst.confidence, 4))


def _left(sight: Sight, homes: Sequence[Zone], p: Params) -> Answer | None:
    """A finding where the clean picture's thing is gone from a home that lies bare, else None.

    Not for what may be taken along (``empty_only``), nor where something else stands there now.
    """
    if p.empty_only or why_unclear(sight, homes, Clear(0.1, 0.3)) is not None:
        return None
    ids = {z.id for z in homes}
    here = [d for d in sight.facts.differences if d.zone in ids]
    bare = [d for d in here if d.gone in p.classes and d.share >= LEFT_SHARE and compact(sight, d)]
    if not bare or any(d.known is not None for d in here):
        return None
    best = max(bare, key=lambda d: d.share)
    values: dict[str, Value] = {
        "class": str(best.gone),
        "changed_percent": round(100 * best.share, 1),
    }
    return suspect("left_home", values, [Box(str(best.gone), best.box_xyxy_px, 0.0)], 0.5)


def _strays(sight: Sight, p: Params, homes: Sequence[Zone]) -> list[Thing]:
    """Things that stand in no desk's place and are nearest to this home, where it lies bare."""
    plane = plane_for(sight, None if set(p.classes) <= FLOOR_THINGS else homes[0].desk)
    if plane is None or why_unclear(sight, homes, Clear(0.25, 0.5)) is not None:
        return []

    def far(thing: Thing, zone: Zone) -> float:
        at, *corners = cm_of(sight, plane, [thing.contact_px, *norm_px(sight, zone.polygon_norm)])
        return _distance(at, _mean(corners))

    every = [z for z in sight.camera.zones if z.kind == p.home_zone]
    return [
        t
        for t in sight.facts.of(*p.classes)
        if t.desk is None
        and all(stands(t, [z]) < p.min_share for z in every)
        and min(every, key=lambda z: far(t, z)) in homes
    ]


def _belongs(thing: Thing, sight: Sight, homes: Sequence[Zone]) -> bool:
    if stands(thing, homes) > 0.1:
        return True
    return sight.desk is not None and thing.desk == sight.desk.id


def _by_home(sight: Sight, p: Params) -> Answer:
    desk = sight.desk.id if sight.desk is not None else None
    homes = [
        h for h in sight.camera.things if h.desk == desk and (not p.classes or h.thing in p.classes)
    ]
    if not homes:
        return unjudged("not_configured", {"zone": "fixture"})
    used: set[tuple[str, int]] = set()
    worst: tuple[float, float, Thing] | None = None
    measured = 0
    trouble: Answer | None = None
    for home in homes:
        plane = plane_for(sight, None if home.thing in FLOOR_THINGS else desk)
        if plane is None:
            return unjudged("no_scale", {"zone": home.thing})
        (centre,) = cm_of(sight, plane, norm_px(sight, [home.at]))
        candidates = [
            (_distance(cm_of(sight, plane, [t.contact_px])[0], centre), i, t)
            for i, t in enumerate(sight.facts.of(home.thing))
            if (home.thing, i) not in used and sight.mine(t)
        ]
        near = [c for c in candidates if c[0] <= p.max_cm]
        if not near and (here := stood_for(sight, [home], ())):
            # overlooked, but its home looks as in the clean picture: it stands there
            measured += 1
            worst = worst or (0.0, home.tolerance_cm or p.tolerance_cm, here[0])
            continue
        if not near:
            blind = not sight.facts.looked_for(home.thing)
            code = "class_not_known" if blind else "thing_not_seen"
            trouble = trouble or unjudged(code, {"class": home.thing})
            continue
        distance, index, thing = min(near, key=lambda c: (c[0], c[1]))
        used.add((home.thing, index))
        if p.empty_only and _in_use(sight, thing):
            trouble = trouble or unjudged("in_use", {"person_confidence": 0.0})
            continue
        if not _usable(thing, p):
            trouble = trouble or unjudged("person_over_thing", {"class": thing.cls})
            continue
        tolerance = home.tolerance_cm or p.tolerance_cm
        if thing.as_clean:  # unmoved since the clean picture, however its box is drawn
            distance = min(distance, tolerance)
        elif distance > tolerance and _untouched(sight, home.at):
            # its own place looks as in the clean picture: what stands elsewhere is another thing
            trouble = trouble or unjudged("thing_not_seen", {"class": home.thing})
            continue
        measured += 1
        if worst is None or distance - tolerance > worst[0] - worst[1]:
            worst = (distance, tolerance, thing)
    if worst is None:
        return trouble or unjudged("thing_not_seen", {"class": homes[0].thing})
    distance, tolerance, thing = worst
    values: dict[str, Value] = {
        "class": thing.cls,
        "distance_cm": round(distance, 1),
        "tolerance_cm": tolerance,
        "pieces": measured,
    }
    if distance > tolerance:
        return suspect("moved_from_home", values, [box_of(thing)], round(thing.confidence, 4))
    return trouble or passed("in_place_cm", values)


def _untouched(sight: Sight, at: PointNorm) -> bool:
    """Whether a frame that was compared with a clean picture shows no difference at this point."""
    if sight.facts.reference is None:
        return False
    ((x, y),) = norm_px(sight, [at])
    margin = 0.01 * sight.facts.width
    return not any(
        x1 - margin <= x <= x2 + margin and y1 - margin <= y <= y2 + margin
        for x1, y1, x2, y2 in (d.box_xyxy_px for d in sight.facts.differences)
    )


def _mean(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return (sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points))


def _distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    value: float = ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5
    return value
