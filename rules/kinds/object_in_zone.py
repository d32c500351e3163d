"""A thing where it may not be: a phone on the front desk, clutter under it, a cup off its point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from rules.kinds.base import (
    Answer,
    Clear,
    Sight,
    box_of,
    inside,
    kind,
    maybe_seen,
    named,
    passed,
    stands,
    suspect,
    uncontested,
    unjudged,
    unnamed,
    why_unclear,
)
from rules.unexplained import could_be, unexplained
from rules.verdict import Value
from vision.seen import Thing, Zone, ZoneKind

POINTS: Final = frozenset({"cup_point", "phone_point"})


@dataclass(frozen=True, slots=True)
class Params:
    """``classes`` in ``zones`` of the desk (or the hall zone itself) are a finding.

    ``except_zones``: standing there is fine (the citizens' side).  ``point``: the one place where
    they belong; not drawn means not judged, unless the desk's layout forbids them altogether.
    ``home``: class -> zone kind in which that class is fine (a bin at its home).
    A citizen's thing excuses itself with ``except_share`` of its footprint on their side; a point
    takes ``point_share``, or what leans over it would be excused.
    A thing counts with at least ``min_share`` of its footprint in the zone, ``accuse_px`` on its
    short side and at most ``max_thing_hidden`` of it behind a person; an unsure one from
    ``doubt_from`` on makes the frame unjudged.  ``gate_classes``: what must be large enough to be
    seen before the zone is called clean (default: all classes).
    """

    classes: tuple[str, ...]
    zones: tuple[ZoneKind, ...] = ("desk_top",)
    except_zones: tuple[ZoneKind, ...] = ("public_side",)
    point: ZoneKind | None = None
    home: Mapping[str, ZoneKind] = field(default_factory=dict)
    gate_classes: tuple[str, ...] = ()
    min_share: float = 0.5
    except_share: float = 0.3
    point_share: float = 0.5
    accuse_px: float = 8.0
    max_thing_hidden: float = 0.7
    doubt_from: float = 0.3
    max_hidden: float = 0.25
    max_hidden_by_things: float = 0.5
    min_px: float = 10.0
    unattended: bool = False
    """Only while no person is at the desk (papers in use are no finding)."""
    min_pieces: int = 1
    """So many, before it is a finding: one sheet is not scattered."""
    approved_notices: bool = False
    """Leave out as many as the register of approved notices allows in this zone."""
    doubt_changes: bool = True
    """A change that nobody can name, as large as one of the classes, leaves the zone unjudged."""


@kind("object_in_zone", Params, "区域内出现物品", "object in zone")
def judge(sight: Sight, p: Params) -> Answer:
    """Suspect with what was found, pass where the whole zone could be seen, else unjudged."""
    zones = sight.zones(*p.zones)
    if not zones:
        return unjudged("not_configured", {"zone": p.zones[0]})
    forbidden = p.point == "cup_point" and sight.desk is not None and sight.desk.cups == "never"
    point = sight.zones(p.point) if p.point else ()
    if p.point and not point and not forbidden:
        return unjudged("not_configured", {"zone": p.point})
    if p.unattended and (person := attended(sight)) is not None:
        return unjudged("in_use", {"person_confidence": round(person.confidence, 2)})

    fine = (*point, *(z for kind_ in p.except_zones for z in sight.shared(kind_)))
    fresh = sight.facts.new(*p.classes, sure=False)
    found = [t for t in fresh if _counts(t, sight, zones, fine, p)]
    found = _beyond_permitted(found, sight, p)
    sure = [t for t in found if t.sure]
    accused = [t for t in sure if t.short_side_px >= p.accuse_px and t.hidden <= p.max_thing_hidden]
    plain, contested = uncontested(accused, sight, p.classes)
    if plain and len(plain) >= p.min_pieces:
        return suspect(
            "off_its_point" if p.point else "thing_in_zone",
            _measured(plain, zones, sight),
            [box_of(t) for t in plain],
            round(max(t.confidence for t in plain), 4),
        )
    if contested is not None and len(accused) >= p.min_pieces:
        return contested
    if sure and not (accused and len(sure) < p.min_pieces):
        thing = sure[0]
        if thing.short_side_px < p.accuse_px:
            small: dict[str, Value] = {
                "class": thing.cls,
                "short_side_px": round(thing.short_side_px, 1),
                "needed_px": p.accuse_px,
                "scale_measured": True,
            }
            return unjudged("too_few_pixels", small, [box_of(thing)])
        return unjudged("person_over_thing", {"class": thing.cls}, [box_of(thing)])
    clear = Clear(p.max_hidden, p.max_hidden_by_things, min_px=p.min_px)
    unclear = why_unclear(sight, zones, clear, p.gate_classes or p.classes)
    if unclear is not None:
        return unclear
    doubt = maybe_seen(found, p.doubt_from)
    if doubt is not None and len(found) >= p.min_pieces:
        return doubt
    if p.doubt_changes and (new := _unnamed(sight, zones, fine, p)) is not None:
        return new
    hidden = max(sight.facts.zones[z.id].hidden for z in zones)
    return passed("nothing_found", {"hidden_percent": round(100 * hidden, 1)})


def _counts(
    thing: Thing, sight: Sight, zones: Sequence[Zone], fine: Sequence[Zone], p: Params
) -> bool:
    share = stands(thing, zones)
    if not sight.mine(thing) or share < p.min_share:
        return False
    # places overlap in the picture: what stands more under the desk is not on it
    if p.zones == ("desk_top",) and stands(thing, sight.zones("under_desk", "seat")) > share:
        return False
    if any(
        stands(thing, [z]) >= (p.point_share if z.kind in POINTS else p.except_share) for z in fine
    ):
        return False
    home = p.home.get(thing.cls)
    return home is None or stands(thing, sight.shared(home)) < p.except_share


def _unnamed(sight: Sight, zones: Sequence[Zone], fine: Sequence[Zone], p: Params) -> Answer | None:
    """Unjudged, where something new lies that could be one of the classes; else None."""
    elsewhere = {d.box_xyxy_px for d in unexplained(sight, fine)}
    for new in unexplained(sight, zones):
        cls = could_be(new, [c for c in p.classes if c not in p.home])
        if cls is not None and new.box_xyxy_px not in elsewhere:
            return unnamed(new)
    return None


def _beyond_permitted(found: Sequence[Thing], sight: Sight, p: Params) -> list[Thing]:
    """Leave out as many things of a class as the registers permit at this place."""
    kept: list[Thing] = []
    seen: dict[str, int] = {}
    if p.approved_notices and sight.zone is not None:
        day = sight.facts.taken_at.date()
        seen["notice"] = -sight.registers.notices_in(sight.zone.id, day)
    for thing in found:
        seen[thing.cls] = seen.get(thing.cls, 0) + 1
        if seen[thing.cls] > sight.registers.allows(sight.place, thing.cls):
            kept.append(thing)
    return kept


def attended(sight: Sight) -> Thing | None:
    """A person at the desk, also an unsure one, or None."""
    staff = sight.zones("staff", "chair", "seat")
    for person in sight.facts.of("person", sure=False):
        here = sight.desk is not None and person.desk == sight.desk.id
        if here or inside(person, staff) > 0.1 or inside(person, sight.zones("desk_top")) > 0.1:
            return person
    return None


def _measured(things: Sequence[Thing], zones: Sequence[Zone], sight: Sight) -> dict[str, Value]:
    best = max(things, key=lambda t: t.confidence)
    values: dict[str, Value] = {
        "things": named(things),
        "zone": max(zones, key=lambda z: stands(best, [z])).kind,
        "pieces": len(things),
        "short_side_px": round(best.short_side_px, 1),
        "share_percent": round(100 * stands(best, zones), 1),
    }
    if sight.desk is not None and sight.desk.size_cm is not None:
        at = best.contact_cm.get(f"{sight.desk.id}-top")
        if at is not None and zones[0].kind == "desk_top":
            width, depth = sight.desk.size_cm
            edge = min(at[0], width - at[0], at[1], depth - at[1])
            values["edge_cm"] = round(max(0.0, edge), 1)
    return values
