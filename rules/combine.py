"""From several frames, cameras and checks to one verdict; what was not seen never turns clean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rules.kinds.base import Answer, Sight, iou, unjudged
from rules.pack_schema import Persistence
from rules.veiled import can_be_shown
from rules.verdict import Box, Verdict
from vision.seen import BoxPx

SAME_PLACE_IOU: Final = 0.5
HALF_AS_SURE: Final = 0.5

_RANK = {Verdict.SUSPECT: 0, Verdict.UNJUDGED: 1, Verdict.PASS: 2}


@dataclass(frozen=True, slots=True)
class Outcome:
    """A check's answer for a place and window, with the frame and camera that decided it.

    ``answer`` None: the check does not apply to this place.
    """

    answer: Answer | None
    frame: str | None = None
    camera: str | None = None
    judged: int = 0
    suspect: int = 0
    optional: bool = False


def combine_frames(
    sights: Sequence[Sight], answers: Sequence[Answer], persistence: Persistence
) -> Outcome:
    """Pool a check's frames of all cameras.

    Suspect when enough of the judged frames (of one camera or of all together) speak against the
    place, or one of them is very sure.  A frame that shows the same thing at the same place, only
    less surely, bears a suspicion out; it never raises one.  A place that was suspect in too few
    frames is not clean either: it is unjudged; nor is one where as many frames as a finding needs
    show something at the same place that was not plain enough to accuse.  Clean needs at least one
    frame that could be judged and none suspect.
    """
    against = [i for i, a in enumerate(answers) if a.verdict is Verdict.SUSPECT]
    clean = [i for i, a in enumerate(answers) if a.verdict is Verdict.PASS]
    judged = len(against) + len(clean)

    def outcome(i: int, answer: Answer | None = None) -> Outcome:
        facts = sights[i].facts
        return Outcome(answer or answers[i], facts.frame, facts.camera, judged, len(against))

    if against:
        # the first of the surest, so that the order of equal frames decides nothing
        surest = min(against, key=lambda i: (-answers[i].confidence, i))
        best = _to_show(sights, answers, against)
        seen = [*against, *_borne_out(sights, answers, against)]
        doubted = [i for i in clean if i not in seen]
        if answers[surest].confidence >= persistence.alone or _enough(
            sights, seen, doubted, persistence.frames
        ):
            return outcome(best)
        values = {"suspect": len(against), "judged": judged, "needed": persistence.frames}
        return outcome(best, unjudged("seen_once", values, answers[best].boxes))
    doubt = _doubted(sights, answers, persistence.frames) if clean else None
    if doubt is not None:
        return outcome(doubt)
    if clean:
        return outcome(min(clean, key=lambda i: (_hidden(answers[i]), i)))
    return outcome(_commonest(sights, answers))


def _to_show(sights: Sequence[Sight], answers: Sequence[Answer], against: Sequence[int]) -> int:
    """The surest frame whose evidence somebody can still check once its people are masked.

    Where people cover it in every frame, simply the surest.
    """

    def rank(i: int) -> tuple[bool, float, int]:
        shown = can_be_shown(sights[i].facts, answers[i].boxes)
        return (not shown, -answers[i].confidence, i)

    return min(against, key=rank)


def _doubted(sights: Sequence[Sight], answers: Sequence[Answer], needed: int) -> int | None:
    """The first of ``needed`` frames of one camera that show the same unclear thing, or None.

    With it a finding would have been made, without it the place is clean: so it decides.  A thing
    that accuses but for a second name needs no second frame.
    """
    contested = [i for i, a in enumerate(answers) if a.reason.code == "could_be_other"]
    if contested:
        return contested[0]
    unclear = [
        (i, box) for i, a in enumerate(answers) if a.verdict is Verdict.UNJUDGED for box in a.boxes
    ]
    for i, box in unclear:
        same = {
            j
            for j, other in unclear
            if sights[j].facts.camera == sights[i].facts.camera
            and other.cls == box.cls
            and _same_place(other.xyxy_px, box.xyxy_px)
        }
        if len(same) >= max(2, needed):
            return min(same)
    return None


def _commonest(sights: Sequence[Sight], answers: Sequence[Answer]) -> int:
    """The first frame of the reason that most frames give, where none could be judged.

    What a camera that sees was not set up for counts least: that a line stands here and was not
    seen in one frame must not be drowned by the frames in which none was looked for.  A frame
    that failed the gate says nothing of either.
    """

    def rank(i: int) -> int:
        if not sights[i].facts.gate.ok:
            return 2
        return 1 if answers[i].reason.code in NOT_SET_UP else 0

    ranks = [rank(i) for i in range(len(answers))]
    mine = [i for i, r in enumerate(ranks) if r == min(ranks)]
    codes = Counter(answers[i].reason.code for i in mine)
    return max(mine, key=lambda i: (codes[answers[i].reason.code], -i))


def _borne_out(
    sights: Sequence[Sight], answers: Sequence[Answer], against: Sequence[int]
) -> list[int]:
    """Frames of the same camera, not suspect by themselves, that show an accused thing as well."""
    accused = [(sights[i].facts.camera, b) for i in against for b in answers[i].boxes]
    return [
        i
        for i, sight in enumerate(sights)
        if i not in against
        and sight.facts.gate.ok
        and any(
            camera == sight.facts.camera and _shows(sight, box)
            for camera, box in accused
            if box.confidence > 0
        )
    ]


def _shows(sight: Sight, box: Box) -> bool:
    for thing in sight.facts.new(box.cls, sure=False):
        same = _same_place(thing.box_xyxy_px, box.xyxy_px)
        if same and thing.confidence >= HALF_AS_SURE * box.confidence:
            return True
    return False


def _same_place(a: BoxPx, b: BoxPx) -> bool:
    return iou(a, b) >= SAME_PLACE_IOU


def _enough(
    sights: Sequence[Sight], against: Sequence[int], clean: Sequence[int], needed: int
) -> bool:
    if len(against) >= min(needed, len(against) + len(clean)):
        return True
    suspects = Counter(sights[i].facts.camera for i in against)
    passes = Counter(sights[i].facts.camera for i in clean)
    return any(n >= min(needed, n + passes[camera]) for camera, n in suspects.items())


def _hidden(answer: Answer) -> float:
    value = answer.measured.get("hidden_percent", 0.0)
    return float(value) if isinstance(value, int | float) else 0.0


NOT_SET_UP = frozenset({"not_configured", "no_reference", "no_shared_plane", "too_few_things"})
"""Reasons for which an optional check is left out: nothing was hidden, it was never set up.

