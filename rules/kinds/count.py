"""As many of a thing as belong here, no more and no fewer (定数量)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rules.homes import stood_for
from rules.kinds.base import (
    Answer,
    Clear,
    Sight,
    box_of,
    inside,
    kind,
    passed,
    stands,
    suspect,
    unjudged,
    why_unclear,
)
from rules.verdict import Value
from vision.seen import Thing, ZoneKind


@dataclass(frozen=True, slots=True)
class Params:
    """``counts``: class -> how many; a desk's ``counts`` in the layout come first.

    ``at_most``: only too many is a finding (people before a window, extra chairs).  Too many
    needs sure things; too few needs that not even an unsure one could make up the number, and a
    place that nothing hides.  What stands as in the clean picture is no more than belongs here,
    however many pieces a detector makes of it.
    """

    zones: tuple[ZoneKind, ...] = ("desk_top",)
    counts: Mapping[str, int] = field(default_factory=dict)
    at_most: bool = False
    min_share: float = 0.5
    max_hidden: float = 0.1
    max_hidden_by_things: float = 0.2
    min_px: float = 14.0


@kind("count", Params, "数量不符", "count")
def judge(sight: Sight, p: Params) -> Answer:
    """Suspect with pieces found and pieces that belong here."""
    own = sight.desk.counts if sight.desk is not None else {}
    # a clause that names its classes is not widened by what else belongs on this desk
    counts = {cls: own.get(cls, n) for cls, n in p.counts.items()} if p.counts else dict(own)
    zones = sight.zones(*p.zones)
    if not counts or not zones:
        return unjudged("not_configured", {"zone": p.zones[0]})
    too_few: list[tuple[str, int, int]] = []
    for cls, wanted in sorted(counts.items()):
        wanted += sight.registers.allows(sight.place, cls)
        here = [t for t in sight.facts.of(cls, sure=False) if _here(t, sight, p)]
        sure = _pieces([t for t in here if t.sure], wanted)
        if len(sure) > wanted:
            extra: dict[str, Value] = {
                "class": cls,
                "pieces": len(sure),
                "expected": wanted,
            }
            weakest = sorted(t.confidence for t in sure)[len(sure) - wanted - 1]
            return suspect("too_many", extra, [box_of(t) for t in sure], round(weakest, 4))
        found = len(here)
        if found < wanted:  # overlooked, but its home looks as in the clean picture: it is there
            homes = [
                h
                for h in sight.camera.things
                if h.thing == cls and sight.desk is not None and h.desk == sight.desk.id
            ]
            found += len(stood_for(sight, homes, here))
        if found < wanted:
            too_few.append((cls, found, wanted))
    clear = Clear(1.0 if p.at_most else p.max_hidden, p.max_hidden_by_things, min_px=p.min_px)
    unclear = why_unclear(sight, zones, clear, tuple(sorted(counts)))
    if unclear is not None:
        return unclear
    if too_few and not p.at_most:
        if sight.facts.reference is None or not any(
            d.zone in {z.id for z in zones} for d in sight.facts.differences
        ):
            # a detector misses things that are there: only a change of the place confirms it
            return unjudged("count_not_sure", {"class": too_few[0][0], "pieces": too_few[0][1]})
        cls, found, wanted = too_few[0]
        values: dict[str, Value] = {"class": cls, "pieces": found, "expected": wanted}
        return suspect("too_few", values, [], 0.6)
    return passed("count_right", {"classes": len(counts)})


def _pieces(sure: Sequence[Thing], wanted: int) -> list[Thing]:
    """The new ones, and of those that stand as ever the surest, as many as belong here."""
    standing = sorted((t for t in sure if t.as_clean), key=lambda t: -t.confidence)
    return standing[:wanted] + [t for t in sure if not t.as_clean]


def _here(thing: Thing, sight: Sight, p: Params) -> bool:
    zones = sight.zones(*p.zones)
    # whose a person before the window is, only the place before the window says
    mine = sight.mine(thing) or p.zones == ("public_side",)
    return mine and max(inside(thing, zones), stands(thing, zones)) >= p.min_share
