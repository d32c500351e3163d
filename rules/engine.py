"""A day's facts in, a verdict for every place × clause × window out.  Pure and deterministic."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from rules.calendar import Calendar, Moment, moment_of, open_spans
from rules.combine import Outcome, combine_checks, combine_frames, whole_frame
from rules.coverage import CameraCoverage, Coverage, coverage_of
from rules.kinds.base import Answer, Sight, refused, unjudged
from rules.layout import CameraLayout, HallLayout
from rules.layout_schema import DeskSpec
from rules.pack import Check, Pack, Row
from rules.registers import Registers
from rules.verdict import FrameVerdict, Judgement
from vision.seen import HALL_TZ, Facts, Window, Zone


@dataclass(frozen=True, slots=True)
class FrameEntry:
    """One frame's verdict with the place, clause and window that it is for."""

    desk: str
    clause: str
    window: Window
    verdict: FrameVerdict


@dataclass(frozen=True)
class DayResult:
    """All verdicts of a day, what each frame said, and what was covered."""

    judgements: tuple[Judgement, ...]
    per_frame: tuple[FrameEntry, ...]
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class _Place:
    """What a verdict is given for: a desk, a hall zone, or a camera's whole view."""

    id: str
    desk: DeskSpec | None
    zones: Mapping[str, Zone]
    cameras: tuple[str, ...]

    @property
    def window(self) -> str | None:
        """The name under which the hours may hold its own opening times."""
        return None if self.desk is None else (self.desk.window or self.desk.id)


def judge_day(
    layout: HallLayout,
    pack: Pack,
    calendar: Calendar,
    facts: Iterable[Facts],
    *,
    day: date,
    registers: Registers | None = None,
    expected_frames: Mapping[str, int] | None = None,
    clauses: Iterable[str] | None = None,
) -> DayResult:
    """Judge every place × clause × window of a day from the facts of its frames.

    Frames of other days or unknown cameras are counted as refused.  The order of ``facts`` does
    not matter.  ``clauses`` narrows the pack to some of its rows.
    """
    return _Day(layout, pack, calendar, day, registers or Registers()).judge(
        facts, expected_frames or {}, None if clauses is None else set(clauses)
    )