What is set up and was not seen (``line_not_seen``, ``no_reference_now``) keeps a clause from 合格.
"""


def combine_checks(outcomes: Sequence[Outcome]) -> Outcome:
    """A clause's checks: one suspect is enough, clean only if all that apply are clean.

    An optional check that is not set up for this hall is left out, unless nothing else is left.
    """
    if len(outcomes) == 1 and outcomes[0].answer is not None:
        return outcomes[0]
    applied = [o for o in outcomes if o.answer is not None]
    if not applied:
        return Outcome(unjudged("no_check"))
    applied = [o for o in applied if not _left_out(o)] or applied
    best = min(applied, key=lambda o: _RANK[_verdict(o)])
    if len(applied) == 1:
        return best
    return Outcome(
        best.answer,
        best.frame,
        best.camera,
        max(o.judged for o in applied),
        max(o.suspect for o in applied),
    )


def _left_out(outcome: Outcome) -> bool:
    answer = outcome.answer
    return (
        outcome.optional
        and answer is not None
        and answer.verdict is Verdict.UNJUDGED
        and answer.reason.code in NOT_SET_UP
    )


def _verdict(outcome: Outcome) -> Verdict:
    return outcome.answer.verdict if outcome.answer is not None else Verdict.UNJUDGED


def whole_frame(answers: Iterable[Answer]) -> Answer:
    """What one frame says of a clause over all its checks."""
    answers = tuple(answers)
    if len(answers) == 1 and answers[0].reason.code != "not_this_zone":
        return answers[0]
    applied = [a for a in answers if a.reason.code != "not_this_zone"]
    if not applied:
        return unjudged("no_check")
    return min(applied, key=lambda a: _RANK[a.verdict])
