"""Filing a day: its verdicts, the findings they make or carry on, and the evidence for them.

All of it happens inside one transaction of the caller.  Filing the same day again finds every row
where it left it; what a person has decided is never touched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from rules.verdict import FrameVerdict, Judgement, Verdict
from service.db.models import DayVerdict, FrameRow, FrameVerdictRow, Hall, Run, RunFacts
from service.night_findings import Findings
from service.night_parts import Place
from service.night_suspects import Filing, boxes_json, set_changed

WORST_FIRST: Final = {Verdict.SUSPECT: 0, Verdict.UNJUDGED: 1, Verdict.PASS: 2}


def file_day(
    session: Session, filing: Filing, hall: Hall, run: Run, day: date, *, now: datetime
) -> dict[str, int]:
    """Write the day; gives how many findings are new, went on, or were known as dismissed."""
    findings = Findings(session, filing, hall, run, day, now)
    numbers = findings.file()
    _file_verdicts(session, filing, hall, run, day, numbers)
    frames = list(
        session.scalars(select(FrameRow).where(FrameRow.hall_id == hall.id, FrameRow.day == day))
    )
    _file_frame_verdicts(session, filing, frames)
    session.execute(delete(RunFacts).where(RunFacts.frame_id.in_([f.id for f in frames])))
    return findings.counts


def _file_verdicts(
    session: Session,
    filing: Filing,
    hall: Hall,
    run: Run,
    day: date,
    findings: Mapping[Place, int],
) -> None:
    wanted: dict[tuple[str, str, str], Judgement] = {}
    for judgement in filing.answers.judgements:
        key = (judgement.desk, judgement.clause, str(judgement.window))
        other = wanted.get(key)  # a desk and a hall zone of one name: the worse one stands
        if other is None or WORST_FIRST[judgement.verdict] < WORST_FIRST[other.verdict]:
            wanted[key] = judgement
    rows = {
        (r.desk, r.clause, r.window): r
        for r in session.scalars(
            select(DayVerdict).where(DayVerdict.hall_id == hall.id, DayVerdict.day == day)
        )
    }
    for key, row in rows.items():
        if key not in wanted:
            session.delete(row)
    for key, judgement in wanted.items():
        desk, clause, window = key
        found = rows.get(key)
        if found is None:
            found = DayVerdict(hall_id=hall.id, day=day, desk=desk, clause=clause, window=window)
            session.add(found)
        suspect = judgement.verdict is Verdict.SUSPECT
        set_changed(
            found,
            verdict=judgement.verdict.value,
            reason_code=judgement.reason.code,
            reason_values=dict(judgement.reason.values),
            measured=dict(judgement.measured),
            camera=judgement.camera,
            confidence=round(judgement.confidence, 6),
            frames_used=len(judgement.frames),
            frames_judged=judgement.frames_judged,
            frames_suspect=judgement.frames_suspect,
            run_id=run.id,
            finding_id=findings.get((desk, clause)) if suspect else None,
        )
    session.flush()


def _file_frame_verdicts(session: Session, filing: Filing, frames: Sequence[FrameRow]) -> None:
    by_name = {(f.camera, f.name): f.id for f in frames}
    wanted: dict[tuple[int, str, str], FrameVerdict] = {}
    for (desk, clause), verdicts in filing.answers.frames.items():
        for verdict in verdicts:
            frame_id = by_name.get((verdict.camera, verdict.frame))
            if frame_id is not None and verdict.verdict is Verdict.SUSPECT:
                wanted[frame_id, desk, clause] = verdict
    rows = {
        (r.frame_id, r.desk, r.clause): r
        for r in session.scalars(
            select(FrameVerdictRow).where(FrameVerdictRow.frame_id.in_(by_name.values()))
        )
    }
    for key, row in rows.items():
        if key not in wanted:
            session.delete(row)
    for key, verdict in wanted.items():
        found = rows.get(key)
        if found is None:
            found = FrameVerdictRow(frame_id=key[0], desk=key[1], clause=key[2])
            session.add(found)
        set_changed(
            found,
            verdict=verdict.verdict.value,
            reason_code=verdict.reason.code,
            reason_values=dict(verdict.reason.values),
            measured=dict(verdict.measured),
            boxes=boxes_json(verdict.boxes),
            confidence=round(verdict.confidence, 6),
        )
    session.flush()
