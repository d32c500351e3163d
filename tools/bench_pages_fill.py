"""A county's database of years, made up in minutes: for ``tools.bench_pages``.

The big tables are filled by the database itself, the others in batches; every number follows from
the row's own, so that the same size always gives the same database.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, insert, select
from sqlalchemy.orm import Session

from rules.pack import load_pack
from service.clock import hall_day
from service.db.engine import Database
from service.db.migrate import upgrade
from service.db.models import (
    Base,
    Case,
    CaseStep,
    Decision,
    Finding,
    FindingDay,
    FindingFrame,
    Media,
    Run,
    User,
)
from service.halls import import_layout
from service.settings import Settings
from service.users import add_user

DESKS: Final = 40
CAMERAS: Final = 10
PAIRS: Final = 25
"""Clauses judged of a desk and day."""
SHOTS: Final = 12
"""Stills of a camera and day."""
BATCH: Final = 5_000
DONE: Final = "bench-pages.json"
LOGINS: Final[dict[str, str | None]] = {"county": None, "town": "hall01"}
"""An inspector of all halls, and one of a single hall."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is."""

    halls: int
    findings: int
    verdicts: int

    @property
    def days(self) -> int:
        """So many that the verdicts of all halls, desks and clauses fill them."""
        return max(2, self.verdicts // (self.halls * DESKS * PAIRS))


def fill(settings: Settings, size: Size, *, now: datetime) -> Database:
    """The database in the settings' folder, made where it is not there yet."""
    mark = settings.data / DONE
    database = Database.of(settings)
    if mark.exists():
        if json.loads(mark.read_text(encoding="utf-8")) != asdict(size):
            raise SystemExit(f"{settings.data} holds a database of another size; use a new folder.")
        upgrade(database.engine)
        return database
    upgrade(database.engine)
    halls = _halls(database, settings, size, now)
    for login, named in LOGINS.items():
        add_user(
            database,
            login,
            role="inspector",
            now=now,
            halls=[named] if named else [],
            all_halls=named is None,
            must_change=False,
        )
    with database.engine.connect() as connection:
        cursor = connection.connection.cursor()  # before any transaction: only there it may
        for pragma in ("synchronous=OFF", "foreign_keys=OFF", "cache_size=-800000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
        _Filling(connection, size, halls, now).run()
    database.engine.dispose()  # the next connection is an ordinary one
    mark.write_text(json.dumps(asdict(size)), encoding="utf-8")
    return database


def _halls(database: Database, settings: Settings, size: Size, now: datetime) -> list[int]:
    """The halls by import, as people set them up; gives their ids."""
    path = settings.data / "bench-hall.yaml"
    ids: list[int] = []
    for number in range(1, size.halls + 1):
        path.write_text(layout_yaml(number), encoding="utf-8")
        hall, _ = import_layout(database, settings, path, now=now - timedelta(days=size.days))
        ids.append(hall.id)
    path.unlink()
    return ids


def layout_yaml(number: int) -> str:
    """A hall of forty desks at ten windows, four a camera."""
    lines = [
        "schema: 1",
        f"hall: {{id: hall{number:02d}, name: 第{number}便民服务中心}}",
        "desks:",
    ]
    for desk in range(DESKS):
        lines.append(
            f"  - {{id: D{desk:02d}, name: {desk + 1}号工位, window: W{desk // 4}, "
            f"unit: 第{desk // 4 + 1}局}}"
        )
    lines.append("cameras:")
    for camera in range(CAMERAS):
        lines += [f"  - id: cam{camera}", "    zones:"]
        for place in range(DESKS // CAMERAS):
            left = 0.02 + 0.24 * place
            box = [[left, 0.4], [left + 0.2, 0.4], [left + 0.2, 0.8], [left, 0.8]]
            desk = camera * (DESKS // CAMERAS) + place
            lines.append(f"      - {{kind: desk_top, desk: D{desk:02d}, polygon: {box}}}")
    return "\n".join(lines) + "\n"


class _Filling:
    """Rows of everything that pages read, numbered from 1."""

    def __init__(
        self, connection: Connection, size: Size, halls: Sequence[int], now: datetime
    ) -> None:
        self.connection = connection
        self.size, self.halls, self.now = size, halls, now
        self.today = hall_day(now)
        rows = load_pack(None).judged_rows
        self.clauses = [(row.id, row.spec.text, row.spec.modality) for row in rows][:PAIRS]
        with Session(connection) as session:
            self.user = session.scalars(select(User.id).order_by(User.id)).first() or 1

    def run(self) -> None:
        self._table(Run, self._runs())
        self._frames()
        self._table(Finding, (row for row, _ in self._findings()))
        for kind, rows in (
            (FindingDay, self._days()),
            (FindingFrame, self._shots()),
            (Media, self._media()),
            (Decision, self._decisions()),
            (Case, self._cases()),
            (CaseStep, self._steps()),
        ):
            self._table(kind, rows)
        self._verdicts()

    def _table(self, kind: type[Base], rows: Iterator[dict[str, Any]]) -> None:
        batch: list[dict[str, Any]] = []
        for row in rows:
            batch.append(row)
            if len(batch) == BATCH:
                self.connection.execute(insert(kind), batch)
                batch = []
        if batch:
            self.connection.execute(insert(kind), batch)
        self.connection.commit()

    # ------------------------------------------------------------------ what happened

    def _moment(self, day: int) -> datetime:
        return self.now - timedelta(days=self.size.days - 1 - day, hours=3)

    def _runs(self) -> Iterator[dict[str, Any]]:
        number = 0
        for hall in self.halls:
            for day in range(self.size.days):
                number += 1
                at = self._moment(day)
                yield {
                    "id": number, "hall_id": hall, "day": hall_day(at), "status": "done",
                    "started_at": at, "finished_at": at, "owner": "bench", "heartbeat_at": at,
                    "layout_version_id": hall, "pack_version": "bench", "calendar_version": "1",
                    "model_name": "none", "model_version": "0", "model_sha256": "0" * 64,
                }  # fmt: skip

    def _findings(self) -> Iterator[tuple[dict[str, Any], int]]:
        """Each finding's row, and its day as a number from 0."""
        halls, days = len(self.halls), self.size.days
        each = -(-self.size.findings // halls)
        for number in range(1, self.size.findings + 1):
            hall, turn = (number - 1) % halls, (number - 1) // halls
            day, desk = turn * days // each, turn * 7 % DESKS
            camera, at = desk // (DESKS // CAMERAS), self._moment(day)
            clause, text, modality = self.clauses[(turn * 3 + hall) % len(self.clauses)]
            mixed = number * 2_654_435_761 % 100
            fresh = day >= days - 7
            state = "open" if (fresh and mixed < 40) or mixed == 99 else (
                "confirmed" if mixed < 62 else "dismissed" if mixed < 97 else "withdrawn"
            )  # fmt: skip
            decided = at if state in ("confirmed", "dismissed") else None
            frame = ((hall * days + day) * CAMERAS + camera) * SHOTS + turn % SHOTS + 1
            box = {"cls": "phone", "xyxy_px": [400 + turn % 300, 500, 460 + turn % 300, 530],
                   "confidence": 0.8}  # fmt: skip
            row = {
                "id": number, "key": f"bench:{number}", "hall_id": self.halls[hall],
                "day": hall_day(at), "last_day": hall_day(at), "desk": f"D{desk:02d}",
                "clause": clause, "window": "W", "camera": f"cam{camera}", "status": state,
                "confidence": 0.5 + mixed / 250, "reason_code": "thing_in_zone",
                "reason_values": {}, "boxes": [box], "frame_id": frame, "clause_text": text,
                "modality": modality, "pack_version": "bench", "model_version": "none",
                "layout_version_id": self.halls[hall], "created_at": at, "updated_at": at,
                "decided_at": decided, "decided_by_id": self.user if decided else None,
                "decision_reason": "mistaken" if state == "dismissed" else None,
            }  # fmt: skip
            yield row, day

    def _days(self) -> Iterator[dict[str, Any]]:
        for row, _ in self._findings():
            yield {"finding_id": row["id"], "day": row["day"], "run_id": None}

    def _shots(self) -> Iterator[dict[str, Any]]:
        for row, _ in self._findings():
            yield {"finding_id": row["id"], "frame_id": row["frame_id"], "deciding": True,
                   "boxes": row["boxes"]}  # fmt: skip

    def _media(self) -> Iterator[dict[str, Any]]:
        whole: set[int] = set()
        for row, _ in self._findings():
            frame = row["frame_id"]
            made = {"hall_id": row["hall_id"], "frame_id": frame, "sha256": "0" * 64,
                    "bytes": 90_000, "width": 1920, "height": 1080, "masked": True,
                    "created_at": row["created_at"]}  # fmt: skip
            for kind in ("frame", "thumb") if frame not in whole else ():
                yield {**made, "kind": kind, "key": f"{kind}:{frame}", "finding_id": None,
                       "path": f"{kind}/{frame}.jpg"}  # fmt: skip
            whole.add(frame)
            key = f"crop:{row['id']}:{frame}"
            yield {**made, "kind": "crop", "key": key, "finding_id": row["id"], "path": key}

    def _decisions(self) -> Iterator[dict[str, Any]]:
        for row, _ in self._findings():
            if row["decided_at"] is not None:
                action = "confirm" if row["status"] == "confirmed" else "dismiss"
                yield {"finding_id": row["id"], "user_id": self.user, "action": action,
                       "reason": row["decision_reason"], "at": row["decided_at"]}  # fmt: skip

    def _cases(self) -> Iterator[dict[str, Any]]:
        for row, day in self._findings():
            if row["status"] != "confirmed":
                continue
            desk, at = int(row["desk"][1:]), row["decided_at"]
            waits = day >= self.size.days - 14 or row["id"] % 97 == 0
            state = ("confirmed", "assigned", "rectifying", "to_check")[row["id"] % 4]
            yield {
                "id": row["id"], "number": f"h{row['hall_id']}-{row['id']}",
                "hall_id": row["hall_id"], "channel": "camera", "finding_id": row["id"],
                "state": state if waits else "closed", "day": row["day"], "desk": row["desk"],
                "desk_name": f"{desk + 1}号工位", "window": f"W{desk // 4}",
                "unit": f"第{desk // 4 + 1}局", "clause": row["clause"],
                "clause_text": row["clause_text"], "modality": row["modality"],
                "reason_code": row["reason_code"], "pack_version": "bench",
                "layout_version_id": row["layout_version_id"], "confirmed_at": at,
                "confirmed_by_id": self.user, "due_day": row["day"] + timedelta(days=5),
                "closed_at": None if waits else at + timedelta(days=2),
                "closed_by_id": None if waits else self.user, "updated_at": at,
            }  # fmt: skip

    def _steps(self) -> Iterator[dict[str, Any]]:
        for case in self._cases():
            yield {"case_id": case["id"], "at": case["confirmed_at"], "user_id": self.user,
                   "step": "confirm", "from_state": "pending", "to_state": "confirmed"}  # fmt: skip

    # ------------------------------------------------------------------ made by the database

    def _counted(self, statement: str, each: int, **values: object) -> None:
        """A statement over ``numbers`` (n from 0): ``each`` rows a hall and day, halls first."""
        days = self.size.days
        first = self.today - timedelta(days=days - 1)
        fixed = {"each": each, "days": days, "hall": self.halls[0], "first": str(first)}
        rows = min(each * days * len(self.halls), int(str(values.pop("most", 1 << 62))))
        self.connection.exec_driver_sql(statement, {**fixed, "rows": rows, **values})
        self.connection.commit()

    def _frames(self) -> None:
        self._counted(FRAMES, CAMERAS * SHOTS, shots=SHOTS, cameras=CAMERAS)

    def _verdicts(self) -> None:
        names = json.dumps([clause[0] for clause in self.clauses])
        self._counted(
            VERDICTS, DESKS * PAIRS, most=self.size.verdicts, pairs=PAIRS, desks=DESKS, names=names
        )


NUMBERS: Final = """
WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < :rows),
placed AS (
    SELECT n, :hall + n / (:each * :days) AS hall_id,
           date(:first, '+' || (n / :each % :days) || ' days') AS day
    FROM numbers
)
"""
FRAMES: Final = (
    NUMBERS
    + """
INSERT INTO frames (id, hall_id, camera, taken_at, day, name, path, sha256, bytes, width, height,
                    "window", gate, gate_detail, light, registered_at)
SELECT n + 1, hall_id, 'cam' || (n / :shots % :cameras),
       day || ' 02:' || printf('%02d', n % :shots * 5) || ':00.000000', day,
       n || '.jpg', n || '.jpg', '0', 1, 1920, 1080, 'W',
       CASE WHEN n * 7919 % 50 = 0 THEN 'dark' ELSE 'ok' END, '{}', 'day',
       '2026-01-01 00:00:00.000000'
FROM placed
"""
)
VERDICTS: Final = (
    NUMBERS
    + """
INSERT INTO day_verdicts (hall_id, day, desk, clause, "window", verdict, reason_code,
                          reason_values, measured, camera, confidence, frames_used,
                          frames_judged, frames_suspect, run_id)
SELECT hall_id, day, 'D' || printf('%02d', n / :pairs % :desks),
       json_extract(:names, '$[' || (n % :pairs) || ']'), 'W',
       CASE WHEN n * 7919 % 1000 < 700 THEN 'pass'
            WHEN n * 7919 % 1000 < 900 THEN 'unjudged' ELSE 'suspect' END,
       'clean', '{}', '{}', 'cam0', 0.5, 12, 12, 0, n / :each + 1
FROM placed
"""
)