class _Day:
    """One call of ``judge_day``: what stays the same for all its rows."""

    def __init__(
        self, layout: HallLayout, pack: Pack, calendar: Calendar, day: date, registers: Registers
    ) -> None:
        self.layout = layout
        self.pack = pack
        self.calendar = calendar
        self.day = day
        self.registers = registers
        self.by_camera: dict[str, list[Facts]] = {}
        # the facts stay alive for the whole day, so their identity is a key
        self.moments: dict[tuple[int, str | None], Moment] = {}
        self.seen: dict[tuple[str, Window], list[Sight]] = {}
        self.watching = {
            desk.id: tuple(c.id for c in layout.cameras if c.sees(desk.id)) for desk in layout.desks
        }
        self.open: dict[str | None, bool] = {}

    def judge(
        self,
        facts: Iterable[Facts],
        expected: Mapping[str, int],
        clauses: set[str] | None,
    ) -> DayResult:
        cameras = self._sort_in(facts, expected)
        judgements: list[Judgement] = []
        entries: list[FrameEntry] = []
        for row in self.pack.judged_rows:
            if clauses is not None and row.id not in clauses:
                continue
            for place in self._places(row):
                for window in self._windows(row, place):
                    judgement, frames = self._one(row, place, window)
                    judgements.append(judgement)
                    entries.extend(frames)
        return DayResult(tuple(judgements), tuple(entries), coverage_of(judgements, cameras))

    # ------------------------------------------------------------------ frames

    def _sort_in(
        self, facts: Iterable[Facts], expected: Mapping[str, int]
    ) -> dict[str, CameraCoverage]:
        refused: dict[str, Counter[str]] = defaultdict(Counter)
        given: Counter[str] = Counter()
        used: Counter[str] = Counter()
        seen: set[tuple[str, str, str]] = set()
        ordered = sorted(facts, key=lambda f: (f.taken_at, f.camera, f.frame, f.sha256))
        for fact in ordered:
            given[fact.camera] += 1
            key = (fact.camera, fact.taken_at.isoformat(), fact.sha256)
            if not self.layout.knows_camera(fact.camera):
                refused[fact.camera]["unknown_camera"] += 1
            elif fact.taken_at.astimezone(HALL_TZ).date() != self.day:
                refused[fact.camera]["other_day"] += 1
            elif key in seen:
                refused[fact.camera]["same_frame_twice"] += 1
            else:
                seen.add(key)
                if fact.gate.ok:
                    used[fact.camera] += 1
                else:
                    refused[fact.camera][f"gate_{fact.gate.reason}"] += 1
                self.by_camera.setdefault(fact.camera, []).append(fact)
        names = [c.id for c in self.layout.cameras]
        names += sorted((set(given) | set(expected)) - set(names))
        return {
            name: CameraCoverage(
                expected.get(name), given[name], used[name], dict(sorted(refused[name].items()))
            )
            for name in names
        }

    def _moment(self, fact: Facts, window: str | None) -> Moment:
        key = (id(fact), window)
        if key not in self.moments:
            self.moments[key] = moment_of(fact.taken_at, self.layout.hours, self.calendar, window)
        return self.moments[key]

    # ------------------------------------------------------------------ places and windows

    def _places(self, row: Row) -> Iterator[_Place]:
        scope = row.spec.scope
        if scope in ("desk", "all"):
            for desk in self.layout.desks:
                yield _Place(desk.id, desk, {}, self.watching[desk.id])
        if scope == "camera":
            for camera in self.layout.cameras:
                yield _Place(camera.id, None, {}, (camera.id,))
        if scope in ("zone", "all"):
            kinds = {kind for check in row.checks for kind in check.zones}
            found: dict[str, dict[str, Zone]] = {}
            for camera in self.layout.cameras:
                for zone in camera.zones:
                    if zone.kind in kinds:
                        found.setdefault(zone.id, {})[camera.id] = zone
            for zone_id, zones in found.items():
                yield _Place(zone_id, None, zones, tuple(zones))
            if not found and scope == "zone":
                yield _Place(self.layout.hall.id, None, {}, ())

    def _windows(self, row: Row, place: _Place) -> tuple[Window, ...]:
        if place.window not in self.open:
            spans = open_spans(self.day, self.layout.hours, self.calendar, place.window)
            self.open[place.window] = spans is None or bool(spans)
        if not self.open[place.window]:  # shut all day: only the night is left
            return tuple(w for w in row.windows if w == "N")
        return row.windows

    # ------------------------------------------------------------------ one verdict

    def _one(self, row: Row, place: _Place, window: Window) -> tuple[Judgement, list[FrameEntry]]:
        exception = self.registers.exempt(place.id, row.id, self.day)
        if exception is not None:
            values = {"until": exception.until.isoformat(), "why": exception.why}
            return self._judgement(row, place, window, Outcome(unjudged("exempt", values))), []
        if not self.calendar.knows(self.day):
            answer = unjudged("calendar_year_unknown", {"year": self.day.year})
            return self._judgement(row, place, window, Outcome(answer)), []
        sights = self._sights(place, window)
        if not sights and (nothing := _unseen(row, place, window)) is not None:
            return self._judgement(row, place, window, nothing), []
        outcomes: list[Outcome] = []
        per_frame: list[list[Answer]] = []
        for check in row.checks:
            if window not in check.windows or not _applies(check, place):
                continue
            outcome, answers = self._check(check, row, place, sights)
            outcomes.append(replace(outcome, optional=True) if check.optional else outcome)
            per_frame.append(answers)
        outcome = combine_checks(outcomes)
        entries = [
            FrameEntry(place.id, row.id, window, _frame_verdict(sight.facts, answers))
            for sight, answers in zip(sights, zip(*per_frame, strict=True), strict=bool(per_frame))
        ]
        return self._judgement(row, place, window, outcome, sights), entries

    def _sights(self, place: _Place, window: Window) -> list[Sight]:
        key = (f"{place.desk is not None}{bool(place.zones)} {place.id}", window)
        if key not in self.seen:
            self.seen[key] = self._look(place, window)
        return self.seen[key]

    def _look(self, place: _Place, window: Window) -> list[Sight]:
        sights = [
            Sight(
                fact,
                camera,
                place.desk,
                place.zones.get(camera.id),
                window,
                self.registers,
                moment.stretch,
            )
            for camera in self._cameras_of(place)
            for fact in self.by_camera.get(camera.id, ())
            if (moment := self._moment(fact, place.window)).window == window
        ]
        return sorted(sights, key=lambda s: (s.facts.taken_at, s.facts.camera, s.facts.frame))

    def _cameras_of(self, place: _Place) -> Iterator[CameraLayout]:
        return (self.layout.camera(name) for name in place.cameras)

    def _check(
        self, check: Check, row: Row, place: _Place, sights: Sequence[Sight]
    ) -> tuple[Outcome, list[Answer]]:
        if not sights:
            code = "no_frame" if place.cameras else "no_camera"
            if place.desk is None and not place.zones and row.spec.scope == "zone":
                zone = check.zones[0] if check.zones else ""
                return Outcome(unjudged("not_configured", {"zone": zone})), []
            return Outcome(unjudged(code)), []
        if check.kind.over == "day":
            day = check.kind.judge(sights, check.params)
            judged = sum(1 for a in day.per_frame if a.verdict != "unjudged")
            against = sum(1 for a in day.per_frame if a.verdict == "suspect")
            camera = next((s.facts.camera for s in sights if s.facts.frame == day.deciding), None)
            outcome = Outcome(day.answer, day.deciding, camera, judged, against)
            return outcome, list(day.per_frame)
        answers = [
            check.kind.judge(sight, check.params) if sight.facts.gate.ok else refused(sight.facts)
            for sight in sights
        ]
        return combine_frames(sights, answers, row.spec.persistence), answers

    def _judgement(
        self,
        row: Row,
        place: _Place,
        window: Window,
        outcome: Outcome,
        sights: Sequence[Sight] = (),
    ) -> Judgement:
        answer = outcome.answer or unjudged("no_check")
        return Judgement(
            hall=self.layout.hall.id,
            day=self.day,
            camera=outcome.camera or (place.cameras[0] if place.cameras else None),
            desk=place.id,
            clause=row.id,
            window=window,
            verdict=answer.verdict,
            reason=answer.reason,
            frame=outcome.frame,
            frames=tuple(dict.fromkeys(s.facts.frame for s in sights)),
            measured=answer.measured,
            boxes=answer.boxes,
            confidence=answer.confidence,
            frames_judged=outcome.judged,
            frames_suspect=outcome.suspect,
        )


