"""A made-up hall: pictures of a few pixels, an eye that reads a script, rules of two lines."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import cv2
import numpy as np

from rules.layout import HallLayout
from rules.registers import Registers
from rules.verdict import Box, FrameVerdict, Judgement, Reason, Verdict
from service.db import migrate
from service.db.engine import Database
from service.halls import import_layout
from service.night import Night
from service.night_inbox import snapshot_of
from service.night_parts import ClauseText, DayAnswers, Parts, Place
from service.night_report import NightReport
from service.sealed import Stills
from service.settings import Settings
from vision.seen import BoxPx, Facts, Gate, Image, ImageError, Thing, Window

DAY = date(2026, 3, 11)
NOW = datetime(2026, 3, 11, 14, 0, tzinfo=UTC)
PHONE, CUP = "2S-2-(4)", "2S-2-(9)a"
CLAUSES = {PHONE: "phone", CUP: "cup"}
WIDTH, HEIGHT = 640, 480
WINDOWS: tuple[Window, ...] = ("W", "N")

HALL_YAML = """\
schema: 1
hall: {id: test, name: 测试大厅}
desks: [{id: A1}, {id: A2}]
cameras:
  - id: cam1
    zones:
      - {kind: desk_top, desk: A1, polygon: [[0.1, 0.5], [0.4, 0.5], [0.4, 0.8], [0.1, 0.8]]}
  - id: cam2
    zones:
      - {kind: desk_top, desk: A2, polygon: [[0.1, 0.5], [0.4, 0.5], [0.4, 0.8], [0.1, 0.8]]}
"""
DESK_OF = {"cam1": "A1", "cam2": "A2"}


def phone(
    x: float = 120, y: float = 300, *, confidence: float = 0.9, cls: str = "phone",
    lab: tuple[float, float, float] | None = (20.0, 0.0, 0.0),
) -> Thing:  # fmt: skip
    box: BoxPx = (x, y, x + 40, y + 20)
    return Thing(cls, confidence, True, box, (x + 20, y + 20), desk="-", lab=lab)


def person(box: BoxPx = (400, 100, 500, 400), *, sure: bool = True) -> Thing:
    return Thing("person", 0.5, sure, box, (450, 400))


@dataclass
class Hall:
    """A data folder with one hall, a script of what its frames show, and the night over it."""

    folder: Path
    shows: dict[str, tuple[Thing, ...]] = field(default_factory=dict)
    looked: list[str] = field(default_factory=list)
    gates: dict[str, Any] = field(default_factory=dict)
    now: datetime = NOW
    memory_days: int = 30
    judge: Callable[[HallLayout, Sequence[Facts], date], DayAnswers] | None = None
    allowed: Registers | None = None
    """The registers that the rules were last given."""

    def __post_init__(self) -> None:
        self.settings = Settings(data=self.folder / "data", memory_days=self.memory_days)
        self.inbox = self.folder / "inbox"
        self.inbox.mkdir(parents=True, exist_ok=True)
        self.database = Database.of(self.settings)

    def set_up(self) -> Hall:
        self.settings.data.mkdir(parents=True, exist_ok=True)
        (self.settings.data / "deskcheck.sqlite3").write_bytes(empty_database())
        layout = self.folder / "hall.yaml"
        layout.write_text(HALL_YAML, encoding="utf-8")
        import_layout(self.database, self.settings, layout, now=NOW, inbox=self.inbox)
        return self

    def add(self, camera: str, clock: str, *things: Thing, day: date = DAY) -> str:
        """A frame in the inbox that shows these things; gives its name."""
        name = f"{camera}_{day:%Y%m%d}T{clock}.png"
        (self.inbox / name).write_bytes(picture(name, things))
        self.shows[name] = things
        return name

    def run(self, day: date = DAY, *, again: bool = False) -> NightReport:
        night = Night(
            self.database,
            self.settings,
            lambda _settings, _day: self.parts(),
            clock=lambda: self.now,
            again=again,
        )
        return night.run(day=day)[0]

    def parts(self) -> Parts:
        return Parts(
            look=self._look,
            judge=self._judge,
            clause=lambda c: ClauseText(f"条文 {c}", "must"),
            window=lambda taken, _layout: window_of(taken),
            read=lambda path: read(path, Stills.of(self.settings)),
            mask=black_out,
            pack_version="made-up@1",
            calendar_version="2026",
            model_name="made-up",
            model_version="1",
            model_sha256="f" * 64,
        )

    def _judge(
        self, layout: HallLayout, facts: Sequence[Facts], day: date, allowed: Registers
    ) -> DayAnswers:
        self.allowed = allowed
        return (self.judge or judge)(layout, facts, day)

    def _look(self, paths: Sequence[Path], layout: HallLayout) -> Iterator[Facts]:
        for path in paths:
            snapshot = snapshot_of(path.name)
            assert snapshot is not None
            assert layout.knows_camera(snapshot.camera)
            self.looked.append(path.name)
            data = path.read_bytes()
            gate, size = Gate(self.gates.get(path.name, "ok")), (WIDTH, HEIGHT)
            things = self.shows.get(path.name, ())
            try:
                read(path, Stills.of(self.settings))
            except ImageError:
                gate, size, things = Gate("undecodable"), (0, 0), ()
            sha256 = hashlib.sha256(data).hexdigest()
            yield Facts(
                snapshot.camera, snapshot.taken_at, path.name, sha256, *size, gate,
                things if gate.ok else (),
            )  # fmt: skip


@cache
def empty_database() -> bytes:
    """A migrated database's file; the history is walked once for all tests."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "empty.sqlite3")
        made = Database(f"sqlite:///{file}")
        migrate.upgrade(made.engine)
        with made.engine.connect() as connection:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")
        made.close()
        return file.read_bytes()


