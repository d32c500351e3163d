"""Equal gaps along a row, and a gap to the counter (间距应当一致, 应紧靠柜台)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Literal

from shapely.geometry import Point, Polygon

from rules.kinds.base import Answer, Sight, box_of, kind, passed, suspect, unjudged
from rules.kinds.one_line import Params as LineParams, foot_error_cm, row_of_things
from rules.plane import cm_of, norm_px, shared_plane
from rules.verdict import Value
from vision.seen import Thing, ZoneKind


@dataclass(frozen=True, slots=True)
class Params:
    """``tolerance_cm``: how far a gap may be from the row's middle gap.

    ``gap_to``: the zone kind that every thing must be close to, within ``max_gap_cm`` of its
    edge; None leaves that out.
    """

    classes: tuple[str, ...]
    plane: Literal["desk", "floor"] = "floor"
    tolerance_cm: float = 12.0
    gap_to: ZoneKind | None = None
    max_gap_cm: float = 15.0
    row_cm: float = 60.0
    max_thing_hidden: float = 0.2


@kind("equal_spacing", Params, "间距不一致", "equal spacing and gap to the counter")
def judge(sight: Sight, p: Params) -> Answer:
    """Suspect with the gap, the row's middle gap and the tolerance in cm."""
    row = row_of_things(
        sight,
        LineParams(
            line="",
            classes=p.classes,
            plane=p.plane,
            row_cm=p.row_cm,
            max_thing_hidden=p.max_thing_hidden,
        ),
    )
    if isinstance(row, Answer):
        return row
    things, places, fit = row
    order = sorted(range(len(things)), key=lambda i: fit.along(places[i]))
    steps = [fit.along(places[b]) - fit.along(places[a]) for a, b in pairwise(order)]
    middle = median(steps)
    at = max(range(len(steps)), key=lambda i: abs(steps[i] - middle))
    values: dict[str, Value] = {
        "gap_cm": round(steps[at], 1),
        "middle_cm": round(middle, 1),
        "tolerance_cm": p.tolerance_cm,
        "pieces": len(things),
    }
    pair = [things[order[at]], things[order[at + 1]]]
    slack = sum(foot_error_cm(sight, t, p.plane) for t in pair)
    if max(steps) > 1.6 * min(steps):
        # as wide as a place left out, or two where one stands: one of the row was not seen
        return unjudged("thing_not_seen", {"class": pair[0].cls}, [box_of(t) for t in pair])
    unmoved = all(t.as_clean for t in pair)
    if abs(steps[at] - middle) > p.tolerance_cm + slack and not unmoved:
        confidence = round(min(t.confidence for t in pair), 4)
        return suspect("uneven_gaps", values, [box_of(t) for t in pair], confidence)
    if p.gap_to is not None:
        gap = _gap(sight, p, things)
        if gap is None:
            return unjudged("not_configured", {"zone": p.gap_to})
        distance, thing = gap
        if distance > p.max_gap_cm:
            far: dict[str, Value] = {"gap_cm": round(distance, 1), "tolerance_cm": p.max_gap_cm}
            return suspect("far_from_counter", far, [box_of(thing)], round(thing.confidence, 4))
    return passed("even_gaps", values)


def _gap(sight: Sight, p: Params, things: list[Thing]) -> tuple[float, Thing] | None:
    """The largest distance of a thing's foot from the nearest such zone, cm."""
    assert p.gap_to is not None  # noqa: S101 - the caller's branch
    plane = shared_plane(sight, p.plane)
    zones = [z for z in sight.camera.zones if z.kind == p.gap_to]
    if plane is None or not zones:
        return None
    shapes = [Polygon(cm_of(sight, plane, norm_px(sight, z.polygon_norm))) for z in zones]
    gaps: list[tuple[float, Thing]] = []
    for thing in things:
        foot = Point(cm_of(sight, plane, [thing.contact_px])[0])
        gaps.append((min(float(s.distance(foot)) for s in shapes), thing))
    return max(gaps, key=lambda pair: pair[0])
