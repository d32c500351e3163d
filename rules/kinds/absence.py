"""Nobody at the window, and no 暂停服务 sign in front of it, over several frames."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from rules.kinds.base import (
    Answer,
    Clear,
    DayAnswer,
    Sight,
    box_of,
    inside,
    kind,
    passed,
    refused,
    suspect,
    unjudged,
    why_unclear,
)
from rules.plane import zone_box
from rules.verdict import Box, Value, Verdict
from vision.seen import Thing


@dataclass(frozen=True, slots=True)
class Params:
    """Absent in at least ``frames`` frames running, the first and last ``minutes`` apart.

    A person (also an unsure one) with ``person_share`` of the box in the staff zone excuses; a sign
    (also an unsure one) with ``sign_share`` in the sign zone excuses.  Every frame of the run must
    be judgeable: a frame that can't be judged breaks it, and so does an hour in which the place is
    closed (lunch).
    """

    minutes: float = 10.0
    frames: int = 2
    person_share: float = 0.1
    present_share: float = 0.3
    sign_share: float = 0.2
    max_hidden: float = 0.25
    min_px: float = 10.0
    min_staff_px: float = 40.0


@kind("absence_without_sign", Params, "离岗未放暂停服务牌", "absence without sign", over="day")
def judge(sights: Sequence[Sight], p: Params) -> DayAnswer:
    """One camera's frames of a working window, in order of time."""
    looked = tuple(look(sight, p) for sight in sights)
    best: tuple[int, int] | None = None
    start: int | None = None
    for i, answer in enumerate(looked):
        if answer.verdict is not Verdict.SUSPECT:
            start = None
            continue
        if start is None or _closed_before(sights, i):
            start = i
        if best is None or _span(sights, start, i) > _span(sights, *best):
            best = (start, i)
    if best is not None:
        minutes = _span(sights, *best) / timedelta(minutes=1)
        count = best[1] - best[0] + 1
        if count >= p.frames and minutes >= p.minutes:
            values: dict[str, Value] = {
                "minutes": round(minutes, 1),
                "frames": count,
                "first": sights[best[0]].facts.taken_at.strftime("%H:%M"),
                "last": sights[best[1]].facts.taken_at.strftime("%H:%M"),
            }
            answer = suspect("absent_no_sign", values, looked[best[1]].boxes, 0.9)
            return DayAnswer(answer, sights[best[1]].facts.frame, looked)
    fine = [i for i, answer in enumerate(looked) if answer.verdict is Verdict.PASS]
    blind = _may_be_absent(sights, looked)
    if fine and blind is None:
        answer = passed("present_or_sign", {"frames": len(fine)})
        return DayAnswer(answer, sights[fine[0]].facts.frame, looked)
    absent = [i for i, answer in enumerate(looked) if answer.verdict is Verdict.SUSPECT]
    if absent:
        needed: dict[str, Value] = {
            "frames": len(absent),
            "needed_frames": p.frames,
            "needed_minutes": p.minutes,
        }
        return DayAnswer(unjudged("too_few_frames", needed), sights[absent[0]].facts.frame, looked)
    if fine and blind is not None:
        first, last = blind
        hidden: dict[str, Value] = {
            "frames": last - first + 1,
            "first": sights[first].facts.taken_at.strftime("%H:%M"),
            "last": sights[last].facts.taken_at.strftime("%H:%M"),
        }
        answer = unjudged("presence_not_seen", hidden, looked[first].boxes)
        return DayAnswer(answer, sights[first].facts.frame, looked)
    nothing = looked[0] if looked else unjudged("no_frame")
    return DayAnswer(nothing, sights[0].facts.frame if sights else None, looked)


