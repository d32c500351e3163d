"""Fills a database with a made-up hall: users of every role, frames, pictures, findings, verdicts.

Fast (a few dozen small JPEGs) and always the same; what a test asks of it is written beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

from sqlalchemy.orm import Session

from service.auth.passwords import hash_password
from service.auth.roles import Role
from service.db.engine import Database
from service.db.migrate import upgrade
from service.db.models import (
    DayVerdict,
    Finding,
    FindingFrame,
    FrameRow,
    Hall,
    LayoutVersion,
    Media,
    Run,
    User,
)
from service.evidence import crop, thumb, whole
from service.review.book import Clause, DeskArea, HallPlan
from service.settings import Settings
from service.store import MediaStore, crop_path, frame_path
from tests.web.pictures import DESKS, HEIGHT, WIDTH, Drawn, draw_hall
from tests.web.said import CLAUSES, MEASURES, REASON_OF, SENTENCES, THING_OF
from tests.web.seed_cases import add_case, give_windows
from vision.seen import HALL_TZ

PASSWORD: Final = "Queue-Test-2026"
DAY: Final = date(2026, 3, 11)
NOW: Final = datetime(2026, 3, 11, 20, 0, tzinfo=HALL_TZ)


UNITS: Final = ("市场监管局", "市场监管局", "税务局", "人社局")
DESKS_YAML: Final = "desks:\n" + "".join(
    f"  - {{id: D{i + 1}, name: {i + 1}号工位, window: W{i // 2 + 1}, unit: {UNITS[i]}}}\n"
    for i in range(DESKS)
)


class SmallBook:
    """A standard of four clauses and a hall of four desks, without packs and layout files."""

    pack_version = "test@1"

    def clauses(self) -> Mapping[str, Clause]:
        return CLAUSES

    def all_clauses(self) -> Mapping[str, Clause]:
        return CLAUSES

    def plan(self, version: LayoutVersion) -> HallPlan:
        del version
        desks = {f"D{i + 1}": f"{i + 1}号工位" for i in range(DESKS)}
        areas = [DeskArea(f"D{i + 1}", _polygon(i)) for i in range(DESKS)]
        cameras = [f"CAM{i + 1}" for i in range(3)]
        return HallPlan(desks, cameras, dict.fromkeys(cameras, areas))

    def sentence(self, code: str, values: Mapping[str, Any], locale: str) -> str:
        return SENTENCES[code][locale == "en"].format(**values)

    def measured(self, values: Mapping[str, Any], locale: str) -> list[tuple[str, str]]:
        return [
            (MEASURES[key][locale == "en"], f"{value} {MEASURES[key][2]}")
            for key, value in values.items()
        ]


def _polygon(i: int) -> tuple[tuple[float, float], ...]:
    width = 1 / DESKS
    left, right = i * width + 30 / WIDTH, (i + 1) * width - 30 / WIDTH
    top, low = 330 / HEIGHT, 552 / HEIGHT
    return ((left, top), (right, top), (right, low), (left, low))


@cache
def password_hash() -> str:
    """One hash for all test users: hashing is slow on purpose."""
    return hash_password(PASSWORD)


@dataclass
class World:
    """What was filled in: ids by hall code, users by login."""

    settings: Settings
    database: Database
    halls: dict[str, int] = field(default_factory=dict)
    users: dict[str, int] = field(default_factory=dict)
    findings: dict[str, list[int]] = field(default_factory=dict)
    frames: dict[str, list[int]] = field(default_factory=dict)
    media: dict[str, list[int]] = field(default_factory=dict)
    cases: dict[str, list[int]] = field(default_factory=dict)
    case_pictures: dict[str, list[int]] = field(default_factory=dict)


def new_world(folder: Path) -> World:
    """An empty database of the newest schema in a folder."""
    settings = Settings(data=folder)
    database = Database.of(settings)
    upgrade(database.engine)
    return World(settings, database)


def fill(world: World, *, halls: Sequence[str] = ("shiquan", "chengguan"), each: int = 8) -> World:
    """Halls, a user of each role for the first and an inspector for the second, findings."""
    names = {"shiquan": "石泉县政务服务中心", "chengguan": "城关镇便民服务中心"}
    with world.database.write() as session:
        for code in halls:
            hall = Hall(code=code, name=names.get(code, code), created_at=NOW)
            session.add(hall)
            session.flush()
            world.halls[code] = hall.id
        first = world.halls[halls[0]]
        people = {"admin": "王管理", "inspector": "李巡检", "chief": "张首席", "leader": "赵主任",
                  "auditor": "钱审计", "security": "吴安全"}  # fmt: skip
        for role in Role:
            add_user(session, world, role.value, people[role.value], role, [first])
        if len(halls) > 1:
            other = world.halls[halls[1]]
            add_user(session, world, "other", "孙巡检", Role.INSPECTOR, [other])
        add_user(session, world, "second", "周巡检", Role.INSPECTOR, [first])
        for number, code in enumerate(halls):
            fill_hall(session, world, code, each if number == 0 else min(each, 4))
            by = world.users["inspector" if number == 0 else "other"]
            case, picture = add_case(session, world.settings, code, world.halls[code], by, NOW)
            world.cases[code], world.case_pictures[code] = [case], [picture]
        give_windows(session, world.users, first)
    return world


def add_user(
    session: Session, world: World, login: str, name: str, role: Role, halls: Sequence[int]
) -> None:
    user = User(
        login=login,
        name=name,
        password_hash=password_hash(),
        role=role.value,
        password_changed_at=NOW - timedelta(days=9),
        created_at=NOW - timedelta(days=9),
        halls=[session.get_one(Hall, id) for id in halls],
    )
    session.add(user)
    session.flush()
    world.users[login] = user.id


def fill_hall(session: Session, world: World, code: str, each: int) -> None:
    hall_id = world.halls[code]
    layout = LayoutVersion(
        hall_id=hall_id, version=1, sha256="0" * 64, yaml=DESKS_YAML, base_path="", created_at=NOW
    )
    session.add(layout)
    session.flush()
    run = Run(
        hall_id=hall_id,
        day=DAY,
        status="done",
        started_at=NOW,
        finished_at=NOW,
        owner="test",
        heartbeat_at=NOW,
        layout_version_id=layout.id,
        pack_version="test@1",
        calendar_version="1",
        model_name="none",
        model_version="0",
        model_sha256="0" * 64,
    )
    session.add(run)
    session.flush()
    clauses = list(CLAUSES)
    ids: list[int] = []
    for i in range(each):
        ids.append(_add_finding(session, world, code, layout, i, clauses[i % len(clauses)]))
    _add_bad_frames(session, hall_id)
    world.findings[code] = ids
    _add_verdicts(session, world, code, run, ids)


def _frame(
    session: Session, world: World, code: str, number: int, thing: str, desk: int
) -> tuple[FrameRow, Drawn]:
    hall_id = world.halls[code]
    drawn = draw_hall(hall_id * 1000 + number, thing=thing, desk=desk)
    at = datetime(2026, 3, 11, 9, 5, tzinfo=HALL_TZ) + timedelta(minutes=13 * number)
    camera = f"CAM{number % 2 + 1}"
    frame = FrameRow(
        hall_id=hall_id,
        camera=camera,
        taken_at=at,
        day=DAY,
        name=f"{camera}_{at:%Y%m%dT%H%M%S}.jpg",
        path=f"{camera}_{at:%Y%m%dT%H%M%S}.jpg",
        sha256=f"{hall_id:032x}{number:032x}",
        bytes=1,
        width=WIDTH,
        height=HEIGHT,
        window="W",
        gate="ok",
        light="day",
        registered_at=NOW,
    )
    session.add(frame)
    session.flush()
    store = MediaStore(world.settings.media)
    for kind, picture in (
        ("frame", whole(drawn.image, quality=80)),
        ("thumb", thumb(drawn.image, longest_px=320)),
    ):
        stored = store.put(frame_path(hall_id, DAY, frame.id, kind), picture.jpeg)
        media = Media(
            key=f"{kind}:{frame.id}",
            kind=kind,
            hall_id=hall_id,
            frame_id=frame.id,
            path=stored.path,
            sha256=stored.sha256,
            bytes=stored.bytes,
            width=picture.width,
            height=picture.height,
            scale=picture.scale,
            masked=True,
            created_at=NOW,
        )
        session.add(media)
        session.flush()
        world.media.setdefault(code, []).append(media.id)
    world.frames.setdefault(code, []).append(frame.id)
    return frame, drawn


def _add_finding(
    session: Session, world: World, code: str, layout: LayoutVersion, i: int, clause: str
) -> int:
    hall_id = world.halls[code]
    cls, thing = THING_OF[clause]
    desk = i % DESKS
    frame, drawn = _frame(session, world, code, i, thing, desk)
    reason, values = REASON_OF[clause]
    confidence = round(0.55 + 0.4 * ((i * 7) % 11) / 11, 3)
    boxes = [{"cls": cls, "xyxy_px": list(drawn.thing), "confidence": confidence}]
    finding = Finding(
        key=f"{code}:{DAY}:D{desk + 1}:{clause}:{i}",
        hall_id=hall_id,
        day=DAY,
        last_day=DAY,
        desk=f"D{desk + 1}",
        clause=clause,
        window="W",
        camera=frame.camera,
        confidence=confidence,
        reason_code=reason,
        reason_values=values,
        measured=values,
        boxes=boxes,
        frame_id=frame.id,
        clause_text=CLAUSES[clause].text,
        modality=CLAUSES[clause].modality,
        pack_version="test@1",
        model_version="made-up 0",
        layout_version_id=layout.id,
        created_at=NOW,
        updated_at=NOW,
    )
    session.add(finding)
    session.flush()
    session.add(FindingFrame(finding_id=finding.id, frame_id=frame.id, deciding=True, boxes=boxes))
    picture = crop(drawn.image, [drawn.thing], quality=85)
    stored = MediaStore(world.settings.media).put(
        crop_path(hall_id, DAY, frame.id, finding.id), picture.jpeg
    )
    media = Media(
        key=f"crop:{finding.id}:{frame.id}",
        kind="crop",
        hall_id=hall_id,
        finding_id=finding.id,
        frame_id=frame.id,
        path=stored.path,
        sha256=stored.sha256,
        bytes=stored.bytes,
        width=picture.width,
        height=picture.height,
        offset_x=picture.offset_px[0],
        offset_y=picture.offset_px[1],
        masked=True,
        created_at=NOW,
    )
    session.add(media)
    session.flush()
    world.media.setdefault(code, []).append(media.id)
    return finding.id


def _add_bad_frames(session: Session, hall_id: int) -> None:
    for number, gate in enumerate(("black", "moved", "moved")):
        at = datetime(2026, 3, 11, 17, number, tzinfo=HALL_TZ)
        session.add(
            FrameRow(
                hall_id=hall_id,
                camera="CAM2",
                taken_at=at,
                day=DAY,
                name=f"bad{number}.jpg",
                path=f"bad{number}.jpg",
                sha256="f" * 64,
                bytes=1,
                width=WIDTH,
                height=HEIGHT,
                window="W",
                gate=gate,
                registered_at=NOW,
            )
        )


def _add_verdicts(
    session: Session, world: World, code: str, run: Run, finding_ids: Sequence[int]
) -> None:
    """A verdict for each desk × clause × window: suspect where a finding is, some not judged."""
    found: dict[tuple[str, str], int] = {}
    for finding_id in finding_ids:
        finding = session.get_one(Finding, finding_id)
        found[finding.desk, finding.clause] = finding_id
    for window in ("W", "N"):
        for d in range(DESKS):
            for c, clause in enumerate(CLAUSES):
                desk = f"D{d + 1}"
                suspect = found.get((desk, clause)) if window == "W" else None
                kind, reason, frames = "pass", "clean", 4
                values: dict[str, float] = {}
                if suspect is not None:
                    kind, (reason, values) = "suspect", REASON_OF[clause]
                elif window == "N" and d == 3:
                    kind, reason, frames = "unjudged", "no_frame", 0
                elif (c + d) % 3 == 1:
                    kind, reason, values = "unjudged", "person_in_front", {"hidden_percent": 62}
                session.add(
                    DayVerdict(
                        hall_id=world.halls[code],
                        day=DAY,
                        desk=desk,
                        clause=clause,
                        window=window,
                        verdict=kind,
                        reason_code=reason,
                        reason_values=values,
                        frames_used=frames,
                        frames_judged=frames if kind != "unjudged" else 0,
                        run_id=run.id,
                        finding_id=suspect,
                    )
                )
