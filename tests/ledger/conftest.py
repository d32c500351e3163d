"""The page tests' made-up world, with a masker that can be seen and steps as one call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

import cv2
import numpy as np
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from service.db.models import Case, CaseStep, DayVerdict, FrameRow, Media, Run
from service.evidence import whole
from service.store import MediaStore, frame_path
from service.web.app import create_app
from tests.web.conftest import (  # noqa: F401 - fixtures
    Browser,
    Login,
    Wall,
    browser,
    cheap_hashes,
    filled,
    login,
    wall,
    world,
)
from tests.web.pictures import HEIGHT, WIDTH, draw_hall
from tests.web.seed import SmallBook, World
from vision.seen import Image

PHOTO: Final[bytes] = whole(draw_hall(7, thing="phone").image, quality=70).jpeg
SQUARE: Final = 300
"""Side in px of the corner that the tests' masker blackens."""


def blacken(image: Image) -> Image:
    """A masker whose work can be seen."""
    out = image.copy()
    out[:SQUARE, :SQUARE] = 0
    return out


@pytest.fixture
def app(world: World, wall: Wall) -> FastAPI:  # noqa: F811 - a fixture
    return create_app(
        world.settings, database=world.database, book=SmallBook(), clock=wall, mask_photo=blacken
    )


@dataclass
class Desk:
    """What tests do to cases, and how cases then stand."""

    world: World
    wall: Wall

    def confirm(self, client: Browser, number: int = 0) -> Case:
        """Confirm one of the first hall's findings; gives its case."""
        finding = self.world.findings["shiquan"][number]
        answer = client.post(
            f"/api/v1/findings/{finding}/decision", json={"action": "confirm", "row_version": 1}
        )
        assert answer.status_code == 200, answer.text
        return self.of_finding(finding)

    def of_finding(self, finding: int) -> Case:
        with self.world.database.read() as session:
            return session.scalars(select(Case).where(Case.finding_id == finding)).one()

    def case(self, id: int) -> Case:
        with self.world.database.read() as session:
            return session.get_one(Case, id)

    def steps(self, id: int) -> list[str]:
        with self.world.database.read() as session:
            query = select(CaseStep.step).where(CaseStep.case_id == id).order_by(CaseStep.id)
            return list(session.scalars(query))

    def step(
        self, client: Browser, id: int, step: str, *, photo: bytes | None = None, **given: Any
    ) -> Any:
        """Send a step's form as its page would."""
        data = {"step": step, "row_version": str(self.case(id).row_version), **given}
        files = {"photo": ("p.jpg", photo, "image/jpeg")} if photo is not None else None
        sent = {key: str(value) for key, value in data.items()}
        return client.post(
            f"/ledger/{id}/step",
            data=sent,
            files=files or {"photo": ("", b"", "application/octet-stream")},
            follow_redirects=False,
        )

    def assign(self, client: Browser, id: int, days: int = 3) -> Case:
        due = (self.wall.now + timedelta(days=days)).date()
        answer = self.step(client, id, "assign", responsible="unit", due_day=due)
        assert answer.status_code == 303, answer.text
        return self.case(id)

    def later_frame(self, camera: str, taken_at: datetime, *, verdict: str = "pass") -> int:
        """The next night's frame of a camera, clean, with what its day said of D1; gives its id."""
        hall = self.world.halls["shiquan"]
        with self.world.database.write() as session:
            run = session.scalars(select(Run).where(Run.hall_id == hall)).first()
            assert run is not None
            frame = FrameRow(
                hall_id=hall, camera=camera, taken_at=taken_at, day=taken_at.date(),
                name=f"{camera}_{taken_at:%Y%m%dT%H%M%S}.jpg", path="x.jpg", sha256="a" * 64,
                bytes=1, width=WIDTH, height=HEIGHT, window="W", gate="ok", light="day",
                registered_at=taken_at,
            )  # fmt: skip
            session.add(frame)
            session.flush()
            picture = whole(draw_hall(99, thing="phone", desk=3).image, quality=80)
            name = frame_path(hall, frame.day, frame.id, "frame")
            stored = MediaStore(self.world.settings.media).put(name, picture.jpeg)
            session.add(
                Media(
                    key=f"frame:{frame.id}", kind="frame", hall_id=hall, frame_id=frame.id,
                    path=stored.path, sha256=stored.sha256, bytes=stored.bytes,
                    width=picture.width, height=picture.height, masked=True, created_at=taken_at,
                )
            )  # fmt: skip
            said = {
                "hall_id": hall, "day": frame.day, "desk": "D1", "clause": "2S-2-(4)", "window": "W"
            }  # fmt: skip
            if session.scalars(select(DayVerdict).filter_by(**said)).first() is None:
                session.add(DayVerdict(**said, verdict=verdict, reason_code="clean", run_id=run.id))
            return frame.id


@pytest.fixture
def desk(world: World, wall: Wall) -> Desk:  # noqa: F811 - a fixture
    return Desk(world, wall)


def picture_of(jpeg: bytes) -> Image:
    """Decoded, to be looked at."""
    image = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert image is not None
    return np.asarray(image, np.uint8)


def in_days(wall: Wall, days: int) -> date:  # noqa: F811 - a fixture
    return (wall.now + timedelta(days=days)).date()