def picture(name: str, things: Sequence[Thing]) -> bytes:
    """A noisy PNG; people are a bright checked pattern, so that a test can look for them."""
    seed = int(hashlib.sha256(name.encode()).hexdigest()[:8], 16)
    small = np.random.default_rng(seed).integers(60, 90, (12, 16, 3), dtype=np.uint8)
    image = cv2.resize(small, (WIDTH, HEIGHT), interpolation=cv2.INTER_NEAREST)
    for thing in things:
        x1, y1, x2, y2 = (int(v) for v in thing.box_xyxy_px)
        image[y1:y2, x1:x2] = 30
        if thing.cls == "person":
            image[y1:y2, x1:x2] = (0, 0, 255)
    done, data = cv2.imencode(".png", image)
    assert done
    return data.tobytes()


def read(path: Path, stills: Stills | None = None) -> Image:
    data = path.read_bytes() if path.is_file() else b""
    if stills is not None:
        data = stills.opened(data, path.name)
    image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR) if data else None
    if image is None:
        raise ImageError(f"{path}: no picture.")
    return np.asarray(image, np.uint8)


def black_out(image: Image, people: Sequence[BoxPx]) -> Image:
    masked = image.copy()
    for x1, y1, x2, y2 in people:
        masked[int(y1) : int(y2), int(x1) : int(x2)] = 0
    return masked


def window_of(taken: datetime) -> Window:
    return "P" if taken.hour < 9 else "W" if taken.hour < 17 else "N"


def judge(layout: HallLayout, facts: Sequence[Facts], day: date) -> DayAnswers:
    """Suspect where a frame shows the clause's thing, unjudged where no frame could be used."""
    judgements: list[Judgement] = []
    frames: dict[Place, list[FrameVerdict]] = {}
    for desk in layout.desks:
        for clause, cls in CLAUSES.items():
            for window in WINDOWS:
                mine = [
                    f
                    for f in facts
                    if DESK_OF[f.camera] == desk.id and window_of(f.taken_at) == window
                ]
                judgements.append(_one(layout, mine, day, desk.id, clause, cls, window, frames))
    return DayAnswers(tuple(judgements), frames)


def _one(
    layout: HallLayout, mine: Sequence[Facts], day: date, desk: str, clause: str, cls: str,
    window: Window, frames: dict[Place, list[FrameVerdict]],
) -> Judgement:  # fmt: skip
    usable = [f for f in mine if f.gate.ok]
    against: list[FrameVerdict] = []
    for f in usable:
        boxes = tuple(Box(t.cls, t.box_xyxy_px, t.confidence) for t in f.of(cls))
        if boxes:
            against.append(
                FrameVerdict(
                    f.camera, f.frame, f.taken_at, Verdict.SUSPECT, Reason(f"{cls}_seen"),
                    {"count": len(boxes)}, boxes, max(b.confidence for b in boxes),
                )
            )  # fmt: skip
    frames.setdefault((desk, clause), []).extend(against)
    chief = max(against, key=lambda v: v.confidence, default=None)
    verdict = Verdict.SUSPECT if chief else Verdict.PASS if usable else Verdict.UNJUDGED
    return Judgement(
        hall=layout.hall.id, day=day, desk=desk, clause=clause, window=window, verdict=verdict,
        camera=next((c for c, d in DESK_OF.items() if d == desk), None),
        reason=chief.reason if chief else Reason("clean" if usable else "no_frame"),
        frame=chief.frame if chief else None,
        frames=tuple(f.frame for f in mine),
        measured=chief.measured if chief else {},
        boxes=chief.boxes if chief else (),
        confidence=chief.confidence if chief else 0.0,
        frames_judged=len(usable),
        frames_suspect=len(against),
    )  # fmt: skip


def next_day(day: date, days: int = 1) -> date:
    return day + timedelta(days=days)


IGNORED: Mapping[str, frozenset[str]] = {
    # what may differ between two runs that say the same: row numbers of runs and moments
    "runs": frozenset({"id", "started_at", "finished_at", "heartbeat_at", "owner", "timings"}),
    "day_verdicts": frozenset({"run_id"}),
    "finding_days": frozenset({"run_id"}),
    "media": frozenset({"created_at"}),
}


def contents(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that the database says, without what may differ between equal runs."""
    from sqlalchemy import select

    from service.db.models import Base

    said: dict[str, list[tuple[Any, ...]]] = {}
    with database.read() as session:
        for table in Base.metadata.sorted_tables:
            if table.name in ("locks", "audit_log", "audit_head"):
                continue
            columns = [c for c in table.columns if c.name not in IGNORED.get(table.name, ())]
            rows = session.execute(select(*columns)).all()
            said[table.name] = sorted((tuple(r) for r in rows), key=repr)
    return said
