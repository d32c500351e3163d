"""What the night borrows from the other rooms: eyes, rules, calendar, mask.

One plain object of functions, so that a test can put in a made-up eye and the real rules, or the
other way round.  Nothing here touches the database.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from rules.calendar import Calendar, window_of
from rules.engine import FrameEntry, judge_day
from rules.layout import HallLayout
from rules.pack import load_pack
from rules.registers import Registers
from rules.verdict import FrameVerdict, Judgement, Verdict
from service.calendars import calendar_of
from service.evidence import Masker, mask_people
from service.sealed import Stills
from service.settings import Settings
from vision.seen import Facts, Image, Window

if TYPE_CHECKING:
    from vision.detector import Detector
    from vision.model_file import ModelFile

Place: TypeAlias = tuple[str, str]
"""(desk or hall zone id, clause id)."""


@dataclass(frozen=True, slots=True)
class DayAnswers:
    """The day's verdicts, and for suspects what each frame said."""

    judgements: tuple[Judgement, ...]
    frames: Mapping[Place, Sequence[FrameVerdict]]


@dataclass(frozen=True, slots=True)
class ClauseText:
    """A clause as a finding freezes it."""

    text: str
    modality: str


@dataclass(frozen=True, slots=True)
class Parts:
    """Functions and versions for one day."""

    look: Callable[[Sequence[Path], HallLayout], Iterator[Facts]]
    judge: Callable[[HallLayout, Sequence[Facts], date, Registers], DayAnswers]
    clause: Callable[[str], ClauseText]
    window: Callable[[datetime, HallLayout], Window | None]
    read: Callable[[Path], Image]
    mask: Masker
    pack_version: str
    calendar_version: str
    model_name: str
    model_version: str
    model_sha256: str


def real_parts(settings: Settings, day: date) -> Parts:
    """The product's own eyes and rules, loaded once for all halls of a night."""
    from models.registry import find
    from service.road import look_all
    from vision.images import read_image

    stills = Stills.of(settings)
    model = find(settings.model)
    pack = load_pack(settings.pack, on=day)
    calendar = calendar_of(settings)

    def look(paths: Sequence[Path], layout: HallLayout) -> Iterator[Facts]:
        # loaded at the first look: a day without new frames needs no model in memory
        return look_all(paths, layout, detector_of(model), read=stills.read)

    def judge(
        layout: HallLayout, facts: Sequence[Facts], on: date, registers: Registers
    ) -> DayAnswers:
        result = judge_day(layout, pack, calendar, facts, day=on, registers=registers)
        return DayAnswers(tuple(result.judgements), _by_place(result.per_frame))

    def clause(clause_id: str) -> ClauseText:
        row = pack.row(clause_id)
        return ClauseText(row.spec.text, row.spec.modality)

    return Parts(
        look=look,
        judge=judge,
        clause=clause,
        window=lambda taken_at, layout: window_of(taken_at, layout.hours, calendar),
        read=lambda path: read_image(path, read=stills.read),
        mask=mask_people,
        pack_version=pack.label,
        calendar_version=_calendar_version(calendar),
        model_name=model.name,
        model_version=model.version,
        model_sha256=model.sha256,
    )


_DETECTORS: dict[str, Detector] = {}


def detector_of(model: ModelFile) -> Detector:
    """One detector a process: the days of a catch-up share it."""
    from vision.detector import Detector

    if model.sha256 not in _DETECTORS:
        _DETECTORS.clear()
        _DETECTORS[model.sha256] = Detector.load(model)
    return _DETECTORS[model.sha256]


def _by_place(entries: Sequence[FrameEntry]) -> dict[Place, list[FrameVerdict]]:
    """What each frame said against a place, in the engine's order."""
    found: dict[Place, list[FrameVerdict]] = {}
    for entry in entries:
        if entry.verdict.verdict is Verdict.SUSPECT:
            found.setdefault((entry.desk, entry.clause), []).append(entry.verdict)
    return found


def _calendar_version(calendar: Calendar) -> str:
    """The years that the calendar knows, and a hash of its days."""
    days = [
        *(f"{day} off" for year in calendar.years for day in sorted(calendar.off[year])),
        *(f"{day} on" for year in calendar.years for day in sorted(calendar.worked.get(year, ()))),
    ]
    mark = hashlib.sha256("\n".join(days).encode()).hexdigest()[:12]
    return f"{calendar.years[0]}-{calendar.years[-1]}@{mark}" if calendar.years else "none"
