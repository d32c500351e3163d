"""What every rule kind speaks: a sight of one place in one frame in, an answer out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeVar

from rules.boxes import (
    area as area,
    iou as iou,
    overlap as overlap,
    part_of as part_of,
    share_in as share_in,
)
from rules.layout import CameraLayout
from rules.layout_schema import DeskSpec
from rules.registers import Registers
from rules.sizes import scale_at as scale_at, short_side_px
from rules.unexplained import compact as compact
from rules.verdict import Box, Reason, Value, Verdict
from vision.seen import (
    BESIDE,
    SAME_THING_IOU,
    Difference,
    Facts,
    Thing,
    Window,
    Zone,
    ZoneFact,
    ZoneKind,
)

NEARLY: Final = 0.5
"""A thing is in doubt from this share of the confidence that would make it sure."""
RIVAL: Final = 0.6
"""Of two names for one box the second leaves the first open from so much of its sureness on.

Measured with deskcheck-pair 0.4.0 in 79 rendered pictures: of 477 claims of scored classes without
such a rival 34 were wrong, of 13 with one 6.
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a kind says: verdict, reason, measured values (unit in the key), evidence boxes."""

    verdict: Verdict
    reason: Reason
    measured: Mapping[str, Value] = field(default_factory=dict)
    boxes: tuple[Box, ...] = ()
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Sight:
    """One frame's facts as seen for one desk, or for one of the hall's own zones.

    ``desk`` is None for a hall zone, ``zone`` None for a desk.  ``stretch``: in which of the day's
    stretches of opening it was taken, counted from 0; between two of them the place was closed.
    """

    facts: Facts
    camera: CameraLayout
    desk: DeskSpec | None
    zone: Zone | None
    window: Window
    registers: Registers = field(default_factory=Registers)
    stretch: int = 0

    @property
    def place(self) -> str:
        """The desk's or the zone's id."""
        return self.desk.id if self.desk is not None else self.zone.id if self.zone else ""

    def zones(self, *kinds: ZoneKind) -> tuple[Zone, ...]:
        """The place's own zones of these kinds on this camera; for a hall zone only itself."""
        if self.desk is None:
            return (self.zone,) if self.zone is not None and self.zone.kind in kinds else ()
        return tuple(z for kind in kinds for z in self.camera.of(kind, self.desk.id))

    def shared(self, kind: ZoneKind) -> tuple[Zone, ...]:
        """The desk's zones of a kind, and the hall's own of that kind."""
        own = self.camera.of(kind, self.desk.id) if self.desk is not None else ()
        return (*own, *self.camera.of(kind, None))

    def mine(self, thing: Thing) -> bool:
        """Whether a thing may count here: nobody's, or this desk's."""
        return self.desk is None or thing.desk is None or thing.desk == self.desk.id


def passed(code: str, values: Mapping[str, Value] | None = None, confidence: float = 1.0) -> Answer:
    values = values or {}
    return Answer(Verdict.PASS, Reason(code, values), values, (), confidence)


def unjudged(
    code: str, values: Mapping[str, Value] | None = None, boxes: Sequence[Box] = ()
) -> Answer:
    values = values or {}
    return Answer(Verdict.UNJUDGED, Reason(code, values), values, tuple(boxes), 0.0)


def refused(facts: Facts) -> Answer:
    """A frame that the gate refused: its reason, and the minutes where a clock was measured."""
    gate = facts.gate
    minutes = {"minutes": round(gate.detail["minutes"], 1)} if "minutes" in gate.detail else {}
    return unjudged(f"gate_{gate.reason}", minutes)


def no_reference(sight: Sight) -> Answer:
    """Not compared: no clean picture was ever taken, or none in the light of this frame."""
    code = "no_reference_now" if sight.camera.view.reference else "no_reference"
    return unjudged(code, {"light": sight.facts.gate.light})


def unnamed(new: Difference) -> Answer:
    """Unjudged, because of a change that nobody can name."""
    values: dict[str, Value] = {"delta_e": round(new.delta_e, 1)}
    if new.area_cm2 is not None:
        values["area_cm2"] = round(new.area_cm2, 0)
    return unjudged("unnamed_change", values, [Box("unknown", new.box_xyxy_px, 0.0)])


def suspect(
    code: str, values: Mapping[str, Value], boxes: Sequence[Box], confidence: float
) -> Answer:
    return Answer(Verdict.SUSPECT, Reason(code, values), values, tuple(boxes), confidence)


def box_of(thing: Thing) -> Box:
    return Box(thing.cls, thing.box_xyxy_px, round(thing.confidence, 4))


def named(things: Iterable[Thing]) -> str:
    """``phone×1, charger×2``: what was found, by class, in the order of the names."""
    counts: dict[str, int] = {}
    for thing in things:
        counts[thing.cls] = counts.get(thing.cls, 0) + 1
    return ", ".join(f"{cls}×{n}" for cls, n in sorted(counts.items()))


def maybe_seen(things: Iterable[Thing], doubt_from: float) -> Answer | None:
    """无法判定 for the surest of those that may well be there: their place is not called clean.

    From ``doubt_from`` on, or from NEARLY of what would make a thing sure where that is less: to a
    model that is sure of a cable at 0.2 one of 0.1 is no bare floor.
    """
    close = [t for t in things if t.sure or t.confidence >= min(doubt_from, NEARLY * t.sure_from)]
    if not close:
        return None
    doubt = max(close, key=lambda t: t.confidence)
    values: dict[str, Value] = {"class": doubt.cls, "confidence": round(doubt.confidence, 2)}
    return unjudged("maybe_seen", values, [box_of(doubt)])


