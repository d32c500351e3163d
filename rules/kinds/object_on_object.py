"""A thing on another: clothes over a chair's back, something on a seat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from rules.kinds.base import (
    Answer,
    Clear,
    Sight,
    area,
    box_of,
    inside,
    kind,
    maybe_seen,
    named,
    overlap,
    part_of,
    passed,
    share_in,
    stands,
    suspect,
    uncontested,
    unjudged,
    unnamed,
    why_unclear,
)
from rules.plane import zone_box
from rules.unexplained import unexplained
from rules.verdict import Value
from vision.seen import BoxPx, Thing, Zone

HANGS: Final = 0.25
"""From this share of a garment inside the chair's back on it hangs there."""
ON_SEAT: Final = 0.9
"""From this share of a garment inside a seat on it lies there, wherever the chair's back is."""
MIN_NEW: Final = 0.2
"""A change that nobody can name and that takes up this share of the part leaves it unjudged."""
BACK: Final = (0.0, 0.4)
"""Where a seen chair's back surely is, in shares of its box's height from the top."""


@dataclass(frozen=True, slots=True)
class Params:
    """``things`` on the ``carrier`` part of a chair where nobody sits.

    The part is the drawn zone (``chair_back`` or ``seat``), else a band of the ``chair`` zone or
    of a seen chair's box: ``band`` in shares of its height.  ``min_share`` of the thing's box must
    lie in it.  A person (also an unsure one) over more than ``max_person`` of it means: not judged.
    """

    things: tuple[str, ...]
    carrier: Literal["chair_back", "seat"]
    band: tuple[float, float] = (0.0, 0.6)
    min_share: float = 0.3
    max_person: float = 0.1
    max_thing_hidden: float = 0.4
    accuse_px: float = 10.0
    doubt_from: float = 0.3
    min_px: float = 10.0
    gate_classes: tuple[str, ...] = ("clothing",)
    max_hidden_by_things: float = 0.5
    loose_zones: tuple[Literal["desk_top", "staff"], ...] = ()
    """Zones in which the same things, lying about, are a finding too."""


@dataclass(frozen=True, slots=True)
class _Part:
    box: BoxPx
    zone: Zone | None


@kind("object_on_object", Params, "物品搭放", "object on object")
def judge(sight: Sight, p: Params) -> Answer:
    """Suspect with the thing and the chair's part, unjudged while somebody may sit there."""
    chairs = _chairs(sight)
    parts = _parts(sight, chairs, p)
    people = sight.facts.of("person", sure=False)
    hits: list[tuple[Thing, float]] = []
    backs = sight.zones("chair_back")
    free = [part for part in parts if _covered(part.box, people) <= p.max_person]
    for thing in sight.facts.new(*p.things, sure=False):
        if not sight.mine(thing) or stands(thing, sight.shared("public_side")) >= 0.3:
            continue
        if p.carrier == "seat" and thing.cls == "clothing" and inside(thing, backs) >= HANGS:
            continue  # it hangs over the back: the other clause's business
        share = max((_share(thing, part, p) for part in free), default=0.0)
        loose = p.loose_zones and stands(thing, sight.zones(*p.loose_zones)) >= 0.5
        if share >= p.min_share or loose:
            hits.append((thing, max(share, stands(thing, sight.zones(*p.loose_zones)))))
    accused = [
        (t, s)
        for t, s in hits
        if t.sure
        and t.hidden <= p.max_thing_hidden
        and t.short_side_px >= p.accuse_px
        and not (p.carrier == "seat" and s < ON_SEAT and _may_hang(t, chairs))
    ]
    plain, contested = uncontested([t for t, _ in accused], sight, p.things)
    if plain:
        best = max(plain, key=lambda t: t.confidence)
        share = next(s for t, s in accused if t is best)
        values: dict[str, Value] = {
            "things": named(plain),
            "carrier": p.carrier,
            "pieces": len(plain),
            "share_percent": round(100 * share, 1),
        }
        return suspect(
            "thing_on_chair",
            values,
            [box_of(t) for t in plain],
            round(best.confidence, 4),
        )
    if contested is not None:
        return contested
    return _without_accusation(sight, p, parts, free, chairs, hits)


