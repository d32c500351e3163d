"""What the day's verdicts accuse: one suspect a place and clause, with its frames and its crops."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from rules.veiled import can_be_shown, people_of
from rules.verdict import Box, Judgement, Verdict
from service import evidence
from service.db.models import FrameRow, Media
from service.night_memory import signature
from service.night_parts import DayAnswers, Parts, Place
from service.settings import Settings
from service.store import MediaStore
from vision.seen import Facts, ImageError

WINDOW_ORDER: Final = {"W": 0, "P": 1, "N": 2}
MOST_SHOTS: Final = 8
"""Pictures a finding and day: more than anybody looks at; the others are still counted."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A frame that speaks against a place, with its boxes there."""

    frame: FrameRow
    boxes: tuple[Box, ...]
    deciding: bool


@dataclass(frozen=True, slots=True)
class Suspect:
    """One desk × clause that is suspect today, over all its windows.

    ``chief`` is the surest judgement whose evidence can be shown; ``looks`` the signature of its
    things.
    """

    place: Place
    chief: Judgement
    shots: tuple[Shot, ...]
    looks: Sequence[dict[str, Any]]

    @property
    def deciding(self) -> Shot:
        return next((s for s in self.shots if s.deciding), self.shots[0])


class Filing:
    """A day's answers with all that is slow done beforehand: crops are cut and encoded here."""

    def __init__(
        self,
        parts: Parts,
        store: MediaStore,
        settings: Settings,
        inbox: Path,
        answers: DayAnswers,
        facts: Sequence[Facts],
    ) -> None:
        self.parts = parts
        self.store = store
        self.settings = settings
        self.inbox = inbox
        self.answers = answers
        self.facts = {(f.camera, f.frame): f for f in facts}
        self.suspects: list[Suspect] = []
        self.crops: dict[tuple[Place, int], evidence.Picture] = {}

    def prepare(self, frames: Sequence[FrameRow]) -> None:
        """Gather the suspects, and cut the crops frame by frame (each is decoded once)."""
        rows = {(f.camera, f.name): f for f in frames}
        self.suspects = [s for s in self._gather(rows) if s.shots]
        wanted: dict[int, list[tuple[Suspect, Shot]]] = {}
        for suspect in self.suspects:
            for shot in suspect.shots:
                wanted.setdefault(shot.frame.id, []).append((suspect, shot))
        for shots in wanted.values():
            frame = shots[0][1].frame
            try:
                image = self.parts.read(self.inbox / frame.path)
            except ImageError:
                continue
            people = people_of(self.facts[frame.camera, frame.name])
            masked = self.parts.mask(image, people)
            for suspect, shot in shots:
                self.crops[suspect.place, frame.id] = evidence.crop(
                    masked, (b.xyxy_px for b in shot.boxes), quality=self.settings.media_quality
                )

    def _gather(self, rows: Mapping[tuple[str, str], FrameRow]) -> Iterable[Suspect]:
        """One suspect a place and clause, over all its windows, in a fixed order."""
        by_place: dict[Place, list[Judgement]] = {}
        for judgement in self.answers.judgements:
            if judgement.verdict is Verdict.SUSPECT:
                by_place.setdefault((judgement.desk, judgement.clause), []).append(judgement)
        for place in sorted(by_place):
            group = sorted(
                by_place[place],
                key=lambda j: (not self._can_be_shown(j), -j.confidence, WINDOW_ORDER[j.window]),
            )
            yield self._suspect(place, group, rows)

    def _can_be_shown(self, judgement: Judgement) -> bool:
        facts = self.facts.get((judgement.camera or "", judgement.frame or ""))
        return facts is None or can_be_shown(facts, judgement.boxes)

    def _suspect(
        self,
        place: Place,
        group: Sequence[Judgement],
        rows: Mapping[tuple[str, str], FrameRow],
    ) -> Suspect:
        chief = group[0]
        deciding = rows.get((chief.camera or "", chief.frame or ""))
        used = {name for judgement in group for name in judgement.frames}
        shots: dict[int, Shot] = {}
        if deciding is not None:
            shots[deciding.id] = Shot(deciding, tuple(chief.boxes), deciding=True)
        said = [v for v in self.answers.frames.get(place, ()) if v.frame in used]
        for verdict in sorted(said, key=lambda v: (-v.confidence, v.taken_at, v.frame)):
            frame = rows.get((verdict.camera, verdict.frame))
            if frame is None or len(shots) >= MOST_SHOTS:
                continue
            if frame.id not in shots:
                shots[frame.id] = Shot(frame, tuple(verdict.boxes), deciding=False)
        looks: list[dict[str, Any]] = []
        if deciding is not None and chief.boxes:
            looks = signature(chief.boxes, self.facts[deciding.camera, deciding.name])
        return Suspect(place, chief, tuple(shots.values()), looks)


def boxes_json(boxes: Iterable[Box]) -> list[dict[str, Any]]:
    """Boxes as stored: ``{"cls", "xyxy_px", "confidence"}``, pixels of the original image."""
    return [
        {
            "cls": box.cls,
            "xyxy_px": [round(float(v), 2) for v in box.xyxy_px],
            "confidence": round(float(box.confidence), 4),
        }
        for box in boxes
    ]


def store_media(
    session: Session,
    store: MediaStore,
    *,
    key: str,
    kind: str,
    path: str,
    hall_id: int,
    frame_id: int,
    finding_id: int | None,
    picture: evidence.Picture,
    now: datetime,
) -> None:
    """Write a masked picture and its row; a second time replaces the first."""
    stored = store.put(path, picture.jpeg)
    row = session.scalar(select(Media).where(Media.key == key))
    if row is None:
        row = Media(key=key, kind=kind, hall_id=hall_id, frame_id=frame_id, finding_id=finding_id)
        session.add(row)
    set_changed(
        row,
        path=stored.path,
        sha256=stored.sha256,
        bytes=stored.bytes,
        width=picture.width,
        height=picture.height,
        offset_x=picture.offset_px[0],
        offset_y=picture.offset_px[1],
        scale=picture.scale,
        masked=True,
        created_at=now,
    )


def set_changed(row: object, **values: object) -> None:
    """Set only what differs, so that filing the same again writes nothing."""
    for name, value in values.items():
        if getattr(row, name, None) != value:
            setattr(row, name, value)