def rival(thing: Thing, sight: Sight, classes: Collection[str]) -> Thing | None:
    """The surest other name for a thing's box that its clause does not ask for, or None.

    Each confidence is held against what would make its own class sure: a rucksack that is a coat at
    0.36 where 0.32 accuses, and a bag at 0.19 where 0.22 does, is neither for certain.  (That the
    surer of two sure names stands is the eye's own affair, see ``Thing.sure``.)
    """
    others = [
        other
        for other in sight.facts.things
        if other.cls not in classes
        and other.cls not in BESIDE
        and not (other.faint or other.as_clean)
        and other.confidence * thing.sure_from >= RIVAL * thing.confidence * other.sure_from
        and iou(other.box_xyxy_px, thing.box_xyxy_px) >= SAME_THING_IOU
    ]
    return max(others, key=lambda t: t.confidence, default=None)


def uncontested(
    accused: Sequence[Thing], sight: Sight, classes: Collection[str]
) -> tuple[list[Thing], Answer | None]:
    """The accused that have no rival, and what is to be said of the surest that has one."""
    rivals = [(thing, rival(thing, sight, classes)) for thing in accused]
    open_ = [(thing, other) for thing, other in rivals if other is not None]
    plain = [thing for thing, other in rivals if other is None]
    if not open_:
        return plain, None
    thing, other = max(open_, key=lambda pair: pair[0].confidence)
    values: dict[str, Value] = {
        "class": thing.cls,
        "confidence": round(thing.confidence, 2),
        "other": other.cls,
        "other_confidence": round(other.confidence, 2),
    }
    return plain, unjudged("could_be_other", values, [box_of(thing)])


def inside(thing: Thing, zones: Iterable[Zone]) -> float:
    """The largest share of the thing's box inside one of the zones."""
    return max((thing.inside.get(z.id, 0.0) for z in zones), default=0.0)


def stands(thing: Thing, zones: Iterable[Zone]) -> float:
    """The largest share of the thing's footprint inside one of the zones."""
    return max((thing.stands.get(z.id, 0.0) for z in zones), default=0.0)


@dataclass(frozen=True, slots=True)
class Clear:
    """When a zone counts as seen well enough to say that nothing is there."""

    max_hidden: float = 0.25
    max_hidden_by_things: float = 0.5
    min_in_view: float = 0.9
    min_luminance: float = 8.0
    min_px: float = 10.0


def why_unclear(
    sight: Sight, zones: Sequence[Zone], clear: Clear, classes: Sequence[str] = ()
) -> Answer | None:
    """The first thing that keeps these zones from being judged, or None.

    With ``classes`` a thing of each must be known to the model and large enough in pixels.
    """
    for cls in classes:
        if not sight.facts.looked_for(cls):
            return unjudged("class_not_known", {"class": cls})
    for zone in zones:
        fact = sight.facts.zones.get(zone.id)
        if fact is None:
            return unjudged("zone_not_measured", {"zone": zone.id})
        answer = _unclear(fact, clear)
        if answer is None and classes:
            answer = _too_small(sight, fact, clear.min_px, classes)
        if answer is not None:
            return answer
    return None


def _unclear(fact: ZoneFact, clear: Clear) -> Answer | None:
    if fact.in_view < clear.min_in_view:
        return unjudged("out_of_view", {"zone": fact.id, "in_view_percent": percent(fact.in_view)})
    if fact.luminance is not None and fact.luminance < clear.min_luminance:
        return unjudged("too_dark", {"zone": fact.id, "luminance": round(fact.luminance, 1)})
    if fact.hidden > clear.max_hidden:
        return unjudged("person_hides", {"zone": fact.id, "hidden_percent": percent(fact.hidden)})
    if fact.hidden_by_things > clear.max_hidden_by_things:
        hidden = percent(fact.hidden_by_things)
        return unjudged("things_hide", {"zone": fact.id, "hidden_percent": hidden})
    return None


def _too_small(
    sight: Sight, fact: ZoneFact, min_px: float, classes: Iterable[str]
) -> Answer | None:
    scale, measured = scale_at(sight, fact)
    if scale is None:
        return unjudged("no_scale", {"zone": fact.id})
    smallest, cls = min((short_side_px(cls, scale), cls) for cls in classes)
    if smallest < min_px:
        values: dict[str, Value] = {
            "class": cls,
            "short_side_px": round(smallest, 1),
            "needed_px": min_px,
            "scale_measured": measured,
        }
        return unjudged("too_few_pixels", values)
    return None


def percent(share: float) -> float:
    return round(100.0 * share, 1)


# --------------------------------------------------------------------------- the register

Over = Literal["frame", "day"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A rule kind: its name, its parameters' type, and its one pure function.

    Over a frame: ``judge(sight, params) -> Answer``.  Over a day: ``judge(sights, params)`` with
    one camera's sights of a window in order of time, where the answer is for all of them and
    ``per_frame`` says what each frame showed.
    """

    name: str
    params: type[Any]
    judge: Callable[..., Any]
    over: Over
    title_zh: str
    title_en: str


@dataclass(frozen=True, slots=True)
class DayAnswer:
    """A day kind's answer, with what each of the frames showed, in their order."""

    answer: Answer
    deciding: str | None
    per_frame: tuple[Answer, ...]


KINDS: dict[str, Kind] = {}
F = TypeVar("F", bound=Callable[..., Any])


def kind(
    name: str, params: type[Any], title_zh: str, title_en: str, over: Over = "frame"
) -> Callable[[F], F]:
    """Register a rule kind by its name."""

    def register(judge: F) -> F:
        if name in KINDS:
            raise ValueError(f"two rule kinds are named {name}")
        KINDS[name] = Kind(name, params, judge, over, title_zh, title_en)
        return judge

    return register