def _may_be_absent(sights: Sequence[Sight], looked: Sequence[Answer]) -> tuple[int, int] | None:
    """The longest run of frames in which nobody was seen and not all could be judged, or None.

    An absence beside a frame that can't be judged may have lasted longer; two frames running that
    can't be judged may both have been one.  A single one between two with somebody proves nothing,
    as a single empty one does.
    """
    best: tuple[int, int] | None = None
    start: int | None = None
    for i, answer in enumerate(looked):
        if answer.verdict is Verdict.PASS:
            start = None
            continue
        if start is None or _closed_before(sights, i):
            start = i
        part = looked[start : i + 1]
        blind = any(a.verdict is Verdict.UNJUDGED for a in part)
        if len(part) > 1 and blind and (best is None or i - start > best[1] - best[0]):
            best = (start, i)
    return best


def _closed_before(sights: Sequence[Sight], i: int) -> bool:
    """Whether the place was closed between this frame and the one before."""
    return i > 0 and sights[i].stretch != sights[i - 1].stretch


def _span(sights: Sequence[Sight], first: int, last: int) -> timedelta:
    return sights[last].facts.taken_at - sights[first].facts.taken_at


def look(sight: Sight, p: Params) -> Answer:
    """What one frame shows: pass (somebody there, or the sign), suspect (neither), or unjudged."""
    if not sight.facts.gate.ok:
        return refused(sight.facts)
    staff, sign = sight.zones("staff"), sight.zones("sign")
    if not staff:
        return unjudged("not_configured", {"zone": "staff"})
    people = [t for t in sight.facts.of("person", sure=False) if _may_sit(t, sight, p)]
    present = [t for t in people if t.sure and inside(t, staff) >= p.present_share]
    if present:
        best = max(present, key=lambda t: t.confidence)
        return passed("present", {"confidence": round(best.confidence, 2)}, best.confidence)
    if not sign:
        return unjudged("not_configured", {"zone": "sign"})
    # what only perhaps is a sign, and stands in the clean picture as well, is none
    standing = [t for t in sight.facts.of("pause_sign", sure=False) if t.sure or not t.as_clean]
    signs = [
        t
        for t in standing
        if inside(t, sign) >= p.sign_share or (sight.desk is not None and t.desk == sight.desk.id)
    ]
    if any(t.sure for t in signs):
        return passed("sign_stands", {"signs": len(signs)})
    if people or signs:
        return unjudged("maybe_present", boxes=[box_of(t) for t in (*people, *signs)])
    if any(min(_sides(zone_box(sight, z))) < p.min_staff_px for z in staff):
        return unjudged("too_far", {"needed_px": p.min_staff_px})
    unclear = why_unclear(sight, staff, Clear(p.max_hidden, 0.7))
    if unclear is None:
        unclear = why_unclear(sight, sign, Clear(p.max_hidden, min_px=1.0), ("pause_sign",))
        if unclear is not None and unclear.reason.code == "no_scale":
            unclear = None  # then the drawn zone's own size has to do
    if unclear is None and not _sign_is_large(sight, p):
        unclear = unjudged("too_far", {"needed_px": p.min_px})
    if unclear is not None:
        return unclear
    return suspect(
        "absent_now", {}, [Box("pause_sign", zone_box(sight, z), 0.0) for z in sign], 0.9
    )


def _may_sit(person: Thing, sight: Sight, p: Params) -> bool:
    """Whether this person could be the one of the desk: never narrow, it only excuses."""
    if sight.desk is not None and person.desk == sight.desk.id:
        return True
    places = sight.zones("staff", "chair", "seat", "chair_back")
    here = inside(person, places)
    if person.desk is not None:  # who plainly sits at another desk does not sit here as well
        there = [z for z in sight.camera.zones if z.kind == "staff" and z.desk == person.desk]
        if person.sure and inside(person, there) >= max(p.present_share, 2 * here):
            return False
    return here >= p.person_share


def _sign_is_large(sight: Sight, p: Params) -> bool:
    for zone in sight.zones("sign"):
        scale = sight.facts.zones[zone.id].px_per_cm
        if scale is not None:
            return 9.0 * scale[1] >= p.min_px
        return min(_sides(zone_box(sight, zone))) >= p.min_px
    return False


def _sides(box: tuple[float, float, float, float]) -> tuple[float, float]:
    return (box[2] - box[0], box[3] - box[1])