NO_FRAME: Final = Outcome(unjudged("no_frame"))
NO_CAMERA: Final = Outcome(unjudged("no_camera"))
NO_CHECK: Final = Outcome(unjudged("no_check"))


def _unseen(row: Row, place: _Place, window: Window) -> Outcome | None:
    """What every check says where no frame came; None where each has to be asked what is missing.

    Half of a day's windows are like that: no check need run for them.
    """
    if place.desk is None and not place.zones and row.spec.scope == "zone":
        return None
    if not any(window in check.windows and _applies(check, place) for check in row.checks):
        return NO_CHECK
    return NO_FRAME if place.cameras else NO_CAMERA


def _applies(check: Check, place: _Place) -> bool:
    """A check that names hall zones is for those; one without is for desks and whole views."""
    if place.zones:
        return any(zone.kind in check.zones for zone in place.zones.values())
    return place.desk is None or not check.zones


def _frame_verdict(facts: Facts, answers: Sequence[Answer]) -> FrameVerdict:
    answer = whole_frame(answers)
    return FrameVerdict(
        camera=facts.camera,
        frame=facts.frame,
        taken_at=facts.taken_at,
        verdict=answer.verdict,
        reason=answer.reason,
        measured=answer.measured,
        boxes=answer.boxes,
        confidence=answer.confidence,
    )
