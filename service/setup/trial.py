"""Trying a draft on today's frame: the real detector and rules, nothing kept."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from rules.calendar import Calendar
from rules.engine import judge_day
from rules.layout import HallLayout
from rules.messages import Lang, sentence
from rules.pack import Pack
from rules.registers import Registers
from rules.veiled import people_of
from rules.verdict import Judgement, Verdict
from service.db.models import FrameRow, Hall
from service.evidence import mask_people, thumb
from service.halls import inbox_of
from service.night_inbox import scan
from service.settings import Settings
from service.setup.draft import layout_from
from service.setup.eyes import SetupEyes
from service.setup.references import drafts_of
from service.setup.versions import find_reference
from vision.images import Reader, read_bytes, read_image
from vision.seen import Facts

FRAMES: Final = 2
LOOKED_BACK: Final = 40
SHOWN_PX: Final = 1600


@dataclass(frozen=True, slots=True)
class Suspect:
    """Something that the rules would report under the draft; boxes xyxy in px of the frame."""

    desk: str
    clause: str
    window: str
    text: str
    frame: str
    boxes: tuple[tuple[str, tuple[float, float, float, float]], ...]


@dataclass(frozen=True)
class Tried:
    """What the draft says of the newest frames of one camera."""

    frames: tuple[str, ...]
    gates: Mapping[str, str]
    passed: int
    unjudged: int
    suspects: tuple[Suspect, ...]
    pictures: Mapping[str, bytes]
    """Frame name -> masked JPEG."""
    sizes: Mapping[str, tuple[int, int]]
    day: date


def newest_frames(session: Session, settings: Settings, hall: Hall, camera: str) -> list[Path]:
    """The newest stills of a camera whose files are still there, oldest of them first."""
    inbox = inbox_of(settings, hall)
    rows = session.scalars(
        select(FrameRow.path)
        .where(FrameRow.hall_id == hall.id, FrameRow.camera == camera)
        .order_by(FrameRow.taken_at.desc())
        .limit(LOOKED_BACK)
    )
    found = [inbox / path for path in rows if (inbox / path).is_file()][:FRAMES]
    if not found and inbox.is_dir():
        arrived = [s for s in scan(inbox).snapshots if s.camera == camera]
        newest = sorted(arrived, key=lambda s: s.taken_at)[-FRAMES:]
        found = [inbox / s.path for s in reversed(newest)]
    return found[::-1]


def staged(settings: Settings, hall_id: int, text: str, folder: Path | None) -> Path:
    """A folder of its own with the draft's pictures where its YAML expects them."""
    stage = drafts_of(settings, hall_id) / f"try-{uuid.uuid4().hex}"
    _, data = layout_from(text, stage)
    stage.mkdir(parents=True)
    for camera in data["cameras"]:
        for name in (camera.get("reference") or {}).values():
            source = find_reference(settings, hall_id, folder, str(name))
            if source is not None:
                target = stage / str(name)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)
    return stage


def without_missing(data: Mapping[str, Any], stage: Path) -> dict[str, Any]:
    """The draft's data without reference pictures that are not there: the rest can be tried."""
    cameras = []
    for camera in data["cameras"]:
        kept = {k: v for k, v in camera.items() if k != "reference"}
        names = {k: v for k, v in (camera.get("reference") or {}).items() if (stage / v).is_file()}
        cameras.append(kept | ({"reference": names} if names else {}))
    return {**data, "cameras": cameras}


def try_rules(
    paths: Sequence[Path],
    layout: HallLayout,
    pack: Pack,
    calendar: Calendar,
    eyes: SetupEyes,
    lang: Lang,
    read: Reader = read_bytes,
    allowed: Callable[[date], Registers] = lambda _day: Registers(),
) -> Tried:
    """Look at the frames and judge their newest day under the draft.

    ``read`` opens sealed ones; ``allowed``: what the hall's registers allow on a day.
    """
    facts = eyes.facts(paths, layout)
    day = max((fact.taken_at.date() for fact in facts), default=date.min)
    of_day = [fact for fact in facts if fact.taken_at.date() == day]
    judged = (
        judge_day(layout, pack, calendar, of_day, day=day, registers=allowed(day)).judgements
        if of_day
        else ()
    )
    cameras = {fact.camera for fact in of_day}
    seen = [j for j in judged if j.frames and (j.camera in cameras)]
    by_frame = {fact.frame: fact for fact in of_day}
    return Tried(
        frames=tuple(by_frame),
        gates={name: fact.gate.reason for name, fact in by_frame.items()},
        passed=sum(j.verdict is Verdict.PASS for j in seen),
        unjudged=sum(j.verdict is Verdict.UNJUDGED for j in seen),
        suspects=tuple(_suspect(j, lang) for j in seen if j.verdict is Verdict.SUSPECT),
        # a frame that failed its gate was not searched for people: it can't be shown
        pictures={
            path.name: _masked(path, by_frame[path.name], read)
            for path in paths
            if path.name in by_frame and by_frame[path.name].gate.ok
        },
        sizes={name: (fact.width, fact.height) for name, fact in by_frame.items()},
        day=day,
    )


def _suspect(judgement: Judgement, lang: Lang) -> Suspect:
    return Suspect(
        judgement.desk,
        judgement.clause,
        judgement.window,
        sentence(judgement.reason, lang),
        judgement.frame or "",
        tuple((box.cls, box.xyxy_px) for box in judgement.boxes),
    )


def _masked(path: Path, facts: Facts, read: Reader) -> bytes:
    image = mask_people(read_image(path, read=read), people_of(facts))
    return thumb(image, longest_px=SHOWN_PX).jpeg
