"""Findings of a night: new ones, ones that go on from before, and ones that were dismissed before.

For each desk × clause that is suspect today:

1. a finding that was already seen today is that finding (the night runs a second time);
2. else one from an earlier day whose things were in the same place with the same look: it ages if
   it is open or confirmed, and stays silent if it was dismissed within its term;
3. else it is new.

A finding is carried on only while nobody judged the place without it in between.  What is no
longer suspect today but was filed for today is taken back, unless somebody decided it.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from service.db.models import (
    DayVerdict,
    Decision,
    Finding,
    FindingDay,
    FindingFrame,
    FrameRow,
    Hall,
    Media,
    Run,
)
from service.night_memory import all_known
from service.night_parts import Place
from service.night_suspects import Filing, Suspect, boxes_json, store_media
from service.store import crop_path

MISSES: Final = 3
"""A dismissed thing that was judged away on so many days has moved: it is asked again."""


class Findings:
    """Files one day's findings inside the caller's transaction."""

    def __init__(
        self,
        session: Session,
        filing: Filing,
        hall: Hall,
        run: Run,
        day: date,
        now: datetime,
    ) -> None:
        self.session = session
        self.filing = filing
        self.hall = hall
        self.run = run
        self.day = day
        self.now = now
        self.counts = {"findings_new": 0, "findings_aged": 0, "findings_known": 0}

    def file(self) -> dict[Place, int]:
        """File all; gives the finding's number of each suspect place."""
        numbers: dict[Place, int] = {}
        for suspect in self.filing.suspects:
            numbers[suspect.place] = self._file_one(suspect).id
        self._take_back(set(numbers.values()))
        self.session.flush()
        return numbers

    # ------------------------------------------------------------------ one suspect

    def _file_one(self, suspect: Suspect) -> Finding:
        finding = self._of_today(suspect.place) or self._from_before(suspect)
        if finding is None:
            finding = self._new(suspect)
        elif finding.day == self.day:
            if finding.status == "withdrawn":
                self._machine(finding, "reopen", "open")
            if finding.status == "open":
                self._describe(finding, suspect)
        self.session.flush()
        self._seen_today(finding, suspect)
        self._count(finding)
        return finding

    def _count(self, finding: Finding) -> None:
        if finding.day == self.day:
            self.counts["findings_new"] += 1
        elif finding.status == "dismissed":
            self.counts["findings_known"] += 1
        else:
            self.counts["findings_aged"] += 1

    def _of_today(self, place: Place) -> Finding | None:
        return self.session.scalar(
            select(Finding)
            .join(FindingDay, FindingDay.finding_id == Finding.id)
            .where(
                Finding.hall_id == self.hall.id,
                Finding.desk == place[0],
                Finding.clause == place[1],
                Finding.source == "camera",
                FindingDay.day == self.day,
            )
            .order_by(Finding.id)
            .limit(1)
        ) or self.session.scalar(select(Finding).where(Finding.key == self._key(place)))

    def _key(self, place: Place) -> str:
        return f"{self.hall.id}:{self.day.isoformat()}:{place[0]}:{place[1]}"

    def _from_before(self, suspect: Suspect) -> Finding | None:
        """The youngest earlier finding of this place that holds all that is seen today."""
        if not suspect.looks:
            return None
        earlier = self.session.scalars(
            select(Finding)
            .where(
                Finding.hall_id == self.hall.id,
                Finding.desk == suspect.place[0],
                Finding.clause == suspect.place[1],
                Finding.source == "camera",
                Finding.status.in_(("open", "confirmed", "dismissed")),
                Finding.last_day < self.day,
            )
            .order_by(Finding.last_day.desc(), Finding.id.desc())
            .limit(20)
        )
        for finding in earlier:
            if all_known(suspect.looks, finding.signature) and self._still_there(finding):
                return finding
        return None

    def _still_there(self, finding: Finding) -> bool:
        """Whether the thing counts as having stayed since it was last seen."""
        misses = self.session.scalar(
            select(func.count(func.distinct(DayVerdict.day))).where(
                DayVerdict.hall_id == self.hall.id,
                DayVerdict.desk == finding.desk,
                DayVerdict.clause == finding.clause,
                DayVerdict.day > finding.last_day,
                DayVerdict.day < self.day,
                DayVerdict.verdict.in_(("pass", "suspect")),
            )
        )
        if finding.status != "dismissed":
            return not misses
        asked = finding.decided_at.date() if finding.decided_at else finding.last_day
        term = timedelta(days=self.filing.settings.memory_days)
        return (misses or 0) < MISSES and self.day - max(asked, finding.day) <= term

    def _new(self, suspect: Suspect) -> Finding:
        desk, clause = suspect.place
        text = self.filing.parts.clause(clause)
        finding = Finding(
            key=self._key(suspect.place),
            hall_id=self.hall.id,
            day=self.day,
            last_day=self.day,
            desk=desk,
            clause=clause,
            source="camera",
            status="open",
            window=suspect.chief.window,
            reason_code=suspect.chief.reason.code,
            clause_text=text.text,
            modality=text.modality,
            pack_version=self.run.pack_version,
            model_version=f"{self.run.model_name}@{self.run.model_version}",
            layout_version_id=self.run.layout_version_id,
            created_at=self.now,
            updated_at=self.now,
        )
        self._describe(finding, suspect)
        self.session.add(finding)
        return finding

    def _describe(self, finding: Finding, suspect: Suspect) -> None:
        """What the machine says of it; only ever on a finding that nobody has decided."""
        chief, deciding = suspect.chief, suspect.deciding
        self._change(
            finding,
            window=chief.window,
            camera=deciding.frame.camera,
            confidence=round(float(chief.confidence), 6),
            reason_code=chief.reason.code,
            reason_values=dict(chief.reason.values),
            measured=dict(chief.measured),
            boxes=boxes_json(deciding.boxes),
            signature=list(suspect.looks),
            frame_id=deciding.frame.id,
            pack_version=self.run.pack_version,
            model_version=f"{self.run.model_name}@{self.run.model_version}",
            layout_version_id=self.run.layout_version_id,
        )

    def _change(self, finding: Finding, **values: object) -> None:
        changed = {k: v for k, v in values.items() if getattr(finding, k, None) != v}
        for name, value in changed.items():
            setattr(finding, name, value)
        if changed:
            finding.updated_at = self.now

    # ------------------------------------------------------------------ days and pictures

    def _seen_today(self, finding: Finding, suspect: Suspect) -> None:
        today = self.session.get(FindingDay, (finding.id, self.day))
        if today is None:
            self.session.add(FindingDay(finding_id=finding.id, day=self.day, run_id=self.run.id))
        elif self._decided(finding):
            return  # it was decided on what was seen then
        self._days(finding)
        if finding.day != self.day and finding.last_day == self.day and suspect.looks:
            self._change(finding, signature=list(suspect.looks))
        if finding.status != "dismissed":
            self._shots(finding, suspect)

    @staticmethod
    def _decided(finding: Finding) -> bool:
        return finding.status in ("confirmed", "dismissed")

    def _days(self, finding: Finding) -> None:
        """Age from the rows of its days, never by counting up."""
        self.session.flush()
        last, nights = self.session.execute(
            select(func.max(FindingDay.day), func.count()).where(
                FindingDay.finding_id == finding.id
            )
        ).one()
        if nights:
            self._change(finding, last_day=last, nights=nights)

    def _shots(self, finding: Finding, suspect: Suspect) -> None:
        rows = {
            row.frame_id: row
            for row in self.session.scalars(
                select(FindingFrame)
                .join(FrameRow, FrameRow.id == FindingFrame.frame_id)
                .where(FindingFrame.finding_id == finding.id, FrameRow.day == self.day)
            )
        }
        wanted = {shot.frame.id: shot for shot in suspect.shots}
        for frame_id in rows.keys() - wanted.keys():
            self._drop_shot(finding, frame_id)
        for frame_id, shot in wanted.items():
            row = rows.get(frame_id)
            boxes = boxes_json(shot.boxes)
            deciding = shot.deciding and finding.frame_id == frame_id
            if row is None:
                self.session.add(
                    FindingFrame(
                        finding_id=finding.id, frame_id=frame_id, boxes=boxes, deciding=deciding
                    )
                )
            elif (row.boxes, row.deciding) != (boxes, deciding):
                row.boxes, row.deciding = boxes, deciding
            picture = self.filing.crops.get((suspect.place, frame_id))
            if picture is not None:
                store_media(
                    self.session,
                    self.filing.store,
                    key=f"crop:{finding.id}:{frame_id}",
                    kind="crop",
                    path=crop_path(self.hall.id, self.day, frame_id, finding.id),
                    hall_id=self.hall.id,
                    frame_id=frame_id,
                    finding_id=finding.id,
                    picture=picture,
                    now=self.now,
                )

    def _drop_shot(self, finding: Finding, frame_id: int) -> None:
        self.session.execute(
            delete(FindingFrame).where(
                FindingFrame.finding_id == finding.id, FindingFrame.frame_id == frame_id
            )
        )
        media = self.session.scalar(
            select(Media).where(Media.key == f"crop:{finding.id}:{frame_id}")
        )
        if media is not None:
            self.filing.store.delete(media.path)
            self.session.delete(media)

    # ------------------------------------------------------------------ what is no longer there

    def _take_back(self, still: set[int]) -> None:
        """Findings filed for today by an earlier run that today's frames no longer bear out."""
        filed = self.session.scalars(
            select(Finding)
            .join(FindingDay, FindingDay.finding_id == Finding.id)
            .where(
                Finding.hall_id == self.hall.id,
                Finding.source == "camera",
                FindingDay.day == self.day,
            )
            .order_by(Finding.id)
        ).all()
        for finding in filed:
            if finding.id in still or (self._decided(finding) and finding.day == self.day):
                continue
            if finding.day == self.day:
                if finding.status == "open":
                    self._machine(finding, "withdraw", "withdrawn")
                continue
            self.session.execute(
                delete(FindingDay).where(
                    FindingDay.finding_id == finding.id, FindingDay.day == self.day
                )
            )
            self._days(finding)

    def _machine(self, finding: Finding, action: str, status: str) -> None:
        """The machine changes its own mind: on record like everybody else's."""
        self._change(finding, status=status)
        self.session.add(Decision(finding_id=finding.id, user_id=None, action=action, at=self.now))