def _without_accusation(
    sight: Sight,
    p: Params,
    parts: Sequence[_Part],
    free: Sequence[_Part],
    chairs: Sequence[Thing],
    hits: Sequence[tuple[Thing, float]],
) -> Answer:
    drawn = [part.zone for part in parts if part.zone is not None]
    if not drawn:
        return unjudged("not_configured", {"zone": p.carrier})
    if len(free) < len(parts):
        return unjudged("seat_taken", {"chairs": len(parts) - len(free)})
    clear = Clear(p.max_person, p.max_hidden_by_things, min_px=p.min_px)
    unclear = why_unclear(sight, drawn, clear, p.gate_classes)
    if unclear is not None and unclear.reason.code != "no_scale":
        return unclear
    if unclear is not None and min(_short(part.box) for part in parts) < 3 * p.min_px:
        return unclear
    doubt = maybe_seen((t for t, _ in hits), p.doubt_from)
    if doubt is not None:
        return doubt
    if not chairs:
        return unjudged("chair_not_seen")
    on = sight.zones(p.carrier)
    new = next((d for d in unexplained(sight, on) if d.share >= MIN_NEW and not d.gone), None)
    if new is not None:
        return unnamed(new)
    return passed("chair_clear", {"chairs": len(chairs)})


def _may_hang(thing: Thing, chairs: Sequence[Thing]) -> bool:
    """Whether a garment reaches into a seen chair's back: over it or on the seat, who can say."""
    backs = (part_of(chair.box_xyxy_px, *BACK) for chair in chairs if chair.sure)
    return thing.cls == "clothing" and any(
        share_in(thing.box_xyxy_px, back) >= HANGS for back in backs
    )


def _chairs(sight: Sight) -> list[Thing]:
    """Chairs that are this desk's: owned by it, or standing in one of its places."""
    places = sight.zones("chair", "staff", "seat", "chair_back")
    out = []
    for chair in sight.facts.of("chair", sure=False):
        here = any(chair.inside.get(z.id, 0.0) >= 0.3 for z in places)
        own = sight.desk is not None and chair.desk == sight.desk.id
        away = stands(chair, sight.shared("public_side")) >= 0.3
        if (here or own) and not away and sight.mine(chair):
            out.append(chair)
    return out


def _parts(sight: Sight, chairs: Sequence[Thing], p: Params) -> list[_Part]:
    zones = sight.zones(p.carrier)
    if zones:
        parts = [_Part(zone_box(sight, z), z) for z in zones]
    else:
        parts = [_Part(part_of(zone_box(sight, z), *p.band), z) for z in sight.zones("chair")]
    # a chair that was pulled away from its drawn place is judged where it stands
    parts.extend(_Part(part_of(chair.box_xyxy_px, *p.band), None) for chair in chairs if chair.sure)
    return parts


def _share(thing: Thing, part: _Part, p: Params) -> float:
    if part.zone is not None and part.zone.kind == p.carrier:
        share = thing.inside.get(part.zone.id, 0.0)
        if p.carrier == "seat":  # a tall thing rises out of the seat that it stands on
            share = max(share, thing.stands.get(part.zone.id, 0.0))
    else:
        share = share_in(thing.box_xyxy_px, part.box)
    if p.carrier == "seat":
        # what lies on a seat rests inside it; what hangs over the back only crosses it
        x, y = thing.contact_px
        x1, y1, x2, y2 = part.box
        margin = 0.15 * (y2 - y1)
        if not (x1 <= x <= x2 and y1 - margin <= y <= y2 + margin):
            return 0.0
    return share


def _covered(box: BoxPx, people: Sequence[Thing]) -> float:
    whole = area(box)
    if whole <= 0:
        return 1.0
    return max((overlap(box, t.box_xyxy_px) / whole for t in people), default=0.0)


def _short(box: BoxPx) -> float:
    return min(box[2] - box[0], box[3] - box[1])
